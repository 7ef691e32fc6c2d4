"""Two texts clause by clause: words marked, moved paragraphs seen as moved, tables by cell. Pure.

Tracked changes of one file are compared like two texts: its units read as `original` and as `accepted`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from sgdocs.text.clause_matching import matched
from sgdocs.text.comparison import (
    CHANGED,
    GONE,
    MOVED_AWAY,
    MOVED_HERE,
    NEW,
    RENUMBERED,
    SAME,
    ClauseChange,
    Comparison,
    Line,
    Run,
    Summary,
)
from sgdocs.text.line_matching import Pair, side_by_side
from sgdocs.text.model import Unit
from sgdocs.text.moving import Loose, is_long, moves
from sgdocs.text.pages import unpaged
from sgdocs.text.word_marks import marked, words

APART = ("margin", "comments")
"""Not the text itself: never compared."""
_DEFINITION = re.compile(r"(?:\d+(?:\.\d+)+\s+\S|[^:.\t]{1,100}?(?:\s*\[[^\]]+\])?\s*:\s+\S)")


@dataclass
class _Open:
    """A clause while it is compared. pairs: its lines side by side."""

    old: Unit | None
    new: Unit | None
    pairs: list[Pair]
    lines: list[Line] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        unit = self.new or self.old
        return unit.anchor if unit else ""


def compare(old: Sequence[Unit], new: Sequence[Unit]) -> Comparison:
    """All clauses of both with what happened to each. Costs some 100 ms for 60 pages."""
    before = unpaged([unit for unit in old if unit.kind not in APART])
    after = unpaged([unit for unit in new if unit.kind not in APART])
    clauses = [_opened(*pair) for pair in _in_order(before, after)]
    _part(clauses)
    _fill(clauses)
    changes = tuple(_closed(clause) for clause in clauses)
    return Comparison(changes, _summary(changes))


def _in_order(old: list[Unit], new: list[Unit]) -> Iterator[tuple[Unit | None, Unit | None]]:
    """The newer clauses in their order; one that is gone stands after the one it followed."""
    old_of = matched(old, new)
    kept = set(old_of.values())
    shown: set[int] = set()

    def gone_after(at: int) -> Iterator[tuple[Unit | None, Unit | None]]:
        while at < len(old) and at not in kept:
            if at not in shown:
                shown.add(at)
                yield old[at], None
            at += 1

    yield from gone_after(0)
    for at, unit in enumerate(new):
        if at in old_of:
            yield old[old_of[at]], unit
            yield from gone_after(old_of[at] + 1)
        else:
            yield None, unit


def _opened(old: Unit | None, new: Unit | None) -> _Open:
    before = [line for line in (old.text.split("\n") if old else ()) if line]
    after = [line for line in (new.text.split("\n") if new else ()) if line]
    return _Open(old, new, list(side_by_side(before, after)))


def _part(clauses: list[_Open]) -> None:
    """Two lines that were taken for versions of each other, though one of them stands elsewhere word for word, are not."""
    apart = [pair for clause in clauses for pair in clause.pairs if pair[0] != pair[1]]
    elsewhere_new = {new for _, new in apart if new and is_long(new)}
    elsewhere_old = {old for old, _ in apart if old and is_long(old)}
    for clause in clauses:
        pairs: list[Pair] = []
        for old, new in clause.pairs:
            if old and new and old != new and (old in elsewhere_new or new in elsewhere_old):
                pairs += [(old, None), (None, new)]
            else:
                pairs.append((old, new))
        clause.pairs = pairs


def _fill(clauses: list[_Open]) -> None:
    """Lines of every clause; a line that is loose in two places is one that has moved."""
    gone = [
        Loose(c, at, one)
        for c, clause in enumerate(clauses)
        for at, (one, two) in enumerate(clause.pairs)
        if one and two is None
    ]
    new = [
        Loose(c, at, two)
        for c, clause in enumerate(clauses)
        for at, (one, two) in enumerate(clause.pairs)
        if two and one is None
    ]
    ends: dict[tuple[int, int, bool], tuple[int, Loose]] = {}
    for number, (was, now) in enumerate(moves(gone, new), 1):
        ends[was.clause, was.line, False] = number, now
        ends[now.clause, now.line, True] = number, was
    for c, clause in enumerate(clauses):
        for at, (old, now_text) in enumerate(clause.pairs):
            end = ends.get((c, at, old is None)) if old is None or now_text is None else None
            line = _line(old, now_text)
            clause.lines.append(line if end is None else _moved(line, end, clauses))


def _moved(line: Line, end: tuple[int, Loose], clauses: list[_Open]) -> Line:
    """The line at one end of a move: where it is now its words are marked against what they were."""
    number, other = end
    anchor = clauses[other.clause].anchor
    text = "\t".join(_text(cell) for cell in line.cells) if line.cells else _text(line.runs)
    if line.kind == GONE:
        return Line(MOVED_AWAY, (Run(SAME, text),), other=anchor, move=number)
    return replace(_line(other.text, text), kind=MOVED_HERE, other=anchor, move=number)


def _line(old: str | None, new: str | None) -> Line:
    kind = NEW if old is None else GONE if new is None else SAME if old == new else CHANGED
    before, after = old or "", new or ""
    if "\t" in before or "\t" in after:
        return Line(kind, cells=tuple(_cells(before, after)))
    return Line(kind, marked(before, after))


def _cells(old: str, new: str) -> Iterator[tuple[Run, ...]]:
    """Cell by cell; where a column was added or taken away, the equal cells keep their places."""
    before, after = old.split("\t") if old else [], new.split("\t") if new else []
    if len(before) == len(after):
        yield from (marked(one, two) for one, two in zip(before, after, strict=True))
        return
    for _, i, k, j, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for at in range(max(k - i, m - j)):
            yield marked(before[i + at] if i + at < k else "", after[j + at] if j + at < m else "")


def _closed(clause: _Open) -> ClauseChange:
    old, new = clause.old, clause.new
    heading = marked(_heading(old), _heading(new))
    lines = tuple(clause.lines)
    if old is None or new is None:
        return ClauseChange(NEW if old is None else GONE, old, new, heading, lines)
    if any(line.kind != SAME for line in lines) or words(old.title) != words(new.title):
        return ClauseChange(CHANGED, old, new, heading, lines)
    return ClauseChange(SAME if old.number == new.number else RENUMBERED, old, new, heading, lines)


def _heading(unit: Unit | None) -> str:
    return f"{unit.number} {unit.title}".strip() if unit else ""


def _summary(changes: tuple[ClauseChange, ...]) -> Summary:
    def labels(kind: str) -> tuple[str, ...]:
        return tuple(one.label for one in changes if one.kind == kind)

    lines = [line for one in changes for line in one.lines]
    pairs = tuple((one.old.number or one.label, one.label) for one in changes if one.kind == RENUMBERED and one.old)
    return Summary(
        labels(CHANGED),
        labels(NEW),
        labels(GONE),
        pairs,
        sum(1 for line in lines if line.kind == MOVED_HERE),
        _definitions(changes, NEW),
        _definitions(changes, GONE),
        _words(lines, NEW),
        _words(lines, GONE),
    )


def _definitions(changes: tuple[ClauseChange, ...], kind: str) -> int:
    """Definitions of one side only: clauses of their own below the clause of definitions, or paragraphs in it."""
    found = 0
    for one in changes:
        if one.unit.kind == "definitions":
            own = one.kind == kind and one.unit.level > 2
            found += (
                1 if own else sum(1 for line in one.lines if line.kind == kind and _DEFINITION.match(_text(line.runs)))
            )
    return found


def _words(lines: list[Line], kind: str) -> int:
    runs = (
        run
        for line in lines
        if line.kind != MOVED_AWAY
        for run in (*line.runs, *(r for cell in line.cells for r in cell))
    )
    return sum(len(words(run.text)) for run in runs if run.kind == kind)


def _text(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)
