"""What comes in to hold an event, to take part in it, to meet somebody."""

from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line

Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=300)]
Named = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=20_000)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Zone = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]


def near(at: datetime) -> datetime:
    """An instant, with a zone or in that of a place. ValueError when out of all bounds."""
    if not 2000 <= at.year < 2150:
        raise ValueError("between 2000 and 2149")
    return at


Instant = Annotated[datetime, AfterValidator(near)]
Day = Annotated[date, Field(ge=date(1950, 1, 1), le=date(2150, 1, 1))]


class Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class EventForm(Form):
    """text: Markdown; group: path of who organises it; groups: further ones, and Questions, that it is about, with commas;
    meeting: code of the meeting beside which it is held; readers: public, or those who read the papers of the group."""

    title: Named
    text: Prose = ""
    place: Line = ""
    zone: Zone = "Europe/Zurich"
    starts_on: Day
    ends_on: Day
    group: Line
    groups: Line = ""
    meeting: Line = ""
    readers: Literal["public", "group"] = "public"
    capacity: Annotated[int, Field(ge=1, le=100_000)] | None = None
    register_until: Day | None = None
    join_link: Address = ""
    has_room: bool = False
    version: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None


class ReasonForm(Form):
    reason: Line = ""


class SessionForm(Form):
    """A part of the programme, in the time of the event's place."""

    title: Named
    on: Day
    begins: time
    until: time
    room: Line = ""
    join_link: Address = ""


class TalkForm(Form):
    """speakers: in words, with their affiliation; minutes: how long it lasts, discussion counted; document: its name."""

    title: Named
    speakers: Line = ""
    minutes: Annotated[int, Field(ge=1, le=1440)] = 20
    summary: Prose = ""
    document: Line = ""


class JoinForm(Form):
    """is_listed: other participants may see me; wants_matching: suggest me to others who want it too, and them to me;
    fields: what I am interested in, with commas."""

    is_listed: bool = False
    wants_matching: bool = False
    fields: Line = ""


class AskForm(Form):
    """to: slug of a participant; proposed_at: when, in the time of the event's place."""

    to: Line
    text: Annotated[str, AfterValidator(clean), StringConstraints(max_length=2_000)] = ""
    proposed_at: Instant | None = None
    place: Line = ""


class AnswerForm(Form):
    accept: bool
    answer: Annotated[str, AfterValidator(clean), StringConstraints(max_length=2_000)] = ""
    proposed_at: Instant | None = None
