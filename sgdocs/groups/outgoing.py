"""What the API and the exports give out about groups."""

from datetime import date

from pydantic import BaseModel

from sgdocs.groups.listing import GroupRow
from sgdocs.groups.models import StudyPeriod
from sgdocs.groups.queries import Seat


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
            person=seat.person.slug,
            name=seat.person.name,
            organisation=seat.organisation.name if seat.organisation else "",
            note=held.note,
            starts_on=held.starts_on,
            ends_on=held.ends_on,
        )
