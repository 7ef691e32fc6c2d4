"""Tables: small tasks of a group. Action items of meetings are rows of `proceedings`; both stand on one board."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column
from sgdocs.tasks.rules import State


class Task(SQLModel, table=True):
    """One task of a group. number: running within the group; owner_id: a person, or owner: in words.

    audience: who reads it, as the papers of the group; came_from: address on this site of the message that it came from,
    ""; version: raised by each change.
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in State)})", name="state"),
        UniqueConstraint("group_id", "number"),
        Index("ix_task_list", "group_id", "state", "due_on"),
        Index("ix_task_owner", "owner_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="group.id")
    number: int
    text: str = Field(sa_column=Column(Text, nullable=False))
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    owner: str = ""
    due_on: date | None = Field(default=None, index=True)
    state: str = State.TODO.value
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    work_item_id: int | None = Field(default=None, foreign_key="work_item.id", index=True)
    came_from: str = ""
    audience: str = Field(index=True)
    version: int = 1
    entered_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    entered_at: datetime = Field(sa_column=instant_column())
    changed_at: datetime = Field(sa_column=instant_column())
    done_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    withdrawn_reason: str = ""
