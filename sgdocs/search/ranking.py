"""What a match is worth: weights, tuned on judged queries (`tests/bench`), and the arithmetic. Pure.

Each role of a field gives its own saturated frequency (BM25), so that no number of words in a summary
outweighs a title; the roles are added. Source: Robertson and Zaragoza, "The probabilistic relevance
framework: BM25 and beyond", 2009.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sgdocs.search.arrays import Floats, Ints

FEW: Final = 5  # families with all the words; when there are fewer, some of the words will do
ENOUGH: Final = 2  # so many of the words
MOST_OTHERS: Final = 60
MOST_WORDS_SUGGESTED: Final = 8


@dataclass(frozen=True)
class Role:
    """weight: what a full match is worth; length: 0 to 1, how much a long text counts less."""

    weight: float
    length: float


@dataclass(frozen=True)
class Weights:
    """saturation: occurrences that give half of a role's weight. adjacent, adjacent_title: for words that
    follow each other as typed, against one word's idf. covered: how much of the score depends on how many
    of the words are there. standing: factor by `Standing`.
    """

    number: Role = Role(9.0, 0.0)
    number_parts: Role = Role(2.0, 0.0)
    names: Role = Role(5.0, 0.0)
    title: Role = Role(2.6, 0.6)
    body: Role = Role(1.0, 0.75)
    saturation: float = 1.2
    adjacent: float = 0.1
    adjacent_title: float = 0.4
    covered: float = 0.5
    standing: tuple[float, ...] = (1.0, 0.95, 1.0, 0.92, 0.85, 0.8)


WEIGHTS = Weights()


def rarity(total: int, having: int) -> float:
    """Inverse document frequency, never below zero."""
    return float(np.log1p((total - having + 0.5) / (having + 0.5)))


def frequency(counts: Floats, lengths: Ints, mean: float, *, length: float) -> Floats:
    """Occurrences brought to a text of mean length."""
    return (counts / (1 - length + length * lengths / mean)).astype(np.float32)


def saturated(frequencies: Floats, at_half: float) -> Floats:
    return (frequencies / (frequencies + at_half)).astype(np.float32)
