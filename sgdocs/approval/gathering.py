"""The facts that the tables look at, gathered once. Everything a need may ask is read here, nothing is decided."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from sgdocs.approval import bound_texts, rules, rulings
from sgdocs.approval.bound_texts import Bound
from sgdocs.approval.facts import CommentFacts, MeetingFacts, ProcessFacts, ReplyFacts, TextFacts
from sgdocs.approval.models import (
    Announcement,
    AnnouncementLine,
    Comment,
    Holiday,
    Process,
    Reply,
    RuleValue,
    Window,
)
from sgdocs.approval.targets import Target, editors_of
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.models import Allocation, Document
from sgdocs.groups.models import Group
from sgdocs.meetings.models import AgendaItem, Meeting, MeetingGroup, Sitting
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.people.models import Organisation
from sgdocs.recommendations.models import Text
from sgdocs.work_programme.models import WorkItem

COMMENTED = ("last-call", "additional-review")
ACCEPTED = ("accepted", "accepted-with-change")


@dataclass(frozen=True)
class Gathered:
    """The facts, and the rows behind them. bound: the text that the step would bind to."""

    target: Target
    facts: ProcessFacts
    bound: Bound | None = None
    meeting: Meeting | None = None
    deciding: Meeting | None = None
    is_of_group: bool = True


def gather(
    act: Act,
    target: Target,
    *,
    meeting: Meeting | None = None,
    deciding: Meeting | None = None,
    text: Bound | None = None,
) -> Gathered:
    """meeting: the one at which the step is taken; deciding: the one that is to decide, when the step names it.

    text: None for the one in hand. Costs about fifteen queries. `at_expiry`: what the clock asks, in four.
    """
    session, process, today = act.session, target.process, geneva_day(act.now)
    decides = deciding or _deciding(session, process)
    in_hand = text if text is not None else text_in_hand(session, target)
    window = window_of(session, process) if process else None
    stored = list(session.exec(select(RuleValue))) if process is None else []
    here = meeting or decides
    facts = ProcessFacts(
        today=today,
        now=act.now,
        rules=process.rules if process else rulings.snapshot(today, stored),
        sector=target.procedure.sector if target.procedure.sector in ("T", "R") else target.group.sector,
        item_status=target.item.status if target.item else "",
        selected=target.item.process if target.item else "",
        kind=target.item.kind if target.item else "recommendation",
        is_new=target.item is not None and target.item.version in ("new", ""),
        has_question=target.question is not None,
        text=_text_facts(act, target, in_hand, meeting),
        meeting=_meeting_facts(act, target, meeting, in_hand),
        deciding=_meeting_facts(act, target, decides, in_hand, announced_on=_announced_on(session, process)),
        next_meeting=_meeting_facts(act, target, next_meeting(session, target.group, today), in_hand),
        comments=comment_facts(session, target),
        replies=_reply_facts(session, process, here if meeting else None, window),
        window_opens_on=window.opens_on if window else None,
        window_closes_on=window.closes_on if window else None,
        window_closes_at=window.closes_at if window else None,
        is_held=process is not None and process.hold_until is not None and process.hold_until > act.now,
        queued=process.queued_for if process else "",
        began_on=process.opened_on if process else None,
        last_changed_on=_last_changed_on(session, target),
        **_published(session, target),
        holidays=tuple(session.exec(select(col(Holiday.day)))),
        region=_region(target),
    )
    return Gathered(target, facts, in_hand, meeting, decides, is_of_group(session, target, meeting))


def at_expiry(act: Act, target: Target, process: Process, window: Window) -> Gathered:
    """The facts that rows of the clock look at: the window, what came in, the rules. The text stays as it is bound."""
    today = geneva_day(act.now)
    facts = ProcessFacts(
        today=today,
        now=act.now,
        rules=process.rules,
        sector=process.sector,
        item_status=target.item.status if target.item else "",
        comments=comment_facts(act.session, target, window),
        replies=_reply_facts(act.session, process, None, window),
        window_opens_on=window.opens_on,
        window_closes_on=window.closes_on,
        window_closes_at=window.closes_at,
        is_held=process.hold_until is not None and process.hold_until > act.now,
        began_on=process.opened_on,
        region=_region(target),
    )
    return Gathered(target, facts, deciding=_deciding(act.session, process))


def _deciding(session: Session, process: Process | None) -> Meeting | None:
    return session.get(Meeting, process.decision_meeting_id) if process and process.decision_meeting_id else None


# The text


def text_in_hand(session: Session, target: Target) -> Bound | None:
    """The text of the process, else the base text of the work item."""
    process, item = target.process, target.item
    if process is not None and process.document_id is not None:
        document = session.get(Document, process.document_id)
        return bound_texts.bound(session, document, process.document_part) if document else None
    if item is not None and item.base_document_id is not None:
        document = session.get(Document, item.base_document_id)
        return bound_texts.bound(session, document) if document else None
    return None


def _text_facts(act: Act, target: Target, text: Bound | None, meeting: Meeting | None) -> TextFacts:
    item = target.item
    summary = (target.process.summary if target.process else "") or (item.summary if item else "")
    known = TextFacts(
        has_summary=bool(summary.strip()),
        has_editor=bool(editors_of(act.session, item)),
        ipr_minuted=item is not None and item.ipr_asked_meeting_id is not None and _is_asked(item, meeting),
        is_normative=item is None or item.kind == "recommendation",
    )
    if text is None:
        return known
    lacks = bound_texts.references(act, text, item.id if item else None)
    return replace(
        known,
        label=text.label,
        posted_on=geneva_day(text.posted_at) if text.posted_at else None,
        first_posted_on=geneva_day(text.document.posted_at) if text.document.posted_at else None,
        distributed_on=geneva_day(text.languages_at) if text.languages_at else None,
        sha256=text.sha256,
        announced_sha256=_announced_sha256(act.session, target, text, meeting),
        languages=text.languages,
        unjustified=lacks.unjustified,
        stale=lacks.stale,
    )


def _is_asked(item: WorkItem, meeting: Meeting | None) -> bool:
    """The question on patents was put at that very meeting; later steps rely on the first."""
    return meeting is None or item.ipr_asked_meeting_id == meeting.id


def _announced_sha256(session: Session, target: Target, text: Bound, meeting: Meeting | None) -> str:
    """The file that stood when the text was put on the agenda; in a process the one it is bound to. Source: M-6."""
    if meeting is not None:
        row = listed(session, target, meeting, text.document)
        return bound_texts.sha256_at(session, text.document, row.allotted_at) if row else ""
    return target.process.sha256 if target.process is not None else ""


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


# Meetings


def _meeting_facts(
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


def _announced_on(session: Session, process: Process | None) -> date | None:
    """The day of the newest announcement that named the process, results left aside."""
    if process is None:
        return None
    found = (
        select(col(Announcement.happened_on))
        .join(AnnouncementLine, col(AnnouncementLine.announcement_id) == Announcement.id)
        .where(AnnouncementLine.process_id == process.id, Announcement.kind != "result")
    )
    return session.exec(found.order_by(col(Announcement.happened_on).desc())).first()


# Windows, comments, replies


def window_of(session: Session, process: Process) -> Window | None:
    """The window that runs or ran last."""
    found = select(Window).where(Window.process_id == process.id).order_by(col(Window.id).desc())
    return session.exec(found).first()


def comment_facts(session: Session, target: Target, window: Window | None = None) -> CommentFacts:
    """Of the window, or of the newest that takes comments; before a process, what earlier ones of the item left open."""
    process = target.process
    if process is None:
        return CommentFacts(open_substantive=_left_open(session, target.item))
    last = window.id if window is not None and window.kind in COMMENTED else _last_commented(session, process)
    if last is None:
        return CommentFacts()
    found = select(Comment).where(Comment.process_id == process.id, Comment.window_id == last)
    standing = [c for c in session.exec(found.order_by(col(Comment.number))) if _stands(c)]
    real = [comment for comment in standing if comment.kind == "substantive"]
    return CommentFacts(
        substantive=len(real),
        typographical=len(standing) - len(real),
        without_disposition=sum(not comment.disposition for comment in real),
        accepted=sum(comment.disposition in ACCEPTED for comment in real),
        unsatisfied=sum(comment.satisfied_at is None for comment in real),
        open_substantive=tuple(comment.number for comment in real if not comment.disposition),
    )


def _last_commented(session: Session, process: Process) -> int | None:
    windows = select(col(Window.id)).where(Window.process_id == process.id, col(Window.kind).in_(COMMENTED))
    return session.exec(windows.order_by(col(Window.id).desc())).first()


def _left_open(session: Session, item: WorkItem | None) -> tuple[int, ...]:
    if item is None:
        return ()
    found = (
        select(Comment)
        .join(Process, col(Process.id) == Comment.process_id)
        .where(Process.work_item_id == item.id, Comment.kind == "substantive", Comment.disposition == "")
    )
    rows = session.exec(found.order_by(col(Comment.id)))
    return tuple(comment.number for comment in rows if comment.withdrawn_at is None)


def _stands(comment: Comment) -> bool:
    return comment.withdrawn_at is None and comment.disposition != "withdrawn"


def _reply_facts(
    session: Session, process: Process | None, meeting: Meeting | None, window: Window | None
) -> ReplyFacts:
    """Positions of the meeting when one is named, else the replies of the window: the last version of each counts."""
    if process is None or (meeting is None and window is None):
        return ReplyFacts()
    found = (
        select(Reply, Organisation)
        .join(Organisation, col(Organisation.id) == Reply.organisation_id)
        .where(Reply.process_id == process.id, col(Reply.is_last).is_(True))
        .order_by(col(Reply.id))
    )
    if meeting is not None:
        found = found.where(Reply.meeting_id == meeting.id)
    else:
        found = found.where(Reply.window_id == (window.id if window else None))
    counts = rules.MEMBERS if meeting is None and process.procedure == "deletion" else (rules.STATE,)
    return replies_of(session.exec(found), counts)


POSITIONS: Mapping[str, str] = {
    "approve": "approve",
    "oppose": "oppose",
    "abstain": "abstain",
    "more-time": "more_time",
    "policy-doubt": "policy_doubt",
}


def replies_of(rows: Iterable[tuple[Reply, Organisation]], counts: Collection[str] = (rules.STATE,)) -> ReplyFacts:
    """By country, or by name where there is none. Whoever is not of the categories that count is a stranger: Member States
    in a consultation, Sector Members too where a deletion is objected to (A.8 8.2)."""
    said: dict[str, list[str]] = {}
    for reply, entity in rows:
        place = POSITIONS.get(reply.position)
        if place is None:
            continue
        who = reply.country or entity.name
        said.setdefault(place if entity.category in counts else "strangers", []).append(who)
    every: dict[str, Any] = {place: tuple(dict.fromkeys(names)) for place, names in said.items()}
    return ReplyFacts(**every)


# The rest


def _last_changed_on(session: Session, target: Target) -> date | None:
    """The day on which the Recommendation was approved or amended last, where a day is known. Source: A.8 3.7."""
    if target.family is None:
        return None
    found = select(col(Text.approved)).where(
        Text.family_id == target.family.id,
        Text.approved_precision == "day",
        col(Text.kind).in_(("recommendation", "amendment")),
    )
    newest = session.exec(found.order_by(col(Text.approved).desc())).first()
    return date.fromisoformat(newest) if newest else None


def _published(session: Session, target: Target) -> dict[str, Any]:
    """Where the text stands that is changed or deleted, and how it was approved."""
    text = target.text
    if text is None and target.family is not None and target.family.current_id is not None:
        text = session.get(Text, target.family.current_id)
    if text is None:
        return {"standing": target.family.standing if target.family else ""}
    return {"standing": text.status, "approved_under": text.process, "is_incorporated": text.ibr}


def _region(target: Target) -> tuple[str, ...]:
    """Countries of a regional procedure, as noted on the process when it began."""
    notes = target.process.notes if target.process else []
    named = next((note["countries"] for note in notes if note.get("kind") == "region"), "")
    return tuple(each for each in named.split(",") if each)
