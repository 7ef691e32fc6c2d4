"""Reserve a number, submit a document, upload into a reservation, file what the house makes itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, update
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import CHANGED, Closed, Conflict, Invalid, Refusal, refuse
from sgdocs.documents import bodies, rules
from sgdocs.documents.actions import _filing, _rights
from sgdocs.documents.actions._filing import Part, note
from sgdocs.documents.actions.deciding import Plan, plan_of
from sgdocs.documents.actions.standing import stand
from sgdocs.documents.bodies import Body
from sgdocs.documents.models import Document, DocumentSource, Lineage
from sgdocs.documents.numbering import RADIO_CIRCULARS
from sgdocs.documents.rules import USUAL, DocumentKind, Limits, LineageKind, Status, TdReason
from sgdocs.documents.schemas import ReservationForm, SubmissionForm, Upload
from sgdocs.documents.timing import IN_TIME, Verdict
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, Scope, require

K = DocumentKind


def reserve(act: Act, meeting: Meeting, form: ReservationForm, *, limits: Limits = USUAL) -> Document:
    """A number for a document that is still to come. It expires; a person holds only so many for one meeting."""
    plan = plan_of(act, bodies.body_of(act.session, meeting), form, limits)
    refuse(plan.verdict.refusal, Closed)
    _require_quota(act, plan.body, meeting, limits)
    document = _create(act, plan)
    document.title = form.title
    document.expires_at = act.now + timedelta(days=limits.reservation_days)
    note(act, "documents.reserved", document, meeting=meeting.code, until=document.expires_at.isoformat())
    return document


def submit(
    act: Act, meeting: Meeting, form: SubmissionForm, uploads: Sequence[Upload], *, limits: Limits = USUAL
) -> Document:
    """A document with its number and files, whole or not at all. Posted; or held, when a contribution comes late in
    ITU-T; or in quarantine. Closed: too late in ITU-R and for assemblies, or the meeting is over.
    """
    plan = plan_of(act, bodies.body_of(act.session, meeting), form, limits)
    return _bring(act, plan, form, uploads)


def file_as(
    act: Act,
    kind: DocumentKind,
    meeting: Meeting | None,
    form: SubmissionForm,
    uploads: Sequence[Upload],
    *,
    group: Group | None = None,
    output_of: Document | None = None,
    source: str = "",
    limits: Limits = USUAL,
) -> Document:
    """A document that the house makes itself: a report, an output of a rapporteur group meeting as TD of its parent, a
    letter, a circular (meeting None, group: of which it tells), a liaison statement. The same rights; never late.

    source: words of the cover where no member submits (`Working Party 5A`): no entity has a say in it then.
    """
    body = bodies.body_of(act.session, meeting) if meeting is not None else _body_without(act, kind, group, form.stream)
    asked = form.model_copy(update={"kind": kind, "td_reason": form.td_reason or TdReason.REQUESTED})
    plan = replace(plan_of(act, body, asked, limits, is_house=True, source=source), verdict=IN_TIME)
    document = _bring(act, plan, asked, uploads, verb="documents.filed")
    if output_of is not None:
        row = Lineage(document_id=document.id or 0, other_id=output_of.id or 0, kind=LineageKind.OUTPUT_OF)
        act.session.add(row)
    return document


def _body_without(act: Act, kind: DocumentKind, group: Group | None, stream: str) -> Body:
    """Who counts what is issued outside meetings."""
    if group is None:
        raise Invalid(rules.NO_SOURCE, field="group")
    on = geneva_day(act.now)
    is_bureau = kind is K.CIRCULAR and (group.sector == "T" or stream in RADIO_CIRCULARS)
    return bodies.bureau(act.session, group, on) if is_bureau else bodies.body_of_group(act.session, group, on)


def _require_quota(act: Act, body: Body, meeting: Meeting, limits: Limits) -> None:
    """So many reserved numbers a person and meeting; the secretariat holds as many as it needs."""
    if _rights.is_office(act, body):
        return
    held = act.session.exec(
        select(func.count(col(Document.id))).where(
            Document.meeting_id == meeting.id,
            Document.owner_id == act.actor.person_id,
            Document.status == Status.RESERVED,
            col(Document.expires_at) > act.now,
            col(Document.deleted_at).is_(None),
        )
    ).one()
    if held >= limits.reservation_quota:
        facts = {"held": held, "code": meeting.code, "most": limits.reservation_quota}
        refuse(Refusal(rules.QUOTA, facts))


def _create(act: Act, plan: Plan) -> Document:
    """The document with its number, reserved."""
    given = _filing.number_next(act, plan.body, plan.kind, plan.form, plan.stream)
    document = _filing.document_of(act, plan.body, plan.kind, given, plan.audience)
    document.organisation_id = act.actor.organisation_id
    _filing.insert(act, document)
    _filing.set_sources(act, document, plan.sources)
    _filing.set_questions(act, document, plan.questions)
    return document


def _bring(
    act: Act, plan: Plan, form: SubmissionForm, uploads: Sequence[Upload], *, verb: str = "documents.submitted"
) -> Document:
    """Number and files in one."""
    scope = Scope(plan.body.meets.path)
    _require_files(act, plan.verdict, scope, form, uploads)
    _require_audience(act, plan.body.group.sector, plan.audience, scope, form)
    return _fill_in(act, _create(act, plan), plan, form, uploads, verb=verb)


def _require_files(act: Act, verdict: Verdict, scope: Scope, form: SubmissionForm, uploads: Sequence[Upload]) -> None:
    refuse(verdict.refusal, Closed)
    if not uploads:
        raise Invalid(rules.NO_FILE, field="file")
    _filing.require_checked(act, scope, uploads, form.overrule)


def _require_audience(act: Act, sector: str, usual: str, scope: Scope, form: SubmissionForm) -> None:
    """Another class of access than the usual one is for officers to say, with a reason."""
    if form.audience and form.audience != usual:
        require(act.actor, Permission.SET_AUDIENCE, scope)
        refuse(rules.why_not_class(form.audience, usual, form.audience_reason, sector), Invalid)


def fill(
    act: Act, document: Document, form: SubmissionForm, uploads: Sequence[Upload], *, limits: Limits = USUAL
) -> Document:
    """Upload into a reservation: it becomes the document that was announced, under the same rules as `submit`.

    Title and Questions are those of the form; sources too, when the form names any. Conflict: it is no reservation any
    more (expired, filled by somebody else).
    """
    scope = _rights.scope_of(act.session, document)
    require(act.actor, Permission.REVISE_DOCUMENT, scope)
    is_expired = document.expires_at is not None and document.expires_at <= act.now
    status = Status.EXPIRED if document.status == Status.RESERVED and is_expired else document.status
    refuse(rules.why_not_in(status, [Status.RESERVED], document.label))
    meeting = act.session.get(Meeting, document.meeting_id)
    assert meeting is not None, "a reservation is for a meeting"
    named = form.sources or [str(each) for each in _source_ids(act, document)]
    asked = form.model_copy(update={"kind": DocumentKind(document.kind), "stream": document.stream, "sources": named})
    plan = plan_of(act, bodies.body_of(act.session, meeting), asked, limits)
    _require_files(act, plan.verdict, scope, form, uploads)
    _require_audience(act, document.sector, plan.audience, scope, form)
    _claim(act, document)
    _filing.set_sources(act, document, plan.sources)
    _filing.set_questions(act, document, plan.questions)
    return _fill_in(act, document, plan, asked, uploads, verb="documents.submitted")


def _source_ids(act: Act, document: Document) -> list[int]:
    from_table = select(DocumentSource.organisation_id).where(DocumentSource.document_id == document.id)
    return list(act.session.exec(from_table))


def _claim(act: Act, document: Document) -> None:
    """Nobody else fills it: the state moves once. Conflict when it has moved."""
    moved = (
        update(Document)
        .where(
            col(Document.id) == document.id,
            col(Document.status) == Status.RESERVED,
            col(Document.deleted_at).is_(None),
        )
        .values(status=Status.POSTED)
        .execution_options(synchronize_session=False)
    )
    if act.session.connection().execute(moved).rowcount != 1:
        raise Conflict(CHANGED)
    document.status = Status.POSTED


def _fill_in(
    act: Act, document: Document, plan: Plan, form: SubmissionForm, uploads: Sequence[Upload], *, verb: str
) -> Document:
    """Write what the form says and the first version; the state follows from deadline and scanner."""
    _describe(document, form)
    document.late, document.may_be_translated = plan.verdict.late, plan.may_be_translated
    document.td_reason = form.td_reason
    document.intended_audience, document.audience_reason = form.audience or plan.audience, form.audience_reason
    document.received_at, document.expires_at = act.now, None
    is_clean = not any(upload.is_quarantined for upload in uploads)
    stand(act, document, plan.verdict.status if is_clean else Status.QUARANTINE)
    _filing.add_version(act, document, Part(note=form.note), uploads, form.overrule)
    said = {Status.HELD: "documents.held", Status.QUARANTINE: "documents.quarantined"}.get(
        Status(document.status), verb
    )
    meeting = plan.body.meeting
    note(act, said, document, meeting=meeting.code if meeting else "", source=document.source, late=document.late)
    return document


def _describe(document: Document, form: SubmissionForm) -> None:
    document.title = form.title
    document.titles = dict(form.titles)
    document.purpose, document.abstract, document.keywords = form.purpose, form.abstract, form.keywords
    document.language = form.language or "en"
    document.contacts = _filing.contacts_of(form.contacts)
