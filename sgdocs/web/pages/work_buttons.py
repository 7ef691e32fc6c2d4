"""Buttons on the page of a work item that need no form: it is there, the support ends, the document does not belong."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import Field

from sgdocs.base.act import Act
from sgdocs.base.errors import NotAllowed, Refused, missing
from sgdocs.i18n import N_
from sgdocs.web import urls
from sgdocs.web.deps import Writing
from sgdocs.web.render import language_of, see
from sgdocs.web.work_frame import item_of
from sgdocs.work_programme import actions, queries
from sgdocs.work_programme.rules import PaperRole
from sgdocs.work_programme.schemas import AttachForm, SupportForm

pages = APIRouter()


def _pressed(request: Request, act: Act, back: str, verb: Callable[[], object], *, says: str) -> Response:
    """Do it and go back with a word; a refusal is told there, and nothing of it is written."""
    spoken = language_of(request)
    try:
        with act.session.begin_nested():
            verb()
    except NotAllowed:
        raise
    except Refused as refused:
        return see(back, notice=spoken.refusal(refused))
    return see(back, notice=spoken.say(says))


@pages.post("/wi/{name}/dependencies/{number}/release")
def release(request: Request, act: Writing, name: str, number: int) -> Response:
    item = item_of(act, name)
    back, says = urls.work_item(item), N_("It does not wait for that any more.")
    return _pressed(request, act, back, lambda: actions.release(act, item, number), says=says)


@pages.post("/wi/{name}/support/withdrawal")
def withdraw_support(request: Request, act: Writing, name: str, form: Annotated[SupportForm, Form()]) -> Response:
    item = item_of(act, name)
    back, says = urls.work_item(item), N_("The support is taken back.")
    return _pressed(request, act, back, lambda: actions.withdraw_support(act, item, form), says=says)


class DetachForm(AttachForm):
    """Which of the roles of a document ends."""

    role: PaperRole = Field()


@pages.post("/wi/{name}/papers/removal")
def detach(request: Request, act: Writing, name: str, form: Annotated[DetachForm, Form()]) -> Response:
    item = item_of(act, name)
    row = next((each for each in queries.papers_of(act, item) if each.document.name == form.document), None)
    document = row.document if row else missing("document", form.document)
    back, says = urls.work_item(item, "documents"), N_("The document does not belong to the item any more.")
    return _pressed(request, act, back, lambda: actions.detach(act, item, document, form.role, form.about), says=says)
