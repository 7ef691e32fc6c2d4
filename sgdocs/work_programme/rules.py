"""Vocabulary of the work programme, how the status of an item moves, and how names compare. Pure. Source: domain 3."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.base.text import folded
from sgdocs.identifiers.sorting import natural

A1 = "Rec. ITU-T A.1 (09/2019) 1.4.7"
TRANSITION = rule(
    "work.transition",
    "{name} is {status}; from there it cannot become {to}. Possible now: {right}.",
    "domain 3.3",
)
PROCESS_NEEDED = rule(
    "work.process-needed",
    "{name} goes by {process}; it becomes {to} only under {right}. Change the process first.",
    "WTSA Resolution 1 section 8, domain 3.3",
)
PROCESS = rule(
    "work.process", "A text of kind {kind} goes by {right}, not by {process}.", "WTSA Resolution 1 section 8"
)
PROCESS_LATE = rule(
    "work.process-under-study",
    "The process is changed while an item is under study; {name} is {status}.",
    "WTSA Resolution 1 section 8",
)
NAME_TAKEN = rule("work.name-taken", "{name} is the name of an item at work already: number {number}.", "domain 3.1")
NAME = rule("work.name", "“{name}” is no name of a work item; right would be {right}.", "domain 3.1, 2.6")
ENDED_ITEM = rule("work.ended", "{name} is {status} since {on}; its record stays as it is.", "domain 3.3")
REASON = rule("work.reason", "Say why: the reason is minuted and stands in the list of deleted items.", f"{A1}, WI-5")
MINUTED = rule("work.minuted", "Name the meeting that decided it.", f"{A1}, WI-1, WI-5")
NOT_OF_GROUP = rule("work.meeting-of-group", "{code} is no meeting at which {label} decides.", "domain 1.4, 3.2")
NOT_BEGUN = rule("work.meeting-not-begun", "{code} begins on {starts_on}; it has decided nothing yet.", A1)
SAME = rule("work.same", "{name} is that already.")
MERGE_TARGET = rule("work.merge-target", "{name} is merged only into an item that is at work.", "domain 3.3")
LOOP = rule("work.dependency-loop", "{name} waits for {other} already, so {other} cannot wait for {name}.")
ON_WHAT = rule("work.dependency", "Say for what it waits: an item, or words.")
RELEASED = rule("work.released", "It was there on {on} already.")
SUPPORT_OWN = rule(
    "work.support-own", "Support is given for one's own entity; an officer enters others, to be confirmed.", "WI-4"
)
UNKNOWN_SUPPORT = rule("work.support-missing", "{name} does not support it.", "WI-4")
ATTACHED = rule("work.not-attached", "{label} does not belong to {name}.")
DELETED_ONLY = rule("work.reregister", "Only a deleted item is registered anew; {name} is {status}.", "domain 3.3")
PLACE = rule("work.place", "{label} is no place for an item of {sector}.", "domain 1.4, WI-6")
NO_QUESTION = rule("work.question", "{label} is no Question of {group}.", "domain 1.5")
NOT_GROUP = rule("work.focus-group", "{label} is no focus group.", "Rec. ITU-T A.7")


BODY = rule("work.body", "A rapporteur meeting decides on no work item; {code} is one.", "domain 1.4")
PERIOD = rule("work.period", "{code} is no study period of {sector} after the one in which {name} stands.", "WI-6")


class ItemKind(StrEnum):
    """What will come of the work. Source: domain 3.1 (values beyond the first uncertain)."""

    RECOMMENDATION = "recommendation"
    SUPPLEMENT = "supplement"
    TECHNICAL_REPORT = "technical-report"
    TECHNICAL_PAPER = "technical-paper"
    IMPLEMENTERS_GUIDE = "implementers-guide"
    HANDBOOK = "handbook"
    REPORT = "report"
    OTHER = "other"


class ItemVersion(StrEnum):
    """Whether the text is new or changes one that exists."""

    NEW = "new"
    REVISION = "revision"
    AMENDMENT = "amendment"
    CORRIGENDUM = "corrigendum"
    NONE = ""


class ItemStatus(StrEnum):
    """Status of a work item. Source: domain 3.3."""

    PENDING = "pending-confirmation"
    UNDER_STUDY = "under-study"
    CONSENTED = "consented"
    DETERMINED = "determined"
    ADOPTED = "adopted"
    FORWARDED = "forwarded-to-assembly"
    APPROVED = "approved"
    AGREED = "agreed"
    DELETED = "deleted"
    MERGED = "merged"


class ItemProcess(StrEnum):
    """How the text will be approved. Source: domain 3.1, 6.1, 6.6."""

    AAP = "aap"
    TAP = "tap"
    AGREEMENT = "agreement"
    ADOPTION = "adoption"
    NONE = ""


class Stage(StrEnum):
    """The ladder of a draft in ITU-R. Source: domain 3.3."""

    WORKING_DOCUMENT = "wd"
    TOWARDS_PRELIMINARY = "wdpdn"
    PRELIMINARY = "pdn"
    DRAFT = "dn"
    NONE = ""


class Priority(StrEnum):
    """Of the timing."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = ""


