"""What comes in about translations, and what the API gives out."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from sgdocs.base.errors import word
from sgdocs.base.rulebook import rule_of
from sgdocs.translation.models import TranslationJob, TranslationPiece
from sgdocs.translation.subjects import Kind

Language = Literal["en", "fr", "es", "ru", "ar", "zh"]


class TranslationForm(BaseModel):
    """id: of the thing, as its own record gives it; of a Recommendation that of the text."""

    kind: Kind
    id: int = Field(ge=1)
    language: Language


class MissedTerm(BaseModel):
    term: str
    official: str


class TranslationOut(BaseModel):
    """A machine translation. It is never an official version. host: where the text went; error: why it failed, or waits."""

    id: int
    kind: Kind
    label: str
    url: str
    source: str
    language: str
    is_official: Literal[False] = False
    host: str
    state: str
    pieces: int
    done: int
    asked_at: datetime
    finished_at: datetime | None
    error: str
    error_rule: str
    official_terms: int
    missed_terms: list[MissedTerm]
    file: str
    file_state: str
    file_error: str

    @classmethod
    def of(cls, job: TranslationJob, site: str = "") -> "TranslationOut":
        address = page_of(job.kind, job.subject_id, job.target)
        return cls(
            id=job.id or 0,
            kind=Kind(job.kind),
            label=job.label,
            url=f"{site.rstrip('/')}{address}",
            source=job.source,
            language=job.target,
            host=job.host,
            state=job.state,
            pieces=job.pieces,
            done=job.done,
            asked_at=job.asked_at,
            finished_at=job.finished_at,
            error=_says(job.error, job.error_facts),
            error_rule=job.error,
            official_terms=job.terms,
            missed_terms=[MissedTerm(**each) for each in job.missed],
            file=f"{site.rstrip('/')}{address}/{job.file_name}" if job.sha256 else "",
            file_state=job.file_state,
            file_error=_says(job.file_error, job.file_facts),
        )


def page_of(kind: str, subject_id: int, language: str) -> str:
    """The address of a translation: `/translation/document/12/fr`."""
    return f"/translation/{kind}/{subject_id}/{language}"


def _says(rule_id: str, facts: dict[str, str]) -> str:
    rule = rule_of(rule_id)
    return word(rule.says, facts) if rule else ""


class PieceOut(BaseModel):
    """A heading or some paragraphs, a line each; cells of a table stand between tabs."""

    anchor: str
    number: str
    is_heading: bool
    text: str

    @classmethod
    def of(cls, row: TranslationPiece) -> "PieceOut":
        return cls.model_validate(row, from_attributes=True)


class TranslatedOut(TranslationOut):
    """With its text, as far as it is there."""

    text: list[PieceOut] = Field(default_factory=list)
