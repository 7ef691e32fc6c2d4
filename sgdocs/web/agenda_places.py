"""Which meeting and which of its groups a page of agenda or proceedings shows, and what the visitor may do there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import NotAllowed, NotFound, Refused, missing
from sgdocs.groups.models import Group
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, Scope, may
from sgdocs.proceedings import queries
from sgdocs.web import paper_words, proceeding_words, urls
from sgdocs.web.render import language_of, page, see


@dataclass(frozen=True)
class Place:
    """groups: that sit in the meeting, its own first; chosen: whose agenda, decisions, report are shown."""

    meeting: Meeting
    groups: list[Group]
    chosen: Group
    may_edit: bool
    may_allot: bool
    may_keep: bool
    reads_papers: bool

    @property
    def own(self) -> Group:
        return self.groups[0]

    @property
    def address(self) -> str:
        return urls.meeting(self.meeting.code)

    @property
    def path(self) -> str:
        """Of the chosen group, "" for that of the meeting: so that addresses stay short."""
        return "" if self.chosen.id == self.own.id else self.chosen.path

    def at(self, tail: str, **more: object) -> str:
        """An address of the meeting for the chosen group: `at("/agenda")`."""
        return urls.with_query(self.address + tail, group=self.path, **more)

    def of(self, tail: str, group: Group) -> str:
        path = "" if group.id == self.own.id else group.path
        return urls.with_query(self.address + tail, group=path)

    def group(self, id: int) -> Group | None:
        return next((group for group in self.groups if group.id == id), None)

    def moved(self, request: Request, code: str, tail: str) -> Response | None:
        """The redirect to the canonical address, or None when this is it."""
        if code == self.meeting.code:
            return None
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(self.address + tail + query, 301)


def place_of(act: Act, code: str, path: str = "") -> Place:
    """The meeting of that code and its group of that path ("" for its own), or NotFound."""
    meeting = meetings.by_code(act, code)
    groups = meetings.groups_of(act.session, meeting)
    chosen = next((group for group in groups if path.lower() in ("", group.path.lower())), None)
    if chosen is None:
        missing("group", path)
    scope = Scope(chosen.path)
    return Place(
        meeting,
        groups,
        chosen,
        may_edit=may(act.actor, Permission.EDIT_AGENDA, scope),
        may_allot=may(act.actor, Permission.ALLOT, scope),
        may_keep=may(act.actor, Permission.KEEP_PROCEEDINGS, scope),
        reads_papers=queries.may_read(act, meeting),
    )


def shown(
    request: Request, template: str, place: Place, *, tail: str = "/agenda", status: int = 200, **context: Any
) -> Response:
    """The page with the place under `it`. tail: which tab is current, as it stands after the meeting's address."""
    return page(
        request,
        template,
        status=status,
        it=place,
        tail=tail,
        meeting=place.meeting,
        chosen=place.chosen,
        paper=paper_words,
        says=proceeding_words,
        **context,
    )


def done(request: Request, act: Act, verb: Callable[[], object], back: str, words: str) -> Response:
    """Do it and go back with a word; a refusal is told there, and nothing of it is written.

    For buttons that have no form to be shown again. NotAllowed and NotFound are errors of their own.
    """
    spoken = language_of(request)
    try:
        with act.session.begin_nested():
            verb()
    except (NotAllowed, NotFound):
        raise
    except Refused as refused:
        return see(back, notice=spoken.refusal(refused))
    return see(back, notice=spoken.say(words))
