"""The rows of who sends and who is addressed, from the forms that name them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, Refusal, refuse
from sgdocs.groups.models import Group
from sgdocs.groups.queries import find, resolve
from sgdocs.groups.rules import GroupKind
from sgdocs.liaison import drafting_rules, filing, rules
from sgdocs.liaison.models import Addressee, AddresseeQuestion, Sender, Statement
from sgdocs.liaison.rules import State
from sgdocs.liaison.schemas import AddresseeForm, SenderForm
from sgdocs.liaison.whom import Whom, questions_named, whom


@dataclass(frozen=True)
class Side:
    """Who it is, and what the form says besides. questions: of the group; working_party: of a sender."""

    whom: Whom
    questions: tuple[Group, ...] = ()
    working_party: Group | None = None
    form: AddresseeForm | None = None


def senders(act: Act, forms: Sequence[SenderForm], on: date, *, is_draft: bool = False) -> list[Side]:
    """Who sends, each once, in order. Questions that nobody knows are left out: they are the sender's to name.

    is_draft: written here; Invalid: a Question or a working party that the group does not have.
    """
    found = []
    for n, each in enumerate(forms):
        who = whom(act.session, each.name, on)
        if is_draft and who.group is not None:
            found.append(_own_side(act, who, each, n, on))
            continue
        asked = [q for words in each.questions if (q := _part(act, words, on)) is not None]
        found.append(Side(who, _with(who, asked), _part(act, each.working_party, on)))
    return each_once(found)


def _own_side(act: Act, who: Whom, form: SenderForm, n: int, on: date) -> Side:
    """A sending group with its own Questions and its own working party."""
    group = who.group
    assert group is not None, "looked at before"
    tops = {group.id, group.parent_id, filing.counting(act.session, group).id}
    asked = _questions(act, group, form.questions, f"senders.{n}.questions", on)
    for each in asked:
        if each.parent_id not in tops:
            facts = {"question": each.label, "name": who.name}
            refuse(Refusal(rules.NOT_ITS_QUESTION, facts, field=f"senders.{n}.questions"), Invalid)
    party = _part(act, form.working_party, on)
    if form.working_party and (party is None or party.kind != GroupKind.WORKING_PARTY or party.parent_id not in tops):
        facts = {"party": form.working_party, "name": who.name}
        refuse(Refusal(drafting_rules.NOT_ITS_PARTY, facts, field=f"senders.{n}.working_party"), Invalid)
    return Side(who, _with(who, asked), party)


def _part(act: Act, words: str, on: date) -> Group | None:
    """A Question or a working party by its path or its code; None for none."""
    if not words:
        return None
    return find(act.session, words) or next(iter(resolve(act.session, words, on)), None)


def addressees(act: Act, forms: Sequence[AddresseeForm], on: date) -> list[Side]:
    """To whom, one for each form. Invalid: a Question that the addressed group does not have."""
    named = [(whom(act.session, each.name, on), each) for each in forms]
    return [Side(who, _with(who, _asked(act, who, each, n, on)), form=each) for n, (who, each) in enumerate(named)]


def each_once(sides: Sequence[Side]) -> list[Side]:
    """Somebody may be named twice: purpose, day and working party of the first mention count, the Questions of all do.

    An addressed group without a Question is addressed as a whole, a sender without one has just not named it."""
    found: dict[tuple[int | None, int | None, str], Side] = {}
    for side in sides:
        first = found.setdefault(_key(side.whom), side)
        if first is not side:
            is_whole = side.form is not None and not (first.questions and side.questions)
            both = () if is_whole else _unique((*first.questions, *side.questions))
            found[_key(side.whom)] = replace(first, questions=both)
    return list(found.values())


def _asked(act: Act, who: Whom, form: AddresseeForm, n: int, on: date) -> list[Group]:
    if who.group is None or not form.questions:
        return []
    return _questions(act, who.group, form.questions, f"addressees.{n}.questions", on)


def _questions(act: Act, group: Group, words: Sequence[str], field: str, on: date) -> list[Group]:
    """The Questions that are named; Invalid at that field of the form."""
    try:
        return questions_named(act.session, group, words, on)
    except Invalid as error:
        facts = {name: value for name, value in error.facts.items() if name != "field"}
        refuse(Refusal(error.rule, facts, field=field), Invalid)
        raise


def _with(who: Whom, questions: Sequence[Group]) -> tuple[Group, ...]:
    """The Question by which the group was named, first."""
    own = (who.question,) if who.question else ()
    return _unique((*own, *questions))


def _unique(questions: Sequence[Group]) -> tuple[Group, ...]:
    return tuple({each.id: each for each in questions}.values())


def _key(who: Whom) -> tuple[int | None, int | None, str]:
    ids = (who.group.id if who.group else None, who.body.id if who.body else None)
    return (*ids, "" if who.is_known else who.name.casefold())


def add_senders(act: Act, statement: Statement, sides: Sequence[Side]) -> list[Sender]:
    rows = [
        Sender(
            statement_id=statement.id or 0,
            position=position,
            name=side.whom.name[:300],
            group_id=side.whom.group.id if side.whom.group else None,
            body_id=side.whom.body.id if side.whom.body else None,
            working_party_id=side.working_party.id if side.working_party else None,
            question_ids=[each.id or 0 for each in side.questions],
        )
        for position, side in enumerate(sides)
    ]
    act.session.add_all(rows)
    act.session.flush()
    return rows


def add_addressees(
    act: Act, statement: Statement, sides: Sequence[Side], state: State, on: date, *, start: int = 0
) -> list[Addressee]:
    """The rows with their Questions. state: of groups of ours; others were sent it. start: the first free position."""
    rows = [_addressee(statement, side, state, on, start + n) for n, side in enumerate(sides)]
    act.session.add_all(rows)
    act.session.flush()
    for row, side in zip(rows, sides, strict=True):
        for question in side.questions:
            act.session.add(AddresseeQuestion(addressee_id=row.id or 0, group_id=question.id or 0))
    act.session.flush()
    return rows


def _addressee(statement: Statement, side: Side, state: State, on: date, position: int) -> Addressee:
    form = side.form or AddresseeForm(name=side.whom.name, questions=[])
    expected = rules.expects_answer(form.purpose, form.deadline, is_copy=form.is_copy)
    return Addressee(
        statement_id=statement.id or 0,
        position=position,
        name=side.whom.name[:300],
        group_id=side.whom.group.id if side.whom.group else None,
        body_id=side.whom.body.id if side.whom.body else None,
        is_copy=form.is_copy,
        purpose=form.purpose,
        deadline=form.deadline,
        is_answer_expected=expected if form.is_answer_expected is None else form.is_answer_expected,
        state=state if side.whom.group or state is State.PENDING else State.SENT,
        state_on=on,
    )
