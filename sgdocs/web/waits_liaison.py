"""What waits in liaison: statements to approve, to send, to allot, to answer. Two queries."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import and_, exists, or_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.i18n import N_
from sgdocs.liaison.approvers import is_at_meeting
from sgdocs.liaison.filtering import is_awaited_here
from sgdocs.liaison.ledger_conditions import is_out_here
from sgdocs.liaison.ledger_parts import readable
from sgdocs.liaison.levels import At, needs
from sgdocs.liaison.models import Addressee, AddresseeQuestion, Sender, Statement
from sgdocs.liaison.rules import Status
from sgdocs.policy import LEADERS, Permission, Role, Scope, may_read
from sgdocs.web import urls
from sgdocs.web.waits import Waits, ids_in

MOST: Final = 200
ANSWERERS: Final = (Role.RAPPORTEUR, Role.CO_RAPPORTEUR)
ALLOTTERS: Final = (Role.SG_CHAIR, Role.CHAIR, Role.WP_CHAIR, Role.COUNSELLOR, Role.CONVENER)
SENDERS: Final = (Role.SECRETARIAT, Role.ADMIN, Role.COUNSELLOR)


def of_liaison(act: Act) -> Iterator[Waits]:
    if act.actor.person_id is not None:
        yield from _to_send(act)
        yield from _to_answer(act)


def _to_send(act: Act) -> Iterator[Waits]:
    """Agreed statements that the actor approves, and approved ones that the actor sends."""
    if not act.actor.has_role(*SENDERS) and not ids_in(act.actor, (*LEADERS, *SENDERS)):
        return
    found = (
        select(Statement, Sender, Group)
        .join(Sender, col(Sender.statement_id) == Statement.id)
        .join(Group, col(Group.id) == Sender.group_id)
        .where(
            col(Statement.status).in_((Status.AGREED, Status.APPROVED, Status.NUMBERED)),
            col(Statement.audience).in_(audiences(act)),
        )
        .order_by(col(Statement.id), col(Sender.position))
        .limit(MOST)
    )
    told: set[int] = set()
    for statement, sender, group in act.session.exec(found):
        if (statement.id or 0) in told:
            continue
        if (
            statement.status == Status.AGREED
            and sender.approved_at is None
            and _approves(act, statement, sender, group)
        ):
            told.add(statement.id or 0)
            yield _draft(
                statement, "approve", N_("Statement to approve"), N_("Approve"), urls.statement(statement.name)
            )
        elif statement.status != Status.AGREED and _sends(act, group):
            told.add(statement.id or 0)
            there = urls.statement(statement.name, "sending")
            yield _draft(statement, "send", N_("Statement to send"), N_("Send"), there)


def _approves(act: Act, statement: Statement, sender: Sender, group: Group) -> bool:
    """Whether the actor holds one of the roles of the table there. Source: Rec. ITU-T A.1 1.5."""
    places: dict[At, tuple[int | None, ...]] = {
        At.GROUP: (group.id,),
        At.ABOVE: (group.parent_id,),
        At.WORKING_PARTY: (sender.working_party_id,),
        At.QUESTION: tuple(sender.question_ids),
    }
    asked = needs(sender.level or statement.level, at_meeting=is_at_meeting(statement, sender))
    held = {(a.role, a.group_id) for a in act.actor.appointments if a.group_id is not None}
    return any((role.value, id) in held for need in asked for role in need.roles for id in places[need.at])


def _sends(act: Act, group: Group) -> bool:
    return may_read(act.actor, Permission.SEND_STATEMENT, Scope(group.path))


def _draft(statement: Statement, what: str, says: str, does: str, address: str) -> Waits:
    return Waits(
        "liaison", f"{what}-{statement.id}", statement.label, statement.title, says, does, address, since=statement.dated_on
    )  # fmt: skip


def _to_answer(act: Act) -> Iterator[Waits]:
    """What the actor took on; what is allotted to a Question of theirs and nobody took on; what came to a group that they
    lead, and nobody allotted or took on."""
    mine = col(Addressee.owner_id) == act.actor.person_id
    nobodys = col(Addressee.owner_id).is_(None)
    questions, groups = ids_in(act.actor, ANSWERERS), ids_in(act.actor, ALLOTTERS)
    at = col(AddresseeQuestion.addressee_id) == col(Addressee.id)
    allotted = exists().where(at, col(AddresseeQuestion.group_id).in_(questions)).correlate(Addressee)
    anywhere = exists().where(at).correlate(Addressee)
    ways: list[Any] = [mine]
    if questions:
        ways.append(and_(nobodys, or_(allotted, col(Addressee.group_id).in_(questions))))
    if groups:
        ways.append(and_(nobodys, col(Addressee.group_id).in_(groups), ~anywhere))
    found = (
        select(Addressee, Statement)
        .join(Statement, col(Statement.id) == Addressee.statement_id)
        .where(is_awaited_here(), is_out_here(), readable(act), or_(*ways))
        .order_by(col(Addressee.deadline).is_(None), col(Addressee.deadline), col(Addressee.id))
        .limit(MOST)
    )
    for addressee, statement in act.session.exec(found):
        yield _answer(
            act, addressee, statement, is_to_allot=addressee.owner_id is None and addressee.group_id in groups
        )


def _answer(act: Act, addressee: Addressee, statement: Statement, *, is_to_allot: bool) -> Waits:
    says = N_("Statement to allot") if is_to_allot else N_("Statement to answer")
    return Waits(
        "liaison", f"answer-{addressee.id}", statement.label, statement.title, says,
        N_("Allot") if is_to_allot else N_("Answer"),
        f"{urls.statement(statement.name)}#to-{addressee.position}",
        due=addressee.deadline, since=statement.dated_on or geneva_day(act.now),
    )  # fmt: skip
