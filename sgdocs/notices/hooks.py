"""Verbs on webhooks: make one, end one; what a person has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, select, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, Refusal, invalid, missing, refuse
from sgdocs.journal.record import record
from sgdocs.notices import hook_rules
from sgdocs.notices.models import Webhook, WebhookCall
from sgdocs.notices.schemas import WebhookForm
from sgdocs.notices.things import Thing, thing_of, things_of
from sgdocs.notices.topics import TOPICS
from sgdocs.people.keys import new_key
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope

MOST: Final = 20
SHOWN_CALLS: Final = 20


def make_webhook(act: Act, person: Person, form: WebhookForm) -> tuple[Webhook, str]:
    """A webhook and its secret, which is shown this once. It is told of what the owner may read, from now on."""
    policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=person.id))
    refuse(hook_rules.why_not_url(form.url), Invalid)
    for each in form.topics:
        if each not in TOPICS:
            invalid("topics", each, ", ".join(TOPICS))
    for scope in form.scopes:
        thing_of(act, scope)
    number = len(webhooks_of(act.session, person, live=True))
    refuse(Refusal(hook_rules.MANY, {"number": number}, field="url") if number >= MOST else None, Invalid)
    secret = new_key()
    row = Webhook(
        person_id=person.id or 0,
        url=form.url,
        scopes=list(dict.fromkeys(form.scopes)),
        topics=list(dict.fromkeys(form.topics)),
        secret=secret,
        created_at=act.now,
    )
    act.session.add(row)
    _note(act, "webhooks.made", row)
    return row, secret


def end_webhook(act: Act, webhook_id: int) -> Webhook:
    """The owner ends it; what waits is not sent. Somebody else's is not found."""
    row = webhook_by_id(act, webhook_id)
    if row.ended_at is not None:
        raise Conflict(hook_rules.ENDED)
    close(act, row, "")
    _note(act, "webhooks.ended", row)
    return row


def fail_webhook(act: Act, row: Webhook, reason: str) -> None:
    """The clock ends one that failed again and again; its owner is told."""
    policy.require(act.actor, Permission.TELL)
    close(act, row, reason)
    _note(act, "webhooks.failed", row, reason)


def close(act: Act, row: Webhook, reason: str) -> None:
    row.ended_at, row.ended_reason = act.now, reason[:300]
    act.session.add(row)
    waits = update(WebhookCall).where(col(WebhookCall.webhook_id) == row.id, col(WebhookCall.done_at).is_(None))
    act.session.exec(waits.values(done_at=act.now, error="the webhook has ended"))


def _note(act: Act, verb: str, row: Webhook, reason: str = "") -> None:
    """For the owner alone: where somebody has their news sent is private."""
    told = {"url": row.url, "person_id": row.person_id}
    record(act, verb, row, audience=f"person:{row.person_id}", personal=told, reason=reason)


# Queries


def webhook_by_id(act: Act, webhook_id: int) -> Webhook:
    """The actor's own, or NotFound."""
    row = act.session.get(Webhook, webhook_id)
    if row is None or not policy.may(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=row.person_id)):
        missing("webhook", webhook_id)
    return row


def webhooks_of(session: Session, person: Person, *, live: bool = False) -> list[Webhook]:
    """Of a person, the newest first; live: those alone that have not ended."""
    found = select(Webhook).where(Webhook.person_id == person.id)
    found = found.where(col(Webhook.ended_at).is_(None)) if live else found
    return list(session.exec(found.order_by(col(Webhook.id).desc())))


@dataclass(frozen=True)
class Listed:
    """A webhook with the things that it is about, and what was sent to it last."""

    row: Webhook
    things: Sequence[Thing]
    calls: Sequence[WebhookCall]


def listed(act: Act, person: Person) -> list[Listed]:
    """For the owner's page. Some queries for each webhook; there are few."""
    return [
        Listed(row, list(things_of(act, row.scopes).values()), _last_calls(act.session, row))
        for row in webhooks_of(act.session, person)
    ]


def _last_calls(session: Session, row: Webhook) -> list[WebhookCall]:
    found = select(WebhookCall).where(WebhookCall.webhook_id == row.id).order_by(col(WebhookCall.id).desc())
    return list(session.exec(found.limit(SHOWN_CALLS)))
