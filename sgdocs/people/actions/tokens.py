"""Personal API tokens: shown once, stored hashed."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import end_of, geneva_day
from sgdocs.base.errors import Invalid, missing
from sgdocs.base.rulebook import rule
from sgdocs.base.settings import Settings
from sgdocs.journal.record import record
from sgdocs.people.accounts import Token
from sgdocs.people.actions.passwords import account_of
from sgdocs.people.keys import hash_of, new_token
from sgdocs.people.models import Person
from sgdocs.people.queries import tokens_of
from sgdocs.people.schemas import TokenForm
from sgdocs.policy import Permission, Scope

MOST_TOKENS = 50
USED_EVERY = timedelta(minutes=5)
TOKEN_LIFE = rule(
    "people.token-life", "A token ends on a day from today on and within {days} days.", settings=("token_days",)
)
TOO_MANY_TOKENS = rule("people.tokens-number", "There are {number} tokens; end one that is not used any more.")


def make_token(act: Act, person: Person, form: TokenForm, settings: Settings) -> tuple[Token, str]:
    """A new token, and its words, which are shown this once. It is good until the end of its day in Geneva."""
    policy.require(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=person.id))
    account = account_of(act, person)
    today = geneva_day(act.now)
    if not today <= form.expires_on <= today + timedelta(days=settings.token_days):
        raise Invalid(TOKEN_LIFE, field="expires_on", days=settings.token_days)
    if len(tokens_of(act.session, account.person_id)) >= MOST_TOKENS:
        raise Invalid(TOO_MANY_TOKENS, field="name", number=MOST_TOKENS)
    words = new_token()
    row = Token(
        hash=hash_of(words),
        person_id=account.person_id,
        name=form.name,
        hint=words[-4:],
        scopes=sorted({scope.value for scope in form.scopes}),
        created_at=act.now,
        expires_at=end_of(form.expires_on),
    )
    act.session.add(row)
    record(
        act, "accounts.token-made", person, audience="secretariat", scopes=row.scopes, expires_on=str(form.expires_on)
    )
    return row, words


def end_token(act: Act, id: int) -> Token:
    """The owner ends a token; somebody else's is not found."""
    row = act.session.get(Token, id)
    if row is None or not policy.may(act.actor, Permission.EDIT_OWN_ACCOUNT, Scope(owner_id=row.person_id)):
        missing("Token", id)
    row.ended_at = row.ended_at or act.now
    act.session.add(row)
    person = act.session.get_one(Person, row.person_id)
    record(act, "accounts.token-ended", person, audience="secretariat", hint=row.hint)
    return row


def mark_token_used(session: Session, token: str, now: datetime) -> None:
    """Note when a token was last used, at most every five minutes. For a short transaction of its own."""
    session.exec(
        update(Token)
        .where(
            col(Token.hash) == hash_of(token),
            or_(col(Token.used_at).is_(None), col(Token.used_at) < now - USED_EVERY),
        )
        .values(used_at=now)
    )
