"""What is asked of processes: one by its number, its windows, steps, comments, replies, what is owed, what is due."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.gathering import gather, window_of
from sgdocs.approval.listing import BoardFilter, BoardRow, board, board_rows
from sgdocs.approval.models import (
    Announcement,
    AnnouncementLine,
    Comment,
    Holiday,
    Process,
    Reply,
    RuleValue,
    Transition,
    Window,
)
from sgdocs.approval.offers import Offered, meeting_in_session, offered
from sgdocs.approval.owed import OWED_BY, Owed, obligations_of
from sgdocs.approval.periods import ONE_SECOND
from sgdocs.approval.procedures import ALL
from sgdocs.approval.seeing import visible
from sgdocs.approval.targets import Target, Thing, procedures_for, target_of
from sgdocs.approval.workflow import Offer, State
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.text import clean
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation
from sgdocs.recommendations.models import Family
from sgdocs.work_programme.models import WorkItem

__all__ = [
    "OWED_BY",
    "BoardFilter",
    "BoardRow",
    "Offered",
    "Owed",
    "board",
    "board_rows",
    "meeting_in_session",
    "obligations_of",
    "offered",
    "procedures_for",
    "target_of",
    "visible",
    "window_of",
]


def by_number(act: Act, number: str) -> Process:
    """The process of that number (`aap/2026-031`), whatever its case, or NotFound."""
    wanted = select(Process).where(func.lower(Process.number) == clean(number).lower()[:60], visible(act))
    return act.session.exec(wanted).first() or missing("process", number)


def by_id(act: Act, process_id: int) -> Process:
    return act.session.exec(select(Process).where(Process.id == process_id, visible(act))).first() or missing(
        "process", process_id
    )


def process_of(act: Act, item: WorkItem) -> Process | None:
    """The open process of a work item, else the newest; None when there never was one, or it is not to be seen."""
    return next(iter(processes_of(act, item)), None)


def processes_of(act: Act, thing: WorkItem | Family) -> list[Process]:
    """Every process of a work item or of a Recommendation: open ones first, then the newest."""
    is_its = Process.work_item_id == thing.id if isinstance(thing, WorkItem) else Process.family_id == thing.id
    found = select(Process).where(is_its, visible(act))
    return list(act.session.exec(found.order_by(col(Process.is_open).desc(), col(Process.id).desc())))


def facts_of(
    act: Act,
    process: Process | None = None,
    item: WorkItem | None = None,
    procedure: str = "",
    meeting: Meeting | None = None,
) -> ProcessFacts:
    """The facts that the tables look at, of a process, or of a work item before there is one."""
    thing = process or item
    assert thing is not None, "a process or a work item"
    return gather(act, target_of(act, thing, procedure), meeting=meeting).facts


def offers_for(
    act: Act, thing: Thing, *, procedure: str = "", meeting: Meeting | None = None
) -> list[Offer[ProcessFacts]]:
    """The steps that the actor may take there, each with all that is unmet. `offered` tells more."""
    return list(offered(act, thing, procedure=procedure, meeting=meeting).offers)


def state_of(process: Process) -> State:
    """The state as its table has it; its id alone when the table has it no more."""
    table = ALL.get(process.procedure)
    return (table.states.get(process.state) if table else None) or State(process.state, process.state)


# Parts of a process


def windows_of(session: Session, process: Process) -> list[Window]:
    """All of them, the oldest first."""
    return list(session.exec(select(Window).where(Window.process_id == process.id).order_by(col(Window.id))))


def transitions_of(session: Session, process: Process) -> list[Transition]:
    """Every step that was taken, the oldest first."""
    found = select(Transition).where(Transition.process_id == process.id)
    return list(session.exec(found.order_by(col(Transition.number))))


def may_read_comments(act: Act, process: Process) -> bool:
    """Members of the Sector, Associates of the study group. Source: domain 8.3."""
    return groups.audience_of(act.session, groups.by_id(act.session, process.group_id)) in groups.audiences(act)


def comments_of(act: Act, process: Process, window: Window | None = None) -> list[Comment]:
    """Those of a window, or all, withdrawn ones too, by number; none for whoever may not read them."""
    if not may_read_comments(act, process):
        return []
    found = select(Comment).where(Comment.process_id == process.id)
    if window is not None:
        found = found.where(Comment.window_id == window.id)
    return list(act.session.exec(found.order_by(col(Comment.number))))


def comment_by_number(act: Act, process: Process, number: int) -> Comment:
    return next((row for row in comments_of(act, process) if row.number == number), None) or missing("comment", number)


@dataclass(frozen=True)
class Said:
    """A reply or position with who said it."""

    reply: Reply
    organisation: Organisation


def replies_of(
    act: Act,
    process: Process,
    *,
    window: Window | None = None,
    meeting: Meeting | None = None,
    every: bool = False,
) -> list[Said]:
    """Replies of a window or positions at a meeting, or all; every: earlier versions too. None for whoever may not read them."""
    if not may_read_comments(act, process):
        return []
    found = (
        select(Reply, Organisation)
        .join(Organisation, col(Organisation.id) == Reply.organisation_id)
        .where(Reply.process_id == process.id)
    )
    if window is not None:
        found = found.where(Reply.window_id == window.id)
    if meeting is not None:
        found = found.where(Reply.meeting_id == meeting.id)
    if not every:
        found = found.where(col(Reply.is_last).is_(True))
    rows = act.session.exec(found.order_by(Organisation.name, col(Reply.version)))
    return [Said(reply, entity) for reply, entity in rows]


# What is due


def due(session: Session, now: datetime) -> list[int]:
    """Ids of open processes whose window is over, its last second too, and is not closed yet; held ones when the hold is over.

    The grace of the rulings is asked for one by one when they are closed.
    """
    found = (
        select(Process.id)
        .join(Window, col(Window.process_id) == Process.id)
        .where(
            col(Process.is_open).is_(True),
            col(Window.closed_at).is_(None),
            col(Window.closes_at) <= now - ONE_SECOND,
            or_(col(Process.hold_until).is_(None), col(Process.hold_until) <= now),
        )
        .order_by(col(Window.closes_at), col(Process.id))
    )
    return [id for id in session.exec(found) if id is not None]


def rule_values(session: Session) -> list[RuleValue]:
    """Values of dated settings that the secretariat set."""
    return list(session.exec(select(RuleValue).order_by(col(RuleValue.name), col(RuleValue.from_on))))


def holidays(session: Session) -> list[Holiday]:
    """The official holidays, by day."""
    return list(session.exec(select(Holiday).order_by(col(Holiday.day))))


# Announcements


def announcement_by_number(act: Act, sector: str, kind: str, number: int) -> Announcement:
    """`T`, `aap`, 214; or NotFound. Announcements are public. Source: domain 6.2."""
    found = select(Announcement).where(
        Announcement.sector == sector, Announcement.kind == kind, Announcement.number == number
    )
    return act.session.exec(found).first() or missing("announcement", f"{kind} {number}")


def announcements(act: Act, *, sector: str = "", kind: str = "", limit: int = 100) -> list[Announcement]:
    """The newest first."""
    found = select(Announcement)
    if sector:
        found = found.where(Announcement.sector == sector)
    if kind:
        found = found.where(Announcement.kind == kind)
    order = (col(Announcement.happened_on).desc(), col(Announcement.id).desc())
    return list(act.session.exec(found.order_by(*order).limit(limit)))


@dataclass(frozen=True)
class Line:
    """One text in an announcement."""

    line: AnnouncementLine
    process: Process
    group: Group


def lines_of(act: Act, announcement: Announcement) -> list[Line]:
    """By study group, then by name, as far as the actor may read the processes. One query."""
    rows = act.session.exec(
        select(AnnouncementLine, Process, Group)
        .join(Process, col(Process.id) == AnnouncementLine.process_id)
        .join(Group, col(Group.id) == Process.group_id)
        .where(AnnouncementLine.announcement_id == announcement.id, visible(act))
        .order_by(Group.sort_key, Process.name, col(Process.id))
    )
    return [Line(*row) for row in rows]


def queued(act: Act, *, sector: str = "T") -> list[Process]:
    """What the next announcement takes, the earliest request first."""
    found = select(Process).where(
        Process.sector == sector, Process.queued_for != "", col(Process.is_open).is_(True), visible(act)
    )
    return list(act.session.exec(found.order_by(col(Process.queued_at), col(Process.id))))


def target(act: Act, thing: Thing, procedure: str = "") -> Target:
    """The thing with its group, item, family and table."""
    return target_of(act, thing, procedure)
