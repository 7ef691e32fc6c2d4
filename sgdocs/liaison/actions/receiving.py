"""Register a statement that came in, and file it for each group of ours that it is addressed to."""

import secrets
from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, Refusal, refuse
from sgdocs.documents.models import Document
from sgdocs.documents.rules import NO_FILE
from sgdocs.documents.schemas import Upload
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.liaison import filing, queries, rules
from sgdocs.liaison.actions import _parties
from sgdocs.liaison.actions._parties import Side
from sgdocs.liaison.actions.about import link
from sgdocs.liaison.actions.answering import answer_all
from sgdocs.liaison.actions.filing import file_for, keep_name
from sgdocs.liaison.actions.relating import relate_received, resolve_waiting
from sgdocs.liaison.actions.transcribing import Put, letter_of
from sgdocs.liaison.crossings import keep_crossings
from sgdocs.liaison.models import Addressee, Dispatch, Sender, Statement, StatementName, StatementPaper
from sgdocs.liaison.naming import key_of, names_of, read_title
from sgdocs.liaison.rules import Kind, Origin, State, Status
from sgdocs.liaison.schemas import ReceiveForm
from sgdocs.liaison.twinning import keep_bands
from sgdocs.policy import Permission, Scope, may, require

HIDDEN = "secretariat"


def receive(act: Act, form: ReceiveForm, uploads: Sequence[Upload], *, put: Put | None = None) -> Statement:
    """The statement, registered once and filed for each addressed group of ours that the actor may receive for.

    1. sender, title and addressees are there; the actor acts for each sender that is a group of ours; at least one is a group of ours, at work, for which the actor may receive;
    2. a statement with the same number of the same sender is joined: further addressees are added to it, not another row;
       one that the actor may not read only by whoever has its letter: a number alone opens nothing;
    3. senders, addressees, papers, what it answers and what it is about are written; each group gets its document, those
       for which the actor may not receive wait as received (`file_received`);
    4. what it answers is closed for its sender; what waited for its number is resolved to it.
    put: keeps bytes as a blob; with it, what was typed without a file is written on the liaison template and filed as
    that. Invalid with the rule; Conflict: every addressed group has it already.
    """
    on = geneva_day(act.now)
    _require_said(form)
    senders = _parties.senders(act, form.senders, on)
    _require_their_name(act, senders)
    addressed = _parties.each_once(_parties.addressees(act, form.addressees, on))
    _require_ours(act, addressed, on)
    _require_deadlines(form, form.dated_on or form.received_on or on)
    if not uploads and form.body and put is not None:
        uploads = [letter_of(form, senders, addressed, put)]
    if not uploads:
        raise Invalid(NO_FILE, field="file")
    _wait_for_others(act.session, addressed)
    known = _registered(act, form.number, senders, uploads)
    if known is not None:
        return _join(act, known, addressed, uploads)
    statement = _create(act, form, senders, addressed, on)
    _describe(act, statement, form, uploads)
    _file_where_permitted(act, statement, queries.addressees_of(act.session, statement), uploads)
    keep_bands(act.session, statement)
    answer_all(act, statement)
    for row in resolve_waiting(act, statement):
        answer_all(act, act.session.get_one(Statement, row.statement_id))
    keep_crossings(act, statement)
    _note(act, statement, "liaison.received")
    return statement


# What must be there


def _require_said(form: ReceiveForm) -> None:
    if not form.senders:
        raise Invalid(rules.NO_SENDER, field="senders")
    if not form.title:
        raise Invalid(rules.NO_TITLE, field="title")
    if not form.addressees:
        raise Invalid(rules.NO_ADDRESSEE, field="addressees")


def _require_ours(act: Act, addressed: Sequence[Side], on: date) -> None:
    """Some group of ours is addressed, each of them is at work, and the actor may receive for one at least."""
    ours = [each for each in addressed if each.whom.group is not None]
    if not ours:
        raise Invalid(rules.NOT_FOR_US, field="addressees")
    for n, each in enumerate(addressed):
        if each.whom.group is not None:
            refusal = filing.why_not_address(act.session, each.whom.group, on)
            refuse(refusal and Refusal(refusal.rule, refusal.facts, field=f"addressees.{n}.name"), Invalid)
    if not any(_may_receive(act, each.whom.group) for each in ours):
        first = ours[0].whom.group
        require(act.actor, Permission.RECEIVE_STATEMENT, Scope(first.path if first else ""))


