"""How a table is put together, and how the last days of its windows follow from the dated settings. Pure."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.periods import day_after, last_day, months_after, working_days_before
from sgdocs.approval.rulings import number, period, text
from sgdocs.approval.workflow import Need, Procedure, State, Step

Row = Step[ProcessFacts]
Table = Procedure[ProcessFacts]
Wants = Need[ProcessFacts]
Closing = Callable[[ProcessFacts, date], date]


def table(id: str, title: str, *, sector: str, source: str, states: Iterable[State], steps: Iterable[Row]) -> Table:
    return Procedure(id, title, sector, source, {state.id: state for state in states}, tuple(steps))


def days_from(name: str) -> Closing:
    """A window of so many days, the first day inside."""
    return lambda facts, opens_on: last_day(opens_on, number(facts.rules, name, facts.today))


def months_from(name: str) -> Closing:
    """A window that ends on the same day so many months later: 20 December + 2 months is 20 February."""
    return lambda facts, opens_on: months_after(opens_on, number(facts.rules, name, facts.today))


def days_after_meeting(name: str) -> Closing:
    """So many days counted from the last day of the deciding meeting. Source: A.8 5.6, Res. 1 9.5.5."""
    return lambda facts, _: (
        (facts.deciding.ends_on or facts.today) + timedelta(days=number(facts.rules, name, facts.today))
    )


def before_deciding(name: str) -> Closing:
    """So many days or working days before the deciding meeting opens. Source: Res. 1 9.4.1 (uncertain)."""

    def closing(facts: ProcessFacts, opens_on: date) -> date:
        unit, count = period(facts.rules, name, facts.today)
        first = facts.deciding.starts_on or opens_on
        if unit == "working-days":
            return working_days_before(first, count, facts.holidays)
        return first - timedelta(days=count)

    return closing


def after_window(facts: ProcessFacts, today: date) -> date:
    """The day after the last day of the window, whatever the hour of the worker: S+28, S+21. Source: domain 6.7."""
    return day_after(facts.window_closes_on) if facts.window_closes_on else today


def on_closing(facts: ProcessFacts, today: date) -> date:
    """The last day of the window. Source: domain 6.6 (R-5, R-10)."""
    return facts.window_closes_on or today


def on_expiry_day(facts: ProcessFacts, today: date) -> date:
    """The day a time for opposition runs out, or the day after it. Source: U4 (uncertain)."""
    is_after = text(facts.rules, "pending_date", facts.today) == "day-after"
    return after_window(facts, today) if is_after else on_closing(facts, today)


def on_deletion_day(facts: ProcessFacts, today: date) -> date:
    """The day a time for objections ran out, or the day after it. Source: domain 6.5 (uncertain)."""
    is_after = text(facts.rules, "deletion_date", facts.today) == "day-after"
    return after_window(facts, today) if is_after else on_closing(facts, today)


def on_decision_day(facts: ProcessFacts, today: date) -> date:
    """The day of the plenary that decides, or the last day of its meeting. Source: U4 (uncertain)."""
    is_last = text(facts.rules, "sg_decision_date", facts.today) == "last-day"
    return (facts.meeting.ends_on or today) if is_last else today
