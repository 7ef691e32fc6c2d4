"""What is asked of outside bodies: which one a name means, whom to write to, what belongs to one.

That a body is there, its qualifications and how we work together is public; whom to write to is for members.
Source: domain 7.2, 8.3.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.text import clean
from sgdocs.groups.models import Group
from sgdocs.liaison.bodies_models import Body, BodyContact, BodyName, Collaboration, Officer, Qualification
from sgdocs.liaison.body_rules import is_current
from sgdocs.liaison.naming import key_of
from sgdocs.people.models import Person
from sgdocs.work_programme.filtering import visible
from sgdocs.work_programme.models import WorkItem

_BRACKETS = re.compile(r"^\s*(.+?)\s*\((.+)\)\s*$")
DEEPEST = 8


def by_slug(session: Session, slug: str) -> Body:
    """The body of that address, or NotFound."""
    return session.exec(select(Body).where(Body.slug == clean(slug[:80]).lower())).first() or missing("body", slug)


def find(session: Session, words: str) -> Body | None:
    """The body that goes by these words: `3GPP SA4`, `3GPP SA WG4`, `IETF (Internet Engineering Task Force)`, a slug."""
    said = clean(words[:300])
    bracketed = _BRACKETS.match(said)
    for each in (said, *(bracketed.groups() if bracketed else ())):
        named = session.get(BodyName, key_of(each)) if key_of(each) else None
        if named is not None:
            return session.get(Body, named.body_id)
    return session.exec(select(Body).where(Body.slug == said.lower())).first()


def names_of(session: Session, body: Body) -> list[str]:
    """Every spelling by which it is found, in order."""
    return list(session.exec(select(BodyName.name).where(BodyName.body_id == body.id).order_by(BodyName.name)))


def above(session: Session, body: Body | None) -> list[Body]:
    """The body and those it is a part of, the nearest first."""
    found: list[Body] = []
    while body is not None and len(found) < DEEPEST and body not in found:
        found.append(body)
        body = session.get(Body, body.parent_id) if body.parent_id else None
    return found


def parts_of(session: Session, body: Body) -> list[Body]:
    """Its direct parts, by name."""
    return list(session.exec(select(Body).where(Body.parent_id == body.id).order_by(Body.sort_key)))


def family_of(session: Session, body: Body) -> list[int]:
    """Ids of the body and of all its parts. Costs one query."""
    first = select(Body.id).where(Body.id == body.id).cte("family", recursive=True)
    reach = first.union(select(Body.id).join(first, col(Body.parent_id) == first.c.id))
    return list(session.execute(select(reach.c.id)).scalars())


def last_successor(session: Session, body: Body) -> Body | None:
    """Who took over in the end; None when nobody did."""
    seen, found = {body.id}, None
    while body.successor_id and body.successor_id not in seen:
        found = body = session.get_one(Body, body.successor_id)
        seen.add(body.id)
    return found


def contacts_of(session: Session, body: Body) -> list[BodyContact]:
    """Everybody that could ever be written to, the defaults first."""
    rows = select(BodyContact).where(BodyContact.body_id == body.id)
    return list(session.exec(rows.order_by(col(BodyContact.is_default).desc(), BodyContact.name, col(BodyContact.id))))


def contacts_for(session: Session, body: Body, group: Group | None, on: date | None = None) -> list[BodyContact]:
    """To whom a statement of that group goes: the defaults for the group, else for all, else whoever is there.

    A part without anybody is written to at what it is a part of. Addresses that bounced come only when there is no
    other. on: day in Geneva, None to leave out terms. Source: domain 7.2 (default addressee per group).
    """
    for each in above(session, body):
        usable = [c for c in contacts_of(session, each) if c.email and (on is None or is_current(c.since, c.until, on))]
        fresh = [c for c in usable if c.bounced_at is None] or usable
        chosen = _chosen(fresh, group.id if group else None)
        if chosen:
            return chosen
    return []


def _chosen(rows: Sequence[BodyContact], group_id: int | None) -> list[BodyContact]:
    own = [each for each in rows if group_id is not None and each.group_id == group_id]
    general = [each for each in rows if each.group_id is None]
    ways = (
        [each for each in own if each.is_default],
        own,
        [each for each in general if each.is_default],
        general,
    )
    return next((way for way in ways if way), [])


def qualifications_of(session: Session, body: Body) -> list[Qualification]:
    """What the body is qualified for, the latest first."""
    rows = select(Qualification).where(Qualification.body_id == body.id)
    return list(session.exec(rows.order_by(col(Qualification.since).desc(), Qualification.kind)))


@dataclass(frozen=True)
class Together:
    """One way of working together: with which group, on which work item."""

    row: Collaboration
    group: Group | None
    item: WorkItem | None


def collaborations_of(act: Act, body: Body) -> list[Together]:
    """The present ones first; those on a work item that the actor may not read are left out."""
    rows = act.session.execute(
        select(Collaboration, Group, WorkItem)
        .outerjoin(Group, col(Group.id) == Collaboration.group_id)
        .outerjoin(WorkItem, col(WorkItem.id) == Collaboration.work_item_id)
        .where(col(Collaboration.body_id) == body.id, or_(col(WorkItem.id).is_(None), visible(act)))
        .order_by(col(Collaboration.until).is_not(None), Collaboration.mode, col(Collaboration.id))
    )
    return [Together(*row) for row in rows]


@dataclass(frozen=True)
class Envoy:
    """An officer with the two sides between which they stand; exactly one of body and other is set."""

    row: Officer
    group: Group
    body: Body | None
    other: Group | None
    person: Person | None

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.row.name


def envoys(
    session: Session,
    *,
    body_ids: Iterable[int] = (),
    group_id: int | None = None,
    person_id: int | None = None,
) -> list[Envoy]:
    """The officers of these bodies, of a group (on either side), or one person's: the latest term first."""
    wanted: list[ColumnElement[bool]] = [col(Officer.body_id).in_(list(body_ids))]
    if group_id is not None:
        wanted += [col(Officer.group_id) == group_id, col(Officer.other_group_id) == group_id]
    if person_id is not None:
        wanted.append(col(Officer.person_id) == person_id)
    officers = session.exec(
        select(Officer).where(or_(*wanted)).order_by(col(Officer.starts_on).desc(), col(Officer.id))
    )
    rows = list(officers)
    groups = _by_id(session, Group, {r.group_id for r in rows} | {r.other_group_id for r in rows})
    bodies = _by_id(session, Body, {r.body_id for r in rows})
    people = _by_id(session, Person, {r.person_id for r in rows})
    return [
        Envoy(
            row,
            groups[row.group_id],
            bodies.get(row.body_id or 0),
            groups.get(row.other_group_id or 0),
            people.get(row.person_id or 0),
        )
        for row in rows
    ]


Row = TypeVar("Row", Group, Body, Person)


def _by_id(session: Session, table: type[Row], ids: Iterable[int | None]) -> dict[int, Row]:
    wanted = [each for each in ids if each is not None]
    found = session.exec(select(table).where(col(table.id).in_(wanted))).all() if wanted else ()
    return {row.id or 0: row for row in found}


def is_officer(session: Session, person_id: int | None, group_id: int, on: date) -> bool:
    """Whether the person stands between that group and somebody on that day."""
    return person_id is not None and any(
        each.group.id == group_id and is_current(each.row.starts_on, each.row.ends_on, on)
        for each in envoys(session, person_id=person_id)
    )
