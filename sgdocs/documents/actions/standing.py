"""The state of a document, and what follows from it: who sees it, since when, where it waits."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents import rules
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Status
from sgdocs.meetings.models import Meeting


def stand(act: Act, document: Document, status: Status) -> None:
    """Give the document its state: posted, it has its readers; else it is hidden. Held, it waits for the next meeting."""
    document.status = status
    is_shown = status in rules.SHOWN
    document.audience = document.intended_audience if is_shown else rules.HIDDEN_AUDIENCE
    document.posted_at = (document.posted_at or act.now) if is_shown else None
    document.held_for_id = next_meeting_id(act, document) if status is Status.HELD else None


def next_meeting_id(act: Act, document: Document) -> int | None:
    """The meeting of the same group and kind after the document's, if one is known."""
    meeting = act.session.get(Meeting, document.meeting_id) if document.meeting_id else None
    if meeting is None:
        return None
    later = select(Meeting.id).where(
        Meeting.group_id == meeting.group_id,
        Meeting.kind == meeting.kind,
        col(Meeting.starts_on) > meeting.starts_on,
        col(Meeting.status).not_in(("cancelled", "closed")),
    )
    return act.session.exec(later.order_by(col(Meeting.starts_on), col(Meeting.id))).first()
