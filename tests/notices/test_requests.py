"""A request for an account reaches those who decide it, once each, in their language."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import col, select, update

from sgdocs.base.actor import Actor
from sgdocs.base.settings import Settings
from sgdocs.journal.models import OPEN, Delivery
from sgdocs.mail.models import Letter
from sgdocs.notices import requests
from sgdocs.people import actions as people
from sgdocs.people.accounts import AccountRequest
from sgdocs.people.schemas import DecisionForm, RequestForm
from sgdocs.policy import Role
from tests.cast import Cast
from tests.make import Make

Work = Callable[[], None]


def asked(make: Make, settings: Settings, *, entity: str, email: str = "nora@new.test") -> AccountRequest:
    form = RequestForm(name="Nora {site} New", email=email, organisation=entity, note="please\n\nhttps://lure.test")
    return people.request_account(make.act, form, settings)


def told(make: Make) -> list[str]:
    """To whom the letter of a waiting request was written."""
    found = select(Letter.to_address).where(Letter.kind == "people.waiting")
    return list(make.session.exec(found.order_by(col(Letter.to_address))))


def test_every_focal_point_of_the_entity_is_told(cast: Cast, make: Make, settings: Settings, work: Work) -> None:
    cast.summon("focal_point", "tsb", "delegate_member", "delegate_state")
    second = make.person("Fanny Relay", organisation=cast.company, language="fr")
    make.appointment(second, Role.FOCAL_POINT)
    of_others = make.person("Other Relay", organisation=cast.state)
    make.appointment(of_others, Role.FOCAL_POINT)
    asked(make, settings, entity=cast.company.name)
    make.session.commit()

    work()

    assert told(make) == ["fannyrelay@example.test", cast.focal_point.person.email]
    letter = make.session.exec(select(Letter).where(Letter.to_address == cast.focal_point.person.email)).one()
    assert f"{settings.public_url}/my/requests" in letter.text
    assert "Nora {site} New (nora@new.test) asks for an account for Imaginary Networks" in letter.text
    assert "lure" not in letter.text
    assert letter.reason == "You get this because you confirm accounts, as focal point or for the secretariat."
    french = make.session.exec(select(Letter).where(Letter.person_id == second.id)).one()
    assert french.subject == "Une demande de compte vous attend"


@pytest.mark.parametrize("entity", ["Imaginary Networks", "Nobody Knows Ltd"])
def test_secretariat_is_told_where_there_is_no_focal_point(
    cast: Cast, make: Make, settings: Settings, work: Work, entity: str
) -> None:
    cast.summon("tsb", "br", "delegate_member", "counsellor")
    past = make.person("Paula Past", organisation=cast.company)
    make.appointment(past, Role.FOCAL_POINT, ends_on=date(2025, 6, 30))
    gone = make.person("Greta Gone", organisation=cast.company, left_at=make.act.now)
    make.appointment(gone, Role.FOCAL_POINT)
    asked(make, settings, entity=entity)
    make.session.commit()

    work()

    assert told(make) == [cast.br.person.email, cast.tsb.person.email]


def test_request_that_is_heard_twice_is_told_once(cast: Cast, make: Make, settings: Settings, work: Work) -> None:
    cast.summon("focal_point")
    asked(make, settings, entity=cast.company.name)
    make.session.commit()
    work()
    again = update(Delivery).where(col(Delivery.listener) == requests.LISTENER).values(state=OPEN, due_at=make.act.now)
    assert make.session.exec(again).rowcount == 1
    make.session.commit()

    work()

    assert told(make) == [cast.focal_point.person.email]
    assert make.session.exec(select(Delivery.attempts).where(Delivery.listener == requests.LISTENER)).all() == [2]


def test_request_that_does_not_wait_is_told_to_nobody(cast: Cast, make: Make, settings: Settings, work: Work) -> None:
    cast.summon("focal_point", "tsb")
    make.account(cast.delegate_member.person)
    asked(make, settings, entity=cast.company.name, email=cast.delegate_member.person.email or "")
    decided = asked(make, settings, entity=cast.company.name)
    people.refuse_request(cast.focal_point.act, decided, DecisionForm(reason="Unknown."), settings)
    make.session.commit()

    work()

    assert told(make) == []
    heard = make.session.exec(select(Delivery.state).where(Delivery.listener == requests.LISTENER)).all()
    assert heard == ["done", "done"]


def test_other_entries_on_accounts_reach_no_listener(cast: Cast, make: Make, work: Work) -> None:
    make.account(cast.delegate_member.person)
    people.set_password(make.act_as(Actor.operator()), cast.delegate_member.person, "a-phrase-of-the-test")
    make.session.commit()

    work()

    assert make.session.exec(select(Delivery)).all() == []
