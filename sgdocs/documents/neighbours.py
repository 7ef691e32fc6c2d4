"""The document before and after one in the list of its meeting, or of its group where it belongs to no meeting."""

from sqlmodel import and_, col, or_, select

from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.documents.queries import visible


def neighbour(act: Act, document: Document, *, after: bool) -> Document | None:
    """The next one, or the one before, in the order of the lists; none at the end. Only what the actor may read."""
    same = (
        col(Document.meeting_id) == document.meeting_id
        if document.meeting_id is not None
        else and_(col(Document.meeting_id).is_(None), col(Document.group_id) == document.group_id)
    )
    key, id = col(Document.sort_key), col(Document.id)
    if after:
        beyond = or_(key > document.sort_key, and_(key == document.sort_key, id > document.id))
        order = (key.asc(), id.asc())
    else:
        beyond = or_(key < document.sort_key, and_(key == document.sort_key, id < document.id))
        order = (key.desc(), id.desc())
    return act.session.exec(select(Document).where(visible(act), same, beyond).order_by(*order).limit(1)).first()
