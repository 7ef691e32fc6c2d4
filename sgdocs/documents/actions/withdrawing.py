"""Withdraw a document, which leaves a tombstone; delete and restore what was never posted."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, Invalid, refuse
from sgdocs.base.text import one_line
from sgdocs.documents import rules
from sgdocs.documents.actions import _rights
from sgdocs.documents.actions._filing import note
from sgdocs.documents.actions.standing import stand
from sgdocs.documents.models import Document
from sgdocs.documents.rules import USUAL, DocumentKind, Limits, Status
from sgdocs.policy import Permission, may, require

K = DocumentKind


def withdraw(act: Act, document: Document, reason: str) -> Document:
    """Number and reason stay, the files are gone for all but its owner. Source: domain DOC-2.

    A contribution by its owner, its entity or the secretariat; other papers by the officers of the group too.
    """
    scope = _rights.scope_of(act.session, document)
    if document.kind == K.CONTRIBUTION or not may(act.actor, Permission.DIRECT_DOCUMENTS, scope):
        require(act.actor, Permission.WITHDRAW_DOCUMENT, scope)
    refuse(rules.why_not_in(document.status, [Status.POSTED, Status.HELD], document.label))
    reason = one_line(reason)[:1000]
    if not reason:
        raise Invalid(rules.REASON, field="reason")
    move(act, document, Status.WITHDRAWN)
    stand(act, document, Status.WITHDRAWN)
    document.withdrawn_reason = reason
    note(act, "documents.withdrawn", document, reason=document.withdrawn_reason)
    return document


def delete(act: Act, document: Document) -> Document:
    """Take out a draft: a reservation, a held or quarantined document. Its number is kept and never given again."""
    require(act.actor, Permission.WITHDRAW_DOCUMENT, _rights.scope_of(act.session, document))
    refuse(rules.why_not_in(document.status, rules.NOT_POSTED, document.label))
    move(act, document, Status(document.status), deleted_at=act.now)
    note(act, "documents.deleted", document, status=document.status)
    return document


def restore(act: Act, document: Document, *, limits: Limits = USUAL) -> Document:
    """Bring back what was deleted in the last days (30, a setting). A reservation begins to run anew."""
    require(act.actor, Permission.WITHDRAW_DOCUMENT, _rights.scope_of(act.session, document))
    if document.deleted_at is None:
        raise Conflict(rules.NOT_DELETED, label=document.label)
    if act.now - document.deleted_at > timedelta(days=limits.restore_days):
        raise Conflict(rules.RESTORE, label=document.label, days=limits.restore_days)
    document.deleted_at = None
    if document.status == Status.RESERVED:
        document.expires_at = act.now + timedelta(days=limits.reservation_days)
    act.session.add(document)
    note(act, "documents.restored", document, status=document.status)
    return document


def move(act: Act, document: Document, to: Status, *, deleted_at: datetime | None = None) -> None:
    """The state moves once, from what it was read as. Conflict when somebody was faster."""
    moved = (
        update(Document)
        .where(
            col(Document.id) == document.id,
            col(Document.status) == document.status,
            col(Document.deleted_at).is_(None),
        )
        .values(status=to, deleted_at=deleted_at)
        .execution_options(synchronize_session=False)
    )
    if act.session.connection().execute(moved).rowcount != 1:
        raise Conflict(CHANGED)
    document.status, document.deleted_at = to, deleted_at
