"""Verbs of a person about notices: follow, stop, mute, choose how often, mark as read."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import col, delete, select, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Refusal, invalid, refuse
from sgdocs.base.rulebook import rule
from sgdocs.journal.record import record
from sgdocs.notices.models import Notice, Preference, Subscription
from sgdocs.notices.things import thing_of
from sgdocs.notices.topics import KINDS, TOPICS, Often
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope

MOST = 500
TOO_MANY = rule("notices.too-many", "You follow {number} things; stop following some that you do not need any more.")


def follow(act: Act, person: Person, scope: str, topics: Sequence[str] = ()) -> list[Subscription]:
    """The person hears of the thing from now on, of some topics or of all; what was said of it before is replaced.

    NotFound for a thing that the actor may not know of.
    """
    _permit(act, person)
    thing = thing_of(act, scope)
    chosen = _topics(scope, topics)
    held = select(Subscription.scope).where(Subscription.person_id == person.id, Subscription.scope != scope)
    number = len(set(act.session.exec(held)))
    refuse(Refusal(TOO_MANY, {"number": number}) if number >= MOST else None)
    _forget(act, person, scope)
    made = [
        Subscription(person_id=person.id or 0, scope=scope, topic=topic, created_at=act.now) for topic in chosen or [""]
    ]
    act.session.add_all(made)
    _note(act, "notices.followed", person, scope=scope, label=thing.label, topics=chosen)
    return made


def stop(act: Act, person: Person, scope: str) -> None:
    """The person has no word on the thing any more: neither follows nor mutes it. Nothing when there was none."""
    _permit(act, person)
    if _forget(act, person, scope):
        _note(act, "notices.unfollowed", person, scope=scope)


def mute(act: Act, person: Person, scope: str) -> Subscription:
    """The person is not told of the thing, though a wider one is followed or a role would tell."""
    _permit(act, person)
    _forget(act, person, scope)
    made = Subscription(person_id=person.id or 0, scope=scope, created_at=act.now, muted_at=act.now)
    act.session.add(made)
    _note(act, "notices.muted", person, scope=scope)
    return made


def prefer(act: Act, person: Person, topic: str, often: Often) -> Preference:
    """How often the person hears of a topic by mail, of what is told from now on and of what waits."""
    _permit(act, person)
    if topic not in TOPICS:
        invalid("topic", topic, ", ".join(TOPICS))
    row = act.session.get(Preference, (person.id, topic))
    if row is not None and row.often == often:
        return row
    row = row or Preference(person_id=person.id or 0, topic=topic)
    row.often = often.value
    act.session.add(row)
    if often is Often.OFF:
        _hold_back(act, person, topic)
    _note(act, "notices.preferred", person, topic=topic, often=often.value)
    return row


def mark_read(act: Act, person: Person, ids: Sequence[int] = ()) -> int:
    """Mark notices of the person as read, all of them when none is named; how many were new. No entry: it is private."""
    _permit(act, person)
    new = update(Notice).where(col(Notice.person_id) == person.id, col(Notice.read_at).is_(None))
    settled = func.coalesce(Notice.mailed_at, act.now)
    named = new.where(col(Notice.id).in_(ids)) if ids else new
    return act.session.exec(named.values(read_at=act.now, mailed_at=settled)).rowcount


def _permit(act: Act, person: Person) -> None:
    policy.require(act.actor, Permission.FOLLOW, Scope(owner_id=person.id))


def _topics(scope: str, topics: Sequence[str]) -> list[str]:
    known = KINDS.get(scope.partition(":")[0], tuple(TOPICS))
    for each in topics:
        if each not in known:
            invalid("topics", each, ", ".join(known))
    return [] if set(topics) >= set(known) else sorted(set(topics))


def _forget(act: Act, person: Person, scope: str) -> bool:
    gone = delete(Subscription).where(col(Subscription.person_id) == person.id, col(Subscription.scope) == scope)
    return act.session.exec(gone).rowcount > 0


def _hold_back(act: Act, person: Person, topic: str) -> None:
    """What waits for its mail stays on the page alone; what a rule sends is not held back."""
    waits = update(Notice).where(
        col(Notice.person_id) == person.id,
        col(Notice.topic) == topic,
        col(Notice.mailed_at).is_(None),
        col(Notice.often).in_([Often.DAILY, Often.WEEKLY]),
    )
    act.session.exec(waits.values(often=Often.OFF.value))


def _note(act: Act, verb: str, person: Person, **facts: object) -> None:
    """What a person wants to hear is nobody else's business: facts that can be removed, for the person alone."""
    record(act, verb, person, audience=f"person:{person.id}", personal=facts)
