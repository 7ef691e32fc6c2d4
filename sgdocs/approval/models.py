"""Tables of approval: processes, their windows, steps, announcements, comments, replies, what is owed, and dated rules."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column


def _long() -> Column[str]:
    return Column(Text, nullable=False)


class Process(SQLModel, table=True):
    """One text on its way, under one procedure. number: address (`aap/2026-031`), by procedure and year of opening.

    state: of the procedure's table; closes_on, closes_at: of the window that runs now, None when none runs.
    rules: name -> value of every dated setting as it was on rules_on, the day it began: it keeps them.
    family_id: the Recommendation, where one is changed or deleted; name: as announced; identifier: the number it will
    have. document_…: the very text that consent, determination or adoption binds to. meeting_id: where it began;
    decision_meeting_id: where it will be decided. queued_for: state that the next announcement opens (`last-call`, …).
    hold_…: the secretariat stopped the closing until then, with a reason. version: raised by each step.
    """

    __tablename__ = "process"
    __table_args__ = (
        Index("ix_process_due", "closes_at", "state"),
        Index("ix_process_list", "is_open", "procedure", "group_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    procedure: str
    sector: str
    group_id: int = Field(foreign_key="group.id", index=True)
    question_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    work_item_id: int | None = Field(default=None, foreign_key="work_item.id", index=True)
    family_id: int | None = Field(default=None, foreign_key="recommendation.id", index=True)
    text_id: int | None = Field(default=None, foreign_key="recommendation_text.id", index=True)
    name: str
    identifier: str = ""
    title: str
    summary: str = Field(default="", sa_column=_long())
    state: str = Field(index=True)
    is_open: bool = True
    outcome: str = ""
    opened_on: date
    opened_at: datetime = Field(sa_column=instant_column())
    closes_on: date | None = None
    closes_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    ended_on: date | None = None
    rules: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    rules_on: date
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    decision_meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    document_part: str = ""
    sha256: str = ""
    queued_for: str = ""
    queued_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    hold_until: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    hold_reason: str = ""
    notes: list[dict[str, str]] = Field(default_factory=list, sa_column=json_column())
    audience: str = Field(index=True)
    version: int = 0
    changed_at: datetime = Field(sa_column=instant_column())


class Transition(SQLModel, table=True):
    """A step that was taken. happened_on: the Geneva day it counts for (S+28, whatever the hour of the worker);
    facts: the needs with the values used. decision: number of the meeting's decision, where there is one."""

    __tablename__ = "process_transition"
    __table_args__ = (UniqueConstraint("process_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    process_id: int = Field(foreign_key="process.id")
    number: int
    step: str
    from_state: str
    to_state: str
    clause: str = ""
    at: datetime = Field(sa_column=instant_column())
    happened_on: date
    actor_kind: str
    actor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    reason: str = ""
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    decision: int | None = None
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    document_part: str = ""
    sha256: str = ""
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())


class Window(SQLModel, table=True):
    """A time in which comments, replies or objections come in. kind: `last-call`, `additional-review`, `consultation`,
    `objection`, `more-time`; opens_on, closes_on: Geneva days, both inside; closed_at: when it was closed, once."""

    __tablename__ = "process_window"
    __table_args__ = (Index("ix_process_window_due", "closed_at", "closes_at"),)

    id: int | None = Field(default=None, primary_key=True)
    process_id: int = Field(foreign_key="process.id", index=True)
    kind: str
    opens_on: date
    closes_on: date
    closes_at: datetime = Field(sa_column=instant_column())
    closed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    result: str = ""
    announcement_id: int | None = Field(default=None, foreign_key="announcement.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    document_part: str = ""
    sha256: str = ""


class Announcement(SQLModel, table=True):
    """What the secretariat publishes: an AAP announcement (1st and 16th), a circular, a collective letter, a CACE.

    kind: `aap`, `tap-consultation`, `result`, `sg-decision`, `deletion`, `adoption`, `consultation`, `psaa` …; number:
    running in its kind; text: what was written in place of the usual words, "" for these; document_id: the document of its
    series it was posted as.
    """

    __tablename__ = "announcement"
    __table_args__ = (UniqueConstraint("sector", "kind", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    sector: str
    kind: str
    number: int
    happened_on: date
    title: str
    text: str = Field(default="", sa_column=_long())
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    published_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    published_at: datetime = Field(sa_column=instant_column())


class AnnouncementLine(SQLModel, table=True):
    """One process in an announcement, with the code people know (`LC`, `AR`, `A` …) and its dates."""

    __tablename__ = "announcement_line"
    __table_args__ = (UniqueConstraint("announcement_id", "process_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcement.id")
    process_id: int = Field(foreign_key="process.id", index=True)
    code: str
    opens_on: date | None = None
    closes_on: date | None = None


class Comment(SQLModel, table=True):
    """A comment of a member in a window, bound to the revision it is about. uid: stable id for comment sheets.

    number: running in the process; kind: typographical, substantive; clause, element: where; disposition: `""`,
    accepted, accepted-with-change, rejected, out-of-scope, withdrawn; satisfied_at: the commenter said so.
    """

    __tablename__ = "process_comment"
    __table_args__ = (UniqueConstraint("process_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    process_id: int = Field(foreign_key="process.id")
    window_id: int | None = Field(default=None, foreign_key="process_window.id", index=True)
    number: int
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    entity: str
    kind: str
    clause: str = ""
    element: str = ""
    text: str = Field(sa_column=_long())
    proposed: str = Field(default="", sa_column=_long())
    opposes: bool = False
    file_name: str = ""
    file_sha256: str = ""
    document_part: str = ""
    sha256: str = ""
    version: int = 1
    sent_at: datetime = Field(sa_column=instant_column())
    withdrawn_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    disposition: str = ""
    disposition_text: str = Field(default="", sa_column=_long())
    disposed_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    disposed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    satisfied_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    satisfied_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class CommentVersion(SQLModel, table=True):
    """What a comment said before it was changed."""

    __tablename__ = "process_comment_version"

    comment_id: int = Field(primary_key=True, foreign_key="process_comment.id")
    version: int = Field(primary_key=True)
    said: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime = Field(sa_column=instant_column())


class Reply(SQLModel, table=True):
    """What an entity answered in a window, or said at the deciding meeting. All versions stay; is_last counts.

    position: `approve`, `oppose`, `abstain`; at a meeting also `more-time`, `concern`, `reservation`, `policy-doubt`.
    """

    __tablename__ = "process_reply"
    __table_args__ = (
        UniqueConstraint("process_id", "window_id", "meeting_id", "organisation_id", "version"),
        Index("ix_process_reply_last", "process_id", "is_last"),
    )

    id: int | None = Field(default=None, primary_key=True)
    process_id: int = Field(foreign_key="process.id")
    window_id: int | None = Field(default=None, foreign_key="process_window.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    country: str = ""
    position: str
    reason: str = Field(default="", sa_column=_long())
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    version: int = 1
    is_last: bool = True
    sent_at: datetime = Field(sa_column=instant_column())


class Obligation(SQLModel, table=True):
    """Something that somebody owes: who (a person, or a role in a group, or an entity), what, until when, done.

    kind: `edited-text`, `judgement`, `disposition`, `reply`, `post-paper`, `sg-decision` …; on_step: what fulfils it.
    """

    __tablename__ = "obligation"
    __table_args__ = (Index("ix_obligation_open", "done_at", "due_on"),)

    id: int | None = Field(default=None, primary_key=True)
    process_id: int = Field(foreign_key="process.id", index=True)
    kind: str
    role: str = ""
    group_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    due_on: date | None = None
    on_step: str = ""
    created_at: datetime = Field(sa_column=instant_column())
    done_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    reminded: list[str] = Field(default_factory=list, sa_column=json_column())


class RuleValue(SQLModel, table=True):
    """A value of a dated setting from a day on, set by the secretariat; `rulings.USUAL` has those of the texts.

    Source: domain C0.1.
    """

    __tablename__ = "rule_value"
    __table_args__ = (UniqueConstraint("name", "from_on"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    value: str
    from_on: date
    source: str
    set_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    set_at: datetime = Field(sa_column=instant_column())


class Holiday(SQLModel, table=True):
    """An official holiday of the house: no working day. Source: domain C0.3."""

    __tablename__ = "holiday"

    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(unique=True)
    title: str
