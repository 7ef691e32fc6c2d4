"""Documents -> families: one hit each, its best standing member first; and facets that count families. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sgdocs.search.arrays import Floats, Ints, Mask
from sgdocs.search.engine import FacetValue, Filter, Sort

MOST_VALUES = 60


@dataclass(frozen=True)
class Families:
    """heads: the document that stands for each family, in the order of the results; scores beside them.
    docs: all matching documents in family order, `starts[i]` to `ends[i]` those of the i-th family.
    """

    heads: Ints
    scores: Floats
    docs: Ints
    starts: Ints
    ends: Ints


def collapsed(mask: Mask, score: Floats, *, family: Ints, standing: Ints, day: Ints, sort: Sort) -> Families:
    """Members: best standing, then newest, then best score. Families: by score (or day), ties without chance."""
    docs = np.flatnonzero(mask)
    docs = docs[np.lexsort((docs, -score[docs], -day[docs], standing[docs], family[docs]))]
    if not len(docs):
        none = np.zeros(0, np.int64)
        return Families(none, np.zeros(0, np.float32), none, none, none)
    starts = np.flatnonzero(np.r_[True, np.diff(family[docs]) != 0])
    ends = np.r_[starts[1:], len(docs)]
    heads = docs[starts]
    best = np.maximum.reduceat(score[docs], starts)
    undated = day[heads] == 0
    keys = {
        Sort.RELEVANCE: (family[heads], -day[heads], standing[heads], -best),
        Sort.NEWEST: (family[heads], -best, -day[heads], undated),
        Sort.OLDEST: (family[heads], -best, day[heads], undated),
    }[sort]
    order = np.lexsort(keys)
    return Families(heads[order], best[order], docs, starts[order], ends[order])


def counted(
    names: Sequence[str], docs: Ints, numbers: Ints, mask: Mask, *, families: Ints, chosen: Sequence[str]
) -> tuple[FacetValue, ...]:
    """How many families have each value; the most frequent first, the chosen ones always among them."""
    kept = mask[docs]
    pairs = np.unique(numbers[kept] * (int(families.max(initial=0)) + 1) + families[docs[kept]])
    counts = np.bincount(pairs // (int(families.max(initial=0)) + 1), minlength=len(names))
    selected = {value.casefold() for value in chosen}
    values = [
        FacetValue(name, int(count), name.casefold() in selected)
        for name, count in zip(names, counts, strict=False)
        if count or name.casefold() in selected
    ]
    values.sort(key=lambda value: (-value.count, value.value))
    return tuple(v for i, v in enumerate(values) if i < MOST_VALUES or v.selected)


def holding(names: Sequence[str], docs: Ints, numbers: Ints, wanted: Filter, size: int) -> Mask:
    """Documents that a filter lets through; values are compared without case."""
    sought = {value.casefold() for value in wanted.values}
    right = np.array([name.casefold() in sought for name in names], dtype=bool)
    mask = np.zeros(size, dtype=bool)
    if len(names):
        mask[docs[right[numbers]]] = True
    return ~mask if wanted.excluded else mask


def others_of(masks: Mapping[str, Mask], facet: str, base: Mask) -> Mask:
    """The base narrowed by the filters of every other facet."""
    for name, mask in masks.items():
        if name != facet:
            base = base & mask
    return base
