"""What is known of organisations and persons, and who is behind a cookie or a token."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.base.paging import Page
from sgdocs.people.accounts import Account, AccountRequest, GuestPass, Identity, Link, Token, UserSession
from sgdocs.people.keys import TOKEN_PREFIX, hash_of
from sgdocs.people.models import Organisation, Person
from sgdocs.people.rules import RequestState, Stage, normal_email
from sgdocs.policy import Permission, Scope

ROTATION_GRACE = timedelta(seconds=60)
"""How long the id before a rotation still counts: requests that were on their way."""
NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Presence:
    """A browser's session and its person."""

    session: UserSession
    person: Person


def presence(session: Session, cookie: str, now: datetime) -> Presence | None:
    """The live session behind a cookie, at whatever stage. Costs one SQL query."""
    digest = hash_of(cookie)
    found = session.exec(
        select(UserSession, Person)
        .join(Person, col(Person.id) == UserSession.person_id)
        .join(Account, col(Account.person_id) == UserSession.person_id)
        .where(
            or_(
                col(UserSession.hash) == digest,
                (col(UserSession.previous_hash) == digest) & (col(UserSession.rotated_at) > now - ROTATION_GRACE),
            ),
            UserSession.expires_at > now,
            UserSession.idle_at > now,
            is_alive(now),
        )
    ).first()
    return Presence(*found) if found else None


def person_of_session(session: Session, cookie: str, now: datetime) -> Person | None:
    """Who is signed in by this cookie, every step done; None otherwise."""
    return person_of(presence(session, cookie, now))


def person_of(found: Presence | None) -> Person | None:
    """Who is signed in, every step done."""
    return found.person if found and found.session.stage == Stage.FULL else None


def person_of_token(session: Session, token: str, now: datetime) -> tuple[Person, frozenset[str]] | None:
    """Whose token it is and what it allows; None when unknown, expired or ended. Costs one SQL query."""
    if not token.startswith(TOKEN_PREFIX):
        return None
    found = session.exec(
        select(Person, Token.scopes)
        .join(Token, col(Token.person_id) == Person.id)
        .join(Account, col(Account.person_id) == Person.id)
        .where(
            Token.hash == hash_of(token),
            Token.expires_at > now,
            col(Token.ended_at).is_(None),
            is_alive(now),
        )
    ).first()
    return (found[0], frozenset(found[1])) if found else None


def token_is_due(session: Session, token: str, now: datetime) -> bool:
    """Whether the last use of a token was noted so long ago that this one should be."""
    found = select(Token.used_at).where(Token.hash == hash_of(token), Token.expires_at > now)
    rows = session.exec(found).all()
    return bool(rows) and (rows[0] is None or rows[0] < now - NOTED_EVERY)


@dataclass(frozen=True)
class Guest:
    """A pass, whose it is, and who gave it (None: the command line, or nobody we know any more)."""

    row: GuestPass
    person: Person
    given_by: Person | None


def guests(act: Act, today: date, *, number: int = 1, size: int = 50) -> Page[Guest]:
    """The passes that run or are to run, the first to end first. Two queries."""
    giver = aliased(Person)
    found = (
        select(GuestPass, Person, giver)
        .join(Person, col(Person.id) == GuestPass.person_id)
        .outerjoin(giver, col(giver.id) == GuestPass.given_by)
        .where(col(GuestPass.ends_on) >= today)
    )
    total = act.session.exec(select(func.count()).select_from(GuestPass).where(col(GuestPass.ends_on) >= today)).one()
    ordered = found.order_by(col(GuestPass.ends_on), col(Person.sort_name), col(GuestPass.id))
    rows = act.session.execute(ordered.offset((number - 1) * size).limit(size))
    return Page([Guest(*row) for row in rows], total, number, size)


def by_slug(act: Act, slug: str) -> Person:
    found = act.session.exec(select(Person).where(Person.slug == slug)).first()
    return found or missing("Person", slug)


def by_id(session: Session, id: int) -> Person:
    return session.get(Person, id) or missing("Person", id)


def by_email(session: Session, email: str) -> Person | None:
    return session.exec(select(Person).where(Person.email == normal_email(email))).first()


def organisation_by_slug(act: Act, slug: str) -> Organisation:
    found = act.session.exec(select(Organisation).where(Organisation.slug == slug)).first()
    return found or missing("Organisation", slug)


def organisation_named(session: Session, name: str) -> Organisation | None:
    """The organisation of that name, acronym or slug, without regard to case."""
    given = name.strip().lower()
    found = select(Organisation).where(
        or_(
            func.lower(Organisation.name) == given,
            func.lower(Organisation.acronym) == given,
            col(Organisation.slug) == given,
        )
    )
    return session.exec(found.order_by(col(Organisation.id))).first() if given else None


