"""Words of two versions of one paragraph, marked: what both have, what is new, what is gone."""

import re
from collections import Counter
from difflib import SequenceMatcher

from sgdocs.text.comparison import GONE, NEW, SAME, Run

PAIRS = 400_000
"""With more pairs of equal words a paragraph is shown as replaced: nobody reads marks in it."""
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+|\s+|[^\w\s]")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+")


def words(text: str) -> list[str]:
    """Its words in small letters; each Chinese character is one."""
    return _WORD.findall(text.casefold())


def similarity(old: Counter[str], new: Counter[str]) -> float:
    """Share of words that both have, 0 to 1, whatever their order."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


def marked(old: str, new: str) -> tuple[Run, ...]:
    """Runs that give `old` without the new ones and `new` without those that are gone."""
    if old == new:
        return (Run(SAME, new),) if new else ()
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    there = Counter(after)
    if sum(there[one] for one in before) > PAIRS:
        return _runs([(GONE, old), (NEW, new)])
    found: list[tuple[str, str]] = []
    for what, i, k, j, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append((SAME, "".join(before[i:k])))
        else:
            found += [(GONE, "".join(before[i:k])), (NEW, "".join(after[j:m]))]
    return _runs(_joined(found))


def _joined(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Blanks between two changes belong to both, so that a rewritten phrase is one change."""
    made: list[tuple[str, str]] = []
    gone = new = ""
    for at, (kind, text) in enumerate(found):
        is_between = kind == SAME and not text.strip() and 0 < at < len(found) - 1 and (gone or new)
        if kind == GONE or is_between:
            gone += text
        if kind == NEW or is_between:
            new += text
        if kind == SAME and not is_between:
            made += [(GONE, gone), (NEW, new), (SAME, text)]
            gone = new = ""
    return [*made, (GONE, gone), (NEW, new)]


def _runs(found: list[tuple[str, str]]) -> tuple[Run, ...]:
    return tuple(Run(kind, text) for kind, text in found if text)
