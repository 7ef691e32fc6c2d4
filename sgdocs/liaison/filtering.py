"""What a list of statements is asked for, as conditions. What is asked of addressees must hold for one and the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Exists, and_, exists, false, not_, or_, true
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.text import one_line
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.groups.queries import audiences
from sgdocs.liaison.models import Addressee, AddresseeQuestion, Sender, Statement, StatementLink, StatementName
from sgdocs.liaison.naming import key_of
from sgdocs.liaison.rules import CLOSED, CLOSED_UNLESS_EXPECTED, DRAFTS, OUT, State

IN, OUTGOING = "in", "out"
OPEN: Final = tuple(state for state in State if state not in CLOSED)
Ids = tuple[int, ...] | None


@dataclass(frozen=True)
class StatementFilter:
    """ "" , None and () ask nothing. Days are Geneva days, both ends included.

    direction, as the groups in group_ids see it (all of ours when None): in, out; group_ids without a direction: on either
    side; body_ids: an outside body on either side. from_…, to_…: one side alone, as a cell of the matrix asks.
    statuses: of rules.Status; which: `register` (sent, received and withdrawn), `drafts`, `all`.
    Of one addressee: states (rules.State), purposes, is_open, is_awaited (an answer is expected and has not come),
    is_overdue, each False for: no addressee is; due_within days (0: today), due_from, due_until, owner_id, question_ids (allotted to it, or to all of its
    group).
    """

    words: str = ""
    direction: str = ""
    which: str = "register"
    group_ids: Ids = None
    body_ids: Ids = None
    from_group_ids: Ids = None
    from_body_ids: Ids = None
    to_group_ids: Ids = None
    to_body_ids: Ids = None
    statuses: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    is_open: bool | None = None
    is_awaited: bool | None = None
    is_overdue: bool | None = None
    is_reply: bool | None = None
    due_within: int | None = None
    due_from: date | None = None
    due_until: date | None = None
    owner_id: int | None = None
    question_ids: Ids = None
    work_item_id: int | None = None
    family_id: int | None = None
    meeting_id: int | None = None
    period: str = ""
    year: int | None = None
    since: date | None = None
    until: date | None = None


NOTHING: Final = StatementFilter()


def conditions_of(act: Act, asked: StatementFilter) -> list[ColumnElement[bool]]:
    """What is asked, without what may be read: `queries.visible` belongs to it."""
    w = replace(asked, words=one_line(asked.words)[:200], period=one_line(asked.period)[:20])
    return [
        *_kinds(w),
        *_sides(w),
        *_words(w),
        *_about(act, w),
        *_days(w),
        *_addressee(act, w),
        *_without(w, geneva_day(act.now)),
    ]


def is_open_here() -> ColumnElement[bool]:
    """The addressee still has something to do: `rules.is_open` as a condition."""
    state = col(Addressee.state)
    rests = or_(col(Addressee.is_answer_expected).is_(True), state.not_in(CLOSED_UNLESS_EXPECTED))
    return and_(state.in_(OPEN), rests)


def is_awaited_here() -> ColumnElement[bool]:
    """An answer is expected and has not come."""
    return and_(col(Addressee.is_answer_expected).is_(True), col(Addressee.state).in_(OPEN))


def is_overdue_here(today: date) -> ColumnElement[bool]:
    """`rules.is_overdue` as a condition."""
    return and_(is_awaited_here(), col(Addressee.deadline) < today)


def of_it(rows: Any) -> Exists:
    """EXISTS rows of this table of the statement, whatever else the query around it reads."""
    return exists().where(col(rows.statement_id) == col(Statement.id)).correlate(Statement)


def sent_by(group_ids: Ids = None, body_ids: Ids = None) -> ColumnElement[bool]:
    """One of these is among the senders (a Question or working party of a group: its group is)."""
    return of_it(Sender).where(_of(Sender, group_ids, body_ids))


def sent_to(group_ids: Ids = None, body_ids: Ids = None) -> ColumnElement[bool]:
    return of_it(Addressee).where(_of(Addressee, group_ids, body_ids))


def allotted_to(question_ids: Sequence[int]) -> ColumnElement[bool]:
    """Addressees that are allotted to one of the Questions, or whose group has it and allotted to none in particular."""
    allotted = exists().where(col(AddresseeQuestion.addressee_id) == col(Addressee.id))
    named = allotted.where(col(AddresseeQuestion.group_id).in_(question_ids))
    parents = select(Group.parent_id).where(col(Group.id).in_(question_ids))
    return or_(named, and_(col(Addressee.group_id).in_(parents), not_(allotted)))


def _of(side: Any, group_ids: Ids, body_ids: Ids) -> ColumnElement[bool]:
    ways = [
        column.in_(ids)
        for column, ids in ((col(side.group_id), group_ids), (col(side.body_id), body_ids))
        if ids is not None
    ]
    return or_(false(), *ways)


def _kinds(w: StatementFilter) -> list[ColumnElement[bool]]:
    status = col(Statement.status)
    found: list[ColumnElement[bool]] = []
    if w.statuses:
        found.append(status.in_(w.statuses))
    elif w.which != "all":
        found.append(status.in_(DRAFTS) if w.which == "drafts" else status.not_in(DRAFTS))
    if w.is_reply is not None:
        found.append(col(Statement.is_reply).is_(w.is_reply))
    return found


def _sides(w: StatementFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    ours = of_it(Sender).where(col(Sender.group_id).is_not(None))
    to_us = of_it(Addressee).where(col(Addressee.group_id).is_not(None))
    sent = ours if w.group_ids is None else sent_by(w.group_ids)
    came = to_us if w.group_ids is None else sent_to(w.group_ids)
    if w.direction == IN:
        found.append(came)
    elif w.direction == OUTGOING:
        found.append(sent)
    elif w.group_ids is not None:
        found.append(or_(sent, came))
    if w.body_ids is not None:
        found.append(or_(sent_by(None, w.body_ids), sent_to(None, w.body_ids)))
    if w.from_group_ids is not None or w.from_body_ids is not None:
        found.append(sent_by(w.from_group_ids, w.from_body_ids))
    return found


def _words(w: StatementFilter) -> list[ColumnElement[bool]]:
    """Each word in title, number or the name of a side; or all of them a number in any spelling."""
    if not w.words:
        return []
    named = of_it(StatementName)
    key = key_of(w.words)
    by_number = named.where(col(StatementName.key) == key) if key else false()
    return [or_(by_number, and_(true(), *(_has(word) for word in w.words.split()[:8])))]


def _has(word: str) -> ColumnElement[bool]:
    columns = (Statement.title, Statement.label, Statement.external_number, Statement.in_reply_words)
    ways: list[ColumnElement[bool]] = [col(each).icontains(word, autoescape=True) for each in columns]
    for side in (Sender, Addressee):
        named = of_it(side)
        ways.append(named.where(col(side.name).icontains(word, autoescape=True)))
    return or_(*ways)


def _about(act: Act, w: StatementFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for column, value in ((StatementLink.work_item_id, w.work_item_id), (StatementLink.family_id, w.family_id)):
        if value is not None:
            found.append(of_it(StatementLink).where(col(column) == value))
    if w.meeting_id is not None:
        linked = of_it(StatementLink).where(col(StatementLink.meeting_id) == w.meeting_id)
        on_agenda = of_it(Addressee).where(col(Addressee.meeting_id) == w.meeting_id, is_inside(act))
        found.append(or_(col(Statement.meeting_id) == w.meeting_id, linked, on_agenda))
    if w.period:
        found.append(col(Statement.period_id).in_(select(StudyPeriod.id).where(StudyPeriod.code == w.period.upper())))
    return found


def _days(w: StatementFilter) -> list[ColumnElement[bool]]:
    """By the date of the letter; a draft has none yet and is found by no day."""
    found: list[ColumnElement[bool]] = []
    since, until = w.since, w.until
    if w.year is not None and 1 <= w.year <= 9999:
        found.append(col(Statement.dated_on).between(date(w.year, 1, 1), date(w.year, 12, 31)))
    elif w.year is not None:
        found.append(false())
    if since is not None:
        found.append(col(Statement.dated_on) >= since)
    if until is not None:
        found.append(col(Statement.dated_on) <= until)
    return found


def is_inside(act: Act) -> ColumnElement[bool]:
    """The reader is of the addressed side (of who sends, for an outside body), who alone sees how it is handled there."""
    labels = audiences(act)
    outside = and_(col(Addressee.group_id).is_(None), col(Statement.audience).in_(labels))
    return or_(col(Addressee.audience).in_(labels), outside)


def _addressee(act: Act, w: StatementFilter) -> list[ColumnElement[bool]]:
    """One EXISTS for everything that is asked of an addressee. Of incoming statements the addressee is one of ours."""
    today = geneva_day(act.now)
    held = [*_states(w, today), *_dues(w, today)]
    if w.owner_id is not None:
        held.append(and_(col(Addressee.owner_id) == w.owner_id, is_inside(act)))
    if w.question_ids is not None:
        linked = of_it(StatementLink).where(col(StatementLink.group_id).in_(w.question_ids))
        linked = linked.correlate(Statement)
        held.append(or_(and_(allotted_to(w.question_ids), is_inside(act)), linked))
    if w.to_group_ids is not None or w.to_body_ids is not None:
        held.append(_of(Addressee, w.to_group_ids, w.to_body_ids))
    if not held:
        return []
    if w.direction == IN:
        held.append(
            col(Addressee.group_id).is_not(None) if w.group_ids is None else col(Addressee.group_id).in_(w.group_ids)
        )
    return [of_it(Addressee).where(*held)]


def _states(w: StatementFilter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for values, column in ((w.states, Addressee.state), (w.purposes, Addressee.purpose)):
        if values:
            found.append(col(column).in_(values))
    asked = ((w.is_open, is_open_here()), (w.is_awaited, is_awaited_here()), (w.is_overdue, is_overdue_here(today)))
    return found + [and_(col(Statement.status).in_(OUT), holds) for is_asked, holds in asked if is_asked]


def _without(w: StatementFilter, today: date) -> list[ColumnElement[bool]]:
    """No addressee at all is open, awaited or late, where that is asked."""
    asked = ((w.is_open, is_open_here()), (w.is_awaited, is_awaited_here()), (w.is_overdue, is_overdue_here(today)))
    none = [of_it(Addressee).where(holds) for no, holds in asked if no is False]
    return [or_(col(Statement.status).not_in(OUT), ~each) for each in none]


def _dues(w: StatementFilter, today: date) -> list[ColumnElement[bool]]:
    """Deadlines of answers that are still awaited, for `due_within`; of all for days."""
    found: list[ColumnElement[bool]] = []
    if w.due_within is not None:
        last = today + timedelta(days=max(0, min(w.due_within, 3660)))
        found += [is_awaited_here(), col(Addressee.deadline).between(today, last)]
    if w.due_from is not None:
        found.append(col(Addressee.deadline) >= w.due_from)
    if w.due_until is not None:
        found.append(col(Addressee.deadline) <= w.due_until)
    return found
