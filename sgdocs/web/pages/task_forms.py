"""One task: its page with its history, entering, editing and moving it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.journal.record import history_of
from sgdocs.policy import Permission, Scope, may, reads, require
from sgdocs.tasks import actions, queries
from sgdocs.tasks.models import Task
from sgdocs.tasks.queries import TaskRow
from sgdocs.tasks.rules import MOVES, State
from sgdocs.tasks.schemas import MoveForm, TaskForm
from sgdocs.web import history as histories
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.pages.group_places import moved, seen, today_of
from sgdocs.web.pages.tasks import context
from sgdocs.web.render import page, see
from sgdocs.web.task_filters import Wanted
from sgdocs.web.task_rows import address_of

pages = APIRouter()
Words = Annotated[str, Query(max_length=2_000)]
Line = Annotated[str, Query(max_length=300)]
MOVED = {
    State.TODO: N_("The task is to do."),
    State.DOING: N_("The task is in hand."),
    State.DONE: N_("The task is done."),
    State.WITHDRAWN: N_("The task is withdrawn; its number stays."),
}


@pages.get("/group/{path:path}/tasks/new")
def ask_for(
    request: Request, act: Reading, path: str, *, text: Words = "", came_from: Line = "", document: Line = "", item: Line = ""
) -> Response:  # fmt: skip
    """The form of a new task. The query fills it: from a message, a document, a work item."""
    place = seen(act.session, path, today_of(request))
    there = moved(request, place, path, "/tasks/new")
    if there is not None:
        return there
    start = {"text": text, "came_from": came_from, "document": document, "item": item}
    return _new(request, act, place.group, blank(start))


@pages.post("/group/{path:path}/tasks")
def enter(request: Request, act: Writing, path: str, filled: Filled[TaskForm]) -> Response:
    group = seen(act.session, path, today_of(request)).group
    require(act.actor, Permission.KEEP_TASKS, Scope(group.path))
    made: list[Task] = []
    if not filled.ok or not tried(filled, act, lambda: made.append(actions.enter(act, group, filled.value))):
        return _new(request, act, group, filled, status=422)
    return see(f"{urls.group(group.path)}/tasks#task-{made[0].id}", notice=told(request, N_("The task is entered.")))


def _new(request: Request, act: Act, group: Group, filled: Filled[Any], *, status: int = 200) -> Response:
    require(act.actor, Permission.KEEP_TASKS, Scope(group.path))
    return _framed(request, group, "tasks/form.html", status=status, filled=filled, task=None)


def _framed(request: Request, group: Group, template: str, *, status: int = 200, **more: Any) -> Response:
    return page(request, template, status=status, group=group, at=urls.group(group.path), **more)


@pages.get("/group/{path:path}/tasks/{number:int}")
def show(request: Request, act: Reading, path: str, number: int) -> Response:
    place = seen(act.session, path, today_of(request))
    there = moved(request, place, path, f"/tasks/{number}")
    if there is not None:
        return there
    task = queries.by_number(act, place.group, number)
    row = queries.row_of(act, "task", task.id or 0)
    entries = [each for each in history_of(act.session, "task", [task.id or 0]) if reads(act.actor, each.audience)]
    keeps = may(act.actor, Permission.KEEP_TASKS, Scope(place.group.path))
    return _framed(
        request,
        place.group,
        "tasks/show.html",
        row=row,
        task=task,
        moves=[to for to in MOVES[row.state] if keeps or State.WITHDRAWN not in (row.state, to)],
        keeps=keeps,
        lines=histories.lines(request, act, entries),
        filled=blank(),
        **context(act, Wanted()),
    )


@pages.get("/group/{path:path}/tasks/{number:int}/edit")
def editing(request: Request, act: Reading, path: str, number: int) -> Response:
    place = seen(act.session, path, today_of(request))
    there = moved(request, place, path, f"/tasks/{number}/edit")
    if there is not None:
        return there
    return _editing(request, act, place.group, queries.by_number(act, place.group, number))


def _editing(
    request: Request, act: Act, group: Group, task: Task, filled: Filled[Any] | None = None, *, status: int = 200
) -> Response:
    require(act.actor, Permission.KEEP_TASKS, Scope(group.path, owner_id=task.owner_id))
    row = queries.row_of(act, "task", task.id or 0)
    start = {
        "text": task.text,
        "owner": row.owner_slug or row.owner,
        "due_on": task.due_on.isoformat() if task.due_on else "",
        "document": row.document.name if row.document else "",
        "item": str(row.item.number) if row.item else "",
        "version": task.version,
    }
    return _framed(request, group, "tasks/form.html", status=status, filled=filled or blank(start), task=task)


@pages.post("/group/{path:path}/tasks/{number:int}/edit")
def edit(request: Request, act: Writing, path: str, number: int, filled: Filled[TaskForm]) -> Response:
    group = seen(act.session, path, today_of(request)).group
    task = queries.by_number(act, group, number)
    if not filled.ok or not tried(filled, act, lambda: actions.edit(act, task, filled.value)):
        return _editing(request, act, group, task, filled, status=422)
    return see(urls.task(group.path, number), notice=told(request, N_("The task is changed.")))


class BoardMove(MoveForm):
    """back: where the button stood."""

    back: str = ""


@pages.post("/group/{path:path}/tasks/{number:int}/move")
def move(request: Request, act: Writing, path: str, number: int, filled: Filled[BoardMove]) -> Response:
    group = seen(act.session, path, today_of(request)).group
    row = queries.row_of(act, "task", queries.by_number(act, group, number).id or 0)
    return _moved(request, act, row, filled)


@pages.post("/my/tasks/action/{id:int}/move")
def move_action(request: Request, act: Writing, id: int, filled: Filled[BoardMove]) -> Response:
    """An action item of a meeting, from the board or from my list."""
    return _moved(request, act, queries.row_of(act, "action", id), filled)


def _moved(request: Request, act: Act, row: TaskRow, filled: Filled[BoardMove]) -> Response:
    """Back to where the button stood. A refusal is told there in one sentence."""
    back = _back(filled.first("back"), row)
    if not filled.ok:
        return see(back, notice=" ".join(filled.errors.values()))
    form = filled.value
    try:
        with act.session.begin_nested():
            if row.task is not None:
                actions.move(act, row.task, form)
            else:
                actions.move_action(act, row, form)
    except Refused as refused:
        filled.refused(refused)
        return see(back, notice=" ".join(filled.errors.values()))
    return see(back, notice=told(request, MOVED[form.to]))


def _back(asked: str, row: TaskRow) -> str:
    """A place of tasks on this site; else the page of the task itself."""
    bare = asked.partition("?")[0]
    is_known = bare == "/my/tasks" or (bare.startswith("/group/") and bare.endswith("/tasks"))
    return f"{asked}#{row.key}" if is_known and "//" not in bare and "\\" not in asked else address_of(row)
