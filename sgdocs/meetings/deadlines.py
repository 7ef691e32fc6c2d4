"""The deadlines of a meeting, each counted back from its first day, with rule, clause and zone. Pure. Source: domain 4.3."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sgdocs.base.clock import end_of
from sgdocs.meetings.timing import USUAL, Timing

ONE_SECOND = timedelta(seconds=1)
UTC_ZONE = "UTC"
POSTING_DAYS = 3
"""What is received is posted within so many working days: T-C4."""
EVENT_REPORT_DAYS = 2


@dataclass(frozen=True)
class MeetingFacts:
    """What deadlines follow from. kind: value of MeetingKind; timing: as kept with the meeting."""

    sector: str
    kind: str
    starts_on: date
    is_in_timetable: bool = True
    announces_tap: bool = False
    timing: Timing = USUAL


@dataclass(frozen=True)
class Override:
    """A deadline set by hand."""

    due_at: datetime
    reason: str


@dataclass(frozen=True)
class Deadline:
    """Until when something counts. rule: `contribution` …; code: of domain 4.3 (`T-C2`); on: the day in `zone`;

    due_at: its last second, in UTC; computed_at: what the rule says, where it was set by hand (reason).
    """

    rule: str
    code: str
    on: date
    due_at: datetime
    zone: str
    clause: str
    computed_at: datetime | None = None
    reason: str = ""

    @property
    def is_overridden(self) -> bool:
        return bool(self.reason)

    def has_passed(self, now: datetime) -> bool:
        """The second that is named still counts, to its end."""
        return now >= self.due_at + ONE_SECOND


TRANSLATION, CONTRIBUTION, ADVISED = "translation", "contribution", "contribution-advised"
TEMPORARY_DOCUMENT, EVENT_REPORT, PROGRESS_REPORT = "temporary-document", "event-report", "progress-report"
SENT, CORRESPONDENCE, DRAFT_TEXTS = "temporary-document-sent", "correspondence-report", "draft-recommendation"
LETTER, PARTICIPANTS = "convening-letter", "participants"
RULES: Final = (
    LETTER,
    TRANSLATION,
    DRAFT_TEXTS,
    PARTICIPANTS,
    ADVISED,
    CONTRIBUTION,
    CORRESPONDENCE,
    SENT,
    TEMPORARY_DOCUMENT,
    EVENT_REPORT,
    PROGRESS_REPORT,
)
"""Every rule that a deadline may have; those of one meeting are a part of these."""

A1 = "Rec. ITU-T A.1 (09/2019)"
R1 = "WTSA Resolution 1"
RGL = "Guidelines for the working methods of ITU-R (uncertain)"
COUNTED: Final = ("study-group", "working-party", "extra-meeting")
"""Kinds of ITU-T meeting that Contributions are sent to under clause 3 of Rec. ITU-T A.1."""


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day: two months before 30 April is 28 February."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def working_days_before(day: date, days: int) -> date:
    """The day before so many days that are neither Saturday nor Sunday."""
    while days:
        day -= timedelta(days=1)
        days -= day.weekday() < 5
    return day


def event_report_due(discussed_on: date) -> date:
    """T-C6: the last day for the report of an event held less than 21 days before the meeting. Source: domain 4.3."""
    return discussed_on - timedelta(days=EVENT_REPORT_DAYS)


def latest_letter(facts: MeetingFacts) -> tuple[date, str] | None:
    """The last day for the letter that convenes the meeting, with its clause; None where no rule says. Source: 5.1."""
    found = LEADS.get((facts.sector, facts.kind)) or LEADS.get(("", facts.kind))
    return found(facts) if found else None


Lead = Callable[[MeetingFacts], tuple[date, str]]


def _of_study_group(facts: MeetingFacts) -> tuple[date, str]:
    is_long = facts.announces_tap or not facts.is_in_timetable
    clause = f"{A1} 1.3.2; {R1} 9.3.3" if is_long else f"{A1} 1.3.2"
    return months_before(facts.starts_on, 3 if is_long else 2), clause


def _of_months(months: int, clause: str) -> Lead:
    return lambda facts: (months_before(facts.starts_on, months), clause)


def _of_days(days: Callable[[Timing], int], clause: str) -> Lead:
    return lambda facts: (facts.starts_on - timedelta(days=days(facts.timing)), clause)


def _of_radio(clause: str) -> Lead:
    return lambda facts: (months_before(facts.starts_on, facts.timing.r_lead_months), clause)


LEADS: Final[Mapping[tuple[str, str], Lead]] = {
    ("T", "study-group"): _of_study_group,
    ("T", "working-party"): _of_study_group,
    ("T", "extra-meeting"): _of_days(lambda t: t.extra_meeting_lead_days, f"{A1} 1.1.4 (uncertain)"),
    ("T", "rapporteur-group"): _of_months(2, f"{A1} 2.3.3.10"),
    ("T", "e-meeting"): _of_months(2, f"{A1} 2.3.3.10"),
    ("T", "jca"): _of_days(lambda t: 28, f"{A1} 2.2.5; Rec. ITU-T A.18"),
    ("T", "focus-group"): _of_days(lambda t: t.focus_group_lead_days, "Rec. ITU-T A.7 (uncertain)"),
    ("R", "study-group"): _of_radio("Resolution ITU-R 1-9 (uncertain)"),
    ("R", "working-party"): _of_radio(RGL),
    ("", "workshop"): _of_days(lambda t: t.workshop_lead_days, "domain 5.1 (uncertain)"),
}
"""By Sector and kind; an empty Sector stands for any. Source: domain 5.1."""


@dataclass(frozen=True)
class Row:
    """One line of the tables below. on: first day of the meeting and timing -> the last day that counts."""

    rule: str
    code: str
    on: Callable[[date, Timing], date]
    clause: str


TABLE: Final[Mapping[str, tuple[Row, ...]]] = {
    "T": (
        Row(TRANSLATION, "T-C1", lambda d, t: months_before(d, 2), f"{A1} clause 3"),
        Row(PARTICIPANTS, "", lambda d, t: months_before(d, 1), f"{A1} 1.3.2"),
        Row(CONTRIBUTION, "T-C2", lambda d, t: d - timedelta(days=12), f"{A1} clause 3"),
        Row(CORRESPONDENCE, "T-C9", lambda d, t: d - timedelta(days=12), f"{A1} clause 3"),
        Row(SENT, "T-C4", lambda d, t: working_days_before(d - timedelta(days=7), POSTING_DAYS), f"{A1} clause 3"),
        Row(TEMPORARY_DOCUMENT, "T-C5", lambda d, t: d - timedelta(days=7), f"{A1} clause 3"),
        Row(EVENT_REPORT, "T-C6", lambda d, t: event_report_due(d), f"{A1} clause 3"),
        Row(PROGRESS_REPORT, "T-C7", lambda d, t: d, f"{A1} clause 3"),
    ),
    "T-assembly": (
        Row(ADVISED, "T-C8", lambda d, t: months_before(d, 1), f"{R1} 6.1"),
        Row(CONTRIBUTION, "T-C8", lambda d, t: d - timedelta(days=14), f"{R1} 6.1"),
    ),
    "R": (
        Row(TRANSLATION, "R-C1", lambda d, t: months_before(d, t.r_translation_months), RGL),
        Row(DRAFT_TEXTS, "R-C2", lambda d, t: d - timedelta(days=t.r_draft_days), RGL),
        Row(CONTRIBUTION, "R-C3", lambda d, t: d - timedelta(days=t.r_contrib_days), RGL),
    ),
}
"""Which deadlines meetings have. T: of study groups and working parties; R: the first two of study groups alone."""


def deadlines_of(facts: MeetingFacts, overrides: Mapping[str, Override] | None = None) -> tuple[Deadline, ...]:
    """Every deadline of a meeting, the first to pass first; what was set by hand says so and why."""
    given = overrides or {}
    ruled = {each.rule: each for each in _ruled(facts)}
    found = [_overridden(each, given.get(each.rule)) for each in ruled.values()]
    found += [_by_hand(rule, given[rule], facts) for rule in RULES if rule in given and rule not in ruled]
    return tuple(sorted(found, key=lambda each: (each.due_at, RULES.index(each.rule))))


def _ruled(facts: MeetingFacts) -> list[Deadline]:
    rows = _rows(facts)
    letter = latest_letter(facts)
    found = [_deadline(LETTER, "", letter[0], letter[1], facts)] if letter else []
    return [*found, *(_deadline(r.rule, r.code, r.on(facts.starts_on, facts.timing), r.clause, facts) for r in rows)]


def _rows(facts: MeetingFacts) -> tuple[Row, ...]:
    if facts.sector == "T":
        of_group = TABLE["T"] if facts.kind in COUNTED else ()
        return TABLE["T-assembly"] if facts.kind == "assembly" else of_group
    if facts.sector == "R" and facts.kind in ("study-group", "working-party"):
        return TABLE["R"] if facts.kind == "study-group" else TABLE["R"][2:]
    return ()


def _deadline(rule: str, code: str, on: date, clause: str, facts: MeetingFacts) -> Deadline:
    zone, cutoff = zone_of(rule, facts)
    return Deadline(rule, code, on, end_of(on, ZoneInfo(zone), cutoff), zone, clause)


def zone_of(rule: str, facts: MeetingFacts) -> tuple[str, time]:
    """In which zone, and at what time of its day, a deadline ends. Source: domain C0.2, 4.3."""
    if facts.sector == "R" and rule in (CONTRIBUTION, TRANSLATION):
        return UTC_ZONE, facts.timing.cutoff_of_r
    return facts.timing.deadline_zone, facts.timing.cutoff


def _overridden(ruled: Deadline, by_hand: Override | None) -> Deadline:
    if by_hand is None:
        return ruled
    on = by_hand.due_at.astimezone(ZoneInfo(ruled.zone)).date()
    return Deadline(ruled.rule, ruled.code, on, by_hand.due_at, ruled.zone, ruled.clause, ruled.due_at, by_hand.reason)


def _by_hand(rule: str, by_hand: Override, facts: MeetingFacts) -> Deadline:
    """A deadline that no rule gives, as of a rapporteur group meeting."""
    zone, _ = zone_of(rule, facts)
    on = by_hand.due_at.astimezone(ZoneInfo(zone)).date()
    return Deadline(rule, "", on, by_hand.due_at, zone, "", None, by_hand.reason)
