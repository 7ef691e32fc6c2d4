"""The gate: what a file is, and why it is refused, before any library opens it. Nothing is unpacked to disk or fetched."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from sgdocs.text import archives
from sgdocs.text.formats import EXTENSIONS, OLE, PROGRAMS, Found, extension, found, has_ole_name
from sgdocs.text.limits import MEGABYTE, Limits
from sgdocs.text.model import Problem
from sgdocs.text.problems import problem

OFFICE = ("docx", "pptx", "xlsx", "odt")
_EXTERNAL = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_AUTHORS_DISK = re.compile(r"(file:///)?[A-Za-z]:", re.IGNORECASE)
"""Where the author's Word keeps its template: in nearly every file, and nowhere else to be found."""
_TARGET = re.compile(rb'Target="([^"]*)"')
_ENCRYPTED_WORD = 0x0100
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
NAME_CHARACTERS = 255


@dataclass(frozen=True)
class Passed:
    """What the gate says of a file; with a fatal problem it goes no further."""

    found: Found
    problems: tuple[Problem, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(one.is_fatal for one in self.problems)


def inspect(data: bytes, name: str, limits: Limits | None = None) -> Passed:
    """What the file is by its content, why it is refused, what is remarkable. Never raises for a bad file.

    name: as the person gave it, "" when only the content is to be judged.
    """
    limits = limits or Limits()
    too_long = too_large(len(data), limits)
    if too_long:
        return Passed(Found("", "application/octet-stream", "too large to look at"), (too_long,))
    what = found(data)
    refused = next(_refusals(data, name, what, limits), None)
    if refused is not None:
        return Passed(what, (refused,))
    return Passed(what, tuple(_remarks(data, what)))


def too_large(size_bytes: int, limits: Limits) -> Problem | None:
    """Why a file of that size is refused, told in whole megabytes."""
    if size_bytes <= limits.size_bytes:
        return None
    return problem("file.size", found=-(-size_bytes // MEGABYTE), limit=limits.size_bytes // MEGABYTE)


def why_not_named(name: str) -> Problem | None:
    """Why a file may not bear that name: control characters, folders in it, more than 255 letters."""
    if _CONTROL.search(name):
        return problem("file.name", why="it holds control characters")
    if len(name) > NAME_CHARACTERS or len(name.encode("utf-8", "replace")) > NAME_CHARACTERS * 3:
        return problem("file.name", why=f"it has more than {NAME_CHARACTERS} letters")
    if re.search(r"[/\\]", name) or name.strip() in ("", ".", ".."):
        return problem("file.name", why="it is no plain name of a file")
    return None


def _refusals(data: bytes, name: str, what: Found, limits: Limits) -> Iterator[Problem]:
    """Every reason to refuse, in the order in which they are told."""
    badly_named = why_not_named(name) if name else None
    if badly_named:
        yield badly_named
    if not data:
        yield problem("file.empty")
    if data.startswith(OLE) and _is_encrypted_ole(data):
        yield problem("file.encrypted")
    if what.format in (*OFFICE, "zip"):
        yield from archives.problems_of(data, limits, is_office=what.format in OFFICE)
    if not what.format and data.startswith(PROGRAMS):
        yield problem("file.program")
    allowed = EXTENSIONS.get(extension(name))
    if allowed is not None and what.format not in allowed:
        yield problem("file.mismatch", extension=extension(name), found=what.says)


def _is_encrypted_ole(data: bytes) -> bool:
    """An Office file under a password: OOXML in an OLE envelope, or old Word with its flag set ([MS-DOC] FibBase)."""
    if has_ole_name(data, "EncryptedPackage"):
        return True
    at = data.find(b"\xec\xa5", 512)
    while 0 <= at < len(data) - 12:
        if at % 512 == 0:
            return bool(int.from_bytes(data[at + 10 : at + 12], "little") & _ENCRYPTED_WORD)
        at = data.find(b"\xec\xa5", at + 1)
    return False


def _remarks(data: bytes, what: Found) -> Iterator[Problem]:
    """What is taken, but said: macros, pointers to the outside, embedded objects."""
    if data.startswith(OLE) and has_ole_name(data, "_VBA_PROJECT"):
        yield problem("file.macros")
    if what.format not in OFFICE:
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if any(name.casefold().endswith(("vbaproject.bin", "vbadata.xml")) for name in names) or _has_scripts(names):
            yield problem("file.macros")
        outside = next(_external(archive, names), None)
        if outside is not None:
            yield problem("file.external", name=archives.shown(outside))
        embedded = next(
            (name for name in names if "/embeddings/" in name or name.startswith("ObjectReplacements/")), None
        )
        if embedded is not None:
            yield problem("file.embedded", name=archives.shown(embedded))


def _has_scripts(names: list[str]) -> bool:
    return any(name.startswith(("Basic/", "Scripts/")) for name in names)


def _external(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    """Targets outside the file that a program would fetch; a link that people click is none."""
    for name in names:
        if name.endswith(".rels"):
            for relationship in _EXTERNAL.findall(archive.read(name)):
                if b'TargetMode="External"' in relationship and b"/hyperlink" not in relationship:
                    target = _TARGET.search(relationship)
                    address = target.group(1).decode("utf-8", "replace") if target else "?"
                    if b"/attachedTemplate" not in relationship or not _AUTHORS_DISK.match(address):
                        yield address
