"""The engine of procedures. It knows none of them: a procedure is a table of states and steps. Pure.

`F` is the frozen dataclass of facts that a procedure's needs look at. Source: architecture of procedures as data.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import Rule

F = TypeVar("F")


@dataclass(frozen=True)
class State:
    """code: as announcements print it (`LC`); holder: role that holds the ball; window: kind of the window open in it;
    is_final: nothing follows."""

    id: str
    title: str
    code: str = ""
    holder: str = ""
    window: str = ""
    is_final: bool = False


@dataclass(frozen=True)
class Need(Generic[F]):
    """What must be true before a step. why_not: None, or the rule that says no with the values used.

    title: what is wanted, as a line of a check list; rule: the one it refuses with; mend: the thing to look at when it
    does (`text`, `item`, `meeting`, `agenda`, `references`, `comments`, `replies`, `clock`), for a link.
    """

    id: str
    why_not: Callable[[F], Refusal | None]
    title: str = ""
    rule: Rule | None = None
    mend: str = ""


@dataclass(frozen=True)
class Step(Generic[F]):
    """A row of a procedure: from where to where, by whom, what must be true, which period it opens, and its clause.

    by: roles, one is enough; `clock` for what time does. closes: from the facts and the day the last day of the window
    that the step opens, both days inside; dated: the day the step counts for, when it is not the day it is taken.
    in_meeting: is a decision of a meeting in session (`True`), never one (`False`), either (`None`).
    on_expiry: taken by the clock when the window of `start` has closed; the first whose needs hold is taken.
    warns: needs that are told and do not bar. effects: values for the actions to carry out. letters: kinds of letters and papers that go out.
    """

    id: str
    title: str
    start: tuple[str, ...]
    end: str
    by: tuple[str, ...]
    clause: str
    needs: tuple[Need[F], ...] = ()
    closes: Callable[[F, date], date] | None = None
    dated: Callable[[F, date], date] | None = None
    in_meeting: bool | None = False
    on_expiry: bool = False
    effects: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    needs_reason: bool = False
    warns: tuple[Need[F], ...] = ()


@dataclass(frozen=True)
class Procedure(Generic[F]):
    """id: `aap`; first: states a process may begin in, each reached by a step whose start is ()."""

    id: str
    title: str
    sector: str
    source: str
    states: Mapping[str, State]
    steps: tuple[Step[F], ...]

    def step(self, id: str) -> Step[F]:
        """KeyError for an id that is not in the table."""
        return next(step for step in self.steps if step.id == id) if self.has(id) else _missing(id)

    def has(self, id: str) -> bool:
        return any(step.id == id for step in self.steps)


@dataclass(frozen=True)
class Check(Generic[F]):
    """One line of a check list: what is wanted, and what stands against it (None: it is met)."""

    need: Need[F]
    no: Refusal | None = None
    is_warning: bool = False

    @property
    def is_met(self) -> bool:
        return self.no is None


@dataclass(frozen=True)
class Offer(Generic[F]):
    """A step that a role may take from a state, with what is not met yet."""

    step: Step[F]
    unmet: tuple[Refusal, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.unmet


@dataclass(frozen=True)
class Outcome:
    """What a step leads to. closes_on: last day of the window it opens; happened_on: the day it counts for."""

    step: str
    from_state: str
    state: str
    clause: str
    happened_on: date
    closes_on: date | None = None
    effects: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def offers(procedure: Procedure[F], state: str, facts: F, roles: Collection[str]) -> tuple[Offer[F], ...]:
    """The steps that those roles may take from a state (`""`: before the beginning), each with what is unmet."""
    return tuple(
        Offer(step, unmet(step, facts))
        for step in procedure.steps
        if starts_at(step, state) and set(step.by) & set(roles)
    )


def starts_at(step: Step[F], state: str) -> bool:
    """Whether the step leaves from the state; a step without a start begins a process."""
    return state in step.start if step.start else state == ""


def unmet(step: Step[F], facts: F) -> tuple[Refusal, ...]:
    """What stands against the step, in the order of the table."""
    return tuple(no for need in step.needs if (no := need.why_not(facts)) is not None)


def checks(step: Step[F], facts: F) -> tuple[Check[F], ...]:
    """Every need of the step, met or not, then what is only told: the check list. `unmet` is its red part."""
    wanted = [Check(need, need.why_not(facts)) for need in step.needs]
    return (*wanted, *(Check(need, need.why_not(facts), True) for need in step.warns))


def advance(procedure: Procedure[F], state: str, step_id: str, facts: F, today: date) -> Outcome:
    """What the step leads to. The caller has looked at `unmet`; ValueError for a step that does not leave from there."""
    step = procedure.step(step_id)
    if not starts_at(step, state):
        raise ValueError(f"{step_id} does not leave from {state or 'the beginning'}")
    happened_on = step.dated(facts, today) if step.dated else today
    closes_on = step.closes(facts, happened_on) if step.closes else None
    return Outcome(step.id, state, step.end, step.clause, happened_on, closes_on, step.effects, step.letters)


def on_expiry(procedure: Procedure[F], state: str, facts: F, today: date) -> Outcome | None:
    """What time does in a state whose window has closed: the first row of the clock whose needs hold; None if none."""
    for step in procedure.steps:
        if step.on_expiry and starts_at(step, state) and not unmet(step, facts):
            return advance(procedure, state, step.id, facts, today)
    return None


def _missing(id: str) -> Step[Any]:
    raise KeyError(id)
