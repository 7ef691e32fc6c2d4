"""Requests for an account: asked by a person, decided by the focal point of the entity or the secretariat."""

from sqlmodel import col, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, invalid
from sgdocs.base.rulebook import rule
from sgdocs.base.settings import Settings
from sgdocs.journal.record import record
from sgdocs.people.accounts import AccountRequest
from sgdocs.people.actions.links import invite
from sgdocs.people.actions.persons import enter_person
from sgdocs.people.actions.post import write_out
from sgdocs.people.models import Organisation, Person
from sgdocs.people.queries import by_email, live_account, organisation_named
from sgdocs.people.rules import RequestState
from sgdocs.people.schemas import DecisionForm, PersonForm, RequestForm
from sgdocs.policy import Permission, Scope

OTHER_ENTITY = rule(
    "people.other-entity",
    "This address belongs to somebody of another entity; they must leave it first.",
    "domain 8.3",
)
HAS_ACCOUNT = "has an account"


def request_account(act: Act, form: RequestForm, settings: Settings) -> AccountRequest:
    """Note the request and tell the asker by mail. Anybody may.

    Somebody who has an account gets another letter; the answer and the rows written are alike, so that
    nobody learns who has one.
    """
    known = live_account(act.session, form.email, act.now)
    entity = organisation_named(act.session, form.organisation)
    row = AccountRequest(
        name=form.name,
        email=form.email,
        organisation_id=entity.id if entity else None,
        entity=form.organisation,
        country=form.country,
        language=form.language,
        note=form.note,
        state=RequestState.REFUSED if known else RequestState.WAITING,
        reason=HAS_ACCOUNT if known else "",
        created_at=act.now,
    )
    act.session.add(row)
    record(act, "accounts.requested", row, audience="secretariat", personal={"name": row.name, "email": row.email})
    kind = "known" if known else "received"
    write_out(act, settings, kind, row.email, row.language, name=row.name, entity=row.entity)
    return row


def confirm_request(act: Act, row: AccountRequest, form: DecisionForm, settings: Settings) -> Person:
    """The entity confirms: the person is entered (or comes back), has an account and gets an invitation.

    An entity that is none of ours is first named by the secretariat (`form.organisation`).
    """
    organisation = _entity(act, row, form.organisation)
    policy.require(act.actor, Permission.CONFIRM_ACCOUNT, Scope(organisation_id=organisation.id))
    known = by_email(act.session, row.email)
    if known and known.left_at is None and known.organisation_id not in (None, organisation.id):
        raise Conflict(OTHER_ENTITY)
    _decide(act, row, RequestState.CONFIRMED)
    person = known or _entered(act, row, organisation)
    person.organisation_id = organisation.id
    row.person_id, row.organisation_id = person.id, organisation.id
    act.session.add_all([row, person])
    invite(act, person, settings)
    record(act, "accounts.confirmed", row, audience="secretariat", organisation=organisation.name)
    return person


def refuse_request(act: Act, row: AccountRequest, form: DecisionForm, settings: Settings) -> AccountRequest:
    """The entity does not know the person; they are told, with the reason."""
    policy.require(act.actor, Permission.CONFIRM_ACCOUNT, Scope(organisation_id=row.organisation_id))
    if not form.reason:
        invalid("reason", "", "Give a reason; the person is told.")
    _decide(act, row, RequestState.REFUSED, reason=form.reason)
    record(act, "accounts.refused", row, audience="secretariat")
    write_out(act, settings, "refused", row.email, row.language, name=row.name, reason=form.reason)
    return row


def _entity(act: Act, row: AccountRequest, named: str) -> Organisation:
    if named and policy.may(act.actor, Permission.MANAGE_PEOPLE):
        found = organisation_named(act.session, named)
        return found or invalid("organisation", named, "Give the name or acronym of an organisation that we know.")
    if row.organisation_id is None:
        invalid("organisation", row.entity, "Say which organisation this is; add it first when it is new.")
    return act.session.get_one(Organisation, row.organisation_id)


def _decide(act: Act, row: AccountRequest, state: RequestState, *, reason: str = "") -> None:
    """Move the request out of waiting; Conflict when somebody else has."""
    claim = (
        update(AccountRequest)
        .where(col(AccountRequest.id) == row.id, col(AccountRequest.state) == RequestState.WAITING)
        .values(state=state.value, decided_at=act.now, decided_by=act.actor.person_id, reason=reason)
    )
    if act.session.exec(claim).rowcount != 1:
        raise Conflict(CHANGED)
    act.session.refresh(row)


def _entered(act: Act, row: AccountRequest, organisation: Organisation) -> Person:
    form = PersonForm(name=row.name, email=row.email, language=row.language, country=row.country)
    return enter_person(act, form, organisation)
