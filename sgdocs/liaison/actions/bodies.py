"""Verbs on outside bodies: enter, correct, and note what they are qualified for. Source: domain 7.2."""

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, delete, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, invalid, refuse
from sgdocs.base.text import folded
from sgdocs.base.text import slug as slug_of
from sgdocs.groups.rules import sort_key
from sgdocs.journal.record import record
from sgdocs.liaison import bodies, body_rules
from sgdocs.liaison.actions._places import body_named
from sgdocs.liaison.bodies_models import Body, BodyName, Qualification
from sgdocs.liaison.body_schemas import BodyForm, QualificationForm
from sgdocs.liaison.naming import key_of
from sgdocs.people.models import Organisation
from sgdocs.people.queries import organisation_named
from sgdocs.policy import Permission, require


def add_body(act: Act, form: BodyForm, *, slug: str = "") -> Body:
    """A new body, found by its name, acronym and the other names. Conflict when another has one of them."""
    require(act.actor, Permission.MANAGE_BODIES)
    wanted = slug or slug_of(form.acronym) or slug_of(form.name) or "body"
    row = Body(slug=_free(act, wanted), name=form.name, kind=form.kind.value, created_at=act.now)
    _apply(act, row, form)
    names = [form.name, form.acronym, *form.names]
    _why_not_named(act, row, names)
    act.session.add(row)
    act.session.flush()
    _name(act, row, names)
    record(act, "liaison.body-added", row, name=row.name, kind=row.kind)
    return row


def edit_body(act: Act, row: Body, form: BodyForm) -> Body:
    """Its facts are the form's. It is still found by the name it had."""
    require(act.actor, Permission.MANAGE_BODIES)
    names = [form.name, form.acronym, row.name, *form.names]
    _why_not_named(act, row, names)
    was = row.model_dump(mode="json", exclude={"id", "sort_key", "created_at"})
    named = set(bodies.names_of(act.session, row))
    _apply(act, row, form)
    act.session.add(row)
    _name(act, row, names)
    now = row.model_dump(mode="json", exclude={"id", "sort_key", "created_at"})
    changed = {name: was[name] for name in was if was[name] != now[name]}
    if changed or named != set(bodies.names_of(act.session, row)):
        record(act, "liaison.body-edited", row, name=row.name, changed=changed)
    return row


def _apply(act: Act, row: Body, form: BodyForm) -> None:
    parent = body_named(act, form.parent, "parent")
    successor = body_named(act, form.successor, "successor")
    reach = [each.id or 0 for each in bodies.above(act.session, parent)]
    refuse(body_rules.why_not_under(row.id, form.name, reach), Invalid)
    later = bodies.last_successor(act.session, successor) if successor else None
    refuse(body_rules.why_not_under(row.id, form.name, [b.id or 0 for b in (successor, later) if b]), Invalid)
    row.name, row.acronym, row.kind = form.name, form.acronym, form.kind.value
    row.sort_key = sort_key(folded(form.name))
    row.parent_id = parent.id if parent else None
    row.organisation_id = _organisation_id(act, form.organisation)
    row.url, row.notes = form.url, form.notes
    row.ended_on, row.successor_id = form.ended_on, successor.id if successor else None


def _organisation_id(act: Act, words: str) -> int | None:
    if not words:
        return None
    found: Organisation | None = organisation_named(act.session, words)
    if found is None:
        invalid("organisation", words, "Give the name or acronym of an organisation that we know.")
    return found.id


def _why_not_named(act: Act, row: Body, names: list[str]) -> None:
    """Refuse a name without a letter, or that of another body."""
    for name in filter(None, names):
        taken = act.session.get(BodyName, key_of(name))
        if not key_of(name):
            raise Invalid(body_rules.NAME_EMPTY, field="names", name=name)
        if taken is not None and taken.body_id != row.id:
            other = act.session.get_one(Body, taken.body_id).name
            raise Conflict(body_rules.NAME_TAKEN, field="names", name=name, other=other)


def _name(act: Act, row: Body, names: list[str]) -> None:
    """The body goes by these names and no other."""
    act.session.exec(delete(BodyName).where(col(BodyName.body_id) == row.id))
    keyed = {key_of(name): name for name in reversed(names) if name}
    _write(act, [BodyName(key=key, name=name, body_id=row.id or 0) for key, name in keyed.items()])


def _write(act: Act, rows: list[BodyName]) -> None:
    """Conflict when somebody was just faster."""
    told: list[SQLModel] = list(rows)
    try:
        with act.session.begin_nested():
            act.session.add_all(told)
            act.session.flush()
    except IntegrityError as error:
        name = ", ".join(each.name for each in rows)
        raise Conflict(body_rules.NAME_TAKEN, field="names", name=name, other="another body") from error


def _free(act: Act, wanted: str) -> str:
    """The slug itself, or with the first number that is free."""
    taken = set(act.session.exec(select(Body.slug).where(col(Body.slug).startswith(wanted, autoescape=True))))
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)


def qualify(act: Act, body: Body, form: QualificationForm) -> Qualification:
    """The body is qualified from that day, by the decision named; said again, the dates are corrected."""
    require(act.actor, Permission.MANAGE_BODIES)
    refuse(body_rules.why_not_days(form.since, form.until), Invalid)
    refuse(body_rules.why_not_days(form.since, form.reviewed_on, "reviewed_on"), Invalid)
    known = select(Qualification).where(
        Qualification.body_id == body.id,
        Qualification.kind == form.kind.value,
        Qualification.since == form.since,
    )
    row = act.session.exec(known).first() or Qualification(body_id=body.id or 0, kind=form.kind.value, since=form.since)
    row.reviewed_on, row.until, row.source = form.reviewed_on, form.until, form.source
    act.session.add(row)
    act.session.flush()
    days: dict[str, Any] = {"since": form.since.isoformat(), "until": form.until.isoformat() if form.until else None}
    record(act, "liaison.body-qualified", body, kind=form.kind.value, source=form.source, **days)
    return row
