"""What a text would have otherwise than the base text: one edit a sentence, bound to the clause of the base. Pure.

Both texts are the kept clauses of files, tracked changes taken as accepted.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sgdocs.text.clause_matching import matched
from sgdocs.text.compare import APART
from sgdocs.text.line_matching import Pair, side_by_side
from sgdocs.text.model import Unit
from sgdocs.text.pages import unpaged
from sgdocs.work_programme.sentences import key, sentences

WHOLE: Final = 0.75
"""A contribution that brings this share of the clauses brings the whole text: what it leaves out it would delete."""
_LEFT_OUT = re.compile(r"^[\[(<*\s]*(?:\.{3}|…|unchanged|no changes?|omitted|skipped)[^.]{0,40}[\])>*.\s]*$", re.I)


@dataclass(frozen=True)
class Edit:
    """clause, anchor: of the base text, or of a clause that is new; place: index of the sentence in the clause of the
    base, for one that is added that of the sentence it follows (-1: before the first).

    before: the sentence of the base, "" when something is added; after: what would stand there, "" when nothing.
    """

    clause: str
    anchor: str
    place: int
    before: str
    after: str
    is_new_clause: bool = False

    @property
    def change(self) -> str:
        """replaces, adds, removes."""
        return "adds" if not self.before else "removes" if not self.after else "replaces"

    @property
    def is_editorial(self) -> bool:
        """Only punctuation, capitals or spaces differ."""
        return bool(self.before and self.after) and key(self.before) == key(self.after)


@dataclass(frozen=True)
class Known:
    """Keys of sentences that came in, and of those that went out, by changes that are accounted for."""

    came: Collection[str] = ()
    went: Collection[str] = ()


def label(unit: Unit) -> str:
    """As people call the clause: its number, else its title."""
    return unit.number or unit.title or unit.anchor


def text_units(units: Iterable[Unit]) -> list[Unit]:
    """The text itself: no margins, no comments, no cover before the first heading where there are headings."""
    held = unpaged([unit for unit in units if unit.kind not in APART])
    return [unit for unit in held if unit.level] or held


def clause_named(units: Sequence[Unit], name: str) -> Unit | None:
    """By anchor, number or title, whatever the case; `clause 7.2` is 7.2."""
    wanted = name.strip().casefold().removeprefix("clause ").strip()
    for field in ("anchor", "number", "title"):
        found = next((unit for unit in units if wanted and getattr(unit, field).casefold() == wanted), None)
        if found is not None:
            return found
    return None


def edits(base: Sequence[Unit], other: Sequence[Unit], known: Known | None = None) -> list[Edit]:
    """Of the next draft: every sentence that is not the same, every clause that is new or gone.

    known: changes that are left out before the rest is set side by side, so that they cannot be taken for others.
    """
    old, new = text_units(base), text_units(other)
    old_of = matched(old, new)
    made: list[Edit] = []
    for at, unit in enumerate(new):
        made += _of_clause(old[old_of[at]], unit, known or Known()) if at in old_of else [_new_clause(unit)]
    kept = set(old_of.values())
    return made + [edit for at, unit in enumerate(old) if at not in kept for edit in _gone_clause(unit)]


def requests(base: Sequence[Unit], other: Sequence[Unit]) -> list[Edit]:
    """Of a contribution: what it would change in the clauses that it brings.

    One that brings some clauses alone says nothing of the others, nor of what it marks as left out; its own
    introduction, discussion and proposal are no clauses of the text.
    """
    old, new = text_units(base), text_units(other)
    old_of = {at: was for at, was in matched(old, new).items() if _is_quoted(old[was], new[at])}
    is_whole = len(old_of) >= WHOLE * len(old)
    numbers = {unit.number for unit in old if unit.number}
    made: list[Edit] = []
    for at, unit in enumerate(new):
        if at in old_of:
            made += _but_left_out(_of_clause(old[old_of[at]], unit, Known()), unit)
        elif old_of and at > min(old_of) and _continues(unit, numbers, is_whole=is_whole):
            made.append(_new_clause(unit))
    if is_whole:
        kept = set(old_of.values())
        made += [edit for at, unit in enumerate(old) if at not in kept for edit in _gone_clause(unit)]
    return made


def _is_quoted(old: Unit, new: Unit) -> bool:
    """Whether it is the clause itself, and not one of the covering paper with the same title."""
    before, after = sentences(old.text), sentences(new.text)
    if not before or not after:
        return old.number == new.number and key(old.title) == key(new.title)
    return any(one and two for one, two in side_by_side(before, after))


def _continues(unit: Unit, numbers: set[str], *, is_whole: bool) -> bool:
    """Whether a clause that the base does not have would be one of its: below one, or after one.

    Clauses 1, 2, 3 of a paper that brings a part of the text are those of its own cover.
    """
    if not unit.number:
        return is_whole
    above = unit.number.rpartition(".")[0]
    if unit.number in numbers or not (above or is_whole):
        return False
    return above in numbers or any(_follows(unit.number, each) for each in numbers)


def _follows(number: str, before: str) -> bool:
    """`7.4` follows `7.3`, `7bis` follows `7`."""
    above, _, last = number.rpartition(".")
    old_above, _, old_last = before.rpartition(".")
    if last.isdigit() and old_last.isdigit():
        return above == old_above and int(last) == int(old_last) + 1
    return number.startswith(before) and number[len(before) :].isalpha()


def _but_left_out(made: Iterable[Edit], unit: Unit) -> list[Edit]:
    if not any(_LEFT_OUT.match(line) for line in unit.text.split("\n")):
        return list(made)
    return [edit for edit in made if edit.change != "removes" and not _LEFT_OUT.match(edit.after)]


def _of_clause(old: Unit, new: Unit, known: Known) -> Iterator[Edit]:
    name, anchor = label(old), old.anchor
    if key(old.title) != key(new.title):
        yield Edit(name, anchor, -1, old.title, new.title)
    before, after = sentences(old.text), sentences(new.text)
    places = [at for at, each in enumerate(before) if key(each) not in known.went or each in after]
    left = [each for each in after if key(each) not in known.came or each in before]
    yield from _paired(name, anchor, places, side_by_side([before[at] for at in places], left))


def _paired(name: str, anchor: str, places: Sequence[int], pairs: Iterable[Pair]) -> Iterator[Edit]:
    """places: of the older sentences in the clause, in their order."""
    order = iter(places)
    place = -1
    removed: list[tuple[int, str]] = []
    added: list[str] = []
    for before, after in pairs:
        if before is None and after is not None:
            added.append(after)
        elif after is None and before is not None:
            place = next(order)
            removed.append((place, before))
        elif before is not None and after is not None:
            yield from _run(name, anchor, removed, added, place)
            place, removed, added = next(order), [], []
            if before != after:
                yield Edit(name, anchor, place, before, after)
    yield from _run(name, anchor, removed, added, place)


def _run(name: str, anchor: str, removed: list[tuple[int, str]], added: list[str], place: int) -> Iterator[Edit]:
    """What was taken out and what was put in at one place: the first sentence out is replaced by all that came in."""
    words = "\n".join(added)
    if added and not removed:
        yield Edit(name, anchor, place, "", words)
    for at, (index, before) in enumerate(removed):
        yield Edit(name, anchor, index, before, words if at == 0 else "")


def _new_clause(unit: Unit) -> Edit:
    heading = f"{unit.number} {unit.title}".strip()
    return Edit(label(unit), unit.anchor, -1, "", f"{heading}\n{unit.text}".strip(), is_new_clause=True)


def _gone_clause(unit: Unit) -> Iterator[Edit]:
    if unit.title:
        yield Edit(label(unit), unit.anchor, -1, unit.title, "")
    for place, sentence in enumerate(sentences(unit.text)):
        yield Edit(label(unit), unit.anchor, place, sentence, "")
