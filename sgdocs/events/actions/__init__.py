"""Verbs on events, under one name."""

from sgdocs.events.actions.holding import announce, cancel, draft, edit
from sgdocs.events.actions.joining import fill_places, join, leave
from sgdocs.events.actions.meeting import answer, ask, take_back
from sgdocs.events.actions.programme import (
    add_session,
    add_talk,
    edit_session,
    edit_talk,
    move_talk,
    remove_session,
    remove_talk,
)

__all__ = [
    "add_session",
    "add_talk",
    "announce",
    "answer",
    "ask",
    "cancel",
    "draft",
    "edit",
    "edit_session",
    "edit_talk",
    "fill_places",
    "join",
    "leave",
    "move_talk",
    "remove_session",
    "remove_talk",
    "take_back",
]