def _require_their_name(act: Act, senders: Sequence[Side]) -> None:
    """Who is no officer of a group of ours says nothing in its name."""
    for n, each in enumerate(senders):
        if each.whom.group is not None and not _may_receive(act, each.whom.group):
            raise NotAllowed(rules.NOT_IN_THEIR_NAME, field=f"senders.{n}.name", name=each.whom.name)


def _may_receive(act: Act, group: Group | None) -> bool:
    return group is not None and may(act.actor, Permission.RECEIVE_STATEMENT, Scope(group.path))


def _require_deadlines(form: ReceiveForm, on: date) -> None:
    for n, each in enumerate(form.addressees):
        refusal = rules.why_not_deadline(each.deadline, on)
        refuse(refusal and Refusal(refusal.rule, refusal.facts, field=f"addressees.{n}.deadline"), Invalid)


# Joined, not doubled


def _wait_for_others(session: Session, addressed: Sequence[Side]) -> None:
    """Two at once for the same group: the second waits, and then finds what the first registered."""
    ids = sorted(each.whom.group.id or 0 for each in addressed if each.whom.group is not None)
    rows = select(Group.id).where(col(Group.id).in_(ids)).order_by(col(Group.id))
    session.exec(rows.with_for_update(key_share=True)).all()


def _registered(act: Act, number: str, senders: Sequence[Side], uploads: Sequence[Upload]) -> Statement | None:
    """The statement with that number of one of these senders, that the actor may read or has the letter of."""
    keys = [key_of(name) for name in names_of(number)] if number else []
    rows = (
        select(Statement)
        .join(StatementName, col(StatementName.statement_id) == col(Statement.id))
        .where(col(StatementName.key).in_(keys), Statement.status != Status.WITHDRAWN)
        .order_by(col(Statement.id).desc())
    )
    for found in act.session.exec(rows).unique().all() if keys else ():
        held = queries.senders_of(act.session, found)
        is_theirs = any(
            each.whom.is_same(group_id=s.group_id, body_id=s.body_id, name=s.name) for each in senders for s in held
        )
        if is_theirs and (_reads(act, found) or _has_letter(act.session, found, uploads)):
            return found
    return None


def _reads(act: Act, statement: Statement) -> bool:
    return (
        act.session.exec(select(Statement.id).where(Statement.id == statement.id, queries.visible(act))).first()
        is not None
    )


def _has_letter(session: Session, statement: Statement, uploads: Sequence[Upload]) -> bool:
    """Whether one of the files is one that it came or went out with."""
    digests = {each.blob.sha256 for each in uploads}
    kept = {each.sha256 for each in queries.papers_of(session, statement) if each.document_id is None}
    sent = select(Dispatch).where(Dispatch.statement_id == statement.id)
    told = {str(each["sha256"]) for row in session.exec(sent) for each in row.files}
    return bool(digests & (kept | told))


def _join(act: Act, statement: Statement, addressed: Sequence[Side], uploads: Sequence[Upload]) -> Statement:
    """Add who was not addressed yet, and file for whom it was not filed."""
    held = queries.addressees_of(act.session, statement)
    new = [
        each
        for each in addressed
        if not any(each.whom.is_same(group_id=a.group_id, body_id=a.body_id, name=a.name) for a in held)
    ]
    on = geneva_day(act.now)
    rows = _parties.add_addressees(act, statement, new, State.RECEIVED, on, start=len(held))
    mine = {each.whom.group.id for each in addressed if each.whom.group is not None}
    waiting = [each for each in held if each.group_id in mine and each.document_id is None]
    if not rows and not waiting:
        raise Conflict(rules.RECEIVED_ALREADY, label=statement.label, name=statement.name)
    _keep_papers(act, statement, uploads)
    _file_where_permitted(act, statement, [*waiting, *rows], uploads)
    statement.version += 1
    statement.changed_at = act.now
    _note(act, statement, "liaison.joined")
    return statement


# Written


