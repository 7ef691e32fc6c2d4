"""The form of a liaison statement on a page: plain fields and rows, read into what the actions take, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from sgdocs.i18n import Language
from sgdocs.liaison.rules import Level
from sgdocs.liaison.schemas import DraftForm, ReceiveForm
from sgdocs.web.fields import right_of
from sgdocs.web.forms import Filled
from sgdocs.web.liaison_rows import FROM, SIDES, TO, field_of, parted, raw_of, rows_of
from sgdocs.web.paper_form import CONTACT, CONTACTS

Made = TypeVar("Made", DraftForm, ReceiveForm)
Lines = Annotated[str, StringConstraints(max_length=12_000)]
LISTS: Final = ("reply_to", "forwards", "work_items", "recommendations", "questions")
"""Lists that a page shows as one line, commas between."""
WORDS: Final = ("title", "body", "language", "meeting", "level", "number", "dated_on", "received_on")


class StatementFields(BaseModel):
    """Words as typed, beside the rows of `liaison_rows`. version: of the draft when the form was opened; more: which
    side wants another row, or which row its ended group's successor (`to-0-name=ITU-T SG21`); receipt: of the file that was read before.
    """

    title: str = Field("", max_length=500)
    body: str = Field("", max_length=100_000)
    language: str = Field("en", pattern=r"^[a-z]{2,3}$")
    number: str = Field("", max_length=200)
    dated_on: date | None = None
    received_on: date | None = None
    meeting: str = Field("", max_length=200)
    level: Level | None = None
    reply_to: Lines = ""
    forwards: Lines = ""
    work_items: Lines = ""
    recommendations: Lines = ""
    questions: Lines = ""
    contact_name: str = Field("", max_length=200)
    contact_organisation: str = Field("", max_length=200)
    contact_country: str = Field("", max_length=200)
    contact_telephone: str = Field("", max_length=200)
    contact_email: str = Field("", max_length=200)
    contact2_name: str = Field("", max_length=200)
    contact2_organisation: str = Field("", max_length=200)
    contact2_country: str = Field("", max_length=200)
    contact2_telephone: str = Field("", max_length=200)
    contact2_email: str = Field("", max_length=200)
    version: int = Field(0, ge=0)
    receipt: str = Field("", max_length=4000)
    more: str = Field("", max_length=300)

    def told(self) -> dict[str, Any]:
        """The plain fields, lists parted, contacts that say something; what was left empty is not told."""
        words = {name: value for name in WORDS if (value := getattr(self, name)) not in ("", None)}
        lists = {name: parted(getattr(self, name)) for name in LISTS}
        return {**words, **lists, "contacts": self.contacts()}

    def contacts(self) -> list[dict[str, str]]:
        told = [{part: getattr(self, f"{each}_{part}") for part in CONTACT} for each in CONTACTS]
        return [contact for contact in told if any(contact.values())]


def shaped(spoken: Language, filled: Filled[StatementFields], form: type[Made]) -> Made | None:
    """What the action takes, or None with the errors at the fields of the page."""
    if not filled.ok:
        return None
    rows = {plural: rows_of(filled.raw, side) for side, plural in SIDES.items()}
    try:
        return form.model_validate({**filled.value.told(), **rows})
    except ValidationError as error:
        for each in error.errors():
            name = ".".join(str(part) for part in each["loc"])
            filled.errors.setdefault(field_of(name, filled.raw), right_of(each, spoken))
        return None


def start_of(form: DraftForm | ReceiveForm, **more: object) -> dict[str, list[str]]:
    """The words of a page that shows this form."""
    told = form.model_dump(mode="json")
    raw = {name: [str(told[name])] for name in WORDS if told.get(name) not in (None, "")}
    raw |= {name: [", ".join(told[name])] for name in LISTS if told.get(name)}
    for name, contact in zip(CONTACTS, told["contacts"], strict=False):
        raw |= {f"{name}_{part}": [contact[part]] for part in CONTACT if contact[part]}
    raw |= raw_of(FROM, told["senders"]) | raw_of(TO, told["addressees"])
    return raw | {name: [str(value)] for name, value in more.items()}


def settle(filled: Filled[Any], fields: Mapping[str, object]) -> None:
    """An error of a list goes to its row, one of a field that the page does not show to its head."""
    for name in list(filled.errors):
        says = filled.errors.pop(name)
        there = field_of(name, filled.raw) if name else ""
        is_row = there.startswith((f"{FROM}-", f"{TO}-"))
        filled.errors.setdefault(there if is_row or there in fields else "", says)
