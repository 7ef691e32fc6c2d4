"""What the members of one organisation share: who covers which document, with which stance. Source: feature N5."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents.listing import DocumentFilter, DocumentRow, for_meeting
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Person
from sgdocs.workspace.models import Kept
from sgdocs.workspace.queries import owner_or_none


@dataclass(frozen=True)
class Colleague:
    """One of us. stance, note: "" unless they were shared; is_me: the reader."""

    name: str
    slug: str
    covers: bool
    stance: str = ""
    note: str = ""
    is_me: bool = False


def colleagues_of(act: Act, kind: str, ids: Iterable[int | None]) -> dict[int, list[Colleague]]:
    """By the id of the thing, what members of the reader's organisation share; nothing without one. One query, or none.

    Who left the organisation shares with it no longer. Which things the reader may see is for the caller: give ids that
    were read.
    """
    person, entity, wanted = owner_or_none(act), act.actor.organisation_id, [id for id in ids if id is not None]
    if person is None or entity is None or not wanted:
        return {}
    held = (
        select(Kept, Person)
        .join(Person, col(Person.id) == Kept.person_id)
        .where(
            Kept.organisation_id == entity,
            Person.organisation_id == entity,
            col(Person.left_at).is_(None),
            Kept.kind == kind,
            col(Kept.thing_id).in_(wanted),
            or_(col(Kept.is_shared).is_(True), col(Kept.covers).is_(True)),
        )
        .order_by(col(Kept.covers).desc(), Person.sort_name)
    )
    found: dict[int, list[Colleague]] = {}
    for row, member in act.session.exec(held):
        found.setdefault(row.thing_id, []).append(_colleague(row, member, person))
    return found


def _colleague(row: Kept, member: Person, reader: int) -> Colleague:
    stance, note = (row.stance, row.note) if row.is_shared else ("", "")
    return Colleague(member.name, member.slug, row.covers, stance, note, member.id == reader)


@dataclass(frozen=True)
class Line:
    """A document of the meeting with who of us covers it, or shares a stance on it."""

    row: DocumentRow
    colleagues: Sequence[Colleague] = field(default=())

    @property
    def covering(self) -> list[Colleague]:
        return [each for each in self.colleagues if each.covers]


@dataclass(frozen=True)
class Coverage:
    """stances: how many of each were shared."""

    meeting: Meeting
    lines: Sequence[Line]

    @property
    def uncovered(self) -> int:
        return sum(1 for line in self.lines if not line.covering)

    @property
    def stances(self) -> Mapping[str, int]:
        told = [each.stance for line in self.lines for each in line.colleagues if each.stance]
        return {each: told.count(each) for each in dict.fromkeys(told)}


def coverage(act: Act, code: str, *, only: str = "") -> Coverage:
    """The documents of a meeting that the reader may see. only: `covered`, `uncovered`, `mine`. Some nine queries."""
    meeting = meetings.by_code(act, code)
    rows = for_meeting(act, meeting, DocumentFilter(status="posted"))
    told = colleagues_of(act, "document", [row.id for row in rows])
    lines = [Line(row, tuple(told.get(row.id, ()))) for row in rows]
    return Coverage(meeting, [line for line in lines if _is_asked(line, only)])


def _is_asked(line: Line, only: str) -> bool:
    if only == "mine":
        return any(each.is_me for each in line.covering)
    return {"covered": bool(line.covering), "uncovered": not line.covering}.get(only, True)
