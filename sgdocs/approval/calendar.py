"""Windows, decisions and announcements to come as entries of a calendar; the same days as the board says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, or_, select

from sgdocs.approval.listing import ALL_OF_THEM, BoardFilter, BoardRow, board
from sgdocs.approval.models import Process, Window
from sgdocs.approval.seeing import visible
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.meetings.calendar import Happening
from sgdocs.meetings.feeds import Address, Words
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible as meetings_visible

PAST_DAYS, MOST = 100, 2000
TITLES = {
    "last-call": N_("Last call"),
    "additional-review": N_("Additional review"),
    "consultation": N_("Consultation"),
    "objection": N_("Objection period"),
    "more-time": N_("More time for a Member State"),
}
DECISION = N_("Decision")


def happenings(act: Act, asked: BoardFilter, *, address: Address, say: Words) -> list[Happening]:
    """Every window of the last hundred days and those that run, and meetings that will decide. Four queries.

    address: number of a process -> its full address; say: translates.
    """
    since = geneva_day(act.now) - timedelta(days=PAST_DAYS)
    every = BoardFilter(**{**vars(asked), "which": ALL_OF_THEM if asked.which == "open" else asked.which})
    rows = {row.process.id or 0: row for row in board(act, every, size=MOST).rows}
    windows = _windows(act, list(rows), since)
    told = [_of_window(rows[w.process_id], w, address, say) for w in windows]
    return told + [_of_decision(row, meeting, address, say) for row, meeting in _decisions(act, rows, since)]


@dataclass(frozen=True)
class Running:
    """A window of a process, with the group whose text it is."""

    window: Window
    process: Process
    group: Group


def windows_between(
    act: Act, since: date, until: date, *, sectors: Sequence[str] = (), group_ids: Sequence[int] | None = None
) -> list[Running]:
    """The windows that open or close in these days, both included. One query."""
    opens, closes = col(Window.opens_on), col(Window.closes_on)
    found = (
        select(Window, Process, Group)
        .join(Process, col(Process.id) == Window.process_id)
        .join(Group, col(Group.id) == Process.group_id)
        .where(or_(opens.between(since, until), closes.between(since, until)), visible(act))
    )
    if sectors:
        found = found.where(col(Process.sector).in_(sectors))
    if group_ids is not None:
        found = found.where(or_(col(Process.group_id).in_(group_ids), col(Process.question_id).in_(group_ids)))
    rows = act.session.exec(found.order_by(closes, col(Window.id)).limit(MOST))
    return [Running(window, process, group) for window, process, group in rows]


def happening_of(running: Running, *, address: Address, say: Words) -> Happening:
    """The window from its first to its last day."""
    return _of(running.process, running.group, running.window, address, say)


def _windows(act: Act, ids: Sequence[int], since: date) -> list[Window]:
    found = select(Window).where(col(Window.process_id).in_(ids), col(Window.closes_on) >= since)
    return list(act.session.exec(found.order_by(col(Window.closes_on), col(Window.id)))) if ids else []


def _decisions(act: Act, rows: dict[int, BoardRow], since: date) -> list[tuple[BoardRow, Meeting]]:
    """Open processes with the meeting that is to decide them."""
    found = (
        select(Process.id, Meeting)
        .join(Meeting, col(Meeting.id) == Process.decision_meeting_id)
        .where(col(Process.is_open).is_(True), col(Meeting.ends_on) >= since, visible(act), meetings_visible(act))
        .order_by(col(Meeting.starts_on), col(Process.id))
    )
    return [(rows[id], meeting) for id, meeting in act.session.exec(found) if id in rows]


def name_of(row: BoardRow) -> str:
    """`Y.3199`, or the provisional name."""
    return name_of_process(row.process)


def name_of_process(process: Process) -> str:
    return process.identifier.removeprefix(f"ITU-{process.sector} ") or process.name


def _of_window(row: BoardRow, window: Window, address: Address, say: Words) -> Happening:
    return _of(row.process, row.group, window, address, say)


def _of(process: Process, group: Group, window: Window, address: Address, say: Words) -> Happening:
    return Happening(
        uid=f"window.{process.number.replace('/', '.')}.{window.id}",
        title=f"{say(TITLES.get(window.kind, window.kind))}: {name_of_process(process)}",
        starts=window.opens_on,
        ends=window.closes_on,
        changed_at=process.changed_at,
        sequence=process.version,
        text=f"{process.title} ({group.label})",
        address=address(process.number),
        kind=window.kind,
    )


def _of_decision(row: BoardRow, meeting: Meeting, address: Address, say: Words) -> Happening:
    process = row.process
    return Happening(
        uid=f"decision.{process.number.replace('/', '.')}",
        title=f"{say(DECISION)}: {name_of(row)} ({meeting.code})",
        starts=meeting.starts_on,
        ends=meeting.ends_on,
        changed_at=max(process.changed_at, meeting.changed_at),
        sequence=process.version + meeting.sequence,
        is_cancelled=meeting.status == "cancelled",
        text=f"{process.title} ({row.group.label})",
        address=address(process.number),
        kind="decision",
    )