class PaperRole(StrEnum):
    """What a document is to an item. Source: domain 3.1."""

    CONTRIBUTION = "contribution"
    OUTPUT = "output"
    LIAISON = "liaison"
    JUSTIFICATION = "justification"
    IPR_MINUTES = "minutes-of-ipr"
    OTHER = "other"


class Support(StrEnum):
    """What an entity commits itself to. Source: WI-3, WI-4."""

    WORK = "work"
    CONSENT = "consent"


class EditorRole(StrEnum):
    EDITOR = "editor"
    CO_EDITOR = "co-editor"
    CONTACT = "contact"


S, P = ItemStatus, ItemProcess
ACTIVE = (S.PENDING, S.UNDER_STUDY, S.CONSENTED, S.DETERMINED, S.ADOPTED, S.FORWARDED)
ENDED = (S.APPROVED, S.AGREED, S.DELETED, S.MERGED)


class Event(StrEnum):
    """What moves an item. Source: domain 3.3."""

    PROPOSE = "propose"
    REGISTER = "register"
    CONSENT = "consent"
    DETERMINE = "determine"
    ADOPT = "adopt"
    AGREE = "agree"
    DISCONTINUE = "discontinue"
    MERGE = "merge"
    APPROVE = "approve"
    RETURN = "return"
    MOVE_TO_TAP = "move-to-tap"
    FORWARD = "forward"


@dataclass(frozen=True)
class Transition:
    """One row: before (None: no record yet), what happens, after. processes: under which alone; () for any."""

    before: ItemStatus | None
    event: Event
    after: ItemStatus
    clause: str
    processes: tuple[ItemProcess, ...] = ()


E = Event
TRANSITIONS: Final[tuple[Transition, ...]] = (
    Transition(None, E.PROPOSE, S.PENDING, A1),
    Transition(None, E.REGISTER, S.UNDER_STUDY, A1),
    Transition(S.PENDING, E.REGISTER, S.UNDER_STUDY, A1),
    Transition(S.PENDING, E.DISCONTINUE, S.DELETED, A1),
    Transition(S.PENDING, E.MERGE, S.MERGED, A1),
    Transition(S.UNDER_STUDY, E.CONSENT, S.CONSENTED, "Rec. ITU-T A.8 (10/2008) 3.1", (P.AAP,)),
    Transition(S.UNDER_STUDY, E.DETERMINE, S.DETERMINED, "WTSA Resolution 1 section 9.3.1", (P.TAP,)),
    Transition(S.UNDER_STUDY, E.AGREE, S.AGREED, "Rec. ITU-T A.13", (P.AGREEMENT,)),
    Transition(S.UNDER_STUDY, E.ADOPT, S.ADOPTED, "Resolution ITU-R 1-9 A2.6.2 (uncertain)", (P.ADOPTION,)),
    Transition(S.UNDER_STUDY, E.APPROVE, S.APPROVED, "Resolution ITU-R 1-9 A2.6.2.4 (uncertain)", (P.ADOPTION,)),
    Transition(S.UNDER_STUDY, E.FORWARD, S.FORWARDED, "WTSA Resolution 1 section 9.2.2"),
    Transition(S.UNDER_STUDY, E.DISCONTINUE, S.DELETED, A1),
    Transition(S.UNDER_STUDY, E.MERGE, S.MERGED, A1),
    Transition(S.CONSENTED, E.APPROVE, S.APPROVED, "Rec. ITU-T A.8 (10/2008) 4.4, 4.5, 5"),
    Transition(S.CONSENTED, E.RETURN, S.UNDER_STUDY, "Rec. ITU-T A.8 (10/2008) 4.4.3, 5.3"),
    Transition(S.CONSENTED, E.MOVE_TO_TAP, S.DETERMINED, "Rec. ITU-T A.8 (10/2008) 5.2"),
    Transition(S.CONSENTED, E.FORWARD, S.FORWARDED, "WTSA Resolution 1 section 9.2.2"),
    Transition(S.DETERMINED, E.APPROVE, S.APPROVED, "WTSA Resolution 1 section 9.5"),
    Transition(S.DETERMINED, E.RETURN, S.UNDER_STUDY, "WTSA Resolution 1 section 9.4, 9.5"),
    Transition(S.DETERMINED, E.FORWARD, S.FORWARDED, "WTSA Resolution 1 section 9.2.2"),
    Transition(S.ADOPTED, E.APPROVE, S.APPROVED, "Resolution ITU-R 1-9 A2.6.2.3 (uncertain)"),
    Transition(S.ADOPTED, E.RETURN, S.UNDER_STUDY, "Resolution ITU-R 1-9 A2.6.2 (uncertain)"),
    Transition(S.ADOPTED, E.FORWARD, S.FORWARDED, "Resolution ITU-R 1-9 A2.6.2 (uncertain)"),
    Transition(S.FORWARDED, E.APPROVE, S.APPROVED, "WTSA Resolution 1 section 9.2.2"),
    Transition(S.FORWARDED, E.RETURN, S.UNDER_STUDY, "WTSA Resolution 1 section 9.2.2"),
)


