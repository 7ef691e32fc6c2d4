"""Our own templates: an empty Contribution, TD, document of a rapporteur group or of ITU-R, with what is known filled in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sgdocs.text.model import Contact


@dataclass(frozen=True)
class Blank:
    """What is known; "" is left for the author. sector: T or R; kind: class as printed; number: with `n` while open.

    group: as printed (`STUDY GROUP 15`); headings: of the empty text; has_purpose: rows of rapporteur group documents.
    """

    kind: str = "CONTRIBUTION"
    number: str = ""
    sector: str = "T"
    group: str = ""
    period: str = ""
    questions: str = ""
    place_date: str = ""
    source: str = ""
    title: str = ""
    abstract: str = ""
    keywords: str = ""
    purpose: str = ""
    contact: Contact = field(default_factory=Contact)
    original: str = "Original: English"
    document_date: str = ""
    headings: Sequence[str] = ("Introduction", "Discussion", "Proposal")
    has_purpose: bool = False


def blank_docx(blank: Blank) -> bytes:
    """The template as a .docx. The same values give the same parts."""
    from sgdocs.text import blank_writing  # late: the library takes long to load, and few ask for a template

    return blank_writing.write(blank)
