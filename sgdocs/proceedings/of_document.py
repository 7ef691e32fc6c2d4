"""What the meetings did with one document: under which items it stood, and why; what became of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents.allocations import readable, reasons_of
from sgdocs.documents.models import Allocation, Document
from sgdocs.groups.models import Group
from sgdocs.meetings.agenda import agendas
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible
from sgdocs.proceedings.models import Disposition
from sgdocs.proceedings.queries import DispositionRow, documents_of


@dataclass(frozen=True)
class Spot:
    """An agenda item under which the document stood. reasons: (sentence, words) pairs."""

    number: str
    title: str
    reasons: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Dealing:
    """What one group did with the document at one meeting. result: None while nothing was entered."""

    meeting: Meeting
    group: Group
    spots: Sequence[Spot]
    result: DispositionRow | None


def dealings(act: Act, document: Document) -> list[Dealing]:
    """By the day of the meeting and the group, as far as the actor may read document and meeting.

    Costs four queries, and up to five for each meeting that had it on an agenda.
    """
    if act.session.exec(select(Document.id).where(Document.id == document.id, *readable(act))).first() is None:
        return []
    held = act.session.exec(select(Allocation).where(Allocation.document_id == document.id)).all()
    entered = (
        select(Disposition, Group)
        .join(Group, col(Group.id) == Disposition.group_id)
        .where(Disposition.document_id == document.id)
    )
    results = {(row.meeting_id, row.group_id): (row, group) for row, group in act.session.exec(entered)}
    ids = {row.meeting_id for row in held} | {meeting_id for meeting_id, _ in results}
    if not ids:
        return []
    met = select(Meeting).where(col(Meeting.id).in_(ids), visible(act)).order_by(col(Meeting.starts_on), Meeting.code)
    others = documents_of(act, (row.other_id for row, _ in results.values()))
    told: list[Dealing] = []
    for meeting in act.session.exec(met):
        spots, groups = _spots(act, meeting, [row for row in held if row.meeting_id == meeting.id])
        groups |= {group.id: group for (at, _), (_, group) in results.items() if at == meeting.id}
        for group in sorted(groups.values(), key=lambda each: each.sort_key):
            row, _ = results.get((meeting.id or 0, group.id or 0), (None, None))
            result = DispositionRow(row, document, group, others.get(row.other_id or 0)) if row else None
            told.append(Dealing(meeting, group, spots.get(group.id, ()), result))
    return told


def _spots(
    act: Act, meeting: Meeting, held: Sequence[Allocation]
) -> tuple[dict[int | None, list[Spot]], dict[int | None, Group]]:
    """The items by group, and those groups."""
    stands = {row.agenda_item_id: row for row in held}
    found: defaultdict[int | None, list[Spot]] = defaultdict(list)
    groups: dict[int | None, Group] = {}
    for agenda in agendas(act.session, meeting) if held else ():
        for row in agenda.rows:
            if row.item.id in stands:
                found[agenda.group.id].append(Spot(row.number, row.item.title, reasons_of(stands[row.item.id])))
                groups[agenda.group.id] = agenda.group
    return dict(found), groups
