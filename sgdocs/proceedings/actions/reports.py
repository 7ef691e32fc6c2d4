"""Write the report of a group at a meeting, and post it as a document."""

from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid
from sgdocs.documents import actions as papers
from sgdocs.documents import numbering
from sgdocs.documents.bodies import body_of
from sgdocs.documents.models import Document
from sgdocs.documents.rules import DocumentKind, Purpose, Status, TdReason
from sgdocs.documents.schemas import RevisionForm, SubmissionForm, Upload
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import papers_audience
from sgdocs.proceedings import rules
from sgdocs.proceedings.actions._places import permit
from sgdocs.proceedings.composing import Composed, compose, span
from sgdocs.proceedings.docx import MEDIA, Front, report_file
from sgdocs.proceedings.facts import facts_of, is_rapporteur_meeting
from sgdocs.proceedings.models import Report
from sgdocs.proceedings.schemas import WritingForm
from sgdocs.proceedings.skeletons import SKELETONS, TITLES, Skeleton, skeleton_for
from sgdocs.storage.store import Blob

Put = Callable[[bytes], Blob]
SECTORS: Final = {
    "T": "TELECOMMUNICATION STANDARDIZATION SECTOR",
    "R": "RADIOCOMMUNICATION SECTOR",
    "D": "TELECOMMUNICATION DEVELOPMENT SECTOR",
}


def begun(act: Act, meeting: Meeting, group: Group) -> Report:
    """The report, or one that is not stored yet: for showing before anybody wrote."""
    found = _row(act, meeting, group)
    return found or _new(act, meeting, group)


def write(act: Act, meeting: Meeting, group: Group, form: WritingForm) -> Report:
    """Keep what was written in sections. Conflict when somebody else wrote in the same section since it was seen.

    Two who write in different sections do not stand in each other's way.
    """
    permit(act, meeting, group)
    row = _row(act, meeting, group, locked=True) or _start(act, meeting, group)
    known = {each.id for each in SKELETONS[Skeleton(row.skeleton)]} | set(row.written)
    for section in form.sections:
        if section not in known:
            raise Invalid(rules.NO_SECTION, field="sections", section=section)
    clashing = rules.clashes(row.written, form.sections, form.seen, is_current=row.version == form.version)
    if clashing:
        raise Conflict(rules.REPORT_CHANGED, sections=", ".join(clashing), version=row.version)
    row.written = {**row.written, **form.sections}
    row.title = row.title if form.title is None else form.title
    row.version += 1
    row.changed_by, row.changed_at = act.actor.person_id, act.now
    act.session.add(row)
    act.session.flush()
    _note(act, "reports.written", row, meeting, ", ".join(form.sections))
    return row


def sections_of(act: Act, meeting: Meeting, group: Group, row: Report) -> list[Composed]:
    """The report as it stands: the records of this moment, and what was written."""
    return compose(facts_of(act, meeting, group), Skeleton(row.skeleton), row.written)


def file_of(act: Act, meeting: Meeting, group: Group, row: Report) -> bytes:
    """The report as a Word file."""
    return report_file(_front(act, meeting, group, row), sections_of(act, meeting, group, row))


def title_of(group: Group, row: Report) -> str:
    return row.title or TITLES[Skeleton(row.skeleton)].format(group=group.label)


def post(act: Act, meeting: Meeting, group: Group, put: Put) -> Document:
    """File the report as a document of the meeting in one step: a TD, or a DOC of a rapporteur meeting.

    Posted before, it becomes a revision of the same document. put: keeps the bytes in the blob store.
    """
    permit(act, meeting, group)
    row = _row(act, meeting, group, locked=True) or _start(act, meeting, group)
    data = file_of(act, meeting, group, row)
    upload = Upload(
        blob=put(data),
        given_name=f"{group.label.replace('/', '-')} report.docx",
        media_type=MEDIA,
        format="docx",
        language="en",
    )
    before = act.session.get(Document, row.document_id) if row.document_id else None
    if before is not None and before.status == Status.POSTED and before.deleted_at is None:
        papers.revise(act, before, RevisionForm(title=title_of(group, row), note="Report composed anew"), [upload])
        document = before
    else:
        document = papers.file_as(act, _kind(act, meeting), meeting, _form(act, meeting, group, row), [upload])
    row.document_id = document.id
    act.session.add(row)
    _note(act, "reports.posted", row, meeting, document.name)
    return document


