"""The loop: seal the journal, tell the listeners, send letters, tidy up. The only writer of the index."""

import logging
import math
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from sgdocs.announcements import actions as announcements
from sgdocs.approval import ticking
from sgdocs.approval.actions import papers
from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.discussions import hearing as talk
from sgdocs.documents import actions as documents
from sgdocs.documents import allotting, scanning, stamping, text_keeping
from sgdocs.journal import heads, outbox, repeats
from sgdocs.journal.models import Delivery, Entry
from sgdocs.liaison import chasing, fetching, placing, pointing, reminding
from sgdocs.liaison.practice import Practice as LiaisonPractice
from sgdocs.mail import actions as mail
from sgdocs.mailing_lists import delivering as list_mail
from sgdocs.mailing_lists import receiving as list_mail_in
from sgdocs.meetings.actions import move_by_the_clock
from sgdocs.notices import deadlines, delivering, forgetting, mailing, meetings, queueing, requests, rows, telling
from sgdocs.people import actions as people
from sgdocs.search import actions as words
from sgdocs.search import indexing, vocabularies
from sgdocs.search.engine import IndexBusy, IndexUnavailable
from sgdocs.tasks import actions as tasks
from sgdocs.translation import working as translating
from sgdocs.wiring import Services
from sgdocs.work_programme import attaching
from sgdocs.workspace import alerting, following

log = logging.getLogger(__name__)
PAUSE_S = 0.5
CLOCK_EVERY_S = 15
TIDY_EVERY = timedelta(minutes=10)
QUIET_S = 5


@dataclass(frozen=True)
class Listener:
    """hear: takes entries in their order, and may be told of one twice. rebuilt: see `indexing`."""

    name: str
    hear: Callable[[Services, Sequence[Entry]], None]
    batch: int = 1


SEARCH = Listener(indexing.LISTENER, indexing.refresh, batch=100)
TEXTS = Listener(text_keeping.TEXTS, text_keeping.read, batch=20)
PREVIEWS = Listener(text_keeping.PREVIEWS, text_keeping.preview, batch=2)
ALLOTMENT = Listener(allotting.LISTENER, allotting.hear, batch=100)
ITEM_PAPERS = Listener(attaching.LISTENER, attaching.hear, batch=50)
MOVED_MEETINGS = Listener(ticking.LISTENER, ticking.hear, batch=50)
WAITING_STATEMENTS = Listener(placing.LISTENER, placing.hear, batch=20)
KEPT_THINGS = Listener(following.LISTENER, following.hear, batch=20)
ANSWERS = Listener(pointing.LISTENER, pointing.hear, batch=50)
TALK = Listener(talk.LISTENER, talk.hear, batch=50)
NOTICES = Listener(telling.LISTENER, telling.tell, batch=50)
WEBHOOKS = Listener(queueing.LISTENER, queueing.queue, batch=100)

# Who hears of what: by the first word of the verb, the subject, or by the whole verb.
LISTENERS: dict[str, tuple[Listener, ...]] = {
    requests.VERB: (Listener(requests.LISTENER, requests.tell),),
    **dict.fromkeys(meetings.VERBS, (Listener(meetings.LISTENER, meetings.tell),)),
    "recommendations": (SEARCH,),
    "groups": (SEARCH,),
    "people": (SEARCH,),
    "organisations": (SEARCH,),
    "documents": (SEARCH, TEXTS, ALLOTMENT, ITEM_PAPERS),
    "work": (SEARCH, ITEM_PAPERS),
    "liaison": (SEARCH,),
    "discussions": (SEARCH,),
    "events": (SEARCH,),
    "documents.read": (PREVIEWS,),
    **dict.fromkeys(stamping.VERBS, (Listener(stamping.LISTENER, stamping.hear),)),
    **dict.fromkeys(list_mail.VERBS, (Listener(list_mail.LISTENER, list_mail.hear),)),
    "agenda": (ALLOTMENT,),
    "allocations": (ALLOTMENT,),
}
for _verb in talk.VERBS:
    LISTENERS[_verb] = (*LISTENERS.get(_verb, ()), TALK)
