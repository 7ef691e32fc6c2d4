"""Sentences of clauses, and what another text has otherwise, sentence by sentence. Pure."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

ABBREVIATIONS: Final = frozenset(
    [
        "e.g",
        "i.e",
        "cf",
        "vs",
        "approx",
        "no",
        "nos",
        "fig",
        "figs",
        "eq",
        "eqs",
        "rec",
        "recs",
        "sec",
        "cl",
        "art",
        "ref",
        "refs",
        "vol",
        "ed",
        "inc",
        "ltd",
        "resp",
        "p",
        "pp",
        "v",
    ]
)
_END = re.compile(r"(?:(?<![.!?…])[.!?…]++[\"”’)\]]*+\s+)|(?:[。！？؟]+[”」』）]*\s*)")
_LAST_WORD = re.compile(r"[^\s(\[“\"]+$")
_TOKEN = re.compile(
    r"(?P<minus>(?<![\w)])[-−–](?=\d))"
    r"|(?P<word>\d+(?:[.,]\d+)+|[\u3040-\u30ff\u3400-\u9fff]|\w+)|(?P<sign>[^\w\s])"
)
_SIGNS: Final = "%‰"
_SHORT: Final = 3
_LOOK_BACK: Final = 40
"""Characters before a full stop that may hold an abbreviation; hostile lines are long."""


def sentences(text: str) -> list[str]:
    """Of a clause, in order; a row of a table is one. What stands between two paragraphs is never one sentence, and a
    line without letter or digit (a rule under the text) is none."""
    found: list[str] = []
    for line in text.split("\n"):
        if any(letter.isalnum() for letter in line):
            found += [line] if "\t" in line else _split(" ".join(line.split()))
    return found


def _split(line: str) -> list[str]:
    made, start = [], 0
    for end in _END.finditer(line):
        if _ends(line, start, end):
            made.append(line[start : end.end()].strip())
            start = end.end()
    rest = line[start:].strip()
    return [*made, rest] if rest else made


def _ends(line: str, start: int, end: re.Match[str]) -> bool:
    """Whether a sentence ends there: no abbreviation, no initial, and no small letter goes on."""
    after = line[end.end() : end.end() + 1]
    if after.islower():
        return False
    if not end.group().startswith("."):
        return True
    word = _LAST_WORD.search(line[max(start, end.start() - _LOOK_BACK) : end.start()])
    last = word.group().casefold() if word else ""
    return last not in ABBREVIATIONS and not (len(last) == 1 and last.isalpha())


@lru_cache(maxsize=20_000)
def key(sentence: str) -> str:
    """What makes it the same sentence: its words, numbers and signs; not its punctuation, nor the capital of a word.

    `≤ 5 ns` is not `≥ 5 ns`, nor 5 mW 5 MW; `The delay,` is `the delay`.
    """
    return " ".join(word for token in _TOKEN.finditer(sentence) if (word := _even(token)))


def _even(token: re.Match[str]) -> str:
    """The token as it counts, "" when it does not."""
    text = token.group()
    if token.lastgroup == "minus":
        return "-"
    if token.lastgroup == "sign":
        return text if text in _SIGNS or unicodedata.category(text)[0] == "S" else ""
    return text.casefold() if len(text) >= _SHORT and text[1:].islower() else text


def keys(text: str) -> list[str]:
    """Of the sentences of a text that have words at all."""
    return [found for each in sentences(text) if (found := key(each))]
