"""Document numbers as covers and file names write them, and what they say of Sector, group and language."""

import re
from typing import NamedTuple

NUMBER_T = re.compile(
    r"^(?:ITU-T\s+)?(?:COM\s?\d{1,2}\s?[-–]\s?(?:C|R|LS|TD)\s?\d+"
    r"|(?:T\d\d-)?(?:SG\d{1,2}|TSAG|WP\w{1,4}|Q\d{1,2}/\d{1,2}|WTSA[\w.]*|FG[\w-]*?|JCA[\w-]*?)(?:RG-?\w+)?\s?[-–]\s?(?:C|TD|R|LS|DOC|D|INFO)[-\s]?\d+"
    r"|(?:C|TD|LS|DOC|R)\s?\d+)[\w()./! –-]{0,24}$"
)
NUMBER_R = re.compile(
    r"^(?:(?:Annex|Annexe|Anexo|Addendum|Addéndum|Corrigendum|Corrigéndum|Revision|Révision|Revisión)\s[\w.]{1,6}\s(?:to|au|al|à)\s)?"
    r"(?:(?P<word>Document|Documento|Документ|文件|الوثيقة|وثيقة)\s*)?"
    r"(?P<number>(?P<group>\d{1,2}[A-Z]?(?:-\d{1,2}[A-Z]?)?|RAG|RA\d\d|CPM\d\d(?:-\d)?)/(?:(?:TEMP|ADM|INFO|BL|LCCE|PLEN|PUB)/)?\d{1,5}"
    r"(?:\s?\(?Rev\.?\s?\d+\)?|R\d+)?(?:-(?P<language>[EFSRCA]))?)$",
    re.IGNORECASE,
)
LETTERS = {"E": "en", "F": "fr", "S": "es", "R": "ru", "C": "zh", "A": "ar"}

_FILE = re.compile(
    r"^[TR](?P<period>\d\d)-(?P<group>[A-Z0-9.-]+?)(?:-\d{6})?-(?P<kind>C|TD|R|LS|DOC|INFO|ADM|TEMP)-?(?P<stream>GEN-|PLEN-|WP\d-)?0*(?P<n>\d{1,5})"
    r"(?:-(?P<after>GEN|PLEN|WP\d))?(?:R(?P<rev>\d+))?(?:!(?P<part>[RACP]?\d*)!?(?:MSW|PDF|ZIP)?)?(?:[-!](?P<language>[EFSRCA]))?$",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"^(?P<group>SG\d{1,2}|TSAG)[-_ ]?(?P<kind>C|TD|R|LS)[-_ ]?0*(?P<n>\d{1,5})(?:[-_ ]?R(?P<rev>\d+))?(?:[-_](?P<language>[EFSRCA]))?(?:[-_ ].*)?$",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"Q\d{1,2}/(\d{1,2})\b")
_GROUP = re.compile(r"\b(SG\s?\d{1,2}|TSAG|COM\s?\d{1,2})\b", re.IGNORECASE)


class Named(NamedTuple):
    """What a file name says; "" where it is silent."""

    number: str = ""
    group: str = ""
    sector: str = ""
    language: str = ""


def group_of(number: str) -> str:
    """`SG12` of `SG12-C45` or `COM 12-C 45`, `WP5D` of `5D/123-E`; "" when it says none."""
    named = _GROUP.search(number)
    if named:
        return "SG" + re.sub(r"\D", "", named[1]) if named[1].upper() != "TSAG" else "TSAG"
    question = _QUESTION.match(number)
    if question:
        return f"SG{question[1]}"
    radio = NUMBER_R.match(number)
    if radio is None:
        return ""
    code = radio["group"].upper()
    return f"SG{code}" if code.isdigit() else f"WP{code}" if code[0].isdigit() else re.sub(r"[\d-].*$", "", code)


def named_by(name: str) -> Named:
    """Number, group, Sector and language that a file name gives: `T25-SG12-C-0045!R1!MSW-E.docx`."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0].strip()
    found = _FILE.match(stem)
    if found:
        return _official(found, "R" if stem[:1].upper() == "R" else "T")
    short = _SHORT.match(stem)
    if short is None:
        return Named()
    group = short["group"].upper()
    number = f"{group}-{short['kind'].upper()}{short['n']}" + (f"R{short['rev']}" if short["rev"] else "")
    return Named(number, group, "T", LETTERS.get((short["language"] or "").upper(), ""))


def _official(found: re.Match[str], sector: str) -> Named:
    group, kind, letter = found["group"].upper(), found["kind"].upper(), (found["language"] or "").upper()
    part = (found["part"] or "").upper()
    revision = found["rev"] or (part[1:] if part.startswith("R") else "")
    if sector == "R":
        short = group.removeprefix("WP").removeprefix("SG")
        number = f"{short}/{'' if kind == 'C' else kind + '/'}{found['n']}" + (f"(Rev.{revision})" if revision else "")
        return Named(number + (f"-{letter}" if letter else ""), group, sector, LETTERS.get(letter, ""))
    stream = (found["stream"] or "").rstrip("-").upper() or (found["after"] or "").upper()
    number = f"{group}-{kind}{found['n']}" + (f"R{revision}" if revision else "") + (f"/{stream}" if stream else "")
    return Named(number, group, sector, LETTERS.get(letter, ""))
