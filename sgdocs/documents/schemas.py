"""What comes in with documents.

Deviations from the first plan: `Upload` has besides `is_quarantined` (the scanner could not be reached), and `stamped`
is usually None: the number is known when the document is there; `actions.keep_stamped` brings the copy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line
from sgdocs.documents.rules import DocumentKind, Purpose, TdReason
from sgdocs.storage.store import Blob

Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=500)]
Title = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=20_000)]
Word = Annotated[str, AfterValidator(one_line), StringConstraints(strip_whitespace=True, max_length=200)]
Language = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^([a-z]{2,3})?$")]


class ContactForm(BaseModel):
    """Whom to ask. Source: domain 4.5."""

    model_config = ConfigDict(extra="ignore")

    name: Word = ""
    organisation: Word = ""
    country: Word = ""
    telephone: Word = ""
    email: Word = ""


class ReservationForm(BaseModel):
    """A number before its file. kind: None for the usual one of the meeting; stream: of a TD (`GEN`, `PLEN`, `WP1`).

    questions: codes (`Q2/15`, `2/15`, `ALL/15`) or paths; sources: organisations by slug, id, name or acronym, or
    words where the kind needs no member (`Rapporteur Q2/15`).
    """

    model_config = ConfigDict(extra="ignore")

    kind: DocumentKind | None = None
    stream: Word = ""
    title: Line = ""
    questions: list[Word] = Field(default_factory=list, max_length=60)
    sources: list[Word] = Field(default_factory=list, max_length=60)
    language: Language = "en"


class SubmissionForm(ReservationForm):
    """A document with its files. titles: in other languages; audience: "" for the usual readers, else a label with its
    reason; overrule: id of a finding -> why it may stand (secretariat alone).
    """

    title: Title
    titles: dict[str, Line] = Field(default_factory=dict)
    purpose: Purpose = Purpose.NONE
    abstract: Prose = ""
    keywords: Line = ""
    contacts: list[ContactForm] = Field(default_factory=list, max_length=20)
    audience: Word = ""
    audience_reason: Line = ""
    td_reason: TdReason = TdReason.NONE
    note: Line = ""
    overrule: dict[str, Line] = Field(default_factory=dict)


class RevisionForm(BaseModel):
    """A further version. What is None stays as it is; note: what has changed."""

    model_config = ConfigDict(extra="ignore")

    title: Line | None = None
    abstract: Prose | None = None
    purpose: Purpose | None = None
    keywords: Line | None = None
    contacts: list[ContactForm] | None = None
    questions: list[Word] | None = None
    note: Line = ""
    overrule: dict[str, Line] = Field(default_factory=dict)


class ReasonForm(BaseModel):
    reason: Line = ""


class AudienceForm(BaseModel):
    audience: Word
    reason: Line = ""


class RelationForm(BaseModel):
    """other: name of the document; note: free words."""

    other: Word
    kind: Word
    note: Line = ""


@dataclass(frozen=True)
class Upload:
    """A file that was read and put into the blob store already. format: `docx`, `pdf` …; language: ISO code, "" for that
    of the document; findings: of the preflight, each with `id` and `severity`.
    """

    blob: Blob
    given_name: str
    media_type: str
    format: str = ""
    is_signed: bool = False
    language: str = ""
    stamped: Blob | None = None
    findings: Sequence[Mapping[str, Any]] = field(default=())
    is_quarantined: bool = False


@dataclass(frozen=True)
class OldDocument:
    """A document of an older system, under its old number and dates. revision: the one whose files are at hand.

    sources, questions: words as in the list; posted_at, received_at: None where nobody knows.
    """

    kind: DocumentKind
    number: int
    stream: str = ""
    revision: int = 0
    title: str = ""
    source: str = ""
    questions: Sequence[str] = ()
    language: str = "en"
    received_at: datetime | None = None
    posted_at: datetime | None = None
    is_withdrawn: bool = False
    old_number: str = ""
    abstract: str = ""
    audience: str = ""
