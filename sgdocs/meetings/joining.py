"""Who may take part in a meeting, and until when one may say so. Pure. Source: domain 5.1, Rec. ITU-T A.1 1.3.2."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.meetings.rules import Format, MeetingStatus

NOT_OPEN = rule("meetings.registration-status", "The meeting is {status}; people register once it is announced.")
EARLY = rule("meetings.registration-early", "Registration opens on {opens_on}, at 00:00 in Geneva.")
LATE = rule("meetings.registration-closed", "Registration closed on {closes_on}, at 23:59 in Geneva.")
ALREADY = rule("meetings.registered-already", "{name} is registered already: {status}.")
MODE = rule("meetings.mode", "This meeting is {format}; take part {right}.", "domain 5.1")
MEMBERS = rule(
    "meetings.members-only",
    "This meeting is for members of the group. Ask the secretariat to be invited as a guest.",
    "domain 1.7, 8.3",
)
DECIDED = rule("meetings.registration-decided", "This registration is {status}; nothing is left to decide.")
REFUSAL_REASON = rule("meetings.refusal-reason", "Say why, for the person who asked.")
GONE = rule("meetings.registration-over", "The meeting is {status}; registrations stay as they are.")


class RegistrationStatus(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"


IN_PERSON, REMOTE = "in-person", "remote"
MODES: Final = {
    Format.PHYSICAL: (IN_PERSON,),
    Format.HYBRID: (IN_PERSON, REMOTE),
    Format.VIRTUAL: (REMOTE,),
}
LIVE: Final = (RegistrationStatus.ASKED, RegistrationStatus.APPROVED)


@dataclass(frozen=True)
class Door:
    """When and how a meeting takes registrations. opens_on, closes_on: Geneva days, None for no limit of its own."""

    status: str
    format: str
    ends_on: date
    opens_on: date | None = None
    closes_on: date | None = None

    @property
    def last_on(self) -> date:
        """The last day on which one can register: until the meeting ends, unless it says otherwise."""
        return self.closes_on or self.ends_on


@dataclass(frozen=True)
class Asker:
    """A person who wants in. is_entitled: reads the papers of the group, or was let in as a guest."""

    name: str
    is_entitled: bool
    registered: str = ""


def why_not_register(door: Door, who: Asker, mode: str, at: datetime, *, is_office: bool = False) -> Refusal | None:
    """None when the person may register. The secretariat may enter people outside the window and non-members."""
    if door.status not in (MeetingStatus.ANNOUNCED, MeetingStatus.OPEN):
        return Refusal(NOT_OPEN, {"status": door.status})
    if not is_office:
        closed = why_closed(door, at)
        if closed is not None:
            return closed
        if not who.is_entitled:
            return Refusal(MEMBERS)
    if who.registered in LIVE:
        return Refusal(ALREADY, {"name": who.name, "status": who.registered})
    modes = MODES[Format(door.format)]
    if mode not in modes:
        return Refusal(MODE, {"format": door.format, "right": " / ".join(modes)}, field="mode")
    return None


def why_closed(door: Door, at: datetime) -> Refusal | None:
    """None while the window is open: whole days in Geneva, the last one to its end."""
    today = geneva_day(at)
    if door.opens_on is not None and today < door.opens_on:
        return Refusal(EARLY, {"opens_on": door.opens_on})
    if today > door.last_on:
        return Refusal(LATE, {"closes_on": door.last_on})
    return None


def why_not_decide(status: str, *, approve: bool, reason: str) -> Refusal | None:
    """None when the registration may be approved or refused; an approval may be taken back with a reason."""
    right = (RegistrationStatus.ASKED, RegistrationStatus.REFUSED if approve else RegistrationStatus.APPROVED)
    if status not in right:
        return Refusal(DECIDED, {"status": status})
    return None if approve or reason else Refusal(REFUSAL_REASON, {}, field="reason")


def why_not_withdraw(status: str, meeting_status: str) -> Refusal | None:
    """None when a registration may be given up: while it is alive and the meeting is not over."""
    if status not in LIVE:
        return Refusal(DECIDED, {"status": status})
    over = meeting_status in (MeetingStatus.CLOSED, MeetingStatus.CANCELLED)
    return Refusal(GONE, {"status": meeting_status}) if over else None
