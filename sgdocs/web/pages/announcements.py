"""What the service announces: the list, one notice, its banner put away."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response

from sgdocs.announcements import queries
from sgdocs.announcements.queries import NoticeFilter
from sgdocs.announcements.rules import LANGUAGES, Kind, State, said
from sgdocs.announcements.schemas import COLUMNS
from sgdocs.base.errors import missing
from sgdocs.policy import Permission, may
from sgdocs.web import announcement_words, urls
from sgdocs.web.announcing import COOKIE, MOST_PUT_AWAY, put_away
from sgdocs.web.deps import Reading, services_of
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Blank
from sgdocs.web.render import language_of, page, see
from sgdocs.web.security import DAY_S, is_secure, safe_next

pages = APIRouter(prefix="/announcement")
SIZE, MOST = 25, 2_000
OfKind = Annotated[Kind | None, Blank]
InState = Annotated[State | None, Blank]
Number = Annotated[int, Query(alias="page", ge=1, le=10_000)]
Tongue = Annotated[str, Query(max_length=2)]


@pages.get("")
def index(request: Request, act: Reading, kind: OfKind = None, state: InState = None, number: Number = 1) -> Response:
    return page(
        request,
        "announcements/index.html",
        found=queries.listing(act, NoticeFilter(kind, state), number=number, size=SIZE),
        asked={"kind": kind or "", "state": state or ""},
        may_post=may(act.actor, Permission.ANNOUNCE_SERVICE),
        address_of=lambda n: urls.with_query(
            "/announcement", kind=kind or "", state=state or "", page=n if n > 1 else ""
        ),
        **context(request),
    )


def context(request: Request) -> dict[str, Any]:
    """What every page of notices shows beside their rows."""
    return {
        "says": announcement_words,
        "state_of": lambda row: announcement_words.state_at(request, row),
        "told": lambda row: announcement_words.said_to(request, row),
    }


@pages.get(".{form}")
def exported(request: Request, act: Reading, form: Export, kind: OfKind = None, state: InState = None) -> Response:
    found = queries.listing(act, NoticeFilter(kind, state), size=MOST)
    rows = [announcement_words.out(request, row) for row in found.rows]
    return export(form, "announcements", rows, COLUMNS, total=found.total)


@pages.get("/{id:int}")
def show(request: Request, act: Reading, id: int, language: Tongue = "") -> Response:
    """In the reader's language, or in the one that is asked for."""
    row = queries.by_id(act, _whole(id))
    wished = language if language in LANGUAGES else language_of(request).code
    return page(
        request,
        "announcements/show.html",
        row=row,
        words_of=said(row.words, wished),
        wished=wished,
        may_post=may(act.actor, Permission.ANNOUNCE_SERVICE),
        **context(request),
    )


@pages.post("/{id:int}/dismissal")
def dismiss(
    request: Request, act: Reading, id: int, back: Annotated[str, Form(max_length=2000)] = "/announcement"
) -> Response:
    """This browser shows its banner no more, until the notice is changed."""
    row = queries.by_id(act, _whole(id))
    marks = [f"{row.id}.{row.version}", *(each for each in put_away(request) if each.split(".")[0] != str(row.id))]
    response = see(safe_next(back))
    response.set_cookie(
        COOKIE,
        "-".join(marks[:MOST_PUT_AWAY]),
        max_age=90 * DAY_S,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request, services_of(request).settings),
    )
    return response


def _whole(id: int) -> int:
    return id if id < 2**31 else missing("announcement", id)
