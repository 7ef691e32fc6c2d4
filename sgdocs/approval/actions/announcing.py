"""Announcements of AAP: on their days they open what is ready and name every text whose code changed. Source: A.8 4.1."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import col, select

from sgdocs import policy
from sgdocs.approval import rules, rulings
from sgdocs.approval.actions import heralding, publishing
from sgdocs.approval.actions.carrying import Done, carry_out
from sgdocs.approval.actions.mailing import send_together
from sgdocs.approval.actions.planning import plan_of
from sgdocs.approval.actions.stepping import refuse_unmet, take_step
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.gathering import gather, window_of
from sgdocs.approval.models import Announcement, AnnouncementLine, Holiday, Process, RuleValue, Transition, Window
from sgdocs.approval.periods import announcing_day_of
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.terms import By, Letter
from sgdocs.approval.schemas import StepForm
from sgdocs.approval.targets import target_of
from sgdocs.approval.workflow import Step
from sgdocs.base.act import Act
from sgdocs.base.actor import Kind
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Refused
from sgdocs.groups.models import StudyPeriod
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.policy import PUBLIC, Permission

GATHERS = ("aap",)
SECTOR = "T"


@dataclass(frozen=True)
class Announced:
    """announcement: None when there was nothing to say; left: what stays queued, with the reason."""

    announcement: Announcement | None
    opened: tuple[Process, ...] = ()
    left: tuple[tuple[Process, Refused], ...] = field(default=())


def request(act: Act, process: Process, form: StepForm | None = None) -> Process:
    """Ask for the next announcement: the step of the table that queues the text. Source: domain AAP-3, AAP-11, AAP-9."""
    step = _queueing(process)
    if step is None:
        raise Conflict(rules.NO_QUEUE, process=process.number)
    return take_step(act, process, step.id, process.state, form)


def _queueing(process: Process) -> Step[ProcessFacts] | None:
    steps = ALL[process.procedure].steps
    leaving = (step for step in steps if process.state in step.start)
    return next((s for s in leaving if any(e.startswith("queue:") and e != "queue:" for e in s.effects)), None)


def announce(act: Act, day: date | None = None) -> Announced:
    """Make the announcement of the day: once, whoever asks, and dated that day.

    The clock takes what was asked for before the cut-off; the secretariat takes whatever is queued. What is not ready
    stays queued and is named. Conflict on a day that is none of announcements: what is ready waits for the next, also
    when the worker slept over the day, since members must have their four weeks. Source: A.8 4.1, domain AAP-4, U17.
    """
    policy.require(act.actor, Permission.ANNOUNCE)
    today = geneva_day(act.now)
    on = day or today
    next_on = next_day(act, today)
    if on != today or next_on != today:
        days = rulings.value_on("aap_days", today, _stored(act))
        raise Conflict(rules.NOT_THE_DAY, days=days, next_on=next_on)
    _queue_up(act)
    before = heralding.named(act, publishing.found_of_day(act, SECTOR, Letter.AAP, today))
    done, left = _open_queued(act, today)
    send_together(act, done)
    row = _gather_changes(act, today)
    if row is not None:
        heralding.herald(act, row, _note(act, row, len(done)), before)
    return Announced(row, tuple(each.process for each in done), tuple(left))


def _queue_up(act: Act) -> None:
    """One announcer at a time: whoever comes second waits on a row that is always there, and finds it done."""
    first = select(StudyPeriod.id).where(StudyPeriod.sector == SECTOR).order_by(col(StudyPeriod.id)).limit(1)
    act.session.execute(first.with_for_update(key_share=True))


def next_day(act: Act, first: date) -> date:
    """The first day of announcements on that day or after it, as the rulings of today say."""
    stored = _stored(act)
    days = tuple(int(each) for each in rulings.value_on("aap_days", first, stored).split(","))
    shift = rulings.value_on("aap_shift", first, stored)
    return announcing_day_of(first, days, shift, tuple(act.session.exec(select(col(Holiday.day)))))


def is_day(act: Act) -> bool:
    """Whether announcements are made today in Geneva."""
    today = geneva_day(act.now)
    return next_day(act, today) == today


def is_due(act: Act) -> bool:
    """Whether an announcement of today would open or tell anything, as far as can be seen without trying."""
    if not is_day(act):
        return False
    today = geneva_day(act.now)
    waiting = select(Process).where(
        col(Process.procedure).in_(GATHERS), Process.queued_for != "", col(Process.is_open).is_(True)
    )
    if any(is_in_time(process, today) for process in act.session.exec(waiting)):
        return True
    is_made = publishing.found_of_day(act, SECTOR, Letter.AAP, today) is not None
    return not is_made and bool(_changed(act, _since(act, today)))


def _stored(act: Act) -> list[RuleValue]:
    return list(act.session.exec(select(RuleValue)))


# What is queued


def _open_queued(act: Act, today: date) -> tuple[list[Done], list[tuple[Process, Refused]]]:
    done: list[Done] = []
    left: list[tuple[Process, Refused]] = []
    for process in _queued(act, today):
        try:
            with act.session.begin_nested():
                done.append(_open(act, process))
        except Refused as refused:
            left.append((process, refused))
            act.session.refresh(process)
    return done, left


def _queued(act: Act, today: date) -> list[Process]:
    """Under their locks, the earliest request first."""
    found = select(Process).where(
        col(Process.procedure).in_(GATHERS), Process.queued_for != "", col(Process.is_open).is_(True)
    )
    found = found.order_by(col(Process.queued_at), col(Process.id)).with_for_update(skip_locked=True, key_share=True)
    rows = act.session.exec(found.execution_options(populate_existing=True)).all()
    if act.actor.kind is not Kind.CLOCK:
        return list(rows)
    return [row for row in rows if is_in_time(row, today)]


def is_in_time(process: Process, on: date) -> bool:
    """Whether it was asked for before the cut-off of the announcement of that day. Source: AAP-3 (uncertain)."""
    days = rulings.number(process.rules, "aap_cutoff_days", process.rules_on)
    return process.queued_at is not None and geneva_day(process.queued_at) <= on - timedelta(days=days)


def _open(act: Act, process: Process) -> Done:
    """The step by which the announcement opens the state that the process waits for."""
    target = target_of(act, process)
    steps = (s for s in target.procedure.steps if process.state in s.start and s.end == process.queued_for)
    step = next((s for s in steps if By.CLOCK in s.by), None)
    if step is None:
        raise Conflict(rules.NO_QUEUE, process=process.number)
    plan = plan_of(act, gather(act, target), step, StepForm(), with_letters=False)
    refuse_unmet(plan)
    return carry_out(act, plan, StepForm())


# What changed


def _gather_changes(act: Act, today: date) -> Announcement | None:
    """Lines for every process whose code changed since the announcement before; the row of the day, if there are any."""
    changed = _changed(act, _since(act, today))
    row = publishing.found_of_day(act, SECTOR, Letter.AAP, today)
    if not changed:
        return row
    row = row or publishing.of_day(act, SECTOR, Letter.AAP, today)
    for process, code in changed:
        publishing.add_line(act, row, process, code, _window(act, process))
    return row


def _since(act: Act, today: date) -> Announcement | None:
    before = select(Announcement).where(
        Announcement.sector == SECTOR, Announcement.kind == Letter.AAP, Announcement.happened_on < today
    )
    return act.session.exec(before.order_by(col(Announcement.number).desc())).first()


def _changed(act: Act, since: Announcement | None) -> list[tuple[Process, str]]:
    """(process, code it has now) of those that took another code since, and were not named with it then."""
    found = (
        select(Process, Transition)
        .join(Transition, col(Transition.process_id) == Process.id)
        .where(col(Process.procedure).in_(GATHERS))
        .order_by(col(Transition.id))
    )
    if since is not None:
        found = found.where(col(Transition.at) >= since.published_at)
    codes: dict[int, tuple[Process, str, str]] = {}
    for process, move in act.session.exec(found):
        first = codes.get(process.id or 0)
        before = first[1] if first else _code(process, move.from_state)
        codes[process.id or 0] = (process, before, _code(process, move.to_state))
    named = _named(act, since) if since else set()
    return [(p, now) for p, before, now in codes.values() if now and now != before and (p.id, now) not in named]


def _named(act: Act, row: Announcement) -> set[tuple[int | None, str]]:
    lines = select(AnnouncementLine).where(AnnouncementLine.announcement_id == row.id)
    return {(line.process_id, line.code) for line in act.session.exec(lines)}


def _code(process: Process, state: str) -> str:
    found = ALL[process.procedure].states.get(state)
    return found.code if found else ""


def _window(act: Act, process: Process) -> Window | None:
    """The window that runs; a closed one has been announced before."""
    window = window_of(act.session, process)
    return window if window is not None and window.closed_at is None else None


def _note(act: Act, row: Announcement, opened: int) -> Entry:
    return record(
        act,
        "approval.announced",
        row,
        audience=PUBLIC,
        number=row.number,
        kind=row.kind,
        on=row.happened_on.isoformat(),
        opened=opened,
    )
