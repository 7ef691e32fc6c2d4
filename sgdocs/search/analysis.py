"""Text -> terms, for the index and for the query, in the six languages. Pure.

A word with inner marks ("G.652", "single-mode", "E-model") stands in the index as its parts, one position
each, and joined ("g652", "singlemode") at the first; so every way of writing it meets the others.
Letters and digits that touch inside it are joined as well: "BT.500-14" holds "bt500".
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from threading import local
from typing import Final

import Stemmer

from sgdocs.search.spelling import one_spelling
from sgdocs.search.stopwords import STOP_WORDS

PLAIN: Final = "plain"
STEMMERS: Final = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
MOST_PARTS_JOINED = 6
LONGEST_WORD = 60
CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff"
_JOINERS = r".\-/'’ʼ_+&‐‑"
_WORD = re.compile(rf"[{CJK}]+|(?:(?![{CJK}])[^\W_])+(?:[{_JOINERS}](?:(?![{CJK}])[^\W_])+)*")
_INNER = re.compile(rf"[{_JOINERS}]+")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})

_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670]")
_ARABIC_BEFORE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{3})")


@dataclass(frozen=True)
class Token:
    """A term at a position, counted in words from the beginning of the text."""

    term: str
    position: int


@dataclass(frozen=True)
class Form:
    """One way in which the index may hold what was typed: terms that follow each other."""

    terms: tuple[str, ...]
    weight: float = 1.0


def tokens(text: str, language: str = PLAIN) -> Iterator[Token]:
    """Every term of the text; several may share a position."""
    position = 0
    for match in _WORD.finditer(_composed(text)):
        laid, width = _laid_out(match[0].casefold()[: LONGEST_WORD * 4], language)
        for term, offset in laid:
            yield Token(term, position + offset)
        position += width


def surfaces(text: str) -> Iterator[str]:
    """The words as they are written, folded, without stemming: for prefixes and corrections."""
    for match in _WORD.finditer(_composed(text)):
        yield from _surface(match[0].casefold()[: LONGEST_WORD * 4])


def wholes(text: str) -> Iterator[str]:
    """Each written word as one term: "G.652" is "g652", and nothing else."""
    for match in _WORD.finditer(_composed(text)):
        yield fold(_joined(_parts(match[0].casefold()[: LONGEST_WORD * 4])))


def beginning(text: str) -> str:
    """A prefix as typed, as the written words begin in the index: "G.80" is "g80"."""
    return "".join(wholes(text)) or fold(text)


def forms(text: str, language: str = PLAIN) -> tuple[Form, ...]:
    """How the index of that language may hold a typed word; empty when nothing is left of it.

    A number inside a longer word ("BT.500-14", a file name) is an answer too, of half the weight.
    """
    words = [_parts(match[0].casefold()[: LONGEST_WORD * 4]) for match in _WORD.finditer(_composed(text))]
    found: list[Form] = []
    if len(words) == 1 and not _is_cjk(words[0][0]):
        found += [Form((term,)) for term in _stems(_joined(words[0]), language)]
    if len(words) != 1 or len(words[0]) > 1 or _is_cjk(words[0][0]):
        found += phrase(text, language)
        found += [Form((pair,), 0.5) for parts in words if len(parts) > 1 for pair in _pairs(parts)]
    return tuple({form.terms: form for form in reversed(found)}.values())[::-1]


def phrase(text: str, language: str = PLAIN) -> tuple[Form, ...]:
    """The words of a text as terms that follow each other."""
    sequence: list[str] = []
    for match in _WORD.finditer(_composed(text)):
        sequence += [_stems(part, language)[0] for part in _parts(match[0].casefold()[: LONGEST_WORD * 4])]
    return (Form(tuple(sequence)),) if sequence else ()


def parts_of(text: str) -> list[str]:
    """The written words without case and Arabic vowel signs, parted at their inner marks: "single-mode" is two."""
    words = (match[0].casefold() for match in _WORD.finditer(_ARABIC_MARKS.sub("", _composed(text))))
    return [part for word in words for part in _parts(word[: LONGEST_WORD * 4])]


def is_stop_word(text: str) -> bool:
    """Words that need not occur: they only help to rank."""
    return fold(text) in STOP_WORDS


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """For comparison: no case, no accents, one form of each Arabic letter; Cyrillic й keeps its breve."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", _composed(word).casefold()) if _kept(c))
    return unicodedata.normalize("NFC", bare).translate(_ARABIC)


