"""Groups by address and sloppy code, their relatives and lists; what an actor may do and read."""

from datetime import date, timedelta

import pytest

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor, Appointment
from sgdocs.base.errors import Invalid
from sgdocs.groups import queries
from sgdocs.groups.listing import EVERY_PERIOD, GroupFilter, children, listing
from sgdocs.groups.models import Group, Succession
from sgdocs.groups.records import record_of
from sgdocs.people.rules import Category
from tests.cast import Cast
from tests.make import Make
from tests.support.databases import NOW

TODAY = date(2026, 3, 2)


@pytest.fixture
def structure(make: Make) -> None:
    for path in ("T/SG13", "T/SG15", "R/SG5", "T/SG5", "R/WP5D", "T/TSAG", "T/SG13/T25/WP1", "R/TG5-1"):
        make.group(path, title=f"Title of {path}")
    for path in ("T/SG13/T22/Q6", "T/SG13/T25/Q6", "T/SG13/T22/Q9"):
        make.group(path, title="")
    make.group("T/FG-AI4H", parent=make.group("T/SG13"), title="Health")
    make.term(make.group("T/SG15"), "T22", title="Older title")


@pytest.mark.usefixtures("structure")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sg15", ["T/SG15"]),
        ("SG 5", ["T/SG5", "R/SG5"]),
        ("ITU-R SG5", ["R/SG5"]),
        ("5D", ["R/WP5D"]),
        ("ITU-T 5D", []),
        ("WP5D", ["R/WP5D"]),
        ("Q6/13", ["T/SG13/T25/Q6"]),
        ("Q9/13", ["T/SG13/T22/Q9"]),
        ("wp1/13", ["T/SG13/T25/WP1"]),
        ("WP1", []),
        ("Q6", []),
        ("tsag", ["T/TSAG"]),
        ("FG AI4H", ["T/FG-AI4H"]),
        ("tg 5/1", ["R/TG5-1"]),
        ("Q6/99", []),
        ("", []),
        ("%", []),
        ("\x00sg15", ["T/SG15"]),
        ('\'; drop table "group"; --', []),
    ],
)
def test_sloppy_code_finds_its_groups(act: Act, text: str, found: list[str]) -> None:
    assert [group.path for group in queries.resolve(act.session, text, TODAY)] == found


@pytest.mark.usefixtures("structure")
def test_number_means_the_question_of_that_day(act: Act) -> None:
    found = {day: queries.resolve(act.session, "Q6/13", day)[0].path for day in (date(2023, 5, 1), TODAY)}

    assert found == {date(2023, 5, 1): "T/SG13/T22/Q6", TODAY: "T/SG13/T25/Q6"}


@pytest.mark.usefixtures("structure")
def test_path_is_found_whatever_its_case(act: Act) -> None:
    assert queries.by_path(act.session, "t/sg13/t25/q6").path == "T/SG13/T25/Q6"
    assert queries.find(act.session, "T/SG1%") is None


@pytest.mark.usefixtures("structure")
def test_period_of_a_day(act: Act, make: Make) -> None:
    days = (
        date(2012, 1, 1),
        date(2022, 3, 9),
        date(2022, 3, 10),
        date(2024, 12, 31),
        date(2025, 1, 1),
        date(2030, 1, 1),
    )
    for code in ("T13", "T17"):
        make.period(code)

    found = [period.code if period else None for period in (queries.period_on(act.session, "T", day) for day in days)]

    assert found == [None, "T17", "T22", "T22", "T25", "T25"]


@pytest.mark.usefixtures("structure")
@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        (GroupFilter(sectors=("R",)), ["ITU-R SG5", "WP 5D", "TG 5/1"]),
        (GroupFilter(kinds=("question",)), ["Q6/13"]),
        (GroupFilter(kinds=("question",), period=EVERY_PERIOD), ["Q6/13", "Q9/13", "Q6/13"]),
        (GroupFilter(period="t22"), ["ITU-T SG15", "Q6/13", "Q9/13"]),
        (GroupFilter(parent="t/sg13"), ["WP1/13", "Q6/13", "FG-AI4H"]),
        (GroupFilter(words="title sg15"), ["ITU-T SG15"]),
        (GroupFilter(words="100%"), []),
        (GroupFilter(words="_"), []),
        (GroupFilter(sectors=("D",)), []),
    ],
)
def test_list_keeps_to_its_filter(act: Act, asked: GroupFilter, labels: list[str]) -> None:
    found = listing(act.session, asked, TODAY)

    assert [row.group.label for row in found.rows] == labels
    assert found.total == len(labels)


