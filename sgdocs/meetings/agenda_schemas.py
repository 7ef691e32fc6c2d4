"""What comes in to write an agenda."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line
from sgdocs.meetings.agenda_rules import ItemKind, Step
from sgdocs.meetings.agenda_templates import Template

Title = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Note = Annotated[str, AfterValidator(clean), StringConstraints(max_length=5_000)]
GroupPath = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=120)]
Sequence = Annotated[int, Field(ge=0, le=2_000_000_000)]
Id = Annotated[int, Field(ge=1, le=2_000_000_000)]


class ItemForm(BaseModel):
    """One item. group: path of the agenda it stands in; question: path of the Question it is for; sitting: its id.

    sequence: of the agenda that the writer saw; another one since is a Conflict.
    """

    model_config = ConfigDict(extra="ignore")

    group: GroupPath = ""
    title: Title
    kind: ItemKind | None = None
    note: Note = ""
    question: GroupPath = ""
    sitting: Id | None = None
    parent: Id | None = None
    sequence: Sequence | None = None


class StepForm(BaseModel):
    """One step of an item: up, down, in, out."""

    step: Step
    sequence: Sequence | None = None


class PlaceForm(BaseModel):
    """Where an item was dropped: as the `position`-th other item under `parent` (none: at the top)."""

    parent: Id | None = None
    position: Annotated[int, Field(ge=0, le=10_000)]
    sequence: Sequence | None = None


class TemplateForm(BaseModel):
    """Fill an empty agenda. group: path; "" for the group of the meeting."""

    group: GroupPath = ""
    template: Template
