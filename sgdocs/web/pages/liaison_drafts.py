"""Draft a liaison statement, from nothing or as a reply; edit it."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, NotAllowed, Refused
from sgdocs.i18n import N_
from sgdocs.liaison import queries
from sgdocs.liaison.actions import drafting
from sgdocs.liaison.actions.replying import contacts_of, draft_reply
from sgdocs.liaison.drafted import form_of
from sgdocs.liaison.models import Statement
from sgdocs.liaison.schemas import DraftForm
from sgdocs.policy import Permission, require
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled
from sgdocs.web.liaison_deeds import may_write
from sgdocs.web.liaison_desk import Desk, desk_page, may_somewhere, require_somewhere
from sgdocs.web.liaison_form import StatementFields, shaped, start_of
from sgdocs.web.liaison_frame import moved, statement_of
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import language_of, page, see

pages = APIRouter()

Word = Annotated[str, Query(max_length=200)]
NEW: Final = Desk(
    "draft",
    N_("Draft a statement"),
    N_("Save the draft"),
    "/liaison/new/draft",
    "/liaison",
    (
        N_("The draft is seen by the group that writes it, and goes nowhere yet."),
        N_("Attachments are added on the next page."),
        N_("It is agreed by the meeting, or between meetings approved by the chair; then it is numbered and sent."),
    ),
)


@pages.get("/liaison/new")
def choose(request: Request, act: Reading) -> Response:
    """What begins here: a draft of a group of ours, or the entry of what came in."""
    may_receive = may_somewhere(act, Permission.RECEIVE_STATEMENT)
    if not may_receive:
        require_somewhere(act, Permission.DRAFT_STATEMENT)
    return page(request, "liaison/new.html", may_receive=may_receive)


@pages.get("/liaison/new/draft")
def new(
    request: Request, act: Reading, *, group: Word = "", reply_to: Word = "", to: int = 0, meeting: Word = ""
) -> Response:
    """An empty form, or for a reply the form filled with what is known. to: for which of its addressees."""
    require_somewhere(act, Permission.DRAFT_STATEMENT)
    if reply_to:
        statement = statement_of(act, reply_to)
        form = draft_reply(act, statement, queries.addressee(act.session, statement, to))
        return desk_page(request, act, NEW, Filled(start_of(form)))
    senders = [{"name": group}] if group else []
    start = DraftForm.model_validate({"senders": senders, "meeting": meeting, "contacts": contacts_of(act)})
    return desk_page(request, act, NEW, Filled(start_of(start)))


@pages.post("/liaison/new/draft")
def draft(request: Request, act: Writing, filled: Filled[StatementFields]) -> Response:
    require_somewhere(act, Permission.DRAFT_STATEMENT)
    if filled.first("more"):
        return _more(request, act, NEW, filled)
    form = shaped(language_of(request), filled, DraftForm)
    made: list[Statement] = []
    if form is None or not tried(filled, act, lambda: made.append(drafting.draft(act, form))):
        return desk_page(request, act, NEW, filled, status=422)
    return see(urls.statement(made[0].name), notice=told(request, N_("The draft is saved.")))


def _more(request: Request, act: Act, desk: Desk, filled: Filled[StatementFields]) -> Response:
    """The same form with another row; nothing is checked yet."""
    filled.errors.clear()
    return desk_page(request, act, desk, filled)


@pages.get("/liaison/{name}/edit")
def editing(request: Request, act: Reading, name: str) -> Response:
    statement = statement_of(act, name)
    there = moved(request, name, statement, "/edit")
    if there is not None:
        return there
    _require(act, statement)
    form = form_of(act, statement)
    return desk_page(request, act, _desk(statement), Filled(start_of(form, version=statement.version)))


def _require(act: Act, statement: Statement) -> None:
    """Whoever writes for a sending group, or for a Question of it."""
    if not may_write(act, statement):
        require(act.actor, Permission.DRAFT_STATEMENT, queries.scope_of(act.session, statement))


def _desk(statement: Statement, version: str = "") -> Desk:
    address = urls.statement(statement.name)
    return Desk(
        "edit",
        N_("Edit the draft"),
        N_("Save the draft"),
        urls.statement(statement.name, "edit"),
        address,
        (
            N_("What stood before is kept."),
            N_(
                "An agreement or approval that was given holds for the text that was agreed: after a change it is asked anew."
            ),
        ),
        crumbs=[(statement.label, address)],
        id=statement.label,
        kicker=statement.title,
        hidden={"version": version or str(statement.version)},
    )


@pages.post("/liaison/{name}/edit")
def edit(request: Request, act: Writing, name: str, filled: Filled[StatementFields]) -> Response:
    """Saved; or, when somebody else saved it meanwhile, the form again with what was typed and a word about it."""
    statement = statement_of(act, name)
    _require(act, statement)
    seen = filled.first("version", "0")
    if filled.first("more"):
        return _more(request, act, _desk(statement, seen), filled)
    form = shaped(language_of(request), filled, DraftForm)
    if form is None:
        return desk_page(request, act, _desk(statement, seen), filled, status=422)
    try:
        with act.session.begin_nested():
            drafting.edit(act, statement, form, filled.value.version)
    except NotAllowed:
        raise
    except Refused as refused:
        act.session.refresh(statement)
        now = str(statement.version) if refused.rule is CHANGED else seen
        return desk_page(request, act, _desk(statement, now), filled.refused(refused), status=status_of(refused))
    return see(urls.statement(statement.name), notice=told(request, N_("The draft is saved.")))
