"""What comes in to set up and staff groups."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line
from sgdocs.groups.rules import GroupKind

Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=300)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=20_000)]
Code = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Path = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=120)]
Named = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class GroupForm(BaseModel):
    """A group to be set up. parent: path or label; period: code, for the first term; continues: of Questions.

    is_old: it was there before our records begin, so that no first day is written.
    """

    model_config = ConfigDict(extra="ignore")

    sector: Annotated[str, StringConstraints(pattern="^[TRD]$")]
    kind: GroupKind
    code: Code
    parent: Path = ""
    joint_parents: list[Path] = Field(default_factory=list)
    working_party: Path = ""
    period: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)] = ""
    starts_on: date | None = None
    is_old: bool = False
    title: Line = ""
    is_confirmed: bool = True
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
    """Who is to hold which role from when. person: slug or e-mail; accept: go on although two terms are served."""

    person: Named
    role: Code
    starts_on: date
    ends_on: date | None = None
    note: Line = ""
    accept: bool = False


class MembershipForm(BaseModel):
    """What an organisation joins. group: path or label of a study group, for an Associate."""

    sector: Annotated[str, StringConstraints(pattern="^[TRD]$")]
    group: Path = ""
    starts_on: date


class MembershipEndForm(BaseModel):
    ends_on: date
