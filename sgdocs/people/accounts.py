"""Tables of accounts: how a person comes in. Every secret is stored as its SHA-256, passwords as Argon2."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column
from sgdocs.people.rules import LinkKind, RequestState, Stage


def _one_of(column: str, values: type[LinkKind] | type[RequestState] | type[Stage]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(v.value) for v in values)})", name=column)


class Account(SQLModel, table=True):
    """A person may sign in. No password yet: invited, or signs in by OpenID Connect alone.

    totp_step: the last 30-second step whose code was taken, so that no code works twice.
    """

    __tablename__ = "account"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    password_hash: str | None = None
    password_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    totp_secret: str | None = None
    totp_confirmed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    totp_step: int = 0
    created_at: datetime = Field(sa_column=instant_column())
    ends_on: date | None = Field(default=None, description="last day of a guest's account")
    ended_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class RecoveryCode(SQLModel, table=True):
    """One code that stands in for the second factor, once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("person_id", "hash"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="account.person_id")
    hash: str
    used_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class UserSession(SQLModel, table=True):
    """One browser signed in. previous_hash: the id before rotation, good for a minute more.

    stage: `full`, or what still stands before it; is_stale: the id is to be rotated (roles have changed);
    idle_s: how long it lives without use; next: where the reader wanted to go. Until view_until the secretariat looks
    at pages as view_person_id, or (None) as whoever holds view_role in view_group for an entity of view_category.
    """

    __tablename__ = "user_session"
    __table_args__ = (_one_of("stage", Stage),)

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(unique=True)
    previous_hash: str | None = Field(default=None, index=True)
    person_id: int = Field(foreign_key="account.person_id", index=True)
    stage: str = Stage.FULL
    is_stale: bool = False
    next: str = ""
    address: str = ""
    browser: str = ""
    id_token: str = Field(default="", description="of the OpenID Connect provider, for signing out there")
    created_at: datetime = Field(sa_column=instant_column())
    rotated_at: datetime = Field(sa_column=instant_column())
    seen_at: datetime = Field(sa_column=instant_column())
    idle_s: int
    idle_at: datetime = Field(sa_column=instant_column())
    expires_at: datetime = Field(sa_column=instant_column(index=True))
    view_person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    view_role: str = Field(default="", sa_column_kwargs={"server_default": ""})
    view_group: str = Field(default="", sa_column_kwargs={"server_default": ""})
    view_category: str = Field(default="", sa_column_kwargs={"server_default": ""})
    view_until: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class Token(SQLModel, table=True):
    """A personal API token. hint: its last four characters, by which the owner knows it again."""

    __tablename__ = "api_token"

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(unique=True)
    person_id: int = Field(foreign_key="account.person_id", index=True)
    name: str
    hint: str
    scopes: list[str] = Field(default_factory=list, sa_column=json_column())
    created_at: datetime = Field(sa_column=instant_column())
    expires_at: datetime = Field(sa_column=instant_column())
    used_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    ended_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class Link(SQLModel, table=True):
    """A single-use link sent by mail. No person: somebody asked for an address that we do not know."""

    __tablename__ = "mail_link"
    __table_args__ = (_one_of("kind", LinkKind),)

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(unique=True)
    kind: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_column=instant_column())
    expires_at: datetime = Field(sa_column=instant_column(index=True))
    used_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class AccountRequest(SQLModel, table=True):
    """Somebody asks for an account; the focal point of the entity or the secretariat decides."""

    __tablename__ = "account_request"
    __table_args__ = (_one_of("state", RequestState), Index("ix_account_request_waiting", "state", "organisation_id"))

    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str = Field(index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    entity: str = Field(default="", description="as the person wrote it, when it is none of ours")
    country: str = ""
    language: str = "en"
    note: str = ""
    state: str = RequestState.WAITING
    created_at: datetime = Field(sa_column=instant_column())
    decided_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    reason: str = ""
    person_id: int | None = Field(default=None, foreign_key="person.id")


class GuestPass(SQLModel, table=True):
    """A guest reads what one group or meeting reads, until a day. place: `T/FG-AI4H` or `meeting:CODE`."""

    __tablename__ = "guest_pass"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    place: str = Field(index=True)
    starts_on: date
    ends_on: date
    given_by: int | None = Field(default=None, foreign_key="person.id")


class Identity(SQLModel, table=True):
    """The person as an OpenID Connect provider knows them, bound by issuer and subject."""

    __tablename__ = "oidc_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="account.person_id", index=True)
    issuer: str
    subject: str
    bound_at: datetime = Field(sa_column=instant_column())


class OidcAttempt(SQLModel, table=True):
    """One way to the provider and back, used once. link_hash: the invitation that binds on return."""

    __tablename__ = "oidc_attempt"

    state_hash: str = Field(primary_key=True)
    browser_hash: str
    nonce: str
    verifier: str
    link_hash: str = ""
    next: str = ""
    expires_at: datetime = Field(sa_column=instant_column(index=True))


class RateCount(SQLModel, table=True):
    """How often a key was hit in one window. key: digest; slot: number of the window since 1970."""

    __tablename__ = "rate_count"

    key: str = Field(primary_key=True)
    slot: int = Field(primary_key=True)
    count: int = 0
    ends_at: datetime = Field(sa_column=instant_column(index=True))
