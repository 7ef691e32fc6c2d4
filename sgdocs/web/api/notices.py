"""My notices, what I follow, how often I hear of what: `/api/v1/me/…`. Webhooks are made in the pages alone."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed, missing
from sgdocs.notices import following, hooks, queries
from sgdocs.notices.queries import NoticeFilter, Told
from sgdocs.notices.schemas import (
    NoticeOut,
    PreferenceForm,
    ReadForm,
    Scope,
    SubscriptionForm,
    SubscriptionOut,
    WebhookOut,
)
from sgdocs.people.models import Person
from sgdocs.policy import reads
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.deps import Reading, Who, Writing
from sgdocs.web.notice_words import followed_row, row_of
from sgdocs.web.render import language_of

api = APIRouter(prefix="/api/v1/me", tags=["notices"])


def mine(visitor: Who) -> Person:
    """The person; NotAllowed for nobody, and for a token that may not read what is the person's."""
    if visitor.person is None:
        raise NotAllowed(NOT_SIGNED_IN)
    if not reads(visitor.actor, f"person:{visitor.person.id}"):
        raise NotAllowed(NOT_PERMITTED, permission="read")
    return visitor.person


def wanted(
    topic: Annotated[str, Query(max_length=30)] = "",
    new: Annotated[bool, Query(description="those alone that were not read")] = False,
) -> NoticeFilter:
    return NoticeFilter(topic, new)


Wanted = Annotated[NoticeFilter, Depends(wanted)]


@api.get("/notices", response_model=list[NoticeOut], summary="My notices")
def notices(request: Request, act: Reading, visitor: Who, asked: Paging, which: Wanted) -> Response:
    """What I was told and may read now, the newest first."""
    mine(visitor)
    before = asked.after[0] if asked.after and isinstance(asked.after[0], int) else None
    rows, total = queries.mine_after(act, language_of(request), which, before=before, limit=asked.limit + 1)

    def item(told: Told) -> NoticeOut:
        return row_of(request, told)

    return listing(request, asked, rows, total=total, item=item, cursor=lambda told: (told.id,))


@api.post("/notices/read", status_code=204, summary="Mark notices as read")
def mark_read(act: Writing, visitor: Who, form: ReadForm) -> None:
    """Those of the given ids, or all."""
    following.mark_read(act, mine(visitor), form.ids)


@api.get("/subscriptions", response_model=list[SubscriptionOut], summary="What I follow")
def subscriptions(request: Request, act: Reading, visitor: Who) -> Response:
    rows = [followed_row(request, each) for each in queries.followed(act, mine(visitor))]
    return one(request, {"items": [row.model_dump(mode="json") for row in rows], "total": len(rows)})


@api.put("/subscriptions", response_model=SubscriptionOut, summary="Follow a thing")
def follow(request: Request, act: Writing, visitor: Who, form: SubscriptionForm) -> Response:
    """scope: `group:ID`, `meeting:ID`, `document:ID`, `item:ID`, `family:ID`, `process:ID`, `series:T/G` or `all`."""
    person = mine(visitor)
    following.follow(act, person, form.scope, form.topics)
    return _one(request, act, person, form.scope)


@api.delete("/subscriptions/{scope:path}", status_code=204, summary="Stop following a thing")
def stop(act: Writing, visitor: Who, scope: Scope) -> None:
    following.stop(act, mine(visitor), scope)


def _one(request: Request, act: Act, person: Person, scope: str) -> Response:
    act.session.flush()
    held = next(iter(queries.followed(act, person, scope)), None) or missing("subscription", scope)
    return one(request, followed_row(request, held))


@api.get("/preferences", summary="How often I hear of each topic by mail")
def preferences(request: Request, act: Reading, visitor: Who) -> Response:
    return one(request, queries.preferences(act, mine(visitor)))


@api.put("/preferences", summary="Choose how often I hear of a topic by mail")
def prefer(request: Request, act: Writing, visitor: Who, form: PreferenceForm) -> Response:
    person = mine(visitor)
    following.prefer(act, person, form.topic, form.often)
    act.session.flush()
    return one(request, queries.preferences(act, person))


@api.get("/webhooks", response_model=list[WebhookOut], summary="My webhooks")
def webhooks(request: Request, act: Reading, visitor: Who) -> Response:
    """Without their secrets."""
    rows = hooks.webhooks_of(act.session, mine(visitor))
    told = [WebhookOut.model_validate(row, from_attributes=True).model_dump(mode="json") for row in rows]
    return one(request, {"items": told, "total": len(told)})
