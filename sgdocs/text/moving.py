"""Lines that left one place and stand in another: moves, of 8 words or more."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sgdocs.text.word_marks import similarity, words

WORDS = 8
"""A shorter line may be the same by chance."""
ALIKE = 0.8
PAIRS = 40_000


@dataclass(frozen=True)
class Loose:
    """A line that stands on one side only. clause, line: where."""

    clause: int
    line: int
    text: str


def moves(gone: Sequence[Loose], new: Sequence[Loose]) -> list[tuple[Loose, Loose]]:
    """Pairs of where it was and where it is now: the same words first, then nearly the same."""
    there: dict[str, list[Loose]] = defaultdict(list)
    long_gone = [one for one in gone if is_long(one.text)]
    for one in long_gone:
        there[_bare(one.text)].append(one)
    found: list[tuple[Loose, Loose]] = []
    left = []
    for one in new:
        if is_long(one.text):
            same = there.get(_bare(one.text))
            if same:
                found.append((same.pop(0), one))
            else:
                left.append(one)
    taken = {old for old, _ in found}
    return found + _nearly([one for one in long_gone if one not in taken], left)


def is_long(text: str) -> bool:
    return len(words(text)) >= WORDS


def _nearly(gone: list[Loose], new: list[Loose]) -> list[tuple[Loose, Loose]]:
    if len(gone) * len(new) > PAIRS:
        return []
    left = {one: Counter(words(one.text)) for one in gone}
    right = {one: Counter(words(one.text)) for one in new}
    alike = [(similarity(left[old], right[now]), old, now) for old in gone for now in new]
    found: list[tuple[Loose, Loose]] = []
    taken: set[Loose] = set()
    for share, old, now in sorted(alike, key=lambda one: -one[0]):
        if share >= ALIKE and old not in taken and now not in taken:
            found.append((old, now))
            taken |= {old, now}
    return found


def _bare(text: str) -> str:
    return " ".join(words(text))
