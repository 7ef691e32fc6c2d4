"""Letters about meetings: to the people of the groups that meet, to those who decide, to those who asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from sqlmodel import Session, col, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.settings import Settings
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Appointment
from sgdocs.groups.queries import holders, in_force
from sgdocs.i18n import spoken
from sgdocs.journal.models import Entry
from sgdocs.mail import actions as mail
from sgdocs.meetings import queries
from sgdocs.meetings.joining import LIVE, RegistrationStatus
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.notices.meeting_words import REASONS, SUBJECTS, TEXTS
from sgdocs.notices.requests import Posting
from sgdocs.people.models import Person
from sgdocs.policy import Role

LISTENER = "meetings"
VERBS: Mapping[str, str] = {
    "meetings.announced": "announced",
    "meetings.cancelled": "cancelled",
    "meetings.registration-asked": "asked",
    "meetings.registration-approved": "approved",
    "meetings.registration-refused": "refused",
}


@dataclass(frozen=True)
class News:
    """What a letter is about. row: the registration, if it is about one."""

    kind: str
    entry: Entry
    meeting: Meeting
    row: Registration | None


def tell(services: Posting, entries: Sequence[Entry]) -> None:
    """One letter to each person whom an entry concerns; told twice, it writes once. What is out of date is not told."""
    with services.database.writing() as session:
        act = Act(session, Actor.clock(), clock.now())
        for entry in entries:
            meeting = session.get(Meeting, entry.subject_id)
            if meeting is not None and entry.verb in VERBS:
                _tell(act, services.settings, entry, meeting)


def _tell(act: Act, settings: Settings, entry: Entry, meeting: Meeting) -> None:
    kind = VERBS[entry.verb]
    row = act.session.get(Registration, _id(entry.facts.get("registration_id")))
    facts = {"reason": row.reason if row else meeting.status_reason, "asker": _name(act.session, row)}
    news = News(kind, entry, meeting, row)
    for person in _concerned(act.session, news):
        _write(act, settings, news, person, facts)


def _concerned(session: Session, news: News) -> Iterable[Person]:
    kind, meeting, row = news.kind, news.meeting, news.row
    on = clock.geneva_day(news.entry.at)
    if kind == "announced":
        is_news = meeting.status in (MeetingStatus.ANNOUNCED, MeetingStatus.OPEN) and meeting.ends_on >= on
        return people_of(session, meeting, on) if is_news else []
    if kind == "cancelled":
        return (
            _once([*people_of(session, meeting, on), *_registered(session, meeting)]) if meeting.ends_on >= on else []
        )
    if row is None:
        return []
    if kind == "asked":
        return deciders(session, row, on) if row.status == RegistrationStatus.ASKED else []
    return [session.get_one(Person, row.person_id)] if row.status == kind else []


def people_of(session: Session, meeting: Meeting, on: date) -> list[Person]:
    """Everybody who has a role in a group that meets there, and can be written to."""
    ids = [group.id for group in queries.groups_of(session, meeting)]
    held = select(Appointment.person_id).where(col(Appointment.group_id).in_(ids), *in_force(on))
    found = select(Person).where(
        col(Person.id).in_(held), col(Person.left_at).is_(None), col(Person.email).is_not(None)
    )
    return list(session.exec(found.order_by(col(Person.id))))


def deciders(session: Session, row: Registration, on: date) -> list[Person]:
    """The focal points of the entity; the secretariat when it has none that we can write to."""
    own = holders(session, Role.FOCAL_POINT, on, organisation_id=row.organisation_id) if row.organisation_id else []
    return own or holders(session, Role.SECRETARIAT, on)


def _registered(session: Session, meeting: Meeting) -> list[Person]:
    held = select(Registration.person_id).where(
        Registration.meeting_id == meeting.id, col(Registration.status).in_(LIVE)
    )
    return list(session.exec(select(Person).where(col(Person.id).in_(held), col(Person.left_at).is_(None))))


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in people}.values())


def _write(act: Act, settings: Settings, news: News, person: Person, facts: Mapping[str, str]) -> None:
    kind, meeting = news.kind, news.meeting
    if not person.email:
        return
    tongue = spoken(person.language)
    site = settings.public_url.rstrip("/")
    told = {
        **facts,
        "name": person.name,
        "code": meeting.code,
        "title": meeting.title,
        "group": groups.by_id(act.session, meeting.group_id).label,
        "starts_on": format_date(meeting.starts_on, "long", tongue.locale),
        "ends_on": format_date(meeting.ends_on, "long", tongue.locale),
        "url": f"{site}/meeting/{meeting.code}",
        "site": site,
    }
    mail.write(
        act,
        to=person.email,
        to_name=person.name,
        subject=tongue.sentence(SUBJECTS[kind], told),
        text=tongue.sentence(TEXTS[kind], told),
        kind=f"meetings.{kind}",
        person_id=person.id,
        entry_id=news.entry.id,
        reason=tongue.say(REASONS[kind]),
    )


def _name(session: Session, row: Registration | None) -> str:
    return session.get_one(Person, row.person_id).name if row is not None else ""


def _id(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
