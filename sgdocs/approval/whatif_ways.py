"""The ways of each procedure, date after date, from the day of consent (determination, circular). Pure. Source: N15.

Every window, date and clause is asked of the tables; only the order in which things follow is written here.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sgdocs.approval import rulings
from sgdocs.approval.facts import MeetingFacts, ProcessFacts
from sgdocs.approval.periods import announcing_day_of
from sgdocs.approval.procedures import ALL
from sgdocs.approval.whatif_model import Event, Met, Question
from sgdocs.approval.workflow import advance
from sgdocs.i18n import N_

DAY = timedelta(days=1)
CONSENT = N_("Consent")
TEXT = N_("Edited text due")
LAST_CALL = N_("Last call")
CLEAN = N_("Approved, when no substantive comment comes")
JUDGED = N_("Judgement by the chair")
RESOLVED = N_("Comments resolved")
REVIEW = N_("Additional review")
REVIEWED = N_("Approved after the review")
DECIDED = N_("Decision at the meeting")
NO_MEETING = N_("No meeting is known that leaves the notice")
DETERMINED = N_("Determination")
CONSULTED = N_("Consultation of Member States")
COUNTED = N_("Replies counted")
MORE_TIME = N_("Time for opposition, if a delegation asks for it")
AFTER_TIME = N_("Approved when the time for opposition runs out")
SIMULTANEOUS = N_("Adoption and approval by correspondence")
NO_OBJECTION = N_("Approved, when nobody objects")
OBJECTED = N_("Back to the study group, when somebody objects")
SUPPORTED = N_("Approved, when enough Member States approve")
BACK = N_("Back to the study group, when too few approve")


def _facts(question: Question, day: date, **more: object) -> ProcessFacts:
    rules = {**rulings.snapshot(question.on), **question.rules}
    now = datetime.combine(day, time(12), UTC)
    facts = ProcessFacts(today=day, now=now, rules=rules, holidays=question.holidays)
    return replace(facts, **more)  # type: ignore[arg-type]


def _number(question: Question, name: str) -> int:
    return rulings.number(_facts(question, question.on).rules, name, question.on)


def _announcing(question: Question, ready_on: date) -> date:
    """The announcement that still takes what is ready on a day. Source: AAP-3, AAP-4."""
    facts = _facts(question, ready_on)
    first = ready_on + timedelta(days=_number(question, "aap_cutoff_days"))
    days = rulings.numbers(facts.rules, "aap_days", question.on)
    return announcing_day_of(first, days, rulings.text(facts.rules, "aap_shift", question.on), question.holidays)


def _window(question: Question, step: str, opens_on: date, deciding: MeetingFacts | None = None) -> date:
    """The last day of the window that the step opens."""
    table = ALL[question.procedure]
    row = table.step(step)
    facts = _facts(question, opens_on, deciding=deciding or MeetingFacts())
    closes_on = advance(table, row.start[0], step, facts, opens_on).closes_on
    assert closes_on is not None, "a step that opens a window"
    return closes_on


def _counted(question: Question, step: str, closes_on: date) -> date:
    """The day the step of the clock counts for."""
    table = ALL[question.procedure]
    facts = _facts(question, closes_on + DAY, window_closes_on=closes_on)
    return advance(table, table.step(step).start[0], step, facts, facts.today).happened_on


def _clause(question: Question, step: str) -> str:
    return ALL[question.procedure].step(step).clause


def _event(question: Question, kind: str, step: str, what: str, on: date, **more: object) -> Event:
    until = more.get("until")
    return Event(
        kind,
        what,
        on,
        until if isinstance(until, date) else None,
        _clause(question, step),
        str(more.get("branch", "")),
        str(more.get("detail", "")),
    )


def _aap(question: Question) -> list[Event]:
    """Consent, text, last call; without comments approved; with them judged, and then reviewed or decided."""
    text_on = question.on + timedelta(days=_number(question, "aap_text_due_days"))
    called_on = _announcing(question, text_on)
    called_until = _window(question, "open-last-call", called_on)
    judged_on = called_until + DAY
    weeks = question.resolve_days if question.resolve_days is not None else _number(question, "aap_resolution_due_days")
    resolved_on = judged_on + timedelta(days=weeks)
    reviewed_on = _announcing(question, resolved_on)
    reviewed_until = _window(question, "open-review", reviewed_on)
    return [
        _event(question, "act", "consent", CONSENT, question.on),
        _event(question, "act", "receive-text", TEXT, text_on),
        _event(question, "window", "open-last-call", LAST_CALL, called_on, until=called_until),
        _event(question, "approval", "pass", CLEAN, _counted(question, "pass", called_until), branch="clean"),
        _event(question, "act", "call-judgement", JUDGED, judged_on, branch="comments"),
        _event(question, "act", "request-review", RESOLVED, resolved_on, branch="comments"),
        _event(question, "window", "open-review", REVIEW, reviewed_on, until=reviewed_until, branch="comments"),
        _event(
            question,
            "approval",
            "pass-review",
            REVIEWED,
            _counted(question, "pass-review", reviewed_until),
            branch="comments",
        ),
        _decided(question, judged_on, "announce-decision", "approve", "aap_sg_notice_days", branch="comments"),
    ]


def _decided(question: Question, from_on: date, announced: str, step: str, notice: str, *, branch: str) -> Event:
    """The decision at the next meeting that leaves so many days of notice. Source: A.8 4.6."""
    days = _number(question, notice)
    met = next((each for each in _meetings(question) if each.starts_on - timedelta(days=days) >= from_on), None)
    if met is None:
        detail = f"{days} days"
        return _event(question, "none", announced, NO_MEETING, from_on, branch=branch, detail=detail)
    return _event(question, "approval", step, DECIDED, met.ends_on, branch=branch, detail=met.code)


def _meetings(question: Question) -> list[Met]:
    return sorted((met for met in question.meetings if met.starts_on > question.on), key=lambda met: met.starts_on)


def _tap(question: Question) -> list[Event]:
    """Determination, consultation, decision at the first meeting that leaves the notice of three months."""
    determined = _event(question, "act", "determine", DETERMINED, question.on)
    months = _number(question, "tap_notice_months")
    needed = ALL[question.procedure].step("open-consultation").needs
    notice = next(need for need in needed if need.id == "consultation-notice")
    for met in _meetings(question):
        deciding = MeetingFacts(code=met.code, starts_on=met.starts_on, ends_on=met.ends_on)
        if notice.why_not(_facts(question, question.on + DAY, deciding=deciding)) is None:
            break
    else:
        return [
            determined,
            _event(question, "none", "request", NO_MEETING, question.on + DAY, detail=f"{months} months"),
        ]
    announced_on = _latest_notice(question, met)
    closes_on = _window(question, "open-consultation", announced_on, deciding)
    more_until = _after_meeting(question, met)
    return [
        determined,
        _event(question, "window", "open-consultation", CONSULTED, announced_on, until=closes_on, detail=met.code),
        _event(question, "act", "clear", COUNTED, _counted(question, "clear", closes_on)),
        _event(question, "approval", "approve", DECIDED, met.ends_on, branch="clean", detail=met.code),
        _event(question, "window", "give-time", MORE_TIME, met.ends_on, until=more_until, branch="comments"),
        _event(
            question,
            "approval",
            "pass-time",
            AFTER_TIME,
            _counted(question, "pass-time", more_until),
            branch="comments",
        ),
    ]


def _latest_notice(question: Question, met: Met) -> date:
    """The last day on which the meeting may still be announced. Source: R1 9.4.2."""
    notice = next(
        need for need in ALL[question.procedure].step("open-consultation").needs if need.id == "consultation-notice"
    )
    deciding = MeetingFacts(code=met.code, starts_on=met.starts_on, ends_on=met.ends_on)
    day = met.starts_on
    while notice.why_not(_facts(question, day, deciding=deciding)) is not None:
        day -= DAY
    return day


def _after_meeting(question: Question, met: Met) -> date:
    return _window(
        question, "give-time", met.ends_on, MeetingFacts(met.code, starts_on=met.starts_on, ends_on=met.ends_on)
    )


def _psaa(question: Question) -> list[Event]:
    """The circular on the day that is asked for; two months."""
    closes_on = _window(question, "open", question.on)
    return [
        _event(question, "window", "open", SIMULTANEOUS, question.on, until=closes_on),
        _event(question, "approval", "approve", NO_OBJECTION, _counted(question, "approve", closes_on), branch="clean"),
        _event(question, "act", "object", OBJECTED, closes_on, branch="comments"),
    ]


def _consultation(question: Question) -> list[Event]:
    closes_on = _window(question, "open-consultation", question.on)
    return [
        _event(question, "window", "open-consultation", CONSULTED, question.on, until=closes_on),
        _event(question, "approval", "approve", SUPPORTED, _counted(question, "approve", closes_on), branch="clean"),
        _event(question, "act", "refuse", BACK, closes_on, branch="comments"),
    ]


PROCEDURES: Final[Mapping[str, Callable[[Question], list[Event]]]] = {
    "aap": _aap,
    "tap": _tap,
    "psaa": _psaa,
    "consultation": _consultation,
}
"""Those that have a calendar of their own; the others are decided on the spot."""
