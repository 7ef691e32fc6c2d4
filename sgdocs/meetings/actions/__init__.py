"""Everything that changes meetings, their sittings and deadlines, who takes part, and keys of calendars."""

from sgdocs.meetings.actions.calendars import (
    USED_EVERY,
    calendars_of,
    end_calendar,
    make_calendar,
    mark_calendar_used,
)
from sgdocs.meetings.actions.convening import convene, edit
from sgdocs.meetings.actions.deadlines import lift_override, override_deadline
from sgdocs.meetings.actions.moving import announce, cancel, close, move_by_the_clock, open_meeting
from sgdocs.meetings.actions.registrations import (
    cancel_registration,
    decide_registration,
    register,
    registration_to_decide,
)
from sgdocs.meetings.actions.sittings import cancel_sitting, edit_sitting, hold_sitting

__all__ = [
    "USED_EVERY",
    "announce",
    "calendars_of",
    "cancel",
    "cancel_registration",
    "cancel_sitting",
    "close",
    "convene",
    "decide_registration",
    "edit",
    "edit_sitting",
    "end_calendar",
    "hold_sitting",
    "lift_override",
    "make_calendar",
    "mark_calendar_used",
    "move_by_the_clock",
    "open_meeting",
    "override_deadline",
    "register",
    "registration_to_decide",
]
