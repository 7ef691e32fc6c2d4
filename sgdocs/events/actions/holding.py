"""Draft an event, change it, announce it, cancel it. Rooms on the net never stand in the journal."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col, delete, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import CHANGED, Conflict, Invalid, Refusal, invalid, refuse
from sgdocs.base.text import slug
from sgdocs.events import queries, rules
from sgdocs.events.actions.joining import fill_places
from sgdocs.events.models import Event, EventGroup, EventSession
from sgdocs.events.rules import EventState, Plan
from sgdocs.events.schemas import EventForm
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audience_of
from sgdocs.journal.record import record
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.rules import ZONE, zones
from sgdocs.policy import Permission, Scope, require

PUBLIC = "public"
KEPT = (
    "title", "text", "place", "zone", "starts_on", "ends_on", "capacity", "register_until", "join_link", "has_room",
)  # fmt: skip
"""Of the form, as they are."""


def draft(act: Act, form: EventForm) -> Event:
    """An event that its managers alone see. Whoever leads the group, its counsellor, the secretariat."""
    group = _group(act, form.group, "group")
    require(act.actor, Permission.MANAGE_EVENT, Scope(group.path))
    event = Event(
        slug=_free_slug(act, form), title=form.title, starts_on=form.starts_on, ends_on=form.ends_on,
        group_id=group.id or 0, audience=PUBLIC, made_by=act.actor.person_id, made_at=act.now, changed_at=act.now,
    )  # fmt: skip
    _fill(act, event, group, form)
    note(act, "events.drafted", event, title=event.title)
    return event


def edit(act: Act, event: Event, form: EventForm) -> Event:
    """Other words, days, readers. Conflict when somebody changed it since `form.version`; its address stays."""
    permit(act, event)
    group = _group(act, form.group, "group")
    require(act.actor, Permission.MANAGE_EVENT, Scope(group.path))
    if form.version is not None and form.version != event.version:
        raise Conflict(CHANGED)
    if event.state == EventState.ANNOUNCED:
        refuse(None if form.place or form.join_link or form.has_room else Refusal(rules.PLACE, field="place"), Invalid)
    _fill(act, event, group, form)
    event.version, event.changed_at = event.version + 1, act.now
    note(act, "events.edited", event, title=event.title, starts_on=str(event.starts_on), ends_on=str(event.ends_on))
    fill_places(act, event)
    return event


def announce(act: Act, event: Event) -> Event:
    """Everybody in its audience reads it; whoever may read it can register."""
    return _move(act, event, EventState.ANNOUNCED)


def cancel(act: Act, event: Event, reason: str) -> Event:
    """It is not held. Those who registered hear of it; the page stays."""
    return _move(act, event, EventState.CANCELLED, reason)


def permit(act: Act, event: Event) -> None:
    """NotAllowed for who does not manage it; Conflict when it is cancelled. Who changes it at once stands in a queue."""
    act.session.refresh(event, with_for_update=True)
    group = groups.by_id(act.session, event.group_id)
    require(act.actor, Permission.MANAGE_EVENT, Scope(group.path))
    if event.state == EventState.CANCELLED:
        raise Conflict(rules.CANCELLED)


def touched(act: Act, event: Event) -> None:
    """Calendars hear of a change."""
    event.version, event.changed_at = event.version + 1, act.now
    act.session.add(event)


def note(act: Act, verb: str, event: Event, **facts: Any) -> None:
    """Of a draft only the secretariat reads; of what is announced, whoever may read the event."""
    audience = "secretariat" if event.state == EventState.DRAFT else event.audience
    told = {name: value for name, value in facts.items() if value not in ("", None)}
    record(act, verb, event, group_id=event.group_id, audience=audience, **told)


def _move(act: Act, event: Event, to: EventState, reason: str = "") -> Event:
    group = groups.by_id(act.session, event.group_id)
    require(act.actor, Permission.MANAGE_EVENT, Scope(group.path))
    state, is_placed = EventState(event.state), bool(event.place or event.join_link or event.has_room)
    refusal = rules.why_not_move(state, to, is_placed=is_placed, reason=reason)
    refuse(refusal, Invalid if refusal and refusal.field else Conflict)
    values = {"state": to.value, "reason": reason.strip(), "version": event.version + 1, "changed_at": act.now}
    moved = update(Event).where(col(Event.id) == event.id, col(Event.state) == state.value).values(**values)
    if act.session.connection().execute(moved).rowcount != 1:
        raise Conflict(CHANGED)
    act.session.refresh(event)
    note(act, f"events.{to.value}", event, title=event.title, reason=reason)
    return event


def _fill(act: Act, event: Event, group: Group, form: EventForm) -> None:
    """Everything that a form says, after it was found right."""
    refuse(Refusal(ZONE, {"zone": form.zone}, field="zone") if form.zone not in zones() else None, Invalid)
    taken = queries.taken(act.session, event) if event.id else 0
    plan = Plan(form.starts_on, form.ends_on, form.register_until, form.capacity, taken, form.join_link)
    refuse(rules.why_not_keep(plan), Invalid)
    meeting = meetings.by_code(act, form.meeting) if form.meeting else None
    about = [_group(act, word, "groups") for word in _words(form.groups)]
    for name in KEPT:
        setattr(event, name, getattr(form, name))
    event.group_id, event.meeting_id = group.id or 0, meeting.id if meeting else None
    event.audience = PUBLIC if form.readers == "public" else audience_of(act.session, group)
    act.session.add(event)
    act.session.flush()
    _require_sessions_fit(act, event)
    act.session.exec(delete(EventGroup).where(col(EventGroup.event_id) == event.id))
    for id in {each.id or 0 for each in about}:
        act.session.add(EventGroup(event_id=event.id or 0, group_id=id))
    act.session.flush()


def _require_sessions_fit(act: Act, event: Event) -> None:
    """Invalid when the new days leave out a session that is in the programme."""
    for each in queries.programme(act, event):
        part: EventSession = each.session
        refusal = rules.why_not_sit(
            each.on, part.starts_at, part.ends_at, first=event.starts_on, last=event.ends_on, zone=event.zone
        )
        refuse(Refusal(refusal.rule, refusal.facts, field="ends_on") if refusal else None, Invalid)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _group(act: Act, words: str, field: str) -> Group:
    """By path or by the code that people write: `T/SG15/T25/Q2`, `Q2/15`. Invalid names the field."""
    found = groups.find(act.session, words) or next(iter(groups.resolve(act.session, words, geneva_day(act.now))), None)
    return found or invalid(field, words, "The address of a group: SG15, Q2/15.")


def _free_slug(act: Act, form: EventForm) -> str:
    """Words of the title with the year, and a number when that is taken."""
    bare = f"{slug(form.title)[:60].strip('-') or 'event'}-{form.starts_on.year}"
    known = set(act.session.exec(select(Event.slug).where(col(Event.slug).startswith(bare, autoescape=True))))
    numbered = (f"{bare}-{n}" for n in range(2, len(known) + 3))
    return next(each for each in (bare, *numbered) if each not in known and each != "new")
