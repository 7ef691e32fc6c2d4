"""Papers of approval, posted as documents of their series: circulars, announcements, letters, lists of comments."""

from collections.abc import Callable

from sqlmodel import col, select, update

from sgdocs.approval import comment_listing, sheet_files
from sgdocs.approval.letter_words import day
from sgdocs.approval.models import Announcement, Obligation, Process
from sgdocs.approval.papers import writing
from sgdocs.approval.papers.facts import PaperFacts, facts_of, facts_of_process
from sgdocs.approval.papers.skeletons import CONVENING, SKELETONS
from sgdocs.approval.procedures.terms import Letter
from sgdocs.approval.sheets import HEADINGS
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Refused, missing
from sgdocs.base.rulebook import rule
from sgdocs.documents import actions as documents
from sgdocs.documents import bodies, numbering
from sgdocs.documents.models import Document
from sgdocs.documents.numbering import AAP_SERIES
from sgdocs.documents.rules import DocumentKind, Purpose
from sgdocs.documents.schemas import SubmissionForm, Upload
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.policy import PUBLIC, Permission, require
from sgdocs.storage.store import Blob

POSTED = rule("papers.posted", "The {title} of {on} is posted already, as {document}.", "domain 8.1")
EMPTY = rule("papers.nothing-to-say", "The {title} of {on} names no text, so there is nothing to post.")
NO_MEETING = rule(
    "papers.no-meeting", "{process} has no meeting to which the list of comments could go.", "TAP-6, AAP-14"
)

Put = Callable[[bytes], Blob]
CONVENES = (Letter.TAP_CONSULTATION, Letter.SG_DECISION)


def post(act: Act, row: Announcement, put: Put) -> Document:
    """The paper of an announcement, filed once under the next number of its series. put: keeps the bytes as a blob.

    A consultation and an announcement of decisions bring the letters that convene the meeting along.
    """
    require(act.actor, Permission.POST_PAPER)
    _claim(act, row)
    facts = facts_of(act, row)
    if not facts.entries:
        raise Conflict(EMPTY, title=row.title, on=row.happened_on)
    skeleton = SKELETONS[row.kind]
    subject = skeleton.subject.format_map(facts.words)
    data = writing.paper(skeleton, facts, text=row.text)
    document = _file(act, facts, subject, data, put)
    row.document_id = document.id
    act.session.add(row)
    _fulfil(act, facts)
    record(act, "approval.paper-posted", row, audience=PUBLIC, kind=row.kind, number=row.number, document=document.name)
    if row.kind in CONVENES and row.sector == "T":
        for group in facts.groups:
            _convene(act, facts, group, put)
    return document


def post_due(act: Act, put: Put, *, limit: int = 20) -> list[Document]:
    """Post what was announced before today and has no paper yet, the oldest first: on its day more may join it."""
    require(act.actor, Permission.POST_PAPER)
    waiting = select(Announcement).where(
        col(Announcement.document_id).is_(None), Announcement.happened_on < geneva_day(act.now)
    )
    done = []
    for row in act.session.exec(waiting.order_by(col(Announcement.id)).limit(limit)).all():
        try:
            with act.session.begin_nested():
                done.append(post(act, row, put))
        except Refused:
            continue
    return done


def reply_form(act: Act, process: Process) -> bytes:
    """The reply form of one text, to be filled by hand. NotFound where nobody is asked."""
    kind = next((kind for kind in ASKS.get(process.procedure, ()) if kind in SKELETONS), None)
    if kind is None or process.closes_on is None:
        missing("reply form", process.number)
    return writing.reply_form(facts_of_process(act, process, kind, geneva_day(act.now)))


ASKS = {
    "tap": (Letter.TAP_CONSULTATION,),
    "regional-tap": (Letter.TAP_CONSULTATION,),
    "deletion": (Letter.DELETION,),
    "adoption": (Letter.ADOPTION,),
    "consultation": (Letter.CONSULTATION,),
    "psaa": (Letter.PSAA,),
    "suppression": (Letter.SUPPRESSION,),
}
"""Procedure -> the kind of letter that asks for replies."""