def marker(terms: frozenset[str], prefixes: tuple[str, ...]) -> Callable[[str, str], bool]:
    """A test (word as written, language): is it one of the words asked for?"""

    def is_asked(word: str, language: str) -> bool:
        if prefixes and any(surface.startswith(prefixes) for surface in _surface(word.casefold())):
            return True
        return any(term in terms for term, _ in _laid_out(word.casefold()[: LONGEST_WORD * 4], language)[0])

    return is_asked


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Where words stand in a text as it is."""
    return _WORD.finditer(text)


_COMBINING_BREVE = "\u0306"


def _kept(c: str) -> bool:
    return c == _COMBINING_BREVE or not unicodedata.combining(c)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=100_000)
def _laid_out(word: str, language: str) -> tuple[tuple[tuple[str, int], ...], int]:
    """The terms of one written word with their offsets, and how many positions it takes."""
    if _is_cjk(word):
        return _characters(word), len(word)
    parts = _parts(word)
    laid = [(term, i) for i, part in enumerate(parts) for term in _stems(part, language)]
    if 1 < len(parts) <= MOST_PARTS_JOINED:
        laid += [(term, 0) for term in _stems(_joined(parts), language)]
    laid += [(pair, 0) for pair in _pairs(parts) if len(parts) > 1]
    return tuple(dict.fromkeys(laid)), len(parts)


def _characters(run: str) -> tuple[tuple[str, int], ...]:
    """Chinese: pairs of characters, and the characters alone."""
    pairs = [(run[i : i + 2], i) for i in range(len(run) - 1)]
    return tuple(pairs + [(c, i) for i, c in enumerate(run)])


def _parts(word: str) -> list[str]:
    if _is_cjk(word):
        return [word] if len(word) == 1 else [word[i : i + 2] for i in range(len(word) - 1)]
    return [part[:LONGEST_WORD] for part in _INNER.split(word) if part]


def _joined(parts: list[str]) -> str:
    return "".join(parts)[:LONGEST_WORD] if len(parts) > 1 and not _is_cjk(parts[0]) else parts[0]


def _pairs(parts: list[str]) -> list[str]:
    """Letters with the digits that follow them: a series with its number."""
    return [fold(a + b) for a, b in pairwise(parts) if a.isalpha() and b[0].isdigit()]


def _is_cjk(word: str) -> bool:
    return re.match(f"[{CJK}]", word) is not None


@lru_cache(maxsize=50_000)
def _surface(word: str) -> tuple[str, ...]:
    parts = [fold(part) for part in _parts(word)]
    if 1 < len(parts) <= MOST_PARTS_JOINED and not _is_cjk(parts[0]):
        parts.append(fold(_joined(parts)))
    return tuple(dict.fromkeys(parts))


@lru_cache(maxsize=200_000)
def _stems(word: str, language: str) -> tuple[str, ...]:
    """The stem, and beside it the stem of the word without accents where the two differ."""
    stemmer = _stemmer(language)
    if stemmer is None or any(c.isdigit() for c in word):
        return (fold(word),)
    bare = fold(word)
    if language == "en":
        return (stemmer.stemWord(one_spelling(bare)),)
    if language == "ar":  # the stemmer takes off more behind an article, so every word gets one
        given = "ال" + _ARABIC_BEFORE.sub("", word)
        return tuple(dict.fromkeys((fold(stemmer.stemWord(given)), stemmer.stemWord(bare), bare)))
    given = word.replace("ё", "е")
    return tuple(dict.fromkeys((fold(stemmer.stemWord(given)), stemmer.stemWord(bare))))


_PER_THREAD = local()


def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    """A stemmer is not safe between threads: one for each."""
    name = STEMMERS.get(language)
    if name is None:
        return None
    mine: dict[str, Stemmer.Stemmer] = _PER_THREAD.__dict__.setdefault("stemmers", {})
    if name not in mine:
        mine[name] = Stemmer.Stemmer(name, 0)
    return mine[name]
