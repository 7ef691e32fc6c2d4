"""Lines of two versions of one clause side by side: the same, the changed, those of one side only."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from sgdocs.text.word_marks import similarity, words

Pair = tuple[str | None, str | None]
"""Older and newer line; None where there is none."""
MANY_PAIRS = 1_000_000
ALIKE = 0.5
ROW_ALIKE = 0.34
CELLS = 3_600


def side_by_side(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """All lines of both in order. Equal ones first, then in each gap those that are most alike."""
    if repeated(old, new) > MANY_PAIRS:
        yield from _by_place(old, new)
        return
    for what, i, k, j, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from zip(old[i:k], new[j:m], strict=True)
        else:
            yield from _gap(old[i:k], new[j:m])


def repeated(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal pieces there are: what finding the longest common run costs."""
    there = Counter(new)
    return sum(there[one] for one in old)


def _by_place(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Thousands of lines that repeat each other: what begins and ends alike is the same, between them place counts."""
    least = min(len(old), len(new))
    begin = next((at for at in range(least) if old[at] != new[at]), least)
    end = next((at for at in range(least - begin) if old[-1 - at] != new[-1 - at]), least - begin)
    yield from zip(old[:begin], new[:begin], strict=True)
    yield from _gap(old[begin : len(old) - end], new[begin : len(new) - end])
    yield from zip(old[len(old) - end :], new[len(new) - end :], strict=True)


def _gap(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    at_old = at_new = 0
    for i, j in _alike(old, new):
        yield from ((line, None) for line in old[at_old:i])
        yield from ((None, line) for line in new[at_new:j])
        yield old[i], new[j]
        at_old, at_new = i + 1, j + 1
    yield from ((line, None) for line in old[at_old:])
    yield from ((None, line) for line in new[at_new:])


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs in the order of both texts with the greatest likeness in all; by place where there are too many."""
    if len(old) * len(new) > CELLS:
        return [(at, at) for at in range(min(len(old), len(new))) if likeness(old[at], new[at])]
    left = [Counter(words(line)) for line in old]
    right = [Counter(words(line)) for line in new]
    score = [[_of(old[i], new[j], left[i], right[j]) for j in range(len(new))] for i in range(len(old))]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            with_both = best[i + 1][j + 1] + score[i][j] if score[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], with_both)
    return _path(best, score)


def _path(best: list[list[float]], score: list[list[float]]) -> list[tuple[int, int]]:
    found, i, j = [], 0, 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if score[i][j] and best[i][j] == best[i + 1][j + 1] + score[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def likeness(old: str, new: str) -> float:
    """0 when they are two different lines, else how much they have in common."""
    return _of(old, new, Counter(words(old)), Counter(words(new)))


def _of(old: str, new: str, left: Counter[str], right: Counter[str]) -> float:
    """A row is no paragraph; rows with the same first cell belong together."""
    if ("\t" in old) != ("\t" in new):
        return 0.0
    share = similarity(left, right)
    if "\t" not in old:
        return share if share >= ALIKE else 0.0
    first, other = old.split("\t", maxsplit=1)[0].strip(), new.split("\t", maxsplit=1)[0].strip()
    share = max(share, 0.5 + share / 2) if first and first == other else share
    return share if share >= ROW_ALIKE else 0.0
