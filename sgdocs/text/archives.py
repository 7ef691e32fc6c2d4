"""What is wrong with a zip, before anything in it is opened by a library. Source: the limits of `limits.py`."""

import io
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.parsers import expat

from sgdocs.text.formats import ZIPS, extension, found
from sgdocs.text.limits import MEGABYTE, Limits
from sgdocs.text.model import Problem
from sgdocs.text.problems import problem

XML = ("xml", "rels", "vml", "rdf", "xhtml")
MARKED_UP = ("html", "htm", "mht", "svg", "txt")
"""Parts that are never parsed as XML and rightly begin with a document type."""
PEEK_BYTES = 64
_MARKUP = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
ARCHIVES = ("zip", "7z", "rar", "gz", "bz2", "xz", "tar", "tgz", "jar")
NAME_BYTES = 255
PROLOG_BYTES = 65_536
SHOWN = 60
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_DRIVE = re.compile(r"^[A-Za-z]:")
_OPENED = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError)


class _StartSeen(Exception):
    """The root element begins: no document type follows."""


class _DoctypeSeen(Exception):
    """A document type stands before the root element."""


def problems_of(data: bytes, limits: Limits, *, is_office: bool) -> Iterator[Problem]:
    """Why the archive is refused, the worst first; nothing when it may be opened.

    is_office: one document of many parts, whose XML parts are looked into; else a plain archive of files.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            first = next(_of_list(archive.infolist(), limits), None)
            if first is not None:
                yield first
                return
            yield from _doctypes(archive) if is_office else _nested(archive, limits)
    except _OPENED as error:
        yield _unopened(data, error)


def _unopened(data: bytes, error: Exception) -> Problem:
    if isinstance(error, zipfile.BadZipFile) and b"PK\x05\x06" not in data[-66_000:]:
        return problem("file.truncated")
    return problem("file.damaged", why=str(error)[:SHOWN] or type(error).__name__)


def _of_list(members: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Problem]:
    """What the list of contents alone tells: nothing is unpacked for it."""
    if len(members) > limits.members:
        yield problem("zip.members", found=len(members), limit=limits.members)
        return
    for member in members:
        yield from _of_member(member, limits)
    total = sum(member.file_size for member in members)
    if total > limits.total_bytes:
        yield problem("zip.total", found=total // MEGABYTE, limit=limits.total_bytes // MEGABYTE)
    if _overlap(members):
        yield problem("zip.overlap")
    double = next((name for name, count in Counter(each.filename for each in members).items() if count > 1), None)
    if double is not None:
        yield problem("zip.double", name=shown(double))


def _of_member(member: zipfile.ZipInfo, limits: Limits) -> Iterator[Problem]:
    name = member.filename
    if _leads_out(name) or _leads_out(member.orig_filename):
        yield problem("zip.name", name=shown(name))
    if stat.S_ISLNK(member.external_attr >> 16):
        yield problem("zip.link", name=shown(name))
    if member.flag_bits & 0x1:
        yield problem("zip.encrypted", name=shown(name))
    if member.file_size > max(limits.floor_bytes, limits.ratio * member.compress_size):
        yield problem("zip.ratio", name=shown(name), limit=limits.ratio)


def _leads_out(name: str) -> bool:
    parts = re.split(r"[/\\]", name)
    return (
        parts[0] == ""
        or ".." in parts
        or bool(_DRIVE.match(name) or _CONTROL.search(name))
        or any(len(part.encode("utf-8", "replace")) > NAME_BYTES for part in parts)
    )


def shown(name: str) -> str:
    """A hostile name as it can be printed."""
    printable = "".join(c if c.isprintable() else "?" for c in name)
    return printable if len(printable) <= SHOWN else f"{printable[:SHOWN]}…"


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    spans = sorted((m.header_offset, m.header_offset + m.compress_size) for m in members)
    return any(end > start for (_, end), (start, _) in pairwise(spans))


def _doctypes(archive: zipfile.ZipFile) -> Iterator[Problem]:
    """Document types in XML parts, whatever they are called; a part named as XML whose beginning is none is damaged."""
    for member in archive.infolist():
        ending = extension(member.filename)
        if member.is_dir() or ending in MARKED_UP:
            continue
        with archive.open(member) as part:
            beginning = part.read(PROLOG_BYTES if ending in XML else PEEK_BYTES)
            if ending not in XML and not _MARKUP.match(beginning):
                continue
            beginning += part.read(PROLOG_BYTES - len(beginning))
        found_problem = _doctype(beginning, member.filename)
        if found_problem and (ending in XML or found_problem.id == "xml.doctype"):
            yield found_problem
            return


def _doctype(beginning: bytes, name: str) -> Problem | None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _raise_doctype
    parser.StartElementHandler = _raise_start
    try:
        parser.Parse(beginning, False)
    except _StartSeen:
        return None
    except _DoctypeSeen:
        return problem("xml.doctype", name=shown(name))
    except expat.ExpatError as error:
        return problem("file.damaged", why=f"{shown(name)}: {error}") if beginning.strip() else None
    return problem("file.damaged", why=f"{shown(name)}: no content") if len(beginning) == PROLOG_BYTES else None


def _raise_doctype(*_: object) -> None:
    raise _DoctypeSeen


def _raise_start(*_: object) -> None:
    raise _StartSeen


def _nested(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Problem]:
    """An archive in the archive is looked into, its sizes counted; one more within is refused."""
    total = sum(member.file_size for member in archive.infolist())
    for member in archive.infolist():
        if _is_archive(archive, member):
            with archive.open(member) as inside:
                data = inside.read()
            yield from _inner(data, member.filename, limits)
            total += _unpacked(data)
            if total > limits.total_bytes:
                yield problem("zip.total", found=total // MEGABYTE, limit=limits.total_bytes // MEGABYTE)
                return


def _is_archive(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    if member.is_dir():
        return False
    with archive.open(member) as inside:
        return inside.read(4) in ZIPS


def _inner(data: bytes, name: str, limits: Limits) -> Iterator[Problem]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _of_list(archive.infolist(), limits)
            if found(data).format == "zip" and any(extension(one) in ARCHIVES for one in archive.namelist()):
                yield problem("zip.nested", name=shown(name))
    except _OPENED as error:
        yield _unopened(data, error)


def _unpacked(data: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except _OPENED:
        return 0
