"""An agenda as a calendar: the sittings of a group with the items that are taken in each."""

from sgdocs.base.act import Act
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.agenda import GroupAgenda
from sgdocs.meetings.calendar import Happening, calendar_of
from sgdocs.meetings.models import Sitting
from sgdocs.web.agenda_places import Place


def feed_of(act: Act, place: Place, agenda: GroupAgenda, public_url: str) -> bytes:
    """Sittings of the chosen group and of the whole meeting; the sequence grows with both agenda and sitting.

    Remote links are left out: the calendar of the meeting has them for those who may.
    """
    rows = [
        sitting
        for sitting in meetings.sittings_of(act.session, place.meeting)
        if sitting.group_id in (None, place.chosen.id) or _items(agenda, sitting)
    ]
    name = f"{place.meeting.code} {place.chosen.label}"
    return calendar_of(name, [_happening(place, agenda, sitting, public_url) for sitting in rows])


def _happening(place: Place, agenda: GroupAgenda, sitting: Sitting, public_url: str) -> Happening:
    return Happening(
        uid=f"agenda-{place.chosen.id}-sitting-{sitting.id}",
        title=f"{place.chosen.label}: {sitting.title}",
        starts=sitting.starts_at,
        ends=sitting.ends_at,
        changed_at=place.meeting.changed_at,
        zone=sitting.zone,
        sequence=sitting.sequence + agenda.sequence,
        is_cancelled=sitting.cancelled_at is not None,
        place=sitting.room,
        text="\n".join(_items(agenda, sitting)),
        address=public_url + place.at("/agenda"),
    )


def _items(agenda: GroupAgenda, sitting: Sitting) -> list[str]:
    return [f"{row.number} {row.item.title}" for row in agenda.rows if row.item.sitting_id == sitting.id]