def comments_file(act: Act, process: Process) -> bytes:
    """Every comment with its disposition, as a Word file. NotFound for who may not read them."""
    rows = [row.comment for row in comment_listing.commented(act, process)]
    facts = facts_of_process(act, process, "", geneva_day(act.now))
    lines = (f"Approval {process.number}: {process.title}.", f"{len(rows)} comments, as of {day(geneva_day(act.now))}.")
    headings = [heading for name, heading in HEADINGS.items() if name != "id"]
    return writing.table_file(
        facts, _list_title(process), lines, headings, [row[1:] for row in sheet_files.rows_of(rows)]
    )


def post_comments(act: Act, process: Process, put: Put) -> Document:
    """The list of comments with their dispositions as TD of the meeting that decides, by whoever writes for the group."""
    meeting = act.session.get(Meeting, process.decision_meeting_id) if process.decision_meeting_id else None
    if meeting is None:
        raise Conflict(NO_MEETING, process=process.number)
    kinds = numbering.kinds_of(bodies.body_of(act.session, meeting).place)
    kind = DocumentKind.TEMPORARY if DocumentKind.TEMPORARY in kinds else kinds[0]
    question = act.session.get(Group, process.question_id) if process.question_id else None
    form = SubmissionForm(
        title=_list_title(process),
        questions=[question.path] if question else [],
        sources=["Secretariat"],
        purpose=Purpose.NONE,
        abstract=f"Comments received on {process.name} ({process.number}) and what became of them.",
    )
    upload = _upload(put(comments_file(act, process)), "list of comments.docx")
    document = documents.file_as(act, kind, meeting, form, [upload])
    record(
        act,
        "approval.comments-posted",
        process,
        group_id=process.group_id,
        audience=document.audience or PUBLIC,
        number=process.number,
        document=document.name,
    )
    return document


def _list_title(process: Process) -> str:
    return f"Comments on {process.identifier or process.name} and their disposition"


def _claim(act: Act, row: Announcement) -> None:
    """Nobody else posts it meanwhile: the row is locked and read anew."""
    held = select(Announcement).where(Announcement.id == row.id).with_for_update()
    fresh = act.session.exec(held.execution_options(populate_existing=True)).one()
    if fresh.document_id is not None:
        document = act.session.get_one(Document, fresh.document_id)
        raise Conflict(POSTED, title=row.title, on=row.happened_on, document=document.label)


def _file(act: Act, facts: PaperFacts, subject: str, data: bytes, put: Put) -> Document:
    """As a circular of the Bureau; AAP announcements have a series of their own, ITU-R's are CACE."""
    stream = "CACE" if facts.sector == "R" else AAP_SERIES if facts.kind == Letter.AAP else ""
    form = SubmissionForm(title=subject[:500], stream=stream, sources=["Director"], purpose=Purpose.INFORMATION)
    upload = _upload(put(data), f"{subject[:80]}.docx")
    return documents.file_as(act, DocumentKind.CIRCULAR, None, form, [upload], group=facts.groups[0])


def _convene(act: Act, facts: PaperFacts, group: Group, put: Put) -> Document:
    """The collective letter to those who take part in the group, about its own texts."""
    own = PaperFacts(
        facts.sector, facts.kind, facts.number, facts.on, tuple(e for e in facts.entries if e.group.id == group.id)
    )
    subject = CONVENING.subject.format_map(own.words)
    form = SubmissionForm(title=subject[:500], sources=["Director"], purpose=Purpose.INFORMATION)
    upload = _upload(put(writing.paper(CONVENING, own)), "collective letter.docx")
    return documents.file_as(act, DocumentKind.LETTER, None, form, [upload], group=group)


def _upload(blob: Blob, name: str) -> Upload:
    return Upload(blob=blob, given_name=name, media_type=writing.MEDIA, format="docx", language="en")


def _fulfil(act: Act, facts: PaperFacts) -> None:
    """Whoever owed the paper owes it no more."""
    act.session.execute(
        update(Obligation)
        .where(
            col(Obligation.process_id).in_([entry.process.id for entry in facts.entries]),
            col(Obligation.kind) == "post-paper",
            col(Obligation.done_at).is_(None),
        )
        .values(done_at=act.now)
    )
