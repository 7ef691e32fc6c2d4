"""The tasks of a group and its parts: the board, the list, as files; and those of one person."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.groups.queries import audience_of, audiences
from sgdocs.meetings.calendar import Happening
from sgdocs.policy import Permission, Scope, may
from sgdocs.tasks import queries
from sgdocs.tasks.queries import TaskRow
from sgdocs.tasks.rules import COLUMNS as STATES
from sgdocs.tasks.schemas import COLUMNS
from sgdocs.web import task_words
from sgdocs.web.calendar_files import calendar_file
from sgdocs.web.deps import Reading, Svc, services_of
from sgdocs.web.exports import Export, export
from sgdocs.web.limits import limited
from sgdocs.web.pages.calendar import Key, reader
from sgdocs.web.pages.group_places import moved, seen, today_of
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page
from sgdocs.web.task_filters import Asking, Wanted
from sgdocs.web.task_rows import address_of, out

pages = APIRouter()
MOST, SIZE = 2_000, 100
Number = Annotated[int, Query(alias="page", ge=1, le=10_000)]


@pages.get("/group/{path:path}/tasks")
def of_group(request: Request, act: Reading, path: str, asked: Asking, number: Number = 1) -> Response:
    """Everything of the group and its parts that the reader may see: a board, or with `?view=list` a list."""
    place = seen(act.session, path, today_of(request))
    there = moved(request, place, path, "/tasks")
    if there is not None:
        return there
    wanted = asked.in_group(act, place.group)
    found = queries.listing(act, wanted, number=number, size=SIZE) if asked.is_list else None
    rows = list(found.rows) if found else queries.board(act, wanted)
    return page(
        request,
        "tasks/group.html",
        group=place.group,
        at=place.address,
        rows=rows,
        found=found,
        board=[(state, [row for row in rows if row.state is state]) for state in STATES],
        reads=audience_of(act.session, place.group) in audiences(act),
        may_keep=may(act.actor, Permission.KEEP_TASKS, Scope(place.group.path)),
        owners=queries.owners(act, wanted.group_ids or ()),
        page_of=lambda number: asked.address(f"{place.address}/tasks", number),
        **context(act, asked),
    )


def context(act: Act, asked: Wanted) -> dict[str, Any]:
    """What the lists of tasks show beside their rows."""

    def may_move(row: TaskRow) -> bool:
        if row.task is not None:
            return may(act.actor, Permission.KEEP_TASKS, Scope(row.group.path, owner_id=row.told.owner_id))
        if may(act.actor, Permission.KEEP_PROCEEDINGS, Scope(row.group.path)):
            return True
        return may(act.actor, Permission.COMPLETE_ACTION, Scope(row.group.path, owner_id=row.told.owner_id))

    return {
        "asked": asked,
        "says": task_words,
        "today": geneva_day(act.now),
        "address_of": address_of,
        "may_move": may_move,
        "states": STATES,
    }


@pages.get("/group/{path:path}/tasks.ics", dependencies=[limited("api")])
def calendar(request: Request, act: Reading, path: str, asked: Asking, key: Key = "") -> Response:
    """The days by which open tasks are due. For a key of this feed; there is none without."""
    place = seen(act.session, path, today_of(request))
    who = reader(request, act, key, f"tasks:{place.group.path}")
    if who.person is None:
        missing("calendar", "tasks")
    wanted = Wanted(**{**vars(asked), "state": asked.state or "open"}).in_group(who.act, place.group)
    rows = queries.listing(who.act, wanted, size=MOST).rows
    site, spoken = services_of(request).settings.public_url.rstrip("/"), language_of(request)
    title = f"{place.group.label}: {spoken.say('Tasks')}"
    found = [_happening(row, site) for row in rows if row.told.due_on]
    return calendar_file(request, title, found, file_name="tasks")


def _happening(row: TaskRow, site: str) -> Happening:
    assert row.told.due_on is not None, "asked by its day"
    return Happening(
        uid=row.key,
        title=f"{row.group.label} {row.told.number}: {row.told.text[:120]}",
        starts=row.told.due_on,
        ends=row.told.due_on,
        changed_at=row.changed_at,
        sequence=row.task.version if row.task else 0,
        text=row.owner,
        address=site + address_of(row),
        kind="task",
    )


@pages.get("/group/{path:path}/tasks.{form}")
def of_group_as(request: Request, act: Reading, services: Svc, path: str, form: Export, *, asked: Asking) -> Response:
    place = seen(act.session, path, today_of(request))
    found = queries.listing(act, asked.in_group(act, place.group), size=MOST)
    site = services.settings.public_url
    rows = [out(act, row, site) for row in found.rows]
    return export(form, f"{place.group.label} tasks", rows, COLUMNS, total=found.total)


@pages.get("/my/tasks")
def mine(request: Request, act: Reading, asked: Asking, number: Number = 1) -> Response:
    """What is mine to do, in every group."""
    me(request, act)
    own = Wanted(**{**vars(asked), "owner": "me", "view": "list", "state": asked.state or "open"})
    found = queries.listing(act, own.filter(act, None), number=number, size=SIZE)
    return page(
        request,
        "tasks/mine.html",
        found=found,
        rows=list(found.rows),
        page_of=lambda number: own.address("/my/tasks", number),
        **context(act, own),
    )


@pages.get("/my/tasks.{form}")
def mine_as(request: Request, act: Reading, services: Svc, form: Export, *, asked: Asking) -> Response:
    me(request, act)
    own = Wanted(**{**vars(asked), "owner": "me", "state": asked.state or "open"})
    found = queries.listing(act, own.filter(act, None), size=MOST)
    rows = [out(act, row, services.settings.public_url) for row in found.rows]
    return export(form, "my tasks", rows, COLUMNS, total=found.total)
