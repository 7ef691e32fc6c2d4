"""Meetings as the tables look at them: in session, of the group, with the text on its agenda. Source: domain M-6, A.8 3.1."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from sgdocs.approval import rules
from sgdocs.approval.bound_texts import Bound
from sgdocs.approval.facts import MeetingFacts
from sgdocs.approval.models import Announcement, AnnouncementLine, Process
from sgdocs.approval.targets import Target
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.models import Allocation, Document
from sgdocs.groups.models import Group
from sgdocs.meetings.models import AgendaItem, Meeting, MeetingGroup, Sitting
from sgdocs.meetings.rules import MeetingStatus


def listed(session: Session, target: Target, meeting: Meeting, document: Document) -> Allocation | None:
    """Where the document stands on the agenda of the meeting, under an item for such texts. Source: M-6."""
    found = (
        select(Allocation)
        .join(AgendaItem, col(AgendaItem.id) == Allocation.agenda_item_id)
        .where(
            Allocation.meeting_id == meeting.id,
            Allocation.document_id == document.id,
            col(AgendaItem.deleted_at).is_(None),
        )
        .order_by(col(Allocation.allotted_at).desc())
    )
    kinds = rules.LISTED_UNDER.get(target.procedure.id)
    return session.exec(found.where(col(AgendaItem.kind).in_(kinds)) if kinds else found).first()


def meeting_facts(
    act: Act, target: Target, meeting: Meeting | None, text: Bound | None, *, announced_on: date | None = None
) -> MeetingFacts:
    if meeting is None:
        return MeetingFacts()
    group = act.session.get(Group, meeting.group_id)
    row = listed(act.session, target, meeting, text.document) if text else None
    told_on = announced_on or (geneva_day(row.allotted_at) if row else None)
    return MeetingFacts(
        code=meeting.code,
        kind=meeting.kind,
        is_held=meeting.status != MeetingStatus.CANCELLED,
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        is_in_session=is_in_session(act, meeting),
        lists_text=row is not None,
        is_study_group=group is not None and group.kind in rules.PLENARY_GROUPS,
        announced_on=told_on,
        group=group.path if group else "",
    )


def is_in_session(act: Act, meeting: Meeting) -> bool:
    """Whether the meeting is open today where it is held, or one of its sittings runs now."""
    today = act.now.astimezone(ZoneInfo(meeting.zone)).date()
    if meeting.status == MeetingStatus.OPEN:
        return meeting.starts_on <= today <= meeting.ends_on
    if meeting.status != MeetingStatus.ANNOUNCED:
        return False
    runs = select(col(Sitting.id)).where(
        Sitting.meeting_id == meeting.id,
        col(Sitting.starts_at) <= act.now,
        col(Sitting.ends_at) >= act.now,
        col(Sitting.cancelled_at).is_(None),
    )
    return act.session.exec(runs).first() is not None


def is_of_group(session: Session, target: Target, meeting: Meeting | None) -> bool:
    """Whether it is a meeting of the study group of the text, of a joint host, or of one of its working parties."""
    if meeting is None or meeting.group_id == target.group.id:
        return True
    host = session.get(Group, meeting.group_id)
    if host is not None and (host.parent_id == target.group.id or target.group.parent_id == host.id):
        return True
    joint = select(col(MeetingGroup.group_id)).where(
        MeetingGroup.meeting_id == meeting.id, MeetingGroup.group_id == target.group.id
    )
    return session.exec(joint).first() is not None


def next_meeting(session: Session, group: Group, today: date) -> Meeting | None:
    """The next full meeting of the group that is not over and not cancelled."""
    found = select(Meeting).where(
        Meeting.group_id == group.id,
        col(Meeting.kind).in_(("study-group", "extra-meeting")),
        Meeting.status != MeetingStatus.CANCELLED,
        col(Meeting.starts_on) > today,
    )
    return session.exec(found.order_by(col(Meeting.starts_on), col(Meeting.id))).first()


def announced_on(session: Session, process: Process | None) -> date | None:
    """The day of the newest announcement that named the process, results left aside."""
    if process is None:
        return None
    found = (
        select(col(Announcement.happened_on))
        .join(AnnouncementLine, col(AnnouncementLine.announcement_id) == Announcement.id)
        .where(AnnouncementLine.process_id == process.id, Announcement.kind != "result")
    )
    return session.exec(found.order_by(col(Announcement.happened_on).desc())).first()
