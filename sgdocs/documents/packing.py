"""The files of many documents at once, each with its place on disk: for the bundle, the manifest and WebDAV.

Only what has been posted and what the actor may read; of each file the stamped copy if there is one. Two or three
SQL queries, whatever the number of documents.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlmodel import Session, col

from sgdocs.base.act import Act
from sgdocs.documents import paths
from sgdocs.documents.listing import visible
from sgdocs.documents.models import Allocation, Document, DocumentQuestion, File, Version
from sgdocs.documents.rules import Status, shown_title
from sgdocs.groups.models import Group
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import AgendaItem, Meeting

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Packed:
    """One file as it goes out. path: where it stands; sha256, size_bytes: of what is served, original_sha256: as it came.

    document: permanent name; part: "" the original, `R1`, `A1`, `C1`; is_current: not overtaken by a later revision;
    posted_at: of this very version; questions: as people write them.
    """

    id: int
    path: str
    name: str
    document: str
    label: str
    title: str
    source: str
    kind: str
    stream: str
    part: str
    is_current: bool
    language: str
    media_type: str
    size_bytes: int
    sha256: str
    original_sha256: str
    posted_at: datetime
    meeting: str
    questions: tuple[str, ...]
    abstract: str
    keywords: str
    late: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A document whose files are no longer given out. title: what stands in its place."""

    document: str
    label: str
    title: str
    reason: str


def of_meeting(act: Act, meeting: Meeting) -> list[Packed]:
    """Every file of the documents submitted to a meeting."""
    return _packed(act, [col(Document.meeting_id) == meeting.id])


def of_path(act: Act, meeting: Meeting, path: str) -> Packed | None:
    """The file of a meeting that stands at a path, or None. Files of that name are looked at, else all."""
    ours = col(Document.meeting_id) == meeting.id
    named = _packed(act, [ours, func.lower(File.name) == path.rpartition("/")[2].lower()])
    found = next((each for each in named if each.path == path), None)
    return found or next((each for each in _packed(act, [ours]) if each.path == path), None)


def of_item(act: Act, meeting: Meeting, item: AgendaItem) -> list[Packed]:
    """Every file of the documents that stand under an agenda item, or under what is below it, wherever submitted."""
    allotted = select(col(Allocation.document_id)).where(
        col(Allocation.meeting_id) == meeting.id, col(Allocation.agenda_item_id).in_(_branch(act.session, item))
    )
    return _packed(act, [col(Document.id).in_(allotted)], above=meeting)


def of_documents(act: Act, ids: Sequence[int]) -> list[Packed]:
    """Every file of these documents, those that the actor may read, under the codes of their meetings."""
    found: list[Packed] = []
    for start in range(0, len(ids), AT_ONCE):
        found += _packed(act, [col(Document.id).in_(ids[start : start + AT_ONCE])], apart=True)
    return found


def withdrawn_of(act: Act, meeting: Meeting) -> list[Withdrawn]:
    """The documents of a meeting that were withdrawn: their numbers stay, their files are gone."""
    rows = act.session.execute(
        select(col(Document.name), col(Document.label), col(Document.withdrawn_reason))
        .where(
            col(Document.meeting_id) == meeting.id,
            col(Document.status) == Status.WITHDRAWN,
            visible(act),
        )
        .order_by(col(Document.sort_key))
    )
    return [Withdrawn(name, label, shown_title(Status.WITHDRAWN, ""), reason) for name, label, reason in rows]


def meetings_with_files(act: Act) -> list[Meeting]:
    """The meetings that have at least one file which the actor may read, by code."""
    with_files = _joined(Document.meeting_id).where(*_given_out(act)).distinct()
    found = select(Meeting).where(col(Meeting.id).in_(with_files), meetings.visible(act)).order_by(col(Meeting.code))
    return list(act.session.execute(found).scalars())


def current(files: Iterable[Packed]) -> list[Packed]:
    """Those that a later revision has not overtaken."""
    return [each for each in files if each.is_current]


