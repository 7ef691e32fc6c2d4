"""Which entries an actor may be told of: asked when a notice is made, again when it is shown, and again when it is mailed."""

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import SQLModel, col

from sgdocs.approval.models import Process
from sgdocs.base.act import Act
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.seeing import visible as discussion_visible
from sgdocs.documents.listing import known
from sgdocs.documents.models import Document
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries as liaison
from sgdocs.liaison.models import Statement
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible
from sgdocs.policy import READ_SCOPE, WRITE_SCOPE
from sgdocs.recommendations.models import Family, Text
from sgdocs.work_programme.models import WorkItem


def readable(act: Act) -> ColumnElement[bool]:
    """The condition on entries: their audience is the actor's, and what they are about may be known today.

    An entry keeps the audience of its day, since the chain binds it; a thing that was narrowed takes its past with it.
    What is not posted is told to its owner and the owner's entity, whatever the entry's audience; who reads a discussion is
    asked of the discussion alone. Up to one query.
    """
    labels = audiences(act)
    is_talk = col(Entry.subject_kind).in_([str(table.__tablename__) for table in (Thread, Message)])
    is_told = or_(col(Entry.audience).in_(labels), _own(act), is_talk)
    return and_(
        is_told,
        _there(Document, known(act)),
        _there(Meeting, visible(act)),
        _there(Statement, liaison.visible(act)),
        _there(Thread, discussion_visible(act)),
        _there(Message, col(Message.thread_id) == col(Thread.id), discussion_visible(act)),
        *(_there(table, col(table.audience).in_(labels)) for table in (Process, WorkItem, Family, Text)),
    )


def _there(table: type[SQLModel], *may_know: ColumnElement[bool]) -> ColumnElement[bool]:
    id: ColumnElement[int] = table.__table__.c.id  # type: ignore[attr-defined]
    return or_(
        col(Entry.subject_kind) != str(table.__tablename__), exists().where(id == col(Entry.subject_id), *may_know)
    )


def _own(act: Act) -> ColumnElement[bool]:
    """A document of the actor or of the actor's entity; a decision on the actor's own registration stays a letter."""
    actor = act.actor
    if actor.scopes is not None and actor.scopes.isdisjoint((READ_SCOPE, WRITE_SCOPE)):
        return col(Entry.audience).in_([])
    own = [col(Document.owner_id) == actor.person_id] if actor.person_id is not None else []
    if actor.organisation_id is not None:
        own.append(col(Document.organisation_id) == actor.organisation_id)
    if not own:
        return col(Entry.audience).in_([])
    theirs = exists().where(col(Document.id) == col(Entry.subject_id), or_(*own))
    return and_(col(Entry.subject_kind) == str(Document.__tablename__), theirs)
