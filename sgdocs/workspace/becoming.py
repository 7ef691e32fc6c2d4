"""A work item became a Recommendation: what was kept of the item is kept of that, by those who may read it.

Stance and note were written on the last base text, so that they are marked as older than what was approved. Source: feature N5.
"""

from typing import Final

from sqlmodel import Session, select

from sgdocs.base.act import Act
from sgdocs.groups.queries import actor_for
from sgdocs.journal.models import Entry
from sgdocs.people.models import Person
from sgdocs.work_programme.models import WorkItem
from sgdocs.workspace.kinds import things_of
from sgdocs.workspace.models import Kept

VERB: Final = "work.completed"


def carry(session: Session, entry: Entry) -> None:
    """Whoever has said something of the Recommendation already keeps what they said. Told twice, it does the same."""
    item = session.get(WorkItem, entry.subject_id)
    if item is None or item.family_id is None:
        return
    there = {
        row.person_id: row
        for row in session.exec(select(Kept).where(Kept.kind == "family", Kept.thing_id == item.family_id))
    }
    for row in session.exec(select(Kept).where(Kept.kind == "item", Kept.thing_id == item.id)).all():
        known = there.get(row.person_id)
        if (known is None or not (known.stance or known.note)) and _reads(session, row, item.family_id, entry):
            _take_over(session, row, known, item, entry)
    session.flush()


def _take_over(session: Session, row: Kept, known: Kept | None, item: WorkItem, entry: Entry) -> None:
    """A favourite that says nothing yet takes stance and note; it stays a favourite, and is shared as they were."""
    kept = known or Kept(
        person_id=row.person_id, kind="family", thing_id=item.family_id or 0, created_at=entry.at, changed_at=entry.at
    )
    kept.is_favourite = kept.is_favourite or row.is_favourite
    kept.covers = kept.covers or row.covers
    kept.stance, kept.note, kept.is_shared = row.stance, row.note, row.is_shared
    kept.organisation_id = row.organisation_id
    kept.mark, kept.mark_label, kept.changes = row.mark, row.mark_label, {}
    kept.carried_from, kept.changed_at = item.acronym, entry.at
    session.add(kept)


def _reads(session: Session, row: Kept, family_id: int, entry: Entry) -> bool:
    person = session.get_one(Person, row.person_id)
    act = Act(session, actor_for(session, person, entry.at), entry.at)
    return ("family", family_id) in things_of(act, [("family", family_id)])
