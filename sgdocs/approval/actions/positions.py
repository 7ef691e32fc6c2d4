"""What delegations say at the meeting that decides; all versions stay, the last one counts. Source: A.8 5, R1 9.5."""

from sqlmodel import col, select

from sgdocs.approval import evidence, rules
from sgdocs.approval.actions._senders import audience_of, sender_of
from sgdocs.approval.gathering import is_in_session
from sgdocs.approval.models import Process, Reply
from sgdocs.approval.offers import meeting_in_session
from sgdocs.approval.schemas import PositionForm
from sgdocs.approval.targets import target_of
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, Refusal, refuse
from sgdocs.groups import queries as groups
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation
from sgdocs.people.queries import organisation_named
from sgdocs.policy import Permission, Scope, may, require


def take_position(act: Act, process: Process, form: PositionForm, *, meeting: Meeting | None = None) -> Reply:
    """Approve, oppose, abstain, ask for more time, register a concern: one's own, or another's by chair or secretariat.

    meeting: that which decides, in session now; None finds it. It may be changed until the decision is taken.
    """
    act.session.refresh(process, with_for_update={"key_share": True})
    target = target_of(act, process)
    place = Scope(target.group.path)
    require(act.actor, Permission.TAKE_POSITION, place)
    here = meeting or _deciding(act, process)
    if not process.is_open or here is None or not is_in_session(act, here):
        raise Conflict(rules.NO_POSITION, process=process.number)
    entity = _entity(act, form, place)
    refuse(rules.why_not_position(form.position, entity.name, entity.category, form.reason.strip()), Invalid)
    row = _said(act, process, here, entity, form)
    _keep_note(act, process, entity, form)
    record(
        act,
        "approval.position-taken",
        process,
        group_id=groups.by_id(act.session, process.group_id).id,
        audience=audience_of(act, process),
        process=process.number,
        meeting=here.code,
        entity=entity.name,
        position=form.position,
        version=row.version,
        sha256=evidence.digest(evidence.of_reply(process.number, row, entity.name)),
    )
    return row


def _deciding(act: Act, process: Process) -> Meeting | None:
    """The meeting that was chosen to decide, else the one in session that may."""
    if process.decision_meeting_id is not None:
        return act.session.get(Meeting, process.decision_meeting_id)
    return meeting_in_session(act, target_of(act, process))


def _entity(act: Act, form: PositionForm, place: Scope) -> Organisation:
    """One's own entity; chair, counsellor and secretariat may enter what a delegation says in the room."""
    if not form.entity:
        return sender_of(act, "", None).organisation
    found = organisation_named(act.session, form.entity)
    if found is None:
        raise Invalid(rules.UNKNOWN_ENTITY, field="entity", name=form.entity)
    if found.id != act.actor.organisation_id and not may(act.actor, Permission.DECIDE_TEXT, place):
        refuse(Refusal(rules.NOT_FOR_OTHERS, {"entity": found.name}), NotAllowed)
    return found


def _said(act: Act, process: Process, meeting: Meeting, entity: Organisation, form: PositionForm) -> Reply:
    held = select(Reply).where(
        Reply.process_id == process.id, Reply.meeting_id == meeting.id, Reply.organisation_id == entity.id
    )
    before = act.session.exec(held.order_by(col(Reply.version).desc())).first()
    if before is not None:
        before.is_last = False
        act.session.add(before)
    row = Reply(
        process_id=process.id or 0,
        meeting_id=meeting.id,
        organisation_id=entity.id or 0,
        country=entity.country,
        position=form.position,
        reason=form.reason,
        person_id=act.actor.person_id,
        version=before.version + 1 if before else 1,
        sent_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    return row


def _keep_note(act: Act, process: Process, entity: Organisation, form: PositionForm) -> None:
    """Concerns and reservations are appended to the text in a concise note; a position withdrawn takes its note along."""
    kept = [note for note in process.notes if note.get("entity") != entity.name]
    if form.position in rules.NOTED:
        kept.append({"kind": form.position, "entity": entity.name, "text": form.reason})
    if kept != process.notes:
        process.notes = kept
        act.session.add(process)
        act.session.flush()