@pytest.mark.usefixtures("structure")
def test_list_shows_the_title_of_the_period(act: Act) -> None:
    titles = {
        period: listing(act.session, GroupFilter(period=period, words="sg15"), TODAY).rows[0].title
        for period in ("", "T22", "T25", EVERY_PERIOD)
    }

    assert titles == {
        "": "Title of T/SG15",
        "T22": "Older title",
        "T25": "Title of T/SG15",
        EVERY_PERIOD: "Title of T/SG15",
    }


@pytest.mark.usefixtures("structure")
def test_list_pages_hold_every_group_once(act: Act) -> None:
    for sort in ("kind", "code", "-code", "title", "-title"):
        pages = [listing(act.session, GroupFilter(), TODAY, sort=sort, number=n, size=3) for n in range(1, 6)]
        paths = [row.group.path for page in pages for row in page.rows]
        assert len(paths) == len(set(paths)) == pages[0].total == 10


@pytest.mark.usefixtures("structure")
def test_unknown_period_is_named_with_what_would_be_right(act: Act) -> None:
    with pytest.raises(Invalid) as refused:
        listing(act.session, GroupFilter(period="T99"), TODAY)

    assert (refused.value.field, refused.value.facts["value"]) == ("period", "T99")
    assert "T25" in str(refused.value.facts["right"])


@pytest.mark.usefixtures("structure")
def test_children_are_those_of_the_period(act: Act, make: Make) -> None:
    sg13 = make.group("T/SG13")

    today = [row.group.path for row in children(act.session, sg13, make.period("T25"))]
    then = [row.group.path for row in children(act.session, sg13, make.period("T22"))]

    assert today == ["T/SG13/T25/WP1", "T/SG13/T25/Q6", "T/FG-AI4H"]
    assert then == ["T/SG13/T22/Q6", "T/SG13/T22/Q9"]


def test_record_of_a_past_period_shows_who_served_then(act: Act, make: Make, cast: Cast) -> None:
    make.term(cast.sg13, "T22", title="Then")
    past = cast.delegate_state.person
    make.appointment(past, "sg-chair", cast.sg13, starts_on=date(2022, 3, 10), ends_on=date(2024, 12, 31))

    now = record_of(act.session, cast.sg13, TODAY)
    then = record_of(act.session, cast.sg13, TODAY, period=make.period("T22"))

    assert (now.title, then.title) == ("Future networks", "Then")
    assert [seat.person.name for seat in then.officers] == ["Dora Envoy"]
    assert [seat.person.name for seat in now.officers] == []


def test_officers_stand_by_weight_of_their_role(act: Act, cast: Cast) -> None:
    cast.summon("rapporteur", "counsellor", "wp_chair", "chair", "editor", "delegate_state")
    ids = [cast.sg13.id or 0, cast.wp1.id or 0, cast.q2.id or 0]

    found = [seat.person.name for seat in queries.officers(act.session, ids, TODAY)]

    assert found == ["Corin Docket", "Clara Gavel", "Rafael Quill", "Edwin Blotter", "Wilma Podium"]


def test_delegates_of_a_group_are_for_members(cast: Cast) -> None:
    cast.make.appointment(cast.delegate_state.person, "delegate", cast.sg13)
    cast.make.appointment(cast.outsider.person, "guest", cast.sg13)
    cast.summon("chair")

    def names(act: Act) -> list[str]:
        return [seat.person.name for seat in queries.seats(act, cast.sg13)]

    assert names(cast.delegate_member.act) == ["Clara Gavel", "Dora Envoy", "Otto Fence"]
    assert names(cast.make.act_as(Actor.anonymous())) == ["Clara Gavel"]


def test_successors_are_found_by_any_way(act: Act, make: Make) -> None:
    ids = [make.group(f"T/SG{n}").id or 0 for n in (4, 5, 6, 7)]
    for earlier, later in ((0, 1), (1, 2), (0, 3), (3, 2)):
        make.add(Succession(from_id=ids[earlier], to_id=ids[later], on=TODAY))

    assert queries.successors_of(act.session, ids[0]) == frozenset(ids[1:])
    assert queries.successors_of(act.session, ids[2]) == frozenset()


# Who an actor is


def test_working_party_chair_covers_the_questions_allocated(cast: Cast, make: Make) -> None:
    other = make.group("T/SG13/T25/Q3")
    actor = cast.wp_chair.actor

    assert actor.has_role("wp-chair", group=cast.q2.path)
    assert actor.has_role("wp-chair", group=cast.wp1.path)
    assert not actor.has_role("wp-chair", group=other.path)
    assert not actor.has_role("wp-chair", group=cast.sg13.path)


