"""What a step does besides the state, in its transaction: the text, the work item, the edition, further processes."""

from datetime import date
from typing import Final

from sgdocs.approval import naming, rules
from sgdocs.approval.actions.planning import Preview
from sgdocs.approval.models import Process
from sgdocs.approval.procedures.terms import Effect
from sgdocs.approval.targets import Target
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Conflict
from sgdocs.meetings.models import Meeting
from sgdocs.recommendations import actions as recommendations
from sgdocs.recommendations.models import Family, Text
from sgdocs.recommendations.queries import Found
from sgdocs.recommendations.rules import Process as Way
from sgdocs.recommendations.schemas import NewText
from sgdocs.work_programme import actions as work
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import ItemStatus

WAYS: Final = {
    "aap": Way.AAP,
    "tap": Way.TAP,
    "regional-tap": Way.TAP,
    "agreement": Way.AGREEMENT,
    "radio-text": Way.AGREEMENT,
    "assembly": Way.ASSEMBLY,
    "radio-assembly": Way.ASSEMBLY,
    "consultation": Way.ADOPTION,
    "adoption": Way.ADOPTION,
    "psaa": Way.PSAA,
}


def by_rule(act: Act) -> Act:
    """The same moment and transaction: what follows from an approval follows by rule, not by anybody's right to edit."""
    return Act(act.session, Actor.clock(), act.now)


def carry_out(act: Act, plan: Preview, process: Process, reason: str) -> list[tuple[str, str]]:
    """Every effect but those on the row itself; returns facts for the journal: (`edition`, `ITU-T Y.3199 (08/2026)`) …"""
    told: list[tuple[str, str]] = []
    for effect in plan.outcome.effects:
        kind, _, value = effect.partition(":")
        if kind == "item" and plan.target.item is not None:
            _move_item(act, plan, value, reason)
        elif effect == Effect.BRING_INTO_FORCE:
            told.append(("edition", _bring_into_force(act, plan, process).identifier))
        elif effect == Effect.RECORD_AGREED:
            told += _record_agreed(act, plan, process)
        elif effect == Effect.WITHDRAW_TEXT:
            told.append(("withdrawn", _withdraw(act, plan, process)))
        elif effect == Effect.NOTE_EDITORIAL:
            told.append(("corrected", _note_editorial(act, plan, process, reason)))
    return told


def on_row(act: Act, plan: Preview, process: Process) -> None:
    """Effects on the row of the process: the text it is bound to, its meeting, the announcement it waits for."""
    gathered, effects = plan.gathered, plan.outcome.effects
    if {Effect.BIND_TEXT, Effect.BIND_REVISED} & set(effects) and gathered.bound is not None:
        process.document_id = gathered.bound.document.id
        process.document_part, process.sha256 = gathered.bound.part, gathered.bound.sha256
    if gathered.deciding is not None and (Effect.SET_DECIDING in effects or process.decision_meeting_id is None):
        process.decision_meeting_id = gathered.deciding.id
    for effect in effects:
        kind, _, value = effect.partition(":")
        if kind == "queue":
            process.queued_for, process.queued_at = value, act.now if value else None


def _move_item(act: Act, plan: Preview, status: str, reason: str) -> None:
    item = plan.target.item
    assert item is not None, "asked before"
    if item.status == status:
        return
    work.set_status(
        by_rule(act),
        item,
        ItemStatus(status),
        on=plan.outcome.happened_on,
        meeting=plan.gathered.meeting,
        reason=reason,
    )


def _bring_into_force(act: Act, plan: Preview, process: Process) -> Text:
    """The edition, what it supersedes, and the end of the work item: one transaction. Source: INV-1 to INV-5."""
    if not plan.edition:
        raise Conflict(rules.NUMBER, field="identifier")
    text = _edition(act, plan, process)
    if plan.target.item is not None:
        work.complete(by_rule(act), plan.target.item, text, on=plan.outcome.happened_on, meeting=plan.gathered.meeting)
    process.family_id, process.text_id = text.family_id, process.text_id or text.id
    return text


