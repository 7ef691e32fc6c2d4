"""Numbers of meeting documents, liaison statements and circulars. Source: domain 4.1, 4.2, 7.1."""

import re

from sgdocs.identifiers.model import Identifier, Kind
from sgdocs.identifiers.texts import number_or_none

KINDS = {
    "C": Kind.CONTRIBUTION,
    "TD": Kind.TEMPORARY_DOCUMENT,
    "TEMP": Kind.TEMPORARY_DOCUMENT,
    "R": Kind.MEETING_REPORT,
    "LS": Kind.LIAISON_STATEMENT,
    "ADM": Kind.ADMINISTRATIVE_DOCUMENT,
    "INFO": Kind.INFORMATION_DOCUMENT,
    "COL": Kind.COLLECTIVE_LETTER,
    "DOC": Kind.RAPPORTEUR_GROUP_DOCUMENT,
}
STREAMS = {"G": "GEN", "P": "PLEN", "GEN": "GEN", "PLEN": "PLEN"}

_GROUP = r"(?P<group>SG[1-9]\d?(?:RG-[A-Z]{2,5})?|WP[1-7][A-D]|TSAG|WTSA(?:\.?\d\d)?|RAG|RA\.?\d\d|TG[1-9]/\d{1,2}|FG-[A-Z0-9]{2,12})"
_STREAM = r"GEN|PLEN|G|P|(?:WP)?[1-9]"
_REVISION = r"(?: ?[-!]?(?:[Rr]|Rev\.? ?)(?P<rev>\d{1,3})| ?\(Rev\.? ?(?P<rev2>\d{1,3})\))?"
_PIECE = r"(?:[!-](?P<piece>[ACPN]\d{1,3}))?"
_FILE = r"(?:!{1,2}(?P<format>[A-Z]{3})-(?P<language>[EFSRCAM]))?(?:\.[a-z]{3,4})?"

DOCUMENT = re.compile(
    rf"(?:(?P<period>[TR]\d\d)-)?{_GROUP}(?:-Q(?P<q>[1-9]\d?))?(?:-(?P<meeting>\d{{6}}))?-"
    r"(?P<kind>C|TD|R|LS|ADM|TEMP|INFO|COL|DOC)(?:-(?P<stream>GEN|PLEN|WP[1-9]))?[- ]?(?P<number>\d{1,5})"
    r"(?:-(?P<stream2>GEN|PLEN|WP[1-9]))?" + _REVISION + _PIECE + _REVISION.replace("rev", "later") + _FILE,
    re.ASCII,
)
COM = re.compile(r"COM ?(?P<sg>[1-9]\d?) ?- ?(?P<kind>C|R|LS|TD) ?(?P<number>\d{1,5})" + _REVISION, re.ASCII)
TEMPORARY = re.compile(
    rf"TD ?(?P<number>\d{{1,5}})(?:[Rr](?P<rev>\d{{1,3}}))?(?:[/-](?P<stream>{_STREAM})| ?\((?P<stream2>{_STREAM})(?:/(?P<sg>[1-9]\d?))?\))",
    re.ASCII,
)
CONTRIBUTION = re.compile(r"C ?(?P<number>\d{1,5})" + _REVISION, re.ASCII)
RADIO = re.compile(
    r"(?:Annex (?P<annex>\d{1,3}) to )?(?P<group>[1-7][A-D]?|TG[1-9]/\d{1,2})/(?:(?P<kind>TEMP|ADM|INFO|LCCE)/)?(?P<number>\d{1,5})"
    + _REVISION
    + r"(?:-(?P<language>[EFSRCA]))?",
    re.ASCII,
)
FINAL_DRAFT = re.compile(r"(?P<code>[1-7]/BL/\d{1,4})(?:-[EFSRCA])?", re.ASCII)
ASSEMBLY = re.compile(r"RA-?(?P<year>\d\d)/PLEN/(?P<number>\d{1,4})(?:-(?P<language>[EFSRCA]))?", re.ASCII)
COLLECTIVE = re.compile(r"(?:COL|(?:TSB )?[Cc]ollective letter) (?P<number>\d{1,3})/(?P<sg>[1-9]\d?|TSAG)", re.ASCII)
CIRCULAR = re.compile(r"(?P<code>TSB [Cc]ircular (?P<tsb>\d{1,4})|(?:CACE|CACG|CAR|CA|CR|LCCE)/\d{1,4})", re.ASCII)
LIAISON_FILE = re.compile(
    r"sp(?P<period>1[3-9])-(?P<group>sg[1-9]\d?|tsag)-oLS-(?P<number>\d{1,5})(?:\.[a-z]{3,4})?", re.ASCII
)
LIAISON_PERIODS = {"13": 2005, "14": 2009, "15": 2013, "16": 2017, "17": 2022, "18": 2025}


def paper(text: str) -> Identifier | None:
    """A document of a meeting in any of the spellings met; a bare `C123`, `TD 12` or `5D/123` says too little."""
    for read in (_document, _com, _temporary, _contribution, _radio, _letter):
        identifier = read(text)
        if identifier:
            return identifier
    return None


