"""Verbs on who stands between us and a body: contacts, ways of working together, officers. Source: domain 1.6, 7.2."""

from datetime import date
from typing import Any

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, invalid, missing, refuse
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.liaison import body_rules
from sgdocs.liaison.actions._places import body_named, group_named
from sgdocs.liaison.bodies_models import Body, BodyContact, Collaboration, Officer
from sgdocs.liaison.body_schemas import CollaborationForm, ContactForm, OfficerForm
from sgdocs.people.models import Person
from sgdocs.people.queries import by_slug
from sgdocs.policy import Permission, Scope, require
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.queries import find as find_item

MEMBERS = "members"


def _require(act: Act, group: Group | None) -> None:
    require(act.actor, Permission.MANAGE_BODIES, Scope(group.path if group else ""))


def add_contact(act: Act, body: Body, form: ContactForm) -> BodyContact:
    """Somebody to write to at the body, for all our groups or one."""
    group = group_named(act, form.group, "group")
    _require(act, group)
    row = BodyContact(body_id=body.id or 0, email=form.email)
    _set_contact(act, row, form, group)
    _note_contact(act, "liaison.contact-added", body, row)
    return row


def edit_contact(act: Act, body: Body, row: BodyContact, form: ContactForm) -> BodyContact:
    """Its facts are the form's; a new address has not bounced yet."""
    _require(act, act.session.get(Group, row.group_id) if row.group_id else None)
    group = group_named(act, form.group, "group")
    _require(act, group)
    if form.email != row.email:
        row.bounced_at = None
    _set_contact(act, row, form, group)
    _note_contact(act, "liaison.contact-edited", body, row)
    return row


def _set_contact(act: Act, row: BodyContact, form: ContactForm, group: Group | None) -> None:
    refuse(body_rules.why_not_days(form.since, form.until), Invalid)
    row.email, row.name, row.role, row.is_default = form.email, form.name, form.role, form.is_default
    row.language = form.language
    row.group_id, row.since, row.until = group.id if group else None, form.since, form.until
    act.session.add(row)
    act.session.flush()


def _note_contact(act: Act, verb: str, body: Body, row: BodyContact) -> None:
    personal = {"name": row.name, "email": row.email}
    record(act, verb, body, group_id=row.group_id, audience=MEMBERS, personal=personal, role=row.role)


def contact(act: Act, body: Body, number: int) -> BodyContact:
    """The contact of that number, if it is the body's."""
    found = act.session.get(BodyContact, number) if 0 < number < 2**31 else None
    return found if found is not None and found.body_id == body.id else missing("contact", number)


def mark_bounced(act: Act, row: BodyContact) -> None:
    """A letter to the address came back; the secretariat sees it and may correct it. For the act that heard of it."""
    body = act.session.get_one(Body, row.body_id)
    row.bounced_at = act.now
    act.session.add(row)
    record(act, "liaison.contact-bounced", body, audience="secretariat", personal={"email": row.email})


def collaborate(act: Act, body: Body, form: CollaborationForm) -> Collaboration:
    """We work together in that way: on everything, with one group, or on one work item."""
    group = group_named(act, form.group, "group")
    _require(act, group)
    refuse(body_rules.why_not_days(form.since, form.until), Invalid)
    item = find_item(act, form.item) if form.item else None
    if form.item and item is None:
        invalid("item", form.item, "Give a work item by its number or name.")
    row = Collaboration(
        body_id=body.id or 0,
        group_id=group.id if group else None,
        work_item_id=item.id if item else None,
        mode=form.mode.value,
        product=form.product.value,
        since=form.since,
        until=form.until,
        source=form.source,
    )
    act.session.add(row)
    act.session.flush()
    facts: dict[str, Any] = {"mode": row.mode, "product": row.product, "source": row.source}
    facts |= {"group": group.label if group else "", "item": item.acronym if item else ""}
    audience = item.audience if item else "public"
    record(act, "liaison.collaboration-noted", body, group_id=row.group_id, audience=audience, **facts)
    return row


def end_collaboration(act: Act, body: Body, number: int, last_on: date) -> Collaboration:
    """It holds until that day."""
    row = act.session.get(Collaboration, number) if 0 < number < 2**31 else None
    if row is None or row.body_id != body.id:
        missing("collaboration", number)
    _require(act, act.session.get(Group, row.group_id) if row.group_id else None)
    refuse(body_rules.why_not_days(row.since, last_on, "last_on"), Invalid)
    row.until = last_on
    act.session.add(row)
    item = act.session.get(WorkItem, row.work_item_id) if row.work_item_id else None
    audience = item.audience if item else "public"
    record(act, "liaison.collaboration-ended", body, audience=audience, mode=row.mode, until=last_on.isoformat())
    return row


def appoint_officer(act: Act, form: OfficerForm) -> Officer:
    """Somebody stands between a group of ours and a body, or another group, for a term."""
    group = group_named(act, form.group, "group")
    _require(act, group)
    if group is None:
        invalid("group", form.group, "Give a group, such as T/SG13 or WP 5D.")
    body = body_named(act, form.body, "body")
    other = group_named(act, form.other_group, "other_group")
    person = by_slug(act, form.person) if form.person else None
    refuse(body_rules.why_not_days(form.starts_on, form.ends_on, "ends_on"), Invalid)
    refuse(
        body_rules.why_not_officer(
            has_body=body is not None,
            has_other_group=other is not None,
            is_same_group=other is not None and other.id == group.id,
            has_person=person is not None,
            name=form.name,
        ),
        Invalid,
    )
    row = Officer(
        direction=form.direction.value,
        group_id=group.id or 0,
        body_id=body.id if body else None,
        other_group_id=other.id if other else None,
        person_id=person.id if person else None,
        name="" if person else form.name,
        email="" if person else form.email or "",
        starts_on=form.starts_on,
        ends_on=form.ends_on,
        source=form.source,
    )
    act.session.add(row)
    act.session.flush()
    _note_officer(act, "liaison.officer-appointed", row, group)
    return row


def end_officer(act: Act, number: int, last_on: date) -> Officer:
    """The term ends with that day."""
    row = act.session.get(Officer, number) if 0 < number < 2**31 else None
    if row is None:
        missing("liaison officer", number)
    group = act.session.get_one(Group, row.group_id)
    _require(act, group)
    refuse(body_rules.why_not_days(row.starts_on, last_on, "last_on"), Invalid)
    row.ends_on = last_on
    act.session.add(row)
    _note_officer(act, "liaison.officer-ended", row, group)
    return row


def _note_officer(act: Act, verb: str, row: Officer, group: Group) -> None:
    """The entry stands in the history of the body, or of the group when it is between two groups. Officers are public."""
    body = act.session.get(Body, row.body_id) if row.body_id else None
    other = act.session.get(Group, row.other_group_id) if row.other_group_id else None
    person = act.session.get(Person, row.person_id) if row.person_id else None
    facts: dict[str, Any] = {
        "direction": row.direction,
        "group": group.label,
        "other": body.name if body else other.label if other else "",
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
    }
    who = {"name": person.name if person else row.name}
    record(act, verb, body or group, group_id=group.id, personal=who, **facts)
