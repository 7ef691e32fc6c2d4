"""Whether the inputs of an assembly are public in advance: who objects. Source: Council document C20/35 section 2.2."""

from sqlmodel import Session, col, select

from sgdocs.documents.models import PublicationObjection
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation


def objections(session: Session, meeting: Meeting) -> list[tuple[PublicationObjection, Organisation]]:
    """The objections that stand, with the Member States, the first made first."""
    stands = (
        select(PublicationObjection, Organisation)
        .join(Organisation, col(Organisation.id) == PublicationObjection.organisation_id)
        .where(PublicationObjection.meeting_id == meeting.id, col(PublicationObjection.ended_at).is_(None))
    )
    return list(session.exec(stands.order_by(col(PublicationObjection.made_at), col(PublicationObjection.id))))
