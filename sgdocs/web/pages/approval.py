"""Pages of approvals: the board, one approval with its clock, its texts, its history. Replies, comments, steps: beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from sgdocs.approval import comment_listing, queries
from sgdocs.approval.comment_listing import Counts
from sgdocs.approval.listing import BoardRow, board
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.build import Table
from sgdocs.approval.procedures.terms import WINDOWS
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.journal.record import history_of
from sgdocs.policy import reads
from sgdocs.web import approval_words, urls
from sgdocs.web import history as histories
from sgdocs.web.approval_clocks import Clock
from sgdocs.web.approval_filters import HOLDERS, WHICH, Asking, filter_of
from sgdocs.web.approval_frame import frame_of, framed, is_mirrored
from sgdocs.web.approval_stays import clock_of
from sgdocs.web.caching import with_etag
from sgdocs.web.deps import Reading
from sgdocs.web.exports import Export, export
from sgdocs.web.render import page, sector_of

pages = APIRouter()
SIZE, MOST = 100, 5000
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]
COLUMNS = {
    "number": "Approval",
    "name": "Text",
    "identifier": "Number",
    "title": "Title",
    "group": "Group",
    "question": "Question",
    "procedure": "Procedure",
    "code": "Code",
    "state_title": "State",
    "holder": "Next act by",
    "opens_on": "Opened",
    "closes_on": "Closes",
    "days_left": "Days left",
    "substantive": "Substantive comments",
    "comments": "Comments",
    "ended_on": "Ended",
}


@dataclass(frozen=True)
class Line:
    """A row of the board as it is drawn."""

    row: BoardRow
    clock: Clock | None
    counts: Counts | None

    @property
    def name(self) -> str:
        """The number the text will have, else its provisional name, without the Sector."""
        process = self.row.process
        return process.identifier.removeprefix(f"ITU-{process.sector} ") or process.name

    @property
    def meaning(self) -> str:
        state = self.row.state
        is_late = self.clock is not None and self.clock.is_closed and bool(state.window)
        return approval_words.meaning(state.id, window=state.window, is_final=state.is_final, is_late=is_late)


@pages.get("/approval")
def index(request: Request, act: Reading, asked: Asking, number: Number = 1) -> Response:
    found = board(act, filter_of(act, asked), sort=asked.sort, number=number, size=SIZE)
    today = geneva_day(act.now)
    return page(
        request,
        "approval/index.html",
        fragment="rows",
        found=found,
        parts=_parts(_lines(act, found.rows)),
        asked=asked,
        says=approval_words,
        procedures=_offered(request, asked.procedure),
        tables=ALL,
        holders=HOLDERS,
        windows=WINDOWS,
        which=WHICH,
        today=today,
        next_on=approval_words.next_announcement(today),
        waiting=len(queries.queued(act)),
        page_address=lambda number: asked.address(page=number if number > 1 else None),
    )


def _offered(request: Request, chosen: Sequence[str]) -> list[Table]:
    """The procedures of the Sector in view, and those that are chosen."""
    sector = sector_of(request)
    return [table for table in ALL.values() if table.sector == sector or table.id in chosen]


def _lines(act: Act, rows: Sequence[BoardRow]) -> list[Line]:
    counts = comment_listing.counts_for(act, [row.process for row in rows])
    today = geneva_day(act.now)
    return [Line(row, clock_of(row.window, today), counts.get(row.process.id or 0)) for row in rows]


def _parts(lines: Sequence[Line]) -> list[tuple[str, str, list[Line]]]:
    """By state, in the order in which the states come: what closes first stands first."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.row.state.code, line.row.state.title), []).append(line)
    return [(code, title, some) for (code, title), some in found.items()]


@pages.get("/approval.{form}")
def index_as(act: Reading, form: Export, asked: Asking) -> Response:
    """The same list as a file."""
    found = board(act, filter_of(act, asked), sort=asked.sort, size=MOST)
    rows = [_told(line) for line in _lines(act, found.rows)]
    return export(form, "approvals", rows, COLUMNS, total=found.total)


def _told(line: Line) -> dict[str, Any]:
    row, process = line.row, line.row.process
    return {
        "number": process.number,
        "name": process.name,
        "identifier": process.identifier,
        "title": process.title,
        "group": row.group.label,
        "question": row.question.label if row.question else "",
        "procedure": process.procedure,
        "state": process.state,
        "code": row.state.code,
        "state_title": row.state.title,
        "holder": row.holder,
        "opens_on": row.window.opens_on if row.window else None,
        "closes_on": row.window.closes_on if row.window else None,
        "closes_at": row.window.closes_at if row.window else None,
        "days_left": row.days_left,
        "comments": line.counts.total if line.counts else None,
        "substantive": line.counts.substantive if line.counts else None,
        "opened_on": process.opened_on,
        "ended_on": process.ended_on,
        "address": urls.approval(process.number),
    }


@pages.get("/approval/{procedure}/{number}.json")
def show_as_json(request: Request, act: Reading, procedure: str, number: str) -> Response:
    """One approval: a row of the board, and its windows and steps."""
    process = queries.by_number(act, f"{procedure}/{number}")
    (line,) = _lines(act, queries.board_rows(act, [process]))
    body = _told(line) | {
        "rules_on": process.rules_on,
        "sha256": process.sha256,
        "windows": [
            window.model_dump(
                mode="json", include={"kind", "opens_on", "closes_on", "closes_at", "closed_at", "result"}
            )
            for window in queries.windows_of(act.session, process)
        ],
        "steps": [
            step.model_dump(mode="json", include={"number", "step", "from_state", "to_state", "clause", "happened_on"})
            for step in queries.transitions_of(act.session, process)
        ],
    }
    return with_etag(request, JSONResponse({name: _plain(value) for name, value in body.items()}))


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


@pages.get("/approval/{procedure}/{number}")
def show(request: Request, act: Reading, procedure: str, number: str) -> Response:
    frame = frame_of(act, procedure, number, is_mirrored=is_mirrored(request))
    return framed(request, "approval/show.html", frame)


@pages.get("/approval/{procedure}/{number}/texts")
def texts(request: Request, act: Reading, procedure: str, number: str) -> Response:
    """Every revision of the texts it was about, with what bound to which."""
    frame = frame_of(act, procedure, number, is_mirrored=is_mirrored(request))
    return framed(request, "approval/texts.html", frame)


@pages.get("/approval/{procedure}/{number}/history")
def history(request: Request, act: Reading, procedure: str, number: str) -> Response:
    frame = frame_of(act, procedure, number, is_mirrored=is_mirrored(request))
    entries = history_of(act.session, "process", [frame.process.id or 0])
    lines = histories.lines(request, act, [entry for entry in entries if reads(act.actor, entry.audience)])
    return framed(request, "approval/history.html", frame, lines=lines)
