"""What may be done with a liaison statement, and by an addressee of it: title, fields, what will happen. Plain values.

Whether it is permitted and right is decided by the actions; this says what a page offers:

    deeds_of(act, statement)                of the side that sends or registered it
    deeds_for(act, statement, addressee)    of the addressed group, or of the sender for a body that waits
    deed.address(statement.name)            where the page that asks stands; deed.address(name, position) of an addressee
"""

from dataclasses import dataclass
from typing import Final

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.liaison import answering_rules as table
from sgdocs.liaison import queries, rights, rules
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.rules import Origin, State, Status
from sgdocs.policy import Permission, Scope, may
from sgdocs.web import urls


@dataclass(frozen=True)
class Deed:
    """word: last part of the address; fields: of the form, in their order; needed: those that must be filled; will: what
    happens, in sentences. Without `will`, the page of the deed is one of its own."""

    word: str
    label: str
    title: str
    button: str
    permission: Permission
    fields: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    will: tuple[str, ...] = ()
    notice: str = ""
    source: str = ""

    def address(self, name: str, position: int | None = None) -> str:
        return urls.statement(name, self.word) if position is None else urls.statement(name, "to", position, self.word)


_HISTORY = N_("The history of the statement tells it, with day and name.")
P = Permission
EDIT = Deed("edit", N_("Edit the draft"), N_("Edit the draft"), N_("Save the draft"), P.DRAFT_STATEMENT)
PAPERS = Deed("papers", N_("Attachments"), N_("Attachments"), N_("Add it"), P.DRAFT_STATEMENT)
AGREE = Deed(
    "agreement",
    N_("Record the agreement"),
    N_("Record that it was agreed"),
    N_("Record the agreement"),
    P.DRAFT_STATEMENT,
    ("sender", "level", "meeting"),
    ("level",),
    (
        N_("The statement says at which level it was agreed."),
        N_("Said by the chair or the secretariat of the meeting that agreed it, it is approved at once."),
        N_("Agreed by correspondence, it waits for the chair of the study group."),
        _HISTORY,
    ),
    N_("The agreement is recorded."),
    "Rec. ITU-T A.1 1.5",
)
APPROVE = Deed(
    "approval",
    N_("Approve it"),
    N_("Approve the statement"),
    N_("Approve the statement"),
    P.APPROVE_STATEMENT,
    ("sender", "note"),
    (),
    (
        N_("Your approval stands with the statement, for your group."),
        N_("When every sending group has approved it, the secretariat can send it."),
        _HISTORY,
    ),
    N_("The approval is recorded."),
    "Rec. ITU-T A.1 1.5",
)
SEND = Deed("sending", N_("Preview and send"), N_("Preview and send"), N_("Send the statement"), P.SEND_STATEMENT)
WITHDRAW = Deed(
    "withdrawal",
    N_("Withdraw it"),
    N_("Withdraw the statement"),
    N_("Withdraw the statement"),
    P.SEND_STATEMENT,
    ("reason",),
    ("reason",),
    (
        N_("Nobody owes an answer to it any more, and what it answered is open again; its number and page stay."),
        N_("If it was sent, groups hear of it here, other bodies by a letter."),
        _HISTORY,
    ),
    N_("The statement is withdrawn."),
)
OF_STATEMENT: Final = (EDIT, PAPERS, AGREE, APPROVE, SEND, WITHDRAW)

