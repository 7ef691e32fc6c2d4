"""Propose a work item on the form of A.1 or A.13, by hand or from a Word file; edit one."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Query, Request, Response, UploadFile
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import CHANGED, Invalid, NotAllowed, Refusal, Refused
from sgdocs.groups.queries import find, resolve
from sgdocs.i18n import N_
from sgdocs.policy import Permission, require
from sgdocs.web import uploads, urls, work_words
from sgdocs.web.deps import Reading, Writing, services_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import uploading
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.pages.work_items import as_word
from sgdocs.web.pages.work_programme import may_propose
from sgdocs.web.render import language_of, page, see
from sgdocs.web.work_form import ItemFields, fields_of, shaped, start_of
from sgdocs.web.work_frame import framed, item_of, moved
from sgdocs.web.work_meetings import Sat, meeting_named, sat
from sgdocs.work_programme import actions, form_docx, form_reading, queries, rules
from sgdocs.work_programme.form_words import NO_FORM, FormWords, Sheet
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.practice import Practice
from sgdocs.work_programme.schemas import ItemForm

pages = APIRouter()

Upload = Annotated[UploadFile | str | None, File()]
Word = Annotated[str, Query(max_length=120)]
TEMPLATE: Final = "work_programme/new.html"
START: Final = {"kind": "recommendation", "version": "new"}
FIELDS: Final = frozenset(ItemFields.model_fields)


@pages.get("/wi/new")
def new(request: Request, act: Reading, *, group: Word = "", question: Word = "") -> Response:
    _require(act)
    return _page(request, act, blank({**START, "group": group, "question": question}))


def _require(act: Act) -> None:
    """Somebody who may propose somewhere; the action asks about the very place."""
    if not may_propose(act):
        require(act.actor, Permission.PROPOSE_ITEM)


def _page(
    request: Request, act: Act, filled: Filled[Any], *, status: int = 200, read: str = "", more: int = 0
) -> Response:
    """The form. read: name of the file that it was filled from; more: forms in that file besides the one shown."""
    _to_head(filled)
    return page(
        request,
        TEMPLATE,
        fragment="form",
        status=status,
        filled=filled,
        says=work_words,
        meetings=_sat(act, filled),
        warnings=_warnings(request, act, filled),
        read=read,
        more=more,
        **work_words.choices(language_of(request).say),
    )


def _to_head(filled: Filled[Any]) -> None:
    """What stands against a field that the page does not show is said at its head."""
    for name in [name for name in filled.errors if name and name not in FIELDS and name != "file"]:
        filled.errors.setdefault("", filled.errors.pop(name))


def _sat(act: Act, filled: Filled[Any]) -> list[Sat]:
    """Meetings that may have decided, once the form says where."""
    words = filled.first("group") or filled.first("question")
    on = geneva_day(act.now)
    group = (find(act.session, words) or next(iter(resolve(act.session, words, on)), None)) if words else None
    return sat(act, group) if group else []


def _warnings(request: Request, act: Act, filled: Filled[Any]) -> list[Refusal]:
    """What a person may confirm all the same: shown once a form was sent that is right otherwise."""
    if filled.errors.keys() != {"accept"} or filled.given is None:
        return []
    form = shaped(language_of(request), filled, "new")
    practice = Practice.of(services_of(request).settings)
    return list(actions.warnings(act, form, practice=practice)) if form else []


@pages.post("/wi/new")
def propose(request: Request, act: Writing, filled: Filled[ItemFields]) -> Response:
    """Proposed, to be confirmed by a meeting; or registered at once when an officer names the meeting that decided."""
    _require(act)
    if not filled.first("question").strip() and not filled.first("group").strip():
        filled.errors["question"] = told(request, N_("Name the Question; where there is none, the group."))
    form: ItemForm | None = shaped(language_of(request), filled, "new") if filled.ok else None
    made: list[WorkItem] = []
    if form is None or not tried(filled, act, lambda: made.append(_made(request, act, filled.value, form))):
        return _page(request, act, filled, status=422)
    is_entered = made[0].status != rules.ItemStatus.PENDING
    words = N_("The work item is registered.") if is_entered else N_("The work item is proposed.")
    return see(urls.work_item(made[0]), notice=told(request, words))


def _made(request: Request, act: Act, fields: ItemFields, form: ItemForm) -> WorkItem:
    practice = Practice.of(services_of(request).settings)
    if not fields.meeting.strip():
        return actions.propose(act, form, practice=practice)
    return actions.enter(act, form, meeting_named(act, fields.meeting), reason=fields.reason, practice=practice)


# From and to Word


@pages.get("/wi/form-{sheet}.docx")
def empty_form(sheet: Sheet) -> Response:
    """The form with nothing in it."""
    what = "" if sheet is Sheet.A1 else "Technical report"
    return as_word(form_docx.write([FormWords(sheet, what=what)]), f"form-{sheet}.docx")


class FileForm(BaseModel):
    """Beside the file: where the form is for."""

    group: str = ""
    question: str = ""


@pages.post("/wi/new/reading", dependencies=[uploading()])
def read(request: Request, act: Reading, filled: Filled[FileForm], *, file: Upload = None) -> Response:
    """The page, filled with what the form in the file says; nothing is proposed yet."""
    _require(act)
    start = {**START, "group": filled.first("group"), "question": filled.first("question")}
    try:
        name, forms = _forms_in(request, file)
    except Refused as refused:
        return _page(request, act, Filled(blank(start).raw, request=request).refused(refused), status=422)
    known = {key: value for key, value in start_of(forms[0]).items() if value}
    return _page(request, act, blank({**start, **known}), read=name, more=len(forms) - 1)


def _forms_in(request: Request, file: UploadFile | str | None) -> tuple[str, tuple[FormWords, ...]]:
    """The name of the file and the forms in it, at least one. Read in the confined reader; the file is not kept."""
    given = uploads.given(file)
    if given is None:
        raise Invalid(NO_FORM, field="file", name="–")
    brought = uploads.take(services_of(request), given, is_kept=False)
    forms = form_reading.read(brought.reading.units)
    if not forms:
        raise Invalid(NO_FORM, field="file", name=brought.given_name[:80])
    return brought.given_name, forms


# Edit


@pages.get("/wi/{name}/edit")
def editing(request: Request, act: Reading, name: str) -> Response:
    item = item_of(act, name)
    there = moved(request, name, item, "/edit")
    return there or _edit_page(request, act, item, blank(fields_of(act, item)))


def _edit_page(request: Request, act: Act, item: WorkItem, filled: Filled[Any], *, status: int = 200) -> Response:
    require(act.actor, Permission.EDIT_ITEM, queries.scope_for(act, item))
    _to_head(filled)
    choices: dict[str, Any] = {**work_words.choices(language_of(request).say)}
    return framed(request, act, "work_programme/edit.html", item, status=status, filled=filled, **choices)


@pages.post("/wi/{name}/edit")
def edit(request: Request, act: Writing, name: str, filled: Filled[ItemFields]) -> Response:
    item = item_of(act, name)
    require(act.actor, Permission.EDIT_ITEM, queries.scope_for(act, item))
    if filled.first("seen_at") != item.changed_at.isoformat():
        return _outdated(request, act, item, filled)
    form = shaped(language_of(request), filled, "edit") if filled.ok else None
    if form is None or not _edited(filled, act, item, form):
        return _edit_page(request, act, item, filled, status=422)
    return see(urls.work_item(item), notice=told(request, N_("The work item is changed.")))


def _edited(filled: Filled[ItemFields], act: Act, item: WorkItem, form: Any) -> bool:
    def verb() -> None:
        try:
            actions.edit(act, item, form)
        except NotAllowed:
            raise
        except Refused:
            act.session.expire(item)
            raise

    return tried(filled, act, verb)


def _outdated(request: Request, act: Act, item: WorkItem, filled: Filled[ItemFields]) -> Response:
    """What was typed stays; sent again it is written over what the other one wrote."""
    filled.raw = {**filled.raw, "seen_at": [item.changed_at.isoformat()]}
    filled.errors[""] = language_of(request).sentence(CHANGED.says, {})
    return _edit_page(request, act, item, filled, status=409)
