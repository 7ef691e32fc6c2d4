"""What the ledger is asked for, the same on the page, in exports and over the API; its words, and the heads of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated, Any, Final

from fastapi import Depends, Query

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.liaison.filtering import StatementFilter
from sgdocs.liaison.ledger import SORTS, LedgerFilter
from sgdocs.liaison.queues import Age, Queue
from sgdocs.liaison.rules import Purpose
from sgdocs.web import liaison_filters, liaison_words, urls

QUEUES: Final[Mapping[str, tuple[str, str, str]]] = {
    Queue.OWE: (N_("We owe"), N_("An answer is asked of us and has not been sent."), "needs"),
    Queue.WAIT: (N_("We wait for"), N_("We asked for an answer that has not come."), "progress"),
    Queue.OVERDUE: (N_("Overdue"), N_("The day by which an answer was asked for is past."), "stopped"),
    Queue.TAKE_UP: (N_("To take up"), N_("It came to us, and nobody has said yet who looks at it."), "needs"),
    Queue.DRAFT: (N_("Drafts"), N_("Statements of ours that are being written."), "progress"),
    Queue.APPROVE: (N_("To approve"), N_("Agreed between meetings; the chair approves them."), "needs"),
    Queue.SEND: (N_("To send"), N_("Agreed and approved; they wait to be sent."), "needs"),
    Queue.UNACKNOWLEDGED: (
        N_("Not acknowledged"),
        N_("Sent to an outside body that has not confirmed it."),
        "progress",
    ),
    Queue.UNKNOWN: (N_("Addressee unknown"), N_("Nobody knows to whom it goes."), "stopped"),
}
"""Heading, what it means, meaning for the eye; in the order of the page."""
AGES: Final[Mapping[str, str]] = {
    Age.WEEKS: N_("up to 14 days"),
    Age.MONTH: N_("15 to 30"),
    Age.QUARTER: N_("31 to 90"),
    Age.HALF_YEAR: N_("91 to 180"),
    Age.OLDER: N_("older"),
    Age.UNDATED: N_("no date"),
}
NEAREST: Final = "deadline"
_SORTS: Final = (*SORTS, *(f"-{each}" for each in SORTS))


@dataclass(frozen=True)
class LedgerWanted:
    """What the query string asks for, as it was typed."""

    queue: str = ""
    group: str = ""
    sender: str = ""
    to: str = ""
    owner: str = ""
    unowned: bool = False
    purpose: str = ""
    age: str = ""
    due_until: date | None = None
    question: str = ""
    q: str = ""
    sort: str = ""

    @property
    def query(self) -> dict[str, Any]:
        """Every name with its value, for links; what is not asked is left out by `urls.with_query`."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return told | {"unowned": "true" if self.unowned else ""}

    def address(self, path: str = "/liaison/ledger", **changes: object) -> str:
        return urls.with_query(path, **{**self.query, **changes})

    @property
    def is_narrow(self) -> bool:
        """Whether one list is asked for, not the overview."""
        return any(value for name, value in self.query.items() if name not in ("group", "sort"))

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Name and words of what is set beside the queue."""
        told = [(name, str(value)) for name, value in self.query.items() if value and name not in ("queue", "sort")]
        return [(name, _word(name, value)) for name, value in told]

    @property
    def current(self) -> str:
        return (self.sort or NEAREST).removeprefix("-")

    @property
    def order(self) -> str:
        return "descending" if self.sort.startswith("-") else "ascending"

    def turned(self, path: str, column: str) -> str:
        told = f"-{column}" if column == self.current and self.order == "ascending" else column
        return self.address(path, sort="" if told == NEAREST else told)

    def of_group(self, act: Act) -> Group | None:
        """Who “we” are; None for all groups."""
        return liaison_filters.group_named(act, self.group, "group") if self.group else None

    def filter(self, act: Act, group: Group | None = None, **more: Any) -> LedgerFilter:
        """As the queries take it. group: that `of_group` found. Invalid for a word that means nothing."""
        _known("queue", self.queue, tuple(Queue))
        _known("age", self.age, tuple(Age))
        _known("purpose", self.purpose, tuple(Purpose))
        _known("sort", self.sort, _SORTS)
        same = liaison_filters.Wanted(
            sender=self.sender, to=self.to, owner=self.owner, question=self.question, purpose=self.purpose
        ).filter(act)
        told = LedgerFilter(
            queue=self.queue,
            group_ids=liaison_filters.ids_of(act, group) if group else None,
            from_group_ids=same.from_group_ids,
            from_body_ids=same.from_body_ids,
            to_group_ids=same.to_group_ids,
            to_body_ids=same.to_body_ids,
            owner_id=same.owner_id,
            is_unowned=self.unowned,
            purposes=same.purposes,
            age=self.age,
            due_until=self.due_until,
            question_ids=same.question_ids,
            more=StatementFilter(words=self.q),
        )
        return replace(told, **more)


Name = Annotated[str, Query(max_length=200)]


def wanted(
    *,
    queue: Annotated[str, Query(max_length=30, description=", ".join(Queue))] = "",
    group: Annotated[str, Query(max_length=120, description="who “we” are: SG13, WP 5D; none: all groups")] = "",
    sender: Name = "",
    to: Name = "",
    owner: Annotated[str, Query(max_length=200, description="slug of a person, or `me`")] = "",
    unowned: Annotated[bool, Query(description="nobody sees to the answer")] = False,
    purpose: Annotated[str, Query(max_length=20)] = "",
    age: Annotated[str, Query(max_length=20, description=", ".join(Age))] = "",
    due_until: Annotated[date | None, liaison_filters.Blank] = None,
    question: Annotated[str, Query(max_length=120)] = "",
    q: Annotated[str, Query(max_length=200, description="words in title, number or names")] = "",
    sort: Annotated[str, Query(max_length=20, description=f"{', '.join(SORTS)}; a minus turns the order")] = "",
) -> LedgerWanted:
    return LedgerWanted(**locals())


LedgerFiltered = Annotated[LedgerWanted, Depends(wanted)]


def _known(name: str, value: str, right: tuple[str, ...]) -> None:
    if value and value not in right:
        invalid(name, value[:40], f"{', '.join(right)}.")


def _word(name: str, value: str) -> str:
    if name == "purpose":
        return liaison_words.purpose(value)
    if name == "unowned":
        return N_("in nobody’s hands")
    return AGES.get(value, value) if name == "age" else value
