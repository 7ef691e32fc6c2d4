"""A meeting with documents for the tests of what goes on disk: rows as the actions write them, bytes in the store."""

import io
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sgdocs.documents.models import Document, DocumentQuestion, File, NumberSeries, Version
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.storage.store import BlobStore
from tests.make import Make


@dataclass
class Papers:
    """`papers.meeting()`, `papers.document(n)`: builders over `make` and the blob store of the test."""

    make: Make
    blobs: BlobStore
    series: dict[str, NumberSeries] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.make.act.now

    def meeting(self, code: str = "T25-SG13-260706", *, group: str = "T/SG13", audience: str = "public") -> Meeting:
        row = Meeting(
            code=code,
            sector="T",
            kind="study-group",
            group_id=self.make.group(group).id or 0,
            period_id=self.make.period().id,
            title="Future networks",
            starts_on=date(2026, 7, 6),
            ends_on=date(2026, 7, 17),
            status="announced",
            audience=audience,
            created_at=self.now,
            changed_at=self.now,
        )
        return self.make.add(row)  # type: ignore[no-any-return]

    def document(self, meeting: Meeting, number: int = 1, *, text: bytes | None = None, **facts: Any) -> Document:
        """A posted contribution with one file; `text=` its bytes, `stamped=` those of the copy with the number on it."""
        stream, kind = facts.pop("stream", ""), facts.pop("kind", "contribution")
        name = facts.pop("name", f"T25-SG13-TD{number}-{stream}" if stream else f"T25-SG13-C{number}")
        stamped: bytes | None = facts.pop("stamped", None)
        questions: tuple[Group, ...] = facts.pop("questions", ())
        facts.setdefault("status", "posted")
        facts.setdefault("audience", "T/SG13")
        row = Document(
            name=name,
            label=name,
            sort_key=f"{kind}-{stream}-{number:06}",
            sector="T",
            kind=kind,
            stream=stream,
            series_id=self._series(kind, stream, meeting).id or 0,
            number=number,
            meeting_id=meeting.id,
            group_id=meeting.group_id,
            period_id=meeting.period_id,
            title=facts.pop("title", f"Title of {name}"),
            posted_at=self.now,
            received_at=self.now,
            **facts,
        )
        self.make.add(row)
        for question in questions:
            self.make.add(DocumentQuestion(document_id=row.id or 0, group_id=question.id or 0, is_primary=True))
        self.version(row, text=text if text is not None else f"Text of {name}".encode(), stamped=stamped)
        return row

    def version(
        self, document: Document, part: str = "", *, text: bytes, stamped: bytes | None = None, status: str = "posted"
    ) -> File:
        version = self.make.add(Version(document_id=document.id or 0, part=part, status=status, submitted_at=self.now))
        if part.startswith("R"):
            document.revision = int(part[1:])
        return self.file(version, f"{document.name}{part}-E.docx", text, stamped)

    def file(self, version: Version, name: str, text: bytes, stamped: bytes | None = None) -> File:
        original = self.blobs.put(io.BytesIO(text))
        copy = self.blobs.put(io.BytesIO(stamped)) if stamped is not None else None
        row = File(
            version_id=version.id or 0,
            document_id=version.document_id,
            language="en",
            name=name,
            given_name="as uploaded.docx",
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            size_bytes=original.size_bytes,
            sha256=original.sha256,
            stamped_sha256=copy.sha256 if copy else "",
            stamped_size_bytes=copy.size_bytes if copy else 0,
        )
        return self.make.add(row)  # type: ignore[no-any-return]

    def _series(self, kind: str, stream: str, meeting: Meeting) -> NumberSeries:
        key = f"{meeting.code}-{kind}-{stream}"
        if key not in self.series:
            row = NumberSeries(
                key=key, sector="T", kind=kind, stream=stream, group_id=meeting.group_id, pattern="{code}{n}"
            )
            self.series[key] = self.make.add(row)
        return self.series[key]
