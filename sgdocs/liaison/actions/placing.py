"""What waits for a meeting of its group is put before it when that meeting is there, carried to the next one when it was not
settled, and flagged anew when it moves."""

from datetime import date

from sqlmodel import col, or_, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents import actions as documents
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Status as DocumentStatus
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.liaison import filing, rules
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.rules import OUT, State
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import groups_of
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.policy import Permission, Scope, require


def place_waiting(act: Act, meeting: Meeting) -> list[Addressee]:
    """Put the open statements of the groups that meet there before their next meeting: those that had none, those whose
    meeting was cancelled or comes later now, and those that a meeting left open. Returns whom it moved. By the clock.

    The document joins the meeting too, unless a meeting that was held has it: it keeps its number, and goes on the agenda.
    """
    group = act.session.get_one(Group, meeting.group_id)
    require(act.actor, Permission.ALLOT_STATEMENT, Scope(group.path))
    on = geneva_day(act.now)
    ids = {each.id for each in groups_of(act.session, meeting)}
    rows = (
        select(Addressee, Statement, Group)
        .join(Statement, col(Statement.id) == col(Addressee.statement_id))
        .join(Group, col(Group.id) == col(Addressee.group_id))
        .where(
            or_(col(Group.id).in_(ids), col(Group.parent_id).in_(ids)),
            col(Statement.status).in_(OUT),
            col(Addressee.state).not_in(rules.CLOSED),
            col(Addressee.document_id).is_not(None),
        )
        .order_by(col(Addressee.id))
    )
    moved = []
    for addressee, statement, addressed in act.session.exec(rows).all():
        is_open = rules.is_open(addressee.state, is_answer_expected=addressee.is_answer_expected)
        if is_open and _place(act, statement, addressee, filing.next_meeting(act.session, addressed, on)):
            moved.append(addressee)
    return moved


def _place(act: Act, statement: Statement, addressee: Addressee, meeting: Meeting | None) -> bool:
    """Whether it stands before another meeting now; the flag follows in any case."""
    held = act.session.get(Meeting, addressee.meeting_id) if addressee.meeting_id else None
    on = geneva_day(act.now)
    is_ahead = held is not None and held.status not in filing.GONE and held.ends_on >= on
    kept = held if is_ahead else None
    is_late = addressee.deadline is not None and addressee.deadline < on
    addressee.flagged = filing.flag_of(
        addressee.deadline, meeting or kept, is_answer_expected=addressee.is_answer_expected and not is_late
    )
    act.session.add(addressee)
    if meeting is None or (kept is not None and kept.starts_on <= meeting.starts_on):
        return False
    carried_from = held.code if held is not None and _was_held(held, on) else ""
    addressee.meeting_id = meeting.id
    document = act.session.get_one(Document, addressee.document_id)
    own = act.session.get(Meeting, document.meeting_id) if document.meeting_id else None
    if own is None or not _was_held(own, on):
        documents.join_meeting(act, document, meeting)
    _note(act, statement, addressee, meeting, carried_from)
    return True


def _was_held(meeting: Meeting, on: date) -> bool:
    """It is over; its papers stay its own, and the agenda of the next meeting lists what it left open."""
    return meeting.status == MeetingStatus.CLOSED or (
        meeting.status != MeetingStatus.CANCELLED and meeting.ends_on < on
    )


def _note(act: Act, statement: Statement, addressee: Addressee, meeting: Meeting, carried_from: str) -> None:
    record(
        act,
        "liaison.placed",
        statement,
        group_id=addressee.group_id,
        audience=addressee.audience,
        name=statement.name,
        label=statement.label,
        title=statement.title,
        addressee=addressee.name,
        position=addressee.position,
        meeting=meeting.code,
        flagged=addressee.flagged,
        carried_from=carried_from,
    )


def show_released(act: Act, document: Document) -> bool:
    """A file that waited for the scanner is shown now: what was received counts as posted. By the clock."""
    row = act.session.exec(select(Addressee).where(Addressee.document_id == document.id)).first()
    if row is None or row.state != State.RECEIVED or document.status != DocumentStatus.POSTED:
        return False
    group = act.session.get_one(Group, row.group_id)
    require(act.actor, Permission.ALLOT_STATEMENT, Scope(group.path))
    row.state, row.state_on = State.POSTED, geneva_day(act.now)
    act.session.add(row)
    return True
