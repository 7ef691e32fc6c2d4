"""What is asked of events: the list, one with its programme, who takes part, one's own registration."""

from sgdocs.events.listing import EventFilter, EventRow, after, between, for_group, groups_of, listing, row_of
from sgdocs.events.participation import (
    Participant,
    own_registration,
    participants,
    registration_of,
    sees_links,
    taken,
    takes_part,
)
from sgdocs.events.programme import (
    SessionRow,
    TalkRow,
    day_of,
    document_of,
    hours_of,
    local,
    programme,
    session_by_id,
    sessions_of,
    talk_by_id,
    today_in,
)
from sgdocs.events.seeing import by_slug, managed, may_manage, own_id, visible

__all__ = [
    "EventFilter", "EventRow", "Participant", "SessionRow", "TalkRow", "after", "between", "by_slug", "day_of",
    "document_of", "for_group", "groups_of", "hours_of", "listing", "local", "managed", "may_manage", "own_id",
    "own_registration", "participants", "programme", "registration_of", "row_of", "sees_links", "session_by_id",
    "sessions_of", "taken", "takes_part", "talk_by_id", "today_in", "visible",
]  # fmt: skip
