"""Reading an address of this site back into the identifier that it names."""

import re
from dataclasses import replace
from urllib.parse import unquote

from sgdocs.identifiers import grammar, papers, texts
from sgdocs.identifiers.addresses import CHANGE_WORDS
from sgdocs.identifiers.families import HANDBOOK
from sgdocs.identifiers.model import Identifier, Kind, Part
from sgdocs.identifiers.normal import tidy
from sgdocs.identifiers.parsing import bare, parse

_CHANGES_OF_WORDS = {word: kind for kind, word in CHANGE_WORDS.items()}
_BASE = re.compile(
    r"(?P<number>(?P<series>[A-Z])\.(?:(?P<band>\d+(?:-\d+)?)Ser)?Sup(?P<sup>\d+(?:\.\d+)*)"
    r"|(?P<plain>[A-Z]\.\d+(?:\.\d+)*[a-c]?)(?P<latin>bis|ter|quater|quarter)?(?P<suffix>R)?(?P<variant>[A-F])?"
    r"(?P<range>-(?:[A-Z]\.)?\d+)?|[A-Z]\.Imp(?:\d+(?:\.\d+)*|OSI))(?:-Sup(?P<own>\d+(?:\.\d+)*))?(?P<tail>(?:-(?:Annex[A-Z]\d?\+?|App[IVXLC]+|Attachment|testvectors|software))*)",
    re.ASCII,
)
_EDITION = re.compile(
    r"(?P<year>(?:18|19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?", re.ASCII
)
_LONGEST = 400


def from_address(path: str) -> Identifier | None:
    """The identifier of which this is the address, as far as an address tells it; None when it is none.

    `address(from_address(path)) == path` for every path that `address` gives (dated when that was). Never raises.
    """
    if len(path) > _LONGEST or not path.startswith("/"):
        return None
    shelf, *rest = [unquote(segment) for segment in path[1:].split("/")]
    joined = " ".join(rest)
    if not rest or tidy(joined) is None or not (joined.isascii() or shelf == "text"):
        return None
    reader = _SHELVES.get(shelf)
    return reader(shelf, rest) if reader else None


def _read_text(shelf: str, rest: list[str]) -> Identifier | None:
    sector, *rest = rest
    if sector == "T" and rest:
        return _read_t_text(shelf, rest)
    if sector != "R" or not 1 <= len(rest) <= 2:
        return None
    words = {"report": "Report ITU-R {}", "rec": "ITU-R {}", "handbook": "ITU-R {}.HDB"}
    identifier = parse(words[shelf].format(rest[0]))
    kinds = {"report": Kind.REPORT, "rec": Kind.RECOMMENDATION, "handbook": Kind.HANDBOOK}
    if identifier is None or identifier.kind is not kinds[shelf] or identifier.revision is not None:
        return None
    return _with_revision(identifier, rest[1:]) or _with_date(identifier, rest[1:])


def _with_revision(identifier: Identifier, rest: list[str]) -> Identifier | None:
    if not rest:
        return identifier
    if len(rest) != 1 or not re.fullmatch(r"\d|[1-9]\d", rest[0], re.ASCII):
        return None
    return replace(identifier, revision=int(rest[0]))


def _with_date(identifier: Identifier, rest: list[str]) -> Identifier | None:
    found = _EDITION.fullmatch(rest[0]) if len(rest) == 1 else None
    return _with_segment(identifier, found) if found else None


def _with_segment(identifier: Identifier, found: re.Match[str] | None) -> Identifier:
    if not found:
        return identifier
    number = texts.number_or_none
    return replace(identifier, year=number(found["year"]), month=number(found["month"]), day=number(found["day"]))


def _read_t_text(shelf: str, rest: list[str]) -> Identifier | None:
    identifier = _read_base(rest[0]) if shelf == "rec" else None
    if shelf == "handbook" and HANDBOOK.fullmatch(rest[0]):
        identifier = Identifier(Kind.HANDBOOK, "T", numbers=(rest[0],))
    if identifier is None:
        return None
    dated = _EDITION.fullmatch(rest[1]) if len(rest) > 1 else None
    rest = rest[2 if dated else 1 :]
    if not rest:
        return _with_segment(identifier, dated)
    own = _EDITION.fullmatch(rest[-1]) if len(rest) % 2 else None
    changes = _read_changes(rest[:-1] if own else rest)
    return _with_segment(_changed(identifier, dated, changes), own) if changes else None


def _changed(identifier: Identifier, dated: re.Match[str] | None, changes: tuple[Part, ...]) -> Identifier:
    year, month, day = (texts.number_or_none(dated[name]) if dated else None for name in ("year", "month", "day"))
    parts = identifier.parts
    if parts and year:
        parts = (*parts[:-1], replace(parts[-1], year=year))
    return replace(
        identifier,
        kind=changes[-1].kind,
        base_year=None if identifier.parts else year,
        base_month=month,
        base_day=day,
        parts=parts + changes,
    )


def _read_changes(rest: list[str]) -> tuple[Part, ...] | None:
    if len(rest) % 2 or len(rest) > 4:
        return None
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    if not all(word in _CHANGES_OF_WORDS and re.fullmatch(r"[1-9]\d{0,3}", label, re.ASCII) for word, label in pairs):
        return None
    return tuple(Part(_CHANGES_OF_WORDS[word], label) for word, label in pairs)


