"""An unmodified Whoosh index read into arrays: postings, columns, words.

Segments never change once written, so what was decoded from one stays true; only its
deletions change, and they come with the table of contents. Uses private parts of the W3
codec, which is why the version of Whoosh is pinned; a test compares with the stock queries.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.reading import SegmentReader

from sgdocs.search.arrays import Ints
from sgdocs.search.engine import FACETS, IndexUnavailable
from sgdocs.search.whoosh_folder import REBUILD
from sgdocs.search.whoosh_schema import HEAD_WORDS, POSITIONED, SEPARATOR, WORDS, length_of

CACHED_BYTES: Final = 64 * 1024 * 1024
_WITH_PLACES: Final = frozenset(POSITIONED)


@dataclass(frozen=True)
class Postings:
    """ids: documents of the segment; counts: how often in each; places: all positions one after the other."""

    ids: Ints
    counts: Ints
    places: Ints

    @property
    def size_bytes(self) -> int:
        return 200 + self.ids.nbytes + self.counts.nbytes + self.places.nbytes


@dataclass(frozen=True)
class Values:
    """A facet: document `docs[i]` has value `names[numbers[i]]`; a document may stand there several times."""

    names: tuple[str, ...]
    docs: Ints
    numbers: Ints


@dataclass(frozen=True)
class Lexicon:
    """The words of a segment in order, and in how many documents each is."""

    words: list[str]
    counts: Ints

    def starting(self, prefix: str, most: int) -> list[str]:
        """Words that begin so; the most frequent when there are more than `most`."""
        first = bisect_left(self.words, prefix)
        last = bisect_left(self.words, prefix + "\U0010ffff", lo=first)
        if last - first <= most:
            return self.words[first:last]
        best = np.argpartition(-self.counts[first:last], most)[:most]
        return [self.words[first + int(i)] for i in np.sort(best)]


NOTHING = Postings(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


class PostingCache:
    """Decoded postings, the least recently used dropped first; shared by the threads of a process."""

    def __init__(self, limit_bytes: int = CACHED_BYTES) -> None:
        self.limit_bytes = limit_bytes
        self.size_bytes = 0
        self._kept: OrderedDict[tuple[str, str, str], Postings] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, str, str]) -> Postings | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, str, str], postings: Postings) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = postings
            self.size_bytes += postings.size_bytes
            while self.size_bytes > self.limit_bytes and len(self._kept) > 1:
                self.size_bytes -= self._kept.popitem(last=False)[1].size_bytes


class Segment:
    """One segment, opened; its columns are read at once, postings when they are asked for."""

    def __init__(self, reader: SegmentReader, cache: PostingCache) -> None:
        self._reader = reader
        self._cache = cache
        self._lock = Lock()
        self._lexicons: dict[str, Lexicon] = {}
        with readable():
            self.id: str = reader.segment().segment_id()
            self.size: int = reader.doc_count_all()
            self._briefs = reader.column_reader("brief", translate=False)
            self.fields = frozenset(reader.indexed_field_names())
            self.family = self._numbers("family")
            self.day = self._numbers("day")
            self.standing = self._numbers("standing")
            self.audience = self._labels("audience")
            self.lengths = {name: self._numbers(length_of(name)) for name in POSITIONED if name in self.fields}
            self.facets = {facet: self._values(f"facet_{facet}") for facet in FACETS}

    def postings(self, field: str, term: str) -> Postings:
        """Where a term is; deleted documents included."""
        if field not in self.fields:
            return NOTHING
        key = (self.id, field, term)
        found = self._cache.get(key)
        if found is None:
            with self._lock, readable():
                found = self._decoded(field, term.encode())
            self._cache.put(key, found)
        return found

    def decoded(self, field: str, term: str) -> Postings:
        """The same, past the cache; for checking."""
        with self._lock, readable():
            return self._decoded(field, term.encode())

    def lexicon(self, field: str) -> Lexicon:
        """The words of a field; read once."""
        with self._lock:
            if field not in self._lexicons:
                with readable():
                    self._lexicons[field] = self._words(field)
            return self._lexicons[field]

    def warm(self) -> None:
        """Read the words now, that no search has to wait for them."""
        for field in (HEAD_WORDS, WORDS):
            self.lexicon(field)

    def brief(self, doc: int) -> tuple[str, str, str, str]:
        """key, family, kind, identifier."""
        with self._lock, readable():
            key, family, kind, identifier = bytes(self._briefs[doc]).decode().split(SEPARATOR)
        return key, family, kind, identifier

    def text(self, doc: int) -> dict[str, dict[str, str]]:
        """titles and bodies by language, as they were given."""
        with self._lock, readable():
            stored: dict[str, dict[str, str]] = self._reader.stored_fields(doc)["text"]
        return stored

    def close(self) -> None:
        self._reader.close()

    def _numbers(self, column: str) -> Ints:
        """A numeric column; documents after the last one with a value have 0."""
        numbers = np.zeros(self.size, np.int64)
        if self._reader.has_column(column):
            stored = self._reader.column_reader(column, translate=False)
            raw = stored._dbfile.get(stored._basepos, stored._count * stored._fixedlen)
            numbers[: stored._count] = np.frombuffer(raw, dtype=np.dtype(f">i{stored._fixedlen}"))
        return numbers

    def _labels(self, column: str) -> npt.NDArray[np.object_]:
        reader = self._reader.column_reader(column, translate=False)
        labels = np.empty(self.size, dtype=object)
        labels[:] = [bytes(reader[doc]).decode() for doc in range(self.size)]
        return labels

    def _values(self, field: str) -> Values:
        names, docs = [], []
        for term in self._reader.lexicon(field) if field in self.fields else ():
            names.append(bytes(term).decode())
            docs.append(self._decoded(field, bytes(term)).ids)
        numbers = [np.full(len(ids), number) for number, ids in enumerate(docs)]
        empty = np.zeros(0, np.int64)
        return Values(tuple(names), np.concatenate([empty, *docs]), np.concatenate([empty, *numbers]))

    def _words(self, field: str) -> Lexicon:
        words, counts = [], []
        if field in self.fields:
            for term, about in self._reader.iter_field(field):
                words.append(bytes(term).decode())
                counts.append(about.doc_frequency())
        order = sorted(range(len(words)), key=words.__getitem__)
        return Lexicon([words[i] for i in order], np.asarray([counts[i] for i in order], dtype=np.int64))

    def _decoded(self, field: str, term: bytes) -> Postings:
        if (field, term) not in self._reader:
            return NOTHING
        matcher = self._reader._terms.matcher(field, term, self._reader.schema[field].format)
        ids: list[int] = []
        values: list[bytes] = []
        while matcher.is_active():
            if isinstance(matcher, W3LeafMatcher):
                matcher._read_ids()
                ids.extend(matcher._ids)
                if field in _WITH_PLACES:
                    matcher._read_values()
                    values.extend(matcher._values)
                matcher._next_block()
            else:  # a term in one document only is kept beside the term itself
                ids.append(matcher.id())
                values.append(matcher.value() or b"")
                matcher.next()
        if field not in _WITH_PLACES:
            return Postings(np.asarray(ids, dtype=np.int64), np.ones(len(ids), np.int64), NOTHING.places)
        counts = np.fromiter((len(value) // 4 for value in values), np.int64, len(values))
        places = np.frombuffer(b"".join(values), dtype=np.uint32).astype(np.int64)
        return Postings(np.asarray(ids, dtype=np.int64), counts, places)


@contextmanager
def readable() -> Iterator[None]:
    """What goes wrong inside is a damaged index: unpickling can raise anything."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        raise IndexUnavailable(f"The search index is damaged ({type(error).__name__}: {error}). {REBUILD}") from error
