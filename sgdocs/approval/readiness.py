"""Which texts of a group are ready for a decision: for every work item the conditions of its first step, met or not.

The very needs that guard the step, over facts gathered for many items at once. Source: N14.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from sgdocs.approval import bound_texts, rules, rulings
from sgdocs.approval.bound_texts import References
from sgdocs.approval.facts import CommentFacts, MeetingFacts, ProcessFacts, TextFacts
from sgdocs.approval.gathering import is_in_session, next_meeting
from sgdocs.approval.models import Comment, Holiday, Process, RuleValue
from sgdocs.approval.procedures import ALL
from sgdocs.approval.workflow import Need, Step
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Refusal
from sgdocs.base.paging import Page
from sgdocs.documents.citations import look_up
from sgdocs.documents.current import revision_of
from sgdocs.documents.labels import version_label
from sgdocs.documents.models import Allocation, Citation, Document, File, Version
from sgdocs.documents.rules import Status
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.meetings.queries import visible as meetings_visible
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.work_programme.filtering import visible
from sgdocs.work_programme.models import ItemEditor, ItemPaper, WorkItem
from sgdocs.work_programme.rules import ItemKind, ItemStatus

FIRST: Mapping[str, str] = {"aap": "consent", "tap": "determine", "agreement": "agree"}
"""Procedure of the work item -> the step by which a meeting begins it."""
NEVER = ("in-session",)
"""Not asked of a meeting that is to come."""


@dataclass(frozen=True)
class Verdict:
    """One condition of one item; why_not: None when it is met."""

    need: Need[ProcessFacts]
    why_not: Refusal | None

    @property
    def is_met(self) -> bool:
        return self.why_not is None


@dataclass(frozen=True)
class Readiness:
    """One item. text: its base text, None without one or when the actor may not read it; label: of its version."""

    item: WorkItem
    question: Group | None
    step: Step[ProcessFacts]
    text: Document | None
    label: str
    verdicts: tuple[Verdict, ...]

    @property
    def unmet(self) -> int:
        return sum(not verdict.is_met for verdict in self.verdicts)

    @property
    def is_ready(self) -> bool:
        return self.unmet == 0

    def verdict(self, need: str) -> Verdict | None:
        return next((each for each in self.verdicts if each.need.id == need), None)


@dataclass(frozen=True)
class Board:
    """The items of a group before a meeting: one in session, else the next; None when none is planned."""

    group: Group
    meeting: Meeting | None
    is_in_session: bool
    rows: Page[Readiness]


@dataclass(frozen=True)
class _Text:
    document: Document
    part: str = ""
    file: File | None = None
    posted_at: datetime | None = None
    languages: tuple[str, ...] = ()
    stood: tuple[tuple[datetime, str], ...] = ()
    """(since when, digest) of every revision, the oldest first."""

    @property
    def sha256(self) -> str:
        return self.file.sha256 if self.file else ""

    def sha256_at(self, at: datetime) -> str:
        return next((sha256 for since, sha256 in reversed(self.stood) if since <= at), "")


@dataclass(frozen=True)
class _Known:
    """What is known of all items, by id of the item, of the document or of the file."""

    texts: Mapping[int, _Text] = field(default_factory=dict)
    edited: frozenset[int] = frozenset()
    listed: Mapping[tuple[int, str], datetime] = field(default_factory=dict)
    references: Mapping[int, References] = field(default_factory=dict)
    left_open: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    holidays: tuple[date, ...] = ()


def board(act: Act, group: Group, *, question_ids: Sequence[int] = (), number: int = 1, size: int = 50) -> Board:
    """Items under study of a study group that a meeting may decide on, the earliest target date first.

    Costs about sixteen queries, whatever their number.
    """
    meeting = _meeting(act, group)
    sits = meeting is not None and is_in_session(act, meeting)
    found = select(WorkItem).where(
        WorkItem.group_id == group.id,
        WorkItem.status == ItemStatus.UNDER_STUDY,
        col(WorkItem.process).in_(FIRST),
        visible(act),
    )
    if question_ids:
        found = found.where(col(WorkItem.question_id).in_(question_ids))
    total = act.session.exec(select(func.count()).select_from(found.subquery())).one()
    order = (col(WorkItem.timing_on).is_(None), col(WorkItem.timing_on), col(WorkItem.sort_key), col(WorkItem.id))
    items = act.session.exec(found.order_by(*order).limit(size).offset((number - 1) * size)).all()
    return Board(group, meeting, sits, Page(_rows(act, group, items, meeting, sits=sits), total, number, size))


def groups_with_texts(act: Act) -> list[Group]:
    """The groups that have items under study which a meeting may decide on, as far as the actor reads their papers."""
    held = select(WorkItem.group_id).where(
        WorkItem.status == ItemStatus.UNDER_STUDY, col(WorkItem.process).in_(FIRST), visible(act)
    )
    found = act.session.exec(select(Group).where(col(Group.id).in_(held)).order_by(col(Group.sort_key)))
    return [group for group in found if groups.audience_of(act.session, group) in groups.audiences(act)]


def _meeting(act: Act, group: Group) -> Meeting | None:
    """The meeting of the group that is in session, else its next one."""
    today = geneva_day(act.now)
    runs = select(Meeting).where(
        Meeting.group_id == group.id,
        col(Meeting.kind).in_(rules.DECIDING_KINDS),
        col(Meeting.status).in_((MeetingStatus.OPEN, MeetingStatus.ANNOUNCED)),
        col(Meeting.starts_on) <= today,
        col(Meeting.ends_on) >= today,
        meetings_visible(act),
    )
    here = act.session.exec(runs.order_by(col(Meeting.starts_on), col(Meeting.id))).first()
    return here or next_meeting(act.session, group, today)


def _rows(act: Act, group: Group, items: Sequence[WorkItem], meeting: Meeting | None, *, sits: bool) -> list[Readiness]:
    known = _known(act, items, meeting)
    ids = {item.question_id for item in items if item.question_id is not None}
    questions = {row.id: row for row in act.session.exec(select(Group).where(col(Group.id).in_(ids)))}
    found = []
    for item in items:
        table = ALL[item.process]
        step = table.step(FIRST[item.process])
        facts = _facts(act, group, item, known, meeting, sits=sits)
        needs = [need for need in step.needs if sits or need.id not in NEVER]
        text = known.texts.get(item.base_document_id or 0)
        verdicts = tuple(Verdict(need, need.why_not(facts)) for need in needs)
        label = version_label(text.document.label, text.part) if text else ""
        found.append(
            Readiness(item, questions.get(item.question_id), step, text.document if text else None, label, verdicts)
        )
    return found


def _facts(
    act: Act, group: Group, item: WorkItem, known: _Known, meeting: Meeting | None, *, sits: bool
) -> ProcessFacts:
    """The same facts as `gathering.gather` finds for one item at that meeting."""
    text = known.texts.get(item.base_document_id or 0)
    listed_at = known.listed.get((text.document.id or 0, item.process)) if text else None
    return ProcessFacts(
        today=geneva_day(act.now),
        now=act.now,
        rules=known.rules,
        sector=group.sector,
        item_status=item.status,
        selected=item.process,
        kind=item.kind,
        is_new=item.version in ("new", ""),
        has_question=item.question_id is not None,
        text=_text_facts(item, text, known, meeting, listed_at),
        meeting=_meeting_facts(group, meeting, listed_at, sits=sits),
        comments=CommentFacts(open_substantive=known.left_open.get(item.id or 0, ())),
        holidays=known.holidays,
    )


def _text_facts(
    item: WorkItem, text: _Text | None, known: _Known, meeting: Meeting | None, listed_at: datetime | None
) -> TextFacts:
    is_asked = item.ipr_asked_meeting_id is not None and (meeting is None or item.ipr_asked_meeting_id == meeting.id)
    told = TextFacts(
        has_summary=bool(item.summary.strip()),
        has_editor=item.id in known.edited,
        ipr_minuted=is_asked,
        is_normative=item.kind == ItemKind.RECOMMENDATION,
    )
    if text is None:
        return told
    lacks = known.references.get(item.id or 0, References())
    return TextFacts(
        label=version_label(text.document.label, text.part),
        posted_on=geneva_day(text.posted_at) if text.posted_at else None,
        first_posted_on=geneva_day(text.document.posted_at) if text.document.posted_at else None,
        sha256=text.sha256,
        announced_sha256=text.sha256_at(listed_at) if listed_at else "",
        languages=text.languages,
        has_summary=told.has_summary,
        has_editor=told.has_editor,
        unjustified=lacks.unjustified,
        stale=lacks.stale,
        is_read=text.file is None or bound_texts.is_read(text.file),
        ipr_minuted=told.ipr_minuted,
        is_normative=told.is_normative,
    )


def _meeting_facts(group: Group, meeting: Meeting | None, listed_at: datetime | None, *, sits: bool) -> MeetingFacts:
    if meeting is None:
        return MeetingFacts()
    return MeetingFacts(
        code=meeting.code,
        kind=meeting.kind,
        is_held=meeting.status != MeetingStatus.CANCELLED,
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        is_in_session=sits,
        lists_text=listed_at is not None,
        is_study_group=group.kind in rules.PLENARY_GROUPS,
        announced_on=geneva_day(listed_at) if listed_at else None,
        group=group.path,
    )


# Everything at once


def _known(act: Act, items: Sequence[WorkItem], meeting: Meeting | None) -> _Known:
    ids = [item.id or 0 for item in items]
    texts = _texts(act, {item.base_document_id for item in items if item.base_document_id is not None})
    edited = select(ItemEditor.work_item_id).where(col(ItemEditor.work_item_id).in_(ids))
    stored = act.session.exec(select(RuleValue)).all()
    return _Known(
        texts,
        frozenset(act.session.exec(edited)),
        _listed(act, texts, meeting) if meeting else {},
        _references(act, items, texts),
        _left_open(act, ids),
        rulings.snapshot(geneva_day(act.now), stored),
        tuple(act.session.exec(select(col(Holiday.day)))),
    )


def _texts(act: Act, ids: Iterable[int]) -> dict[int, _Text]:
    """The base texts as they stand now, with their revisions. Three queries."""
    papers = {row.id or 0: row for row in act.session.exec(select(Document).where(col(Document.id).in_(set(ids))))}
    rows = act.session.exec(
        select(Version, File)
        .join(File, col(File.version_id) == Version.id)
        .where(col(Version.document_id).in_(papers), Version.status == Status.POSTED)
    ).all()
    of_paper: dict[int, list[tuple[Version, File]]] = {}
    for version, file in rows:
        of_paper.setdefault(version.document_id, []).append((version, file))
    return {id: _text(paper, of_paper.get(id, [])) for id, paper in papers.items()}


def _text(paper: Document, rows: Sequence[tuple[Version, File]]) -> _Text:
    """As `bound_texts.bound` and `sha256_at` see it: of several files the first in the language of the document."""

    def rank(pair: tuple[Version, File]) -> tuple[bool, int]:
        return (pair[1].language != paper.language, pair[1].position)

    whole = [pair for pair in rows if revision_of(pair[0].part) is not None]
    first: dict[int, tuple[Version, File]] = {}
    for pair in sorted(whole, key=rank):
        first.setdefault(pair[0].id or 0, pair)
    stood = sorted(first.values(), key=lambda pair: pair[0].position)
    told = tuple((version.submitted_at, file.sha256) for version, file in stood)
    now = sorted((pair for pair in rows if pair[0].part == paper.part), key=rank)
    if not now or paper.status != Status.POSTED:
        return _Text(paper, paper.part, stood=told)
    languages = tuple(dict.fromkeys(file.language for _, file in now if file.language))
    version, file = now[0]
    return _Text(paper, paper.part, file, version.submitted_at, languages, told)


def _listed(act: Act, texts: Mapping[int, _Text], meeting: Meeting) -> dict[tuple[int, str], datetime]:
    """(document, procedure) -> since when it stands on the agenda under an item for such texts."""
    rows = act.session.exec(
        select(Allocation, AgendaItem)
        .join(AgendaItem, col(AgendaItem.id) == Allocation.agenda_item_id)
        .where(
            Allocation.meeting_id == meeting.id,
            col(Allocation.document_id).in_(texts),
            col(AgendaItem.deleted_at).is_(None),
        )
        .order_by(col(Allocation.allotted_at))
    )
    found: dict[tuple[int, str], datetime] = {}
    for allocation, place in rows:
        for procedure in FIRST:
            kinds = rules.LISTED_UNDER.get(procedure)
            if kinds is None or place.kind in kinds:
                found[allocation.document_id, procedure] = allocation.allotted_at
    return found


def _references(act: Act, items: Sequence[WorkItem], texts: Mapping[int, _Text]) -> dict[int, References]:
    files = {text.file.id: text.file.id for text in texts.values() if text.file}
    cited: dict[int, list[Citation]] = {}
    held = select(Citation).where(col(Citation.file_id).in_(files), col(Citation.is_reference).is_(True))
    for row in act.session.exec(held):
        cited.setdefault(row.file_id, []).append(row)
    named = bound_texts.named_in(row for rows in cited.values() for row in rows)
    known = look_up(act, [each for each in named.values() if each is not None]) if named else {}
    justified: dict[int, list[str]] = {}
    papers = select(ItemPaper).where(
        col(ItemPaper.work_item_id).in_([item.id for item in items]), ItemPaper.role == "justification"
    )
    for paper in act.session.exec(papers):
        justified.setdefault(paper.work_item_id, []).append(bound_texts.folded(paper.about))
    found: dict[int, References] = {}
    for item in items:
        text = texts.get(item.base_document_id or 0)
        if text is not None and text.file is not None:
            about = [each for each in justified.get(item.id or 0, []) if each]
            found[item.id or 0] = bound_texts.lacking(cited.get(text.file.id or 0, []), known, about)
    return found


def _left_open(act: Act, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Numbers of substantive comments of earlier processes of the item that nobody has dealt with."""
    rows = act.session.exec(
        select(Process.work_item_id, Comment)
        .join(Comment, col(Comment.process_id) == Process.id)
        .where(
            col(Process.work_item_id).in_(ids),
            Comment.kind == "substantive",
            Comment.disposition == "",
            col(Comment.withdrawn_at).is_(None),
        )
        .order_by(col(Comment.id))
    )
    found: dict[int, tuple[int, ...]] = {}
    for id, comment in rows:
        found[id or 0] = (*found.get(id or 0, ()), comment.number)
    return found
