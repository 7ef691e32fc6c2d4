"""Verbs on the structure and on roles: what they write, what they refuse, what they note."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from sgdocs.groups import actions, queries
from sgdocs.groups.models import Appointment, Continuation, Group, GroupTerm, JointParent
from sgdocs.groups.rules import GroupKind
from sgdocs.groups.schemas import GroupForm, TermForm
from sgdocs.journal.models import Entry, PersonalFacts
from sgdocs.people.accounts import Account, GuestPass, UserSession
from sgdocs.people.rules import Category
from tests.cast import Cast
from tests.make import Make, all_rows
from tests.support.databases import NOW

TODAY = date(2026, 3, 2)
YESTERDAY = date(2026, 3, 1)


def verbs(act: Act) -> list[str]:
    return list(act.session.exec(select(Entry.verb).order_by(col(Entry.id))))


def question(code: str = "Q7", **facts: object) -> GroupForm:
    told = {"sector": "T", "kind": GroupKind.QUESTION, "code": code, "parent": "T/SG13", "period": "T25", **facts}
    return GroupForm.model_validate(told)


def test_group_is_established_with_its_term_and_entry(act: Act, make: Make, cast: Cast) -> None:
    cast.summon("wp1")
    make.group("T/SG13/T22/Q7")

    row = actions.establish(
        cast.tsb.act, question(title="  Slices\x00 of\n networks ", working_party="wp1/13", continues=["T/SG13/T22/Q7"])
    )

    assert (row.path, row.label, row.sort_key) == ("T/SG13/T25/Q7", "Q7/13", "T/SG0013/T0025/Q0007")
    assert (row.starts_on, row.ends_on) == (date(2025, 1, 1), date(2028, 12, 31))
    assert row.working_party_id == cast.wp1.id
    assert [term.title for term in all_rows(act.session, GroupTerm) if term.group_id == row.id] == [
        "Slices of networks"
    ]
    assert [link.question_id for link in all_rows(act.session, Continuation)] == [row.id]
    entry = act.session.exec(select(Entry)).one()
    assert (entry.verb, entry.subject_kind, entry.subject_id) == ("groups.established", "group", row.id)
    assert entry.actor_id == cast.tsb.person.id


def test_joint_group_has_further_parents(act: Act, make: Make) -> None:
    make.group("T/SG16")
    make.group("R/SG6")
    form = GroupForm(sector="T", kind=GroupKind.IRG, code="IRG-AVA", parent="T/SG16", joint_parents=["R/SG6"])

    row = actions.establish(act, form)

    assert [parent.path for parent in queries.relatives(act.session, row).parents] == ["T/SG16", "R/SG6"]
    assert len(all_rows(act.session, JointParent)) == 1


@pytest.mark.parametrize(
    ("changed", "rule", "field"),
    [
        ({"code": "Q 7"}, "groups.code", "code"),
        ({"parent": ""}, "groups.parent", "parent"),
        ({"parent": "T/SG99"}, "base.field", "parent"),
        ({"period": ""}, "groups.period", "period"),
        ({"period": "R23"}, "base.field", "period"),
        ({"continues": ["T/SG13"]}, "groups.continues", "continues"),
        ({"working_party": "nothing"}, "base.field", "working_party"),
    ],
)
def test_group_in_the_wrong_place_is_refused(
    act: Act, make: Make, changed: dict[str, object], rule: str, field: str
) -> None:
    make.group("T/SG13")
    make.period("R23")
    before = len(all_rows(act.session, Group))

    with pytest.raises(Invalid) as refused:
        actions.establish(act, question(**changed))

    act.session.rollback()
    assert (refused.value.rule.id, refused.value.field) == (rule, field)
    assert before == 1


def test_same_group_twice_is_refused_whatever_its_case(act: Act, make: Make) -> None:
    make.group("T/FG-AI4H", parent=make.group("T/SG13"))

    with pytest.raises(Conflict) as refused:
        actions.establish(act, GroupForm(sector="T", kind=GroupKind.FOCUS_GROUP, code="FG-Ai4h", parent="T/SG13"))

    assert refused.value.rule.id == "groups.taken"


@pytest.mark.parametrize("who", ["chair", "rapporteur", "counsellor", "delegate_state", "focal_point", "guest"])
def test_structure_is_the_secretariats(cast: Cast, who: str) -> None:
    group, player = cast.sg13, getattr(cast, who)
    tries = [
        lambda: actions.establish(player.act, question()),
        lambda: actions.rename(player.act, group, TermForm(period="T25", title="Ours")),
        lambda: actions.succeed(player.act, group, cast.sg15, TODAY),
        lambda: actions.discontinue(player.act, group, TODAY, reason="so"),
    ]

    for attempt in tries:
        with pytest.raises(NotAllowed):
            attempt()
    assert cast.make.session.exec(select(Entry)).all() == []


def test_group_is_renamed_for_one_period_only(act: Act, make: Make) -> None:
    group = make.group("T/SG13", title="Future networks")
    make.term(group, "T22", title="Older networks")

    actions.rename(
        act, group, TermForm(period="T25", title="New networks", titles={"fr": "Réseaux nouveaux", "es": ""})
    )

    terms = {term.period.code: term.term for term in queries.terms_of(act.session, group)}
    assert {code: term.title for code, term in terms.items()} == {"T25": "New networks", "T22": "Older networks"}
    assert terms["T25"].titles == {"fr": "Réseaux nouveaux"}
    entry = act.session.exec(select(Entry)).one()
    assert (entry.facts["was"], entry.facts["title"]) == ("Future networks", "New networks")


def test_question_has_no_title_in_another_period(act: Act, make: Make) -> None:
    make.period("T22")

    with pytest.raises(Invalid) as refused:
        actions.rename(act, make.group("T/SG13/T25/Q2"), TermForm(period="T22", title="X"))

    assert refused.value.field == "period"


def test_question_is_allocated_within_its_study_group(act: Act, cast: Cast, make: Make) -> None:
    actions.allocate(act, cast.q2, None)
    assert cast.q2.working_party_id is None
    actions.allocate(act, cast.q2, cast.wp1)
    assert cast.q2.working_party_id == cast.wp1.id

    for wrong in (make.group("T/SG15/T25/WP1"), make.group("T/SG13/T22/WP1")):
        with pytest.raises(Invalid):
            actions.allocate(act, cast.q2, wrong)


def test_merge_ends_groups_with_parts_and_roles(act: Act, make: Make, cast: Cast) -> None:
    sg9, sg16, sg21 = (make.group(f"T/SG{n}") for n in (9, 16, 21))
    part = make.group("T/SG9/T25/Q1")
    role = make.appointment(cast.rapporteur.person, "rapporteur", part)

    actions.merge(act, [sg9, sg16], sg21, TODAY)

    assert [sg9.ends_on, sg16.ends_on, part.ends_on, role.ends_on] == [YESTERDAY] * 4
    assert [group.path for group, _ in queries.relatives(act.session, sg21).before] == ["T/SG9", "T/SG16"]
    assert [group.path for group, _ in queries.relatives(act.session, sg9).after] == ["T/SG21"]
    assert verbs(act).count("groups.discontinued") == 3


def test_reporting_groups_move_and_finished_ones_stay(act: Act, make: Make) -> None:
    sg16, sg21 = make.group("T/SG16"), make.group("T/SG21")
    irg, team = make.group("T/IRG-AVA", parent=sg16), make.group("T/SG16/T25/CG-X", parent=make.group("T/SG16/T25/Q6"))
    done = make.group("T/FG-VM", parent=sg16)
    act.session.delete(act.session.get_one(GroupTerm, (done.id, make.period("T25").id)))
    make.term(done, "T17")

    actions.merge(act, [sg16], sg21, TODAY)

    assert (irg.parent_id, irg.ends_on) == (sg21.id, None)
    assert (done.parent_id, done.ends_on) == (sg16.id, None)
    assert team.ends_on == YESTERDAY


def test_questions_of_a_working_party_pass_to_the_next_or_to_the_plenary(act: Act, make: Make, cast: Cast) -> None:
    wp2, outside = make.group("T/SG13/T25/WP2"), make.group("T/SG15")

    cast.summon("q2")
    actions.merge(act, [cast.wp1], wp2, TODAY)
    first = (cast.q2.working_party_id, cast.q2.ends_on)
    actions.merge(act, [wp2], outside, TODAY)

    assert first == (wp2.id, None)
    assert (cast.q2.working_party_id, cast.q2.ends_on) == (None, None)


def test_working_party_with_questions_does_not_end_alone(act: Act, cast: Cast) -> None:
    cast.summon("q2")

    with pytest.raises(Conflict) as refused:
        actions.discontinue(act, cast.wp1, TODAY, reason="no more work")

    assert refused.value.facts["parts"] == "Q2/13"


def test_group_with_parts_at_work_ends_only_with_a_successor(act: Act, cast: Cast) -> None:
    cast.summon("q2")

    with pytest.raises(Conflict) as refused:
        actions.discontinue(act, cast.sg13, TODAY, reason="no more work")

    assert refused.value.rule.id == "groups.open-parts"
    assert refused.value.facts["parts"] == "Q2/13, WP1/13"
    assert cast.sg13.ends_on is None


def test_succession_never_runs_in_a_ring(act: Act, make: Make) -> None:
    first, second, third = (make.group(f"T/SG{n}") for n in (4, 5, 6))
    actions.succeed(act, first, second, TODAY)
    actions.succeed(act, second, third, TODAY)

    with pytest.raises(Invalid) as refused:
        actions.succeed(act, third, first, TODAY)

    assert refused.value.rule.id == "groups.successor"


def test_period_whose_last_day_lies_before_the_first_is_refused(act: Act, make: Make) -> None:
    row = make.period("T25").model_copy(update={"id": None, "code": "T29", "ends_on": date(2024, 1, 1)})

    with pytest.raises(Invalid) as refused:
        actions.add_period(act, row)

    assert refused.value.rule.id == "groups.days-in-order"


# Roles


def test_appointment_is_noted_with_the_name_kept_apart(act: Act, cast: Cast) -> None:
    row = actions.appoint(cast.tsb.act, cast.delegate_state.person, "rapporteur", cast.q2)

    assert (row.starts_on, row.ends_on) == (TODAY, None)
    entry = act.session.exec(select(Entry)).one()
    assert (entry.verb, entry.subject_kind, entry.group_id) == ("groups.appointed", "group", cast.q2.id)
    assert "Dora Envoy" not in str(entry.facts)
    assert act.session.exec(select(PersonalFacts)).one().facts == {"name": "Dora Envoy"}


def test_only_offices_of_groups_are_public_in_the_journal(act: Act, cast: Cast) -> None:
    person = cast.delegate_member.person
    actions.appoint(cast.tsb.act, person, "rapporteur", cast.q2)
    actions.appoint(cast.tsb.act, person, "guest", cast.sg15)
    actions.appoint(cast.tsb.act, person, "focal-point")
    row = actions.appoint(cast.tsb.act, cast.outsider.person, "guest", cast.sg13)
    actions.end_appointment(cast.tsb.act, row, reason="not asked for")

    appointed = select(Entry.facts, Entry.audience).where(col(Entry.verb).startswith("groups.app"))
    found = act.session.exec(appointed.order_by(col(Entry.id)))
    told = [(facts["role"], audience) for facts, audience in found]
    assert told == [
        ("rapporteur", "public"),
        ("guest", "members"),
        ("focal-point", "members"),
        ("guest", "members"),
        ("guest", "members"),
    ]


def test_reason_of_leaving_is_nobodys_to_read_in_histories(act: Act, cast: Cast) -> None:
    actions.leave_organisation(cast.tsb.act, cast.rapporteur.person, reason="dismissed")

    assert "dismissed" not in str([entry.facts for entry in act.session.exec(select(Entry))])
    assert {"reason": "dismissed"} in [row.facts for row in act.session.exec(select(PersonalFacts))]


def test_secretariat_has_no_power_over_an_administrator(act: Act, cast: Cast, make: Make) -> None:
    with pytest.raises(NotAllowed):
        actions.leave_organisation(cast.tsb.act, cast.admin.person)

    other = make.person("Ada Other", organisation=cast.bureau)
    make.appointment(other, "admin")
    assert actions.leave_organisation(cast.admin.act, other).left_at is not None
    make.appointment(other, "admin", starts_on=date(2024, 1, 1), ends_on=YESTERDAY)
    assert actions.leave_organisation(cast.tsb.act, other).left_at is not None


def test_counsellor_appoints_in_the_own_group_only(cast: Cast, make: Make) -> None:
    person = cast.delegate_state.person

    assert actions.appoint(cast.counsellor.act, person, "rapporteur", cast.q2).id
    for role, group in (("sg-chair", cast.sg15), ("secretariat", None), ("admin", None)):
        with pytest.raises(NotAllowed):
            actions.appoint(cast.counsellor.act, person, role, group)


def test_only_an_administrator_makes_another(act: Act, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.appoint(cast.tsb.act, cast.tsb.person, "admin")

    assert actions.appoint(cast.admin.act, cast.tsb.person, "admin").role == "admin"


def test_associate_serves_in_its_own_group(act: Act, cast: Cast, make: Make) -> None:
    person, other = cast.delegate_associate.person, make.group("T/SG15/T25/Q2")

    assert actions.appoint(act, person, "rapporteur", cast.q2).id
    with pytest.raises(Invalid) as refused:
        actions.appoint(act, person, "rapporteur", other)
    assert refused.value.rule.id == "groups.associate"


def test_role_is_held_once(act: Act, cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        actions.appoint(act, cast.chair.person, "sg-chair", cast.sg13)

    assert (refused.value.rule.id, refused.value.field) == ("groups.role-held", "person")


def test_third_term_needs_a_word_of_confirmation(act: Act, make: Make, cast: Cast) -> None:
    for code in ("T13", "T17", "T22"):
        make.period(code)
    person = cast.delegate_state.person
    make.appointment(person, "sg-chair", cast.sg13, starts_on=date(2017, 1, 1), ends_on=date(2022, 3, 9))
    make.appointment(person, "sg-chair", cast.sg13, starts_on=date(2022, 3, 10), ends_on=date(2024, 12, 31))

    with pytest.raises(Conflict) as warned:
        actions.appoint(act, person, "sg-chair", cast.sg13)
    row = actions.appoint(act, person, "sg-chair", cast.sg13, accept=True)

    assert (warned.value.rule.id, warned.value.field, warned.value.facts["terms"]) == ("groups.two-terms", "accept", 2)
    assert row.id
    assert act.session.exec(select(Entry)).one().facts["warned"] == "groups.two-terms"


def test_second_term_is_not_warned_of(act: Act, make: Make, cast: Cast) -> None:
    make.period("T22")
    person = cast.delegate_state.person
    make.appointment(person, "sg-chair", cast.sg13, starts_on=date(2022, 3, 10), ends_on=date(2024, 12, 31))
    make.appointment(person, "sg-chair", cast.sg13, starts_on=date(2025, 1, 1), ends_on=date(2025, 6, 30))

    assert actions.appoint(act, person, "sg-chair", cast.sg13).id


def test_appointment_ends_at_once_or_with_a_day(act: Act, cast: Cast, make: Make) -> None:
    first = actions.appoint(act, cast.delegate_state.person, "rapporteur", cast.q2, starts_on=date(2025, 1, 1))
    second = actions.appoint(act, cast.delegate_member.person, "rapporteur", cast.q2)

    actions.end_appointment(act, first)
    actions.end_appointment(act, second, last_on=date(2026, 12, 31), reason="the work is done")

    assert (first.ends_on, second.ends_on) == (YESTERDAY, date(2026, 12, 31))
    assert make.actor(cast.delegate_state.person).has_role("rapporteur") is False
    with pytest.raises(Refused):
        actions.end_appointment(act, first)


def test_leaving_ends_sessions_and_every_role_at_once(act: Act, cast: Cast, make: Make) -> None:
    person = cast.rapporteur.person
    later = make.appointment(person, "editor", cast.sg15, starts_on=date(2026, 6, 1))
    today = make.appointment(person, "editor", cast.sg13, starts_on=TODAY)
    make.account(person)
    make.guest_pass(person, "T/SG15")

    actions.leave_organisation(cast.focal_point.act, person, reason="changed employer")

    held = act.session.exec(select(Appointment).where(Appointment.person_id == person.id)).all()
    assert all(row.ends_on is not None and row.ends_on < TODAY for row in held if row.id not in (later.id, today.id))
    assert (later.ends_on, today.ends_on) == (date(2026, 5, 31), YESTERDAY)
    assert all_rows(act.session, UserSession) == all_rows(act.session, GuestPass) == []
    assert act.session.get_one(Account, person.id).ended_at == NOW
    actor = make.actor(person)
    assert (actor.appointments, actor.sectors, actor.groups) == ((), frozenset(), frozenset())


def test_focal_point_ends_nobody_elses_people(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.leave_organisation(cast.focal_point.act, cast.delegate_state.person)

    assert cast.make.actor(cast.delegate_state.person).appointments != ()


def test_entity_joins_by_its_category(act: Act, make: Make, cast: Cast) -> None:
    associate = make.organisation(Category.ASSOCIATE, member_of=())

    row = actions.join_sector(act, associate, "T", cast.sg13)
    with pytest.raises(Invalid) as whole:
        actions.join_sector(act, associate, "T")
    with pytest.raises(Invalid) as nowhere:
        actions.join_sector(act, cast.company, "X")

    assert (row.group_id, row.starts_on) == (cast.sg13.id, TODAY)
    assert (whole.value.rule.id, nowhere.value.field) == ("groups.membership", "sector")


@pytest.mark.parametrize(
    ("ends_on", "starts_on", "refused"),
    [
        (None, TODAY, True),
        (None, date(2020, 1, 1), True),
        (TODAY, TODAY, True),
        (YESTERDAY, TODAY, False),
    ],
)
def test_entity_is_a_member_once(
    act: Act, make: Make, cast: Cast, ends_on: date | None, starts_on: date, refused: bool
) -> None:
    entity = make.organisation(Category.SECTOR_MEMBER, member_of=())
    make.membership(entity, "T", ends_on=ends_on)
    assert actions.join_sector(act, entity, "R").id

    if refused:
        with pytest.raises(Invalid) as twice:
            actions.join_sector(act, entity, "T", starts_on=starts_on)
        assert (twice.value.rule.id, twice.value.field) == ("groups.member-already", "starts_on")
    else:
        assert actions.join_sector(act, entity, "T", starts_on=starts_on).id


def test_membership_ends_and_rights_with_it(act: Act, make: Make, cast: Cast) -> None:
    entity = make.organisation(Category.SECTOR_MEMBER, member_of=())
    person = make.person("Nora Leaving", organisation=entity)
    row = actions.join_sector(act, entity, "T", starts_on=date(2025, 1, 1))
    before = make.actor(person).sectors

    actions.end_membership(act, row, YESTERDAY)

    assert (before, make.actor(person).sectors) == (frozenset({"T"}), frozenset())


@pytest.mark.parametrize("days", [0, 1])
def test_guest_pass_counts_to_its_last_day(cast: Cast, make: Make, days: int) -> None:
    person = make.person("Greta Passing")
    make.guest_pass(person, "T/SG13", ends_on=TODAY)
    later = queries.actor_for(make.session, person, NOW + timedelta(days=days))

    assert later.groups == (frozenset({"T/SG13"}) if days == 0 else frozenset())


def test_two_who_establish_the_same_group_do_not_both_succeed(database: Database, make: Make) -> None:
    make.group("T/SG13")
    make.session.commit()
    outcomes: list[str] = []
    start = Barrier(2)

    def establish() -> None:
        start.wait()
        try:
            with database.writing() as session:
                actions.establish(Act(session, Actor.operator(), NOW), question())
            outcomes.append("done")
        except Conflict:
            outcomes.append("refused")

    threads = [Thread(target=establish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "refused"]


def test_unknown_group_is_not_found(act: Act, make: Make) -> None:
    make.group("T/SG13")

    with pytest.raises(NotFound):
        queries.by_path(act.session, "T/SG14")


def test_two_who_give_the_same_role_do_not_both_succeed(database: Database, cast: Cast) -> None:
    person, group = cast.delegate_state.person, cast.q2
    cast.make.session.commit()
    outcomes: list[str] = []
    start = Barrier(2)

    def appoint() -> None:
        start.wait()
        try:
            with database.writing() as session:
                actions.appoint(Act(session, Actor.operator(), NOW), person, "rapporteur", group)
            outcomes.append("done")
        except Invalid as refused:
            outcomes.append(refused.rule.id)

    threads = [Thread(target=appoint) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "groups.role-held"]
