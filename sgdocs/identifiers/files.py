"""Names of files and permanent addresses of ITU: `T-REC-…`, `R-REC-…`, handles. Read before normalisation."""

import re
from dataclasses import replace

from sgdocs.identifiers import grammar
from sgdocs.identifiers.model import CHANGES, Identifier, Kind, Part
from sgdocs.identifiers.texts import number_or_none

_LATIN = re.compile(
    r"^(?P<number>[A-Z]\.\d+(?:\.\d+)*[a-c]?)(?P<latin>bis|ter|quater|quarter)?(?P<suffix>R|[A-F])?W?$", re.ASCII
)
_TAIL = r"(?:!{1,2}(?P<file>[A-Z]{3}(?:-[A-Z]{3})?-(?P<language>[EFSRCA])))?(?:\.[a-z]{2,5})?(?:/\w\w)?"
T_FILE = re.compile(
    r"(?:https?://(?:www\.)?itu\.int/rec/)?(?:[^/\s]{1,60}/)?T-REC-"
    r"(?P<number>[A-Z]\.\d[\d.]*(?:bis|ter|quater|quarter)?[a-cA-FRW]?(?:-(?:[A-Z]\.)?\d+)?"
    r"|[A-Z]\.(?P<band>\d+)SerSup(?P<bandsup>\d+)|[A-Z]\.Sup(?P<sup>\d[\d.]*)|[A-Z]\.Imp(?:\d[\d.]*|OSI))"
    r"-(?P<year>(?:18|19|20)\d\d)(?P<month>\d\d)-(?P<status>[ISWPT])(?:!(?P<component>[A-Za-z0-9+-]{0,30}))?" + _TAIL,
    re.ASCII,
)
_R_SERIES = "|".join(grammar.R_SERIES)
R_FILE = re.compile(
    rf"(?:https?://[^\s]{{1,120}}/)?R-(?:REC|REP)-(?P<number>(?:{_R_SERIES})\.\d{{1,5}})(?:-(?P<rev>\d{{1,2}}))?"
    r"-(?P<year>(?:18|19|20)\d\d)(?:(?P<month>\d\d)-(?P<status>[ISWPT])(?:!(?P<component>))?|-PDF-(?P<old>[EFSRCA]))?"
    + _TAIL,
    re.ASCII,
)
R_DECISION_FILE = re.compile(
    r"(?:https?://[^\s]{1,120}/)?R-RES-R\.(?P<num>\d{1,4})(?:-(?P<rev>\d{1,2}))?-(?P<year>(?:19|20)\d\d)"
    r"(?:-[A-Z]{3}-(?P<language>[EFSRCA]))?(?:\.[a-z]{3,4})?",
    re.ASCII,
)
R_HANDBOOK_FILE = re.compile(
    r"(?:https?://[^\s]{1,120}/)?R-HDB-(?P<num>\d{1,3})(?:-(?P<year>(?:19|20)\d\d))?(?:-OAS)?(?:-R\d)?"
    r"(?:-[A-Z]{3}-(?P<language>[EFSRCA]))?(?:\.[a-z]{3,4})?",
    re.ASCII,
)
# Crs, Ers and Sup without number are old names of the only corrigendum, erratum or Supplement.
_COMPONENT = re.compile(
    r"(?P<kind>Amd|Cor|Err|Add|Sup|Ann|App)(?P<label>\d{1,3}(?=[a-z]?$)|[A-Z]\d?\+?|[IVXLC]+)[a-z]?|(?P<only>Crs|Ers|Sup)",
    re.ASCII,
)
_KINDS = {
    "Amd": Kind.AMENDMENT,
    "Cor": Kind.CORRIGENDUM,
    "Err": Kind.ERRATUM,
    "Add": Kind.ADDENDUM,
    "Sup": Kind.SUPPLEMENT,
    "Ann": Kind.ANNEX,
    "App": Kind.APPENDIX,
}
_ONLY = {"Crs": Kind.CORRIGENDUM, "Ers": Kind.ERRATUM, "Sup": Kind.SUPPLEMENT}
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def file_name(text: str) -> Identifier | None:
    """The text that a file name or an address of ITU holds; None when the text is no such name."""
    if "-REC-" in text or "-REP-" in text:
        return _t_file(text) or _r_file(text)
    if "R-RES-" in text:
        found = R_DECISION_FILE.fullmatch(text)
        revision = number_or_none(found["rev"]) if found else None
        return found and Identifier(
            Kind.RESOLUTION,
            "R",
            number=int(found["num"]),
            revision=revision,
            year=int(found["year"]),
            language=found["language"],
        )
    if "R-HDB-" in text:
        found = R_HANDBOOK_FILE.fullmatch(text)
        return found and Identifier(
            Kind.HANDBOOK,
            "R",
            numbers=(f"{found['num']}.HDB",),
            year=number_or_none(found["year"]),
            language=found["language"],
        )
    return _handle(text)


