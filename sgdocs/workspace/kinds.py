"""What can be kept: one row of `KINDS` for each kind, with how it is loaded as far as the actor may know of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from sqlalchemy import and_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.documents.labels import version_label
from sgdocs.documents.listing import known, visible
from sgdocs.documents.models import Document
from sgdocs.documents.rules import shown_title
from sgdocs.groups.queries import audiences
from sgdocs.i18n import N_
from sgdocs.liaison import queries as liaison
from sgdocs.liaison.models import Statement
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.recommendations.models import Family, Text
from sgdocs.work_programme import filtering
from sgdocs.work_programme.models import WorkItem

ORIGINAL: Final = "r0"


@dataclass(frozen=True)
class Thing:
    """A thing as the actor may see it. mark: the state of its text now, "" where it has none; mark_label: as written."""

    kind: str
    id: int
    label: str
    title: str
    path: str
    mark: str = ""
    mark_label: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


Loaded = dict[int, Thing]


@dataclass(frozen=True)
class Kind:
    """title: what it is called; subject: its table, as entries of the journal name it."""

    title: str
    subject: str
    load: Callable[[Act, Iterable[int]], Loaded]


def thing_of(act: Act, kind: str, thing_id: int) -> Thing:
    """NotFound when there is no such thing or kind, or the actor may not know of it."""
    found = things_of(act, [(kind, thing_id)]) if 0 < thing_id < 1 << 31 else {}
    return found.get((kind, thing_id)) or missing("thing to keep", f"{kind} {thing_id}")


def things_of(act: Act, named: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Thing]:
    """By kind and id; what the actor may not know of is not among them. One query for each kind."""
    ids: dict[str, set[int]] = {}
    for kind, id in named:
        ids.setdefault(kind, set()).add(id)
    return {
        (kind, id): thing
        for kind, some in ids.items()
        if kind in KINDS
        for id, thing in KINDS[kind].load(act, some).items()
    }


def part_of(document: Document) -> str:
    """The version that is shown: `R2`, `r0` for the original."""
    return document.part or ORIGINAL


def _path(*parts: object) -> str:
    return "/" + "/".join(quote(str(part), safe=":@!$&'()*+,;=") for part in parts)


def _documents(act: Act, ids: Iterable[int]) -> Loaded:
    rows = act.session.exec(select(Document).where(col(Document.id).in_(list(ids)), visible(act)))
    return {
        row.id or 0: Thing(
            "document",
            row.id or 0,
            row.label_now,
            shown_title(row.status, row.title),
            _path("doc", row.name),
            part_of(row),
            part_of(row),
        )
        for row in rows
    }


def _families(act: Act, ids: Iterable[int]) -> Loaded:
    labels = audiences(act)
    newest = and_(col(Text.id) == Family.latest_id, col(Text.audience).in_(labels))
    found = select(Family, Text.identifier).join(Text, newest, isouter=True)
    rows = act.session.exec(found.where(col(Family.id).in_(list(ids)), col(Family.audience).in_(labels)))
    return {
        row.id or 0: Thing(
            "family",
            row.id or 0,
            row.number,
            row.title,
            "/" + row.address.lstrip("/"),
            str(row.latest_id or ""),
            identifier or "",
        )
        for row, identifier in rows
    }


def _items(act: Act, ids: Iterable[int]) -> Loaded:
    """The label of a base text is for those who may read it; that it changed is on the public record."""
    base = and_(col(Document.id) == WorkItem.base_document_id, known(act))
    found = select(WorkItem, Document.label).join(Document, base, isouter=True)
    rows = act.session.exec(found.where(col(WorkItem.id).in_(list(ids)), filtering.visible(act)))
    return {
        row.id or 0: Thing(
            "item",
            row.id or 0,
            row.acronym,
            row.title,
            _path("wi", f"{row.number}-{row.acronym}"),
            base_mark(row),
            version_label(label, row.base_part) if label else "",
        )
        for row, label in rows
    }


def base_mark(item: WorkItem) -> str:
    """`123/R1`: the document of the base text and its version; "" without one."""
    return f"{item.base_document_id}/{item.base_part or ORIGINAL}" if item.base_document_id else ""


def _statements(act: Act, ids: Iterable[int]) -> Loaded:
    """What was sent does not change any more; a draft does."""
    rows = act.session.exec(select(Statement).where(col(Statement.id).in_(list(ids)), liaison.visible(act)))
    return {
        row.id or 0: Thing(
            "statement",
            row.id or 0,
            row.label,
            row.title,
            _path("liaison", row.name),
            "sent" if row.sent_at else f"draft {row.version}",
            row.label,
        )
        for row in rows
    }


def _agenda(act: Act, ids: Iterable[int]) -> Loaded:
    found = select(AgendaItem, Meeting).join(Meeting, col(Meeting.id) == AgendaItem.meeting_id)
    there = (col(AgendaItem.id).in_(list(ids)), col(AgendaItem.deleted_at).is_(None), meetings.visible(act))
    return {
        row.id or 0: Thing(
            "agenda", row.id or 0, meeting.code, row.title, _path("meeting", meeting.code, "agenda", "items", row.id)
        )
        for row, meeting in act.session.exec(found.where(*there))
    }


KINDS: Final[Mapping[str, Kind]] = {
    "document": Kind(N_("Document"), "document", _documents),
    "family": Kind(N_("Recommendation"), "recommendation", _families),
    "item": Kind(N_("Work item"), "work_item", _items),
    "statement": Kind(N_("Liaison statement"), "statement", _statements),
    "agenda": Kind(N_("Agenda item"), "agenda_item", _agenda),
}
