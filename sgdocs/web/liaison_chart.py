"""Geometry of the matrix of who writes to whom: a square for each pair, senders at the side, addressees on top. Pure."""

from collections import Counter
from collections.abc import Sequence
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
    writers = [party for party in matrix.parties if any(key_of(cell.sender) == key_of(party) for cell in cells)]
    readers = [party for party in matrix.parties if any(key_of(cell.to) == key_of(party) for cell in cells)]
    side = max(_room(party) for party in writers)
    head = max(_room(party) for party in readers)
    width = side + CELL * len(readers) + PAD
    xs = {key_of(party): side + CELL * place for place, party in enumerate(readers)}
    ys = {key_of(party): head + ROW * place for place, party in enumerate(writers)}
    if mirrored:
        xs = {key: width - x - CELL for key, x in xs.items()}
    squares = [
        Square(cell, xs[key_of(cell.to)], ys[key_of(cell.sender)], _shade(cell.total, matrix.most), cell.overdue > 0)
        for cell in cells
    ]
    return Chart(
        width,
        head + ROW * len(writers) + PAD,
        head,
        width - side if mirrored else side,
        sorted(squares, key=lambda each: (each.y, each.x)),
        [Name(party, _short(party), ys[key_of(party)] + ROW / 2) for party in writers],
        [Name(party, _short(party), xs[key_of(party)] + CELL / 2) for party in readers],
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


def _short(party: Party) -> str:
    return party.name if len(party.name) <= LONGEST else party.name[: LONGEST - 1].rstrip() + "…"


def _room(party: Party) -> float:
    return len(_short(party)) * LETTER + PAD


def _shade(total: int, most: int) -> int:
    """1 to SHADES: a share of the greatest."""
    return min(SHADES, 1 + (total - 1) * SHADES // most) if most else 1
