"""Geometry of the matrix of who writes to whom: a square for each pair, senders at the side, addressees on top. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from sgdocs.liaison.matrix import Cell, Matrix, key_of
from sgdocs.liaison.parties import Party

CELL, ROW = 40.0, 30.0
LETTER: Final = 7.3
"""Width of a letter of a name, for the place it needs."""
PAD: Final = 12.0
LONGEST: Final = 18
MOST: Final = 30
"""So many sides are drawn, the busiest; the table has them all."""
SHADES: Final = 4


@dataclass(frozen=True)
class Square:
    """shade: 1 to SHADES; x, y: of its corner; is_late: an answer is overdue."""

    cell: Cell
    x: float
    y: float
    shade: int
    is_late: bool


@dataclass(frozen=True)
class Name:
    party: Party
    label: str
    at: float


@dataclass(frozen=True)
class Chart:
    """rows: senders; columns: addressees; head, side: where the squares begin; is_cut: some sides are not drawn."""

    width: float
    height: float
    head: float
    side: float
    squares: Sequence[Square] = field(default=())
    rows: Sequence[Name] = field(default=())
    columns: Sequence[Name] = field(default=())
    is_cut: bool = False


def chart(matrix: Matrix, *, mirrored: bool = False) -> Chart | None:
    """The picture; None when nobody wrote to anybody. mirrored: names at the right, columns from there."""
    busy = _busiest(matrix)
    cells = [cell for cell in matrix.cells.values() if {key_of(cell.sender), key_of(cell.to)} <= busy]
    if not cells:
        return None
    write, read = {key_of(cell.sender) for cell in cells}, {key_of(cell.to) for cell in cells}
    writers = [party for party in matrix.parties if key_of(party) in write]
    readers = [party for party in matrix.parties if key_of(party) in read]
    labels = _labels([party for party in matrix.parties if key_of(party) in busy])
    side = _room(labels[key_of(party)] for party in writers)
    head = _room(labels[key_of(party)] for party in readers)
    width = side + CELL * len(readers) + PAD
    xs = {key_of(party): side + CELL * place for place, party in enumerate(readers)}
    ys = {key_of(party): head + ROW * place for place, party in enumerate(writers)}
    if mirrored:
        xs = {key: width - x - CELL for key, x in xs.items()}
    most = matrix.most
    squares = [
        Square(cell, xs[key_of(cell.to)], ys[key_of(cell.sender)], _shade(cell.total, most), cell.overdue > 0)
        for cell in cells
    ]
    return Chart(
        width,
        head + ROW * len(writers) + PAD,
        head,
        width - side if mirrored else side,
        sorted(squares, key=lambda each: (each.y, each.x)),
        [Name(party, labels[key_of(party)], ys[key_of(party)] + ROW / 2) for party in writers],
        [Name(party, labels[key_of(party)], xs[key_of(party)] + CELL / 2) for party in readers],
        len(busy) < len(matrix.parties),
    )


def _busiest(matrix: Matrix) -> set[object]:
    if len(matrix.parties) <= MOST:
        return {key_of(party) for party in matrix.parties}
    counted: Counter[object] = Counter()
    for cell in matrix.cells.values():
        counted[key_of(cell.sender)] += cell.total
        counted[key_of(cell.to)] += cell.total
    return {key for key, _ in counted.most_common(MOST)}


def short(name: str) -> str:
    """A long name without its beginning, when a number at its end tells it apart: `…JTC 1/SC 29/WG 11`; else without its end."""
    if len(name) <= LONGEST:
        return name
    if not name[-1:].isdigit():
        return name[: LONGEST - 1].rstrip() + "…"
    starts = (place + 1 for place, letter in enumerate(name) if letter in " /")
    return "…" + next((name[start:] for start in starts if len(name) - start < LONGEST), name[1 - LONGEST :])


def _labels(parties: Sequence[Party]) -> dict[object, str]:
    """Short names by side; whole ones where two would read the same."""
    counted = Counter(short(each.name) for each in parties)
    return {key_of(each): short(each.name) if counted[short(each.name)] == 1 else each.name for each in parties}


def _room(labels: Iterable[str]) -> float:
    """The place that the longest takes."""
    return max(len(label) for label in labels) * LETTER + PAD


def _shade(total: int, most: int) -> int:
    """1 to SHADES: a share of the greatest."""
    return min(SHADES, 1 + (total - 1) * SHADES // most) if most else 1
