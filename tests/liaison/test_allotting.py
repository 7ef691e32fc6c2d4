"""A statement is allotted to Questions of the group it came to, and its document with it."""

import pytest
from sqlmodel import select

from sgdocs.base.actor import Actor
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, Refused
from sgdocs.documents.actions.allocation import allot as allot_papers
from sgdocs.documents.models import Document
from sgdocs.documents.queries import questions_of
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries
from sgdocs.liaison.actions.allotting import allot, allot_by_name
from sgdocs.liaison.rules import State
from sgdocs.meetings.models import MeetingGroup
from tests.cast import Cast
from tests.documents.desk import meeting
from tests.liaison.desk import received, to
from tests.liaison.test_receiving import agenda, places
from tests.make import Make


def refused(kind: type[Refused], verb: object, *args: object) -> str:
    with pytest.raises(kind) as caught:
        verb(*args)  # type: ignore[operator]
    return caught.value.rule.id


def test_chair_gives_a_statement_to_questions_and_its_document_goes_with_the_first(cast: Cast, make: Make) -> None:
    sg13, q6 = meeting(make), make.group("T/SG13/T25/Q6", working_party=cast.wp1)
    for group in (cast.q2, q6):
        make.add(MeetingGroup(meeting_id=sg13.id or 0, group_id=group.id or 0))
    items = {g.code: agenda(make, sg13, g, "incoming") for g in (cast.sg13, cast.q2, q6)}
    statement = received(cast.tsb.act, to=[{"name": "SG13", "questions": ["Q2/13"]}])
    row = to(cast.tsb.act, statement)

    act = cast.chair.act
    allot(act, statement, row, [q6.id or 0, cast.q2.id or 0])

    document = act.session.get_one(Document, row.document_id)
    assert row.state == State.ALLOTTED
    assert [q.label for q in queries.questions_of(act.session, [row])[row.id or 0]] == ["Q2/13", "Q6/13"]
    assert [q.label for q in questions_of(act.session, document)] == ["Q6/13", "Q2/13"]
    allot_papers(make.act_as(Actor.clock()), sg13)
    assert places(act, row) == sorted(items[code].id or 0 for code in ("Q2", "Q6"))


def test_no_question_means_all_of_them_and_the_plenary_takes_it(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    make.add(MeetingGroup(meeting_id=sg13.id or 0, group_id=cast.q2.id or 0))
    items = [agenda(make, sg13, group, "incoming") for group in (cast.sg13, cast.q2)]
    statement = received(cast.tsb.act, to=[{"name": "SG13", "questions": ["Q2/13"]}])
    row = to(cast.tsb.act, statement)

    allot_by_name(cast.chair.act, statement, row, ["ALL/13"])

    assert queries.questions_of(make.session, [row]) == {}
    allot_papers(make.act_as(Actor.clock()), sg13)
    assert places(cast.chair.act, row) == [items[0].id]


def test_question_of_another_group_is_refused(cast: Cast, make: Make) -> None:
    cast.summon("sg13", "q2")
    other = make.group("T/SG15/T25/Q2")
    statement = received(cast.tsb.act)
    row = to(cast.tsb.act, statement)

    assert refused(Invalid, allot, cast.chair.act, statement, row, [other.id]) == "liaison.not-its-question"
    assert refused(Invalid, allot_by_name, cast.chair.act, statement, row, ["Q99/13"]) == "base.field"
    assert row.state == State.POSTED


@pytest.mark.parametrize("player", ["delegate_state", "delegate_member", "editor", "guest", "outsider"])
def test_who_does_not_lead_the_group_allots_nothing(cast: Cast, make: Make, player: str) -> None:
    cast.summon("q2")
    statement = received(cast.tsb.act)

    act = getattr(cast, player).act
    assert refused(NotAllowed, allot, act, statement, to(act, statement), [cast.q2.id]) == "policy.not-permitted"


def test_closed_statement_is_allotted_no_more(cast: Cast, make: Make) -> None:
    cast.summon("q2")
    statement = received(cast.tsb.act)
    row = to(cast.tsb.act, statement)
    row.state = State.REPLIED

    assert refused(Conflict, allot, cast.chair.act, statement, row, [cast.q2.id]) == "liaison.addressee-state"


def test_allotment_is_told_with_what_was_before(cast: Cast, make: Make) -> None:
    cast.summon("q2")
    statement = received(cast.tsb.act)

    allot(cast.chair.act, statement, to(cast.tsb.act, statement), [cast.q2.id or 0])

    [entry] = make.session.exec(select(Entry).where(Entry.verb == "liaison.allotted"))
    assert (entry.facts["before"], entry.facts["questions"], entry.audience) == ("ALL", "Q2/13", "T/SG13")
