"""Write what was planned for some families, in one transaction. Bulk statements, no row objects."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.journal.models import Entry
from sgdocs.recommendations.deriving import derived, facts_of
from sgdocs.recommendations.importing.bases import Slot
from sgdocs.recommendations.importing.incoming import Incoming, IncomingSummary
from sgdocs.recommendations.importing.plan import LINKS, FamilyPlan
from sgdocs.recommendations.invariants import AS_SOURCE_SAYS, TWO_FAMILIES, breaches
from sgdocs.recommendations.rules import NameKind, fold
from sgdocs.recommendations.tables import EQUIVALENT, FAMILY, FLAG, IMPORTED, NAME, RELATION, SUMMARY, TEXT

ENTRY: Table = Entry.__table__  # type: ignore[attr-defined]
IMPORT_VERB = "recommendations.imported"
LONGEST_FACT = 300  # characters of an old or new value in the journal


def write(act: Act, source: str, batch: Sequence[FamilyPlan]) -> None:
    """Insert and change the rows of the batch, derive the families, flag breaches, note it all in the journal."""
    session = act.session
    _insert_families(session, batch)
    _insert_texts(session, batch)
    _update_texts(session, batch)
    _write_families(act, batch)
    _write_names(session, batch)
    _write_flags(session, batch)
    _write_equivalents(session, batch)
    _write_relations(session, batch)
    changed = _write_summaries(
        session, [(s.row["id"], s.incoming.summaries) for p in batch for s in p.touched if s.incoming]
    )
    _write_digests(session, source, [(s.incoming, s.row["id"]) for p in batch for s in p.touched if s.incoming])
    _write_entries(act, source, batch, changed)


def write_family(act: Act, plan: FamilyPlan, verb: str, facts: dict[str, Any]) -> None:
    """The same for one family that a person changed: no digest, and the verb of the action in the journal."""
    session, batch = act.session, [plan]
    session.flush()
    _insert_families(session, batch)
    _insert_texts(session, batch)
    _update_texts(session, batch)
    _write_families(act, batch)
    renamed = _drop_names(session, plan) | _drop_relations(session, plan)
    _write_names(session, batch)
    _write_flags(session, batch)
    _write_equivalents(session, batch)
    _write_relations(session, batch)
    given = [(s.row["id"], s.incoming.summaries) for s in plan.touched if s.incoming]
    summaries = _write_summaries(session, given)
    told = _told(plan, summaries) | renamed | {name: value for name, value in facts.items() if value}
    insert_all(session, ENTRY, [entry(act, plan.row["id"], told, verb)])


def _drop_names(session: Session, plan: FamilyPlan) -> dict[str, Any]:
    """Take away the former names and acronyms that the form no longer has; what the journal says of it.

    A record that does not speak of names (`names` is None) leaves them.
    """
    names = next((s.incoming.names for s in plan.touched if s.incoming), None)
    if names is None or plan.new:
        return {}
    rows = session.execute(
        select(NAME.c.id, NAME.c.kind, NAME.c.name).where(
            NAME.c.family_id == plan.row["id"], NAME.c.kind != NameKind.NUMBER
        )
    ).all()
    old, new = [name for _, _, name in rows], [name for _, name in names]
    over = [id for id, kind, name in rows if (kind, name) not in names]
    if over:
        session.execute(delete(NAME).where(NAME.c.id.in_(over)))
    return {} if sorted(old) == sorted(new) else {"names": [old, new]}


def _drop_relations(session: Session, plan: FamilyPlan) -> dict[str, Any]:
    """Take away the relations that the form no longer has; what the journal says of it."""
    relations = next((s.incoming.relations for s in plan.touched if s.incoming), None)
    if relations is None or plan.new:
        return {}
    columns = (RELATION.c.id, RELATION.c.kind, RELATION.c.target)
    rows = session.execute(select(*columns).where(RELATION.c.family_id == plan.row["id"])).all()
    over = [id for id, kind, target in rows if (kind, target) not in relations]
    if over:
        session.execute(delete(RELATION).where(RELATION.c.id.in_(over)))
    old, new = sorted(f"{kind} {target}" for _, kind, target in rows), sorted(" ".join(r) for r in relations)
    return {} if old == new else {"relations": [old, new]}


def _insert_families(session: Session, batch: Sequence[FamilyPlan]) -> None:
    new = [plan for plan in batch if plan.new]
    if not new:
        return
    ids = session.execute(
        insert(FAMILY).returning(FAMILY.c.id, sort_by_parameter_order=True), [plan.row for plan in new]
    ).scalars()
    for plan, id in zip(new, ids, strict=True):
        plan.row["id"] = id


def _insert_texts(session: Session, batch: Sequence[FamilyPlan]) -> None:
    new: list[Slot] = []
    for plan in batch:
        for slot in plan.added:
            slot.row["family_id"] = plan.row["id"]
            new.append(slot)
    if not new:
        return
    ids = session.execute(
        insert(TEXT).returning(TEXT.c.id, sort_by_parameter_order=True), [slot.row for slot in new]
    ).scalars()
    for slot, id in zip(new, ids, strict=True):
        slot.row["id"] = id


def _update_texts(session: Session, batch: Sequence[FamilyPlan]) -> None:
    """Links, now that every id is known; and all columns of stored texts that changed."""
    links: list[dict[str, Any]] = []
    for slot in (slot for plan in batch for slot in plan.slots):
        linked = {"modifies_id": _id(slot.base), "superseded_by_id": _id(slot.successor)}
        for name in LINKS:
            if slot.row[name] != linked[name] and not slot.new:
                slot.changes[name] = [slot.row[name], linked[name]]
        moved = any(slot.row[name] != linked[name] for name in LINKS)
        slot.row.update(linked)
        if slot.changes or (slot.linked and not slot.new):
            columns = {name: value for name, value in slot.row.items() if name != "id"}
            session.execute(update(TEXT).where(TEXT.c.id == slot.row["id"]).values(columns))
        elif moved:
            links.append({"b_id": slot.row["id"], **linked})
    if links:
        one = update(TEXT).where(TEXT.c.id == bindparam("b_id"))
        named: dict[str, Any] = {name: bindparam(name) for name in LINKS}
        session.connection().execute(one.values(named), links)


def _id(slot: Slot | None) -> int | None:
    return None if slot is None else int(slot.row["id"])


def _write_families(act: Act, batch: Sequence[FamilyPlan]) -> None:
    rows = []
    for plan in batch:
        texts = [slot.row for slot in plan.slots]
        columns = derived(texts, [facts_of(row) for row in texts])
        if plan.new or any(plan.row[name] != value for name, value in columns.items()) or plan.added or plan.changed:
            plan.row.update(columns, changed_at=act.now)
            rows.append({"b_id": plan.row["id"], "changed_at": act.now, **columns})
    if rows:
        names = [name for name in rows[0] if name != "b_id"]
        one = update(FAMILY).where(FAMILY.c.id == bindparam("b_id"))
        act.session.connection().execute(one.values({name: bindparam(name) for name in names}), rows)


def _write_names(session: Session, batch: Sequence[FamilyPlan]) -> None:
    """Every number a family has borne stays a name of it; former names and acronyms come from the records."""
    known = _known(session, NAME, batch, ("kind", "name"))
    rows: dict[tuple[int, str, str], dict[str, Any]] = {}
    for plan in batch:
        names = [(NameKind.NUMBER.value, n) for slot in plan.slots for n in slot.row["numbers"]]
        names += [name for slot in plan.touched if slot.incoming for name in slot.incoming.names or ()]
        for kind, name in names:
            key = (plan.row["id"], kind, name)
            if key not in known:
                rows[key] = {"family_id": key[0], "kind": kind, "name": name, "folded": fold(name)}
    insert_all(session, NAME, rows.values())


def _known(session: Session, table: Table, batch: Sequence[FamilyPlan], names: tuple[str, ...]) -> set[tuple[Any, ...]]:
    """What is stored for the families that were there before."""
    ids = [plan.row["id"] for plan in batch if not plan.new]
    if not ids:
        return set()
    columns = [table.c.family_id, *(table.c[name] for name in names)]
    return {tuple(row) for row in session.execute(select(*columns).where(table.c.family_id.in_(ids)))}


def _write_flags(session: Session, batch: Sequence[FamilyPlan]) -> None:
    """Breaches as they are now: new ones in, those that are no more out. INV-6 looks over families and is apart."""
    stored = _known(session, FLAG, batch, ("rule", "text_id", "detail"))
    wanted: set[tuple[Any, ...]] = set()
    for plan in batch:
        family_id = plan.row["id"]
        facts = [facts_of(slot.row) for slot in plan.slots]
        wanted |= {(family_id, found.rule.id, found.text_id, found.detail) for found in breaches(facts)}
        touched = {slot.row["id"]: slot.incoming.notes for slot in plan.touched if slot.incoming}
        wanted |= {(family_id, AS_SOURCE_SAYS.id, id, note) for id, notes in touched.items() for note in notes}
        wanted |= {
            key
            for key in stored
            if key[0] == family_id
            and (key[1] == TWO_FAMILIES.id or (key[1] == AS_SOURCE_SAYS.id and key[2] not in touched))
        }
    for family_id, rule, text_id, detail in stored - wanted:
        same = (FLAG.c.family_id == family_id) & (FLAG.c.rule == rule) & (FLAG.c.detail == detail)
        session.execute(delete(FLAG).where(same & (FLAG.c.text_id == text_id)))
    names = ("family_id", "rule", "text_id", "detail")
    insert_all(session, FLAG, [dict(zip(names, key, strict=True)) for key in sorted(wanted - stored)])


def _write_equivalents(session: Session, batch: Sequence[FamilyPlan]) -> None:
    given = {s.row["id"]: s.incoming.equivalents for p in batch for s in p.touched if s.incoming}
    old = [s.row["id"] for p in batch for s in p.touched if not s.new and given[s.row["id"]] is not None]
    if old:
        session.execute(delete(EQUIVALENT).where(EQUIVALENT.c.text_id.in_(old)))
    rows = [
        {"text_id": id, "number": number, "folded": fold(number), "relation": ""}
        for id, numbers in given.items()
        for number in numbers or ()
    ]
    insert_all(session, EQUIVALENT, rows)


def _write_relations(session: Session, batch: Sequence[FamilyPlan]) -> None:
    known = _known(session, RELATION, batch, ("kind", "target"))
    rows = {}
    for plan in batch:
        for kind, target in (r for slot in plan.touched if slot.incoming for r in slot.incoming.relations or ()):
            key = (plan.row["id"], kind, target)
            if key not in known:
                rows[key] = {"family_id": key[0], "kind": kind, "target": target, "target_id": None}
    insert_all(session, RELATION, rows.values())


def _write_summaries(session: Session, given: Iterable[tuple[int, Any]]) -> set[int]:
    """Replace the summaries of these texts, language by language; the ids of those that changed."""
    wanted = {(id, language): text for id, summaries in given for language, text in summaries.items()}
    if not wanted:
        return set()
    ids = sorted({id for id, _ in wanted})
    rows = session.execute(select(SUMMARY).where(SUMMARY.c.text_id.in_(ids))).mappings()
    stored = {(row["text_id"], row["language"]): row["summary"] for row in rows}
    changed = {key: text for key, text in wanted.items() if stored.get(key, "") != text}
    for id, language in changed.keys() & stored.keys():
        session.execute(delete(SUMMARY).where((SUMMARY.c.text_id == id) & (SUMMARY.c.language == language)))
    insert_all(
        session,
        SUMMARY,
        [{"text_id": id, "language": language, "summary": text} for (id, language), text in changed.items() if text],
    )
    return {id for id, _ in changed}


def _write_digests(session: Session, source: str, records: Sequence[tuple[Incoming | IncomingSummary, int]]) -> None:
    keys = [record.key for record, _ in records]
    if keys:
        session.execute(delete(IMPORTED).where((IMPORTED.c.source == source) & IMPORTED.c.key.in_(keys)))
    insert_all(
        session,
        IMPORTED,
        [
            {"source": source, "key": r.key, "digest": r.digest, "brings": _brings(r), "text_id": id}
            for r, id in records
        ],
    )


def _brings(record: Incoming | IncomingSummary) -> str:
    return "text" if isinstance(record, Incoming) else "summary"


def write_summaries(act: Act, source: str, records: Sequence[tuple[IncomingSummary, int, int]]) -> int:
    """Store summaries of known texts, given as (record, text id, family id); how many changed."""
    changed = _write_summaries(act.session, [(text_id, record.summaries) for record, text_id, _ in records])
    _write_digests(act.session, source, [(record, text_id) for record, text_id, _ in records])
    families: dict[int, list[int]] = {}
    for _, text_id, family_id in records:
        if text_id in changed:
            families.setdefault(family_id, []).append(text_id)
    insert_all(
        act.session, ENTRY, [entry(act, id, {"source": source, "summaries": texts}) for id, texts in families.items()]
    )
    return len(changed)


def _write_entries(act: Act, source: str, batch: Sequence[FamilyPlan], summaries: set[int]) -> None:
    """One entry for each family that changed: what was added, what changed from what to what."""
    rows = []
    for plan in batch:
        told = _told(plan, summaries)
        if told:
            rows.append(entry(act, plan.row["id"], {"source": source, **told}))
    insert_all(act.session, ENTRY, rows)


def _told(plan: FamilyPlan, summaries: set[int]) -> dict[str, Any]:
    """What the journal keeps of a family: ids added, columns changed with old and new values, summaries changed."""
    facts = {
        "added": [slot.row["id"] for slot in plan.added],
        "changed": {str(slot.row["id"]): _brief(slot.changes) for slot in plan.changed},
        "summaries": [s.row["id"] for s in plan.touched if not s.new and s.row["id"] in summaries],
    }
    return {name: value for name, value in facts.items() if value}


def _brief(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {
        name: [value[:LONGEST_FACT] if isinstance(value, str) else value for value in pair]
        for name, pair in changes.items()
    }


def entry(act: Act, family_id: int, facts: dict[str, Any], verb: str = IMPORT_VERB) -> dict[str, Any]:
    return {
        "at": act.now,
        "actor_kind": act.actor.kind.value,
        "actor_id": act.actor.person_id,
        "organisation_id": act.actor.organisation_id,
        "verb": verb,
        "subject_kind": "recommendation",
        "subject_id": family_id,
        "audience": "public",
        "facts": facts,
    }


def insert_all(session: Session, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        session.execute(insert(table), listed)
