"""Events as the API and the lists give them out. No room on the net, nobody's name but those who speak."""

from datetime import date, datetime

from pydantic import BaseModel

from sgdocs.events.queries import EventRow, Participant, SessionRow

COLUMNS = {
    "slug": "Event",
    "title": "Title",
    "state": "State",
    "starts_on": "From",
    "ends_on": "Until",
    "zone": "Zone",
    "place": "Place",
    "group": "Group",
    "groups": "About",
    "meeting": "Meeting",
    "capacity": "Places",
    "register_until": "Register until",
    "address": "Address",
}
PARTICIPANT_COLUMNS = {"name": "Name", "organisation": "Organisation", "status": "Status", "address": "Address"}


class EventOut(BaseModel):
    """zone: in which days and times are told; my_status: of the caller's registration, "" without one."""

    slug: str
    title: str
    text: str
    state: str
    reason: str
    starts_on: date
    ends_on: date
    zone: str
    place: str
    group: str
    groups: list[str]
    meeting: str
    audience: str
    capacity: int | None
    register_until: date | None
    my_status: str
    version: int
    changed_at: datetime
    address: str

    @classmethod
    def of(cls, row: EventRow, site: str = "") -> "EventOut":
        told = row.event
        return cls(
            slug=told.slug,
            title=told.title,
            text=told.text,
            state=told.state,
            reason=told.reason,
            starts_on=told.starts_on,
            ends_on=told.ends_on,
            zone=told.zone,
            place=told.place,
            group=row.group.path,
            groups=[each.path for each in row.groups],
            meeting=row.meeting.code if row.meeting else "",
            audience=told.audience,
            capacity=told.capacity,
            register_until=told.register_until,
            my_status=row.status,
            version=told.version,
            changed_at=told.changed_at,
            address=f"{site}/event/{told.slug}",
        )


class TalkOut(BaseModel):
    id: int
    title: str
    speakers: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    document: str


class SessionOut(BaseModel):
    id: int
    title: str
    on: date
    starts_at: datetime
    ends_at: datetime
    room: str
    talks: list[TalkOut]

    @classmethod
    def of(cls, row: SessionRow) -> "SessionOut":
        part = row.session
        talks = [
            TalkOut(
                id=each.talk.id or 0,
                title=each.talk.title,
                speakers=each.talk.speakers,
                summary=each.talk.summary,
                starts_at=each.starts_at,
                ends_at=each.ends_at,
                document=each.document.name if each.document else "",
            )
            for each in row.talks
        ]
        told = {"title": part.title, "starts_at": part.starts_at, "ends_at": part.ends_at, "room": part.room}
        return cls(id=part.id or 0, on=row.on, talks=talks, **told)


class EventRecord(EventOut):
    programme: list[SessionOut]


def record_of(row: EventRow, programme: list[SessionRow], site: str = "") -> EventRecord:
    """One event with its programme."""
    told = EventOut.of(row, site).model_dump()
    return EventRecord(**told, programme=[SessionOut.of(each) for each in programme])


class ParticipantOut(BaseModel):
    name: str
    organisation: str
    status: str
    address: str

    @classmethod
    def of(cls, row: Participant, site: str = "") -> "ParticipantOut":
        return cls(
            name=row.person.name,
            organisation=row.organisation.name if row.organisation else "",
            status=row.registration.status,
            address=f"{site}/person/{row.person.slug}",
        )
