"""Mark a place as read: up to the entry that the page knew of. Source: feature N6."""

import re

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, update

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.journal.queries import last_position
from sgdocs.workspace.actions._own import own
from sgdocs.workspace.models import Looked

PLACE = re.compile(r"[a-z]{2,20}(:[A-Za-z0-9/:-]{1,80})?", re.ASCII)


def look(act: Act, place: str, position: int = 0) -> Looked:
    """The person has seen the place up to that position (0: up to now). Never goes back: of two devices the one that saw
    more counts, whichever says it last. No entry: it is private."""
    person = own(act)
    if not PLACE.fullmatch(place):
        invalid("place", place[:80], "As in documents, meeting:4 or all.")
    newest = last_position(act.session)
    seen = min(position, newest) if position else newest
    if not _raise(act, person, place, seen):
        _begin(act, person, place, seen)
    return act.session.get_one(Looked, (person, place), populate_existing=True)


def _raise(act: Act, person: int, place: str, seen: int) -> bool:
    """Whether there was a mark, raised or not."""
    held = act.session.get(Looked, (person, place))
    further = update(Looked).where(
        col(Looked.person_id) == person, col(Looked.place) == place, col(Looked.position) <= seen
    )
    act.session.exec(further.values(position=seen, at=act.now))
    return held is not None


def _begin(act: Act, person: int, place: str, seen: int) -> None:
    try:
        with act.session.begin_nested():
            act.session.add(Looked(person_id=person, place=place, position=seen, at=act.now))
    except IntegrityError:
        _raise(act, person, place, seen)
