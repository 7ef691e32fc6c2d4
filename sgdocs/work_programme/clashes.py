"""What many documents would change in one base text, side by side: by clause, by sentence, with what collides. Pure."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sgdocs.text.comparison import Run
from sgdocs.text.model import Unit
from sgdocs.text.word_marks import marked
from sgdocs.work_programme.edits import Edit, label, text_units
from sgdocs.work_programme.merging import merged
from sgdocs.work_programme.sentences import key, keys, sentences


class Clash(StrEnum):
    """NONE: one document alone, or all say the same. SENTENCE: two change the same sentence to different words. PLACE: two
    add different words at the same place. CLAUSE: two bring different clauses under one number."""

    NONE = ""
    AGREED = "agreed"
    SENTENCE = "sentence"
    PLACE = "place"
    CLAUSE = "clause"


@dataclass(frozen=True)
class Asked:
    """A document with what it would change. id: of the document."""

    id: int
    edits: Sequence[Edit]


@dataclass(frozen=True)
class Wish:
    """One document's wish for one sentence. is_old: its words are those of an earlier base text, so it was perhaps
    written on that one; runs: the words marked against the base."""

    id: int
    edit: Edit
    is_old: bool = False

    @property
    def runs(self) -> tuple[Run, ...]:
        return marked(self.edit.before, self.edit.after)


@dataclass(frozen=True)
class Row:
    """A sentence of the base (or a place after one: before is "") with all that is wished there.

    together: the sentence with all wishes, where they touch different words of it, else "".
    """

    place: int
    before: str
    wishes: tuple[Wish, ...]
    clash: Clash = Clash.NONE
    together: str = ""


@dataclass(frozen=True)
class Clause:
    """A clause of the base text, or a new one, with the rows that somebody would change."""

    label: str
    title: str
    anchor: str
    rows: tuple[Row, ...]
    is_new: bool = False

    @property
    def clashes(self) -> int:
        return sum(row.clash not in (Clash.NONE, Clash.AGREED) for row in self.rows)

    @property
    def documents(self) -> tuple[int, ...]:
        """Ids of the documents that touch it, in the order in which they were given."""
        return tuple(dict.fromkeys(wish.id for row in self.rows for wish in row.wishes))


def side_by_side(base: Sequence[Unit], asked: Sequence[Asked], earlier: Collection[str] = ()) -> list[Clause]:
    """Clauses that somebody would change, in the order of the base, new ones after it.

    earlier: keys of the sentences of earlier base texts (`sentences.keys`).
    """
    held = text_units(base)
    wishes: defaultdict[tuple[str, bool], list[Wish]] = defaultdict(list)
    for document in asked:
        for edit in document.edits:
            name = edit.clause if edit.is_new_clause else edit.anchor
            wishes[name, edit.is_new_clause].append(Wish(document.id, edit, _is_old(edit, earlier)))
    old = [_clause(unit, wishes.pop((unit.anchor, False))) for unit in held if (unit.anchor, False) in wishes]
    return old + [_new(name, each) for (name, _), each in sorted(wishes.items())]


def _is_old(edit: Edit, earlier: Collection[str]) -> bool:
    after = keys(edit.after)
    return bool(edit.before and after) and all(each in earlier for each in after)


def _clause(unit: Unit, wishes: Sequence[Wish]) -> Clause:
    at: defaultdict[tuple[int, bool], list[Wish]] = defaultdict(list)
    for wish in wishes:
        at[wish.edit.place, not wish.edit.before].append(wish)
    rows = tuple(_row(place, some) for (place, _), some in sorted(at.items(), key=lambda each: each[0]))
    return Clause(label(unit), unit.title, unit.anchor, rows)


def _row(place: int, wishes: Sequence[Wish]) -> Row:
    before = wishes[0].edit.before
    clash = _clash(wishes, Clash.SENTENCE if before else Clash.PLACE)
    together = merged(before, [w.edit.after for w in wishes]) if clash is Clash.SENTENCE else ""
    return Row(place, before, tuple(wishes), clash, together)


def _clash(wishes: Sequence[Wish], kind: Clash) -> Clash:
    """Of two documents at least; those that say the same agree."""
    if len({wish.id for wish in wishes}) < 2:
        return Clash.NONE
    return kind if len({tuple(keys(wish.edit.after)) for wish in wishes}) > 1 else Clash.AGREED


def _new(name: str, wishes: Sequence[Wish]) -> Clause:
    row = Row(-1, "", tuple(wishes), _clash(wishes, Clash.CLAUSE))
    return Clause(name, "", wishes[0].edit.anchor, (row,), is_new=True)


def sentence_keys(units: Sequence[Unit]) -> set[str]:
    """Of all sentences of a text."""
    return {key(each) for unit in text_units(units) for each in sentences(unit.text)} - {""}
