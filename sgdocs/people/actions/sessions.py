"""Sessions: opened by a sign-in, kept alive by use, rotated, ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, or_, select, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.settings import Settings
from sgdocs.journal.record import record
from sgdocs.people.accounts import Link, OidcAttempt, Token, UserSession
from sgdocs.people.keys import hash_of, new_key
from sgdocs.people.limits import forget_counts
from sgdocs.people.models import Person
from sgdocs.people.rules import Stage
from sgdocs.policy import Permission, Scope

PENDING_LIFE = timedelta(minutes=15)
"""How long a session may stand before its second factor."""


@dataclass(frozen=True)
class Browser:
    """Where a sign-in comes from, for the owner's list."""

    address: str = ""
    name: str = ""


def open_session(
    act: Act,
    person: Person,
    settings: Settings,
    *,
    stage: Stage,
    browser: Browser,
    replacing: str | None = None,
    next: str = "",
    id_token: str = "",
) -> str:
    """A new session; returns the id for the cookie, which is stored nowhere.

    replacing: the cookie that the browser came with; its session ends, so that no id lives through a sign-in.
    """
    if replacing:
        sign_out(act, replacing)
    key, idle = new_key(), timedelta(hours=settings.session_idle_hours)
    life = timedelta(days=settings.session_days) if stage is Stage.FULL else PENDING_LIFE
    row = UserSession(
        hash=hash_of(key),
        person_id=person.id or 0,
        stage=stage.value,
        next=next[:500],
        address=browser.address[:64],
        browser=browser.name[:300],
        id_token=id_token,
        created_at=act.now,
        rotated_at=act.now,
        seen_at=act.now,
        idle_s=int(idle.total_seconds()),
        idle_at=act.now + idle,
        expires_at=act.now + life,
    )
    act.session.add(row)
    act.session.flush()
    record(act, "accounts.signed-in", person, audience="secretariat", stage=stage.value)
    return key


def complete(act: Act, row: UserSession, settings: Settings) -> str:
    """The session is full now; returns its new id. The old one is dead at once."""
    row.stage = Stage.FULL.value
    row.expires_at = act.now + timedelta(days=settings.session_days)
    return _new_id(act.session, row, act.now, keep_old=False)


def keep_alive(session: Session, cookie: str, now: datetime, *, stage: Stage | None = None) -> str | None:
    """Note the use of a session; returns a new id when it was due for rotation.

    stage: what the session falls back to when it rotates (a role that asks for a second factor was given).
    For a short transaction of its own; a second request that comes at once finds nothing left to do.
    """
    found = select(UserSession).where(UserSession.hash == hash_of(cookie)).with_for_update()
    row = session.exec(found).first()
    if row is None:
        return None
    row.seen_at, row.idle_at = now, now + timedelta(seconds=row.idle_s)
    session.add(row)
    if not row.is_stale:
        return None
    if stage is not None:
        row.stage = stage.value
    return _new_id(session, row, now, keep_old=stage is None)


def _new_id(session: Session, row: UserSession, now: datetime, *, keep_old: bool) -> str:
    key = new_key()
    row.previous_hash = row.hash if keep_old else None
    row.hash, row.rotated_at, row.is_stale = hash_of(key), now, False
    session.add(row)
    session.flush()
    return key


def roles_changed(act: Act, person_id: int) -> None:
    """Have every session of the person rotated at its next use. Called when a role is given or ends."""
    act.session.exec(update(UserSession).where(col(UserSession.person_id) == person_id).values(is_stale=True))


def sign_out(act: Act, cookie: str) -> None:
    """End the session of a cookie; nothing when there is none."""
    digest = hash_of(cookie)
    act.session.exec(
        delete(UserSession).where(or_(col(UserSession.hash) == digest, col(UserSession.previous_hash) == digest))
    )


def end_session(act: Act, id: int) -> None:
    """The owner ends one session; somebody else's is not found."""
    row = act.session.get(UserSession, id)
    if row is None or not policy.may(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=row.person_id)):
        missing("Session", id)
    act.session.delete(row)
    person = act.session.get_one(Person, row.person_id)
    record(act, "accounts.session-ended", person, audience="secretariat")


def end_all_sessions(act: Act, person: Person, *, keep: int | None = None, with_tokens: bool = False) -> int:
    """Sign out everywhere; returns how many sessions ended. keep: the one that asks; with_tokens: of the API too."""
    policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=person.id))
    ended = drop_sessions(act, person.id or 0, keep=keep)
    record(act, "accounts.signed-out-everywhere", person, audience="secretariat", ended=ended)
    if with_tokens:
        end_all_tokens(act, person)
    return ended


def end_all_tokens(act: Act, person: Person) -> int:
    """End the API tokens of a person; returns how many. Whoever calls has asked for the permission."""
    live = update(Token).where(col(Token.person_id) == person.id, col(Token.ended_at).is_(None))
    ended = act.session.exec(live.values(ended_at=act.now)).rowcount
    if ended:
        record(act, "accounts.tokens-ended", person, audience="secretariat", ended=ended)
    return ended


def drop_sessions(act: Act, person_id: int, *, keep: int | None = None) -> int:
    """Delete the sessions of a person but one; returns how many."""
    gone = delete(UserSession).where(col(UserSession.person_id) == person_id)
    if keep is not None:
        gone = gone.where(col(UserSession.id) != keep)
    return act.session.exec(gone).rowcount


def forget_expired(act: Act) -> None:
    """Remove sessions, attempts, counts that are over, and links a month old. For the worker."""
    session, now = act.session, act.now
    session.exec(delete(UserSession).where(or_(col(UserSession.expires_at) < now, col(UserSession.idle_at) < now)))
    session.exec(delete(OidcAttempt).where(col(OidcAttempt.expires_at) < now))
    session.exec(delete(Link).where(col(Link.expires_at) < now - timedelta(days=30)))
    forget_counts(session, now)
