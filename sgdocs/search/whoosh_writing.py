"""Writing a Whoosh index: two of its slow spots passed by, its format unchanged.

Lengths of fields stand in columns of our own, so Whoosh need not look for its own at each posting
(a look into the folder, a million times); and what does not fit into memory is put aside in lists,
not posting by posting.
"""

import math
import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import PostingPool, SegmentWriter

from sgdocs.search.whoosh_reading import readable

MEMORY_MB = 96
BLOCK = 512
TOGETHER = 2_000
TIER = 6
BIGGEST = TIER**4
MOST_APART = 60
LOOK_EVERY = 1_000
LOOK_EVERY_S = 0.25
Posting = tuple[str, bytes, int, float, bytes]


def writer(index: FileIndex) -> SegmentWriter:
    """A writer of one new segment; to be committed or cancelled."""
    with readable():
        codec = W3Codec(blocklimit=BLOCK, compression=1)
        codec.length_stats = False
        made = index.writer(limitmb=MEMORY_MB, codec=codec)
        made.pool = _ListPool(made.pool.tempstore, made.newsegment, limitmb=MEMORY_MB)
    return made


def take_out(writer: SegmentWriter, gone: Mapping[str, Iterable[str]]) -> int:
    """Delete the documents that have one of these terms in that field; how many. The segments are opened once."""
    with writer.searcher() as searcher:
        return sum(
            int(writer.delete_by_term(field, term, searcher=searcher))
            for field, terms in gone.items()
            for term in terms
        )


class NotNow(Exception):
    """A merge was given up: something else is to be done."""


def apart(writer: SegmentWriter, segments: Sequence[Segment]) -> list[Segment]:
    """The policy of a write, for which somebody waits: merge nothing before there are `MOST_APART` that could be merged.

    A search pays 0.25 ms for each segment; see `merged`. Segments that have nothing left are dropped.
    """
    left = [segment for segment in segments if segment.doc_count()]
    return left if sum(map(len, _tiers(left))) < MOST_APART else merged(writer, left)


def merged(writer: SegmentWriter, segments: Sequence[Segment]) -> list[Segment]:
    """The policy of idle hours: `TIER` segments of one size become one; the smallest size that has so many.

    Copies some 1,500 records of clauses at most (5 s). What has `BIGGEST` stays as it is until the next rebuild.
    """
    left = [segment for segment in segments if segment.doc_count()]
    for segment in next((tier[:TIER] for tier in _tiers(left) if len(tier) >= TIER), []):
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
        left.remove(segment)
    return left


def has_parts(segments: Sequence[Segment]) -> bool:
    """Whether `merged` would merge any."""
    return any(len(tier) >= TIER for tier in _tiers(segments))


def merge(writer: SegmentWriter, is_quiet: Callable[[], bool]) -> None:
    """Commit what `merged` makes. NotNow, with nothing changed, as soon as it is no longer quiet."""
    writer.pool.look = _looking(is_quiet)
    writer.commit(mergetype=merged)


def _looking(is_quiet: Callable[[], bool]) -> Callable[[], None]:
    """Looks four times a second, however often it is called."""
    looked = time.monotonic()

    def look() -> None:
        nonlocal looked
        if time.monotonic() - looked >= LOOK_EVERY_S:
            if not is_quiet():
                raise NotNow
            looked = time.monotonic()

    return look


def _tiers(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments by the order of magnitude of what they hold, the smallest first; the biggest are in none."""
    tiers: dict[int, list[Segment]] = {}
    for segment in segments:
        if 0 < segment.doc_count() < BIGGEST:
            tiers.setdefault(int(math.log(segment.doc_count(), TIER)), []).append(segment)
    return [tiers[size] for size in sorted(tiers)]


def cancel(writer: SegmentWriter) -> None:
    """Give up what was not committed."""
    if not writer.is_closed:
        writer.cancel()


class _ListPool(PostingPool):  # type: ignore[misc]  # Whoosh has no types
    """Runs of postings in files of our own making, removed when they have been merged.

    look: called every thousand postings that come and go; what it raises ends the writing.
    """

    look: Callable[[], None] | None = None
    added = 0

    def add(self, item: Posting) -> None:
        self.added += 1
        if self.look and self.added % LOOK_EVERY == 0:
            self.look()
        super().add(item)

    def iter_postings(self) -> Iterator[Posting]:
        for number, item in enumerate(super().iter_postings()):
            if self.look and number % LOOK_EVERY == 0:
                self.look()
            yield item

    def _write_run(self, run: IO[bytes], items: Iterable[Posting]) -> None:
        left = iter(items)
        while together := list(islice(left, TOGETHER)):
            pickle.dump(together, run, protocol=5)
        run.close()

    def _read_run(self, path: str) -> Iterator[Posting]:
        run: IO[bytes] = self._open_run(path)
        try:
            while True:
                yield from pickle.load(run)  # noqa: S301 - written a moment ago by this process
        except EOFError:
            return
        finally:
            run.close()
            self._remove_run(path)
