"""Who hears of an entry by what they are: owner, chair, editor, focal point. Each with the reason that is told."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from sgdocs.approval import procedures
from sgdocs.approval.models import Comment
from sgdocs.approval.procedures.terms import By
from sgdocs.events.models import Event, EventRegistration
from sgdocs.events.rules import Place as EventPlace
from sgdocs.groups.models import Appointment
from sgdocs.groups.queries import holders, in_force
from sgdocs.journal.models import Entry
from sgdocs.meetings.joining import RegistrationStatus
from sgdocs.meetings.models import Registration
from sgdocs.notices import liaison, talk, translation_rows
from sgdocs.notices.places import Place
from sgdocs.people.models import Organisation, Person
from sgdocs.people.rules import Category
from sgdocs.policy import CHAIRS, LEADERS, Role
from sgdocs.work_programme.models import ItemEditor

Ids = set[int]


def holders_of(session: Session, role: str, entry: Entry, place: Place, on: date) -> Ids:
    """The persons who hear of the entry by that role, on that day."""
    return _FINDERS[role](session, entry, place, on)


def _owner(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    return {place.owner_id} if place.owner_id is not None else set()


def _in_groups(session: Session, roles: Iterable[str], ids: Iterable[int], on: date) -> Ids:
    held = select(Appointment.person_id).where(
        col(Appointment.role).in_(list(roles)), col(Appointment.group_id).in_(list(ids)), *in_force(on)
    )
    return set(session.exec(held))


def _officers(*roles: str) -> "Finder":
    def find(session: Session, entry: Entry, place: Place, on: date) -> Ids:
        return _in_groups(session, roles, place.groups, on)

    return find


def _editors(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    named = select(ItemEditor.person_id).where(
        ItemEditor.work_item_id == place.item_id, col(ItemEditor.person_id).is_not(None)
    )
    return {id for id in session.exec(named) if id is not None} if place.item_id is not None else set()


def _focal_points(session: Session, purpose: str, on: date, *conditions: ColumnElement[bool]) -> Ids:
    """Of entities, for that purpose or for every one. Source: domain 1.6 (TSB Circular 251)."""
    note = func.lower(Appointment.note)
    held = (
        select(Appointment.person_id)
        .join(Person, col(Person.id) == Appointment.person_id)
        .join(Organisation, col(Organisation.id) == Person.organisation_id)
        .where(
            Appointment.role == Role.FOCAL_POINT,
            or_(col(Appointment.note) == "", note.contains(purpose)),
            *in_force(on),
            *conditions,
        )
    )
    return set(session.exec(held))


def _aap(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    is_aap = place.process is not None and place.process.procedure == "aap"
    return _focal_points(session, "aap", on) if is_aap else set()


def _tap(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    return _focal_points(session, "tap", on, col(Organisation.category) == Category.MEMBER_STATE)


def _commenter(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    """Who sent the comment that the entry is about."""
    sent = select(Comment.person_id).where(
        Comment.process_id == entry.subject_id, Comment.number == entry.facts.get("comment")
    )
    return {id for id in session.exec(sent) if id is not None}


def _holder(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    """Whoever holds the ball in the state that the process is in now."""
    process = place.process
    table = procedures.ALL.get(process.procedure) if process is not None else None
    state = table.states.get(process.state) if table is not None and process is not None else None
    role = HOLDERS.get(state.holder, "") if state is not None and not state.is_final else ""
    return _FINDERS[role](session, entry, place, on) if role else set()


def _appointed(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    id = entry.facts.get("person_id")
    return {id} if isinstance(id, int) and not isinstance(id, bool) else set()


def _registered(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    live = select(Registration.person_id).where(
        Registration.meeting_id == place.meeting_id, Registration.status == RegistrationStatus.APPROVED
    )
    return set(session.exec(live)) if place.meeting_id is not None else set()


def _secretariat(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    return {person.id for person in holders(session, Role.SECRETARIAT, on) if person.id is not None}


def _at_event(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    """Who has a place at the event, or waits for one."""
    live = select(EventRegistration.person_id).where(
        EventRegistration.event_id == entry.subject_id,
        col(EventRegistration.status) != EventPlace.CANCELLED.value,
    )
    return set(session.exec(live)) if entry.subject_kind == str(Event.__tablename__) else set()


HOLDERS: Final[Mapping[str, str]] = {
    By.CHAIR: "chair",
    By.EDITOR: "editors",
    By.COUNSELLOR: "counsellor",
    By.SECRETARIAT: "counsellor",
}
"""Who is told in the place of the holder of a state; members are told by the window that opens."""
Finder = Callable[[Session, Entry, Place, date], Ids]
_FINDERS: Final[Mapping[str, Finder]] = {
    "owner": _owner,
    "chair": _officers(*CHAIRS),
    "rapporteur": _officers(Role.RAPPORTEUR, Role.CO_RAPPORTEUR),
    "counsellor": _officers(Role.COUNSELLOR),
    "meeting-officers": _officers(*LEADERS),
    "editors": _editors,
    "aap-focal-points": _aap,
    "tap-focal-points": _tap,
    "commenter": _commenter,
    "holder": _holder,
    "appointed": _appointed,
    "registered": _registered,
    "event-participants": _at_event,
    "secretariat": _secretariat,
    "approvers": liaison.approvers,
    "sending-office": liaison.sending_office,
    "liaison-officers": liaison.liaison_officers,
    "mentioned": talk.mentioned,
    "author": talk.author,
    "asker": translation_rows.asker,
}
ROLES: Final = tuple(_FINDERS)
