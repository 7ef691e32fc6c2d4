"""The head that every page of one approval has: where it stands, until when, who holds the ball, what may be done.

    frame = frame_of(act, procedure, number)
    return framed(request, "approval/comments.html", frame, rows=rows)

A template extends `approval/_frame.html` and fills its block `panel`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from fastapi import Request, Response

from sgdocs import policy
from sgdocs.approval import comment_listing, periods, queries, rulings
from sgdocs.approval.actions.comments import may_dispose
from sgdocs.approval.actions.providing import binding_step, may_bring, takes_text
from sgdocs.approval.comment_listing import Counts
from sgdocs.approval.comment_rules import COMMENT_WINDOWS, REPLY_WINDOWS
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.models import Process, Transition, Window
from sgdocs.approval.procedures.build import Table
from sgdocs.approval.procedures.terms import Effect
from sgdocs.approval.revisions import About, Revision, about, revisions_of
from sgdocs.approval.ruling_table import Ruling
from sgdocs.approval.targets import Target, target_of
from sgdocs.approval.workflow import Offer, State, Step
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, Scope
from sgdocs.recommendations.models import Family
from sgdocs.web import approval_words, urls
from sgdocs.web.approval_clocks import Clock, Life, Stay, life
from sgdocs.web.approval_owed import Owed, meetings_of, owed_of
from sgdocs.web.approval_stays import clock_of, state_of, stays
from sgdocs.web.render import language_of, page
from sgdocs.work_programme.models import WorkItem


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
    may_bring: bool
    """The reader may bring a text now."""
    awaits_text: bool
    """The next act is the reader's: the text that he brings moves the approval on, or nothing else is open to him."""

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
    def open_offers(self) -> list[Offer[ProcessFacts]]:
        return [offer for offer in self.offers if offer.is_open]

    @property
    def barred_offers(self) -> list[Offer[ProcessFacts]]:
        return [offer for offer in self.offers if not offer.is_open]

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
    def counts_on(self) -> date | None:
        """The day an approval will be dated if nothing stands against it; None when no window runs that leads to one."""
        if not self.runs or self.process.closes_on is None:
            return None
        facts = ProcessFacts(
            self.today, self.process.changed_at, self.process.rules, window_closes_on=self.process.closes_on
        )
        for step, _ in self.next_steps:
            if step.on_expiry and Effect.BRING_INTO_FORCE in step.effects:
                return step.dated(facts, self.process.closes_on) if step.dated else self.process.closes_on
        return None

    @property
    def kept(self) -> list[tuple[Ruling, str]]:
        """The dated settings of the procedure with the values that the process keeps."""
        told = ((ruling, self.process.rules.get(name)) for name, ruling in rulings.USUAL.items())
        return [(ruling, str(value)) for ruling, value in told if value and self.procedure.id in ruling.procedures]

    @property
    def next_steps(self) -> list[tuple[Step[ProcessFacts], State]]:
        """What can happen from here, whoever does it, and where it leads."""
        table = self.target.procedure
        here = (step for step in table.steps if self.process.state in step.start)
        return [(step, state_of(table, step.end)) for step in here]

    @cached_property
    def foreseen(self) -> list[Stay]:
        """What was and is, and the approval that comes if nothing stands against it."""
        if self.counts_on is None:
            return self.stays
        expected = Stay(N_("Approval, if nothing stands against it"), "A", self.counts_on, self.counts_on)
        return [*self.stays, replace(expected, meaning="force", is_expected=True)]

    @property
    def picture(self) -> Life | None:
        return life(self.foreseen, self.today, mirrored=self.is_mirrored)

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
    offers = queries.offered(act, target).offers
    brings = may_bring(act, target)
    return ApprovalFrame(
        process=process,
        target=target,
        windows=queries.windows_of(act.session, process),
        transitions=queries.transitions_of(act.session, process),
        offers=offers,
        owed=owed_of(act, process, today, with_names=reads_papers),
        counts=comment_listing.counts_of(act, process),
        replies=len(queries.replies_of(act, process)),
        revisions=revisions_of(act, process),
        meetings=meetings_of(act, process),
        today=today,
        is_mirrored=is_mirrored,
        reads_papers=reads_papers,
        may_send=policy.may(act.actor, Permission.COMMENT, scope),
        may_answer=policy.may(act.actor, Permission.REPLY, scope)
        or (process.procedure == "deletion" and policy.may(act.actor, Permission.COMMENT, scope)),
        may_hold=policy.may(act.actor, Permission.HOLD_CLOSING) and process.is_open,
        may_dispose=may_dispose(act, process),
        may_take_position=policy.may(act.actor, Permission.TAKE_POSITION, scope),
        may_bring=brings,
        awaits_text=brings
        and (binding_step(act, target) is not None or (takes_text(process) and not any(o.is_open for o in offers))),
    )


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
