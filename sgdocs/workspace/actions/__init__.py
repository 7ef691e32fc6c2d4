"""Verbs of the workspace. They leave no entries in the journal: what a person keeps for themselves is nobody's history."""

from sgdocs.workspace.actions.arranging import arrange, as_usual
from sgdocs.workspace.actions.keeping import confirm, keep, let_go, star
from sgdocs.workspace.actions.listing import delete_list, make_list, put_on, rename_list, take_off
from sgdocs.workspace.actions.looking import look
from sgdocs.workspace.actions.searching import delete_search, forget_new, save_search, set_alert

__all__ = [
    "arrange",
    "as_usual",
    "confirm",
    "delete_list",
    "delete_search",
    "forget_new",
    "keep",
    "let_go",
    "look",
    "make_list",
    "put_on",
    "rename_list",
    "save_search",
    "set_alert",
    "star",
    "take_off",
]
