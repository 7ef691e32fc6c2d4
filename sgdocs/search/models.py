"""The words that the secretariat teaches the search, and those harvested from titles and summaries."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column


class VocabularyEntry(SQLModel, table=True):
    """kind: `acronym` (word is the short form, forms the full ones), `synonym` or `spelling` (word and forms
    mean the same). origin: `secretariat` or `harvested`; hidden: a harvested one that the secretariat refused.
    """

    __tablename__ = "vocabulary_entry"
    __table_args__ = (
        CheckConstraint("kind IN ('acronym', 'synonym', 'spelling')", name="kind"),
        CheckConstraint("origin IN ('secretariat', 'harvested')", name="origin"),
        UniqueConstraint("kind", "word", "origin"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    word: str
    forms: list[str] = Field(default_factory=list, sa_column=json_column())
    origin: str = "secretariat"
    hidden: bool = False
    changed_at: datetime = Field(sa_column=instant_column(index=True))


class GlossaryEntry(SQLModel, table=True):
    """What the secretariat says of one term, before what the package says: other words, a new term, or none of it.

    key: the English term as `glossary.key_of` writes it; forms: words by language, the preferred one first;
    hidden: searches leave the term out.
    """

    __tablename__ = "glossary_entry"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    series: str
    forms: dict[str, list[str]] = Field(default_factory=dict, sa_column=json_column())
    hidden: bool = False
    changed_at: datetime = Field(sa_column=instant_column(index=True))
