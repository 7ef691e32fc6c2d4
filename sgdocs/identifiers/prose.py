"""Identifiers in running prose, for the linker. Linear time: every piece looked at has a bounded length."""

import re

from sgdocs.identifiers import grammar, normal
from sgdocs.identifiers.model import Identifier, Kind
from sgdocs.identifiers.parsing import parse

_DASH = "[-\u2010-\u2015\u2212]"
_GAP = "[ \u00a0\u202f\n]"
_T_NUMBER = rf"[{grammar.T_SERIES}]\.\d{{1,5}}(?:\.\d{{1,4}}){{0,4}}[a-c]?(?:{_GAP}?(?:bis|ter|quater)\b)?"
_R_NUMBER = rf"(?:{'|'.join(grammar.R_SERIES)})\.\d{{1,5}}"
_SECTOR_T = rf"(?:ITU|UIT|МСЭ){_DASH}?[TТ]"
_SECTOR_R = rf"(?:ITU|UIT|МСЭ){_DASH}?[RР]"
_DATE = rf"(?:{_GAP}?\((?:\d{{1,2}}/)?(?:19|20)\d\d(?:{_DASH}\d\d)?\))?"
_CHANGE = rf"(?:{_GAP}(?:Technical{_GAP})?(?:Amd|Amendment|Cor|Corrigendum|Err|Erratum|Add|Addendum)\.?{_GAP}?\d{{1,3}}){{0,2}}"
_PIECE = rf"(?:{_GAP}(?:Annex{_GAP}[A-Z]\d?\+?|App(?:endix|\.)?{_GAP}?[IVXLC]{{1,6}}|Suppl?(?:ement|\.)?{_GAP}?\d{{1,3}})(?![\w]))?"
_TAIL = rf"(?:{_GAP}\(V\d{{1,3}}\))?{_DATE}{_PIECE}{_DATE}{_CHANGE}{_DATE}"
_PREFIX = rf"(?:(?:Rec(?:ommendation|\.)?|Report){_GAP})?"

_FINDER = re.compile(
    r"(?<![\w./\u00ad\u2010\u2011-])(?:"
    rf"(?P<dms>[TR]-REC-[A-Z]{{1,3}}\.[\w.]{{1,30}}(?:-[\w.]{{1,12}}){{1,3}}(?:![\w!+.-]{{0,30}})?)"
    rf"|(?P<r>{_PREFIX}{_SECTOR_R}{_GAP}(?:(?:Rec(?:ommendation|\.)?|Report){_GAP})?{_R_NUMBER}(?:{_DASH}\d{{1,2}})?{_DATE})"
    rf"|(?P<rq>(?:Question|Resolution|Opinion|Decision){_GAP}{_SECTOR_R}{_GAP}\d{{1,4}}(?:{_DASH}\d{{1,2}})?(?:/\d{{1,2}})?)"
    rf"|(?P<revised>{_R_NUMBER}{_DASH}\d{{1,2}}(?!\d))"
    rf"|(?P<t>{_PREFIX}(?:{_SECTOR_T}{_GAP}(?:Rec(?:ommendation|\.)?{_GAP})?)?{_T_NUMBER}(?:/{_T_NUMBER}){{0,3}}(?:{_GAP}?R\b)?(?:(?:\.x)?-series|{_TAIL}))"
    rf"|(?P<sup>(?:{_SECTOR_T}{_GAP})?[{grammar.T_SERIES}][ .\u00a0]?{_GAP}?Suppl?(?:ement|\.)?{_GAP}?\d{{1,3}}{_DATE})"
    rf"|(?P<bare>{_R_NUMBER}(?:{_DASH}\d{{1,2}})?)"
    rf"|(?P<q>Q\.?\d{{1,2}}/\d{{1,2}})"
    rf"|(?P<wp>WP\d/\d{{1,2}}|WP{_GAP}?[1-7][A-D])"
    rf"|(?P<doc>(?:[TR]\d\d-)?(?:SG\d{{1,2}}|TSAG|WP\d[A-D])(?:-\d{{6}})?-(?:C|TD|R|LS)(?:-(?:GEN|PLEN|WP\d))?-?\d{{1,5}}(?:-(?:GEN|PLEN|WP\d))?(?:[-!]?[Rr]\d{{1,2}})?)"
    rf"|(?P<td>TD{_GAP}?\d{{1,5}}(?:[Rr]\d{{1,2}})?/(?:GEN|PLEN|WP\d|[1-9]\b))"
    rf"|(?P<rdoc>[1-7][A-D]/(?:TEMP/|ADM/|INFO/)?\d{{1,5}}(?:\(Rev\.\d{{1,2}}\))?-E)"
    rf"|(?P<paper>[A-Z]ST[PR][-.][A-Za-z0-9][\w.+-]{{1,40}}|TR[-.][A-Z][\w.+-]{{1,40}})"
    rf"|(?P<work>(?:{_SECTOR_T}{_GAP})?[{grammar.T_SERIES}]\.[A-Za-z][\w.+&-]{{2,40}})"
    r")(?![\w])"
)
_ENUMERATED = re.compile(
    r"[\s,;/]{1,4}(?:(?:and|or|et|ou|y|o|и|или)\s)?"
)  # `ITU-R P.452, P.526 and P.676` keeps its Sector
_PLAIN_WORK = re.compile(r"[A-Z]\.[A-Z][a-z]+")  # `J.Smith` is a person


def find_all(text: str) -> list[tuple[int, int, Identifier]]:
    """Start, end and identifier of each name in the text, in order and without overlap.

    A bare `P.452` in an enumeration after an ITU-R name is read as ITU-R's, else as ITU-T's. A two-letter series (`BT.2020`) is
    taken as ITU-R's Recommendation. Costs: one pass, some 0.3 s a megabyte and 0.1 ms for each name.
    """
    found: list[tuple[int, int, Identifier]] = []
    radio_until: int | None = None
    for hit in _FINDER.finditer(text):
        enumerated = radio_until is not None and _ENUMERATED.fullmatch(text, radio_until, hit.start())
        read = _read(hit, after_radio=bool(enumerated))
        if read is None:
            continue
        end, identifier = read
        found.append((hit.start(), end, identifier))
        radio_until = end if identifier.sector == "R" else None
    return found


def _read(hit: re.Match[str], *, after_radio: bool) -> tuple[int, Identifier] | None:
    words = hit[0].rstrip(".,;:-")
    if hit.lastgroup == "work" and (_PLAIN_WORK.fullmatch(words) or not words[-1].isalnum()):
        return None
    if hit.lastgroup in ("bare", "revised") or (after_radio and hit.lastgroup == "t" and not _names_sector(words)):
        identifier = parse("ITU-R " + words)
        if identifier:
            return hit.start() + len(words), identifier
    return _longest(hit.start(), words)


def _names_sector(words: str) -> bool:
    return words.startswith(("ITU", "UIT", "МСЭ", "Rec", "Report"))


def _longest(start: int, words: str) -> tuple[int, Identifier] | None:
    """The longest beginning of the words that is an identifier: the date or the amendment may belong to the sentence."""
    for _ in range(6):
        identifier = parse(words)
        if identifier and identifier.kind is not Kind.HANDLE:
            return start + len(words), identifier
        cut = max(words.rfind(gap) for gap in (" ", "\u00a0", "\u202f", "\n", "/"))
        if cut <= 0 or len(words) > normal.LONGEST:
            return None
        words = words[:cut].rstrip()
    return None
