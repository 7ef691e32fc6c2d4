"""Deadlines of meetings that come near, as entries of the journal: 14, 7, 2 and 0 days before. Source: domain 8.1."""

from datetime import date, timedelta
from typing import Final

from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.meetings.deadlines import Deadline
from sgdocs.meetings.feeds import MINE
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import deadlines_of
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.policy import Permission

VERB: Final = "notices.deadline-near"
OCCASIONS: Final = (0, 2, 7, 14)
FARTHEST: Final = timedelta(days=200)
"""No deadline of contributors is longer before the opening than its meeting is looked at."""


def occasion_of(due_on: date, known_since: date, today: date) -> int | None:
    """Which occasion it is time to tell of: the last that has come. None before the first, after the day, and for one
    that had passed when the meeting was entered."""
    left = (due_on - today).days
    found = next((each for each in OCCASIONS if left <= each), None) if left >= 0 else None
    return found if found is not None and known_since <= due_on - timedelta(days=found) else None


def tell_of_deadlines(act: Act) -> int:
    """Note what comes near and was not noted; after a downtime the newest occasion alone. How many were noted."""
    policy.require(act.actor, Permission.TELL)
    today = geneva_day(act.now)
    near = select(Meeting).where(
        col(Meeting.status).in_([MeetingStatus.ANNOUNCED, MeetingStatus.OPEN]),
        col(Meeting.starts_on) >= today,
        col(Meeting.starts_on) <= today + FARTHEST,
    )
    rows = act.session.exec(near.order_by(col(Meeting.id))).all()
    told = _told(act.session, [row.id or 0 for row in rows])
    return sum(_note(act, row, each, told, today) for row in rows for each in deadlines_of(act.session, row))


def _told(session: Session, ids: list[int]) -> set[tuple[int, object, object, object]]:
    """What was noted before: meeting, rule, day, occasion. A deadline that was moved is told of anew."""
    held = select(Entry).where(
        Entry.verb == VERB, Entry.subject_kind == str(Meeting.__tablename__), col(Entry.subject_id).in_(ids)
    )
    return {
        (each.subject_id, each.facts.get("rule"), each.facts.get("due_on"), each.facts.get("occasion"))
        for each in session.exec(held)
    }


def _note(
    act: Act, meeting: Meeting, deadline: Deadline, told: set[tuple[int, object, object, object]], today: date
) -> bool:
    occasion = occasion_of(deadline.on, geneva_day(meeting.created_at), today)
    known = (meeting.id or 0, deadline.rule, deadline.on.isoformat(), occasion)
    if deadline.rule not in MINE or occasion is None or known in told:
        return False
    left = (deadline.on - today).days
    facts = {"rule": deadline.rule, "due_on": deadline.on.isoformat(), "occasion": occasion}
    facts |= {"today": deadline.on.isoformat()} if left == 0 else {"days": left}
    record(act, VERB, meeting, group_id=meeting.group_id, audience=meeting.audience, **facts)  # type: ignore[arg-type]
    return True
