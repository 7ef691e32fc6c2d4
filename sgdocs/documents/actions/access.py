"""Who reads a document; what a Member State will not have public in advance."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, invalid, refuse
from sgdocs.base.text import one_line
from sgdocs.documents import bodies, rules
from sgdocs.documents.actions import _rights
from sgdocs.documents.actions._filing import note
from sgdocs.documents.actions.deciding import usual_audience
from sgdocs.documents.models import Document, PublicationObjection
from sgdocs.documents.rules import USUAL, DocumentKind, Limits, Status
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import group_of
from sgdocs.people.models import Organisation
from sgdocs.policy import PUBLIC, Permission, Scope, may, require


def set_audience(act: Act, document: Document, audience: str, reason: str, *, limits: Limits = USUAL) -> Document:
    """Another class of access, with a reason; or the usual one again. By officers and the secretariat.

    audience: `public`, the Sector (`T`), the group (`T/SG15`), `secretariat`, `person:ID`, or "" for the usual one.
    What is not posted yet gets it when it is. Source: domain 8.3.
    """
    require(act.actor, Permission.SET_AUDIENCE, _rights.scope_of(act.session, document))
    usual = usual_of(act, document, limits)
    chosen, reason = one_line(audience) or usual, one_line(reason)
    refuse(rules.why_not_class(chosen, usual, reason, document.sector), Invalid)
    _change(act, document, chosen, reason)
    return document


def usual_of(act: Act, document: Document, limits: Limits) -> str:
    """The label that a document of its kind and meeting has when nobody says otherwise."""
    meeting = act.session.get(Meeting, document.meeting_id) if document.meeting_id else None
    if meeting is not None:
        body = bodies.body_of(act.session, meeting)
    else:
        group = act.session.get_one(Group, document.group_id)
        body = bodies.body_of_group(act.session, group, geneva_day(act.now))
    return usual_audience(act, body, DocumentKind(document.kind), limits)


def _change(act: Act, document: Document, audience: str, reason: str) -> None:
    was = document.intended_audience
    document.intended_audience, document.audience_reason = audience, reason[:500]
    if document.status in rules.SHOWN:
        document.audience = audience
    act.session.add(document)
    note(act, "documents.reclassified", document, access=audience, was=was, reason=reason)


def object_to_publication(act: Act, meeting: Meeting, reason: str, *, organisation_id: int | None = None) -> int:
    """A Member State will not have the inputs of an assembly public: they are for members of the Sector from now on.

    organisation_id: the Member State, when the secretariat records it. Returns how many documents changed their class.
    Source: Council document C20/35 section 2.2.
    """
    scope = Scope(group_of(act.session, meeting).path)
    require(act.actor, Permission.OBJECT_TO_PUBLICATION, scope)
    if meeting.kind != "assembly":
        raise Conflict(rules.NO_ASSEMBLY)
    state, reason = _state(act, organisation_id), one_line(reason)[:500]
    row = _objection(act, meeting, state)
    row.reason, row.made_by, row.made_at, row.ended_at = reason, act.actor.person_id, act.now, None
    act.session.add(row)
    _tell(act, "documents.objected", meeting, state, reason)
    return _reclassify(act, meeting, PUBLIC, meeting.sector, _reason(state.name, reason))


def end_objection(act: Act, meeting: Meeting, *, organisation_id: int | None = None, limits: Limits = USUAL) -> int:
    """The Member State has no objection any more; when none is left, the inputs are public again, if the house makes
    them so. What officers keep for members with a reason of their own stays theirs.
    """
    scope = Scope(group_of(act.session, meeting).path)
    require(act.actor, Permission.OBJECT_TO_PUBLICATION, scope)
    state = _state(act, organisation_id)
    row = act.session.exec(_stands(meeting).where(PublicationObjection.organisation_id == state.id)).first()
    if row is None:
        raise Conflict(rules.NOT_OBJECTED, name=state.name)
    row.ended_at = act.now
    act.session.add(row)
    act.session.flush()
    _tell(act, "documents.objection-ended", meeting, state, "")
    if act.session.exec(_stands(meeting)).first() is not None or not limits.assembly_inputs_public:
        return 0
    return _reclassify(act, meeting, meeting.sector, PUBLIC, "", only_for=["", *_reasons(act, meeting)])


def _reasons(act: Act, meeting: Meeting) -> list[str]:
    """By which objections to the publication of a meeting, past ones too, documents were kept for members."""
    made = (
        select(Organisation.name, PublicationObjection.reason)
        .join(PublicationObjection, col(PublicationObjection.organisation_id) == Organisation.id)
        .where(PublicationObjection.meeting_id == meeting.id)
    )
    return [_reason(name, reason) for name, reason in act.session.exec(made)]


def _reason(name: str, reason: str) -> str:
    return f"{name}: {reason}"[:500]


def _stands(meeting: Meeting) -> SelectOfScalar[PublicationObjection]:
    """The objections that stand."""
    return select(PublicationObjection).where(
        PublicationObjection.meeting_id == meeting.id, col(PublicationObjection.ended_at).is_(None)
    )


def _objection(act: Act, meeting: Meeting, state: Organisation) -> PublicationObjection:
    """The row of a Member State, new or of an objection that had ended. Conflict: it stands already."""
    held = select(PublicationObjection).where(
        PublicationObjection.meeting_id == meeting.id, PublicationObjection.organisation_id == state.id
    )
    row = act.session.exec(held).first()
    if row is None:
        return PublicationObjection(meeting_id=meeting.id or 0, organisation_id=state.id or 0, made_at=act.now)
    if row.ended_at is None:
        raise Conflict(rules.OBJECTED, name=state.name)
    return row


def _tell(act: Act, verb: str, meeting: Meeting, state: Organisation, reason: str) -> None:
    told: dict[str, Any] = {"code": meeting.code, "organisation": state.name, "reason": reason}
    record(act, verb, meeting, group_id=meeting.group_id, audience=meeting.sector, **told)


def _reclassify(
    act: Act, meeting: Meeting, was: str, audience: str, reason: str, *, only_for: Sequence[str] = ()
) -> int:
    """Contributions of that class get the other; those with a class of their own keep it. only_for: reasons of theirs."""
    found = select(Document).where(
        Document.meeting_id == meeting.id,
        Document.kind == DocumentKind.CONTRIBUTION,
        Document.intended_audience == was,
        col(Document.status).not_in((Status.EXPIRED, Status.REFUSED)),
    )
    if only_for:
        found = found.where(col(Document.audience_reason).in_(only_for))
    rows = act.session.exec(found.order_by(col(Document.id))).all()
    for document in rows:
        _change(act, document, audience, reason)
    return len(rows)


def _state(act: Act, organisation_id: int | None) -> Organisation:
    """Whose objection it is: the actor's own, or for the secretariat the one that is named."""
    id = organisation_id if may(act.actor, Permission.TIDY_DOCUMENTS) else act.actor.organisation_id
    found = act.session.get(Organisation, id) if id is not None else None
    if found is None or found.category != "member-state":
        invalid("organisation", organisation_id or "", "A Member State.")
    return found
