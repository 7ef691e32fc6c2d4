"""A hit as it is shown. Plain values."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from sgdocs.search.engine import Extract, Piece


@dataclass(frozen=True)
class Other:
    """Another text of the same family that matched."""

    identifier: str
    address: str
    status: str
    approved: str


@dataclass(frozen=True)
class Place:
    """A clause of a document that matched. name: `6.2 Timing`, `page 3`; address: opens the text there."""

    name: str
    address: str
    language: str = ""


@dataclass(frozen=True)
class Shown:
    """One hit for a page or the API.

    what: table of the thing; address: of its page, or of a group its path, of a person or organisation its slug;
    family_address: of the family, for a text; number: what people call it; others: its family's other texts.
    places: of a document, the clauses that matched, the best first; the extracts are of the first of them, unless the
    document's own words matched better (`place_first` is False then). meeting: its code.
    """

    key: str
    what: str
    kind: str
    identifier: str
    address: str
    title: Extract | None
    extracts: tuple[Extract, ...] = ()
    number: str = ""
    family_address: str = ""
    sector: str = ""
    group: str = ""
    status: str = ""
    approved: str = ""
    others: tuple[Other, ...] = field(default=())
    score: float = 0.0
    places: tuple[Place, ...] = ()
    place_first: bool = False
    meeting: str = ""
    source: str = ""


def plain(text: str, language: str = "en") -> Extract:
    """A text without marks."""
    return Extract("title", language, (Piece(text),))


def text_address(name: str, file: str, anchor: str = "") -> str:
    """Where a clause of a file opens in the text of its document."""
    return f"/doc/{name}/text?{urlencode({'file': file})}" + (f"#{anchor}" if anchor else "")


def split(key: str) -> tuple[str, int]:
    """Table and id of a record's key."""
    what, _, id = key.rpartition(":")
    return what, int(id)
