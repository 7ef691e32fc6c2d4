"""Organisations and persons: entered, corrected, gone; guests until a day."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, NotAllowed
from sgdocs.base.settings import Settings
from sgdocs.groups.actions import leave_organisation
from sgdocs.groups.models import Appointment
from sgdocs.groups.queries import actor_for
from sgdocs.mail.models import Letter
from sgdocs.people import actions as people
from sgdocs.people.accounts import Account, GuestPass, Identity
from sgdocs.people.directory import PeopleFilter, directory, directory_after
from sgdocs.people.models import Person
from sgdocs.people.queries import (
    by_email,
    live_account,
    person_of_identity,
    person_of_session,
    person_of_token,
)
from sgdocs.people.rules import Category, RequestState, Stage, TokenScope
from sgdocs.people.schemas import (
    DecisionForm,
    GuestForm,
    OrganisationForm,
    PersonForm,
    ProfileForm,
    RequestForm,
    TokenForm,
)
from tests.cast import Cast
from tests.make import Make


def test_organisation_is_entered_once(act: Act) -> None:
    form = OrganisationForm(name="Tin Can Telephony", acronym="TCT", category=Category.SECTOR_MEMBER, country="ch")

    row = people.add_organisation(act, form)

    assert (row.slug, row.country) == ("tct", "CH")
    with pytest.raises(Conflict) as refused:
        people.add_organisation(act, form)
    assert refused.value.rule.id == "base.already-there"
    assert people.add_organisation(act, form.model_copy(update={"name": "Tin Can Two"})).slug == "tct-2"


def test_only_the_office_enters_and_corrects(cast: Cast) -> None:
    form = OrganisationForm(name="Tin Can Telephony", category=Category.SECTOR_MEMBER)
    allowed = []
    for name, player in cast.every().items():
        try:
            people.add_organisation(player.act, form.model_copy(update={"name": f"Entity of {name}"}))
            people.add_person(player.act, PersonForm(name=f"Person of {name}"))
            people.edit_person(player.act, cast.outsider.person, PersonForm(name=f"Named by {name}"))
        except NotAllowed:
            continue
        allowed.append(name)

    assert allowed == ["tsb", "br", "admin"]


def test_address_is_one_persons_whatever_its_case(act: Act) -> None:
    row = people.add_person(act, PersonForm(name="Nora New", email="Nora@New.TEST"))

    assert row.email == "nora@new.test"
    assert by_email(act.session, " NORA@new.test ") == row
    with pytest.raises(Conflict):
        people.add_person(act, PersonForm(name="Somebody Else", email="nora@new.test"))
    assert act.session.get_one(Person, row.id).name == "Nora New"


def test_people_of_one_name_have_addresses_of_their_own(act: Act) -> None:
    slugs = [people.add_person(act, PersonForm(name=name)).slug for name in ("Li Ming", "LI Ming", "李明", "李明")]

    assert slugs == ["li-ming", "li-ming-2", "person", "person-2"]


@pytest.mark.parametrize(
    "email", ["x", "a@b", "a@b.c\nBcc: d@e.f", "two@at@signs.test", "a b@c.test", "<a@b.test>", "a@b.test,c@d.test"]
)
def test_strange_address_is_refused(email: str) -> None:
    with pytest.raises(ValueError, match="email"):
        PersonForm(name="Nora New", email=email)


def test_profile_is_changed_by_its_owner_alone(cast: Cast) -> None:
    form = ProfileForm(name="Edwina Blotter", language="fr", languages=["fr", "en"], phone="+41 22 000 00 00")

    for player in (cast.tsb, cast.focal_point, cast.chair):
        with pytest.raises(NotAllowed):
            people.edit_profile(player.act, cast.editor.person, form)
    row = people.edit_profile(cast.editor.act, cast.editor.person, form)

    assert (row.name, row.sort_name, row.languages) == ("Edwina Blotter", "blotter edwina", ["fr", "en"])


def test_leaving_ends_everything_at_once(cast: Cast, make: Make, settings: Settings) -> None:
    person = cast.rapporteur.person
    make.account(person)
    cookie = people.open_session(make.act, person, settings, stage=Stage.FULL, browser=people.Browser())
    form = TokenForm(name="Script", scopes=[TokenScope.READ], expires_on=date(2026, 5, 1))
    _, token = people.make_token(cast.rapporteur.act, person, form, settings)
    make.guest_pass(person, "T/SG15")
    assert person_of_session(make.session, cookie, make.act.now) == person
    assert person_of_token(make.session, token, make.act.now) is not None

    leave_organisation(cast.focal_point.act, person, reason="New job")

    assert person_of_session(make.session, cookie, make.act.now) is None
    assert person_of_token(make.session, token, make.act.now) is None
    assert live_account(make.session, person.email or "", make.act.now) is None
    left = actor_for(make.session, person, make.act.now)
    assert (left.groups, left.appointments) == (frozenset(), ())
    ends = make.session.exec(select(Appointment.ends_on).where(Appointment.person_id == person.id)).all()
    assert all(day is not None and day < geneva_day(make.act.now) for day in ends)


def test_only_the_own_focal_point_or_the_office_lets_go(cast: Cast) -> None:
    for player in (cast.focal_point, cast.delegate_state, cast.chair, cast.outsider):
        with pytest.raises(NotAllowed):
            leave_organisation(player.act, cast.delegate_state.person)

    leave_organisation(cast.tsb.act, cast.delegate_state.person)

    assert cast.delegate_state.person.left_at is not None


def guest_form(place: str = "T/SG13", ends_on: date = date(2026, 6, 30)) -> GuestForm:
    return GuestForm(name="Greta Guest", email="greta@elsewhere.test", place=place, ends_on=ends_on)


def test_guest_is_entered_invited_and_reads_one_place_until_a_day(cast: Cast, make: Make, settings: Settings) -> None:
    cast.sg15, cast.sg13  # noqa: B018 the groups are made

    people.admit_guest(cast.counsellor.act, guest_form(), settings)

    person = by_email(make.session, "greta@elsewhere.test")
    assert person is not None
    assert actor_for(make.session, person, make.act.now).groups == frozenset({"T/SG13"})
    last, after = make.act.now.replace(month=6, day=30), make.act.now.replace(month=7, day=1)
    assert actor_for(make.session, person, last).groups == frozenset({"T/SG13"})
    assert actor_for(make.session, person, after).groups == frozenset()
    assert live_account(make.session, "greta@elsewhere.test", last) is not None
    assert live_account(make.session, "greta@elsewhere.test", after) is None


def test_guest_with_two_passes_stays_until_the_later(cast: Cast, make: Make, settings: Settings) -> None:
    people.admit_guest(cast.tsb.act, guest_form(ends_on=date(2026, 9, 1)), settings)
    people.admit_guest(cast.tsb.act, guest_form("meeting:T25-X", date(2026, 4, 1)), settings)

    assert make.session.exec(select(Account.ends_on)).one() == date(2026, 9, 1)
    assert len(make.session.exec(select(GuestPass)).all()) == 2


def test_member_who_is_a_guest_elsewhere_keeps_the_account(cast: Cast, make: Make, settings: Settings) -> None:
    account = make.account(cast.delegate_associate.person)
    form = guest_form().model_copy(update={"email": cast.delegate_associate.person.email})

    row = people.admit_guest(cast.tsb.act, form, settings)
    people.end_guest(cast.tsb.act, row.id or 0)

    assert (account.ends_on, account.ended_at) == (None, None)


def test_guest_is_let_go_at_once(cast: Cast, make: Make, settings: Settings) -> None:
    row = people.admit_guest(cast.counsellor.act, guest_form(), settings)

    people.end_guest(cast.counsellor.act, row.id or 0)

    assert live_account(make.session, "greta@elsewhere.test", make.act.now) is None


def test_counsellor_admits_to_the_own_group_only(cast: Cast, settings: Settings) -> None:
    for player, place in (
        (cast.counsellor, "T/SG15"),
        (cast.counsellor, "meeting:T25-X"),
        (cast.chair, "T/SG13"),
        (cast.focal_point, "T/SG13"),
    ):
        with pytest.raises(NotAllowed):
            people.admit_guest(player.act, guest_form(place), settings)
    with pytest.raises(Invalid):
        people.admit_guest(cast.tsb.act, guest_form("secretariat"), settings)


def test_directory_finds_by_words_without_accents(act: Act, make: Make) -> None:
    entity = make.organisation(name="Université de Nulle Part", acronym="UNP", country="CH")
    angel = make.person("Ángel Ñuño", organisation=entity, position="Chief listener", country="CH")
    make.person("Somebody Else")
    gone = make.person("Ángel Gone", organisation=entity)
    gone.left_at = act.now
    make.session.flush()

    def found(**wanted: object) -> list[str]:
        page = directory(act, PeopleFilter(**wanted))  # type: ignore[arg-type]
        assert page.total == len(page.rows)
        return [each.person.name for each in page.rows]

    assert found(q="nuno ang") == [angel.name]
    assert found(q="unp listener") == [angel.name]
    assert found(q="50%_off") == []
    assert found(countries=("CH",)) == [angel.name]
    assert found(categories=(Category.ACADEMIA,)) == []
    assert found() == ["Somebody Else", angel.name]


def test_directory_pages_by_cursor_without_losing_anybody(act: Act, make: Make) -> None:
    for n in range(7):
        make.session.add(Person(slug=f"p{n}", name="Same", sort_name=f"name {n // 3}", created_at=act.now))
        make.session.flush()

    seen: list[str] = []
    after: tuple[str, int] | None = None
    while True:
        rows, total = directory_after(act, PeopleFilter(), after=after, limit=2)
        assert total == 7
        if not rows:
            break
        seen += [each.person.slug for each in rows]
        after = (rows[-1].person.sort_name, rows[-1].person.id or 0)

    assert seen == [f"p{n}" for n in range(7)]


def test_sessions_of_a_guest_end_with_the_pass(cast: Cast, make: Make, settings: Settings) -> None:
    people.admit_guest(cast.tsb.act, guest_form(ends_on=date(2026, 3, 3)), settings)
    person = by_email(make.session, "greta@elsewhere.test")
    assert person is not None
    cookie = people.open_session(make.act, person, settings, stage=Stage.FULL, browser=people.Browser())
    for hours in (11, 22, 33):
        people.keep_alive(make.session, cookie, make.act.now + timedelta(hours=hours))

    assert person_of_session(make.session, cookie, make.act.now + timedelta(hours=37)) == person
    assert person_of_session(make.session, cookie, make.act.now + timedelta(hours=38)) is None


def test_guest_who_was_let_go_is_invited_again(cast: Cast, make: Make, settings: Settings) -> None:
    row = people.admit_guest(cast.counsellor.act, guest_form(), settings)
    people.end_guest(cast.counsellor.act, row.id or 0)

    people.admit_guest(cast.counsellor.act, guest_form(), settings)

    assert live_account(make.session, "greta@elsewhere.test", make.act.now) is not None
    assert len(make.session.exec(select(Letter).where(Letter.kind == "people.invitation")).all()) == 2


def test_who_has_left_comes_back_as_a_guest_without_the_entity(cast: Cast, make: Make, settings: Settings) -> None:
    person = cast.delegate_member.person
    leave_organisation(cast.tsb.act, person)

    people.admit_guest(cast.counsellor.act, guest_form().model_copy(update={"email": person.email}), settings)

    actor = make.actor(person)
    assert (actor.organisation_id, actor.sectors, actor.groups) == (None, frozenset(), frozenset({"T/SG13"}))


def test_guest_who_becomes_a_member_has_an_account_without_end(cast: Cast, make: Make, settings: Settings) -> None:
    people.admit_guest(cast.counsellor.act, guest_form(), settings)
    wish = RequestForm(name="Greta Guest", email="greta@elsewhere.test", organisation=cast.company.name)
    row = people.request_account(make.act, wish, settings)
    row.state = RequestState.WAITING

    person = people.confirm_request(cast.tsb.act, row, DecisionForm(), settings)

    assert make.session.get_one(Account, person.id).ends_on is None


def test_account_that_begins_anew_has_no_old_identity(cast: Cast, make: Make, settings: Settings) -> None:
    person = cast.delegate_member.person
    make.account(person)
    make.add(Identity(person_id=person.id or 0, issuer="https://idp.test", subject="s", bound_at=make.act.now))
    leave_organisation(cast.tsb.act, person)

    people.invite(cast.tsb.act, person, settings)

    assert live_account(make.session, person.email or "", make.act.now) is not None
    assert person_of_identity(make.session, "https://idp.test", "s", make.act.now) is None
