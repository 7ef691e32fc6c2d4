"""Writing a Whoosh index: two of its slow spots passed by, its format unchanged.

Lengths of fields stand in columns of our own, so Whoosh need not look for its own at each posting
(a look into the folder, a million times); and what does not fit into memory is put aside in lists,
not posting by posting.
"""

import pickle
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.writing import PostingPool, SegmentWriter

from sgdocs.search.whoosh_reading import readable

MEMORY_MB = 96
BLOCK = 512
TOGETHER = 2_000
Posting = tuple[str, bytes, int, float, bytes]


def writer(index: FileIndex) -> SegmentWriter:
    """A writer of one new segment; to be committed or cancelled."""
    with readable():
        codec = W3Codec(blocklimit=BLOCK, compression=1)
        codec.length_stats = False
        made = index.writer(limitmb=MEMORY_MB, codec=codec)
        made.pool = _ListPool(made.pool.tempstore, made.newsegment, limitmb=MEMORY_MB)
    return made


def cancel(writer: SegmentWriter) -> None:
    """Give up what was not committed."""
    if not writer.is_closed:
        writer.cancel()


class _ListPool(PostingPool):  # type: ignore[misc]  # Whoosh has no types
    """Runs of postings in files of our own making, removed when they have been merged."""

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