def _handle(text: str) -> Identifier | None:
    found = grammar.HANDLE.fullmatch(text)
    return Identifier(Kind.HANDLE, "T", code=found["id"], language=found["lang"]) if found else None


def _t_file(text: str) -> Identifier | None:
    found = T_FILE.fullmatch(text)
    if not found or not 1 <= int(found["month"]) <= 12:
        return None
    text_named = _numbered(found)
    parts = components(found["component"] or "")
    if text_named is None or parts is None:
        return None
    parts = text_named.parts + parts
    return replace(
        text_named,
        kind=parts[-1].kind if parts else text_named.kind,
        parts=parts,
        year=int(found["year"]),
        month=int(found["month"]),
        language=found["language"],
    )


def _numbered(found: re.Match[str]) -> Identifier | None:
    number = found["number"]
    if number[0] == "W":
        return None
    supplement = found["bandsup"] or found["sup"]
    if supplement:
        part = Part(Kind.SUPPLEMENT, supplement)
        return Identifier(Kind.SUPPLEMENT, "T", series=number[0], band=found["band"], parts=(part,))
    if "Imp" in number:
        return Identifier(Kind.GUIDE, "T", numbers=(number,))
    number, dash, end = number.partition("-")
    spelled = _LATIN.fullmatch(number)
    if not spelled:
        return None
    latin, suffix = spelled["latin"], spelled["suffix"]
    full = spelled["number"] + (f" {latin}" if latin else "") + (" R" if suffix == "R" else "")
    variant = suffix if suffix != "R" else None
    return Identifier(Kind.RECOMMENDATION, "T", numbers=(full,), variant=variant, range_end=dash + end or None)


def components(text: str) -> tuple[Part, ...] | None:
    """`AnnB-Cor1` as parts; nothing for nothing; None when it cannot be read. `Amd1-2` is taken as the first."""
    parts: list[Part] = []
    for piece in text.split("-") if text else []:
        found = _COMPONENT.fullmatch(piece)
        if not found and piece.isdigit() and parts and parts[-1].kind in CHANGES:
            continue
        if not found:
            return None
        if found["only"]:
            parts.append(Part(_ONLY[found["only"]], "1"))
        else:
            parts.append(_component(_KINDS[found["kind"]], found["label"]))
    return tuple(parts)


def _component(kind: Kind, label: str) -> Part:
    if kind is Kind.APPENDIX and label.isdigit() and int(label) < len(ROMAN):
        return Part(kind, ROMAN[int(label)])
    return Part(kind, label)


def _r_file(text: str) -> Identifier | None:
    found = R_FILE.fullmatch(text)
    if not found or (found["month"] and not 1 <= int(found["month"]) <= 12):
        return None
    return Identifier(
        Kind.REPORT if "R-REP-" in text else Kind.RECOMMENDATION,
        "R",
        numbers=(found["number"],),
        revision=number_or_none(found["rev"]),
        year=int(found["year"]),
        month=number_or_none(found["month"]),
        language=found["language"] or found["old"],
    )
