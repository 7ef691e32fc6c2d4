"""Tables of organisations and persons. How a person comes in stands in `accounts.py`, memberships in groups."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column
from sgdocs.people.rules import Category


class Organisation(SQLModel, table=True):
    """A member entity or another body; `category` as in domain 1.7."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint(f"category IN ({', '.join(repr(c.value) for c in Category)})", name="category"),
        Index("ix_organisation_category_name", "category", "name"),
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str = Field(unique=True)
    acronym: str = ""
    category: str
    country: str = Field(default="", description="ISO 3166 alpha-2; empty for an international body")
    url: str = ""


def _added(default: str = "") -> dict[str, str]:
    """A column that came later: rows of before have this."""
    return {"server_default": default}


class Person(SQLModel, table=True):
    """Somebody we know, with or without an account. `email` is stored in lower case.

    zone: IANA name in which instants are told besides Geneva's, "" for Geneva alone; scheme: light, dark, "" as the
    device has it; density: compact, "" as usual. forgotten_at: what could be removed of the person was.
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_sort_name_id", "sort_name", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    sort_name: str = Field(default="", description="folded, family name first: the order of lists")
    email: str | None = Field(default=None, unique=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    language: str = Field(default="en", description="of pages and letters")
    languages: list[str] = Field(default_factory=list, sa_column=json_column())
    country: str = ""
    position: str = Field(default="", description="what the person is in the organisation")
    phone: str = ""
    created_at: datetime = Field(sa_column=instant_column())
    left_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    zone: str = Field(default="", sa_column_kwargs=_added())
    scheme: str = Field(default="", sa_column_kwargs=_added())
    density: str = Field(default="", sa_column_kwargs=_added())
    forgotten_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class Interest(SQLModel, table=True):
    """A field of interest that a person names. key: folded, by which it is found; words: as the person wrote it."""

    __tablename__ = "person_interest"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    key: str = Field(primary_key=True, index=True)
    words: str
