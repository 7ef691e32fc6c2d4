"""A contribution or a rapporteur document as somebody writes it on the template of the house: a cover and numbered clauses."""

from sgdocs.seed.papers import Sections, written
from sgdocs.text.blank import Blank
from sgdocs.text.model import Contact

SOURCE = "Imaginary Networks Ltd"


def proposal(
    title: str,
    sections: Sections,
    *,
    group: str = "15",
    question: str = "2/15",
    source: str = SOURCE,
    days: str = "",
    kind: str = "CONTRIBUTION",
    number: str = "",
) -> bytes:
    """The .docx. group: number of the study group; days: place and date as printed."""
    blank = Blank(
        kind=kind,
        number=number or f"SG{group}-Cn",
        group=f"STUDY GROUP {group}",
        period="2025-2028",
        questions=question,
        place_date=days,
        source=source,
        title=title,
        abstract=f"This document is on {title[0].lower()}{title[1:]}.",
        contact=Contact("Selim Courier", source, "Fictavia", "+999 555 0100", "selim@networks.example"),
        headings=(),
    )
    return written(blank, sections)


def clauses(word: str, proposed: str) -> Sections:
    """Three clauses; the word stands in the second alone, what is proposed in the third."""
    return (
        ("Introduction", ("Operators ask for one more class.",)),
        ("Measurements", (f"On 1,200 lines the {word} was measured twice.", "The figures are given below.")),
        ("Proposal", (proposed,)),
    )
