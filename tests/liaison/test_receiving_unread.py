"""Statements that an officer may not read: neither their number nor an answer to them opens or closes anything."""

import pytest
from sqlmodel import func, select

from sgdocs.base.errors import NotAllowed
from sgdocs.liaison import queries
from sgdocs.liaison.models import Statement
from sgdocs.liaison.rules import State
from sgdocs.people.rules import Category
from sgdocs.policy import Role
from tests.cast import Cast, Player
from tests.documents.desk import upload
from tests.liaison import outbox
from tests.liaison.desk import body, received, to
from tests.make import Make, all_rows

NUMBER = "S2-2601234"


@pytest.fixture
def stranger(cast: Cast, make: Make) -> Player:
    """The chair of SG15, of an Associate that takes part there alone."""
    entity = make.organisation(Category.ASSOCIATE, name="Optics Apart", member_of=(cast.sg15.path,))
    person = make.person("Stella Lens", organisation=entity)
    make.appointment(person, Role.SG_CHAIR, cast.sg15)
    return Player(person, make.actor(person), make)


def test_number_alone_opens_no_statement(cast: Cast, make: Make, stranger: Player) -> None:
    cast.summon("sg13")
    body(make, "3GPP SA2")
    letter = upload()
    held = received(cast.tsb.act, "LS on slices", letter, number=NUMBER, to=["SG13"], body="For SG13 alone.")

    other = received(stranger.act, "LS on slices", number=NUMBER, to=["SG15"])

    assert other.id != held.id
    assert queries.find(stranger.act, NUMBER) == other
    assert len(queries.addressees_of(make.act.session, held)) == 1


def test_who_has_the_letter_joins_it(cast: Cast, make: Make, stranger: Player) -> None:
    cast.summon("sg13")
    body(make, "3GPP SA2")
    letter = upload()
    held = received(cast.tsb.act, "LS on slices", letter, number=NUMBER, to=["SG13"])

    joined = received(stranger.act, "LS on slices", letter, number=NUMBER, to=["SG15"])

    assert joined.id == held.id
    assert len(all_rows(make.act.session, Statement)) == 1


def test_nobody_answers_for_another_group_by_what_they_receive(cast: Cast, make: Make, stranger: Player) -> None:
    """SG13 owes SG15's neighbour an answer; an officer of SG15 says that one came from SG13."""
    cast.summon("sg13")
    body(make, "3GPP SA2")
    asked = received(cast.tsb.act, to=[{"name": "SG13", "purpose": "action", "deadline": "2026-06-01"}], number=NUMBER)

    with pytest.raises(NotAllowed) as caught:
        received(stranger.act, "Reply LS on slices", source=["ITU-T SG13"], to=["SG15"], reply_to=[NUMBER])

    assert (caught.value.rule.id, caught.value.field) == ("liaison.not-in-their-name", "senders.0.name")
    assert make.session.exec(select(func.count()).select_from(Statement)).one() == 1
    make.act.session.refresh(to(make.act, asked))
    assert to(make.act, asked).state == State.POSTED


@pytest.mark.parametrize("who", ["3GPP SA2 and ITU-T SG13", "SG13", "T/SG13", "Q2/13"])
def test_officer_says_nothing_in_the_name_of_another_group_in_any_spelling(
    cast: Cast, make: Make, stranger: Player, who: str
) -> None:
    cast.summon("sg13", "q2")
    body(make, "3GPP SA2")
    names = ["3GPP SA2", "ITU-T SG13"] if " and " in who else [who]

    with pytest.raises(NotAllowed):
        received(stranger.act, "LS on slices", source=names, to=["SG15"])

    both = received(cast.tsb.act, "LS on slices", source=names, to=["SG15"])
    assert len(queries.senders_of(make.session, both)) == len(names), "the secretariat may"


def test_answer_of_a_body_still_closes_what_we_wait_for(cast: Cast, make: Make, stranger: Player) -> None:
    outbox.partner(make)
    asked = outbox.sent(cast, addressees=[{"name": "3GPP SA2", "purpose": "action", "deadline": "2026-06-01"}])

    received(stranger.act, "Reply LS on slices", source=["3GPP SA2"], to=["SG15"], reply_to=[asked.label])

    assert to(make.act, asked).state == State.REPLIED
