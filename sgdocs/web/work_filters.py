"""The filters of the work programme, the same on pages, in exports and over the API. Source: domain 3.1."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, Final

from fastapi import Depends, Query
from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.base.text import clean
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.groups.rules import SECTORS, GroupKind
from sgdocs.i18n import N_
from sgdocs.meetings.listing import reach_of
from sgdocs.web import urls, work_words
from sgdocs.web.forms import Blank
from sgdocs.work_programme.filtering import ItemFilter
from sgdocs.work_programme.listing import SORTS
from sgdocs.work_programme.rules import ItemKind, ItemProcess, ItemStatus, ItemVersion, Priority, Stage

ANY: Final = "any"
"""In the place of statuses: whatever the status; none at all means what is at work."""
WORDS: Final[Mapping[str, str]] = {
    "acronym": N_("Name, former names too"),
    "title": N_("Title"),
    "summary": N_("Summary or scope"),
    "base": N_("Base text"),
    "editor": N_("Editor"),
    "supporter": N_("Supporting member"),
    "liaison": N_("Liaison"),
}
DAYS: Final[Mapping[str, str]] = {
    "registered_since": N_("Registered since"),
    "timing_from": N_("Target date from"),
    "timing_to": N_("Target date until"),
    "consented_from": N_("Consented or determined from"),
    "consented_to": N_("Consented or determined until"),
    "approved_from": N_("Approved from"),
    "approved_to": N_("Approved until"),
}
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "sector": tuple(SECTORS),
    "kind": tuple(ItemKind),
    "version": tuple(each for each in ItemVersion if each),
    "process": tuple(each for each in ItemProcess if each),
    "stage": tuple(each for each in Stage if each),
    "priority": tuple(each for each in Priority if each),
}
_SEVERAL: Final = {
    "kind": "kinds",
    "version": "versions",
    "process": "processes",
    "stage": "stages",
    "priority": "priorities",
}
_STATUSES: Final = (ANY, *ItemStatus)
_SORTS: Final = (*SORTS, *(f"-{each}" for each in SORTS))


@dataclass(frozen=True)
class Wanted:
    """What the query string asks for, as it was typed. sort: one of `listing.SORTS`, a minus turns it."""

    q: str = ""
    sector: str = ""
    group: str = ""
    question: str = ""
    period: str = ""
    status: tuple[str, ...] = ()
    process: str = ""
    kind: str = ""
    version: str = ""
    stage: str = ""
    priority: str = ""
    acronym: str = ""
    title: str = ""
    summary: str = ""
    base: str = ""
    editor: str = ""
    supporter: str = ""
    liaison: str = ""
    registered_since: date | None = None
    timing_from: date | None = None
    timing_to: date | None = None
    consented_from: date | None = None
    consented_to: date | None = None
    approved_from: date | None = None
    approved_to: date | None = None
    sort: str = ""

    @property
    def query(self) -> dict[str, Any]:
        """Every name with its value, for forms and links."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def chosen(self) -> list[tuple[str, str, str]]:
        """The filters that are set: name, value, the words for it. The order is none."""
        told: list[tuple[str, str, str]] = []
        for name, value in self.query.items():
            for each in value if isinstance(value, tuple) else (value,):
                if each and name != "sort":
                    told.append((name, str(each), _word(name, str(each))))
        return told

    @property
    def has_more(self) -> bool:
        """Whether one of the filters is set that stand under “more”."""
        return any(self.query[name] for name in ("period", *WORDS, *DAYS))

    word_fields = WORDS
    day_fields = DAYS

    def address(self, path: str, **changes: object) -> str:
        """The list with these filters, some changed."""
        return urls.with_query(path, **{**self.query, **changes})

    def without(self, path: str, name: str, value: str) -> str:
        """The list without one filter, or one of its values."""
        held = self.query[name]
        return self.address(path, **{name: [each for each in held if each != value] if isinstance(held, tuple) else ""})

    @property
    def current(self) -> str:
        """The column that the list is ordered by."""
        return self.sort.removeprefix("-") or "name"

    @property
    def order(self) -> str:
        return "descending" if self.sort.startswith("-") else "ascending"

    def turned(self, path: str, column: str) -> str:
        """The list ordered by a column; the other way round when it is so already."""
        is_turned = column == self.current and self.order == "ascending"
        return self.address(path, sort=f"-{column}" if is_turned else ("" if column == "name" else column))

    def filter(self, act: Act, **more: Any) -> ItemFilter:
        """As the queries take it. Invalid for a word that means nothing; up to two queries for each of group and Question.

        Without a status, a page shows what is at work; `is_active=None` among `more` asks for everything.
        """
        for name, right in _CHOICES.items():
            _known(name, getattr(self, name), right)
        _known("sort", self.sort, ("", *_SORTS))
        for each in self.status:
            _known("status", each, _STATUSES)
        told: dict[str, Any] = {name: getattr(self, name) for name in ("q", *WORDS, *DAYS, "sector", "period")}
        told |= {_SEVERAL[name]: (value,) for name in _SEVERAL if (value := getattr(self, name))}
        told["statuses"] = tuple(each for each in self.status if each != ANY)
        told["is_active"] = None if self.status else True
        return ItemFilter(**{**told, **_places(act, self), **more})