for _verb in ticking.VERBS:
    LISTENERS[_verb] = (*LISTENERS.get(_verb, ()), MOVED_MEETINGS)
for _verb in placing.VERBS:
    LISTENERS[_verb] = (*LISTENERS.get(_verb, ()), WAITING_STATEMENTS)
for _verb in pointing.VERBS:
    LISTENERS[_verb] = (*LISTENERS.get(_verb, ()), ANSWERS)
for _verb in following.VERBS:
    LISTENERS[_verb] = (*LISTENERS.get(_verb, ()), KEPT_THINGS)
for _verb in (*rows.HEARD, rows.STEPS):
    LISTENERS[_verb] = (*LISTENERS.get(_verb, ()), NOTICES, WEBHOOKS)


def listeners_of(verb: str) -> list[str]:
    """The names of the listeners of a verb, each once."""
    heard = [listener.name for key in (verb.split(".", 1)[0], verb) for listener in LISTENERS.get(key, ())]
    return list(dict.fromkeys(heard))


def run(services: Services, stop: threading.Event, *, pause_s: float = PAUSE_S) -> None:
    """Work until told to stop. A failure is logged and tried again after a pause. Webhooks are called beside it."""
    indexing.refresh_guides(services)
    threading.Thread(target=delivering.run, args=(services, stop), name="webhooks", daemon=True).start()
    threading.Thread(target=translating.run, args=(services, stop), name="translations", daemon=True).start()
    tidied_at: datetime | None = None
    tidy_at = time.monotonic() + QUIET_S
    clock_at = 0.0
    while not stop.is_set():
        try:
            busy = once(services, calls=False, ticks=False)
            tidy_at = time.monotonic() + QUIET_S if busy else tidy_at
            if time.monotonic() >= tidy_at:
                busy = _tidy_index(services, stop)
                tidy_at = tidy_at if busy else math.inf
            is_round = tidied_at is None or clock.now() - tidied_at > TIDY_EVERY
            if is_round or time.monotonic() >= clock_at:
                clock_at = time.monotonic() + CLOCK_EVERY_S
                busy = bool(_tick(services, clock.now(), announces=is_round)) or busy
            if is_round:
                tidied_at = clock.now()
                tidy(services)
        except Exception:
            log.exception("the worker stumbled; it goes on")
            busy = False
        if not busy:
            stop.wait(pause_s)


def run_here(services: Services) -> None:
    """Work in this process until SIGTERM or SIGINT."""
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    run(services, stop)


def once(services: Services, now: datetime | None = None, *, calls: bool = True, ticks: bool = True) -> bool:
    """One round over everything that is due; whether there was anything to do. calls: of webhooks too; ticks: what
    approval does because time has passed."""
    ticked = _tick(services, now or clock.now()) if ticks else 0
    sealed = _seal(services, now or clock.now())
    heard = sum(_hear(services, listener, now) for listener in _due_listeners(services, now or clock.now()))
    written = mailing.send_due(services, now or clock.now())
    with services.database.writing() as session:
        act = Act(session, Actor.clock(), now or clock.now())
        sent = mail.send_due(act, services.mailer, services.settings.mail_from, blobs=services.blobs)
    called = delivering.call_due(services, now or clock.now()) if calls else 0
    called += translating.work_due(services, now or clock.now()) if calls else 0
    return bool(ticked or sealed or heard or written or sent or called)


def _tick(services: Services, now: datetime, *, announces: bool = True) -> int:
    ticked = ticking.tick(services.database, now, site=services.settings.public_url, announces=announces)
    return ticked + alerting.look_through(services, now) + fetching.fetch(services, now, list_mail_in.claim)


def drain(services: Services, now: datetime | None = None) -> None:
    """Work until nothing is due."""
    while once(services, now):
        pass


