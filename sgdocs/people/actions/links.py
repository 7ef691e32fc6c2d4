"""Single-use links by mail: invitation and password reset."""

from datetime import timedelta

from sqlmodel import col, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, Invalid, refuse
from sgdocs.base.rulebook import rule
from sgdocs.base.settings import Settings
from sgdocs.journal.record import record
from sgdocs.people.accounts import Link
from sgdocs.people.actions import passwords
from sgdocs.people.actions.persons import enter_account
from sgdocs.people.actions.post import write_out, write_to
from sgdocs.people.keys import hash_of, new_key
from sgdocs.people.models import Person
from sgdocs.people.queries import by_id, live_account, live_link
from sgdocs.people.rules import LinkKind, why_not_password
from sgdocs.policy import Permission, Scope

LINK_SPENT = rule(
    "people.link-spent",
    "This link has been used or has run out. Ask for a new one.",
    settings=("link_minutes",),
)


def invite(act: Act, person: Person, settings: Settings) -> str:
    """Open the account and send the link by which the person chooses how to sign in; returns its key."""
    policy.require(act.actor, Permission.INVITE, Scope(organisation_id=person.organisation_id))
    return send_invitation(act, person, settings)


def send_invitation(act: Act, person: Person, settings: Settings) -> str:
    """Account, link and letter; whoever calls has asked for the permission."""
    enter_account(act, person)
    key = _link(act, LinkKind.INVITATION, person, settings)
    record(act, "accounts.invited", person, audience="secretariat")
    _send(act, person, settings, "invitation", key)
    return key


def ask_for_reset(act: Act, email: str, settings: Settings) -> None:
    """Send a link for a new password; to an address without an account, a letter that says so.

    Whether there is an account shows neither in the answer nor in the work done: the same rows are written.
    """
    found = live_account(act.session, email, act.now)
    person = found[0] if found else None
    key = _link(act, LinkKind.RESET, person, settings)
    if person:
        _send(act, person, settings, "reset", key)
    else:
        write_out(act, settings, "unknown", email, "en", secret=True)


def use_link(act: Act, key: str, password: str) -> Person:
    """Set the password by a mailed link, once: of two at the same moment one gets Closed.

    All sessions and API tokens of the person end. A password that will not do is refused, and the link stays good.
    """
    link, person = person_behind(act, hash_of(key))
    refuse(why_not_password(password, name=person.name, email=person.email or ""), Invalid)
    if not spend(act, link):
        raise Closed(LINK_SPENT)
    passwords.replace(act, person, password, reason=link.kind)
    return person


def spend(act: Act, link: Link) -> bool:
    """Mark a link as used; False when somebody was faster or it has run out."""
    claim = (
        update(Link)
        .where(col(Link.id) == link.id, col(Link.used_at).is_(None), col(Link.expires_at) > act.now)
        .values(used_at=act.now)
    )
    return act.session.exec(claim).rowcount == 1


def _link(act: Act, kind: LinkKind, person: Person | None, settings: Settings) -> str:
    """A new link; earlier ones of the person are good no more."""
    key = new_key()
    owner = person.id if person else None
    open_ones = update(Link).where(col(Link.person_id) == owner, col(Link.used_at).is_(None))
    act.session.exec(open_ones.values(used_at=act.now))
    life = timedelta(minutes=settings.link_minutes)
    link = Link(hash=hash_of(key), kind=kind.value, person_id=owner, created_at=act.now, expires_at=act.now + life)
    act.session.add(link)
    act.session.flush()
    record(act, "accounts.link-sent", link, audience="secretariat", kind=kind.value)
    return key


def _send(act: Act, person: Person, settings: Settings, kind: str, key: str) -> None:
    url = f"{settings.public_url.rstrip('/')}/link/{key}"
    write_to(act, settings, kind, person, secret=True, url=url, minutes=str(settings.link_minutes))


def person_behind(act: Act, digest: str) -> tuple[Link, Person]:
    """The link of that hash and its person, while it is good; Closed when it is not. Nothing is used up."""
    link = live_link(act.session, digest, act.now)
    if link is None or link.person_id is None:
        raise Closed(LINK_SPENT)
    return link, by_id(act.session, link.person_id)
