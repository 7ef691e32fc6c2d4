"""Lists of documents: of a meeting, of everything, of a person. Plain rows of what a list shows; few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, not_, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.paging import Page
from sgdocs.base.text import clean
from sgdocs.documents.models import Allocation, Document, DocumentQuestion, DocumentSource, File, Version
from sgdocs.documents.rules import HIDDEN_AUDIENCE, Status, shown_title
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.meetings.models import Meeting
from sgdocs.policy import READ_SCOPE, WRITE_SCOPE, Role


def visible(act: Act, *, deleted: bool = False) -> ColumnElement[bool]:
    """The condition on documents that the actor may know of. deleted: those alone that can be restored.

    By audience; what is not posted has the audience of the secretariat, and its owner and entity see it besides; a
    guest of one meeting reads its papers; the Director, who may admit it, reads what is held. Costs one query, or none.
    """
    is_there = col(Document.deleted_at).is_not(None) if deleted else col(Document.deleted_at).is_(None)
    return and_(known(act), is_there)


def known(act: Act) -> ColumnElement[bool]:
    """As `visible`, deleted or not."""
    labels = audiences(act)
    ways: list[ColumnElement[bool]] = [col(Document.audience).in_(labels)]
    actor = act.actor
    if actor.scopes is None or not actor.scopes.isdisjoint((READ_SCOPE, WRITE_SCOPE)):
        if actor.person_id is not None:
            ways.append(col(Document.owner_id) == actor.person_id)
        if actor.organisation_id is not None:
            ways.append(col(Document.organisation_id) == actor.organisation_id)
        if actor.has_role(Role.DIRECTOR):
            ways.append(col(Document.status) == Status.HELD)
    codes = [label.removeprefix("meeting:") for label in labels if label.startswith("meeting:")]
    if codes:
        ways.append(_of_meetings(codes))
    return or_(*ways)


def _of_meetings(codes: Sequence[str]) -> ColumnElement[bool]:
    """Papers of these meetings that are not kept from their usual readers."""
    theirs = select(Meeting.id).where(col(Meeting.code).in_(codes))
    narrow = or_(col(Document.audience) == HIDDEN_AUDIENCE, col(Document.audience).startswith("person:"))
    return and_(col(Document.meeting_id).in_(theirs), not_(narrow))


@dataclass(frozen=True)
class DocumentFilter:
    """What a list is asked for; what is "" or None is not asked. q: words in title, source or label; question: path or
    label of a group; source_id: an organisation; status: one, or "" for all that the actor may see; since: posted after.
    """

    q: str = ""
    sector: str = ""
    kind: str = ""
    stream: str = ""
    question: str = ""
    status: str = ""
    language: str = ""
    group_id: int | None = None
    period_id: int | None = None
    meeting_id: int | None = None
    source_id: int | None = None
    owner_id: int | None = None
    agenda_item_id: int | None = None
    is_late: bool | None = None
    since: datetime | None = None
    names: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line of a list. questions: labels, the primary one first; late: of the original; late_revision: of the newest
    late one; agenda_item_id: of the meeting asked for; title: `Withdrawn` for a tombstone.
    """

    id: int
    name: str
    label: str
    sort_key: str
    kind: str
    stream: str
    number: int
    title: str
    source: str
    purpose: str
    status: str
    revision: int
    late: str
    admission: str
    may_be_translated: bool
    is_incomplete: bool
    audience: str
    language: str
    received_at: datetime | None
    posted_at: datetime | None
    meeting_id: int | None
    group_id: int
    owner_id: int | None
    old_number: str
    questions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    agenda_item_id: int | None = None
    late_revision: str = ""


_FIELDS = tuple(DocumentRow.__slots__[:24])
_COLUMNS = tuple(getattr(Document, name) for name in _FIELDS)


