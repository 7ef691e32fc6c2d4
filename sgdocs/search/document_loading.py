"""Documents and clauses that were hit, loaded again for who may read them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from sgdocs.documents import queries as documents
from sgdocs.documents.models import Clause, Document, File
from sgdocs.documents.rules import Status, shown_title
from sgdocs.meetings.models import Meeting
from sgdocs.search.document_records import CLAUSE, DOCUMENT, FACET_KINDS
from sgdocs.search.engine import Hit
from sgdocs.search.shown import Place, Shown, plain, split, text_address

MOST_PLACES = 4


@dataclass(frozen=True)
class Papers:
    """Documents that may be read, by key; clauses of their texts by key; of_statements: documents of clauses that stand in
    the family of a liaison statement."""

    documents: dict[str, tuple[Document, str]]
    clauses: dict[str, tuple[Clause, File]]
    of_statements: dict[str, int]

    def document_of(self, hit: Hit) -> tuple[str, Document | None, str]:
        """Its key, the document and its meeting; None when it may not be read."""
        key = hit.family if hit.family in self.documents else hit.key
        key = f"{DOCUMENT}:{self.of_statements[key]}" if key in self.of_statements else key
        return key, *self.documents.get(key, (None, ""))

    def places_of(self, hit: Hit, *, beside: Document | None = None) -> list[Place]:
        """The clauses that matched, the best first; of one document alone, or of all that may be read."""
        found = [self.clauses[key] for key in _places_of(hit) if key in self.clauses]
        by_id = {document.id: document for document, _ in self.documents.values()}
        return [
            _place(by_id[file.document_id], clause, file)
            for clause, file in found
            if file.document_id in by_id and (beside is None or file.document_id == beside.id)
        ]


def papers_of(session: Session, hits: Sequence[Hit], audiences: Collection[str]) -> Papers:
    """Three queries, none when no document was hit. Clauses are loaded of documents that may be read, and of no others."""
    families = [hit.family if hit.family.startswith(f"{DOCUMENT}:") else hit.key for hit in hits]
    ids = {split(family)[1] for family in families if split(family)[0] == DOCUMENT}
    of_statements = _documents_of_clauses(session, hits)
    ids |= set(of_statements.values())
    if not ids:
        return Papers({}, {}, {})
    found = select(Document, Meeting.code).outerjoin(Meeting, col(Meeting.id) == Document.meeting_id)
    found = found.where(col(Document.id).in_(ids), col(Document.audience).in_(audiences), documents.is_listed())
    rows = {f"{DOCUMENT}:{document.id}": (document, code or "") for document, code in session.exec(found)}
    return Papers(rows, _clauses(session, hits, rows), of_statements)


def _documents_of_clauses(session: Session, hits: Sequence[Hit]) -> dict[str, int]:
    """Of clauses that stand in the family of a statement: key -> id of their document. One query, or none."""
    keys = {key for hit in hits if split(hit.family)[0] != DOCUMENT for key in _places_of(hit)}
    if not keys:
        return {}
    found = select(Clause.id, File.document_id).join(File, col(File.id) == Clause.file_id)
    rows = session.exec(found.where(col(Clause.id).in_({split(key)[1] for key in keys})))
    return {f"{CLAUSE}:{id}": document_id for id, document_id in rows}


def _clauses(
    session: Session, hits: Sequence[Hit], readable: dict[str, tuple[Document, str]]
) -> dict[str, tuple[Clause, File]]:
    keys = [
        key for hit in hits if hit.family in readable or split(hit.family)[0] != DOCUMENT for key in _places_of(hit)
    ]
    if not keys:
        return {}
    found = select(Clause, File).join(File, col(File.id) == Clause.file_id).options(defer(Clause.text))  # type: ignore[arg-type]
    found = found.where(col(Clause.id).in_({split(key)[1] for key in keys}))
    return {f"{CLAUSE}:{clause.id}": (clause, file) for clause, file in session.exec(found)}


def _places_of(hit: Hit) -> list[str]:
    keys = [hit.key, *(member.key for member in hit.others)]
    return [key for key in keys if split(key)[0] == CLAUSE][:MOST_PLACES]


def shown_document(hit: Hit, papers: Papers) -> Shown | None:
    """The document, with the clauses that matched named; None when it may not be read any more.

    The index lags behind: of a document that was withdrawn meanwhile its number alone is shown, and a clause that went
    to another document is left out.
    """
    family, document, meeting = papers.document_of(hit)
    if document is None:
        return None
    is_tombstone = document.status == Status.WITHDRAWN
    in_clause = hit.key.startswith(f"{CLAUSE}:") and not is_tombstone
    places = [] if is_tombstone else papers.places_of(hit, beside=document)
    title = plain(shown_title(document.status, document.title), document.language)
    return Shown(
        key=family,
        what=DOCUMENT,
        kind=FACET_KINDS.get(document.kind, document.kind),
        identifier=document.label,
        address=f"/doc/{document.name}",
        title=title if in_clause or is_tombstone or not hit.title else hit.title,
        extracts=() if is_tombstone else hit.extracts,
        number=document.name,
        sector=document.sector,
        status=document.status,
        approved=document.posted_at.date().isoformat() if document.posted_at else "",
        score=hit.score,
        places=tuple(places),
        place_first=in_clause,
        meeting=meeting,
        source=document.source,
    )


def _place(document: Document, clause: Clause, file: File) -> Place:
    name = f"{clause.number} {clause.title}".strip() or (f"p. {clause.page}" if clause.page else "")
    return Place(name, text_address(document.name, file.name, clause.anchor), file.language or document.language)
