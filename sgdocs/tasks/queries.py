"""What is asked of tasks: the list and the board of a group, what is one person's, one task by its number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select, union_all
from sqlmodel import col
from sqlmodel import select as rows_of

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.base.paging import Page
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Person
from sgdocs.proceedings.models import ActionItem
from sgdocs.proceedings.queries import documents_of
from sgdocs.tasks import listed
from sgdocs.tasks.listed import ACTION, TASK, TaskFilter, own_id, readable_task
from sgdocs.tasks.models import Task
from sgdocs.tasks.rules import OPEN, State
from sgdocs.work_programme.filtering import visible as visible_item
from sgdocs.work_programme.models import WorkItem

SHOWN_OPEN, SHOWN_DONE = 300, 30


@dataclass(frozen=True)
class TaskRow:
    """One row of the list. task, action: one of them; owner: name of the person, or the words; meeting: of an action item;
    document, item: None also when the actor may not read it."""

    group: Group
    state: State
    owner: str
    owner_slug: str
    document: Document | None
    item: WorkItem | None
    meeting: Meeting | None
    task: Task | None = None
    action: ActionItem | None = None

    @property
    def told(self) -> Task | ActionItem:
        found = self.task or self.action
        assert found is not None, "one of them"
        return found

    @property
    def kind(self) -> str:
        return TASK if self.task else ACTION

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.told.id}"

    @property
    def reason(self) -> str:
        return self.told.withdrawn_reason

    @property
    def changed_at(self) -> datetime:
        if self.task:
            return self.task.changed_at
        assert self.action is not None, "one of them"
        return self.action.withdrawn_at or self.action.done_at or self.action.begun_at or self.action.entered_at

    def is_late(self, today: date) -> bool:
        return self.state in OPEN and self.told.due_on is not None and self.told.due_on < today


def listing(act: Act, asked: TaskFilter, *, number: int = 1, size: int = 100) -> Page[TaskRow]:
    """What is open first, by its day, those without a day last; then what is done, then withdrawn. Five queries."""
    rows, total = after(act, asked, skip=(number - 1) * size, limit=size)
    return Page(rows, total, number, size)


def after(act: Act, asked: TaskFilter, *, skip: int, limit: int) -> tuple[list[TaskRow], int]:
    """Rows of the same list from one place on, and how many there are in all."""
    both = _both(act, asked)
    every = func.count().over()
    found = select(both.c.kind, both.c.id, every).order_by(*_order(both)).limit(limit).offset(skip)
    rows = act.session.execute(found).all()
    total = rows[0][2] if rows else 0
    if not rows and skip:
        total = act.session.execute(select(func.count()).select_from(both)).scalar_one()
    return _loaded(act, [(kind, id) for kind, id, _ in rows]), total


def board(act: Act, asked: TaskFilter) -> list[TaskRow]:
    """What is open, by its day, and what was done lately, the newest first. Four queries."""
    both = _both(act, asked)
    is_open = both.c.state.in_([each.value for each in OPEN])
    opened = select(both.c.kind, both.c.id).where(is_open).order_by(*_order(both)).limit(SHOWN_OPEN).subquery()
    done = select(both.c.kind, both.c.id).where(both.c.state == State.DONE.value)
    done_last = done.order_by(both.c.changed.desc(), both.c.id.desc()).limit(SHOWN_DONE).subquery()
    rows = _loaded(act, act.session.execute(union_all(select(opened), select(done_last))).all())
    ahead = sorted((row for row in rows if row.state is not State.DONE), key=_by_day)
    return ahead + sorted(
        (row for row in rows if row.state is State.DONE), key=lambda row: row.changed_at, reverse=True
    )


def _by_day(row: TaskRow) -> tuple[date, str, str, int]:
    return (row.told.due_on or date.max, row.group.sort_key, row.kind, row.told.number)


def own_tasks(act: Act) -> list[TaskRow]:
    """The open tasks of the actor, action items of meetings not among them (`proceedings.of_person` has these)."""
    own = own_id(act)
    if own is None:
        return []
    found = rows_of(Task.id).where(Task.owner_id == own, col(Task.state).in_([each.value for each in OPEN]))
    ids = act.session.exec(found.order_by(col(Task.due_on).is_(None), col(Task.due_on), col(Task.id)).limit(200)).all()
    return _loaded(act, [(TASK, id) for id in ids])


def by_number(act: Act, group: Group, number: int) -> Task:
    """The task of that number in the group itself, or NotFound."""
    wanted = rows_of(Task).where(Task.group_id == group.id, Task.number == number, readable_task(act))
    return act.session.exec(wanted).first() or missing("task", number)


def row_of(act: Act, kind: str, id: int) -> TaskRow:
    """One row of the list by its kind and id, or NotFound."""
    table = listed.tasks if kind == TASK else listed.actions
    both = table(act, TaskFilter(), geneva_day(act.now)).subquery()
    known = act.session.execute(select(both.c.kind, both.c.id).where(both.c.id == id)).all()
    return next(iter(_loaded(act, known)), None) or missing("task", id)


def owners(act: Act, group_ids: Sequence[int]) -> list[Person]:
    """Who has tasks in these groups, as far as the actor may read them. One query."""
    today = geneva_day(act.now)
    asked = TaskFilter(group_ids=tuple(group_ids))
    mine, theirs = listed.tasks(act, asked, today).subquery(), listed.actions(act, asked, today).subquery()
    of_tasks = select(col(Task.owner_id)).join(mine, mine.c.id == col(Task.id))
    of_actions = select(col(ActionItem.owner_id)).join(theirs, theirs.c.id == col(ActionItem.id))
    ids = union_all(of_tasks, of_actions).subquery()
    named = rows_of(Person).where(col(Person.id).in_(select(ids.c[0])))
    return list(act.session.exec(named.order_by(col(Person.sort_name), col(Person.id))))


def _both(act: Act, asked: TaskFilter) -> Any:
    today = geneva_day(act.now)
    return union_all(listed.tasks(act, asked, today), listed.actions(act, asked, today)).subquery()


def _order(both: Any) -> tuple[Any, ...]:
    ended = case((both.c.state == State.DONE.value, 1), (both.c.state == State.WITHDRAWN.value, 2), else_=0)
    return (ended, both.c.due_on.is_(None), both.c.due_on, both.c.sort_key, both.c.kind, both.c.number, both.c.id)


def _loaded(act: Act, found: Iterable[Any]) -> list[TaskRow]:
    keys = [(kind, id) for kind, id in found]
    rows = {**_tasks(act, [id for kind, id in keys if kind == TASK])}
    rows |= _actions(act, [id for kind, id in keys if kind == ACTION])
    return [rows[key] for key in keys if key in rows]


def _tasks(act: Act, ids: Sequence[int]) -> dict[tuple[str, int], TaskRow]:
    if not ids:
        return {}
    wanted = (
        rows_of(Task, Group, Person)
        .join(Group, col(Group.id) == col(Task.group_id))
        .outerjoin(Person, col(Person.id) == col(Task.owner_id))
        .where(col(Task.id).in_(ids))
    )
    rows = act.session.exec(wanted).all()
    documents = documents_of(act, (task.document_id for task, _, _ in rows))
    items = readable_items(act, [task.work_item_id for task, _, _ in rows])
    return {
        (TASK, task.id or 0): TaskRow(
            group, State(task.state), person.name if person else task.owner, person.slug if person else "",
            documents.get(task.document_id or 0), items.get(task.work_item_id or 0), None, task=task,
        )
        for task, group, person in rows
    }  # fmt: skip


def _actions(act: Act, ids: Sequence[int]) -> dict[tuple[str, int], TaskRow]:
    if not ids:
        return {}
    wanted = (
        rows_of(ActionItem, Group, Meeting, Person)
        .join(Group, col(Group.id) == col(ActionItem.group_id))
        .join(Meeting, col(Meeting.id) == col(ActionItem.meeting_id))
        .outerjoin(Person, col(Person.id) == col(ActionItem.owner_id))
        .where(col(ActionItem.id).in_(ids))
    )
    rows = act.session.exec(wanted).all()
    documents = documents_of(act, (action.document_id for action, _, _, _ in rows))
    return {
        (ACTION, action.id or 0): TaskRow(
            group, state_of(action), person.name if person else action.owner, person.slug if person else "",
            documents.get(action.document_id or 0), None, meeting, action=action,
        )
        for action, group, meeting, person in rows
    }  # fmt: skip


def state_of(action: ActionItem) -> State:
    if action.withdrawn_at is not None:
        return State.WITHDRAWN
    if action.done_at is not None:
        return State.DONE
    return State.DOING if action.begun_at is not None else State.TODO


def readable_items(act: Act, ids: Iterable[int | None]) -> dict[int, WorkItem]:
    """Of these work items those that the actor may read, by id."""
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    found = rows_of(WorkItem).where(col(WorkItem.id).in_(wanted), visible_item(act))
    return {row.id or 0: row for row in act.session.exec(found)}
