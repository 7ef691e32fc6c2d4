"""The tree of an agenda: numbers, moves, deletion. Pure. Source: domain 5.2."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

RESTORABLE: Final = timedelta(days=30)
DEEPEST: Final = 5

INSIDE_ITSELF = rule("agenda.inside-itself", "An item cannot stand under itself or under one of its own sub-items.")
TOO_DEEP = rule("agenda.too-deep", "An agenda has at most {most} levels.")
NOWHERE = rule("agenda.no-place", "The item cannot go further {direction}.")
RESTORE_CLOSED = rule(
    "agenda.restore-closed", "A deleted item can be restored for {days} days; this one was deleted on {deleted_on}."
)
NOT_DELETED = rule("agenda.not-deleted", "This item is not deleted.")
NOT_EMPTY = rule("agenda.not-empty", "This agenda has items already; delete them before a template fills it.")
OF_ANOTHER = rule("agenda.of-another", "The item belongs to another agenda.")
NOT_A_GROUP = rule("agenda.not-of-the-meeting", "{label} does not sit in this meeting.", "domain 5.2 M-1")


class ItemKind(StrEnum):
    """What an item is for; documents are allotted by it. Source: domain 5.2 M-4, M-5."""

    OPENING = "opening"
    AGENDA = "agenda"
    ALLOCATION = "document-allocation"
    PLAN = "plan"
    IPR = "ipr"
    DOCUMENTS = "documents"
    CONTRIBUTIONS = "contributions"
    INTERIM_REPORT = "interim-report"
    INCOMING = "incoming-liaisons"
    OTHER = "other-documents"
    APPROVAL = "tap-approval"
    DETERMINATION = "tap-determination"
    CONSENT = "aap-consent"
    AGREEMENT = "agreement"
    NEW_WORK = "new-work-items"
    OUTGOING = "outgoing-liaisons"
    WORK_PROGRAMME = "work-programme"
    FUTURE_WORK = "future-work"
    REPORT = "report"
    REPORTS = "reports"
    WP_REPORTS = "wp-reports"
    RG_REPORTS = "rg-reports"
    JCA_REPORTS = "jca-reports"
    FG_REPORTS = "fg-reports"
    PROMOTION = "promotion"
    QUESTIONS = "questions"
    QUESTION = "question"
    APPOINTMENTS = "appointments"
    ACTIONS = "actions"
    FUTURE_MEETINGS = "future-meetings"
    AOB = "any-other-business"
    CLOSING = "closing"


@dataclass(frozen=True)
class Node:
    """One item as the tree knows it. parent_id None: stands at the top."""

    id: int
    parent_id: int | None
    position: int


@dataclass(frozen=True)
class Numbered:
    """number: `2.1`, from the place in the tree; depth: 0 at the top; first, last: among its siblings."""

    id: int
    number: str
    depth: int
    is_first: bool
    is_last: bool


def numbered(nodes: Iterable[Node]) -> list[Numbered]:
    """The items in the order of the agenda with their numbers. An item under one that is missing is left out."""
    below = _children(nodes)
    found: list[Numbered] = []

    def walk(parent: int | None, before: str, depth: int) -> None:
        siblings = below.get(parent, [])
        for place, node in enumerate(siblings, 1):
            number = f"{before}{place}"
            found.append(Numbered(node.id, number, depth, place == 1, place == len(siblings)))
            walk(node.id, f"{number}.", depth + 1)

    walk(None, "", 0)
    return found


class Step(StrEnum):
    """One step of an item, by key or button."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True)
class Place:
    """Where an item is to stand: before the `position`-th other item under `parent_id` (from 0)."""

    parent_id: int | None
    position: int


def stepped(nodes: Sequence[Node], id: int, step: Step) -> Place | Refusal:
    """Where one step leads: up and down among siblings, in under the one before, out behind its parent."""
    below = _children(nodes)
    by_id = {node.id: node for node in nodes}
    node = by_id[id]
    siblings = below[node.parent_id]
    here = siblings.index(node)
    if step is Step.UP and here > 0:
        return Place(node.parent_id, here - 1)
    if step is Step.DOWN and here < len(siblings) - 1:
        return Place(node.parent_id, here + 1)
    if step is Step.IN and here > 0:
        host = siblings[here - 1]
        return Place(host.id, len(below.get(host.id, [])))
    if step is Step.OUT and node.parent_id is not None:
        parent = by_id[node.parent_id]
        return Place(parent.parent_id, below[parent.parent_id].index(parent) + 1)
    return Refusal(NOWHERE, {"direction": step.value})


def why_not_place(nodes: Sequence[Node], id: int, place: Place) -> Refusal | None:
    """None when the item, with everything under it, may stand there."""
    below = _children(nodes)
    own = {id, *_under(below, id)}
    if place.parent_id in own:
        return Refusal(INSIDE_ITSELF)
    by_id = {node.id: node for node in nodes}
    if place.parent_id is not None and place.parent_id not in by_id:
        return Refusal(OF_ANOTHER)
    if _level(by_id, place.parent_id) + _height(below, id) > DEEPEST:
        return Refusal(TOO_DEEP, {"most": DEEPEST})
    return None


def why_not_add(nodes: Sequence[Node], parent_id: int | None) -> Refusal | None:
    """None when a new item may stand under that one."""
    by_id = {node.id: node for node in nodes}
    if parent_id is not None and parent_id not in by_id:
        return Refusal(OF_ANOTHER)
    return Refusal(TOO_DEEP, {"most": DEEPEST}) if _level(by_id, parent_id) >= DEEPEST else None


def positions(nodes: Sequence[Node], id: int, place: Place) -> dict[int, Place]:
    """The new places of all items that change when the item goes there: siblings are counted anew."""
    others = [node for node in _children(nodes).get(place.parent_id, []) if node.id != id]
    ids = [node.id for node in others]
    ids.insert(max(0, min(place.position, len(ids))), id)
    was = {node.id: Place(node.parent_id, node.position) for node in nodes}
    now = {each: Place(place.parent_id, n) for n, each in enumerate(ids)}
    return {each: there for each, there in now.items() if was.get(each) != there}


def subtree(nodes: Iterable[Node], id: int) -> list[int]:
    """The item and everything under it."""
    return [id, *_under(_children(nodes), id)]


def why_not_restore(deleted_at: datetime | None, now: datetime) -> Refusal | None:
    """None when a deleted item may come back: 30 days, to the second."""
    if deleted_at is None:
        return Refusal(NOT_DELETED)
    if now - deleted_at > RESTORABLE:
        return Refusal(RESTORE_CLOSED, {"days": RESTORABLE.days, "deleted_on": deleted_at.date()})
    return None


def _children(nodes: Iterable[Node]) -> dict[int | None, list[Node]]:
    below: dict[int | None, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent_id, []).append(node)
    for siblings in below.values():
        siblings.sort(key=lambda node: (node.position, node.id))
    return below


def _under(below: Mapping[int | None, Sequence[Node]], id: int) -> list[int]:
    found: list[int] = []
    for node in below.get(id, ()):
        found += [node.id, *_under(below, node.id)]
    return found


def _level(by_id: Mapping[int, Node], id: int | None) -> int:
    """How many levels stand above a child of that item: 0 at the top."""
    level = 0
    while id is not None and id in by_id and level <= DEEPEST:
        level, id = level + 1, by_id[id].parent_id
    return level


def _height(below: Mapping[int | None, Sequence[Node]], id: int) -> int:
    return 1 + max((_height(below, node.id) for node in below.get(id, ())), default=0)
