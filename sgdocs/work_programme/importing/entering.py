"""One row of an import: its item found, compared with what the source said before, written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import col, delete, select

from sgdocs.base.act import Act
from sgdocs.base.clock import GENEVA
from sgdocs.journal.record import digest_of
from sgdocs.work_programme import rules
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.actions._parts import add_editors
from sgdocs.work_programme.importing.families import family_of
from sgdocs.work_programme.importing.incoming import Incoming, Rejected
from sgdocs.work_programme.importing.merging import Merged, merged, plain_of, write
from sgdocs.work_programme.importing.places import Spot
from sgdocs.work_programme.models import ItemImport, WorkItem
from sgdocs.work_programme.naming import at_work_first, is_named, keep_names
from sgdocs.work_programme.queries import editors_of
from sgdocs.work_programme.rules import ACTIVE, ItemStatus
from sgdocs.work_programme.schemas import EditorForm


@dataclass(frozen=True)
class Reject:
    """A row that was not taken, or (is_kept) a value that stays as somebody here wrote it."""

    line: int
    field: str
    value: str
    right: str
    is_kept: bool = False


@dataclass
class Outcome:
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejects: list[Reject] = field(default_factory=list)
    kept: list[Reject] = field(default_factory=list)


@dataclass(frozen=True)
class Task:
    """A row with its place. source: name under which is remembered what it said."""

    act: Act
    source: str
    row: Incoming
    spot: Spot


def enter(task: Task, outcome: Outcome) -> None:
    """Add the item of a row, or change it; nothing when the source said the same before."""
    act, row, spot = task.act, task.row, task.spot
    key = f"{spot.group.sector}/{row.isn or rules.name_key(row.name)}"
    given = _given(row, spot)
    digest = digest_of("", {**given, "former": list(row.former), "isn": row.isn})
    known = act.session.get(ItemImport, (task.source, key))
    if known is not None and known.digest == digest:
        outcome.unchanged += 1
        return
    item = _found(act, row, spot, known)
    if item is None:
        item = _added(act, row, spot, given)
        outcome.added += 1
    else:
        before = known or _said(act, task.source, item)
        _changed(task, item, merged(_here(act, item), given, before.given if before else None), outcome)
    _remember(act, ItemImport(source=task.source, key=key, digest=digest, given=given, work_item_id=item.id))


def _given(row: Incoming, spot: Spot) -> dict[str, Any]:
    """Everything that the row says, as plain values."""
    told = dict(row.facts) | {
        "acronym": row.name,
        "group_id": spot.group.id,
        "question_id": spot.question.id if spot.question else None,
        "period_id": spot.period.id if spot.period else None,
        "status": row.stood.status.value,
    }
    if row.stood.on is not None:
        told["status_on"] = str(row.stood.on)
    return told if row.editors is None else told | {"editors": list(row.editors)}


def _here(act: Act, item: WorkItem) -> dict[str, Any]:
    return plain_of(item, [row.name for row in editors_of(act.session, item)])


def _found(act: Act, row: Incoming, spot: Spot, known: ItemImport | None) -> WorkItem | None:
    """The item that the source named so before, that has its id, or that has or had one of the names."""
    if known is not None and known.work_item_id is not None:
        return act.session.get(WorkItem, known.work_item_id)
    if row.isn is not None:
        same = select(WorkItem).where(WorkItem.external_id == row.isn, WorkItem.sector == spot.group.sector)
        if (found := act.session.exec(same).first()) is not None:
            return found
    for name in (row.name, *row.former):
        named = select(WorkItem).where(is_named(name), WorkItem.sector == spot.group.sector).order_by(*at_work_first())
        if (found := act.session.exec(named).first()) is not None:
            return found
    return None


def _added(act: Act, row: Incoming, spot: Spot, given: dict[str, Any]) -> WorkItem:
    """A new record, as given: no rule of a proposal is asked of the past."""
    item = WorkItem(
        number=_writing.next_number(act),
        external_id=row.isn,
        sector=spot.group.sector,
        acronym=row.name,
        acronym_key=rules.name_key(row.name),
        sort_key=rules.name_order(row.name),
        former_names=[name for name in row.former if rules.name_key(name) != rules.name_key(row.name)],
        title=row.facts["title"],
        group_id=spot.group.id or 0,
        status=row.stood.status,
        issued_from_id=spot.before.id if row.stood.is_issued and spot.before else None,
        registered_at=_instant(row.registered_on, act.now),
        changed_at=act.now,
    )
    write(item, given)
    family = family_of(act, row.name, spot.group.sector)
    item.family_id, item.text_id = (family.id, family.current_id) if family else (None, None)
    _writing.keep(act, item)
    keep_names(act.session, item)
    _editors(act, item, row.editors)
    _writing.add_step(act, item, "", item.status, on=row.stood.on, meeting=None)
    _writing.note(act, "work.imported", item, title=item.title, status=item.status)
    return item


def _instant(day: date | None, now: datetime) -> datetime:
    return min(now, datetime.combine(day, time(), tzinfo=GENEVA).astimezone(UTC)) if day else now


def _changed(task: Task, item: WorkItem, found: Merged, outcome: Outcome) -> None:
    """Write what the source changed; name what stays because somebody here wrote it."""
    act, row = task.act, task.row
    outcome.kept += [
        Reject(row.line, name, str(now)[:200], f"{item.acronym}: {str(stands)[:200]} was written here and stays.", True)
        for name, (now, stands) in found.kept.items()
    ]
    columns = {name: now for name, (_, now) in found.changed.items()}
    if item.status not in ACTIVE and columns.get("status") in ACTIVE:
        right = f"{item.acronym} ended on {item.status_on} ({item.status}); register it anew first."
        raise Rejected("status", str(columns["status"]), right)
    former = [name for name in row.former if rules.name_key(name) not in {rules.name_key(n) for n in item.former_names}]
    if not columns and not former:
        outcome.unchanged += 1
        return
    _write(task, item, columns, former)
    told = {name: {"was": was, "now": now} for name, (was, now) in found.changed.items() if name != "editors"}
    _writing.note(act, "work.imported", item, changed=told)
    outcome.changed += 1


def _write(task: Task, item: WorkItem, columns: dict[str, Any], former: Sequence[str]) -> None:
    act, row = task.act, task.row
    was, period_was = item.status, item.period_id
    write(item, columns)
    if "acronym" in columns:
        _writing.require_free(act, item.sector, row.name, own=item)
        former = [item.acronym, *former]
        item.acronym, item.acronym_key, item.sort_key = row.name, rules.name_key(row.name), rules.name_order(row.name)
    if former:
        item.former_names = list(dict.fromkeys([*former, *item.former_names]))
    if item.period_id != period_was and period_was is not None:
        item.issued_from_id = item.issued_from_id or period_was
    item.external_id = item.external_id or row.isn
    _writing.keep(act, item)
    keep_names(act.session, item)
    if "editors" in columns:
        _editors(act, item, row.editors)
    if columns.get("status", was) != was:
        status = ItemStatus(columns["status"])
        _writing.change_status(act, item, status, on=row.stood.on)


def _editors(act: Act, item: WorkItem, names: Sequence[str] | None) -> None:
    if names:
        add_editors(act, item, [EditorForm(name=name) for name in names[:40]])


def _said(act: Act, source: str, item: WorkItem) -> ItemImport | None:
    """What the source said of the item under another name."""
    held = select(ItemImport).where(ItemImport.source == source, ItemImport.work_item_id == item.id)
    return act.session.exec(held).first()


def _remember(act: Act, said: ItemImport) -> None:
    """One row for each item and source: the name may have changed."""
    others = delete(ItemImport).where(
        col(ItemImport.source) == said.source,
        col(ItemImport.work_item_id) == said.work_item_id,
        col(ItemImport.key) != said.key,
    )
    act.session.exec(others)
    act.session.merge(said)
    act.session.flush()
