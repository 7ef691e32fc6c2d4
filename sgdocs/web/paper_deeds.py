"""The pages that ask before a deed on a document: what they are called, which fields they have, what will happen."""

from collections.abc import Sequence
from dataclasses import dataclass

from sgdocs.i18n import N_
from sgdocs.policy import Permission


@dataclass(frozen=True)
class Asked:
    """One page of a deed. fields: of its form, by their macro; will: what happens; permission: whoever may not is told."""

    word: str
    title: str
    button: str
    permission: Permission
    fields: Sequence[str] = ()
    will: Sequence[str] = ()
    notice: str = ""


WITHDRAW = Asked(
    "withdraw",
    N_("Withdraw the document"),
    N_("Withdraw"),
    Permission.WITHDRAW_DOCUMENT,
    ("reason",),
    (
        N_("The number stays, with the word “Withdrawn” and your reason."),
        N_("The files are no longer given out; who sent them still sees them."),
        N_("A document cannot come back: submit it anew, under another number."),
    ),
    N_("{label} is withdrawn."),
)
DELETE = Asked(
    "delete",
    N_("Delete the draft"),
    N_("Delete"),
    Permission.WITHDRAW_DOCUMENT,
    (),
    (N_("Its number is never given again."), N_("It can be restored for 30 days.")),
    N_("{label} is deleted."),
)
RESTORE = Asked(
    "restore",
    N_("Restore the document"),
    N_("Restore"),
    Permission.WITHDRAW_DOCUMENT,
    (),
    (N_("It comes back as it was; the time of a reservation begins anew."),),
    N_("{label} is restored."),
)
ADMIT = Asked(
    "admit",
    N_("Admit the late contribution"),
    N_("Admit"),
    Permission.ADMIT_LATE,
    ("reason",),
    (
        N_("The Director admits a contribution of extreme importance; it is posted at once, marked late."),
        N_("The meeting decides finally."),
    ),
    N_("{label} is admitted."),
)
ACCESS = Asked(
    "access",
    N_("Who may read the document"),
    N_("Change the readers"),
    Permission.SET_AUDIENCE,
    ("audience", "reason"),
    (N_("Whoever may not read it any more does not find it, nor its text, in any list or search."),),
    N_("The readers of {label} are changed."),
)
LINEAGE = Asked(
    "lineage",
    N_("Relate to another document"),
    N_("Relate"),
    Permission.REVISE_DOCUMENT,
    ("kind", "other", "note"),
    (N_("Both documents show the relation."),),
    N_("{label} is related."),
)
LANGUAGES_OF = Asked(
    "languages",
    N_("Add a file in another language"),
    N_("Add the file"),
    Permission.REVISE_DOCUMENT,
    ("language", "file"),
    (N_("The file stands beside the others of the newest version."),),
    N_("{label} has a further file."),
)

ADMISSION = Asked(
    "admission",
    N_("What the meeting decided on the late contribution"),
    N_("Record the decision"),
    Permission.DIRECT_DOCUMENTS,
    ("decision", "reason"),
    (N_("Refused, it is held for the next meeting again."),),
    N_("The decision on {label} is recorded."),
)
SHEET = Asked(
    "sheet",
    N_("Send a sheet to another group"),
    N_("Send the sheet"),
    Permission.REVISE_DOCUMENT,
    ("meeting", "file"),
    (
        N_("The other group gets a single sheet with title, source and summary, numbered in its own series."),
        N_("The deadline of the other meeting counts, and your right to contribute there."),
    ),
    N_("The sheet for the other group is {label}."),
)
ALL = (WITHDRAW, DELETE, RESTORE, ADMIT, ADMISSION, ACCESS, LINEAGE, LANGUAGES_OF, SHEET)
