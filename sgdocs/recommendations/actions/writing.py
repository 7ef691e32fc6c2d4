"""What the verbs share: check a form's record, bind the invariants, write the family, note it."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import FIELD, Conflict, Invalid
from sgdocs.policy import Permission, Scope, require
from sgdocs.recommendations.deriving import facts_of
from sgdocs.recommendations.importing.bases import Slot
from sgdocs.recommendations.importing.incoming import Incoming, Raw, Rejected, read
from sgdocs.recommendations.importing.plan import FamilyPlan, plans
from sgdocs.recommendations.importing.store import write_family
from sgdocs.recommendations.invariants import Finding, breaches
from sgdocs.recommendations.models import Family, Flag, Name, Summary, Text
from sgdocs.recommendations.schemas import TextForm
from sgdocs.recommendations.standing import TextFacts

_LANGUAGES = ("fr", "es", "ru", "ar", "zh")
_LISTS = ("iso_iec", "former_names", "acronyms", "relations")
_PLAIN = (
    "title", "status", "status_note", "approved", "withdrawn", "study_group", "edition", "version", "url", "handle",
    "modifies", "superseded_by", "summary",
)  # fmt: skip


def raw_of(form: TextForm, identifier: str) -> Raw:
    """The record that a form stands for: what was left empty is empty."""
    raw: dict[str, object] = {"id": identifier, "titles": {}}
    raw.update({name: getattr(form, name) for name in _PLAIN})
    raw["process"] = form.process or ""
    raw["titles"] = {x: getattr(form, f"title_{x}") for x in _LANGUAGES if getattr(form, f"title_{x}")}
    raw["languages"] = form.languages.replace(",", " ").split()
    raw.update({name: _parted(getattr(form, name)) for name in _LISTS})
    return raw


def _parted(words: str) -> list[str]:
    return [part.strip() for part in words.replace("\n", ";").split(";") if part.strip()]


def checked(raw: Raw) -> Incoming:
    """The record in columns; Invalid names the field, the value and what would be right."""
    try:
        return read(raw, 0)
    except Rejected as wrong:
        field = "identifier" if wrong.field == "id" else wrong.field
        raise Invalid(FIELD, field=field, **{"value": wrong.value, "right": wrong.right}) from wrong


def planned(act: Act, record: Incoming) -> FamilyPlan:
    """The family with the record put in its place; nothing is written yet."""
    return plans(act.session, {record.place.key: [record]}, act.now, by_hand=True)[0]


def permit(act: Act, sector: str, study_group: str) -> None:
    """The secretariat may edit every text, a counsellor those of the group."""
    require(act.actor, Permission.EDIT_RECOMMENDATION, Scope(f"{sector}/{study_group}" if study_group else ""))


def bind(act: Act, plan: FamilyPlan) -> None:
    """Conflict when the plan would break an invariant that was not broken before."""
    old = _flagged(act, plan)
    for finding in breaches(facts_before(plan)):
        if (finding.rule.id, finding.detail) not in old:
            _refuse(finding)


def facts_before(plan: FamilyPlan) -> Sequence[TextFacts]:
    """The facts as they will be; texts that have no id yet get negative ones."""
    ids = {id(slot): slot.row.get("id", -number) for number, slot in enumerate(plan.slots, 1)}

    def linked(slot: Slot | None) -> int | None:
        return None if slot is None else int(ids[id(slot)])

    rows: list[dict[str, Any]] = [
        {**s.row, "id": ids[id(s)], "modifies_id": linked(s.base), "superseded_by_id": linked(s.successor)}
        for s in plan.slots
    ]
    return [facts_of(row) for row in rows]


def _flagged(act: Act, plan: FamilyPlan) -> set[tuple[str, str]]:
    if plan.new:
        return set()
    found = select(Flag.rule, Flag.detail).where(Flag.family_id == plan.row["id"])
    return {(rule, detail) for rule, detail in act.session.exec(found)}


def _refuse(finding: Finding) -> None:
    raise Conflict(finding.rule, detail=finding.detail)


def set_columns(slot: Slot, **values: Any) -> None:
    """Change columns of a planned text and remember old and new."""
    for name, value in values.items():
        if slot.row[name] != value:
            if not slot.new:
                slot.changes[name] = [slot.row[name], value]
            slot.row[name] = value


def written(act: Act, plan: FamilyPlan, slot: Slot, verb: str, **facts: Any) -> Text:
    """Write the plan, note it under the verb, and give the row back."""
    write_family(act, plan, verb, facts)
    for row in act.session.identity_map.values():
        if isinstance(row, (Family, Text, Name, Summary)):
            act.session.expire(row)  # written past the session
    text = act.session.get(Text, slot.row["id"])
    assert text is not None
    return text
