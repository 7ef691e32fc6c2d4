"""What is decided before a number is taken: kind, series, rights, sources, deadline, class of access."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents import bodies, timing
from sgdocs.documents.actions import _rights
from sgdocs.documents.actions._rights import Sources
from sgdocs.documents.bodies import Body
from sgdocs.documents.models import PublicationObjection
from sgdocs.documents.numbering import Place, SeriesForm
from sgdocs.documents.rules import DocumentKind, Limits, TdReason
from sgdocs.documents.schemas import ReservationForm, SubmissionForm
from sgdocs.documents.timing import IN_TIME, Verdict
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audience_of
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.deadlines import CONTRIBUTION, TEMPORARY_DOCUMENT, TRANSLATION
from sgdocs.policy import PUBLIC

K = DocumentKind
DEADLINES = {K.CONTRIBUTION: CONTRIBUTION, K.TEMPORARY: TEMPORARY_DOCUMENT}
PUBLIC_KINDS = (K.CIRCULAR, K.LETTER)
"""Circulars are public; so are the letters that convene. Source: domain 8.3."""


@dataclass(frozen=True)
class Plan:
    """Everything that was decided before a number is taken."""

    body: Body
    kind: DocumentKind
    form: SeriesForm
    stream: str
    questions: Sequence[Group]
    sources: Sources
    verdict: Verdict
    may_be_translated: bool
    audience: str


def plan_of(
    act: Act, body: Body, form: ReservationForm, limits: Limits, *, is_house: bool = False, source: str = ""
) -> Plan:
    """Permit and decide: kind, series, Questions, rights, sources, deadline. Raises what stands against it.

    source: words in place of the form's sources, where no member submits.
    """
    kind = form.kind or body.usual
    series, stream = body.form(kind, form.stream)
    questions = bodies.questions(act.session, body, form.questions)
    _rights.permit(act, body, kind, questions, stream)
    if not is_house or kind is K.CONTRIBUTION:
        _rights.require_open(act, body, kind)
    sources = Sources(words=source) if source else _rights.sources_of(act, body, kind, form.sources, limits)
    td_reason = form.td_reason if isinstance(form, SubmissionForm) else TdReason.NONE
    return Plan(
        body,
        kind,
        series,
        stream,
        questions,
        sources,
        verdict_of(act, body, kind, td_reason),
        _may_be_translated(act, body, kind),
        usual_audience(act, body, kind, limits),
    )


def verdict_of(act: Act, body: Body, kind: DocumentKind, td_reason: TdReason = TdReason.NONE) -> Verdict:
    """What the deadline does to a document of that kind that comes now."""
    rule = DEADLINES.get(kind)
    if body.meeting is None or rule is None:
        return IN_TIME
    due = bodies.due_of(act.session, body.meeting, rule)
    return timing.verdict(kind, bodies.occasion_of(body.meeting), due, act.now, td_reason=td_reason)


def _may_be_translated(act: Act, body: Body, kind: DocumentKind) -> bool:
    """Received in time to be translated. Source: Rec. ITU-T A.1 clause 3, domain T-C1."""
    due = bodies.due_of(act.session, body.meeting, TRANSLATION) if kind is K.CONTRIBUTION else None
    return due is not None and not due.has_passed(act.now)


def usual_audience(act: Act, body: Body, kind: DocumentKind, limits: Limits) -> str:
    """The class of access of a kind there, unless one says otherwise. Source: domain 8.3.

    Inputs of an assembly are public in advance, if the house says so and no Member State objects.
    """
    if kind in PUBLIC_KINDS:
        return PUBLIC
    if body.place in (Place.ASSEMBLY, Place.RADIO_ASSEMBLY):
        is_public = limits.assembly_inputs_public and kind is K.CONTRIBUTION and not _is_objected(act, body)
        return PUBLIC if is_public else body.group.sector
    if body.meeting is not None:
        return meetings.papers_audience(act.session, body.meeting)
    return audience_of(act.session, body.group)


def _is_objected(act: Act, body: Body) -> bool:
    meeting_id = body.meeting.id if body.meeting else None
    stands = select(PublicationObjection.id).where(
        PublicationObjection.meeting_id == meeting_id, col(PublicationObjection.ended_at).is_(None)
    )
    return act.session.exec(stands).first() is not None
