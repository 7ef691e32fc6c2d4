"""What an import would do to some families: which texts are new, which change in which columns. Reads, writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from sgdocs.recommendations.importing.bases import Slot, base_of, depth, give_addresses
from sgdocs.recommendations.importing.incoming import Incoming
from sgdocs.recommendations.rules import CHANGES
from sgdocs.recommendations.tables import FAMILY, TEXT

LINKS = ("modifies_id", "superseded_by_id")
_EMPTY: dict[str, Any] = {
    "version": "", "edition": "", "title": "", "titles": {}, "status": "unknown", "status_note": "", "withdrawn": "",
    "posted": "", "process": "", "study_group": "", "languages": " ", "url": "", "handle": "", "ibr": False,
    "audience": "public", "corrected": [], "modifies_id": None, "superseded_by_id": None, "catalogue_id": "",
}  # fmt: skip
_FIXED = frozenset({"catalogue_id", "sort_key"})


@dataclass(eq=False)
class FamilyPlan:
    """One family: its row (new or stored), all its texts, what changes."""

    row: dict[str, Any]
    new: bool
    slots: list[Slot] = field(default_factory=list)

    @property
    def added(self) -> list[Slot]:
        return [s for s in self.slots if s.new]

    @property
    def changed(self) -> list[Slot]:
        return [s for s in self.slots if s.changes and not s.new]

    @property
    def touched(self) -> list[Slot]:
        return [s for s in self.slots if s.incoming is not None]


def plans(
    session: Session, batch: Mapping[str, Sequence[Incoming]], now: datetime, *, by_hand: bool = False
) -> list[FamilyPlan]:
    """One plan for each family of the batch (by key). Two queries.

    by_hand: a person gives the record, so that it may change what people have corrected before.
    """
    rows = session.execute(select(FAMILY).where(FAMILY.c.key.in_(list(batch)))).mappings()
    families = {row["key"]: dict(row) for row in rows}
    ids = [row["id"] for row in families.values()]
    texts: dict[int, list[Slot]] = {id: [] for id in ids}
    if ids:
        for row in session.execute(select(TEXT).where(TEXT.c.family_id.in_(ids)).order_by(TEXT.c.id)).mappings():
            texts[row["family_id"]].append(Slot(dict(row)))
    return [_plan(key, incoming, families.get(key), texts, _How(now, by_hand)) for key, incoming in batch.items()]


@dataclass(frozen=True)
class _How:
    """When, and by whom: an import leaves corrected fields alone."""

    now: datetime
    by_hand: bool


def _plan(
    key: str,
    incoming: Sequence[Incoming],
    stored: dict[str, Any] | None,
    texts: Mapping[int, list[Slot]],
    how: "_How",
) -> FamilyPlan:
    plan = FamilyPlan(stored or _new_family(incoming[0], how.now), new=stored is None)
    plan.slots = list(texts[stored["id"]]) if stored else []
    by_name = {s.row["identifier"]: s for s in plan.slots} | {
        s.row["catalogue_id"]: s for s in plan.slots if s.row["catalogue_id"]
    }
    ordered = sorted(incoming, key=depth)
    for record in ordered:
        slot = by_name.get(record.key) or _by_hand(plan.slots, record)
        if slot is None:
            slot = Slot({**_EMPTY, **record.columns, "changed_at": how.now}, record, new=True)
            plan.slots.append(slot)
        else:
            _change(slot, record, how)
        by_name[record.key] = slot
    _link(plan, ordered, by_name, how)
    give_addresses(plan.slots, {s.row["address"] for s in plan.slots if not s.new})
    return plan


def _new_family(first: Incoming, now: datetime) -> dict[str, Any]:
    place = first.place
    return {
        "key": place.key,
        "space": place.space,
        "sector": place.sector,
        "kind": str(place.kind),
        "series": place.series,
        "number": place.number,
        "numbers": list(place.numbers),
        "address": place.address,
        "sort_key": place.sort_key,
        "audience": "public",
        "title": "",
        "titles": {},
        "standing": "unknown",
        "study_group": "",
        "languages": " ",
        "year": None,
        "approved": "",
        "texts": 0,
        "current_id": None,
        "latest_id": None,
        "changed_at": now,
    }


def _by_hand(slots: Iterable[Slot], record: Incoming) -> Slot | None:
    """A text of the same name that no source has brought yet: typed in, or from the demo."""
    name = record.columns["identifier"]
    return next((s for s in slots if s.row["identifier"] == name and not s.row["catalogue_id"]), None)


def _change(slot: Slot, record: Incoming, how: "_How") -> None:
    """Take over what differs; what people have corrected stays."""
    slot.incoming = record
    for name, value in record.columns.items():
        if slot.row[name] == value or (name in slot.row["corrected"] and not how.by_hand):
            continue
        if name not in _FIXED:
            slot.changes[name] = [slot.row[name], value]
        slot.row[name] = value
        slot.linked = True
    if slot.changes:
        slot.row["changed_at"] = how.now


def _link(plan: FamilyPlan, ordered: Sequence[Incoming], by_name: Mapping[str, Slot], how: "_How") -> None:
    """What hangs on what, and what replaced what, among the texts of the family."""
    by_id = {s.row["id"]: s for s in plan.slots if not s.new}
    for slot in plan.slots:
        slot.base = by_id.get(slot.row["modifies_id"])
        slot.successor = by_id.get(slot.row["superseded_by_id"])
    for record in ordered:
        slot = by_name[record.key]
        if how.by_hand or "modifies_id" not in slot.row["corrected"]:
            slot.base = base_of(slot, plan.slots, by_name) or slot.base
        if record.superseded_by:
            slot.successor = by_name.get(record.superseded_by, slot.successor)
        elif record.superseded_by == "" and how.by_hand:
            slot.successor = None
        if record.supersedes in by_name:
            by_name[record.supersedes].successor = slot
    _without_circles(plan.slots)


def _without_circles(slots: Sequence[Slot]) -> None:
    """A source may claim that two texts hang on each other; such links are dropped."""
    for slot in slots:
        above, steps = slot.base, 0
        while above is not None and above is not slot and steps < 8:
            above, steps = above.base, steps + 1
        if above is slot or steps == 8:
            slot.base = None
        if slot.successor is slot or (slot.row["kind"] in CHANGES and slot.base is slot):
            slot.successor = None
