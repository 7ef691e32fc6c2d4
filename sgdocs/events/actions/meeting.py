"""Ask a participant to meet, answer, take the wish back. Between the two alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, update
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, missing, refuse
from sgdocs.events import matching, rules
from sgdocs.events.models import Event, EventAsk
from sgdocs.events.rules import AskState
from sgdocs.events.schemas import AnswerForm, AskForm
from sgdocs.journal.record import record
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope, require

STANDING = (AskState.ASKED.value, AskState.ACCEPTED.value)


def ask(act: Act, event: Event, person: Person, form: AskForm) -> EventAsk:
    """person: who asks. NotFound for somebody who does not want to be suggested, as for somebody who is not there."""
    require(act.actor, Permission.JOIN_EVENT, Scope(owner_id=person.id))
    if event.state != rules.EventState.ANNOUNCED:
        raise Conflict(rules.CANCELLED)
    wants = matching.wants(act, event)
    other = act.session.exec(select(Person).where(Person.slug == form.to)).first() if wants else None
    refuse(rules.why_not_ask(wants=wants, has_open=False, open_asks=0))
    if other is None or not matching.may_be_asked(act, event, other):
        missing("participant", form.to)
    _lock(act, event)
    has_open, is_over = _stands_between(act, event, person, other), rules.is_over(_states(act, event, person, other))
    open_asks = _open_asks(act, event, person)
    refuse(rules.why_not_ask(wants=True, has_open=has_open, open_asks=open_asks, is_over=is_over))
    row = EventAsk(
        event_id=event.id or 0,
        person_id=person.id or 0,
        to_id=other.id or 0,
        text=form.text,
        proposed_at=_instant(event, form.proposed_at),
        place=form.place,
        asked_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    _note(act, "events.asked", event, row, row.to_id)
    return row


def answer(act: Act, event: Event, row: EventAsk, form: AnswerForm) -> EventAsk:
    """Accept or decline; with another time, when one is given. Only who was asked."""
    require(act.actor, Permission.JOIN_EVENT, Scope(owner_id=row.to_id))
    to = AskState.ACCEPTED if form.accept else AskState.DECLINED
    at = _instant(event, form.proposed_at) or row.proposed_at
    _close(act, row, to, answer=form.answer, proposed_at=at)
    _note(act, f"events.ask-{to.value}", event, row, row.person_id)
    return row


def take_back(act: Act, event: Event, row: EventAsk) -> None:
    """Only who asked."""
    require(act.actor, Permission.JOIN_EVENT, Scope(owner_id=row.person_id))
    _close(act, row, AskState.WITHDRAWN)
    _note(act, "events.ask-withdrawn", event, row, row.person_id)


def ask_of(act: Act, event: Event, id: int) -> EventAsk:
    """One of the actor's own, either way, or NotFound."""
    row, own = act.session.get(EventAsk, id), act.actor.person_id
    if row is None or row.event_id != event.id or own is None or own not in (row.person_id, row.to_id):
        missing("wish to meet", id)
    return row


def close_open_asks(act: Act, event: Event, person_id: int) -> None:
    """Of somebody who does not want to be suggested any more: what is open either way ends. What was agreed stays."""
    either = or_(col(EventAsk.person_id) == person_id, col(EventAsk.to_id) == person_id)
    of_event = (col(EventAsk.event_id) == event.id, col(EventAsk.state) == AskState.ASKED.value, either)
    ended = update(EventAsk).where(*of_event).values(state=AskState.WITHDRAWN.value, answered_at=act.now)
    act.session.execute(ended, execution_options={"synchronize_session": "fetch"})


def _close(act: Act, row: EventAsk, to: AskState, **values: object) -> None:
    """Two answers at once: the second is a Conflict."""
    moved = update(EventAsk).where(col(EventAsk.id) == row.id, col(EventAsk.state) == AskState.ASKED.value)
    told = {"state": to.value, "answered_at": act.now, **values}
    if act.session.connection().execute(moved.values(**told)).rowcount != 1:
        act.session.refresh(row)
        raise Conflict(rules.NOT_OPEN_ASK, state=row.state)
    act.session.refresh(row)


def _instant(event: Event, local: datetime | None) -> datetime | None:
    """A time as it was typed is that of the event's place."""
    if local is None:
        return None
    return local if local.tzinfo else local.replace(tzinfo=ZoneInfo(event.zone))


def _open_asks(act: Act, event: Event, person: Person) -> int:
    found = select(func.count()).select_from(EventAsk)
    own = (EventAsk.event_id == event.id, EventAsk.person_id == person.id, EventAsk.state == AskState.ASKED.value)
    return act.session.exec(found.where(*own)).one()


def _states(act: Act, event: Event, person: Person, other: Person) -> list[str]:
    """Of what the one asked the other."""
    pair = (EventAsk.event_id == event.id, EventAsk.person_id == person.id, EventAsk.to_id == other.id)
    return list(act.session.exec(select(EventAsk.state).where(*pair)))


def _stands_between(act: Act, event: Event, one: Person, other: Person) -> bool:
    pair = [one.id, other.id]
    found = select(EventAsk.id).where(
        EventAsk.event_id == event.id,
        col(EventAsk.person_id).in_(pair),
        col(EventAsk.to_id).in_(pair),
        col(EventAsk.state).in_(STANDING),
    )
    return act.session.exec(found).first() is not None


def _lock(act: Act, event: Event) -> None:
    act.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())


def _note(act: Act, verb: str, event: Event, row: EventAsk, reader: int) -> None:
    """One entry, read by the one who is to hear of it."""
    record(act, verb, row, group_id=event.group_id, audience=f"person:{reader}", title=event.title)