def _packed(
    act: Act, wanted: Sequence[ColumnElement[bool]], *, above: Meeting | None = None, apart: bool = False
) -> list[Packed]:
    """above: the meeting whose own documents need no folder of a meeting; apart: every meeting has one."""
    found = (
        _joined(*_COLUMNS)
        .outerjoin(Meeting, col(Meeting.id) == Document.meeting_id)
        .where(*wanted, *_given_out(act))
        .order_by(col(Document.sort_key), col(Document.id), col(Version.position), col(Version.id), col(File.position))
        .order_by(col(File.id))
    )
    rows = act.session.execute(found).all()
    several = apart or (above is not None and any(row.meeting_id != above.id for row in rows))
    places = paths.plan(_wanted(row, several) for row in rows)
    named = _questions(act.session, {row.document_id for row in rows})
    return [_of(row, places[row.id], named.get(row.document_id, ())) for row in rows]


_COLUMNS: tuple[Any, ...] = (
    File.id,
    col(File.name).label("file_name"),
    File.language,
    File.media_type,
    File.size_bytes,
    File.sha256,
    File.stamped_sha256,
    File.stamped_size_bytes,
    col(Version.part),
    col(Version.title).label("version_title"),
    col(Version.late).label("version_late"),
    Version.submitted_at,
    col(Document.id).label("document_id"),
    Document.meeting_id,
    Document.name,
    Document.label,
    Document.title,
    Document.source,
    Document.kind,
    Document.stream,
    Document.sector,
    Document.revision,
    Document.posted_at,
    Document.abstract,
    Document.keywords,
    Document.late,
    col(Meeting.code).label("meeting_code"),
)


def _joined(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Document)
        .join(Version, col(Version.document_id) == Document.id)
        .join(File, col(File.version_id) == Version.id)
    )


def _given_out(act: Act) -> list[ColumnElement[bool]]:
    """Posted, not deleted, and for the actor to read."""
    return [
        col(Document.status) == Status.POSTED,
        col(Version.status) == Status.POSTED,
        visible(act),
    ]


def _branch(session: Session, item: AgendaItem) -> set[int | None]:
    """The ids of an agenda item and of all that stands below it."""
    rows = session.execute(
        select(col(AgendaItem.id), col(AgendaItem.parent_id)).where(
            col(AgendaItem.meeting_id) == item.meeting_id,
            col(AgendaItem.group_id) == item.group_id,
            col(AgendaItem.deleted_at).is_(None),
        )
    ).all()
    branch, size = {item.id}, 0
    while len(branch) > size:
        size = len(branch)
        branch |= {id for id, parent_id in rows if parent_id in branch}
    return branch


def _wanted(row: Row[Any], several: bool) -> paths.Wanted:
    above = (row.meeting_code or "other") if several else ""
    return paths.Wanted(row.id, row.file_name, row.kind, row.stream, row.sector, above)


def _of(row: Row[Any], path: str, questions: tuple[str, ...]) -> Packed:
    revises = row.part == "" or row.part.startswith("R")
    return Packed(
        id=row.id,
        path=path,
        name=row.file_name,
        document=row.name,
        label=row.label,
        title=row.version_title or row.title,
        source=row.source,
        kind=row.kind,
        stream=row.stream,
        part=row.part,
        is_current=not revises or row.part == (f"R{row.revision}" if row.revision else ""),
        language=row.language,
        media_type=row.media_type,
        size_bytes=row.stamped_size_bytes if row.stamped_sha256 else row.size_bytes,
        sha256=row.stamped_sha256 or row.sha256,
        original_sha256=row.sha256,
        posted_at=max(row.submitted_at, row.posted_at or row.submitted_at) if row.part == "" else row.submitted_at,
        meeting=row.meeting_code or "",
        questions=questions,
        abstract=row.abstract,
        keywords=row.keywords,
        late=row.version_late or row.late,
    )


def _questions(session: Session, ids: set[int]) -> Mapping[int, tuple[str, ...]]:
    """Labels of the Questions by document."""
    found: dict[int, list[str]] = {}
    listed = sorted(ids)
    for start in range(0, len(listed), AT_ONCE):
        rows = session.execute(
            select(col(DocumentQuestion.document_id), col(Group.label))
            .join(Group, col(Group.id) == DocumentQuestion.group_id)
            .where(col(DocumentQuestion.document_id).in_(listed[start : start + AT_ONCE]))
            .order_by(col(DocumentQuestion.is_primary).desc(), col(Group.sort_key))
        )
        for document_id, label in rows:
            found.setdefault(document_id, []).append(label)
    return {id: tuple(labels) for id, labels in found.items()}
