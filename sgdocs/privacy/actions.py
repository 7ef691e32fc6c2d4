"""Remove a person's data: what is theirs alone goes, what procedure needs stays and says why. Source: issue of the directory."""

from typing import Final

from sqlalchemy import delete, select, update
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.errors import refuse
from sgdocs.discussions.actions import rename_mentions
from sgdocs.events.actions import fill_places
from sgdocs.events.models import Event, EventAsk, EventRegistration
from sgdocs.events.rules import AskState, Place
from sgdocs.groups.actions.appointments import let_go
from sgdocs.groups.rights import require_power_over
from sgdocs.journal.models import Entry, PersonalFacts
from sgdocs.journal.record import record
from sgdocs.mail.models import WAITING, Letter
from sgdocs.mailing_lists.models import ListMessage
from sgdocs.people.models import Person
from sgdocs.people.rules import sort_name
from sgdocs.privacy.queries import children, columns, is_last_admin, is_own, needs_name, require
from sgdocs.privacy.rules import kind_of, why_not_forget
from sgdocs.work_programme.models import ItemEditor

REASON: Final = "the person asked for the removal of their data"
NAMELESS: Final = "Removed person {id}"
PRIVATE_LETTERS: Final = ("people.", "notices.", "lists.")
ABOUT: Final = ("person", "account")


def forget(act: Act, person: Person, *, typed: str = "") -> Person:
    """Remove what can be removed of a person; they leave at once. Cannot be undone.

    typed: the person's own e-mail address, when it is they who ask. Conflict when it was done already or nobody would
    be left to administer. The journal still verifies: it says that personal facts were removed, when and why.
    """
    require(act, person)
    require_power_over(act, person)
    refuse(
        why_not_forget(
            person.name,
            email=person.email or "",
            typed=typed,
            is_last_admin=is_last_admin(act, person),
            is_forgotten=person.forgotten_at is not None,
            needs_typing=act.actor.person_id == person.id,
        )
    )
    let_go(act, person)
    events = _events_with_a_place(act, person)
    _remove_rows(act, person)
    for event in events:
        fill_places(act, event)
    _remove_facts(act, person)
    _remove_letters(act, person)
    was, keeps_name = person.slug, needs_name(act.session, person)
    _blank(act, person, keeps_name=keeps_name)
    named = [] if keeps_name else rename_mentions(act, person.id or 0, was, person.slug)
    record(act, "people.forgotten", person, audience="members", discussion_message_ids=named)
    return person


def _events_with_a_place(act: Act, person: Person) -> list[Event]:
    """Where the person's place goes to whoever waits for one."""
    held = (col(EventRegistration.person_id) == person.id, col(EventRegistration.status) == Place.REGISTERED.value)
    found = select(Event).join(EventRegistration, col(EventRegistration.event_id) == col(Event.id)).where(*held)
    return list(act.session.execute(found.order_by(col(Event.id))).scalars())


def _remove_rows(act: Act, person: Person) -> None:
    """Rows that are the person's alone, children first."""
    session = act.session
    for table, key, parent in reversed(children()):
        owned = select(parent.c.id).where(parent.c.person_id == person.id)
        session.execute(delete(table).where(table.c[key].in_(owned)))
    for table, column in reversed(columns()):
        if kind_of(table.name).stays or table.name == "person":
            continue
        if is_own(column):
            session.execute(delete(table).where(column == person.id))
        elif table.name == "user_session":  # somebody looks as this person: what for, is over
            session.execute(update(table).where(column == person.id).values({column.name: None, "view_until": None}))
    asked = update(EventAsk).where(col(EventAsk.to_id) == person.id)
    session.execute(asked.values(answer=""))
    session.execute(asked.where(col(EventAsk.state) == AskState.ASKED).values(state=AskState.WITHDRAWN.value))
    session.execute(update(ItemEditor).where(col(ItemEditor.person_id) == person.id).values(email=""))
    session.execute(update(ListMessage).where(col(ListMessage.person_id) == person.id).values(from_address=""))


def _remove_facts(act: Act, person: Person) -> None:
    """Personal facts of the entries about the person, and of what they did with their own things."""
    about = select(col(Entry.id)).where(col(Entry.subject_kind).in_(ABOUT), col(Entry.subject_id) == person.id)
    alone = select(col(Entry.id)).where(col(Entry.audience) == f"person:{person.id}")
    told = {"facts": None, "removed_at": act.now, "removed_for": REASON}
    for wanted in (about, alone):
        found = update(PersonalFacts).where(
            col(PersonalFacts.entry_id).in_(wanted), col(PersonalFacts.facts).is_not(None)
        )
        act.session.execute(found.values(**told), execution_options={"synchronize_session": False})


def _remove_letters(act: Act, person: Person) -> None:
    """Letters about the account and notices; nothing that waits goes out any more. Letters of procedures are proof."""
    for head in PRIVATE_LETTERS:
        theirs = (col(Letter.person_id) == person.id, col(Letter.kind).startswith(head, autoescape=True))
        act.session.execute(delete(Letter).where(*theirs))
    act.session.execute(delete(Letter).where(col(Letter.person_id) == person.id, col(Letter.state) == WAITING))


def _blank(act: Act, person: Person, *, keeps_name: bool) -> None:
    if not keeps_name:
        person.name = NAMELESS.format(id=person.id)
        person.slug = f"removed-{person.id}"
        person.organisation_id = None
    person.sort_name = sort_name(person.name)
    person.email, person.phone, person.position, person.country = None, "", "", ""
    person.languages, person.language = [], "en"
    person.zone = person.scheme = person.density = ""
    person.forgotten_at = act.now
    act.session.add(person)
    act.session.flush()
