"""What comes in to convene and run meetings."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line
from sgdocs.meetings.rules import Format, MeetingKind

Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=300)]
Path = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=120)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=20_000)]
Named = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Zone = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class EditForm(BaseModel):
    """What may be changed of a meeting. letter: reference of what convenes it (`COL 4/15`); days: in its own zone.

    groups: paths of the working parties and Questions that meet there.
    """

    model_config = ConfigDict(extra="ignore")

    title: Line = ""
    place: Line = ""
    host: Line = ""
    format: Format = Format.PHYSICAL
    starts_on: date
    ends_on: date
    zone: Zone = "Europe/Zurich"
    letter: Line = ""
    registration_opens_on: date | None = None
    registration_closes_on: date | None = None
    interpretation: Line = ""
    has_captioning: bool = False
    is_in_timetable: bool = False
    announces_tap: bool = False
    note: Prose = ""
    groups: list[Path] = Field(default_factory=list, max_length=300)
    parent: Path = ""


class MeetingForm(EditForm):
    """A meeting to be convened. group: path or label of who meets; title: "" for the usual one; parent: code of the
    meeting it reports to. Without `groups`, a study group or working party meets with all its parts."""

    kind: MeetingKind
    group: Path
    is_in_timetable: bool = True


class ReasonForm(BaseModel):
    """reason: for the people who planned to come."""

    reason: Line = ""


class StepForm(ReasonForm):
    """accept: go on although a warning speaks against it."""

    accept: bool = False


class SittingForm(BaseModel):
    """One session, in the time of the place where it sits. group: path of who sits, "" for the whole meeting."""

    title: Named
    on: date
    begins: time
    until: time
    zone: Zone = "Europe/Zurich"
    room: Line = ""
    remote_link: Address = ""
    group: Path = ""


class DeadlineForm(BaseModel):
    """A deadline set by hand. due_at: the last second that counts, with its zone."""

    due_at: AwareDatetime
    reason: Named


class RegistrationForm(BaseModel):
    """How somebody takes part. is_listed: the name stands in the list of participants."""

    mode: Literal["in-person", "remote"] = "in-person"
    is_listed: bool = False
    role: Annotated[str, StringConstraints(pattern="^(delegate|head-of-delegation|expert|guest)$")] = "delegate"


class DecisionForm(ReasonForm):
    """approve: or refuse, with a reason."""

    approve: bool


class CalendarForm(BaseModel):
    """feed: `my`, `waiting`, `all`, `meeting:CODE`, `group:PATH`, `tasks:PATH`, `calendar:` and the filters of the calendar as a query."""

    feed: Annotated[
        str,
        StringConstraints(
            pattern=r"^(my|waiting|all|meeting:[A-Za-z0-9-]{4,80}|group:[A-Za-z0-9/-]{3,120}|tasks:[A-Za-z0-9/-]{3,120}|calendar:[A-Za-z0-9=&%+._-]{0,300})$"
        ),
    ]
