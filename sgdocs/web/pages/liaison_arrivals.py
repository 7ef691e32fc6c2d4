"""Mail that came in and waits: looked at, filed when the form is confirmed, or refused with a reason."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import NotAllowed, Refused, missing
from sgdocs.i18n import N_
from sgdocs.liaison import arrivals
from sgdocs.liaison.actions.arrivals import STATES, WAITING, confirm_arrival, refuse_arrival, uploads_of
from sgdocs.liaison.models import Arrival, Statement
from sgdocs.liaison.schemas import ReasonForm, ReceiveForm
from sgdocs.policy import Permission, require
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.downloads import Kept, send
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled
from sgdocs.web.liaison_desk import Desk, desk_page
from sgdocs.web.liaison_files import filed, typed
from sgdocs.web.liaison_form import StatementFields, shaped, start_of
from sgdocs.web.pages.group_forms import told
from sgdocs.web.render import language_of, page, see

pages = APIRouter()

State = Annotated[str, Query(max_length=20)]
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]
WORDS: Final = {"waiting": N_("Waiting"), "filed": N_("Filed"), "refused": N_("Refused"), "ignored": N_("Passed over")}
SIZE: Final = 100


@pages.get("/office/arrivals")
def index(request: Request, act: Reading, *, state: State = WAITING, number: Number = 1) -> Response:
    asked = state if state in STATES else WAITING
    found, counts = arrivals.listing(act, asked, number=number, size=SIZE), arrivals.counts(act)
    say = language_of(request).say
    return page(
        request,
        "liaison/arrivals.html",
        arrivals=found.rows,
        shown=found,
        state=asked,
        here=_address(asked),
        states=[(say(word), _address(each), counts.get(each, 0)) for each, word in WORDS.items()],
        address_of=lambda number: _address(asked, number),
    )


def _address(state: str, number: int = 1) -> str:
    told = {"state": state if state != WAITING else "", "page": number if number > 1 else ""}
    return urls.with_query("/office/arrivals", **told)


@pages.get("/office/arrivals/{id}")
def show(request: Request, act: Reading, services: Svc, id: int) -> Response:
    """The mail, and the form as its files fill it."""
    arrival = arrivals.by_id(act, id)
    form = arrivals.form_for(act, services, arrival) if arrival.state == WAITING else ReceiveForm()
    return _page(request, act, arrival, Filled(start_of(form)))


def _page(request: Request, act: Act, arrival: Arrival, filled: Filled[Any], *, status: int = 200) -> Response:
    address = urls.path("office", "arrivals", arrival.id)
    desk = Desk(
        "arrival",
        N_("File a mail that came in"),
        N_("File the statement"),
        address,
        "/office/arrivals",
        (
            N_("It is filed with the files of the mail as a document of each group of ours that it is addressed to."),
            N_("The mail itself is kept as it came."),
        ),
        kicker=arrival.subject,
    )
    statement = act.session.get(Statement, arrival.statement_id) if arrival.statement_id else None
    return desk_page(
        request, act, desk, filled, status=status, template="liaison/arrival.html", arrival=arrival, filed_as=statement
    )


@pages.get("/office/arrivals/{id}/files/{number}")
def file(request: Request, act: Reading, services: Svc, id: int, number: int) -> Response:
    """A file of the mail, attached and never run."""
    files = arrivals.by_id(act, id).files
    each = files[number] if 0 <= number < len(files) else {}
    if not each.get("sha256") or each.get("is_quarantined"):
        missing("file", f"{id} {number}")
    kept = Kept(each["sha256"], each["size_bytes"], each.get("media_type", ""), each["name"])
    return send(request, services.blobs, kept)


@pages.post("/office/arrivals/{id}")
def confirm(request: Request, act: Reading, id: int, filled: Filled[StatementFields]) -> Response:
    """Filed; or the form again, with another row or with what stands against it.

    Where no file of the mail can be filed, what stands in the form is, as a Word document."""
    arrival = arrivals.by_id(act, id)
    if filled.first("more"):
        filled.errors.clear()
        return _page(request, act, arrival, filled)
    form = shaped(language_of(request), filled, ReceiveForm)
    if form is None:
        return _page(request, act, arrival, filled, status=422)
    extra = [] if uploads_of(arrival) else typed(request, form)
    try:
        name = filed(request, lambda writing: confirm_arrival(writing, arrivals.by_id(writing, id), form, extra))
    except NotAllowed:
        raise
    except Refused as refused:
        act.session.refresh(arrival)
        return _page(request, act, arrival, filled.refused(refused), status=status_of(refused))
    return see(urls.statement(name), notice=told(request, N_("The statement is filed.")))


@pages.post("/office/arrivals/{id}/refusal")
def refuse(request: Request, act: Writing, id: int, filled: Filled[ReasonForm]) -> Response:
    """It is kept with the reason, and not filed."""
    require(act.actor, Permission.CONFIRM_ARRIVAL)
    arrival = arrivals.by_id(act, id)
    try:
        with act.session.begin_nested():
            refuse_arrival(act, arrival, filled.first("reason"))
    except NotAllowed:
        raise
    except Refused as refused:
        return see(urls.path("office", "arrivals", id), notice=language_of(request).refusal(refused))
    return see("/office/arrivals", notice=told(request, N_("The mail is refused.")))
