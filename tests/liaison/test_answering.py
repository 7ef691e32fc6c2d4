"""What an addressee does with a statement, and what a reply closes: for that addressee alone, once, by whom it may."""

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, Invalid, NotAllowed, NotFound
from sgdocs.groups.models import Succession
from sgdocs.journal.models import Entry
from sgdocs.liaison import answering_rules as table
from sgdocs.liaison import rules
from sgdocs.liaison.actions import answering
from sgdocs.liaison.answering_rules import Deed
from sgdocs.liaison.models import Addressee, AddresseeQuestion, Relation, Statement
from sgdocs.liaison.queries import addressees_of
from sgdocs.liaison.rules import Purpose, State, Status
from sgdocs.liaison.schemas import ExpectForm, ForwardForm, NoteForm, OwnerForm
from tests.cast import Cast
from tests.liaison.desk import body
from tests.liaison.register import asks, relation, statement
from tests.make import Make, all_rows

DUE = date(2026, 4, 1)


@pytest.mark.parametrize(("deed", "state"), list(product(Deed, State)))
def test_deed_is_refused_with_its_reason_or_leads_on(deed: Deed, state: State) -> None:
    facts = {"label": "LS1", "name": "SG13", "state": state}

    refusal = table.why_not(deed, status=Status.SENT, **facts)

    assert (refusal is None) == (state in table.FROM[deed])
    assert table.why_not(deed, status=Status.DRAFT, **facts) is not None
    if refusal is not None:
        assert (refusal.rule, refusal.facts) == (rules.ADDRESSEE_STATE, {"name": "SG13", "state": state})


def first(act: Act, row: Statement) -> Addressee:
    return addressees_of(act.session, row)[0]


def verbs(make: Make) -> list[str]:
    return list(make.session.exec(select(Entry.verb).where(Entry.subject_kind == "statement").order_by(Entry.id)))


# Answers


def test_reply_closes_what_it_answers_for_that_addressee(make: Make, cast: Cast) -> None:
    sg17 = make.group("T/SG17")
    asked = statement(make, cast.sg15, asks(cast.sg13, DUE), asks(sg17, DUE))
    reply = statement(make, cast.sg13, cast.sg15, on=date(2026, 2, 27))
    relation(make, reply, asked)

    (closed,) = answering.answer_all(cast.tsb.act, reply)

    mine, other = addressees_of(make.session, asked)
    assert (closed.id, mine.state, mine.answered_by_id, mine.answered_on) == (
        mine.id, State.REPLIED, reply.id, date(2026, 2, 27),
    )  # fmt: skip
    assert (other.state, other.answered_by_id) == (State.POSTED, None)
    assert verbs(make) == ["liaison.answered"]
    assert answering.answer_all(cast.tsb.act, reply) == []
    assert verbs(make) == ["liaison.answered"]


def test_draft_closes_nothing(make: Make, cast: Cast) -> None:
    asked = statement(make, cast.sg15, asks(cast.sg13))
    draft = statement(make, cast.sg13, cast.sg15, status=Status.DRAFT)
    relation(make, draft, asked)

    assert answering.answer_all(cast.tsb.act, draft) == []
    with pytest.raises(Conflict) as refused:
        answering.answer(cast.tsb.act, draft, asked, first(cast.tsb.act, asked))
    assert refused.value.rule is table.NOT_SENT_YET


def test_first_answer_stands(make: Make, cast: Cast) -> None:
    asked = statement(make, cast.sg15, asks(cast.sg13))
    one, two = (statement(make, cast.sg13, cast.sg15) for _ in range(2))
    act = cast.tsb.act

    assert answering.answer(act, one, asked, first(act, asked))
    assert not answering.answer(act, two, asked, first(act, asked))
    assert first(act, asked).answered_by_id == one.id
    assert {row.statement_id for row in all_rows(make.session, Relation)} == {one.id, two.id}