def _create(act: Act, form: ReceiveForm, senders: Sequence[Side], addressed: Sequence[Side], on: date) -> Statement:
    """The rows of statement, senders and addressees. Its name is given when it is filed."""
    title = read_title(form.title)
    words = list(form.reply_to) or list(title.reply_to)
    first = next(each.whom.group for each in addressed if each.whom.group is not None)
    ours = next((each.whom.group for each in senders if each.whom.group is not None), None)
    period = groups.period_on(act.session, first.sector, on)
    statement = Statement(
        name=f"new-{secrets.token_hex(8)}",
        label=form.number or "",
        external_number=form.number,
        sector=(ours or first).sector,
        origin=Origin.OURS if ours else Origin.OUTSIDE,
        status=Status.RECEIVED,
        group_id=(ours or first).id,
        period_id=period.id if period else None,
        title=(title.subject or form.title)[:500],
        body=form.body,
        language=form.language or "en",
        is_reply=title.is_reply or bool(words) if form.is_reply is None else form.is_reply,
        in_reply_words=", ".join(words)[:500],
        contacts=[told for each in form.contacts if any((told := each.model_dump()).values())],
        dated_on=form.dated_on,
        sent_at=act.now,
        audience=groups.audience_of(act.session, ours) if ours else HIDDEN,
        created_at=act.now,
        changed_at=act.now,
    )
    act.session.add(statement)
    act.session.flush()
    statement.name = f"ls-{statement.id}"
    _parties.add_senders(act, statement, senders)
    _parties.add_addressees(act, statement, addressed, State.RECEIVED, on)
    return statement


def _describe(act: Act, statement: Statement, form: ReceiveForm, uploads: Sequence[Upload]) -> None:
    """Number, papers, what it answers, what it is about."""
    for name in names_of(form.number) if form.number else ():
        keep_name(act, statement, name, "external")
    _keep_papers(act, statement, uploads)
    relate_received(act, statement, Kind.REPLIES_TO, form.reply_to or read_title(form.title).reply_to)
    link(act, statement, form)


def _keep_papers(act: Act, statement: Statement, uploads: Sequence[Upload]) -> None:
    """The files as they came: the first is the letter. One that is there already is not kept twice."""
    held = queries.papers_of(act.session, statement)
    seen = {paper.sha256 for paper in held}
    for position, upload in enumerate([u for u in uploads if u.blob.sha256 not in seen], len(held)):
        row = StatementPaper(
            statement_id=statement.id or 0,
            position=position,
            role="attachment" if position else "text",
            name=upload.given_name[:300],
            media_type=upload.media_type[:120],
            size_bytes=upload.blob.size_bytes,
            sha256=upload.blob.sha256,
            is_quarantined=upload.is_quarantined,
        )
        act.session.add(row)
    act.session.flush()


def _file_where_permitted(act: Act, statement: Statement, rows: Sequence[Addressee], uploads: Sequence[Upload]) -> None:
    """File for each group the actor may receive for; the others see it as received. Named by its first document."""
    for row in rows:
        group = act.session.get(Group, row.group_id) if row.group_id else None
        if group is None:
            continue
        if not _may_receive(act, group):
            row.audience = groups.audience_of(act.session, group)
            act.session.add(row)
            continue
        document = file_for(act, statement, row, uploads)
        if statement.document_id is None:
            _name_after(act, statement, document)


def _name_after(act: Act, statement: Statement, document: Document) -> None:
    """It goes by the document it was first filed as. Source: design 2."""
    statement.document_id, statement.name = document.id, document.name
    statement.label = statement.external_number or document.label
    act.session.add(statement)
    act.session.flush()


def _note(act: Act, statement: Statement, verb: str) -> None:
    """Told to each group that it is for, once."""
    told = set()
    senders: list[Sender] = queries.senders_of(act.session, statement)
    for row in queries.addressees_of(act.session, statement):
        if not row.audience or row.audience in told:
            continue
        told.add(row.audience)
        record(
            act,
            verb,
            statement,
            group_id=row.group_id,
            audience=row.audience,
            name=statement.name,
            label=statement.label,
            title=statement.title,
            source=", ".join(each.name for each in senders),
            number=statement.external_number,
        )
