"""What a thread can be about: found by what people call it, or by its row, as far as the actor may read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.text import clean
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rules import Kind
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Clause, Document
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.liaison import queries as liaison
from sgdocs.liaison.models import Statement
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.policy import PUBLIC, Scope
from sgdocs.work_programme import queries as work
from sgdocs.work_programme.models import WorkItem

MEMBERS: Final = "members"


@dataclass(frozen=True)
class About:
    """ref: by which it is found again (`T/SG15`, a code, a name); words: what people call it; path: its page on this site.

    group: whose officers moderate; places: where one must be allowed to write, the group first; audience: label of its talk.
    """

    kind: Kind
    id: int
    ref: str
    words: str
    path: str
    audience: str
    group: Group | None = None
    anchor: str = ""
    meeting: Meeting | None = None

    @property
    def places(self) -> tuple[Scope, ...]:
        group = (Scope(self.group.path),) if self.group is not None else (Scope(),)
        return (*group, Scope(f"meeting:{self.meeting.code}")) if self.is_of_meeting and self.meeting else group

    @property
    def is_of_meeting(self) -> bool:
        return self.kind in (Kind.MEETING, Kind.AGENDA_ITEM)


def about(act: Act, kind: Kind, ref: str, anchor: str = "") -> About:
    """By what people call it: a group's path, a code, a name, `CODE/17` of an agenda item. NotFound for what may not be read."""
    row = _FINDERS[kind](act, clean(ref)[:200])
    return about_row(act, kind, row, anchor)


def about_thread(act: Act, thread: Thread) -> About:
    """What the thread is about, as it is now. NotFound when it may not be read any more."""
    kind = Kind(thread.kind)
    return about_row(act, kind, _BY_ID[kind](act, thread.subject_id), thread.anchor)


Row = Group | Meeting | AgendaItem | Document | WorkItem | Statement


def about_row(act: Act, kind: Kind, row: Row, anchor: str = "") -> About:
    """Of a row that the actor may read."""
    session = act.session
    if isinstance(row, Group):
        return About(kind, row.id or 0, row.path, row.label, _group(row.path), groups.audience_of(session, row), row)
    if isinstance(row, Meeting | AgendaItem):
        return _of_meeting(session, kind, row)
    if isinstance(row, Document):
        return _of_document(act, kind, row, anchor)
    if isinstance(row, WorkItem):
        group = groups.by_id(session, row.question_id or row.group_id)
        path = _path("wi", f"{row.number}-{row.acronym}")
        return About(kind, row.id or 0, str(row.number), row.acronym, path, _label(session, row.audience, group), group)
    return _of_statement(session, kind, row)


def _of_meeting(session: Session, kind: Kind, row: Meeting | AgendaItem) -> About:
    meeting = row if isinstance(row, Meeting) else session.get_one(Meeting, row.meeting_id)
    audience = meetings.papers_audience(session, meeting)
    if isinstance(row, Meeting):
        group, path = meetings.group_of(session, meeting), _path("meeting", meeting.code)
        return About(kind, row.id or 0, row.code, row.code, path, audience, group, meeting=meeting)
    group = groups.by_id(session, row.group_id)
    path = f"{_path('meeting', meeting.code, 'agenda')}?group={quote(group.path)}#item-{row.id}"
    words = f"{meeting.code}: {row.title}"[:300]
    return About(kind, row.id or 0, f"{meeting.code}/{row.id}", words, path, audience, group, meeting=meeting)


def _of_document(act: Act, kind: Kind, row: Document, anchor: str) -> About:
    """anchor: of a clause of the text as it stands, or as it stood when somebody spoke of it."""
    session = act.session
    group, meeting = documents.group_of(session, row), documents.meeting_of(session, row)
    words, path = row.label, _path("doc", row.name)
    if kind is Kind.CLAUSE:
        words, path = f"{row.label} {_clause(session, row, anchor)}", f"{path}/text#{quote(anchor)}"
    audience = _label(session, row.audience, group)
    return About(kind, row.id or 0, row.name, words, path, audience, group, anchor, meeting)


def _of_statement(session: Session, kind: Kind, row: Statement) -> About:
    group = liaison.group_of(session, row)
    meeting = session.get(Meeting, row.meeting_id) if row.meeting_id else None
    audience = _label(session, row.audience, group)
    path = _path("liaison", row.name)
    return About(kind, row.id or 0, row.name, row.label or row.name, path, audience, group, meeting=meeting)


def _label(session: Session, audience: str, group: Group | None) -> str:
    """What is public is talked about among those who read the group's papers. Source: domain 8.3."""
    if audience != PUBLIC:
        return audience
    return groups.audience_of(session, group) if group is not None else MEMBERS


def _clause(session: Session, document: Document, anchor: str) -> str:
    """Number and title of the clause, NotFound for a place that the text never had."""
    named = select(Clause).where(Clause.document_id == document.id, Clause.anchor == anchor)
    found = session.exec(named.order_by(col(Clause.id).desc())).first() if anchor else None
    if found is None:
        earlier = select(Thread.subject).where(
            Thread.kind == Kind.CLAUSE, Thread.subject_id == document.id, Thread.anchor == anchor
        )
        known = session.exec(earlier).first() if anchor else None
        return known.removeprefix(document.label).strip() if known else missing("clause", f"{document.label} {anchor}")
    return " ".join(part for part in (found.number, found.title[:120]) if part) or anchor


def _path(*parts: object) -> str:
    return "/" + "/".join(quote(str(part), safe=":@!$&'()*+,;=") for part in parts)


def _group(path: str) -> str:
    return _path("group", *path.removeprefix("T/").split("/"))


def _item_by_ref(act: Act, ref: str) -> AgendaItem:
    code, _, id = ref.rpartition("/")
    meeting = meetings.by_code(act, code)
    found = act.session.get(AgendaItem, int(id)) if id.isascii() and id.isdecimal() and len(id) < 13 else None
    return found if found is not None and found.meeting_id == meeting.id else missing("agenda item", ref)


def _item_by_id(act: Act, id: int) -> AgendaItem:
    found = act.session.get(AgendaItem, id) or missing("agenda item", id)
    meetings.by_id(act, found.meeting_id)
    return found


_FINDERS: Final[Mapping[Kind, Callable[[Act, str], Row]]] = {
    Kind.GROUP: lambda act, ref: groups.by_path(act.session, ref),
    Kind.MEETING: meetings.by_code,
    Kind.AGENDA_ITEM: _item_by_ref,
    Kind.DOCUMENT: documents.by_name,
    Kind.CLAUSE: documents.by_name,
    Kind.WORK_ITEM: work.by_handle,
    Kind.STATEMENT: liaison.by_name,
}
_BY_ID: Final[Mapping[Kind, Callable[[Act, int], Row]]] = {
    Kind.GROUP: lambda act, id: groups.by_id(act.session, id),
    Kind.MEETING: meetings.by_id,
    Kind.AGENDA_ITEM: _item_by_id,
    Kind.DOCUMENT: documents.by_id,
    Kind.CLAUSE: documents.by_id,
    Kind.WORK_ITEM: work.by_id,
    Kind.STATEMENT: liaison.by_id,
}
