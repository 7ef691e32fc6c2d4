"""What an addressed group does with a statement, and how long the sending one waits. Source: domain 7.1, feature N17."""

from datetime import date
from typing import Any

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, Refusal, refuse
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.groups.queries import actor_for, audience_of
from sgdocs.liaison import answering_rules as table
from sgdocs.liaison import filing, queries, rights, rules
from sgdocs.liaison.actions import _addressee
from sgdocs.liaison.answering_rules import Deed
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.rules import Purpose, State
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Person


def note(
    act: Act, statement: Statement, addressee: Addressee, *, meeting: Meeting | None = None, words: str = ""
) -> Addressee:
    """The group has taken note of it. Where an answer is expected it stays open until one is given."""
    _permit_group(act, statement, addressee)
    _addressee.move(act, statement, addressee, Deed.NOTE, State.NOTED)
    _addressee.note(act, "liaison.noted", statement, addressee, meeting=meeting.code if meeting else "", words=words)
    return addressee


def no_reply_needed(act: Act, statement: Statement, addressee: Addressee, reason: str) -> Addressee:
    """The group will not answer, and says why."""
    _permit_group(act, statement, addressee)
    _require_reason(reason)
    _addressee.move(act, statement, addressee, Deed.NO_REPLY, State.NO_REPLY_NEEDED, closed_reason=reason.strip())
    _addressee.note(act, "liaison.no-reply-needed", statement, addressee, reason=reason.strip())
    return addressee


def forward(
    act: Act,
    statement: Statement,
    addressee: Addressee,
    to: Group,
    *,
    answers: bool = False,
    deadline: date | None = None,
    words: str = "",
) -> Addressee:
    """Pass it on to another group, which becomes an addressee of its own; returns that one, not yet filed (`file_for`).

    answers: the other group answers in the place of this one, by the same day unless deadline says another; else it
    is told for information. Invalid: the group has ended (its successor is named), or has it already.
    """
    _permit_group(act, statement, addressee)
    on = geneva_day(act.now)
    refuse(filing.why_not_address(act.session, to, on), Invalid)
    held = queries.addressees_of(act.session, statement)
    if any(each.group_id == to.id for each in held):
        raise Invalid(table.FORWARD_TO, field="to", name=to.label)
    due = deadline or addressee.deadline
    passes = answers and addressee.is_answer_expected
    refuse(rules.why_not_deadline(deadline, on), Invalid)
    new = Addressee(
        statement_id=statement.id or 0,
        position=max(each.position for each in held) + 1,
        name=to.label,
        group_id=to.id,
        purpose=addressee.purpose if answers else Purpose.INFORMATION,
        deadline=due if answers else None,
        is_answer_expected=answers and (passes or rules.expects_answer(Purpose(addressee.purpose), due)),
        state=State.RECEIVED,
        state_on=on,
        audience=audience_of(act.session, to),
    )
    facts = {"is_answer_expected": False} if passes else {}
    _addressee.move(act, statement, addressee, Deed.FORWARD, State.FORWARDED, **facts)
    act.session.add(new)
    act.session.flush()
    _addressee.note(
        act, "liaison.forwarded", statement, addressee, other=to.label, other_path=to.path, answers=answers, words=words
    )
    return new


def assign(act: Act, statement: Statement, addressee: Addressee, person: Person | None) -> Addressee:
    """Who sees to the answer (of a body: who waits for it); None for nobody. Invalid: the person may not read it."""
    rights.require_side(act, statement, addressee)
    audience = addressee.audience or statement.audience
    if person is not None and not _may_read(act, person, audience):
        raise Invalid(table.OWNER, field="person", person=person.name, label=statement.label, name=addressee.name)
    owner_id = person.id if person else None
    if addressee.owner_id == owner_id:
        return addressee
    _addressee.move(act, statement, addressee, Deed.ASSIGN, None, owner_id=owner_id)
    _addressee.note(
        act, "liaison.assigned", statement, addressee, person=person.name if person else "", is_nobody=person is None
    )
    return addressee


def close_waiting(act: Act, statement: Statement, addressee: Addressee, reason: str) -> Addressee:
    """The sending group waits no longer, and says why. An answer that comes after all is still taken."""
    rights.require_waiting(act, statement)
    if not any(each.group_id for each in queries.senders_of(act.session, statement)):
        raise Conflict(table.NOT_WAITING, label=statement.label, name=addressee.name)
    _require_reason(reason)
    _addressee.move(act, statement, addressee, Deed.CLOSE, State.CLOSED_NO_REPLY, closed_reason=reason.strip())
    _addressee.note(act, "liaison.waiting-closed", statement, addressee, reason=reason.strip())
    return addressee


def expect_answer(
    act: Act, statement: Statement, addressee: Addressee, *, deadline: date | None = None, reason: str = ""
) -> Addressee:
    """An answer is expected after all, by that day if one is named; what was closed without one is open again."""
    rights.require_side(act, statement, addressee)
    refuse(_addressee.why_not(statement, addressee, Deed.EXPECT))
    refuse(rules.why_not_deadline(deadline, geneva_day(act.now)), Invalid)
    due = deadline or addressee.deadline
    fresh: dict[str, Any] = {"deadline": due, "reminded_on": None, "overdue_told_on": None}
    facts = fresh | {"is_answer_expected": True, "flagged": _flag(act, addressee, due)}
    if State(addressee.state) in rules.CLOSED:
        _addressee.open_again(act, statement, addressee, **facts)
    else:
        _addressee.move(act, statement, addressee, Deed.EXPECT, None, **facts)
    told = due.isoformat() if due else ""
    _addressee.note(act, "liaison.answer-expected", statement, addressee, deadline=told, reason=reason)
    return addressee


def _flag(act: Act, addressee: Addressee, deadline: date | None) -> str:
    group = act.session.get(Group, addressee.group_id) if addressee.group_id else None
    if group is None:
        return ""
    meeting = filing.next_meeting(act.session, group, geneva_day(act.now))
    return filing.flag_of(deadline, meeting, is_answer_expected=True)


def _permit_group(act: Act, statement: Statement, addressee: Addressee) -> None:
    """Whoever writes for the addressed group. Conflict: the addressee is no group of ours."""
    if addressee.group_id is None:
        raise Conflict(table.FOR_GROUP, name=addressee.name)
    rights.require_side(act, statement, addressee)


def _require_reason(reason: str) -> None:
    refuse(None if reason.strip() else Refusal(rules.REASON, {}, field="reason"), Invalid)


def _may_read(act: Act, person: Person, audience: str) -> bool:
    actor = actor_for(act.session, person, act.now)
    return audience in groups.audiences(Act(act.session, actor, act.now))
