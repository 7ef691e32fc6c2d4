"""The timetable of a meeting as a grid, its conflicts named; and as a file."""

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.groups.queries import officers
from sgdocs.meetings import entering
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.timetable import Session, conflicts, grid
from sgdocs.policy import LEADERS, Permission, Scope, may
from sgdocs.web.agenda_places import Place, place_of, shown
from sgdocs.web.deps import Reading
from sgdocs.web.exports import Export, export

pages = APIRouter()
COLUMNS = {
    "day": "Day",
    "hours": "Hours",
    "zone": "Time zone",
    "title": "Sitting",
    "group": "Group",
    "room": "Room",
}


def sessions_of(act: Act, place: Place) -> list[Session]:
    """The sittings that are held. Three queries."""
    rows = [row for row in meetings.sittings_of(act.session, place.meeting) if row.cancelled_at is None]
    groups = {group.id: group for group in place.groups}
    leaders: dict[int, list[tuple[int, str]]] = {}
    for seat in officers(act.session, [id for id in groups if id is not None], place.meeting.starts_on):
        if seat.appointment.role in LEADERS and seat.appointment.role != "counsellor" and seat.group is not None:
            leaders.setdefault(seat.group.id or 0, []).append((seat.person.id or 0, seat.person.name))
    return [
        Session(
            row.id or 0,
            row.title,
            row.starts_at,
            row.ends_at,
            row.zone,
            row.room,
            row.group_id,
            _above(groups.get(row.group_id)),
            tuple(leaders.get(row.group_id or 0, ())),
        )
        for row in rows
    ]


def _above(group: Group | None) -> frozenset[int]:
    ids = (group.working_party_id, group.parent_id) if group is not None else ()
    return frozenset(id for id in ids if id is not None)


@pages.get("/meeting/{code}/timetable")
def show(request: Request, act: Reading, code: str) -> Response:
    place = place_of(act, code)
    there = place.moved(request, code, "/timetable")
    if there is not None:
        return there
    sessions = sessions_of(act, place)
    return shown(
        request,
        "agenda/timetable.html",
        place,
        tail="/timetable",
        grid=grid(sessions),
        conflicts=conflicts(sessions) if place.may_edit or place.reads_papers else [],
        may_run=may(act.actor, Permission.CONVENE_MEETING, Scope(place.own.path)),
        today=geneva_day(act.now),
        ways=entering.ways_in(act, place.meeting),
    )


@pages.get("/meeting/{code}/timetable.{form}")
def show_as(act: Reading, code: str, form: Export) -> Response:
    place = place_of(act, code)
    labels = {group.id: group.label for group in place.groups}
    rows = [
        {
            "day": each.day,
            "hours": each.hours,
            "zone": each.zone,
            "title": each.title,
            "group": labels.get(each.group_id, ""),
            "room": each.room,
        }
        for each in sessions_of(act, place)
    ]
    return export(form, f"{place.meeting.code} timetable", rows, COLUMNS)
