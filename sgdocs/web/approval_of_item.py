"""Where the approval of a work item stands, for its own page and for an agenda item: the process, or what is wanted yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from sgdocs.approval import comment_listing, queries
from sgdocs.approval.gathering import gather
from sgdocs.approval.models import Process, Window
from sgdocs.approval.readiness import FIRST, Board, Readiness
from sgdocs.approval.targets import Target, roles_of, target_of
from sgdocs.approval.workflow import State, starts_at
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Refusal
from sgdocs.documents.models import Document
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, Scope, may, reads
from sgdocs.web import approval_words, urls
from sgdocs.web.approval_clocks import Clock
from sgdocs.web.approval_panels import Condition, condition, mend_address
from sgdocs.web.approval_stays import clock_of
from sgdocs.work_programme.filtering import visible
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import ItemStatus


@dataclass(frozen=True)
class Button:
    """A step with the page of its panel. unmet: how many conditions stand against it."""

    title: str
    address: str
    unmet: int = 0


@dataclass(frozen=True)
class OfItem:
    """process: None before it begins; conditions: of the first step, for those who work on it; buttons: what the reader
    may do."""

    process: Process | None
    state: State | None
    window: Window | None
    clock: Clock | None
    comments: int
    buttons: Sequence[Button]
    conditions: Sequence[Condition]

    @property
    def address(self) -> str:
        return urls.approval(self.process.number) if self.process else ""

    @property
    def meaning(self) -> str:
        if self.state is None:
            return "past"
        return approval_words.meaning(self.state.id, window=self.state.window, is_final=self.state.is_final)

    @property
    def runs(self) -> bool:
        return bool(self.process and self.process.is_open and self.state and self.state.window and self.window)

    @property
    def unmet(self) -> int:
        return sum(not each.is_met for each in self.conditions)

    @property
    def holder(self) -> str:
        return approval_words.holder(self.state.holder) if self.state and self.state.holder else ""


def approval_of(act: Act, item: WorkItem) -> OfItem | None:
    """None for an item that has no process, and none that could begin. Costs up to thirty queries."""
    process = queries.process_of(act, item)
    if process is not None and (process.is_open or item.status != ItemStatus.UNDER_STUDY):
        return _running(act, process)
    if item.status == ItemStatus.UNDER_STUDY and item.process in FIRST and _reads_papers(act, item):
        return _before(act, item)
    return None


def _running(act: Act, process: Process) -> OfItem:
    window = queries.window_of(act.session, process)
    offered = queries.offered(act, process)
    counts = comment_listing.counts_of(act, process)
    buttons = [_button(offered.target, offer.step.id, offer.step.title, len(offer.unmet)) for offer in offered.offers]
    clock = clock_of(window, geneva_day(act.now))
    return OfItem(process, queries.state_of(process), window, clock, counts.total, buttons, ())


def _before(act: Act, item: WorkItem) -> OfItem:
    """What its first step wants, and whether the reader may take it."""
    offered = queries.offered(act, item)
    step = offered.target.procedure.step(FIRST[item.process])
    gathered = gather(act, offered.target, meeting=offered.meeting) if offered.meeting else offered.gathered
    may_edit = edits(act, offered.target.question or offered.target.group)
    found = [
        condition(
            need, need.why_not(gathered.facts), mend_address(need.mend, offered.target, gathered, may_edit=may_edit)
        )
        for need in step.needs
    ]
    buttons = [_button(offered.target, offer.step.id, offer.step.title, len(offer.unmet)) for offer in offered.offers]
    return OfItem(None, None, None, None, 0, buttons, found)


def _button(target: Target, step: str, title: str, unmet: int) -> Button:
    if target.process is not None:
        return Button(title, urls.approval(target.process.number, "steps", step), unmet)
    assert target.item is not None, "before a process there is an item"
    return Button(title, first_address(target.item, step), unmet)


def first_address(item: WorkItem, step: str, **more: object) -> str:
    """The panel by which the approval of an item begins."""
    return urls.with_query(urls.path("approval", "begin", item.process, step), item=item.number, **more)


def _reads_papers(act: Act, item: WorkItem) -> bool:
    return reads(act.actor, groups.audience_of(act.session, groups.by_id(act.session, item.group_id)))


# The readiness board


@dataclass(frozen=True)
class Checked:
    """A row of the readiness board with its conditions as they are drawn."""

    row: Readiness
    conditions: Sequence[Condition]

    @property
    def against(self) -> list[Condition]:
        return [each for each in self.conditions if not each.is_met]


def edits(act: Act, place: Group) -> bool:
    """Whether the reader may change the work items of a Question or group."""
    return may(act.actor, Permission.EDIT_ITEM, Scope(place.path))


def checked_of(act: Act, found: Board, row: Readiness) -> Checked:
    may_edit = edits(act, row.question or found.group)

    def mended(what: str, why_not: Refusal | None) -> str:
        return _mend(what, found, row, may_edit=may_edit) if why_not is not None else ""

    conditions = [condition(each.need, each.why_not, mended(each.need.mend, each.why_not)) for each in row.verdicts]
    return Checked(row, conditions)


def _mend(what: str, found: Board, row: Readiness, *, may_edit: bool) -> str:
    meeting = urls.meeting(found.meeting.code) if found.meeting else urls.group(found.group.path) + "/meetings"
    item = urls.work_item(row.item)
    return {
        "item": urls.work_item(row.item, "edit") if may_edit else item,
        "text": urls.document(row.text.name) if row.text else f"{item}/texts",
        "references": urls.document(row.text.name, "references") if row.text else f"{item}/texts",
        "meeting": meeting,
        "agenda": f"{meeting}/agenda" if found.meeting else meeting,
        "comments": item,
    }.get(what, "")


# An agenda item


@dataclass(frozen=True)
class Placed:
    """A text under an agenda item, and the steps that may be taken on it there."""

    item: WorkItem
    process: Process | None
    document: Document
    button: Button | None


def texts_under(act: Act, meeting: Meeting, documents: Sequence[Document]) -> list[Placed]:
    """The work items whose base text stands there, each with the step that the meeting may take. Three queries, and
    those of the roles."""
    papers = {document.id: document for document in documents}
    held = select(WorkItem).where(col(WorkItem.base_document_id).in_(papers), visible(act))
    items = act.session.exec(held.order_by(col(WorkItem.sort_key))).all() if papers else []
    ids = [item.id for item in items]
    running = select(Process).where(
        col(Process.work_item_id).in_(ids), col(Process.is_open).is_(True), queries.visible(act)
    )
    processes = {row.work_item_id: row for row in act.session.exec(running)} if ids else {}
    return [
        Placed(
            item,
            processes.get(item.id),
            papers[item.base_document_id],
            _step_there(act, meeting, item, processes.get(item.id)),
        )
        for item in items
    ]


def _step_there(act: Act, meeting: Meeting, item: WorkItem, process: Process | None) -> Button | None:
    """The first step that the reader's roles allow at this meeting; None for everybody else."""
    thing = process or item
    if process is None and (item.status != ItemStatus.UNDER_STUDY or item.process not in FIRST):
        return None
    target = target_of(act, thing)
    roles = roles_of(act, target, meeting)
    for step in target.procedure.steps:
        if starts_at(step, target.state) and step.in_meeting and set(step.by) & roles:
            return _button(target, step.id, step.title, 0)
    return None
