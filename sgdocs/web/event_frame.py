"""What every page of one event shows, and the filters of the list."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.base.text import clean
from sgdocs.events import queries
from sgdocs.events.models import Event, EventRegistration
from sgdocs.events.queries import EventFilter, EventRow
from sgdocs.events.rules import AskState, EventState, Place, why_not_register
from sgdocs.groups import queries as groups
from sgdocs.i18n import N_
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.listing import reach_of
from sgdocs.web import urls
from sgdocs.web.filters import place_of
from sgdocs.web.pages.group_forms import told
from sgdocs.web.render import page

GENEVA: Final = N_("Geneva")
WHENS: Final = {"coming": N_("To come"), "past": N_("Past"), "all": N_("All")}
STATES: Final = {
    EventState.DRAFT: (N_("Draft"), "needs"),
    EventState.ANNOUNCED: (N_("Announced"), "force"),
    EventState.CANCELLED: (N_("Cancelled"), "stopped"),
}
PLACES: Final = {
    Place.REGISTERED: (N_("Registered"), "force"),
    Place.WAITING: (N_("Waits for a place"), "needs"),
    Place.CANCELLED: (N_("Given up"), "past"),
}
ASKS: Final = {
    AskState.ASKED: (N_("Waits for an answer"), "needs"),
    AskState.ACCEPTED: (N_("Accepted"), "force"),
    AskState.DECLINED: (N_("Declined"), "stopped"),
    AskState.WITHDRAWN: (N_("Taken back"), "past"),
}


@dataclass(frozen=True)
class Wanted:
    """The filters of the list as they stand in its address."""

    when: str = "coming"
    q: str = ""
    group: str = ""
    meeting: str = ""
    mine: bool = False

    @property
    def query(self) -> str:
        return self.address("").removeprefix("?")

    def address(self, path: str = "/event", number: int = 1) -> str:
        told = {"when": self.when if self.when != "coming" else "", "q": self.q, "group": self.group}
        more = {"meeting": self.meeting, "mine": "1" if self.mine else "", "page": number if number > 1 else None}
        return urls.with_query(path, **told, **more)

    def filter(self, act: Act) -> EventFilter:
        """Invalid for a group that there is not, NotFound for a meeting. Up to four queries."""
        ids = None
        if self.group:
            found = groups.find(act.session, self.group)
            found = found or next(iter(groups.resolve(act.session, self.group, geneva_day(act.now))), None)
            ids = (
                reach_of(act.session, found) if found else invalid("group", self.group, "The address of a group: SG15.")
            )
        meeting = meetings.by_code(act, self.meeting) if self.meeting else None
        return EventFilter(self.when, self.q, ids, meeting.id if meeting else None, self.mine)


def wanted(
    when: Annotated[str, Query(max_length=10, description="coming, past, all")] = "coming",
    q: Annotated[str, Query(max_length=200)] = "",
    group: Annotated[str, Query(max_length=120, description="SG13, Q2/13; its parts count too")] = "",
    meeting: Annotated[str, Query(max_length=80, description="code of the meeting beside which it is held")] = "",
    mine: Annotated[str, Query(max_length=5, description="1: what I registered for")] = "",
) -> Wanted:
    if when and when not in WHENS:
        invalid("when", when, ", ".join(WHENS) + ".")
    return Wanted(when or "coming", clean(q), clean(group), clean(meeting), mine in ("1", "true", "on", "yes"))


Asking = Annotated[Wanted, Depends(wanted)]


def has_room(act: Act, event: Event) -> bool:
    """On the net: an address that was given, or one of the service that has them."""
    return bool(event.join_link) or (event.has_room and act.has_rooms)


@dataclass(frozen=True)
class EventPage:
    """One event for its reader. mine: their registration, None without one; is_open: whether one may register now;
    has_room: on the net, for those who see links."""

    row: EventRow
    mine: EventRegistration | None
    may_manage: bool
    sees_links: bool
    is_open: bool
    has_room: bool

    @property
    def address(self) -> str:
        return urls.event(self.row.event.slug)

    @property
    def has_place(self) -> bool:
        return self.mine is not None and self.mine.status == Place.REGISTERED


def frame_of(act: Act, event: Event) -> EventPage:
    own = queries.own_registration(act, event)
    live = own if own is not None and own.status != Place.CANCELLED else None
    refusal = why_not_register(
        EventState(event.state), event.ends_on, event.register_until, queries.today_in(event, act.now)
    )
    manages = queries.may_manage(act, event)
    return EventPage(
        queries.row_of(act, event), live, manages, queries.sees_links(act, event), refusal is None, has_room(act, event)
    )


def framed(request: Request, act: Act, event: Event, template: str, *, status: int = 200, **more: Any) -> Response:
    """A page with the head of one event; it extends `events/_frame.html`."""
    it = frame_of(act, event)
    words: dict[str, Any] = {"states": STATES, "places": PLACES, "ask_states": ASKS}
    zone = told(request, GENEVA) if event.zone == "Europe/Zurich" else place_of(event.zone)
    return page(request, template, status=status, it=it, event=event, zone_name=zone, **words, **more)
