"""Vocabulary of meetings, who meets in which way, and how a meeting moves on. Pure. Source: domain 5.1."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.groups.rules import ENDED, GroupKind
from sgdocs.meetings.deadlines import Deadline, MeetingFacts, deadlines_of, latest_letter, months_before

__all__ = ["Deadline", "MeetingFacts", "deadlines_of"]

A1 = "Rec. ITU-T A.1 (09/2019)"
KIND = rule("meetings.kind", "A meeting of this kind is held by {right}.", "domain 5.1")
DAYS = rule("meetings.days-in-order", "The last day, {ends_on}, lies before the first, {starts_on}.")
OLD = rule(
    "meetings.begun-already", "This meeting would have begun on {starts_on}; only the secretariat enters past meetings."
)
PARENT = rule(
    "meetings.parent",
    "{code} is no meeting that this one can report to: it is a meeting of the group above, not yet over.",
    f"{A1} 2.3.3.10",
)
WINDOW = rule("meetings.window-in-order", "Registration would close on {closes_on}, before it opens on {opens_on}.")
STATUS = rule("meetings.status", "The meeting is {status}; this is possible while it is {right}.", "domain 5.1")
PLACE = rule("meetings.place-missing", "Say where people meet before the meeting is announced.", f"{A1} 1.3.2")
NOT_YET = rule("meetings.not-yet", "The meeting begins on {starts_on}; it cannot be open or closed before.")
NOT_OVER = rule("meetings.is-over", "The meeting ended on {ends_on}; it is not opened again.")
REASON = rule("meetings.reason", "Say why, for the people who planned to come.", f"{A1} 1.3.3")
LEAD = rule(
    "meetings.lead-time",
    "The letter should have gone out by {latest_on} ({clause}). Confirm if it is to be so.",
    "domain 5.1 (a warning, not a bar)",
    settings=("r_lead_months", "focus_group_lead_days", "workshop_lead_days", "extra_meeting_lead_days"),
)
CLOSE = rule(
    "meetings.six-months",
    "{code} is less than six months away; documents may not be complete. Confirm if it is to be so.",
    f"{A1} 1.1.2 (a warning, not a bar)",
)
ZONE = rule("meetings.zone", "“{zone}” is no time zone; right would be Europe/Zurich or Asia/Seoul.")
SITTING_DAY = rule("meetings.sitting-day", "A sitting lies within the days of the meeting, {starts_on} to {ends_on}.")
SITTING_ORDER = rule("meetings.sitting-order", "The sitting ends before it begins.")
SITTING_HOUR = rule(
    "meetings.sitting-hour", "There is no {at} in {zone} on {on}: clocks go forward. Choose another time."
)


class MeetingKind(StrEnum):
    """Sorts of meetings. Source: domain 5.1."""

    STUDY_GROUP = "study-group"
    WORKING_PARTY = "working-party"
    EXTRA = "extra-meeting"
    RAPPORTEUR_GROUP = "rapporteur-group"
    E_MEETING = "e-meeting"
    JCA = "jca"
    FOCUS_GROUP = "focus-group"
    WORKSHOP = "workshop"
    ASSEMBLY = "assembly"


class MeetingStatus(StrEnum):
    """Source: domain 5.1."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Format(StrEnum):
    PHYSICAL = "physical"
    HYBRID = "hybrid"
    VIRTUAL = "virtual"


