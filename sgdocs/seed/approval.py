"""Texts of the demonstration on their ways to approval, played in the order of their days. Loading again changes nothing.

Each tale is told by events; the clock of the tale closes windows and makes announcements between them, as the worker would.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlmodel import col, select

from sgdocs.approval import actions, queries
from sgdocs.approval.actions.comments import comment, dispose
from sgdocs.approval.actions.replies import reply
from sgdocs.approval.comment_schemas import CommentForm, DisposalForm, ReplyForm
from sgdocs.approval.models import Process
from sgdocs.approval.periods import announcing_days
from sgdocs.approval.schemas import NumberForm, StepForm
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import GENEVA, geneva_day
from sgdocs.documents.actions.corrections import correct
from sgdocs.documents.models import Document
from sgdocs.groups.queries import actor_for
from sgdocs.meetings.actions import agenda
from sgdocs.meetings.agenda import agenda_of
from sgdocs.meetings.agenda_templates import Template
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import group_of
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.people.queries import by_email
from sgdocs.proceedings.actions import texts
from sgdocs.seed import approval_radio
from sgdocs.seed.approval_tales import BEFORE, NEXT, NOW, TALES, Tale
from sgdocs.seed.cast import DOMAIN
from sgdocs.seed.documents import another, keep, submit
from sgdocs.storage.store import BlobStore
from sgdocs.work_programme import actions as work
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.queries import find
from sgdocs.work_programme.schemas import EditorForm, ItemForm, SupportForm

SUPPORTERS = (
    "Administration of Fictavia",
    "Administration of Inventia",
    "Imaginary Networks Ltd",
    "University of Nowhere",
)
Event = tuple[datetime, Callable[[datetime], None]]


def load(act: Act, blobs: BlobStore, meetings: Mapping[str, Meeting]) -> int:
    """Play the tales when there is no process yet; returns how many. meetings: by their key in the plan."""
    if (
        not {BEFORE, NOW, NEXT, approval_radio.MEETING} <= set(meetings)
        or act.session.exec(select(Process.id)).first() is not None
    ):
        return 0
    stage = _Stage(act, blobs, meetings)
    with _as_it_was(act, meetings[BEFORE]):
        stage.fill_agenda(meetings[BEFORE])
        stage.fill_agenda(meetings[NOW])
        events = [event for tale in TALES for event in stage.tell(tale)]
        with _as_it_was(act, meetings[approval_radio.MEETING]):
            events += approval_radio.tell(act, blobs, meetings[approval_radio.MEETING], stage.at, noon)
            stage.play(events)
    return len(TALES) + 1


@contextmanager
def _as_it_was(act: Act, meeting: Meeting) -> Iterator[None]:
    """The meeting is open, as it was on its days."""
    was, meeting.status = meeting.status, MeetingStatus.OPEN.value
    act.session.add(meeting)
    act.session.flush()
    yield
    meeting.status = was
    act.session.add(meeting)
    act.session.flush()


@dataclass
class _Stage:
    """The house while the tales are told. days: of announcements, the latest first."""

    act: Act
    blobs: BlobStore
    meetings: Mapping[str, Meeting]
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return geneva_day(self.act.now)

    def day(self, ago: int) -> date:
        """The day of announcements so many back: 1 is the latest, today counts."""
        found = [on for on in self._days() if on <= self.today]
        return found[-ago]

    def _days(self) -> list[date]:
        first = self.today - timedelta(days=300)
        days: list[date] = []
        for on in announcing_days(first):
            if on > self.today:
                return days
            days.append(on)
        return days

    def at(self, who: str, when: datetime) -> Act:
        """Somebody of the cast at an instant; `clock` is the worker."""
        if who == "clock":
            return Act(self.act.session, Actor.clock(), when)
        person = by_email(self.act.session, f"{who}@{DOMAIN}")
        assert person is not None, "the cast was loaded before"
        return Act(self.act.session, actor_for(self.act.session, person, when), when)

    # What is there before

    def fill_agenda(self, meeting: Meeting) -> None:
        group = group_of(self.act.session, meeting)
        if not agenda_of(self.act.session, meeting, group).rows:
            agenda.fill(self.act, meeting, group, Template.PLENARY)

    def item(self, tale: Tale, meeting: Meeting) -> WorkItem:
        """The work item with its text on the agenda of the meeting, and the question on patents asked."""
        document = submit(self.act, self.blobs, meeting, tale.paper)
        keep(self.act, document, tale.paper.sections)
        row = find(self.act, tale.name) or work.enter(self.act, _form(tale, self.today.year + 1), None)
        work.set_base(self.act, row, document, meeting=None)
        work.ask_ipr(self.act, row, meeting, "No statement was made.")
        self._list(document, meeting, tale.listed_under)
        return row

    def _list(self, document: Document, meeting: Meeting, kind: str) -> None:
        group = group_of(self.act.session, meeting)
        rows = agenda_of(self.act.session, meeting, group).rows
        where = next(row.item for row in rows if row.item.kind == kind)
        before = noon(meeting.starts_on - timedelta(days=1))
        correct(Act(self.act.session, self.act.actor, before), meeting, document, where)

    # Telling

    def tell(self, tale: Tale) -> list[Event]:
        """The events of a tale with their instants."""
        meeting = self.meetings[tale.meeting]
        item = self.item(tale, meeting)
        if not tale.step:
            return []
        decided = min(self.act.now, noon(meeting.starts_on + timedelta(days=4), 15))
        events: list[Event] = [(decided, lambda when: self._begin(tale, item, when))]
        if tale.announced:
            events += self._to_last_call(tale)
        return [*events, *self._later(tale)]

    def _begin(self, tale: Tale, item: WorkItem, when: datetime) -> None:
        form = StepForm(meeting=self.meetings[tale.meeting].code)
        process = texts.take(self.at("chair", when), item, tale.step, "", form)
        self.processes[tale.name] = process
        if tale.number and process.is_open:
            actions.give_number(self.at("tsb", when), process, NumberForm(identifier=tale.number))

    def _to_last_call(self, tale: Tale) -> list[Event]:
        opens = self.day(tale.announced)
        return [
            (noon(opens - timedelta(days=10)), lambda when: self._bring(tale, when)),
            (noon(opens - timedelta(days=5)), lambda when: self._take(tale, "request", "chair", when)),
        ]

    def _bring(self, tale: Tale, when: datetime) -> None:
        """The next revision of the text, by the editor."""
        process = self.processes[tale.name]
        document = self.act.session.get_one(Document, process.document_id)
        upload = another(self.act, self.blobs, document, document.revision + 1)
        actions.bring_text(self.at("editor", when), process, [upload])
        keep(self.act, document, tale.paper.sections)

    def _take(self, tale: Tale, step: str, who: str, when: datetime, **form: str) -> None:
        process = self.processes[tale.name]
        texts.take(self.at(who, when), process, step, process.state, StepForm.model_validate(form))

    def _later(self, tale: Tale) -> list[Event]:
        """What each tale has beyond its first window."""
        opened = noon(self.day(tale.announced)) if tale.announced else self.act.now
        told: list[Event] = []
        if tale.said:
            told.append((opened + timedelta(days=10), lambda when: self._comment(tale, when)))
        if tale.then == "review":
            told += self._to_review(tale, opened)
        elif tale.then == "group":
            told += self._to_group(tale)
        elif tale.then == "consultation":
            told += self._to_consultation(tale)
        return told

    def _comment(self, tale: Tale, when: datetime) -> None:
        for said in tale.said:
            comment(self.at("delegate-member", when), self.processes[tale.name], CommentForm.model_validate(said))

    def _to_review(self, tale: Tale, opened: datetime) -> list[Event]:
        """Comments resolved, a revised text, asked for in time for the latest announcement."""
        asked = noon(self.day(1) - timedelta(days=4))
        return [
            (opened + timedelta(days=32), lambda when: self._take(tale, "resolve", "chair", when)),
            (opened + timedelta(days=33), lambda when: self._dispose(tale, when)),
            (asked - timedelta(days=1), lambda when: self._bring(tale, when)),
            (asked, lambda when: self._ask_review(tale, when)),
        ]

    def _ask_review(self, tale: Tale, when: datetime) -> None:
        document = self.act.session.get_one(Document, self.processes[tale.name].document_id)
        self._take(tale, "request-review", "chair", when, document=document.name)

    def _dispose(self, tale: Tale, when: datetime) -> None:
        editor, process = self.at("editor", when), self.processes[tale.name]
        for row in queries.comments_of(editor, process):
            dispose(editor, process, row, DisposalForm.model_validate({"disposition": "accepted"}))

    def _to_group(self, tale: Tale) -> list[Event]:
        """For decision at the meeting that is on now, announced three weeks before it."""
        meeting = self.meetings[NOW]
        latest = max(on for on in self._days() if on <= meeting.starts_on - timedelta(days=21))
        asked = noon(latest - timedelta(days=4))
        return [(asked, lambda when: self._take(tale, "request-decision", "chair", when, deciding=meeting.code))]

    def _to_consultation(self, tale: Tale) -> list[Event]:
        """Member States are asked since twelve days; one has replied."""
        opens = self.act.now - timedelta(days=12)
        deciding = self.meetings[NEXT].code
        return [
            (opens - timedelta(days=3), lambda when: self._take(tale, "request", "chair", when, deciding=deciding)),
            (opens, lambda when: self._take(tale, "open-consultation", "tsb", when)),
            (opens + timedelta(days=8), lambda when: self._reply(tale, when)),
        ]

    def _reply(self, tale: Tale, when: datetime) -> None:
        form = ReplyForm.model_validate({"position": "approve", "entity": "Administration of Fictavia"})
        reply(self.at("tsb", when), self.processes[tale.name], form)

    # Playing

    def play(self, events: list[Event]) -> None:
        """In the order of time; before each the clock does what is due."""
        announced = [(noon(on, 9), self._announce) for on in self._days()]
        for when, do in sorted([*events, *announced], key=lambda event: event[0]):
            self._close(when)
            do(when)
        self._close(self.act.now)

    def _announce(self, when: datetime) -> None:
        act = self.at("clock", when)
        if queries.queued(act):
            actions.announce(act)

    def _close(self, when: datetime) -> None:
        while actions.close_due(self.at("clock", when)):
            pass


def noon(on: date, hour: int = 12) -> datetime:
    return datetime.combine(on, time(hour), tzinfo=GENEVA)


def _form(tale: Tale, year: int) -> ItemForm:
    return ItemForm(
        question="Q2/15",
        acronym=tale.name,
        title=tale.title,
        kind=tale.kind,
        process=tale.process,
        summary=tale.paper.abstract,
        scope=tale.paper.abstract,
        relations="G.984.1",
        timing=str(year),
        editors=[EditorForm(person=f"editor@{DOMAIN}")],
        supporters=[SupportForm(name=name) for name in SUPPORTERS],
        accept=True,
    )


def processes(act: Act) -> list[Process]:
    """Those of the demonstration, by number."""
    return list(act.session.exec(select(Process).order_by(col(Process.number))))
