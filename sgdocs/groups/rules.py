"""Vocabulary of the structure, and what may be done to it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

CODE = rule("groups.code", "“{code}” is not a code for a group of this kind; right would be {right}.", "domain 1.4")
PARENT = rule("groups.parent", "A group of this kind stands under {right}.", "Rec. ITU-T A.1 (09/2019) clauses 2, 4")
PERIOD = rule(
    "groups.period", "Numbers of this kind of group restart with each study period: name the period.", "domain 1.5"
)
TAKEN = rule("groups.taken", "“{label}” exists already in that period.", "WTSA Resolution 1 section 7")
ENDED = rule("groups.ended", "{label} ended on {ends_on}.", "WTSA Resolution 1 section 2")
ORDER = rule("groups.days-in-order", "The last day, {ends_on}, lies before the first, {starts_on}.")
OPEN_PARTS = rule(
    "groups.open-parts",
    "{label} still has parts at work: {parts}. End them first, or let another group succeed.",
    "WTSA Resolution 1 section 2",
)
SUCCESSOR = rule(
    "groups.successor",
    "A group cannot succeed itself, nor a group that comes after it.",
    "WTSA Resolution 2 (domain S1.1)",
)
CONTINUES = rule(
    "groups.continues",
    "A Question continues one of an earlier study period, in its own Sector.",
    "WTSA Resolution 1 section 7 (domain 1.5)",
)
SECTORS: Final = {"T": "ITU-T", "R": "ITU-R", "D": "ITU-D"}


class GroupKind(StrEnum):
    """Sorts of groups. Source: domain 1.4."""

    STUDY_GROUP = "study-group"
    ADVISORY_GROUP = "advisory-group"
    WORKING_PARTY = "working-party"
    QUESTION = "question"
    RAPPORTEUR_GROUP = "rapporteur-group"
    JOINT_GROUP = "joint-rapporteur-group"
    TASK_GROUP = "task-group"
    FOCUS_GROUP = "focus-group"
    JCA = "jca"
    REGIONAL_GROUP = "regional-group"
    IRG = "irg"
    CORRESPONDENCE = "correspondence-group"
    AD_HOC = "ad-hoc-group"
    COLLABORATIVE_TEAM = "collaborative-team"
    COMMITTEE = "committee"


K = GroupKind
TOPS = (K.STUDY_GROUP, K.ADVISORY_GROUP)


@dataclass(frozen=True)
class Form:
    """How groups of a kind are written. parents: kinds they stand under; per_period: numbers restart.

    is_part: its papers and rights are those of the parent (an Associate of SG15 takes part in Q2/15).
    """

    pattern: str
    example: str
    parents: tuple[GroupKind, ...] = ()
    per_period: bool = False
    is_part: bool = False


NAME = r"[A-Z0-9][A-Za-z0-9]*(-[A-Za-z0-9]+)*"
FORMS: Final[dict[GroupKind, Form]] = {
    K.STUDY_GROUP: Form(r"SG[1-9]\d?", "SG15"),
    K.ADVISORY_GROUP: Form(r"[A-Z]{2,5}", "TSAG"),
    K.WORKING_PARTY: Form(r"WP\d{1,2}[A-Z]?", "WP1 (ITU-T) or WP5D (ITU-R)", TOPS, per_period=True, is_part=True),
    K.QUESTION: Form(r"Q[1-9]\d{0,2}", "Q2", TOPS, per_period=True, is_part=True),
    K.RAPPORTEUR_GROUP: Form(rf"RG-{NAME}", "RG-WM", (*TOPS, K.WORKING_PARTY), per_period=True, is_part=True),
    K.JOINT_GROUP: Form(rf"JRG-{NAME}", "JRG-CCM", TOPS),
    K.TASK_GROUP: Form(r"J?TG\d{1,2}(-\d{1,2})*", "TG5-1", TOPS, is_part=True),
    K.FOCUS_GROUP: Form(rf"FG-{NAME}", "FG-AI4H", TOPS),
    K.JCA: Form(rf"JCA-{NAME}", "JCA-IoT-SCC", TOPS),
    K.REGIONAL_GROUP: Form(r"SG\d{1,2}RG-[A-Z]{2,5}", "SG13RG-AFR", (K.STUDY_GROUP,)),
    K.IRG: Form(rf"IRG-{NAME}", "IRG-AVA", TOPS),
    K.CORRESPONDENCE: Form(rf"CG-{NAME}", "CG-AI", (*TOPS, K.WORKING_PARTY, K.QUESTION), is_part=True),
    K.AD_HOC: Form(rf"AHG-{NAME}", "AHG-AI", (*TOPS, K.WORKING_PARTY, K.QUESTION), is_part=True),
    K.COLLABORATIVE_TEAM: Form(NAME, "JVET", TOPS),
    K.COMMITTEE: Form(r"[A-Z]{2,5}", "CCV"),
}
PARTS: Final = tuple(kind.value for kind, form in FORMS.items() if form.is_part)


def is_per_period(kind: GroupKind, sector: str) -> bool:
    """Whether numbers restart with each period; ITU-R working parties keep theirs (`R/WP5D`)."""
    return FORMS[kind].per_period and not (sector == "R" and kind is K.WORKING_PARTY)


def path_of(sector: str, kind: GroupKind, code: str, *, parent_path: str = "", period: str = "") -> str:
    """The permanent address: `T/SG15`, `R/WP5D`, `T/SG15/T25/Q2`. Source: design 2."""
    if is_per_period(kind, sector):
        return f"{parent_path}/{period}/{code}"
    if kind in (K.CORRESPONDENCE, K.AD_HOC):
        return f"{parent_path}/{code}"
    return f"{sector}/{code}"


def label_of(sector: str, kind: GroupKind, code: str, *, parent_code: str = "") -> str:
    """As people write it: `ITU-T SG15`, `WP 5D`, `WP1/15`, `Q2/15`, `TG 5/1`; other kinds by their code."""
    if kind is K.STUDY_GROUP:
        return f"{SECTORS[sector]} {code}"
    if kind is K.WORKING_PARTY and sector == "R":
        return f"WP {code[2:]}"
    if kind is K.TASK_GROUP:
        letters = code.rstrip("0123456789-")
        return f"{letters} {code[len(letters) :].replace('-', '/')}"
    if kind in (K.WORKING_PARTY, K.QUESTION):
        return f"{code}/{parent_code.removeprefix('SG')}"
    return code


_DIGITS = re.compile(r"\d+")


def sort_key(path: str) -> str:
    """A key by which `SG9` comes before `SG13`."""
    return _DIGITS.sub(lambda found: found.group().zfill(4), path)


@dataclass(frozen=True)
class Place:
    """Facts on where a new group would stand. number: of the parent study group, for ITU-R working parties."""

    sector: str
    parent_kind: str | None = None
    parent_code: str = ""
    parent_ends_on: date | None = None
    parent_label: str = ""
    has_period: bool = False


def why_not_establish(kind: GroupKind, code: str, place: Place, starts_on: date) -> Refusal | None:
    """None when a group of that kind may be set up there from that day."""
    form = FORMS[kind]
    if not re.fullmatch(form.pattern, code, re.ASCII) or not _fits_sector(kind, code, place):
        return Refusal(CODE, {"code": code, "right": form.example}, field="code")
    if (form.parents or place.parent_kind is not None) and place.parent_kind not in form.parents:
        right = ", ".join(form.parents) or "no other group"
        return Refusal(PARENT, {"right": right}, field="parent")
    if is_per_period(kind, place.sector) and not place.has_period:
        return Refusal(PERIOD, {}, field="period")
    if place.parent_ends_on is not None and place.parent_ends_on < starts_on:
        return Refusal(ENDED, {"label": place.parent_label, "ends_on": place.parent_ends_on}, field="parent")
    return None


def _fits_sector(kind: GroupKind, code: str, place: Place) -> bool:
    """WP5D is of ITU-R's SG5, WP1 is of ITU-T; SG13RG-AFR is of SG13."""
    if kind is K.WORKING_PARTY:
        return (
            code[-1].isalpha() and f"SG{code[2:-1]}" == place.parent_code if place.sector == "R" else code[-1].isdigit()
        )
    if kind is K.REGIONAL_GROUP:
        return code.split("RG-", maxsplit=1)[0] == place.parent_code
    return True


