"""My page: what waits, my meetings, what changed, what is mine; the order of its cards; the bar over the other pages."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.i18n import N_
from sgdocs.meetings.calendar import Happening
from sgdocs.notices.queries import unread
from sgdocs.web import meeting_words, waiting_bar
from sgdocs.web.calendar_files import calendar_file
from sgdocs.web.deps import Reading, Writing, services_of
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled
from sgdocs.web.guide_parts import shown
from sgdocs.web.limits import limited
from sgdocs.web.my_page import CARDS, FIRST, MEETINGS, WAITING, cards, order_of
from sgdocs.web.pages.calendar import Key, reader
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page, see
from sgdocs.web.waiting import KINDS, waiting
from sgdocs.web.waits import Waits
from sgdocs.workspace import actions

pages = APIRouter(prefix="/my")
COLUMNS = {
    "kind": "Kind",
    "id": "For",
    "title": "Title",
    "says": "What",
    "due": "Due",
    "since": "Since",
    "address": "Where",
}
SOON = 7
"""Days before the last day in which a line says how many are left."""


class CardForm(BaseModel):
    """card: of the page; move: up, down, hide, show; or "usual" for all. back: "page" when it was pressed on the page itself."""

    card: str = ""
    move: str = ""
    back: str = ""


@pages.get("")
def overview(request: Request, act: Reading, arrange: str = "") -> Response:
    """Everything of mine on one page. arrange: with the buttons that order and hide its cards."""
    who = me(request, act)
    found = cards(act)
    rows = next((card.holds for card in found if card.id == WAITING and not card.is_hidden), None)
    if rows is not None:
        waiting_bar.keep(request, act, rows)
    return page(
        request,
        "my/page.html",
        who=who,
        cards=found,
        wide=(FIRST, WAITING, MEETINGS),
        guide_of=lambda guide: shown(guide, language_of(request).code),
        arranges=bool(arrange),
        kinds=KINDS,
        today=geneva_day(act.now),
        soon=geneva_day(act.now) + timedelta(SOON),
        unread=unread(act),
        meeting_says=meeting_words,
    )


@pages.post("/cards")
def arrange_cards(request: Request, act: Writing, filled: Filled[CardForm]) -> Response:
    me(request, act)
    if filled.value.move == "usual":
        skipped = (FIRST, True) in order_of(act)
        actions.as_usual(act)
        if skipped:
            actions.arrange(act, list(CARDS), FIRST, "hide")
        return see("/my?arrange=1", notice=language_of(request).say(N_("The cards stand as usual.")))
    actions.arrange(act, [id for id, _ in order_of(act)], filled.value.card, filled.value.move)
    if filled.value.back == "page":
        return see("/my")
    return see(f"/my?arrange=1#card-{filled.value.card}" if filled.value.card in CARDS else "/my?arrange=1")


@pages.get("/bar")
def bar(request: Request, act: Reading) -> Response:
    """What the bar over the pages says; empty when nothing waits. Asked for by the page that does not know it yet."""
    me(request, act)
    told = waiting_bar.fresh(request, act)
    return page(request, "my/bar.html", fragment="bar", told=told)


@pages.get("/waiting.ics", dependencies=[limited("api")])
def calendar(request: Request, act: Reading, key: Key = "") -> Response:
    """What waits and has a day, for calendar programs. There is none without a key."""
    who = reader(request, act, key, "waiting")
    if who.person is None:
        missing("calendar", "waiting")
    site = services_of(request).settings.public_url.rstrip("/")
    entries = [_happening(request, who.act, row, site) for row in waiting(who.act) if row.due]
    return calendar_file(request, language_of(request).say(N_("Waiting for you")), entries, file_name="waiting")


def _happening(request: Request, act: Act, row: Waits, site: str) -> Happening:
    """The whole day until which it is to be done."""
    assert row.due is not None
    says = language_of(request).sentence(row.says, row.facts)
    title = f"{row.id}: {says}" if row.id else says
    text = row.title
    return Happening(
        uid=f"waiting.{act.actor.person_id}.{row.key}", title=title, starts=row.due, ends=row.due,
        changed_at=act.now.replace(hour=0, minute=0, second=0, microsecond=0), text=text, address=site + row.address,
        kind="deadline",
    )  # fmt: skip


@pages.get("/waiting.{form}")
def waiting_as(request: Request, act: Reading, form: Export) -> Response:
    me(request, act)
    return export(form, "waiting", [told(row) for row in waiting(act)], COLUMNS)


def told(row: Waits) -> dict[str, Any]:
    """For files and the API, in English."""
    return {
        "kind": row.kind,
        "key": row.key,
        "id": row.id,
        "title": row.title,
        "says": row.says.format(**row.facts),
        "does": row.does,
        "due": row.due.isoformat() if row.due else None,
        "since": row.since.isoformat() if row.since else None,
        "address": row.address,
    }
