"""Verbs on processes. Every one permits, decides, writes and records; the door commits.

Steps that a meeting decides are taken through `proceedings.actions.texts`, which gives the decision its number. Comments,
replies and sheets: their own modules.
"""

from sgdocs.approval.actions.announcing import Announced, announce, is_day, next_day, request
from sgdocs.approval.actions.closing import close_due
from sgdocs.approval.actions.following import follow_meeting
from sgdocs.approval.actions.holding import give_number, hold, release
from sgdocs.approval.actions.planning import Change, Preview, preview
from sgdocs.approval.actions.positions import take_position
from sgdocs.approval.actions.providing import bring_text, provide_text
from sgdocs.approval.actions.reminding import remind
from sgdocs.approval.actions.stepping import begin, take_step

__all__ = [
    "Announced",
    "Change",
    "Preview",
    "announce",
    "begin",
    "bring_text",
    "close_due",
    "follow_meeting",
    "give_number",
    "hold",
    "is_day",
    "next_day",
    "preview",
    "provide_text",
    "release",
    "remind",
    "request",
    "take_position",
    "take_step",
]
