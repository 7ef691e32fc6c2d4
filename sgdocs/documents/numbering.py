"""Number series and how their numbers are written: addresses, labels, sort keys, file names. Pure.

Source: domain 4.1, 4.2, 5.4, U12; the addresses are those of design 2.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Final

from sgdocs.documents.rules import DocumentKind
from sgdocs.identifiers import natural


class Place(StrEnum):
    """What sort of body counts the documents."""

    STUDY_GROUP = "study group of ITU-T"
    ONE_STREAM = "advisory or focus group of ITU-T"
    ASSEMBLY = "assembly of ITU-T"
    RADIO = "group of ITU-R"
    RADIO_ASSEMBLY = "assembly of ITU-R"
    MEETING = "meeting that counts for itself"
    BUREAU = "Bureau of ITU-T"
    RADIO_BUREAU = "Bureau of ITU-R"


@dataclass(frozen=True)
class SeriesForm:
    """key: of the counter; name: the permanent address; label: as people write it. streams: of which sorts, the first
    is usual; first: the number before the first.
    """

    key: str
    name: str
    label: str
    streams: tuple[str, ...] = ("",)
    first: int = 0


K, P = DocumentKind, Place
STREAMS: Final = ("GEN", "PLEN", "WP1", "WP2", "WP3", "WP4", "WP5", "WP6", "WP7", "WP8", "WP9")
RADIO_CIRCULARS: Final = ("CACE", "CA", "CAR", "CACG", "CR")


def _of_group(word: str, label: str = "{group}-%s{n}") -> SeriesForm:
    head = f"{{period}}-{{group}}-{word}"
    return SeriesForm(head, f"{head}{{n}}", label % word if "%s" in label else label)


def _of_meeting(word: str, label: str) -> SeriesForm:
    return SeriesForm(f"{{meeting}}-{word}", f"{{meeting}}-{word}{{n}}", label)


_LETTER = _of_group("COL", "COL {n}/{short}")
_SHARED: Mapping[DocumentKind, SeriesForm] = {
    K.CONTRIBUTION: _of_group("C"),
    K.TEMPORARY: _of_group("TD"),
    K.REPORT: _of_group("R"),
    K.LIAISON: _of_group("LS"),
    K.LETTER: _LETTER,
    K.ADMINISTRATIVE: _of_group("ADM"),
    K.INFORMATION: _of_group("INFO"),
}
_RADIO_NUMBER = _of_group("C", "{short}/{n}")
_STREAMED = SeriesForm("{period}-{group}-TD-{stream}", "{period}-{group}-TD{n}-{stream}", "TD{n}/{wp}", streams=STREAMS)
FORMS: Final[Mapping[Place, Mapping[DocumentKind, SeriesForm]]] = {
    P.STUDY_GROUP: {**_SHARED, K.TEMPORARY: _STREAMED},
    P.ONE_STREAM: _SHARED,
    P.ASSEMBLY: {
        K.CONTRIBUTION: _of_meeting("C", "{group}{year}-C{n}"),
        K.TEMPORARY: _of_meeting("TD", "{group}{year}-TD{n}"),
        K.ADMINISTRATIVE: _of_meeting("ADM", "{group}{year}-ADM{n}"),
        K.INFORMATION: _of_meeting("INFO", "{group}{year}-INFO{n}"),
        K.REPORT: _of_meeting("R", "{group}{year}-R{n}"),
    },
    P.RADIO: {
        K.CONTRIBUTION: _RADIO_NUMBER,
        K.REPORT: _RADIO_NUMBER,
        K.TEMPORARY: _of_group("TEMP", "{short}/TEMP/{n}"),
        K.ADMINISTRATIVE: _of_group("ADM", "{short}/ADM/{n}"),
        K.INFORMATION: _of_group("INFO", "{short}/INFO/{n}"),
        K.FINAL_DRAFT: _of_group("BL", "{short}/BL/{n}"),
        K.CIRCULAR: SeriesForm("R-{group}-LCCE", "R-{group}-LCCE{n}", "{short}/LCCE/{n}", streams=("LCCE",)),
    },
    P.RADIO_ASSEMBLY: {
        K.CONTRIBUTION: _of_meeting("PLEN", "{group}{year}/PLEN/{n}"),
        K.TEMPORARY: _of_meeting("TEMP", "{group}{year}/TEMP/{n}"),
        K.ADMINISTRATIVE: _of_meeting("ADM", "{group}{year}/ADM/{n}"),
        K.INFORMATION: _of_meeting("INFO", "{group}{year}/INFO/{n}"),
    },
    P.MEETING: {K.RGM: _of_meeting("DOC", "{code}-DOC{n}")},
    P.BUREAU: {K.CIRCULAR: SeriesForm("{period}-TSB-Circular", "{period}-TSB-Circular{n}", "TSB Circular {n}")},
    P.RADIO_BUREAU: {
        K.CIRCULAR: SeriesForm("R-{stream}", "R-{stream}{n}", "{stream}/{n}", streams=RADIO_CIRCULARS),
    },
}
"""The chair's report of an ITU-R group is numbered among its contributions: `5D/300`. Source: domain 4.1."""
TO_ASSEMBLY: Final = "RA"
_TO_ASSEMBLY = SeriesForm(
    "{period}-{group}-RA", "{period}-{group}-RA{n}", "{short}/{n}", streams=(TO_ASSEMBLY,), first=1000
)
"""What an ITU-R study group sends to the assembly: `8/1005`."""

