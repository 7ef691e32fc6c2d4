"""What the API gives out of a comparison."""

from collections.abc import Sequence

from pydantic import BaseModel

from sgdocs.documents.comparing import Sides
from sgdocs.documents.texts import Text
from sgdocs.text.comparison import SAME, ClauseChange, Comparison, Line, Run, says


class SideOut(BaseModel):
    document: str
    part: str
    file: str

    @classmethod
    def of(cls, text: Text) -> "SideOut":
        return cls(document=text.document.name, part=text.part, file=text.file.name if text.file else "")


class RunOut(BaseModel):
    """kind: same, new, gone."""

    kind: str
    text: str


class LineOut(BaseModel):
    """kind: same, changed, new, gone, moved-here, moved-away; cells: of a row; other: anchor of the move's other end."""

    kind: str
    runs: list[RunOut]
    cells: list[list[RunOut]]
    other: str
    move: int


class ClauseOut(BaseModel):
    """kind: same, changed, renumbered, new, gone. A clause that is the same has no lines."""

    kind: str
    label: str
    old_number: str
    new_number: str
    anchor: str
    heading: list[RunOut]
    lines: list[LineOut]


class SummaryOut(BaseModel):
    says: str
    changed: list[str]
    new: list[str]
    gone: list[str]
    renumbered: list[tuple[str, str]]
    moved: int
    definitions_new: int
    definitions_gone: int
    words_new: int
    words_gone: int


class ComparisonOut(BaseModel):
    old: SideOut
    new: SideOut
    tracked: str
    summary: SummaryOut
    clauses: list[ClauseOut]

    @classmethod
    def of(cls, asked: Sides, found: Comparison) -> "ComparisonOut":
        told = vars(found.summary) | {"says": says(found.summary)}
        return cls(
            old=SideOut.of(asked.old),
            new=SideOut.of(asked.new),
            tracked=asked.tracked.value,
            summary=SummaryOut.model_validate(told, from_attributes=True),
            clauses=[_clause(change) for change in found.clauses],
        )


def _clause(change: ClauseChange) -> ClauseOut:
    return ClauseOut(
        kind=change.kind,
        label=change.label,
        old_number=change.old.number if change.old else "",
        new_number=change.new.number if change.new else "",
        anchor=change.unit.anchor,
        heading=_runs(change.heading),
        lines=[_line(line) for line in change.lines] if change.kind != SAME else [],
    )


def _line(line: Line) -> LineOut:
    cells = [_runs(cell) for cell in line.cells]
    return LineOut(kind=line.kind, runs=_runs(line.runs), cells=cells, other=line.other, move=line.move)


def _runs(runs: Sequence[Run]) -> list[RunOut]:
    return [RunOut(kind=run.kind, text=run.text) for run in runs]
