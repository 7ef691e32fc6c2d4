"""Verbs on documents. Every one permits, decides, writes and records; the door commits.

`limits`: `rules.Limits.of(settings)`, for the verbs that take it. Allocation, texts and references: their own modules.
"""

from sgdocs.documents.actions.access import end_objection, object_to_publication, set_audience
from sgdocs.documents.actions.addressing import address
from sgdocs.documents.actions.joining import join_meeting
from sgdocs.documents.actions.lateness import admit, decide_admission, release_held
from sgdocs.documents.actions.old import Shelf, enter_old, open_shelf
from sgdocs.documents.actions.quarantine import refuse_quarantine, release_quarantine
from sgdocs.documents.actions.relating import also_in, relate, unrelate
from sgdocs.documents.actions.revising import add_language, keep_stamped, revise
from sgdocs.documents.actions.series import set_pattern
from sgdocs.documents.actions.submitting import file_as, fill, reserve, submit
from sgdocs.documents.actions.tidying import expire_reservations, tidy
from sgdocs.documents.actions.withdrawing import delete, restore, withdraw

__all__ = [
    "Shelf",
    "add_language",
    "address",
    "admit",
    "also_in",
    "decide_admission",
    "delete",
    "end_objection",
    "enter_old",
    "expire_reservations",
    "file_as",
    "fill",
    "join_meeting",
    "keep_stamped",
    "object_to_publication",
    "open_shelf",
    "refuse_quarantine",
    "relate",
    "release_held",
    "release_quarantine",
    "reserve",
    "restore",
    "revise",
    "set_audience",
    "set_pattern",
    "submit",
    "tidy",
    "unrelate",
    "withdraw",
]
