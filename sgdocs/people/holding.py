"""Whether what somebody came in with still holds: for answers that stay open longer than a request. By rows, many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from sgdocs.people.accounts import Account, Token, UserSession
from sgdocs.people.keys import hash_of
from sgdocs.people.models import Person
from sgdocs.people.queries import is_alive
from sgdocs.people.rules import Stage


@dataclass(frozen=True)
class Held:
    """Whose it is. scopes: of a token, None for a session."""

    person: Person
    scopes: frozenset[str] | None = None


def token_id(session: Session, token: str) -> int | None:
    """The row of a token, whether or not it is good."""
    return session.exec(select(Token.id).where(Token.hash == hash_of(token))).first()


def by_sessions(session: Session, ids: Iterable[int], now: datetime) -> dict[int, Held]:
    """Of the sessions that live, with every step of the sign-in done. One query, none for nothing.

    Not of one through which the secretariat looks as somebody else, nor of one whose id is to be changed because roles have
    changed: its browser comes again and is given what it may have now.
    """
    wanted = list(ids)
    found = (
        select(UserSession.id, Person)
        .join(Person, col(Person.id) == UserSession.person_id)
        .join(Account, col(Account.person_id) == UserSession.person_id)
        .where(
            col(UserSession.id).in_(wanted),
            UserSession.expires_at > now,
            UserSession.idle_at > now,
            UserSession.stage == Stage.FULL,
            col(UserSession.is_stale).is_(False),
            or_(col(UserSession.view_until).is_(None), col(UserSession.view_until) <= now),
            is_alive(now),
        )
    )
    return {id or 0: Held(person) for id, person in session.exec(found)} if wanted else {}


def by_tokens(session: Session, ids: Iterable[int], now: datetime) -> dict[int, Held]:
    """Of the tokens that live. One query, none for nothing."""
    wanted = list(ids)
    found = (
        select(Token.id, Person, Token.scopes)
        .join(Person, col(Person.id) == Token.person_id)
        .join(Account, col(Account.person_id) == Token.person_id)
        .where(col(Token.id).in_(wanted), Token.expires_at > now, col(Token.ended_at).is_(None), is_alive(now))
    )
    return {id or 0: Held(person, frozenset(scopes)) for id, person, scopes in session.exec(found)} if wanted else {}