def wanted(
    *,
    q: Annotated[str, Query(max_length=200, description="words in name, title or summary")] = "",
    sector: Annotated[str, Query(max_length=1, description="T, R or D")] = "",
    group: Annotated[str, Query(max_length=120, description="SG13, T/SG13, WP1/13, 5D")] = "",
    question: Annotated[str, Query(max_length=120, description="Q2/13 or a path")] = "",
    period: Annotated[str, Query(max_length=10, description="code of a study period, T25")] = "",
    status: Annotated[list[str], Query(max_length=40, description="once for each; `any`: whatever it is")] = [],  # noqa: B006
    process: Annotated[str, Query(max_length=20)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
    version: Annotated[str, Query(max_length=20)] = "",
    stage: Annotated[str, Query(max_length=20)] = "",
    priority: Annotated[str, Query(max_length=20)] = "",
    acronym: Annotated[str, Query(max_length=200, description="in the name, former ones too")] = "",
    title: Annotated[str, Query(max_length=200)] = "",
    summary: Annotated[str, Query(max_length=200)] = "",
    base: Annotated[str, Query(max_length=200, description="in number, title or note of a base text")] = "",
    editor: Annotated[str, Query(max_length=200)] = "",
    supporter: Annotated[str, Query(max_length=200)] = "",
    liaison: Annotated[str, Query(max_length=200)] = "",
    registered_since: Annotated[date | None, Blank] = None,
    timing_from: Annotated[date | None, Blank] = None,
    timing_to: Annotated[date | None, Blank] = None,
    consented_from: Annotated[date | None, Blank] = None,
    consented_to: Annotated[date | None, Blank] = None,
    approved_from: Annotated[date | None, Blank] = None,
    approved_to: Annotated[date | None, Blank] = None,
    sort: Annotated[str, Query(max_length=20, description=f"{', '.join(SORTS)}; a minus turns the order")] = "",
) -> Wanted:
    given = {name: value for name, value in locals().items() if name != "status"}
    return Wanted(**given, status=tuple(dict.fromkeys(each for each in status if each)))


Filtered = Annotated[Wanted, Depends(wanted)]


def _known(name: str, value: str, right: Iterable[str]) -> None:
    if value and value not in set(right):
        invalid(name, value[:40], ", ".join(each for each in right if each) + ".")


def _word(name: str, value: str) -> str:
    if name == "status":
        return N_("ended ones too") if value == ANY else work_words.status(value)[0]
    tables: Mapping[str, Callable[[str], str]] = {
        "kind": work_words.kind,
        "version": work_words.version,
        "process": work_words.process,
    }
    return tables[name](value) if name in tables else value


def _places(act: Act, asked: Wanted) -> dict[str, tuple[int, ...]]:
    """Ids of group, working party and Question. A code that lives for a period means that of the period asked for."""
    on = geneva_day(act.now)
    period = asked.period and next((p for p in groups.periods(act.session) if p.code == asked.period.upper()), None)
    if period:
        on = min(max(on, period.starts_on), period.ends_on or on)
    found: dict[str, tuple[int, ...]] = {}
    if asked.group:
        found |= places_of(act.session, _group(act.session, asked.group, on, "group"))
    if asked.question:
        found["question_ids"] = (_group(act.session, asked.question, on, "question").id or 0,)
    return found


def places_of(session: Session, group: Group) -> dict[str, tuple[int, ...]]:
    """A study group with its parts, a working party with its Questions, a Question alone."""
    if group.kind == GroupKind.QUESTION:
        return {"question_ids": (group.id or 0,)}
    if group.kind == GroupKind.WORKING_PARTY and group.sector == "T":
        return {"working_party_ids": (group.id or 0,)}
    return {"group_ids": reach_of(session, group)}


def _group(session: Session, words: str, on: date, name: str) -> Group:
    plain = clean(words)
    found = groups.find(session, plain) or next(iter(groups.resolve(session, plain, on)), None)
    return found if found is not None else invalid(name, words, "As in SG13, T/SG13, WP1/13 or Q2/13.")
