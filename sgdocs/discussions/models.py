"""Tables: threads of messages on a group, meeting, agenda item, document, clause, work item or statement."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column
from sgdocs.discussions.rules import Kind


class Thread(SQLModel, table=True):
    """One discussion. kind, subject_id: what it is about (of a clause: its document, and anchor `c-6.2`).

    title: "" for the one that each subject has, with title_key its folded spelling; subject: what it is about in words
    (`SG15-C12 6.2`), as it was when the thread began; group_id: whose officers moderate, None for a statement between others;
    meeting_id: with whose record it goes out; audience: label of the subject when it was last looked at: who may read is asked
    of the subject itself each time. last: number of the newest message; count: of those that are not hidden.
    """

    __tablename__ = "discussion_thread"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(k.value) for k in Kind)})", name="kind"),
        UniqueConstraint("kind", "subject_id", "anchor", "title_key"),
        Index("ix_discussion_thread_group", "group_id", "last_at"),
        Index("ix_discussion_thread_meeting", "meeting_id", "last_at"),
        Index("ix_discussion_thread_last", "last_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject_id: int
    anchor: str = ""
    title: str = ""
    title_key: str = ""
    subject: str = ""
    group_id: int | None = Field(default=None, foreign_key="group.id")
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    audience: str = Field(index=True)
    last: int = 0
    count: int = 0
    last_at: datetime = Field(sa_column=instant_column())
    opened_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    opened_at: datetime = Field(sa_column=instant_column())
    closed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    closed_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    closed_reason: str = ""


class Message(SQLModel, table=True):
    """What one person said. number: counts in its thread; markdown: as typed; html: safe, made by renderer `made_by`.

    texts: how many were saved, the first included; answers_id: the message that it answers; hidden_…: taken out of sight by
    an officer, the text stays.
    """

    __tablename__ = "discussion_message"
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        Index("ix_discussion_message_person", "person_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int = Field(foreign_key="discussion_thread.id")
    number: int
    person_id: int = Field(foreign_key="person.id")
    answers_id: int | None = Field(default=None, foreign_key="discussion_message.id", index=True)
    at: datetime = Field(sa_column=instant_column())
    edited_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    texts: int = 1
    hidden_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    hidden_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    hidden_reason: str = ""
    made_by: int = 0
    markdown: str = Field(default="", sa_column=Column(Text, nullable=False))
    html: str = Field(default="", sa_column=Column(Text, nullable=False))


class MessageText(SQLModel, table=True):
    """A text that was saved: 1 is the first. None is overwritten, but for the name of somebody whose data was removed."""

    __tablename__ = "discussion_message_text"

    message_id: int = Field(primary_key=True, foreign_key="discussion_message.id")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_column=instant_column())
    markdown: str = Field(default="", sa_column=Column(Text, nullable=False))


class Mention(SQLModel, table=True):
    """A message names a person. told: in the text that named the person first, 1 for the first text."""

    __tablename__ = "discussion_mention"

    message_id: int = Field(primary_key=True, foreign_key="discussion_message.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    told: int = 1


class MessagePaper(SQLModel, table=True):
    """A message brings a document along."""

    __tablename__ = "discussion_message_paper"

    message_id: int = Field(primary_key=True, foreign_key="discussion_message.id")
    document_id: int = Field(primary_key=True, foreign_key="document.id", index=True)
