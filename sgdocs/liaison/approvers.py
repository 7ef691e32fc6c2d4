"""Who approves a statement for each sending group, by the table of `levels`. Source: Rec. ITU-T A.1 1.5, C40."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.liaison import levels, queries
from sgdocs.liaison.levels import At, Need
from sgdocs.liaison.models import Sender, Statement
from sgdocs.people.models import Person


@dataclass(frozen=True)
class Approval:
    """people: all who can approve for that sender, one is enough; roles: which the rule asks for; is_secretariats_task:
    nobody holds any of them. approved: by whom, None while open; is_open: still to be approved."""

    sender: Sender
    group: Group
    people: Sequence[Person]
    roles: str
    is_secretariats_task: bool
    approved: Person | None = None

    @property
    def is_open(self) -> bool:
        return self.sender.approved_at is None


def approvers_of(act: Act, statement: Statement) -> list[Approval]:
    """One for each sending group, in order. Costs up to eight queries for a group."""
    senders = queries.senders_of(act.session, statement)
    return [approvers_for(act, statement, each) for each in senders if each.group_id is not None]


def approvers_for(act: Act, statement: Statement, sender: Sender) -> Approval:
    """All who hold a needed role for that sender on this day: at the first place of the table where anybody does."""
    group = groups.by_id(act.session, sender.group_id or 0)
    asked = levels.needs(sender.level or statement.level, at_meeting=is_at_meeting(statement, sender))
    people = next((found for need in asked if (found := _holders(act, sender, group, need))), [])
    approved = act.session.get(Person, sender.approved_by) if sender.approved_by else None
    return Approval(sender, group, people, levels.words_of(asked), not people, approved)


def ids_of_all(act: Act, statement: Statement, sender: Sender) -> frozenset[int | None]:
    """Who can approve for that sender: those that are asked, and whoever holds a role of a later place of the table: the
    chair of the study group for its working party."""
    group = groups.by_id(act.session, sender.group_id or 0)
    asked = levels.needs(sender.level or statement.level, at_meeting=is_at_meeting(statement, sender))
    return frozenset(person.id for need in asked for person in _holders(act, sender, group, need))


def is_at_meeting(statement: Statement, sender: Sender) -> bool:
    """Whether the group agreed (or is to agree) it at a meeting; else it is done between meetings."""
    return sender.agreed_meeting_id is not None if sender.level else statement.meeting_id is not None


def _holders(act: Act, sender: Sender, group: Group, need: Need) -> list[Person]:
    """Whoever holds the role there and can be found, each once, by name."""
    ids = places_at(act.session, sender, group, need.at)
    seats = groups.officers(act.session, ids, geneva_day(act.now)) if ids else []
    found = {s.person.id: s.person for s in seats if s.appointment.role in need.roles and s.person.left_at is None}
    return sorted(found.values(), key=lambda person: person.sort_name)


def places_at(session: Session, sender: Sender, group: Group, at: At) -> list[int]:
    """Ids of the groups that a place means for a sender."""
    if at is At.GROUP:
        return [group.id or 0]
    if at is At.ABOVE:
        return [group.parent_id] if group.parent_id else []
    questions = list(sender.question_ids)
    if at is At.QUESTION:
        return questions
    parties = select(Group.working_party_id).where(col(Group.id).in_(questions)) if questions else None
    of_questions = session.exec(parties).all() if parties is not None else []
    return [each for each in dict.fromkeys([sender.working_party_id, *of_questions]) if each]
