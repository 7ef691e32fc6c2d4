"""The steps that stand open to somebody, each with all that is unmet: the buttons, the API and the guard in the action."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from sgdocs.approval import rules
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.gathering import (
    Gathered,
    gather,
    is_in_session,
    is_of_group,
    listed,
    newest_text,
    text_in_hand,
)
from sgdocs.approval.models import Process
from sgdocs.approval.procedures.terms import By, Effect
from sgdocs.approval.targets import BEFORE, Target, Thing, roles_of, target_of
from sgdocs.approval.workflow import Offer, Procedure, Step, starts_at, unmet
from sgdocs.base.act import Act
from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible as meetings_visible
from sgdocs.meetings.rules import MeetingStatus

Row = Step[ProcessFacts]
OTHER_TEXT = rule(
    "approval.text-of-another-group",
    "{text} is a paper of {found}; a text of {group} goes on in a paper of its own.",
    "Rec. ITU-T A.8 3.2, 4.4.3",
)


@dataclass(frozen=True)
class Offered:
    """Everything the panel of a thing shows. meeting: the one in session, None when there is none."""

    target: Target
    offers: tuple[Offer[ProcessFacts], ...]
    meeting: Meeting | None
    gathered: Gathered


def offered(act: Act, thing: Thing | Target, *, procedure: str = "", meeting: Meeting | None = None) -> Offered:
    """What the actor may do there now. meeting: None looks for one in session that may decide.

    The clock's steps are left out. Costs about 25 queries.
    """
    target = target_of(act, thing, procedure)
    here = meeting or meeting_in_session(act, target)
    roles = roles_of(act, target, here) - {By.CLOCK.value}
    gathered = gather(act, target)
    at_meeting = gather(act, target, meeting=here) if here is not None else gathered
    found = []
    for step in target.procedure.steps:
        if starts_at(step, target.state) and set(step.by) & roles:
            facts = at_meeting if step.in_meeting else gathered
            if Effect.BIND_REVISED in step.effects:
                facts = gather(act, target, text=newest_text(act.session, target))
            found.append(Offer(step, unmet_of(act.session, step, facts)))
    return Offered(target, tuple(found), here, gathered)


def unmet_of(session: Session, step: Row, gathered: Gathered, *, identifier: str = "") -> tuple[Refusal, ...]:
    """All that stands against the step: what the table says, then what holds for every procedure."""
    return (*unmet(step, gathered.facts), *_also_unmet(session, step, gathered, identifier))


def _also_unmet(session: Session, step: Row, gathered: Gathered, identifier: str) -> list[Refusal]:
    target, meeting = gathered.target, gathered.meeting
    found: list[Refusal] = []
    if step.in_meeting is not False and meeting is not None:
        no = rules.why_not_meet(
            meeting.code,
            kind=meeting.kind,
            is_of_group=gathered.is_of_group or meeting.kind == "assembly",
            group=target.group.label,
            in_session=gathered.facts.meeting.is_in_session,
            starts_on=meeting.starts_on,
            ends_on=meeting.ends_on,
        )
        is_told = step.in_meeting and no is not None and no.rule is rules.NOT_IN_SESSION
        found += [no] if no is not None and not is_told else []
    if target.state == BEFORE:
        found += _running(session, target)
    if Effect.BIND_REVISED in step.effects:
        found += _of_others(session, gathered)
    has_number = identifier or (target.process.identifier if target.process else "")
    if needs_number(target.procedure, step) and not has_number:
        found.append(Refusal(rules.NUMBER, field="identifier"))
    return found


def _of_others(session: Session, gathered: Gathered) -> list[Refusal]:
    """What comes in the place of a text of ITU-T is a paper of its own study group, or of a part of it."""
    target, bound = gathered.target, gathered.bound
    is_same = bound is None or target.process is None or bound.document.id == target.process.document_id
    if is_same or bound is None or target.group.sector != "T":
        return []
    home = session.get(Group, bound.document.group_id)
    path = home.path if home is not None else ""
    if path == target.group.path or path.startswith(f"{target.group.path}/"):
        return []
    facts = {"text": bound.label, "found": home.label if home else "-", "group": target.group.label}
    return [Refusal(OTHER_TEXT, facts, field="document")]


def _running(session: Session, target: Target) -> list[Refusal]:
    """A process that is open for the item, or of the same procedure for the published text."""
    running = open_process(session, target.item.id) if target.item is not None else _open_for_text(session, target)
    if running is None:
        return []
    facts = {"item": target.label, "process": running.number, "state": running.state}
    return [Refusal(rules.RUNNING, facts)]


def open_process(session: Session, item_id: int | None) -> Process | None:
    found = select(Process).where(Process.work_item_id == item_id, col(Process.is_open).is_(True))
    return session.exec(found.order_by(col(Process.id).desc())).first()


def _open_for_text(session: Session, target: Target) -> Process | None:
    found = select(Process).where(
        Process.text_id == (target.text.id if target.text else None),
        Process.procedure == target.procedure.id,
        col(Process.work_item_id).is_(None),
        col(Process.is_open).is_(True),
    )
    return session.exec(found.order_by(col(Process.id).desc())).first() if target.text else None


def needs_number(procedure: Procedure[ProcessFacts], step: Row) -> bool:
    """Whether the edition is made by the step, or by the clock out of the window that the step opens."""
    if Effect.BRING_INTO_FORCE in step.effects:
        return True
    follows = (each for each in procedure.steps if step.end in each.start and each.on_expiry)
    return step.closes is not None and any(Effect.BRING_INTO_FORCE in each.effects for each in follows)


def meeting_in_session(act: Act, target: Target) -> Meeting | None:
    """A meeting in session that may decide on the text: first one that lists it, then the study group's own."""
    found = []
    for meeting in _running_meetings(act, target.group):
        if meeting.kind in rules.DECIDING_KINDS and is_of_group(act.session, target, meeting):
            found += [meeting] if is_in_session(act, meeting) else []
    text = text_in_hand(act.session, target) if len(found) > 1 else None

    def rank(meeting: Meeting) -> tuple[bool, bool, int]:
        is_listed = text is not None and listed(act.session, target, meeting, text.document) is not None
        return (not is_listed, meeting.group_id != target.group.id, meeting.id or 0)

    return min(found, key=rank, default=None)


def _running_meetings(act: Act, group: Group) -> list[Meeting]:
    """Open or announced meetings of the Sector whose days include today, anywhere on earth."""
    day = act.now.astimezone(ZoneInfo("Etc/GMT-14")).date()
    earliest = act.now.astimezone(ZoneInfo("Etc/GMT+12")).date()
    found = select(Meeting).where(
        Meeting.sector == group.sector,
        col(Meeting.status).in_((MeetingStatus.OPEN, MeetingStatus.ANNOUNCED)),
        col(Meeting.starts_on) <= day,
        col(Meeting.ends_on) >= earliest,
        meetings_visible(act),
    )
    return list(act.session.exec(found.order_by(col(Meeting.id))))
