"""Windows, decisions and announcements to come as entries of a calendar; the same days as the board says."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import col, select

from sgdocs.approval.listing import ALL_OF_THEM, BoardFilter, BoardRow, board
from sgdocs.approval.models import Process, Window
from sgdocs.approval.seeing import visible
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
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
    process = row.process
    return process.identifier.removeprefix(f"ITU-{process.sector} ") or process.name


def _of_window(row: BoardRow, window: Window, address: Address, say: Words) -> Happening:
    process = row.process
    return Happening(
        uid=f"window.{process.number.replace('/', '.')}.{window.id}",
        title=f"{say(TITLES.get(window.kind, window.kind))}: {name_of(row)}",
        starts=window.opens_on,
        ends=window.closes_on,
        changed_at=process.changed_at,
        sequence=process.version,
        text=f"{process.title} ({row.group.label})",
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
