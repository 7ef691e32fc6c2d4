"""Everything that waits for the actor, from every part of the house, in the order in which it is due. Feature H, domain 8.1.

At most twelve queries; who holds no role costs five.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.events.matching import waiting_for_answer
from sgdocs.events.models import Event, EventAsk
from sgdocs.i18n import N_
from sgdocs.people.models import Person
from sgdocs.policy import audiences
from sgdocs.proceedings.of_person import OwnAction, own_actions
from sgdocs.tasks.queries import TaskRow, own_tasks
from sgdocs.web import urls
from sgdocs.web.waits import Waits
from sgdocs.web.waits_approval import of_approval
from sgdocs.web.waits_decide import of_decisions
from sgdocs.web.waits_liaison import of_liaison
from sgdocs.web.waits_small import of_heaps

KINDS: Final[Mapping[str, str]] = {
    "approval": N_("Approval"),
    "comment": N_("Comments"),
    "liaison": N_("Liaison"),
    "proposal": N_("Work item"),
    "admission": N_("Late contribution"),
    "registration": N_("Registration"),
    "mail": N_("Mailing list"),
    "request": N_("Accounts"),
    "arrival": N_("Mails"),
    "action": N_("Action item"),
    "task": N_("Task"),
    "wish": N_("Wishes to meet"),
}


def waiting(act: Act) -> list[Waits]:
    """What is due first comes first. Nothing for nobody, and for who may not read what is theirs."""
    if act.actor.person_id is None or f"person:{act.actor.person_id}" not in audiences(act.actor):
        return []
    return sorted(_all(act), key=lambda each: each.sort_key)


def _all(act: Act) -> Iterator[Waits]:
    yield from of_approval(act)
    yield from of_liaison(act)
    yield from of_decisions(act)
    yield from of_heaps(act)
    yield from (_action(row) for row in own_actions(act))
    yield from (_task(row) for row in own_tasks(act))
    yield from (_wish(*each) for each in waiting_for_answer(act))


def _action(row: OwnAction) -> Waits:
    return Waits(
        "action", f"action-{row.action.id}", f"{row.group.label} {row.action.number}", row.action.text[:200],
        N_("Action item"), N_("Report it done"), f"{urls.meeting(row.meeting.code)}/actions",
        due=row.action.due_on, since=None,
    )  # fmt: skip


def _task(row: TaskRow) -> Waits:
    number = row.told.number
    return Waits(
        "task", row.key, f"{row.group.label} {number}", row.told.text[:200], N_("Task"), N_("Report it done"),
        urls.task(row.group.path, number), due=row.told.due_on, since=geneva_day(row.told.entered_at),
    )  # fmt: skip


def _wish(row: EventAsk, event: Event, who: Person) -> Waits:
    """Who asks agreed to be named to the one who is asked."""
    return Waits(
        "wish", f"wish-{row.id}", "", f"{who.name}: {event.title}"[:200], N_("Wishes to meet"), N_("Answer"),
        urls.event(event.slug, "matches"), due=event.ends_on, since=geneva_day(row.asked_at),
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What the bar over every page says. next_due: the first that has a day."""

    count: int
    late: int
    next_due: date | None
    next_says: str


def told(rows: Sequence[Waits], today: date) -> Told:
    dated = [row for row in rows if row.due is not None]
    ahead = next((row for row in dated if row.due is not None and row.due >= today), None)
    late = sum(1 for row in dated if row.due is not None and row.due < today)
    return Told(len(rows), late, ahead.due if ahead else None, ahead.id if ahead else "")
