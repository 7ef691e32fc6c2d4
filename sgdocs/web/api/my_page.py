"""My page over the API: what waits for me, and all cards: `/api/v1/me/waiting`, `/api/v1/me/page`."""

from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from sgdocs.web.api._conventions import one
from sgdocs.web.api.notices import mine
from sgdocs.web.deps import Reading, Who, Writing
from sgdocs.web.desk_cards import Card
from sgdocs.web.first_visit import FirstVisit
from sgdocs.web.my_page import CHANGES, MEETINGS, WAITING, Shown, cards, order_of
from sgdocs.web.own_changes import News
from sgdocs.web.own_meetings import OwnMeeting
from sgdocs.web.waiting import waiting
from sgdocs.web.waits import Waits
from sgdocs.workspace import actions

api = APIRouter(prefix="/api/v1/me", tags=["workspace"])


class WaitsOut(BaseModel):
    """kind: approval, comment, liaison, registration, mail, request, arrival, action; does: the word of the button."""

    kind: str
    key: str
    id: str
    title: str
    says: str
    does: str
    due: date | None
    since: date | None
    address: str

    @classmethod
    def of(cls, row: Waits) -> "WaitsOut":
        return cls(
            kind=row.kind, key=row.key, id=row.id, title=row.title, says=row.says.format(**row.facts), does=row.does,
            due=row.due, since=row.since, address=row.address,
        )  # fmt: skip


class WaitingOut(BaseModel):
    items: list[WaitsOut]
    total: int


class OwnMeetingOut(BaseModel):
    """link: of the sitting that is on or next, for those who may have it; deadline: the next for papers."""

    code: str
    title: str
    group: str
    starts_on: date
    ends_on: date
    when: str
    registration: str
    sitting: str
    sitting_starts_at: datetime | None
    link: str
    deadline: str
    deadline_at: datetime | None

    @classmethod
    def of(cls, row: OwnMeeting) -> "OwnMeetingOut":
        meeting, sitting, deadline = row.meeting, row.sitting, row.deadline
        return cls(
            code=meeting.code, title=meeting.title, group=row.group.label, starts_on=meeting.starts_on,
            ends_on=meeting.ends_on, when=row.when, registration=row.status, sitting=sitting.title if sitting else "",
            sitting_starts_at=sitting.starts_at if sitting else None, link=row.link,
            deadline=deadline.rule if deadline else "", deadline_at=deadline.due_at if deadline else None,
        )  # fmt: skip


class CardOut(BaseModel):
    """items: as the kind of card has them; nothing while it is hidden."""

    id: str
    title: str
    is_hidden: bool
    total: int
    items: list[dict[str, Any]]


class PageOut(BaseModel):
    items: list[CardOut]
    total: int


class MoveForm(BaseModel):
    """move: up, down, hide or show."""

    move: str


@api.get("/waiting", response_model=WaitingOut, summary="What waits for me")
def waits(request: Request, act: Reading, visitor: Who) -> Response:
    """What is due first comes first; `address` is where it is done."""
    mine(visitor)
    rows = [WaitsOut.of(each) for each in waiting(act)]
    return one(request, WaitingOut(items=rows, total=len(rows)))


@api.get("/page", response_model=PageOut, summary="My page")
def whole(request: Request, act: Reading, visitor: Who) -> Response:
    """The cards in my order."""
    mine(visitor)
    found = [_card(each) for each in cards(act)]
    return one(request, PageOut(items=found, total=len(found)))


@api.post("/page/{card}", response_model=list[str], summary="Order and hide the cards of my page")
def arrange(request: Request, act: Writing, visitor: Who, card: str, form: MoveForm) -> Response:
    """The cards as they stand afterwards, hidden ones too."""
    mine(visitor)
    rows = actions.arrange(act, [id for id, _ in order_of(act)], card, form.move)
    return one(request, {"items": [{"id": row.card, "is_hidden": row.is_hidden} for row in rows], "total": len(rows)})


def _card(card: Shown) -> CardOut:
    items = [] if card.is_hidden else _items(card)
    total = card.holds.count if isinstance(card.holds, Card) else len(items)
    return CardOut(id=card.id, title=card.title, is_hidden=card.is_hidden, total=total, items=items)


def _items(card: Shown) -> list[dict[str, Any]]:
    if isinstance(card.holds, FirstVisit):
        return [
            {"id": each.step.id, "says": each.step.says, "address": each.step.address, "is_done": each.is_done}
            for each in card.holds.steps
        ]
    if card.id == WAITING:
        return [WaitsOut.of(each).model_dump(mode="json") for each in card.holds]
    if card.id == MEETINGS:
        return [OwnMeetingOut.of(each).model_dump(mode="json") for each in card.holds]
    if card.id == CHANGES:
        return _news(card.holds)
    return [
        {"id": line.id, "title": line.title, "note": line.note, "on": line.on.isoformat() if line.on else None, "address": line.address}
        for line in card.holds.lines
    ]  # fmt: skip


def _news(news: News) -> list[dict[str, Any]]:
    return [{"group": each.group.label, "counts": {str(c): n for c, n in each.counts.items()}} for each in news.groups]