ANSWER = Deed("reply", N_("Draft a reply"), N_("Draft a reply"), N_("Save the draft"), P.DRAFT_STATEMENT)
ALLOT = Deed(
    "allotment",
    N_("Allot to Questions"),
    N_("Allot it to Questions"),
    N_("Allot it"),
    P.ALLOT_STATEMENT,
    ("questions",),
    (),
    (
        N_("The Questions find it in their lists and on the agenda; with none named it goes to all of them."),
        _HISTORY,
    ),
    N_("It is allotted."),
)
OWN = Deed(
    "owner",
    N_("Say who sees to it"),
    N_("Who sees to the answer"),
    N_("Record it"),
    P.CONSIDER_STATEMENT,
    ("person",),
    (),
    (N_("It stands in that person’s list of what is owed, and they are told."), _HISTORY),
    N_("It is recorded who sees to it."),
)
NOTE = Deed(
    "note",
    N_("Note it"),
    N_("Note the statement"),
    N_("Note it"),
    P.CONSIDER_STATEMENT,
    ("meeting", "note"),
    (),
    (
        N_("The group has considered it. Where an answer is expected, it stays open."),
        _HISTORY,
    ),
    N_("It is noted."),
    "Rec. ITU-T A.1 1.5",
)
NO_REPLY = Deed(
    "no-reply",
    N_("No reply is needed"),
    N_("No reply is needed"),
    N_("Close it without a reply"),
    P.CONSIDER_STATEMENT,
    ("reason",),
    ("reason",),
    (N_("It leaves the list of what the group owes; the reason stays with it."), _HISTORY),
    N_("It is closed without a reply."),
)
FORWARD = Deed(
    "forward",
    N_("Forward it"),
    N_("Forward it to other groups"),
    N_("Forward it"),
    P.CONSIDER_STATEMENT,
    ("to", "purpose", "deadline", "note"),
    ("to",),
    (
        N_("Each group is an addressee of its own from now on, and the statement is filed there."),
        _HISTORY,
    ),
    N_("It is forwarded."),
)
FILE = Deed(
    "filing",
    N_("File it"),
    N_("File it for the group"),
    N_("File it"),
    P.RECEIVE_STATEMENT,
    (),
    (),
    (
        N_(
            "It becomes a document of the group, with the files as they came, and goes onto the agenda of the next meeting."
        ),
        _HISTORY,
    ),
    N_("It is filed."),
)
ANSWERED = Deed(
    "answer",
    N_("Name the answer"),
    N_("Name the statement that answers it"),
    N_("Record the answer"),
    P.CONSIDER_STATEMENT,
    ("reply",),
    ("reply",),
    (N_("It is closed for this addressee, by a statement that was sent or received already."), _HISTORY),
    N_("The answer is recorded."),
)
EXPECT = Deed(
    "expectation",
    N_("Whether an answer is expected"),
    N_("Whether an answer is expected"),
    N_("Record it"),
    P.CONSIDER_STATEMENT,
    ("is_expected", "deadline", "reason"),
    (),
    (
        N_("Expected: it is owed, or open again, from now on, and the day stands in the ledger."),
        N_("Not expected: it stays to be noted; say why."),
        _HISTORY,
    ),
    N_("It is recorded whether an answer is expected."),
)
STOP_WAITING = Deed(
    "closing",
    N_("Stop waiting"),
    N_("Stop waiting for an answer"),
    N_("Stop waiting"),
    P.CONSIDER_STATEMENT,
    ("reason",),
    ("reason",),
    (N_("It leaves the list of what the group waits for; the reason stays with it."), _HISTORY),
    N_("Nobody waits for this answer any more."),
)
OF_ADDRESSEE: Final = (ANSWER, FILE, ALLOT, OWN, NOTE, FORWARD, NO_REPLY, EXPECT, ANSWERED, STOP_WAITING)
BY_WORD: Final = {deed.word: deed for deed in (*OF_STATEMENT, *OF_ADDRESSEE)}

_STATUSES: Final = {
    EDIT: (Status.DRAFT, Status.AGREED, Status.APPROVED),
    PAPERS: (Status.DRAFT, Status.AGREED, Status.APPROVED),
    AGREE: (Status.DRAFT, Status.AGREED),
    APPROVE: (Status.AGREED, Status.DRAFT),
    SEND: (Status.DRAFT, Status.AGREED, Status.APPROVED, Status.NUMBERED),
    WITHDRAW: tuple(each for each in Status if each is not Status.WITHDRAWN),
}
_BY_TABLE: Final = {
    ANSWER: table.Deed.ANSWER, ANSWERED: table.Deed.ANSWER, OWN: table.Deed.ASSIGN, NOTE: table.Deed.NOTE,
    NO_REPLY: table.Deed.NO_REPLY, FORWARD: table.Deed.FORWARD, EXPECT: table.Deed.EXPECT, STOP_WAITING: table.Deed.CLOSE,
}  # fmt: skip
_OF_WAITING: Final = (OWN, EXPECT, ANSWERED, STOP_WAITING)
"""What the group does that waits for an answer from outside; of a group of ours it waits, and can stop waiting."""


