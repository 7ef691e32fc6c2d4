"""Whether the form of a new item says what it must, and what speaks against it. Pure. Source: WI-1 to WI-4."""

from dataclasses import dataclass
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.work_programme.practice import Practice
from sgdocs.work_programme.rules import ItemKind, ItemVersion

INCOMPLETE = rule(
    "work.form-incomplete",
    "The form of a new work item says nothing yet about: {missing}.",
    "Rec. ITU-T A.1 (09/2019) 1.4.7 and Annex A; Rec. ITU-T A.13",
)
FEW = rule(
    "work.few-supporters",
    "{count} members commit themselves to contribute; the practice is {most} at least. Confirm if it is to be so.",
    "domain WI-3 (uncertain: a warning, not a bar)",
    settings=("wi_min_supporters",),
)
FEW_COUNTRIES = rule(
    "work.few-countries",
    "The members that support it are of {count} countries; the practice is {most} at least. Confirm if it is to be so.",
    "domain WI-3 (uncertain: a warning, not a bar)",
    settings=("wi_min_countries",),
)
NO_BASE = rule(
    "work.no-base-text",
    "The form names no base text. Confirm if the work begins without one.",
    "Rec. ITU-T A.1 (09/2019) Annex A (a warning, not a bar)",
)


@dataclass(frozen=True)
class Proposal:
    """What a form says. supporters: (name, country) of those that commit themselves to work."""

    sector: str = "T"
    kind: str = ItemKind.RECOMMENDATION
    version: str = ItemVersion.NEW
    question: str = ""
    acronym: str = ""
    title: str = ""
    timing: str = ""
    editors: tuple[str, ...] = ()
    process: str = ""
    scope: str = ""
    summary: str = ""
    relations: str = ""
    base: str = ""
    supporters: tuple[tuple[str, str], ...] = ()


ALWAYS: Final = ("acronym", "title")
A1_FORM: Final = ("question", *ALWAYS, "timing", "editors", "process", "scope", "summary", "relations", "supporters")
A13_FORM: Final = ("question", *ALWAYS, "timing", "editors", "scope", "relations", "supporters")
"""Purpose and scope in one, in the place of scope and summary; the process is agreement (uncertain layout)."""
CONTINUING: Final = ("question", *ALWAYS, "process")
"""The form is not required for an amendment or revision. Source: Rec. ITU-T A.1 1.4.7."""


def needed(proposal: Proposal) -> tuple[str, ...]:
    """The fields that must be filled."""
    if proposal.sector != "T":
        return ALWAYS
    if proposal.version not in (ItemVersion.NEW, ItemVersion.NONE):
        return CONTINUING
    return A1_FORM if proposal.kind == ItemKind.RECOMMENDATION else A13_FORM


def why_not_propose(proposal: Proposal) -> Refusal | None:
    """None when the form is complete."""
    lacking = [name for name in needed(proposal) if not getattr(proposal, name)]
    if not lacking:
        return None
    return Refusal(INCOMPLETE, {"missing": ", ".join(lacking)}, field=lacking[0])


def warnings_of(proposal: Proposal, practice: Practice) -> tuple[Refusal, ...]:
    """What a person may confirm all the same."""
    if needed(proposal) not in (A1_FORM, A13_FORM):
        return ()
    countries = {country.upper() for _, country in proposal.supporters if country}
    found = []
    if len(proposal.supporters) < practice.wi_min_supporters:
        facts = {"count": len(proposal.supporters), "most": practice.wi_min_supporters}
        found.append(Refusal(FEW, facts, field="accept"))
    if len(countries) < practice.wi_min_countries:
        found.append(
            Refusal(FEW_COUNTRIES, {"count": len(countries), "most": practice.wi_min_countries}, field="accept")
        )
    if not proposal.base:
        found.append(Refusal(NO_BASE, {}, field="accept"))
    return tuple(found)
