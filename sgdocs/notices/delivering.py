"""Calls of webhooks that are due: claimed, sent side by side, and what came of them. At least once; the event's id tells."""

import logging
import random
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select, update

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.settings import Settings
from sgdocs.documents.telling import facts_told
from sgdocs.groups.queries import actor_for
from sgdocs.i18n import language
from sgdocs.journal.models import Entry
from sgdocs.notices import hooks, words
from sgdocs.notices.calling import Answer, Caller
from sgdocs.notices.models import Webhook, WebhookCall
from sgdocs.notices.queueing import may_hear
from sgdocs.notices.requests import Posting
from sgdocs.notices.rows import row_of
from sgdocs.notices.signing import body_of, headers_of
from sgdocs.notices.subjects import subjects_of
from sgdocs.people.models import Person
from sgdocs.people.queries import is_shut
from sgdocs.policy import READ_SCOPE

PAUSES_S: Final = (10, 60, 300, 1800, 7200, 21600)
LEASE: Final = timedelta(minutes=2)
MOST_ATTEMPTS: Final = 8
SIDE_BY_SIDE: Final = 8
PAUSE_S: Final = 1.0
NOT_FOR_YOU: Final = "not for its owner to read any more"
TOO_LONG: Final = Answer(None, "it took too long")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """A call that is claimed. body: None when its owner may not read of it any more."""

    call_id: int
    event: str
    url: str
    secret: str
    body: bytes | None


def run(services: Posting, stop: threading.Event) -> None:
    """Call until told to stop, beside the worker's loop: a slow receiver holds up nobody but itself."""
    while not stop.is_set():
        try:
            busy = call_due(services, clock.now())
        except Exception:
            log.exception("calling webhooks stumbled; it goes on")
            busy = 0
        if not busy:
            stop.wait(PAUSE_S)


