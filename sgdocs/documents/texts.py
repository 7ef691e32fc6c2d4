"""The text of a document as a page shows it: which file, which languages, and where there is none, why."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.documents import queries
from sgdocs.documents.clauses import units_of
from sgdocs.documents.current import chosen, current_versions
from sgdocs.documents.models import Document, File, Version
from sgdocs.text.model import Unit


@dataclass(frozen=True)
class Text:
    """file: whose text it is, None when the actor may read no file; files: of the same version, to choose from.

    units: its clauses, () when there is no text; versions: all that have files, in their order.
    """

    document: Document
    file: File | None
    version: Version | None
    files: Sequence[File] = field(default=())
    versions: Sequence[Version] = field(default=())
    units: Sequence[Unit] = field(default=())

    @property
    def language(self) -> str:
        """Of the words: as read, as said of the file, as said of the document."""
        return (self.file and (self.file.language_read or self.file.language)) or self.document.language

    @property
    def part(self) -> str:
        """`R1`, "" for the original."""
        return self.version.part if self.version else ""


def text_of(
    act: Act, document: Document, *, file: str = "", part: str | None = None, language: str = "", empty: bool = False
) -> Text:
    """The text of the file of that short name, else of that part ("R1"), else of what stands now, in a language if it is there.

    empty: without the clauses. NotFound for a file or part that is not there or not to be seen.
    """
    files = queries.files_of(act, document)
    held = {row.version_id for row in files}
    versions = [row for row in queries.versions_of(act.session, document) if row.id in held]
    named = _named(document, files, file) if file else None
    version = _version(document, versions, named, part)
    of_version = [row for row in files if version and row.version_id == version.id]
    row = named or chosen(of_version, language=language)
    units = units_of(act.session, row) if row and not empty else []
    return Text(document, row, version, of_version, versions, units)


def _named(document: Document, files: Sequence[File], name: str) -> File:
    return chosen(files, name=name) or missing("file", f"{document.name} {name}"[:120])


def _version(document: Document, versions: Sequence[Version], named: File | None, part: str | None) -> Version | None:
    if named is not None:
        return next(row for row in versions if row.id == named.version_id)
    if part is not None:
        wanted = "" if part.lower() in ("", "r0") else part.upper()
        found = next((row for row in versions if row.part == wanted), None)
        return found or missing("version", f"{document.name} {part}"[:120])
    return next(iter(current_versions(versions)), versions[-1] if versions else None)


def current_texts(act: Act, document: Document) -> list[File]:
    """The files whose texts stand now and that the actor may read: newest revision, addenda, corrigenda."""
    files = queries.files_of(act, document)
    ids = {row.id for row in current_versions(queries.versions_of(act.session, document))}
    return [row for row in files if row.version_id in ids]
