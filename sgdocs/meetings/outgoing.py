"""What the API and the exports give out about meetings. A remote link is given to those alone who may have it."""

from datetime import date, datetime

from pydantic import BaseModel

from sgdocs.groups.models import Group
from sgdocs.meetings.deadlines import Deadline
from sgdocs.meetings.listing import MeetingRow
from sgdocs.meetings.models import Meeting, Registration, Sitting
from sgdocs.meetings.participants import Participant


class MeetingOut(BaseModel):
    """A meeting as a list gives it."""

    code: str
    title: str
    sector: str
    kind: str
    group: str
    group_label: str
    starts_on: date
    ends_on: date
    zone: str
    place: str
    format: str
    status: str
    when: str

    @classmethod
    def of(cls, row: MeetingRow) -> "MeetingOut":
        meeting = row.meeting
        shared = {name: getattr(meeting, name) for name in cls.model_fields if hasattr(meeting, name)}
        return cls(**shared, group=row.group.path, group_label=row.group.label, when=row.when)


class DeadlineOut(BaseModel):
    """Until when something counts. due_at: its last second; computed_at: what the rule says, when set by hand."""

    rule: str
    code: str
    on: date
    due_at: datetime
    zone: str
    clause: str
    overridden: bool
    computed_at: datetime | None
    reason: str

    @classmethod
    def of(cls, row: Deadline) -> "DeadlineOut":
        shared = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        return cls(**shared, overridden=row.is_overridden)


class SittingOut(BaseModel):
    """One session. remote_link: "" for whoever may not have it."""

    id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    room: str
    cancelled: bool
    remote_link: str

    @classmethod
    def of(cls, row: Sitting, *, with_link: bool) -> "SittingOut":
        return cls(
            id=row.id or 0,
            title=row.title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            zone=row.zone,
            room=row.room,
            cancelled=row.cancelled_at is not None,
            remote_link=row.remote_link if with_link else "",
        )


class RecordOut(BaseModel):
    """One meeting with everything that its page shows."""

    code: str
    title: str
    sector: str
    kind: str
    group: str
    groups: list[str]
    starts_on: date
    ends_on: date
    zone: str
    place: str
    host: str
    format: str
    status: str
    status_reason: str
    letter: str
    registration_opens_on: date | None
    registration_closes_on: date | None
    interpretation: str
    has_captioning: bool
    note: str
    parent: str
    sequence: int
    deadlines: list[DeadlineOut]
    sittings: list[SittingOut]

    @classmethod
    def of(
        cls,
        meeting: Meeting,
        *,
        groups: list[Group],
        deadlines: tuple[Deadline, ...],
        sittings: list[Sitting],
        parent: Meeting | None,
        with_links: bool,
    ) -> "RecordOut":
        shared = {name: getattr(meeting, name) for name in cls.model_fields if hasattr(meeting, name)}
        return cls(
            **shared,
            group=groups[0].path,
            groups=[each.path for each in groups[1:]],
            parent=parent.code if parent else "",
            deadlines=[DeadlineOut.of(each) for each in deadlines],
            sittings=[SittingOut.of(each, with_link=with_links) for each in sittings],
        )


class RegistrationOut(BaseModel):
    """How somebody takes part."""

    id: int
    role: str
    mode: str
    status: str
    reason: str
    listed: bool
    asked_at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, row: Registration) -> "RegistrationOut":
        shared = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        return cls(**shared, listed=row.is_listed)


class ParticipantOut(BaseModel):
    """One line of the list of participants. email: for members alone."""

    id: int
    name: str
    organisation: str
    country: str
    category: str
    role: str
    mode: str
    email: str

    @classmethod
    def of(cls, row: Participant, *, with_contact: bool) -> "ParticipantOut":
        entity = row.organisation
        return cls(
            id=row.registration.id or 0,
            name=row.person.name,
            organisation=entity.name if entity else "",
            country=entity.country if entity else row.person.country,
            category=entity.category if entity else "",
            role=row.registration.role,
            mode=row.registration.mode,
            email=(row.person.email or "") if with_contact else "",
        )
