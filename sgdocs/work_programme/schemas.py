"""What comes in with work items. Fields named as in domain 3.1 and in the form of Rec. ITU-T A.1 Annex A."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line
from sgdocs.work_programme.rules import (
    EditorRole,
    ItemKind,
    ItemProcess,
    ItemVersion,
    PaperRole,
    Priority,
    Stage,
    Support,
)

Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=500)]
Title = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=255)]
Name = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=80)]
Word = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=200)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=20_000)]


class Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class EditorForm(Form):
    """Who edits. person: slug or e-mail of one we know, "" for a name in words."""

    name: Word = ""
    entity: Word = ""
    email: Word = ""
    person: Word = ""
    role: EditorRole = EditorRole.EDITOR


class SupportForm(Form):
    """An entity that commits itself: slug, name or acronym of an organisation, or words. country: for words."""

    name: Word
    support: Support = Support.WORK
    country: Word = ""


class EquivalentForm(Form):
    """The same text elsewhere. relation: common, twin, technically-aligned or ""."""

    number: Word
    relation: Word = ""


class ItemForm(Form):
    """A new item. group: path or code of the study group (`T/SG13`, `SG13`); question: `Q2/13` or a path, "" where there
    is none; text: number of the Recommendation that is changed (`G.709`); base: name or number of a document, or words;
    origin: the focus group whose deliverable it is, origin_document: that deliverable; accept: the warnings were read.
    """

    group: Word = ""
    question: Word = ""
    acronym: Name = ""
    title: Title = ""
    titles: dict[str, Title] = Field(default_factory=dict, max_length=10)
    kind: ItemKind = ItemKind.RECOMMENDATION
    version: ItemVersion = ItemVersion.NEW
    version_part: Word = ""
    text: Word = ""
    process: ItemProcess = ItemProcess.NONE
    stage: Stage = Stage.NONE
    timing: Word = ""
    priority: Priority = Priority.NONE
    liaison_to: list[Word] = Field(default_factory=list, max_length=60)
    equivalents: list[EquivalentForm] = Field(default_factory=list, max_length=20)
    scope: Prose = ""
    summary: Prose = ""
    relations: Prose = ""
    comment: Prose = ""
    base: Line = ""
    editors: list[EditorForm] = Field(default_factory=list, max_length=40)
    supporters: list[SupportForm] = Field(default_factory=list, max_length=200)
    origin: Word = ""
    origin_document: Word = ""
    accept: bool = False


class EditForm(Form):
    """A change: what is None stays as it is. acronym: another name, the present one stays findable."""

    acronym: Name | None = None
    title: Title | None = None
    titles: dict[str, Title] | None = Field(default=None, max_length=10)
    kind: ItemKind | None = None
    version: ItemVersion | None = None
    version_part: Word | None = None
    text: Word | None = None
    stage: Stage | None = None
    timing: Word | None = None
    priority: Priority | None = None
    liaison_to: list[Word] | None = Field(default=None, max_length=60)
    equivalents: list[EquivalentForm] | None = Field(default=None, max_length=20)
    scope: Prose | None = None
    summary: Prose | None = None
    relations: Prose | None = None
    comment: Prose | None = None
    editors: list[EditorForm] | None = Field(default=None, max_length=40)


class DecidedForm(Form):
    """A decision on an item: the meeting that took it (code) and why."""

    meeting: Word = ""
    reason: Line = ""


class MoveForm(DecidedForm):
    """group: "" for the present one; question: `Q2/13` or a path, "" for none."""

    group: Word = ""
    question: Word = ""


class MergeForm(DecidedForm):
    """into: the other item, by name or address."""

    into: Word


class ProcessForm(DecidedForm):
    process: ItemProcess


class BaseForm(Form):
    """A base text: document by name; part: of the version (`R1`), None for the newest; note: words beside or in its place."""

    document: Word = ""
    part: Word | None = None
    meeting: Word = ""
    note: Line = ""
    on: date | None = None


class AttachForm(Form):
    """A document that belongs to the item. about: the reference that a justification is about."""

    document: Word
    role: PaperRole = PaperRole.CONTRIBUTION
    about: Line = ""


class DependencyForm(Form):
    """on: the item it waits for, by name or address; words: when it is none."""

    on: Word = ""
    words: Line = ""
    note: Line = ""


class IprForm(Form):
    """The question was asked whether anybody knows of patents. Source: Rec. ITU-T A.8, Author's Guide."""

    meeting: Word
    note: Line = ""


class MoveAllForm(Form):
    """Everything that is open goes on in a new period. period: code; group: of one group alone, "" for every one;
    choices: number of an item -> Question, where a Question was split or has no successor."""

    period: Word
    group: Word = ""
    choices: dict[int, Word] = Field(default_factory=dict, max_length=2_000)
