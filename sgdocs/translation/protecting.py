"""Official terms and numbers kept through a machine translation: put in before it, asked for after it. Pure.

A word that stands under several terms with different counterparts is left to the service: the glossary does not say which.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sgdocs.base.text import clean, folded
from sgdocs.search.glossary import Glossary, key_of
from sgdocs.text.terms import Spot, Terms

_NUMBER = re.compile(r"\b(?:ITU-[TR] )?(?:[A-Z]{1,2}\.\d+(?:\.\d+)*|[A-Z]{1,3}\d*[A-Z]?-[A-Z]{1,3}\d+(?:R\d+)?)\b")
"""`G.9804.1`, `ITU-R P.1546`, `SG15-C12R1`: no service may translate them."""
_SPAN = re.compile(r"</?span\b[^>]{0,200}>", re.IGNORECASE)
LEAST_LETTERS: Final = 3
"""A shorter term (`at`, `IP`) is too often another word."""


@dataclass(frozen=True)
class Protected:
    """markup: what is sent; kept: (as it stood, as it must stand), in their order."""

    markup: str
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Restored:
    """text: plain words; missed: what had to stand there and does not; kept: how much of it does."""

    text: str
    missed: tuple[tuple[str, str], ...] = ()
    kept: int = 0


def terms_of(glossary: Glossary, source: str, target: str) -> Terms:
    """The words of one language with their preferred counterpart in another."""
    return Terms(counterparts(glossary, source, target))


def counterparts(glossary: Glossary, source: str, target: str) -> Mapping[str, str]:
    """A term in the source language -> its official term in the target, ambiguous words left out."""
    found: dict[str, tuple[str, str]] = {}
    ambiguous = set()
    for concept in glossary.values():
        official = next(iter(concept.forms.get(target, ())), "")
        for form in concept.forms.get(source, ()) if official else ():
            key = key_of(form)
            if key in found and key_of(found[key][1]) != key_of(official):
                ambiguous.add(key)
            found.setdefault(key, (form, official))
    least = 1 if source == "zh" else LEAST_LETTERS
    return {form: official for key, (form, official) in found.items() if key not in ambiguous and len(form) >= least}


def protect(text: str, terms: Terms) -> Protected:
    """The text as markup for the service, with every official term and number in a span that stays as it is."""
    said, kept, at = [], [], 0
    for spot in _spots(text, terms):
        said += [html.escape(text[at : spot.start], quote=False), _held(spot.official)]
        kept.append((text[spot.start : spot.end], spot.official))
        at = spot.end
    return Protected("".join((*said, html.escape(text[at:], quote=False))), tuple(kept))


def _held(official: str) -> str:
    return f'<span translate="no">{html.escape(official, quote=False)}</span>'


def _spots(text: str, terms: Terms) -> Iterator[Spot]:
    """Numbers, and terms that do not touch them, from the start."""
    numbers = [Spot(found.start(), found.end(), found.group()) for found in _NUMBER.finditer(text)]
    ends, at = numbers, 0
    for spot in terms.spots(text):
        while at < len(ends) and ends[at].end <= spot.start:
            yield ends[at]
            at += 1
        if at == len(ends) or spot.end <= ends[at].start:
            yield spot
    yield from ends[at:]


def restore(answer: str, sent: Protected) -> Restored:
    """Plain words again: our spans taken out, all else that looks like markup is text and stays text."""
    text = clean(html.unescape(_SPAN.sub("", answer)))
    lower, missed = folded(text), []
    seen: Counter[str] = Counter()
    for term, official in sent.kept:
        wanted = folded(official)
        seen[wanted] += 1
        if lower.count(wanted) < seen[wanted]:
            missed.append((term, official))
    return Restored(text, tuple(missed), len(sent.kept) - len(missed))
