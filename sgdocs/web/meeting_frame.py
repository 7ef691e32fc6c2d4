"""The head that every page of one meeting has: standing, remote links, facts, actions, tabs.

    frame = frame_of(act, code)
    return frame.moved(request, "/agenda") or framed(request, "agenda/show.html", frame, items=items)

A template extends `meetings/_frame.html` and fills its block `panel`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Refusal
from sgdocs.groups.models import Group
from sgdocs.meetings import entering, participants, queries, rules
from sgdocs.meetings.actions.moving import standing_of
from sgdocs.meetings.deadlines import Deadline
from sgdocs.meetings.models import Meeting, Sitting
from sgdocs.meetings.queries import Presence
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.policy import Permission, Scope
from sgdocs.web import meeting_words, urls
from sgdocs.web.render import page


@dataclass(frozen=True)
class MeetingFrame:
    """links: sittings to come with a way in from afar (ways, by id), for those alone who may have it; moves: statuses that those who run the
    meeting may give it today."""

    meeting: Meeting
    group: Group
    presence: Presence
    deadlines: tuple[Deadline, ...]
    sittings: list[Sitting]
    warnings: tuple[Refusal, ...]
    parent: Meeting | None
    registered: int
    may_run: bool
    may_set_deadline: bool
    may_list: bool
    links: list[Sitting] = field(default_factory=list)
    ways: dict[int, str] = field(default_factory=dict)
    moves: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return urls.meeting(self.meeting.code)

    @property
    def letter(self) -> str:
        return meeting_words.LETTERS[rules.letter_of(self.meeting.sector, self.meeting.kind)]

    @property
    def contribution(self) -> Deadline | None:
        return next((each for each in self.deadlines if each.rule == "contribution"), None)

    def moved(self, request: Request, code: str, tail: str = "") -> Response | None:
        """The redirect to the canonical address, or None when this is it."""
        if code == self.meeting.code:
            return None
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(self.address + tail + query, 301)


def frame_of(act: Act, code: str) -> MeetingFrame:
    """The meeting of that code as its pages show it, or NotFound. Costs up to nine queries."""
    return frame_for(act, queries.by_code(act, code))


def frame_for(act: Act, meeting: Meeting) -> MeetingFrame:
    group = queries.group_of(act.session, meeting)
    seen = queries.presence(act, meeting)
    sittings = queries.sittings_of(act.session, meeting)
    is_live = meeting.status in (MeetingStatus.ANNOUNCED, MeetingStatus.OPEN, MeetingStatus.PLANNED)
    to_come = [s for s in sittings if s.cancelled_at is None and s.ends_at >= act.now]
    ways = {s.id or 0: way for s in to_come if (way := entering.way_to(act, meeting, s))}
    may_run = policy.may(act.actor, Permission.CONVENE_MEETING, Scope(group.path))
    return MeetingFrame(
        meeting=meeting,
        group=group,
        presence=seen,
        deadlines=queries.deadlines_of(act.session, meeting),
        sittings=sittings,
        warnings=queries.warnings(act, meeting),
        parent=queries.parent_of(act, meeting),
        registered=participants.count(act.session, meeting),
        may_run=may_run,
        may_set_deadline=policy.may(act.actor, Permission.SET_DEADLINE, Scope(group.path)),
        may_list=policy.reads(act.actor, "members") or seen.sees_links,
        links=[s for s in to_come if s.id in ways] if seen.sees_links and is_live else [],
        ways=ways if seen.sees_links and is_live else {},
        moves=_moves(meeting, geneva_day(act.now)) if may_run else [],
    )


def _moves(meeting: Meeting, today: date) -> list[str]:
    """What may be done next, in the order of a meeting's life; what its form refuses for another reason is there."""
    standing = standing_of(meeting)
    refusals = {to: rules.why_not_move(to, standing, today) for to in rules.MOVES}
    never = (rules.STATUS, rules.NOT_YET, rules.NOT_OVER)
    return [to.value for to, refusal in refusals.items() if refusal is None or refusal.rule not in never]


def framed(
    request: Request,
    template: str,
    frame: MeetingFrame,
    *,
    fragment: str | None = None,
    status: int = 200,
    **context: Any,
) -> Response:
    """The page, with `frame_of` under the name `it` and the words of meetings under `says`."""
    return page(
        request,
        template,
        fragment=fragment,
        status=status,
        it=frame,
        meeting=frame.meeting,
        group=frame.group,
        says=meeting_words,
        **context,
    )
