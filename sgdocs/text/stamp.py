"""Writing number, meeting, dates and class into the cover of a copy; the original stays as it is. Source: domain 4.5."""

import copy
import io
import re
import zipfile
from dataclasses import dataclass

from lxml import etree

from sgdocs.text.headers import number_headers
from sgdocs.text.model import Stamp
from sgdocs.text.noticing import is_signed
from sgdocs.text.numbers import NUMBER_R
from sgdocs.text.page import Line, Page
from sgdocs.text.places import places
from sgdocs.text.word_file import Element, WordFile, open_word
from sgdocs.text.writing import write

_WORD_AND_LANGUAGE = re.compile(r"^(?P<word>[^\d\s]+) \S.*?(?P<language>-[EFSRCA])?$")
SIGNED, NO_COVER, NOT_WORD, NO_PLACE = "signed", "no-cover", "not-word", "no-place"


@dataclass(frozen=True)
class Stamped:
    """data: the copy, or what was given; written: fields that stand on its cover now; note: why nothing was written.

    missing: fields for which the cover has no place.
    """

    data: bytes
    written: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""


def stamp(data: bytes, stamp: Stamp) -> bytes:
    """A copy with the stamp on its cover, or the same bytes where there is nothing to write. Never raises."""
    return stamped(data, stamp).data


def stamped(data: bytes, stamp: Stamp) -> Stamped:
    """The same with what was done: stamping a stamped copy changes nothing, every other part keeps its bytes.

    A signed file and one without a cover are given back as they are, with a note.
    """
    file = open_word(data)
    if file is None or file.is_strict:
        return Stamped(data, note=NOT_WORD)
    if is_signed(file):
        return Stamped(data, note=SIGNED)
    found = places(Page(file))
    if not found:
        return Stamped(data, note=NO_COVER)
    wanted = {name: text for name, text in _wanted(stamp).items() if text}
    changed = _write(file, found, wanted)
    missing = tuple(name for name in wanted if name not in found)
    written = tuple(name for name in wanted if name in found)
    if not changed:
        return Stamped(data, written, missing)
    return Stamped(_repacked(file, changed), written, missing)


def _wanted(stamp: Stamp) -> dict[str, str]:
    return {
        "number": stamp.number,
        "place_date": stamp.place_date,
        "kind": stamp.kind,
        "original": stamp.original,
        "questions": stamp.questions,
        "source": stamp.source,
        "title": stamp.title,
    }


def _write(file: WordFile, found: dict[str, tuple[Line, ...]], wanted: dict[str, str]) -> dict[str, Element]:
    """The changed parts by name."""
    changed: dict[str, Element] = {}
    for name, text in wanted.items():
        lines = found.get(name, ())
        words = _as_there(lines[0], text) if lines and name == "number" else text
        if lines and _fill([line.element for line in lines], words):
            changed[file.main] = file.root
    before = etree.tostring(file.root) if file.main not in changed else b""
    changed |= number_headers(file, wanted["number"]) if "number" in wanted else {}
    if before and etree.tostring(file.root) != before:
        changed[file.main] = file.root
    return changed


def _as_there(line: Line, number: str) -> str:
    """`Document 5D/123-E` keeps its word before the number and its language after it."""
    shown = _WORD_AND_LANGUAGE.match(" ".join(line.text.split()))
    if shown is None or not NUMBER_R.match(number):
        return number
    after = shown["language"] if not re.search(r"-[EFSRCA]$", number) else ""
    return f"{shown['word']} {number}{after or ''}"


def _fill(paragraphs: list[Element], text: str) -> bool:
    """The text in the first paragraph of the cell, the others empty."""
    wrote = [write(paragraph, "" if place else text) for place, paragraph in enumerate(paragraphs)]
    return any(wrote)


def _repacked(file: WordFile, changed: dict[str, Element]) -> bytes:
    """The package again in the same order; a part that did not change is copied as it is."""
    parts = {file.names.get(name.lower(), name): root for name, root in changed.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in file.archive.infolist():
            root = parts.pop(entry.filename, None)
            words = file.archive.read(entry) if root is None else _serialised(root)
            archive.writestr(copy.copy(entry), words, compress_type=entry.compress_type)
        for name, root in parts.items():
            archive.writestr(zipfile.ZipInfo(name), _serialised(root), compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
