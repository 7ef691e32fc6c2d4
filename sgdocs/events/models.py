"""Tables: workshops and side events: programme, registration, participants, who asked to meet whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column
from sgdocs.events.rules import AskState, EventState, Place


class Event(SQLModel, table=True):
    """A workshop or side event. group_id: who organises it; meeting_id: beside which it is held; text: Markdown.

    zone: of its place; days and the times of its programme are told in it. audience: who may know of it once it is
    announced. capacity: places, None without limit. join_link: room on the net, for participants; has_room: or one of
    the service that has the rooms of sittings.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in EventState)})", name="state"),
        Index("ix_event_days", "starts_on", "ends_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    title: str
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    place: str = ""
    zone: str = "Europe/Zurich"
    starts_on: date
    ends_on: date
    group_id: int = Field(foreign_key="group.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    audience: str = Field(index=True)
    state: str = EventState.DRAFT.value
    reason: str = ""
    capacity: int | None = None
    register_until: date | None = None
    join_link: str = ""
    has_room: bool = False
    version: int = 1
    made_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_column=instant_column())
    changed_at: datetime = Field(sa_column=instant_column())


class EventGroup(SQLModel, table=True):
    """A group or Question that an event is about."""

    __tablename__ = "event_group"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    group_id: int = Field(primary_key=True, foreign_key="group.id", index=True)


class EventSession(SQLModel, table=True):
    """A part of the programme. join_link: its own room, "" for that of the event."""

    __tablename__ = "event_session"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    title: str
    starts_at: datetime = Field(sa_column=instant_column())
    ends_at: datetime = Field(sa_column=instant_column())
    room: str = ""
    join_link: str = ""


class Talk(SQLModel, table=True):
    """A talk in a session, by position; it begins when those before it are over. speakers: in words."""

    __tablename__ = "event_talk"

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="event_session.id", index=True)
    position: int
    title: str
    speakers: str = ""
    minutes: int = 20
    summary: str = Field(default="", sa_column=Column(Text, nullable=False))
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)


class EventRegistration(SQLModel, table=True):
    """Somebody takes part, waits for a place, or did. is_listed: other participants may see it; wants_matching: is
    suggested to others who want it too, and they to them. Both are the person's own word, false until they say so."""

    __tablename__ = "event_registration"
    __table_args__ = (
        CheckConstraint(f"status IN ({', '.join(repr(s.value) for s in Place)})", name="status"),
        UniqueConstraint("event_id", "person_id"),
        Index("ix_event_registration_status", "event_id", "status", "asked_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    status: str
    is_listed: bool = False
    wants_matching: bool = False
    fields: str = ""
    asked_at: datetime = Field(sa_column=instant_column())
    changed_at: datetime = Field(sa_column=instant_column())


class EventAsk(SQLModel, table=True):
    """Somebody asks a participant to meet. proposed_at: when, if said; place: where; answer: in words."""

    __tablename__ = "event_ask"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in AskState)})", name="state"),
        Index("ix_event_ask_pair", "event_id", "person_id", "to_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    to_id: int = Field(foreign_key="person.id", index=True)
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    proposed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    place: str = ""
    state: str = AskState.ASKED.value
    answer: str = ""
    asked_at: datetime = Field(sa_column=instant_column())
    answered_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
