"""What is asked of the structure: groups by address or sloppy code, periods, relatives, officers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.text import clean
from sgdocs.groups import codes
from sgdocs.groups.models import Appointment, Continuation, Group, GroupTerm, JointParent, StudyPeriod, Succession
from sgdocs.groups.rights import actor_for, audience_of, audiences, in_force, parts_of
from sgdocs.groups.roles import OFFICERS
from sgdocs.people.models import Organisation, Person

__all__ = ["actor_for", "audience_of", "audiences", "in_force", "parts_of"]


def periods(session: Session, sector: str = "") -> list[StudyPeriod]:
    """The study periods of a Sector (or of all), ITU-T first, the latest first."""
    found = select(StudyPeriod).order_by(col(StudyPeriod.sector).desc(), col(StudyPeriod.starts_on).desc())
    return list(session.exec(found.where(StudyPeriod.sector == sector) if sector else found))


def period_on(session: Session, sector: str, on: date) -> StudyPeriod | None:
    """The period of a Sector that runs on a day; None before the first."""
    begun = select(StudyPeriod).where(StudyPeriod.sector == sector, col(StudyPeriod.starts_on) <= on)
    return session.exec(begun.order_by(col(StudyPeriod.starts_on).desc())).first()


def period_by_code(session: Session, code: str) -> StudyPeriod:
    found = session.exec(select(StudyPeriod).where(StudyPeriod.code == clean(code).upper())).first()
    return found or missing("study period", code)


def by_id(session: Session, group_id: int) -> Group:
    return session.get(Group, group_id) or missing("group", group_id)


def find(session: Session, path: str) -> Group | None:
    """The group with that path, whatever its case; compare `.path` to redirect."""
    return session.exec(select(Group).where(func.lower(Group.path) == clean(path).lower())).first()


def by_path(session: Session, path: str) -> Group:
    """The group with that path, or NotFound."""
    return find(session, path) or missing("group", path)


def resolve(session: Session, text: str, on: date) -> list[Group]:
    """The groups that a sloppy code may mean, the likeliest first: ITU-T before ITU-R.

    `sg15`, `SG 15`, `5D`, `Q6/13`, `wp1/13`, `TSAG`, `fg ai4h`. Where numbers restart with each period, that of the
    day is meant, or the latest that had the number. Costs one query.
    """
    read = codes.read(clean(text))
    key = codes.key(read.code) if read else ""
    if read is None or not key:
        return []
    wanted = select(Group, StudyPeriod).outerjoin(StudyPeriod, col(Group.period_id) == StudyPeriod.id)
    if read.parent:
        parent = aliased(Group)
        wanted = wanted.join(parent, col(Group.parent_id) == parent.id)
        wanted = wanted.where(parent.code_key == codes.key(read.parent), Group.code_key == key)
    else:
        standing = (col(Group.code_key) == key) & col(Group.period_id).is_(None)
        wanted = wanted.where(or_(standing, col(Group.label_key) == key))
    if read.sector:
        wanted = wanted.where(Group.sector == read.sector)
    return _todays(session.exec(wanted).all(), on)


def today_of(session: Session, parent: Group, code: str, on: date) -> Group | None:
    """The Question or working party of that number in the period of a day, else the latest: `/group/SG15/Q2`."""
    wanted = (
        select(Group, StudyPeriod)
        .join(StudyPeriod, col(Group.period_id) == StudyPeriod.id)
        .where(Group.parent_id == parent.id, Group.code_key == codes.key(code))
    )
    return next(iter(_todays(session.exec(wanted).all(), on)), None)


def _todays(found: Sequence[tuple[Group, StudyPeriod | None]], on: date) -> list[Group]:
    """One row for each label: of those tied to a period, the latest that has begun."""

    def rank(row: tuple[Group, StudyPeriod | None]) -> tuple[int, bool, int]:
        group, period = row
        started = period.starts_on if period else on
        return (-ord(group.sector), started > on, abs((on - started).days))

    best: dict[tuple[str, str], Group] = {}
    for group, _ in sorted(found, key=rank):
        best.setdefault((group.sector, group.label), group)
    return list(best.values())


@dataclass(frozen=True)
class Term:
    """One period of a group."""

    period: StudyPeriod
    term: GroupTerm


def terms_of(session: Session, group: Group) -> list[Term]:
    """What the group was called in each period, the latest first."""
    rows = session.exec(
        select(StudyPeriod, GroupTerm)
        .join(GroupTerm, col(GroupTerm.period_id) == StudyPeriod.id)
        .where(GroupTerm.group_id == group.id)
        .order_by(col(StudyPeriod.starts_on).desc())
    )
    return [Term(period, term) for period, term in rows]


@dataclass(frozen=True)
class Relatives:
    """parents: set it up, joint ones after; before, after: successions; continues, continued_by: Questions."""

    parents: list[Group]
    working_party: Group | None
    before: list[tuple[Group, date]]
    after: list[tuple[Group, date]]
    continues: list[Group]
    continued_by: list[Group]


def relatives(session: Session, group: Group) -> Relatives:
    """Everything the group descends from or passes its work to. Costs up to seven queries."""
    joint = select(Group).join(JointParent, col(JointParent.parent_id) == Group.id)
    own = [by_id(session, group.parent_id)] if group.parent_id else []
    others = session.exec(joint.where(JointParent.group_id == group.id).order_by(Group.sort_key))
    on = col(Succession.on)
    before = select(Group, on).join(Succession, col(Succession.from_id) == Group.id).where(Succession.to_id == group.id)
    after = select(Group, on).join(Succession, col(Succession.to_id) == Group.id).where(Succession.from_id == group.id)
    return Relatives(
        parents=[*own, *others],
        working_party=by_id(session, group.working_party_id) if group.working_party_id else None,
        before=[(g, day) for g, day in session.exec(before.order_by(Group.sort_key))],
        after=[(g, day) for g, day in session.exec(after.order_by(Group.sort_key))],
        continues=_continued(session, group, later=False) if group.kind == "question" else [],
        continued_by=_continued(session, group, later=True) if group.kind == "question" else [],
    )


def _continued(session: Session, group: Group, *, later: bool) -> list[Group]:
    this, that = Continuation.continues_id, Continuation.question_id
    if not later:
        this, that = that, this
    found = select(Group).join(Continuation, col(that) == Group.id).where(this == group.id).order_by(Group.sort_key)
    return list(session.exec(found))


def successors_of(session: Session, group_id: int) -> frozenset[int]:
    """Ids of all groups that come after a group, by any way. Costs one query."""
    first = select(Succession.to_id).where(Succession.from_id == group_id).cte("later", recursive=True)
    reach = first.union(select(Succession.to_id).join(first, col(Succession.from_id) == first.c.to_id))
    return frozenset(session.execute(select(reach.c.to_id)).scalars())


@dataclass(frozen=True)
class Seat:
    """Somebody in a role. group: where, None for everywhere."""

    appointment: Appointment
    person: Person
    organisation: Organisation | None
    group: Group | None


def seats(act: Act, group: Group) -> list[Seat]:
    """The appointments in a group, present and past: by weight of the role, then the latest first.

    Officers are public; delegates and guests are for members. Source: domain 8.3.
    """
    shown = [] if "members" in policy.audiences(act.actor) else [col(Appointment.role).in_(OFFICERS)]
    found = _seats(act.session, col(Appointment.group_id) == group.id, *shown)
    return sorted(found, key=lambda s: (_weight(s.appointment.role), -s.appointment.starts_on.toordinal()))


def officers(session: Session, group_ids: Iterable[int], on: date) -> list[Seat]:
    """Who holds an office in the groups on that day: by group, then by weight of the role."""
    found = _seats(
        session, col(Appointment.group_id).in_(list(group_ids)), col(Appointment.role).in_(OFFICERS), *in_force(on)
    )
    return sorted(found, key=lambda s: (s.group.sort_key if s.group else "", _weight(s.appointment.role)))


def roles_of(session: Session, person: Person) -> list[Seat]:
    """Every role of a person, present and past, the latest first."""
    found = _seats(session, col(Appointment.person_id) == person.id)
    return sorted(found, key=lambda s: s.appointment.starts_on, reverse=True)


def holders(session: Session, role: str, on: date, *, organisation_id: int | None = None) -> list[Person]:
    """Who holds a role that needs no group on that day and can be written to: in an organisation, or in any."""
    held = select(Appointment.person_id).where(
        Appointment.role == role, col(Appointment.group_id).is_(None), *in_force(on)
    )
    found = select(Person).where(
        col(Person.id).in_(held), col(Person.left_at).is_(None), col(Person.email).is_not(None)
    )
    if organisation_id is not None:
        found = found.where(Person.organisation_id == organisation_id)
    return list(session.exec(found.order_by(col(Person.id))))


def _seats(session: Session, *conditions: ColumnElement[bool]) -> list[Seat]:
    rows = session.execute(
        select(Appointment, Person, Organisation, Group)
        .join(Person, col(Person.id) == Appointment.person_id)
        .outerjoin(Organisation, col(Organisation.id) == Person.organisation_id)
        .outerjoin(Group, col(Group.id) == Appointment.group_id)
        .where(*conditions)
        .order_by(Person.sort_name)
    )
    return [Seat(*row) for row in rows]


def _weight(role: str) -> int:
    return OFFICERS.index(role) if role in OFFICERS else len(OFFICERS)
