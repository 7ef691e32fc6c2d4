"""The embedded engine: a Whoosh index, read through arrays.

One writer of all processes; readers look at one small file and one folder listing per search
to see whether anything changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import numpy as np
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from sgdocs.search import whoosh_writing
from sgdocs.search.engine import IndexStatus, IndexUnavailable, Progress, Query, Record, Results, Suggestion
from sgdocs.search.snapshot import Snapshot
from sgdocs.search.whoosh_folder import REBUILD, IndexFolder
from sgdocs.search.whoosh_reading import PostingCache, Segment, readable
from sgdocs.search.whoosh_schema import BODIES, HEAD_WORDS, NAMES, NUMBER, OF_FAMILY, TITLES, WORDS, document
from sgdocs.search.whoosh_search import answer, suggestions

PROGRESS_EVERY = 200


class WhooshEngine:
    """`SearchEngine` over a private folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = IndexFolder(folder)
        self._cache = PostingCache()
        self._segments: dict[str, Segment] = {}
        self._snapshot: Snapshot | None = None
        self._index: tuple[str, FileIndex] | None = None
        self._lock = Lock()

    def search(self, query: Query, audiences: Set[str]) -> Results:
        return answer(self._now(), query, audiences)

    def suggest(self, prefix: str, audiences: Set[str], *, limit: int = 8) -> tuple[Suggestion, ...]:
        return suggestions(self._now(), prefix, audiences, limit=limit)

    def upsert(self, records: Iterable[Record]) -> int:
        documents = {record.key: document(record) for record in records}
        self._write({"key": documents}, documents)
        return len(documents)

    def replace(self, families: Iterable[str], records: Iterable[Record]) -> int:
        documents = {record.key: document(record) for record in records}
        self._write({OF_FAMILY: set(families), "key": documents}, documents)
        return len(documents)

    def delete(self, keys: Iterable[str]) -> int:
        return self._write({"key": set(keys)}, {})

    def rebuild(self, records: Iterable[Record], progress: Progress | None = None) -> int:
        self._folder.make_private()
        with self._folder.writing():
            name, index = self._folder.create()
            count = _filled(index, records, progress)
            index.close()
            self._folder.use(name)
            self._folder.clear_up()
        return count

    def tidy(self, is_quiet: Callable[[], bool]) -> bool:
        with self._writing() as index:
            with readable():
                if not whoosh_writing.has_parts(index._read_toc().segments):
                    return False
            writer = whoosh_writing.writer(index)
            try:
                whoosh_writing.merge(writer, is_quiet)
            except whoosh_writing.NotNow:
                return False
            finally:
                whoosh_writing.cancel(writer)
        return True

    def check(self) -> Sequence[str]:
        try:
            return _faults(self._now())
        except IndexUnavailable as error:
            return [str(error)]

    def keys(self) -> Set[str]:
        snapshot = self._now()
        return frozenset(_key(snapshot, int(doc)) for doc in np.flatnonzero(snapshot.alive))

    def status(self) -> IndexStatus:
        snapshot = self._now()
        name = snapshot.name.partition(" ")[0]
        built_at = self._folder.about(name).built_at
        return IndexStatus("whoosh", int(snapshot.alive.sum()), snapshot.name, self._folder.size_bytes(name), built_at)

    def close(self) -> None:
        with self._lock:
            for segment in self._segments.values():
                segment.close()
            self._segments, self._snapshot, self._index = {}, None, None

    def _now(self) -> Snapshot:
        """The snapshot of what is in use now; the one at hand when nothing has changed."""
        with self._lock:
            for attempt in range(3):
                try:
                    return self._opened()
                except IndexUnavailable:
                    if attempt == 2:
                        raise
                    self._index = None  # swapped or merged away while it was being opened: look again
        raise AssertionError

    def _opened(self) -> Snapshot:
        name = self._folder.current()
        if self._index is None or self._index[0] != name:
            self._index = (name, self._folder.open(name))
        index = self._index[1]
        with readable():
            stamp = f"{name} {index.latest_generation()}"
        if self._snapshot is None or self._snapshot.name != stamp:
            self._snapshot = self._read(stamp, index)
        return self._snapshot

    def _read(self, stamp: str, index: FileIndex) -> Snapshot:
        with readable():
            contents = index._read_toc()
            segments = [self._segment(index, contents.schema, each) for each in contents.segments]
            bases = np.cumsum([0, *(segment.size for segment in segments)])
            deleted = [
                int(base) + doc
                for base, each in zip(bases, contents.segments, strict=False)
                for doc in each.deleted_docs() or ()
            ]
        for segment in segments:
            segment.warm()
        self._segments = {segment.id: segment for segment in segments}  # the others close with their last search
        return Snapshot(stamp, segments, np.asarray(sorted(deleted), dtype=np.int64))

    def _segment(self, index: FileIndex, schema: object, segment: object) -> Segment:
        known = self._segments.get(segment.segment_id())  # type: ignore[attr-defined]  # Whoosh has no types
        return known or Segment(SegmentReader(index.storage, schema, segment), self._cache)

    def _write(self, gone: Mapping[str, Iterable[str]], added: Mapping[str, Mapping[str, object]]) -> int:
        """Take out what has these terms, by field, and put documents in, in one commit; how many went."""
        with self._writing() as index:
            writer = whoosh_writing.writer(index)
            try:
                count = whoosh_writing.take_out(writer, gone)
                for fields in added.values():
                    writer.add_document(**fields)
                writer.commit(mergetype=whoosh_writing.apart)
            except BaseException:
                whoosh_writing.cancel(writer)
                raise
        return count

    @contextmanager
    def _writing(self) -> Iterator[FileIndex]:
        """The index in use, for this process alone."""
        self._folder.current()
        with self._folder.writing():
            yield self._folder.open(self._folder.current())


def _filled(index: FileIndex, records: Iterable[Record], progress: Progress | None) -> int:
    writer = whoosh_writing.writer(index)
    seen: set[str] = set()
    try:
        for record in records:
            if record.key in seen:
                raise ValueError(f"two records have the key {record.key}")
            seen.add(record.key)
            writer.add_document(**document(record))
            if progress and len(seen) % PROGRESS_EVERY == 0:
                progress(len(seen))
        writer.commit(merge=False)
    except BaseException:
        whoosh_writing.cancel(writer)
        raise
    if progress:
        progress(len(seen))
    return len(seen)


def _key(snapshot: Snapshot, doc: int) -> str:
    segment, number = snapshot.where(doc)
    return segment.brief(number)[0]


def _faults(snapshot: Snapshot) -> list[str]:
    """Reads every posting and every stored text."""
    faults = []
    for segment in snapshot.segments:
        for field in (NUMBER, NAMES, HEAD_WORDS, WORDS, *TITLES.values(), *BODIES.values()):
            for term in segment.lexicon(field).words:
                ids = segment.decoded(field, term).ids
                if len(ids) and int(ids[-1]) >= segment.size:
                    faults.append(f"The word “{term}” ({field}) points to a record that is not there. {REBUILD}")
        for doc in range(segment.size):
            segment.text(doc)
    keys = [_key(snapshot, int(doc)) for doc in np.flatnonzero(snapshot.alive)]
    if len(keys) != len(set(keys)):
        faults.append(f"{len(keys) - len(set(keys))} records stand twice. {REBUILD}")
    return faults
