"""Atom feeds: what happened, as far as the reader may know; and the keys by which feed readers say who they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Invalid, missing
from sgdocs.base.rulebook import rule
from sgdocs.documents.telling import facts_told
from sgdocs.i18n import Language
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.notices import words
from sgdocs.notices.models import FeedKey
from sgdocs.notices.readable import readable
from sgdocs.notices.rows import HEARD, STEPS, row_of
from sgdocs.notices.subjects import subjects_of
from sgdocs.people.keys import hash_of, new_key
from sgdocs.people.models import Person
from sgdocs.people.queries import account_of
from sgdocs.policy import Permission, Scope

MOST_ITEMS: Final = 100
MOST_KEYS: Final = 50
USED_EVERY: Final = timedelta(minutes=5)
MANY = rule("notices.feeds-number", "There are {number} keys of feeds; end one that is not used any more.")
PRIVATE: Final = ("tasks", "mine", "service")
"""Topics that are one person's; they stand in no feed but that person's own."""


@dataclass(frozen=True)
class Item:
    """One entry of a feed. number: position in the journal, which never changes."""

    number: int
    at: datetime
    says: str
    topic: str
    path: str


def items(act: Act, tongue: Language, *conditions: ColumnElement[bool], kinds: Collection[str] = ()) -> list[Item]:
    """The newest entries that tell somebody, of the reader's own kind of things. kinds: of subjects, none for all.

    Costs two queries and one for each kind.
    """
    public = [verb for verb, row in HEARD.items() if row.topic not in PRIVATE]
    is_news = or_(col(Entry.verb).in_(public), col(Entry.verb).startswith(f"{STEPS}."))
    found = select(Entry).where(col(Entry.position).is_not(None), is_news, readable(act), *conditions)
    found = found.where(col(Entry.subject_kind).in_(list(kinds))) if kinds else found
    return items_of(act, tongue, act.session.exec(found.order_by(col(Entry.position).desc()).limit(MOST_ITEMS)).all())


def items_of(act: Act, tongue: Language, entries: Sequence[Entry]) -> list[Item]:
    """In words, as the reader may know of things now."""
    subjects = subjects_of(act, entries)
    told: list[Item] = []
    for entry, facts in zip(entries, facts_told(act, entries), strict=True):
        subject, row = subjects.get((entry.subject_kind, entry.subject_id)), row_of(entry.verb)
        if subject is not None and row is not None:
            says = words.says(tongue, entry, facts, subject)
            told.append(Item(entry.position or 0, entry.at, says, row.topic, subject.path))
    return told


# Keys


def make_key(act: Act, person: Person, feed: str) -> str:
    """The words of a key to one feed. One person has one live key for a feed: an older one ends."""
    policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=person.id))
    live = keys_of(act.session, person)
    if len(live) >= MOST_KEYS:
        raise Invalid(MANY, field="feed", number=MOST_KEYS)
    for row in live:
        if row.feed == feed:
            row.ended_at = act.now
            act.session.add(row)
    key = new_key()
    act.session.add(FeedKey(person_id=person.id or 0, feed=feed, digest=hash_of(key), created_at=act.now))
    record(act, "notices.feed-made", person, audience=f"person:{person.id}", feed=feed)
    return key


def end_key(act: Act, key_id: int) -> None:
    """The owner ends a key; somebody else's is not found."""
    row = act.session.get(FeedKey, key_id)
    if row is None or not policy.may(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=row.person_id)):
        missing("feed", key_id)
    if row.ended_at is None:
        row.ended_at = act.now
        act.session.add(row)
        person = act.session.get_one(Person, row.person_id)
        record(act, "notices.feed-ended", person, audience=f"person:{person.id}", feed=row.feed)


def keys_of(session: Session, person: Person) -> list[FeedKey]:
    """The live keys of a person, the newest first."""
    held = select(FeedKey).where(FeedKey.person_id == person.id, col(FeedKey.ended_at).is_(None))
    return list(session.exec(held.order_by(col(FeedKey.id).desc())))


def person_of_key(session: Session, key: str, feed: str, now: datetime) -> tuple[Person, FeedKey] | None:
    """Whose key it is, for that very feed; None when unknown, ended, or the account has."""
    held = (
        select(Person, FeedKey)
        .join(FeedKey, col(FeedKey.person_id) == Person.id)
        .where(
            FeedKey.digest == hash_of(key),
            FeedKey.feed == feed,
            col(FeedKey.ended_at).is_(None),
            col(Person.left_at).is_(None),
        )
    )
    found = session.exec(held).first()
    account = account_of(session, found[0].id or 0) if found is not None else None
    if found is None or account is None or account.ended_at is not None:
        return None
    is_over = account.ends_on is not None and account.ends_on < geneva_day(now)
    return None if is_over else (found[0], found[1])


def mark_used(session: Session, row: FeedKey, now: datetime) -> None:
    """Note when a key was last used, at most every five minutes. For a short transaction of its own."""
    long_ago = or_(col(FeedKey.used_at).is_(None), col(FeedKey.used_at) < now - USED_EVERY)
    session.exec(update(FeedKey).where(col(FeedKey.id) == row.id, long_ago).values(used_at=now))
