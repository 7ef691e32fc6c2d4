"""Who cites whom, as far as the actor may read both ends. Counted of the texts that stand now, not of older revisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents.listing import visible
from sgdocs.documents.models import Citation, Clause, Document, File, Version
from sgdocs.documents.rules import Status, shown_title
from sgdocs.recommendations.audience import readable
from sgdocs.recommendations.models import Family, Text

MOST = 500
TOMBSTONE = shown_title(Status.WITHDRAWN, "")


@dataclass(frozen=True)
class Cited:
    """A text that a document names. identifier: canonical; title, address: "" where it is not here, or not to be read.

    clauses: (name, anchor) of each place, one for each clause; file: short name of the file it stands in.
    """

    identifier: str
    words: str
    title: str
    address: str
    is_reference: bool
    is_normative: bool | None
    clauses: tuple[tuple[str, str], ...]
    file: str


@dataclass(frozen=True)
class Citing:
    """A document that names something. words: as it writes it; clause, anchor: where first; file: short name."""

    document: Document
    words: str
    is_reference: bool
    clause: str
    anchor: str
    file: str


def cites(act: Act, document: Document, files: Sequence[File]) -> list[Cited]:
    """What these files of a document name: references first, then by place. One query."""
    ids = [file.id for file in files]
    names = {file.id: file.name for file in files}
    cited = Document.__table__.alias("cited")  # type: ignore[attr-defined]
    seen = select_columns(Document.id).where(visible(act))  # type: ignore[call-overload]
    found = (
        select_columns(
            Citation, Clause.number, Clause.title, Clause.anchor, Family.title, Family.address, Text.title, Text.address,
            cited.c.name, case((cited.c.status == Status.WITHDRAWN, TOMBSTONE), else_=cited.c.title),
        )  # type: ignore[call-overload]
        .outerjoin(Clause, col(Clause.id) == Citation.clause_id)
        .outerjoin(Family, and_(col(Family.id) == Citation.family_id, readable(act, col(Family.audience))))
        .outerjoin(Text, and_(col(Text.id) == Citation.text_id, readable(act, col(Text.audience))))
        .outerjoin(cited, and_(cited.c.id == Citation.cited_id, cited.c.id.in_(seen)))
        .where(col(Citation.file_id).in_(ids), col(Citation.document_id) == document.id)
        .order_by(col(Citation.is_reference).desc(), col(Citation.file_id), col(Citation.id))
    )  # fmt: skip
    gathered: dict[tuple[str, bool], Cited] = {}
    for row, number, title, anchor, *known in act.session.execute(found):
        told = _cited(row, (f"{number or ''} {title or ''}".strip(), anchor or ""), known, names[row.file_id])
        key = (row.identifier or row.words, row.is_reference)
        before = gathered.get(key)
        gathered[key] = _joined(before, told) if before else told
    return list(gathered.values())[:MOST]


def _cited(row: Citation, clause: tuple[str, str], known: Sequence[Any], file: str) -> Cited:
    family_title, family_address, text_title, text_address, name, title = known
    return Cited(
        row.identifier or row.words,
        row.words,
        text_title or family_title or title or "",
        text_address or family_address or (f"/doc/{name}" if name else ""),
        row.is_reference,
        row.is_normative,
        (clause,),
        file,
    )


def _joined(before: Cited, new: Cited) -> Cited:
    clauses = before.clauses if before.file != new.file else tuple(dict.fromkeys((*before.clauses, *new.clauses)))
    return Cited(**{**vars(before), "clauses": clauses})


def cited_by(act: Act, document: Document, *, limit: int = MOST) -> list[Citing]:
    """Documents that name this one, the newest first; those alone that the actor may read."""
    return _citing(act, Citation.cited_id == document.id, limit)  # type: ignore[arg-type]


def citing_family(act: Act, family: Family, *, limit: int = 20) -> list[Citing]:
    """Documents that name a Recommendation, in whatever edition."""
    return _citing(act, Citation.family_id == family.id, limit)  # type: ignore[arg-type]


def how_many_cite(act: Act, family: Family) -> int:
    """How many documents that the actor may read name a Recommendation."""
    counted = select(func.count(func.distinct(Citation.document_id))).select_from(Citation)
    counted = counted.join(Document, col(Document.id) == Citation.document_id)
    counted = counted.join(File, col(File.id) == Citation.file_id).join(Version, col(Version.id) == File.version_id)
    return act.session.exec(counted.where(Citation.family_id == family.id, visible(act), stands())).one()


def _citing(act: Act, wanted: ColumnElement[bool], limit: int) -> list[Citing]:
    first = (
        select_columns(func.min(Citation.id))
        .join(Document, col(Document.id) == Citation.document_id)
        .join(File, col(File.id) == Citation.file_id)
        .join(Version, col(Version.id) == File.version_id)
        .where(wanted, visible(act), stands())
        .group_by(col(Citation.document_id))
    )
    found = (
        select_columns(Document, Citation, Clause.number, Clause.title, Clause.anchor, File.name)  # type: ignore[call-overload]
        .join(Citation, col(Citation.document_id) == Document.id)
        .join(File, col(File.id) == Citation.file_id)
        .outerjoin(Clause, col(Clause.id) == Citation.clause_id)
        .where(col(Citation.id).in_(first))
        .order_by(col(Document.posted_at).desc(), col(Document.id).desc())
        .limit(limit)
    )
    return [
        Citing(document, row.words, row.is_reference, f"{number or ''} {title or ''}".strip(), anchor or "", file)
        for document, row, number, title, anchor, file in act.session.execute(found)
    ]


def stands() -> ColumnElement[bool]:
    """The text of a posted document that stands now: its newest revision, its addenda and corrigenda."""
    newest = case((col(Document.revision) > 0, literal("R") + cast(Document.revision, String)), else_="")
    part = col(Version.part)
    is_current = or_(part == newest, part.like("A%"), part.like("C%"))
    return and_(col(Document.status) == Status.POSTED, col(Version.status) == Status.POSTED, is_current)
