"""What becomes of letters: acknowledged by link, come back, silent. The clock: `chasing`. Source: domain 7.1, feature N18."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Closed, Conflict, missing
from sgdocs.base.text import one_line
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries
from sgdocs.liaison.actions import _writing
from sgdocs.liaison.actions._deliveries import digest_of
from sgdocs.liaison.actions.contacts import mark_bounced
from sgdocs.liaison.bodies_models import BodyContact
from sgdocs.liaison.delivery_rules import LINK_OVER, LINK_USED
from sgdocs.liaison.models import Addressee, Dispatch, Statement
from sgdocs.liaison.practice import USUAL, Practice
from sgdocs.liaison.rules import OUT, State
from sgdocs.liaison.schemas import AcknowledgeForm
from sgdocs.mail.models import Letter
from sgdocs.policy import Permission, require


@dataclass(frozen=True)
class Receipt:
    """All that the holder of a link may see. is_used, is_over: nothing can be done with it any more."""

    number: str
    title: str
    dated_on: date | None
    is_used: bool
    is_over: bool


def receipt_of(act: Act, token: str) -> Receipt:
    """What the page of a link shows; looking changes nothing. NotFound for a token that was never given out."""
    sent, statement = _found(act, token)
    return Receipt(
        statement.label, statement.title, statement.dated_on, sent.acknowledged_at is not None, _is_over(sent, act.now)
    )


def acknowledge(act: Act, token: str, form: AcknowledgeForm | None = None) -> Receipt:
    """The other body says that the statement has reached it: once, by the link alone, without an account.

    NotFound: no such link. Closed: after its time. Conflict: it was used.
    """
    sent, statement = _found(act, token)
    if sent.acknowledged_at is None and _is_over(sent, act.now):
        raise Closed(LINK_OVER, until=sent.expires_at)
    said = form or AcknowledgeForm()
    words = one_line(": ".join(part for part in (said.name, said.words) if part))[:500]
    used = (
        update(Dispatch)
        .where(col(Dispatch.id) == sent.id, col(Dispatch.acknowledged_at).is_(None))
        .values(acknowledged_at=act.now, acknowledged_by=words)
        .execution_options(synchronize_session=False)
        .returning(col(Dispatch.id))
    )
    if act.session.execute(used).scalar_one_or_none() is None:
        raise Conflict(LINK_USED, number=statement.label)
    act.session.refresh(sent)
    addressee = act.session.get_one(Addressee, sent.addressee_id)
    addressee.acknowledged_at = addressee.acknowledged_at or act.now
    if addressee.state == State.SENT:
        addressee.state, addressee.state_on = State.ACKNOWLEDGED, geneva_day(act.now)
    act.session.add(addressee)
    note_delivery(act, "liaison.acknowledged", statement, addressee, sent, words=words)
    return Receipt(statement.label, statement.title, statement.dated_on, True, False)


def _found(act: Act, token: str) -> tuple[Dispatch, Statement]:
    held = select(Dispatch, Statement).join(Statement, col(Statement.id) == col(Dispatch.statement_id))
    row = act.session.exec(held.where(Dispatch.token_hash == digest_of(token))).first() if token else None
    if row is None:
        missing("link", "")
    return row[0], row[1]


def _is_over(sent: Dispatch, now: datetime) -> bool:
    return sent.expires_at is None or now > sent.expires_at


@dataclass(frozen=True)
class Silent:
    """A letter that nobody acknowledged. days: since it was sent."""

    dispatch: Dispatch
    statement: Statement
    addressee: Addressee
    days: int


def not_acknowledged(act: Act, *, practice: Practice = USUAL) -> list[Silent]:
    """Letters of statements that the actor may read which nobody acknowledged in the days of the setting, the oldest
    first: no contact of that body did, and it has not answered. Costs one query."""
    last = act.now - timedelta(days=practice.unacknowledged_days)
    rows = (
        select(Dispatch, Statement, Addressee)
        .join(Statement, col(Statement.id) == col(Dispatch.statement_id))
        .join(Addressee, col(Addressee.id) == col(Dispatch.addressee_id))
        .where(
            Dispatch.way == "letter",
            Dispatch.token_hash != "",
            col(Dispatch.at) <= last,
            col(Dispatch.acknowledged_at).is_(None),
            Addressee.state == State.SENT,
            col(Statement.status).in_(OUT),
            queries.visible(act),
        )
        .order_by(col(Dispatch.at), col(Dispatch.id))
    )
    return [Silent(d, s, a, (act.now - d.at).days) for d, s, a in act.session.exec(rows)]


def bounced(act: Act, message_id: str, reason: str) -> Dispatch | None:
    """The letter of that Message-ID came back; the contact is marked, so that others are written to first. None when it
    is no letter of a statement. By whoever takes in mail."""
    require(act.actor, Permission.RECEIVE_MAIL)
    wanted = message_id.strip().strip("<>")
    held = select(Dispatch).join(Letter, col(Letter.id) == col(Dispatch.letter_id)).where(Letter.message_id == wanted)
    sent = act.session.exec(held).first() if wanted else None
    if sent is None:
        return None
    if sent.bounced_at is None:
        note_bounce(act, sent, reason)
    return sent


def note_bounce(act: Act, sent: Dispatch, reason: str) -> None:
    """It came back: the letter and its contact are marked. A part of acts that heard of it."""
    statement = act.session.get_one(Statement, sent.statement_id)
    addressee = act.session.get_one(Addressee, sent.addressee_id)
    sent.bounced_at, sent.bounce_reason = act.now, one_line(reason)[:500]
    act.session.add(sent)
    if addressee.body_id is not None:
        held = select(BodyContact).where(BodyContact.email == sent.to_address)
        for contact in act.session.exec(held):
            mark_bounced(act, contact)
    note_delivery(act, "liaison.bounced", statement, addressee, sent, reason=sent.bounce_reason)


def note_delivery(
    act: Act, verb: str, statement: Statement, addressee: Addressee, sent: Dispatch, *, words: str = "", **facts: Any
) -> Entry:
    """For the senders' side; who it was at the other body stands apart."""
    people = {"to": sent.to_name, "address": sent.to_address, "words": words}
    told = {name: value for name, value in people.items() if value}
    return _writing.note(
        act, verb, statement, addressee=addressee.name, position=addressee.position, personal=told, **facts
    )
