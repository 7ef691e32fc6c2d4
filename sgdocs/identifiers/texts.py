"""Published texts of ITU-T: Recommendations with all that is attached to them, papers, Questions, work items."""

import re
from dataclasses import replace

from sgdocs.identifiers import grammar
from sgdocs.identifiers.model import Identifier, Kind, Part

CHANGE_KINDS = {
    "Amd": Kind.AMENDMENT,
    "Cor": Kind.CORRIGENDUM,
    "Technical Cor": Kind.CORRIGENDUM,
    "Err": Kind.ERRATUM,
    "Add": Kind.ADDENDUM,
}
# `X.Org`, `U.S`, `A.docx` look like work items and are none.
_ABBREVIATION = re.compile(r"[A-Z](?:\.[A-Z])+")
_FILE_NAME = re.compile(r".*\.(?:docx?|pdf|zip|txt|html?|xlsx?|pptx?|csv|json)", re.IGNORECASE)


def number_or_none(digits: str | None) -> int | None:
    """The number that the digits say; None for nothing."""
    return int(digits) if digits else None


def recommendation(text: str) -> Identifier | None:
    """A Recommendation, a part of one, a Supplement, an implementers' guide or a series reference."""
    found = grammar.T_TEXT.fullmatch(text)
    if not found:
        return None
    if found["xser"] and not found["suppl"]:
        return _series(found)
    if found["range"] and not found["sector"] and _is_radio(found):
        return None
    return _text(found)


def _is_radio(found: re.Match[str]) -> bool:
    """Whether a bare `F.387-13` is rather ITU-R: series of both, n below 100, no dotted part. Source: domain 2.6.3."""
    main, end = found["main"], found["range"].removeprefix("-")
    return main[0] in grammar.IN_BOTH_SECTORS and main.count(".") == 1 and end.isdigit() and len(end) <= 2


def _series(found: re.Match[str]) -> Identifier | None:
    if found.end("xser") != found.end():
        return None
    code = found["main"] + found["dual"] + re.sub(r"[- ]series$", "", found["xser"])
    return Identifier(Kind.SERIES, "T", numbers=(code,))


def _text(found: re.Match[str]) -> Identifier | None:
    parts = _parts(found)
    root = Kind.GUIDE if found["imp"] else Kind.RECOMMENDATION
    numbers = (found["main"] + found["dual"]).split("/") if found["main"] else []
    identifier = Identifier(
        parts[-1].kind if parts else root,
        "T",
        numbers=(found["imp"],) if found["imp"] else tuple(numbers),
        range_end=found["range"],
        variant=found["variant"],
        series=found["serfam"],
        band=found["band"],
        whole_series=bool(found["xser"]),
        version=found["ver"] or found["verold"],
        base_year=number_or_none(found["base"]),
        parts=parts,
    )
    return dated(identifier, found)


def _parts(found: re.Match[str]) -> tuple[Part, ...]:
    """The attached texts in order; the year after Annex, App. or Suppl. goes to the one before it."""
    attached = [
        Part(kind, found[group])
        for kind, group in ((Kind.SUPPLEMENT, "suppl"), (Kind.ANNEX, "annex"), (Kind.APPENDIX, "app"))
        if found[group]
    ]
    note = (found["att"] or "").lower()
    if note and (note == "attachment" or not attached):
        attached.append(Part(Kind.ATTACHMENT, note="" if note == "attachment" else note))
    elif note:
        attached[-1] = Part(attached[-1].kind, attached[-1].label, note=note)
    if found["base2"] and attached:
        attached[-1] = Part(attached[-1].kind, attached[-1].label, int(found["base2"]), attached[-1].note)
    if found["annex2"]:
        attached.append(Part(Kind.ANNEX, found["annex2"]))
    return (*attached, *changes(found))


def changes(found: re.Match[str]) -> tuple[Part, ...]:
    """Amendment, corrigendum, erratum or addendum, and the second one on it."""
    pairs = ((found["k1"], found["n1"]), (found["k2"], found["n2"]))
    return tuple(
        Part(CHANGE_KINDS[word], number, note="Technical" if word.startswith("Technical") else "")
        for word, number in pairs
        if word
    )


def dated(identifier: Identifier, found: re.Match[str]) -> Identifier:
    """The identifier with the date of its own approval, as far as it is printed."""
    year, month, day = (number_or_none(found[name]) for name in ("yy", "mm", "dd"))
    return replace(identifier, year=year, month=month, day=day)


def handbook(text: str) -> Identifier | None:
    """A handbook of ITU-T, named by a code: `ITU-T EMC-3 (1974) Amd. 1`. The Sector must be written."""
    found = grammar.T_HANDBOOK.fullmatch(text)
    if not found:
        return None
    parts = changes(found)
    kind = parts[-1].kind if parts else Kind.HANDBOOK
    base_year = number_or_none(found["base"])
    return dated(Identifier(kind, "T", numbers=(found["main"],), base_year=base_year, parts=parts), found)


def question(text: str) -> Identifier | None:
    """`Q11/17`, `Q.11/17`, `Question 11/17`: number and study group."""
    found = grammar.T_QUESTION.fullmatch(text)
    if not found:
        return None
    study_group = found["sg"] if found["sg"] == "TSAG" else f"SG{found['sg']}"
    return Identifier(Kind.QUESTION, "T", number=int(found["q"]), study_group=study_group)


def resolution(text: str) -> Identifier | None:
    """`WTSA Resolution 1 (Rev. New Delhi, 2024)`."""
    found = grammar.T_RESOLUTION.fullmatch(text)
    if not found:
        return None
    kind = Kind(found["kind"].lower())
    return Identifier(kind, "T", number=int(found["num"]), place=found["place"], year=number_or_none(found["yy"]))


def paper(text: str) -> Identifier | None:
    """Technical papers (`HSTP.DLT-UC`) and technical reports (`TR-RLB-IMEI`). Source: domain 2.3."""
    found = grammar.T_PAPER.fullmatch(text)
    if not found or found["acronym"].endswith((".", "-")) or _FILE_NAME.fullmatch(text):
        return None
    kind = Kind.TECHNICAL_PAPER if found["prefix"].endswith("P") else Kind.TECHNICAL_REPORT
    return dated(Identifier(kind, "T", code=found["code"]), found)


def work_item(text: str) -> Identifier | None:
    """The acronym of a work item: `Y.SC-OpenData`, `E.156rev`. The case of its letters matters."""
    found = grammar.WORK_ITEM.fullmatch(text)
    if not found or found["code"].endswith((".", "-")) or ".." in text:
        return None
    if _ABBREVIATION.fullmatch(found["code"]) or _FILE_NAME.fullmatch(text):
        return None
    return Identifier(Kind.WORK_ITEM, "T", code=found["code"])


def working_party(text: str) -> Identifier | None:
    """`WP1/17` of ITU-T, `WP 5D` of ITU-R."""
    found = grammar.WORKING_PARTY.fullmatch(text)
    if not found or text.startswith("ITU-R" if found["wp"] else "ITU-T"):
        return None
    if found["wp"]:
        study_group = found["sg"] if found["sg"] == "TSAG" else f"SG{found['sg']}"
        return Identifier(Kind.WORKING_PARTY, "T", wp=found["wp"], study_group=study_group)
    return Identifier(Kind.WORKING_PARTY, "R", wp=found["rsg"] + found["letter"], study_group=f"SG{found['rsg']}")
