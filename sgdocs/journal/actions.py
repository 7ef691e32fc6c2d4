"""The one change that a sealed entry allows: removing what names a person."""

from collections.abc import Sequence

from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Refusal, missing, refuse
from sgdocs.base.rulebook import rule
from sgdocs.journal import outbox
from sgdocs.journal.models import PARKED, Delivery, Entry, PersonalFacts
from sgdocs.journal.record import record
from sgdocs.policy import Permission

REMOVAL_NEEDS_REASON = rule(
    "journal.removal-needs-reason", "Personal facts are removed with a reason only; it stays in the chain."
)


def wake(act: Act, delivery_ids: Sequence[int]) -> None:
    """Open deliveries again that were given up; each is noted with its entry."""
    policy.require(act.actor, Permission.READ_JOBS)
    found = select(Entry).join(Delivery, col(Delivery.entry_id) == Entry.id)
    for entry in act.session.exec(found.where(col(Delivery.id).in_(delivery_ids), Delivery.state == PARKED)).all():
        record(act, "journal.delivery-woken", entry, audience="secretariat")
    outbox.wake(act.session, delivery_ids, act.now)


def remove_personal(act: Act, entry_id: int, reason: str) -> None:
    """Remove an entry's personal facts. The chain still verifies and says when and what for."""
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    refuse(None if reason.strip() else Refusal(REMOVAL_NEEDS_REASON, field="reason"))
    found = act.session.exec(select(PersonalFacts).where(PersonalFacts.entry_id == entry_id)).first()
    if found is None:
        missing("personal facts of entry", entry_id)
    if found.facts is None:
        return
    found.facts, found.removed_at, found.removed_for = None, act.now, reason.strip()
    entry = act.session.get_one(Entry, entry_id)
    record(act, "journal.personal-facts-removed", entry, audience="secretariat", reason=reason.strip())
