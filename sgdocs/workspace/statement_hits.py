"""What a saved search of liaison statements finds now."""

from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.groups.rules import GroupKind
from sgdocs.liaison import listing
from sgdocs.liaison.bodies_models import Body, BodyName
from sgdocs.liaison.filtering import StatementFilter
from sgdocs.liaison.naming import key_of
from sgdocs.liaison.parties import groups_and_parts
from sgdocs.liaison.rules import OUT, Purpose, State
from sgdocs.meetings import queries as meetings
from sgdocs.people.models import Person
from sgdocs.recommendations import queries as recommendations
from sgdocs.work_programme import queries as items
from sgdocs.workspace.asking import Query
from sgdocs.workspace.hits import MOST_HITS, Hit, Searching, path_of

STATEMENT_FIELDS: Final = (
    "q", "group", "direction", "body", "sender", "to", "standing", "purpose", "state", "which", "due_within", "due_from",
    "due_until", "question", "item", "rec", "meeting", "owner", "period", "year", "since", "until",
)  # fmt: skip
_STANDS: Final[Mapping[str, Mapping[str, bool]]] = {
    "awaited": {"is_awaited": True},
    "overdue": {"is_overdue": True},
    "open": {"is_open": True},
    "closed": {"is_open": False},
}
_WHICH: Final[Mapping[str, Mapping[str, Any]]] = {
    "drafts": {"which": "drafts"},
    "withdrawn": {"statuses": ("withdrawn",)},
    "live": {"statuses": OUT},
}


def of_statements(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
    told: dict[str, Any] = {
        "words": asked.word("q"),
        "direction": asked.word("direction", ("in", "out")),
        "purposes": asked.words("purpose", tuple(Purpose)),
        "states": asked.words("state", tuple(State)),
        "due_within": asked.number("due_within"),
        "period": asked.word("period"),
        "year": asked.number("year"),
    }
    told |= {name: asked.day(name) for name in ("due_from", "due_until", "since", "until")}
    told |= _STANDS.get(asked.word("standing", tuple(_STANDS)), {})
    told |= _WHICH.get(asked.word("which", tuple(_WHICH)), {})
    wanted = StatementFilter(**told, **_sides(act, asked), **_things(act, asked))
    found = listing.listing(act, wanted, size=MOST_HITS)
    rows = [Hit(f"statement:{row.id}", row.label, row.title, path_of("liaison", row.name)) for row in found.rows]
    return rows, found.total


def _sides(act: Act, asked: Query) -> dict[str, Any]:
    """Ids of groups and bodies; a name that means none is told as wrong."""
    found: dict[str, Any] = {}
    group, question = asked.group(act, "group"), asked.group(act, "question")
    if group is not None:
        found["group_ids"] = _ids(act, group)
    if question is not None:
        found["question_ids"] = (question.id or 0,)
    if word := asked.word("body"):
        found |= _named("body_ids", _body(act, word), asked, ("body", word))
    for name, side in (("sender", "from"), ("to", "to")):
        if word := asked.word(name):
            found |= _side(act, asked, name, side)
    return found


def _side(act: Act, asked: Query, name: str, side: str) -> dict[str, Any]:
    """A body, a group with its parts, or by its full path, `R/SG5`, this very group."""
    word = asked.word(name)
    body = _body(act, word)
    if body is not None:
        return {f"{side}_body_ids": (body,)}
    group = asked.group(act, name)
    if group is None:
        return {}
    return {f"{side}_group_ids": (group.id or 0,) if word == group.path else _ids(act, group)}


def _ids(act: Act, group: Group) -> tuple[int, ...]:
    is_part = group.kind in (GroupKind.QUESTION, GroupKind.WORKING_PARTY) and group.sector == "T"
    return (group.id or 0,) if is_part else groups_and_parts(act, [group.id or 0])


def _body(act: Act, words: str) -> int | None:
    named = select(Body.id).join(BodyName, col(BodyName.body_id) == col(Body.id))
    found = act.session.exec(named.where(BodyName.key == key_of(words))).first()
    return found or act.session.exec(select(Body.id).where(Body.slug == words.lower())).first()


def _things(act: Act, asked: Query) -> dict[str, Any]:
    """Ids of what a statement is about, and of who sees to it."""
    found: dict[str, Any] = {}
    if word := asked.word("item"):
        item = items.find(act, word)
        found["work_item_id"] = item.id if item else _wrong(asked, "item", word)
    if word := asked.word("rec"):
        found["family_id"] = recommendations.named(act, word).id
    if word := asked.word("meeting"):
        sat = meetings.find(act, word)
        found["meeting_id"] = sat.id if sat else _wrong(asked, "meeting", word)
    if word := asked.word("owner"):
        found["owner_id"] = act.actor.person_id if word == "me" else _person(act, asked, word)
    return found


def _person(act: Act, asked: Query, word: str) -> int | None:
    found = act.session.exec(select(Person.id).where(Person.slug == word.lower())).first()
    return found if found is not None else _wrong(asked, "owner", word)


def _named(name: str, id: int | None, asked: Query, given: tuple[str, str]) -> dict[str, Any]:
    if id is None:
        asked.wrong.append(given)
        return {}
    return {name: (id,)}


def _wrong(asked: Query, name: str, word: str) -> int | None:
    """Nothing; and that the word means nothing is told."""
    asked.wrong.append((name, word))
    return None
