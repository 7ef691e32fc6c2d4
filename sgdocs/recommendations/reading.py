"""Everything that the page of a family, the page of a text, and an export of either shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.identifiers import family_key, parse
from sgdocs.journal.models import Entry
from sgdocs.journal.record import history_of
from sgdocs.recommendations.audience import is_readable, readable
from sgdocs.recommendations.deriving import facts_of
from sgdocs.recommendations.models import Equivalent, Family, Flag, Name, Patent, PublishedFile, Relation, Summary, Text
from sgdocs.recommendations.queries import WHAT, readable_texts
from sgdocs.recommendations.rules import NameKind
from sgdocs.recommendations.standing import Answer, TextFacts, standing_on
from sgdocs.recommendations.tables import FAMILY, FLAG, TEXT


@dataclass(frozen=True)
class Related:
    """One relation as a row. family: the other end when it is here; backwards: the other end says it of this one."""

    kind: str
    target: str
    family: Family | None
    backwards: bool = False


@dataclass(frozen=True)
class Record:
    """A family with all that is known of it. shown: the edition in force, else the newest; texts: oldest first."""

    family: Family
    texts: Sequence[Text]
    shown: Text
    summaries: dict[str, str]
    names: Sequence[Name]
    equivalents: Sequence[Equivalent]
    relations: Sequence[Related]
    patents: Sequence[Patent]
    files: Sequence[PublishedFile]
    flags: Sequence[Flag]

    @property
    def facts(self) -> list[TextFacts]:
        return [facts_of(text.model_dump()) for text in self.texts]

    @property
    def by_id(self) -> dict[int, Text]:
        return {text.id: text for text in self.texts if text.id is not None}

    @property
    def former_names(self) -> list[str]:
        return [name.name for name in self.names if name.kind == NameKind.FORMER]

    def on(self, day: date, today: date, apart: str = "") -> Answer:
        return standing_on(self.facts, day, today, apart=apart)


def record_of(act: Act, family: Family, *, text: Text | None = None, apart: str = "") -> Record:
    """The family's record; text: the one whose page it is. Eight queries, whatever the number of texts."""
    session = act.session
    texts = readable_texts(act, family)
    shown = text or _shown(family, texts, apart)
    ids = [t.id for t in texts]
    equivalents = select(Equivalent).where(col(Equivalent.text_id).in_(ids)).order_by(col(Equivalent.id))
    files = select(PublishedFile).where(PublishedFile.text_id == shown.id).order_by(col(PublishedFile.language))
    return Record(
        family=family,
        texts=texts,
        shown=shown,
        summaries=summaries_of(session, shown),
        names=list(session.exec(select(Name).where(Name.family_id == family.id).order_by(Name.kind, Name.name))),
        equivalents=list(session.exec(equivalents)),
        relations=_relations(act, family),
        patents=list(session.exec(select(Patent).where(Patent.family_id == family.id).order_by(col(Patent.declared)))),
        files=list(session.exec(files)),
        flags=list(session.exec(select(Flag).where(Flag.family_id == family.id).order_by(Flag.rule))),
    )


def _shown(family: Family, texts: Sequence[Text], apart: str) -> Text:
    """The text that stands for the family, or for a part published apart; another one where that is not to be read."""
    line = [t for t in texts if t.apart == apart] if apart else texts
    standing = [t for t in line if t.status in ("in-force", "pre-published")]
    meant = [] if apart else [t for t in texts if t.id == (family.current_id or family.latest_id)]
    found = meant or standing or line
    return found[-1] if found else missing(WHAT, family.number)


def summaries_of(session: Session, text: Text) -> dict[str, str]:
    """Summaries of a text by language."""
    return {s.language: s.summary for s in session.exec(select(Summary).where(Summary.text_id == text.id))}


def _relations(act: Act, family: Family) -> list[Related]:
    """Relations from here, and those of others to here, with the families that are found. Two or three queries."""
    names = {family.number, f"ITU-{family.sector} {family.number}", *family.numbers}
    names |= {f"ITU-{family.sector} {number}" for number in family.numbers}
    wanted = or_(Relation.family_id == family.id, col(Relation.target).in_(names))
    rows = list(act.session.exec(select(Relation).where(wanted).order_by(Relation.kind, Relation.target)))
    if not rows:
        return []
    keys = {r.target: _key_of(r.target, family.sector) for r in rows if r.family_id == family.id}
    others = _families(act, [r.family_id for r in rows if r.family_id != family.id], [k for k in keys.values() if k])
    return [
        Related(r.kind, r.target, others.get(keys[r.target]))
        if r.family_id == family.id
        else Related(r.kind, "", others[r.family_id], backwards=True)
        for r in rows
        if r.family_id == family.id or r.family_id in others
    ]


def _key_of(target: str, sector: str) -> str:
    """The family that a target names, "" when it names none: `Y.4000` without a Sector is of the same one."""
    identifier = parse(target) or parse(f"ITU-{sector} {target}")
    return (family_key(identifier) or "") if identifier else ""


def _families(act: Act, ids: Sequence[int], keys: Sequence[str]) -> dict[object, Family]:
    """By id, and by key."""
    found = select(Family).where(or_(col(Family.id).in_(ids), col(Family.key).in_(keys)))
    rows = list(act.session.exec(found.where(readable(act, col(Family.audience)))))
    return {family.id: family for family in rows} | {family.key: family for family in rows}


@dataclass(frozen=True)
class Plain:
    """A text as an export needs it: its columns, its family's number and address, summary and twins."""

    text: Text
    family_number: str
    family_address: str
    series: str
    sector: str
    equivalents: tuple[str, ...] = ()
    summary: str = ""
    modifies: str = ""
    superseded_by: str = ""


