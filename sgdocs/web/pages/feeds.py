"""Atom feeds, for readers that know no session: public without a key, with what a person may read for whose key it is.

A key stands in the query of the address, since feed readers can send it nowhere else. It opens one feed of one person,
to be read; it is in no log (the server writes no access log) and in no answer, and no referrer carries it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, StringConstraints
from sqlalchemy import ColumnElement
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused, missing
from sgdocs.groups.queries import actor_for
from sgdocs.i18n import N_
from sgdocs.journal.models import Entry
from sgdocs.meetings.listing import reach_of
from sgdocs.notices import feeds
from sgdocs.notices.atom import Feed, atom
from sgdocs.notices.feeds import MOST_ITEMS, Item
from sgdocs.notices.models import FeedKey, Notice
from sgdocs.notices.readable import readable
from sgdocs.people.models import Person
from sgdocs.policy import READ_SCOPE
from sgdocs.web import urls
from sgdocs.web.caching import etag_of, not_modified
from sgdocs.web.deps import Reading, Svc, Writing, services_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import limited
from sgdocs.web.pages.group_places import seen, today_of
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page, see

pages = APIRouter()
TYPE: Final = "application/atom+xml; charset=utf-8"
MINE: Final = "/my/feed.atom"
GROUP: Final = re.compile(r"^/group/([A-Za-z0-9./-]{2,80})/feed\.atom$")
LISTS: Final = {
    "/feed.atom": (N_("Everything"), "/", ()),
    "/doc/feed.atom": (N_("Documents"), "/doc", ("document",)),
    "/meeting/feed.atom": (N_("Meetings"), "/meeting", ("meeting",)),
    "/rec/feed.atom": (N_("Recommendations"), "/rec/T", ("recommendation", "recommendation_text")),
    "/wi/feed.atom": (N_("Work programme"), "/wi", ("work_item",)),
    "/approval/feed.atom": (N_("Approvals"), "/approval", ("process", "announcement")),
    "/event/feed.atom": (N_("Events"), "/event", ("event",)),
    "/announcement/feed.atom": (N_("Announcements of the service"), "/announcement", ("service_notice",)),
    "/liaison/feed.atom": (N_("Liaisons"), "/liaison", ("statement", "statement_addressee")),
}
"""Address -> title, page, kinds of subjects."""
Key = Annotated[str, Query(alias="token", max_length=200)]
Within = Annotated[str, Query(max_length=120, description="a group and its parts: SG15, T/SG15/T25/Q2")]


class FeedForm(BaseModel):
    feed: Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9./-]{0,100}feed\.atom$")]


@dataclass(frozen=True)
class Reader:
    """act: as the person whose key it is, reading alone; as nobody without a key."""

    act: Act
    person: Person | None = None


def reader(request: Request, act: Act, key: str, feed: str) -> Reader:
    """Who reads. NotFound for a key that is unknown, ended, or of another feed. Costs up to six queries."""
    if not key:
        return Reader(Act(act.session, act.actor.anonymous(), act.now))
    found = feeds.person_of_key(act.session, key, feed, act.now)
    if found is None:
        missing("feed", feed)
    person, row = found
    _note_use(request, row, act)
    actor = actor_for(act.session, person, act.now, scopes=[READ_SCOPE])
    return Reader(Act(act.session, actor, act.now), person)


def _note_use(request: Request, row: FeedKey, act: Act) -> None:
    """In a transaction of its own, and only when the last use was long ago."""
    if row.used_at is None or row.used_at < act.now - feeds.USED_EVERY:
        with services_of(request).database.writing() as session:
            feeds.mark_used(session, row, act.now)


def _of_list(address: str) -> None:
    @pages.get(address, dependencies=[limited("api")], name=f"feed {address}")
    def listed(request: Request, act: Reading, key: Key = "", group: Within = "") -> Response:
        title, about, kinds = LISTS[address]
        who = reader(request, act, key, address)
        spoken = language_of(request)
        items = feeds.items(who.act, spoken, *_inside(request, act, group), kinds=kinds)
        here = urls.with_query(address, group=group)
        return _file(request, here, spoken.say(title), urls.with_query(about, group=group), items)


def _inside(request: Request, act: Act, group: str) -> list[ColumnElement[bool]]:
    """The condition of a list that is asked for one group and its parts. NotFound for one that there is not."""
    if not group:
        return []
    found = seen(act.session, group, today_of(request)).group
    return [col(Entry.group_id).in_(reach_of(act.session, found))]


for _address in LISTS:
    _of_list(_address)


@pages.get("/group/{path:path}/feed.atom", dependencies=[limited("api")])
def of_group(request: Request, act: Reading, path: str, key: Key = "") -> Response:
    """What happens in a group and its parts."""
    group = seen(act.session, path, today_of(request)).group
    address = f"{urls.group(group.path)}/feed.atom"
    who = reader(request, act, key, address)
    inside: ColumnElement[bool] = col(Entry.group_id).in_(reach_of(act.session, group))
    return _file(
        request, address, group.label, urls.group(group.path), feeds.items(who.act, language_of(request), inside)
    )


@pages.get(MINE, dependencies=[limited("api")])
def of_person(request: Request, act: Reading, key: Key = "") -> Response:
    """A person's own notices. There is none without a key."""
    who = reader(request, act, key, MINE)
    if who.person is None:
        missing("feed", MINE)
    told = select(Entry).join(Notice, col(Notice.entry_id) == Entry.id)
    told = told.where(Notice.person_id == who.person.id, readable(who.act)).order_by(col(Notice.id).desc())
    entries = act.session.exec(told.limit(MOST_ITEMS)).all()
    spoken = language_of(request)
    items = feeds.items_of(who.act, spoken, entries)
    return _file(request, MINE, spoken.say(N_("My notices")), "/my/notices", items)


