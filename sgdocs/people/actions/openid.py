"""OpenID Connect: one way to the provider and back, and who was bound to whom."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import DOUBLE, Closed, Conflict, missing
from sgdocs.base.rulebook import rule
from sgdocs.journal.record import record
from sgdocs.people.accounts import Identity, OidcAttempt
from sgdocs.people.actions.links import LINK_SPENT, person_behind, spend
from sgdocs.people.actions.passwords import account_of
from sgdocs.people.keys import hash_of, new_key
from sgdocs.people.models import Person
from sgdocs.people.rules import LinkKind
from sgdocs.policy import Permission, Scope

ATTEMPT_LIFE = timedelta(minutes=10)
ATTEMPT_LOST = rule(
    "people.openid-attempt-lost",
    "This sign-in was begun elsewhere, has been used or took too long. Begin again.",
    "OpenID Connect Core 3.1.2.1",
)
NOT_BOUND = rule(
    "people.openid-not-bound",
    "This sign-in is not bound to an account yet. Open the invitation that you got by mail first.",
)
LAST_WAY_IN = rule("people.last-way-in", "This is the only way in; choose a password first.")


@dataclass(frozen=True)
class Attempt:
    """What goes to the provider, and what stays with the browser (browser_key, in a cookie)."""

    state: str
    nonce: str
    verifier: str
    browser_key: str


def begin_openid(act: Act, *, link: str = "", next: str = "") -> Attempt:
    """Begin one way to the provider. link: the key of an invitation that binds on return; it must be good."""
    if link and person_behind(act, hash_of(link))[0].kind != LinkKind.INVITATION:
        raise Closed(LINK_SPENT)
    attempt = Attempt(new_key(), new_key(), new_key() + new_key()[:10], new_key())
    act.session.add(
        OidcAttempt(
            state_hash=hash_of(attempt.state),
            browser_hash=hash_of(attempt.browser_key),
            nonce=attempt.nonce,
            verifier=attempt.verifier,
            link_hash=hash_of(link) if link else "",
            next=next[:500],
            expires_at=act.now + ATTEMPT_LIFE,
        )
    )
    act.session.flush()
    return attempt


def take_attempt(act: Act, *, state: str, browser_key: str) -> OidcAttempt:
    """The attempt of that state and that browser, which is used up by this; Closed otherwise."""
    row = act.session.exec(
        select(OidcAttempt).where(
            OidcAttempt.state_hash == hash_of(state),
            OidcAttempt.browser_hash == hash_of(browser_key),
            OidcAttempt.expires_at > act.now,
        )
    ).first()
    if row is None:
        raise Closed(ATTEMPT_LOST)
    act.session.expunge(row)
    if act.session.exec(delete(OidcAttempt).where(col(OidcAttempt.state_hash) == row.state_hash)).rowcount != 1:
        raise Closed(ATTEMPT_LOST)
    return row


def bind_identity(act: Act, *, link_hash: str, issuer: str, subject: str) -> Person:
    """Bind issuer and subject to the person of an invitation, which is used up. link_hash: as in the attempt."""
    found, person = person_behind(act, link_hash)
    if found.kind != LinkKind.INVITATION or not spend(act, found):
        raise Closed(LINK_SPENT)
    account = account_of(act, person)
    row = Identity(person_id=account.person_id, issuer=issuer, subject=subject, bound_at=act.now)
    try:
        with act.session.begin_nested():
            act.session.add(row)
            act.session.flush()
    except IntegrityError as error:
        raise Conflict(DOUBLE, what="OpenID Connect", name=issuer) from error
    record(act, "accounts.openid-bound", person, audience="secretariat", issuer=issuer)
    return person


def unbind_identity(act: Act, id: int) -> None:
    """The owner removes a binding, if there is another way in; somebody else's is not found."""
    row = act.session.get(Identity, id)
    if row is None or not policy.may(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=row.person_id)):
        missing("Identity", id)
    person = act.session.get_one(Person, row.person_id)
    if account_of(act, person).password_hash is None:
        raise Conflict(LAST_WAY_IN)
    act.session.delete(row)
    record(act, "accounts.openid-unbound", person, audience="secretariat", issuer=row.issuer)
