"""A meeting is moved or cancelled while its texts are announced: what is repaired by itself, and what people must do.

- A consultation that ends so long before the meeting runs longer when the meeting is later, while it is open; it is never
  shortened: members were told that day.
- When the notice that the texts ask for is no longer kept, or the meeting is cancelled, nothing moves: the decision is
  refused at that meeting by the needs of its row, the process says so, and chair and secretariat owe another meeting.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import col, select

from sgdocs.approval import rulings
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.gathering import Gathered, gather, window_of
from sgdocs.approval.models import Obligation, Process, Transition, Window
from sgdocs.approval.owing import JUDGEMENT
from sgdocs.approval.periods import closes_at, months_after
from sgdocs.approval.procedures.terms import By
from sgdocs.approval.targets import target_of
from sgdocs.approval.workflow import Step
from sgdocs.base.act import Act
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.rules import MeetingStatus


def follow_meeting(act: Act, meeting: Meeting) -> list[Process]:
    """Look at every open process that the meeting is to decide; returns those that changed. Told twice, it does it once."""
    found = select(Process).where(Process.decision_meeting_id == meeting.id, col(Process.is_open).is_(True))
    found = found.order_by(col(Process.id)).with_for_update(key_share=True).execution_options(populate_existing=True)
    changed = []
    for process in act.session.exec(found).all():
        is_late = _require_other(act, process, meeting)
        if _prolong(act, process, meeting) or is_late:
            changed.append(process)
    return changed


def _prolong(act: Act, process: Process, meeting: Meeting) -> bool:
    """Let the open window run to the day that follows from the new days of the meeting, if that is later."""
    window = window_of(act.session, process)
    if window is None or window.closed_at is not None or meeting.status == MeetingStatus.CANCELLED:
        return False
    gathered = gather(act, target_of(act, process))
    opened_by = _opening(act, process, gathered)
    if opened_by is None or opened_by.closes is None:
        return False
    last = opened_by.closes(gathered.facts, window.opens_on)
    if last <= window.closes_on:
        return False
    was = window.closes_on
    _write(act, process, window, last)
    _note(act, process, meeting, was=was.isoformat(), closes_on=last.isoformat())
    return True


def _opening(act: Act, process: Process, gathered: Gathered) -> Step[ProcessFacts] | None:
    """The row by which the process came into its state."""
    moves = select(Transition).where(Transition.process_id == process.id, Transition.to_state == process.state)
    last = act.session.exec(moves.order_by(col(Transition.number).desc())).first()
    procedure = gathered.target.procedure
    return procedure.step(last.step) if last is not None and procedure.has(last.step) else None


def _write(act: Act, process: Process, window: Window, last: date) -> None:
    zone, cutoff = rulings.clock(process.rules, process.rules_on)
    window.closes_on, window.closes_at = last, closes_at(last, zone, cutoff)
    process.closes_on, process.closes_at = window.closes_on, window.closes_at
    process.version += 1
    process.changed_at = act.now
    owed = select(Obligation).where(Obligation.process_id == process.id, col(Obligation.done_at).is_(None))
    for debt in act.session.exec(owed):
        debt.due_on = last if debt.organisation_id is not None else debt.due_on
        act.session.add(debt)
    act.session.add(window)
    act.session.add(process)
    act.session.flush()


def _require_other(act: Act, process: Process, meeting: Meeting) -> bool:
    """Write down, once, that another meeting must be chosen, or that this one can decide again."""
    why = _why_not(act, process, meeting)
    kept = [note for note in process.notes if note.get("kind") != "meeting"]
    wanted = [*kept, {"kind": "meeting", "text": why, "meeting": meeting.code}] if why else kept
    if wanted == process.notes:
        return False
    process.notes = wanted
    process.version += 1
    process.changed_at = act.now
    act.session.add(process)
    if why:
        act.session.add_all(_debts(act, process))
    act.session.flush()
    _note(act, process, meeting, words=why)
    return True


def _why_not(act: Act, process: Process, meeting: Meeting) -> str:
    """A sentence: cancelled, or announced too late for its new days; "" when it may decide."""
    if meeting.status == MeetingStatus.CANCELLED:
        return f"{meeting.code} is cancelled; choose another meeting."
    gathered = gather(act, target_of(act, process))
    announced_on = gathered.facts.deciding.announced_on
    window = window_of(act.session, process)
    if window is not None and window.kind == "consultation" and window.closes_on >= meeting.starts_on:
        return f"{meeting.code} opens on {meeting.starts_on}, before the replies are in ({window.closes_on})."
    latest_on = _latest(gathered)
    if latest_on is not None and announced_on is not None and announced_on > latest_on:
        return f"{meeting.code} opens on {meeting.starts_on}: it had to be announced by {latest_on}, and was on {announced_on}."
    return ""


def _latest(gathered: Gathered) -> date | None:
    """The last day on which the decision could be announced for the days of the meeting."""
    facts = gathered.facts
    starts_on, kept, today = facts.deciding.starts_on, facts.rules, facts.today
    if starts_on is None:
        return None
    if gathered.target.procedure.id == "aap":
        return starts_on - timedelta(days=rulings.number(kept, "aap_sg_notice_days", today))
    return months_after(starts_on, -rulings.number(kept, "tap_notice_months", today))


def _debts(act: Act, process: Process) -> Sequence[Obligation]:
    return [
        Obligation(
            process_id=process.id or 0,
            kind=JUDGEMENT,
            role=role,
            group_id=process.group_id,
            created_at=act.now,
        )
        for role in (By.CHAIR.value, By.SECRETARIAT.value)
    ]


def _note(act: Act, process: Process, meeting: Meeting, **facts: str) -> None:
    told = {name: value for name, value in facts.items() if value}
    record(
        act,
        "approval.meeting-followed",
        process,
        group_id=process.question_id or process.group_id,
        audience=process.audience,
        process=process.number,
        meeting=meeting.code,
        starts_on=meeting.starts_on.isoformat(),
        **told,  # type: ignore[arg-type]
    )
