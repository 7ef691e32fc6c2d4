"""Tables of mailing lists."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column
from sgdocs.mailing_lists.rules import ListKind, MessageState


class MailingList(SQLModel, table=True):
    """The list of a group in one period. local: before the @ (`t25sg15q2`); title: as the group is called.

    audience: who reads the archive and may subscribe. last: number of the newest message. successor_id: the list of the next period, to which members went.
    """

    __tablename__ = "mailing_list"
    __table_args__ = (CheckConstraint(f"kind IN ({', '.join(repr(k.value) for k in ListKind)})", name="kind"),)

    id: int | None = Field(default=None, primary_key=True)
    local: str = Field(unique=True)
    kind: str
    group_id: int = Field(foreign_key="group.id", index=True)
    period_id: int | None = Field(default=None, foreign_key="study_period.id", index=True)
    title: str = ""
    audience: str = Field(index=True)
    last: int = 0
    opened_at: datetime = Field(sa_column=instant_column())
    closed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    successor_id: int | None = Field(default=None, foreign_key="mailing_list.id", index=True)


class ListMember(SQLModel, table=True):
    """A person on a list. how: self, admitted (by an officer), carried (from the list of the period before)."""

    __tablename__ = "mailing_list_member"

    list_id: int = Field(primary_key=True, foreign_key="mailing_list.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    how: str
    since: datetime = Field(sa_column=instant_column())


class ListMessage(SQLModel, table=True):
    """One message. number: counts in its list; thread: number of the first of its thread; message_id: of the mail.

    files: nothing is kept of attachments but their names: a file belongs into the documents. reason: of a refusal.
    """

    __tablename__ = "mailing_list_message"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in MessageState)})", name="state"),
        UniqueConstraint("list_id", "number"),
        Index("ix_mailing_list_message_thread", "list_id", "thread", "number"),
        Index("ix_mailing_list_message_state", "list_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    list_id: int = Field(foreign_key="mailing_list.id")
    number: int
    thread: int
    message_id: str = Field(unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    from_name: str = ""
    from_address: str = ""
    subject: str
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    left_out: str = Field(default="", description="names of attachments that were not taken along")
    state: str
    reason: str = ""
    at: datetime = Field(sa_column=instant_column(index=True))
    decided_by: int | None = Field(default=None, foreign_key="person.id", index=True)