AAP_SERIES: Final = "AAP"
_AAP = SeriesForm("T-AAP", "T-AAP{n}", "AAP-{n}", streams=(AAP_SERIES,))
"""AAP announcements run on through the periods. Source: domain 8.1."""

EXPERTS: Final = (
    "question",
    "rapporteur-group",
    "joint-rapporteur-group",
    "irg",
    "correspondence-group",
    "ad-hoc-group",
    "collaborative-team",
    "regional-group",
    "jca",
)
RADIO_SHORT = re.compile(r"(?:SG|WP)(\w+)")


def place_of(sector: str, group_kind: str, meeting_kind: str = "") -> Place:
    """Who counts the documents of a group, or of one of its meetings. ITU-D writes them as ITU-R does."""
    if meeting_kind == "assembly":
        return P.ASSEMBLY if sector == "T" else P.RADIO_ASSEMBLY
    if meeting_kind in ("rapporteur-group", "workshop", "jca") or group_kind in EXPERTS:
        return P.MEETING
    if sector != "T":
        return P.RADIO
    return P.STUDY_GROUP if group_kind in ("study-group", "working-party") else P.ONE_STREAM


def form_of(place: Place, kind: DocumentKind, stream: str = "") -> SeriesForm | None:
    """How a kind is numbered there; None when the place has no such kind."""
    if place is P.RADIO and kind is K.CONTRIBUTION and stream == TO_ASSEMBLY:
        return _TO_ASSEMBLY
    if place is P.BUREAU and kind is K.CIRCULAR and stream == AAP_SERIES:
        return _AAP
    return FORMS[place].get(kind)


def kinds_of(place: Place) -> tuple[DocumentKind, ...]:
    """The kinds that a place numbers, the usual one first."""
    return tuple(FORMS[place])


@dataclass(frozen=True)
class Words:
    """What patterns are filled with. group: code (`SG15`, `WP5D`); code: label of the group that meets (`Q2/15`);
    meeting: its code; year: two digits, of its first day.
    """

    period: str = ""
    group: str = ""
    code: str = ""
    meeting: str = ""
    year: str = ""
    stream: str = ""

    def fill(self, pattern: str, n: int | None = None) -> str:
        return pattern.format(
            period=self.period,
            group=self.group,
            short=short_of(self.group),
            code=self.code,
            meeting=self.meeting,
            year=self.year,
            stream=self.stream,
            wp=re.sub(r"^WP(?=\d$)", "", self.stream),
            n=n,
        )


FIELDS: Final = ("period", "group", "short", "code", "meeting", "year", "stream", "wp", "n")


def short_of(group: str) -> str:
    """`SG15` as `15`, `WP5D` as `5D`, `TG5-1` as `TG5/1`; others as they are."""
    found = RADIO_SHORT.fullmatch(group)
    if found:
        return found[1]
    return group.replace("-", "/") if re.fullmatch(r"J?TG\d+(-\d+)+", group) else group


def is_pattern(pattern: str) -> bool:
    """Whether labels can be written by it: `{n}` once, known words only, nothing that formats further."""
    try:
        found = [
            (name, spec, conversion) for _, name, spec, conversion in Formatter().parse(pattern) if name is not None
        ]
    except ValueError:
        return False
    names = [name for name, _, _ in found]
    return names.count("n") == 1 and all(n in FIELDS and not s and not c for n, s, c in found)


_RANK: Final = {kind: place for place, kind in enumerate(DocumentKind)}


def sort_key_of(kind: DocumentKind, group: str, period: str, stream: str, number: int) -> str:
    """By kind, group, period, stream and number: C9 before C10, TD of GEN before PLEN before WP1."""
    return f"{_RANK[kind]:02d} {natural(group)} {period} {stream} {number:06d}"


_LETTERS: Final = {"en": "E", "fr": "F", "es": "S", "ru": "R", "zh": "C", "ar": "A"}
LANGUAGES: Final = tuple(_LETTERS)
_SAFE = re.compile(r"[^A-Za-z0-9]+")


def short_name(name: str, part: str, language: str, extension: str, *, position: int = 0) -> str:
    """A file name that every system accepts: `T25-SG15-C123R1-E.docx`; further files of a version end in `-2` …

    name: of the document; part: of the version; language: ISO code, "" for none. ASCII letters, digits, hyphens and
    one full stop; at most 80 characters. Source: domain 4.4.
    """
    letter = _LETTERS.get(language, language.upper()[:3] or "M")
    more = f"-{position + 1}" if position else ""
    stem = _SAFE.sub("-", f"{name}{part}-{letter}{more}").strip("-")
    ending = _SAFE.sub("", extension.lower())[:10]
    return f"{stem[:68]}.{ending}" if ending else stem[:68]
