"""Several versions of one sentence made into one, where each touches other words of it. Pure."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

Span = tuple[int, int, str]
"""Words of the base from, to (that one not), and what stands there instead."""
_WORD = re.compile(r"\s*\S+")


def merged(base: str, versions: Sequence[str]) -> str:
    """The sentence with every change, or "" when two touch the same words or one takes it out altogether.

    Changes that touch each other without a word between them are not merged: nobody could say in which order.
    """
    if not all(versions):
        return ""
    words = _WORD.findall(base)
    spans = sorted({span for version in versions for span in _spans(words, _WORD.findall(version))})
    if any(two[0] <= one[1] for one, two in pairwise(spans)):
        return ""
    made, at = [], 0
    for start, end, put in spans:
        made += [*words[at:start], put]
        at = end
    return "".join((*made, *words[at:])).strip()


def _spans(old: list[str], new: list[str]) -> list[Span]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i, k, "".join(new[j:m])) for what, i, k, j, m in codes if what != "equal"]
