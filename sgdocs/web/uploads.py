"""Files that come in: scanned, read, kept. No lock is held meanwhile, and the content is written once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO

from starlette.datastructures import UploadFile

from sgdocs.base.errors import Invalid
from sgdocs.base.rulebook import rule
from sgdocs.documents.read_text import ReadText, ready_at_once
from sgdocs.documents.schemas import Upload
from sgdocs.storage.scanner import ScannerUnreachable
from sgdocs.storage.store import Blob, NoSuchBlob
from sgdocs.text.model import Reading
from sgdocs.web.receipts import BAD_RECEIPT, Receipt
from sgdocs.wiring import Services

MEGABYTE_BYTES = 1_000_000
FILE_SIZE = rule(
    "documents.file-size", "“{name}” has {found} MB; at most {limit} MB are taken.", settings=("file_limit_mb",)
)
INFECTED = rule("documents.infected", "The virus scanner found {signature} in “{name}”.", settings=("scanner",))
UNUSABLE = rule("documents.file-refused", "“{name}” is refused: {why}.")


@dataclass(frozen=True)
class Brought:
    """A file that was read, and kept unless it is refused. is_scanned: False when the scanner could not be reached."""

    blob: Blob
    given_name: str
    reading: Reading
    is_scanned: bool = True

    @cached_property
    def texts(self) -> dict[str, ReadText]:
        """What is kept of its text at once, by the digest of the file; empty when that is left to the worker."""
        text = ready_at_once(self.reading)
        return {self.blob.sha256: text} if text else {}

    def upload(self, findings: Sequence[Mapping[str, Any]] = (), *, language: str = "") -> Upload:
        """What an action takes."""
        return Upload(
            blob=self.blob,
            given_name=self.given_name,
            media_type=self.reading.media_type,
            format=self.reading.format,
            is_signed=self.reading.noticed.is_signed,
            language=language,
            findings=findings,
            is_quarantined=not self.is_scanned,
        )


def given(file: UploadFile | str | None) -> UploadFile | None:
    """The file of a form, or None: a browser sends an empty part without a name where none was chosen."""
    return file if isinstance(file, UploadFile) and (file.filename or file.size) else None


def take(services: Services, file: UploadFile, *, is_kept: bool = True) -> Brought:
    """Scan, read and keep an uploaded file. Invalid (field `file`) for one that is too large, infected or unusable.

    What is refused is not kept, nor what is only looked at (is_kept: False): no row would name it.
    """
    name = file.filename or "file"
    stream = file.file
    limit = services.settings.file_limit_mb
    size_bytes = stream.seek(0, 2)
    if size_bytes > limit * MEGABYTE_BYTES:
        raise Invalid(FILE_SIZE, field="file", name=_shown(name), found=-(-size_bytes // MEGABYTE_BYTES), limit=limit)
    try:
        is_scanned = _scan(services, stream, name)
        reading = services.readers.read(stream, name)
        stream.seek(0)
        if not is_kept or _why_not(reading):
            blob = Blob(hashlib.file_digest(stream, "sha256").hexdigest(), size_bytes)  # type: ignore[arg-type]
        else:
            blob = services.blobs.put(stream)
    finally:
        stream.close()
    return _usable(Brought(blob, name, reading, is_scanned))


def again(services: Services, receipt: Receipt) -> Brought:
    """The file of a receipt, read once more. Invalid when it is no longer kept."""
    try:
        with services.blobs.open(receipt.sha256) as stream:
            is_scanned = _scan(services, stream, receipt.given_name)
            reading = services.readers.read(stream, receipt.given_name)
    except NoSuchBlob:
        raise Invalid(BAD_RECEIPT, field="receipt") from None
    return _usable(Brought(receipt.blob, receipt.given_name, reading, is_scanned))


def _scan(services: Services, stream: BinaryIO, name: str) -> bool:
    """Whether the scanner has looked; Invalid when it found something."""
    stream.seek(0)
    try:
        verdict = services.scanner.scan(stream)
    except ScannerUnreachable:
        return False
    if not verdict.is_clean:
        raise Invalid(INFECTED, field="file", name=_shown(name), signature=verdict.signature)
    return True


def _why_not(reading: Reading) -> str | None:
    """Why no document can be made of it."""
    return next((problem.says for problem in reading.problems if problem.is_fatal), None)


def _usable(brought: Brought) -> Brought:
    """The same, or Unusable."""
    why = _why_not(brought.reading)
    if why is not None:
        raise Unusable(brought, why)
    return brought


class Unusable(Invalid):
    """A file that no document can be made of; `brought` tells what is known of it all the same."""

    def __init__(self, brought: Brought, why: str) -> None:
        super().__init__(UNUSABLE, field="file", name=_shown(brought.given_name), why=why)
        self.brought = brought


def _shown(name: str) -> str:
    """A name in a sentence: without control characters, not longer than a line."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in name)
    return plain if len(plain) <= 80 else plain[:79] + "…"
