"""What the clock does to documents."""

from sqlalchemy import update
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents.actions._filing import note
from sgdocs.documents.actions.lateness import release_held
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Status
from sgdocs.policy import Permission, require


def tidy(act: Act) -> int:
    """Expire reservations, let held contributions take effect; how many documents that moved."""
    return expire_reservations(act) + release_held(act)


def expire_reservations(act: Act) -> int:
    """Reservations that ran out: their numbers stay theirs, and nobody uploads into them any more."""
    require(act.actor, Permission.TIDY_DOCUMENTS)
    due = select(Document).where(
        Document.status == Status.RESERVED,
        col(Document.expires_at) <= act.now,
        col(Document.deleted_at).is_(None),
    )
    return sum(_expire(act, document) for document in act.session.exec(due.order_by(col(Document.id))).all())


def _expire(act: Act, document: Document) -> int:
    """Unless somebody has just filled it."""
    moved = (
        update(Document)
        .where(col(Document.id) == document.id, col(Document.status) == Status.RESERVED)
        .values(status=Status.EXPIRED)
        .execution_options(synchronize_session=False)
    )
    if act.session.connection().execute(moved).rowcount != 1:
        return 0
    document.status = Status.EXPIRED
    note(act, "documents.expired", document)
    return 1
