"""An item waits for another one, or for something in words. Source: features C24 ("blocked by")."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, missing
from sgdocs.work_programme import rules
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.models import Dependency, WorkItem


def depend(act: Act, item: WorkItem, on: WorkItem | None, *, words: str = "", note: str = "") -> Dependency:
    """The item waits for another one, or for what the words say. Conflict: that one waits for this, by any way."""
    _writing.permit(act, item)
    _writing.require_standing(item)
    if on is None and not words:
        raise Invalid(rules.ON_WHAT, field="on")
    if on is not None:
        _require_no_loop(act, item, on)
    row = Dependency(work_item_id=item.id or 0, on_id=on.id if on else None, words="" if on else words, note=note)
    act.session.add(row)
    _writing.keep(act, item)
    other = {"on": on.acronym, "on_number": on.number} if on else {"words": words}
    _writing.note(act, "work.dependency-added", item, other=on, dependency=other)
    return row


def release(act: Act, item: WorkItem, dependency_id: int) -> Dependency:
    """What it waited for is there."""
    _writing.permit(act, item)
    row = act.session.get(Dependency, dependency_id)
    if row is None or row.work_item_id != item.id:
        missing("dependency", dependency_id)
    if row.released_at is not None:
        raise Conflict(rules.RELEASED, on=geneva_day(row.released_at))
    row.released_at = act.now
    act.session.add(row)
    _writing.keep(act, item)
    other = act.session.get(WorkItem, row.on_id) if row.on_id else None
    told = {"on": other.acronym if other else row.words}
    _writing.note(act, "work.dependency-released", item, other=other, dependency=told)
    return row


def _require_no_loop(act: Act, item: WorkItem, on: WorkItem) -> None:
    """Walks from the other item along what is open; items wait for few others."""
    seen: set[int] = set()
    ahead = {on.id or 0}
    while ahead:
        if item.id in ahead:
            raise Conflict(rules.LOOP, field="on", name=on.acronym, other=item.acronym)
        seen |= ahead
        open_ones = select(Dependency.on_id).where(
            col(Dependency.work_item_id).in_(ahead),
            col(Dependency.released_at).is_(None),
            col(Dependency.on_id).is_not(None),
        )
        ahead = {id for id in act.session.exec(open_ones) if id is not None} - seen
