"""The words of the workspace: stances, changes, how often."""

from collections.abc import Mapping
from typing import Final

from sgdocs.i18n import N_
from sgdocs.workspace.rules import Alert, Change, Stance

STANCES: Final[Mapping[str, tuple[str, str]]] = {
    Stance.SUPPORT: (N_("Support"), "force"),
    Stance.OBJECT: (N_("Object"), "stopped"),
    Stance.WATCH: (N_("Watch"), "needs"),
    Stance.DONE: (N_("Done"), "past"),
}
"""Stance -> word and meaning."""
ONLY: Final[Mapping[str, str]] = {
    "favourite": N_("favourites"),
    "stale": N_("whose text went on since"),
    "shared": N_("shared with my delegation"),
    "covered": N_("that I cover"),
}
CHANGES: Final[Mapping[str, tuple[str, str]]] = {
    Change.WITHDRAWN: (N_("withdrawn"), "stopped"),
    Change.NEW: (N_("new"), "force"),
    Change.REVISED: (N_("revised"), "progress"),
    Change.DECIDED: (N_("decided"), "progress"),
    Change.DEADLINE: (N_("dates changed"), "needs"),
    Change.MOVED: (N_("moved"), "past"),
    Change.CHANGED: (N_("changed"), "past"),
}
ALERTS: Final[Mapping[str, str]] = {
    Alert.OFF: N_("never"),
    Alert.NOW: N_("at once"),
    Alert.DAILY: N_("each day"),
    Alert.WEEKLY: N_("each week"),
}
COVERING: Final[Mapping[str, str]] = {
    "uncovered": N_("that nobody covers"),
    "covered": N_("that somebody covers"),
    "mine": N_("that I cover"),
}


def stance(word: str) -> tuple[str, str]:
    """Word and meaning of a stance."""
    return STANCES.get(word, (word, "past"))


def change(word: str) -> tuple[str, str]:
    """Word and meaning of a change since somebody looked."""
    return CHANGES.get(word, (word, "past"))
