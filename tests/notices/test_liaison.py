"""Notices of liaison statements: who hears of what comes in and goes out, and nobody of what they may not read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.groups.models import Appointment
from sgdocs.journal.models import Entry
from sgdocs.liaison.actions import approving, considering, drafting
from sgdocs.liaison.actions.contacts import appoint_officer
from sgdocs.liaison.actions.withdrawing import withdraw
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.body_schemas import OfficerForm
from sgdocs.liaison.models import Statement
from sgdocs.liaison.queries import senders_of
from sgdocs.liaison.reminding import remind
from sgdocs.liaison.rules import Level
from sgdocs.liaison.schemas import DraftForm, OwnerForm
from sgdocs.policy import Role
from tests.cast import Cast, Player
from tests.liaison import outbox
from tests.liaison.desk import body, received, to
from tests.liaison.register import asks, statement
from tests.make import Make
from tests.notices.stories import follow, shown, told

Work = Callable[[], None]
pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def sa2(make: Make, cast: Cast) -> Body:
    cast.summon("sg13", "sg15", "q2", "chair", "rapporteur", "counsellor", "tsb", "delegate_state", "delegate_member")
    return body(make)


def came(make: Make, cast: Cast, **facts: Any) -> Statement:
    row = received(cast.tsb.act, "LS on slices", **facts)
    make.session.commit()
    return row


def draft(cast: Cast, *, title: str = "LS on our slices") -> Statement:
    form = {
        "senders": [{"name": "T/SG13", "questions": ["Q2/13"]}],
        "addressees": [{"name": "3GPP SA2", "purpose": "action", "deadline": "2026-12-01"}],
        "title": title,
        "contacts": [{"name": "Clara Gavel", "email": "clara@example.org"}],
    }
    return drafting.draft(cast.rapporteur.act, DraftForm.model_validate(form))


def test_what_came_is_told_to_those_who_lead_the_addressed_group(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    came(make, cast)
    work()

    filed = told(database, "liaison.filed")
    assert filed[cast.chair.person.name] == ("liaison", "chair")
    assert cast.delegate_member.person.name not in filed
    (notice,) = [each for each in shown(database, cast.chair) if each.topic == "liaison"]
    assert notice.says.startswith("For ITU-T SG13: ")
    assert notice.says.endswith(", slices")


def test_rapporteur_hears_of_what_is_for_the_question(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    came(make, cast, to=({"name": "T/SG13", "questions": ["Q2/13"]},))
    work()

    assert told(database, "liaison.filed")[cast.rapporteur.person.name] == ("liaison", "rapporteur")


def test_officer_between_the_two_sides_hears_of_it(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    form = {"direction": "ours", "group": "T/SG13", "body": sa2.name, "starts_on": "2025-01-01"}
    told_ = form | {"person": cast.delegate_member.person.slug}
    appoint_officer(cast.tsb.act, OfficerForm.model_validate(told_))
    came(make, cast)
    work()

    assert told(database, "liaison.filed")[cast.delegate_member.person.name] == ("liaison", "liaison-officers")


def test_officer_whose_term_is_over_hears_nothing(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    form = {
        "direction": "ours",
        "group": "T/SG13",
        "body": sa2.name,
        "starts_on": "2025-01-01",
        "ends_on": "2026-03-01",
    }
    appoint_officer(cast.tsb.act, OfficerForm.model_validate(form | {"person": cast.delegate_member.person.slug}))
    came(make, cast)
    work()

    assert cast.delegate_member.person.name not in told(database, "liaison.filed")


def test_followers_of_a_body_hear_as_far_as_they_may_read(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    for player in (cast.delegate_member, cast.outsider):
        follow(player, f"body:{sa2.id}", "liaison")
    make.session.commit()
    came(make, cast)
    work()

    names = told(database, "liaison.filed")
    assert names[cast.delegate_member.person.name] == ("liaison", "follows")
    assert cast.outsider.person.name not in told(database)


def test_notice_goes_when_the_statement_may_not_be_read_any_more(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    follow(cast.delegate_member, f"group:{cast.sg13.id}", "liaison")
    row = came(make, cast)
    work()
    assert [each.topic for each in shown(database, cast.delegate_member)].count("liaison") >= 1

    row.audience = to(make.act, row).audience = "secretariat"
    make.session.commit()

    assert [each for each in shown(database, cast.delegate_member) if each.topic == "liaison"] == []


def test_task_of_an_answer_is_told_to_who_has_it(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    row = came(make, cast, to=({"name": "T/SG13", "purpose": "action"},))
    considering.assign(cast.chair.act, row, to(make.act, row), OwnerForm(person=cast.rapporteur.person.slug))
    make.session.commit()
    work()

    assert told(database, "liaison.assigned") == {cast.rapporteur.person.name: ("tasks", "owner")}


def test_approval_is_asked_of_all_who_can_give_it(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    row = draft(cast)
    approving.agree(cast.rapporteur.act, row, senders_of(make.session, row)[0], Level.CHAIR, None)
    make.session.commit()
    work()

    assert told(database, "liaison.agreed") == {cast.chair.person.name: ("tasks", "approvers")}
    assert "liaison.drafted" not in told(database)


def test_secretariat_has_the_task_when_nobody_can_approve(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    held = make.session.exec(_appointments(cast.chair)).all()
    for each in held:
        each.ends_on = date(2026, 1, 1)
    make.session.commit()
    row = draft(cast)
    approving.agree(cast.rapporteur.act, row, senders_of(make.session, row)[0], Level.CHAIR, None)
    make.session.commit()
    work()

    assert told(database, "liaison.agreed") == {cast.tsb.person.name: ("tasks", "approvers")}


def test_who_sends_hears_that_it_is_approved(make: Make, cast: Cast, database: Database, sa2: Body, work: Work) -> None:
    row = draft(cast)
    (sender,) = senders_of(make.session, row)
    approving.agree(cast.rapporteur.act, row, sender, Level.CHAIR, None)
    approving.approve(cast.chair.act, row, sender)
    make.session.commit()
    work()

    assert told(database, "liaison.approved") == {cast.counsellor.person.name: ("tasks", "sending-office")}
    assert told(database, "liaison.agreed") == {}


def _appointments(player: Player) -> Any:
    return select(Appointment).where(Appointment.person_id == player.person.id, Appointment.role == Role.SG_CHAIR)


def test_overdue_answer_is_told_to_those_who_owe_it(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    row = came(make, cast, to=({"name": "T/SG13", "purpose": "action", "questions": ["Q2/13"]},))
    to(make.act, row).deadline = date(2026, 3, 1)
    make.session.commit()
    remind(make.act_as(Actor.clock()))
    make.session.commit()
    work()

    told_ = told(database, "liaison.overdue")
    assert told_[cast.rapporteur.person.name] == ("tasks", "rapporteur")
    assert told_[cast.chair.person.name] == ("tasks", "chair")
    assert cast.delegate_member.person.name not in told_


def test_overdue_answer_is_told_to_those_who_wait_for_it(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    """Chairs of two groups, one by one: who owes hears that it owes, who waits hears that it waits."""
    make.appointment(make.person("Sylvie Wait", organisation=cast.state), Role.SG_CHAIR, cast.sg15)
    row = statement(make, cast.sg15, asks(cast.sg13, date(2026, 3, 1)))
    statement(make, sa2, asks(cast.sg13, date(2026, 3, 1)))
    make.session.commit()
    remind(make.act_as(Actor.clock()))
    make.session.commit()
    work()

    assert told(database, "liaison.overdue") == {cast.chair.person.name: ("tasks", "chair")}
    assert told(database, "liaison.answer-overdue") == {"Sylvie Wait": ("tasks", "chair")}
    entry = make.session.exec(select(Entry).where(Entry.verb == "liaison.answer-overdue")).one()
    assert (entry.subject_id, entry.group_id, entry.audience) == (row.id, cast.sg15.id, row.audience)


def test_both_sides_hear_of_what_was_sent_and_withdrawn(
    make: Make, cast: Cast, database: Database, sa2: Body, work: Work
) -> None:
    follow(cast.delegate_member, f"group:{cast.sg15.id}", "liaison")
    row = outbox.sent(cast)
    withdraw(cast.tsb.act, row, "Sent twice")
    make.session.commit()
    work()

    assert told(database, "liaison.sent")[cast.chair.person.name] == ("liaison", "chair")
    assert told(database, "liaison.filed")[cast.delegate_member.person.name] == ("liaison", "follows")
    withdrawn = told(database, "liaison.withdrawn")
    assert withdrawn[cast.delegate_member.person.name] == ("liaison", "follows")
    assert withdrawn[cast.rapporteur.person.name] == ("liaison", "owner")
