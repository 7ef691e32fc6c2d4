"""The filters of the register of liaison statements, the same on pages, in exports, in calendars and over the API."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, Final

from fastapi import Depends, Query
from pydantic import Field
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.base.text import clean
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.groups.rules import GroupKind
from sgdocs.i18n import N_
from sgdocs.liaison.bodies_models import Body, BodyName
from sgdocs.liaison.filtering import StatementFilter
from sgdocs.liaison.listing import SORTS
from sgdocs.liaison.naming import key_of
from sgdocs.liaison.parties import groups_and_parts
from sgdocs.liaison.rules import OUT, Purpose, State
from sgdocs.meetings import queries as meetings
from sgdocs.people.models import Person
from sgdocs.recommendations import queries as recommendations
from sgdocs.web import liaison_words, urls
from sgdocs.web.forms import Blank
from sgdocs.work_programme import queries as items

DIRECTIONS: Final[Mapping[str, str]] = {"in": N_("Received"), "out": N_("Sent")}
STANDINGS: Final[Mapping[str, str]] = {
    "awaited": N_("An answer is awaited"),
    "overdue": N_("An answer is overdue"),
    "open": N_("Still open"),
    "closed": N_("Closed"),
}
WHICH: Final[Mapping[str, str]] = {
    "live": N_("Without withdrawn ones"),
    "drafts": N_("Drafts"),
    "withdrawn": N_("Withdrawn"),
}
WORDS: Final[Mapping[str, str]] = {
    "sender": N_("From"),
    "to": N_("To"),
    "item": N_("Work item"),
    "rec": N_("Recommendation"),
    "meeting": N_("Meeting"),
    "owner": N_("Who sees to the answer"),
}
DAYS: Final[Mapping[str, str]] = {
    "since": N_("Dated since"),
    "until": N_("Dated until"),
    "due_from": N_("Answer due from"),
    "due_until": N_("Answer due until"),
}
_CHOICES: Final[Mapping[str, Collection[str]]] = {
    "direction": DIRECTIONS,
    "standing": STANDINGS,
    "which": WHICH,
    "purpose": tuple(Purpose),
    "state": tuple(State),
}
_SORTS: Final = (*SORTS, *(f"-{each}" for each in SORTS))
_STANDS: Final[Mapping[str, Mapping[str, bool]]] = {
    "awaited": {"is_awaited": True},
    "overdue": {"is_overdue": True},
    "open": {"is_open": True},
    "closed": {"is_open": False},
}
NEWEST: Final = "-dated"


@dataclass(frozen=True)
class Wanted:
    """What the query string asks for, as it was typed. sort: one of `listing.SORTS`, a minus turns it."""

    q: str = ""
    group: str = ""
    direction: str = ""
    body: str = ""
    sender: str = ""
    to: str = ""
    standing: str = ""
    purpose: str = ""
    state: str = ""
    which: str = ""
    due_within: int | None = None
    due_from: date | None = None
    due_until: date | None = None
    question: str = ""
    item: str = ""
    rec: str = ""
    meeting: str = ""
    owner: str = ""
    period: str = ""
    year: int | None = None
    since: date | None = None
    until: date | None = None
    sort: str = ""

    word_fields = WORDS
    day_fields = DAYS

    @property
    def query(self) -> dict[str, Any]:
        """Every name with its value, for forms and links."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def chosen(self) -> list[tuple[str, str, str]]:
        """The filters that are set: name, value, the words for it. The order is none."""
        set_ = ((name, str(value)) for name, value in self.query.items() if value not in ("", None) and name != "sort")
        return [(name, value, _word(name, value)) for name, value in set_]

    @property
    def has_more(self) -> bool:
        """Whether one of the filters is set that stand under “more”."""
        return any(self.query[name] not in ("", None) for name in ("period", "state", "which", *WORDS, *DAYS))

    def address(self, path: str, **changes: object) -> str:
        """The list with these filters, some changed."""
        return urls.with_query(path, **{**self.query, **changes})

    def without(self, path: str, name: str) -> str:
        return self.address(path, **{name: ""})

    @property
    def current(self) -> str:
        """The column that the list is ordered by."""
        return (self.sort or NEWEST).removeprefix("-")

    @property
    def order(self) -> str:
        return "descending" if (self.sort or NEWEST).startswith("-") else "ascending"

    def turned(self, path: str, column: str) -> str:
        """The list ordered by a column; the other way round when it is so already."""
        is_turned = column == self.current and self.order == "ascending"
        told = f"-{column}" if is_turned else column
        return self.address(path, sort="" if told == NEWEST else told)

    def filter(self, act: Act, **more: Any) -> StatementFilter:
        """As the queries take it. Invalid for a word that means nothing; a query or two for each thing that is named."""
        for name, right in _CHOICES.items():
            _known(name, getattr(self, name), right)
        _known("sort", self.sort, _SORTS)
        same = ("direction", "due_within", "due_from", "due_until", "period", "year", "since", "until")
        told: dict[str, Any] = {name: getattr(self, name) for name in same} | {"words": self.q}
        told |= _STANDS.get(self.standing, {})
        told |= {"which": self.which} if self.which == "drafts" else {}
        told |= {"statuses": ("withdrawn",)} if self.which == "withdrawn" else {}
        told |= {"statuses": OUT} if self.which == "live" else {}
        told |= {"purposes": (self.purpose,)} if self.purpose else {}
        told |= {"states": (self.state,)} if self.state else {}
        return StatementFilter(**{**told, **_places(act, self), **_things(act, self), **more})


