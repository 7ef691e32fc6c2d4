"""Allot a statement to Questions of an addressed group: to some of them, or to all. Source: domain 7.1, Rec. ITU-T A.1."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Invalid, Refusal, missing, refuse
from sgdocs.documents import actions as documents
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.liaison import filing, queries, rules
from sgdocs.liaison.models import Addressee, AddresseeQuestion, Statement
from sgdocs.liaison.rules import State
from sgdocs.liaison.whom import questions_named
from sgdocs.policy import Permission, require

TO_ALLOT = (State.RECEIVED, State.POSTED, State.ALLOTTED)


def allot(act: Act, statement: Statement, addressee: Addressee, question_ids: Sequence[int]) -> Addressee:
    """Give it to these Questions of the addressed group, none for all of them, in place of what was said before.

    Its document goes on the agenda with the first of them. Invalid: a Question of another group; Conflict: the statement
    is answered or closed for this group.
    """
    require(act.actor, Permission.ALLOT_STATEMENT, queries.scope_of_addressee(act.session, addressee))
    if addressee.group_id is None:
        missing("group", addressee.name)
    facts = {"name": addressee.name, "state": addressee.state}
    refuse(None if rules.is_open(addressee.state, is_answer_expected=True) else Refusal(rules.ADDRESSEE_STATE, facts))
    questions = _own(act, addressee, question_ids)
    before = [each.label for each in queries.questions_of(act.session, [addressee]).get(addressee.id or 0, [])]
    _write(act, addressee, questions)
    _address(act, addressee, questions)
    _note(act, statement, addressee, [each.label for each in questions], before)
    return addressee


def allot_by_name(act: Act, statement: Statement, addressee: Addressee, words: Sequence[str]) -> Addressee:
    """As `allot`, with Questions as people write them (`Q6/13`, `ALL/13`). Invalid: one that the group does not have."""
    require(act.actor, Permission.ALLOT_STATEMENT, queries.scope_of_addressee(act.session, addressee))
    group = act.session.get(Group, addressee.group_id) if addressee.group_id else None
    if group is None:
        missing("group", addressee.name)
    found = questions_named(act.session, group, words, geneva_day(act.now))
    return allot(act, statement, addressee, [each.id or 0 for each in found])


def _own(act: Act, addressee: Addressee, ids: Sequence[int]) -> list[Group]:
    """The Questions, each of the addressed group or of the study group above it."""
    group = act.session.get_one(Group, addressee.group_id)
    tops = {group.id, filing.counting(act.session, group).id, group.parent_id}
    rows = {each.id: each for each in act.session.exec(select(Group).where(col(Group.id).in_(list(ids))))}
    found = []
    for id in dict.fromkeys(ids):
        question = rows.get(id)
        if question is None or question.parent_id not in tops:
            label = question.label if question else str(id)
            raise Invalid(rules.NOT_ITS_QUESTION, field="questions", question=label, name=addressee.name)
        found.append(question)
    return found


def _write(act: Act, addressee: Addressee, questions: Sequence[Group]) -> None:
    act.session.execute(delete(AddresseeQuestion).where(col(AddresseeQuestion.addressee_id) == addressee.id))
    act.session.flush()
    for each in questions:
        act.session.add(AddresseeQuestion(addressee_id=addressee.id or 0, group_id=each.id or 0, by_hand=True))
    if addressee.state in TO_ALLOT:
        addressee.state, addressee.state_on = State.ALLOTTED, geneva_day(act.now)
    act.session.add(addressee)
    act.session.flush()


def _address(act: Act, addressee: Addressee, questions: Sequence[Group]) -> None:
    """Its document goes to them too, and to the agenda with the first."""
    document = act.session.get(Document, addressee.document_id) if addressee.document_id else None
    if document is not None and addressee.group_id is not None:
        group = filing.counting(act.session, act.session.get_one(Group, addressee.group_id))
        documents.address(act, document, list(questions) or [group])


def _note(
    act: Act, statement: Statement, addressee: Addressee, questions: Sequence[str], before: Sequence[str]
) -> None:
    record(
        act,
        "liaison.allotted",
        statement,
        group_id=addressee.group_id,
        audience=addressee.audience,
        name=statement.name,
        label=statement.label,
        title=statement.title,
        addressee=addressee.name,
        position=addressee.position,
        questions=", ".join(questions) or "ALL",
        before=", ".join(before) or "ALL",
    )
