"""Discussions: those that one takes part in, one thread page by page, the way to write in it."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from sgdocs.base.errors import Refused
from sgdocs.discussions import actions, queries
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.schemas import LIST_COLUMNS, AboutForm, MessageForm, ThreadOut
from sgdocs.discussions.subjects import about
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing, services_of
from sgdocs.web.errors import status_of
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import page, see, wants_fragment
from sgdocs.web.talk import KINDS, Talk, limits_of, talk_on
from sgdocs.web.talk_filters import Asking

pages = APIRouter(prefix="/discussion")
MOST, FEW = 5000, 10
Number = Annotated[int, Query(alias="page", ge=1, le=10_000)]
Short = Annotated[str, Query(max_length=200)]
Place = Annotated[int, Field(ge=1, le=2_000_000_000)]


class Where(BaseModel):
    """Numbers of messages: the page that has one, or begins before or after it; answers: the one that is answered."""

    at: Place | None = None
    before: Place | None = None
    after: Place | None = None
    answers: Place | None = None


@pages.get("")
def index(request: Request, act: Reading, asked: Asking, number: Number = 1) -> Response:
    """Where I take part; with `all` everything that I may read."""
    found = asked.found(act, number=number)
    return page(request, "discussions/index.html", fragment="rows", found=found, asked=asked, kinds=KINDS)


@pages.get(".{form}")
def index_as(request: Request, act: Reading, form: Export, asked: Asking) -> Response:
    found = asked.found(act, size=MOST)
    site = services_of(request).settings.public_url
    rows = [ThreadOut.of(row, site + urls.discussion(row.id)) for row in found.rows]
    return export(form, "discussions", rows, LIST_COLUMNS, total=found.total)


@pages.get("/people")
def people(request: Request, act: Reading, q: Short = "") -> Response:
    """Whom a message may name: a list to choose from while one writes."""
    return page(request, "discussions/people.html", people=queries.people_like(act, q))


@pages.get("/about")
def of_subject(request: Request, act: Reading, kind: Kind, ref: Short, anchor: Short = "") -> Response:
    """The discussion on a thing: its thread, or the form that begins it."""
    subject = about(act, kind, ref, anchor)
    own = queries.own_of(queries.of_subject(act, subject))
    if own is not None:
        return see(urls.discussion(own.id))
    return shown(request, talk_on(request, act, subject, None))


@pages.get("/panel")
def panel(request: Request, act: Reading, kind: Kind, ref: Short, anchor: Short = "") -> Response:
    """The discussion on a thing, to stand in its page."""
    subject = about(act, kind, ref, anchor)
    talk = talk_on(request, act, subject, queries.own_of(queries.of_subject(act, subject)), size=FEW)
    return page(request, "discussions/panel.html", talk=talk)


@pages.post("")
def say(request: Request, act: Writing, filled: Filled[AboutForm]) -> Response:
    """The first words on a thing, or those of a further thread with its title."""
    me(request, act)
    kind, ref = filled.first("kind"), filled.first("ref")
    subject = about(act, Kind(kind) if kind in set(Kind) else Kind.GROUP, ref, filled.first("anchor"))
    try:
        if not filled.ok:
            return shown(request, talk_on(request, act, subject, None, filled=filled), status=422)
        form, limits = filled.value, limits_of(request)
        wanted = Wanted(form.text, None, tuple(form.papers))
        if form.title:
            row = actions.write_first(act, subject, form.title, wanted, limits)
        else:
            row = actions.say(act, subject, wanted, limits)
    except Refused as refused:
        act.session.rollback()
        return shown(
            request, talk_on(request, act, subject, None, filled=filled.refused(refused)), status=status_of(refused)
        )
    return see(urls.message(row.thread_id, row.number))


@pages.get("/{id:int}")
def show(request: Request, act: Reading, id: int, asked: Annotated[Where, Query()]) -> Response:
    thread = queries.by_id(act, id)
    subject = queries.about_thread(act, thread)
    talk = talk_on(request, act, subject, thread, around=asked.at, before=asked.before, after=asked.after)
    return shown(request, replace(talk, answers=asked.answers))


@pages.post("/{id:int}")
def write(request: Request, act: Writing, id: int, filled: Filled[MessageForm]) -> Response:
    """To htmx the empty form and the message; it may come by the stream as well, and is put in its place once."""
    me(request, act)
    thread = queries.by_id(act, id)
    subject = queries.about_thread(act, thread)
    try:
        if not filled.ok:
            return _form(request, talk_on(request, act, subject, thread, filled=filled), 422)
        form = filled.value
        row = actions.write(act, thread, Wanted(form.text, form.answers, tuple(form.papers)), limits_of(request))
    except Refused as refused:
        act.session.rollback()
        talk = talk_on(request, act, subject, thread, filled=filled.refused(refused))
        return _form(request, talk, status_of(refused))
    if not wants_fragment(request):
        return see(urls.message(thread.id, row.number))
    (message,) = queries.shown(act.session, thread, [row])
    talk = talk_on(request, act, subject, thread, after=row.number)
    return page(request, "discussions/show.html", fragment="sent", talk=talk, kinds=KINDS, sent=message)


def _form(request: Request, talk: Talk, status: int) -> Response:
    """The page again with what was typed; to htmx the form alone."""
    return shown(request, talk, status=status, fragment="composer")


def shown(request: Request, talk: Talk, *, status: int = 200, fragment: str | None = None) -> Response:
    context = {"talk": talk, "kinds": KINDS, "sent": None}
    return page(request, "discussions/show.html", fragment=fragment, status=status, **context)
