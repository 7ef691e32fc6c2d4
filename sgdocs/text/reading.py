"""Reading a file: the gate, then its cover, then its text. Runs in a reader; what a library raises becomes a problem."""

import io
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from lxml import etree

from sgdocs.text import (
    archives,
    gate,
    html_text,
    old_word,
    open_text,
    pdf_text,
    plain_text,
    sheets_text,
    slides_text,
    word_reading,
)
from sgdocs.text.cover import read_cover
from sgdocs.text.extracting import NoText
from sgdocs.text.language import language_of
from sgdocs.text.limits import Limits
from sgdocs.text.model import Problem, Reading, Unit
from sgdocs.text.problems import problem

Extractor = Callable[[bytes, str], tuple[Unit, ...]]
EXTRACTORS: dict[str, Extractor] = {
    "docx": word_reading.units,
    "doc": old_word.units,
    "pdf": pdf_text.units,
    "pptx": slides_text.units,
    "xlsx": sheets_text.units,
    "odt": open_text.units,
    "html": html_text.units,
    "txt": plain_text.units,
}
"""Format -> (content, variant of tracked changes) -> units; an archive is read member by member."""

MEMBERS_SHARE = 0.5
"""Of the time for a file, what the members of an archive may take before the rest is left."""
NO_TIME = "there was no time for it and those after it"
PARTS_TOLD = 20
_DEEP = "Excessive depth"
_SHOWN = 200


def read(
    data: bytes,
    name: str,
    *,
    tracked: str = "accepted",
    limits: Limits | None = None,
    tell: Callable[[Reading], object] = id,
) -> Reading:
    """All that the file gives. tell: is handed what is known after each step, in case the next one ends the process."""
    limits = limits or Limits()
    passed = gate.inspect(data, name, limits)
    reading = Reading(passed.found.format, passed.found.media_type, problems=passed.problems)
    if passed.is_refused:
        return reading
    tell(reading)
    if reading.format == "zip":
        return _with_members(reading, data, tracked, limits)
    if reading.format == "docx":
        reading = _with_cover(reading, data, name)
        tell(reading)
    return _with_text(reading, data, tracked, passed.found.says, limits)


def _with_cover(reading: Reading, data: bytes, name: str) -> Reading:
    try:
        cover, noticed = read_cover(data, name)
    except MemoryError:
        raise
    except Exception as error:  # whatever a strange cover raises: the person fills the form by hand
        return _noting(reading, "text.cover", why=_why(error))
    return replace(reading, cover=cover, noticed=noticed)


def _with_text(reading: Reading, data: bytes, tracked: str, says: str, limits: Limits) -> Reading:
    extract = EXTRACTORS.get(reading.format)
    if extract is None:
        return _noting(reading, "text.format", found=says)
    try:
        return _with_units(reading, extract(data, tracked), limits)
    except MemoryError:
        raise
    except Exception as error:  # a library may raise anything on a hostile file
        return replace(reading, problems=(*reading.problems, _of_error(error)))


def _of_error(error: Exception) -> Problem:
    if isinstance(error, NoText):
        return error.problem
    if isinstance(error, RecursionError) or (isinstance(error, etree.XMLSyntaxError) and _DEEP in str(error)):
        return problem("text.nested")
    if isinstance(error, (zipfile.BadZipFile, EOFError, zlib.error)):
        return problem("file.damaged", why=_why(error))
    return problem("text.broken", why=_why(error))


def _with_members(reading: Reading, data: bytes, tracked: str, limits: Limits) -> Reading:
    """The files in an archive, one after another, as long as there is time; an archive in it is not opened."""
    until = time.monotonic() + limits.seconds * MEMBERS_SHARE
    units: list[Unit] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for number, member in enumerate((one for one in archive.infolist() if not one.is_dir()), 1):
            name = member.filename.rpartition("/")[2]
            if time.monotonic() > until or len(reading.problems) > PARTS_TOLD:
                return _with_units(_noting(reading, "text.part", name=name, why=NO_TIME), units, limits)
            inner = _member(archive.read(member), name, tracked, limits)
            units += _within(inner, member.filename, number)
            reading = replace(reading, problems=(*reading.problems, *_of_member(inner, name)))
    return _with_units(reading, units, limits)


def _member(data: bytes, name: str, tracked: str, limits: Limits) -> Reading:
    passed = gate.inspect(data, name, limits)
    reading = Reading(passed.found.format, passed.found.media_type, problems=passed.problems)
    return reading if passed.is_refused else _with_text(reading, data, tracked, passed.found.says, limits)


def _within(inner: Reading, path: str, number: int) -> list[Unit]:
    """Its units under a heading with its name, their anchors told apart."""
    head = Unit("", archives.shown(path), "", 1, f"f{number}", "file")
    below = (replace(unit, level=unit.level + 1, anchor=f"f{number}-{unit.anchor}") for unit in inner.units)
    return [head, *below] if inner.units else []


def _of_member(inner: Reading, name: str) -> list[Problem]:
    return [problem("text.part", name=archives.shown(name), why=one.says) for one in inner.problems if not inner.units]


def _with_units(reading: Reading, units: Sequence[Unit], limits: Limits) -> Reading:
    kept, characters = cut_off(units, limits.characters)
    reading = replace(reading, units=kept, characters=characters, language=language_of(unit.text for unit in kept))
    if characters == 0:
        return _noting(replace(reading, units=()), "text.none", hint="")
    if characters >= limits.characters:
        return _noting(reading, "text.cut", limit=limits.characters)
    return reading


def cut_off(units: Sequence[Unit], limit: int) -> tuple[tuple[Unit, ...], int]:
    """The units up to that many characters in all, and how many they have."""
    kept: list[Unit] = []
    characters = 0
    for unit in units:
        room = limit - characters - len(unit.title)
        if room <= 0:
            return tuple(kept), limit
        kept.append(unit if len(unit.text) <= room else replace(unit, text=unit.text[:room]))
        characters += len(unit.title) + min(len(unit.text), room)
    return tuple(kept), characters


def _noting(reading: Reading, name: str, /, **facts: object) -> Reading:
    return replace(reading, problems=(*reading.problems, problem(name, **facts)))


def _why(error: Exception) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}"[:_SHOWN] if words else type(error).__name__


def units_of(data: bytes, format: str) -> tuple[Unit, ...]:
    """The units of a file that has passed the gate; () when there are none or it cannot be read."""
    if format not in EXTRACTORS:
        return ()
    return _with_text(Reading(format, ""), data, "accepted", "", Limits()).units
