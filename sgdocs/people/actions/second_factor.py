"""The second factor: time-based codes (RFC 6238) and recovery codes."""

from datetime import datetime

import pyotp
from sqlmodel import col, delete, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, Invalid, NotAllowed
from sgdocs.base.rulebook import rule
from sgdocs.base.settings import Settings
from sgdocs.journal.record import record
from sgdocs.people.accounts import Account, RecoveryCode, UserSession
from sgdocs.people.actions.passwords import account_of, require_password
from sgdocs.people.actions.post import write_to
from sgdocs.people.actions.sessions import complete, drop_sessions
from sgdocs.people.keys import hash_of, new_recovery_code
from sgdocs.people.models import Person
from sgdocs.people.rules import Stage
from sgdocs.policy import Permission, Scope

STEP_S = 30
DRIFT_STEPS = 1
CODES = 10
WRONG_CODE = rule(
    "people.wrong-code", "This code is not right, or it has been used. Wait for the next one.", "RFC 6238 5.2"
)
HAS_SECOND_FACTOR = rule("people.has-second-factor", "There is a second factor already; remove it first.")
NEEDS_SECOND_FACTOR = rule(
    "people.second-factor-needed",
    "Your role asks for a second factor; it cannot be removed.",
    settings=("second_factor_roles",),
)
NOT_BEGUN = rule("people.second-factor-not-begun", "Begin setting up the second factor first.")


def begin_second_factor(act: Act, person: Person, *, pending: UserSession | None = None) -> str:
    """A new secret, which counts once a code confirms it. pending: a session that must set it up first."""
    _require_owner(act, person, pending)
    account = account_of(act, person)
    if account.totp_confirmed_at is not None:
        raise Conflict(HAS_SECOND_FACTOR)
    account.totp_secret = pyotp.random_base32()
    act.session.add(account)
    record(act, "accounts.second-factor-begun", person, audience="secretariat")
    return account.totp_secret


def confirm_second_factor(
    act: Act, person: Person, code: str, settings: Settings, *, pending: UserSession | None = None
) -> tuple[list[str], str | None]:
    """The second factor counts from now on: ten recovery codes, shown this once.

    With a pending session also its new id: it is full now. Other sessions of the person end.
    """
    _require_owner(act, person, pending)
    account = account_of(act, person)
    if account.totp_confirmed_at is not None:
        raise Conflict(HAS_SECOND_FACTOR)
    if not account.totp_secret:
        raise Conflict(NOT_BEGUN)
    if not _takes(act, account, code):
        raise Invalid(WRONG_CODE, field="code")
    account.totp_confirmed_at = act.now
    act.session.add(account)
    record(act, "accounts.second-factor-set", person, audience="secretariat")
    write_to(act, settings, "changed", person, what="second factor")
    cookie = complete(act, pending, settings) if pending else None
    return _write_codes(act, account), cookie


def pass_second_factor(act: Act, pending: UserSession, code: str, settings: Settings) -> str:
    """Complete a sign-in by a code or a recovery code; returns the new session id. A code works once."""
    person = act.session.get_one(Person, pending.person_id)
    account = account_of(act, person)
    if pending.stage != Stage.SECOND_FACTOR:
        raise Conflict(CHANGED)
    if not (_takes(act, account, code) or _takes_recovery(act, account, code)):
        raise Invalid(WRONG_CODE, field="code")
    record(act, "accounts.second-factor-passed", person, audience="secretariat")
    return complete(act, pending, settings)


def new_recovery_codes(act: Act, person: Person, password: str) -> list[str]:
    """Ten new recovery codes, shown this once; the old ones are worth nothing."""
    policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=person.id))
    account = require_password(act, person, password)
    if account.totp_confirmed_at is None:
        raise Conflict(NOT_BEGUN)
    record(act, "accounts.recovery-codes-made", person, audience="secretariat")
    return _write_codes(act, account)


def remove_second_factor(act: Act, person: Person, password: str, settings: Settings, *, must_have: bool) -> None:
    """The owner removes it, with the password, unless a role asks for it."""
    policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=person.id))
    if must_have:
        raise Conflict(NEEDS_SECOND_FACTOR)
    account = require_password(act, person, password)
    _clear(act, account)
    record(act, "accounts.second-factor-removed", person, audience="secretariat")
    write_to(act, settings, "changed", person, what="second factor")


def reset_second_factor(act: Act, person: Person, settings: Settings) -> None:
    """The office helps somebody who has lost telephone and codes: no second factor, no session."""
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    account = account_of(act, person)
    _clear(act, account)
    drop_sessions(act, account.person_id)
    record(act, "accounts.second-factor-reset", person, audience="secretariat")
    write_to(act, settings, "changed", person, what="second factor")


def address_of(secret: str, person: Person, issuer: str) -> str:
    """The `otpauth://` address that the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.email or person.slug, issuer_name=issuer)


def _require_owner(act: Act, person: Person, pending: UserSession | None) -> None:
    """The owner in a full session, or in a session that waits for just this."""
    if pending is None:
        policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=person.id))
    elif pending.person_id != person.id or pending.stage != Stage.SET_UP:
        raise NotAllowed(NEEDS_SECOND_FACTOR)


def _takes(act: Act, account: Account, code: str) -> bool:
    """Whether a code is right now and newer than the last one taken, which it becomes. Two at once: one wins."""
    step = _step_of(account.totp_secret or "", code.replace(" ", ""), act.now)
    if step is None:
        return False
    newer = (
        update(Account)
        .where(col(Account.person_id) == account.person_id, col(Account.totp_step) < step)
        .values(totp_step=step)
    )
    return act.session.exec(newer).rowcount == 1


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is: the present one or a neighbour."""
    if not (secret and code.isascii() and code.isdigit() and len(code) == 6):
        return None
    here = int(now.timestamp()) // STEP_S
    steps = range(here - DRIFT_STEPS, here + DRIFT_STEPS + 1)
    totp = pyotp.TOTP(secret)
    return next((step for step in steps if pyotp.utils.strings_equal(totp.generate_otp(step), code)), None)


def _takes_recovery(act: Act, account: Account, code: str) -> bool:
    digest = hash_of(code.strip().lower())
    claim = (
        update(RecoveryCode)
        .where(
            col(RecoveryCode.person_id) == account.person_id,
            col(RecoveryCode.hash) == digest,
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=act.now)
    )
    return act.session.exec(claim).rowcount == 1


def _write_codes(act: Act, account: Account) -> list[str]:
    act.session.exec(delete(RecoveryCode).where(col(RecoveryCode.person_id) == account.person_id))
    codes = [new_recovery_code() for _ in range(CODES)]
    act.session.add_all(RecoveryCode(person_id=account.person_id, hash=hash_of(code)) for code in codes)
    act.session.flush()
    return codes


def _clear(act: Act, account: Account) -> None:
    account.totp_secret = account.totp_confirmed_at = None
    act.session.add(account)
    act.session.exec(delete(RecoveryCode).where(col(RecoveryCode.person_id) == account.person_id))
