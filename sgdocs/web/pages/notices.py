"""My notices, what I follow, and how often I want to hear of what."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.i18n import N_
from sgdocs.notices import following, queries
from sgdocs.notices.queries import NoticeFilter
from sgdocs.notices.schemas import ReadForm, Scope, SubscriptionForm
from sgdocs.notices.things import thing_of
from sgdocs.notices.topics import KINDS, TOPICS, Often
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled, blank
from sgdocs.web.notice_words import HEADINGS, OFTEN, row_of, said_of
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/my")
SETTINGS = "/my/notices/settings"
MOST_EXPORTED = 5000
Topic = Annotated[str, Query(max_length=30)]
New = Annotated[bool, Query(alias="new", description="those alone that were not read")]


class PreferencesForm(BaseModel):
    """often: `topic=how`, one for each topic."""

    often: list[str] = []


class BackForm(BaseModel):
    scope: Scope


@pages.get("/notices")
def notices(
    request: Request,
    act: Reading,
    topic: Topic = "",
    new: New = False,
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    """What I was told, the newest first."""
    me(request, act)
    found = queries.mine(act, language_of(request), NoticeFilter(topic, new), number=number)

    def address_of(n: int) -> str:
        return urls.with_query("/my/notices", topic=topic, new="true" if new else "", page=n if n > 1 else "")

    return page(
        request,
        "notices/index.html",
        fragment="rows",
        found=found,
        unread=queries.unread(act),
        topics=TOPICS,
        topic=topic,
        new=new,
        address_of=address_of,
        asked=urls.with_query("", topic=topic, new="true" if new else "").removeprefix("?"),
    )


@pages.get("/notices.{form}")
def exported(request: Request, act: Reading, form: Export, topic: Topic = "", new: New = False) -> Response:
    """The list as a file, its newest five thousand rows."""
    me(request, act)
    found = queries.mine(act, language_of(request), NoticeFilter(topic, new), size=MOST_EXPORTED)
    rows = [row_of(request, told) for told in found.rows]
    return export(form, "notices", rows, said_of(request, HEADINGS), total=found.total)


@pages.post("/notices/read")
def mark_read(request: Request, act: Writing, filled: Filled[ReadForm]) -> Response:
    """Some as read, or all."""
    person = me(request, act)
    following.mark_read(act, person, filled.value.ids if filled.ok else [-1])
    return see("/my/notices")


@pages.get("/notices/settings")
def settings(request: Request, act: Reading) -> Response:
    return _settings(request, act, blank())


@pages.post("/notices/settings")
def choose(request: Request, act: Writing, filled: Filled[PreferencesForm]) -> Response:
    """How often for each topic; a topic that is not named stays as it is."""
    person = me(request, act)
    for each in filled.value.often if filled.ok else []:
        topic, _, often = each.partition("=")
        if topic in TOPICS and often in set(Often):
            following.prefer(act, person, topic, Often(often))
    return see(SETTINGS, notice=language_of(request).say(N_("Your choice is saved.")))


def _settings(request: Request, act: Act, filled: Filled[BaseModel]) -> Response:
    person = me(request, act)
    return page(
        request,
        "notices/settings.html",
        filled=filled,
        topics=TOPICS,
        chosen=queries.preferences(act, person),
        often=OFTEN,
        followed=queries.followed(act, person),
    )


@pages.get("/follow")
def follow_page(request: Request, act: Reading, scope: Scope) -> Response:
    """One thing: whether I follow it, of which topics, and how to stop."""
    return _follow(request, act, scope, blank())


@pages.post("/follow")
def follow(request: Request, act: Writing, filled: Filled[SubscriptionForm]) -> Response:
    person = me(request, act)
    if not filled.ok:
        return _follow(request, act, filled.first("scope") or "all", filled, status=422)
    form = filled.value
    try:
        following.follow(act, person, form.scope, form.topics)
    except Refused as refused:
        return _follow(request, act, form.scope, filled.refused(refused), status=422)
    return _told(request, form.scope, N_("You follow this from now on."))


@pages.post("/follow/stop")
def stop(request: Request, act: Writing, filled: Filled[BackForm]) -> Response:
    """Neither followed nor muted any more; also for what I may not read now."""
    person = me(request, act)
    following.stop(act, person, filled.first("scope"))
    return see(SETTINGS, notice=language_of(request).say(N_("You do not follow this any more.")))


@pages.post("/follow/mute")
def mute(request: Request, act: Writing, filled: Filled[BackForm]) -> Response:
    person = me(request, act)
    scope = filled.first("scope")
    thing_of(act, scope)
    following.mute(act, person, scope)
    return _told(request, scope, N_("You are not told of this any more."))


def _told(request: Request, scope: str, says: str) -> Response:
    return see(urls.with_query("/my/follow", scope=scope), notice=language_of(request).say(says))


def _follow(request: Request, act: Act, scope: str, filled: Filled[SubscriptionForm], *, status: int = 200) -> Response:
    person = me(request, act)
    thing = thing_of(act, scope)
    held = next(iter(queries.followed(act, person, scope)), None)
    known = KINDS.get(thing.kind, tuple(TOPICS))
    start = blank({"scope": scope, "topics": list(held.topics) if held is not None and held.topics else list(known)})
    return page(
        request,
        "notices/follow.html",
        status=status,
        thing=thing,
        held=held,
        topics=[(topic, TOPICS[topic].title) for topic in known],
        filled=start if not filled.errors else filled,
    )
