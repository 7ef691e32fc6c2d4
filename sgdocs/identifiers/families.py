"""What the editions of one text share: the family, and the number as it stands in addresses."""

import re
from urllib.parse import quote

from sgdocs.identifiers.model import PAPERS, Identifier, Kind

SAFE = "-._~+,&[]"  # these stay readable in a path
HANDBOOK = re.compile(r"(?:EMC|MES|QOS|IMPL)-\d{1,3}|SEC-QKD")


def family_key(identifier: Identifier) -> str | None:
    """What all editions and parts of one text share: `T/G.709`, `R/BT.2020`, `R/report/M.2134`, `R/question/241-1`.

    Annexes, appendices and Supplements of one Recommendation belong to its family; a Supplement of a series is a
    family of its own. None for what is no published text.
    """
    if (
        identifier.kind in PAPERS
        or identifier.kind is Kind.SERIES
        or (identifier.kind is Kind.QUESTION and identifier.sector == "T")
    ):
        return None
    if identifier.numbers or identifier.series:
        kept_on = shelf(identifier)
        return f"{identifier.sector}/" + ("" if kept_on == "rec" else f"{kept_on}/") + base_slug(identifier)
    if identifier.kind in (Kind.RESOLUTION, Kind.OPINION, Kind.DECISION):
        return f"{identifier.sector}/{identifier.kind}/{identifier.number}"
    if identifier.kind is Kind.QUESTION:
        return f"R/question/{identifier.number}-{(identifier.study_group or '').removeprefix('SG')}"
    shelves = {Kind.TECHNICAL_PAPER: "paper", Kind.TECHNICAL_REPORT: "paper", Kind.UNNUMBERED: "text"}
    shelves |= {Kind.DRAFT: "draft", Kind.DRAFT_DOCUMENT: "draft"}
    return (
        f"{identifier.sector}/{shelves[identifier.kind]}/{code_slug(identifier)}"
        if identifier.kind in shelves
        else None
    )


def shelf(identifier: Identifier) -> str:
    """`rec`, `report` or `handbook`: the first word of the address of a numbered text."""
    if identifier.kind is Kind.REPORT:
        return "report"
    handbook = identifier.kind is Kind.HANDBOOK or (identifier.numbers and HANDBOOK.fullmatch(identifier.numbers[0]))
    return "handbook" if handbook else "rec"


def base_slug(identifier: Identifier) -> str:
    """The number as it stands in an address: `V.25bis`, `D.300R`, `G.Sup66`, `E.800SerSup9`, `Q.732.2-5`."""
    if identifier.series:
        band = f"{identifier.band}Ser" if identifier.band else ""
        return f"{identifier.series}.{band}Sup{identifier.parts[0].label}"
    if identifier.whole_series:
        return f"{identifier.numbers[0]}SerSup{identifier.parts[0].label}"
    number = identifier.numbers[0].removesuffix(".HDB") if identifier.sector == "R" else identifier.numbers[0]
    return number.replace(" ", "") + (identifier.variant or "") + (identifier.range_end or "")


def code_slug(identifier: Identifier) -> str:
    """The code as one segment of a path; a slash becomes a dash in document numbers and a tilde elsewhere."""
    mark = "-" if identifier.kind is Kind.DRAFT_DOCUMENT else "~"
    return quote((identifier.code or "").replace("/", mark), safe=SAFE)