K, G, S = MeetingKind, GroupKind, MeetingStatus
_EXPERTS = (
    G.QUESTION,
    G.RAPPORTEUR_GROUP,
    G.JOINT_GROUP,
    G.IRG,
    G.CORRESPONDENCE,
    G.AD_HOC,
    G.COLLABORATIVE_TEAM,
    G.REGIONAL_GROUP,
)
HELD_BY: Final[Mapping[MeetingKind, tuple[GroupKind, ...]]] = {
    K.STUDY_GROUP: (G.STUDY_GROUP, G.ADVISORY_GROUP, G.REGIONAL_GROUP),
    K.WORKING_PARTY: (G.WORKING_PARTY, G.TASK_GROUP),
    K.EXTRA: (G.STUDY_GROUP, G.ADVISORY_GROUP, G.WORKING_PARTY),
    K.RAPPORTEUR_GROUP: _EXPERTS,
    K.E_MEETING: (*_EXPERTS, G.WORKING_PARTY, G.STUDY_GROUP, G.ADVISORY_GROUP),
    K.JCA: (G.JCA,),
    K.FOCUS_GROUP: (G.FOCUS_GROUP,),
    K.WORKSHOP: tuple(G),
    K.ASSEMBLY: (G.COMMITTEE,),
}
LETTERS: Final[Mapping[tuple[str, MeetingKind], str]] = {
    ("T", K.STUDY_GROUP): "collective-letter",
    ("T", K.WORKING_PARTY): "collective-letter",
    ("T", K.EXTRA): "collective-letter",
    ("T", K.JCA): "collective-letter",
    ("R", K.STUDY_GROUP): "CACE",
    ("R", K.WORKING_PARTY): "LCCE",
}
"""What convenes a meeting; a circular for workshops and assemblies, a convening letter for all others."""
MOVES: Final[Mapping[MeetingStatus, tuple[MeetingStatus, ...]]] = {
    S.ANNOUNCED: (S.PLANNED,),
    S.OPEN: (S.ANNOUNCED, S.CLOSED),
    S.CLOSED: (S.OPEN,),
    S.CANCELLED: (S.PLANNED, S.ANNOUNCED),
}
"""Where a meeting may come from."""
DEPENDENT: Final = (K.STUDY_GROUP, K.WORKING_PARTY, K.ASSEMBLY)
"""Kinds whose meetings wait for each other's documents."""
MONTHS_APART = 6


def letter_of(sector: str, kind: str) -> str:
    """The instrument that convenes: collective-letter, convening-letter, circular, CACE or LCCE. Source: domain 5.1."""
    known = MeetingKind(kind)
    usual = "circular" if known in (K.WORKSHOP, K.ASSEMBLY) else "convening-letter"
    return LETTERS.get((sector, known), usual)


def kinds_for(group_kind: str) -> tuple[MeetingKind, ...]:
    """How a group of that kind may meet, its usual way first."""
    return tuple(kind for kind, held_by in HELD_BY.items() if group_kind in held_by)


def code_of(period: str, group_path: str, starts_on: date, *, place: int = 1) -> str:
    """The address of a meeting: `T25-SG15-261109`, `T25-SG15-Q2-260302`, `R23-WP5D-260609`; the second of a day `…-2`.

    period: code; group_path: canonical (`T/SG15/T25/Q2`). Source: domain 5.1, design 2.
    """
    groups = [part for part in group_path.split("/")[1:] if part != period]
    last = [str(place)] if place > 1 else []
    return "-".join([period, *groups, starts_on.strftime("%y%m%d"), *last])


@dataclass(frozen=True)
class Plan:
    """A meeting as somebody wants it. is_office: the secretariat asks."""

    kind: MeetingKind
    group_kind: str
    group_label: str
    starts_on: date
    ends_on: date
    zone: str
    today: date
    is_office: bool = False
    group_ends_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None


def why_not_convene(plan: Plan) -> Refusal | None:
    """None when the meeting may be held as planned."""
    if plan.group_kind not in HELD_BY[plan.kind]:
        return Refusal(KIND, {"right": ", ".join(HELD_BY[plan.kind])}, field="kind")
    if plan.group_ends_on is not None and plan.group_ends_on < plan.starts_on:
        return Refusal(ENDED, {"label": plan.group_label, "ends_on": plan.group_ends_on}, field="starts_on")
    if plan.zone not in zones():
        return Refusal(ZONE, {"zone": plan.zone}, field="zone")
    return _why_not_days(plan)


def _why_not_days(plan: Plan) -> Refusal | None:
    if plan.ends_on < plan.starts_on:
        return Refusal(DAYS, {"starts_on": plan.starts_on, "ends_on": plan.ends_on}, field="ends_on")
    if plan.opens_on and plan.closes_on and plan.closes_on < plan.opens_on:
        facts = {"opens_on": plan.opens_on, "closes_on": plan.closes_on}
        return Refusal(WINDOW, facts, field="registration_closes_on")
    if plan.starts_on < plan.today and not plan.is_office:
        return Refusal(OLD, {"starts_on": plan.starts_on}, field="starts_on")
    return None


