"""Posted documents with texts, as rows: for tests of what is done with texts."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.documents.actions.texts import keep_text
from sgdocs.documents.models import Document, File, NumberSeries, Version
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.storage.store import BlobStore
from sgdocs.text.formats import MEDIA
from sgdocs.text.model import Reading, Unit
from tests.make import Make

UNITS = (
    Unit("", "", "Abstract of the proposal.", 0, "start", "text"),
    Unit("1", "Introduction", "It is about hollowcore fibre and its splicing.", 1, "c-1"),
    Unit("6", "Requirements", "", 1, "c-6"),
    Unit("6.2", "Timing requirements", "The wander of the clock stays below 5 ns.\nMore of it.", 2, "c-6.2"),
    Unit("2", "References", "[ITU-T G.652] Recommendation ITU-T G.652 (11/2016), Fibre.", 1, "c-2", "references"),
)


def paper(make: Make, number: int = 1, **facts: Any) -> Document:
    """A contribution to SG13, posted, without files. group, meeting: path and code; the rest are columns."""
    group = make.group(facts.pop("group", "T/SG13"))
    period = make.period("T25")
    meeting = _meeting(make, facts.pop("meeting", ""), group.id or 0)
    series = _series(make, f"T25-{group.code}-C", group.id or 0, period.id or 0)
    words = {
        "title": f"Proposal {number}",
        "source": "Imaginary Networks",
        "status": "posted",
        "audience": group.path,
        "name": f"T25-{group.code}-C{number}",
        "label": f"{group.code}-C{number}",
        "posted_at": make.act.now,
    } | facts
    row = Document(
        sort_key=f"{number:05d}",
        sector="T",
        kind="contribution",
        series_id=series.id or 0,
        number=number,
        group_id=group.id or 0,
        period_id=period.id,
        meeting_id=meeting.id if meeting else None,
        **words,
    )
    make.add(row)
    record(make.act, "documents.submitted", row, audience=row.audience, group_id=group.id)
    return row


def file(make: Make, document: Document, part: str = "", **facts: Any) -> File:
    """A file of that part, its version made when it is not there. sha256: of nothing unless it is given."""
    found = select(Version).where(Version.document_id == document.id, Version.part == part)
    version = make.session.exec(found).first()
    if version is None:
        many = len(make.session.exec(select(Version).where(Version.document_id == document.id)).all())
        version = make.add(Version(document_id=document.id or 0, part=part, position=many, submitted_at=make.act.now))
        document.revision = int(part[1:]) if part.startswith("R") else document.revision
    words = {
        "name": f"{document.name}{part}-E.docx",
        "given_name": "proposal.docx",
        "media_type": MEDIA["docx"],
        "size_bytes": 10,
        "sha256": "0" * 64,
        "language": "en",
    } | facts
    return make.add(File(version_id=version.id or 0, document_id=document.id or 0, **words))  # type: ignore[no-any-return]


def kept(make: Make, document: Document, units: Sequence[Unit] = UNITS, part: str = "", **facts: Any) -> File:
    """A file of the document whose text was read."""
    row = file(make, document, part, **facts)
    keep_text(make.act, row, Reading("docx", MEDIA["docx"], units=tuple(units), characters=99, language="en"))
    return row


def stored(make: Make, blobs: BlobStore, document: Document, data: bytes, **facts: Any) -> File:
    """A file with its content, not read yet."""
    blob = blobs.put(io.BytesIO(data))
    return file(make, document, sha256=blob.sha256, size_bytes=blob.size_bytes, **facts)


def again(act: Act, document: Document, verb: str, **facts: Any) -> None:
    """Note something about the document, as its actions do."""
    record(act, verb, document, audience=document.audience, **facts)


def _series(make: Make, key: str, group_id: int, period_id: int) -> NumberSeries:
    found = make.session.exec(select(NumberSeries).where(NumberSeries.key == key)).first()
    row = found or NumberSeries(
        key=key, sector="T", kind="contribution", group_id=group_id, period_id=period_id, pattern="{group}-C{n}"
    )
    return make.add(row)  # type: ignore[no-any-return]


def _meeting(make: Make, code: str, group_id: int) -> Meeting | None:
    if not code:
        return None
    found = make.session.exec(select(Meeting).where(Meeting.code == code)).first()
    row = found or Meeting(
        code=code,
        sector="T",
        kind="study-group",
        group_id=group_id,
        title=f"Meeting {code}",
        starts_on=date(2026, 3, 9),
        ends_on=date(2026, 3, 20),
        created_at=make.act.now,
        changed_at=make.act.now,
    )
    return make.add(row)  # type: ignore[no-any-return]
