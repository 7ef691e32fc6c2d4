"""The text that a step binds to: which version, which file, when it was posted, and what it cites."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.documents.citations import Known, look_up
from sgdocs.documents.labels import version_label
from sgdocs.documents.models import Citation, Document, File, Version
from sgdocs.documents.reference_rules import STALE
from sgdocs.documents.rules import Status
from sgdocs.identifiers import Identifier, parse
from sgdocs.work_programme.models import ItemPaper


@dataclass(frozen=True)
class Bound:
    """A version of a document with its original file. sha256: "" where there is no file; label: `TD45R2/WP1`;
    languages_at: when the last of its languages was there; is_read: its text was taken out, or there is none in it."""

    document: Document
    part: str
    file_id: int | None
    sha256: str
    posted_at: datetime | None
    languages: tuple[str, ...]
    languages_at: datetime | None = None
    is_read: bool = True

    @property
    def label(self) -> str:
        return version_label(self.document.label, self.part)


def bound(session: Session, document: Document, part: str | None = None) -> Bound:
    """The original of a version, not the stamped copy. part: None for the newest revision that is posted.

    Of several files the first in the language of the document. Costs two queries.
    """
    wanted = document.part if part is None else part
    rows = session.exec(
        select(Version, File)
        .join(File, col(File.version_id) == Version.id)
        .where(Version.document_id == document.id, Version.part == wanted, Version.status == Status.POSTED)
        .order_by((col(File.language) == document.language).desc(), col(File.position))
    ).all()
    languages = tuple(dict.fromkeys(file.language for _, file in rows if file.language))
    if not rows or document.status != Status.POSTED:
        return Bound(document, wanted, None, "", None, languages)
    version, file = rows[0]
    at = version.submitted_at
    return Bound(document, wanted, file.id, file.sha256, at, languages, at, is_read=is_read(file))


def is_read(file: File) -> bool:
    """Whether its citations are known: until then an empty list of references says nothing."""
    return file.text != "pending"


def sha256_at(session: Session, document: Document, at: datetime) -> str:
    """The digest of the original that stood as the newest version at an instant; "" when none did."""
    rows = session.exec(
        select(File.sha256)
        .join(Version, col(Version.id) == File.version_id)
        .where(
            Version.document_id == document.id,
            or_(col(Version.part) == "", col(Version.part).like("R%")),
            col(Version.submitted_at) <= at,
            Version.status == Status.POSTED,
        )
        .order_by(col(Version.position).desc(), (col(File.language) == document.language).desc(), col(File.position))
    )
    return rows.first() or ""


@dataclass(frozen=True)
class References:
    """unjustified: foreign normative references without a justification; stale: those that are not current."""

    unjustified: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


def references(act: Act, text: Bound, item_id: int | None) -> References:
    """What the references clause of the text lacks. Source: Rec. ITU-T A.5 (03/2022); N14. Costs up to six queries."""
    if text.file_id is None:
        return References()
    rows = act.session.exec(
        select(Citation).where(Citation.file_id == text.file_id, col(Citation.is_reference).is_(True))
    ).all()
    named = named_in(rows)
    known = look_up(act, [each for each in named.values() if each is not None])
    return lacking(rows, known, _justified(act.session, item_id))


def named_in(rows: Iterable[Citation]) -> dict[str, Identifier | None]:
    """What the citations name, by the words of the identifier."""
    return {row.identifier: parse(row.identifier) for row in rows if row.identifier}


def lacking(rows: Iterable[Citation], known: Mapping[Identifier | None, Known], justified: list[str]) -> References:
    """What those references lack. justified: what the justifications of the item are about, folded. Pure."""
    unjustified: dict[str, None] = {}
    stale: dict[str, None] = {}
    for row in rows:
        identifier = parse(row.identifier) if row.identifier else None
        if identifier is None:
            if row.is_normative is not False and not _is_justified(row.words, justified):
                unjustified[row.words[:120]] = None
            continue
        judged = known[identifier].judged if identifier in known else None
        if judged is not None and judged.status in STALE:
            stale[f"{row.identifier}: {judged.status.value}"] = None
    return References(tuple(unjustified), tuple(stale))


def _justified(session: Session, item_id: int | None) -> list[str]:
    if item_id is None:
        return []
    held = select(ItemPaper.about).where(ItemPaper.work_item_id == item_id, ItemPaper.role == "justification")
    return [folded(about) for about in session.exec(held) if about]


def _is_justified(words: str, justified: list[str]) -> bool:
    """The justification names the reference by words that stand in it."""
    said = folded(words)
    return any(about in said or said in about for about in justified)


def folded(words: str) -> str:
    """Letters and digits alone, by which a justification is compared with a reference."""
    return "".join(each for each in words.lower() if each.isalnum())
