"""The work of a group on its page: what is at work, by Question, with target dates."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.records import Record, record_of
from sgdocs.groups.rules import GroupKind
from sgdocs.policy import Permission, Scope, may
from sgdocs.web import urls, work_words
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.pages.group_places import Seen, moved, seen, today_of
from sgdocs.web.pages.groups import GroupPage, framed
from sgdocs.web.pages.work_programme import MOST
from sgdocs.web.work_charting import drawn, legend_of
from sgdocs.web.work_filters import Filtered, Wanted, places_of
from sgdocs.work_programme.filtering import ItemFilter
from sgdocs.work_programme.listing import listing
from sgdocs.work_programme.outgoing import COLUMNS, ItemOut

pages = APIRouter()

SIZE: Final = 300


@pages.get("/group/{path:path}/work")
def of_group(request: Request, act: Reading, path: str, asked: Filtered) -> Response:
    """What the group works on, in the period of the address or today; ended items too with `?status=any`."""
    place = seen(act.session, path, today_of(request))
    there = moved(request, place, path, "/work")
    if there is not None:
        return there
    record = record_of(act.session, place.group, today_of(request), period=place.period)
    wanted = _in_group(act, place, asked, record)
    found = listing(act, wanted, sort=asked.sort or "question", size=SIZE)
    today = geneva_day(act.now)
    return framed(
        request,
        "work_programme/group.html",
        GroupPage(place, record),
        found=found,
        asked=asked,
        says=work_words,
        today=today,
        chart=drawn(request, act, wanted, found.rows, today),
        legend=legend_of(request, found.rows, today),
        by_question=place.group.kind != GroupKind.QUESTION,
        may_propose=may(act.actor, Permission.PROPOSE_ITEM, Scope(place.group.path)),
        files=urls.with_query("", **asked.query).removeprefix("?"),
    )


@pages.get("/group/{path:path}/work.{form}")
def of_group_as(request: Request, act: Reading, services: Svc, path: str, form: Export, *, asked: Filtered) -> Response:
    place = seen(act.session, path, today_of(request))
    record = record_of(act.session, place.group, today_of(request), period=place.period)
    found = listing(act, _in_group(act, place, asked, record), sort=asked.sort or "question", size=MOST)
    rows = [ItemOut.of(row, services.settings.public_url) for row in found.rows]
    return export(form, f"{place.group.label} work", rows, COLUMNS, total=found.total)


def _in_group(act: Act, place: Seen, asked: Wanted, record: Record) -> ItemFilter:
    """Items of the group and its parts; a period in the address means all that it had, ended or not.

    Of a study group of ITU-T the parts are known from its record: no query.
    """
    group = place.group
    is_whole = group.sector == "T" and group.kind not in (GroupKind.QUESTION, GroupKind.WORKING_PARTY)
    parts = tuple(row.group.id or 0 for row in record.children)
    more: dict[str, Any] = {"group_ids": (group.id or 0, *parts)} if is_whole else {**places_of(act.session, group)}
    if place.period:
        more |= {"period": place.period.code, "is_active": None}
    return asked.filter(act, **more)