def test_answer_of_a_body_closes_what_we_wait_for(make: Make, cast: Cast) -> None:
    """A part answers for the whole and the whole for its part, but not a part for another."""
    whole = body(make, "3GPP")
    part, other = body(make, "3GPP SA2", parent_id=whole.id), body(make, "3GPP SA4", parent_id=whole.id)
    act = cast.tsb.act
    for to, by, is_closed in ((whole, part, True), (part, whole, True), (part, other, False), (whole, whole, True)):
        asked = statement(make, cast.sg13, asks(to))
        reply = statement(make, by, cast.sg13)
        relation(make, reply, asked)

        closed = answering.answer_all(act, reply)

        assert bool(closed) == is_closed, (to.name, by.name)
        assert first(act, asked).state == (State.REPLIED if is_closed else State.SENT)


def test_successor_and_study_group_answer_for_what_is_theirs(make: Make, cast: Cast) -> None:
    old = make.group("T/SG16", ends_on=date(2024, 12, 31))
    new = make.group("T/SG21")
    make.add(Succession(from_id=old.id or 0, to_id=new.id or 0, on=date(2025, 1, 1)))
    act = cast.tsb.act
    for to, by, is_closed in (
        (old, new, True),
        (new, old, False),
        (cast.wp1, cast.sg13, True),
        (cast.sg13, new, False),
    ):
        asked = statement(make, cast.sg15, asks(to))
        reply = statement(make, by, cast.sg15)
        relation(make, reply, asked)

        assert bool(answering.answer_all(act, reply)) == is_closed, (to.label, by.label)


def test_answer_of_others_is_refused(make: Make, cast: Cast) -> None:
    asked = statement(make, cast.sg15, asks(cast.sg13))
    reply = statement(make, make.group("T/SG17"), cast.sg15)

    with pytest.raises(Invalid) as refused:
        answering.answer(cast.tsb.act, reply, asked, first(cast.tsb.act, asked))

    assert refused.value.rule is table.NOT_BY_SENDER


def test_itself_a_circle_and_the_withdrawn_are_not_answered(make: Make, cast: Cast) -> None:
    act = cast.tsb.act
    asked = statement(make, cast.sg15, asks(cast.sg13))
    reply = statement(make, cast.sg13, asks(cast.sg15))
    answering.answer(act, reply, asked, first(act, asked))
    gone = statement(make, cast.sg15, asks(cast.sg13), status=Status.WITHDRAWN)

    cases: list[tuple[Statement, Statement, type[Exception], Any]] = [
        (asked, asked, Invalid, rules.REPLY_TO_ITSELF),
        (asked, reply, Invalid, rules.REPLY_CIRCLE),
        (reply, gone, Conflict, rules.REPLY_WITHDRAWN),
    ]
    for by, to, kind, rule in cases:
        with pytest.raises(kind) as refused:
            answering.answer(act, by, to, first(act, to))
        assert getattr(refused.value, "rule", None) is rule


def test_late_answer_is_taken_when_nobody_waits_any_more(make: Make, cast: Cast) -> None:
    act = cast.tsb.act
    ietf = body(make, "IETF")
    asked = statement(make, cast.sg13, asks(ietf))
    answering.close_waiting(act, asked, first(act, asked), "They are busy")
    reply = statement(make, ietf, cast.sg13)
    relation(make, reply, asked)

    assert len(answering.answer_all(act, reply)) == 1
    assert (first(act, asked).state, first(act, asked).closed_reason) == (State.REPLIED, "")


def test_withdrawn_answer_opens_again(make: Make, cast: Cast) -> None:
    act = cast.tsb.act
    asked = statement(make, cast.sg15, asks(cast.sg13))
    reply = statement(make, cast.sg13, cast.sg15)
    answering.answer(act, reply, asked, first(act, asked))

    (opened,) = answering.answer_withdrawn(act, reply)

    assert (opened.state, opened.answered_by_id, opened.answered_on) == (State.RECEIVED, None, None)
    assert verbs(make) == ["liaison.answered", "liaison.reopened"]


