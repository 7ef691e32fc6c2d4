"""Reading a file: the gate, then its cover, then its text. Runs in a reader; what a library raises becomes a problem."""

import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from lxml import etree

from sgdocs.text import gate, word_reading
from sgdocs.text.cover import read_cover
from sgdocs.text.language import language_of
from sgdocs.text.limits import Limits
from sgdocs.text.model import Reading, Unit
from sgdocs.text.problems import problem

Extractor = Callable[[bytes, str], tuple[Unit, ...]]
EXTRACTORS: dict[str, Extractor] = {"docx": word_reading.units}
"""Format -> (content, variant of tracked changes) -> units."""

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
        units = extract(data, tracked)
    except MemoryError:
        raise
    except RecursionError:
        return _noting(reading, "text.nested")
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        return _noting(reading, "file.damaged", why=_why(error))
    except etree.XMLSyntaxError as error:
        return (
            _noting(reading, "text.nested") if _DEEP in str(error) else _noting(reading, "text.broken", why=_why(error))
        )
    except Exception as error:
        return _noting(reading, "text.broken", why=_why(error))
    return _with_units(reading, units, limits)


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


def warm() -> None:
    """Have everything imported that readers will want."""
