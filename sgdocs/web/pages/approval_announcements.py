"""Announcements: the list, one with its texts, and the desk from which the secretariat makes the next."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from sgdocs.approval import actions, queries
from sgdocs.approval.models import Announcement
from sgdocs.approval.queries import Line
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NotAllowed, Refused, missing
from sgdocs.documents.models import Document
from sgdocs.groups.rules import SECTORS
from sgdocs.i18n import N_
from sgdocs.policy import Permission, may, reads
from sgdocs.web import approval_words, urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.exports import Export, export
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/approval")
MOST = 500
_NAME = re.compile(r"(?:(?P<sector>[TRD])-)?(?:(?P<kind>[a-z]+(?:-[a-z]+)*)-)?(?P<number>[1-9]\d{0,6})")
COLUMNS = {
    "group": "Group",
    "question": "Question",
    "name": "Text",
    "title": "Title",
    "code": "Code",
    "opens_on": "Opens",
    "closes_on": "Closes",
    "process": "Approval",
}


@pages.get("/announcements")
def index(
    request: Request,
    act: Reading,
    *,
    sector: Annotated[str, Query(max_length=1)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """What was announced, and what the next announcement takes along."""
    today = geneva_day(act.now)
    return page(
        request,
        "approval/announcements.html",
        rows=queries.announcements(act, sector=sector if sector in SECTORS else "", kind=kind, limit=MOST),
        waiting=queries.board_rows(act, queries.queued(act)),
        next_on=actions.next_day(act, today),
        today=today,
        may_announce=may(act.actor, Permission.ANNOUNCE),
        kinds=approval_words.ANNOUNCEMENTS,
        kind=kind,
        says=approval_words,
    )


@pages.post("/announcements")
def announce(request: Request, act: Writing) -> Response:
    """Make the announcement of today; on another day the rule and the next day are told."""
    spoken = language_of(request)
    try:
        with act.session.begin_nested():
            made = actions.announce(act)
    except NotAllowed:
        raise
    except Refused as refused:
        return see("/approval/announcements", notice=spoken.refusal(refused))
    row = made.announcement
    if row is None:
        return see("/approval/announcements", notice=spoken.say(N_("There is nothing to announce.")))
    says = spoken.sentence(N_("Announcement {number} is made."), {"number": row.number})
    return see(urls.announcement(row.sector, row.kind, row.number), notice=says)


def announcement_named(act: Act, name: str) -> Announcement:
    found = _NAME.fullmatch(name)
    if found is None:
        missing("announcement", name[:60])
    return queries.announcement_by_number(act, found["sector"] or "T", found["kind"] or "aap", int(found["number"]))


@pages.get("/announcement/{name}.{form}")
def show_as(act: Reading, name: str, form: Export) -> Response:
    row = announcement_named(act, name)
    return export(form, f"{row.kind} {row.number}", [_told(line) for line in queries.lines_of(act, row)], COLUMNS)


def _told(line: Line) -> dict[str, Any]:
    process = line.process
    return {
        "group": line.group.label,
        "name": process.identifier or process.name,
        "title": process.title,
        "code": line.line.code,
        "opens_on": line.line.opens_on,
        "closes_on": line.line.closes_on,
        "process": process.number,
        "address": urls.approval(process.number),
    }


@pages.get("/announcement/{name}")
def show(request: Request, act: Reading, name: str) -> Response:
    """One announcement, by study group."""
    row = announcement_named(act, name)
    lines = queries.lines_of(act, row)
    parts: dict[str, list[Line]] = {}
    for line in lines:
        parts.setdefault(line.group.label, []).append(line)
    paper = act.session.get(Document, row.document_id) if row.document_id else None
    return page(
        request,
        "approval/announcement.html",
        row=row,
        parts=parts,
        total=len(lines),
        may_post=row.document_id is None and may(act.actor, Permission.POST_PAPER),
        paper=paper if paper and reads(act.actor, paper.audience) else None,
        address=urls.announcement(row.sector, row.kind, row.number),
        says=approval_words,
    )
