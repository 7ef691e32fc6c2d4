"""The head that every page of one approval has: where it stands, until when, who holds the ball, what may be done.

    frame = frame_of(act, procedure, number)
    return framed(request, "approval/comments.html", frame, rows=rows)

A template extends `approval/_frame.html` and fills its block `panel`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from fastapi import Request, Response
from sqlmodel import SQLModel, col, select

from sgdocs import policy
from sgdocs.approval import comment_listing, periods, queries, rulings
from sgdocs.approval.actions.comments import may_dispose
from sgdocs.approval.comment_listing import Counts
from sgdocs.approval.comment_rules import COMMENT_WINDOWS, REPLY_WINDOWS
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.models import Process, Transition, Window
from sgdocs.approval.procedures.build import Table
from sgdocs.approval.revisions import About, Revision, about, revisions_of
from sgdocs.approval.targets import Target, target_of
from sgdocs.approval.workflow import Offer, State, Step
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import Permission, Scope
from sgdocs.recommendations.models import Family
from sgdocs.web import approval_words, urls
from sgdocs.web.approval_clocks import Clock, Life, Stay, life
from sgdocs.web.approval_stays import clock_of, state_of, stays
from sgdocs.web.render import language_of, page
from sgdocs.work_programme.models import WorkItem

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Owed:
    """Something that somebody owes. who: a role or a name; href: their page, "" for roles."""

    who: str
    href: str
    kind: str
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class Taken:
    """A step that was taken, with the titles of its table."""

    row: Transition
    title: str
    from_title: str
    to_title: str
    meeting: Meeting | None


@dataclass(frozen=True)
class ApprovalFrame:
    """windows, transitions: the oldest first; offers: steps that the reader's roles may take from here; counts: of
    comments, none for those who may not read them; today: the Geneva day."""

    process: Process
    target: Target
    windows: Sequence[Window]
    transitions: Sequence[Transition]
    offers: Sequence[Offer[ProcessFacts]]
    owed: Sequence[Owed]
    counts: Counts
    replies: int
    revisions: Sequence[Revision]
    meetings: dict[int, Meeting]
    today: date
    is_mirrored: bool
    reads_papers: bool
    may_send: bool
    may_answer: bool
    may_hold: bool
    may_dispose: bool
    may_take_position: bool

    @property
    def address(self) -> str:
        return urls.approval(self.process.number)

    @property
    def scope(self) -> Scope:
        return Scope(self.target.group.path)

    @property
    def procedure(self) -> Table:
        return self.target.procedure

    @property
    def group(self) -> Group:
        return self.target.group

    @property
    def question(self) -> Group | None:
        return self.target.question

    @property
    def item(self) -> WorkItem | None:
        return self.target.item

    @property
    def family(self) -> Family | None:
        return self.target.family

    @cached_property
    def state(self) -> State:
        return state_of(self.target.procedure, self.process.state)

    @property
    def window(self) -> Window | None:
        """The one that runs, or ran last."""
        return self.windows[-1] if self.windows else None

    @property
    def clock(self) -> Clock | None:
        return clock_of(self.window, self.today)

    @property
    def runs(self) -> bool:
        """Whether a window is open, or waits for its closing."""
        return self.process.is_open and bool(self.state.window) and self.window is not None

    @property
    def holders(self) -> list[str]:
        return [self.state.holder] if self.state.holder else []

    @property
    def meaning(self) -> str:
        is_late = any(each.is_late for each in self.owed) and not self.state.window
        return approval_words.meaning(
            self.state.id, window=self.state.window, is_final=self.state.is_final, is_late=is_late
        )

    @property
    def since(self) -> date | None:
        return self.transitions[-1].happened_on if self.transitions else None

    @property
    def announced_on(self) -> date | None:
        """The day of the announcement that takes it along, where announcements have their days."""
        if not self.process.queued_for or self.process.procedure != "aap":
            return None
        kept, today = self.process.rules, self.today
        days, shift = rulings.numbers(kept, "aap_days", today), rulings.text(kept, "aap_shift", today)
        return periods.announcing_day_of(today, days, shift)

    @property
    def bound(self) -> About:
        return about(self.revisions, self.process.document_part, self.process.sha256)

    @cached_property
    def stays(self) -> list[Stay]:
        is_late = any(each.is_late for each in self.owed)
        return stays(self.target.procedure, self.transitions, self.windows, self.process, is_late=is_late)

    @property
    def steps(self) -> list[Taken]:
        """What was done, the oldest first."""
        table = self.target.procedure
        known: dict[str, Step[ProcessFacts]] = {step.id: step for step in table.steps}
        return [
            Taken(
                row,
                known[row.step].title if row.step in known else row.step,
                state_of(table, row.from_state).title,
                state_of(table, row.to_state).title,
                self.meetings.get(row.meeting_id or 0),
            )
            for row in self.transitions
        ]

    @property
    def next_steps(self) -> list[tuple[Step[ProcessFacts], State]]:
        """What can happen from here, whoever does it, and where it leads."""
        table = self.target.procedure
        here = (step for step in table.steps if self.process.state in step.start)
        return [(step, state_of(table, step.end)) for step in here]

    @property
    def picture(self) -> Life | None:
        return life(self.stays, self.today, mirrored=self.is_mirrored)

    @property
    def meeting(self) -> Meeting | None:
        return self.meetings.get(self.process.meeting_id or 0)

    @property
    def deciding(self) -> Meeting | None:
        return self.meetings.get(self.process.decision_meeting_id or 0)

    @property
    def comments(self) -> int:
        return self.counts.total

    @property
    def may_comment(self) -> bool:
        return self.may_send and self.runs and self.state.window in COMMENT_WINDOWS

    @property
    def may_reply(self) -> bool:
        return self.may_answer and self.runs and self.state.window in REPLY_WINDOWS

    @property
    def takes_replies(self) -> bool:
        kinds = {self.state.window, *(window.kind for window in self.windows)}
        return self.reads_papers and not kinds.isdisjoint(REPLY_WINDOWS)

    @property
    def takes_positions(self) -> bool:
        return self.reads_papers and self.process.decision_meeting_id is not None


def frame_of(act: Act, procedure: str, number: str, *, is_mirrored: bool = False) -> ApprovalFrame:
    """The approval of that address as its pages show it, or NotFound."""
    return frame_for(act, queries.by_number(act, f"{procedure}/{number}"), is_mirrored=is_mirrored)


def frame_for(act: Act, process: Process, *, is_mirrored: bool = False) -> ApprovalFrame:
    target = target_of(act, process)
    scope = Scope(target.group.path)
    reads_papers = comment_listing.may_read(act, process)
    today = geneva_day(act.now)
    return ApprovalFrame(
        process=process,
        target=target,
        windows=queries.windows_of(act.session, process),
        transitions=queries.transitions_of(act.session, process),
        offers=queries.offered(act, target).offers,
        owed=_owed(act, process, today, with_names=reads_papers),
        counts=comment_listing.counts_of(act, process),
        replies=len(queries.replies_of(act, process)),
        revisions=revisions_of(act, process),
        meetings=_meetings(act, process),
        today=today,
        is_mirrored=is_mirrored,
        reads_papers=reads_papers,
        may_send=policy.may(act.actor, Permission.COMMENT, scope),
        may_answer=policy.may(act.actor, Permission.REPLY, scope)
        or (process.procedure == "deletion" and policy.may(act.actor, Permission.COMMENT, scope)),
        may_hold=policy.may(act.actor, Permission.HOLD_CLOSING) and process.is_open,
        may_dispose=may_dispose(act, process),
        may_take_position=policy.may(act.actor, Permission.TAKE_POSITION, scope),
    )


def _owed(act: Act, process: Process, today: date, *, with_names: bool) -> list[Owed]:
    """Who owes what; people by name only to those who know the members. Costs up to three queries."""
    rows = [row.obligation for row in queries.obligations_of(act, process)]
    people = _of(act, Person, [row.person_id for row in rows]) if with_names else {}
    entities = _of(act, Organisation, [row.organisation_id for row in rows])
    found = []
    for row in rows:
        person, entity = people.get(row.person_id), entities.get(row.organisation_id)
        who, href = approval_words.holder(row.role), ""
        if person is not None:
            who, href = person.name, urls.person(person.slug)
        elif entity is not None:
            who, href = entity.name, urls.organisation(entity.slug)
        found.append(Owed(who, href, row.kind, row.due_on, row.due_on is not None and row.due_on < today))
    return found


def _meetings(act: Act, process: Process) -> dict[int, Meeting]:
    ids = [process.meeting_id, process.decision_meeting_id]
    found = _of(act, Meeting, [*ids, *(row.meeting_id for row in queries.transitions_of(act.session, process))])
    return {id: row for id, row in found.items() if id is not None}


def _of(act: Act, table: type[Row], ids: Sequence[int | None]) -> dict[int | None, Row]:
    """Rows by their id; no query for none."""
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    key: Any = table.id  # type: ignore[attr-defined]
    return {getattr(row, "id", None): row for row in act.session.exec(select(table).where(col(key).in_(wanted)))}


def framed(
    request: Request,
    template: str,
    frame: ApprovalFrame,
    *,
    fragment: str | None = None,
    status: int = 200,
    **context: Any,
) -> Response:
    """The page, with the frame under the name `it` and the words of approvals under `says`."""
    return page(
        request,
        template,
        fragment=fragment,
        status=status,
        it=frame,
        process=frame.process,
        says=approval_words,
        **context,
    )


def is_mirrored(request: Request) -> bool:
    """Whether pictures run from the right."""
    return language_of(request).direction == "rtl"
