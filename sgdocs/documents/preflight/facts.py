"""What the checks look at, gathered from the reading, the form and the database."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, Invalid
from sgdocs.documents import bodies, queries, timing
from sgdocs.documents.actions import _rights
from sgdocs.documents.actions.deciding import DEADLINES, verdict_of
from sgdocs.documents.bodies import Body
from sgdocs.documents.citations import references_of
from sgdocs.documents.models import Document
from sgdocs.documents.naming import alike
from sgdocs.documents.preflight.model import CheckFacts, Gathering, Membership, Stale, Told
from sgdocs.documents.preflight.of_form import same_number
from sgdocs.documents.reference_rules import STALE
from sgdocs.documents.rules import USUAL, DocumentKind, Limits, Status, TdReason
from sgdocs.documents.schemas import ReservationForm, SubmissionForm
from sgdocs.documents.stamping import days
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation
from sgdocs.people.queries import organisation_named
from sgdocs.text.model import Reading
from sgdocs.text.questions import read_questions

LIMIT_BYTES = 100_000_000


def facts_of(
    act: Act,
    reading: Reading,
    form: ReservationForm | None = None,
    meeting: Meeting | None = None,
    *,
    name: str = "",
    size_bytes: int = 0,
    sha256: str = "",
    document: Document | None = None,
    is_revision: bool = False,
    limits: Limits = USUAL,
    limit_bytes: int = LIMIT_BYTES,
) -> CheckFacts:
    """Everything the checks need. form, meeting: None leaves out the checks that need them. name: as uploaded.

    document: the reservation that is filled, or what is revised; its number and, without a form, its words are compared.
    Costs some ten queries with a meeting, whatever the size of the file.
    """
    body = bodies.body_of(act.session, meeting) if meeting is not None else None
    kind = _kind(form, document, body)
    facts = CheckFacts(name, reading, size_bytes, limit_bytes)
    here, elsewhere = _same(act, sha256, meeting, document)
    facts = replace(
        facts,
        told=_told(act, form, document, body, kind),
        references=_references(act, reading, document),
        same_here=here,
        same_elsewhere=elsewhere,
    )
    if body is None or kind is None:
        return facts
    is_new = document is None or document.status == Status.RESERVED
    return replace(
        facts,
        gathering=_gathering(act, body, form, kind, is_revision=is_revision),
        membership=_membership(act, body, kind, form, limits) if form is not None and is_new else None,
        taken_by=_taken_by(act, body, reading, document),
    )


def _kind(form: ReservationForm | None, document: Document | None, body: Body | None) -> DocumentKind | None:
    if form is not None and form.kind is not None:
        return form.kind
    if document is not None:
        return DocumentKind(document.kind)
    return body.usual if body is not None else None


def _told(
    act: Act, form: ReservationForm | None, document: Document | None, body: Body | None, kind: DocumentKind | None
) -> Told | None:
    """The form's words, else those of the document; None when there is neither."""
    if form is None and document is None:
        return None
    told = Told(kind=kind or "", number=document.label if document else "")
    if form is not None:
        given = [name for name in form.sources if name.strip()]
        return replace(
            told,
            title=form.title,
            questions=_questions(act, body, form.questions),
            sources=tuple(_names(_organisation(act, name), name) for name in given),
            language=form.language,
        )
    assert document is not None, "neither form nor document"
    return replace(
        told,
        title=document.title,
        questions=tuple(map(question_code, queries.questions_of(act.session, document))),
        sources=tuple(_names(each, each.name) for each in queries.sources_of(act.session, document)),
        language=document.language,
    )


def _questions(act: Act, body: Body | None, words: Sequence[str]) -> tuple[str, ...]:
    """As covers write them; without a meeting nobody knows of which group they are."""
    if body is None:
        return read_questions(", ".join(words))
    groups, unknown = bodies.questions_of(act.session, body, words)
    return (*map(question_code, groups), *unknown)


def question_code(group: Group) -> str:
    """`6/15` of Q6/15, `ALL/15` of the study group itself, as covers write them."""
    if group.kind == "question":
        return re.sub(r"^Q(?=\d)", "", group.label)
    number = re.sub(r"^\D+", "", group.code)
    return f"ALL/{number or group.code}" if "/" not in group.label else group.label


