"""Lists of a person's own: make, rename, delete; put a thing on one by hand, or take it off though a rule finds it."""

from sqlalchemy import func
from sqlmodel import col, delete, select

from sgdocs.base.act import Act
from sgdocs.base.errors import missing, refuse
from sgdocs.base.text import one_line
from sgdocs.workspace import rules
from sgdocs.workspace.actions._own import own
from sgdocs.workspace.kinds import thing_of
from sgdocs.workspace.models import SavedSearch, TrackedList, TrackedThing
from sgdocs.workspace.rules import MOST_LISTS
from sgdocs.workspace.schemas import ListForm


def make_list(act: Act, form: ListForm) -> TrackedList:
    person = own(act)
    number = act.session.exec(
        select(func.count()).select_from(TrackedList).where(TrackedList.person_id == person)
    ).one()
    refuse(rules.why_not_more(number, MOST_LISTS, "lists"))
    row = TrackedList(person_id=person, name=one_line(form.name), created_at=act.now)
    act.session.add(row)
    act.session.flush()
    return row


def rename_list(act: Act, list_id: int, form: ListForm) -> TrackedList:
    row = _own_list(act, list_id)
    row.name = one_line(form.name)
    act.session.add(row)
    return row


def delete_list(act: Act, list_id: int) -> None:
    """With its rules; what is kept of the things stays."""
    row = _own_list(act, list_id)
    act.session.exec(delete(SavedSearch).where(col(SavedSearch.list_id) == row.id))
    act.session.exec(delete(TrackedThing).where(col(TrackedThing.list_id) == row.id))
    act.session.delete(row)
    act.session.flush()


def put_on(act: Act, list_id: int, kind: str, thing_id: int) -> TrackedThing:
    """By hand. NotFound for a thing that the actor may not know of."""
    row = _own_list(act, list_id)
    thing_of(act, kind, thing_id)
    return _write(act, row, kind, thing_id, is_out=False)


def take_off(act: Act, list_id: int, kind: str, thing_id: int) -> TrackedThing:
    """Also what a rule finds; it stays off until it is put on again."""
    return _write(act, _own_list(act, list_id), kind, thing_id, is_out=True)


def _write(act: Act, row: TrackedList, kind: str, thing_id: int, *, is_out: bool) -> TrackedThing:
    held = act.session.get(TrackedThing, (row.id, kind, thing_id))
    held = held or TrackedThing(list_id=row.id or 0, kind=kind, thing_id=thing_id, added_at=act.now)
    held.is_out, held.because = is_out, ""
    act.session.add(held)
    act.session.flush()
    return held


def _own_list(act: Act, list_id: int) -> TrackedList:
    """The own one; another person's is not found."""
    held = select(TrackedList).where(TrackedList.id == list_id, TrackedList.person_id == own(act))
    return act.session.exec(held).first() or missing("list", list_id)
