"""What the API and the exports give out about groups."""

from datetime import date

from pydantic import BaseModel

from sgdocs.groups.listing import GroupRow
from sgdocs.groups.models import StudyPeriod
from sgdocs.groups.queries import Seat, Term
from sgdocs.groups.records import Record


class PeriodOut(BaseModel):
    """A study period."""

    code: str
    sector: str
    title: str
    number: int | None
    starts_on: date
    ends_on: date | None
    assembly: str

    @classmethod
    def of(cls, row: StudyPeriod) -> "PeriodOut":
        return cls.model_validate(row, from_attributes=True)


class GroupOut(BaseModel):
    """A group as a list gives it; title is "" when it is not recorded."""

    path: str
    label: str
    code: str
    sector: str
    kind: str
    title: str
    title_confirmed: bool
    period: str
    parent: str
    starts_on: date | None
    ends_on: date | None

    @classmethod
    def of(cls, row: GroupRow) -> "GroupOut":
        group = row.group
        return cls(
            path=group.path,
            label=group.label,
            code=group.code,
            sector=group.sector,
            kind=group.kind,
            title=row.title,
            title_confirmed=row.is_confirmed,
            period=row.period,
            parent=row.parent_path,
            starts_on=group.starts_on,
            ends_on=group.ends_on,
        )


class SeatOut(BaseModel):
    """Somebody in a role; names of officers are public, addresses are not given here."""

    role: str
    group: str
    person: str
    name: str
    organisation: str
    note: str
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, seat: Seat) -> "SeatOut":
        held = seat.appointment
        return cls(
            role=held.role,
            group=seat.group.path if seat.group else "",
            person=seat.person.slug,
            name=seat.person.name,
            organisation=seat.organisation.name if seat.organisation else "",
            note=held.note,
            starts_on=held.starts_on,
            ends_on=held.ends_on,
        )


class TermOut(BaseModel):
    """What a group was called in one period."""

    period: str
    title: str
    titles: dict[str, str]
    mandate: str
    source: str
    confirmed: bool

    @classmethod
    def of(cls, row: Term) -> "TermOut":
        term = row.term
        return cls(
            period=row.period.code,
            title=term.title,
            titles=term.titles,
            mandate=term.mandate,
            source=term.source,
            confirmed=term.is_confirmed,
        )


class RecordOut(BaseModel):
    """One group with its relatives, by path, and who holds office in it."""

    path: str
    label: str
    code: str
    sector: str
    kind: str
    title: str
    period: str
    starts_on: date | None
    ends_on: date | None
    ended_reason: str
    parents: list[str]
    working_party: str | None
    children: list[str]
    predecessors: list[str]
    successors: list[str]
    continues: list[str]
    continued_by: list[str]
    terms: list[TermOut]
    officers: list[SeatOut]

    @classmethod
    def of(cls, row: Record) -> "RecordOut":
        group, kin = row.group, row.relatives
        shared = {name: getattr(group, name) for name in cls.model_fields if hasattr(group, name)}
        return cls(
            **shared,
            title=row.title,
            period=row.period.code if row.period else "",
            parents=[each.path for each in kin.parents],
            working_party=kin.working_party.path if kin.working_party else None,
            children=[each.group.path for each in row.children],
            predecessors=[each.path for each, _ in kin.before],
            successors=[each.path for each, _ in kin.after],
            continues=[each.path for each in kin.continues],
            continued_by=[each.path for each in kin.continued_by],
            terms=[TermOut.of(each) for each in row.terms],
            officers=[SeatOut.of(each) for each in row.officers],
        )
