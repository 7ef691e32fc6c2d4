"""The letter as it was written and as it goes out."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from sgdocs.base.db import Json, instant_column

WAITING: Final = "waiting"
SENT: Final = "sent"
FAILED: Final = "failed"
HEADERS: Final = (
    "List-Id", "List-Post", "List-Archive", "List-Unsubscribe", "List-Unsubscribe-Post", "In-Reply-To", "References",
    "Precedence",
)  # fmt: skip
HIDDEN: Final = "[…]"
"""Where the hidden word of a letter stands."""


def _later() -> Any:
    """A column that came later: letters of before have ""."""
    return Field(default="", sa_column_kwargs={"server_default": ""})


def _json(default: str) -> Column[Any]:
    return Column(Json, nullable=False, server_default=text(f"'{default}'"))


class Letter(SQLModel, table=True):
    """One letter to one address. message_id is unique: a repeat after a crash is the same mail.

    kind: what sort of letter, as in `people.invitation`; reason: why the reader gets it, one sentence;
    secret: it carries a link that signs in, so the log shows neither text nor link. attachments: `[{"name", "sha256",
    "media_type", "size_bytes"}]` of blobs; reply_to: where answers go; hidden: a word that stands in the message in place
    of `HIDDEN`, forgotten when it is sent: the text that is kept shows the place alone. from_line: the sender when it is
    not the service (`Ada Quill via t25sg15q2 <t25sg15q2@lists.example>`); headers: further ones, of `HEADERS` alone.
    """

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_due", "state", "due_at"),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    kind: str = Field(index=True)
    to_address: str = Field(index=True)
    to_name: str = ""
    person_id: int | None = Field(default=None, index=True)
    entry_id: int | None = None
    subject: str
    text: str
    reason: str = ""
    secret: bool = False
    attachments: list[dict[str, Any]] = Field(default_factory=list, sa_column=_json("[]"))
    reply_to: str = _later()
    hidden: str = _later()
    state: str = WAITING
    written_at: datetime = Field(sa_column=instant_column(index=True))
    due_at: datetime = Field(sa_column=instant_column())
    sent_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    attempts: int = 0
    error: str | None = None
    from_line: str = _later()
    headers: dict[str, str] = Field(default_factory=dict, sa_column=_json("{}"))


class InboxTry(SQLModel, table=True):
    """A message of the inbox that could not be taken. key: by which the inbox knows it; due_at: when it is tried again."""

    __tablename__ = "inbox_try"

    key: str = Field(primary_key=True)
    tries: int = 0
    error: str = ""
    due_at: datetime = Field(sa_column=instant_column())
