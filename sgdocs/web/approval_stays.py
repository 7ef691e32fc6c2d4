"""The states that a process went through, as spans of days, from its steps and windows. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from sgdocs.approval.models import Process, Transition, Window
from sgdocs.approval.procedures.build import Table
from sgdocs.approval.workflow import State
from sgdocs.web.approval_clocks import Clock, Stay
from sgdocs.web.approval_words import clause, meaning

DAY = timedelta(days=1)


def state_of(procedure: Table, id: str) -> State:
    """The state of the table; one that no table knows (any more) by its id alone."""
    return procedure.states.get(id) or State(id, id)


def stays(
    procedure: Table,
    transitions: Sequence[Transition],
    windows: Sequence[Window],
    process: Process,
    *,
    is_late: bool = False,
) -> list[Stay]:
    """Every state from the first on, in order. The one that lasts has no last day, unless its window has one."""
    moves = [each for each in transitions if each.from_state != each.to_state]
    if not moves:
        return []
    found: list[Stay] = []
    for move, following in zip(moves, [*moves[1:], None], strict=True):
        state = state_of(procedure, move.to_state)
        is_now = following is None and process.is_open
        found.append(
            Stay(
                state.title,
                state.code,
                move.happened_on,
                _until(state, move, following, windows),
                clause(move.clause),
                meaning(state.id, window=state.window, is_final=state.is_final, is_late=is_late)
                if is_now or state.is_final
                else "past",
                is_window=bool(state.window),
            )
        )
    return found


def clock_of(window: Window | None, today: date) -> Clock | None:
    return Clock(window.opens_on, window.closes_on, today) if window else None


def _until(state: State, move: Transition, following: Transition | None, windows: Sequence[Window]) -> date | None:
    window = next((w for w in windows if w.kind == state.window and w.opens_on >= move.happened_on), None)
    if state.window and window is not None:
        return window.closes_on
    if following is not None:
        return max(move.happened_on, following.happened_on - DAY)
    return move.happened_on if state.is_final else None
