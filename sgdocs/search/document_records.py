"""Documents and the clauses of their texts as records of the index. Plain columns, few queries, any number of rows."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import Row
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from sgdocs.base.clock import geneva_day
from sgdocs.documents import queries
from sgdocs.documents.current import current_versions, read_files
from sgdocs.documents.models import Clause, Document, DocumentQuestion, File, Version
from sgdocs.documents.rules import Status
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.search.engine import Record, Standing
from sgdocs.search.statement_papers import statements_of

DOCUMENT: Final = "document"
CLAUSE: Final = "document_clause"
CHUNK: Final = 100
LONGEST_BODY: Final = 200_000
FACET_KINDS: Final = {"report": "meeting-report"}
"""ITU-R Reports are `report` already."""
Ids = Collection[int] | None


@dataclass
class _About:
    """What some documents stand with: groups, meetings and Questions by id; files of the current versions;
    statements: by id of the document, the liaison statement that it is."""

    groups: dict[int, Group] = field(default_factory=dict)
    meetings: dict[int, str] = field(default_factory=dict)
    questions: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    files: dict[int, list[File]] = field(default_factory=lambda: defaultdict(list))
    clauses: dict[int, list[Row[tuple[int, int, str, str, str]]]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[int, int] = field(default_factory=dict)


def of_documents(session: Session, ids: Ids = None) -> Iterator[Record]:
    """These documents, or all, as far as lists show them; each posted one followed by the clauses of its current files."""
    found = select(Document.id).where(queries.is_listed()).order_by(col(Document.id))
    if ids is not None:
        found = found.where(col(Document.id).in_(sorted(ids)))
    wanted = [id for id in session.exec(found).all() if id is not None]
    for start in range(0, len(wanted), CHUNK):
        yield from _records(session, wanted[start : start + CHUNK])


def _records(session: Session, ids: list[int]) -> Iterator[Record]:
    documents = session.exec(select(Document).where(col(Document.id).in_(ids)).order_by(col(Document.id))).all()
    about = _about(session, documents)
    for document in documents:
        record = _document(document, about)
        yield record
        for file in about.files[document.id or 0]:
            for clause in about.clauses[file.id or 0]:
                yield _clause(record, file.language_read or file.language or document.language, clause)
    for document in documents:
        session.expunge(document)


def _about(session: Session, documents: Collection[Document]) -> _About:
    about = _About()
    ids = [document.id for document in documents]
    for group in session.exec(select(Group).where(col(Group.id).in_({d.group_id for d in documents}))):
        about.groups[group.id or 0] = group
    meetings = {document.meeting_id for document in documents if document.meeting_id}
    for id, code in session.exec(select(Meeting.id, Meeting.code).where(col(Meeting.id).in_(meetings))):
        about.meetings[id or 0] = code
    asked = select(DocumentQuestion.document_id, Group.label).join(Group, col(Group.id) == DocumentQuestion.group_id)
    for id, label in session.exec(
        asked.where(col(DocumentQuestion.document_id).in_(ids)).order_by(
            col(DocumentQuestion.is_primary).desc(), col(Group.sort_key)
        )
    ):
        about.questions[id].append(label)
    about.statements = statements_of(session, ids)
    _texts(session, [d.id for d in documents if d.status == Status.POSTED], about)
    return about


def _texts(session: Session, ids: Collection[int | None], about: _About) -> None:
    """The files of the current versions that have text, with their clauses."""
    versions: dict[int, list[Version]] = defaultdict(list)
    for version in session.exec(select(Version).where(col(Version.document_id).in_(ids))):
        versions[version.document_id].append(version)
    current = {version.id for several in versions.values() for version in current_versions(several)}
    files = session.exec(select(File).where(col(File.version_id).in_(current), File.text == "kept")).all()
    for file in read_files(files):
        about.files[file.document_id].append(file)
    wanted = [file.id for several in about.files.values() for file in several]
    columns = (Clause.id, Clause.file_id, Clause.number, Clause.title, Clause.text)
    rows = select_columns(*map(col, columns)).where(col(Clause.file_id).in_(wanted))
    for row in session.execute(rows.order_by(col(Clause.file_id), col(Clause.position))):
        about.clauses[row.file_id].append(row)


def _document(document: Document, about: _About) -> Record:
    group = about.groups.get(document.group_id)
    meeting = about.meetings.get(document.meeting_id or 0, "")
    questions = about.questions[document.id or 0]
    is_tombstone = document.status == Status.WITHDRAWN
    words = () if is_tombstone else (document.keywords, document.abstract)
    body = " · ".join(part for part in (document.source, ", ".join(questions), *words) if part)
    day = _day(document)
    languages = {f.language or f.language_read for f in about.files[document.id or 0]} or {document.language}
    kind = FACET_KINDS.get(document.kind, document.kind)
    statement = about.statements.get(document.id or 0)
    return Record(
        key=f"{DOCUMENT}:{document.id}",
        family=f"statement:{statement}" if statement else f"{DOCUMENT}:{document.id}",
        kind=kind,
        identifier=document.label,
        audience=document.audience,
        numbers=tuple(dict.fromkeys(n for n in (document.name, document.old_number, *_bare(document.label)) if n)),
        titles={} if is_tombstone else _titles(document),
        bodies={document.language: body} if body else {},
        facets={
            "sector": (document.sector,),
            "kind": (DOCUMENT, kind),
            "status": (document.status,),
            "group": (group.code,) if group else (),
            "question": tuple(questions),
            "meeting": (meeting,) if meeting else (),
            "year": (str(day.year),) if day else (),
            "language": tuple(sorted(language for language in languages if language)),
        },
        standing=Standing.WITHDRAWN if is_tombstone else Standing.CURRENT,
        day=day,
    )


def _titles(document: Document) -> dict[str, str]:
    """By language, that of the original first."""
    return {document.language: document.title} | document.titles if document.title else dict(document.titles)


def _clause(document: Record, language: str, clause: Row[tuple[int, int, str, str, str]]) -> Record:
    """A clause stands as its document does: the same audience, day, standing and facets."""
    title = f"{clause.number} {clause.title}".strip()
    return Record(
        key=f"{CLAUSE}:{clause.id}",
        family=document.family,
        kind=document.kind,
        identifier=document.identifier,
        audience=document.audience,
        numbers=document.numbers[:1],
        titles={language: title} if title else {},
        bodies={language: clause.text[:LONGEST_BODY]} if clause.text else {},
        facets=document.facets,
        standing=document.standing,
        day=document.day,
    )


def _bare(label: str) -> tuple[str, ...]:
    """`C123` of `SG15-C123`, `TD45` of `SG15-TD45/GEN`: as people in the room say it."""
    tail = label.rpartition("-")[2]
    return tuple(dict.fromkeys((tail, tail.partition("/")[0]))) if not tail[:1].isdigit() else ()


def _day(document: Document) -> date | None:
    at = document.posted_at or document.received_at
    return geneva_day(at) if at else None
