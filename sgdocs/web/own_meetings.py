"""My meetings: on now and to come, with the next sitting, its link for those who may have it, and the next deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, or_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.meetings import entering
from sgdocs.meetings.deadlines import Deadline
from sgdocs.meetings.feeds import MINE
from sgdocs.meetings.joining import RegistrationStatus
from sgdocs.meetings.listing import CURRENT, when_of
from sgdocs.meetings.models import Meeting, Registration, Sitting
from sgdocs.meetings.queries import deadlines_for, visible
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.policy import Permission, Scope, audiences, may_read

MOST: Final = 6
SITTINGS: Final = 200


@dataclass(frozen=True)
class OwnMeeting:
    """when: `current` or `coming`; status: of the registration, "" without one; sitting: that is on, or the next; link: of
    the sitting, where the actor may have it; deadline: the next for papers."""

    meeting: Meeting
    group: Group
    when: str
    status: str
    sitting: Sitting | None
    is_on: bool
    link: str
    deadline: Deadline | None

    @property
    def is_now(self) -> bool:
        return self.when == CURRENT


def own_meetings(act: Act, group_ids: Sequence[int], *, most: int = MOST) -> list[OwnMeeting]:
    """What the actor registered for, and what their groups hold; what is on first. Three queries."""
    own = and_(col(Registration.meeting_id) == Meeting.id, col(Registration.person_id) == act.actor.person_id)
    alive = col(Registration.status).in_((RegistrationStatus.ASKED, RegistrationStatus.APPROVED))
    found = (
        select(Meeting, Group, Registration)
        .join(Group, col(Group.id) == Meeting.group_id)
        .join(Registration, and_(own, alive), isouter=True)
        .where(
            visible(act),
            col(Meeting.ends_on) >= geneva_day(act.now),
            col(Meeting.status) != MeetingStatus.CANCELLED,
            or_(col(Registration.id).is_not(None), col(Meeting.group_id).in_(group_ids)),
        )
        .order_by(col(Meeting.starts_on), col(Meeting.code))
        .limit(most)
    )
    rows = act.session.exec(found).all()
    meetings = [meeting for meeting, _, _ in rows]
    dated, sittings = deadlines_for(act.session, meetings), _sittings(act, meetings)
    return [_row(act, row, sittings.get(row[0].id or 0), dated.get(row[0].id or 0, ())) for row in rows]


def _sittings(act: Act, meetings: Sequence[Meeting]) -> dict[int, Sitting]:
    """The first of each meeting that is not over."""
    ahead = select(Sitting).where(
        col(Sitting.meeting_id).in_([each.id for each in meetings]),
        col(Sitting.ends_at) > act.now,
        col(Sitting.cancelled_at).is_(None),
    )
    rows = act.session.exec(ahead.order_by(col(Sitting.starts_at), col(Sitting.id)).limit(SITTINGS)) if meetings else ()
    found: dict[int, Sitting] = {}
    for row in rows:
        found.setdefault(row.meeting_id, row)
    return found


def _row(
    act: Act,
    found: tuple[Meeting, Group, Registration | None],
    sitting: Sitting | None,
    dated: Sequence[Deadline],
) -> OwnMeeting:
    meeting, group, registration = found
    status = registration.status if registration else ""
    papers = sorted(
        (each for each in dated if each.rule in MINE and not each.has_passed(act.now)), key=lambda d: d.due_at
    )
    link = entering.way_to(act, meeting, sitting) if sitting and _sees_links(act, group, status) else ""
    is_on = sitting is not None and sitting.starts_at <= act.now
    when = when_of(meeting, geneva_day(act.now))
    return OwnMeeting(meeting, group, when, status, sitting, is_on, link, papers[0] if papers else None)


def _sees_links(act: Act, group: Group, status: str) -> bool:
    """As `meetings.queries.presence`: officers of the group, the secretariat, approved participants."""
    if may_read(act.actor, Permission.SEE_REMOTE_LINK, Scope(group.path)):
        return True
    return status == RegistrationStatus.APPROVED and f"person:{act.actor.person_id}" in audiences(act.actor)
