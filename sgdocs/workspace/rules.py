"""Vocabulary of the workspace: stance, how often, what a change is to whoever looks again. Pure. Source: features N5, N6."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

MOST_KEPT: Final = 5000
MOST_SEARCHES: Final = 100
MOST_LISTS: Final = 50
LONGEST_NOTE: Final = 20_000
LONGEST_NAME: Final = 120
LONGEST_QUERY: Final = 4000

TOO_MANY_KEPT = rule("workspace.too-many-kept", "You keep {number} things; let some go that you do not need any more.")
TOO_MANY_SEARCHES = rule("workspace.too-many-searches", "You have {number} saved searches; delete one first.")
TOO_MANY_LISTS = rule("workspace.too-many-lists", "You have {number} lists; delete one first.")
NO_DELEGATION = rule(
    "workspace.no-delegation", "You belong to no organisation here, so there is no delegation to share this with."
)
NO_SUCH_LIST = rule("workspace.no-such-list", "“{path}” is no list whose search can be saved. Right are: {right}.")


class Stance(StrEnum):
    """What a person thinks of a thing."""

    NONE = ""
    SUPPORT = "support"
    OBJECT = "object"
    WATCH = "watch"
    DONE = "done"


class Alert(StrEnum):
    """How often a saved search is looked through for new hits."""

    OFF = "off"
    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


class Change(StrEnum):
    """What happened to a thing since it was looked at, the weightiest first."""

    WITHDRAWN = "withdrawn"
    NEW = "new"
    REVISED = "revised"
    DECIDED = "decided"
    DEADLINE = "deadline"
    MOVED = "moved"
    CHANGED = "changed"


_OF_VERBS: Final[Mapping[Change, frozenset[str]]] = {
    Change.WITHDRAWN: frozenset({
        "documents.withdrawn", "documents.deleted", "recommendations.withdrawn", "work.discontinued", "work.merged",
        "meetings.cancelled", "decisions.withdrawn", "agenda.item-deleted", "liaison.withdrawn",
    }),
    Change.NEW: frozenset({
        "documents.submitted", "documents.posted", "documents.filed", "documents.also-submitted", "documents.released",
        "documents.restored", "documents.admitted", "recommendations.added", "recommendations.in-force",
        "work.proposed", "work.registered", "meetings.convened", "meetings.announced", "agenda.item-added",
        "agenda.item-restored", "liaison.received", "liaison.sent", "decisions.taken",
    }),
    Change.REVISED: frozenset({"documents.revised", "documents.files-added", "work.base-set", "decisions.corrected"}),
    Change.DECIDED: frozenset({
        "dispositions.entered", "dispositions.removed", "documents.admission-decided", "work.status-changed",
        "work.completed", "work.change-accepted", "work.change-undone", "liaison.answered", "meetings.closed",
    }),
    Change.DEADLINE: frozenset({
        "meetings.deadline-set", "meetings.deadline-lifted", "meetings.sitting-edited", "meetings.sitting-held",
        "meetings.sitting-cancelled", "liaison.deadline-moved",
    }),
    Change.MOVED: frozenset({
        "allocations.corrected", "allocations.made", "allocations.removed", "outputs.moved", "work.moved",
        "work.carried-over", "agenda.item-moved", "liaison.allotted",
    }),
}  # fmt: skip
_KINDS: Final = {verb: change for change, verbs in _OF_VERBS.items() for verb in verbs}
_STILL: Final = frozenset({
    "documents.read", "documents.stamped", "documents.pointed", "documents.quarantined", "documents.reserved",
})  # fmt: skip
"""What machines do to a thing is no news of it."""
ORDER: Final = tuple(Change)


def change_of(verb: str) -> Change | None:
    """What an entry is to whoever looks again; None for what is no news. Steps of approval are decisions."""
    if verb in _STILL:
        return None
    if verb.startswith("approval."):
        return Change.DECIDED
    return _KINDS.get(verb, Change.CHANGED)


def weightiest(changes: set[Change]) -> tuple[Change, ...]:
    """In their order; what is new is not told as revised, moved or changed besides."""
    if Change.NEW in changes:
        changes = changes - {Change.REVISED, Change.MOVED, Change.CHANGED}
    if len(changes) > 1:
        changes = changes - {Change.CHANGED}
    return tuple(each for each in ORDER if each in changes)


def why_not_more(number: int, most: int, which: str) -> Refusal | None:
    """which: kept, searches, lists."""
    rules = {"kept": TOO_MANY_KEPT, "searches": TOO_MANY_SEARCHES, "lists": TOO_MANY_LISTS}
    return Refusal(rules[which], {"number": number}) if number >= most else None


def why_not_share(organisation_id: int | None) -> Refusal | None:
    """A delegation is the members of one organisation."""
    return Refusal(NO_DELEGATION, field="is_shared") if organisation_id is None else None


@dataclass(frozen=True)
class Moved:
    """How a text went on since a stance was taken on it: labels of clauses, or names of newer texts.

    until: the mark of the text that it was compared with; is_compared: False where a text cannot be read.
    """

    until: str = ""
    until_label: str = ""
    changed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    is_compared: bool = False
