"""What every verb writes: the number, the status with its step, the note in the journal."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import CHANGED, Conflict, Refusal
from sgdocs.documents.models import Document, NumberSeries
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.policy import PUBLIC, Permission
from sgdocs.work_programme import rules
from sgdocs.work_programme.models import ItemStep, WorkItem
from sgdocs.work_programme.queries import scope_for
from sgdocs.work_programme.rules import ACTIVE, ENDED

SERIES: Final = "WI"


def permit(act: Act, item: WorkItem, permission: Permission = Permission.EDIT_ITEM) -> None:
    """NotAllowed unless the actor holds the permission on the item: its officers, its editors, the secretariat."""
    policy.require(act.actor, permission, scope_for(act, item))


def require_standing(item: WorkItem) -> None:
    """Conflict when the item has ended."""
    if item.status in ENDED:
        raise Conflict(rules.ENDED_ITEM, name=item.acronym, status=item.status, on=item.status_on or "-")


def require_way(item: WorkItem, to: str) -> rules.Transition:
    """The row of the table of domain 3.3 that leads there, or Conflict with its reason."""
    found = rules.transition(item.status, to, item.process, name=item.acronym)
    if isinstance(found, Refusal):
        raise Conflict(found.rule, field=found.field, **dict(found.facts))
    return found


def next_number(act: Act) -> int:
    """The next number of an item. The counter stays locked until the transaction ends: whoever comes next waits."""
    raised = (
        update(NumberSeries)
        .where(col(NumberSeries.id) == _series(act).id)
        .values(last=col(NumberSeries.last) + 1)
        .returning(col(NumberSeries.last))
        .execution_options(synchronize_session=False)
    )
    return int(act.session.execute(raised).scalar_one())


def _series(act: Act) -> NumberSeries:
    """The counter, made when it is not there, also when somebody else makes it at the same moment."""
    held = select(NumberSeries).where(NumberSeries.key == SERIES)
    found = act.session.exec(held).first()
    if found is not None:
        return found
    try:
        with act.session.begin_nested():
            new = NumberSeries(key=SERIES, sector="T", kind="work-item", pattern="{n}")
            act.session.add(new)
            act.session.flush()
            return new
    except IntegrityError:
        return act.session.exec(held).one()


def require_free(act: Act, sector: str, name: str, *, own: WorkItem | None = None) -> None:
    """Conflict when an item at work in the Sector is called so. Names are given under the lock of the counter."""
    act.session.execute(select(NumberSeries.id).where(col(NumberSeries.id) == _series(act).id).with_for_update())
    taken = select(WorkItem).where(
        WorkItem.sector == sector, WorkItem.acronym_key == rules.name_key(name), col(WorkItem.status).in_(ACTIVE)
    )
    if own is not None:
        taken = taken.where(WorkItem.id != own.id)
    other = act.session.exec(taken).first()
    if other is not None:
        raise Conflict(rules.NAME_TAKEN, field="acronym", name=other.acronym, number=other.number)


def change_status(
    act: Act, item: WorkItem, to: str, *, on: date | None = None, meeting: Meeting | None = None, reason: str = ""
) -> str:
    """Move the status by a conditional UPDATE and keep the step; returns the status before. Conflict: it moved meanwhile."""
    before, day = item.status, on or day_of(act, meeting)
    act.session.flush()
    moved = (
        update(WorkItem)
        .where(col(WorkItem.id) == item.id, col(WorkItem.status) == before)
        .values(status=to, status_on=day, status_reason=reason, changed_at=act.now)
        .execution_options(synchronize_session=False)
        .returning(col(WorkItem.id))
    )
    if act.session.execute(moved).scalar_one_or_none() is None:
        raise Conflict(CHANGED)
    act.session.refresh(item)
    add_step(act, item, before, to, on=day, meeting=meeting, reason=reason)
    return before


def add_step(
    act: Act, item: WorkItem, before: str, to: str, *, on: date | None, meeting: Meeting | None, reason: str = ""
) -> None:
    row = ItemStep(
        work_item_id=item.id or 0,
        from_status=before,
        status=to,
        happened_on=on,
        meeting_id=meeting.id if meeting else None,
        reason=reason,
        at=act.now,
    )
    act.session.add(row)
    act.session.flush()


def day_of(act: Act, meeting: Meeting | None) -> date:
    """The day of a decision: today, or the last day of a meeting that is over."""
    today = geneva_day(act.now)
    return min(today, meeting.ends_on) if meeting else today


def keep(act: Act, item: WorkItem) -> None:
    item.changed_at = act.now
    act.session.add(item)
    act.session.flush()


def narrowest(*labels: str) -> str:
    """The audience that all these leave: a person, an entity or the secretariat before a group, a part before the whole."""
    return max(labels, key=lambda label: (label != PUBLIC, ":" in label or label == "secretariat", label.count("/")))


def note(
    act: Act,
    verb: str,
    item: WorkItem,
    *,
    document: Document | None = None,
    other: WorkItem | None = None,
    personal: Mapping[str, Any] | None = None,
    **facts: Any,
) -> Entry:
    """Tell the journal, for the readers of the item; an entry that names a document or another item, for theirs."""
    audience = narrowest(item.audience, *(each.audience for each in (document, other) if each is not None))
    told = {name: value for name, value in facts.items() if value not in (None, "")}
    group_id = item.question_id or item.group_id
    return record(
        act, verb, item, group_id=group_id, audience=audience, personal=personal or None,
        number=item.number, name=item.acronym, **told,
    )  # fmt: skip
