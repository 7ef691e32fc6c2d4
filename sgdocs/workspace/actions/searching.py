"""Save a search under a name; how often it is looked through; delete it."""

from sqlalchemy import func
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, missing, refuse
from sgdocs.base.text import clean, one_line
from sgdocs.workspace import rules
from sgdocs.workspace.actions._own import own
from sgdocs.workspace.lists import LISTS
from sgdocs.workspace.models import SavedSearch, TrackedList
from sgdocs.workspace.rules import LONGEST_QUERY, MOST_SEARCHES, NO_SUCH_LIST, Alert
from sgdocs.workspace.schemas import SearchForm


def save_search(act: Act, form: SearchForm) -> SavedSearch:
    """Keep the search as it was asked, also fields that no list knows. Invalid for an address that is no list."""
    person = own(act)
    number = act.session.exec(
        select(func.count()).select_from(SavedSearch).where(SavedSearch.person_id == person)
    ).one()
    refuse(rules.why_not_more(number, MOST_SEARCHES, "searches"))
    if form.path not in LISTS:
        raise Invalid(NO_SUCH_LIST, field="path", **{"path": form.path[:80], "right": ", ".join(LISTS)})
    if form.list_id is not None:
        _list(act, person, form.list_id)
    row = SavedSearch(
        person_id=person,
        list_id=form.list_id,
        name=one_line(form.name),
        path=form.path,
        query=clean(form.query).removeprefix("?")[:LONGEST_QUERY],
        often=form.often.value,
        created_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    return row


def set_alert(act: Act, search_id: int, often: Alert) -> SavedSearch:
    """From now on so often. What was found in silence is no news."""
    row = _search(act, search_id)
    if row.often == Alert.OFF:
        row.checked_at, row.seen, row.new = None, [], []
    row.often = often.value
    act.session.add(row)
    return row


def forget_new(act: Act, search_id: int) -> SavedSearch:
    """The person has seen the new hits."""
    row = _search(act, search_id)
    row.new = []
    act.session.add(row)
    return row


def delete_search(act: Act, search_id: int) -> None:
    act.session.delete(_search(act, search_id))
    act.session.flush()


def _search(act: Act, search_id: int) -> SavedSearch:
    """The own one; another person's is not found."""
    held = select(SavedSearch).where(SavedSearch.id == search_id, SavedSearch.person_id == own(act))
    return act.session.exec(held).first() or missing("saved search", search_id)


def _list(act: Act, person: int, list_id: int) -> TrackedList:
    held = select(TrackedList).where(TrackedList.id == list_id, TrackedList.person_id == person)
    return act.session.exec(held).first() or missing("list", list_id)
