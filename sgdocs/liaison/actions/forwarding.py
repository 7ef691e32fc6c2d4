"""Pass a statement on to other groups: each becomes an addressee of its own. Source: domain 7.1."""

from collections.abc import Sequence

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Invalid, Refusal, refuse
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audience_of
from sgdocs.liaison import answering_rules as table
from sgdocs.liaison import filing, queries, rules
from sgdocs.liaison.actions import _addressee, _parties
from sgdocs.liaison.actions._parties import Side
from sgdocs.liaison.actions.considering import permit_group
from sgdocs.liaison.actions.filing import file_received
from sgdocs.liaison.answering_rules import Deed
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.rules import State
from sgdocs.liaison.schemas import ForwardForm
from sgdocs.policy import Permission, may


def forward(act: Act, statement: Statement, addressee: Addressee, form: ForwardForm) -> list[Addressee]:
    """Pass it on to other groups; returns them as addressees of the statement.

    Whom it is passed on to for an answer (action, or comments until a day) answers in the place of this group; else this
    group still owes its own. Filed at once where the actor may receive for the group, else it waits there to be taken up.
    Invalid: a group that has ended (its successor is named), that has it already, or that is none of ours.
    """
    permit_group(act, statement, addressee)
    on = geneva_day(act.now)
    sides = _parties.each_once(_parties.addressees(act, form.to, on))
    _require_new(act, statement, sides, form)
    held = queries.addressees_of(act.session, statement)
    start = max(each.position for each in held) + 1
    refuse(_addressee.why_not(statement, addressee, Deed.FORWARD))
    new = _parties.add_addressees(act, statement, sides, State.RECEIVED, on, start=start)
    passes = addressee.is_answer_expected and any(each.is_answer_expected for each in new)
    facts = {"is_answer_expected": False} if passes else {}
    _addressee.move(act, statement, addressee, Deed.FORWARD, State.FORWARDED, **facts)
    for row in new:
        _hand_over(act, statement, row)
    names = ", ".join(each.name for each in new)
    _addressee.note(act, "liaison.forwarded", statement, addressee, others=names, passes=passes, words=form.note)
    return new


def _require_new(act: Act, statement: Statement, sides: Sequence[Side], form: ForwardForm) -> None:
    if not sides:
        raise Invalid(rules.NO_ADDRESSEE, field="to")
    held = {each.group_id for each in queries.addressees_of(act.session, statement)}
    for n, side in enumerate(sides):
        group, field = side.whom.group, f"to.{n}.name"
        if group is None:
            raise Invalid(table.FOR_GROUP, field=field, name=side.whom.name)
        if group.id in held:
            raise Invalid(table.FORWARD_TO, field=field, name=group.label)
        refusal = filing.why_not_address(act.session, group, geneva_day(act.now))
        refuse(refusal and Refusal(refusal.rule, refusal.facts, field=field), Invalid)
        late = rules.why_not_deadline(side.form.deadline if side.form else None, geneva_day(act.now))
        refuse(late and Refusal(late.rule, late.facts, field=f"to.{n}.deadline"), Invalid)


def _hand_over(act: Act, statement: Statement, row: Addressee) -> None:
    """Readable there, and filed when the actor may and there is a file."""
    row.audience = audience_of(act.session, act.session.get_one(Group, row.group_id))
    act.session.add(row)
    act.session.flush()
    has_file = any(paper.sha256 for paper in queries.papers_of(act.session, statement))
    if has_file and may(act.actor, Permission.RECEIVE_STATEMENT, queries.scope_of_addressee(act.session, row)):
        file_received(act, statement, row)