def call_due(services: Posting, now: datetime, caller: Caller | None = None) -> int:
    """One call of each webhook that has any due; how many were made. Over in `webhook_seconds` and a moment."""
    with services.database.reading() as session:
        is_due = session.exec(select(WebhookCall.id).where(_is_due(now)).limit(1)).first() is not None
    if not is_due:
        return 0
    with services.database.writing() as session:
        claimed = _claimed(session, now)
    with services.database.reading() as session:
        ready = [_ready(session, services.settings, id, now) for id in claimed]
    answers = _called([each for each in ready if each.body is not None], caller or Caller(), services.settings, now)
    for each in ready:
        with services.database.writing() as session:
            act = Act(session, Actor.clock(), now)
            _note(act, services.settings, each, answers.get(each.call_id))
    return len(ready)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Calls that wait, of webhooks that have neither ended nor pause."""
    is_awake = or_(col(Webhook.paused_until).is_(None), col(Webhook.paused_until) <= now)
    live = select(Webhook.id).where(col(Webhook.ended_at).is_(None), is_awake)
    waits = and_(col(WebhookCall.done_at).is_(None), col(WebhookCall.due_at) <= now)
    return and_(waits, col(WebhookCall.webhook_id).in_(live))


def _claimed(session: Session, now: datetime) -> Sequence[int]:
    """Ids of the first due call of some webhooks, each in turn by chance: who has much waiting holds up nobody else.

    Of one webhook, what failed before comes after what did not.
    """
    hooks = session.exec(select(WebhookCall.webhook_id).where(_is_due(now)).distinct()).all()
    first = [_first(session, now, hook) for hook in random.sample(hooks, min(SIDE_BY_SIDE, len(hooks)))]
    claim = (
        update(WebhookCall)
        .where(col(WebhookCall.id).in_(first), col(WebhookCall.done_at).is_(None), col(WebhookCall.due_at) <= now)
        .values(due_at=now + LEASE, attempts=WebhookCall.attempts + 1)
    )
    return [id for id in session.scalars(claim.returning(col(WebhookCall.id))) if id is not None]


def _first(session: Session, now: datetime, hook_id: int) -> int | None:
    due = select(WebhookCall.id).where(_is_due(now), WebhookCall.webhook_id == hook_id)
    return session.exec(due.order_by(col(WebhookCall.attempts), col(WebhookCall.id)).limit(1)).first()


def _ready(session: Session, settings: Settings, call_id: int, now: datetime) -> Ready:
    call = session.get_one(WebhookCall, call_id)
    hook, entry = session.get_one(Webhook, call.webhook_id), session.get_one(Entry, call.entry_id)
    owner = session.get_one(Person, hook.person_id)
    act = Act(session, actor_for(session, owner, now, scopes=[READ_SCOPE]), now)
    hears = not is_shut(session, owner, now) and may_hear(session, [entry], act)
    told = _event(act, settings, call.event, entry) if hears else None
    return Ready(call_id, call.event, hook.url, hook.secret, body_of(told) if told is not None else None)


def _event(act: Act, settings: Settings, event: str, entry: Entry) -> Mapping[str, object] | None:
    """What is sent: the entry as `/api/v1/changes` tells it, with the thing that it is about as it is now."""
    subject = subjects_of(act, [entry]).get((entry.subject_kind, entry.subject_id))
    row = row_of(entry.verb)
    if subject is None or row is None:
        return None
    (facts,) = facts_told(act, [entry])
    return {
        "event": event,
        "position": entry.position,
        "at": entry.at.isoformat(),
        "verb": entry.verb,
        "topic": row.topic,
        "says": words.says(language("en"), entry, facts, subject),
        "subject": {
            "kind": entry.subject_kind,
            "id": entry.subject_id,
            "label": subject.label,
            "title": subject.title,
            "url": settings.public_url.rstrip("/") + subject.path,
        },
        "group_id": entry.group_id,
        "facts": dict(facts),
    }


def _called(ready: Sequence[Ready], caller: Caller, settings: Settings, now: datetime) -> dict[int, Answer]:
    """All at once, each on its own thread. Who has not answered in time is left behind, whatever holds it up."""
    answers: dict[int, Answer] = {}
    seconds = settings.webhook_seconds

    def one(each: Ready) -> None:
        body = each.body or b""
        answer = caller.call(each.url, body, headers_of(each.secret, each.event, body, now), seconds=seconds)
        answers.setdefault(each.call_id, answer)

    threads = [threading.Thread(target=one, args=(each,), daemon=True) for each in ready]
    for thread in threads:
        thread.start()
    until = time.monotonic() + seconds + 1
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return {each.call_id: answers.get(each.call_id, TOO_LONG) for each in ready}


def _note(act: Act, settings: Settings, ready: Ready, answer: Answer | None) -> None:
    call = act.session.get_one(WebhookCall, ready.call_id)
    hook = act.session.get_one(Webhook, call.webhook_id)
    if answer is None:
        call.done_at, call.error = act.now, NOT_FOR_YOU
    elif answer.ok:
        call.done_at, call.status, call.error = act.now, answer.status, ""
        hook.failed, hook.paused_until = 0, None
    else:
        call.status, call.error = answer.status, answer.error
        _put_off(act, settings, hook, call)
    act.session.add_all([call, hook])


def _put_off(act: Act, settings: Settings, hook: Webhook, call: WebhookCall) -> None:
    """The whole webhook waits, so that one that is down is not called for each event; at last it ends."""
    if hook.ended_at is not None:
        return
    hook.failed += 1
    hook.paused_until = act.now + _pause(hook.failed)
    call.due_at = act.now + max(_pause(hook.failed), _pause(call.attempts))
    if call.attempts >= MOST_ATTEMPTS:
        call.done_at = act.now
    if hook.failed >= settings.webhook_failures:
        hooks.fail_webhook(act, hook, f"{hook.failed} failures in a row, the last: {call.error}")


def _pause(failures: int) -> timedelta:
    return timedelta(seconds=PAUSES_S[min(failures, len(PAUSES_S)) - 1])