def organisations(act: Act) -> list[Organisation]:
    """All of them, by name: a few hundred."""
    return list(act.session.exec(select(Organisation).order_by(func.lower(Organisation.name))))


def sees_contacts(act: Act) -> bool:
    """Whether the actor may see mail addresses and telephone numbers: members only. Source: domain 8.3."""
    return policy.reads(act.actor, "members")


def account_of(session: Session, person_id: int) -> Account | None:
    return session.get(Account, person_id)


def is_shut(session: Session, person: Person, now: datetime) -> bool:
    """Whether the person has left, or has an account that ended: nothing that they set up speaks for them any more."""
    row = account_of(session, person.id or 0)
    is_over = row is not None and row.ends_on is not None and row.ends_on < geneva_day(now)
    return person.left_at is not None or is_over or (row is not None and row.ended_at is not None)


def live_account(session: Session, email: str, now: datetime) -> tuple[Person, Account] | None:
    """The account that may sign in under an address; None when there is none or it has ended."""
    return session.exec(
        select(Person, Account)
        .join(Account, col(Account.person_id) == Person.id)
        .where(Person.email == normal_email(email), is_alive(now))
    ).first()


def person_of_identity(session: Session, issuer: str, subject: str, now: datetime) -> Person | None:
    """Who is bound to a subject of an OpenID Connect provider, while the account lives."""
    return session.exec(
        select(Person)
        .join(Account, col(Account.person_id) == Person.id)
        .join(Identity, col(Identity.person_id) == Person.id)
        .where(Identity.issuer == issuer, Identity.subject == subject, is_alive(now))
    ).first()


def is_alive(now: datetime) -> ColumnElement[bool]:
    """The account has not ended and the person has not left; wants both tables in the query."""
    return and_(
        col(Account.ended_at).is_(None),
        or_(col(Account.ends_on).is_(None), col(Account.ends_on) >= geneva_day(now)),
        col(Person.left_at).is_(None),
    )


def sessions_of(session: Session, person_id: int, now: datetime) -> list[UserSession]:
    """The live sessions of a person, the last used first."""
    live = select(UserSession).where(
        UserSession.person_id == person_id, UserSession.expires_at > now, UserSession.idle_at > now
    )
    return list(session.exec(live.order_by(col(UserSession.seen_at).desc(), col(UserSession.id).desc())))


def tokens_of(session: Session, person_id: int) -> list[Token]:
    """The tokens of a person that were not ended, the newest first; an expired one is listed as such."""
    kept = select(Token).where(Token.person_id == person_id, col(Token.ended_at).is_(None))
    return list(session.exec(kept.order_by(col(Token.id).desc())))


def identities_of(session: Session, person_id: int) -> list[Identity]:
    return list(session.exec(select(Identity).where(Identity.person_id == person_id).order_by(col(Identity.id))))


def live_link(session: Session, digest: str, now: datetime) -> Link | None:
    """The link of that hash while it may be used."""
    return session.exec(
        select(Link).where(
            Link.hash == digest,
            col(Link.used_at).is_(None),
            Link.expires_at > now,
            col(Link.person_id).is_not(None),
        )
    ).first()


@dataclass(frozen=True)
class Waiting:
    """A request that waits, with the entity it is for (None: not one of ours yet)."""

    request: AccountRequest
    organisation: Organisation | None


def waiting_for(act: Act) -> list[Waiting]:
    """The requests that the actor may decide, the oldest first."""
    found = (
        select(AccountRequest, Organisation)
        .join(Organisation, col(Organisation.id) == AccountRequest.organisation_id, isouter=True)
        .where(AccountRequest.state == RequestState.WAITING)
        .order_by(col(AccountRequest.id))
    )
    if not policy.may(act.actor, Permission.CONFIRM_ACCOUNT):
        own = act.actor.organisation_id
        if not policy.may(act.actor, Permission.CONFIRM_ACCOUNT, Scope(organisation_id=own)):
            return []
        found = found.where(AccountRequest.organisation_id == own)
    return [Waiting(request, organisation) for request, organisation in act.session.exec(found)]


def request_to_decide(act: Act, id: int) -> AccountRequest:
    """A request, for those who may decide it; not found for everybody else."""
    found = act.session.get(AccountRequest, id)
    if found is None:
        missing("Request", id)
    if not policy.may(act.actor, Permission.CONFIRM_ACCOUNT, Scope(organisation_id=found.organisation_id)):
        missing("Request", id)
    return found
