"""What is held of a person, found by the tables themselves: each column that points to `person` is followed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Table, func, or_, select
from sqlmodel import Session, SQLModel, col

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.models import Document, File, Version
from sgdocs.groups.models import Appointment
from sgdocs.groups.rights import in_force
from sgdocs.journal.models import Entry
from sgdocs.mail.models import Letter
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Role, Scope
from sgdocs.privacy.rules import ADDRESSED, CONTINUED, KINDS, OTHER, OWNING, SECRET, Kind, kind_of

MOST_ENTRIES = 20_000
POINTS = ("person.id", "account.person_id")
Row = dict[str, Any]


@dataclass
class Held:
    """Of one kind: how many rows; tables: how many in each."""

    kind: Kind
    tables: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.tables.values())


def columns() -> list[tuple[Table, Column[Any]]]:
    """Every column that names a person, in the order of the tables."""
    return [
        (table, column)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname in POINTS for key in column.foreign_keys)
    ]


def is_own(column: Column[Any]) -> bool:
    """Whether a row that names the person there is theirs, and not something they did to another's."""
    return column.name in OWNING


def _is_told(column: Column[Any]) -> bool:
    """Whether the person is given the whole row: theirs, or written to them."""
    return is_own(column) or column.name in ADDRESSED


def held(act: Act, person: Person) -> list[Held]:
    """What there is, by kind, in the order of the rules. One query a table; for the person and whoever may remove it."""
    require(act, person)
    found = {kind.name: Held(kind) for kind in (*KINDS, OTHER)}
    for table, column in columns():
        count = act.session.execute(select(func.count()).where(column == person.id)).scalar_one()
        if count:
            told = found[kind_of(table.name).name].tables
            told[table.name] = told.get(table.name, 0) + count
    found["profile"].tables["person"] = 1
    return [each for each in found.values() if each.count]


def own_rows(act: Act, person: Person) -> Iterator[tuple[str, list[Row]]]:
    """Table -> the person's rows without secrets; of what they did to others' things the number of the row alone."""
    require(act, person)
    yield "person", [_told(row) for row in act.session.execute(select(_table("person")).filter_by(id=person.id))]
    gathered: dict[str, list[Row]] = {}
    for table, column in columns():
        named, whole = act.session.execute(select(table).where(column == person.id)), _is_told(column)
        gathered.setdefault(table.name, []).extend(_told(row) if whole else _mark(row, column) for row in named)
    yield from ((name, rows) for name, rows in gathered.items() if rows)
    continued = [(_table(name), key, _table(parent)) for name, key, parent in CONTINUED]
    for table, key, parent in (*children(), *continued):
        owned = select(parent.c.id).where(parent.c.person_id == person.id)
        rows = [_told(row) for row in act.session.execute(select(table).where(table.c[key].in_(owned)))]
        if rows:
            yield table.name, rows


def children() -> list[tuple[Table, str, Table]]:
    """Tables that name no person and belong to a row that is a person's alone: table, its column, the row's table."""
    naming = {table.name for table, _ in columns()}
    return [
        (table, column.name, key.column.table)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if table.name not in naming
        and kind_of(key.column.table.name).stays == ""
        and "id" in key.column.table.c
        and "person_id" in key.column.table.c
    ]


def own_files(act: Act, person: Person) -> list[Row]:
    """The files that the person sent in: where they are, and their digest."""
    require(act, person)
    wanted = (
        select(col(Document.name), col(Version.part), col(File.name), col(File.sha256), col(File.size_bytes))
        .join(Version, col(Version.id) == File.version_id)
        .join(Document, col(Document.id) == File.document_id)
        .where(or_(col(Document.owner_id) == person.id, col(Version.submitted_by) == person.id))
        .order_by(Document.name, col(Version.position), col(File.position))
    )
    names = ("document", "part", "name", "sha256", "size_bytes")
    return [dict(zip(names, row, strict=True)) for row in act.session.execute(wanted)]


def own_letters(act: Act, person: Person) -> list[Row]:
    """The letters that went to the person, without links that open doors."""
    require(act, person)
    wanted = select(Letter).where(col(Letter.person_id) == person.id).order_by(col(Letter.id))
    return [
        {"id": row.id, "kind": row.kind, "to": row.to_address, "subject": row.subject, "state": row.state}
        for row in act.session.scalars(wanted)
    ]


def own_acts(act: Act, person: Person) -> list[Row]:
    """What the person did, as the journal has it, the newest first."""
    require(act, person)
    wanted = select(Entry).where(col(Entry.actor_id) == person.id).order_by(col(Entry.id).desc()).limit(MOST_ENTRIES)
    return [
        {"at": row.at, "verb": row.verb, "subject": f"{row.subject_kind}:{row.subject_id}", "facts": row.facts}
        for row in act.session.scalars(wanted)
    ]


def require(act: Act, person: Person) -> None:
    policy.require(act.actor, Permission.FORGET_PERSON, Scope(owner_id=person.id))


def is_last_admin(act: Act, person: Person) -> bool:
    """Whether the person administers the service, and nobody else does."""
    held_now = (col(Appointment.role) == Role.ADMIN, *in_force(geneva_day(act.now)))
    ids = set(act.session.scalars(select(col(Appointment.person_id)).where(*held_now)))
    here = set(
        act.session.scalars(select(col(Person.id)).where(col(Person.id).in_(ids), col(Person.left_at).is_(None)))
    )
    return here == {person.id}


def needs_name(session: Session, person: Person) -> bool:
    """Whether something that stays names the person. Up to one query for each table that stays."""
    for table, column in columns():
        if kind_of(table.name).names and session.execute(select(column).where(column == person.id).limit(1)).first():
            return True
    return False


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _told(row: Any) -> Row:
    return {name: value for name, value in row._mapping.items() if name not in SECRET}


def _mark(row: Any, column: Column[Any]) -> Row:
    return {"id": row._mapping.get("id"), "as": column.name}
