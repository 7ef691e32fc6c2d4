"""Approvals as they were announced, asked of the calendar of the procedures: could it be, and by which way? Pure.

A record is explained when a window of its procedure, opened on a day of announcements, ends on its day. What is not is
named: a decision at a meeting, TAP, an anomaly that is kept as given. Source: domain 6.7, 6.8, C0.4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from sgdocs.approval import rulings
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.periods import is_working
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.build import Row, Table
from sgdocs.approval.procedures.terms import Effect
from sgdocs.approval.workflow import advance

LONGEST_WINDOW = timedelta(days=130)
ONE_DAY = timedelta(days=1)
MEETING, TAP, ANOMALY, UNKNOWN = "decision-at-meeting", "tap", "anomaly", "unexplained"


@dataclass(frozen=True)
class Announced:
    """A line of the file. procedure: as announced, `AAP`, `TAP`; month: `2019-12`; on: day of the bulletin, "" unknown."""

    procedure: str
    code: str
    month: str
    catalogue_id: str = ""
    announcement: str = ""
    bulletin_on: str = ""


@dataclass(frozen=True)
class Known:
    """What the catalogue and the calendar of meetings know besides. day: None when only the month is known;

    others: texts of the same study group approved that very day; meeting: code of one that ran that day.
    """

    day: date | None = None
    group: str = ""
    others: int = 0
    meeting: str = ""


@dataclass(frozen=True)
class Way:
    """A window that ends on a day. path: kind of the window; opened_on, closed_on: both inside."""

    path: str
    opened_on: date
    closed_on: date
    clause: str


@dataclass(frozen=True)
class Verdict:
    """path: kind of the window, or one of the names; why: a sentence with the values used."""

    announced: Announced
    day: date | None
    path: str
    clause: str
    why: str
    is_explained: bool = False


@dataclass
class Tally:
    """How many of each. by_path: of those whose day is known."""

    approvals: int = 0
    month_only: int = 0
    explained: int = 0
    named: int = 0
    unexplained: int = 0
    by_path: dict[str, int] = field(default_factory=dict)


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """The counts of `sgdocs procedure replay --json`."""
    found = Tally()
    for verdict in verdicts:
        found.approvals += 1
        if verdict.day is None:
            found.month_only += 1
            continue
        is_unknown = verdict.path == UNKNOWN
        found.explained += verdict.is_explained
        found.unexplained += is_unknown
        found.named += not verdict.is_explained and not is_unknown
        found.by_path[verdict.path] = found.by_path.get(verdict.path, 0) + 1
    return found


def judge(announced: Announced, known: Known) -> Verdict:
    """Whether the calendar allows the day, and by which way; the month alone decides nothing."""
    if known.day is None:
        words = f"Only the month is known, {announced.month}" if announced.month else "No month is printed"
        why = f"{words}; the catalogue has no day for it."
        return Verdict(announced, None, "month-only", "domain C0.4", why)
    table = ALL.get(announced.procedure.lower())
    if table is None:
        why = f"There is no procedure “{announced.procedure}” here."
        return Verdict(announced, known.day, UNKNOWN, "domain 6.1", why)
    way = next(iter(ways(table.id, known.day)), None)
    if way is not None:
        why = f"Opened on {way.opened_on}, closed on {way.closed_on}."
        return Verdict(announced, known.day, way.path, way.clause, why, True)
    return _named(announced, known, known.day, table.id)


@lru_cache(maxsize=20_000)
def ways(procedure: str, day: date) -> tuple[Way, ...]:
    """The windows of a procedure that, opened on a day on which that is done, bring a text into force on `day`.

    Those that hang on the day of a meeting (a TAP consultation, more time) are none: no meeting is given.
    """
    found = []
    for opening, closing in _pairs(ALL[procedure]):
        first = day - LONGEST_WINDOW
        for number in range(LONGEST_WINDOW.days):
            way = _way(ALL[procedure], opening, closing, first + timedelta(days=number))
            if way is not None and way[1] == day:
                found.append(way[0])
    return tuple(found)


def _pairs(table: Table) -> list[tuple[Row, Row]]:
    """Each step that opens a window by the calendar alone, with the step of the clock that approves when it closes."""
    approving = [step for step in table.steps if step.on_expiry and Effect.BRING_INTO_FORCE in step.effects]
    found: dict[object, tuple[Row, Row]] = {}
    for opening in table.steps:
        for closing in approving:
            if opening.closes and opening.in_meeting is False and opening.end in closing.start:
                found.setdefault((opening.id, closing.dated), (opening, closing))
    return [pair for pair in found.values() if not any(need.mend == "meeting" for need in pair[0].needs)]


def _way(table: Table, opening: Row, closing: Row, opened_on: date) -> tuple[Way, date] | None:
    facts = _facts(opened_on)
    if any(need.why_not(facts) for need in opening.needs if need.mend == "clock"):
        return None
    opened = advance(table, opening.start[0], opening.id, facts, opened_on)
    assert opened.closes_on is not None, "a step that opens a window"
    over = replace(facts, today=opened.closes_on + ONE_DAY, window_closes_on=opened.closes_on)
    closed = advance(table, opening.end, closing.id, over, over.today)
    window = table.states[opening.end].window
    return Way(window, opened_on, opened.closes_on, f"{opening.clause}; {closing.clause}"), closed.happened_on


@lru_cache(maxsize=20_000)
def _facts(day: date) -> ProcessFacts:
    return ProcessFacts(today=day, now=datetime.combine(day, time(12), UTC), rules=rulings.snapshot(day))


def _named(announced: Announced, known: Known, day: date, procedure: str) -> Verdict:
    """What is no window: TAP, a decision at a meeting, or an anomaly; each with its rule."""
    if known.meeting:
        path, clause = MEETINGS.get(procedure, (MEETING, "domain 6.4"))
        return Verdict(announced, day, path, clause, f"Decided at {known.meeting}.")
    if not is_working(day):
        why = f"A {day:%A}, and no window ends there.{_near(procedure, day)} {OR_ELSE}"
        return Verdict(announced, day, ANOMALY, "domain C0.4, 6.8", why)
    near = _near(procedure, day)
    if near and not known.others:
        return Verdict(announced, day, ANOMALY, "domain C0.4, 6.8", f"Alone that day.{near} {OR_ELSE}")
    path, clause = MEETINGS.get(procedure, (MEETING, "domain 6.4"))
    with_it = f"with {known.others} others of {known.group or 'the same group'}" if known.others else "alone"
    return Verdict(announced, day, path, clause, f"No window ends there; approved {with_it} on a {day:%A}.")


OR_ELSE = "Kept as given; a meeting that decided it is not known here."
MEETINGS: Final[Mapping[str, tuple[str, str]]] = {
    "aap": (MEETING, "A.8 5.3, 5.4; domain AAP-15, AAP-16"),
    "tap": (TAP, "R1 9.5.3; domain TAP-8"),
    "regional-tap": (TAP, "R1 9.5.3; domain TAP-8"),
}
"""Procedure -> what a decision at a meeting is called, with its clause."""


def _near(procedure: str, day: date) -> str:
    """Says when a window ends the day before or after: ITU's own slips of a day. Source: domain 6.7, 6.8 (L.1470)."""
    for other, words in ((day + ONE_DAY, "before"), (day - ONE_DAY, "after")):
        for way in ways(procedure, other):
            return f" It is the day {words} {other}, when the {way.path} of {way.opened_on} counts."
    return ""
