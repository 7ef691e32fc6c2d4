"""What the API and the exports give out about outside bodies. Addresses of people are for members."""

from datetime import date
from typing import Final

from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.liaison import bodies
from sgdocs.liaison.bodies import Envoy, Together
from sgdocs.liaison.bodies_models import Body, BodyContact, Qualification
from sgdocs.liaison.body_listing import BodyRow
from sgdocs.people.queries import sees_contacts
from sgdocs.work_programme.naming import handle

COLUMNS: Final = {
    "slug": "Address",
    "name": "Name",
    "acronym": "Acronym",
    "kind": "Kind",
    "parent": "Part of",
    "qualifications": "Qualified under",
    "statements": "Statements",
    "ended_on": "Ended on",
    "url": "Site",
}


class BodyOut(BaseModel):
    """A body as a list gives it. parent: its slug; qualifications: valid today; statements: that you may read."""

    slug: str
    name: str
    acronym: str
    kind: str
    parent: str
    qualifications: list[str]
    statements: int
    ended_on: date | None
    url: str

    @classmethod
    def of(cls, row: BodyRow) -> "BodyOut":
        body = row.body
        return cls(
            slug=body.slug,
            name=body.name,
            acronym=body.acronym,
            kind=body.kind,
            parent=row.parent.slug if row.parent else "",
            qualifications=list(row.qualifications),
            statements=row.statements,
            ended_on=body.ended_on,
            url=body.url,
        )


class QualificationOut(BaseModel):
    kind: str
    since: date
    reviewed_on: date | None
    until: date | None
    source: str

    @classmethod
    def of(cls, row: Qualification) -> "QualificationOut":
        return cls.model_validate(row, from_attributes=True)


class CollaborationOut(BaseModel):
    """group: path; work_item: as in its address."""

    number: int
    mode: str
    product: str
    group: str
    work_item: str
    since: date | None
    until: date | None
    source: str

    @classmethod
    def of(cls, each: Together) -> "CollaborationOut":
        told = each.row.model_dump(include={"mode", "product", "since", "until", "source"})
        return cls(
            number=each.row.id or 0,
            group=each.group.path if each.group else "",
            work_item=handle(each.item) if each.item else "",
            **told,
        )


class OfficerOut(BaseModel):
    """direction: ours (we sent them), theirs. body: slug, other_group: path; one of the two is set. person: slug."""

    number: int
    direction: str
    group: str
    body: str
    other_group: str
    person: str
    name: str
    email: str | None
    starts_on: date
    ends_on: date | None
    source: str

    @classmethod
    def of(cls, each: Envoy, *, contacts: bool) -> "OfficerOut":
        row = each.row
        email = (each.person.email if each.person else row.email) if contacts else None
        return cls(
            number=row.id or 0,
            direction=row.direction,
            group=each.group.path,
            body=each.body.slug if each.body else "",
            other_group=each.other.path if each.other else "",
            person=each.person.slug if each.person else "",
            name=each.name,
            email=email or None,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            source=row.source,
        )


class ContactOut(BaseModel):
    """group_id: of the group whose statements go there, null for all."""

    number: int
    name: str
    email: str
    role: str
    group_id: int | None
    language: str
    is_default: bool
    since: date | None
    until: date | None

    @classmethod
    def of(cls, row: BodyContact) -> "ContactOut":
        return cls(number=row.id or 0, **row.model_dump(exclude={"id", "body_id", "bounced_at"}))


class BodyRecordOut(BaseModel):
    """One body with everything that belongs to it. contacts: null unless the reader is a member."""

    slug: str
    name: str
    acronym: str
    kind: str
    names: list[str]
    parent: str
    parts: list[str]
    url: str
    notes: str
    ended_on: date | None
    successor: str
    qualifications: list[QualificationOut]
    collaborations: list[CollaborationOut]
    officers: list[OfficerOut]
    contacts: list[ContactOut] | None

    @classmethod
    def of(cls, act: Act, body: Body) -> "BodyRecordOut":
        session, members = act.session, sees_contacts(act)
        line = bodies.above(session, body)
        successor = session.get(Body, body.successor_id) if body.successor_id else None
        parts = bodies.parts_of(session, body)
        officers = bodies.envoys(session, body_ids=[body.id or 0])
        return cls(
            **body.model_dump(include={"slug", "name", "acronym", "kind", "url", "notes", "ended_on"}),
            names=bodies.names_of(session, body),
            parent=line[1].slug if len(line) > 1 else "",
            parts=[each.slug for each in parts],
            successor=successor.slug if successor else "",
            qualifications=[QualificationOut.of(each) for each in bodies.qualifications_of(session, body)],
            collaborations=[CollaborationOut.of(each) for each in bodies.collaborations_of(act, body)],
            officers=[OfficerOut.of(each, contacts=members) for each in officers],
            contacts=[ContactOut.of(each) for each in bodies.contacts_of(session, body)] if members else None,
        )
