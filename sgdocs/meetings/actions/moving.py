"""Verbs that move a meeting on: announce, open, close, cancel; and the clock, which opens and closes by the days."""

from typing import Any

from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import refuse
from sgdocs.base.text import one_line
from sgdocs.journal.record import record
from sgdocs.meetings import queries, rules
from sgdocs.meetings.actions.convening import changed_at
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.rules import MeetingStatus, Standing
from sgdocs.policy import Permission


def announce(act: Act, meeting: Meeting, *, accept: bool = False) -> Meeting:
    """The letter goes out: people may register and send documents.

    A lead time that is not kept, or a meeting too near, is a Conflict on the field `accept`, which lets it pass.
    """
    policy.require(act.actor, Permission.CONVENE_MEETING, queries.scope_of(act.session, meeting))
    act.session.refresh(meeting, with_for_update=True)  # two at once: one waits
    refuse(rules.why_not_move(MeetingStatus.ANNOUNCED, standing_of(meeting), geneva_day(act.now)))
    warned = queries.warnings(act, meeting)
    if not accept:
        refuse(next(iter(warned), None))
    return _move(act, meeting, MeetingStatus.ANNOUNCED, "meetings.announced", warned=[each.rule.id for each in warned])


def open_meeting(act: Act, meeting: Meeting) -> Meeting:
    """The meeting begins, or goes on after it was closed too early."""
    return _asked(act, meeting, MeetingStatus.OPEN, "meetings.opened")


def close(act: Act, meeting: Meeting) -> Meeting:
    """The meeting is over: from now on documents are not revised, registrations stay."""
    return _asked(act, meeting, MeetingStatus.CLOSED, "meetings.closed")


def cancel(act: Act, meeting: Meeting, *, reason: str) -> Meeting:
    """The meeting is not held. Source: Rec. ITU-T A.1 (09/2019) 1.3.3."""
    return _asked(act, meeting, MeetingStatus.CANCELLED, "meetings.cancelled", reason=one_line(reason))


def _asked(act: Act, meeting: Meeting, to: MeetingStatus, verb: str, *, reason: str = "") -> Meeting:
    policy.require(act.actor, Permission.CONVENE_MEETING, queries.scope_of(act.session, meeting))
    act.session.refresh(meeting, with_for_update=True)
    refuse(rules.why_not_move(to, standing_of(meeting), geneva_day(act.now), reason=reason))
    return _move(act, meeting, to, verb, reason=reason)


def _move(act: Act, meeting: Meeting, to: MeetingStatus, verb: str, **facts: Any) -> Meeting:
    """Calendars hear of it when the meeting is announced or cancelled, not when its day has come."""
    meeting.status, meeting.status_reason = to.value, str(facts.get("reason", ""))
    changed_at(act, meeting, heard=to in (MeetingStatus.ANNOUNCED, MeetingStatus.CANCELLED))
    told = {name: value for name, value in facts.items() if value}
    record(act, verb, meeting, group_id=meeting.group_id, audience=meeting.audience, code=meeting.code, **told)
    return meeting


def standing_of(meeting: Meeting) -> Standing:
    return Standing(meeting.status, meeting.starts_on, meeting.ends_on, meeting.format, meeting.place)


def move_by_the_clock(act: Act) -> int:
    """Open announced meetings whose first day has come, close those whose last day is over; returns how many moved.

    Nobody is asked: only the worker and the operator call it.
    """
    today = geneva_day(act.now)
    due = select(Meeting).where(
        col(Meeting.status).in_((MeetingStatus.ANNOUNCED, MeetingStatus.OPEN)), col(Meeting.starts_on) <= today
    )
    moved = 0
    for meeting in act.session.exec(due.order_by(col(Meeting.id)).with_for_update(skip_locked=True)).all():
        standing = standing_of(meeting)
        if rules.is_due_to_close(standing, act.now):
            _move(act, meeting, MeetingStatus.CLOSED, "meetings.closed")
        elif rules.is_due_to_open(standing, act.now):
            _move(act, meeting, MeetingStatus.OPEN, "meetings.opened")
        else:
            continue
        moved += 1
    return moved
