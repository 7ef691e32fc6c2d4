"""Short forms and what they stand for, harvested from texts ("passive optical network (PON)"). Pure.

To be fed with public records only: what it finds is shown to everybody.
Source: Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions", 2003.
"""

import re
from collections import Counter
from collections.abc import Iterable

LONGEST_SHORT = 10
_IN_BRACKETS = re.compile(r"\(([^()]{2,80})\)")
_SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9/+&.-]{0,8}[A-Za-z0-9]")
_BREAK = re.compile(r"[.;:!?()\[\]]")


def harvest(texts: Iterable[str], *, at_least: int = 1) -> dict[str, tuple[str, ...]]:
    """Short form -> its full forms, the most frequent first; seen `at_least` times."""
    seen: dict[str, Counter[str]] = {}
    for text in texts:
        for short, full in pairs(text):
            seen.setdefault(short, Counter())[full] += 1
    return {
        short: kept
        for short, fulls in sorted(seen.items())
        if (kept := tuple(full for full, times in fulls.most_common(4) if times >= at_least))
    }


def pairs(text: str) -> list[tuple[str, str]]:
    """(short, full) for each "full (SHORT)" and "SHORT (full)" in the text."""
    found = []
    for match in _IN_BRACKETS.finditer(text):
        inside = match[1].split(",")[0].split(";")[0].strip()
        before = _BREAK.split(text[max(0, match.start() - 160) : match.start()])[-1].rstrip()
        if _is_short(inside):
            full = _full_form(inside, before)
        else:
            inside, full = before.rsplit(" ", 1)[-1], inside
            full = full if _is_short(inside) and _full_form(inside, full) == full else ""
        if full:
            found.append((inside, _tidied(full)))
    return found


def _is_short(text: str) -> bool:
    """Two to ten characters, at least two of them capitals or a capital and a digit."""
    marks = sum(c.isupper() or c.isdigit() for c in text)
    return len(text) <= LONGEST_SHORT and bool(_SHORT.fullmatch(text)) and marks >= 2 and any(map(str.isupper, text))


def _full_form(short: str, before: str) -> str:
    """The words before the bracket whose letters spell the short form, or nothing.

    Letters are matched from the end; the first must begin a word, and no more words are
    taken than the short form has letters and five.
    """
    words = before.split()[-(min(len(short) + 5, len(short) * 2)) :]
    candidate = " ".join(words)
    at = len(candidate)
    letters = [c.lower() for c in short if c.isalnum()]
    for n, letter in enumerate(reversed(letters)):
        first = n == len(letters) - 1
        at = candidate.lower().rfind(letter, 0, at)
        while at > 0 and first and candidate[at - 1].isalnum():
            at = candidate.lower().rfind(letter, 0, at)
        if at < 0:
            return ""
    full = candidate[at:]
    return full if len(full) > len(short) + 2 and short not in full.split() else ""


def _tidied(full: str) -> str:
    """In lower case, save words that are short forms themselves."""
    return " ".join(word if sum(map(str.isupper, word)) > 1 else word.lower() for word in full.split())