def deeds_of(act: Act, statement: Statement) -> list[Deed]:
    """What a page offers to this reader on the side that sends it, or where it was registered. A few queries."""
    scopes = [queries.scope_of(act.session, statement), *senders(act, statement)]
    offered = [deed for deed in OF_STATEMENT if statement.status in _STATUSES[deed]]
    if statement.origin == Origin.OUTSIDE:
        offered = [deed for deed in offered if deed is WITHDRAW]
    if not any(each.level and each.approved_at is None for each in queries.senders_of(act.session, statement)):
        offered = [deed for deed in offered if deed is not APPROVE]
    writes = _reads_draft(act, scopes)
    return [deed for deed in offered if may_here(act, statement, deed, scopes) or (deed is SEND and writes)]


def may_here(act: Act, statement: Statement, deed: Deed, scopes: list[Scope] | None = None) -> bool:
    """Whether the actor is of the side that does this; scopes: where its senders act, when they are known.

    What was numbered in the series of the first sender is sent and withdrawn there."""
    permission = permission_for(deed, statement)
    if permission is P.SEND_STATEMENT:
        return rights.may_send(act, statement)
    places = scopes or [queries.scope_of(act.session, statement), *senders(act, statement)]
    return any(may(act.actor, permission, scope) for scope in places)


def permission_for(deed: Deed, statement: Statement) -> Permission:
    """A draft is withdrawn by whoever writes it, what was sent by who sends."""
    return P.DRAFT_STATEMENT if deed is WITHDRAW and statement.status in rules.DRAFTS else deed.permission


def senders(act: Act, statement: Statement) -> list[Scope]:
    """Where people act for the sending groups: in the group, what it is a part of, its working party, its Questions.

    Two queries, or three."""
    rows = queries.senders_of(act.session, statement)
    ids = {id for row in rows for id in (row.group_id, row.working_party_id, *row.question_ids) if id}
    groups = list(act.session.exec(select(Group).where(col(Group.id).in_(ids)))) if ids else []
    above = {id for each in groups for id in (each.parent_id, each.working_party_id) if id} - ids
    groups += list(act.session.exec(select(Group).where(col(Group.id).in_(above)))) if above else []
    return [Scope(each.path, statement.owner_id) for each in groups]


def may_write(act: Act, statement: Statement) -> bool:
    """Whether the actor writes for one of the sending groups."""
    return _reads_draft(act, [queries.scope_of(act.session, statement), *senders(act, statement)])


def _reads_draft(act: Act, scopes: list[Scope]) -> bool:
    """Whoever writes for a sending group looks at the preview, though the secretariat sends."""
    return any(may(act.actor, Permission.DRAFT_STATEMENT, scope) for scope in scopes)


def deeds_for(act: Act, statement: Statement, addressee: Addressee) -> list[Deed]:
    """What a page offers for one addressee: to the addressed group; to the group that waits for its answer."""
    if statement.status not in rules.OUT:
        return []
    there = OF_ADDRESSEE if addressee.group_id else _OF_WAITING
    return [deed for deed in there if _fits(deed, addressee) and may_do(act, statement, addressee, deed)]


def may_do(act: Act, statement: Statement, addressee: Addressee, deed: Deed) -> bool:
    """Whether the actor is of the side that does this for an addressee."""
    if deed is STOP_WAITING:
        return statement.origin == Origin.OURS and rights.may_wait(act, statement)
    if deed in (ALLOT, FILE):
        return may(act.actor, deed.permission, queries.scope_of_addressee(act.session, addressee))
    return rights.may_take_up(act, statement, addressee, deed.permission)


def _fits(deed: Deed, addressee: Addressee) -> bool:
    """Whether the state of the addressee allows it."""
    state = State(addressee.state)
    if deed is FILE:
        return addressee.document_id is None and rules.is_open(state, is_answer_expected=True)
    if deed is ALLOT:
        return rules.is_open(state, is_answer_expected=True)
    if deed is STOP_WAITING and not addressee.is_answer_expected:
        return False
    return state in table.FROM[_BY_TABLE[deed]]
