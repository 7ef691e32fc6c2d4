"""Verbs on agendas: fill from a skeleton, add, edit, move, delete, restore. Source: domain 5.2."""

from typing import Any

from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, Invalid, Refusal, invalid, refuse
from sgdocs.groups.models import Group, GroupTerm
from sgdocs.groups.queries import find
from sgdocs.journal.record import record
from sgdocs.meetings import agenda_rules as rules
from sgdocs.meetings.agenda import nodes_of
from sgdocs.meetings.agenda_rules import ItemKind, Place, Step
from sgdocs.meetings.agenda_schemas import ItemForm
from sgdocs.meetings.agenda_templates import TEMPLATES, Template
from sgdocs.meetings.models import Agenda, AgendaItem, Meeting, Sitting
from sgdocs.meetings.queries import groups_of
from sgdocs.policy import Permission, Scope, require


def fill(act: Act, meeting: Meeting, group: Group, template: Template) -> Agenda:
    """Write the items of a skeleton into an agenda that has none yet."""
    head = _open(act, meeting, group)
    if _items(act, meeting, group):
        raise Conflict(rules.NOT_EMPTY)
    head.template = template.value
    act.session.add(head)
    top: AgendaItem | None = None
    places: dict[int | None, int] = {}
    for line in TEMPLATES[template]:
        for title, question in _titles(act, meeting, group, line.title, each=line.each_question):
            parent = top.id if line.depth and top is not None else None
            item = AgendaItem(
                meeting_id=head.meeting_id,
                group_id=head.group_id,
                parent_id=parent,
                position=places.get(parent, 0),
                kind=line.kind.value,
                title=title,
                question_id=question,
            )
            places[parent] = item.position + 1
            act.session.add(item)
            act.session.flush()
            top = item if line.depth == 0 else top
    _note(act, meeting, "agenda.filled", head, group, template=template.value)
    return head


def _titles(act: Act, meeting: Meeting, group: Group, title: str, *, each: bool) -> list[tuple[str, int | None]]:
    """The title of a line of a skeleton; for a line that stands for each Question, those of the Questions."""
    if not each:
        return [(title, None)]
    here = [g for g in groups_of(act.session, meeting) if g.kind == "question" and g.working_party_id == group.id]
    wanted = select(GroupTerm).where(col(GroupTerm.group_id).in_([g.id for g in here]))
    terms = {term.group_id: term.title for term in act.session.exec(wanted)}
    return [(f"{g.label} {terms.get(g.id or 0, '')}".strip(), g.id) for g in here]


def add(act: Act, meeting: Meeting, group: Group, form: ItemForm) -> AgendaItem:
    """A new item at the end of its level."""
    _open(act, meeting, group, form.sequence)
    items = _items(act, meeting, group)
    refuse(rules.why_not_add(nodes_of(items), form.parent), Invalid)
    last = max((item.position for item in items if item.parent_id == form.parent), default=-1)
    item = AgendaItem(
        meeting_id=meeting.id or 0, group_id=group.id or 0, parent_id=form.parent, position=last + 1, title=form.title
    )
    _fill(act, meeting, item, form)
    _note(act, meeting, "agenda.item-added", item, group, title=item.title)
    return item


def edit(act: Act, meeting: Meeting, item: AgendaItem, form: ItemForm) -> AgendaItem:
    """Other words, another kind, Question or sitting; its place stays."""
    group = _group(act, item)
    _open(act, meeting, group, form.sequence)
    was = item.title
    item.title = form.title
    _fill(act, meeting, item, form)
    _note(act, meeting, "agenda.item-edited", item, group, title=item.title, was=was)
    return item


def step(act: Act, meeting: Meeting, item: AgendaItem, direction: Step, *, sequence: int | None = None) -> AgendaItem:
    """One step up, down, in or out."""
    group = _group(act, item)
    _open(act, meeting, group, sequence)
    items = _items(act, meeting, group)
    there = rules.stepped(nodes_of(items), item.id or 0, direction)
    if isinstance(there, Refusal):
        refuse(there)
    else:
        _move(act, meeting, items, item, there)
    return item


def place(act: Act, meeting: Meeting, item: AgendaItem, there: Place, *, sequence: int | None = None) -> AgendaItem:
    """To any place of the same agenda, with everything under it."""
    group = _group(act, item)
    _open(act, meeting, group, sequence)
    _move(act, meeting, _items(act, meeting, group), item, there)
    return item


def _move(act: Act, meeting: Meeting, items: list[AgendaItem], item: AgendaItem, there: Place) -> None:
    nodes = nodes_of(items)
    refuse(rules.why_not_place(nodes, item.id or 0, there))
    by_id = {each.id: each for each in items}
    for id, now in rules.positions(nodes, item.id or 0, there).items():
        by_id[id].parent_id, by_id[id].position = now.parent_id, now.position
        act.session.add(by_id[id])
    _note(act, meeting, "agenda.item-moved", item, _group(act, item), title=item.title)


