"""Words and rules of events: what may be announced, who gets a place, who is suggested to whom. Pure. Source: domain 5.5."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

SOURCE: Final = "domain 5.5"
DAYS = rule("events.days", "The last day is not before the first, and at most {most} days after it.", SOURCE)
LATE_CLOSE = rule("events.register-until", "Registration ends by the last day of the event.", SOURCE)
PLACE = rule("events.place", "Say where it is held, or give the room on the net, before it is announced.", SOURCE)
STATE = rule("events.state", "The event is {state}; from there it cannot become {to}.", SOURCE)
REASON = rule("events.reason", "Say why it is cancelled; those who registered read it.", SOURCE)
CANCELLED = rule("events.cancelled", "The event is cancelled; it stays as it was.", SOURCE)
LINK = rule("events.link", "The address of a room begins with https://.", SOURCE)
CAPACITY = rule("events.capacity", "{taken} people have a place; there cannot be fewer places than that.", SOURCE)
SESSION_DAYS = rule("events.session-day", "A session is on a day of the event, {first} to {last} in {zone}.", SOURCE)
SESSION_HOURS = rule("events.session-hours", "A session ends after it begins.", SOURCE)
TALKS_LONG = rule("events.talks-long", "The talks last {minutes} minutes; the session is over before that.", SOURCE)
NOT_OPEN = rule(
    "events.registration-closed",
    "Nobody can register: the event is {state}, or its registration ended on {until}.",
    SOURCE,
)
REGISTERED = rule("events.registered", "You are registered already, or wait for a place.", SOURCE)
NOT_REGISTERED = rule("events.not-registered", "You are not registered.", SOURCE)
OPT_IN = rule(
    "events.opt-in",
    "Register, and say that you want to be suggested to others, before you ask somebody to meet.",
    SOURCE,
)
ASKED = rule("events.asked-already", "One of you has asked the other already, and it is open or agreed.", SOURCE)
AGAIN = rule(
    "events.asked-before",
    "This person declined, or you took your wish back {most} times. Leave it to them to ask you.",
    SOURCE,
)
TOO_MANY = rule(
    "events.asks-number", "{most} of your wishes to meet are open; wait for answers or take one back.", SOURCE
)
NOT_OPEN_ASK = rule("events.ask-closed", "It is {state} already.", SOURCE)

LONGEST: Final = 60
"""Days."""
MOST_TAKEN_BACK: Final = 3
MOST_ASKS: Final = 20
"""Open wishes of one person at one event: nobody is pestered by a list."""


class EventState(StrEnum):
    """A draft is for those who manage it."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


class Place(StrEnum):
    """Whether somebody takes part."""

    REGISTERED = "registered"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class AskState(StrEnum):
    """What became of the wish to meet somebody."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


MOVES: Final[Mapping[EventState, tuple[EventState, ...]]] = {
    EventState.DRAFT: (EventState.ANNOUNCED,),
    EventState.ANNOUNCED: (EventState.CANCELLED,),
    EventState.CANCELLED: (),
}


@dataclass(frozen=True)
class Plan:
    """What is said of an event before it is kept. taken: places that are given."""

    starts_on: date
    ends_on: date
    register_until: date | None = None
    capacity: int | None = None
    taken: int = 0
    join_link: str = ""


def why_not_keep(plan: Plan) -> Refusal | None:
    """What stands against the plan, with the field."""
    if not 0 <= (plan.ends_on - plan.starts_on).days <= LONGEST:
        return Refusal(DAYS, {"most": LONGEST}, field="ends_on")
    if plan.register_until is not None and plan.register_until > plan.ends_on:
        return Refusal(LATE_CLOSE, field="register_until")
    if plan.capacity is not None and plan.capacity < plan.taken:
        return Refusal(CAPACITY, {"taken": plan.taken}, field="capacity")
    return why_not_link(plan.join_link)


def why_not_link(address: str) -> Refusal | None:
    """An address of a room is one of the web, over TLS."""
    try:
        told = urlsplit(address)
        is_good = not address or (told.scheme == "https" and bool(told.hostname))
    except ValueError:
        is_good = False
    return None if is_good else Refusal(LINK, field="join_link")


def why_not_move(state: EventState, to: EventState, *, is_placed: bool, reason: str = "") -> Refusal | None:
    if to not in MOVES[state]:
        return Refusal(STATE, {"state": state.value, "to": to.value})
    if to is EventState.ANNOUNCED and not is_placed:
        return Refusal(PLACE, field="place")
    if to is EventState.CANCELLED and not reason.strip():
        return Refusal(REASON, field="reason")
    return None


def why_not_sit(
    on: date, starts_at: datetime, ends_at: datetime, *, first: date, last: date, zone: str, talk_minutes: int = 0
) -> Refusal | None:
    """on: day of the session in the zone of the event; talk_minutes: of the talks that it has."""
    if not first <= on <= last:
        return Refusal(SESSION_DAYS, {"first": first, "last": last, "zone": zone}, field="on")
    if ends_at <= starts_at:
        return Refusal(SESSION_HOURS, field="until")
    if (ends_at - starts_at).total_seconds() < talk_minutes * 60:
        return Refusal(TALKS_LONG, {"minutes": talk_minutes}, field="minutes")
    return None


def why_not_register(state: EventState, ends_on: date, register_until: date | None, today: date) -> Refusal | None:
    """The last day of registration counts whole, in the zone of the event; without one it is the last of the event."""
    until = register_until or ends_on
    if state is EventState.ANNOUNCED and today <= until:
        return None
    return Refusal(NOT_OPEN, {"state": state.value, "until": until})


# Who is suggested to whom


@dataclass(frozen=True)
class Profile:
    """What somebody who wants to be suggested works on. questions, items: ids -> label; fields: folded -> as written."""

    person_id: int
    questions: Mapping[int, str]
    items: Mapping[int, str]
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Shared:
    """What two people have in common: the reason of a suggestion."""

    questions: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """A work item ties closer than a Question, a Question closer than a word."""
        return 3 * len(self.items) + 2 * len(self.questions) + len(self.fields)


def shared(one: Profile, other: Profile) -> Shared:
    """In the words of `one`."""
    return Shared(_both(one.questions, other.questions), _both(one.items, other.items), _both(one.fields, other.fields))


def _both(own: Mapping[int, str] | Mapping[str, str], other: Iterable[object]) -> tuple[str, ...]:
    known = set(other)
    return tuple(sorted(word for key, word in own.items() if key in known))


def suggestions(own: Profile, others: Iterable[Profile]) -> list[tuple[int, Shared]]:
    """Who shares something, by id of the person, the closest first; nobody without a reason, never oneself."""
    found = [(each.person_id, shared(own, each)) for each in others if each.person_id != own.person_id]
    return sorted(((id, why) for id, why in found if why.weight), key=lambda row: (-row[1].weight, row[0]))


def why_not_ask(*, wants: bool, has_open: bool, open_asks: int, is_over: bool = False) -> Refusal | None:
    """wants: the one who asks wants to be suggested too; has_open: between the two, either way; is_over: see `is_over`."""
    if not wants:
        return Refusal(OPT_IN)
    if has_open:
        return Refusal(ASKED)
    if is_over:
        return Refusal(AGAIN, {"most": MOST_TAKEN_BACK})
    return Refusal(TOO_MANY, {"most": MOST_ASKS}) if open_asks >= MOST_ASKS else None


def is_over(states: Sequence[str]) -> bool:
    """states: of what one person asked another at an event. Who was declined, or asks and takes back, asks no more."""
    return AskState.DECLINED in states or states.count(AskState.WITHDRAWN) >= MOST_TAKEN_BACK
