"""What a handler may ask for: an act that reads, an act that writes, the services.

`act: Reading` is rolled back at its end. `act: Writing` commits before the answer is sent: its scope must
be `function`, since with FastAPI's default the code after `yield` runs when the answer is on its way, and a
commit that fails would still be told as done. `act: Streaming` is a Reading that lives until the last byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import NotAllowed
from sgdocs.base.rulebook import rule
from sgdocs.groups.queries import actor_for
from sgdocs.groups.viewing import View, view_of
from sgdocs.people.models import Person
from sgdocs.people.queries import person_of, person_of_token, presence
from sgdocs.policy import for_files
from sgdocs.web.security import bearer_of, session_cookie
from sgdocs.wiring import Services


@dataclass(frozen=True)
class Visitor:
    """Who asks. person: None for an anonymous visitor; by_token: came with a personal API token.

    view: the secretariat looks through other eyes; actor and person are those of whoever is looked as.
    """

    actor: Actor
    person: Person | None = None
    by_token: bool = False
    view: View | None = None

    @property
    def reader(self) -> Person | None:
        """Whoever sits before the screen: their language and looks are used."""
        return self.view.viewer if self.view else self.person


ANONYMOUS = Visitor(Actor.anonymous())
BAD_TOKEN = rule("web.token", "The token is unknown, has expired or was ended. Make a new one among your tokens.")

VIEW_ONLY = rule("web.view-only", "You look as somebody else: nothing is sent or changed. End the view first.")


def services_of(request: Request) -> Services:
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


def now_of(request: Request) -> datetime:
    """The instant of a request, asked of the application's clock once (tests and training instances move it)."""
    known = getattr(request.state, "now", None)
    if not isinstance(known, datetime):
        known = request.state.now = request.app.state.clock()
    assert isinstance(known, datetime)
    return known


def visitor_of(request: Request, session: Session | None = None) -> Visitor:
    """The visitor, looked up once for each request, on a reading session. Costs up to four SQL queries."""
    known = getattr(request.state, "visitor", None)
    if isinstance(known, Visitor):
        return known
    if session is None:
        with services_of(request).database.reading() as reader:
            found = _look_up(request, reader)
    else:
        found = _look_up(request, session)
    request.state.visitor = found
    return found


def _look_up(request: Request, session: Session) -> Visitor:
    at = now_of(request)
    token = bearer_of(request)
    if token is not None:
        held = person_of_token(session, token, at)
        if held is None:
            return ANONYMOUS
        person, scopes = held
        return Visitor(actor_for(session, person, at, scopes=scopes), person, by_token=True)
    cookie = session_cookie(request)
    if cookie is None:
        return ANONYMOUS
    present = getattr(request.state, "present", None) or presence(session, cookie, at)
    signed_in = person_of(present)
    if present is None or signed_in is None:
        return ANONYMOUS
    view = view_of(session, present.session, signed_in, at)
    if view is not None:
        return Visitor(view.actor, view.person, view=view)
    return Visitor(actor_for(session, signed_in, at), signed_in)


def require_own_eyes(request: Request) -> None:
    """NotAllowed while the secretariat looks as somebody else: nothing is written then."""
    if visitor_of(request).view is not None:
        raise NotAllowed(VIEW_ONLY)


def _site(request: Request) -> str:
    return services_of(request).settings.public_url


def _has_rooms(request: Request) -> bool:
    return bool(services_of(request).settings.room)


def reading(request: Request) -> Iterator[Act]:
    with services_of(request).database.reading() as session:
        actor = visitor_of(request, session).actor
        yield Act(session, actor, now_of(request), site=_site(request), has_rooms=_has_rooms(request))


def reading_files(request: Request) -> Iterator[Act]:
    """For doors of files, where a token of scope `files:read` is enough. NotAllowed for a token that is not good:

    a folder that is kept up to date must not be emptied because its token has ended.
    """
    visitor = visitor_of(request)
    if bearer_of(request) is not None and not visitor.actor.is_known:
        raise NotAllowed(BAD_TOKEN)
    with services_of(request).database.reading() as session:
        yield Act(session, for_files(visitor.actor), now_of(request))


def writing(request: Request) -> Iterator[Act]:
    """The actor is looked up before, on a reading session, so that the writer's lock is held for the act alone."""
    require_own_eyes(request)
    actor = visitor_of(request).actor
    with services_of(request).database.writing() as session:
        yield Act(session, actor, now_of(request), site=_site(request))
    _forget_waiting(request, actor)


def _forget_waiting(request: Request, actor: Actor) -> None:
    """Who wrote something may have done what waited: the bar over the pages is asked anew."""
    kept = getattr(request.app.state, "waiting", None)
    if kept is not None:
        kept.pop(actor.person_id or 0, None)


def who(request: Request) -> Visitor:
    return visitor_of(request)


Svc = Annotated[Services, Depends(services_of)]
Who = Annotated[Visitor, Depends(who)]
Reading = Annotated[Act, Depends(reading, scope="function")]
ReadingFiles = Annotated[Act, Depends(reading_files, scope="function")]
Streaming = Annotated[Act, Depends(reading, scope="request")]
Writing = Annotated[Act, Depends(writing, scope="function")]
