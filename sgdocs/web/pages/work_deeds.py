"""Deeds on one work item: register, base text, documents, support, what it waits for, patents, process, move, end."""

from collections.abc import Callable, Sequence
from typing import Any

from babel.dates import format_date
from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.i18n import N_
from sgdocs.people.models import Organisation
from sgdocs.policy import Permission, may, require
from sgdocs.web import urls, work_deeds, work_words
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import language_of, see
from sgdocs.web.work_deeds import Deed
from sgdocs.web.work_frame import framed, item_of, moved
from sgdocs.web.work_meetings import Sat, meeting_named, sat
from sgdocs.work_programme import actions, queries
from sgdocs.work_programme.completeness import needed
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import ItemProcess, PaperRole, Support, processes_for
from sgdocs.work_programme.schemas import (
    AttachForm,
    BaseForm,
    DecidedForm,
    DependencyForm,
    IprForm,
    MergeForm,
    MoveForm,
    ProcessForm,
    SupportForm,
)

pages = APIRouter()

NEW = ("papers", "support", "dependencies")
"""Deeds that add one of several: their forms stand at `…/new`."""
PERMISSIONS = {
    work_deeds.EDITS: Permission.EDIT_ITEM,
    work_deeds.DECIDES: Permission.DECIDE_ITEM,
    work_deeds.SUPPORTS: Permission.SUPPORT_ITEM,
}


# The pages that ask


def _show(
    request: Request, act: Act, item: WorkItem, deed: Deed, filled: Filled[Any], *, status: int = 200
) -> Response:
    _require(act, item, deed)
    _gather(filled, deed)
    held = sat(act, queries.place_of(act.session, item)) if "meeting" in deed.fields else []
    return framed(
        request,
        act,
        "work_programme/deed.html",
        item,
        fragment="form",
        status=status,
        deed=deed,
        filled=filled,
        choices=_choices(request, item),
        meetings=held,
        sittings=_told(request, held),
        lacking=_lacking(act, item) if deed is work_deeds.REGISTER else [],
        own=_own(act, item) if deed is work_deeds.SUPPORT else None,
    )


def _require(act: Act, item: WorkItem, deed: Deed) -> None:
    scope = queries.scope_for(act, item)
    if deed is work_deeds.SUPPORT and may(act.actor, Permission.EDIT_ITEM, scope):
        return
    require(act.actor, PERMISSIONS[deed.by], scope)


def _gather(filled: Filled[Any], deed: Deed) -> None:
    """What stands against a field that the page does not show is said at its head."""
    for name in [name for name in filled.errors if name and name not in deed.fields]:
        filled.errors.setdefault("", filled.errors.pop(name))


def _choices(request: Request, item: WorkItem) -> dict[str, list[tuple[str, str]]]:
    spoken = language_of(request)
    processes = [each for each in processes_for(item.sector, item.kind) if each != item.process]
    return {
        "role": [(role.value, spoken.say(work_words.role(role))) for role in PaperRole],
        "support": [(each.value, spoken.say(work_words.SUPPORTS[each])) for each in Support],
        "process": [(each.value, spoken.say(work_words.process(each))) for each in processes],
    }


def _told(request: Request, held: Sequence[Sat]) -> list[tuple[str, str]]:
    """`T25-SG13-260706, sits now`, for each meeting."""
    spoken = language_of(request)
    now = spoken.say(N_("sits now"))
    days = [now if each.is_open else format_date(each.ends_on, "medium", spoken.locale) for each in held]
    return [(each.code, f"{each.code}, {day}, {each.title}") for each, day in zip(held, days, strict=True)]


def _lacking(act: Act, item: WorkItem) -> list[str]:
    """Fields of the form that the group would decide on, and that say nothing yet."""
    proposal = actions.proposal_of(act, item)
    return [work_words.FIELDS.get(name, name) for name in needed(proposal) if not getattr(proposal, name)]


def _own(act: Act, item: WorkItem) -> Organisation | None:
    """The entity for which somebody speaks who may speak for no other."""
    if may(act.actor, Permission.EDIT_ITEM, queries.scope_for(act, item)) or act.actor.organisation_id is None:
        return None
    return act.session.get(Organisation, act.actor.organisation_id)


def _pages_of(deed: Deed) -> None:
    """The page that asks, for each deed."""
    tail = f"/{deed.word}/new" if deed.word in NEW else f"/{deed.word}"

    def ask(request: Request, act: Reading, name: str, *, role: str = "", document: str = "") -> Response:
        item = item_of(act, name)
        there = moved(request, name, item, tail)
        own = _own(act, item) if deed is work_deeds.SUPPORT else None
        start = {"role": role, "document": document, "support": Support.WORK.value, "name": own.name if own else ""}
        return there or _show(request, act, item, deed, blank(start))

    ask.__name__ = f"ask_{deed.word}"
    pages.get(f"/wi/{{name}}{tail}")(ask)


for _each in work_deeds.ALL:
    _pages_of(_each)


# The deeds


def _done(
    request: Request,
    act: Act,
    name: str,
    deed: Deed,
    filled: Filled[Any],
    *,
    do: Callable[[WorkItem], object],
    tail: str = "",
) -> Response:
    """Act on the item and go to its page; what is refused is shown at the form, and nothing of it is written."""
    item = item_of(act, name)
    _require(act, item, deed)
    made: list[object] = []
    if not filled.ok or not tried(filled, act, lambda: made.append(do(item))):
        act.session.refresh(item)
        return _show(request, act, item, deed, filled, status=422)
    to = made[0] if isinstance(made[0], WorkItem) else item
    return see(urls.work_item(to) + tail, notice=told(request, deed.notice))


