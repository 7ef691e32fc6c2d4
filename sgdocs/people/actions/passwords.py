"""Passwords: set, change."""

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, Invalid, refuse
from sgdocs.base.rulebook import rule
from sgdocs.base.settings import Settings
from sgdocs.journal.record import record
from sgdocs.people.accounts import Account
from sgdocs.people.actions.post import write_to
from sgdocs.people.actions.sessions import drop_sessions, end_all_tokens
from sgdocs.people.keys import hash_password, is_password
from sgdocs.people.models import Person
from sgdocs.people.rules import why_not_password
from sgdocs.policy import Permission, Scope

WRONG_PASSWORD = rule("people.wrong-password", "This is not your present password.")
NO_ACCOUNT = rule("people.no-account", "This account has ended, or there is none.")


def set_password(act: Act, person: Person, password: str) -> None:
    """The office sets a password (command line, demonstration)."""
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    replace(act, person, password, reason="office")


def change_password(
    act: Act, person: Person, settings: Settings, *, current: str, password: str, keep: int | None = None
) -> None:
    """The owner changes the password. keep: the session that stays; all others end, API tokens stay."""
    policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=person.id))
    require_password(act, person, current, field="current")
    replace(act, person, password, reason="owner", keep=keep, with_tokens=False)
    write_to(act, settings, "changed", person, what="password")


def require_password(act: Act, person: Person, password: str, *, field: str = "password") -> Account:
    """The account, if this is its password; Invalid on the field otherwise."""
    account = account_of(act, person)
    if not is_password(password, account.password_hash):
        raise Invalid(WRONG_PASSWORD, field=field)
    return account


def replace(
    act: Act, person: Person, password: str, *, reason: str, keep: int | None = None, with_tokens: bool = True
) -> None:
    """Write the new password, end the sessions and (with_tokens) the API tokens; whoever calls has asked to be let.

    Who has lost the password, or had it set by the office, may have lost tokens too.
    """
    account = account_of(act, person)
    refuse(why_not_password(password, name=person.name, email=person.email or ""), Invalid)
    account.password_hash, account.password_at = hash_password(password), act.now
    act.session.add(account)
    drop_sessions(act, account.person_id, keep=keep)
    if with_tokens:
        end_all_tokens(act, person)
    record(act, "accounts.password-set", person, audience="secretariat", reason=reason)


def account_of(act: Act, person: Person) -> Account:
    """The live account of a person; Closed when it has ended."""
    account = act.session.get(Account, person.id)
    if account is None or account.ended_at is not None or person.left_at is not None:
        raise Closed(NO_ACCOUNT)
    return account