def study_group_of(act: Act, group: Group) -> Group:
    """The study group above a Question or working party of ITU-T."""
    while group.sector == "T" and group.parent_id is not None:
        above = act.session.get(Group, group.parent_id)
        if above is None:
            return group
        group = above
    return group


def _organisation(act: Act, name: str) -> Organisation | None:
    if name.isdecimal() and len(name) < 10:
        return act.session.get(Organisation, int(name))
    return organisation_named(act.session, name)


def _names(organisation: Organisation | None, word: str) -> tuple[str, ...]:
    if organisation is None:
        return (word,)
    return tuple(filter(None, (organisation.name, organisation.acronym)))


def _same(
    act: Act, sha256: str, meeting: Meeting | None, document: Document | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of other documents with the very same file, in the meeting and elsewhere, as far as the actor may read them."""
    found = [each.document for each in queries.same_files(act, [sha256])] if sha256 else []
    others = [each for each in found if document is None or each.id != document.id]
    here = [each.name for each in others if meeting is not None and each.meeting_id == meeting.id]
    elsewhere = [each.name for each in others if each.name not in here]
    return tuple(dict.fromkeys(here)), tuple(dict.fromkeys(elsewhere))


def _references(act: Act, reading: Reading, document: Document | None) -> tuple[Stale, ...]:
    found = references_of(act, reading.units, near=document.name if document else "")
    return tuple(
        Stale(each.words, each.status, each.superseded_by or ", ".join(each.amended_by), each.clause)
        for each in found
        if each.status in STALE
    )


def _gathering(
    act: Act, body: Body, form: ReservationForm | None, kind: DocumentKind, *, is_revision: bool
) -> Gathering:
    meeting = body.meeting
    assert meeting is not None, "a body of a meeting"
    rule = DEADLINES.get(kind)
    due = bodies.due_of(act.session, meeting, rule) if rule else None
    td_reason = form.td_reason if isinstance(form, SubmissionForm) else TdReason.NONE
    verdict = verdict_of(act, body, kind, td_reason)
    top = study_group_of(act, body.group)
    named, unknown = bodies.questions_of(act.session, body, form.questions) if form else ([], [])
    is_late = bool(verdict.late) and not is_revision
    return Gathering(
        code=meeting.code,
        sector=meeting.sector,
        group=top.code,
        starts_on=meeting.starts_on.isoformat(),
        ends_on=meeting.ends_on.isoformat(),
        days=days(meeting.starts_on, meeting.ends_on),
        unknown=tuple(unknown),
        foreign=tuple(question_code(each) for each in named if study_group_of(act, each).id != top.id),
        due_at=due.due_at if due else None,
        deadline_clause=due.clause if due else "",
        is_late=is_late and kind is DocumentKind.CONTRIBUTION,
        is_closed=is_late and verdict.refusal is not None,
        is_late_td=is_late and kind is DocumentKind.TEMPORARY,
        is_late_revision=is_revision and bool(timing.late_revision(kind, due, act.now)),
        over=_over(act, body, kind),
    )


def _over(act: Act, body: Body, kind: DocumentKind) -> str:
    try:
        _rights.require_open(act, body, kind)
    except Closed as refused:
        return str(refused.facts.get("status", "over"))
    return ""


def _membership(act: Act, body: Body, kind: DocumentKind, form: ReservationForm, limits: Limits) -> Membership:
    """What submitting would answer: the same rules decide."""
    try:
        _rights.sources_of(act, body, kind, form.sources, limits)
    except Invalid as refused:
        return Membership(refused.rule.id, refused.message, refused.rule.source)
    return Membership()


def _taken_by(act: Act, body: Body, reading: Reading, document: Document | None) -> str:
    """The document of this group and period that has the number on the cover; the actor's own reservations are none."""
    number = reading.cover.number
    if not number or (document is not None and same_number(number, document.label)):
        return ""
    others = (each for each in _alike(act, number) if each.group_id == body.group.id and not _is_own(act, each))
    period_id = body.period.id if body.period else None
    return next((each.name for each in others if each.period_id == period_id), "")


def _alike(act: Act, number: str) -> Sequence[Document]:
    return [each for each in alike(act, number) if same_number(each.label, number)]


def _is_own(act: Act, document: Document) -> bool:
    return document.status == Status.RESERVED and document.owner_id == act.actor.person_id