def tidy(services: Services, now: datetime | None = None) -> None:
    """Forget what has expired; let the clock act on documents; harvest acronyms from what is public."""
    with _acting(services, now) as act:
        people.forget_expired(act)
        move_by_the_clock(act)
        documents.tidy(act)
        repeats.forget(act.session, act.now, services.settings.repeat_days)
        deadlines.tell_of_deadlines(act)
        tasks.remind(act)
        announcements.tell_due(act)
        forgetting.forget(act, services.settings.notice_days)
    with _acting(services, now) as act:
        papers.post_due(act, lambda data: services.blobs.put(BytesIO(data)))
    reminding.tick(services.database, now or clock.now(), LiaisonPractice.of(services.settings))
    chasing.tick(services.database, now or clock.now(), LiaisonPractice.of(services.settings))
    with services.database.reading() as session:
        heads.publish(session, services.settings.heads_file, now or clock.now())
    scanning.rescan(services)
    with services.database.reading() as session:
        found = vocabularies.harvested(session)
    if found is not None:
        with _acting(services) as act:
            words.take_harvest(act, found)


def _tidy_index(services: Services, stop: threading.Event) -> bool:
    """Use an idle moment for the index; whether there was anything. Whatever comes in goes before."""

    def is_quiet() -> bool:
        with services.database.reading() as session:
            return not stop.is_set() and outbox.is_quiet(session, clock.now())

    try:
        return services.search.tidy(is_quiet)
    except (IndexBusy, IndexUnavailable):
        return False


def _all_listeners() -> list[Listener]:
    return list({listener.name: listener for heard in LISTENERS.values() for listener in heard}.values())


def _due_listeners(services: Services, now: datetime) -> list[Listener]:
    """Those for whom something waits, by one look; and the index, which may be missing whatever waits."""
    with services.database.reading() as session:
        due = outbox.due(session, now)
    return [listener for listener in _all_listeners() if listener.name in due or listener is SEARCH]


def _seal(services: Services, now: datetime) -> int:
    total = 0
    while True:
        with services.database.writing() as session:
            sealed = outbox.seal(session, listeners_of, now)
        total += sealed
        if sealed < outbox.SEAL_BATCH:
            return total


def _hear(services: Services, listener: Listener, now: datetime | None) -> int:
    """Tell one listener what is due; returns how many deliveries were heard."""
    if listener is SEARCH and indexing.catch_up(services):
        return 1
    with services.database.writing() as session:
        claimed = outbox.claim(session, listener.name, now or clock.now(), limit=listener.batch)
    if not claimed:
        return 0
    at = now or clock.now()
    if not _told(services, listener, claimed, at) and len(claimed) > 1:
        for one in claimed:
            _told(services, listener, [one], at)
    return len(claimed)


def _told(services: Services, listener: Listener, claimed: Sequence[tuple[Delivery, Entry]], at: datetime) -> bool:
    """Hand over and mark; whether it was heard. One entry that fails is put off, a batch is for the caller to part."""
    try:
        listener.hear(services, [entry for _, entry in claimed])
    except (IndexBusy, IndexUnavailable) as error:
        log.warning("%s: %s", listener.name, error)
        _put_off(services, claimed, str(error), at)
        return True
    except Exception as error:
        log.exception("%s: entries %s", listener.name, [entry.id for _, entry in claimed])
        if len(claimed) == 1:
            _put_off(services, claimed, f"{type(error).__name__}: {error}", at)
        return False
    with services.database.writing() as session:
        outbox.done(session, [delivery.id for delivery, _ in claimed if delivery.id is not None])
    return True


def _put_off(services: Services, claimed: Sequence[tuple[Delivery, Entry]], error: str, at: datetime) -> None:
    with services.database.writing() as session:
        for delivery, _ in claimed:
            outbox.failed(session, session.get_one(Delivery, delivery.id), error, at)


@contextmanager
def _acting(services: Services, now: datetime | None = None) -> Iterator[Act]:
    with services.database.writing() as session:
        yield Act(session, Actor.clock(), now or clock.now())
