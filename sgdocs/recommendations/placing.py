"""Where a text belongs: its family, its line, its address. Pure. Source: design 2, domain 2.6."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sgdocs.identifiers.model import Identifier, Part
from sgdocs.identifiers.model import Kind as Named
from sgdocs.recommendations.rules import Kind, natural

SPACES: dict[str, str] = {
    Kind.REPORT: "report",
    Kind.QUESTION: "question",
    Kind.RESOLUTION: "resolution",
    Kind.OPINION: "opinion",
    Kind.DECISION: "decision",
    Kind.HANDBOOK: "handbook",
    Kind.DRAFT: "draft",
    Kind.VOLUME: "volume",
    Kind.TECHNICAL_PAPER: "paper",
    Kind.TECHNICAL_REPORT: "paper",
    Kind.DELIVERABLE: "deliverable",
}
REC = "rec"
KINDS: dict[Named, Kind] = {
    Named.GUIDE: Kind.GUIDE,
    Named.DRAFT: Kind.DRAFT,
    Named.DRAFT_DOCUMENT: Kind.DRAFT,
    Named.TECHNICAL_PAPER: Kind.TECHNICAL_PAPER,
    Named.TECHNICAL_REPORT: Kind.TECHNICAL_REPORT,
    **{
        named: Kind(named.value)
        for named in (
            Named.RECOMMENDATION,
            Named.AMENDMENT,
            Named.CORRIGENDUM,
            Named.ERRATUM,
            Named.ADDENDUM,
            Named.SUPPLEMENT,
            Named.ANNEX,
            Named.APPENDIX,
            Named.ATTACHMENT,
            Named.HANDBOOK,
            Named.REPORT,
            Named.QUESTION,
            Named.RESOLUTION,
            Named.OPINION,
            Named.DECISION,
        )
    },
}
CHANGE_PATHS = {
    Kind.AMENDMENT: "amd",
    Kind.CORRIGENDUM: "cor",
    Kind.ERRATUM: "err",
    Kind.ADDENDUM: "add",
}
APART_WORDS = {Kind.ANNEX: "Annex", Kind.APPENDIX: "App", Kind.SUPPLEMENT: "Sup", Kind.ATTACHMENT: "Attachment"}
_NOT_PATH = re.compile(r"[^A-Za-z0-9.+_-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text belongs.

    key: unique among the families of a Sector and space; number: as shown; apart: part published on its own;
    changes: the amendments and corrigenda on the way, outermost last, as (kind, number).
    """

    sector: str
    space: str
    kind: Kind
    series: str
    key: str
    number: str
    numbers: tuple[str, ...]
    slug: str
    apart: str = ""
    changes: tuple[tuple[Kind, str], ...] = ()
    part: str = ""
    base_year: int | None = None
    version: str = ""
    revision: int | None = None
    printed: str = ""

    @property
    def address(self) -> str:
        """Of the family: `/rec/T/G.709`."""
        return f"/{self.space}/{self.sector}/{self.slug}"

    @property
    def line_address(self) -> str:
        """Of the line: `/rec/T/G.722.2-AnnexC` for a part published apart."""
        return self.address + (f"-{self.apart}" if self.apart else "")

    @property
    def sort_key(self) -> str:
        """Of the family in lists: series first, numbers by value; Supplements after Recommendations."""
        last = "~" if " Suppl. " in self.key or ".Imp" in self.key else " "
        return natural(f"{self.series}{last}{self.key}")


def place(identifier: Identifier) -> Place | None:
    """The place of a parsed identifier; None for what is no published text (a document, a work item)."""
    kind = KINDS.get(identifier.kind)
    if kind is None or identifier.sector not in ("T", "R"):
        return None
    number, parts = _number(identifier), identifier.parts
    if number is None:
        return None
    if identifier.series and not identifier.band:
        parts = parts[1:]
    apart, changes = _split(parts)
    root = kind if not parts else _root(identifier)
    space = SPACES.get(root, REC)
    numbers = identifier.numbers if len(identifier.numbers) > 1 else (number,)
    return Place(
        sector=identifier.sector,
        space=space,
        kind=kind,
        series=series_of(number, space),
        key=number,
        number="/".join(numbers),
        numbers=numbers,
        slug=slug_of(number, space),
        apart=apart,
        changes=changes,
        part=identifier.part or "",
        base_year=identifier.modified_year,
        version=identifier.version or "",
        revision=_revision(identifier),
        printed=_printed(identifier),
    )


