"""Whether an answer is waited for: from when on, until when, and when no longer. Source: domain 7.1, feature N17."""

from datetime import date
from typing import Any

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, refuse
from sgdocs.groups.models import Group
from sgdocs.liaison import answering_rules as table
from sgdocs.liaison import filing, queries, rights, rules
from sgdocs.liaison.actions import _addressee
from sgdocs.liaison.actions.considering import require_reason
from sgdocs.liaison.answering_rules import Deed
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.rules import State
from sgdocs.liaison.schemas import ExpectForm


def close_waiting(act: Act, statement: Statement, addressee: Addressee, reason: str) -> Addressee:
    """The sending group waits no longer, and says why. An answer that comes after all is still taken."""
    rights.require_waiting(act, statement)
    if not any(each.group_id for each in queries.senders_of(act.session, statement)):
        raise Conflict(table.NOT_WAITING, label=statement.label, name=addressee.name)
    why = require_reason(reason)
    _addressee.move(act, statement, addressee, Deed.CLOSE, State.CLOSED_NO_REPLY, closed_reason=why)
    _addressee.note(act, "liaison.waiting-closed", statement, addressee, reason=why)
    return addressee


def expect_answer(act: Act, statement: Statement, addressee: Addressee, form: ExpectForm) -> Addressee:
    """Say by hand that an answer is expected, by a day or none; what was closed without one is open again. Or that none is,
    with the reason: it stays to be taken up until it was noted.
    """
    rights.require_side(act, statement, addressee)
    refuse(_addressee.why_not(statement, addressee, Deed.EXPECT))
    if not form.is_expected:
        return _expect_none(act, statement, addressee, form.reason)
    refuse(rules.why_not_deadline(form.deadline, geneva_day(act.now)), Invalid)
    due = form.deadline or addressee.deadline
    fresh: dict[str, Any] = {"deadline": due, "reminded_on": None, "overdue_told_on": None}
    facts = fresh | {"is_answer_expected": True, "flagged": _flag(act, addressee, due)}
    if State(addressee.state) in rules.CLOSED:
        _addressee.open_again(act, statement, addressee, **facts)
    else:
        _addressee.move(act, statement, addressee, Deed.EXPECT, None, **facts)
    told = due.isoformat() if due else ""
    _addressee.note(act, "liaison.answer-expected", statement, addressee, deadline=told, reason=form.reason)
    return addressee


def _expect_none(act: Act, statement: Statement, addressee: Addressee, reason: str) -> Addressee:
    why = require_reason(reason)
    _addressee.move(act, statement, addressee, Deed.EXPECT, None, is_answer_expected=False, flagged="")
    _addressee.note(act, "liaison.answer-not-expected", statement, addressee, reason=why)
    return addressee


def _flag(act: Act, addressee: Addressee, deadline: date | None) -> str:
    group = act.session.get(Group, addressee.group_id) if addressee.group_id else None
    if group is None:
        return ""
    meeting = filing.next_meeting(act.session, group, geneva_day(act.now))
    return filing.flag_of(deadline, meeting, is_answer_expected=True)
