"""What every verb on an addressee writes: its state, by a conditional UPDATE, and the note in the journal."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import CHANGED, Conflict, refuse
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.liaison import answering_rules as table
from sgdocs.liaison import queries
from sgdocs.liaison.answering_rules import Deed
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.rules import State


def move(act: Act, statement: Statement, addressee: Addressee, deed: Deed, to: State | None, **facts: Any) -> None:
    """Do it, or Conflict with the reason; also when somebody else moved it meanwhile. to: None keeps the state."""
    refuse(why_not(statement, addressee, deed))
    if not _write(act, statement, addressee, to or State(addressee.state), facts):
        raise Conflict(CHANGED)


def try_move(act: Act, statement: Statement, addressee: Addressee, deed: Deed, to: State, **facts: Any) -> bool:
    """The same where it is no mistake that it cannot be done; whether it was."""
    if why_not(statement, addressee, deed) is not None:
        return False
    return _write(act, statement, addressee, to, facts)


def why_not(statement: Statement, addressee: Addressee, deed: Deed) -> Any:
    return table.why_not(
        deed, label=statement.label, status=statement.status, name=addressee.name, state=addressee.state
    )


def open_again(act: Act, statement: Statement, addressee: Addressee, **facts: Any) -> bool:
    """Back to where it stood before it was closed."""
    state = table.state_again(
        is_group=addressee.group_id is not None,
        has_document=addressee.document_id is not None,
        is_allotted=bool(queries.questions_of(act.session, [addressee])),
        is_acknowledged=addressee.acknowledged_at is not None,
    )
    cleared: dict[str, Any] = {"answered_by_id": None, "answered_on": None, "closed_reason": ""}
    return _write(act, statement, addressee, state, cleared | facts)


def _write(act: Act, statement: Statement, addressee: Addressee, to: State, facts: dict[str, Any]) -> bool:
    """Whether it was still as it was read."""
    act.session.flush()
    values = {"state": to, **facts}
    if to != addressee.state:
        values["state_on"] = geneva_day(act.now)
    moved = (
        update(Addressee)
        .where(col(Addressee.id) == addressee.id, col(Addressee.state) == addressee.state)
        .values(**values)
        .execution_options(synchronize_session=False)
        .returning(col(Addressee.id))
    )
    is_moved = act.session.execute(moved).scalar_one_or_none() is not None
    act.session.refresh(addressee)
    if is_moved:
        statement.changed_at = act.now
        act.session.add(statement)
        act.session.flush()
    return is_moved


def note(
    act: Act,
    verb: str,
    statement: Statement,
    addressee: Addressee,
    *,
    person: str = "",
    is_for_senders: bool = False,
    **facts: Any,
) -> Entry:
    """Tell the journal, for the readers of the addressed group, or of who sends to a body. is_for_senders: for those who
    sent it in any case."""
    told = {name: value for name, value in facts.items() if value not in (None, "")}
    side = (statement.group_id, statement.audience)
    if not is_for_senders:
        side = (addressee.group_id or statement.group_id, addressee.audience or statement.audience)
    return record(
        act,
        verb,
        statement,
        group_id=side[0],
        audience=side[1],
        personal={"person": person} if person else None,
        name=statement.name,
        label=statement.label,
        title=statement.title,
        addressee=addressee.name,
        position=addressee.position,
        **told,
    )