def _read_base(slug: str) -> Identifier | None:
    found = _BASE.fullmatch(slug)
    if not found or slug[0] not in grammar.T_SERIES:
        return None
    parts = [Part(Kind.SUPPLEMENT, label) for label in (found["sup"], found["own"]) if label]
    for word in found["tail"].split("-")[1:]:
        _attach(parts, word)
    if found["plain"] is None and found["series"] is None:
        root = Identifier(Kind.GUIDE, "T", numbers=(found["number"],))
    elif found["series"]:
        root = Identifier(Kind.SUPPLEMENT, "T", series=found["series"], band=found["band"])
    else:
        latin = f" {found['latin']}" if found["latin"] else ""
        number = found["plain"] + latin + (" R" if found["suffix"] else "")
        root = Identifier(
            Kind.RECOMMENDATION, "T", numbers=(number,), variant=found["variant"], range_end=found["range"]
        )
    return replace(root, kind=parts[-1].kind if parts else root.kind, parts=tuple(parts))


def _attach(parts: list[Part], word: str) -> None:
    if word.startswith("Annex"):
        parts.append(Part(Kind.ANNEX, word.removeprefix("Annex")))
    elif word.startswith("App"):
        parts.append(Part(Kind.APPENDIX, word.removeprefix("App")))
    elif word == "Attachment":
        parts.append(Part(Kind.ATTACHMENT))
    elif parts:
        parts[-1] = replace(parts[-1], note="test vectors" if word == "testvectors" else word)


def _read_paper(shelf: str, rest: list[str]) -> Identifier | None:
    name, *marks = rest
    radio = name.startswith("R-")
    identifier = papers.paper(name.removeprefix("R-"))
    if identifier is None or len(marks) > 2 or (identifier.kind is Kind.LIAISON_STATEMENT) != (shelf == "liaison"):
        return None
    if radio:
        identifier = replace(identifier, sector="R")
    for mark in marks:
        if re.fullmatch(r"r\d{1,3}", mark, re.ASCII) and identifier.revision is None:
            identifier = replace(identifier, revision=int(mark[1:]))
        elif re.fullmatch(r"[acpn]\d{1,3}", mark, re.ASCII) and identifier.piece is None:
            identifier = replace(identifier, piece=mark.upper())
        else:
            return None
    return identifier


def _read_decision(shelf: str, rest: list[str]) -> Identifier | None:
    sector, *rest = rest
    if sector not in ("T", "R") or not 1 <= len(rest) <= 2 or not re.fullmatch(r"\d{1,4}", rest[0], re.ASCII):
        return None
    return _with_revision(Identifier(Kind(shelf), sector, number=int(rest[0])), rest[1:])


def _read_question(shelf: str, rest: list[str]) -> Identifier | None:
    if rest[0] != "R" or not 2 <= len(rest) <= 3:
        return None
    identifier = bare(f"Question ITU-R {rest[1].replace('-', '/')}")
    return _with_revision(identifier, rest[2:]) if identifier else None


def _read_group(shelf: str, rest: list[str]) -> Identifier | None:
    if len(rest) != 2 or not rest[1].startswith(("Q", "WP")):
        return None
    if rest[0] == "R":
        return texts.working_party(rest[1])
    name = f"{rest[1]}/{rest[0].removeprefix('SG')}"
    return texts.question(name) or texts.working_party(name)


def _read_work_item(shelf: str, rest: list[str]) -> Identifier | None:
    """`/wi/Y.slice`, or with the number of the item in front: `/wi/4711-Y.slice`."""
    return texts.work_item(re.sub(r"^\d{1,9}-", "", rest[0])) if len(rest) == 1 else None


def _read_coded(shelf: str, rest: list[str]) -> Identifier | None:
    sector, *rest = rest
    if sector not in ("T", "R") or not rest:
        return None
    if shelf == "text":
        return Identifier(Kind.UNNUMBERED, sector, code=rest[0].replace("~", "/")) if len(rest) == 1 else None
    if shelf == "draft":
        return _read_draft(rest[0]) if sector == "R" and len(rest) == 1 else None
    identifier = texts.paper(rest[0]) if sector == "T" else None
    return (_with_date(identifier, rest[1:]) if rest[1:] else identifier) if identifier else None


def _read_draft(slug: str) -> Identifier | None:
    if "[" in slug:
        report = "Report " if slug.startswith("Report ") else ""
        return bare(f"{report}ITU-R {slug.removeprefix('Report ').replace('~', '/')}")
    code = slug.replace("-", "/")
    identifier = bare(f"ITU-R {code}" if code[:1].isalpha() else code)
    return identifier if identifier and identifier.kind is Kind.DRAFT_DOCUMENT else None


_SHELVES = {
    "rec": _read_text,
    "report": _read_text,
    "handbook": _read_text,
    "doc": _read_paper,
    "liaison": _read_paper,
    "resolution": _read_decision,
    "opinion": _read_decision,
    "decision": _read_decision,
    "question": _read_question,
    "group": _read_group,
    "wi": _read_work_item,
    "paper": _read_coded,
    "draft": _read_coded,
    "text": _read_coded,
}