def for_meeting(act: Act, meeting: Meeting, wanted: DocumentFilter = DocumentFilter()) -> list[DocumentRow]:
    """All documents of a meeting in the order of their numbers: a thousand at once, in six queries."""
    conditions: list[ColumnElement[bool]] = [*_wanted(wanted), visible(act), col(Document.meeting_id) == meeting.id]
    rows = act.session.execute(columns(*_COLUMNS).where(*conditions).order_by(Document.sort_key)).all()
    return _rows(act, rows, columns(col(Document.id)).where(*conditions), meeting)


def found(act: Act, wanted: DocumentFilter, *, number: int = 1, size: int = 50) -> Page[DocumentRow]:
    """A page of all documents, by Sector, kind, group and number. Six queries."""
    conditions: list[ColumnElement[bool]] = [*_wanted(wanted), visible(act)]
    total = act.session.execute(columns(func.count(col(Document.id))).where(*conditions)).scalar_one()
    ordered = columns(*_COLUMNS).where(*conditions).order_by(Document.sort_key, col(Document.id))
    rows = act.session.execute(ordered.offset((number - 1) * size).limit(size)).all()
    return Page(_rows(act, rows, [row[0] for row in rows]), total, number, size)


def found_after(
    act: Act, wanted: DocumentFilter, *, after: tuple[str, int] | None, limit: int
) -> tuple[list[DocumentRow], int]:
    """The rows after the one with that (sort_key, id), and how many there are in all."""
    conditions: list[ColumnElement[bool]] = [*_wanted(wanted), visible(act)]
    total = act.session.execute(columns(func.count(col(Document.id))).where(*conditions)).scalar_one()
    if after is not None:
        key, id = after
        conditions.append(or_(col(Document.sort_key) > key, and_(col(Document.sort_key) == key, col(Document.id) > id)))
    ordered = columns(*_COLUMNS).where(*conditions).order_by(Document.sort_key, col(Document.id)).limit(limit)
    rows = act.session.execute(ordered).all()
    return _rows(act, rows, [row[0] for row in rows]), total


def mine(act: Act, *, limit: int = 500) -> list[DocumentRow]:
    """What the actor reserved or submitted, whatever its state, the newest first."""
    own = act.actor.person_id
    conditions = [col(Document.owner_id) == own if own is not None else false(), visible(act)]
    ordered = columns(*_COLUMNS).where(*conditions).order_by(col(Document.id).desc()).limit(limit)
    rows = act.session.execute(ordered).all()
    return _rows(act, rows, [row[0] for row in rows])


Ids = Sequence[int] | Select[int | None]
Found = Iterable[Sequence[object]]


def _rows(act: Act, rows: Found, ids: Ids, meeting: Meeting | None = None) -> list[DocumentRow]:
    """The rows with what stands in other tables; nothing is asked when there are none."""
    told = list(rows)
    if not told:
        return []
    questions, languages = _questions(act, ids), _languages(act, ids)
    late, items = _late_revisions(act, ids), _items(act, ids, meeting)
    return [_row(each, questions, languages, late, items) for each in told]


def _row(
    values: Sequence[object],
    questions: Mapping[int, list[str]],
    languages: Mapping[int, list[str]],
    late: Mapping[int, str],
    items: Mapping[int, int],
) -> DocumentRow:
    id = int(str(values[0]))
    given: dict[str, Any] = dict(zip(_FIELDS, values, strict=True))
    given["title"] = shown_title(given["status"], given["title"])
    return DocumentRow(
        **given,
        questions=tuple(questions.get(id, ())),
        languages=tuple(languages.get(id, ())),
        agenda_item_id=items.get(id),
        late_revision=late.get(id, ""),
    )


def _questions(act: Act, ids: Ids) -> dict[int, list[str]]:
    told = (
        columns(col(DocumentQuestion.document_id), col(Group.label))
        .join(Group, col(Group.id) == col(DocumentQuestion.group_id))
        .where(col(DocumentQuestion.document_id).in_(ids))
        .order_by(col(DocumentQuestion.is_primary).desc(), Group.sort_key)
    )
    return _gathered(act.session.execute(told))