def test_draft_of_a_reply_is_shown_and_given_up(make: Make, cast: Cast) -> None:
    act = cast.tsb.act
    asked = statement(make, cast.sg15, asks(cast.sg13))
    make.add(AddresseeQuestion(addressee_id=first(act, asked).id or 0, group_id=cast.q2.id or 0))
    draft = statement(make, cast.sg13, cast.sg15, status=Status.DRAFT)
    relation(make, draft, asked)

    assert len(answering.answer_begun(act, draft)) == 1
    assert first(act, asked).state == State.REPLY_DRAFTED
    assert answering.answer_begun(act, draft) == []
    assert len(answering.answer_given_up(act, draft)) == 1
    assert first(act, asked).state == State.RECEIVED


# What the addressed group does


Doing = Callable[[Act, Statement, Addressee], object]
DEEDS: dict[str, Doing] = {
    "note": lambda act, row, to: answering.note(act, row, to, NoteForm(note="Read")),
    "no reply": lambda act, row, to: answering.no_reply_needed(act, row, to, "For our information"),
    "assign": lambda act, row, to: answering.assign(act, row, to, OwnerForm(person="rafael-quill")),
    "expect": lambda act, row, to: answering.expect_answer(act, row, to, ExpectForm(deadline=DUE)),
    "forward": lambda act, row, to: answering.forward(
        act, row, to, ForwardForm.model_validate({"to": [{"name": "T/SG15"}]})
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_whoever_writes_for_the_group_may(make: Make, cast: Cast, name: str) -> None:
    cast.summon("rapporteur", "sg15")
    players = ("tsb", "counsellor", "chair", "rapporteur", "editor", "delegate_member", "focal_point", "outsider")
    allowed = []
    for player in players:
        row = statement(make, make.group("T/SG17"), asks(cast.sg13))
        act = getattr(cast, player).act
        try:
            DEEDS[name](act, row, first(act, row))
            allowed.append(player)
        except NotAllowed:
            assert first(act, row).state == State.POSTED

    assert allowed == ["tsb", "counsellor", "chair", "rapporteur", "editor"]


def test_rapporteur_takes_up_what_is_allotted_to_the_question(make: Make, cast: Cast) -> None:
    q6 = make.group("T/SG13/T25/Q6")
    for question, may in ((cast.q2, True), (q6, False)):
        row = statement(make, cast.sg15, asks(cast.sg13))
        to = first(cast.tsb.act, row)
        make.add(AddresseeQuestion(addressee_id=to.id or 0, group_id=question.id or 0))
        if may:
            answering.note(cast.rapporteur.act, row, to)
        else:
            with pytest.raises(NotAllowed):
                answering.note(cast.rapporteur.act, row, to)


def test_officers_of_the_sender_do_not_act_for_the_addressee(make: Make, cast: Cast) -> None:
    row = statement(make, cast.sg13, asks(cast.sg15))

    with pytest.raises(NotAllowed):
        answering.no_reply_needed(cast.chair.act, row, first(cast.chair.act, row), "No")
    answering.close_waiting(cast.chair.act, row, first(cast.chair.act, row), "Settled at the meeting")

    assert first(cast.chair.act, row).state == State.CLOSED_NO_REPLY


def test_note_closes_unless_an_answer_is_expected(make: Make, cast: Cast) -> None:
    act = cast.chair.act
    told = statement(make, cast.sg15, cast.sg13)
    asked = statement(make, cast.sg15, asks(cast.sg13))

    for row, is_open in ((told, False), (asked, True)):
        to = answering.note(act, row, first(act, row), NoteForm(note="Read out"))
        assert to.state == State.NOTED
        assert rules.is_open(to.state, is_answer_expected=to.is_answer_expected) is is_open
        with pytest.raises(Conflict):
            answering.note(act, row, to)
    with pytest.raises(Invalid):
        answering.note(act, statement(make, cast.sg15, cast.sg13), to, NoteForm(meeting="T25-SG13-990101"))


def test_no_reply_wants_a_reason_and_a_group(make: Make, cast: Cast) -> None:
    act = cast.tsb.act
    asked = statement(make, cast.sg13, asks(body(make, "IETF")), asks(cast.sg15))
    outside, inside = addressees_of(make.session, asked)

    with pytest.raises(Conflict) as refused:
        answering.no_reply_needed(act, asked, outside, "Reason")
    assert refused.value.rule is table.FOR_GROUP
    with pytest.raises(Invalid) as missing:
        answering.no_reply_needed(act, asked, inside, "  ")
    assert (missing.value.rule, missing.value.field) == (rules.REASON, "reason")
    answering.no_reply_needed(act, asked, inside, " Answered by word of mouth ")
    assert (inside.state, inside.closed_reason) == (State.NO_REPLY_NEEDED, "Answered by word of mouth")


def test_owner_must_be_able_to_read(make: Make, cast: Cast) -> None:
    cast.summon("outsider", "delegate_associate")
    act = cast.tsb.act
    row = statement(make, cast.sg13, asks(cast.sg15))
    to = first(act, row)

    for who in ("otto-fence", "alba-single"):
        with pytest.raises(Invalid) as refused:
            answering.assign(act, row, to, OwnerForm(person=who))
        assert refused.value.rule is table.OWNER
    with pytest.raises(NotFound):
        answering.assign(act, row, to, OwnerForm(person="nobody-here"))

    answering.assign(act, row, to, OwnerForm(person=cast.delegate_member.person.email or ""))
    assert to.owner_id == cast.delegate_member.person.id
    answering.assign(act, row, to, OwnerForm())
    assert to.owner_id is None
    assert verbs(make) == ["liaison.assigned", "liaison.unassigned"]


def test_forward_for_an_answer_passes_the_debt(make: Make, cast: Cast) -> None:
    act = cast.chair.act
    cast.summon("sg15")
    row = statement(make, make.group("T/SG17"), asks(cast.sg13, DUE))
    form = ForwardForm.model_validate(
        {"to": [{"name": "T/SG15", "purpose": "action", "deadline": DUE}], "note": "Yours"}
    )

    (new,) = answering.forward(act, row, first(act, row), form)

    old = first(act, row)
    assert (old.state, old.is_answer_expected) == (State.FORWARDED, False)
    assert (new.group_id, new.state, new.is_answer_expected, new.deadline, new.audience) == (
        cast.sg15.id, State.RECEIVED, True, DUE, "T/SG15",
    )  # fmt: skip
    assert not rules.is_open(old.state, is_answer_expected=old.is_answer_expected)


def test_forward_for_information_leaves_the_debt(make: Make, cast: Cast) -> None:
    act = cast.chair.act
    cast.summon("sg15")
    row = statement(make, make.group("T/SG17"), asks(cast.sg13, DUE))

    (new,) = answering.forward(act, row, first(act, row), ForwardForm.model_validate({"to": [{"name": "T/SG15"}]}))

    old = first(act, row)
    assert (old.state, old.is_answer_expected) == (State.FORWARDED, True)
    assert rules.is_open(old.state, is_answer_expected=True)
    assert (new.purpose, new.is_answer_expected) == (Purpose.INFORMATION, False)


def test_forward_goes_to_groups_at_work_that_have_it_not_yet(make: Make, cast: Cast) -> None:
    act = cast.chair.act
    old = make.group("T/SG16", ends_on=date(2024, 12, 31))
    make.add(Succession(from_id=old.id or 0, to_id=make.group("T/SG21").id or 0, on=date(2025, 1, 1)))
    body(make, "IETF")
    row = statement(make, make.group("T/SG17"), asks(cast.sg13), cast.sg15)

    for name, rule in (
        ("T/SG16", rules.GROUP_ENDED), ("T/SG15", table.FORWARD_TO), ("IETF", table.FOR_GROUP), ("Nobody", table.FOR_GROUP),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            answering.forward(act, row, first(act, row), ForwardForm.model_validate({"to": [{"name": name}]}))
        assert refused.value.rule is rule, name
        assert refused.value.field == "to.0.name"
    assert len(addressees_of(make.session, row)) == 2
    assert first(act, row).state == State.POSTED


# Waiting


def test_answer_expected_by_hand_opens_again(make: Make, cast: Cast) -> None:
    act = cast.chair.act
    row = statement(make, cast.sg15, asks(cast.sg13))
    to = answering.no_reply_needed(act, row, first(act, row), "A mistake")

    answering.expect_answer(act, row, to, ExpectForm(deadline=DUE))

    assert (to.state, to.is_answer_expected, to.deadline, to.closed_reason) == (State.RECEIVED, True, DUE, "")
    assert to.flagged == "before-meeting"


def test_answer_not_expected_by_hand_wants_a_reason(make: Make, cast: Cast) -> None:
    act = cast.chair.act
    row = statement(make, cast.sg15, asks(cast.sg13))
    to = first(act, row)

    with pytest.raises(Invalid):
        answering.expect_answer(act, row, to, ExpectForm(is_expected=False))
    answering.expect_answer(act, row, to, ExpectForm(is_expected=False, reason="Entered wrongly"))

    assert (to.is_answer_expected, to.state) == (False, State.POSTED)


def test_deadline_in_the_past_is_refused(make: Make, cast: Cast) -> None:
    row = statement(make, cast.sg15, asks(cast.sg13))

    with pytest.raises(Invalid) as refused:
        answering.expect_answer(cast.chair.act, row, first(cast.chair.act, row), ExpectForm(deadline=date(2026, 3, 1)))
    assert refused.value.rule is rules.DEADLINE


def test_nobody_waits_for_what_came_from_outside(make: Make, cast: Cast) -> None:
    row = statement(make, body(make, "IETF"), asks(cast.sg13))

    with pytest.raises(Conflict) as refused:
        answering.close_waiting(cast.tsb.act, row, first(cast.tsb.act, row), "No")
    assert refused.value.rule is table.NOT_WAITING


def test_second_of_two_who_act_at_once_is_told(make: Make, cast: Cast) -> None:
    """Somebody else noted it after the row was read here."""
    act = cast.tsb.act
    row = statement(make, cast.sg15, asks(cast.sg13))
    to = first(act, row)
    meanwhile = update(Addressee).where(col(Addressee.id) == to.id).values(state=State.NOTED)
    make.session.execute(meanwhile.execution_options(synchronize_session=False))

    with pytest.raises(Conflict) as refused:
        answering.no_reply_needed(act, row, to, "Too late")

    assert refused.value.rule is CHANGED
    assert to.state == State.NOTED


def test_entry_is_for_the_readers_of_the_addressee(make: Make, cast: Cast) -> None:
    act = cast.tsb.act
    ietf = body(make, "IETF")
    row = statement(make, cast.sg13, asks(cast.sg15), asks(ietf))
    inside, outside = addressees_of(make.session, row)

    answering.assign(act, row, inside, OwnerForm(person="tessa-ledger"))
    answering.close_waiting(act, row, outside, "Settled")

    told = [(e.verb, e.audience, e.group_id) for e in all_rows(make.session, Entry) if e.subject_kind == "statement"]
    assert told == [
        ("liaison.assigned", "T/SG15", cast.sg15.id), ("liaison.waiting-closed", "T/SG13", cast.sg13.id),
    ]  # fmt: skip
    assert all("Tessa" not in str(e.facts) for e in all_rows(make.session, Entry))
