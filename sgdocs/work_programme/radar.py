"""The radar of stale items: no contribution between the last meetings of the group. Source: domain WI-5."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Status
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.rules import MeetingKind, MeetingStatus
from sgdocs.work_programme.filtering import visible
from sgdocs.work_programme.listing import ItemRow, rows_of
from sgdocs.work_programme.models import ItemPaper, WorkItem
from sgdocs.work_programme.practice import USUAL, Practice
from sgdocs.work_programme.rules import ItemStatus, PaperRole
from sgdocs.work_programme.staleness import Held, Stale, staleness

COUNTED = (MeetingKind.STUDY_GROUP, MeetingKind.WORKING_PARTY)


@dataclass(frozen=True)
class StaleRow:
    """last_on: day of the latest contribution, None when there never was one."""

    row: ItemRow
    stale: Stale
    last_on: date | None


def stale(act: Act, group: Group | None = None, *, practice: Practice = USUAL) -> list[StaleRow]:
    """Items under study that attracted no contribution, of a group or of all, by name. Costs up to eight queries."""
    found = select(WorkItem.id, WorkItem.group_id, WorkItem.registered_at).where(
        WorkItem.status == ItemStatus.UNDER_STUDY, visible(act)
    )
    if group is not None:
        found = found.where(WorkItem.group_id == group.id)
    items = act.session.exec(found).all()
    held = _meetings(act, {group_id for _, group_id, _ in items}, practice.wi_stale_meetings)
    came = _contributions(act.session, [id or 0 for id, _, _ in items])
    told: dict[int, Stale] = {}
    for id, group_id, at in items:
        why = staleness(geneva_day(at), held[group_id], came[id or 0], meetings=practice.wi_stale_meetings)
        if why is not None:
            told[id or 0] = why
    return [StaleRow(row, told[row.id], _last(came[row.id])) for row in rows_of(act, list(told))]


def _last(came: Collection[tuple[int | None, date | None]]) -> date | None:
    return max((day for _, day in came if day is not None), default=None)


def _meetings(act: Act, group_ids: Collection[int], most: int) -> dict[int, list[Held]]:
    """Meetings of each group that have begun, the latest first: so many as are looked at."""
    today = geneva_day(act.now)
    found = (
        select(Meeting)
        .where(
            col(Meeting.group_id).in_(group_ids),
            col(Meeting.kind).in_(COUNTED),
            Meeting.status != MeetingStatus.CANCELLED,
            col(Meeting.starts_on) <= today,
        )
        .order_by(col(Meeting.starts_on).desc(), col(Meeting.id).desc())
    )
    held: dict[int, list[Held]] = defaultdict(list)
    for row in act.session.exec(found):
        if len(held[row.group_id]) <= most:
            held[row.group_id].append(Held(row.id or 0, row.code, row.starts_on, row.ends_on))
    return held


def _contributions(session: Session, ids: Collection[int]) -> dict[int, list[tuple[int | None, date | None]]]:
    """Of each item: meeting and day of its contributions, whatever their audience, withdrawn ones left out."""
    found = (
        select(ItemPaper.work_item_id, Document.meeting_id, Document.received_at)
        .join(Document, col(Document.id) == ItemPaper.document_id)
        .where(
            col(ItemPaper.work_item_id).in_(ids),
            ItemPaper.role == PaperRole.CONTRIBUTION,
            col(ItemPaper.removed_at).is_(None),
            col(Document.deleted_at).is_(None),
            Document.status == Status.POSTED,
        )
    )
    came: dict[int, list[tuple[int | None, date | None]]] = defaultdict(list)
    for id, meeting_id, at in session.exec(found):
        came[id].append((meeting_id, geneva_day(at) if at else None))
    return came
