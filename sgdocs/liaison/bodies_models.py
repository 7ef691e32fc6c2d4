"""Tables of outside bodies: who they are, whom to write to, how we work together, who stands between us."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column
from sgdocs.liaison.rules import BodyKind, listed


class Body(SQLModel, table=True):
    """An organisation outside ITU, or a part of one (parent_id: `3GPP SA WG4` of `3GPP`). slug: its address.

    sort_key: folded name. ended_on, successor_id: bodies end as groups do. Source: domain 7.2.
    """

    __tablename__ = "liaison_body"
    __table_args__ = (CheckConstraint(f"kind IN ({listed(BodyKind)})", name="kind"),)

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    acronym: str = ""
    sort_key: str = Field(default="", index=True)
    kind: str
    parent_id: int | None = Field(default=None, foreign_key="liaison_body.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    url: str = ""
    notes: str = ""
    ended_on: date | None = None
    successor_id: int | None = Field(default=None, foreign_key="liaison_body.id", index=True)
    created_at: datetime = Field(sa_column=instant_column())


class BodyName(SQLModel, table=True):
    """A spelling by which a body is found (`3GPP SA4`, `3GPP SA WG4`, `SA4`). key: `naming.key_of`; one body to a key."""

    __tablename__ = "liaison_body_name"

    key: str = Field(primary_key=True)
    name: str
    body_id: int = Field(foreign_key="liaison_body.id", index=True)


class BodyContact(SQLModel, table=True):
    """Whom to write to. group_id: the default for statements of that group, None for all. role: secretariat, chair, …

    language: of letters to them, "" for English."""

    __tablename__ = "liaison_body_contact"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="liaison_body.id", index=True)
    group_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    name: str = ""
    email: str = ""
    role: str = ""
    language: str = Field(default="", sa_column_kwargs={"server_default": ""})
    is_default: bool = False
    since: date | None = None
    until: date | None = None
    bounced_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class Qualification(SQLModel, table=True):
    """kind: a5 (normative references), a25 (incorporation), a4, a6 (historic); source: the decision.
    Source: domain 7.2, Rec. ITU-T A.5 Annex B."""

    __tablename__ = "liaison_body_qualification"
    __table_args__ = (UniqueConstraint("body_id", "kind", "since"),)

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="liaison_body.id")
    kind: str
    since: date
    reviewed_on: date | None = None
    until: date | None = None
    source: str = ""


class Collaboration(SQLModel, table=True):
    """mode: liaison, collaborative-work, common-team, collaborative-interchange (JTC 1); product: common-text,
    aligned. Source: domain 7.2, Rec. ITU-T A.24, A.23."""

    __tablename__ = "liaison_body_collaboration"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="liaison_body.id", index=True)
    group_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    work_item_id: int | None = Field(default=None, foreign_key="work_item.id", index=True)
    mode: str
    product: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""


class Officer(SQLModel, table=True):
    """Who stands between a group of ours and a body, or another group of ours. direction: ours (we sent them), theirs.

    person_id: somebody we know, else the name as given."""

    __tablename__ = "liaison_officer"

    id: int | None = Field(default=None, primary_key=True)
    direction: str
    group_id: int = Field(foreign_key="group.id", index=True)
    body_id: int | None = Field(default=None, foreign_key="liaison_body.id", index=True)
    other_group_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str = ""
    email: str = ""
    starts_on: date
    ends_on: date | None = None
    source: str = ""
