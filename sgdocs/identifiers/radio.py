"""Texts of ITU-R: Recommendations, Reports, Questions, Resolutions, handbooks and drafts."""

import re

from sgdocs.identifiers import grammar
from sgdocs.identifiers.model import Identifier, Kind
from sgdocs.identifiers.texts import dated, number_or_none


def recommendation(text: str) -> Identifier | None:
    """A Recommendation or Report by number and revision; `ITU-R Report BT.2020-1` is a Report.

    Without a Sector only a series of both with a revision below 100 is taken: `F.387-13`. `BT.2020-1` belongs to a
    Recommendation and to a Report, so it must be asked. Source: domain 2.6.3.
    """
    found = grammar.R_TEXT.fullmatch(text)
    if not found or (found["rep"] and found["rep2"]):
        return None
    report = bool(found["rep"] or found["rep2"])
    if not found["sector"] and (
        report or not found["rev"] or found["main"][1] != "." or found["main"][0] not in "FMPSV"
    ):
        return None
    kind = Kind.REPORT if report else Kind.RECOMMENDATION
    return dated(Identifier(kind, "R", numbers=(found["main"],), revision=number_or_none(found["rev"])), found)


def volume(text: str) -> Identifier | None:
    """Old collections of Reports: `Report ITU-R SM2` (series and number without dot), `Report ITU-R IV.IX`."""
    found = grammar.R_VOLUME.fullmatch(text)
    if not found:
        return None
    number = found["code"] or f"{found['ser']}.{found['num']}"
    return dated(Identifier(Kind.REPORT, "R", numbers=(number,)), found)


def draft(text: str) -> Identifier | None:
    """`PDNR ITU-R M.[IMT.VISION]`: stage and working name in brackets."""
    found = grammar.R_DRAFT.fullmatch(text)
    if not found:
        return None
    code = ("Report " if found["rep"] else "") + found["code"]
    return Identifier(Kind.DRAFT, "R", code=code, stage=found["stage"])


def draft_document(text: str) -> Identifier | None:
    """A final draft known by the number of its document: `ITU-R BS.6/BL/28`, `BS.6/1005`, `P.[3/BL/1]`, `P.3B95`."""
    found = grammar.R_DRAFT_DOCUMENT.fullmatch(text)
    if not found:
        return None
    tail = f"BL/{found['num']}" if found["bl"] else found["doc"] or found["wpdoc"]
    return Identifier(Kind.DRAFT_DOCUMENT, "R", code=f"{found['ser']}.{found['sg']}{found['letter'] or ''}/{tail}")


def question(text: str) -> Identifier | None:
    """`Question ITU-R 241-3/5`, also as the catalogue writes it: `ITU-R 241-3/5:`, `ITU-R SG05.241-3`."""
    found = grammar.R_QUESTION.fullmatch(text) or grammar.R_QUESTION_OLD.fullmatch(text)
    if not found:
        return None
    revision = number_or_none(found["rev"])
    return Identifier(Kind.QUESTION, "R", number=int(found["num"]), study_group=f"SG{found['sg']}", revision=revision)


def decision(text: str) -> Identifier | None:
    """`Resolution ITU-R 1-9 (2023)`, `Opinion ITU-R 100`, and `ITU-R R.1-9` of the catalogue."""
    found = grammar.R_DECISION.fullmatch(text)
    kind = Kind.RESOLUTION
    if found and not found["kind"].startswith("Res"):
        kind = Kind(found["kind"].lower())
    found = found or grammar.R_RESOLUTION.fullmatch(text)
    if not found:
        return None
    return Identifier(kind, "R", number=int(found["num"]), revision=number_or_none(found["rev"]), year=_year(found))


def handbook(text: str) -> Identifier | None:
    """`ITU-R 43.HDB (2013)`."""
    found = grammar.R_HANDBOOK.fullmatch(text)
    return Identifier(Kind.HANDBOOK, "R", numbers=(found["main"],), year=_year(found)) if found else None


def _year(found: re.Match[str]) -> int | None:
    return number_or_none(found["yy"])
