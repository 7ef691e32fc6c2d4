"""Lists of documents: the filters of the query string, the columns one chooses, the order, the rows for export."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.base.text import clean, folded
from sgdocs.documents.listing import DocumentFilter, DocumentRow
from sgdocs.documents.outgoing import DocumentOut
from sgdocs.documents.rules import DocumentKind, Status
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.groups.rules import SECTORS
from sgdocs.i18n import N_
from sgdocs.meetings import agenda
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.people.queries import organisation_named
from sgdocs.web import urls

HEADINGS: Final[Mapping[str, str]] = {
    "title": N_("Title"),
    "source": N_("Source"),
    "kind": N_("Kind"),
    "questions": N_("Questions"),
    "agenda": N_("Agenda item"),
    "status": N_("Status"),
    "languages": N_("Languages"),
    "received": N_("Received, Geneva"),
    "meeting": N_("Meeting"),
}
OF_MEETING: Final[tuple[str, ...]] = (
    "title",
    "source",
    "kind",
    "questions",
    "agenda",
    "status",
    "languages",
    "received",
)
OF_ALL: Final[tuple[str, ...]] = ("title", "source", "kind", "questions", "meeting", "status", "languages", "received")
USUAL: Final = {OF_MEETING: ("title", "source", "questions", "agenda", "status"), OF_ALL: OF_ALL[:6]}
SPARE: Final = ("kind", "languages", "received", "meeting")
EXPORTED: Final = {
    "number": "Number",
    "title": "Title",
    "source": "Source",
    "kind": "Type",
    "stream": "Series",
    "questions": "Questions",
    "agenda": "Agenda item",
    "status": "Status",
    "revision": "Revision",
    "late": "Late",
    "languages": "Languages",
    "meeting": "Meeting",
    "group": "Group",
    "received_at": "Received (UTC)",
    "posted_at": "Posted (UTC)",
    "url": "Address",
}
SORTS: Final[Mapping[str, Callable[[DocumentRow], Any]]] = {
    "number": lambda row: row.sort_key,
    "title": lambda row: folded(row.title),
    "source": lambda row: folded(row.source),
    "received": lambda row: row.received_at.timestamp() if row.received_at else 0.0,
    "status": lambda row: row.status,
}
Words = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True)
class Wanted:
    """What the query string asks for, as it was typed."""

    sector: str = ""
    group: str = ""
    kind: str = ""
    meeting: str = ""
    question: str = ""
    source: str = ""
    status: str = ""
    language: str = ""
    late: str = ""
    stream: str = ""
    q: str = ""

    @property
    def asked(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}

    def filter(self, act: Act, **more: Any) -> DocumentFilter:
        """As a query takes it. Invalid for a word that means nothing; costs one query for each of group, meeting, source."""
        exact = {name: getattr(self, name) for name in ("sector", "kind", "status", "language", "stream")}
        _known("sector", self.sector, SECTORS)
        _known("kind", self.kind, tuple(DocumentKind))
        _known("status", self.status, tuple(Status))
        _known("late", self.late, ("yes", "no"))
        ids: dict[str, int | None] = {}
        if self.group:
            ids["group_id"] = _group(act, self.group).id
        if self.meeting:
            ids["meeting_id"] = meetings.by_code(act, self.meeting).id
        if self.source:
            ids["source_id"] = _organisation(act, self.source)
        is_late = None if not self.late else self.late == "yes"
        return DocumentFilter(**exact, **ids, q=clean(self.q), question=clean(self.question), is_late=is_late, **more)  # type: ignore[arg-type]


def wanted(
    *,
    sector: Words = "",
    group: Words = "",
    kind: Words = "",
    meeting: Words = "",
    question: Words = "",
    source: Words = "",
    status: Words = "",
    language: Words = "",
    late: Annotated[str, Query(max_length=10, description="yes or no")] = "",
    stream: Words = "",
    q: Annotated[str, Query(max_length=200, description="words in title, source or number")] = "",
) -> Wanted:
    return Wanted(sector, group, kind, meeting, question, source, status, language, late, stream, q)


Filtered = Annotated[Wanted, Depends(wanted)]


def _known(name: str, value: str, right: Iterable[str]) -> None:
    if value and value not in set(right):
        invalid(name, value, ", ".join(right) + ".")


def _group(act: Act, words: str) -> Group:
    found = groups.find(act.session, words) or next(iter(groups.resolve(act.session, words, geneva_day(act.now))), None)
    return found if found is not None else invalid("group", words, "As in SG15, T/SG15 or 5D.")


def _organisation(act: Act, words: str) -> int:
    found = organisation_named(act.session, words)
    return found.id or 0 if found is not None else invalid("source", words, "The name or acronym of an organisation.")


@dataclass(frozen=True)
class Around:
    """What stands round the rows of a list: codes of meetings, paths of groups, numbers of agenda items, by id."""

    meetings: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    items: Mapping[int, str] = field(default_factory=dict)

    def out(self, row: DocumentRow, root: str) -> DocumentOut:
        return DocumentOut.of(
            row,
            root,
            meeting=self.meetings.get(row.meeting_id or 0, ""),
            group=self.groups.get(row.group_id, ""),
            agenda=self.items.get(row.agenda_item_id or 0, ""),
        )


def around(
    act: Act, rows: Sequence[DocumentRow], meeting: Meeting | None = None, *, with_groups: bool = True
) -> Around:
    """One query, one for the paths of groups, and those of the agenda for the list of a meeting."""
    own = {meeting.id or 0: meeting.code} if meeting else _meetings(act, {row.meeting_id for row in rows})
    found = select(Group.id, Group.path).where(col(Group.id).in_({row.group_id for row in rows}))
    paths = {id or 0: path for id, path in act.session.exec(found)} if with_groups and rows else {}
    items = {}
    if meeting is not None and any(row.agenda_item_id for row in rows):
        items = {row.item.id or 0: row.number for each in agenda.agendas(act.session, meeting) for row in each.rows}
    return Around(own, paths, items)


def _meetings(act: Act, ids: Iterable[int | None]) -> dict[int, str]:
    found = select(Meeting.id, Meeting.code).where(col(Meeting.id).in_({id for id in ids if id}), meetings.visible(act))
    return {id or 0: code for id, code in act.session.exec(found)}


@dataclass(frozen=True)
class Line:
    """One line of the table on a page."""

    id: int
    name: str
    label: str
    title: str
    source: str
    kind: str
    questions: tuple[str, ...]
    agenda: str
    status: str
    revision: int
    late: bool
    languages: tuple[str, ...]
    received_at: Any
    meeting: str


def lines(rows: Sequence[DocumentRow], about: Around) -> list[Line]:
    return [
        Line(
            row.id,
            row.name,
            row.label,
            row.title,
            row.source,
            row.kind,
            row.questions,
            about.items.get(row.agenda_item_id or 0, ""),
            row.status,
            row.revision,
            bool(row.late or row.late_revision),
            row.languages,
            row.received_at,
            about.meetings.get(row.meeting_id or 0, ""),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Table:
    """Columns and order of a list. all: columns there are; columns: those shown; address: the list with its filters."""

    all: tuple[str, ...]
    columns: tuple[str, ...]
    current: str
    order: str
    address: str
    asked: Mapping[str, object]
    sorts: tuple[str, ...] = tuple(SORTS)

    spare = SPARE

    def __call__(self, column: str) -> str:
        """The address of the list in another order: the other way round when it is in that order already."""
        turned = column == self.current and self.order == "ascending"
        sort = f"-{column}" if turned else ("" if column == "number" else column)
        return urls.with_query(self.address, **{**self.asked, "sort": sort})

    def sorted(self, rows: Sequence[DocumentRow]) -> list[DocumentRow]:
        """Natural order of numbers first, so that equals keep it."""
        if self.current == "number" and self.order == "ascending":
            return list(rows)
        return sorted(rows, key=SORTS[self.current], reverse=self.order == "descending")


def table(
    request: Request, all: tuple[str, ...], asked: Mapping[str, object], *, sorts: Iterable[str] = tuple(SORTS)
) -> Table:
    """Of the query string: `sort`, and `col` once for each column that is wanted. sorts: orders that the list has."""
    chosen = [each for each in request.query_params.getlist("col") if each in all]
    sort = request.query_params.get("sort", "")
    name = sort.removeprefix("-")
    known = tuple(sorts)
    if name and name not in known:
        invalid(
            "sort", sort[:40], f"{', '.join(known)}; a minus before it turns the order." if known else "Leave it out."
        )
    columns = tuple(each for each in all if each in chosen) if chosen else USUAL[all]
    return Table(
        all,
        columns,
        name or "number",
        "descending" if sort.startswith("-") else "ascending",
        request.url.path,
        {**asked, **({"col": chosen} if chosen else {})},
        known,
    )
