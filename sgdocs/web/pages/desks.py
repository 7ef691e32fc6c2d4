"""The desk: for each role of the visitor its cards with counts. And the lists of what is one's own that no other page has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.approval import queries as approvals
from sgdocs.approval.of_organisation import own_comments, to_answer
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NOT_SIGNED_IN, NotAllowed, missing
from sgdocs.i18n import N_
from sgdocs.proceedings.of_person import own_actions
from sgdocs.web import approval_words, desks, roles, urls
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
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
class Row:
    """A line of a list of one's own. place: where it belongs (identifier, address)."""

    place: str
    address: str
    text: str
    state: str = ""
    meaning: str = "past"
    on: date | None = None
    by: str = ""


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
    rows = [vars(row) | {"state": row.state, "by": row.by} for row in _rows(act, name, kind)]
    return export(form, f"my {name}", rows, own.columns)


def _shown(request: Request, act: Act, name: str, kinds: Sequence[str] = ()) -> Response:
    _require_known(act)
    return page(
        request,
        "desks/list.html",
        own=LISTS[name],
        name=name,
        rows=_rows(act, name, kinds),
        query=urls.with_query("", kind=list(kinds)).removeprefix("?"),
    )


def _rows(act: Act, name: str, kinds: Sequence[str] = ()) -> list[Row]:
    return {"actions": _actions, "comments": _comments, "consultations": _consultations}.get(name, _obligations)(
        act, kinds
    )


def _actions(act: Act, kinds: Sequence[str]) -> list[Row]:
    return [
        Row(
            row.meeting.code,
            f"{urls.meeting(row.meeting.code)}/actions",
            row.action.text,
            N_("Late") if row.is_late else N_("Open"),
            "stopped" if row.is_late else "progress",
            row.action.due_on,
            row.group.label,
        )
        for row in own_actions(act)
    ]


def _comments(act: Act, kinds: Sequence[str]) -> list[Row]:
    return [
        Row(
            row.process.name,
            urls.approval(row.process.number, "comments", row.comment.number),
            row.comment.text,
            N_("Withdrawn") if row.comment.withdrawn_at else approval_words.disposition(row.comment.disposition),
            "needs" if row.needs_answer else approval_words.meaning_of_disposition(row.comment.disposition),
            _day(row.comment.sent_at),
            row.comment.kind,
        )
        for row in own_comments(act)
    ]


def _consultations(act: Act, kinds: Sequence[str]) -> list[Row]:
    return [
        Row(row.name, urls.approval(row.number), row.title, approvals.state_of(row).title, "needs", row.closes_on)
        for row in to_answer(act)
    ]


def _obligations(act: Act, kinds: Sequence[str]) -> list[Row]:
    today = geneva_day(act.now)
    return [
        Row(
            row.process.name,
            urls.approval(row.process.number),
            approval_words.obligation(row.obligation.kind),
            N_("Late") if row.obligation.due_on and row.obligation.due_on < today else N_("Open"),
            "stopped" if row.obligation.due_on and row.obligation.due_on < today else "progress",
            row.obligation.due_on,
            row.obligation.role,
        )
        for row in approvals.obligations_of(act, mine=True)
        if not kinds or row.obligation.kind in kinds
    ]


def _day(at: datetime) -> date:
    return geneva_day(at)
