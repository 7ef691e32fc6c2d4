"""What an import changes in an item: a column is written when nobody here changed what the source said before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sgdocs.work_programme import timing
from sgdocs.work_programme.models import WorkItem

EMPTY: tuple[Any, ...] = (None, "", [], ())


@dataclass
class Merged:
    """changed: column -> (before, now); kept: column -> (what the source says, what stands here and stays)."""

    changed: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    kept: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def merged(here: Mapping[str, Any], given: Mapping[str, Any], before: Mapping[str, Any] | None) -> Merged:
    """Three states of an item: as it is here, as the source says now, and as it said before (None: never).

    What the source never said before is only filled in where nothing stands here.
    """
    found = Merged()
    for name, now in given.items():
        stands = here.get(name)
        if now == stands or (before is not None and name in before and before[name] == now):
            continue
        was_said = before[name] if before is not None and name in before else None
        is_own = stands not in EMPTY and (before is None or name not in before or was_said != stands)
        if is_own:
            found.kept[name] = (now, stands)
        else:
            found.changed[name] = (stands, now)
    return found


def plain_of(item: WorkItem, editors: list[str]) -> dict[str, Any]:
    """The columns of an item as an import compares them: plain values, days as text."""
    names = ("title", "kind", "process", "version", "version_part", "timing", "priority", "liaison_to", "equivalents",
             "summary", "comment", "identifier", "status", "acronym", "group_id", "question_id", "period_id")  # fmt: skip
    told = {name: getattr(item, name) for name in names}
    return told | {"status_on": str(item.status_on or ""), "editors": editors}


def write(item: WorkItem, columns: Mapping[str, Any]) -> None:
    """Columns as `plain_of` gives them; names, status and editors are written by who knows how."""
    for name, value in columns.items():
        if name == "timing":
            when = timing.read(value)
            item.timing, item.timing_on = value, when.last_on if when else None
        elif name == "status_on":
            item.status_on = date.fromisoformat(value) if value else None
        elif name not in ("acronym", "editors", "status"):
            setattr(item, name, value)
