"""As what an addressed group files a statement, under which title, for which meeting. Source: domain 7.1, 7.2."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlmodel import Session, col, or_, select

from sgdocs.base.errors import Refusal
from sgdocs.documents import numbering
from sgdocs.documents.numbering import Place
from sgdocs.documents.rules import DocumentKind
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.groups.rules import PARTS, GroupKind
from sgdocs.liaison import rules
from sgdocs.liaison.naming import write_title
from sgdocs.meetings.models import Meeting, MeetingGroup
from sgdocs.meetings.rules import MeetingKind, MeetingStatus

BEFORE_MEETING: Final = "before-meeting"
NOT_THERE: Final = (MeetingKind.RAPPORTEUR_GROUP, MeetingKind.WORKSHOP, MeetingKind.ASSEMBLY)
"""Meetings whose agenda takes no statement by itself: a rapporteur group agrees answers, it does not receive them."""
GONE: Final = (MeetingStatus.CLOSED, MeetingStatus.CANCELLED)


def kind_at(place: Place) -> DocumentKind:
    """ITU-T files what comes in as TD, ITU-R as an ordinary contribution, a meeting that counts for itself as its
    document. Source: domain 7.1, 7.2."""
    if place is Place.MEETING:
        return DocumentKind.RGM
    is_radio = place in (Place.RADIO, Place.RADIO_ASSEMBLY)
    return DocumentKind.CONTRIBUTION if is_radio else DocumentKind.TEMPORARY


def title_at(sector: str, subject: str, senders: Sequence[str], reply_to: Sequence[str], *, is_reply: bool) -> str:
    """`LS/i/r on … (reply to SG17-LS55) [from ITU-T SG13]`; in ITU-R `Reply liaison statement on …`."""
    if sector == "T":
        return write_title(subject, kind="i", is_reply=is_reply, from_=senders, reply_to=reply_to)[:500]
    head = "Reply liaison statement" if is_reply or reply_to else "Liaison statement"
    answers = f" (reply to {', '.join(reply_to)})" if reply_to else ""
    return f"{head} on {subject}{answers}"[:500]


_NUMBER: Final = re.compile(r"[A-Z]+(\d+\w*)")


def formal_name(group: Group) -> str:
    """As a source is written: `ITU-T Study Group 11`, `Working Party 5A`; others by their label. Source: domain 7.1."""
    number = _NUMBER.fullmatch(group.code)
    if number and group.kind == GroupKind.STUDY_GROUP:
        return f"ITU-{group.sector} Study Group {number[1]}"
    if number and group.sector == "R" and group.kind == GroupKind.WORKING_PARTY:
        return f"Working Party {number[1]}"
    return group.label


def counting(session: Session, group: Group) -> Group:
    """In whose series it is filed, and at whose meeting it is taken up first: the study group of a Question of ITU-T."""
    while group.sector == "T" and group.kind in PARTS and group.parent_id is not None:
        group = groups.by_id(session, group.parent_id)
    return group


def next_meeting(session: Session, group: Group, on: date) -> Meeting | None:
    """The group's meeting that runs on that day, or its next one; that of its study group where it has none itself.

    Rapporteur group meetings do not count. Costs one query, and one for each group above a part.
    """
    sits = select(MeetingGroup.meeting_id).where(MeetingGroup.group_id == group.id)
    ours = {group.id, counting(session, group).id}
    found = select(Meeting).where(
        or_(col(Meeting.group_id).in_(ours), col(Meeting.id).in_(sits)),
        col(Meeting.kind).not_in(NOT_THERE),
        col(Meeting.status).not_in(GONE),
        col(Meeting.ends_on) >= on,
    )
    return session.exec(found.order_by(col(Meeting.starts_on), col(Meeting.id))).first()


def series_of(session: Session, group: Group, meeting: Meeting | None) -> tuple[Group, DocumentKind]:
    """Whose number it gets, and as which kind. What has no series outside its meetings (a JCA) is filed by the group
    that set it up."""
    if meeting is not None:
        meets = groups.by_id(session, meeting.group_id)
        return meets, kind_at(numbering.place_of(meeting.sector, meets.kind, meeting.kind))
    own = counting(session, group)
    while numbering.place_of(own.sector, own.kind) is Place.MEETING and own.parent_id is not None:
        own = groups.by_id(session, own.parent_id)
    return own, kind_at(numbering.place_of(own.sector, own.kind))


def flag_of(deadline: date | None, meeting: Meeting | None, *, is_answer_expected: bool) -> str:
    """`before-meeting` when an answer is due before the group meets next, or no meeting is known: it can be given by
    correspondence alone. Source: domain 7.1."""
    if deadline is None or not is_answer_expected:
        return ""
    return BEFORE_MEETING if meeting is None or deadline < meeting.starts_on else ""


def successors(session: Session, group: Group, on: date) -> list[Group]:
    """The groups at work on that day that took over from one that ended, by number. Source: domain S1.1."""
    ids = groups.successors_of(session, group.id or 0)
    rows = select(Group).where(col(Group.id).in_(ids), or_(col(Group.ends_on).is_(None), col(Group.ends_on) >= on))
    return list(session.exec(rows.order_by(col(Group.sort_key)))) if ids else []


def why_not_address(session: Session, group: Group, on: date) -> Refusal | None:
    """None while the group is at work; else the refusal names who took over."""
    if group.ends_on is None or group.ends_on >= on:
        return None
    labels = ", ".join(each.label for each in successors(session, group, on)) or "nobody"
    facts = {"name": group.label, "on": group.ends_on.isoformat(), "successors": labels}
    return Refusal(rules.GROUP_ENDED, facts, field="addressees")
