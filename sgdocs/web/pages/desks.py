"""The desk: for each role of the visitor its cards with counts. And the lists of what is one's own that no other page has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_SIGNED_IN, NotAllowed, missing
from sgdocs.i18n import N_
from sgdocs.web import desks, roles, urls
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.own_lists import rows_of
from sgdocs.web.render import page
from sgdocs.work_programme.practice import Practice

pages = APIRouter()
Kinds = Annotated[list[str], Query(max_length=40)]


@pages.get("/desk")
def desk(request: Request, act: Reading, services: Svc) -> Response:
    """Every desk of the visitor with its cards. The first page asks for the block `counts` alone."""
    _require_known(act)
    found = desks.plans(act, Practice.of(services.settings))
    return page(
        request,
        "desks/desk.html",
        fragment="counts",
        desks=[(plan, list(plan.make())) for plan in found],
        word_of=roles.word_of,
        role_words=roles.WORDS,
    )


def _require_known(act: Act) -> None:
    if act.actor.person_id is None:
        raise NotAllowed(NOT_SIGNED_IN)


# Lists of one's own


@dataclass(frozen=True)
class Own:
    """A list: its title, what an empty one says, the columns of its files."""

    title: str
    empty: str
    headings: tuple[str, str, str, str]
    columns: Mapping[str, str]


LISTS: Mapping[str, Own] = {
    "actions": Own(
        N_("My action items"),
        N_("No meeting has given you an action item that is open."),
        (N_("Meeting"), N_("Standing"), N_("Action"), N_("By")),
        {"place": "Meeting", "by": "Group", "text": "Action", "on": "By", "state": "Standing"},
    ),
    "comments": Own(
        N_("Comments of my organisation"),
        N_("Your organisation has sent no comment on a text."),
        (N_("Text"), N_("Standing"), N_("Comment"), N_("Sent")),
        {"place": "Approval", "by": "Kind", "text": "Comment", "state": "Disposition", "on": "Sent"},
    ),
    "consultations": Own(
        N_("Consultations to reply to"),
        N_("No consultation waits for your administration."),
        (N_("Text"), N_("Standing"), N_("Title"), N_("Closes")),
        {"place": "Approval", "text": "Title", "on": "Closes", "state": "State"},
    ),
    "obligations": Own(
        N_("What is owed"),
        N_("Nothing is owed by you or in your roles."),
        (N_("Text"), N_("Standing"), N_("What"), N_("Due")),
        {"place": "Approval", "text": "What", "by": "Role", "on": "Due", "state": "Standing"},
    ),
}


@pages.get("/my/actions")
def actions(request: Request, act: Reading) -> Response:
    return _shown(request, act, "actions")


@pages.get("/my/comments")
def comments(request: Request, act: Reading) -> Response:
    return _shown(request, act, "comments")


@pages.get("/my/consultations")
def consultations(request: Request, act: Reading) -> Response:
    return _shown(request, act, "consultations")


@pages.get("/my/obligations")
def obligations(request: Request, act: Reading, kind: Kinds = []) -> Response:  # noqa: B006 FastAPI copies it
    return _shown(request, act, "obligations", kind)


@pages.get("/my/{name}.{form}")
def list_as(act: Reading, name: str, form: Export, kind: Kinds = []) -> Response:  # noqa: B006
    _require_known(act)
    own = LISTS.get(name) or missing("list", name)
    rows = [row.told for row in rows_of(act, name, kind)]
    return export(form, f"my {name}", rows, own.columns)


def _shown(request: Request, act: Act, name: str, kinds: Sequence[str] = ()) -> Response:
    _require_known(act)
    return page(
        request,
        "desks/list.html",
        own=LISTS[name],
        name=name,
        rows=rows_of(act, name, kinds),
        query=urls.with_query("", kind=list(kinds)).removeprefix("?"),
    )