def test_chair_of_a_study_group_of_itu_r_covers_its_working_parties(cast: Cast, make: Make) -> None:
    wp5d, wp4a = make.group("R/WP5D"), make.group("R/WP4A")
    person = make.person("Rita Wave", organisation=cast.state)
    make.appointment(person, "sg-chair", make.group("R/SG5"))
    actor = make.actor(person)

    assert actor.has_role("sg-chair", group=wp5d.path)
    assert not actor.has_role("sg-chair", group=wp4a.path)


def test_associate_of_itu_r_reads_working_parties_of_its_group(cast: Cast, make: Make) -> None:
    make.group("R/WP5D")
    make.group("R/WP4A")
    make.group("T/FG-X", parent=make.group("T/SG5"))
    entity = make.organisation(Category.ASSOCIATE, member_of=("R/SG5",))

    actor = make.actor(make.person("Ada Lone", organisation=entity))

    assert (actor.groups, actor.sectors) == (frozenset({"R/SG5", "R/WP5D"}), frozenset())


@pytest.mark.parametrize(
    ("starts", "ends", "held"), [(0, 0, True), (1, None, False), (-9, -1, False), (-9, None, True), (-9, 0, True)]
)
def test_role_counts_from_its_first_to_its_last_day(make: Make, starts: int, ends: int | None, held: bool) -> None:
    person = make.person("Tim Bound")
    last = TODAY + timedelta(days=ends) if ends is not None else None
    make.appointment(person, "secretariat", starts_on=TODAY + timedelta(days=starts), ends_on=last)

    assert make.actor(person).has_role("secretariat") is held


def test_day_of_a_role_is_a_day_in_geneva(make: Make) -> None:
    person = make.person("Mina Midnight")
    make.appointment(person, "secretariat", starts_on=date(2026, 3, 3))
    before, after = (queries.actor_for(make.session, person, NOW.replace(hour=h, minute=30)) for h in (22, 23))

    assert (before.has_role("secretariat"), after.has_role("secretariat")) == (False, True)


def test_who_has_left_has_no_rights(cast: Cast, make: Make) -> None:
    person = cast.tsb.person
    person.left_at = NOW

    assert make.actor(person) == Actor(cast.tsb.actor.kind, person_id=person.id, name=person.name)


def test_token_keeps_roles_and_carries_its_scopes(cast: Cast, make: Make) -> None:
    actor = make.actor(cast.tsb.person, scopes=["read"])

    assert (actor.scopes, actor.appointments) == (frozenset({"read"}), (Appointment("secretariat"),))


def test_member_of_another_sector_reads_nothing_of_ours(cast: Cast, make: Make) -> None:
    entity = make.organisation(Category.SECTOR_MEMBER, member_of=("R",))

    assert make.actor(make.person("Rick Other", organisation=entity)).sectors == frozenset({"R"})


# Labels


def test_labels_of_a_member_name_every_standing_group_of_the_sector(cast: Cast, make: Make) -> None:
    make.group("R/WP5D")
    make.group("T/FG-X", parent=cast.sg13)
    cast.summon("q2", "sg15")

    labels = queries.audiences(cast.delegate_member.act)

    person, entity = cast.delegate_member.person, cast.company
    groups = {"T", "T/SG13", "T/SG15", "T/FG-X"}
    assert labels == groups | {"public", "members", f"person:{person.id}", f"org:{entity.id}"}


def test_labels_of_an_associate_name_its_group_only(cast: Cast) -> None:
    cast.summon("sg15")
    person, entity = cast.delegate_associate.person, cast.associate

    labels = queries.audiences(cast.delegate_associate.act)

    assert labels == {"public", "members", "T/SG13", f"person:{person.id}", f"org:{entity.id}"}


def test_labels_of_strangers_are_public(cast: Cast) -> None:
    cast.summon("sg13")
    outsider = cast.outsider.person

    assert queries.audiences(cast.make.act_as(Actor.anonymous())) == {"public"}
    assert queries.audiences(cast.outsider.act) == {"public", f"person:{outsider.id}"}


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("T/SG13", "T/SG13"),
        ("T/SG13/T25/Q2", "T/SG13"),
        ("T/SG13/T25/WP1", "T/SG13"),
        ("R/WP5D", "R/SG5"),
        ("T/FG-X", "T/FG-X"),
    ],
)
def test_papers_of_a_part_are_labelled_by_the_whole(act: Act, make: Make, path: str, label: str) -> None:
    group: Group = make.group(path, parent=make.group("T/SG13") if "FG" in path else None)

    assert queries.audience_of(act.session, group) == label
