"""Which text another one hangs on, when a family is put together. Pure. Source: INV-7, domain 2.6."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sgdocs.recommendations.importing.incoming import Incoming
from sgdocs.recommendations.placing import Place, address_of, unknown_above
from sgdocs.recommendations.rules import CHANGES


@dataclass(eq=False)
class Slot:
    """One text of a family while it is put together: its columns, and its links until ids are known."""

    row: dict[str, Any]
    incoming: Incoming | None = None
    new: bool = False
    changes: dict[str, list[Any]] = field(default_factory=dict)
    base: "Slot | None" = None
    successor: "Slot | None" = None
    linked: bool = False

    @property
    def place(self) -> Place | None:
        return self.incoming.place if self.incoming else None


def depth(incoming: Incoming) -> tuple[int, str]:
    """Editions before the amendments on them, those before what corrects the amendments."""
    return len(incoming.place.changes), str(incoming.columns["sort_key"])


def base_of(slot: Slot, slots: Sequence[Slot], by_name: Mapping[str, Slot]) -> Slot | None:
    """The text that an amendment, a corrigendum or a separate annex hangs on; None when it is not certain."""
    incoming = slot.incoming
    if incoming is None:
        return None
    said = by_name.get(incoming.modifies)
    if not incoming.place.changes:
        return (said or _newest_before(slot, _line(slots, ""))) if incoming.place.apart else None
    candidates = _candidates(slot, incoming.place, slots)
    if len(candidates) == 1:
        return candidates[0]
    if said is not None and (said in candidates or not candidates):
        return said
    before = [c for c in candidates if c.row["approved"] and c.row["approved"] <= slot.row["approved"]]
    return before[0] if len(before) == 1 else None


def _candidates(slot: Slot, place: Place, slots: Sequence[Slot]) -> list[Slot]:
    """What the printed year, or the amendment named on the way, may mean."""
    if len(place.changes) > 1:
        kind, label = place.changes[-2]
        return [
            s
            for s in slots
            if s.row["kind"] == kind
            and s.row["part"] == label
            and s.row["apart"] == place.apart
            and s.row["base_year"] == place.base_year
        ]
    line = [s for s in _line(slots, place.apart) if s is not slot]
    if place.base_year is None:
        newest = _newest_before(slot, line)
        return [newest] if newest else []
    return [s for s in line if s.row["year"] == place.base_year]


def _line(slots: Sequence[Slot], apart: str) -> list[Slot]:
    return [s for s in slots if s.row["apart"] == apart and s.row["kind"] not in CHANGES]


def _newest_before(slot: Slot, line: Sequence[Slot]) -> Slot | None:
    """The newest edition that was approved before, or on the same day."""
    own = slot.row["approved"]
    before = [s for s in line if s is not slot and (not own or s.row["approved"] <= own)]
    return max(before, key=lambda s: s.row["sort_key"], default=None)


def give_addresses(slots: Sequence[Slot], taken: set[str]) -> None:
    """An address for every new text; those that are stored keep theirs for ever."""
    for slot in slots:
        place = slot.place
        if not slot.new or place is None:
            continue
        above = place.line_address
        if place.changes:
            above = slot.base.row["address"] if slot.base else unknown_above(place)
        slot.row["address"] = address_of(place, above, slot.row["approved"], taken.__contains__)
        taken.add(slot.row["address"])
