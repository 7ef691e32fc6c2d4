"""The form of a document as people type it: plain fields, filled from the cover of the file, compared with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from sgdocs.documents.rules import DocumentKind, Purpose, TdReason
from sgdocs.documents.schemas import ContactForm, ReservationForm, RevisionForm, SubmissionForm
from sgdocs.i18n import N_
from sgdocs.text.model import Cover

CONTACT: Final = ("name", "organisation", "country", "telephone", "email")
CONTACTS: Final = ("contact", "contact2")
LANGUAGES: Final = {
    "en": N_("English"),
    "fr": N_("French"),
    "es": N_("Spanish"),
    "ru": N_("Russian"),
    "zh": N_("Chinese"),
    "ar": N_("Arabic"),
}
_BETWEEN = re.compile(r"[,;\n]+|\s+and\s+")


class PaperForm(BaseModel):
    """Words as typed. questions: `2/15, 4/15`; sources: one a line; receipt: of the file that was read before;
    overrule: why errors may stand, for the secretariat; contact…, contact2…: two people to ask.
    """

    model_config = ConfigDict(extra="ignore")

    receipt: str = Field("", max_length=4000)
    kind: DocumentKind | None = None
    stream: str = Field("", max_length=40)
    title: str = Field("", max_length=500)
    questions: str = Field("", max_length=1000)
    sources: str = Field("", max_length=4000)
    purpose: Purpose = Purpose.NONE
    abstract: str = Field("", max_length=20_000)
    keywords: str = Field("", max_length=500)
    language: str = Field("en", pattern=r"^[a-z]{2,3}$")
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
    audience: str = Field("", max_length=200)
    audience_reason: str = Field("", max_length=500)
    td_reason: TdReason = TdReason.NONE
    note: str = Field("", max_length=500)
    overrule: str = Field("", max_length=500)

    def submission(self, errors: tuple[str, ...] = ()) -> SubmissionForm:
        """What the action takes. errors: ids of findings; those are overruled when a reason was given."""
        return SubmissionForm(
            **self.model_dump(include={"kind", "stream", "title", "purpose", "abstract", "keywords", "language"}),
            **self.model_dump(include={"audience", "audience_reason", "td_reason", "note"}),
            questions=parted(self.questions),
            sources=lines(self.sources),
            contacts=self.contacts(),
            overrule=self.overruled(errors),
        )

    def reservation(self) -> ReservationForm:
        return ReservationForm(
            **self.model_dump(include={"kind", "stream", "title", "language"}),
            questions=parted(self.questions),
            sources=lines(self.sources),
        )

    def revision(self, errors: tuple[str, ...] = ()) -> RevisionForm:
        """What was left empty stays as it is."""
        return RevisionForm(
            title=self.title or None,
            abstract=self.abstract or None,
            keywords=self.keywords or None,
            questions=parted(self.questions) or None,
            contacts=self.contacts() or None,
            note=self.note,
            overrule=self.overruled(errors),
        )

    def contacts(self) -> list[ContactForm]:
        told = [{part: getattr(self, f"{each}_{part}") for part in CONTACT} for each in CONTACTS]
        return [ContactForm(**contact) for contact in told if any(contact.values())]

    def overruled(self, errors: tuple[str, ...]) -> dict[str, str]:
        return dict.fromkeys(errors, self.overrule.strip()) if self.overrule.strip() else {}


def parted(words: str) -> list[str]:
    """`2/15, 4/15; 7/15` in parts."""
    return [part.strip() for part in _BETWEEN.split(words) if part.strip()][:60]


def lines(words: str) -> list[str]:
    """One a line; a semicolon parts too, a comma may belong to a name."""
    return [part.strip() for part in re.split(r"[;\r\n]+", words) if part.strip()][:60]


def told_by(cover: Cover) -> dict[str, str]:
    """The fields of the form that a cover tells; those it does not tell are left out."""
    told = {
        "title": cover.title,
        "questions": ", ".join(cover.questions),
        "sources": cover.source,
        "purpose": cover.purpose if cover.purpose in set(Purpose) else "",
        "abstract": cover.abstract,
        "keywords": cover.keywords,
        "language": cover.language if cover.language in LANGUAGES else "",
    }
    for name, contact in zip(CONTACTS, cover.contacts, strict=False):
        told |= {f"{name}_{part}": getattr(contact, part) for part in CONTACT}
    return {name: " ".join(words.split()) if name != "abstract" else words for name, words in told.items() if words}


@dataclass(frozen=True)
class Row:
    """One line of the table of what was read. field: of the form; standing: filled, same, differs, empty."""

    field: str
    label: str
    in_file: str
    in_form: str
    standing: str


LABELS: Final[Mapping[str, str]] = {
    "title": N_("Title"),
    "sources": N_("Source"),
    "questions": N_("Questions"),
    "purpose": N_("Purpose"),
    "abstract": N_("Abstract"),
    "keywords": N_("Keywords"),
    "language": N_("Language"),
    "contact": N_("Contact"),
    "contact2": N_("Second contact"),
}


def compared(cover: Cover, typed: Mapping[str, str]) -> list[Row]:
    """What the file says beside what had been typed before it was read; "" typed is filled from the file."""
    told = told_by(cover)
    rows = []
    for field, label in LABELS.items():
        in_file, in_form = told.get(field, ""), typed.get(field, "")
        if field in CONTACTS:
            in_file, in_form = (_joined(values, field) for values in (told, typed))
        if in_file or in_form:
            rows.append(Row(field, label, in_file, in_form, _standing(in_file, in_form)))
    return rows


def _joined(values: Mapping[str, str], contact: str) -> str:
    return ", ".join(filter(None, (values.get(f"{contact}_{part}", "") for part in CONTACT)))


def _standing(in_file: str, in_form: str) -> str:
    if not in_file:
        return "empty"
    if not in_form:
        return "filled"
    return "same" if _plain(in_file) == _plain(in_form) else "differs"


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()
