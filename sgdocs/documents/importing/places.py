"""The meeting a row was for: the one with its code, or, when that was asked for, a past one made from its code."""

import re
from datetime import date

from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound, Refused
from sgdocs.documents.importing.incoming import Incoming, Rejected
from sgdocs.groups import queries as groups
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.actions.convening import convene
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.rules import HELD_BY, MeetingKind
from sgdocs.meetings.schemas import MeetingForm

_CODE = re.compile(
    r"(?P<period>(?P<sector>[TRD])\d\d)-(?P<group>[A-Z0-9.]+)(?:-(?P<question>Q\d{1,2}))?-(?P<day>\d{6})"
)
KINDS = (
    MeetingKind.STUDY_GROUP,
    MeetingKind.WORKING_PARTY,
    MeetingKind.RAPPORTEUR_GROUP,
    MeetingKind.FOCUS_GROUP,
    MeetingKind.JCA,
    MeetingKind.ASSEMBLY,
)


def meeting_of(act: Act, row: Incoming, *, create: bool) -> Meeting:
    """The meeting of the row; Rejected when there is none, and none can or may be made."""
    if not row.meeting:
        raise Rejected("meeting", "", "The code of a meeting; --meeting names one for all rows.")
    try:
        return meetings.by_code(act, row.meeting)
    except NotFound:
        if not create:
            right = "There is no such meeting; --create-meetings makes it from its code."
            raise Rejected("meeting", row.meeting, right) from None
    return _created(act, row)


def _created(act: Act, row: Incoming) -> Meeting:
    """A meeting of the group in the code, from the day in the code to `meeting_ends` of the row, else of one day."""
    found = _CODE.fullmatch(row.meeting)
    if found is None:
        raise Rejected("meeting", row.meeting, "A code such as T25-SG17-250408.")
    path = "/".join(
        (found["sector"], found["group"], *((found["period"], found["question"]) if found["question"] else ()))
    )
    group = groups.find(act.session, path)
    if group is None:
        raise Rejected("meeting", row.meeting, f"There is no group {path}; enter it first.")
    kind = next((kind for kind in KINDS if group.kind in HELD_BY[kind]), MeetingKind.WORKSHOP)
    starts_on = _day(row.meeting, found["day"])
    told = row.raw.get("meeting_ends")
    form = MeetingForm(
        kind=kind,
        group=group.path,
        starts_on=starts_on,
        ends_on=_end(str(told), starts_on) if told else starts_on,
        place=str(row.raw.get("place") or "")[:200],
        is_in_timetable=True,
    )
    try:
        meeting = convene(act, form)
    except Refused as refused:
        raise Rejected("meeting", row.meeting, refused.message) from refused
    if meeting.code != row.meeting:
        raise Rejected("meeting", row.meeting, f"Made from its parts it would be {meeting.code}.")
    return meeting


def _day(code: str, digits: str) -> date:
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        raise Rejected("meeting", code, "A code ends with its first day, as 250408.") from None


def _end(told: str, starts_on: date) -> date:
    try:
        return max(starts_on, date.fromisoformat(told[:10]))
    except ValueError:
        raise Rejected("meeting_ends", told[:40], "A day such as 2025-04-17.") from None
