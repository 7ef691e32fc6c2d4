"""The names of an item: the present one, former ones, the number it got; one place writes and finds them."""

import re
from typing import Final, Protocol

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, delete, select

from sgdocs.base.text import one_line
from sgdocs.work_programme.models import ItemName, WorkItem
from sgdocs.work_programme.rules import ACTIVE, name_key

_EX: Final = re.compile(r"\s*[(\[](?:ex|formerly|former)[\s.:-]*(?P<former>[^)\]]+)[)\]]\s*$", re.I)
_IN_ADDRESS: Final = re.compile(r"[^\w.+~-]+")
_NUMBERED: Final = re.compile(r"(?P<number>\d{1,9})(?:-.*)?")
LONGEST: Final = 120


class Numbered(Protocol):
    """What is asked of an item for its address: a row of a list has it too."""

    @property
    def number(self) -> int: ...
    @property
    def acronym(self) -> str: ...


def handle(item: Numbered) -> str:
    """Its part of the address: `4711-Y.slice`. The number alone is what counts."""
    return f"{item.number}-{_IN_ADDRESS.sub('-', item.acronym).strip('-')}".rstrip("-")


def number_in(text: str) -> int | None:
    """`4711-Y.slice` and `4711` begin with the number of an item."""
    found = _NUMBERED.fullmatch(text)
    return int(found["number"]) if found else None


def parted(written: str) -> tuple[str, tuple[str, ...]]:
    """`X.supp.divs (ex TR.divs)`: the name, and the former ones."""
    former: list[str] = []
    name = one_line(written)
    while (found := _EX.search(name)) is not None:
        former += [one_line(each) for each in re.split(r"[,;]|\band\b", found["former"]) if each.strip()]
        name = name[: found.start()].rstrip()
    return name, tuple(former)


def keep_names(session: Session, item: WorkItem) -> None:
    """Write the names of an item anew. It is flushed if it has no id yet."""
    if item.id is None:
        session.add(item)
        session.flush()
    session.exec(delete(ItemName).where(col(ItemName.work_item_id) == item.id))
    named = (
        (item.acronym, "acronym"),
        (item.identifier, "identifier"),
        *((name, "former") for name in item.former_names),
    )
    keys: set[str] = set()
    for name, kind in named:
        key = name_key(name)
        if key and key not in keys:
            keys.add(key)
            session.add(ItemName(work_item_id=item.id or 0, name=name, key=key, kind=kind))
    session.flush()


def is_named(text: str) -> ColumnElement[bool]:
    """The condition on items that ever had the name."""
    return col(WorkItem.id).in_(select(ItemName.work_item_id).where(ItemName.key == name_key(text[:LONGEST])))


def at_work_first() -> tuple[ColumnElement[int], ...]:
    """An order: those at work before those that ended, then the latest."""
    is_active = case((col(WorkItem.status).in_(ACTIVE), 0), else_=1)
    return is_active, col(WorkItem.number).desc()
