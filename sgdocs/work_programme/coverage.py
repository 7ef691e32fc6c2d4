"""What an organisation or a person does: which groups, meetings, papers and items. Counts of what the reader may read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents import listing as documents
from sgdocs.documents.models import Document, DocumentSource
from sgdocs.documents.rules import DocumentKind, Status
from sgdocs.groups.models import Appointment, Group
from sgdocs.groups.queries import period_on
from sgdocs.groups.rights import in_force
from sgdocs.groups.roles import OFFICERS
from sgdocs.groups.rules import PARTS, SECTORS
from sgdocs.meetings.joining import RegistrationStatus
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.meetings.queries import visible as meeting_visible
from sgdocs.people.models import Organisation, Person
from sgdocs.people.queries import sees_contacts
from sgdocs.work_programme.filtering import visible
from sgdocs.work_programme.models import ItemEditor, WorkItem
from sgdocs.work_programme.rules import ACTIVE

MOST = 20
Wanted = Any
"""A SELECT, of whatever columns."""


@dataclass
class Covered:
    """One study group, its parts counted in. Each figure is of today or of the study period that runs.

    roles: held now; attended: meetings with somebody there, None where the reader may not know; papers: contributions
    that the reader may read; items: at work, with an editor of theirs.
    """

    group: Group
    roles: int = 0
    attended: int | None = None
    papers: int = 0
    items: int = 0


@dataclass(frozen=True)
class Doings:
    """Of a person or an organisation: the latest meetings, papers and items that the reader may read."""

    meetings: list[Meeting] = field(default_factory=list)
    papers: list[Document] = field(default_factory=list)
    items: list[WorkItem] = field(default_factory=list)


def coverage_of(act: Act, organisation: Organisation) -> list[Covered]:
    """The groups in which an organisation is seen, by number. Costs up to twelve queries."""
    members = sees_contacts(act)
    theirs = select(col(Person.id)).where(col(Person.organisation_id) == organisation.id, col(Person.left_at).is_(None))
    figures: dict[str, Mapping[int, int]] = {
        "roles": _roles(act, theirs, all_of_them=members),
        "papers": _counted(act, _papers(act, col(DocumentSource.organisation_id) == organisation.id)),
        "items": _counted(act, _items(act, theirs)),
    }
    if members:
        figures["attended"] = _counted(act, _attended(act, col(Registration.organisation_id) == organisation.id))
    return _gathered(act.session, figures, attended=members)


def doings_of_organisation(act: Act, organisation: Organisation) -> Doings:
    """Its latest meetings (for members), contributions and items at work. Three queries."""
    theirs = select(col(Person.id)).where(col(Person.organisation_id) == organisation.id, col(Person.left_at).is_(None))
    sent = select(col(DocumentSource.document_id)).where(col(DocumentSource.organisation_id) == organisation.id)
    attended = [col(Registration.organisation_id) == organisation.id]
    return _doings(act, attended, col(Document.id).in_(sent), theirs)


def doings_of_person(act: Act, person: Person) -> Doings:
    """Meetings that the person attends and papers they sent in (both for members), items they edit. Three queries."""
    own = select(col(Person.id)).where(col(Person.id) == person.id)
    is_own = col(Document.owner_id) == person.id
    return _doings(act, [col(Registration.person_id) == person.id], is_own if sees_contacts(act) else None, own)


def _doings(
    act: Act, attended: list[ColumnElement[bool]], papers: ColumnElement[bool] | None, editors: Wanted
) -> Doings:
    session = act.session
    meetings: list[Meeting] = []
    if sees_contacts(act):
        held = select(Meeting).where(col(Meeting.id).in_(_attended_ids(attended)), meeting_visible(act))
        meetings = list(session.scalars(held.order_by(col(Meeting.starts_on).desc(), col(Meeting.code)).limit(MOST)))
    found: list[Document] = []
    if papers is not None:
        posted = select(Document).where(papers, col(Document.status) == Status.POSTED, documents.visible(act))
        found = list(session.scalars(posted.order_by(col(Document.posted_at).desc(), col(Document.name)).limit(MOST)))
    items = (
        select(WorkItem)
        .where(*_edited(act, editors))
        .order_by(col(WorkItem.sort_key), col(WorkItem.number))
        .limit(MOST)
    )
    return Doings(meetings, found, list(session.scalars(items)))


# One figure each: group id -> how many


def _roles(act: Act, people: Wanted, *, all_of_them: bool) -> Mapping[int, int]:
    held = select(col(Appointment.group_id), func.count()).where(
        col(Appointment.person_id).in_(people),
        col(Appointment.group_id).is_not(None),
        *in_force(geneva_day(act.now)),
        *([] if all_of_them else [col(Appointment.role).in_(OFFICERS)]),
    )
    return _counted(act, held.group_by(col(Appointment.group_id)))


def _attended(act: Act, *who: ColumnElement[bool]) -> Wanted:
    wanted = select(col(Meeting.group_id), func.count()).where(
        col(Meeting.id).in_(_attended_ids(who)), meeting_visible(act), _in_period(act, col(Meeting.period_id))
    )
    return wanted.group_by(col(Meeting.group_id))


def _attended_ids(who: Iterable[ColumnElement[bool]]) -> Wanted:
    """Only of those who agreed to stand on the list of participants."""
    approved = col(Registration.status) == RegistrationStatus.APPROVED
    return select(col(Registration.meeting_id)).where(approved, col(Registration.is_listed).is_(True), *who)


def _papers(act: Act, *who: ColumnElement[bool]) -> Wanted:
    wanted = select(col(Document.group_id), func.count()).where(
        col(Document.id).in_(select(col(DocumentSource.document_id)).where(*who)),
        col(Document.kind) == DocumentKind.CONTRIBUTION,
        col(Document.status) == Status.POSTED,
        documents.visible(act),
        _in_period(act, col(Document.period_id)),
    )
    return wanted.group_by(col(Document.group_id))


def _items(act: Act, editors: Wanted) -> Wanted:
    wanted = select(col(WorkItem.group_id), func.count()).where(*_edited(act, editors))
    return wanted.group_by(col(WorkItem.group_id))


def _edited(act: Act, editors: Wanted) -> list[ColumnElement[bool]]:
    theirs = select(col(ItemEditor.work_item_id)).where(col(ItemEditor.person_id).in_(editors))
    return [col(WorkItem.id).in_(theirs), col(WorkItem.status).in_(ACTIVE), visible(act)]


def _in_period(act: Act, column: Any) -> ColumnElement[bool]:
    """Of the study periods that run today, one for each Sector."""
    today = geneva_day(act.now)
    running = [period.id for sector in SECTORS if (period := period_on(act.session, sector, today))]
    return or_(column.in_(running), column.is_(None))


def _counted(act: Act, wanted: Wanted) -> Mapping[int, int]:
    return {row[0]: row[1] for row in act.session.execute(wanted)}


# From Questions and working parties up to the group that stands for itself


def _gathered(session: Session, figures: Mapping[str, Mapping[int, int]], *, attended: bool) -> list[Covered]:
    above = _above(session, {id for counted in figures.values() for id in counted})
    found: dict[int, Covered] = {}
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for name, counted in figures.items():
        for id, count in counted.items():
            sums[above[id].id or 0, name] += count
    for group in above.values():
        row = found.setdefault(group.id or 0, Covered(group, attended=0 if attended else None))
        for name in figures:
            setattr(row, name, sums[group.id or 0, name])
    return sorted(found.values(), key=lambda each: each.group.sort_key)


def _above(session: Session, ids: set[int]) -> dict[int, Group]:
    """For each group the one that it is part of, else itself. One query for each storey."""
    known: dict[int, Group] = {}
    wanted = set(ids)
    while wanted:
        rows = session.scalars(select(Group).where(col(Group.id).in_(wanted))).all()
        known |= {row.id or 0: row for row in rows}
        wanted = {row.parent_id for row in rows if _is_part(row) and row.parent_id} - known.keys()
    return {id: _root(known, id) for id in ids if id in known}


def _root(known: Mapping[int, Group], id: int) -> Group:
    group = known[id]
    while _is_part(group) and (above := known.get(group.parent_id or 0)):
        group = above
    return group


def _is_part(group: Group) -> bool:
    """Working parties of ITU-R stand for themselves: they have documents and numbers of their own."""
    return group.kind in PARTS and not (group.sector == "R" and group.kind == "working-party")
