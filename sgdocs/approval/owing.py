"""Who owes what in which state, and until when. Pure. Source: domain 6.2 (AAP-2, AAP-3, AAP-11), 6.3, 6.6, 8.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.periods import announcing_day_of, months_after
from sgdocs.approval.procedures.terms import By
from sgdocs.approval.rulings import number, numbers, text
from sgdocs.approval.workflow import Outcome, State

EDITED, REQUEST, JUDGEMENT, DISPOSITION = "edited-text", "request", "judgement", "disposition"
REPLY, POST, DECISION, RESULT = "reply", "post-paper", "sg-decision", "result"
REMINDED_ON: Final = (-7, 0, 7)
"""Days from the due day on which a letter goes out. Source: domain AAP-2."""


@dataclass(frozen=True)
class Debt:
    """kind: what; role: of the tables, "" for each Member State; due_on: None where no rule gives a day."""

    kind: str
    role: str
    due_on: date | None = None


KINDS: Final[Mapping[tuple[str, str], str]] = {
    ("aap", "consented"): EDITED,
    ("aap", "edited"): REQUEST,
    ("aap", "resolution"): DISPOSITION,
    ("aap", "sg-decision"): DECISION,
    ("aap", "not-approved"): JUDGEMENT,
    ("tap", "determined"): REQUEST,
    ("tap", "cleared"): DECISION,
    ("tap", "deferred"): REQUEST,
    ("regional-tap", "determined"): REQUEST,
    ("regional-tap", "cleared"): DECISION,
    ("regional-tap", "deferred"): REQUEST,
    ("adoption", "draft-for-sg"): DECISION,
    ("deletion", "proposed"): DECISION,
    ("suppression", "proposed"): DECISION,
}
BY_HOLDER: Final[Mapping[str, str]] = {By.SECRETARIAT: POST, By.CHAIR: JUDGEMENT, By.EDITOR: EDITED}
"""What the holder of a state owes when the state names nothing else."""


def debts_of(procedure: str, state: State, outcome: Outcome, facts: ProcessFacts) -> tuple[Debt, ...]:
    """What is owed once the state is reached."""
    if state.window:
        closes = outcome.closes_on or facts.window_closes_on
        return (Debt(REPLY, "", closes),) if state.window == "consultation" else ()
    if state.is_final:
        return _after(procedure, outcome, facts)
    if state.holder not in BY_HOLDER:
        return ()
    kind = KINDS.get((procedure, state.id)) or BY_HOLDER[state.holder]
    return (Debt(kind, state.holder, _due_on(procedure, state.id, kind, outcome, facts)),)


def _after(procedure: str, outcome: Outcome, facts: ProcessFacts) -> tuple[Debt, ...]:
    """A decision of a meeting is published within a time. Source: A.8 6.2, Resolution 1 9.6.1."""
    name = {"aap": "aap_result_days", "tap": "tap_result_days", "regional-tap": "tap_result_days"}.get(procedure)
    if name is None or "result" not in outcome.letters or facts.meeting.ends_on is None:
        return ()
    due_on = facts.meeting.ends_on + timedelta(days=number(facts.rules, name, facts.today))
    return (Debt(RESULT, By.SECRETARIAT, due_on),)


def _due_on(procedure: str, state: str, kind: str, outcome: Outcome, facts: ProcessFacts) -> date | None:
    """The day that a ruling gives; None where none does."""
    rules, today = facts.rules, facts.today
    if kind == EDITED and procedure == "aap":
        base = facts.meeting.ends_on or outcome.happened_on
        return base + timedelta(days=number(rules, "aap_text_due_days", today))
    if kind == DISPOSITION:
        return outcome.happened_on + timedelta(days=number(rules, "aap_resolution_due_days", today))
    if procedure == "aap" and kind in (REQUEST, POST):
        days, shift = numbers(rules, "aap_days", today), text(rules, "aap_shift", today)
        on = announcing_day_of(today + timedelta(days=1), days, shift, facts.holidays)
        return on - timedelta(days=number(rules, "aap_cutoff_days", today)) if kind == REQUEST else on
    if kind == POST and procedure in ("tap", "regional-tap") and facts.deciding.starts_on:
        return months_after(facts.deciding.starts_on, -number(rules, "tap_notice_months", today))
    if kind == POST and procedure == "consultation":
        return months_after(outcome.happened_on, number(rules, "r_request_months", today))
    return facts.deciding.ends_on if kind == DECISION else None


def occasion(due_on: date, created_on: date, today: date) -> int | None:
    """The newest day of reminding that has come (days from the due day), if it lies after the debt was made."""
    reached = [d for d in REMINDED_ON if due_on + timedelta(days=d) <= today]
    if not reached:
        return None
    last = reached[-1]
    return last if due_on + timedelta(days=last) > created_on else None
