"""Join a sitting from afar: whoever takes part is led to its room, with a token of their own where the service knows tokens."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_SIGNED_IN, Closed, NotAllowed, Refusal, missing, refuse
from sgdocs.base.rulebook import rule
from sgdocs.groups import queries as groups
from sgdocs.meetings import entering, queries, rooms
from sgdocs.meetings.models import Meeting, Sitting
from sgdocs.meetings.rooms import LATE, House, Room
from sgdocs.policy import LEADERS, Permission, Scope, may
from sgdocs.web.deps import VIEW_ONLY, Reading, services_of, visitor_of
from sgdocs.web.rooms import HEADERS, house, led_in

pages = APIRouter()
REGISTER = rule("meetings.room-registered", "The room is for those who take part. Register for {meeting} first.")


@pages.get("/meeting/{code}/sitting/{sitting_id}/join")
def join(request: Request, act: Reading, code: str, sitting_id: int) -> Response:
    """303 to the room. NotFound without one, NotAllowed for who does not take part, Closed before and after."""
    meeting = queries.by_code(act, code)
    row = queries.sitting_by_id(act.session, meeting, sitting_id)
    person = visitor_of(request).person
    if visitor_of(request).view is not None:
        raise NotAllowed(VIEW_ONLY)
    if person is None or person.id is None:
        raise NotAllowed(NOT_SIGNED_IN)
    if not queries.presence(act, meeting).sees_links:
        raise NotAllowed(REGISTER, meeting=meeting.code)
    settings = services_of(request).settings
    refuse(Refusal(rooms.CANCELLED) if row.cancelled_at is not None else None, Closed)
    if row.remote_link:
        return RedirectResponse(row.remote_link, 303, headers=HEADERS)
    found = house(settings)
    if found is None or not entering.has_room(act, meeting):
        missing("room", sitting_id)
    early = settings.room_early_minutes
    refuse(rooms.why_not_enter(act.now, row.starts_at, row.ends_at, early_minutes=early, is_cancelled=False), Closed)
    return led_in(found, _room(found, meeting, row), person, act.now, is_moderator=_chairs(act, meeting, row))


def _room(found: House, meeting: Meeting, row: Sitting) -> Room:
    name = rooms.room_name(found, meeting.code, row.id or 0)
    return Room(name, f"{meeting.code}: {row.title}", meeting.code, row.title, row.ends_at + LATE)


def _chairs(act: Act, meeting: Meeting, row: Sitting) -> bool:
    """Who leads the group that sits, or the group whose meeting it is; and whoever convenes it."""
    paths = {groups.by_id(act.session, id).path for id in (row.group_id, meeting.group_id) if id is not None}
    return any(
        act.actor.has_role(*LEADERS, group=path) or may(act.actor, Permission.CONVENE_MEETING, Scope(path))
        for path in paths
    )
