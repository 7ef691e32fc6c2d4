"""How groups end: their work passes to others, parts end with them or move on. Source: domain S1.1."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, invalid, refuse
from sgdocs.base.text import one_line
from sgdocs.groups import queries, rules
from sgdocs.groups.actions.appointments import end_roles_of
from sgdocs.groups.models import Group, GroupTerm, StudyPeriod, Succession
from sgdocs.groups.rules import PARTS, GroupKind
from sgdocs.journal.record import record
from sgdocs.policy import Permission, Scope, require

ONE_DAY = timedelta(days=1)


def succeed(act: Act, group: Group, successor: Group, on: date) -> Succession:
    """Note that the work of a group passes to another on that day; call it for each when groups merge or split.

    The group itself ends by `discontinue`.
    """
    require(act.actor, Permission.MANAGE_GROUPS, Scope(group.path))
    assert group.id is not None, "flushed"
    assert successor.id is not None, "flushed"
    later = queries.successors_of(act.session, successor.id)
    refuse(rules.why_not_succeed(group.id, successor.id, later), Invalid)
    known = act.session.get(Succession, (group.id, successor.id))
    link = known or Succession(from_id=group.id, to_id=successor.id, on=on)
    link.on = on
    act.session.add(link)
    record(act, "groups.succeeded", group, group_id=group.id, by=successor.path, on=on.isoformat())
    record(act, "groups.succession-received", successor, group_id=successor.id, of=group.path, on=on.isoformat())
    return link


def merge(act: Act, groups: Sequence[Group], successor: Group, on: date) -> None:
    """Several groups become one on that day: they end with the day before."""
    for group in groups:
        succeed(act, group, successor, on)
        discontinue(act, group, on - ONE_DAY, reason=f"work passed to {successor.label}")


def discontinue(act: Act, group: Group, last_on: date, *, reason: str) -> Group:
    """End a group with that day, and the roles in it. Refused while parts are at work, unless it has a successor.

    With a successor its parts end too; groups that only report to it (focus groups, JCAs) move to the first
    successor, and Questions of a working party are allocated to it, or to the plenary when it is none.
    """
    require(act.actor, Permission.MANAGE_GROUPS, Scope(group.path))
    successor = _successor(act, group)
    parts, others, allocated = _below(act, group, last_on)
    at_work = [each.label for each in (*parts, *others, *allocated)]
    span = rules.Span(group.label, group.starts_on, group.ends_on)
    refuse(rules.why_not_end(span, last_on, [] if successor else at_work))
    said = one_line(reason)
    if not said:
        invalid("reason", reason, "Say why, for the minutes.")
    for ended in (group, *parts):
        _end(act, ended, last_on, said)
    for moved in others:
        _move(act, moved, successor)
    for question in allocated:
        _allocate(act, question, successor)
    return group


def _end(act: Act, group: Group, last_on: date, reason: str) -> None:
    group.ends_on, group.ended_reason = last_on, reason
    act.session.add(group)
    end_roles_of(act, group, last_on)
    record(act, "groups.discontinued", group, group_id=group.id, ends_on=last_on.isoformat(), reason=reason)


def _move(act: Act, group: Group, parent: Group | None) -> None:
    assert parent is not None, "only a successor takes groups over"
    group.parent_id = parent.id
    act.session.add(group)
    record(act, "groups.moved", group, group_id=group.id, to=parent.path)


def _allocate(act: Act, question: Group, successor: Group | None) -> None:
    same = successor is not None and (successor.kind, successor.parent_id) == (
        GroupKind.WORKING_PARTY,
        question.parent_id,
    )
    question.working_party_id = successor.id if successor is not None and same else None
    act.session.add(question)
    to = successor.label if successor is not None and same else "plenary"
    record(act, "groups.allocated", question, group_id=question.id, to=to)


def _successor(act: Act, group: Group) -> Group | None:
    found = select(Group).join(Succession, col(Succession.to_id) == Group.id).where(Succession.from_id == group.id)
    return act.session.exec(found.order_by(Group.sort_key)).first()


def _below(act: Act, group: Group, last_on: date) -> tuple[list[Group], list[Group], list[Group]]:
    """What would outlive the group: its parts and theirs, groups that report to it, Questions allocated to it."""
    parts: list[Group] = []
    others: list[Group] = []
    for child in _alive(act, last_on, parent_id=group.id):
        if child.kind in PARTS:
            deeper, beside, _ = _below(act, child, last_on)
            parts += [child, *deeper]
            others += beside
        else:
            others.append(child)
    return parts, others, _alive(act, last_on, working_party_id=group.id)


def _alive(act: Act, last_on: date, **under: int | None) -> list[Group]:
    """Groups there that have no last day up to that one, and a term in its period (or none at all)."""
    running = (
        select(GroupTerm.group_id)
        .join(StudyPeriod, col(StudyPeriod.id) == GroupTerm.period_id)
        .where(col(StudyPeriod.starts_on) <= last_on)
        .where(or_(col(StudyPeriod.ends_on).is_(None), col(StudyPeriod.ends_on) >= last_on))
    )
    found = select(Group).where(
        or_(col(Group.ends_on).is_(None), col(Group.ends_on) > last_on),
        or_(col(Group.id).in_(running), col(Group.id).not_in(select(GroupTerm.group_id))),
    )
    return list(act.session.exec(found.filter_by(**under).order_by(Group.sort_key)))
