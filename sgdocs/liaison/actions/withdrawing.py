"""Withdraw a draft, or a statement that was sent. Number and reason stay. Source: domain 7.1, DOC-2."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Invalid, refuse
from sgdocs.base.text import one_line
from sgdocs.documents import actions as documents
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Status as DocumentStatus
from sgdocs.i18n import spoken
from sgdocs.liaison import queries, rights, rules, wording
from sgdocs.liaison.actions import _writing
from sgdocs.liaison.actions.answering import answer_given_up, answer_withdrawn
from sgdocs.liaison.bodies_models import BodyContact
from sgdocs.liaison.letter_texts import withdrawal_subject, withdrawal_text
from sgdocs.liaison.models import Addressee, Dispatch, Statement
from sgdocs.liaison.rules import CLOSED, DRAFTS, Origin, State, Status, why_not_move
from sgdocs.mail import actions as mail
from sgdocs.mail.models import Letter


def withdraw(act: Act, statement: Statement, reason: str) -> Statement:
    """It is answered no more, and answers nothing any more: what it closed is open again.

    A draft by whoever may change it; what was sent by the secretariat or the counsellor: its document becomes a tombstone,
    addressed groups are told by the journal, bodies by a letter. Conflict: withdrawn already. Invalid: no reason.
    """
    is_draft = statement.status in DRAFTS
    if is_draft:
        _writing.permit(act, statement)
    else:
        rights.require_send(act, statement)
    refuse(why_not_move(statement.label or statement.name, statement.status, Status.WITHDRAWN))
    said = one_line(reason)[:1000]
    if not said:
        raise Invalid(rules.REASON, field="reason")
    _writing.claim(act, statement)
    if is_draft:
        answer_given_up(act, statement)
    else:
        answer_withdrawn(act, statement)
    statement.withdrawn_reason = said
    _writing.set_status(act, statement, Status.WITHDRAWN)
    rows = queries.addressees_of(act.session, statement)
    if not is_draft:
        _withdraw_document(act, statement, said)
        _tell_bodies(act, statement, said)
    for row in rows:
        _close(act, row)
    audiences = dict.fromkeys([statement.audience, *(row.audience for row in rows if row.audience)])
    for audience in audiences:
        _writing.note(act, "liaison.withdrawn", statement, audience=audience, reason=said)
    return statement


def _close(act: Act, row: Addressee) -> None:
    if row.state not in CLOSED:
        row.state, row.state_on = State.WITHDRAWN, geneva_day(act.now)
        act.session.add(row)


def _withdraw_document(act: Act, statement: Statement, reason: str) -> None:
    """The sender's own; what other groups filed is theirs and stays, marked by the journal."""
    document = act.session.get(Document, statement.document_id) if statement.document_id else None
    if document is None or statement.origin != Origin.OURS or document.status != DocumentStatus.POSTED:
        return
    documents.withdraw(act, document, reason)


def _tell_bodies(act: Act, statement: Statement, reason: str) -> None:
    """One letter to each contact that the statement went to."""
    rows = (
        select(Dispatch, Letter)
        .join(Letter, col(Letter.id) == col(Dispatch.letter_id))
        .where(Dispatch.statement_id == statement.id, col(Dispatch.bounced_at).is_(None))
    )
    sent = {letter.to_address: letter for _, letter in act.session.exec(rows)}
    if not sent:
        return
    words = wording.words_of(act, statement)
    tongues = _tongues(act, statement)
    for letter in sent.values():
        mail.write(
            act,
            to=letter.to_address,
            to_name=letter.to_name,
            subject=withdrawal_subject(spoken(tongues.get(letter.to_address)), letter.subject)[:500],
            text=withdrawal_text(spoken(tongues.get(letter.to_address)), words, reason, geneva_day(act.now)),
            kind="liaison.withdrawal",
            reason=letter.reason,
            reply_to=letter.reply_to,
        )


def _tongues(act: Act, statement: Statement) -> dict[str, str]:
    """Languages of the contacts of the addressed bodies, by address."""
    ids = [row.body_id for row in queries.addressees_of(act.session, statement) if row.body_id is not None]
    rows = select(BodyContact.email, BodyContact.language).where(col(BodyContact.body_id).in_(ids))
    return dict(act.session.exec(rows.order_by(col(BodyContact.language))).all())
