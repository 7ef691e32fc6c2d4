"""Tables of meetings: the meeting, its sittings, overridden deadlines, registrations, agenda, calendar tokens."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column


class Meeting(SQLModel, table=True):
    """A meeting of a group. code: permanent address (`T25-SG17-250408`, RGM `T25-SG17-Q2-260302`).

    zone: IANA name; format: physical, hybrid, virtual; parent_id: the meeting a rapporteur meeting reports to;
    audience: who may know of it (its papers: `queries.papers_audience`); sequence: raised by each change that calendars
    must hear of; is_in_timetable, announces_tap: what its lead time depends on; timing: uncertain periods that were set
    otherwise when it was convened (`timing.Timing`). Source: domain 5.1.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("sector IN ('T', 'R', 'D')", name="sector"),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        Index("ix_meeting_list", "sector", "starts_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    sector: str
    kind: str = Field(index=True)
    group_id: int = Field(foreign_key="group.id", index=True)
    period_id: int | None = Field(default=None, foreign_key="study_period.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    title: str
    place: str = ""
    host: str = ""
    format: str = "physical"
    starts_on: date = Field(index=True)
    ends_on: date
    zone: str = "Europe/Zurich"
    status: str = Field(default="planned", index=True)
    status_reason: str = ""
    letter: str = ""
    registration_opens_on: date | None = None
    registration_closes_on: date | None = None
    interpretation: str = ""
    has_captioning: bool = False
    note: str = ""
    audience: str = Field(default="public", index=True)
    is_in_timetable: bool = True
    announces_tap: bool = False
    timing: dict[str, str | int] = Field(default_factory=dict, sa_column=json_column())
    sequence: int = 0
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_column=instant_column())
    changed_at: datetime = Field(sa_column=instant_column())


class MeetingGroup(SQLModel, table=True):
    """A further group that meets there: working parties and Questions of the meeting, or a joint host."""

    __tablename__ = "meeting_group"

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    group_id: int = Field(primary_key=True, foreign_key="group.id", index=True)


class Sitting(SQLModel, table=True):
    """One session. zone: of the place where it sits; remote_link: for registered participants alone."""

    __tablename__ = "sitting"
    __table_args__ = (Index("ix_sitting_meeting", "meeting_id", "starts_at"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    group_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    title: str
    starts_at: datetime = Field(sa_column=instant_column(index=True))
    ends_at: datetime = Field(sa_column=instant_column())
    zone: str
    room: str = ""
    remote_link: str = ""
    sequence: int = 0
    cancelled_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class DeadlineOverride(SQLModel, table=True):
    """A deadline that was set by hand, with its reason; all others are computed. rule: `contribution`, …"""

    __tablename__ = "meeting_deadline"
    __table_args__ = (UniqueConstraint("meeting_id", "rule"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    rule: str
    due_at: datetime = Field(sa_column=instant_column())
    reason: str
    set_by: int | None = Field(default=None, foreign_key="person.id", index=True)


class Registration(SQLModel, table=True):
    """A person takes part. status: asked, approved, refused, cancelled; mode: in-person, remote."""

    __tablename__ = "registration"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    role: str = "delegate"
    mode: str = "in-person"
    status: str = "asked"
    reason: str = ""
    is_listed: bool = True
    asked_at: datetime = Field(sa_column=instant_column())
    decided_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    decided_by: int | None = Field(default=None, foreign_key="person.id", index=True)


class AgendaItem(SQLModel, table=True):
    """A point of the agenda of a meeting, or of one of its groups (group_id: a working party, a Question).

    parent_id and position make the tree; the number (`3.2`) follows from it. kind: what the item is for
    (`opening`, `contributions`, `incoming-liaisons` …), by which documents are allotted. deleted_at: can be restored
    for 30 days.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (Index("ix_agenda_item_list", "meeting_id", "group_id", "parent_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    group_id: int = Field(foreign_key="group.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    position: int
    kind: str = ""
    title: str
    note: str = ""
    question_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    sitting_id: int | None = Field(default=None, foreign_key="sitting.id", index=True)
    deleted_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class CalendarToken(SQLModel, table=True):
    """One person's key to one calendar. feed: `my`, `all`, `meeting:CODE`, `group:PATH`, `level:KIND`; digest: SHA-256 of the key."""

    __tablename__ = "calendar_token"
    __table_args__ = (Index("ix_calendar_token_person", "person_id", "feed"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    feed: str
    digest: str = Field(unique=True)
    created_at: datetime = Field(sa_column=instant_column())
    used_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    ended_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class Agenda(SQLModel, table=True):
    """The agenda of one group of a meeting: the template it was made from, and how often it changed."""

    __tablename__ = "agenda"
    __table_args__ = (UniqueConstraint("meeting_id", "group_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    group_id: int = Field(foreign_key="group.id", index=True)
    template: str = ""
    sequence: int = 0
    facts: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
