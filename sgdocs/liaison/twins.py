"""Whether two texts say the same: shingles of five words, Jaccard, and min-hash bands to find candidates. Pure. N19.

Two texts are a pair when they share at least half of their shingles. With BANDS bands of ROWS rows each such a pair shares
at least one band with probability 1 - (1 - J^3)^40: 0.995 at J = 0.5, 1.000 at J = 0.8; 0.04 at J = 0.1.
"""

import hashlib
import re
from collections.abc import Iterable
from itertools import islice
from struct import Struct
from typing import Final

from sgdocs.base.text import folded

WORDS: Final = 5
TWIN, SHOWN = 0.8, 0.5
"""From this Jaccard on a text is a twin, or worth showing. Source: feature N19."""
BANDS, ROWS = 40, 3
MOST_WORDS: Final = 20_000
"""Of a text that is compared; the rest of a longer one is left out."""
_WORD: Final = re.compile(r"\w+")
_NUMBERS: Final = Struct(f"<{BANDS * ROWS}I")
_63_BITS: Final = (1 << 63) - 1

Shingles = frozenset[str]


def normalised(text: str) -> list[str]:
    """Its words without case, accents, marks and layout."""
    return [match.group() for match in islice(_WORD.finditer(folded(text)), MOST_WORDS)]


def shingles_of(text: str) -> Shingles:
    """Every run of five words; a shorter text is one shingle; nothing of no words."""
    words = normalised(text)
    if len(words) < WORDS:
        return frozenset([" ".join(words)] if words else ())
    return frozenset(" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1))


def jaccard(one: Shingles, other: Shingles) -> float:
    """The shared part of all shingles of both, 0 to 1; 0 where one has none."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def signature_of(shingles: Iterable[str]) -> tuple[int, ...]:
    """The min-hash signature: for each of BANDS * ROWS ways to number shingles, the least number. Empty of none.

    Costs some 8 µs a shingle.
    """
    rows = [_NUMBERS.unpack(hashlib.shake_128(each.encode()).digest(_NUMBERS.size)) for each in shingles]
    return tuple(min(column) for column in zip(*rows, strict=True))


def bands_of(signature: tuple[int, ...]) -> tuple[int, ...]:
    """One number of 63 bits for each band, the number of the band mixed in, so that values compare without it."""
    found = []
    for band in range(len(signature) // ROWS):
        rows = signature[band * ROWS : (band + 1) * ROWS]
        digest = hashlib.blake2b(repr((band, rows)).encode(), digest_size=8).digest()
        found.append(int.from_bytes(digest, "big") & _63_BITS)
    return tuple(found)


def is_twin(share: float) -> bool:
    return share >= TWIN


def is_shown(share: float) -> bool:
    return share >= SHOWN
