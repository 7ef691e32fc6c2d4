"""Verbs on tasks, under one name."""

from sgdocs.tasks.actions.entering import edit, enter
from sgdocs.tasks.actions.moving import move, move_action, why_not_keep
from sgdocs.tasks.actions.reminding import remind

__all__ = ["edit", "enter", "move", "move_action", "remind", "why_not_keep"]
