"""Changes of the base text of a work item: what was accepted, what is asked for clause by clause, the check of a draft.

Join it before the catch-all routes of /wi.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, NotFound, Refused, missing
from sgdocs.i18n import N_
from sgdocs.policy import Permission, require
from sgdocs.web import change_words, paper_words, urls
from sgdocs.web.agenda_places import done
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import see
from sgdocs.web.work_frame import framed, item_of, moved
from sgdocs.web.work_meetings import sat
from sgdocs.work_programme import base_texts, queries
from sgdocs.work_programme.actions import changes
from sgdocs.work_programme.base_texts import Checked, Requests
from sgdocs.work_programme.change_outgoing import ChangeOut, findings, wishes
from sgdocs.work_programme.change_schemas import AllChangesForm, ChangeForm, UndoForm
from sgdocs.work_programme.clashes import Clause
from sgdocs.work_programme.edits import clause_named, text_units
from sgdocs.work_programme.models import AcceptedChange, WorkItem
from sgdocs.work_programme.queries import ChangeRow
from sgdocs.work_programme.rules import PaperRole

pages = APIRouter()
Draft = Annotated[str, Query(max_length=120, description="a document, with or without a part (`T25-SG13-TD45/r1`)")]
ClauseName = Annotated[str, Query(max_length=200, description="number or title of one clause")]


# What was accepted


@pages.get("/wi/{name}/changes")
def accepted(request: Request, act: Reading, name: str) -> Response:
    item = item_of(act, name)
    there = moved(request, name, item, "/changes")
    return there or _accepted_page(request, act, item, blank())


def _accepted_page(request: Request, act: Act, item: WorkItem, filled: Filled[Any], status: int = 200) -> Response:
    base = base_texts.current_base(act, item)
    return _page(
        request,
        act,
        "changes",
        item,
        status=status,
        rows=queries.changes_of(act, item),
        base=base,
        names=[unit.number or unit.title for unit in text_units(base.units)] if base else [],
        papers=queries.papers_of(act, item, PaperRole.CONTRIBUTION),
        meetings=sat(act, queries.group_of(act.session, item)),
        filled=filled,
    )


@pages.get("/wi/{name}/changes.{form}")
def accepted_as(act: Reading, name: str, form: Export) -> Response:
    item = item_of(act, name)
    rows = [ChangeOut.of(row) for row in queries.changes_of(act, item)]
    return export(form, f"{queries.handle(item)} changes", rows, change_words.CHANGE_COLUMNS)


@pages.post("/wi/{name}/changes")
def accept(request: Request, act: Writing, name: str, filled: Filled[ChangeForm]) -> Response:
    """From the page of changes, or from a button beside the wish (`back=clauses`)."""
    item = item_of(act, name)
    require(act.actor, Permission.EDIT_ITEM, queries.scope_for(act, item))
    if filled.first("back") == "clauses" and filled.ok:
        return done(request, act, lambda: changes.accept(act, item, filled.value), _back(item, filled), ACCEPTED)
    if not filled.ok or not tried(filled, act, lambda: changes.accept(act, item, filled.value)):
        return _accepted_page(request, act, item, filled, status=422)
    return see(urls.work_item(item, "changes"), notice=told(request, ACCEPTED))


ACCEPTED = N_("The change is entered as accepted.")


def _back(item: WorkItem, filled: Filled[Any]) -> str:
    address = urls.with_query(urls.work_item(item, "clauses"), meeting=filled.first("meeting"))
    return f"{address}#{filled.first('at')}" if filled.first("at").isascii() and filled.first("at") else address


@pages.post("/wi/{name}/changes/{number}/reversal")
def undo(request: Request, act: Writing, name: str, number: int, given: Annotated[UndoForm, Form()]) -> Response:
    item = item_of(act, name)
    row = changes.change_numbered(act, item, number) or missing("change", number)
    return done(
        request,
        act,
        lambda: changes.undo(act, item, row, given.reason),
        urls.work_item(item, "changes"),
        N_("The change is undone; its number stays."),
    )


# What is asked for


@pages.get("/wi/{name}/clauses")
def clauses(
    request: Request, act: Reading, name: str, *, clause: ClauseName = "", meeting: str = "", older: str = ""
) -> Response:
    """Every contribution beside the base text, clause by clause; `clause` shows one alone."""
    item = item_of(act, name)
    there = moved(request, name, item, "/clauses")
    if there is not None:
        return there
    found = base_texts.requested(act, item, older=bool(older))
    held = queries.changes_of(act, item)
    return _page(
        request,
        act,
        "clauses",
        item,
        found=found,
        shown=_one(found, clause) if found else [],
        asked=clause,
        older=older,
        accepted=_known(held),
        settled={(row.change.clause, row.change.before): row.change for row in held if _settles(row)},
        meetings=sat(act, queries.group_of(act.session, item)),
        meeting=meeting,
    )


def _one(found: Requests, name: str) -> Sequence[Clause]:
    """All clauses, or the one that is named: NotFound for one that is not in the text."""
    if not name:
        return found.clauses
    unit = clause_named(text_units(found.base.units), name)
    wanted = [each for each in found.clauses if (unit and each.anchor == unit.anchor) or each.label == name]
    return wanted or ([] if unit else missing("clause", name))


def _known(rows: Sequence[ChangeRow]) -> dict[tuple[int, str, str], AcceptedChange]:
    """Changes that stand, by document and words."""
    return {
        (row.change.document_id, row.change.before, row.change.after): row.change
        for row in rows
        if row.change.undone_at is None
    }


def _settles(row: ChangeRow) -> bool:
    return row.change.undone_at is None and bool(row.change.before)


@pages.get("/wi/{name}/clauses.{form}")
def clauses_as(act: Reading, name: str, form: Export, older: str = "") -> Response:
    item = item_of(act, name)
    found = base_texts.requested(act, item, older=bool(older))
    rows = list(wishes(found)) if found else []
    return export(form, f"{queries.handle(item)} clauses", rows, change_words.WISH_COLUMNS)


@pages.post("/wi/{name}/clauses/acceptance")
def accept_all(request: Request, act: Writing, name: str, filled: Filled[AllChangesForm]) -> Response:
    """All that one document would change."""
    item = item_of(act, name)
    require(act.actor, Permission.EDIT_ITEM, queries.scope_for(act, item))
    address = urls.work_item(item, "clauses")
    if not filled.ok:
        return see(address, notice=told(request, N_("Choose the meeting that accepted it.")))
    return done(
        request,
        act,
        lambda: changes.accept_all(act, item, filled.value),
        urls.with_query(address, meeting=filled.value.meeting),
        N_("All changes of the document are entered as accepted."),
    )


# The check of a draft


@pages.get("/wi/{name}/check")
def check(request: Request, act: Reading, name: str, draft: Draft = "") -> Response:
    """A draft against the base text before it and the accepted changes; without a choice the next one."""
    item = item_of(act, name)
    there = moved(request, name, item, "/check")
    if there is not None:
        return there
    chosen = draft or base_texts.next_draft(act, item)
    found, refused = _tried(lambda: base_texts.checked(act, item, chosen) if chosen else None)
    outputs = [row.document.name for row in queries.papers_of(act, item, PaperRole.OUTPUT)]
    bases = [f"{row.document.name}/{row.base.part or 'r0'}" for row in queries.bases_of(act, item) if row.document]
    return _page(
        request,
        act,
        "check",
        item,
        status=(409 if isinstance(refused, Conflict) else 404) if draft and refused else 200,
        found=found,
        refused=refused,
        draft=chosen,
        choices=list(dict.fromkeys((*outputs, *bases[:-1]))),
        has_base=bool(bases),
    )


def _tried(verb: Callable[[], Checked | None]) -> tuple[Checked | None, Refused | None]:
    try:
        return verb(), None
    except (Conflict, NotFound) as refused:
        return None, refused


@pages.get("/wi/{name}/check.{form}")
def check_as(act: Reading, name: str, form: Export, draft: Draft = "") -> Response:
    item = item_of(act, name)
    chosen = draft or base_texts.next_draft(act, item)
    found = base_texts.checked(act, item, chosen) if chosen else None
    rows = list(findings(found)) if found else []
    return export(form, f"{queries.handle(item)} check", rows, change_words.FINDING_COLUMNS)


def _page(request: Request, act: Act, which: str, item: WorkItem, *, status: int = 200, **context: Any) -> Response:
    return framed(
        request,
        act,
        f"work_changes/{which}.html",
        item,
        status=status,
        which=which,
        within=urls.work_item(item, "changes"),
        told=change_words,
        paper=paper_words,
        **context,
    )