@cache
def zones() -> frozenset[str]:
    """The names of time zones that may be chosen: places, and UTC."""
    return frozenset(z for z in available_timezones() if z == "UTC" or ("/" in z and not z.startswith("Etc/")))


def why_not_edit(status: str, *, is_office: bool) -> Refusal | None:
    """None when the meeting may be changed: until it closes; later by the secretariat. A cancelled one stays."""
    right = (S.PLANNED, S.ANNOUNCED, S.OPEN, *((S.CLOSED,) if is_office else ()))
    return None if status in right else Refusal(STATUS, {"status": status, "right": ", ".join(right)})


def why_not_report_to(code: str, status: str, ends_on: date, *, is_above: bool, starts_on: date) -> Refusal | None:
    """None when a meeting of those facts may be the parent of one that starts on that day."""
    is_right = is_above and status != S.CANCELLED and ends_on >= starts_on
    return None if is_right else Refusal(PARENT, {"code": code}, field="parent")


@dataclass(frozen=True)
class Standing:
    """Where a meeting is now."""

    status: str
    starts_on: date
    ends_on: date
    format: str = Format.PHYSICAL
    place: str = ""


def why_not_move(to: MeetingStatus, now: Standing, today: date, *, reason: str = "") -> Refusal | None:
    """None when the meeting may take that status today."""
    if now.status not in MOVES[to]:
        return Refusal(STATUS, {"status": now.status, "right": ", ".join(MOVES[to])})
    if to is S.ANNOUNCED and now.format != Format.VIRTUAL and not now.place:
        return Refusal(PLACE, {}, field="place")
    if to in (S.OPEN, S.CLOSED) and today < now.starts_on:
        return Refusal(NOT_YET, {"starts_on": now.starts_on})
    if to is S.OPEN and now.status == S.CLOSED and today > now.ends_on:
        return Refusal(NOT_OVER, {"ends_on": now.ends_on})
    if to is S.CANCELLED and not reason:
        return Refusal(REASON, {}, field="reason")
    return None


@dataclass(frozen=True)
class Other:
    """Another meeting of the same group."""

    code: str
    starts_on: date
    ends_on: date


def warnings_of(facts: MeetingFacts, ends_on: date, today: date, others: Iterable[Other]) -> tuple[Refusal, ...]:
    """What speaks against announcing the meeting today; a person may confirm it all the same."""
    found = []
    letter = latest_letter(facts)
    if letter is not None and today > letter[0]:
        found.append(Refusal(LEAD, {"latest_on": letter[0], "clause": letter[1]}, field="accept"))
    if facts.kind in DEPENDENT:
        near = (each for each in others if _are_close(each, facts.starts_on, ends_on))
        found += [Refusal(CLOSE, {"code": each.code}, field="accept") for each in near]
    return tuple(found)


def _are_close(other: Other, starts_on: date, ends_on: date) -> bool:
    """Fewer than six months from the end of the earlier to the start of the later."""
    first_end, last_start = (other.ends_on, starts_on) if other.starts_on <= starts_on else (ends_on, other.starts_on)
    return first_end > months_before(last_start, MONTHS_APART)


def sitting_instant(on: date, at: time, zone: str) -> datetime | None:
    """The instant of a time in a place, in UTC; None in the hour that summer time leaves out."""
    local = datetime.combine(on, at, tzinfo=ZoneInfo(zone))
    utc = local.astimezone(ZoneInfo("UTC"))
    return utc if utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local.replace(tzinfo=None) else None


def why_not_sit(on: date, starts_at: datetime, ends_at: datetime, meeting: Standing) -> Refusal | None:
    """None when a sitting on that day, of the place where it is, may be held in the meeting."""
    if not meeting.starts_on <= on <= meeting.ends_on:
        return Refusal(SITTING_DAY, {"starts_on": meeting.starts_on, "ends_on": meeting.ends_on}, field="on")
    return Refusal(SITTING_ORDER, {}, field="until") if ends_at <= starts_at else None


def is_due_to_open(now: Standing, at: datetime) -> bool:
    """Whether the clock opens the meeting: it is announced and its first day has come in Geneva."""
    return now.status == S.ANNOUNCED and now.starts_on <= geneva_day(at) <= now.ends_on


def is_due_to_close(now: Standing, at: datetime) -> bool:
    return now.status in (S.OPEN, S.ANNOUNCED) and now.ends_on < geneva_day(at)
