"""Short and old names of documents: `SG15-C123`, `5D/123`, `T22-SG13-C-0123!R1!MSW-E`."""

from typing import Final

from sqlmodel import col, func, or_, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.text import clean
from sgdocs.documents.listing import visible
from sgdocs.documents.models import Document
from sgdocs.documents.rules import DocumentKind
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.identifiers import Identifier, Kind, parse
from sgdocs.identifiers.papers import loose_paper

KINDS: Final = {
    Kind.CONTRIBUTION: DocumentKind.CONTRIBUTION,
    Kind.TEMPORARY_DOCUMENT: DocumentKind.TEMPORARY,
    Kind.MEETING_REPORT: DocumentKind.REPORT,
    Kind.LIAISON_STATEMENT: DocumentKind.LIAISON,
    Kind.ADMINISTRATIVE_DOCUMENT: DocumentKind.ADMINISTRATIVE,
    Kind.INFORMATION_DOCUMENT: DocumentKind.INFORMATION,
    Kind.RAPPORTEUR_GROUP_DOCUMENT: DocumentKind.RGM,
    Kind.COLLECTIVE_LETTER: DocumentKind.LETTER,
    Kind.CIRCULAR: DocumentKind.CIRCULAR,
}
MOST: Final = 50


def alike(act: Act, text: str) -> list[Document]:
    """The documents that a short or old name may mean: of the present study period first, then the latest.

    Labels and old numbers as they are written, else by the parts of the identifier. Costs up to two queries.
    """
    wanted = clean(text)[:120]
    if not wanted:
        return []
    written = or_(
        func.lower(Document.label) == wanted.lower(),
        func.lower(Document.old_number) == wanted.lower(),
        func.lower(Document.name) == wanted.lower(),
    )
    rows = _ordered(act, written)
    if rows:
        return rows
    identifier = parse(wanted) or parse(wanted.upper()) or loose_paper(wanted.upper())
    conditions = _parts(identifier) if identifier else None
    return _ordered(act, *conditions) if conditions else []


def _ordered(act: Act, *conditions: object) -> list[Document]:
    today = geneva_day(act.now)
    has_begun = col(StudyPeriod.starts_on) <= today
    named = (
        select(Document)
        .join(Group, col(Group.id) == Document.group_id)
        .outerjoin(StudyPeriod, col(StudyPeriod.id) == Document.period_id)
        .where(visible(act), *conditions)  # type: ignore[arg-type]
        .order_by(has_begun.desc(), col(StudyPeriod.starts_on).desc(), Document.sort_key)
    )
    return list(act.session.exec(named.limit(MOST)))


def _parts(identifier: Identifier) -> list[object] | None:
    """Conditions by kind, group, number, stream and period; None when the identifier names no document."""
    kind = KINDS.get(identifier.kind)
    if kind is None or identifier.number is None:
        return None
    kinds = [kind, DocumentKind.REPORT] if kind is DocumentKind.CONTRIBUTION and identifier.sector == "R" else [kind]
    asked: list[object] = [col(Document.kind).in_(kinds), Document.number == identifier.number]
    if identifier.group is not None and kind is not DocumentKind.RGM:
        asked.append(Group.code == identifier.group.replace("/", "-"))
    if identifier.stream is not None:
        asked.append(Document.stream == identifier.stream)
    if identifier.sector is not None:
        asked.append(Document.sector == identifier.sector)
    if identifier.period is not None and identifier.sector is not None:
        asked.append(StudyPeriod.code == f"{identifier.sector}{identifier.period % 100:02d}")
    if identifier.code is not None and kind is DocumentKind.RGM:
        asked.append(Group.code == identifier.code)
    return asked
