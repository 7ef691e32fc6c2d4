"""What comes in to post a notice of the service, and what the lists give out."""

from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.rules import LANGUAGES, Kind, Severity, State, said, state
from sgdocs.base.clock import GENEVA
from sgdocs.base.text import clean, one_line

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2150, 1, 1, tzinfo=UTC)


def in_geneva(at: datetime) -> datetime:
    """The instant in UTC; without a zone it is the time in Geneva. ValueError when out of all bounds."""
    if not FIRST.year <= at.year < LAST.year:
        raise ValueError("between 2000 and 2149")
    return (at if at.tzinfo else at.replace(tzinfo=GENEVA)).astimezone(UTC)


Instant = Annotated[datetime, AfterValidator(in_geneva)]
Title = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=200)]
Text = Annotated[str, AfterValidator(clean), StringConstraints(max_length=20_000)]


class Words(BaseModel):
    """title: plain; text: Markdown."""

    title: Title = ""
    text: Text = ""


class NoticeForm(BaseModel):
    """words: by language (en, fr, es, ru, ar, zh); version: of the notice that was seen, None when it is new."""

    model_config = ConfigDict(extra="ignore")

    kind: Kind
    severity: Severity = Severity.NOTICE
    begins_at: Instant
    ends_at: Instant
    words: dict[str, Words]
    version: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None

    @model_validator(mode="after")
    def of_known_languages(self) -> Self:
        unknown = set(self.words) - set(LANGUAGES)
        if unknown:
            raise ValueError(f"languages are {', '.join(LANGUAGES)}")
        return self

    def told(self) -> dict[str, dict[str, str]]:
        """The words that there are, English first."""
        given = {code: self.words[code].model_dump() for code in LANGUAGES if code in self.words}
        return {code: each for code, each in given.items() if each["title"] or each["text"]}


class NoticeOut(BaseModel):
    """language: of title and text, the one asked for or what it was fallen back to; languages: all that it has."""

    id: int
    kind: Kind
    severity: Severity
    state: State
    language: str
    title: str
    text: str
    languages: list[str]
    begins_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    changed_at: datetime
    version: int
    address: str

    @classmethod
    def of(cls, row: ServiceNotice, *, now: datetime, language: str, address: str) -> "NoticeOut":
        told = said(row.words, language)
        return cls(
            id=row.id or 0,
            kind=Kind(row.kind),
            severity=Severity(row.severity),
            state=state(row.begins_at, row.ends_at, row.ended_at, now),
            language=told.language,
            title=told.title,
            text=told.text,
            languages=[code for code in LANGUAGES if code in row.words],
            begins_at=row.begins_at,
            ends_at=row.ends_at,
            ended_at=row.ended_at,
            changed_at=row.changed_at,
            version=row.version,
            address=address,
        )


COLUMNS = {
    "id": "Number",
    "kind": "Kind",
    "severity": "Severity",
    "state": "State",
    "title": "Title",
    "language": "Language",
    "begins_at": "From",
    "ends_at": "Until",
    "ended_at": "Ended",
    "address": "Address",
}
