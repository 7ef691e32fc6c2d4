"""The sloppy parse for the search box: what people half remember, with the reason for each suggestion."""

import re
from dataclasses import dataclass
from enum import StrEnum

from sgdocs.identifiers import grammar, normal, papers
from sgdocs.identifiers.model import Identifier, Kind
from sgdocs.identifiers.parsing import parse

_MOST = 120  # characters; a longer query is no identifier


class Reason(StrEnum):
    """Why something is suggested, the surest first."""

    EXACT = "exact"
    SECTOR = "sector"
    SPELLING = "spelling"
    MISREAD = "misread"
    DOCUMENT = "document"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One reading of what was typed.

    reason: `sector` when both Sectors could be meant; `misread` when letters were taken for digits; `document` when a
    group must still be known; `equivalent` when a foreign number is to be looked up among the twin texts.
    """

    identifier: Identifier
    reason: Reason


_LATIN_OF_CYRILLIC = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
_SERIES_ALL = "|".join(sorted({*grammar.R_SERIES, *grammar.T_SERIES}, key=len, reverse=True))
_HEAD = r"(?P<head>(?:(?:REPORT |REC(?:OMMENDATION)?S?\.? )?ITU[- ]?[TR][ :]?(?:REC(?:OMMENDATION)?S?\.? |REPORT )?|REPORT |REC(?:OMMENDATION)?S?\.? |CCITT |CCIR )?)"
_NUMBERED = re.compile(
    rf"{_HEAD}(?P<series>{_SERIES_ALL})[ .,_-]{{0,2}}(?P<number>[0-9LIO|]{{1,6}}(?:[.,][0-9LIO|]{{1,6}}){{0,5}})(?P<rest>(?:[ ./(,:V-].{{0,60}}|[ABC]|BIS.{{0,40}}|TER.{{0,40}}|R|V\d.{{0,40}})?)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    rf"{_HEAD}(?P<series>[{grammar.T_SERIES}])[ .-]{{0,2}}(?:SERIES )?SUP(?:PLEMENT|PL|P)?[ .]{{0,2}}(?P<number>\d{{1,4}}(?:\.\d{{1,3}})?)(?P<rest>(?: ?\(.{{0,40}})?)",
    re.IGNORECASE,
)
_WORK_ITEM = re.compile(
    rf"(?:ITU[- ]?T )?(?P<series>[{grammar.T_SERIES}])[. ](?P<rest>[A-Z][\w.+&-]{{1,60}})", re.IGNORECASE
)
_CONFUSED = str.maketrans({"l": "1", "L": "1", "I": "1", "i": "1", "|": "1", "O": "0", "o": "0"})
# In capitals or small letters after the number; the letter of an annex and a roman number become capitals.
_REST_WORDS = (
    (re.compile(r"\b(?:amendment|amend|amd)\b\.?", re.IGNORECASE), "Amd."),
    (re.compile(r"\b(?:corrigendum|corr|cor)\b\.?", re.IGNORECASE), "Cor."),
    (re.compile(r"\b(?:erratum|errata|err)\b\.?", re.IGNORECASE), "Err."),
    (re.compile(r"\b(?:addendum|add)\b\.?", re.IGNORECASE), "Add."),
    (re.compile(r"\btechnical\b", re.IGNORECASE), "Technical"),
    (re.compile(r"\b(?:supplement|suppl|supp|sup)\b\.?", re.IGNORECASE), "Suppl."),
    (re.compile(r"\bannex\b", re.IGNORECASE), "Annex"),
    (re.compile(r"\b(?:appendix|app)\b\.?", re.IGNORECASE), "App."),
)
_LETTERS = re.compile(r"(?<=Annex )[a-z]|(?<=App\. )[ivxlc]+|(?<=/)[a-z](?=\.\d)|(?:BIS|TER|QUATER)", re.IGNORECASE)
_LATIN = frozenset({"BIS", "TER", "QUATER"})
_VERSION = re.compile(r"(?:^|(?<=[ /]))\(?[vV]\.? ?(\d{1,3})\)?(?= |$)")
_YEAR = re.compile(r"(?<=[ :])((?:19|20)\d\d)(?:-(\d\d))?$")


def sloppy(text: str, *, sector: str | None = None) -> tuple[Suggestion, ...]:
    """The readings of what was typed, the likeliest first; empty when it is no identifier in any spelling.

    sector: where the reader is, `T` or `R`; its reading comes first when both are possible. Never raises.
    """
    tidied = normal.tidy(text)
    if not tidied or len(tidied) > _MOST:
        return ()
    found: list[Suggestion] = []
    exact = parse(tidied)
    if exact:
        found.append(Suggestion(exact, Reason.EXACT))
    else:
        found += _guesses(tidied)
    named = re.search(r"(?:ITU|UIT|МСЭ)", tidied, re.IGNORECASE)
    if not named:
        found += [reading for suggestion in list(found) for reading in _other_sectors(suggestion.identifier)]
    unique = {suggestion.identifier: suggestion for suggestion in reversed(found)}
    ordered = [suggestion for suggestion in found if unique.pop(suggestion.identifier, None)]
    return tuple(sorted(ordered, key=lambda suggestion: sector is not None and suggestion.identifier.sector != sector))


def _guesses(text: str) -> list[Suggestion]:
    standard = re.fullmatch(r"(ISO ?/ ?IEC)[ -]?((?:(?:TR|TS) )?\d{2,6}(?:-\d{1,3})?(?::\d{4})?)", text, re.IGNORECASE)
    if standard:
        code = f"ISO/IEC {standard[2].upper()}"
        return [Suggestion(Identifier(Kind.STANDARD, code=code), Reason.EQUIVALENT)]
    text = re.sub(r"\buit(?=[- ]?[tr]\b)", "ITU", text, flags=re.IGNORECASE)
    normal_text = normal.normalise(text).translate(_LATIN_OF_CYRILLIC)
    loose = papers.loose_paper(_upper(normal_text))
    guesses = [Suggestion(loose, Reason.DOCUMENT)] if loose else []
    folded = _folded_paper(normal_text)
    if folded:
        guesses.append(Suggestion(folded, Reason.SPELLING))
    for pattern, build in ((_ATTACHED, _supplement), (_NUMBERED, _numbered), (_WORK_ITEM, _work_item)):
        found = pattern.fullmatch(normal_text)
        if found:
            return guesses + build(found)
    return guesses


def _upper(text: str) -> str:
    """`c123`, `td 12`, `5d/123` with capitals; the language letter too."""
    return (
        text.upper() if re.fullmatch(r"(?:c|td) ?\d{1,5}|[1-7][a-d]?/[a-z0-9/-]{1,20}", text, re.IGNORECASE) else text
    )


def _folded_paper(text: str) -> Identifier | None:
    """Questions, working parties and documents typed in small letters: `q11/17`, `sg13-c123`, `wp 5d`."""
    if not re.fullmatch(r"(?:q|wp|sg|td|com|tsag|[tr]\d\d-|ysg|question )[\w /.!()-]{1,60}", text, re.IGNORECASE):
        return None
    identifier = parse(re.sub(r"^QUESTION", "Question", text.upper())) or parse(re.sub(r"^Q (?=\d)", "Q", text.upper()))
    return identifier if identifier and not identifier.numbers else None


def _supplement(found: re.Match[str]) -> list[Suggestion]:
    identifier = parse(f"ITU-T {found['series'].upper()} Suppl. {found['number']}{found['rest']}")
    return [Suggestion(identifier, Reason.SPELLING)] if identifier else []


def _work_item(found: re.Match[str]) -> list[Suggestion]:
    """`y.SC-OpenData`: the series in capitals, the acronym as typed; it must look like one."""
    rest = found["rest"]
    if (
        not found["series"].islower()
        or "." not in found[0][: found.start("rest")]
        or not re.search(r"[A-Z_-]|\d", rest)
    ):
        return []
    identifier = parse(f"{found['series'].upper()}.{rest}")
    return [Suggestion(identifier, Reason.SPELLING)] if identifier else []


def _numbered(found: re.Match[str]) -> list[Suggestion]:
    """Readings of series, number and the rest in the Sectors that have the series."""
    series, typed = found["series"].upper(), found["number"].replace(",", ".")
    number = typed.translate(_CONFUSED)
    apart = found.end("series") < found.start("number")
    if number != typed and not (apart and any(mark.isdigit() for mark in typed.split(".")[0])):
        return []  # `XII.5` is no X.11.5
    reason = Reason.SPELLING if number == typed else Reason.MISREAD
    readings = []
    for sector in _sectors(found["head"].upper(), series):
        report = sector == "R" and "REPORT" in found["head"].upper()
        rest = _rest(found["rest"], sector)
        revised = number.replace(".", "-") if sector == "R" else number  # ITU-R numbers have no dots
        identifier = parse(f"{'Report ' if report else ''}ITU-{sector} {series}.{revised}{rest}")
        if identifier:
            readings.append(Suggestion(identifier, reason))
    return readings


def _sectors(head: str, series: str) -> list[str]:
    if re.search(r"ITU[- ]?R|CCIR", head) or ("REPORT" in head and series in grammar.R_SERIES):
        return ["R"]
    if re.search(r"ITU[- ]?T|CCITT", head):
        return ["T"]
    possible = (("T", series in grammar.T_SERIES and len(series) == 1), ("R", series in grammar.R_SERIES))
    return [sector for sector, has in possible if has]


def _rest(rest: str, sector: str) -> str:
    """What follows the number, in the spelling of the grammar; `-1` is a revision in ITU-R and a further part in ITU-T.

    A profile name (`X.509v3`) is no edition, so its `v3` is dropped.
    """
    rest = rest.rstrip(" .,:")
    revision = re.fullmatch(r" ?- ?(\d{1,2})(.*)|[ .](\d{1,2})", rest)
    if revision:
        mark = "-" if sector == "R" else "."
        return f"{mark}{revision[1] or revision[3]}{revision[2] or ''}"
    if re.fullmatch(r"[vV]\d{1,2}", rest):
        return ""
    for pattern, word in _REST_WORDS:
        rest = pattern.sub(word, rest)
    rest = _LETTERS.sub(lambda found: found[0].lower() if found[0].upper() in _LATIN else found[0].upper(), rest)
    rest = _VERSION.sub(r"(V\1)", rest)
    return _YEAR.sub(lambda year: f"({year[2]}/{year[1]})" if year[2] else f"({year[1]})", rest).replace(":(", " (")


def _other_sectors(identifier: Identifier) -> list[Suggestion]:
    """The same number in the other Sector, and the Report of the same number, when the Sector was not written.

    `P.1546.6` may mean revision 6 of ITU-R's; `G.9804-1` the dotted G.9804.1.
    """
    if identifier.kind is not Kind.RECOMMENDATION or len(identifier.numbers) != 1 or identifier.variant:
        return []
    number = identifier.numbers[0]
    series = number.split(".")[0]
    readings: list[Identifier | None] = []
    if identifier.sector == "T" and series in grammar.R_SERIES and not identifier.version:
        whole, _, last = number.rpartition(".")
        radio = f"ITU-R {whole}-{last}" if "." in whole else f"ITU-R {number}{identifier.range_end or ''}"
        readings += [parse(radio), parse(f"Report {radio}")]
    if identifier.range_end and identifier.range_end[1:].isdigit():
        readings.append(parse(f"ITU-T {number}.{identifier.range_end[1:]}"))
    if identifier.sector == "R":
        revision = "" if identifier.revision is None else f"-{identifier.revision}"
        readings.append(parse(f"Report ITU-R {number}{revision}"))
    return [
        Suggestion(reading, Reason.SECTOR if reading.sector == "R" else Reason.SPELLING)
        for reading in readings
        if reading
    ]
