"""The page behind the link in a letter: it shows what can be stopped, and its buttons stop it. No signing in."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.groups.queries import actor_for
from sgdocs.i18n import N_
from sgdocs.notices import following, queries, stopping
from sgdocs.notices.things import things_of
from sgdocs.notices.topics import TOPICS, Often, usual
from sgdocs.people.models import Person
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Svc, Writing, services_of
from sgdocs.web.forms import Filled
from sgdocs.web.limits import limited
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/stop", dependencies=[limited("api")])
ONE_CLICK = "One-Click"
DONE = N_("It is done. The page of your notices still shows everything.")


class StopForm(BaseModel):
    """what: thing, topic, all; again: take it back."""

    what: str
    again: bool = False


@pages.get("/{words}")
def show(request: Request, act: Reading, words: str) -> Response:
    """Changes nothing: programs that look at mail open every link."""
    return _page(request, act, words)


@pages.post("/{words}")
def stop(request: Request, act: Writing, services: Svc, words: str, filled: Filled[StopForm]) -> Response:
    """One thing, one topic, or all summaries and letters but those that a rule sends; or back to what is usual.

    A mail program that unsubscribes by one click says `List-Unsubscribe=One-Click` and is answered without a redirect: what
    told the reader of that letter is stopped. Source: RFC 8058 clause 3.2.
    """
    asked = stopping.read(services.settings.secret, words)
    if filled.first("List-Unsubscribe") == ONE_CLICK:
        _stop(act, asked, "thing" if asked.scope else "topic" if asked.topic else "all", again=False)
        return PlainTextResponse(language_of(request).say(DONE))
    _stop(act, asked, filled.first("what"), again=filled.first("again") == "true")
    return see(urls.path("stop", words), notice=language_of(request).say(DONE))


def _stop(act: Act, asked: stopping.Stop, what: str, *, again: bool) -> None:
    own, person = _as_person(act, asked.person_id)
    if what == "thing" and asked.scope:
        _of_thing(own, person, asked.scope, again=again)
    elif what in ("topic", "all"):
        for topic in [asked.topic] if what == "topic" and asked.topic in TOPICS else TOPICS if what == "all" else []:
            following.prefer(own, person, topic, usual(topic) if again else Often.OFF)


def _of_thing(own: Act, person: Person, scope: str, *, again: bool) -> None:
    if again:
        following.follow(own, person, scope)
    else:
        following.stop(own, person, scope)


def _as_person(act: Act, person_id: int) -> tuple[Act, Person]:
    """The act as the person whom the letter went to: the signed words stand for signing in, for this alone."""
    person = act.session.get(Person, person_id) or missing("person", person_id)
    return Act(act.session, actor_for(act.session, person, act.now), act.now), person


def _page(request: Request, act: Act, words: str) -> Response:
    asked = stopping.read(services_of(request).settings.secret, words)
    own, person = _as_person(act, asked.person_id)
    thing = things_of(own, [asked.scope]).get(asked.scope) if asked.scope else None
    chosen: dict[str, Any] = queries.preferences(own, person)
    response = page(
        request,
        "notices/stop.html",
        asked=asked,
        thing=thing,
        follows=bool(asked.scope) and any(not each.is_muted for each in queries.followed(own, person, asked.scope)),
        topic=TOPICS.get(asked.topic),
        topic_is_off=chosen.get(asked.topic) == Often.OFF,
        all_off=all(often == Often.OFF for often in chosen.values()),
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
