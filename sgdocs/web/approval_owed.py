"""Who owes what of an approval, and the meetings that its steps name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlmodel import SQLModel, col, select

from sgdocs.approval import queries
from sgdocs.approval.models import Process
from sgdocs.base.act import Act
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible
from sgdocs.people.models import Organisation, Person
from sgdocs.web import approval_words, urls

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Owed:
    """Something that somebody owes. who: a role or a name; href: their page, "" for roles."""

    who: str
    href: str
    kind: str
    due_on: date | None
    is_late: bool


def owed_of(act: Act, process: Process, today: date, *, with_names: bool) -> list[Owed]:
    """Who owes what. People by name, and entities, which owe replies, only to those who read the replies. Up to three
    queries."""
    rows = [row.obligation for row in queries.obligations_of(act, process)]
    rows = [row for row in rows if with_names or row.organisation_id is None]
    people = _of(act, Person, [row.person_id for row in rows]) if with_names else {}
    entities = _of(act, Organisation, [row.organisation_id for row in rows])
    found = []
    for row in rows:
        person, entity = people.get(row.person_id), entities.get(row.organisation_id)
        who, href = approval_words.holder(row.role), ""
        if person is not None:
            who, href = person.name, urls.person(person.slug)
        elif entity is not None:
            who, href = entity.name, urls.organisation(entity.slug)
        found.append(Owed(who, href, row.kind, row.due_on, row.due_on is not None and row.due_on < today))
    return found


def meetings_of(act: Act, process: Process) -> dict[int, Meeting]:
    """The meetings at which it was or will be dealt with, by id, as far as the actor may know of them. Two queries."""
    ids = [process.meeting_id, process.decision_meeting_id]
    ids += [row.meeting_id for row in queries.transitions_of(act.session, process)]
    wanted = {id for id in ids if id is not None}
    found = select(Meeting).where(col(Meeting.id).in_(wanted), visible(act))
    return {row.id or 0: row for row in act.session.exec(found)} if wanted else {}


def _of(act: Act, table: type[Row], ids: Sequence[int | None]) -> dict[int | None, Row]:
    """Rows by their id; no query for none."""
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    key: Any = table.id  # type: ignore[attr-defined]
    return {getattr(row, "id", None): row for row in act.session.exec(select(table).where(col(key).in_(wanted)))}