@dataclass(frozen=True)
class Span:
    """A group's life: first day, and the day it ended already."""

    label: str
    starts_on: date | None
    ends_on: date | None = None


def why_not_end(span: Span, last_on: date, parts: Sequence[str]) -> Refusal | None:
    """None when the group may end with that day. parts: labels of parts still at work then."""
    if span.ends_on is not None and span.ends_on <= last_on:
        return Refusal(ENDED, {"label": span.label, "ends_on": span.ends_on})
    if span.starts_on is not None and last_on < span.starts_on:
        return Refusal(ORDER, {"starts_on": span.starts_on, "ends_on": last_on}, field="ends_on")
    if parts:
        return Refusal(OPEN_PARTS, {"label": span.label, "parts": ", ".join(parts)})
    return None


def why_not_succeed(from_id: int, to_id: int, successors_of_to: frozenset[int]) -> Refusal | None:
    """None when the second may succeed the first: no group comes after itself, by any way."""
    if from_id == to_id or from_id in successors_of_to:
        return Refusal(SUCCESSOR, {}, field="to")
    return None


@dataclass(frozen=True)
class Study:
    """Facts on a Question. starts_on: first day of its period."""

    kind: str
    sector: str
    starts_on: date


def why_not_continue(later: Study, earlier: Study) -> Refusal | None:
    """None when the first may continue the work of the second."""
    both = later.kind == earlier.kind == K.QUESTION and later.sector == earlier.sector
    return None if both and earlier.starts_on < later.starts_on else Refusal(CONTINUES, {}, field="continues")
