"""Which two texts are compared, and their comparison; what was compared once is kept for a while."""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import BinaryIO, Final, Protocol

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, NotFound, invalid
from sgdocs.base.rulebook import rule
from sgdocs.base.text import clean
from sgdocs.documents import queries
from sgdocs.documents.labels import version_label
from sgdocs.documents.models import Document, File
from sgdocs.documents.rules import LineageKind
from sgdocs.documents.texts import Text, text_of
from sgdocs.storage.store import BlobStore, NoSuchBlob
from sgdocs.text.compare import compare
from sgdocs.text.comparison import Comparison
from sgdocs.text.formats import MEDIA
from sgdocs.text.model import Reading, Unit

NOTHING_BEFORE = rule(
    "documents.nothing-before", "There is no version before this one, and it is no revision of another document."
)
NO_TEXT = rule("documents.no-text-to-compare", "{name} has no text that could be compared.")
MOST_LETTERS: Final = 30_000_000
_PART = re.compile(r"[RrAaCc]\d{1,3}", re.ASCII)


class Tracked(StrEnum):
    """How tracked changes of Word files count: taken as accepted, as refused, or shown as the changes themselves."""

    ACCEPTED = "accepted"
    ORIGINAL = "original"
    MARKS = "marks"


@dataclass(frozen=True)
class Sides:
    """The older and the newer text. The same file twice when its own tracked changes are shown."""

    old: Text
    new: Text
    tracked: Tracked = Tracked.ACCEPTED


class Readers(Protocol):
    def read(self, source: BinaryIO, name: str, *, tracked: str = "accepted") -> Reading: ...


class Reads(Protocol):
    """What comparing needs of the services, to read tracked changes."""

    @property
    def blobs(self) -> BlobStore: ...

    @property
    def readers(self) -> Readers: ...


def sides(
    act: Act, document: Document, *, old: str = "", new: str = "", tracked: str = "", language: str = ""
) -> Sides:
    """The two texts to be compared. Without their clauses, which `compared` loads when they are needed.

    new: a part of the document, "" for what stands now; old: a part of it, or another document with or without a part
    (`T25-SG15-C7/r1`), "" for the version before, else what the document is a revision of.
    """
    mode = _mode(tracked)
    newer = text_of(act, document, part=new or None, language=language, empty=True)
    if mode is Tracked.MARKS and not old:
        return Sides(newer, newer, mode)
    older = _older(act, document, newer, clean(old), newer.language)
    return Sides(older, newer, mode)


def _mode(tracked: str) -> Tracked:
    if tracked and tracked not in set(Tracked):
        invalid("tracked", tracked, ", ".join(Tracked) + ".")
    return Tracked(tracked or Tracked.ACCEPTED)


def _older(act: Act, document: Document, newer: Text, old: str, language: str) -> Text:
    if _PART.fullmatch(old):
        return text_of(act, document, part=old, language=language, empty=True)
    if old:
        name, _, part = old.removeprefix("/doc/").partition("/")
        return text_of(act, _other(act, name), part=part or None, language=language, empty=True)
    before = _before(newer)
    if before is not None:
        return text_of(act, document, part=before or "r0", language=language, empty=True)
    for each in queries.lineage_of(act, document):
        if each.kind == LineageKind.REVISION_OF and not each.is_of:
            return text_of(act, each.other, language=language, empty=True)
    raise Conflict(NOTHING_BEFORE)


def _other(act: Act, name: str) -> Document:
    """By its name, or a short one that means one document alone."""
    try:
        return queries.by_name(act, name)
    except NotFound:
        alike = queries.alike(act, name)
        if len(alike) != 1:
            raise
        return alike[0]


def _before(newer: Text) -> str | None:
    """The part that the newer one replaced: a revision stands before a revision, the original before all."""
    whole = [row for row in newer.versions if row.part == "" or row.part[:1] in "Rr"]
    at = next((n for n, row in enumerate(whole) if newer.version and row.id == newer.version.id), len(whole))
    if not newer.part.startswith(("R", "r")) and newer.part:
        return None
    return whole[at - 1].part if at > 0 else None


def compared(act: Act, services: Reads, asked: Sides) -> Comparison:
    """The comparison, made anew only when neither text nor option was asked for lately. Conflict without two texts."""
    for side in (asked.old, asked.new):
        if side.file is None or side.file.text != "kept":
            raise Conflict(NO_TEXT, name=version_label(side.document.label, side.part))
    assert asked.old.file is not None
    assert asked.new.file is not None
    key = (asked.old.file.sha256, asked.new.file.sha256, asked.tracked.value)
    known = _KEPT.get(key)
    if known is None:
        old, new = (_units(act, services, asked, side) for side in (asked.old, asked.new))
        if asked.tracked is Tracked.MARKS:
            old = _read(services, asked.new.file, Tracked.ORIGINAL) if asked.old is asked.new else old
        known = compare(old, new)
        _KEPT.put(key, known, sum(len(unit.text) for unit in (*old, *new)))
    return known


def _units(act: Act, services: Reads, asked: Sides, side: Text) -> Sequence[Unit]:
    """The kept clauses; refused changes are read from the file, since what is kept has them accepted."""
    assert side.file is not None
    if asked.tracked is Tracked.ORIGINAL and side.file.media_type == MEDIA["docx"]:
        return _read(services, side.file, Tracked.ORIGINAL)
    return text_of(act, side.document, file=side.file.name).units


def _read(services: Reads, file: File, tracked: Tracked) -> Sequence[Unit]:
    try:
        with services.blobs.open(file.sha256) as stream:
            found = services.readers.read(stream, file.given_name, tracked=tracked.value)
    except NoSuchBlob:
        raise Conflict(NO_TEXT, name=file.name) from None
    if not found.units:
        raise Conflict(NO_TEXT, name=file.name)
    return found.units


class _Kept:
    """The comparisons of late, the least recently asked for dropped first; shared by the threads of a process."""

    def __init__(self, most_letters: int) -> None:
        self._most = most_letters
        self._held: OrderedDict[tuple[str, ...], tuple[Comparison, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, ...]) -> Comparison | None:
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, key: tuple[str, ...], found: Comparison, letters: int) -> None:
        with self._lock:
            self._held[key] = (found, letters)
            while sum(size for _, size in self._held.values()) > self._most and len(self._held) > 1:
                self._held.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._held.clear()


_KEPT = _Kept(MOST_LETTERS)


def forget() -> None:
    """Drop what is kept, as a new process has nothing."""
    _KEPT.clear()
