"""Organisations and persons: add, edit, leave."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, delete, select, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import DOUBLE, Conflict, invalid
from sgdocs.base.text import slug as slug_of
from sgdocs.journal.record import record
from sgdocs.people.accounts import Account, GuestPass, Identity, Link, Token, UserSession
from sgdocs.people.models import Interest, Organisation, Person
from sgdocs.people.queries import organisation_named
from sgdocs.people.rules import MOVING, normal_email, sort_name
from sgdocs.people.schemas import OrganisationForm, OwnProfileForm, PersonForm, PreferencesForm, ProfileForm
from sgdocs.policy import Permission, Scope


def add_organisation(act: Act, form: OrganisationForm, *, slug: str = "") -> Organisation:
    """A new organisation. Conflict when the name is taken. slug: "" makes one from acronym or name."""
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    wanted = slug or slug_of(form.acronym) or slug_of(form.name) or "organisation"
    row = Organisation(name=form.name, category=form.category.value, slug=_free(act, Organisation, wanted))
    _apply(row, _organisation_facts(form))
    _insert(act, row, what="Organisation", name=form.name)
    record(act, "organisations.added", row, name=row.name, category=row.category)
    return row


def edit_organisation(act: Act, row: Organisation, form: OrganisationForm) -> Organisation:
    """Its facts are the form's; the journal keeps what they were."""
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    changed = _apply(row, _organisation_facts(form))
    if changed:
        _insert(act, row, what="Organisation", name=form.name)
        record(act, "organisations.edited", row, changed=changed)
    return row


def _organisation_facts(form: OrganisationForm) -> dict[str, object]:
    return {
        "name": form.name,
        "acronym": form.acronym,
        "category": form.category.value,
        "country": form.country,
        "url": form.url,
    }


def add_person(act: Act, form: PersonForm, *, slug: str = "") -> Person:
    """A new person, without an account. Conflict when the address is taken."""
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    return enter_person(act, form, _organisation(act, form.organisation), slug=slug)


def enter_person(act: Act, form: PersonForm, organisation: Organisation | None, *, slug: str = "") -> Person:
    """The row of a new person; whoever calls has asked for the permission."""
    row = Person(
        slug=_free(act, Person, slug or slug_of(form.name) or "person"),
        name=form.name,
        sort_name=sort_name(form.name),
        email=form.email,
        organisation_id=organisation.id if organisation else None,
        language=form.language,
        languages=form.languages or [form.language],
        country=form.country or (organisation.country if organisation else ""),
        position=form.position,
        phone=form.phone,
        created_at=act.now,
    )
    _insert(act, row, what="Person", name=form.email or form.name)
    record(act, "people.added", row, personal={"name": row.name, "email": row.email}, audience="members")
    return row


def edit_person(act: Act, row: Person, form: PersonForm) -> Person:
    """The secretariat corrects a person. Conflict for moving to another entity: that is leaving, and coming anew."""
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    organisation = _organisation(act, form.organisation)
    if row.organisation_id is not None and row.organisation_id != (organisation.id if organisation else None):
        raise Conflict(MOVING, field="organisation")
    facts = _profile_facts(form) | {
        "email": normal_email(form.email) if form.email else None,
        "organisation_id": organisation.id if organisation else None,
    }
    return _edit(act, row, facts)


def edit_profile(act: Act, row: Person, form: ProfileForm) -> Person:
    """A person corrects what is theirs to say."""
    policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=row.id))
    was = _interests(act, row, form.fields) if isinstance(form, OwnProfileForm) else None
    return _edit(act, row, _profile_facts(form), more={} if was is None else {"interests": was})


def set_preferences(act: Act, row: Person, form: PreferencesForm) -> Person:
    """How pages look to the person; nobody else sees it."""
    policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=row.id))
    facts: dict[str, object] = {"language": form.language, "zone": form.zone}
    changed = _apply(row, facts | {"scheme": form.scheme.value, "density": form.density.value})
    if changed:
        act.session.add(row)
        record(act, "people.preferences-set", row, audience=f"person:{row.id}", fields=sorted(changed))
    return row


def _interests(act: Act, row: Person, fields: dict[str, str]) -> list[str] | None:
    """Set what differs; returns the former words, None when nothing did."""
    rows = act.session.exec(select(Interest).where(Interest.person_id == row.id)).all()
    if {each.key: each.words for each in rows} == fields:
        return None
    for each in rows:
        act.session.delete(each)
    act.session.flush()
    act.session.add_all([Interest(person_id=row.id or 0, key=key, words=words) for key, words in fields.items()])
    return [each.words for each in rows]


