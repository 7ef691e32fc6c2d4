"""The filters of the board of approvals, as they stand in its address; the same for page, files and feeds."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import Depends, Query

from sgdocs.approval.listing import ALL_OF_THEM, ENDED, OPEN, SORTS, BoardFilter
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.terms import WINDOWS
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.base.text import clean
from sgdocs.groups import queries as groups
from sgdocs.groups.rules import SECTORS, GroupKind
from sgdocs.meetings.listing import reach_of
from sgdocs.web import urls
from sgdocs.web.forms import Blank

WHICH = (OPEN, ENDED, ALL_OF_THEM)
HOLDERS = tuple(
    dict.fromkeys(state.holder for table in ALL.values() for state in table.states.values() if state.holder)
)
STATES = tuple(dict.fromkeys(id for table in ALL.values() for id in table.states))
Words = Annotated[str, Query(max_length=200)]
Several = Annotated[list[str], Query(max_length=40)]
Days = Annotated[Annotated[int, Query(ge=0, le=400)] | None, Blank]


@dataclass(frozen=True)
class Asked:
    """closing: windows that close within so many days, 0 for today; None for any."""

    which: str = OPEN
    sector: tuple[str, ...] = ()
    procedure: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    window: tuple[str, ...] = ()
    group: str = ""
    q: str = ""
    closing: int | None = None
    since: date | None = None
    until: date | None = None
    sort: str = "closes"

    def address(self, base: str = "/approval", **more: object) -> str:
        told = asdict(self) | {"which": "" if self.which == OPEN else self.which}
        told |= {"sort": "" if self.sort == "closes" else self.sort}
        told |= {"closing": "" if self.closing is None else str(self.closing)}
        return urls.with_query(base, **(told | more))

    @property
    def files(self) -> str:
        return self.address("").removeprefix("?")

    @property
    def is_any(self) -> bool:
        """Whether anything but the usual is asked for."""
        return bool(self.files)


def asked_for(
    *,
    which: Words = OPEN,
    sector: Several = [],  # noqa: B006 FastAPI copies it
    procedure: Several = [],  # noqa: B006
    state: Several = [],  # noqa: B006
    holder: Several = [],  # noqa: B006
    window: Several = [],  # noqa: B006
    group: Words = "",
    q: Words = "",
    closing: Days = None,
    since: Annotated[date | None, Blank] = None,
    until: Annotated[date | None, Blank] = None,
    sort: Words = "closes",
) -> Asked:
    """Invalid names the filter that cannot be read."""
    known: dict[str, tuple[Sequence[str], Sequence[str]]] = {
        "which": ([which or OPEN], WHICH),
        "sector": (sector, tuple(SECTORS)),
        "procedure": (procedure, tuple(ALL)),
        "state": (state, STATES),
        "holder": (holder, HOLDERS),
        "window": (window, WINDOWS),
        "sort": ([(sort or "closes").removeprefix("-")], tuple(SORTS)),
    }
    for name, (values, right) in known.items():
        for each in values:
            if each and each not in right:
                invalid(name, each, ", ".join(right) + ".")
    several = {name: tuple(each for each in known[name][0] if each) for name in list(known)[1:-1]}
    return Asked(
        which=which or OPEN,
        group=clean(group),
        q=clean(q),
        closing=closing,
        since=since,
        until=until,
        sort=sort or "closes",
        **several,
    )


Asking = Annotated[Asked, Depends(asked_for)]


def filter_of(act: Act, asked: Asked) -> BoardFilter:
    """The filter that these words mean. A study group by path or as people write it; a Question or working party means
    the texts of its Questions."""
    today = geneva_day(act.now)
    group_ids = question_ids = None
    if asked.group:
        found = groups.find(act.session, asked.group)
        found = found or next(iter(groups.resolve(act.session, asked.group, today)), None)
        if found is None:
            invalid("group", asked.group, "The address of a group, such as T/SG15.")
        if found.kind in (GroupKind.QUESTION, GroupKind.WORKING_PARTY):
            question_ids = reach_of(act.session, found)
        else:
            group_ids = reach_of(act.session, found)
    return BoardFilter(
        which=asked.which,
        sectors=asked.sector,
        procedures=asked.procedure,
        states=asked.state,
        holders=asked.holder,
        windows=asked.window,
        group_ids=group_ids,
        question_ids=question_ids,
        closes_until=None if asked.closing is None else today + timedelta(days=asked.closing),
        opened_since=asked.since,
        opened_until=asked.until,
        words=asked.q,
    )
