"""What may be done to a work item: title, fields, what will happen, and from which standing. Plain values.

Whether it is permitted and right is decided by the actions; this says what a page offers.
"""

from dataclasses import dataclass
from typing import Final

from sgdocs.i18n import N_
from sgdocs.work_programme.rules import ACTIVE, ENDED, ItemStatus

S = ItemStatus
BEFORE: Final = (S.PENDING, S.UNDER_STUDY)
EDITS, DECIDES, SUPPORTS = "edit", "decide", "support"


@dataclass(frozen=True)
class Deed:
    """word: last part of the address; by: edit, decide or support; fields: of the form, in their order; needed: those
    that must be filled; will: what happens, in sentences; statuses: from which it is offered."""

    word: str
    label: str
    title: str
    button: str
    by: str
    fields: tuple[str, ...]
    needed: tuple[str, ...]
    will: tuple[str, ...]
    notice: str
    statuses: tuple[ItemStatus, ...] = ACTIVE
    source: str = ""


_JOURNAL = N_("The history of the item tells it, with day and meeting.")
_MINUTED = N_("The report of the meeting lists it.")
REGISTER = Deed(
    "registration",
    N_("Register"),
    N_("Register the work item"),
    N_("Register the work item"),
    DECIDES,
    ("meeting", "reason"),
    ("meeting",),
    (N_("The item is under study from the day of the meeting on."), _MINUTED, _JOURNAL),
    N_("The work item is registered."),
    (S.PENDING,),
    "Rec. ITU-T A.1 1.4.7",
)
BASE = Deed(
    "base",
    N_("Set the base text"),
    N_("Set the base text"),
    N_("Set the base text"),
    EDITS,
    ("document", "part", "meeting", "on", "note"),
    (),
    (
        N_("Work goes on from this text; the one before stays in the list of base texts."),
        N_("The digest of the file is kept, so that nobody can exchange it unseen."),
        _JOURNAL,
    ),
    N_("The base text is set."),
)
PAPERS = Deed(
    "papers",
    N_("Add a document"),
    N_("Add a document to the item"),
    N_("Add the document"),
    EDITS,
    ("document", "role", "about"),
    ("document", "role"),
    (N_("The document stands on the page of the item; whoever may not read it does not see it there."), _JOURNAL),
    N_("The document belongs to the item now."),
    (*ACTIVE, *ENDED),
)
SUPPORT = Deed(
    "support",
    N_("Support it"),
    N_("Support the work item"),
    N_("Record the support"),
    SUPPORTS,
    ("name", "support", "country"),
    ("name", "support"),
    (
        N_("The entity stands among those that commit themselves, with the day and who confirmed it."),
        N_("To contribute to the work is not to support the consent: each is recorded for itself."),
    ),
    N_("The support is recorded."),
    ACTIVE,
    "Rec. ITU-T A.1 Annex A",
)
DEPEND = Deed(
    "dependencies",
    N_("It waits for …"),
    N_("Say for what it waits"),
    N_("Record what it waits for"),
    EDITS,
    ("on", "words", "note"),
    (),
    (N_("The page says “waits for” until the other is there, or somebody says that it is."), _JOURNAL),
    N_("It is recorded what the item waits for."),
)
PATENTS = Deed(
    "patents",
    N_("Minute the patent question"),
    N_("Minute the patent question"),
    N_("Minute that it was asked"),
    EDITS,
    ("meeting", "note"),
    ("meeting",),
    (N_("It is recorded at which meeting everybody was asked about patents, as consent and determination need."),),
    N_("It is recorded that the question was asked."),
    ACTIVE,
    "ITU-T/ITU-R/ISO/IEC common patent policy",
)
PROCESS = Deed(
    "process",
    N_("Change the approval process"),
    N_("Change the approval process"),
    N_("Change the process"),
    DECIDES,
    ("process", "meeting", "reason"),
    ("process",),
    (N_("The text is approved by the other process from now on."), _JOURNAL),
    N_("The approval process is changed."),
    BEFORE,
    "WTSA Resolution 1 section 8",
)
MOVE = Deed(
    "move",
    N_("Move it"),
    N_("Move the item to another Question or group"),
    N_("Move the item"),
    DECIDES,
    ("group", "question", "meeting", "reason"),
    (),
    (
        N_("Number, day of registration, texts and history stay; addresses stay."),
        N_("Both groups must have agreed."),
        _JOURNAL,
    ),
    N_("The item is moved."),
)
MERGE = Deed(
    "merge",
    N_("Merge it into another"),
    N_("Merge the item into another one"),
    N_("Merge the item"),
    DECIDES,
    ("into", "meeting", "reason"),
    ("into", "meeting", "reason"),
    (N_("This item ends; its page leads to the other one, its names stay findable."), _MINUTED, _JOURNAL),
    N_("The item is merged."),
    BEFORE,
)
DISCONTINUE = Deed(
    "discontinuation",
    N_("Discontinue"),
    N_("Discontinue the work item"),
    N_("Discontinue the work item"),
    DECIDES,
    ("meeting", "reason"),
    ("meeting", "reason"),
    (
        N_("The item leaves the list of what is at work; page, names and documents stay."),
        N_("It may be registered anew later, as a record of its own."),
        N_("The reason stands in the report’s list of deleted work items."),
    ),
    N_("The work item is discontinued."),
    BEFORE,
    "Rec. ITU-T A.1 1.4.7",
)
REREGISTER = Deed(
    "reregistration",
    N_("Register anew"),
    N_("Register the work item anew"),
    N_("Register it anew"),
    DECIDES,
    ("meeting", "reason"),
    ("meeting",),
    (N_("A new record begins with a number of its own and leads back to this one."), _JOURNAL),
    N_("The work item is registered anew."),
    (S.DELETED,),
)
ALL: Final = (
    REGISTER, BASE, PAPERS, SUPPORT, DEPEND, PATENTS, PROCESS, MOVE, MERGE, DISCONTINUE, REREGISTER,
)  # fmt: skip


def deeds_for(status: str, *, may_edit: bool, may_decide: bool, may_support: bool) -> list[Deed]:
    """What a page offers to somebody who may edit, decide, support."""
    allowed = {EDITS: may_edit, DECIDES: may_decide, SUPPORTS: may_support or may_edit}
    return [deed for deed in ALL if status in deed.statuses and allowed[deed.by]]
