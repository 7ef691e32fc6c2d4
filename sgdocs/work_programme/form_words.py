"""The form by which new work is proposed, as plain values. Pure. Source: Rec. ITU-T A.1 Annex A; A.13; domain WI-1, WI-2."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sgdocs.base.rulebook import rule
from sgdocs.work_programme.rules import ItemKind

NO_FORM = rule(
    "work.no-form-in-file",
    "No A.1 or A.13 form that is filled in stands in “{name}”. Fill the fields by hand, or choose another file.",
    "Rec. ITU-T A.1 Annex A; Rec. ITU-T A.13",
)


class Sheet(StrEnum):
    """Which form: A.1 for a Recommendation, A.13 for a text that is not normative."""

    A1 = "a1"
    A13 = "a13"


@dataclass(frozen=True)
class EditorWords:
    name: str
    entity: str = ""
    email: str = ""


@dataclass(frozen=True)
class FormWords:
    """What stands on one form; "" or () where nothing stands.

    question: as printed (`2/15`); what: the proposed text as printed (`Recommendation`); timing: `2026-05`, `2026-Q2`,
    `2026` if it could be read, else as given; process: `aap`, `tap`, `agreement` or "".
    """

    sheet: Sheet = Sheet.A1
    question: str = ""
    what: str = ""
    place_date: str = ""
    name: str = ""
    title: str = ""
    base_text: str = ""
    timing: str = ""
    editors: tuple[EditorWords, ...] = ()
    process: str = ""
    scope: str = ""
    summary: str = ""
    relations: str = ""
    liaisons: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()


PRINTED: Final = {
    ItemKind.RECOMMENDATION: "Recommendation",
    ItemKind.SUPPLEMENT: "Supplement",
    ItemKind.TECHNICAL_REPORT: "Technical report",
    ItemKind.TECHNICAL_PAPER: "Technical paper",
    ItemKind.IMPLEMENTERS_GUIDE: "Implementers' guide",
    ItemKind.HANDBOOK: "Handbook",
    ItemKind.REPORT: "Report",
    ItemKind.OTHER: "Other",
}
"""A kind of text as the forms print it. Source: Rec. ITU-T A.13."""

PROCESSES: Final = {"aap": "AAP", "tap": "TAP", "agreement": "Agreement"}


def sheet_for(kind: str) -> Sheet:
    """Recommendations are proposed on A.1, all else on A.13."""
    return Sheet.A1 if kind == ItemKind.RECOMMENDATION else Sheet.A13


def kind_of(what: str) -> ItemKind | None:
    """The kind that a form names in print; None when it names none, or several."""
    told = what.casefold().replace("’", "'").replace("implementer's", "implementers'")
    found = [kind for kind, word in PRINTED.items() if word.casefold() in told]
    if len(found) == 2 and ItemKind.REPORT in found and ItemKind.TECHNICAL_REPORT in found:
        return ItemKind.TECHNICAL_REPORT
    return found[0] if len(found) == 1 else None
