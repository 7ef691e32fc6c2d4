"""What an addressed group does with a statement: notes it, will not answer, says who sees to the answer. Source: domain 7.1."""

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, Refusal, invalid, refuse
from sgdocs.groups import queries as groups
from sgdocs.groups.queries import actor_for
from sgdocs.liaison import answering_rules as table
from sgdocs.liaison import rights, rules
from sgdocs.liaison.actions import _addressee
from sgdocs.liaison.answering_rules import Deed
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.rules import State
from sgdocs.liaison.schemas import NoteForm, OwnerForm
from sgdocs.meetings import queries as meetings
from sgdocs.people import queries as people
from sgdocs.people.models import Person


def note(act: Act, statement: Statement, addressee: Addressee, form: NoteForm | None = None) -> Addressee:
    """The group has taken note of it. Where an answer is expected it stays open until one is given."""
    permit_group(act, statement, addressee)
    said = form or NoteForm()
    meeting = meetings.find(act, said.meeting) if said.meeting.strip() else None
    if said.meeting.strip() and meeting is None:
        invalid("meeting", said.meeting, "The code of a meeting, as in T25-SG13-260706.")
    _addressee.move(act, statement, addressee, Deed.NOTE, State.NOTED)
    code = meeting.code if meeting else ""
    _addressee.note(act, "liaison.noted", statement, addressee, meeting=code, words=said.note)
    return addressee


def no_reply_needed(act: Act, statement: Statement, addressee: Addressee, reason: str) -> Addressee:
    """The group will not answer, and says why."""
    permit_group(act, statement, addressee)
    why = require_reason(reason)
    _addressee.move(act, statement, addressee, Deed.NO_REPLY, State.NO_REPLY_NEEDED, closed_reason=why)
    _addressee.note(act, "liaison.no-reply-needed", statement, addressee, reason=why)
    return addressee


def assign(act: Act, statement: Statement, addressee: Addressee, form: OwnerForm) -> Addressee:
    """Who sees to the answer (of a body: who waits for it). Invalid: nobody is called so, or may not read it."""
    rights.require_side(act, statement, addressee)
    person = _person(act, form.person)
    if person is not None and not _may_read(act, person, addressee.audience or statement.audience):
        facts = {"person": person.name, "label": statement.label, "name": addressee.name}
        refuse(Refusal(table.OWNER, facts, field="person"), Invalid)
    owner_id = person.id if person else None
    if addressee.owner_id == owner_id:
        return addressee
    _addressee.move(act, statement, addressee, Deed.ASSIGN, None, owner_id=owner_id)
    verb = "liaison.assigned" if person else "liaison.unassigned"
    _addressee.note(act, verb, statement, addressee, person=person.name if person else "")
    return addressee


def permit_group(act: Act, statement: Statement, addressee: Addressee) -> None:
    """Whoever writes for the addressed group, or for a Question it is allotted to. Conflict: it is no group of ours."""
    if addressee.group_id is None:
        raise Conflict(table.FOR_GROUP, name=addressee.name)
    rights.require_side(act, statement, addressee)


def require_reason(reason: str) -> str:
    """The reason, trimmed."""
    refuse(None if reason.strip() else Refusal(rules.REASON, {}, field="reason"), Invalid)
    return reason.strip()


def _person(act: Act, words: str) -> Person | None:
    if not words:
        return None
    return people.by_email(act.session, words) if "@" in words else people.by_slug(act, words)


def _may_read(act: Act, person: Person, audience: str) -> bool:
    actor = actor_for(act.session, person, act.now)
    return audience in groups.audiences(Act(act.session, actor, act.now))
