"""Tables of what a meeting did: dispositions, decisions, action items, reports."""

from datetime import date, datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column


class Disposition(SQLModel, table=True):
    """What became of a document at a meeting: noted, agreed, revised-to, merged-into, postponed, withdrawn, not-presented."""

    __tablename__ = "disposition"
    __table_args__ = (UniqueConstraint("document_id", "meeting_id", "group_id"),)

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    group_id: int = Field(foreign_key="group.id", index=True)
    agenda_item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    version_part: str = ""
    sha256: str = ""
    outcome: str
    other_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    note: str = ""
    entered_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    entered_at: datetime = Field(sa_column=instant_column())


class Decision(SQLModel, table=True):
    """A decision of a meeting. number: running within meeting and group; kind: agreed, noted, directive, approved …"""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("meeting_id", "group_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    group_id: int = Field(foreign_key="group.id", index=True)
    agenda_item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    number: int
    kind: str = "agreed"
    text: str = Field(sa_column=Column(Text, nullable=False))
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    document_sha256: str = ""
    entered_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    entered_at: datetime = Field(sa_column=instant_column())
    withdrawn_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    withdrawn_reason: str = ""


class ActionItem(SQLModel, table=True):
    """Somebody will do something by a day. number: running within meeting and group; owner_id: a person, or owner: in words."""

    __tablename__ = "action_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "group_id", "number"),
        Index("ix_action_item_list", "group_id", "done_at", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    group_id: int = Field(foreign_key="group.id")
    number: int
    agenda_item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    text: str = Field(sa_column=Column(Text, nullable=False))
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    owner: str = ""
    due_on: date | None = None
    entered_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    entered_at: datetime = Field(sa_column=instant_column())
    begun_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    done_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    withdrawn_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    withdrawn_reason: str = ""


class Report(SQLModel, table=True):
    """The report of a Question, working party or rapporteur meeting. skeleton: which sections it has.

    written: what people wrote, by section id; it survives every regeneration. document_id: the TD it was posted as.
    """

    __tablename__ = "meeting_report"
    __table_args__ = (UniqueConstraint("meeting_id", "group_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    group_id: int = Field(foreign_key="group.id", index=True)
    skeleton: str
    title: str = ""
    written: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    version: int = 1
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    changed_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    changed_at: datetime = Field(sa_column=instant_column())


class TextDecision(SQLModel, table=True):
    """A decision of the meeting about a text: which process it moved, and by which step. Source: domain M-6."""

    __tablename__ = "text_decision"

    decision_id: int = Field(primary_key=True, foreign_key="decision.id")
    process_id: int = Field(foreign_key="process.id", index=True)
    step: str
    transition: int
