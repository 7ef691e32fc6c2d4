"""Guests: admitted to one group or meeting until a day."""

from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Invalid, missing, refuse
from sgdocs.base.settings import Settings
from sgdocs.journal.record import record
from sgdocs.people.accounts import GuestPass
from sgdocs.people.actions.links import send_invitation
from sgdocs.people.actions.persons import enter_person
from sgdocs.people.models import Person
from sgdocs.people.queries import account_of, by_email
from sgdocs.people.rules import why_not_guest
from sgdocs.people.schemas import GuestForm, PersonForm
from sgdocs.policy import Permission, Scope


def admit_guest(act: Act, form: GuestForm, settings: Settings) -> GuestPass:
    """Let somebody read what a group or a meeting reads, until a day; enters and invites them when they are new.

    The account of a person without an entity ends with the last pass; who has left an entity comes back without it.
    May: the office, the group's counsellor.
    """
    policy.require(act.actor, Permission.APPOINT, Scope(group=form.place))
    today = geneva_day(act.now)
    refuse(why_not_guest(form.place, today=today, ends_on=form.ends_on), Invalid)
    person = by_email(act.session, form.email)
    account = account_of(act.session, person.id or 0) if person else None
    is_new = person is None or account is None or account.ended_at is not None or person.left_at is not None
    if person is not None and person.left_at is not None:
        person.organisation_id = None
    if person is None:
        person = enter_person(act, PersonForm(name=form.name, email=form.email, language=form.language), None)
    row = GuestPass(
        person_id=person.id or 0,
        place=form.place,
        starts_on=today,
        ends_on=form.ends_on,
        given_by=act.actor.person_id,
    )
    act.session.add(row)
    if is_new:
        send_invitation(act, person, settings)
    _set_end(act, person)
    record(act, "accounts.guest-admitted", person, audience="secretariat", place=row.place, ends_on=str(row.ends_on))
    return row


def end_guest(act: Act, pass_id: int) -> None:
    """The guest is one no more, from this moment on."""
    row = act.session.get(GuestPass, pass_id) or missing("Guest", pass_id)
    policy.require(act.actor, Permission.APPOINT, Scope(group=row.place))
    person = act.session.get_one(Person, row.person_id)
    act.session.delete(row)
    act.session.flush()
    _set_end(act, person)
    record(act, "accounts.guest-ended", person, audience="secretariat", place=row.place)


def _set_end(act: Act, person: Person) -> None:
    """A guest's account ends with the last pass; a member's account has no end."""
    account = account_of(act.session, person.id or 0)
    if account is None or person.organisation_id is not None:
        return
    act.session.flush()
    ends = (
        select(col(GuestPass.ends_on)).where(GuestPass.person_id == person.id).order_by(col(GuestPass.ends_on).desc())
    )
    account.ends_on = act.session.exec(ends).first()
    if account.ends_on is None:
        account.ended_at = act.now
    act.session.add(account)