def loose_paper(text: str) -> Identifier | None:
    """`C123`, `TD 12`, `5D/123`: document numbers that need a group, a stream or a period from the reader's place."""
    found = CONTRIBUTION.fullmatch(text)
    if found:
        return Identifier(Kind.CONTRIBUTION, number=int(found["number"]), revision=_revision(found))
    found = re.fullmatch(r"TD ?(?P<number>\d{1,5})(?:[Rr](?P<rev>\d{1,3}))?", text)
    if found:
        revision = number_or_none(found["rev"])
        return Identifier(Kind.TEMPORARY_DOCUMENT, number=int(found["number"]), revision=revision)
    found = RADIO.fullmatch(text)
    return _radio_document(found) if found else None


def _document(text: str) -> Identifier | None:
    found = DOCUMENT.fullmatch(text)
    if not found or (found["stream"] and found["stream2"]) or not _meeting_is_a_day(found["meeting"]):
        return None
    kind = KINDS[found["kind"]]
    if (kind is Kind.RAPPORTEUR_GROUP_DOCUMENT) != bool(found["q"]):
        return None
    period, group = found["period"], found["group"]
    return Identifier(
        kind,
        period[0] if period else _sector(group),
        period=2000 + int(period[1:]) if period else None,
        group=group,
        code=f"Q{found['q']}" if found["q"] else None,
        meeting=_day(found["meeting"]),
        stream=found["stream"] or found["stream2"],
        number=int(found["number"]),
        revision=number_or_none(found["rev"] or found["rev2"] or found["later"] or found["later2"]),
        piece=found["piece"],
        file_format=found["format"],
        language=found["language"],
    )


def _sector(group: str) -> str:
    return "R" if group.startswith(("WP", "RA", "TG")) else "T"


def _meeting_is_a_day(digits: str | None) -> bool:
    return digits is None or (1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:]) <= 31)


def _day(digits: str | None) -> str | None:
    return f"20{digits[:2]}-{digits[2:4]}-{digits[4:]}" if digits else None


def _revision(found: re.Match[str]) -> int | None:
    return number_or_none(found["rev"] or found["rev2"])


def _com(text: str) -> Identifier | None:
    found = COM.fullmatch(text)
    if not found:
        return None
    number, revision = int(found["number"]), _revision(found)
    return Identifier(KINDS[found["kind"]], "T", group=f"SG{found['sg']}", number=number, revision=revision)


def _temporary(text: str) -> Identifier | None:
    found = TEMPORARY.fullmatch(text)
    if not found:
        return None
    stream = found["stream"] or found["stream2"]
    return Identifier(
        Kind.TEMPORARY_DOCUMENT,
        "T",
        group=f"SG{found['sg']}" if found["sg"] else None,
        stream=STREAMS.get(stream) or f"WP{stream.removeprefix('WP')}",
        number=int(found["number"]),
        revision=number_or_none(found["rev"]),
    )


def _contribution(text: str) -> Identifier | None:
    found = CONTRIBUTION.fullmatch(text)
    if not found or _revision(found) is None:
        return None
    return Identifier(Kind.CONTRIBUTION, number=int(found["number"]), revision=_revision(found))


def _radio(text: str) -> Identifier | None:
    """ITU-R documents; the bare `5D/123` is left out, `8/1005` might be a fraction."""
    found = RADIO.fullmatch(text)
    if found and (found["kind"] or found["language"] or found["annex"] or _revision(found) is not None):
        return _radio_document(found)
    found = FINAL_DRAFT.fullmatch(text)
    if found:
        return Identifier(Kind.DRAFT_DOCUMENT, "R", code=found["code"])
    found = ASSEMBLY.fullmatch(text)
    if found:
        group, number = f"RA{found['year']}", int(found["number"])
        return Identifier(Kind.CONTRIBUTION, "R", group=group, stream="PLEN", number=number, language=found["language"])
    return None


def _radio_document(found: re.Match[str]) -> Identifier:
    group = found["group"]
    if found["kind"] == "LCCE":
        return Identifier(Kind.CIRCULAR, "R", code=f"{group}/LCCE/{int(found['number'])}")
    return Identifier(
        KINDS[found["kind"] or "C"],
        "R",
        group=group if group.startswith("TG") else ("WP" if group[-1].isalpha() else "SG") + group,
        number=int(found["number"]),
        revision=_revision(found),
        piece=f"N{int(found['annex'])}" if found["annex"] else None,
        language=found["language"],
    )


def _letter(text: str) -> Identifier | None:
    """Collective letters, circulars and the file names of outgoing liaison statements."""
    found = COLLECTIVE.fullmatch(text)
    if found:
        group = found["sg"] if found["sg"] == "TSAG" else f"SG{found['sg']}"
        return Identifier(Kind.COLLECTIVE_LETTER, "T", group=group, number=int(found["number"]))
    found = CIRCULAR.fullmatch(text)
    if found:
        code = f"TSB Circular {int(found['tsb'])}" if found["tsb"] else found["code"]
        return Identifier(Kind.CIRCULAR, "T" if found["tsb"] else "R", code=code)
    found = LIAISON_FILE.fullmatch(text)
    if found and found["period"] in LIAISON_PERIODS:
        period, number = LIAISON_PERIODS[found["period"]], int(found["number"])
        return Identifier(Kind.LIAISON_STATEMENT, "T", group=found["group"].upper(), period=period, number=number)
    return None
