"""What a comparison of two texts gives. Plain values."""

from dataclasses import dataclass

from sgdocs.text.model import Unit

SAME, NEW, GONE, CHANGED, RENUMBERED = "same", "new", "gone", "changed", "renumbered"
MOVED_HERE, MOVED_AWAY = "moved-here", "moved-away"


@dataclass(frozen=True)
class Run:
    """Words that stand in both (`same`), only in the newer (`new`) or only in the older text (`gone`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """A paragraph, or a row of a table when it has cells.

    kind: same, changed, new, gone, moved-here, moved-away; runs: its words; cells: the same for each cell of a row;
    other: the anchor of the clause it was moved from or to; move: a number that both ends of a move share, else 0.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    cells: tuple[tuple[Run, ...], ...] = ()
    other: str = ""
    move: int = 0


@dataclass(frozen=True)
class ClauseChange:
    """A clause of the one, of the other, or of both. kind: same, changed, renumbered (and nothing else), new, gone."""

    kind: str
    old: Unit | None
    new: Unit | None
    heading: tuple[Run, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def unit(self) -> Unit:
        """As it stands in the newer text, or stood in the older."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def label(self) -> str:
        """Its number, else its title, else `start` for what stands before the first heading."""
        return self.unit.number or self.unit.title or self.unit.anchor


@dataclass(frozen=True)
class Summary:
    """Labels of clauses, in the order of the text; renumbered: pairs of labels; moved: paragraphs; words: counted."""

    changed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    renumbered: tuple[tuple[str, str], ...] = ()
    moved: int = 0
    definitions_new: int = 0
    definitions_gone: int = 0
    words_new: int = 0
    words_gone: int = 0

    @property
    def is_same(self) -> bool:
        return not (self.changed or self.new or self.gone or self.renumbered)


@dataclass(frozen=True)
class Comparison:
    """clauses: in the order of the newer text, those that are gone where they stood."""

    clauses: tuple[ClauseChange, ...] = ()
    summary: Summary = Summary()


def says(summary: Summary) -> str:
    """In English, as “clauses 6.2 and 7.1 changed; 3 definitions new”."""
    parts = [
        *_clauses(summary.changed, "changed"),
        *_clauses(summary.new, "new"),
        *_clauses(summary.gone, "gone"),
        *_clauses(tuple(f"{old} → {new}" for old, new in summary.renumbered), "renumbered"),
        *_counted(summary.moved, "paragraph", "moved"),
        *_counted(summary.definitions_new, "definition", "new"),
        *_counted(summary.definitions_gone, "definition", "gone"),
    ]
    return "; ".join(parts) or "nothing changed"


def _clauses(labels: tuple[str, ...], verb: str) -> list[str]:
    if not labels:
        return []
    if len(labels) == 1:
        return [f"clause {labels[0]} {verb}"]
    return [f"clauses {', '.join(labels[:-1])} and {labels[-1]} {verb}"]


def _counted(number: int, noun: str, verb: str) -> list[str]:
    return [f"{number} {noun}{'' if number == 1 else 's'} {verb}"] if number else []
