"""The hash chain: what is hashed, and whether it still holds."""

import hashlib
from contextlib import closing
from dataclasses import dataclass

from sqlmodel import Session, col, select

from sgdocs.journal.models import Entry, PersonalFacts
from sgdocs.journal.record import canonical, digest_of


@dataclass(frozen=True)
class Broken:
    """Where the chain does not hold, and why."""

    position: int
    why: str


@dataclass(frozen=True)
class Verified:
    """checked: sealed entries read; removed: entries whose personal facts were lawfully removed."""

    checked: int
    removed: int
    broken: Broken | None


def hash_of(entry: Entry) -> str:
    """The hash of a sealed entry: its position, the hash before, and what it says, in one spelling.

    A salted entry goes in by the digest of what it says, so that the chain can be followed by those who may not read it.
    """
    if entry.salt is None:
        return _digest([entry.position, entry.previous_hash, *_said(entry)])
    return link_of(entry.position or 0, entry.previous_hash or "", content_of(entry))


def content_of(entry: Entry) -> str:
    """The salted digest of what an entry says: all but its id and its seal."""
    return _digest([entry.salt, *_said(entry)])


def link_of(position: int, previous: str, content: str) -> str:
    """The hash of an entry of which no more is known than the digest of what it says."""
    return _digest([position, previous, content])


def _said(entry: Entry) -> list[object]:
    return [
        entry.at.isoformat(),
        entry.actor_kind,
        entry.actor_id,
        entry.organisation_id,
        entry.verb,
        entry.subject_kind,
        entry.subject_id,
        entry.group_id,
        entry.audience,
        entry.facts,
        entry.personal_digest,
    ]


def _digest(values: list[object]) -> str:
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def verify(session: Session) -> Verified:
    """Read the chain from its beginning; stops at the first entry that does not hold."""
    previous, checked, removed = "", 0, 0
    found = (
        select(Entry, PersonalFacts)
        .outerjoin(PersonalFacts, col(PersonalFacts.entry_id) == Entry.id)
        .where(col(Entry.position).is_not(None))
        .order_by(col(Entry.position))
        .execution_options(yield_per=1000)
    )
    with closing(session.exec(found)) as rows:
        for entry, personal in rows:
            checked += 1
            why = _why_broken(entry, personal, previous, checked)
            if why:
                return Verified(checked, removed, Broken(checked, why))
            removed += entry.personal_digest is not None and personal is not None and personal.facts is None
            previous = entry.hash or ""
    return Verified(checked, removed, None)


def _why_broken(entry: Entry, personal: PersonalFacts | None, previous: str, position: int) -> str:
    if entry.position != position:
        return "an entry is missing"
    if entry.previous_hash != previous:
        return "does not follow the entry before"
    if entry.hash != hash_of(entry):
        return "was changed after sealing"
    return _why_personal_broken(entry, personal)


def _why_personal_broken(entry: Entry, personal: PersonalFacts | None) -> str:
    if entry.personal_digest is None:
        return ""
    if personal is None:
        return "personal facts are gone without a note"
    if personal.facts is None:
        return "" if personal.removed_at and personal.removed_for else "personal facts are gone without a reason"
    return "" if digest_of(personal.salt, personal.facts) == entry.personal_digest else "personal facts were changed"
