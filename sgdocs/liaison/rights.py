"""Who may send a statement, and take one up: officers of the addressed group, and of the Questions it was allotted to there."""

from collections.abc import Iterator

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.liaison import queries
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.policy import Permission, Scope, may, require


def may_send(act: Act, statement: Statement) -> bool:
    """Send it, send its letters again, withdraw what was sent: in the series of the first sender. Source: A.1 1.5."""
    return may(act.actor, Permission.SEND_STATEMENT, queries.scope_of(act.session, statement))


def require_send(act: Act, statement: Statement) -> None:
    """NotAllowed unless `may_send`."""
    require(act.actor, Permission.SEND_STATEMENT, queries.scope_of(act.session, statement))


def scopes_of_addressee(act: Act, addressee: Addressee) -> Iterator[Scope]:
    """The addressed group; the Questions it is allotted to there, every part of the group when it goes to all (QALL).

    Costs one query when the group alone does not settle it. Source: domain 7.1.
    """
    scope = queries.scope_of_addressee(act.session, addressee)
    yield scope
    if addressee.group_id is None:
        return
    allotted = queries.questions_of(act.session, [addressee]).get(addressee.id or 0, [])
    own = [each.path for each in allotted] or [
        held.group for held in act.actor.appointments if held.group.startswith(scope.group + "/")
    ]
    yield from (Scope(path, addressee.owner_id) for path in own)


def may_take_up(
    act: Act, statement: Statement, addressee: Addressee, permission: Permission = Permission.CONSIDER_STATEMENT
) -> bool:
    """Of a group: whoever writes for it or for a Question it is allotted to; of a body: for the group that waits."""
    if addressee.group_id is None:
        return may_wait(act, statement, permission)
    return any(may(act.actor, permission, scope) for scope in scopes_of_addressee(act, addressee))


def require_side(
    act: Act, statement: Statement, addressee: Addressee, permission: Permission = Permission.CONSIDER_STATEMENT
) -> None:
    """NotAllowed unless `may_take_up`."""
    if may_take_up(act, statement, addressee, permission):
        return
    group = act.session.get(Group, addressee.group_id) if addressee.group_id else None
    require(act.actor, permission, Scope(group.path) if group else queries.scope_of(act.session, statement))


def scopes_of_waiting(act: Act, statement: Statement) -> Iterator[Scope]:
    """The group that acts for the senders (the addressed one, when it came from outside), and the Questions that send."""
    yield queries.scope_of(act.session, statement)
    ids = [id for each in queries.senders_of(act.session, statement) for id in each.question_ids]
    for path in act.session.exec(select(Group.path).where(col(Group.id).in_(ids))) if ids else ():
        yield Scope(path, statement.owner_id)


def may_wait(act: Act, statement: Statement, permission: Permission = Permission.CONSIDER_STATEMENT) -> bool:
    """Whether the actor acts for the side that waits for answers."""
    return any(may(act.actor, permission, scope) for scope in scopes_of_waiting(act, statement))


def require_waiting(act: Act, statement: Statement) -> None:
    """NotAllowed unless `may_wait`."""
    if not may_wait(act, statement):
        require(act.actor, Permission.CONSIDER_STATEMENT, queries.scope_of(act.session, statement))
