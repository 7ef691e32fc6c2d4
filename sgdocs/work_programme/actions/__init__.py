"""Verbs on work items. Every one permits, decides, writes and records; the door commits.

`practice`: `practice.Practice.of(settings)`, for the verbs that take it. Accepted changes: `actions.changes`.
"""

from sgdocs.work_programme.actions.depending import depend, release
from sgdocs.work_programme.actions.editing import edit
from sgdocs.work_programme.actions.moving import Moved, move, move_all
from sgdocs.work_programme.actions.proposing import enter, propose, warnings
from sgdocs.work_programme.actions.registering import proposal_of, register, reregister
from sgdocs.work_programme.actions.status import change_process, complete, discontinue, merge, set_status
from sgdocs.work_programme.actions.supporting import support, withdraw_support
from sgdocs.work_programme.actions.texts import ask_ipr, attach, detach, set_base

__all__ = [
    "Moved",
    "ask_ipr",
    "attach",
    "change_process",
    "complete",
    "depend",
    "detach",
    "discontinue",
    "edit",
    "enter",
    "merge",
    "move",
    "move_all",
    "proposal_of",
    "propose",
    "register",
    "release",
    "reregister",
    "set_base",
    "set_status",
    "support",
    "warnings",
    "withdraw_support",
]