@pages.post("/wi/{name}/registration")
def register(request: Request, act: Writing, name: str, filled: Filled[DecidedForm]) -> Response:
    def do(item: WorkItem) -> object:
        return actions.register(act, item, meeting_named(act, filled.value.meeting), reason=filled.value.reason)

    return _done(request, act, name, work_deeds.REGISTER, filled, do=do)


@pages.post("/wi/{name}/reregistration")
def reregister(request: Request, act: Writing, name: str, filled: Filled[DecidedForm]) -> Response:
    def do(item: WorkItem) -> object:
        return actions.reregister(act, item, meeting_named(act, filled.value.meeting), reason=filled.value.reason)

    return _done(request, act, name, work_deeds.REREGISTER, filled, do=do)


@pages.post("/wi/{name}/base")
def set_base(request: Request, act: Writing, name: str, filled: Filled[BaseForm]) -> Response:
    def do(item: WorkItem) -> object:
        form = filled.value
        document = _document(act, form.document) if form.document else None
        meeting = meeting_named(act, form.meeting)
        return actions.set_base(act, item, document, form.part or None, meeting, note=form.note, on=form.on)

    return _done(request, act, name, work_deeds.BASE, filled, do=do, tail="/texts")


@pages.post("/wi/{name}/papers")
def attach(request: Request, act: Writing, name: str, filled: Filled[AttachForm]) -> Response:
    def do(item: WorkItem) -> object:
        form = filled.value
        return actions.attach(act, item, _document(act, form.document), form.role, form.about)

    tail = "/texts" if filled.first("role") == PaperRole.JUSTIFICATION else "/documents"
    return _done(request, act, name, work_deeds.PAPERS, filled, do=do, tail=tail)


@pages.post("/wi/{name}/support")
def support(request: Request, act: Writing, name: str, filled: Filled[SupportForm]) -> Response:
    def do(item: WorkItem) -> object:
        return actions.support(act, item, filled.value)

    return _done(request, act, name, work_deeds.SUPPORT, filled, do=do)


@pages.post("/wi/{name}/dependencies")
def depend(request: Request, act: Writing, name: str, filled: Filled[DependencyForm]) -> Response:
    def do(item: WorkItem) -> object:
        form = filled.value
        on = _item_named(act, "on", form.on) if form.on else None
        return actions.depend(act, item, on, words=form.words, note=form.note)

    return _done(request, act, name, work_deeds.DEPEND, filled, do=do)


@pages.post("/wi/{name}/patents")
def ask_patents(request: Request, act: Writing, name: str, filled: Filled[IprForm]) -> Response:
    def do(item: WorkItem) -> object:
        meeting = meeting_named(act, filled.value.meeting)
        if meeting is None:
            invalid("meeting", "", "The code of a meeting, as in T25-SG13-260706.")
        return actions.ask_ipr(act, item, meeting, filled.value.note)

    return _done(request, act, name, work_deeds.PATENTS, filled, do=do)


@pages.post("/wi/{name}/process")
def change_process(request: Request, act: Writing, name: str, filled: Filled[ProcessForm]) -> Response:
    def do(item: WorkItem) -> object:
        form = filled.value
        meeting = meeting_named(act, form.meeting)
        return actions.change_process(act, item, ItemProcess(form.process), meeting, form.reason)

    return _done(request, act, name, work_deeds.PROCESS, filled, do=do)


@pages.post("/wi/{name}/move")
def move(request: Request, act: Writing, name: str, filled: Filled[MoveForm]) -> Response:
    def do(item: WorkItem) -> object:
        form = filled.value
        meeting = meeting_named(act, form.meeting)
        return actions.move(act, item, form.group, form.question, meeting=meeting, reason=form.reason)

    return _done(request, act, name, work_deeds.MOVE, filled, do=do)


@pages.post("/wi/{name}/merge")
def merge(request: Request, act: Writing, name: str, filled: Filled[MergeForm]) -> Response:
    def do(item: WorkItem) -> object:
        form = filled.value
        into = _item_named(act, "into", form.into)
        return actions.merge(act, item, into, meeting_named(act, form.meeting), form.reason)

    return _done(request, act, name, work_deeds.MERGE, filled, do=do)


@pages.post("/wi/{name}/discontinuation")
def discontinue(request: Request, act: Writing, name: str, filled: Filled[DecidedForm]) -> Response:
    def do(item: WorkItem) -> object:
        return actions.discontinue(act, item, meeting_named(act, filled.value.meeting), filled.value.reason)

    return _done(request, act, name, work_deeds.DISCONTINUE, filled, do=do)


def _document(act: Act, words: str) -> Document:
    """A document by its name, or as people write it when that means one alone."""
    named = documents.alike(act, words)
    exact = [each for each in named if words.strip().casefold() in (each.name.casefold(), each.label.casefold())]
    found = exact or named
    if len(found) != 1:
        invalid("document", words, "The number of one document that you may read, as in T25-SG13-C17.")
    return found[0]


def _item_named(act: Act, field: str, words: str) -> WorkItem:
    tail = words.strip().rsplit("/", 1)[-1]
    return queries.find(act, tail) or invalid(field, words, "The name or number of a work item, as in Y.slice.")