def _languages(act: Act, ids: Ids) -> dict[int, list[str]]:
    """Languages of the files of posted versions."""
    told = (
        columns(col(File.document_id), col(File.language))
        .join(Version, col(Version.id) == col(File.version_id))
        .where(col(File.document_id).in_(ids), col(Version.status) == Status.POSTED)
        .distinct()
        .order_by(col(File.language))
    )
    return _gathered(act.session.execute(told))


def _late_revisions(act: Act, ids: Ids) -> dict[int, str]:
    told = (
        columns(col(Version.document_id), col(Version.part))
        .where(col(Version.document_id).in_(ids), col(Version.late) != "", col(Version.part) != "")
        .order_by(col(Version.position))
    )
    return dict(act.session.execute(told).all())


def _items(act: Act, ids: Ids, meeting: Meeting | None) -> dict[int, int]:
    if meeting is None:
        return {}
    told = columns(col(Allocation.document_id), col(Allocation.agenda_item_id)).where(
        col(Allocation.meeting_id) == meeting.id, col(Allocation.is_primary).is_(True)
    )
    return dict(act.session.execute(told).all())


def _gathered(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for id, word in rows:
        if word:
            found.setdefault(id, []).append(word)
    return found


def _wanted(wanted: DocumentFilter) -> list[ColumnElement[bool]]:
    w = _cleaned(wanted)
    exact = {
        "sector": w.sector,
        "kind": w.kind,
        "stream": w.stream,
        "status": w.status,
        "group_id": w.group_id,
        "period_id": w.period_id,
        "meeting_id": w.meeting_id,
        "owner_id": w.owner_id,
    }
    asked: list[ColumnElement[bool]] = [
        getattr(Document, name) == value for name, value in exact.items() if value not in ("", None)
    ]
    if w.since is not None:
        asked.append(col(Document.posted_at) > w.since)
    if w.names:
        asked.append(col(Document.name).in_(w.names))
    if w.is_late is not None:
        asked.append(col(Document.late) != "" if w.is_late else col(Document.late) == "")
    return [*asked, *_related(w), *(_has_word(word) for word in clean(w.q).split()[:8])]


def _cleaned(wanted: DocumentFilter) -> DocumentFilter:
    """Words that come from an address may hold anything; PostgreSQL refuses NUL."""
    words: dict[str, Any] = {
        each.name: clean(value) for each in fields(wanted) if isinstance(value := getattr(wanted, each.name), str)
    }
    return replace(wanted, **words)


def _has_word(word: str) -> ColumnElement[bool]:
    """The word as typed, or in small letters (SQLite knows those of ASCII alone). A tombstone has no title."""
    title = case((col(Document.status) == Status.WITHDRAWN, ""), else_=col(Document.title))
    places = (title, *(col(each) for each in (Document.source, Document.label, Document.old_number)))
    low = word.lower()
    return or_(
        *(func.lower(place).contains(low, autoescape=True) for place in places),
        *(place.contains(word, autoescape=True) for place in places if low != word),
    )


def _related(w: DocumentFilter) -> list[ColumnElement[bool]]:
    """Conditions on rows of other tables."""
    asked: list[ColumnElement[bool]] = []
    if w.question:
        named = or_(col(Group.path) == w.question, func.lower(Group.label) == w.question.lower())
        theirs = select(DocumentQuestion.document_id).join(Group, col(Group.id) == DocumentQuestion.group_id)
        asked.append(col(Document.id).in_(theirs.where(named)))
    if w.source_id is not None:
        sent = select(DocumentSource.document_id).where(DocumentSource.organisation_id == w.source_id)
        asked.append(col(Document.id).in_(sent))
    if w.agenda_item_id is not None:
        under = select(Allocation.document_id).where(Allocation.agenda_item_id == w.agenda_item_id)
        asked.append(col(Document.id).in_(under))
    if w.language:
        spoken = select(File.document_id).where(File.language == w.language)
        asked.append(col(Document.id).in_(spoken))
    return asked
