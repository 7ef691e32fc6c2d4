"""Verbs on documents. Every one permits, decides, writes and records; the door commits.

`limits`: `rules.Limits.of(settings)`, for the verbs that take it.
"""

from sgdocs.documents.actions.revising import add_language, keep_stamped, revise
from sgdocs.documents.actions.submitting import file_as, fill, reserve, submit

__all__ = [
    "add_language",
    "file_as",
    "fill",
    "keep_stamped",
    "reserve",
    "revise",
    "submit",
]
