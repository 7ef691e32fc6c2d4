"""The listener of webhooks: for each entry a call of every webhook that asked for it and whose owner may read it."""

import hashlib
from collections.abc import Sequence
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.groups.queries import actor_for
from sgdocs.journal.models import Entry
from sgdocs.notices.models import Webhook, WebhookCall
from sgdocs.notices.places import place_of
from sgdocs.notices.readable import readable
from sgdocs.notices.requests import Posting
from sgdocs.notices.rows import row_of
from sgdocs.people.models import Person
from sgdocs.people.queries import is_shut
from sgdocs.policy import READ_SCOPE

LISTENER: Final = "webhooks"


def queue(services: Posting, entries: Sequence[Entry]) -> None:
    """Told twice, it queues once."""
    with services.database.reading() as session:
        hooks = session.exec(select(Webhook).where(col(Webhook.ended_at).is_(None))).all()
        wanted = [(hook, each) for hook in hooks for each in _wanted(session, hook, entries)]
    if wanted:
        with services.database.writing() as session:
            _keep(session, wanted)


def _wanted(session: Session, hook: Webhook, entries: Sequence[Entry]) -> list[Entry]:
    asked = [each for each in entries if each.at >= hook.created_at and is_asked(session, hook, each)]
    owner = session.get(Person, hook.person_id)
    at = max((each.at for each in asked), default=None)
    if at is None or owner is None or is_shut(session, owner, at):
        return []
    ids = may_hear(session, asked, Act(session, actor_for(session, owner, at, scopes=[READ_SCOPE]), at))
    return [each for each in asked if each.id in ids]


def is_asked(session: Session, hook: Webhook, entry: Entry) -> bool:
    """Whether the webhook is about such entries: its topics, and the things it follows (none: everything)."""
    row = row_of(entry.verb)
    if row is None or (hook.topics and row.topic not in hook.topics):
        return False
    return not hook.scopes or not set(hook.scopes).isdisjoint(place_of(session, entry).scopes)


def may_hear(session: Session, entries: Sequence[Entry], act: Act) -> set[int | None]:
    """Ids of those that the owner may read."""
    ids = [each.id for each in entries]
    return set(session.exec(select(Entry.id).where(col(Entry.id).in_(ids), readable(act))))


def _keep(session: Session, wanted: Sequence[tuple[Webhook, Entry]]) -> None:
    entries = {each.id for _, each in wanted}
    held = select(WebhookCall.webhook_id, WebhookCall.entry_id).where(col(WebhookCall.entry_id).in_(entries))
    known = set(session.exec(held).all())
    for hook, entry in wanted:
        if (hook.id, entry.id) not in known:
            session.add(_call(hook, entry))


def _call(hook: Webhook, entry: Entry) -> WebhookCall:
    """The event's id follows from both, and stays the same however often it is sent."""
    event = hashlib.sha256(f"{hook.id}|{entry.id}|{entry.hash}".encode()).hexdigest()[:32]
    return WebhookCall(webhook_id=hook.id or 0, entry_id=entry.id or 0, event=event, due_at=entry.at)
