"""The diagram of a procedure: states from top to bottom, steps as arcs; drawn from the table, so it cannot drift. Pure.

`Drawing` is for the help page (inline SVG), `as_text` for `sgdocs procedure show`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from sgdocs.approval.procedures.build import Row, Table
from sgdocs.approval.procedures.terms import By
from sgdocs.approval.workflow import State

ROW_HEIGHT: Final = 56
BOX_HEIGHT: Final = 38
BOX_WIDTH: Final = 340
LANE: Final = 16
TOP: Final = 12
TEXT_WIDTH: Final = 110


@dataclass(frozen=True)
class Box:
    """A state at its place; y: of its top edge, in pixels. kind: `begins`, `window`, `final`, `` for the rest."""

    state: State
    y: int
    kind: str


@dataclass(frozen=True)
class Arc:
    """A step between two rows. path: of the SVG element; kind: `clock`, `meeting`, `` for the rest."""

    step: Row
    start: str
    path: str
    kind: str


@dataclass(frozen=True)
class Drawing:
    """Everything in pixels; x: left edge of the boxes."""

    width: int
    height: int
    x: int
    boxes: tuple[Box, ...]
    arcs: tuple[Arc, ...]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def drawing_of(table: Table) -> Drawing:
    """Steps that go down are arcs at the right, those that go back at the left; each has a lane of its own there."""
    order = {id: number for number, id in enumerate(table.states)}
    edges = [(step, start, order[start], order[step.end]) for step in table.steps for start in step.start]
    down = _lanes([edge for edge in edges if edge[3] > edge[2] + 1])
    back = _lanes([edge for edge in edges if edge[3] <= edge[2]])
    x = (max(back.values(), default=0) + 1) * LANE + 8
    arcs = [
        Arc(step, start, _path(x, first, last, down.get((step.id, start)), back.get((step.id, start))), _kind(step))
        for step, start, first, last in edges
    ]
    boxes = [Box(state, TOP + ROW_HEIGHT * order[state.id], _kind_of(table, state)) for state in table.states.values()]
    width = x + BOX_WIDTH + (max(down.values(), default=0) + 2) * LANE
    return Drawing(width, TOP + ROW_HEIGHT * len(order), x, tuple(boxes), tuple(arcs))


def _lanes(edges: list[tuple[Row, str, int, int]]) -> dict[tuple[str, str], int]:
    """Lane 1 is nearest to the boxes; short arcs are laid first, and no two in a lane overlap."""
    taken: dict[int, list[tuple[int, int]]] = {}
    lanes = {}
    for step, start, first, last in sorted(edges, key=lambda edge: abs(edge[3] - edge[2])):
        low, high = sorted((first, last))
        lane = next(n for n in range(1, 1000) if all(high < a or low > b for a, b in taken.get(n, [])))
        taken.setdefault(lane, []).append((low, high))
        lanes[step.id, start] = lane
    return lanes


def _path(x: int, first: int, last: int, down: int | None, back: int | None) -> str:
    start_y = TOP + ROW_HEIGHT * first + BOX_HEIGHT // 2
    end_y = TOP + ROW_HEIGHT * last + BOX_HEIGHT // 2
    if down is None and back is None:
        middle = x + BOX_WIDTH // 2
        return f"M{middle} {start_y + BOX_HEIGHT // 2}V{end_y - BOX_HEIGHT // 2 - 5}"
    if back is None:
        edge, lane = x + BOX_WIDTH, x + BOX_WIDTH + LANE * (down or 0)
        return f"M{edge} {start_y + 6}H{lane - 6}q6 0 6 6V{end_y - 12}q0 6 -6 6H{edge + 5}"
    lane = x - LANE * back
    if first == last:
        return f"M{x} {start_y + 8}H{lane}V{end_y - 8}H{x - 5}"
    return f"M{x} {start_y - 6}H{lane + 6}q-6 0 -6 -6V{end_y + 12}q0 -6 6 -6H{x - 5}"


def _kind(step: Row) -> str:
    return "clock" if step.on_expiry else "meeting" if step.in_meeting else ""


def _kind_of(table: Table, state: State) -> str:
    if state.is_final:
        return "final"
    if state.window:
        return "window"
    return "begins" if any(not step.start and step.end == state.id for step in table.steps) else ""


def as_text(table: Table) -> str:
    """The diagram in letters, at most 110 wide: each state, and under it the steps that leave from it."""
    return "\n".join(_lines(table)) + "\n"


def _lines(table: Table) -> Iterator[str]:
    yield f"{table.title}  [{table.id}]"
    yield f"{table.source}"
    yield ""
    yield "( )"
    yield from _steps(table, "")
    for state in table.states.values():
        code = f" {state.code}" if state.code else ""
        ball = f"  ball: {state.holder}" if state.holder else ""
        mark = ("((", "))") if state.is_final else ("[", "]")
        yield ""
        yield f"{mark[0]}{state.id}{mark[1]}{code}  {state.title}{ball}"
        yield from _steps(table, state.id)


def _steps(table: Table, state: str) -> Iterator[str]:
    rows = [step for step in table.steps if (state in step.start if step.start else state == "")]
    for step in rows:
        end = "`" if step is rows[-1] else "|"
        yield f" {end}-- {step.id} --> {step.end}   {', '.join(step.by)}{_told(step)}  {{{step.clause}}}"
        for line in wrap(", ".join(need.id for need in step.needs), TEXT_WIDTH - 16, break_on_hyphens=False):
            yield f" {' ' if end == '`' else '|'}      needs {line}"


def _told(step: Row) -> str:
    if step.by == (By.CLOCK,):
        return ", when the window closes" if step.on_expiry else ""
    return ", as decision of a meeting in session" if step.in_meeting else ""
