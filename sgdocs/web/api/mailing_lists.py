"""Mailing lists: `/api/v1/mailing-lists`."""

from fastapi import APIRouter, Request, Response

from sgdocs.base.errors import missing
from sgdocs.mailing_lists import actions, queries
from sgdocs.mailing_lists.rows import ListRow
from sgdocs.mailing_lists.schemas import ListOut, MessageForm, MessageOut
from sgdocs.people.models import Person
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.deps import Reading, Svc, Who, Writing

api = APIRouter(prefix="/api/v1/mailing-lists", tags=["mailing lists"])


@api.get("", response_model=list[ListOut], summary="Mailing lists")
def lists(request: Request, act: Reading, services: Svc, asked: Paging) -> Response:
    """Those whose archive the caller may read, by address."""
    rows = sorted(queries.listing(act), key=lambda row: row.list.local)
    after = str(asked.after[0]) if asked.after else ""
    rest = [row for row in rows if row.list.local > after]

    def item(row: ListRow) -> ListOut:
        return ListOut.of(row, services.settings.list_domain)

    return listing(
        request, asked, rest[: asked.limit + 1], total=len(rows), item=item, cursor=lambda row: (row.list.local,)
    )


@api.get("/{local}/threads/{thread}", response_model=list[MessageOut], summary="A thread")
def thread(request: Request, act: Reading, local: str, thread: int) -> Response:
    """Its messages in the order in which they came."""
    found = queries.thread_of(act, queries.by_local(act, local), thread) or missing("thread", thread)
    return one(request, {"items": [MessageOut.of(each).model_dump(mode="json") for each in found], "total": len(found)})


@api.put("/{local}/membership", status_code=204, summary="Subscribe to a list")
def join(act: Writing, visitor: Who, local: str) -> None:
    actions.subscribe(act, queries.by_local(act, local), _me(visitor))


@api.delete("/{local}/membership", status_code=204, summary="Leave a list")
def leave(act: Writing, visitor: Who, local: str) -> None:
    actions.leave(act, queries.by_local(act, local), _me(visitor))


@api.post("/{local}/messages", status_code=201, response_model=MessageOut, summary="Write to a list")
def write(act: Writing, services: Svc, visitor: Who, local: str, form: MessageForm) -> MessageOut:
    """Who is not on the list waits for an officer: the answer then is 201 too, and the message is in no thread yet."""
    row = queries.by_local(act, local)
    earlier = queries.message(act, row, form.answers) if form.answers is not None else None
    most = services.settings.list_message_mb
    return MessageOut.of(actions.post(act, row, _me(visitor), form, answers=earlier, most_mb=most))


def _me(visitor: Who) -> Person:
    return visitor.person or missing("person", "me")