def _file(request: Request, address: str, title: str, about: str, items: Sequence[Item]) -> Response:
    site = services_of(request).settings.public_url.rstrip("/")
    content = atom(Feed(title, address, about, items), site, language_of(request).code)
    etag = etag_of(content)
    headers = {"ETag": etag, "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
    return not_modified(request, etag) or Response(content, media_type=TYPE, headers=headers)


# My keys


@pages.get("/my/feeds")
def keys(request: Request, act: Reading, feed: Annotated[str, Query(max_length=150)] = MINE) -> Response:
    return _keys(request, act, me(request, act), blank({"feed": feed}))


@pages.post("/my/feeds")
def make(request: Request, act: Writing, services: Svc, filled: Filled[FeedForm]) -> Response:
    """A key, shown this once in the address that a feed reader is given."""
    person = me(request, act)
    if not filled.ok:
        return _keys(request, act, person, filled, status=422)
    try:
        feed = _known(request, act, filled.value.feed)
        key = feeds.make_key(act, person, feed)
    except Refused as refused:
        return _keys(request, act, person, filled.refused(refused), status=422)
    act.session.flush()
    address = f"{services.settings.public_url.rstrip('/')}{feed}?token={key}"
    return _keys(request, act, person, blank({"feed": feed}), fresh=address)


def _known(request: Request, act: Act, feed: str) -> str:
    """The canonical address of a feed that there is."""
    if feed in (MINE, *LISTS):
        return feed
    named = GROUP.match(feed)
    if named is None:
        missing("feed", feed)
    return f"{urls.group(seen(act.session, named[1], today_of(request)).group.path)}/feed.atom"


@pages.post("/my/feeds/{key_id}/end")
def end(request: Request, act: Writing, key_id: int) -> Response:
    me(request, act)
    feeds.end_key(act, key_id)
    return see(
        "/my/feeds", notice=language_of(request).say(N_("The feed has ended; its address opens nothing any more."))
    )


def _keys(
    request: Request, act: Act, person: Person, filled: Filled[FeedForm], *, fresh: str = "", status: int = 200
) -> Response:
    response = page(
        request,
        "notices/feeds.html",
        status=status,
        filled=filled,
        fresh=fresh,
        rows=feeds.keys_of(act.session, person),
        lists=[(address, title) for address, (title, *_) in LISTS.items()],
        mine=MINE,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
