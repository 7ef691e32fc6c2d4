"""One message: its texts, the author's way to change it, the officer's to hide it; closing a thread."""

from typing import Any

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.discussions import actions, queries
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.schemas import EditForm, ReasonForm
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.policy import Permission, Scope, may
from sgdocs.text.markdown import to_text
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page, see
from sgdocs.web.talk import limits_of

pages = APIRouter(prefix="/discussion/{id:int}")


@pages.get("/message/{number:int}")
def show(request: Request, act: Reading, id: int, number: int) -> Response:
    thread, row = _found(act, id, number)
    return _page(request, act, thread, row, blank({"text": row.markdown, "texts": row.texts}))


@pages.post("/message/{number:int}")
def edit(request: Request, act: Writing, id: int, number: int, filled: Filled[EditForm]) -> Response:
    me(request, act)
    thread, row = _found(act, id, number)
    try:
        if not filled.ok:
            return _page(request, act, thread, row, filled, status=422)
        form = filled.value
        actions.edit(act, thread, row, form.text, limits_of(request), texts=form.texts)
    except Refused as refused:
        return _page(request, act, thread, row, filled.refused(refused), status=status_of(refused))
    return see(urls.message(thread.id, row.number))


@pages.post("/message/{number:int}/hiding")
def hide(request: Request, act: Writing, id: int, number: int, filled: Filled[ReasonForm]) -> Response:
    """Out of sight with the reason; without one when it is hidden: shown again."""
    me(request, act)
    thread, row = _found(act, id, number)
    try:
        if row.hidden_at is None:
            actions.hide(act, thread, row, filled.value.reason)
        else:
            actions.show(act, thread, row)
    except Refused as refused:
        return _page(request, act, thread, row, filled.refused(refused), status=status_of(refused))
    return see(urls.message(thread.id, row.number))


@pages.get("/closing")
def ask_to_close(request: Request, act: Reading, id: int) -> Response:
    return _closing(request, queries.by_id(act, id), blank())


@pages.post("/closing")
def close(request: Request, act: Writing, id: int, filled: Filled[ReasonForm]) -> Response:
    """Close the thread with a reason; or open one that is closed."""
    me(request, act)
    thread = queries.by_id(act, id)
    try:
        if thread.closed_at is None:
            actions.close(act, thread, filled.value.reason)
        else:
            actions.reopen(act, thread)
    except Refused as refused:
        return _closing(request, thread, filled.refused(refused), status=status_of(refused))
    told = N_("The discussion is closed.") if thread.closed_at is not None else N_("The discussion is open.")
    return see(urls.discussion(thread.id), notice=language_of(request).say(told))


def _closing(request: Request, thread: Thread, filled: Filled[Any], *, status: int = 200) -> Response:
    return page(request, "discussions/closing.html", status=status, thread=thread, filled=filled)


def _found(act: Act, id: int, number: int) -> tuple[Thread, Message]:
    thread = queries.by_id(act, id)
    return thread, queries.message(act, thread, number)


def _page(
    request: Request, act: Act, thread: Thread, row: Message, filled: Filled[Any], *, status: int = 200
) -> Response:
    (shown,) = queries.shown(act.session, thread, [row])
    is_own = act.actor.person_id == row.person_id
    return page(
        request,
        "discussions/message.html",
        status=status,
        thread=thread,
        subject=queries.about_thread(act, thread),
        m=shown,
        texts=queries.texts_of(act, thread, row),
        may_edit=is_own and row.hidden_at is None and thread.closed_at is None and not act.actor.is_viewed,
        may_moderate=queries.may_moderate(act, thread),
        longest=limits_of(request).length,
        task=_task_of(act, thread, row),
        filled=filled,
    )


def _task_of(act: Act, thread: Thread, row: Message) -> str:
    """The form of a task that comes from the message; "" for who keeps no tasks of the group, and where it is hidden."""
    group = act.session.get(Group, thread.group_id) if thread.group_id is not None and row.hidden_at is None else None
    if group is None or not may(act.actor, Permission.KEEP_TASKS, Scope(group.path)):
        return ""
    told = {"text": to_text(row.markdown)[:300], "came_from": urls.message(thread.id, row.number)}
    return urls.with_query(f"{urls.group(group.path)}/tasks/new", **told)