Line = Annotated[str, Query(max_length=200)]
Small = Annotated[Annotated[int, Field(ge=0, le=3660)] | None, Blank]
Year = Annotated[Annotated[int, Field(ge=1900, le=2200)] | None, Blank]


def wanted(
    *,
    q: Annotated[str, Query(max_length=200, description="words in title, number or names; or a number")] = "",
    group: Annotated[str, Query(max_length=120, description="on either side: SG13, T/SG13, 5D, with its parts")] = "",
    direction: Annotated[str, Query(max_length=3, description="as that group sees it: in, out")] = "",
    body: Annotated[str, Query(max_length=200, description="an outside body on either side, by any of its names")] = "",
    sender: Annotated[
        str, Query(max_length=200, description="a body; a group with its parts; by its path, as R/SG5, alone")
    ] = "",
    to: Annotated[str, Query(max_length=200, description="who is addressed, as for sender")] = "",
    standing: Annotated[str, Query(max_length=20, description="awaited, overdue, open, closed")] = "",
    purpose: Annotated[str, Query(max_length=20, description="action, comment, information")] = "",
    state: Annotated[str, Query(max_length=20, description="of an addressee")] = "",
    which: Annotated[
        str, Query(max_length=20, description="live, drafts, withdrawn; none: sent, received and withdrawn")
    ] = "",
    due_within: Small = None,
    due_from: Annotated[date | None, Blank] = None,
    due_until: Annotated[date | None, Blank] = None,
    question: Annotated[str, Query(max_length=120, description="Q2/13 or a path")] = "",
    item: Annotated[str, Query(max_length=200, description="a work item by number or name")] = "",
    rec: Annotated[str, Query(max_length=200, description="a Recommendation, G.709")] = "",
    meeting: Annotated[str, Query(max_length=100, description="the code of a meeting")] = "",
    owner: Annotated[str, Query(max_length=200, description="slug of a person, or `me`")] = "",
    period: Annotated[str, Query(max_length=10, description="code of a study period, T25")] = "",
    year: Year = None,
    since: Annotated[date | None, Blank] = None,
    until: Annotated[date | None, Blank] = None,
    sort: Annotated[str, Query(max_length=20, description=f"{', '.join(SORTS)}; a minus turns the order")] = "",
) -> Wanted:
    return Wanted(**locals())


