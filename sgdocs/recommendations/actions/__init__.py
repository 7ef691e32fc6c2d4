"""Verbs on published texts: add, correct, bring into force, withdraw, declare a patent."""

from sgdocs.recommendations.actions.editing import add, correct
from sgdocs.recommendations.actions.force import bring_into_force, note_editorial, withdraw
from sgdocs.recommendations.actions.patents import declare_patent

__all__ = ["add", "bring_into_force", "correct", "declare_patent", "note_editorial", "withdraw"]
