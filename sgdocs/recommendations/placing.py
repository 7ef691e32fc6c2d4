"""Where a text belongs: its family, its line, its address. Pure. Source: design 2, domain 2.6."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sgdocs.identifiers import Identifier, Part, family_key
from sgdocs.identifiers import Kind as Named
from sgdocs.recommendations.rules import Kind, natural

REC = "rec"
HANDBOOK = "handbook"
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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text belongs.

    key: of the family, unique (`T/G.709`, `R/report/M.2134`); number: of the family, as shown; numbers: all that
    the text bears, the family's first; apart: part published on its own; changes: the amendments and corrigenda on
    the way, outermost last, as (kind, number); printed: the date in the identifier.
    """

    sector: str
    space: str
    slug: str
    kind: Kind
    series: str
    key: str
    number: str
    numbers: tuple[str, ...]
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
        """Of the family in lists: series, Recommendations before Supplements and guides, numbers by value."""
        last = "~" if "Sup" in self.slug or ".Imp" in self.slug else " "
        return natural(f"{self.series}{last}{self.number}")


def place(identifier: Identifier, doctype: Kind | None = None) -> Place | None:
    """The place of a parsed identifier; None for what is no published text (a document, a work item).

    doctype: what the source says it is, for names that the grammar does not know.
    """
    kind = KINDS.get(identifier.kind) or doctype
    key = family_key(identifier)
    if kind is None or key is None or identifier.sector not in ("T", "R"):
        return None
    sector, first, *rest = key.split("/")
    space, slug = (first, rest[0]) if rest else (REC, first)
    slug = re.sub(r"(?:%[0-9A-F]{2}|[^\w.~+-])+", "-", slug).strip("-")
    number = _number(identifier)
    parts = identifier.parts[1:] if identifier.series or identifier.whole_series else identifier.parts
    apart, changes = _split(parts)
    return Place(
        sector=sector,
        space=space,
        slug=slug,
        kind=kind,
        series=_series(number) if space in (REC, "report", "paper", "draft") else "",
        key=key,
        number=number,
        numbers=identifier.numbers if len(identifier.numbers) > 1 else (number,),
        apart=apart,
        changes=changes,
        part=identifier.part or "",
        base_year=identifier.modified_year,
        version=identifier.version or "",
        revision=_revision(identifier, space),
        printed=_printed(identifier),
    )


def _number(identifier: Identifier) -> str:
    """The one number that names the family, as shown: `G.709`, `G Suppl. 39`, `E-800 series Suppl. 8`."""
    if identifier.band:
        return f"{identifier.series}-{identifier.band} series Suppl. {identifier.parts[0].label}"
    if identifier.whole_series:
        return f"{identifier.numbers[0]} series Suppl. {identifier.parts[0].label}"
    if identifier.series:
        return f"{identifier.series} Suppl. {identifier.parts[0].label}"
    if identifier.numbers:
        variant = f" {identifier.variant}" if identifier.variant else ""
        return identifier.numbers[0] + (identifier.range_end or "") + variant
    return identifier.base or identifier.code or ""


def _split(parts: tuple[Part, ...]) -> tuple[str, tuple[tuple[Kind, str], ...]]:
    """What is published apart, in one word, and the changes on it."""
    apart = "-".join(
        APART_WORDS[KINDS[part.kind]] + part.label + (f"-{part.note.replace(' ', '')}" if part.note else "")
        for part in parts
        if KINDS[part.kind] in APART_WORDS
    )
    return apart, tuple((KINDS[part.kind], part.label) for part in parts if KINDS[part.kind] in CHANGE_PATHS)


def _revision(identifier: Identifier, space: str) -> int | None:
    """ITU-R: a first edition has no number, or `-0` since about 2010. Source: domain 2.3."""
    revised = identifier.sector == "R" and space in (REC, "report", "question", "resolution", "opinion", "decision")
    return 0 if revised and identifier.revision is None and not identifier.year else identifier.revision


def _printed(identifier: Identifier) -> str:
    """The date that the identifier itself prints: `2019-11-22`, `2019-11`, `2019` or ""."""
    month = identifier.printed_month or (str(identifier.year) if identifier.year else "")
    return f"{month}-{identifier.day:02d}" if identifier.day and identifier.month else month


def _series(number: str) -> str:
    """The letters before the number: `G`, `BT`; empty when there are none."""
    found = re.match(r"[A-Z]{1,3}(?=[ .\-\d\[])", number)
    return found[0] if found else ""


def edition_path(place: Place, approved: str) -> str:
    """The segment of a full edition: revision in ITU-R, else the month."""
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
