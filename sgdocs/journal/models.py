"""Tables of the journal."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column

OPEN: Final = "open"
DONE: Final = "done"
PARKED: Final = "parked"


class Entry(SQLModel, table=True):
    """One act, written with it. Never changed but for the seal: position, previous hash, hash.

    salt: goes into the digest of what it says, so that the digest may be shown to those who may not read the entry;
    None for entries of before there were salts.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_subject", "subject_kind", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_column=instant_column(index=True))
    actor_kind: str
    actor_id: int | None = Field(default=None, index=True)
    organisation_id: int | None = None
    verb: str = Field(index=True)
    subject_kind: str
    subject_id: int
    group_id: int | None = Field(default=None, index=True)
    audience: str = "public"
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    personal_digest: str | None = None
    salt: str | None = None
    position: int | None = Field(default=None, unique=True)
    previous_hash: str | None = None
    hash: str | None = None


class PersonalFacts(SQLModel, table=True):
    """Facts of an entry that name a person. The chain holds their salted digest only."""

    __tablename__ = "journal_personal_facts"

    entry_id: int = Field(primary_key=True, foreign_key="journal_entry.id")
    salt: str
    facts: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    removed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    removed_for: str | None = None


class Head(SQLModel, table=True):
    """The end of the chain: one row, locked by whoever seals."""

    __tablename__ = "journal_head"

    id: int = Field(default=1, primary_key=True)
    position: int = 0
    hash: str = ""


class Delivery(SQLModel, table=True):
    """The outbox: one row for each entry and listener, at least once, in order."""

    __tablename__ = "journal_delivery"
    __table_args__ = (
        Index("uq_journal_delivery_entry_listener", "entry_id", "listener", unique=True),
        Index("ix_journal_delivery_due", "state", "due_at", sqlite_where=text("state = 'open'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="journal_entry.id")
    listener: str
    state: str = OPEN
    due_at: datetime = Field(sa_column=instant_column())
    attempts: int = 0
    error: str | None = None


class Repeat(SQLModel, table=True):
    """A request that came with an Idempotency-Key, and what was answered. digest: of method, address and content."""

    __tablename__ = "journal_repeat"
    __table_args__ = (Index("uq_journal_repeat_person_key", "person_id", "key", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int
    key: str
    digest: str
    status: int = 0
    answer: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    location: str = ""
    at: datetime = Field(sa_column=instant_column(index=True))
