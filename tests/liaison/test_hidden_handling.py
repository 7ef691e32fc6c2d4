"""How one addressed group deals with a statement is not for the readers of another: Questions, agenda."""

import pytest

from sgdocs.liaison.actions.replying import draft_reply
from sgdocs.liaison.listing import StatementFilter, listing
from sgdocs.liaison.models import Relation
from sgdocs.liaison.records import relations_of
from sgdocs.liaison.threads import thread_of
from sgdocs.people.rules import Category
from sgdocs.policy import Role
from tests.cast import Cast, Player
from tests.documents.desk import meeting
from tests.liaison.desk import body, received, to
from tests.make import Make


@pytest.fixture
def other(cast: Cast, make: Make) -> Player:
    """An Associate that takes part in SG15 alone."""
    entity = make.organisation(Category.ASSOCIATE, name="Optics Apart", member_of=(cast.sg15.path,))
    person = make.person("Stella Lens", organisation=entity)
    make.appointment(person, Role.DELEGATE)
    return Player(person, make.actor(person), make)


def test_form_of_a_reply_tells_no_questions_of_another_group(cast: Cast, make: Make, other: Player) -> None:
    cast.summon("q2")
    statement = received(cast.tsb.act, to=[{"name": "SG13", "questions": ["Q2/13"]}, "SG15"])
    theirs = to(make.act, statement)

    assert draft_reply(other.act, statement, theirs).senders[0].questions == []
    assert draft_reply(cast.chair.act, statement, theirs).senders[0].questions == [cast.q2.path]


def test_filter_by_meeting_tells_no_agenda_of_another_group(cast: Cast, make: Make, other: Player) -> None:
    sat = meeting(make)
    statement = received(cast.tsb.act, to=["SG13", "SG15"])
    assert to(make.act, statement).meeting_id == sat.id

    asked = StatementFilter(meeting_id=sat.id)

    assert [row.id for row in listing(cast.chair.act, asked).rows] == [statement.id]
    assert listing(other.act, asked).rows == []
    assert [row.id for row in listing(other.act).rows] == [statement.id]


def test_what_crosses_a_statement_is_not_named_to_who_may_not_read_it(cast: Cast, make: Make, other: Player) -> None:
    cast.summon("sg13", "sg15")
    body(make, "3GPP SA2")
    theirs = received(cast.tsb.act, to=["SG15"], number="S2-2609999")
    hidden = received(cast.tsb.act, to=["SG13"], number="S2-2601111")
    make.add(
        Relation(statement_id=theirs.id or 0, kind="crosses", words=hidden.label, other_id=hidden.id, at=make.act.now)
    )

    assert [row.words for row in relations_of(cast.chair.act, theirs)] == [hidden.label]
    assert relations_of(other.act, theirs) == []
    (node,) = list(thread_of(other.act, theirs))
    assert (node.row.id, node.loose) == (theirs.id, [])
