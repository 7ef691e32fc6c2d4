"""A text of Q2/13 on its way, told step by step with a clock moved by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from sgdocs.approval import actions
from sgdocs.approval.models import Process, Transition, Window
from sgdocs.approval.schemas import NumberForm, StepForm, TextForm
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import GENEVA
from sgdocs.documents.models import Allocation, Document, Version
from sgdocs.groups.models import Group
from sgdocs.meetings.agenda_rules import ItemKind
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.proceedings.actions import texts
from sgdocs.work_programme.models import ItemEditor, WorkItem
from tests.cast import Cast, Player
from tests.documents.papers import file, paper
from tests.make import Make
from tests.work_programme.base_item import item_row
from tests.work_programme.items import meeting

MARCH = datetime(2026, 3, 4, 15, 0, tzinfo=GENEVA)
"""A Wednesday of the meeting of SG13, 2 to 6 March 2026."""


def geneva(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=GENEVA)


@dataclass
class Story:
    """now: moved by hand. item: the work item, its text announced at the meeting that is in session."""

    cast: Cast
    meeting: Meeting
    item: WorkItem
    text: Document
    now: datetime = MARCH

    @property
    def make(self) -> Make:
        return self.cast.make

    @property
    def session(self) -> Session:
        return self.make.session

    def act(self, player: Player) -> Act:
        return Act(self.session, player.actor, self.now)

    @property
    def clock(self) -> Act:
        return Act(self.session, Actor.clock(), self.now)

    def at(self, now: datetime) -> "Story":
        self.now = now
        return self

    def decides(
        self, step: str, thing: Process | WorkItem | None = None, by: Player | None = None, **form: Any
    ) -> Process:
        """The meeting decides, entered by the chair."""
        target = thing or self.item
        state = target.state if isinstance(target, Process) else ""
        return texts.take(self.act(by or self.cast.chair), target, step, state, StepForm(**form))

    def steps(self, process: Process, step: str, by: Player | None = None, **form: Any) -> Process:
        return texts.take(self.act(by or self.cast.chair), process, step, process.state, StepForm(**form))

    def revises(self, part: str, digest: str, document: Document | None = None) -> None:
        """A revision is posted now."""
        wanted = document or self.text
        was, self.make.act.now = self.make.act.now, self.now
        file(self.make, wanted, part, sha256=digest * 64, text="kept")
        self.make.act.now = was

    def closes(self) -> int:
        """The worker's round."""
        closed = 0
        while n := actions.close_due(self.clock):
            closed += n
        return closed

    def path(self, process: Process) -> list[str]:
        moves = select(Transition).where(Transition.process_id == process.id).order_by(col(Transition.number))
        return [move.step for move in self.session.exec(moves)]

    def days(self, process: Process) -> list[date]:
        moves = select(Transition).where(Transition.process_id == process.id).order_by(col(Transition.number))
        return [move.happened_on for move in self.session.exec(moves)]

    def windows(self, process: Process) -> list[tuple[str, date, date]]:
        rows = self.session.exec(select(Window).where(Window.process_id == process.id).order_by(col(Window.id)))
        return [(row.kind, row.opens_on, row.closes_on) for row in rows]


def agenda_item(make: Make, of: Meeting, group: Group, kind: str = ItemKind.CONSENT) -> AgendaItem:
    row = AgendaItem(meeting_id=of.id or 0, group_id=group.id or 0, position=1, kind=kind, title=kind)
    return make.add(row)  # type: ignore[no-any-return]


def listed(make: Make, of: Meeting, document: Document, group: Group, kind: str, at: datetime) -> Allocation:
    """The document stands under such an item of the meeting."""
    where = agenda_item(make, of, group, kind)
    row = Allocation(
        document_id=document.id or 0, meeting_id=of.id or 0, agenda_item_id=where.id or 0, by_hand=True, allotted_at=at
    )
    return make.add(row)  # type: ignore[no-any-return]


def story(cast: Cast, *, process: str = "aap", kind: str = ItemKind.CONSENT, **facts: Any) -> Story:
    """Y.slice of Q2/13 with a summary, an editor and the question on patents asked; its text on the agenda of SG13."""
    cast.summon(
        "chair", "counsellor", "tsb", "rapporteur", "editor", "delegate_member", "delegate_state", "focal_point"
    )
    make = cast.make
    here = meeting(make)
    text = paper(make, 45, meeting=here.code, title="Draft new Recommendation Y.slice", posted_at=geneva(2, 2))
    row = file(make, text, sha256="a" * 64, text="kept")
    make.session.flush()
    told = {"summary": "What a slice is.", "ipr_asked_meeting_id": here.id, "process": process} | facts
    item = item_row(make, cast.sg13, question=cast.q2, **told)
    item.base_document_id, item.base_sha256 = text.id, row.sha256
    make.add(item)
    make.add(ItemEditor(work_item_id=item.id or 0, person_id=cast.editor.person.id, name=cast.editor.person.name))
    _posted_at(make, text, geneva(2, 2))
    listed(make, here, text, cast.sg13, kind, geneva(2, 20))
    return Story(cast, here, item, text)


def _posted_at(make: Make, document: Document, at: datetime) -> None:
    for version in make.session.exec(select(Version).where(Version.document_id == document.id)):
        version.submitted_at = at
        make.add(version)


def in_last_call(told: Story) -> Process:
    """Consented on 4 March, the text in on the 10th, asked for on the 11th, announced on the 16th; number Y.3199."""
    process = told.decides("consent")
    told.at(geneva(3, 10))
    told.revises("R1", "b")
    actions.provide_text(told.act(told.cast.editor), process, TextForm(document=told.text.name))
    actions.give_number(told.act(told.cast.tsb), process, NumberForm(identifier="Y.3199"))
    told.at(geneva(3, 11))
    actions.request(told.act(told.cast.chair), process)
    told.at(geneva(3, 16, 0, 1))
    announced = actions.announce(told.clock)
    assert announced.left == (), [(p.number, r.message) for p, r in announced.left]
    return process


def every(session: Session, table: type[Any], *conditions: Any) -> Sequence[Any]:
    return session.exec(select(table).where(*conditions).order_by(col(table.id))).all()
