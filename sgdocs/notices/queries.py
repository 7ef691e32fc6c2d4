"""What is asked of notices: those of a person, what they follow, how often they want to hear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from sgdocs.base.act import Act
from sgdocs.base.paging import Page
from sgdocs.documents.telling import facts_told
from sgdocs.i18n import Language
from sgdocs.journal.models import Entry
from sgdocs.notices import words
from sgdocs.notices.models import Notice, Preference, Subscription
from sgdocs.notices.readable import readable
from sgdocs.notices.subjects import Subject, subjects_of
from sgdocs.notices.telling import FOLLOWS
from sgdocs.notices.things import Thing, things_of
from sgdocs.notices.topics import TOPICS, usual
from sgdocs.people.models import Person


@dataclass(frozen=True)
class NoticeFilter:
    """topic: "" for all; is_new: those alone that were not read."""

    topic: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Told:
    """A notice as it is shown. path: of the thing; why: one sentence."""

    id: int
    at: datetime
    topic: str
    verb: str
    says: str
    label: str
    title: str
    path: str
    why: str
    often: str
    is_read: bool
    scope: str
    entry_id: int


def mine(
    act: Act, tongue: Language, wanted: NoticeFilter = NoticeFilter(), *, number: int = 1, size: int = 50
) -> Page[Told]:
    """A person's notices, the newest first; of what may no longer be read there is neither line nor count."""
    conditions = [*_wanted(wanted), *_own(act)]
    total = act.session.exec(_joined_count().where(*conditions)).one()
    found = select(Notice, Entry).join(Entry, col(Entry.id) == Notice.entry_id).where(*conditions)
    rows = act.session.exec(found.order_by(col(Notice.id).desc()).offset((number - 1) * size).limit(size)).all()
    return Page(told_of(act, tongue, rows), total, number, size)


def mine_after(
    act: Act, tongue: Language, wanted: NoticeFilter, *, before: int | None, limit: int
) -> tuple[list[Told], int]:
    """Notices older than the one of that id, and how many there are in all."""
    conditions = [*_wanted(wanted), *_own(act)]
    total = act.session.exec(_joined_count().where(*conditions)).one()
    found = select(Notice, Entry).join(Entry, col(Entry.id) == Notice.entry_id).where(*conditions)
    older = found.where(col(Notice.id) < before) if before is not None else found
    return told_of(act, tongue, act.session.exec(older.order_by(col(Notice.id).desc()).limit(limit)).all()), total


def unread(act: Act) -> int:
    """How many notices the actor has not read. One query beside that of the labels."""
    return act.session.exec(_joined_count().where(*_own(act), col(Notice.read_at).is_(None))).one()


def _joined_count() -> SelectOfScalar[int]:
    return select(func.count()).select_from(Notice).join(Entry, col(Entry.id) == Notice.entry_id)


def _own(act: Act) -> list[ColumnElement[bool]]:
    return [col(Notice.person_id) == act.actor.person_id, readable(act)]


def _wanted(wanted: NoticeFilter) -> list[ColumnElement[bool]]:
    found = [col(Notice.topic) == wanted.topic] if wanted.topic else []
    return [*found, col(Notice.read_at).is_(None)] if wanted.is_new else found


def told_of(act: Act, tongue: Language, rows: Sequence[tuple[Notice, Entry]]) -> list[Told]:
    """The notices in words, as the actor may know of things now; what has no page for the actor is left out."""
    entries = [entry for _, entry in rows]
    subjects = subjects_of(act, entries)
    things = things_of(act, [row.scope for row, _ in rows if row.why == FOLLOWS])
    facts = facts_told(act, entries)
    return [
        _told(tongue, (row, entry, told), subjects[entry.subject_kind, entry.subject_id], things.get(row.scope))
        for (row, entry), told in zip(rows, facts, strict=True)
        if (entry.subject_kind, entry.subject_id) in subjects
    ]


def _told(
    tongue: Language, of: tuple[Notice, Entry, Mapping[str, object]], subject: Subject, thing: Thing | None
) -> Told:
    row, entry, facts = of
    return Told(
        id=row.id or 0,
        at=row.at,
        topic=row.topic,
        verb=entry.verb,
        says=words.says(tongue, entry, facts, subject),
        label=subject.label,
        title=subject.title_in(tongue.code),
        path=subject.path,
        why=words.why(tongue, row.why, thing.label if thing is not None else None, is_older=_is_older(row, entry)),
        often=row.often,
        is_read=row.read_at is not None,
        scope=row.scope,
        entry_id=row.entry_id,
    )


def _is_older(row: Notice, entry: Entry) -> bool:
    """Whether a document is followed which the one that is told of replaces."""
    followed, _, id = row.scope.partition(":")
    is_document = entry.subject_kind == "document" and followed == "document"
    return row.why == FOLLOWS and is_document and id != str(entry.subject_id)


@dataclass(frozen=True)
class Followed:
    """What a person has a word on. thing: None when the person may not know of it any more; topics: () for all."""

    scope: str
    thing: Thing | None
    topics: tuple[str, ...]
    is_muted: bool
    since: datetime


def followed(act: Act, person: Person, scope: str = "") -> list[Followed]:
    """Everything the person follows or muted, or that one thing, the latest first."""
    held = select(Subscription).where(Subscription.person_id == person.id)
    held = held.where(Subscription.scope == scope) if scope else held
    rows: dict[str, list[Subscription]] = {}
    for row in act.session.exec(held.order_by(col(Subscription.id).desc())):
        rows.setdefault(row.scope, []).append(row)
    things = things_of(act, rows)
    return [
        Followed(
            scope=each,
            thing=things.get(each),
            topics=tuple(sorted(row.topic for row in some if row.topic)),
            is_muted=some[0].muted_at is not None,
            since=some[0].created_at,
        )
        for each, some in rows.items()
    ]


def preferences(act: Act, person: Person) -> dict[str, str]:
    """How often the person hears of each topic, chosen or usual."""
    rows = act.session.exec(select(Preference).where(Preference.person_id == person.id))
    chosen = {row.topic: row.often for row in rows}
    return {topic: chosen.get(topic, usual(topic).value) for topic in TOPICS}
