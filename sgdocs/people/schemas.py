"""What comes in about people, and what the API gives out."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, folded, one_line
from sgdocs.i18n import N_
from sgdocs.people.accounts import Token
from sgdocs.people.models import Organisation, Person
from sgdocs.people.rules import Category, TokenScope, normal_email


def written_as(pattern: str, right: str) -> AfterValidator:
    """A validator: the whole text matches, or the refusal says what would be right (a message of the catalogue)."""

    def check(text: str) -> str:
        if re.fullmatch(pattern, text) is None:
            raise ValueError(right)
        return text

    return AfterValidator(check)


MOST_INTERESTS = 20


class Scheme(StrEnum):
    """Light or dark, whatever the device says."""

    SYSTEM = ""
    LIGHT = "light"
    DARK = "dark"


class Density(StrEnum):
    """How high the rows of lists are."""

    USUAL = ""
    COMPACT = "compact"


def _zone(name: str) -> str:
    if name and name not in available_timezones():
        raise ValueError(N_("Give a zone by its name, such as Asia/Tokyo."))
    return name


Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=200)]
Named = Annotated[str, AfterValidator(one_line), StringConstraints(min_length=2, max_length=200, strip_whitespace=True)]
Words = Annotated[str, AfterValidator(clean), StringConstraints(max_length=2000)]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200),
    written_as(
        r"[^@\s<>,;:\"()]+@[^@\s<>,;:\"()]+\.[^@\s<>,;:\"().]+", N_("Give an e-mail address such as ada@example.org.")
    ),
    AfterValidator(normal_email),
]
Language = Annotated[str, written_as(r"[a-z]{2}", N_("Give a language by two letters, such as en."))]
Country = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_upper=True),
    written_as(r"([A-Z]{2})?", N_("Give a country by two letters, such as CH.")),
]
Phone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=40),
    written_as(r"[0-9+() ./-]*", N_("Give a number such as +41 22 730 51 11.")),
]
Url = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=300),
    written_as(r"(https?://\S+)?", N_("Give an address such as https://example.org.")),
]
Password = Annotated[str, StringConstraints(max_length=1000)]
"""Longer ones are refused before they are hashed; the rules for a new one stand in `rules`."""


class Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class OrganisationForm(Form):
    name: Named
    category: Category
    acronym: Line = ""
    country: Country = ""
    url: Url = ""


class ProfileForm(Form):
    """What a person may change of themselves."""

    name: Named
    language: Language = "en"
    languages: list[Language] = Field(default_factory=list)
    country: Country = ""
    position: Line = ""
    phone: Phone = ""


class OwnProfileForm(ProfileForm):
    """The same by the person, with the fields of interest: one a line, or with commas."""

    interests: Words = ""

    @property
    def fields(self) -> dict[str, str]:
        """Folded words -> the words, the first spelling of each, at most twenty."""
        told = [one_line(each)[:80] for each in re.split(r"[\n,;]", self.interests)]
        found: dict[str, str] = {}
        for words in told:
            if words:
                found.setdefault(folded(words), words)
        return dict(list(found.items())[:MOST_INTERESTS])


class PreferencesForm(Form):
    """How pages look to the person. zone: IANA name, "" for Geneva's time alone; scheme, density: "" as usual."""

    language: Language = "en"
    zone: Annotated[str, AfterValidator(_zone)] = ""
    scheme: Scheme = Scheme.SYSTEM
    density: Density = Density.USUAL


class PersonForm(ProfileForm):
    """What the secretariat may change. organisation: name, acronym or slug; empty for none."""

    email: Email | None = None
    organisation: Line = ""


class RequestForm(Form):
    """A request for an account. organisation: as the person writes it."""

    name: Named
    email: Email
    organisation: Named
    country: Country = ""
    language: Language = "en"
    note: Words = ""


class DecisionForm(Form):
    """organisation: needed when the person's entity was none of ours; reason: told when refused."""

    organisation: Line = ""
    reason: Words = ""


class EndSessionsForm(Form):
    with_tokens: bool = False


class SignInForm(Form):
    email: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Password
    next: str = ""
    shared: bool = False


class EmailForm(Form):
    email: Email


class CodeForm(Form):
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=6, max_length=40)]


class NewPasswordForm(Form):
    password: Password
    again: Password


class ChangePasswordForm(NewPasswordForm):
    current: Password


class ConfirmForm(Form):
    """An act that needs the password once more."""

    password: Password


class TokenForm(Form):
    name: Named
    scopes: Annotated[list[TokenScope], Field(min_length=1)]
    expires_on: date


class GuestForm(Form):
    name: Named
    email: Email
    language: Language = "en"
    place: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=80)]
    ends_on: date


class OrganisationOut(BaseModel):
    slug: str
    name: str
    acronym: str
    category: str
    country: str

    @classmethod
    def of(cls, row: Organisation) -> "OrganisationOut":
        return cls(slug=row.slug, name=row.name, acronym=row.acronym, category=row.category, country=row.country)


class PersonOut(BaseModel):
    """email, phone: null unless the reader is a member. Source: domain 8.3."""

    slug: str
    name: str
    organisation: OrganisationOut | None
    country: str
    position: str
    languages: list[str]
    email: str | None = None
    phone: str | None = None

    @classmethod
    def of(cls, row: Person, organisation: Organisation | None, *, contacts: bool) -> "PersonOut":
        return cls(
            slug=row.slug,
            name=row.name,
            organisation=OrganisationOut.of(organisation) if organisation else None,
            country=row.country,
            position=row.position,
            languages=row.languages,
            email=row.email if contacts else None,
            phone=(row.phone or None) if contacts else None,
        )


class TokenOut(BaseModel):
    name: str
    hint: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None

    @classmethod
    def of(cls, row: Token) -> "TokenOut":
        return cls(
            name=row.name,
            hint=row.hint,
            scopes=row.scopes,
            created_at=row.created_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
        )
