"""Bring a document that is of no meeting, or of one that it will not be taken up at, before another."""

from sgdocs.base.act import Act
from sgdocs.documents.actions._filing import note
from sgdocs.documents.models import Document, NumberSeries
from sgdocs.documents.queries import scope_of
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, require


def join_meeting(act: Act, document: Document, meeting: Meeting) -> bool:
    """The document is of that meeting now, under its number; its allotment to the agenda follows. Whether that changed.

    What a meeting counts for itself stays with it.
    """
    require(act.actor, Permission.ALLOT, scope_of(act.session, document))
    series = act.session.get_one(NumberSeries, document.series_id)
    if series.meeting_id is not None or document.meeting_id == meeting.id:
        return False
    document.meeting_id = meeting.id
    act.session.add(document)
    act.session.flush()
    note(act, "documents.joined-meeting", document, meeting=meeting.code)
    return True