def _number(identifier: Identifier) -> str | None:
    """The one number that names the family."""
    if identifier.band:
        return f"{identifier.series}-{identifier.band}"
    if identifier.series:
        return f"{identifier.series} Suppl. {identifier.parts[0].label}"
    if identifier.numbers:
        variant = f" {identifier.variant}" if identifier.variant else ""
        return identifier.numbers[0] + (identifier.range_end or "") + variant
    return identifier.base or identifier.code


def _root(identifier: Identifier) -> Kind:
    """The kind of the family behind an attached text: `EMC-3 (1974) Amd. 1` belongs to a handbook."""
    named = identifier.numbers[0] if identifier.numbers else ""
    return Kind.HANDBOOK if named.startswith(("EMC-", "MES-", "QOS-", "IMPL-", "SEC-")) else Kind.RECOMMENDATION


def _split(parts: tuple[Part, ...]) -> tuple[str, tuple[tuple[Kind, str], ...]]:
    """What is published apart, in one word, and the changes on it."""
    kinds = [(KINDS[part.kind], part.label) for part in parts]
    apart = "-".join(APART_WORDS[kind] + label for kind, label in kinds if kind in APART_WORDS)
    return apart, tuple((kind, label) for kind, label in kinds if kind in CHANGE_PATHS)


def _revision(identifier: Identifier) -> int | None:
    """ITU-R: a first edition has no number, or `-0` since about 2010. Source: domain 2.3."""
    if identifier.sector == "R" and identifier.revision is None:
        return 0
    return identifier.revision


def _printed(identifier: Identifier) -> str:
    """The date that the identifier itself prints: `2019-11`, `2019` or ""."""
    if identifier.day:
        return f"{identifier.year:04d}-{identifier.month:02d}-{identifier.day:02d}"
    return identifier.printed_month or (str(identifier.year) if identifier.year else "")


def series_of(number: str, space: str) -> str:
    """The letters before the number: `G`, `BT`; empty for Questions, Resolutions and handbooks."""
    if space in ("question", "resolution", "opinion", "decision", "handbook", "volume", "deliverable"):
        return ""
    found = re.match(r"[A-Z]{1,3}(?=[ .\-\d])", number)
    return found[0] if found else ""


def slug_of(number: str, space: str) -> str:
    """The number as one segment of an address: `V.25bis`, `G.Sup66`, `241-1`, `Q.1912.5-B`."""
    if space in ("question", "resolution", "opinion", "decision"):
        number = number.removeprefix(space.capitalize()).strip()
    number = number.replace(" Suppl. ", ".Sup")
    number = re.sub(r" (?=bis|ter|quater|quarter|R\b)", "", number)
    return _NOT_PATH.sub("-", number).strip("-")


def edition_path(place: Place, approved: str) -> str:
    """The segment of a full edition: revision in ITU-R, else the month; the day when it is all there is."""
    if place.sector == "R" and place.revision is not None:
        return str(place.revision)
    return (place.printed or approved or "undated")[:7]


def address_of(place: Place, above: str, approved: str, taken: Callable[[str], bool]) -> str:
    """A free address for a text. above: that of the text it changes, or of its line.

    A month with two editions gives the second one its day; should that be taken as well, a counter.
    """
    if place.changes:
        kind, label = place.changes[-1]
        plain = f"{above}/{CHANGE_PATHS[kind]}/{label}"
    else:
        plain = f"{above}/{edition_path(place, approved)}"
    if not taken(plain):
        return plain
    dated = f"{above}/{approved}" if len(approved) == 10 and not place.changes else f"{plain}-{approved or 'undated'}"
    candidates = [dated, *(f"{dated}-{count}" for count in range(2, 1000))]
    return next(candidate for candidate in candidates if not taken(candidate))


def unknown_above(place: Place) -> str:
    """The address on which a change hangs when its edition is not known: the line and the year printed."""
    inner = "".join(f"/{CHANGE_PATHS[kind]}/{label}" for kind, label in place.changes[:-1])
    return f"{place.line_address}/{place.base_year or 'undated'}{inner}"


def text_sort_key(place: Place, approved: str) -> str:
    """The order of texts in a family: revision in ITU-R, else approval; then amendments by number."""
    first = f"{place.revision:04d}" if place.sector == "R" and place.revision is not None else approved or "0000"
    depth = len(place.changes)
    return natural(f"{first}|{depth}|{place.kind}|{place.part}")
