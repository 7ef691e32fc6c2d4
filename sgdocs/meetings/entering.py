"""The way into a sitting from afar: a link that was given to it, else its room on the network. Who may have it asks `presence`."""

from urllib.parse import quote

from sgdocs.base.act import Act
from sgdocs.meetings import queries
from sgdocs.meetings.models import Meeting, Sitting
from sgdocs.meetings.rules import Format


def way_to(act: Act, meeting: Meeting, row: Sitting) -> str:
    """Where a participant clicks; "" where there is no way. It bears no secret: the room is asked for by whoever follows it."""
    if row.remote_link or not has_room(act, meeting):
        return row.remote_link
    return f"{act.site.rstrip('/')}/meeting/{quote(meeting.code)}/sitting/{row.id}/join"


def ways_in(act: Act, meeting: Meeting) -> dict[int, str]:
    """By id of the sitting: the way into those that are not over, for those alone who may have it. Costs up to three queries."""
    if not act.actor.is_known or not queries.presence(act, meeting).sees_links:
        return {}
    to_come = [s for s in queries.sittings_of(act.session, meeting) if s.cancelled_at is None and s.ends_at >= act.now]
    return {s.id or 0: way for s in to_come if (way := way_to(act, meeting, s))}


def has_room(act: Act, meeting: Meeting) -> bool:
    """Where everybody sits in one place nobody joins from afar."""
    return act.has_rooms and meeting.format != Format.PHYSICAL
