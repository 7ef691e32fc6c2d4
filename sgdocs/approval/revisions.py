"""Which texts a process was about, oldest first, and how many came after the one that a comment is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from sgdocs.approval.models import Process, Transition, Window
from sgdocs.base.act import Act
from sgdocs.documents.current import revision_of
from sgdocs.documents.labels import version_label
from sgdocs.documents.listing import visible
from sgdocs.documents.models import Document, File, Version
from sgdocs.documents.rules import Status


@dataclass(frozen=True)
class Revision:
    """A posted text. digests: SHA-256 of its files; is_bound: consent, determination, a window … is about it."""

    document: Document
    part: str
    at: datetime
    digests: frozenset[str]
    is_bound: bool = False

    @property
    def label(self) -> str:
        return version_label(self.document.label, self.part)


@dataclass(frozen=True)
class About:
    """What a comment is about. since: revisions that came after it, None when the text is not among those known."""

    revision: Revision | None
    since: int | None

    @property
    def is_last(self) -> bool:
        return self.since == 0


def revisions_of(act: Act, process: Process) -> list[Revision]:
    """Every revision of every document the process bound, as they were posted; of those the actor may read.

    Costs four SQL queries.
    """
    bound = _bound(act.session, process)
    readable = select(Document).where(col(Document.id).in_({id for id, _ in bound}), visible(act))
    papers = {paper.id: paper for paper in act.session.exec(readable)}
    held = select(Version).where(col(Version.document_id).in_(papers), Version.status == Status.POSTED)
    versions = [row for row in act.session.exec(held) if revision_of(row.part) is not None]
    digests = _digests(act.session, [row.id or 0 for row in versions])
    found = [
        Revision(
            papers[row.document_id],
            row.part,
            row.submitted_at,
            digests.get(row.id or 0, frozenset()),
            (row.document_id, row.part) in bound,
        )
        for row in versions
    ]
    return sorted(found, key=lambda each: (each.at, each.document.id or 0, revision_of(each.part) or 0))


def about(revisions: Sequence[Revision], part: str, sha256: str) -> About:
    """The revision of that digest; of that part when no digest was kept; and how many came after it."""
    for place, each in enumerate(revisions):
        if sha256 in each.digests if sha256 else each.part == part:
            return About(each, len(revisions) - 1 - place)
    return About(None, None)


def _bound(session: Session, process: Process) -> set[tuple[int, str]]:
    pairs = {(process.document_id, process.document_part)}
    taken = select(Transition.document_id, Transition.document_part).where(Transition.process_id == process.id)
    opened = select(Window.document_id, Window.document_part).where(Window.process_id == process.id)
    pairs |= set(session.exec(taken)) | set(session.exec(opened))
    return {(id, part) for id, part in pairs if id is not None}


def _digests(session: Session, versions: Sequence[int]) -> dict[int, frozenset[str]]:
    held = select(File.version_id, File.sha256).where(col(File.version_id).in_(versions))
    found: dict[int, set[str]] = {}
    for version, sha256 in session.exec(held):
        found.setdefault(version, set()).add(sha256)
    return {version: frozenset(some) for version, some in found.items()}
