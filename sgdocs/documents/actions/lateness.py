"""Late contributions of ITU-T: admitted by the Director, decided by the meeting, or held until it is over."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, Refusal, refuse
from sgdocs.base.text import one_line
from sgdocs.documents import bodies, rules, timing
from sgdocs.documents.actions import _rights
from sgdocs.documents.actions._filing import note
from sgdocs.documents.actions.standing import next_meeting_id, stand
from sgdocs.documents.actions.withdrawing import move
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Admission, Status
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, require


def admit(act: Act, document: Document, reason: str) -> Document:
    """A late contribution of extreme importance is posted; the meeting decides finally. By the Director, or recorded by
    the secretariat. ITU-T only. Source: Rec. ITU-T A.1 clause 3, domain T-C3.
    """
    require(act.actor, Permission.ADMIT_LATE, _rights.scope_of(act.session, document))
    if document.sector != "T":
        refuse(Refusal(rules.T_ONLY))
    if document.status != Status.HELD:
        refuse(Refusal(rules.LATE_ONLY))
    reason = one_line(reason)[:1000]
    if not reason:
        raise Invalid(rules.REASON, field="reason")
    move(act, document, Status.POSTED)
    stand(act, document, Status.POSTED)
    document.admission, document.admitted_by = Admission.ADMITTED, act.actor.person_id
    document.admitted_reason = reason
    note(act, "documents.admitted", document, reason=document.admitted_reason, late=document.late)
    return document


def decide_admission(act: Act, document: Document, reason: str = "", *, is_accepted: bool) -> Document:
    """What the meeting decided on an admitted contribution; refused, it is held again. By officers and secretariat."""
    require(act.actor, Permission.DIRECT_DOCUMENTS, _rights.scope_of(act.session, document))
    if document.admission != Admission.ADMITTED or document.status != Status.POSTED:
        refuse(Refusal(rules.LATE_ONLY))
    reason = one_line(reason)[:1000]
    if not is_accepted and not reason:
        raise Invalid(rules.REASON, field="reason")
    document.admission = Admission.ACCEPTED if is_accepted else Admission.REFUSED
    note(act, "documents.admission-decided", document, decision=document.admission, reason=reason)
    if not is_accepted:
        move(act, document, Status.HELD)
        stand(act, document, Status.HELD)
    act.session.add(document)
    return document


def release_held(act: Act) -> int:
    """Held contributions whose meeting is over take effect for the next one, as soon as one is known. For the clock.

    Returns how many that were. They are in time there, and keep their numbers.
    """
    require(act.actor, Permission.TIDY_DOCUMENTS)
    held = (
        select(Document, Meeting)
        .join(Meeting, col(Meeting.id) == Document.meeting_id)
        .where(Document.status == Status.HELD, col(Document.deleted_at).is_(None))
        .order_by(col(Document.id))
    )
    over = [
        (document, meeting)
        for document, meeting in act.session.exec(held)
        if timing.is_over(bodies.occasion_of(meeting), act.now)
    ]
    return sum(_carry_over(act, document, meeting) for document, meeting in over)


def _carry_over(act: Act, document: Document, meeting: Meeting) -> int:
    following = act.session.get(Meeting, next_meeting_id(act, document) or 0)
    if following is None:
        return 0
    move(act, document, Status.POSTED)
    document.meeting_id, document.late, document.admission = following.id, "", Admission.NONE
    stand(act, document, Status.POSTED)
    act.session.add(document)
    note(act, "documents.posted", document, meeting=following.code, held_from=meeting.code)
    return 1
