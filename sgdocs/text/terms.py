"""Terms of a glossary found in running text: the longest that begins at a word, word by word. Pure.

Time grows with the text alone, whatever the number of terms. Chinese has no spaces: each character is a word there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(f"[{_HAN}]|[^\\W{_HAN}]+")
_BETWEEN = re.compile(r"[ \u00a0\u2010\u2011-]{0,2}")


@dataclass(frozen=True)
class Spot:
    """Where a term stands: text[start:end]; official: what it is called in the other language."""

    start: int
    end: int
    official: str


class Terms:
    """words: a term -> its official counterpart. Case does not matter; a hyphen is as good as a space."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = dict(words)
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for term, official in self.words.items():
            parts = tuple(found.group().casefold() for found in _WORD.finditer(term))
            if parts and official:
                self._by_first.setdefault(parts[0], []).append((parts, official))
        for held in self._by_first.values():
            held.sort(key=lambda one: len(one[0]), reverse=True)

    def spots(self, text: str) -> Iterator[Spot]:
        """Every term in the text, from its start; none lies in another."""
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            found = self._longest(text, words, at)
            if found is None:
                at += 1
                continue
            length, official = found
            start, end = words[at].start(), words[at + length - 1].end()
            yield Spot(start, end, as_begun(official, text[start]))
            at += length

    def _longest(self, text: str, words: list[re.Match[str]], at: int) -> tuple[int, str] | None:
        for parts, official in self._by_first.get(words[at].group().casefold(), ()):
            here = words[at : at + len(parts)]
            if len(here) == len(parts) and all(
                word.group().casefold() == part for word, part in zip(here, parts, strict=True)
            ):
                gaps = (text[one.end() : two.start()] for one, two in pairwise(here))
                if all(_BETWEEN.fullmatch(gap) for gap in gaps):
                    return len(parts), official
        return None


def as_begun(official: str, first: str) -> str:
    """With a capital where the term has one: at the beginning of a sentence."""
    return official[:1].upper() + official[1:] if first.isupper() else official
