"""What comes in from people: a text to add or correct, a declaration."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from sgdocs.recommendations.rules import Process, Status, span_of

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100_000)]
Date = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)]


class TextForm(BaseModel):
    """A published text as the one form takes it. Lists are parted by semicolons or lines; dates as known.

    identifier: full, as printed: `ITU-T G.9804.1 (2019) Amd. 4 (03/2027)`. modifies: the edition, when two of
    that year exist. reason: why it is corrected; it is kept in the history.
    """

    model_config = ConfigDict(extra="forbid")

    identifier: Line = ""
    title: Line = ""
    title_fr: Line = ""
    title_es: Line = ""
    title_ru: Line = ""
    title_ar: Line = ""
    title_zh: Line = ""
    status: Status = Status.UNKNOWN
    status_note: Line = ""
    approved: Date = ""
    withdrawn: Date = ""
    process: Process | None = None
    study_group: Short = ""
    languages: Line = ""
    edition: Short = ""
    version: Short = ""
    url: Line = ""
    handle: Short = ""
    iso_iec: Line = ""
    former_names: Line = ""
    acronyms: Line = ""
    modifies: Line = ""
    superseded_by: Line = ""
    relations: Prose = ""
    summary: Prose = ""
    reason: Line = ""

    @field_validator("process", mode="before")
    @classmethod
    def _no_process(cls, value: object) -> object:
        """An empty choice of a form is no process."""
        return None if value == "" else value


class PatentForm(BaseModel):
    """A declaration. option: 1 free of charge with reciprocity, 2 reasonable terms, 3 unwilling. Source: domain 2.5."""

    model_config = ConfigDict(extra="forbid")

    holder: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    text: Line = ""
    option: Annotated[str, StringConstraints(strip_whitespace=True, pattern="^[123]$")]
    declared: Date = ""

    @field_validator("declared")
    @classmethod
    def _a_date(cls, value: str) -> str:
        span_of(value)
        return value


class NewText(BaseModel):
    """What the approval of a text gives: used by `bring_into_force`."""

    identifier: Line
    title: Line = ""
    approved: Date
    process: Process | None = None
    study_group: Short = ""
    summary: Prose = ""
    former_names: list[Short] = Field(default_factory=list)
    iso_iec: list[Short] = Field(default_factory=list)
    languages: list[Short] = Field(default_factory=list)
    published: bool = False