Filtered = Annotated[Wanted, Depends(wanted)]


def _known(name: str, value: str, right: Collection[str]) -> None:
    if value and value not in set(right):
        invalid(name, value[:40], ", ".join(each for each in right if each) + ".")


def _word(name: str, value: str) -> str:
    tables: Mapping[str, Mapping[str, str]] = {"direction": DIRECTIONS, "standing": STANDINGS, "which": WHICH}
    if name in tables:
        return tables[name].get(value, value)
    if name == "purpose":
        return liaison_words.purpose(value)
    return liaison_words.state(value)[0] if name == "state" else value


# Who and what is named


def _places(act: Act, asked: Wanted) -> dict[str, Any]:
    """Ids of groups and bodies."""
    found: dict[str, Any] = {}
    if asked.group:
        found["group_ids"] = ids_of(act, group_named(act, asked.group, "group"))
    if asked.question:
        found["question_ids"] = (group_named(act, asked.question, "question").id or 0,)
    if asked.body:
        body = body_named(act, asked.body)
        found["body_ids"] = (body.id or 0,) if body else invalid("body", asked.body, "As in 3GPP SA2 or IETF.")
    for name, ids in (("sender", "from"), ("to", "to")):
        if words := getattr(asked, name):
            found |= _side(act, words, name, ids)
    return found


def _side(act: Act, words: str, name: str, side: str) -> dict[str, Any]:
    """One side: a body, a group with its parts, or by its full path, `R/SG5`, this very group."""
    body = body_named(act, words)
    if body is not None:
        return {f"{side}_body_ids": (body.id or 0,)}
    group = group_named(act, words, name)
    return {f"{side}_group_ids": (group.id or 0,) if words == group.path else ids_of(act, group)}


def ids_of(act: Act, group: Group) -> tuple[int, ...]:
    """The group with its parts; a Question or working party alone."""
    is_part = group.kind in (GroupKind.QUESTION, GroupKind.WORKING_PARTY) and group.sector == "T"
    return (group.id or 0,) if is_part else groups_and_parts(act, [group.id or 0])


def group_named(act: Act, words: str, name: str) -> Group:
    plain = clean(words)
    found = groups.find(act.session, plain) or next(iter(groups.resolve(act.session, plain, geneva_day(act.now))), None)
    return found or invalid(name, words, "As in SG13, T/SG13, WP 5D, Q2/13, or an outside body.")


def body_named(act: Act, words: str) -> Body | None:
    """By its address or any of its spellings. One query."""
    named = select(Body).join(BodyName, col(BodyName.body_id) == col(Body.id)).where(BodyName.key == key_of(words))
    found = act.session.exec(named).first()
    return found or act.session.exec(select(Body).where(Body.slug == words.strip().lower())).first()


def _things(act: Act, asked: Wanted) -> dict[str, Any]:
    """Ids of what a statement is about, and of who sees to it."""
    found: dict[str, Any] = {}
    if asked.item:
        item = items.find(act, asked.item)
        found["work_item_id"] = item.id if item else invalid("item", asked.item, "As in Y.slice, or its number.")
    if asked.rec:
        found["family_id"] = recommendations.named(act, asked.rec).id
    if asked.meeting:
        sat = meetings.find(act, asked.meeting)
        found["meeting_id"] = sat.id if sat else invalid("meeting", asked.meeting, "As in T25-SG13-260706.")
    if asked.owner:
        found["owner_id"] = _owner(act, asked.owner)
    return found


def _owner(act: Act, words: str) -> int:
    if words == "me":
        return act.actor.person_id or 0
    person = act.session.exec(select(Person).where(Person.slug == words.strip().lower())).first()
    return (person.id or 0) if person else invalid("owner", words, "The end of the address of a person’s page.")
