"""Mailing lists: those one may read, the archive of one with its threads, its members, what waits for an officer."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.groups import queries as groups
from sgdocs.i18n import N_
from sgdocs.mailing_lists import actions, queries
from sgdocs.mailing_lists.models import ListMessage, MailingList
from sgdocs.mailing_lists.rules import ListKind
from sgdocs.mailing_lists.schemas import MessageForm
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing, services_of
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/mailing-list")
KINDS = {
    ListKind.GROUP: N_("Of the group"),
    ListKind.MANAGEMENT: N_("Of the management team"),
    ListKind.COLLABORATION: N_("With another body"),
}
Page = Annotated[int, Query(ge=1, le=10_000)]
Words = Annotated[str, Query(max_length=200)]


@pages.get("")
def index(request: Request, act: Reading) -> Response:
    rows = queries.listing(act)
    return page(
        request, "mailing_lists/index.html", rows=rows, kinds=KINDS, domain=services_of(request).settings.list_domain
    )


@pages.get("/{local}")
def show(request: Request, act: Reading, local: str, q: Words = "", page: Page = 1) -> Response:
    return show_list(request, act, queries.by_local(act, local), blank(), q=q, number=page)


def show_list(
    request: Request, act: Act, row: MailingList, filled: Filled[Any], *, q: str = "",
    number: int = 1, status: int = 200,
) -> Response:  # fmt: skip
    return page(
        request,
        "mailing_lists/show.html",
        status=status,
        **frame_of(request, act, row),
        found=queries.threads(act, row, q=q, number=number),
        q=q,
        held=queries.held(act, row),
        filled=filled,
    )


def frame_of(request: Request, act: Act, row: MailingList) -> dict[str, Any]:
    """What every page of one list shows."""
    return {
        "row": row,
        "group": groups.by_id(act.session, row.group_id),
        "domain": services_of(request).settings.list_domain,
        "kinds": KINDS,
        "is_mine": queries.is_member(act.session, row, act.actor.person_id),
        "may_manage": queries.may_see_members(act, row),
        "successor": act.session.get(MailingList, row.successor_id) if row.successor_id else None,
    }


@pages.post("/{local}")
def write(request: Request, act: Writing, local: str, filled: Filled[MessageForm]) -> Response:
    """A message from the page: a new thread, or an answer to one."""
    row, person = queries.by_local(act, local), me(request, act)
    answered = (
        int(filled.first("answers"))
        if filled.first("answers").isascii() and filled.first("answers").isdigit()
        else None
    )
    earlier = queries.message(act, row, answered) if answered is not None else None
    try:
        if not filled.ok:
            return _again(request, act, row, filled, earlier, status=422)
        sent = actions.post(
            act, row, person, filled.value, answers=earlier, most_mb=services_of(request).settings.list_message_mb
        )
    except Refused as refused:
        return _again(request, act, row, filled.refused(refused), earlier, status=status_of(refused))
    if sent.state == "posted":
        return see(urls.mailing_list(row.local, sent.thread) + f"#m{sent.number}")
    notice = N_("You are not on the list: an officer of the group looks at your message first.")
    return see(urls.mailing_list(row.local), notice=language_of(request).say(notice))


def _again(
    request: Request, act: Act, row: MailingList, filled: Filled[Any], earlier: ListMessage | None, *, status: int
) -> Response:
    if earlier is None:
        return show_list(request, act, row, filled, status=status)
    return _thread(request, act, row, earlier.thread, filled=filled, status=status)


@pages.post("/{local}/join")
def join(request: Request, act: Writing, local: str) -> Response:
    row = queries.by_local(act, local)
    actions.subscribe(act, row, me(request, act))
    return see(urls.mailing_list(row.local), notice=language_of(request).say(N_("You are on the list.")))


@pages.post("/{local}/leave")
def leave(request: Request, act: Writing, local: str) -> Response:
    row = queries.by_local(act, local)
    actions.leave(act, row, me(request, act))
    return see(urls.mailing_list(row.local), notice=language_of(request).say(N_("You have left the list.")))


@pages.get("/{local}/{thread:int}")
def thread(request: Request, act: Reading, local: str, thread: int) -> Response:
    row = queries.by_local(act, local)
    asked = queries.message(act, row, thread)
    if asked.thread != asked.number:
        return see(urls.mailing_list(row.local, asked.thread) + f"#m{asked.number}")
    return _thread(request, act, row, thread, filled=blank({"subject": f"Re: {asked.subject}", "answers": thread}))


def _thread(
    request: Request, act: Act, row: MailingList, thread: int, *, filled: Filled[Any], status: int = 200
) -> Response:
    messages = queries.thread_of(act, row, thread) or [queries.message(act, row, thread)]
    frame = frame_of(request, act, row)
    return page(
        request, "mailing_lists/thread.html", status=status, **frame, messages=messages, filled=filled, thread=thread
    )
