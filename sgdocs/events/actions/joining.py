"""Register for an event, change what one agreed to, give the place back. Places are given in the order of asking."""

from typing import Any

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, refuse
from sgdocs.events import queries, rules
from sgdocs.events.actions.meeting import close_open_asks
from sgdocs.events.models import Event, EventRegistration
from sgdocs.events.rules import EventState, Place
from sgdocs.events.schemas import JoinForm
from sgdocs.journal.record import record
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope, require


def join(act: Act, event: Event, person: Person, form: JoinForm) -> EventRegistration:
    """Register, or change what one agreed to. Without a free place one waits, and hears when there is one.

    Who no longer wants to be suggested is named to nobody from this moment; open wishes to meet are taken back.
    """
    require(act.actor, Permission.JOIN_EVENT, Scope(owner_id=person.id))
    _lock(act, event)
    row = queries.registration_of(act.session, event, person.id)
    if row is not None and row.status != Place.CANCELLED:
        return _change(act, event, row, form)
    today = queries.today_in(event, act.now)
    refuse(rules.why_not_register(EventState(event.state), event.ends_on, event.register_until, today))
    fill_places(act, event)
    row = row or EventRegistration(
        event_id=event.id or 0, person_id=person.id or 0, status="", asked_at=act.now, changed_at=act.now
    )
    is_free = event.capacity is None or queries.taken(act.session, event) < event.capacity
    row.status, row.asked_at = (Place.REGISTERED if is_free else Place.WAITING).value, act.now
    _fill(act, row, form)
    _note(act, "events.registered", event, row, status=row.status)
    return row


def leave(act: Act, event: Event, person: Person) -> None:
    """The place goes to who waits the longest."""
    require(act.actor, Permission.JOIN_EVENT, Scope(owner_id=person.id))
    _lock(act, event)
    row = queries.registration_of(act.session, event, person.id)
    if row is None or row.status == Place.CANCELLED:
        raise Conflict(rules.NOT_REGISTERED)
    row.status = Place.CANCELLED.value
    _fill(act, row, JoinForm())
    close_open_asks(act, event, row.person_id)
    _note(act, "events.left", event, row)
    fill_places(act, event)


def fill_places(act: Act, event: Event) -> list[EventRegistration]:
    """Give free places to those who wait, the longest first; each hears of it. Nobody comes in when it is cancelled."""
    if event.state != EventState.ANNOUNCED:
        return []
    _lock(act, event)
    waiting = select(EventRegistration).where(
        EventRegistration.event_id == event.id, EventRegistration.status == Place.WAITING.value
    )
    rows = list(act.session.exec(waiting.order_by(col(EventRegistration.asked_at), col(EventRegistration.id))))
    free = len(rows) if event.capacity is None else max(0, event.capacity - queries.taken(act.session, event))
    for row in rows[:free]:
        row.status, row.changed_at = Place.REGISTERED.value, act.now
        act.session.add(row)
        act.session.flush()
        _note(act, "events.place-given", event, row)
    return rows[:free]


def _change(act: Act, event: Event, row: EventRegistration, form: JoinForm) -> EventRegistration:
    ends = row.wants_matching and not form.wants_matching
    _fill(act, row, form)
    if ends:
        close_open_asks(act, event, row.person_id)
    _note(act, "events.wishes-set", event, row)
    return row


def _fill(act: Act, row: EventRegistration, form: JoinForm) -> None:
    row.is_listed, row.wants_matching, row.fields = form.is_listed, form.wants_matching, form.fields
    row.changed_at = act.now
    act.session.add(row)
    act.session.flush()


def _lock(act: Act, event: Event) -> None:
    """Two who ask for the last place at once stand in a queue: SQLite's writers do anyway."""
    act.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())


def _note(act: Act, verb: str, event: Event, row: EventRegistration, **facts: Any) -> None:
    """Who takes part is for the person alone; the list says who agreed to stand in it."""
    record(act, verb, row, group_id=event.group_id, audience=f"person:{row.person_id}", title=event.title, **facts)
