"""Hits as they are shown: each loaded again from the database, since an index lags behind it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from sqlalchemy import Row
from sqlalchemy import select as sql_select
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from sgdocs.documents import queries as documents
from sgdocs.documents.models import Clause, Document, File
from sgdocs.groups.models import Appointment, Group
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation, Person
from sgdocs.recommendations.models import Family, Text
from sgdocs.search import records
from sgdocs.search.document_records import CLAUSE, DOCUMENT, FACET_KINDS
from sgdocs.search.engine import Extract, Hit, Member, Piece

MOST_OTHERS = 20
MOST_PLACES = 4
Thing = TypeVar("Thing", Group, Person, Organisation)


@dataclass(frozen=True)
class Other:
    """Another text of the same family that matched."""

    identifier: str
    address: str
    status: str
    approved: str


@dataclass(frozen=True)
class Place:
    """A clause of a document that matched. name: `6.2 Timing`, `page 3`; address: opens the text there."""

    name: str
    address: str
    language: str = ""


@dataclass(frozen=True)
class Shown:
    """One hit for a page or the API.

    what: table of the thing; address: of its page, or of a group its path, of a person or organisation its slug;
    family_address: of the family, for a text; number: what people call it; others: its family's other texts.
    places: of a document, the clauses that matched, the best first; the extracts are of the first of them, unless the
    document's own words matched better (`place_first` is False then). meeting: its code.
    """

    key: str
    what: str
    kind: str
    identifier: str
    address: str
    title: Extract | None
    extracts: tuple[Extract, ...] = ()
    number: str = ""
    family_address: str = ""
    sector: str = ""
    group: str = ""
    status: str = ""
    approved: str = ""
    others: tuple[Other, ...] = field(default=())
    score: float = 0.0
    places: tuple[Place, ...] = ()
    place_first: bool = False
    meeting: str = ""
    source: str = ""


def load(session: Session, hits: Sequence[Hit], audiences: Collection[str], on: date) -> list[Shown]:
    """The hits that are still there and that these audiences may read, in their order. on: today. Costs up to seven queries."""
    ids = _ids(hits)
    texts = _texts(session, ids.get(records.TEXT, set()), audiences)
    groups = {row.id: row for row in _rows(session, Group, ids.get(records.GROUP))}
    people = _people(session, ids.get(records.PERSON, set()), audiences, on)
    bodies = {row.id: row for row in _rows(session, Organisation, ids.get(records.ORGANISATION))}
    papers = _papers(session, hits, audiences)
    found: list[Shown | None] = []
    for hit in hits:
        what, id = _split(hit.key)
        if what == records.TEXT:
            found.append(_shown_text(hit, texts))
        elif what == records.GROUP and id in groups:
            group = groups[id]
            found.append(_shown(hit, what, group.path, sector=group.sector, group=group.code))
        elif what == records.PERSON and id in people:
            found.append(_shown(hit, what, people[id].slug))
        elif what == records.ORGANISATION and id in bodies:
            found.append(_shown(hit, what, bodies[id].slug))
        elif what in (DOCUMENT, CLAUSE):
            found.append(_shown_document(hit, papers))
    return [each for each in found if each is not None]


def plain(text: str, language: str = "en") -> Extract:
    """A text without marks."""
    return Extract("title", language, (Piece(text),))


def _shown(hit: Hit, what: str, address: str, *, sector: str = "", group: str = "") -> Shown:
    return Shown(
        hit.key, what, hit.kind, hit.identifier, address, hit.title, hit.extracts, sector=sector, group=group,
        score=hit.score,
    )  # fmt: skip


def _shown_text(hit: Hit, texts: dict[int, Row[Any]]) -> Shown | None:
    """The best member that may still be read; a family of which none may is no hit."""
    members = [hit.key, *(member.key for member in hit.others[:MOST_OTHERS])]
    readable = [texts[id] for key in members if (id := _split(key)[1]) in texts]
    if not readable:
        return None
    text = readable[0]
    is_best = hit.key == f"{records.TEXT}:{text.id}"
    return Shown(
        key=f"{records.TEXT}:{text.id}",
        what=records.TEXT,
        kind=text.kind,
        identifier=text.identifier,
        address=text.address,
        title=hit.title if is_best and hit.title else _title(text),
        extracts=hit.extracts if is_best else (),
        number=text.number,
        family_address=text.family_address,
        sector=text.sector,
        group=text.study_group or text.family_group,
        status=text.status,
        approved=text.approved,
        others=tuple(Other(o.identifier, o.address, o.status, o.approved) for o in readable[1:]),
        score=hit.score,
    )


@dataclass(frozen=True)
class _Papers:
    """Documents that may be read, by family; clauses of their texts by key."""

    documents: dict[str, tuple[Document, str]]
    clauses: dict[str, tuple[Clause, File]]


def _papers(session: Session, hits: Sequence[Hit], audiences: Collection[str]) -> _Papers:
    """Three queries, none when no document was hit. Clauses are loaded of documents that may be read, and of no others."""
    families = [hit.family if hit.family.startswith(f"{DOCUMENT}:") else hit.key for hit in hits]
    ids = {_split(family)[1] for family in families if _split(family)[0] == DOCUMENT}
    if not ids:
        return _Papers({}, {})
    found = select(Document, Meeting.code).outerjoin(Meeting, col(Meeting.id) == Document.meeting_id)
    found = found.where(col(Document.id).in_(ids), col(Document.audience).in_(audiences), documents.is_listed())
    rows = {f"{DOCUMENT}:{document.id}": (document, code or "") for document, code in session.exec(found)}
    return _Papers(rows, _clauses(session, hits, rows))


def _clauses(
    session: Session, hits: Sequence[Hit], readable: dict[str, tuple[Document, str]]
) -> dict[str, tuple[Clause, File]]:
    keys = [key for hit in hits if hit.family in readable for key in _places_of(hit)]
    if not keys:
        return {}
    found = select(Clause, File).join(File, col(File.id) == Clause.file_id).options(defer(Clause.text))  # type: ignore[arg-type]
    found = found.where(col(Clause.id).in_({_split(key)[1] for key in keys}))
    return {f"{CLAUSE}:{clause.id}": (clause, file) for clause, file in session.exec(found)}


def _places_of(hit: Hit) -> list[str]:
    keys = [hit.key, *(member.key for member in hit.others)]
    return [key for key in keys if _split(key)[0] == CLAUSE][:MOST_PLACES]


def _shown_document(hit: Hit, papers: _Papers) -> Shown | None:
    """The document, with the clauses that matched named; None when it may not be read any more."""
    family = hit.family if hit.family in papers.documents else hit.key
    document, meeting = papers.documents.get(family, (None, ""))
    if document is None:
        return None
    in_clause = hit.key.startswith(f"{CLAUSE}:")
    places = [_place(document, *papers.clauses[key]) for key in _places_of(hit) if key in papers.clauses]
    return Shown(
        key=family,
        what=DOCUMENT,
        kind=FACET_KINDS.get(document.kind, document.kind),
        identifier=document.label,
        address=f"/doc/{document.name}",
        title=plain(document.title, document.language) if in_clause or not hit.title else hit.title,
        extracts=hit.extracts,
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


def text_address(name: str, file: str, anchor: str = "") -> str:
    """Where a clause of a file opens in the text of its document."""
    return f"/doc/{name}/text?{urlencode({'file': file})}" + (f"#{anchor}" if anchor else "")


def _title(text: Row[Any]) -> Extract | None:
    """A corrigendum without title shows its family's."""
    title = text.title or text.family_title
    return plain(title) if title else None


