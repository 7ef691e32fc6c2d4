"""The directory, the coverage of groups, the calendar's days and what is held of a person, on both databases."""

from datetime import date

from sgdocs.base.act import Act
from sgdocs.documents.models import DocumentSource
from sgdocs.groups.directory import RoleFilter, holding, roles_now, shown_to
from sgdocs.meetings.listing import reach_of
from sgdocs.meetings.models import Registration
from sgdocs.people import actions as people
from sgdocs.people.directory import PeopleFilter, directory, interests_known, interests_of
from sgdocs.people.schemas import OwnProfileForm
from sgdocs.policy import Role
from sgdocs.privacy import queries as privacy
from sgdocs.privacy.actions import forget
from sgdocs.web.calendar_entries import Wanted, days_of, entries
from sgdocs.work_programme.coverage import coverage_of, doings_of_organisation, doings_of_person
from tests.cast import Cast
from tests.documents.papers import paper
from tests.make import Make


def names(act: Act, wanted: PeopleFilter = PeopleFilter(), asked: RoleFilter = RoleFilter()) -> list[str]:
    found = directory(act, wanted, among=(*shown_to(act), *holding(act, asked)))
    assert found.total == len(found.rows)
    return [each.person.name for each in found.rows]


def profile(cast: Cast, interests: str, languages: list[str]) -> None:
    own = cast.rapporteur
    form = OwnProfileForm(name=own.person.name, languages=languages, interests=interests)
    people.edit_profile(own.act, own.person, form)


def test_every_filter_must_hold_and_of_several_values_one(cast: Cast) -> None:
    cast.every()
    profile(cast, "Сети 5G, Quantum keys", ["fr", "ru"])
    act = cast.delegate_member.act
    company = (cast.company.id or 0,)

    assert names(act, PeopleFilter(languages=("ru",))) == ["Rafael Quill"]
    assert names(act, PeopleFilter(languages=("fr", "zh"), organisation_ids=company)) == ["Rafael Quill"]
    assert names(act, PeopleFilter(interests=("сети",))) == ["Rafael Quill"]
    assert names(act, PeopleFilter(interests=("quantum",), languages=("zh",))) == []
    assert names(act, PeopleFilter(q="СЕТИ imaginary")) == ["Rafael Quill"]
    assert names(act, asked=RoleFilter(roles=(Role.RAPPORTEUR, Role.SG_CHAIR))) == ["Clara Gavel", "Rafael Quill"]
    assert interests_of(act.session, [cast.rapporteur.person.id or 0]) == {
        cast.rapporteur.person.id: ["Quantum keys", "Сети 5G"]
    }
    assert interests_known(act.session) == ["Quantum keys", "Сети 5G"]


def test_group_counts_with_its_parts(cast: Cast, make: Make) -> None:
    cast.every()
    act = cast.delegate_member.act
    whole = RoleFilter(group_ids=reach_of(make.session, cast.sg13))
    question = RoleFilter(group_ids=reach_of(make.session, cast.q2))

    assert {"Clara Gavel", "Wilma Podium", "Rafael Quill", "Edwin Blotter"} <= set(names(act, asked=whole))
    assert names(act, asked=question) == ["Edwin Blotter", "Aiko Margin", "Rafael Quill"]


def test_strangers_find_nobody_by_what_they_may_not_see(cast: Cast, make: Make) -> None:
    cast.every()
    make.appointment(cast.chair.person, Role.DELEGATE, cast.sg15)
    stranger, member = cast.outsider.act, cast.delegate_member.act
    delegates = RoleFilter(roles=(Role.DELEGATE,), group_ids=(cast.sg15.id or 0,))

    assert names(member, asked=delegates) == ["Clara Gavel"]
    assert names(stranger, asked=delegates) == []
    assert [
        h.appointment.role for h in roles_now(stranger, [cast.chair.person.id or 0])[cast.chair.person.id or 0]
    ] == ["sg-chair"]
    assert len(roles_now(member, [cast.chair.person.id or 0])[cast.chair.person.id or 0]) == 2


def test_coverage_counts_what_the_reader_may_read(cast: Cast, make: Make) -> None:
    cast.every()
    document = paper(make, meeting="T25-SG13-260706")
    make.add(DocumentSource(document_id=document.id or 0, organisation_id=cast.company.id or 0))
    make.add(
        Registration(
            meeting_id=document.meeting_id or 0,
            person_id=cast.delegate_member.person.id or 0,
            organisation_id=cast.company.id,
            status="approved",
            asked_at=make.act.now,
        )
    )
    member = coverage_of(cast.delegate_member.act, cast.company)
    stranger = coverage_of(cast.outsider.act, cast.company)

    told = [(each.group.path, each.roles, each.attended, each.papers) for each in member]
    assert told == [("T/SG13", 3, 1, 1)]
    assert [(each.group.path, each.roles, each.attended, each.papers) for each in stranger] == [("T/SG13", 3, None, 0)]
    assert doings_of_organisation(cast.outsider.act, cast.company).meetings == []
    assert [m.id for m in doings_of_person(cast.delegate_member.act, cast.delegate_member.person).meetings] == [
        document.meeting_id
    ]


def test_calendar_asks_every_table_for_its_days(cast: Cast) -> None:
    cast.every()
    for view in ("month", "week", "list"):
        asked = Wanted(view=view, on="2024-02-29", mine=True, group="SG13", sector=("T",))
        _, first, last = days_of(asked, date(2026, 3, 2))
        assert first <= date(2024, 2, 29) <= last
        assert entries(cast.rapporteur.act, asked, first, last, site="", say=str) == []


def test_what_is_held_is_found_and_removed(cast: Cast, make: Make) -> None:
    cast.every()
    profile(cast, "Quantum keys", ["fr"])
    person = cast.rapporteur.person
    before = {each.kind.name: each.count for each in privacy.held(cast.rapporteur.act, person)}

    forget(cast.rapporteur.act, person, typed=person.email or "")
    make.session.flush()
    after = {each.kind.name: each.tables for each in privacy.held(cast.tsb.act, person)}

    assert (before["profile"], before["roles"]) == (2, 1)
    assert after == {"profile": {"person": 1}, "roles": {"appointment": 1}}
    assert (person.name, person.email) == ("Rafael Quill", None)
