"""References to texts of other bodies, as references clauses write them. Pure."""

import re
from dataclasses import dataclass

_GAP = "[ \u00a0\u202f]"
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"(?::{_YEAR}(?:-\d\d)?|{_GAP}?\((?:\d{{1,2}}/)?{_YEAR}(?:-\d\d)?\))?"
_ISO = rf"(?:ISO/IEC/IEEE|ISO/IEC|ISO/CIE|ISO|IEC|CISPR)(?:{_GAP}?/?{_GAP}?(?:TR|TS|IS|PAS|Guide))?{_GAP}\d{{2,6}}(?:-\d{{1,3}}){{0,3}}{_DATE}"
_RFC = rf"(?:IETF{_GAP})?RFC[ \u00a0-]?\d{{1,5}}(?:{_GAP}?\({_YEAR}\))?"
_IEEE = rf"IEEE{_GAP}(?:Std\.?{_GAP})?P?\d{{1,5}}(?:\.\w{{1,6}}){{0,3}}(?:[-\u2013:]{_YEAR}|{_GAP}?\({_YEAR}\))?"
_ETSI = rf"ETSI{_GAP}(?:EN|TS|TR|ES|EG|GS|GR|SR){_GAP}(?:[A-Z]{{2,5}}{_GAP})?\d{{3}}(?:{_GAP}\d{{3}})?(?:-\d{{1,3}}){{0,2}}(?:{_GAP}V\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}})?(?:{_GAP}\({_YEAR}(?:-\d\d)?\))?"
_3GPP = rf"3GPP{_GAP}(?:TS|TR){_GAP}\d\d\.\d{{2,3}}(?:-\d{{1,2}})?(?:{_GAP}V?\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}})?(?:{_GAP}\({_YEAR}(?:-\d\d)?\))?"
_NIST = rf"(?:NIST{_GAP})?(?:FIPS(?:{_GAP}PUB)?{_GAP}\d{{2,3}}(?:-\d{{1,2}})?|SP{_GAP}?\d{{3,4}}-\d{{1,3}}\w?)(?:{_GAP}?\({_YEAR}\))?"
_OTHERS = rf"(?:(?:BBF|Broadband Forum){_GAP}TR-\d{{1,4}}|MEF{_GAP}\d{{1,3}}(?:\.\d){{0,3}}|SMPTE{_GAP}ST{_GAP}\d{{2,5}}(?:-\d{{1,3}})?|ANSI{_GAP}[A-Z]\d{{1,2}}\.\d{{1,3}}|GSMA{_GAP}[A-Z]{{2,4}}\.\d{{2,3}}|OIF-[A-Z][\w.-]{{2,40}})(?:[-:]{_YEAR}|{_GAP}?\({_YEAR}\))?"
_FINDER = re.compile(rf"(?<![\w/])(?:{_ISO}|{_RFC}|{_IEEE}|{_ETSI}|{_3GPP}|{_NIST}|{_OTHERS})(?![\w])")
_DATED = re.compile(rf"(?:[(:/-]|\u2013)({_YEAR})|V?\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}}(?=\s*\(|$)")
_RFC_NUMBER = re.compile(r"RFC[ \u00a0-]?(\d{1,5})")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True)
class Foreign:
    """One name. number: in one spelling (`IETF RFC 8200`, `ISO/IEC 27001:2022`), with its date."""

    start: int
    end: int
    number: str
    is_dated: bool


def find_foreign(text: str) -> list[Foreign]:
    """Names of texts of ISO, IEC, IETF, IEEE, ETSI, 3GPP, NIST and a few more, in order.

    An RFC never changes, so it is dated by its number alone.
    """
    found = []
    for hit in _FINDER.finditer(text):
        words = _SPACES.sub(" ", hit[0])
        rfc = _RFC_NUMBER.search(words)
        number = f"IETF RFC {rfc[1]}" if rfc else words
        found.append(Foreign(hit.start(), hit.end(), number, bool(rfc) or _DATED.search(words[4:]) is not None))
    return found
