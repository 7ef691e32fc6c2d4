"""Who should meet whom at an event: those who both want to be suggested and share a Question, a work item or a field.

Nobody who did not say so is looked at, and what they share is what the reader has as well: nothing new is told.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.text import folded, one_line
from sgdocs.documents.models import Document, DocumentQuestion
from sgdocs.documents.rules import SHOWN
from sgdocs.events.models import Event, EventAsk, EventRegistration
from sgdocs.events.queries import own_id, own_registration, takes_part
from sgdocs.events.rules import AskState, EventState, Place, Profile, Shared, suggestions
from sgdocs.groups.models import Appointment, Group
from sgdocs.groups.queries import audiences, in_force
from sgdocs.groups.rules import GroupKind
from sgdocs.meetings.joining import RegistrationStatus
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.people.directory import interests_of
from sgdocs.people.models import Organisation, Person
from sgdocs.work_programme.models import ItemEditor, WorkItem

Labels = dict[int, dict[int, str]]
"""Person -> id of a Question or item -> its label."""


@dataclass(frozen=True)
class Suggestion:
    """Somebody to meet, and why. asked: the last wish between the two, None before the first."""

    person: Person
    organisation: Organisation | None
    why: Shared
    asked: EventAsk | None


def wants(act: Act, event: Event) -> bool:
    """Whether the actor takes part and wants to be suggested."""
    own = own_registration(act, event)
    return own is not None and own.wants_matching and takes_part(act, event)


def suggested(act: Act, event: Event) -> list[Suggestion]:
    """The closest first. Nobody for who does not want to be suggested. Some eight queries, however many take part."""
    if not wants(act, event):
        return []
    profiles = profiles_of(act, event)
    own = profiles.get(act.actor.person_id or 0)
    found = suggestions(own, profiles.values()) if own else []
    people = _people(act.session, [id for id, _ in found])
    asks = _asks_with(act, event)
    return [Suggestion(*people[id], why, asks.get(id)) for id, why in found if id in people]


def may_be_asked(act: Act, event: Event, person: Person) -> bool:
    """Somebody who wants to be suggested, and is: by what both share, or as one of the listed participants."""
    row = act.session.exec(
        select(EventRegistration).where(
            EventRegistration.event_id == event.id, EventRegistration.person_id == person.id, *_willing()
        )
    ).first()
    if row is None or person.id == act.actor.person_id or person.left_at is not None:
        return False
    return row.is_listed or any(each.person.id == person.id for each in suggested(act, event))


def _willing() -> tuple[ColumnElement[bool], ...]:
    return (col(EventRegistration.status) == Place.REGISTERED.value, col(EventRegistration.wants_matching).is_(True))


def profiles_of(act: Act, event: Event) -> dict[int, Profile]:
    """What each of those who want to be suggested works on."""
    rows = act.session.exec(
        select(EventRegistration)
        .join(Person, col(Person.id) == col(EventRegistration.person_id))
        .where(EventRegistration.event_id == event.id, *_willing(), col(Person.left_at).is_(None))
    ).all()
    ids = [row.person_id for row in rows]
    questions, items = _questions(act, ids), _items(act.session, ids)
    interests = interests_of(act.session, ids)
    return {
        row.person_id: Profile(
            row.person_id, questions[row.person_id], items[row.person_id],
            _fields([*interests.get(row.person_id, ()), *row.fields.split(",")]),
        )
        for row in rows
    }  # fmt: skip


def _fields(words: Iterable[str]) -> dict[str, str]:
    told = [one_line(each) for each in words]
    return {folded(each): each for each in told if each}


def _questions(act: Act, ids: Collection[int]) -> Labels:
    """Questions by appointments in force, by meetings of them that people registered for, by documents sent to them."""
    found: Labels = defaultdict(dict)
    is_question = col(Group.kind) == GroupKind.QUESTION
    held = (
        select(Appointment.person_id, Group.id, Group.label)
        .join(Group, col(Group.id) == col(Appointment.group_id))
        .where(col(Appointment.person_id).in_(ids), is_question, *in_force(geneva_day(act.now)))
    )
    joined = (
        select(Registration.person_id, Group.id, Group.label)
        .join(Meeting, col(Meeting.id) == col(Registration.meeting_id))
        .join(Group, col(Group.id) == col(Meeting.group_id))
        .where(col(Registration.person_id).in_(ids), is_question, Registration.status == RegistrationStatus.APPROVED)
    )
    sent = (
        select(Document.owner_id, Group.id, Group.label)
        .join(DocumentQuestion, col(DocumentQuestion.document_id) == col(Document.id))
        .join(Group, col(Group.id) == col(DocumentQuestion.group_id))
        .where(
            col(Document.owner_id).in_(ids),
            is_question,
            col(Document.status).in_(SHOWN),
            col(Document.deleted_at).is_(None),
            col(Document.audience).in_(audiences(act)),
        )
        .distinct()
    )
    for wanted in (held, joined, sent):
        for person, id, label in act.session.exec(wanted):
            found[person or 0][id or 0] = label
    return found


def _items(session: Session, ids: Collection[int]) -> Labels:
    """Work items that people edit."""
    found: Labels = defaultdict(dict)
    wanted = (
        select(ItemEditor.person_id, WorkItem.id, WorkItem.acronym)
        .join(WorkItem, col(WorkItem.id) == col(ItemEditor.work_item_id))
        .where(col(ItemEditor.person_id).in_(ids))
    )
    for person, id, name in session.exec(wanted):
        found[person or 0][id or 0] = name
    return found


def _people(session: Session, ids: Collection[int]) -> Mapping[int, tuple[Person, Organisation | None]]:
    found = (
        select(Person, Organisation)
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(Person.id).in_(ids))
    )
    return {person.id or 0: (person, entity) for person, entity in session.exec(found)} if ids else {}


@dataclass(frozen=True)
class AskRow:
    """A wish to meet. other: the one who is not the actor."""

    ask: EventAsk
    other: Person
    organisation: Organisation | None
    is_mine: bool

    @property
    def is_open(self) -> bool:
        return self.ask.state == AskState.ASKED


def asks(act: Act, event: Event) -> list[AskRow]:
    """The actor's own, either way, the newest first; those that were taken back only to who took them back."""
    own = act.actor.person_id
    rows = _between(act, event)
    people = _people(act.session, {row.to_id if row.person_id == own else row.person_id for row in rows})
    found = []
    for row in rows:
        other = row.to_id if row.person_id == own else row.person_id
        if other in people and not (row.to_id == own and row.state == AskState.WITHDRAWN):
            found.append(AskRow(row, *people[other], is_mine=row.person_id == own))
    return found


