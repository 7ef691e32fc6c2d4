"""What comes in about outside bodies, and what the API gives out."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line
from sgdocs.liaison.body_rules import Direction, Mode, Product, QualificationKind
from sgdocs.liaison.rules import BodyKind
from sgdocs.people.schemas import Email, Url

Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=300)]
Name = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=20_000)]
Place = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, max_length=120)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class BodyForm(_Form):
    """names: other spellings, one a line in pages. parent, successor: any name of a body; organisation: of a member."""

    name: Name
    kind: BodyKind
    acronym: Line = ""
    names: list[Name] = Field(default_factory=list, max_length=60)
    parent: Line = ""
    organisation: Line = ""
    url: Url = ""
    notes: Prose = ""
    ended_on: date | None = None
    successor: Line = ""


class ContactForm(_Form):
    """group: path or label of the group whose statements go there; "" for all. language: of letters, "" for English."""

    email: Email
    name: Line = ""
    role: Line = ""
    group: Place = ""
    language: Literal["", "en", "fr", "es", "ru", "ar", "zh"] = ""
    is_default: bool = False
    since: date | None = None
    until: date | None = None


class QualificationForm(_Form):
    kind: QualificationKind
    since: date
    reviewed_on: date | None = None
    until: date | None = None
    source: Name


class CollaborationForm(_Form):
    """item: number or name of a work item; "" when it is about a group, or about all."""

    mode: Mode
    product: Product = Product.NONE
    group: Place = ""
    item: Line = ""
    since: date | None = None
    until: date | None = None
    source: Line = ""


class OfficerForm(_Form):
    """Between `group` and `body`, or `other_group`. person: slug of somebody whom we know, else name and address."""

    direction: Direction
    group: Annotated[
        str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, min_length=1, max_length=120)
    ]
    body: Line = ""
    other_group: Place = ""
    person: Line = ""
    name: Line = ""
    email: Email | None = None
    starts_on: date
    ends_on: date | None = None
    source: Line = ""


class EndForm(_Form):
    last_on: date
