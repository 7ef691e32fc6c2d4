"""What every verb on a statement that goes out needs: who may, from which state, and the note in the journal."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, refuse
from sgdocs.groups.models import Group
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.liaison import queries
from sgdocs.liaison.drafting_rules import NO_DRAFT, why_not_change
from sgdocs.liaison.models import Sender, Statement
from sgdocs.liaison.rules import DRAFTS, Status
from sgdocs.policy import Permission, Scope


def places_of(session: Session, sender: Sender) -> list[Group]:
    """Where people act for a sending group: its Questions, their working parties, the working party, itself, and what it
    is a part of. [] for a body. Costs up to two queries."""
    if sender.group_id is None:
        return []
    questions = _groups(session, sender.question_ids)
    parties = _groups(session, [sender.working_party_id, *(each.working_party_id for each in questions)])
    own = session.get_one(Group, sender.group_id)
    above = session.get(Group, own.parent_id) if own.parent_id else None
    return [*questions, *parties, own, *([above] if above else [])]


def _groups(session: Session, ids: Iterable[int | None]) -> list[Group]:
    wanted = [each for each in dict.fromkeys(ids) if each]
    found = {g.id: g for g in session.exec(select(Group).where(col(Group.id).in_(wanted)))} if wanted else {}
    return [found[each] for each in wanted if each in found]


def may_for(act: Act, sender: Sender, permission: Permission) -> bool:
    """Whether the actor holds the permission at one of the sender's places: a rapporteur drafts for the Question."""
    return any(policy.may(act.actor, permission, Scope(each.path)) for each in places_of(act.session, sender))


def permit(act: Act, statement: Statement, permission: Permission = Permission.DRAFT_STATEMENT) -> None:
    """NotAllowed unless the actor holds the permission for one of the sending groups."""
    senders = queries.senders_of(act.session, statement)
    if not any(may_for(act, each, permission) for each in senders):
        policy.require(act.actor, permission, queries.scope_of(act.session, statement))


def permit_for(act: Act, sender: Sender, permission: Permission) -> None:
    """NotAllowed unless the actor holds the permission for that sender."""
    if not may_for(act, sender, permission):
        group = act.session.get(Group, sender.group_id) if sender.group_id else None
        policy.require(act.actor, permission, Scope(group.path if group else ""))


def require_open(statement: Statement) -> None:
    """Conflict unless it is a draft, agreed or approved."""
    refuse(why_not_change(statement.label or statement.name, statement.status))


def require_draft(statement: Statement) -> None:
    """Conflict unless it is on its way out."""
    if statement.status not in DRAFTS:
        raise Conflict(NO_DRAFT, label=statement.label or statement.name, status=statement.status)


def claim(act: Act, statement: Statement, version: int | None = None, **values: Any) -> None:
    """Raise the version from the one that was read (or that a page showed), and write values, by a conditional UPDATE.

    Conflict: somebody was faster.
    """
    act.session.flush()
    expected = statement.version if version is None else version
    moved = (
        update(Statement)
        .where(col(Statement.id) == statement.id, col(Statement.version) == expected)
        .values(version=expected + 1, changed_at=act.now, **values)
        .execution_options(synchronize_session=False)
        .returning(col(Statement.id))
    )
    if act.session.execute(moved).scalar_one_or_none() is None:
        raise Conflict(CHANGED)
    act.session.refresh(statement)


def set_status(act: Act, statement: Statement, status: Status) -> None:
    statement.status = status
    act.session.add(statement)
    act.session.flush()


def note(
    act: Act,
    verb: str,
    statement: Statement,
    *,
    audience: str = "",
    personal: Mapping[str, Any] | None = None,
    **facts: Any,
) -> Entry:
    """Tell the journal, for who may read the sender's side unless said otherwise. Empty facts are left out."""
    told = {name: value for name, value in facts.items() if value not in (None, "", [])}
    return record(
        act, verb, statement, group_id=statement.group_id, audience=audience or statement.audience,
        personal=personal or None, name=statement.name, label=statement.label, title=statement.title, **told,
    )  # fmt: skip


def narrowest(*labels: str) -> str:
    """The audience that all these leave: a person, an entity or the secretariat before a group, a part before the whole."""
    return max(
        labels, key=lambda label: (label != policy.PUBLIC, ":" in label or label == "secretariat", label.count("/"))
    )


def paths_in(session: Session, group_ids: Iterable[int], whole: Group) -> list[str]:
    """The paths of those that are parts of the group."""
    return [each.path for each in _groups(session, group_ids) if each.path.startswith(f"{whole.path}/")]
