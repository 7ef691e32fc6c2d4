"""Move a task, or an action item of a meeting, from one column of the board to another."""

from sqlalchemy import update
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, Invalid, NotAllowed, Refusal, refuse
from sgdocs.groups.models import Group
from sgdocs.groups.queries import by_id
from sgdocs.policy import Permission, Scope, may, require
from sgdocs.proceedings.actions import decisions
from sgdocs.tasks import rules
from sgdocs.tasks.actions.entering import note
from sgdocs.tasks.models import Task
from sgdocs.tasks.queries import TaskRow, state_of
from sgdocs.tasks.rules import State
from sgdocs.tasks.schemas import MoveForm


def move(act: Act, task: Task, form: MoveForm) -> Task:
    """The task gets another state. Its owner moves it; withdrawing it, and taking it up again, is for those who keep the
    tasks of the group. Conflict when somebody moved it meanwhile."""
    group, state = by_id(act.session, task.group_id), State(task.state)
    require(act.actor, Permission.KEEP_TASKS, Scope(group.path, owner_id=task.owner_id))
    refuse(why_not_keep(act, group, state, form.to), NotAllowed)
    if form.seen is not None and form.seen is not state:
        raise Conflict(CHANGED)
    refusal = rules.why_not_move(task.number, state, form.to, reason=form.reason)
    refuse(refusal, Invalid if refusal and refusal.field else Conflict)
    values = {
        "state": form.to.value,
        "version": task.version + 1,
        "changed_at": act.now,
        "done_at": act.now if form.to is State.DONE else None,
        "withdrawn_reason": form.reason if form.to is State.WITHDRAWN else "",
    }
    moved = update(Task).where(col(Task.id) == task.id, col(Task.state) == state.value).values(**values)
    if act.session.connection().execute(moved).rowcount != 1:
        raise Conflict(CHANGED)
    act.session.refresh(task)
    note(act, _verb(state, form.to), task, text=task.text, reason=form.reason, to=form.to.value)
    return task


def why_not_keep(act: Act, group: Group, state: State, to: State) -> Refusal | None:
    """Why the actor may not withdraw the task or take it up again, though it is theirs."""
    is_keeping = State.WITHDRAWN in (state, to)
    allowed = not is_keeping or may(act.actor, Permission.KEEP_TASKS, Scope(group.path))
    return None if allowed else Refusal(rules.KEEPERS)


def _verb(state: State, to: State) -> str:
    if to is State.DONE:
        return "tasks.done"
    if to is State.WITHDRAWN:
        return "tasks.withdrawn"
    return "tasks.reopened" if state in (State.DONE, State.WITHDRAWN) else "tasks.moved"


def move_action(act: Act, row: TaskRow, form: MoveForm) -> None:
    """The same for an action item of a meeting, with the verbs of its meeting. It is withdrawn there, not here."""
    action, meeting, group = row.action, row.meeting, row.group
    assert action is not None, "an action item"
    assert meeting is not None, "an action item"
    state = state_of(action)
    if form.seen is not None and form.seen is not state:
        raise Conflict(CHANGED)
    if State.WITHDRAWN in (state, form.to):
        raise Conflict(rules.NOT_OF_MEETINGS)
    refuse(rules.why_not_move(action.number, state, form.to))
    if form.to is State.DONE:
        decisions.complete(act, meeting, group, action)
        return
    if state is State.DONE or form.to is State.TODO:
        decisions.reopen(act, meeting, group, action)
    if form.to is State.DOING:
        decisions.begin(act, meeting, group, action)
