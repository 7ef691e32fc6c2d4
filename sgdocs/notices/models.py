"""Tables of notices: what a person wants to hear, what was told, webhooks."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column


class Subscription(SQLModel, table=True):
    """A person follows a thing, or will not hear of it. scope: kind and id, `group:7`, `meeting:4`, `document:12`,
    `item:3`, `family:9`, `process:5`, or `series:T/G`, `all`; topic: "" for every topic. muted_at: not told of this
    thing, though a wider one is followed or a role would tell."""

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("person_id", "scope", "topic"), Index("ix_subscription_scope", "scope"))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    scope: str
    topic: str = ""
    muted_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    created_at: datetime = Field(sa_column=instant_column())


class Preference(SQLModel, table=True):
    """How often a person hears of a topic by mail: now, daily, weekly, off; the page always shows it."""

    __tablename__ = "notice_preference"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    topic: str = Field(primary_key=True)
    often: str = "daily"


class Notice(SQLModel, table=True):
    """One person is told of one entry. scope, why: the thing followed, or the role that tells; often: now, daily, weekly,
    off, or letter (another letter tells it); mailed_at: when a letter took it along, or it was read before. What it says is read
    from the entry and its subject when it is shown or mailed, as far as the person may read them then."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "entry_id"),
        Index("ix_notice_list", "person_id", "read_at", "id"),
        Index("ix_notice_due", "mailed_at", "often", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    entry_id: int = Field(foreign_key="journal_entry.id", index=True)
    topic: str
    scope: str
    why: str
    often: str
    at: datetime = Field(sa_column=instant_column())
    read_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    mailed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class FeedKey(SQLModel, table=True):
    """One person's key to one Atom feed. feed: its address without the key; digest: SHA-256 of the key."""

    __tablename__ = "feed_key"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    feed: str
    digest: str = Field(unique=True)
    created_at: datetime = Field(sa_column=instant_column())
    used_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    ended_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class Webhook(SQLModel, table=True):
    """An address that is told of what its owner may read. scopes, topics: of what, [] for all; secret: shown once, signs
    the bodies; failed: attempts in a row that failed; paused_until: nothing is sent before."""

    __tablename__ = "webhook"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    url: str
    scopes: list[str] = Field(default_factory=list, sa_column=json_column())
    topics: list[str] = Field(default_factory=list, sa_column=json_column())
    secret: str
    created_at: datetime = Field(sa_column=instant_column())
    ended_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    ended_reason: str = ""
    failed: int = 0
    paused_until: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class WebhookCall(SQLModel, table=True):
    """One event for one webhook, retried with growing pauses. event: id in the header, stable over retries."""

    __tablename__ = "webhook_call"
    __table_args__ = (UniqueConstraint("webhook_id", "entry_id"), Index("ix_webhook_call_due", "done_at", "due_at"))

    id: int | None = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhook.id")
    entry_id: int = Field(foreign_key="journal_entry.id", index=True)
    event: str = Field(unique=True)
    due_at: datetime = Field(sa_column=instant_column())
    attempts: int = 0
    status: int | None = None
    error: str = ""
    done_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