def delete(act: Act, meeting: Meeting, item: AgendaItem) -> None:
    """Take out the item with everything under it; it can be restored for 30 days."""
    group = _group(act, item)
    _open(act, meeting, group)
    items = _items(act, meeting, group)
    gone = set(rules.subtree(nodes_of(items), item.id or 0))
    for each in items:
        if each.id in gone:
            each.deleted_at = act.now
            act.session.add(each)
    _note(act, meeting, "agenda.item-deleted", item, group, title=item.title)


def restore(act: Act, meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """Bring back what one deletion took out; to the top when the item above it is gone."""
    group = _group(act, item)
    _open(act, meeting, group)
    refuse(rules.why_not_restore(item.deleted_at, act.now))
    went = item.deleted_at
    wanted = select(AgendaItem).where(
        AgendaItem.meeting_id == meeting.id, AgendaItem.group_id == group.id, AgendaItem.deleted_at == went
    )
    together = list(act.session.exec(wanted))
    back = set(rules.subtree(nodes_of(together), item.id or 0))
    standing = {each.id for each in _items(act, meeting, group)}
    if item.parent_id is not None and item.parent_id not in standing:
        item.parent_id, item.position = None, 10_000
    for each in together:
        if each.id in back:
            each.deleted_at = None
            act.session.add(each)
    _note(act, meeting, "agenda.item-restored", item, group, title=item.title)
    return item


def _open(act: Act, meeting: Meeting, group: Group, expected: int | None = None) -> Agenda:
    """Permit, and count the change first: writers of one agenda queue here. Conflict when it changed meanwhile."""
    require(act.actor, Permission.EDIT_AGENDA, Scope(group.path))
    if group.id not in {each.id for each in groups_of(act.session, meeting)}:
        raise Conflict(rules.NOT_A_GROUP, label=group.label)
    head = _head(act, meeting, group)
    counted = update(Agenda).where(col(Agenda.id) == head.id).values(sequence=col(Agenda.sequence) + 1)
    if expected is not None:
        counted = counted.where(col(Agenda.sequence) == expected)
    done = act.session.execute(counted, execution_options={"synchronize_session": False})
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        raise Conflict(CHANGED)
    act.session.refresh(head)
    return head


def _head(act: Act, meeting: Meeting, group: Group) -> Agenda:
    wanted = select(Agenda).where(Agenda.meeting_id == meeting.id, Agenda.group_id == group.id)
    found = act.session.exec(wanted).first()
    if found is not None:
        return found
    row = Agenda(meeting_id=meeting.id or 0, group_id=group.id or 0)
    try:
        with act.session.begin_nested():
            act.session.add(row)
            act.session.flush()
    except IntegrityError:
        return act.session.exec(wanted).one()
    return row


def _items(act: Act, meeting: Meeting, group: Group) -> list[AgendaItem]:
    """The standing items as they are now, read again after the count."""
    wanted = select(AgendaItem).where(
        AgendaItem.meeting_id == meeting.id, AgendaItem.group_id == group.id, col(AgendaItem.deleted_at).is_(None)
    )
    return list(act.session.exec(wanted.execution_options(populate_existing=True)))


def _fill(act: Act, meeting: Meeting, item: AgendaItem, form: ItemForm) -> None:
    item.kind = form.kind.value if form.kind else ""
    item.note = form.note
    item.question_id = _question(act, form.question)
    item.sitting_id = _sitting(act, meeting, form.sitting)
    if item.question_id and not item.kind:
        item.kind = ItemKind.QUESTION.value
    act.session.add(item)
    act.session.flush()


def _question(act: Act, path: str) -> int | None:
    if not path:
        return None
    found = find(act.session, path)
    return found.id if found else invalid("question", path, "The address of a Question, such as T/SG15/T25/Q2.")


def _sitting(act: Act, meeting: Meeting, id: int | None) -> int | None:
    if id is None:
        return None
    found = act.session.get(Sitting, id)
    if found is None or found.meeting_id != meeting.id:
        invalid("sitting", id, "A sitting of this meeting.")
    return found.id


def _group(act: Act, item: AgendaItem) -> Group:
    return act.session.get_one(Group, item.group_id)


def _note(act: Act, meeting: Meeting, verb: str, subject: Agenda | AgendaItem, group: Group, **facts: Any) -> None:
    """Every change of an agenda names its meeting, so that a listener can allot the documents anew."""
    record(
        act,
        verb,
        subject,
        group_id=group.id,
        audience=meeting.audience,
        meeting=meeting.code,
        group=group.path,
        **facts,
    )
