"""All segments of one generation as one set of arrays; readers keep it until the index changes."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sgdocs.search.arrays import Floats, Ints, Mask
from sgdocs.search.engine import FACETS, PUBLIC
from sgdocs.search.whoosh_reading import Postings, Segment, Values
from sgdocs.search.whoosh_schema import POSITIONED


@dataclass(frozen=True)
class Found:
    """Documents of the whole snapshot and how often a term is in each."""

    docs: Ints
    counts: Floats


@dataclass(frozen=True)
class Snapshot:
    """name: dated folder and generation. deleted: documents, by number in the snapshot."""

    name: str
    segments: Sequence[Segment]
    deleted: Ints

    @cached_property
    def bases(self) -> list[int]:
        return [0, *np.cumsum([segment.size for segment in self.segments]).tolist()]

    @property
    def size(self) -> int:
        return int(self.bases[-1])

    @cached_property
    def alive(self) -> Mask:
        mask = np.ones(self.size, dtype=bool)
        mask[self.deleted] = False
        return mask

    @cached_property
    def day(self) -> Ints:
        return _joined([segment.day for segment in self.segments])

    @cached_property
    def standing(self) -> Ints:
        return _joined([segment.standing for segment in self.segments])

    @cached_property
    def family(self) -> Ints:
        """The number of its family in the index, the same after every rebuild."""
        return _joined([segment.family for segment in self.segments])

    @cached_property
    def family_order(self) -> Ints:
        """Families numbered from 0, for counting."""
        return np.unique(self.family, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def lengths(self) -> dict[str, tuple[Ints, float]]:
        """Field -> words in it for each document, and the mean over those that have it."""
        out = {}
        for field in POSITIONED:
            if any(field in segment.lengths for segment in self.segments):
                parts = [segment.lengths.get(field, np.zeros(segment.size, np.int64)) for segment in self.segments]
                lengths = _joined(parts)
                out[field] = (lengths, float(lengths[lengths > 0].mean()) if (lengths > 0).any() else 1.0)
        return out

    @cached_property
    def facets(self) -> dict[str, Values]:
        return {facet: self._facet(facet) for facet in FACETS}

    @cached_property
    def public(self) -> Mask:
        return self.seen_by(frozenset({PUBLIC}))

    def seen_by(self, audiences: Set[str]) -> Mask:
        """Documents that are there and that these audiences may see."""
        labels, numbers = self._audience
        allowed = np.array([label in audiences for label in labels], dtype=bool)
        return self.alive & allowed[numbers] if len(labels) else self.alive

    def find(self, field: str, term: str) -> Found:
        """Where a term is, in all segments; deleted documents included."""
        parts = [
            (segment.postings(field, term), base) for segment, base in zip(self.segments, self.bases, strict=False)
        ]
        return Found(
            _joined([postings.ids + base for postings, base in parts]),
            np.concatenate([np.zeros(0), *(postings.counts for postings, _ in parts)]).astype(np.float32),
        )

    def find_phrase(self, field: str, terms: Sequence[str]) -> Found:
        """Where terms follow each other."""
        docs, counts = [], []
        for segment, base in zip(self.segments, self.bases, strict=False):
            ids, often = _following([segment.postings(field, term) for term in terms])
            docs.append(ids + base)
            counts.append(often)
        return Found(_joined(docs), np.concatenate([np.zeros(0), *counts]).astype(np.float32))

    def starting(self, field: str, prefix: str, most: int) -> set[str]:
        """Words of the index that begin so, the most frequent of each segment."""
        return {word for segment in self.segments for word in segment.lexicon(field).starting(prefix, most)}

    def where(self, doc: int) -> tuple[Segment, int]:
        """The segment of a document and its number there."""
        number = int(np.searchsorted(self.bases, doc, side="right")) - 1
        return self.segments[number], doc - self.bases[number]

    @cached_property
    def _audience(self) -> tuple[list[str], Ints]:
        labels = [label for segment in self.segments for label in segment.audience]
        names = sorted(set(labels))
        numbers = {label: number for number, label in enumerate(names)}
        return names, np.fromiter((numbers[label] for label in labels), np.int64, len(labels))

    def _facet(self, facet: str) -> Values:
        names = sorted({name for segment in self.segments for name in segment.facets[facet].names})
        number = {name: i for i, name in enumerate(names)}
        docs, numbers = [], []
        for segment, base in zip(self.segments, self.bases, strict=False):
            values = segment.facets[facet]
            here = np.array([number[name] for name in values.names], dtype=np.int64)
            docs.append(values.docs + base)
            numbers.append(here[values.numbers] if len(here) else values.numbers)
        return Values(tuple(names), _joined(docs), _joined(numbers))


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, np.int64), *parts])


_BIG = 1 << 31


def _following(terms: Sequence[Postings]) -> tuple[Ints, Ints]:
    """Documents where each term stands one place after the one before, and how often."""
    ids = terms[0].ids
    for postings in terms[1:]:
        ids = np.intersect1d(ids, postings.ids, assume_unique=True)
    spots: Ints | None = None
    for offset, postings in enumerate(terms):
        if not len(ids):
            return ids, ids
        wanted = np.repeat(np.isin(postings.ids, ids, assume_unique=True), postings.counts)
        docs = np.repeat(postings.ids, postings.counts)[wanted]
        here = docs * _BIG + postings.places[wanted] - offset
        spots = here if spots is None else np.intersect1d(spots, here)
    if spots is None or not len(spots):
        return ids[:0], ids[:0]
    return np.unique(spots // _BIG, return_counts=True)
