"""Discussions: those that one takes part in, one thread page by page, the way to write in it."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, File, Query, Request, Response, UploadFile
from pydantic import BaseModel, Field

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.discussions import actions, queries
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Message
from sgdocs.discussions.rules import PAGE_SIZE, Kind
from sgdocs.discussions.schemas import LIST_COLUMNS, AboutForm, MessageForm, ThreadOut
from sgdocs.discussions.subjects import about
from sgdocs.web import urls
from sgdocs.web.deps import Reading, services_of
from sgdocs.web.errors import status_of
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import page, see, wants_fragment
from sgdocs.web.talk import KINDS, Talk, limits_of, talk_on
from sgdocs.web.talk_files import paper_of, spoken
from sgdocs.web.talk_filters import Asking

pages = APIRouter(prefix="/discussion")
MOST, FEW = 5000, 10
Number = Annotated[int, Query(alias="page", ge=1, le=10_000)]
Short = Annotated[str, Query(max_length=200)]
Upload = Annotated[UploadFile | str | None, File()]
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


@pages.get("/begun")
def begun(request: Request, act: Reading, kind: Kind, ref: Short, anchor: Short = "") -> Response:
    """The messages on a thing once somebody wrote; 204 until then. Asked by a page that is in view and shows none yet."""
    subject = about(act, kind, ref, anchor)
    own = queries.own_of(queries.of_subject(act, subject))
    if own is None:
        return Response(status_code=204)
    return page(request, "discussions/begun.html", talk=talk_on(request, act, subject, own, size=FEW))


@pages.post("")
def say(request: Request, act: Reading, filled: Filled[AboutForm], file: Upload = None) -> Response:
    """The first words on a thing, or those of a further thread with its title."""
    me(request, act)
    kind, ref = filled.first("kind"), filled.first("ref")
    subject = about(act, Kind(kind) if kind in set(Kind) else Kind.GROUP, ref, filled.first("anchor"))
    offer, paper = paper_of(request, act, subject, filled, file)
    talk = talk_on(request, act, subject, None, filled=filled, bringing=offer)
    if filled.first("attach"):
        return _form(request, _asked(talk), 200)
    if not filled.ok:
        return _form(request, talk, 422)
    form, limits = filled.value, limits_of(request)

    def write(writing: Act, names: tuple[str, ...]) -> Message:
        wanted = Wanted(form.text, None, (*form.papers, *names))
        if form.title:
            return actions.write_first(writing, subject, form.title, wanted, limits)
        return actions.say(writing, subject, wanted, limits)

    try:
        thread_id, number = spoken(request, write, paper)
    except Refused as refused:
        return _form(request, replace(talk, filled=filled.refused(refused)), status_of(refused))
    if not wants_fragment(request) or form.title:
        return see(urls.message(thread_id, number))
    return _sent(request, act, thread_id, number, size=FEW)


@pages.get("/{id:int}")
def show(request: Request, act: Reading, id: int, asked: Annotated[Where, Query()]) -> Response:
    thread = queries.by_id(act, id)
    subject = queries.about_thread(act, thread)
    talk = talk_on(request, act, subject, thread, around=asked.at, before=asked.before, after=asked.after)
    return shown(request, replace(talk, answers=asked.answers))


@pages.post("/{id:int}")
def write(request: Request, act: Reading, id: int, filled: Filled[MessageForm], file: Upload = None) -> Response:
    """To htmx the empty form and the message; it may come by the stream as well, and is put in its place once."""
    me(request, act)
    thread = queries.by_id(act, id)
    subject = queries.about_thread(act, thread)
    offer, paper = paper_of(request, act, subject, filled, file)
    talk = talk_on(request, act, subject, thread, filled=filled, bringing=offer)
    if filled.first("attach"):
        return _form(request, _asked(talk), 200)
    if not filled.ok:
        return _form(request, talk, 422)
    form, limits = filled.value, limits_of(request)

    def say(writing: Act, names: tuple[str, ...]) -> Message:
        wanted = Wanted(form.text, form.answers, (*form.papers, *names))
        return actions.write(writing, queries.by_id(writing, id), wanted, limits)

    try:
        _, number = spoken(request, say, paper)
    except Refused as refused:
        return _form(request, replace(talk, filled=filled.refused(refused)), status_of(refused))
    if not wants_fragment(request):
        return see(urls.message(id, number))
    return _sent(request, act, id, number)


def _asked(talk: Talk) -> Talk:
    """The form as it was typed, with the fields of a file: nothing is wrong with it yet."""
    talk.filled.errors.clear()
    return talk


def _sent(request: Request, act: Act, thread_id: int, number: int, *, size: int | None = None) -> Response:
    """The empty form and the message, read after it was written. size: of the list that the first message brings along."""
    act.session.rollback()
    thread = queries.by_id(act, thread_id)
    subject = queries.about_thread(act, thread)
    (message,) = queries.shown(act.session, thread, [queries.message(act, thread, number)])
    begins = size is not None
    talk = talk_on(request, act, subject, thread, size=size or PAGE_SIZE, after=None if begins else number)
    return page(request, "discussions/show.html", fragment="sent", talk=talk, kinds=KINDS, sent=message, begins=begins)


def _form(request: Request, talk: Talk, status: int) -> Response:
    """The page again with what was typed; to htmx the form alone."""
    return shown(request, talk, status=status, fragment="composer")


def shown(request: Request, talk: Talk, *, status: int = 200, fragment: str | None = None) -> Response:
    context = {"talk": talk, "kinds": KINDS, "sent": None, "begins": False}
    return page(request, "discussions/show.html", fragment=fragment, status=status, **context)