def plain_of(record: Record, text: Text) -> Plain:
    """One text of a record for an export. No query."""
    family, names = record.family, record.by_id
    return Plain(
        text,
        family.number,
        family.address,
        family.series,
        family.sector,
        tuple(e.number for e in record.equivalents if e.text_id == text.id),
        record.summaries.get("en", "") if text.id == record.shown.id else "",
        names[text.modifies_id].identifier if text.modifies_id in names else "",
        names[text.superseded_by_id].identifier if text.superseded_by_id in names else "",
    )


def shown_texts(act: Act, family_ids: Sequence[int]) -> list[Plain]:
    """The edition shown of each family, in the order given, for the export of a list. Two queries for 500 families."""
    found: dict[int, Plain] = {}
    for piece in _pieces(family_ids, 500):
        families = {f.id: f for f in act.session.exec(select(Family).where(col(Family.id).in_(piece)))}
        shown = [f.current_id or f.latest_id for f in families.values()]
        for plain in _plains(act, families, [id for id in shown if id is not None]):
            found[plain.text.family_id] = plain
    return [found[id] for id in family_ids if id in found]


def _plains(act: Act, families: dict[int | None, Family], ids: Sequence[int]) -> Iterator[Plain]:
    session = act.session
    twins: dict[int, list[str]] = {}
    for twin in session.exec(select(Equivalent).where(col(Equivalent.text_id).in_(ids))):
        twins.setdefault(twin.text_id, []).append(twin.number)
    for text in session.exec(select(Text).where(col(Text.id).in_(ids), readable(act, col(Text.audience)))):
        family = families[text.family_id]
        yield Plain(
            text, family.number, family.address, family.series, family.sector, tuple(twins.get(text.id or 0, ()))
        )


def everything(act: Act, *, batch: int = 300) -> Iterator[list[Plain]]:
    """The whole catalogue, text by text, in the order of families; summaries included. Four queries a batch.

    No transaction is open while a batch is with the caller: a slow reader keeps no connection from others.
    """
    last = 0
    while True:
        query = select(Family).where(col(Family.id) > last, readable(act, col(Family.audience)))
        families = {f.id: f for f in act.session.exec(query.order_by(col(Family.id)).limit(batch))}
        if not families:
            return
        last = max(id for id in families if id is not None)
        texts = _whole(act, families)
        act.session.expunge_all()
        act.session.rollback()
        yield texts


def _whole(act: Act, families: dict[int | None, Family]) -> list[Plain]:
    session = act.session
    query = select(Text).where(col(Text.family_id).in_(list(families)), readable(act, col(Text.audience)))
    texts = list(session.exec(query.order_by(col(Text.family_id), col(Text.sort_key))))
    ids = [text.id for text in texts]
    summaries = select(Summary).where(col(Summary.text_id).in_(ids), Summary.language == "en")
    told = {s.text_id: s.summary for s in session.exec(summaries)}
    twins: dict[int, list[str]] = {}
    for twin in session.exec(select(Equivalent).where(col(Equivalent.text_id).in_(ids))):
        twins.setdefault(twin.text_id, []).append(twin.number)
    names = {text.id: text.identifier for text in texts}
    return [
        Plain(
            text,
            (family := families[text.family_id]).number,
            family.address,
            family.series,
            family.sector,
            tuple(twins.get(text.id or 0, ())),
            told.get(text.id or 0, ""),
            names.get(text.modifies_id, ""),
            names.get(text.superseded_by_id, ""),
        )
        for text in texts
    ]


def texts_of_families(act: Act, family_ids: Sequence[int]) -> list[Plain]:
    """Every text of these families, with summaries. Four queries."""
    families = {f.id: f for f in act.session.exec(select(Family).where(col(Family.id).in_(family_ids)))}
    return _whole(act, families)


def history(act: Act, family: Family, *, limit: int = 500) -> list[Entry]:
    """The entries on a family, the newest first, as far as the actor may read them."""
    entries = history_of(act.session, "recommendation", [family.id or 0], limit=limit)
    return [entry for entry in entries if is_readable(act, entry.audience)]


def _pieces(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


@dataclass(frozen=True)
class Flagged:
    """One breach for the secretariat's list."""

    rule: str
    detail: str
    number: str
    address: str
    title: str
    text_identifier: str
    text_address: str


def flagged(act: Act, *, rule: str = "", number: int = 1, size: int = 100) -> tuple[list[Flagged], int]:
    """What was imported and breaks an invariant, by rule and number; with the total. Two queries."""
    wanted = [FLAG.c.rule == rule] if rule else []
    named = (FAMILY.c.number, FAMILY.c.address, FAMILY.c.title, TEXT.c.identifier, TEXT.c.address)
    query = (
        select_columns(FLAG.c.rule, FLAG.c.detail, *named)
        .join(FAMILY, FAMILY.c.id == FLAG.c.family_id)
        .outerjoin(TEXT, TEXT.c.id == FLAG.c.text_id)
        .where(*wanted)
        .order_by(FLAG.c.rule, FAMILY.c.sort_key, FLAG.c.id)
    )
    rows = act.session.execute(query.offset((number - 1) * size).limit(size)).all()
    total = act.session.execute(select_columns(func.count()).select_from(FLAG).where(*wanted)).scalar_one()
    return [Flagged(*(value or "" for value in row)) for row in rows], total


def today_of(act: Act) -> date:
    """The day it is in Geneva for this act."""
    return geneva_day(act.now)
