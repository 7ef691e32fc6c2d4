"""The liaisons of a group on its page: what it owes, what it waits for, and its part of the register; its deadlines as a
calendar. Join it before the catch-all routes of /group."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.groups.records import record_of
from sgdocs.groups.rules import GroupKind
from sgdocs.liaison.filtering import StatementFilter
from sgdocs.liaison.ledger import LedgerFilter
from sgdocs.liaison.listing import listing
from sgdocs.liaison.outgoing import COLUMNS, StatementOut
from sgdocs.policy import Permission, Scope, may
from sgdocs.web import liaison_words, urls
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.liaison_deadlines import calendar
from sgdocs.web.liaison_filters import DIRECTIONS, NEWEST, Filtered, Wanted, ids_of
from sgdocs.web.liaison_ledger import LedgerWanted
from sgdocs.web.limits import limited
from sgdocs.web.pages.calendar import Key, reader
from sgdocs.web.pages.group_places import Seen, moved, seen, today_of
from sgdocs.web.pages.groups import GroupPage, framed
from sgdocs.web.pages.liaison import MOST
from sgdocs.web.pages.liaison_ledger import ledger_of

pages = APIRouter()

SIZE: Final = 50
FEW: Final = 8
OWN: Final = ("group", "sort")


@pages.get("/group/{path:path}/liaisons")
def of_group(
    request: Request,
    act: Reading,
    path: str,
    asked: Filtered,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The ledger of the group, and its statements of the period in the address or of today."""
    place = seen(act.session, path, today_of(request))
    there = moved(request, place, path, "/liaisons")
    if there is not None:
        return there
    record = record_of(act.session, place.group, today_of(request), period=place.period)
    address = f"{place.address}/liaisons"
    found = listing(act, _in_group(act, place, asked), sort=asked.sort or NEWEST, number=number, size=SIZE)
    is_plain = not any(asked.query[name] for name in asked.query if name not in OWN) and number == 1
    return framed(
        request,
        "liaison/group.html",
        GroupPage(place, record),
        found=found,
        is_plain=is_plain,
        wanted=asked,
        directions=DIRECTIONS,
        address=address,
        may_write=_may_write(act, place.group),
        address_of=lambda number: asked.address(address, page=number if number > 1 else None),
        list_files=urls.with_query("", **asked.query).removeprefix("?"),
        **_ledger(act, place, is_shown=is_plain and place.period is None),
    )


def _ledger(act: Act, place: Seen, *, is_shown: bool) -> dict[str, Any]:
    asked = LedgerWanted(group=place.group.path)
    if not is_shown:
        return {"told": None, "lists": (), "asked": asked, "says": liaison_words}
    return ledger_of(act, asked, place.group, LedgerFilter(**_sides(act, place.group)), few=FEW)


def _sides(act: Act, group: Group) -> dict[str, Any]:
    """A Question is a matter of allotment; every other group of who sends and who is addressed."""
    if group.kind == GroupKind.QUESTION:
        return {"question_ids": (group.id or 0,)}
    return {"group_ids": ids_of(act, group)}


def _in_group(act: Act, place: Seen, asked: Wanted) -> StatementFilter:
    more: dict[str, Any] = _sides(act, place.group)
    if place.period:
        more["period"] = place.period.code
    return asked.filter(act, **more)


def _may_write(act: Act, group: Group) -> bool:
    return may(act.actor, Permission.DRAFT_STATEMENT, Scope(group.path))


@pages.get("/group/{path:path}/liaisons.ics", dependencies=[limited("api")])
def deadlines(request: Request, act: Reading, path: str, key: Key = "") -> Response:
    """The days by which the group owes answers and awaits them; what is not public for whose key it is."""
    group = seen(act.session, path, today_of(request)).group
    who = reader(request, act, key, f"group:{group.path}")
    return calendar(request, who.act, group.label, LedgerFilter(**_sides(who.act, group)))


@pages.get("/group/{path:path}/liaisons.{form}")
def of_group_as(request: Request, act: Reading, services: Svc, path: str, form: Export, *, asked: Filtered) -> Response:
    place = seen(act.session, path, today_of(request))
    found = listing(act, _in_group(act, place, asked), sort=asked.sort or NEWEST, size=MOST)
    rows: Sequence[StatementOut] = [StatementOut.of(row, services.settings.public_url) for row in found.rows]
    return export(form, f"{place.group.label} liaisons", rows, COLUMNS, total=found.total)
