"""Requests for an account: asked by anybody, decided by the entity or the secretariat, once."""

import pytest
from sqlmodel import col, select

from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.base.settings import Settings
from sgdocs.mail.models import Letter
from sgdocs.people import actions as people
from sgdocs.people.accounts import AccountRequest
from sgdocs.people.models import Person
from sgdocs.people.queries import account_of, by_email, request_to_decide, waiting_for
from sgdocs.people.schemas import DecisionForm, RequestForm
from tests.cast import Cast
from tests.make import Make


def asked(make: Make, settings: Settings, *, entity: str, email: str = "nora@new.test") -> AccountRequest:
    form = RequestForm(name="Nora New", email=email, organisation=entity, language="fr")
    return people.request_account(make.act, form, settings)


def test_request_waits_for_the_focal_point_of_its_entity(cast: Cast, make: Make, settings: Settings) -> None:
    asked(make, settings, entity=cast.company.name.upper())
    asked(make, settings, entity=cast.state.name, email="other@new.test")

    seen = {
        name: [each.request.email for each in waiting_for(player.act)]
        for name, player in cast.every().items()
        if waiting_for(player.act)
    }

    both = ["nora@new.test", "other@new.test"]
    assert seen == {"tsb": both, "br": both, "admin": both, "focal_point": ["nora@new.test"]}


def test_focal_point_confirms_and_the_person_is_invited(cast: Cast, make: Make, settings: Settings) -> None:
    row = asked(make, settings, entity=cast.company.name)

    person = people.confirm_request(cast.focal_point.act, row, DecisionForm(), settings)

    assert (person.name, person.email, person.language) == ("Nora New", "nora@new.test", "fr")
    assert person.organisation_id == cast.company.id
    assert account_of(make.session, person.id or 0) is not None
    assert (row.state, row.decided_by, row.person_id) == ("confirmed", cast.focal_point.person.id, person.id)
    kinds = make.session.exec(select(Letter.kind).order_by(col(Letter.id))).all()
    assert kinds == ["people.received", "people.invitation"]
    assert waiting_for(cast.tsb.act) == []


def test_request_for_another_entity_is_not_found(cast: Cast, make: Make, settings: Settings) -> None:
    row = asked(make, settings, entity=cast.state.name)

    for player in (cast.focal_point, cast.delegate_state, cast.outsider):
        with pytest.raises(NotFound):
            request_to_decide(player.act, row.id or 0)
        with pytest.raises(NotAllowed):
            people.confirm_request(player.act, row, DecisionForm(), settings)
        with pytest.raises(NotAllowed):
            people.refuse_request(player.act, row, DecisionForm(reason="no"), settings)
    assert by_email(make.session, row.email) is None


def test_focal_point_cannot_move_a_request_to_another_entity(cast: Cast, make: Make, settings: Settings) -> None:
    row = asked(make, settings, entity=cast.company.name)

    person = people.confirm_request(cast.focal_point.act, row, DecisionForm(organisation=cast.state.name), settings)

    assert person.organisation_id == cast.company.id


def test_secretariat_names_the_entity_of_a_request(cast: Cast, make: Make, settings: Settings) -> None:
    row = asked(make, settings, entity="Some Firm Nobody Knows")

    with pytest.raises(Invalid) as refused:
        people.confirm_request(cast.tsb.act, row, DecisionForm(), settings)
    person = people.confirm_request(cast.tsb.act, row, DecisionForm(organisation=cast.company.name), settings)

    assert refused.value.field == "organisation"
    assert person.organisation_id == cast.company.id


def test_request_is_decided_once(cast: Cast, make: Make, settings: Settings) -> None:
    row = asked(make, settings, entity=cast.company.name)
    people.refuse_request(cast.focal_point.act, row, DecisionForm(reason="Unknown here."), settings)

    with pytest.raises(Conflict):
        people.confirm_request(cast.tsb.act, row, DecisionForm(), settings)

    letter = make.session.exec(select(Letter).where(Letter.kind == "people.refused")).one()
    assert "Unknown here." in letter.text
    assert by_email(make.session, row.email) is None


def test_refusal_needs_a_reason(cast: Cast, make: Make, settings: Settings) -> None:
    row = asked(make, settings, entity=cast.company.name)

    with pytest.raises(Invalid) as refused:
        people.refuse_request(cast.focal_point.act, row, DecisionForm(), settings)

    assert refused.value.field == "reason"


def test_request_of_somebody_with_an_account_tells_them_alone(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.delegate_member.person)

    row = asked(make, settings, entity=cast.company.name, email=(cast.delegate_member.person.email or "").upper())

    assert waiting_for(cast.focal_point.act) == []
    assert row.state == "refused"
    assert make.session.exec(select(Letter.kind)).one() == "people.known"


def test_person_of_another_entity_is_not_taken_over(cast: Cast, make: Make, settings: Settings) -> None:
    person = cast.delegate_state.person
    row = asked(make, settings, entity=cast.company.name, email=person.email or "")

    with pytest.raises(Conflict) as refused:
        people.confirm_request(cast.focal_point.act, row, DecisionForm(), settings)

    assert refused.value.rule.id == "people.other-entity"
    assert make.session.get_one(Person, person.id).organisation_id == cast.state.id


def test_person_who_left_comes_back_under_a_new_entity(cast: Cast, make: Make, settings: Settings) -> None:
    person = cast.delegate_state.person
    make.account(person)
    people.leave(cast.tsb.act, person)
    row = asked(make, settings, entity=cast.company.name, email=person.email or "")

    back = people.confirm_request(cast.focal_point.act, row, DecisionForm(), settings)

    account = account_of(make.session, person.id or 0)
    assert back.id == person.id
    assert (back.left_at, back.organisation_id) == (None, cast.company.id)
    assert account is not None
    assert (account.ended_at, account.password_hash) == (None, None)