def waiting_for_answer(act: Act) -> list[tuple[EventAsk, Event, Person]]:
    """Wishes to meet the actor that are open, at events that are held and not over. One query."""
    own = own_id(act)
    if own is None:
        return []
    found = (
        select(EventAsk, Event, Person)
        .join(Event, col(Event.id) == col(EventAsk.event_id))
        .join(Person, col(Person.id) == col(EventAsk.person_id))
        .where(EventAsk.to_id == own, EventAsk.state == AskState.ASKED.value)
        .where(Event.state == EventState.ANNOUNCED.value, col(Event.ends_on) >= geneva_day(act.now))
    )
    return list(act.session.exec(found.order_by(col(EventAsk.id)).limit(100)).all())


def _between(act: Act, event: Event) -> list[EventAsk]:
    own = own_id(act) or 0
    wanted = select(EventAsk).where(
        EventAsk.event_id == event.id, (col(EventAsk.person_id) == own) | (col(EventAsk.to_id) == own)
    )
    return list(act.session.exec(wanted.order_by(col(EventAsk.id).desc())))


def _asks_with(act: Act, event: Event) -> dict[int, EventAsk]:
    """The newest with each person."""
    own, found = act.actor.person_id, {}
    for row in reversed(_between(act, event)):
        found[row.to_id if row.person_id == own else row.person_id] = row
    return found
