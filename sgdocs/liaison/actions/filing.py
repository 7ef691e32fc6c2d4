"""File a statement as a document of a group that it is addressed to, and put it before that group's next meeting."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Appointment
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, missing, refuse
from sgdocs.documents import actions as documents
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Purpose as DocumentPurpose
from sgdocs.documents.rules import Status as DocumentStatus
from sgdocs.documents.schemas import ContactForm, SubmissionForm, Upload
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.liaison import filing, queries, rules
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Relation, Sender, Statement, StatementName, StatementPaper
from sgdocs.liaison.naming import key_of, split_references
from sgdocs.liaison.rules import Kind, State
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, Role, may, require
from sgdocs.storage.store import Blob

PURPOSES = {
    "action": DocumentPurpose.DISCUSSION,
    "comment": DocumentPurpose.DISCUSSION,
    "information": DocumentPurpose.INFORMATION,
}


def file_for(act: Act, statement: Statement, addressee: Addressee, uploads: Sequence[Upload]) -> Document:
    """The statement as a document of the addressed group: TD of ITU-T (GEN), contribution of ITU-R.

    1. whoever sends the statement, or receives it for that group, may; the house files it (A.1 1.5: TSB posts it);
    2. it is of the group's next meeting, whose allotment puts it on the agenda; addressed to the Questions that the
       addressee was given (`AddresseeQuestion`), to all when there are none;
    3. the addressee is posted (received, while a file waits for the scanner), flagged when its deadline falls before
       that meeting, and readable by the group; the document's name is one of the statement.
    Invalid: the addressee is no group, or has ended (its successor is named), or there is no file.
    """
    group = _addressed(act, statement, addressee)
    on = geneva_day(act.now)
    meeting = filing.next_meeting(act.session, group, on)
    whose, kind = filing.series_of(act.session, group, meeting)
    form = _form(act, statement, addressee, whose)
    source = ", ".join(_formal(act, each) for each in queries.senders_of(act.session, statement))
    document = documents.file_as(
        _for_house(act), kind, meeting, form, uploads, group=whose, source=source[:500] or "Liaison"
    )
    document.owner_id = None
    _post(act, addressee, document, group, meeting)
    keep_name(act, statement, document.name, "document")
    keep_name(act, statement, document.label, "document", only_if_telling=True)
    _note(act, statement, addressee, document, meeting)
    return document


def file_received(act: Act, statement: Statement, addressee: Addressee) -> Document:
    """File for one more group what was received or forwarded, with the files that came with it. As `file_for`.

    Conflict: it is filed for that group.
    """
    if addressee.document_id is not None:
        document = act.session.get_one(Document, addressee.document_id)
        raise Conflict(rules.ADDRESSEE_STATE, name=addressee.name, state=f"filed as {document.label}")
    papers = queries.papers_of(act.session, statement)
    return file_for(act, statement, addressee, [_upload(paper) for paper in papers if paper.sha256])


def _upload(paper: StatementPaper) -> Upload:
    return Upload(
        blob=Blob(paper.sha256, paper.size_bytes),
        given_name=paper.name,
        media_type=paper.media_type,
        format=paper.name.rpartition(".")[2].lower() if "." in paper.name else "",
        is_quarantined=paper.is_quarantined,
    )


def _addressed(act: Act, statement: Statement, addressee: Addressee) -> Group:
    """The group, when the actor may file it there and it is still at work."""
    if addressee.group_id is None:
        missing("group", addressee.name)
    scope = queries.scope_of_addressee(act.session, addressee)
    if not may(act.actor, Permission.SEND_STATEMENT, queries.scope_of(act.session, statement)):
        require(act.actor, Permission.RECEIVE_STATEMENT, scope)
    group = groups.by_id(act.session, addressee.group_id)
    refuse(filing.why_not_address(act.session, group, geneva_day(act.now)), Invalid)
    return group


def _for_house(act: Act) -> Act:
    """The same person at the same moment, with the secretariat's right to issue papers: the right to send or receive
    the statement was looked at before, and the sender has no say in the papers of the addressed group."""
    actor = replace(act.actor, appointments=(*act.actor.appointments, Appointment(Role.SECRETARIAT)))
    return Act(act.session, actor, act.now, site=act.site)


def _form(act: Act, statement: Statement, addressee: Addressee, whose: Group) -> SubmissionForm:
    senders = [each.name for each in queries.senders_of(act.session, statement)]
    title = filing.title_at(
        whose.sector, statement.title, senders, reply_words(act, statement), is_reply=statement.is_reply
    )
    asked = queries.questions_of(act.session, [addressee]).get(addressee.id or 0, [])
    return SubmissionForm(
        title=title,
        questions=[question.path for question in asked] or ["ALL"],
        purpose=PURPOSES[addressee.purpose],
        abstract=statement.body[:2_000],
        contacts=[ContactForm.model_validate(each) for each in statement.contacts[:20]],
        language=statement.language,
    )


def reply_words(act: Act, statement: Statement) -> list[str]:
    """The numbers that it answers, as they are written in titles."""
    rows = select(Relation).where(Relation.statement_id == statement.id, Relation.kind == Kind.REPLIES_TO)
    words = [row.words for row in act.session.exec(rows.order_by(Relation.words))]
    return words or list(split_references(statement.in_reply_words))


def _formal(act: Act, sender: Sender) -> str:
    """As a source is written on a cover."""
    group = act.session.get(Group, sender.group_id) if sender.group_id else None
    body = act.session.get(Body, sender.body_id) if sender.body_id else None
    return filing.formal_name(group) if group else (body.name if body else sender.name)


def _post(act: Act, addressee: Addressee, document: Document, group: Group, meeting: Meeting | None) -> None:
    is_there = document.status == DocumentStatus.POSTED
    addressee.document_id = document.id
    addressee.meeting_id = meeting.id if meeting else None
    addressee.state = State.POSTED if is_there else State.RECEIVED
    addressee.state_on = geneva_day(act.now)
    addressee.audience = document.intended_audience or groups.audience_of(act.session, group)
    addressee.flagged = filing.flag_of(addressee.deadline, meeting, is_answer_expected=addressee.is_answer_expected)
    act.session.add(addressee)
    act.session.flush()


def keep_name(act: Act, statement: Statement, name: str, kind: str, *, only_if_telling: bool = False) -> None:
    """Let the statement be found by that spelling. only_if_telling: not when the name says no group (`TD3/GEN`)."""
    key = key_of(name)
    if not key or (only_if_telling and name.upper().startswith("TD")):
        return
    held = select(StatementName.id).where(StatementName.statement_id == statement.id, StatementName.key == key)
    if act.session.exec(held).first() is None:
        act.session.add(StatementName(statement_id=statement.id or 0, name=name[:300], key=key[:300], kind=kind))
        act.session.flush()


def _note(act: Act, statement: Statement, addressee: Addressee, document: Document, meeting: Meeting | None) -> None:
    record(
        act,
        "liaison.filed",
        statement,
        group_id=addressee.group_id,
        audience=addressee.audience,
        name=statement.name,
        label=statement.label,
        title=statement.title,
        addressee=addressee.name,
        position=addressee.position,
        document=document.name,
        meeting=meeting.code if meeting else "",
        deadline=addressee.deadline.isoformat() if addressee.deadline else "",
        flagged=addressee.flagged,
    )
