"""Verbs on keys of calendars: make one, end one, note its use. A key is shown once; its SHA-256 is stored."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, missing
from sgdocs.base.rulebook import rule
from sgdocs.groups import queries as groups
from sgdocs.journal.record import record
from sgdocs.meetings import queries
from sgdocs.meetings.models import CalendarToken
from sgdocs.people.keys import hash_of, new_key
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope

MOST_CALENDARS = 50
USED_EVERY = timedelta(minutes=5)
TOO_MANY = rule("meetings.calendars-number", "There are {number} calendars; end one that is not used any more.")


def make_calendar(act: Act, person: Person, feed: str) -> tuple[CalendarToken, str]:
    """A key to one feed, and its words. One person has one live key for a feed: an older one ends."""
    policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=person.id))
    known = _known(act, feed)
    live = list(act.session.exec(_live(person)))
    if len(live) >= MOST_CALENDARS:
        raise Invalid(TOO_MANY, field="feed", number=MOST_CALENDARS)
    for row in live:
        if row.feed == known:
            row.ended_at = act.now
            act.session.add(row)
    words = new_key()
    made = CalendarToken(person_id=person.id or 0, feed=known, digest=hash_of(words), created_at=act.now)
    act.session.add(made)
    record(act, "accounts.calendar-made", person, audience="secretariat", feed=known)
    return made, words


def _known(act: Act, feed: str) -> str:
    """The feed in its canonical form, of something that the actor may see."""
    kind, _, name = feed.partition(":")
    if kind == "meeting":
        return f"meeting:{queries.by_code(act, name).code}"
    if kind in ("group", "tasks"):
        return f"{kind}:{groups.by_path(act.session, name).path}"
    return feed


def end_calendar(act: Act, token_id: int) -> CalendarToken:
    """The owner ends a key; somebody else's is not found."""
    row = act.session.get(CalendarToken, token_id)
    if row is None or not policy.may(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=row.person_id)):
        missing("calendar", token_id)
    if row.ended_at is None:
        row.ended_at = act.now
        act.session.add(row)
        person = act.session.get_one(Person, row.person_id)
        record(act, "accounts.calendar-ended", person, audience="secretariat", feed=row.feed)
    return row


def calendars_of(session: Session, person: Person) -> list[CalendarToken]:
    """The live keys of a person, the newest first."""
    return list(session.exec(_live(person).order_by(col(CalendarToken.id).desc())))


def mark_calendar_used(session: Session, token_id: int, now: datetime) -> None:
    """Note when a key was last used, at most every five minutes. For a short transaction of its own."""
    session.exec(
        update(CalendarToken)
        .where(
            col(CalendarToken.id) == token_id,
            or_(col(CalendarToken.used_at).is_(None), col(CalendarToken.used_at) < now - USED_EVERY),
        )
        .values(used_at=now)
    )


def _live(person: Person) -> SelectOfScalar[CalendarToken]:
    return select(CalendarToken).where(CalendarToken.person_id == person.id, col(CalendarToken.ended_at).is_(None))
