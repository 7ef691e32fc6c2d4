"""Get on a list and off it."""

from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, Conflict, Refusal, missing, refuse
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.mailing_lists import rules
from sgdocs.mailing_lists.models import ListMember, MailingList
from sgdocs.mailing_lists.queries import reads, scope_of
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope, require


def subscribe(act: Act, row: MailingList, person: Person) -> ListMember:
    """Oneself. Closed: the list has ended."""
    require(act.actor, Permission.JOIN_LIST, Scope(owner_id=person.id))
    return _enter(act, row, person, "self")


def leave(act: Act, row: MailingList, person: Person) -> None:
    """Oneself; nothing happens when one is not on it."""
    require(act.actor, Permission.JOIN_LIST, Scope(owner_id=person.id))
    _take_out(act, row, person)


def admit(act: Act, row: MailingList, person: Person) -> ListMember:
    """Somebody else, by an officer of the group."""
    require(act.actor, Permission.MANAGE_LIST, scope_of(act.session, row))
    return _enter(act, row, person, "admitted")


def remove(act: Act, row: MailingList, person: Person) -> None:
    """Somebody else, by an officer of the group."""
    require(act.actor, Permission.MANAGE_LIST, scope_of(act.session, row))
    _take_out(act, row, person)


def require_open(act: Act, row: MailingList) -> None:
    """Closed, with the list of the next period, when the list has ended."""
    if row.closed_at is not None:
        newer = act.session.get(MailingList, row.successor_id) if row.successor_id else None
        raise Closed(rules.CLOSED, address=row.local, successor=newer.local if newer else "–")


def _enter(act: Act, row: MailingList, person: Person, how: str) -> ListMember:
    require_open(act, row)
    if act.session.get(ListMember, (row.id, person.id)) is not None:
        raise Conflict(rules.MEMBERS, name=person.name)
    group = act.session.get(Group, row.group_id) or missing("group", row.group_id)
    if not reads(act, row, person):
        refuse(Refusal(rules.READERS, {"address": row.local, "group": group.label}))
    member = ListMember(list_id=row.id or 0, person_id=person.id or 0, how=how, since=act.now)
    act.session.add(member)
    act.session.flush()
    _note(act, "lists.joined", row, person, how=how)
    return member


def _take_out(act: Act, row: MailingList, person: Person) -> None:
    member = act.session.get(ListMember, (row.id, person.id))
    if member is not None:
        act.session.delete(member)
        act.session.flush()
        _note(act, "lists.left", row, person)


def _note(act: Act, verb: str, row: MailingList, person: Person, **facts: str) -> None:
    """Who is on a list is for its officers, the secretariat and the person."""
    record(
        act, verb, row, group_id=row.group_id, audience="secretariat", address=row.local,
        personal={"name": person.name}, **facts,
    )  # fmt: skip
