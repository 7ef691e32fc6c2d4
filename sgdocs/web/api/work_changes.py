"""Accepted changes of a base text, requests clause by clause, and the check of a draft over the API."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.web.api._conventions import one
from sgdocs.web.deps import Reading, Writing
from sgdocs.work_programme import base_texts, queries
from sgdocs.work_programme.actions import changes
from sgdocs.work_programme.change_outgoing import ChangeOut, findings, wishes
from sgdocs.work_programme.change_schemas import AllChangesForm, ChangeForm, UndoForm
from sgdocs.work_programme.models import AcceptedChange, WorkItem

api = APIRouter(prefix="/api/v1/work-items/{name}", tags=["work programme"])
Draft = Annotated[str, Query(max_length=120, description="a document, with or without a part; the next draft without")]


@api.get("/changes")
def accepted(request: Request, act: Reading, name: str) -> Response:
    """Changes that meetings accepted into the base text, undone ones among them."""
    rows = queries.changes_of(act, queries.by_handle(act, name))
    return one(request, {"items": [ChangeOut.of(row).model_dump(mode="json") for row in rows], "total": len(rows)})


@api.post("/changes", status_code=201)
def accept(act: Writing, name: str, form: ChangeForm) -> dict[str, Any]:
    """Enter a change as accepted. 409 when the base text moved since, or another change of the sentence stands."""
    item = queries.by_handle(act, name)
    return _told(act, item, changes.accept(act, item, form))


@api.post("/changes/all", status_code=201)
def accept_all(act: Writing, name: str, form: AllChangesForm) -> dict[str, Any]:
    """Enter all that one document would change; nothing when one of them contradicts."""
    item = queries.by_handle(act, name)
    return {"items": [_told(act, item, row) for row in changes.accept_all(act, item, form)]}


@api.post("/changes/{number}/reversal")
def undo(act: Writing, name: str, number: int, form: UndoForm) -> dict[str, Any]:
    """Undo an accepted change, with the reason."""
    item = queries.by_handle(act, name)
    row = changes.change_numbered(act, item, number) or missing("change", number)
    return _told(act, item, changes.undo(act, item, row, form.reason))


def _told(act: Act, item: WorkItem, row: AcceptedChange) -> dict[str, Any]:
    found = next(each for each in queries.changes_of(act, item) if each.change.id == row.id)
    return ChangeOut.of(found).model_dump(mode="json")


@api.get("/clauses")
def clauses(request: Request, act: Reading, name: str, *, older: bool = False) -> Response:
    """What contributions would change in the base text: one line a document and sentence, with what collides."""
    found = base_texts.requested(act, queries.by_handle(act, name), older=older)
    rows = [each.model_dump(mode="json") for each in wishes(found)] if found else []
    body = {"base": found.base.document.name if found else "", "collisions": found.clashes if found else 0}
    return one(request, body | {"items": rows, "total": len(rows)})


@api.get("/check")
def check(request: Request, act: Reading, name: str, draft: Draft = "") -> Response:
    """A draft against the base text before it and the accepted changes; `base` is "" when there is nothing to check."""
    item = queries.by_handle(act, name)
    chosen = draft or base_texts.next_draft(act, item)
    found = base_texts.checked(act, item, chosen) if chosen else None
    rows = [each.model_dump(mode="json") for each in findings(found)] if found else []
    body = {
        "base": found.base.document.name if found else "",
        "draft": chosen,
        "is_clean": found.check.is_clean if found else None,
    }
    return one(request, body | {"items": rows, "total": len(rows)})
