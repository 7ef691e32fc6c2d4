"""Which clause of the older text is which of the newer: by number and title, then title, then number, then by its words."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence

from sgdocs.text.model import Unit
from sgdocs.text.word_marks import similarity, words

ALIKE = 0.5
"""Two clauses without number or title in common are the same from this share of common words on."""
ALIKE_UNDER_NUMBER = 0.3
ALIKE_AT_ALL = 0.2
FEW_WORDS = 5
PAIRS = 250_000


class Matching:
    """Matches as they are found: `old_of` gives for each newer clause the older one, by position."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        self.old_of: dict[int, int] = {}
        self._old, self._new = old, new
        self._taken: set[int] = set()
        self._old_words = [Counter(words(f"{unit.title} {unit.text}")) for unit in old]
        self._new_words = [Counter(words(f"{unit.title} {unit.text}")) for unit in new]

    def by(self, key: Callable[[Unit], Hashable | None], least: float) -> None:
        """Match clauses with the same key, the most alike first, those below `least` not at all."""
        places: dict[Hashable, list[int]] = defaultdict(list)
        for at, unit in enumerate(self._old):
            name = key(unit)
            if at not in self._taken and name:
                places[name].append(at)
        pairs = []
        for at, unit in enumerate(self._new):
            name = key(unit)
            if at not in self.old_of and name:
                pairs += [(place, at) for place in places[name][: 1 + PAIRS // max(len(self._new), 1)]]
        self._take(pairs, least)

    def _take(self, pairs: list[tuple[int, int]], least: float) -> None:
        alike = [(self._alike(old, new), old, new) for old, new in pairs]
        for share, old, new in sorted(alike, key=lambda one: (-one[0], abs(one[1] - one[2]), one[2])):
            if share >= least and old not in self._taken and new not in self.old_of:
                self.old_of[new] = old
                self._taken.add(old)

    def by_words(self) -> None:
        left_old = [at for at in range(len(self._old)) if at not in self._taken]
        left_new = [at for at in range(len(self._new)) if at not in self.old_of]
        if len(left_old) * len(left_new) <= PAIRS:
            pairs = [
                (o, n)
                for o in left_old
                for n in left_new
                if self._has_words(o) and self._old[o].kind == self._new[n].kind
            ]
            self._take(pairs, ALIKE)

    def _has_words(self, old: int) -> bool:
        return self._old_words[old].total() >= FEW_WORDS

    def _alike(self, old: int, new: int) -> float:
        return similarity(self._old_words[old], self._new_words[new])


def matched(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """Position in the newer text -> position in the older, for all clauses that both have."""
    found = Matching(old, new)
    found.by(_name, ALIKE)
    found.by(lambda unit: _title(unit) or None, ALIKE)
    found.by(_name, 0.0)
    found.by(lambda unit: _title(unit) or None, ALIKE_AT_ALL)
    found.by(lambda unit: unit.number or None, ALIKE_UNDER_NUMBER)
    found.by_words()
    return found.old_of


def _name(unit: Unit) -> Hashable:
    """Number and title; of what has neither, its place."""
    return unit.number, _title(unit), "" if unit.title else unit.anchor


def _title(unit: Unit) -> str:
    return " ".join(words(unit.title))
