"""What comes in to record what a meeting did."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line
from sgdocs.proceedings.rules import DecisionKind, Outcome

Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=300)]
Path = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=120)]
Named = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Words = Annotated[str, AfterValidator(clean), StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]
Written = Annotated[str, AfterValidator(clean), StringConstraints(max_length=100_000)]
Id = Annotated[int, Field(ge=1, le=2_000_000_000)]
SectionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class Form(BaseModel):
    """group: path of a group that sits in the meeting; "" for that of the meeting."""

    model_config = ConfigDict(extra="ignore")

    group: Path = ""


class DispositionForm(Form):
    """What became of a document. other: name of that it was revised to or merged into; part: version that was
    discussed (`R1`), None for the current one."""

    document: Named
    outcome: Outcome
    other: Path = ""
    note: Line = ""
    part: Annotated[str, StringConstraints(max_length=10)] | None = None


class BulkForm(Form):
    """One outcome for several documents, by name."""

    documents: list[Named] = Field(min_length=1, max_length=500)
    outcome: Outcome


class DecisionForm(Form):
    """item: id of the agenda item; document: name of the one it concerns."""

    text: Words
    kind: DecisionKind = DecisionKind.AGREED
    item: Id | None = None
    document: Path = ""


class ActionForm(Form):
    """owner: slug or e-mail of a person, or words (`Editors of Y.slice`)."""

    text: Words
    owner: Line = ""
    due_on: date | None = None
    item: Id | None = None
    document: Path = ""


class ReasonForm(BaseModel):
    reason: Line = ""


class WritingForm(Form):
    """Texts of sections. version: of the report that was seen; seen: section -> digest of its text then."""

    sections: dict[SectionId, Written] = Field(default_factory=dict, max_length=60)
    title: Line | None = None
    version: Annotated[int, Field(ge=0, le=2_000_000_000)]
    seen: dict[SectionId, Annotated[str, StringConstraints(max_length=64)]] = Field(default_factory=dict)


class OutputForm(BaseModel):
    """An output to be moved. document: name; parent: code of the meeting, "" for that it reports to."""

    document: Named
    parent: Path = ""