def transition(before: str, after: str, process: str, *, name: str) -> Transition | Refusal:
    """The row that leads from one status to another under that process, or why there is none. name: of the item."""
    ways = [row for row in TRANSITIONS if row.before == before]
    fitting = [row for row in ways if row.after == after]
    allowed = next((row for row in fitting if not row.processes or process in row.processes), None)
    if allowed is not None:
        return allowed
    if fitting:
        right = ", ".join(each for row in fitting for each in row.processes)
        return Refusal(PROCESS_NEEDED, {"name": name, "process": process or "-", "to": after, "right": right})
    right = ", ".join(dict.fromkeys(row.after for row in ways)) or "-"
    return Refusal(TRANSITION, {"name": name, "status": before, "to": after, "right": right})


def processes_for(sector: str, kind: str) -> tuple[ItemProcess, ...]:
    """By which a text of the kind can go, the usual one first. Source: WTSA Resolution 1 section 8, domain 6.1, 6.6."""
    if kind != ItemKind.RECOMMENDATION:
        return (P.AGREEMENT,)
    return {"T": (P.AAP, P.TAP), "R": (P.ADOPTION,)}.get(sector, (P.AGREEMENT,))


def why_not_process(sector: str, kind: str, process: str) -> Refusal | None:
    """None when a text of that kind may go so."""
    right = processes_for(sector, kind)
    if process in right:
        return None
    return Refusal(PROCESS, {"kind": kind, "process": process or "-", "right": ", ".join(right)}, field="process")


def why_not_change_process(status: str, *, name: str) -> Refusal | None:
    """AAP to TAP and back: as long as nobody consented or determined."""
    if status in (S.UNDER_STUDY, S.PENDING):
        return None
    return Refusal(PROCESS_LATE, {"name": name, "status": status}, field="process")


_NOT_KEY = re.compile(r"[^\w.]|_")
LONGEST_NAME: Final = 80
EXAMPLE: Final = "Y.slice, G.709.20, X.509 Amd.2 or M.[IMT.TAG]"


def name_key(name: str) -> str:
    """For comparison: letters, digits and points, no case, no accents: `X.oob-pacs` is `X.OOB pacs`, not `X.oob.pacs`."""
    return _NOT_KEY.sub("", folded(name)).strip(".")


def name_order(name: str) -> str:
    """The column by which a list by name is sorted, bytewise: no case, no accents, numbers by value; `G.672rev`, `G.9804`, `TR.hollow`."""
    return natural(folded(name))


def why_not_name(name: str) -> Refusal | None:
    """None when an item may be called so: letters in it, one line, and not like the number of an address (`4711-…`)."""
    is_right = len(name) <= LONGEST_NAME and bool(name_key(name)) and re.search(r"[^\W\d_]", name) is not None
    if is_right and not re.match(r"\d+(-|$)", name) and not re.search(r"[<>\"\\/?#%]", name):
        return None
    return Refusal(NAME, {"name": name[:120], "right": EXAMPLE}, field="acronym")