def _edition(act: Act, plan: Preview, process: Process) -> Text:
    target, item = plan.target, plan.target.item
    new = NewText(
        identifier=plan.edition,
        title=process.title,
        approved=plan.outcome.happened_on.isoformat(),
        process=WAYS.get(process.procedure),
        study_group=target.group.code,
        summary=process.summary,
        former_names=_former_names(item, plan.identifier),
        iso_iec=[each["number"] for each in (item.equivalents if item else []) if each.get("number")],
        languages=["en"],
    )
    return recommendations.bring_into_force(by_rule(act), new)


def _former_names(item: WorkItem | None, identifier: str) -> list[str]:
    """Provisional names stay findable."""
    names = [item.acronym, *item.former_names] if item is not None else []
    return [name for name in dict.fromkeys(names) if name and name not in identifier]


def _record_agreed(act: Act, plan: Preview, process: Process) -> list[tuple[str, str]]:
    """A text that is no Recommendation: it enters the catalogue when it has a number, and ends its item. Source: 6.4."""
    item, on = plan.target.item, plan.outcome.happened_on
    if not plan.edition:
        if item is not None:
            work.set_status(by_rule(act), item, ItemStatus.AGREED, on=on, meeting=plan.gathered.meeting)
        return []
    text = _edition(act, plan, process)
    process.family_id, process.text_id = text.family_id, text.id
    if item is not None:
        work.complete(by_rule(act), item, text, on=on, meeting=plan.gathered.meeting)
    return [("edition", text.identifier)]


def _withdraw(act: Act, plan: Preview, process: Process) -> str:
    """Out of force on the day it counts for, with what hangs on it."""
    found, text = _in_force(act, plan)
    recommendations.withdraw(by_rule(act), found, on=plan.outcome.happened_on.isoformat(), reason=_why(process))
    return text.identifier


def _in_force(act: Act, plan: Preview) -> tuple[Found, Text]:
    """The published text that the process is about."""
    target = plan.target
    text = target.text or (act.session.get(Text, target.family.current_id) if target.family else None)
    assert text is not None, "this is about a text in force"
    return Found(act.session.get_one(Family, text.family_id), text), text


def _note_editorial(act: Act, plan: Preview, process: Process, reason: str) -> str:
    """A footnote of the text in force; it keeps its number and its date. Source: domain R-11, AAP-21."""
    found, text = _in_force(act, plan)
    kept = next((note["text"] for note in process.notes if note.get("kind") == "reason"), reason)
    process.notes = [*process.notes, {"kind": "editorial", "text": kept}]
    recommendations.note_editorial(by_rule(act), found, f"Editorial amendments in {plan.outcome.happened_on.year}")
    return text.identifier


def _why(process: Process) -> str:
    given = next((note["text"] for note in process.notes if note.get("kind") == "reason"), "")
    return f"{given} ({process.number})" if given else process.number


def begun_by(act: Act, plan: Preview) -> list[tuple[str, str]]:
    """(procedure, state) of the processes that begin with the same text."""
    found = []
    for effect in plan.outcome.effects:
        kind, _, value = effect.partition(":")
        if kind == "begin":
            procedure, _, state = value.partition(":")
            found.append((procedure, state))
    return found


def new_row(act: Act, target: Target, *, on: date, rules_kept: dict[str, str], meeting: Meeting | None) -> Process:
    """A process that has not begun yet; the caller sets its state, and its number when it adds it."""
    item = target.item
    text = target.text
    return Process(
        number="",
        procedure=target.procedure.id,
        sector=target.group.sector,
        group_id=target.group.id or 0,
        question_id=target.question.id if target.question else None,
        work_item_id=item.id if item else None,
        family_id=target.family.id if target.family else None,
        text_id=text.id if text and item is None else None,
        name=naming.name_of(target),
        title=item.title if item else text.title if text else target.family.title if target.family else "",
        summary=item.summary if item else "",
        state="",
        opened_on=on,
        opened_at=act.now,
        rules=rules_kept,
        rules_on=on,
        meeting_id=meeting.id if meeting else None,
        audience=item.audience if item else text.audience if text else "public",
        changed_at=act.now,
    )
