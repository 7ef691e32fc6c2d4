"""Addresses on this site: permanent, short, guessable. Source: the address table of the design."""

from urllib.parse import quote

from sgdocs.identifiers.families import SAFE, family_key
from sgdocs.identifiers.form import PAPER_WORDS
from sgdocs.identifiers.model import CHANGES, PAPERS, Identifier, Kind, Part

CHANGE_WORDS = {Kind.AMENDMENT: "amd", Kind.CORRIGENDUM: "cor", Kind.ERRATUM: "err", Kind.ADDENDUM: "add"}
_PART_WORDS = {Kind.SUPPLEMENT: "Sup", Kind.ANNEX: "Annex", Kind.APPENDIX: "App", Kind.ATTACHMENT: "Attachment"}


def address(identifier: Identifier, *, edition: Identifier | None = None, dated: bool = False) -> str | None:
    """The path of the page: `/rec/T/G.9804.1/2019-11/amd/1`, `/doc/T25-SG15-C123/r2`. None for what has no page.

    edition: the text that an amendment changes; its name gives the month (and day, when a month has two), which the
    amendment's own name does not tell. Without it the address has the year alone.
    dated: puts the amendment's own month last, for the few numbers given twice: X.509 (2000) has two Cor. 3.
    """
    if identifier.kind in PAPERS:
        return _paper_address(identifier)
    key = family_key(identifier)
    if key is None:
        return _address_in_group(identifier)
    if identifier.sector == "R" or not (identifier.numbers or identifier.series):
        return _shelved(key) + _pinned(identifier)
    return _shelved(key) + _tail(identifier) + _edition_segment(identifier, edition) + _changes(identifier, dated)


def _shelved(key: str) -> str:
    """`T/G.709` is on the shelf `rec`; `R/report/M.2134` names its own."""
    sector, first, *rest = key.split("/")
    return f"/{first}/{sector}/{rest[0]}" if rest else f"/rec/{sector}/{first}"


def _pinned(identifier: Identifier) -> str:
    """`/9` for a revision; the date where there is none; nothing for a WTSA Resolution, whose place has no address."""
    if identifier.revision is not None:
        return f"/{identifier.revision}"
    decided = identifier.kind in (Kind.RESOLUTION, Kind.OPINION, Kind.DECISION)
    return "" if decided else _edition(identifier.year, identifier.month, identifier.day)


def _address_in_group(identifier: Identifier) -> str | None:
    """ITU-T Questions and working parties have pages of their group; work items their own; the rest has none."""
    if identifier.kind is Kind.WORK_ITEM:
        return f"/wi/{quote(identifier.code or '', safe=SAFE)}"
    return _group_address(identifier) if identifier.kind in (Kind.QUESTION, Kind.WORKING_PARTY) else None


def _tail(identifier: Identifier) -> str:
    """`-AnnexC`, `-Sup3`: the parts that are texts of their own."""
    own = identifier.parts[1:] if identifier.series or identifier.whole_series else identifier.parts
    attached = [part for part in own if part.kind not in CHANGES]
    return "".join(f"-{_PART_WORDS[part.kind]}{part.label}" + _note(part) for part in attached)


def _note(part: Part) -> str:
    return f"-{part.note.replace(' ', '')}" if part.note else ""


def _edition_segment(identifier: Identifier, edition: Identifier | None) -> str:
    if not any(part.kind in CHANGES for part in identifier.parts):
        return _edition(identifier.year, identifier.month, identifier.day)
    if edition:
        return _edition(edition.year, edition.month, edition.day)
    years = [part.year for part in identifier.parts if part.year]
    return _edition(years[-1] if years else identifier.base_year, identifier.base_month, identifier.base_day)


def _edition(year: int | None, month: int | None, day: int | None) -> str:
    """`/2019-11`, `/2012-10-29` when a month has two, `/2019` when no month is known, or nothing."""
    if year is None:
        return ""
    return f"/{year:04d}" + (f"-{month:02d}" + (f"-{day:02d}" if day else "") if month else "")


def _changes(identifier: Identifier, dated: bool) -> str:
    text = "".join(f"/{CHANGE_WORDS[part.kind]}/{part.label}" for part in identifier.parts if part.kind in CHANGES)
    return text + (_edition(identifier.year, identifier.month, identifier.day) if text and dated else "")


def _group_address(identifier: Identifier) -> str:
    if identifier.kind is Kind.QUESTION:
        return f"/group/{identifier.study_group}/Q{identifier.number}"
    if identifier.sector == "R":
        return f"/group/R/WP{identifier.wp}"
    return f"/group/{identifier.study_group}/WP{identifier.wp}"


def _paper_address(identifier: Identifier) -> str | None:
    """`/doc/T25-SG15-TD45-GEN/r2`; a document whose group is unknown has none."""
    if identifier.group is None or "/" in identifier.group:
        return None
    radio = identifier.sector == "R"
    period = f"{identifier.sector}{identifier.period % 100:02d}-" if identifier.period else "R-" if radio else ""
    word = "TEMP" if radio and identifier.kind is Kind.TEMPORARY_DOCUMENT else PAPER_WORDS[identifier.kind]
    meeting = ""
    if identifier.kind is Kind.RAPPORTEUR_GROUP_DOCUMENT:
        meeting = f"-{identifier.code}" + (f"-{identifier.meeting[2:].replace('-', '')}" if identifier.meeting else "")
    stream = f"-{identifier.stream}" if identifier.stream else ""
    shelf = "liaison" if identifier.kind is Kind.LIAISON_STATEMENT else "doc"
    text = f"/{shelf}/{period}{identifier.group}{meeting}-{word}{identifier.number}{stream}"
    text += f"/{identifier.piece.lower()}" if identifier.piece else ""
    return text + (f"/r{identifier.revision}" if identifier.revision is not None else "")


def unnumbered(text: str, sector: str) -> Identifier:
    """A name that the strict parse refuses, kept as it is, so that an imported record has an address: `/text/R/BR`."""
    return Identifier(Kind.UNNUMBERED, sector, code=text.removeprefix(f"ITU-{sector} "))
