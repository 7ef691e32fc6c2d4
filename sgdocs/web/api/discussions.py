"""Discussions: `/api/v1/discussions`. What is written comes to browsers by the stream of the thread."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.discussions import actions, queries
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.schemas import AboutForm, EditForm, MessageForm, MessageOut, ReasonForm, ThreadOut
from sgdocs.discussions.subjects import about
from sgdocs.web import urls
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.talk import limits_of
from sgdocs.web.talk_filters import Asking

api = APIRouter(prefix="/api/v1/discussions", tags=["discussions"])
Ref = Annotated[str, Query(max_length=200, description="of a thing: path, code, name, `CODE/17` of an agenda item")]
Anchor = Annotated[str, Query(max_length=100, description="of a clause")]


@api.get("", response_model=list[ThreadOut], summary="Discussions")
def threads(request: Request, act: Reading, services: Svc, asked: Paging, filters: Asking) -> Response:
    """Where the caller takes part; with `all=true` whatever the caller may read. The liveliest first."""
    found = filters.found(act, size=asked.limit + 1, skip=asked.skip)
    return listing(
        request, asked, found.rows, total=found.total, item=lambda row: _thread(services, row),
        cursor=lambda _: (asked.skip + asked.limit,),
    )  # fmt: skip


@api.get("/about", response_model=list[ThreadOut], summary="Discussions on one thing")
def on_one(request: Request, act: Reading, services: Svc, *, kind: Kind, ref: Ref, anchor: Anchor = "") -> Response:
    rows = queries.of_subject(act, about(act, kind, ref, anchor))
    items = [_thread(services, row).model_dump(mode="json") for row in rows]
    return one(request, {"items": items, "total": len(items)})


@api.post("", status_code=201)
def say(request: Request, act: Writing, services: Svc, form: AboutForm) -> MessageOut:
    """The first words on a thing, more of them in its own thread, or with `title` a further thread."""
    subject = about(act, form.kind, form.ref, form.anchor)
    wanted, limits = Wanted(form.text, None, tuple(form.papers)), limits_of(request)
    if form.title:
        row = actions.write_first(act, subject, form.title, wanted, limits)
    else:
        row = actions.say(act, subject, wanted, limits)
    return _message(act, services, queries.by_id(act, row.thread_id), row)


@api.get("/{id}", response_model=ThreadOut)
def thread(request: Request, act: Reading, services: Svc, id: int) -> Response:
    return one(request, _thread(services, queries.by_id(act, id)))


@api.get("/{id}/messages", response_model=list[MessageOut], summary="The messages of a discussion")
def messages(request: Request, act: Reading, services: Svc, asked: Paging, id: int) -> Response:
    """In the order of their numbers."""
    row = queries.by_id(act, id)
    spot = queries.spot(act, row, after=asked.skip, size=asked.limit + 1)
    site = services.settings.public_url
    return listing(
        request, asked, spot.messages, total=row.last,
        item=lambda each: MessageOut.of(each, site + urls.message(id, each.number)),
        cursor=lambda each: (each.number,),
    )  # fmt: skip


@api.post("/{id}/messages", status_code=201)
def write(request: Request, act: Writing, services: Svc, id: int, form: MessageForm) -> MessageOut:
    row = queries.by_id(act, id)
    wanted = Wanted(form.text, form.answers, tuple(form.papers))
    return _message(act, services, row, actions.write(act, row, wanted, limits_of(request)))


@api.put("/{id}/messages/{number}")
def edit(request: Request, act: Writing, services: Svc, *, id: int, number: int, form: EditForm) -> MessageOut:
    """One's own. 409 when it has changed since `texts` were counted."""
    row = queries.by_id(act, id)
    said = queries.message(act, row, number)
    return _message(act, services, row, actions.edit(act, row, said, form.text, limits_of(request), texts=form.texts))


@api.put("/{id}/messages/{number}/hiding")
def hide(act: Writing, services: Svc, id: int, number: int, form: ReasonForm) -> MessageOut:
    """By an officer of the group, with the reason."""
    row = queries.by_id(act, id)
    return _message(act, services, row, actions.hide(act, row, queries.message(act, row, number), form.reason))


@api.delete("/{id}/messages/{number}/hiding")
def show(act: Writing, services: Svc, id: int, number: int) -> MessageOut:
    row = queries.by_id(act, id)
    return _message(act, services, row, actions.show(act, row, queries.message(act, row, number)))


@api.put("/{id}/closing")
def close(act: Writing, services: Svc, id: int, form: ReasonForm) -> ThreadOut:
    return _thread(services, actions.close(act, queries.by_id(act, id), form.reason))


@api.delete("/{id}/closing")
def reopen(act: Writing, services: Svc, id: int) -> ThreadOut:
    return _thread(services, actions.reopen(act, queries.by_id(act, id)))


def _thread(services: Svc, row: Thread) -> ThreadOut:
    return ThreadOut.of(row, services.settings.public_url + urls.discussion(row.id))


def _message(act: Act, services: Svc, thread: Thread, row: Message) -> MessageOut:
    (shown,) = queries.shown(act.session, thread, [row])
    return MessageOut.of(shown, services.settings.public_url + urls.message(thread.id, row.number))
