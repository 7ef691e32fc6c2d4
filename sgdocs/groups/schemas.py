"""What comes in to set up and staff groups, and what the API gives out."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.groups.listing import GroupRow
from sgdocs.groups.models import StudyPeriod
from sgdocs.groups.queries import Seat
from sgdocs.groups.rules import GroupKind

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Path = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]


class GroupForm(BaseModel):
    """A group to be set up. parent: path; period: code, for the first term; continues: labels or paths of Questions."""

    model_config = ConfigDict(extra="ignore")

    sector: Annotated[str, StringConstraints(pattern="^[TRD]$")]
    kind: GroupKind
    code: Code
    parent: Path = ""
    joint_parents: list[Path] = Field(default_factory=list)
    working_party: Path = ""
    period: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)] = ""
    starts_on: date | None = None
    title: Line = ""
    mandate: Prose = ""
    source: Line = ""
    label: Line = ""
    continues: list[Path] = Field(default_factory=list)


class TermForm(BaseModel):
    """What a group is called in a period. is_confirmed: the wording was read in an official text."""

    period: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10)]
    title: Line = ""
    titles: dict[str, Line] = Field(default_factory=dict)
    mandate: Prose = ""
    source: Line = ""
    is_confirmed: bool = True


class AppointmentForm(BaseModel):
    """Who is to hold which role from when. person: slug; accept: go on although two terms are served."""

    person: Code
    role: Code
    starts_on: date
    ends_on: date | None = None
    note: Line = ""
    accept: bool = False


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
