"""Who sends a statement and to whom: the groups and bodies that a form names, written as rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Invalid, refuse
from sgdocs.documents import bodies as counting
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.groups.rules import GroupKind
from sgdocs.liaison import bodies, filing
from sgdocs.liaison.actions._places import group_named
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.drafting_rules import why_not_address
from sgdocs.liaison.models import Addressee, AddresseeQuestion, Sender, Statement
from sgdocs.liaison.naming import key_of
from sgdocs.liaison.rules import State, expects_answer, why_not_deadline
from sgdocs.liaison.schemas import AddresseeForm, SenderForm


@dataclass(frozen=True)
class Side:
    """A group (with the Question that was named in its place), a body, or words that nobody resolved. name: as shown."""

    name: str
    group: Group | None = None
    question: Group | None = None
    working_party: Group | None = None
    body: Body | None = None

    @property
    def key(self) -> str:
        """Equal for two spellings of one side."""
        if self.group is not None:
            return f"group {self.group.id}"
        return f"body {self.body.id}" if self.body is not None else key_of(self.name)


def side_named(act: Act, words: str) -> Side:
    """Whom the words mean: a path, a body by any of its names, a sloppy code; else the words themselves.

    A Question or a working party of ITU-T stands for its study group, in which it is named. Costs up to six queries.
    """
    found = groups.find(act.session, words)
    if found is None:
        body = bodies.find(act.session, words)
        if body is not None:
            return Side(body.acronym or body.name, body=body)
        found = next(iter(groups.resolve(act.session, words, geneva_day(act.now))), None)
    return _of_group(act, found) if found is not None else Side(words)


def _of_group(act: Act, group: Group) -> Side:
    if group.sector != "T" or group.kind not in (GroupKind.QUESTION, GroupKind.WORKING_PARTY):
        return Side(group.label, group)
    whole = filing.counting(act.session, group)
    if group.kind == GroupKind.QUESTION:
        return Side(whole.label, whole, question=group)
    return Side(whole.label, whole, working_party=group)


def set_senders(act: Act, statement: Statement, forms: Sequence[SenderForm]) -> list[Sender]:
    """Write who sends in place of what stood there, approvals and all. A working party follows from the Question."""
    act.session.execute(delete(Sender).where(col(Sender.statement_id) == statement.id))
    act.session.flush()
    rows = [_sender(act, statement, position, form) for position, form in enumerate(forms)]
    act.session.add_all(rows)
    act.session.flush()
    return rows


def _sender(act: Act, statement: Statement, position: int, form: SenderForm) -> Sender:
    side = side_named(act, form.name)
    asked = questions_named(act, side, form.questions, "senders")
    party = group_named(act, form.working_party, "senders") or side.working_party
    if party is None and asked and asked[0].working_party_id:
        party = act.session.get(Group, asked[0].working_party_id)
    return Sender(
        statement_id=statement.id or 0,
        position=position,
        name=side.name,
        group_id=side.group.id if side.group else None,
        working_party_id=party.id if party else None,
        question_ids=[each.id for each in asked],
        body_id=side.body.id if side.body else None,
    )


def questions_named(act: Act, side: Side, words: Sequence[str], field: str) -> list[Group]:
    """The Questions of the side's group, the one named in its place first. Invalid: it has no such Question."""
    named = [side.question] if side.question is not None else []
    if side.group is not None and words:
        body = counting.body_of_group(act.session, side.group, geneva_day(act.now))
        try:
            found = counting.questions(act.session, body, words)
        except Invalid as refused:
            raise Invalid(
                refused.rule, field=field, **{k: v for k, v in refused.facts.items() if k != "field"}
            ) from None
        named += [each for each in found if each.kind == GroupKind.QUESTION]
    return list({each.id: each for each in named}.values())


def set_addressees(act: Act, statement: Statement, forms: Sequence[AddresseeForm]) -> list[Addressee]:
    """Write to whom it goes in place of what stood there; nothing is posted yet.

    Invalid: a group that has ended (its successor is named), a deadline before today, somebody named twice or its sender.
    """
    today = geneva_day(act.now)
    sides = [side_named(act, form.name) for form in forms]
    own = act.session.exec(select(Sender).where(Sender.statement_id == statement.id)).all()
    refuse(why_not_address([(_key(row), row.name) for row in own], [(s.key, s.name) for s in sides]), Invalid)
    for side, form in zip(sides, forms, strict=True):
        refuse(filing.why_not_address(act.session, side.group, today) if side.group else None, Invalid)
        refuse(why_not_deadline(form.deadline, today), Invalid)
    _forget(act, statement)
    return [
        _addressee(act, statement, position, side, form)
        for position, (side, form) in enumerate(zip(sides, forms, strict=True))
    ]


def _key(row: Sender) -> str:
    if row.group_id:
        return f"group {row.group_id}"
    return f"body {row.body_id}" if row.body_id else key_of(row.name)


def _forget(act: Act, statement: Statement) -> None:
    ids = select(Addressee.id).where(Addressee.statement_id == statement.id)
    act.session.execute(delete(AddresseeQuestion).where(col(AddresseeQuestion.addressee_id).in_(ids)))
    act.session.execute(delete(Addressee).where(col(Addressee.statement_id) == statement.id))
    act.session.flush()


def _addressee(act: Act, statement: Statement, position: int, side: Side, form: AddresseeForm) -> Addressee:
    usual = expects_answer(form.purpose, form.deadline, is_copy=form.is_copy)
    row = Addressee(
        statement_id=statement.id or 0,
        position=position,
        name=side.name,
        group_id=side.group.id if side.group else None,
        body_id=side.body.id if side.body else None,
        is_copy=form.is_copy,
        purpose=form.purpose,
        deadline=form.deadline,
        is_answer_expected=usual if form.is_answer_expected is None else form.is_answer_expected,
        state=State.PENDING,
    )
    act.session.add(row)
    act.session.flush()
    for question in questions_named(act, side, form.questions, "addressees"):
        act.session.add(AddresseeQuestion(addressee_id=row.id or 0, group_id=question.id or 0))
    act.session.flush()
    return row
