"""What the API and the exports give out about documents."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from sgdocs.documents.listing import DocumentRow
from sgdocs.documents.models import Document, File, Version


class DocumentOut(BaseModel):
    """A document as a list gives it. number: as people write it; agenda: number of its agenda item, "" for none;
    late: id of the deadline it missed; late_revision: its newest late one (`R2`).
    """

    name: str
    number: str
    kind: str
    stream: str
    title: str
    source: str
    questions: list[str]
    agenda: str
    status: str
    revision: int
    late: str
    late_revision: str
    admission: str
    purpose: str
    language: str
    languages: list[str]
    meeting: str
    group: str
    received_at: datetime | None
    posted_at: datetime | None
    old_number: str
    is_incomplete: bool
    url: str

    @classmethod
    def of(cls, row: DocumentRow, root: str, *, meeting: str = "", group: str = "", agenda: str = "") -> "DocumentOut":
        """root: address of the service; meeting: code; group: path."""
        own = ("name", "kind", "stream", "title", "source", "status", "revision", "late", "late_revision", "admission")
        more = ("purpose", "language", "received_at", "posted_at", "old_number", "is_incomplete")
        told = {name: getattr(row, name) for name in (*own, *more)}
        return cls(
            **told,
            number=row.label,
            questions=list(row.questions),
            languages=list(row.languages),
            agenda=agenda,
            meeting=meeting,
            group=group,
            url=f"{root.rstrip('/')}/doc/{row.name}",
        )


class FileOut(BaseModel):
    """A file of a version. sha256: of the original; stamped_sha256: of the copy with the number on its cover, or ""."""

    name: str
    given_name: str
    language: str
    media_type: str
    size_bytes: int
    sha256: str
    stamped_sha256: str
    stamped_size_bytes: int
    is_signed: bool
    text: str
    text_problem: str
    url: str

    @classmethod
    def of(cls, row: File, root: str, name: str) -> "FileOut":
        own = ("name", "given_name", "language", "media_type", "size_bytes", "sha256", "stamped_sha256")
        told = {each: getattr(row, each) for each in (*own, "stamped_size_bytes", "is_signed", "text", "text_problem")}
        return cls(**told, url=f"{root.rstrip('/')}/doc/{name}/file/{row.name}")


class VersionOut(BaseModel):
    """A version. part: "" for the original, `R1`, `A1`, `C1`; findings: of the preflight, with what was overruled."""

    part: str
    title: str
    note: str
    status: str
    late: str
    submitted_at: datetime
    findings: list[dict[str, Any]]
    files: list[FileOut]

    @classmethod
    def of(cls, row: Version, files: Sequence[FileOut], *, with_findings: bool) -> "VersionOut":
        told = {each: getattr(row, each) for each in ("part", "title", "note", "status", "late", "submitted_at")}
        return cls(**told, findings=list(row.findings) if with_findings else [], files=list(files))


class RelativeOut(BaseModel):
    """kind: what the document is to the other (`revision-of`), or the other to it (is_of)."""

    kind: str
    other: str
    is_of: bool
    note: str


class RecordOut(BaseModel):
    """A document with all that belongs to it."""

    name: str
    label: str
    kind: str
    stream: str
    number: int
    title: str
    titles: dict[str, str]
    source: str
    sources: list[str]
    questions: list[str]
    purpose: str
    abstract: str
    keywords: str
    language: str
    status: str
    revision: int
    late: str
    admission: str
    audience: str
    audience_reason: str
    withdrawn_reason: str
    meeting: str
    group: str
    old_number: str
    received_at: datetime | None
    posted_at: datetime | None
    expires_at: datetime | None
    versions: list[VersionOut]
    lineage: list[RelativeOut]
    url: str

    @classmethod
    def of(cls, row: Document, root: str, **told: Any) -> "RecordOut":
        """told: what stands in other tables: sources, questions, meeting, group, versions, lineage, title."""
        own = [each for each in cls.model_fields if each not in told and each != "url"]
        values: Mapping[str, Any] = {each: getattr(row, each) for each in own}
        return cls(**{**values, **told, "url": f"{root.rstrip('/')}/doc/{row.name}"})
