"""The two kinds of tasks as rows of one selection: small tasks of groups, action items of meetings. SQL conditions alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, false, literal, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.groups.rules import PARTS
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible as visible_meeting
from sgdocs.policy import audiences as labels_of
from sgdocs.proceedings.models import ActionItem
from sgdocs.tasks.models import Task
from sgdocs.tasks.rules import Due, State

TASK, ACTION = "task", "action"
PUBLIC: Final = "public"


@dataclass(frozen=True)
class TaskFilter:
    """What a list is asked for; None and () ask nothing. group_ids: of the groups; nobodys: of no person; words: all must
    stand in the text; document_id, item_id: what a task is linked to."""

    group_ids: tuple[int, ...] | None = None
    states: tuple[State, ...] = ()
    owner_id: int | None = None
    nobodys: bool = False
    due: Due | None = None
    meeting_id: int | None = None
    words: str = ""
    number: int | None = None
    document_id: int | None = None
    item_id: int | None = None


def state_of_action() -> ColumnElement[str]:
    """The state of an action item, in the words of tasks."""
    return case(
        (col(ActionItem.withdrawn_at).is_not(None), State.WITHDRAWN.value),
        (col(ActionItem.done_at).is_not(None), State.DONE.value),
        (col(ActionItem.begun_at).is_not(None), State.DOING.value),
        else_=State.TODO.value,
    )


def tasks(act: Act, asked: TaskFilter, today: date) -> Select[Any]:
    """kind, id, state, due_on, changed, sort_key, number of the tasks that the actor may read."""
    told = _columns(TASK, Task, col(Task.state), col(Task.changed_at))
    found = select(*told).join(Group, col(Group.id) == col(Task.group_id)).where(readable_task(act))
    found = found.where(*_common(Task, asked, today))
    if asked.item_id is not None:
        found = found.where(col(Task.work_item_id) == asked.item_id)
    if asked.number is not None:
        found = found.where(col(Task.number) == asked.number)
    return found.where(false()) if asked.meeting_id is not None else found


def actions(act: Act, asked: TaskFilter, today: date) -> Select[Any]:
    """The same columns of the action items that the actor may read."""
    changed = case((col(ActionItem.done_at).is_not(None), col(ActionItem.done_at)), else_=col(ActionItem.entered_at))
    own, parent, above = Group, aliased(Group), aliased(Group)
    at = aliased(Group)
    found = (
        select(*_columns(ACTION, ActionItem, state_of_action(), changed))
        .join(own, col(own.id) == col(ActionItem.group_id))
        .join(Meeting, col(Meeting.id) == col(ActionItem.meeting_id))
        .join(at, col(at.id) == col(Meeting.group_id))
        .outerjoin(parent, col(parent.id) == col(at.parent_id))
        .outerjoin(above, col(above.id) == col(parent.parent_id))
    )
    label = case(
        (col(Meeting.audience) != PUBLIC, col(Meeting.audience)),
        (col(at.kind).not_in(PARTS) | col(at.parent_id).is_(None), col(at.path)),
        (col(parent.kind).not_in(PARTS) | col(above.path).is_(None), col(parent.path)),
        else_=col(above.path),
    )
    found = found.where(_readable_action(act, label), *_common(ActionItem, asked, today))
    if asked.meeting_id is not None:
        found = found.where(col(ActionItem.meeting_id) == asked.meeting_id)
    return found.where(false()) if asked.item_id is not None else found


def readable_task(act: Act) -> ColumnElement[bool]:
    """Who reads the papers of the group, and whose task it is."""
    return or_(col(Task.audience).in_(audiences(act)), col(Task.owner_id) == (own_id(act) or 0))


def _readable_action(act: Act, label: ColumnElement[Any]) -> ColumnElement[bool]:
    """As the papers of its meeting; whoever was given one reads it. Source: domain 8.3."""
    labels = audiences(act)
    codes = [each.removeprefix("meeting:") for each in labels if each.startswith("meeting:")]
    seen = or_(label.in_(labels), col(Meeting.code).in_(codes), col(ActionItem.owner_id) == (own_id(act) or 0))
    return and_(visible_meeting(act), seen)


def own_id(act: Act) -> int | None:
    """The person who acts, when they may read what is theirs."""
    id = act.actor.person_id
    return id if id is not None and f"person:{id}" in labels_of(act.actor) else None


def _columns(kind: str, table: type[Task] | type[ActionItem], state: Any, changed: Any) -> list[Any]:
    return [
        literal(kind).label("kind"),
        col(table.id).label("id"),
        state.label("state"),
        col(table.due_on).label("due_on"),
        changed.label("changed"),
        col(Group.sort_key).label("sort_key"),
        col(table.number).label("number"),
    ]


def _common(table: type[Task] | type[ActionItem], asked: TaskFilter, today: date) -> list[ColumnElement[bool]]:
    state: ColumnElement[str] = cast(col(Task.state), String) if table is Task else state_of_action()
    found: list[ColumnElement[bool]] = []
    if asked.group_ids is not None:
        found.append(col(table.group_id).in_(asked.group_ids))
    if asked.states:
        found.append(state.in_([each.value for each in asked.states]))
    if asked.owner_id is not None:
        found.append(col(table.owner_id) == asked.owner_id)
    if asked.nobodys:
        found.append(col(table.owner_id).is_(None))
    if asked.document_id is not None:
        found.append(col(table.document_id) == asked.document_id)
    if asked.due is not None:
        found += _due(table, asked.due, today, state)
    return [*found, *(col(table.text).ilike(_like(word), escape="\\") for word in asked.words.split()[:10])]


def _due(
    table: type[Task] | type[ActionItem], due: Due, today: date, state: ColumnElement[str]
) -> list[ColumnElement[bool]]:
    on = col(table.due_on)
    if due is Due.NONE:
        return [on.is_(None)]
    if due is Due.OVERDUE:
        return [on < today, state.in_([State.TODO.value, State.DOING.value])]
    return [on >= today, on <= today + timedelta(days=7 if due is Due.WEEK else 31)]


def _like(word: str) -> str:
    return "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