def _edit(act: Act, row: Person, facts: dict[str, object], *, more: dict[str, object] | None = None) -> Person:
    changed = _apply(row, facts) | (more or {})
    if changed:
        _insert(act, row, what="Person", name=str(facts.get("email") or row.name))
        record(act, "people.edited", row, personal=changed, audience="members", fields=sorted(changed))
    return row


def _profile_facts(form: ProfileForm) -> dict[str, object]:
    return {
        "name": form.name,
        "sort_name": sort_name(form.name),
        "language": form.language,
        "languages": form.languages or [form.language],
        "country": form.country,
        "position": form.position,
        "phone": form.phone,
    }


def open_account(act: Act, person: Person) -> Account:
    """The person has an account from now on; one that had ended begins anew, without its old password."""
    policy.require(act.actor, Permission.INVITE, Scope(organisation_id=person.organisation_id))
    return enter_account(act, person)


def enter_account(act: Act, person: Person) -> Account:
    """The row of an account; whoever calls has asked for the permission.

    A member's account has no last day. One that begins anew has no old way in: password, second factor, identities.
    """
    if person.id is None or not person.email:
        invalid("email", person.email or "", "An account needs an e-mail address.")
    account = act.session.get(Account, person.id)
    if account is not None and account.ended_at is None and person.left_at is None:
        account.ends_on = None if person.organisation_id is not None else account.ends_on
        return account
    if account is None:
        account = Account(person_id=person.id, created_at=act.now)
    account.ended_at = account.password_hash = account.totp_secret = account.totp_confirmed_at = None
    account.ends_on = person.left_at = None
    act.session.exec(delete(Identity).where(col(Identity.person_id) == person.id))
    act.session.add_all([person, account])
    act.session.flush()
    record(act, "accounts.opened", person, audience="secretariat")
    return account


def leave(act: Act, person: Person, *, reason: str = "") -> Person:
    """The person leaves the entity: account, sessions, tokens, links and guest passes end at once.

    Appointments are ended by `groups.actions.leave_organisation`, which calls this.
    """
    policy.require(act.actor, Permission.CONFIRM_ACCOUNT, Scope(organisation_id=person.organisation_id))
    return enter_leaving(act, person, reason=reason)


def enter_leaving(act: Act, person: Person, *, reason: str = "") -> Person:
    """The same; whoever calls has asked for the permission."""
    id, today = person.id, geneva_day(act.now)
    person.left_at = person.left_at or act.now
    session = act.session
    session.add(person)
    session.exec(update(Account).where(col(Account.person_id) == id).values(ended_at=act.now))
    session.exec(delete(UserSession).where(col(UserSession.person_id) == id))
    session.exec(
        update(Token).where(col(Token.person_id) == id, col(Token.ended_at).is_(None)).values(ended_at=act.now)
    )
    session.exec(update(Link).where(col(Link.person_id) == id, col(Link.used_at).is_(None)).values(expires_at=act.now))
    session.exec(delete(GuestPass).where(col(GuestPass.person_id) == id, col(GuestPass.ends_on) >= today))
    told = {"reason": reason} if reason else None
    record(act, "people.left", person, audience="members", personal=told, organisation=person.organisation_id)
    return person


def _organisation(act: Act, name: str) -> Organisation | None:
    if not name:
        return None
    found = organisation_named(act.session, name)
    return found or invalid("organisation", name, "Give the name or acronym of an organisation that we know.")


def _apply(row: SQLModel, facts: dict[str, object]) -> dict[str, object]:
    """Set what differs; returns the former values."""
    was = {name: getattr(row, name) for name, value in facts.items() if getattr(row, name) != value}
    for name in was:
        setattr(row, name, facts[name])
    return was


def _insert(act: Act, row: SQLModel, *, what: str, name: str) -> None:
    """Write the row now; Conflict when a unique name or address is taken, also by somebody just faster."""
    try:
        with act.session.begin_nested():
            act.session.add(row)
            act.session.flush()
    except IntegrityError as error:
        raise Conflict(DOUBLE, what=what, name=name) from error


def _free(act: Act, table: type[Organisation] | type[Person], wanted: str) -> str:
    """The slug itself, or with the first number that is free."""
    taken = set(act.session.exec(select(table.slug).where(col(table.slug).startswith(wanted, autoescape=True))))
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)
