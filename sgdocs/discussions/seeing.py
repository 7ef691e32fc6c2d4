"""Who may read a thread: whoever may read what it is about, today, and the papers of its group. Source: domain 8.3 (chat)."""

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlmodel import SQLModel, col

from sgdocs.base.act import Act
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rules import Kind
from sgdocs.documents.listing import visible as document_visible
from sgdocs.documents.models import Document
from sgdocs.groups.queries import audiences
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.queries import visible as statement_visible
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.meetings.queries import visible as meeting_visible
from sgdocs.policy import PUBLIC
from sgdocs.work_programme.filtering import visible as item_visible
from sgdocs.work_programme.models import WorkItem

MEETING_GUEST = "meeting:"


def visible(act: Act) -> ColumnElement[bool]:
    """The condition on threads that the actor may read. It asks the subject of each as it is now: no label lags behind.

    What is public is talked about by those who read the papers of the group: a conversation is never public.
    """
    labels = audiences(act)
    own = col(Thread.audience).in_(labels)
    return or_(
        and_(_is(Kind.GROUP), own),
        and_(_is(Kind.MEETING), or_(own, _guest_of(act, Meeting)), _there(Meeting, meeting_visible(act))),
        and_(_is(Kind.AGENDA_ITEM), or_(own, _guest_of(act, AgendaItem)), _at_meeting(act)),
        and_(
            _is(Kind.DOCUMENT, Kind.CLAUSE),
            _there(Document, or_(col(Document.audience) != PUBLIC, own), document_visible(act)),
        ),
        and_(_is(Kind.WORK_ITEM), _there(WorkItem, or_(col(WorkItem.audience) != PUBLIC, own), item_visible(act))),
        and_(_is(Kind.STATEMENT), or_(own, _addressed(labels)), _there(Statement, statement_visible(act))),
    )


def _is(*kinds: Kind) -> ColumnElement[bool]:
    return col(Thread.kind).in_([kind.value for kind in kinds])


def _there(table: type[SQLModel], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    id: ColumnElement[int] = table.__table__.c.id  # type: ignore[attr-defined]
    return exists().where(id == col(Thread.subject_id), *conditions).correlate(Thread)


def _at_meeting(act: Act) -> ColumnElement[bool]:
    """Taken out or not: what was said on an item stays with the meeting."""
    return _there(AgendaItem, col(AgendaItem.meeting_id) == col(Meeting.id), meeting_visible(act))


def _guest_of(act: Act, table: type[Meeting | AgendaItem]) -> ColumnElement[bool]:
    """A guest of one meeting talks there as its participants do."""
    codes = [each.removeprefix(MEETING_GUEST) for each in audiences(act) if each.startswith(MEETING_GUEST)]
    if not codes:
        return false()
    at = col(Meeting.id) == (AgendaItem.meeting_id if table is AgendaItem else Meeting.id)
    return _there(table, at, col(Meeting.code).in_(codes))


def _addressed(labels: frozenset[str]) -> ColumnElement[bool]:
    """On the side of a group that the statement was sent to."""
    to = (col(Addressee.statement_id) == col(Thread.subject_id), col(Addressee.audience).in_(labels - {PUBLIC}))
    return exists().where(*to).correlate(Thread)
