"""Verbs on discussions."""

from sgdocs.discussions.actions.editing import edit
from sgdocs.discussions.actions.following import follow_subject
from sgdocs.discussions.actions.moderating import close, hide, reopen, show
from sgdocs.discussions.actions.opening import open_named, own_thread
from sgdocs.discussions.actions.renaming import rename_mentions
from sgdocs.discussions.actions.writing import Wanted, say, write, write_first

__all__ = [
    "Wanted",
    "close",
    "edit",
    "follow_subject",
    "hide",
    "open_named",
    "own_thread",
    "rename_mentions",
    "reopen",
    "say",
    "show",
    "write",
    "write_first",
]
