"""Tasks over the API: `/api/v1/tasks`, the list with the filters of the board, and every verb."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.tasks import actions, queries
from sgdocs.tasks.models import Task
from sgdocs.tasks.schemas import MoveForm, TaskForm, TaskOut
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.task_filters import Asking
from sgdocs.web.task_rows import out

api = APIRouter(prefix="/api/v1/tasks", tags=["tasks"])
Path = Annotated[str, Query(max_length=120, description="path of a group, T/SG15/T25/Q2")]


@api.get("", response_model=list[TaskOut], summary="Tasks and action items")
def tasks(
    request: Request, act: Reading, services: Svc, asked: Paging, *, filters: Asking, group: Path = ""
) -> Response:
    """Of a group and its parts, or of all that the caller may read; open ones first. The filters are those of the board."""
    wanted = filters.in_group(act, groups.by_path(act.session, group)) if group else filters.filter(act, None)
    rows, total = queries.after(act, wanted, skip=asked.skip, limit=asked.limit + 1)
    site = services.settings.public_url
    return listing(
        request, asked, rows, total=total, item=lambda row: out(act, row, site), cursor=lambda _: (asked.skip + asked.limit,)
    )  # fmt: skip


class NewTask(TaskForm):
    """group: path of the group whose task it is."""

    group: str


@api.post("", status_code=201)
def enter(act: Writing, services: Svc, form: NewTask) -> TaskOut:
    group = groups.by_path(act.session, form.group)
    return _told(act, services, actions.enter(act, group, form))


@api.get("/{number}", response_model=TaskOut)
def show(request: Request, act: Reading, services: Svc, number: int, group: Path) -> Response:
    """One task by its number in its group."""
    return one(request, _told(act, services, _task(act, group, number)))


@api.put("/{number}")
def edit(act: Writing, services: Svc, number: int, group: Path, form: TaskForm) -> TaskOut:
    """The task as it shall be. 409 when it has changed since `version`."""
    return _told(act, services, actions.edit(act, _task(act, group, number), form))


@api.post("/{number}/move")
def move(act: Writing, services: Svc, number: int, group: Path, form: MoveForm) -> TaskOut:
    """Another state: todo, doing, done, withdrawn (with a reason). 409 when it is not `seen` any more."""
    return _told(act, services, actions.move(act, _task(act, group, number), form))


def _task(act: Act, path: str, number: int) -> Task:
    group: Group = groups.by_path(act.session, path)
    return queries.by_number(act, group, number)


def _told(act: Act, services: Svc, task: Task) -> TaskOut:
    return out(act, queries.row_of(act, "task", task.id or 0), services.settings.public_url)