def _texts(session: Session, ids: Collection[int], audiences: Collection[str]) -> dict[int, Row[Any]]:
    """Columns instead of rows: a page of hits may name hundreds of texts."""
    if not ids:
        return {}
    found = session.execute(
        sql_select(
            *(col(c) for c in (Text.id, Text.kind, Text.identifier, Text.address, Text.title, Text.study_group)),
            *(col(c) for c in (Text.status, Text.approved, Family.number, Family.sector)),
            col(Family.address).label("family_address"),
            col(Family.study_group).label("family_group"),
            col(Family.title).label("family_title"),
        )
        .join_from(Text, Family, col(Family.id) == Text.family_id)
        .where(col(Text.id).in_(ids), col(Text.audience).in_(audiences))
    )
    return {row.id: row for row in found}


def _people(session: Session, ids: set[int], audiences: Collection[str], on: date) -> dict[int | None, Person]:
    """People who are still here; to those who are no members, officers only. Source: domain 8.3."""
    if "members" not in audiences and ids:
        ids = set(session.exec(records.offices(on).where(col(Appointment.person_id).in_(ids))))
    return {row.id: row for row in _rows(session, Person, ids) if row.left_at is None}


def _rows(session: Session, model: type[Thing], ids: set[int] | None) -> list[Thing]:
    return list(session.exec(select(model).where(model.id.in_(ids)))) if ids else []  # type: ignore[union-attr]


def _ids(hits: Sequence[Hit]) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = {}
    for hit in hits:
        shown: Sequence[Hit | Member] = (hit, *hit.others[:MOST_OTHERS])
        for each in shown:
            what, id = _split(each.key)
            ids.setdefault(what, set()).add(id)
    return ids


def _split(key: str) -> tuple[str, int]:
    what, _, id = key.rpartition(":")
    return what, int(id)
