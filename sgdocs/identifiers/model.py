"""What an identifier is made of: kinds, parts, and the flat object that scripts read."""

from dataclasses import dataclass
from enum import StrEnum

Value = str | int | list[str] | list[list[str]]


class Kind(StrEnum):
    """What is named. The words are those of the catalogue. Source: domain 2.3, 4.1."""

    RECOMMENDATION = "recommendation"
    AMENDMENT = "amendment"
    CORRIGENDUM = "corrigendum"
    ERRATUM = "erratum"
    ADDENDUM = "addendum"
    SUPPLEMENT = "supplement"
    ANNEX = "annex"
    APPENDIX = "appendix"
    ATTACHMENT = "attachment"
    SERIES = "series"
    GUIDE = "implementers' guide"
    HANDBOOK = "handbook"
    REPORT = "report"
    QUESTION = "question"
    RESOLUTION = "resolution"
    OPINION = "opinion"
    DECISION = "decision"
    DRAFT = "draft"
    DRAFT_DOCUMENT = "draft document"
    TECHNICAL_PAPER = "technical paper"
    TECHNICAL_REPORT = "technical report"
    WORK_ITEM = "work item"
    WORKING_PARTY = "working party"
    CONTRIBUTION = "contribution"
    TEMPORARY_DOCUMENT = "temporary document"
    MEETING_REPORT = "meeting report"
    LIAISON_STATEMENT = "liaison statement"
    ADMINISTRATIVE_DOCUMENT = "administrative document"
    INFORMATION_DOCUMENT = "information document"
    RAPPORTEUR_GROUP_DOCUMENT = "rapporteur group document"
    COLLECTIVE_LETTER = "collective letter"
    CIRCULAR = "circular"
    HANDLE = "handle"
    STANDARD = "foreign standard"
    UNNUMBERED = "unnumbered"


CHANGES = frozenset({Kind.AMENDMENT, Kind.CORRIGENDUM, Kind.ERRATUM, Kind.ADDENDUM})
PAPERS = frozenset(
    {
        Kind.CONTRIBUTION,
        Kind.TEMPORARY_DOCUMENT,
        Kind.MEETING_REPORT,
        Kind.LIAISON_STATEMENT,
        Kind.ADMINISTRATIVE_DOCUMENT,
        Kind.INFORMATION_DOCUMENT,
        Kind.RAPPORTEUR_GROUP_DOCUMENT,
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """One text attached to another: `Amd. 2`, `Annex C`, `Suppl. 66`.

    year: edition of this part when something follows it (`Annex C (2017) Cor. 1`).
    note: `Technical` before Cor., or `test vectors`, `software` after App.
    """

    kind: Kind
    label: str = ""
    year: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """One name, in parts; what is unknown is None or empty.

    numbers: of a published text, the first one names the family (`G.709`, `Y.1331`).
    base_year, base_month, base_day: edition to which the parts belong; month and day come from addresses only.
    year, month, day: approval of the text itself, as far as printed.
    """

    kind: Kind
    sector: str | None = None
    numbers: tuple[str, ...] = ()
    range_end: str | None = None
    variant: str | None = None
    series: str | None = None
    band: str | None = None
    whole_series: bool = False
    version: str | None = None
    base_year: int | None = None
    base_month: int | None = None
    base_day: int | None = None
    parts: tuple[Part, ...] = ()
    year: int | None = None
    month: int | None = None
    day: int | None = None
    revision: int | None = None
    number: int | None = None
    study_group: str | None = None
    wp: str | None = None
    code: str | None = None
    stage: str | None = None
    period: int | None = None
    group: str | None = None
    meeting: str | None = None
    stream: str | None = None
    piece: str | None = None
    file_format: str | None = None
    language: str | None = None
    iso: str | None = None
    former: str | None = None
    supplements: str | None = None
    place: str | None = None

    @property
    def base(self) -> str | None:
        """The number without edition: `G.709/Y.1331`, `V.25 bis`, `G Suppl. 39`, `E-800`, `Question 241/1`."""
        if self.band is not None:
            return f"{self.series}-{self.band}"
        if self.series is not None:
            return f"{self.series} Suppl. {self.parts[0].label}"
        if self.numbers:
            return "/".join(self.numbers) + (self.range_end or "") + (f" {self.variant}" if self.variant else "")
        if self.kind in (Kind.RESOLUTION, Kind.OPINION, Kind.DECISION):
            return f"{self.kind.capitalize()} {self.number}"
        if self.kind is Kind.QUESTION and self.sector == "R":
            return f"Question {self.number}/{(self.study_group or '').removeprefix('SG')}"
        return self.code if self.kind is Kind.DRAFT_DOCUMENT else None

    @property
    def part(self) -> str | None:
        """Label of the last part: `2`, `C+`, `IV`; None for the text itself."""
        return (self.parts[-1].label or None) if self.parts else None

    @property
    def of_parts(self) -> tuple[Part, ...]:
        """The parts between the text and its last part, the Supplement that is a text of its own among them."""
        return self.parts[:-1]

    @property
    def modified_year(self) -> int | None:
        """Year of the edition that the last part changes."""
        years = [self.base_year, *(part.year for part in self.of_parts)]
        return next((year for year in reversed(years) if year is not None), None)

    @property
    def printed_month(self) -> str | None:
        """`2019-11`, or None when no month is printed."""
        return f"{self.year:04d}-{self.month:02d}" if self.year and self.month else None

    def as_dict(self) -> dict[str, Value]:
        """The flat object for scripts: only what is known, in the words of the catalogue."""
        of_part = [[str(part.kind), part.label] for part in self.of_parts]
        plain: dict[str, Value | None] = {
            "sector": None if self.kind in PAPERS else self.sector,
            "kind": str(self.kind),
            "base": self.base,
            "numbers": list(self.numbers) if len(self.numbers) > 1 else None,
            "base_year": self.modified_year,
            "part": self.part,
            "of_part": of_part or None,
            "version": self.version,
            "month": self.printed_month,
            "year": None if self.month else self.year,
            "period": self.period,
            "group": self.group,
            "meeting": self.meeting,
            "stream": self.stream,
            "question" if self.kind is Kind.QUESTION else "number": self.number,
            "study_group": self.study_group,
            "wp": self.wp,
            "revision": self.revision,
            "piece": self.piece,
            "code": self.code,
            "stage": self.stage,
            "language": self.language,
            "iso": self.iso,
            "former": self.former,
            "supplements": self.supplements,
            "place": self.place,
        }
        return {key: value for key, value in plain.items() if value is not None}