def _kind(act: Act, meeting: Meeting) -> DocumentKind:
    kinds = numbering.kinds_of(body_of(act.session, meeting).place)
    return DocumentKind.TEMPORARY if DocumentKind.TEMPORARY in kinds else DocumentKind.RGM


def _form(act: Act, meeting: Meeting, group: Group, row: Report) -> SubmissionForm:
    return SubmissionForm(
        stream=stream_of(act, meeting, group),
        title=title_of(group, row),
        questions=[group.path] if group.kind == "question" else [],
        sources=[_source(group)],
        purpose=Purpose.INFORMATION if is_rapporteur_meeting(meeting) else Purpose.NONE,
        abstract=_abstract(meeting, group),
        td_reason=TdReason.PROGRESS_REPORT,
    )


def stream_of(act: Act, meeting: Meeting, group: Group) -> str:
    """The TD series of a report: that of the working party of a Question, else the plenary's. Source: domain 4.1."""
    form = numbering.form_of(body_of(act.session, meeting).place, _kind(act, meeting))
    streams = form.streams if form else ()
    party = act.session.get(Group, group.working_party_id) if group.working_party_id else None
    wanted = party.code if party is not None else "PLEN"
    return wanted if wanted in streams else next(iter(streams), "")


def _source(group: Group) -> str:
    return f"Rapporteur {group.label}" if group.kind == "question" else f"Chair, {group.label}"


def _abstract(meeting: Meeting, group: Group) -> str:
    return f"This document contains the report of {group.label} at the meeting {meeting.code}."


def _front(act: Act, meeting: Meeting, group: Group, row: Report) -> Front:
    place = "E-meeting" if meeting.format == "virtual" else meeting.place.partition(",")[0].strip()
    when = span(meeting.starts_on, meeting.ends_on)
    period = act.session.get(StudyPeriod, meeting.period_id) if meeting.period_id else None
    parent = act.session.get(Group, group.parent_id) if group.parent_id else None
    return Front(
        group=(parent or group).label,
        questions=group.label.removeprefix("Q") if group.kind == "question" else "All",
        venue=f"{place}, {when}" if place else when,
        source=_source(group),
        title=title_of(group, row),
        abstract=_abstract(meeting, group),
        kind="DOC" if _kind(act, meeting) is DocumentKind.RGM else "TD",
        sector=SECTORS[meeting.sector],
        period=period.title if period else "",
    )


def _row(act: Act, meeting: Meeting, group: Group, *, locked: bool = False) -> Report | None:
    wanted = select(Report).where(Report.meeting_id == meeting.id, Report.group_id == group.id)
    if locked:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return act.session.exec(wanted).first()


def _new(act: Act, meeting: Meeting, group: Group) -> Report:
    skeleton = skeleton_for(group.kind, is_rapporteur_meeting=is_rapporteur_meeting(meeting))
    return Report(
        meeting_id=meeting.id or 0,
        group_id=group.id or 0,
        skeleton=skeleton.value,
        changed_by=act.actor.person_id,
        changed_at=act.now,
    )


def _start(act: Act, meeting: Meeting, group: Group) -> Report:
    """The row, stored; that of somebody who was faster when there is one."""
    row = _new(act, meeting, group)
    try:
        with act.session.begin_nested():
            act.session.add(row)
            act.session.flush()
    except IntegrityError:
        found = _row(act, meeting, group, locked=True)
        assert found is not None, "it was just there"
        return found
    _note(act, "reports.begun", row, meeting, row.skeleton)
    return row


def _note(act: Act, verb: str, row: Report, meeting: Meeting, what: str) -> None:
    audience = papers_audience(act.session, meeting)
    record(act, verb, row, group_id=row.group_id, audience=audience, meeting=meeting.code, what=what)
