"""Enter a task of a group, change its words, its day, its owner."""

from typing import Any

from sqlalchemy import func
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, Invalid, NotAllowed, Refusal, refuse
from sgdocs.documents import queries as documents
from sgdocs.groups.models import Group
from sgdocs.groups.queries import actor_for, audience_of, audiences, by_id
from sgdocs.journal.record import record
from sgdocs.people.models import Person
from sgdocs.people.queries import by_email
from sgdocs.policy import Permission, Scope, may, require
from sgdocs.proceedings.queries import documents_of
from sgdocs.tasks import rules
from sgdocs.tasks.models import Task
from sgdocs.tasks.queries import readable_items
from sgdocs.tasks.rules import State
from sgdocs.tasks.schemas import TaskForm
from sgdocs.work_programme import queries as items


def enter(act: Act, group: Group, form: TaskForm) -> Task:
    """A task under the next number of the group. Whoever keeps its tasks: officers, editors, the secretariat."""
    require(act.actor, Permission.KEEP_TASKS, Scope(group.path))
    audience = audience_of(act.session, group)
    owner = _owner(act, form.owner, group, audience)
    task = Task(
        group_id=group.id or 0,
        number=_next_number(act, group),
        text=form.text,
        owner_id=owner.id if owner else None,
        owner="" if owner else form.owner,
        due_on=form.due_on,
        document_id=_document_id(act, form.document),
        work_item_id=_item_id(act, form.item),
        came_from=_place(form.came_from),
        audience=audience,
        entered_by=act.actor.person_id,
        entered_at=act.now,
        changed_at=act.now,
    )
    act.session.add(task)
    act.session.flush()
    note(act, "tasks.entered", task, text=task.text, due_on=str(task.due_on or ""))
    return task


def edit(act: Act, task: Task, form: TaskForm) -> Task:
    """Other words, another day or link; another owner when the actor keeps the tasks of the group. Conflict when the task
    has changed since `form.version`."""
    act.session.refresh(task, with_for_update=True)
    group = by_id(act.session, task.group_id)
    require(act.actor, Permission.KEEP_TASKS, Scope(group.path, owner_id=task.owner_id))
    if task.state == State.WITHDRAWN:
        raise Conflict(rules.WITHDRAWN, number=task.number)
    if form.version is not None and form.version != task.version:
        raise Conflict(CHANGED)
    own = act.session.get(Person, task.owner_id) if task.owner_id is not None else None
    if may(act.actor, Permission.KEEP_TASKS, Scope(group.path)):
        owner = _owner(act, form.owner, group, task.audience)
    elif own is not None and form.owner.lower() in (own.slug, f"/person/{own.slug}", own.email):
        owner = own
    else:  # nobody is looked for: whether an address is known is not for everybody
        raise NotAllowed(rules.KEEPERS)
    is_given = (owner.id if owner else None, "" if owner else form.owner) != (task.owner_id, task.owner)
    was = {"was": task.text} if task.text != form.text else {}
    task.text, task.due_on = form.text, form.due_on
    task.owner_id, task.owner = (owner.id, "") if owner else (None, form.owner)
    task.document_id = _document_id(act, form.document) or _unseen(act, task.document_id)
    task.work_item_id = _item_id(act, form.item) or _unseen_item(act, task.work_item_id)
    task.changed_at, task.version = act.now, task.version + 1
    act.session.add(task)
    act.session.flush()
    verb = "tasks.given" if is_given else "tasks.edited"
    note(act, verb, task, text=task.text, due_on=str(task.due_on or ""), **was)
    return task


def note(act: Act, verb: str, task: Task, **facts: Any) -> None:
    """Read by those who read the papers of the group."""
    told = {name: value for name, value in facts.items() if value not in ("", None)}
    record(act, verb, task, group_id=task.group_id, audience=task.audience, number=task.number, **told)


def _next_number(act: Act, group: Group) -> int:
    """The number after the highest, withdrawn ones counted. Writers of one group queue on its row."""
    act.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())
    return (act.session.execute(select(func.max(Task.number)).where(Task.group_id == group.id)).scalar() or 0) + 1


def _owner(act: Act, words: str, group: Group, audience: str) -> Person | None:
    """A person by e-mail or the end of the address of their page; other words name nobody and stay words.

    Invalid for an address that nobody has, and for who does not read the papers of the group.
    """
    if not words:
        return None
    slug = words.removeprefix("/person/")
    person = by_email(act.session, words) if "@" in words else _by_slug(act, slug)
    if person is None and "@" in words:
        raise Invalid(rules.NO_SUCH_OWNER, field="owner", owner=words)
    if person is not None:
        labels = audiences(Act(act.session, actor_for(act.session, person, act.now), act.now))
        facts = {"name": person.name, "group": group.label}
        refuse(None if audience in labels else Refusal(rules.NOT_A_READER, facts, field="owner"), Invalid)
    return person


def _by_slug(act: Act, slug: str) -> Person | None:
    return act.session.exec(select(Person).where(Person.slug == slug)).first()


def _document_id(act: Act, name: str) -> int | None:
    return documents.by_name(act, name).id if name else None


def _unseen(act: Act, id: int | None) -> int | None:
    """A document that the actor may not read was not in the form: it stays."""
    return id if id is not None and not documents_of(act, [id]) else None


def _unseen_item(act: Act, id: int | None) -> int | None:
    """The same of a work item."""
    return id if id is not None and not readable_items(act, [id]) else None


def _item_id(act: Act, name: str) -> int | None:
    return items.by_handle(act, name).id if name else None


def _place(address: str) -> str:
    """Of a message on this site alone: nobody is led elsewhere by a task."""
    if address and not address.startswith("/discussion/"):
        raise Invalid(rules.NOT_HERE, field="came_from")
    return address
