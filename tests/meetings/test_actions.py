"""Verbs on meetings: who may, what they write, what they refuse, what they note."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.journal.models import Entry, PersonalFacts
from sgdocs.meetings import actions, joining, queries, rules
from sgdocs.meetings.actions.convening import MOST_A_DAY
from sgdocs.meetings.models import CalendarToken, Meeting, Registration, Sitting
from sgdocs.meetings.schemas import DeadlineForm, EditForm, MeetingForm, RegistrationForm, SittingForm
from sgdocs.meetings.timing import Timing
from tests.cast import Cast, Player
from tests.make import Make, all_rows
from tests.support.databases import NOW

TODAY = date(2026, 3, 2)
LINK = "https://remote.example/room-7"


def form(group: str = "T/SG13", **facts: object) -> MeetingForm:
    usual = {
        "kind": "study-group" if group.count("/") == 1 else "rapporteur-group",
        "group": group,
        "starts_on": date(2026, 11, 9),
        "ends_on": date(2026, 11, 20),
        "place": "Geneva",
        "format": "hybrid",
    }
    return MeetingForm.model_validate(usual | facts)


def edited(meeting: Meeting, **facts: object) -> EditForm:
    return EditForm.model_validate(
        {name: getattr(meeting, name) for name in EditForm.model_fields if hasattr(meeting, name)} | facts
    )


def convened(cast: Cast, group: str = "T/SG13", **facts: object) -> Meeting:
    cast.summon("sg13")
    return actions.convene(cast.tsb.act, form(group, **facts))


def announced(cast: Cast, group: str = "T/SG13", **facts: object) -> Meeting:
    return actions.announce(cast.tsb.act, convened(cast, group, **facts), accept=True)


def sitting(**facts: object) -> SittingForm:
    usual = {
        "title": "Opening plenary",
        "on": "2026-11-09",
        "begins": "09:30",
        "until": "12:30",
        "room": "Popov",
        "remote_link": LINK,
    }
    return SittingForm.model_validate(usual | facts)


def entries(act: Act, verb: str) -> list[Entry]:
    return list(act.session.exec(select(Entry).where(Entry.verb == verb).order_by(col(Entry.id))))


def test_study_group_meets_with_its_working_parties_and_questions(act: Act, cast: Cast, make: Make) -> None:
    cast.summon("wp1", "q2", "sg15")
    make.group("T/SG13/T22/Q9")
    make.group("T/SG13/T25/Q8", ends_on=date(2026, 11, 8))

    row = convened(cast)

    assert (row.code, row.status, row.title) == ("T25-SG13-261109", "planned", "Meeting of ITU-T SG13")
    assert [each.label for each in queries.groups_of(act.session, row)] == ["ITU-T SG13", "Q2/13", "WP1/13"]
    (entry,) = entries(act, "meetings.convened")
    assert (entry.group_id, entry.audience, entry.facts["code"]) == (cast.sg13.id, "public", row.code)


def test_second_meeting_of_a_day_gets_a_suffix(cast: Cast) -> None:
    cast.summon("q2")

    codes = [convened(cast, "T/SG13/T25/Q2").code for _ in range(3)]

    assert codes == ["T25-SG13-Q2-261109", "T25-SG13-Q2-261109-2", "T25-SG13-Q2-261109-3"]


def test_more_than_twenty_meetings_of_a_day_are_refused(cast: Cast) -> None:
    cast.summon("q2")
    for _ in range(20):
        convened(cast, "T/SG13/T25/Q2")

    with pytest.raises(Conflict) as refused:
        convened(cast, "T/SG13/T25/Q2")

    assert refused.value.rule == MOST_A_DAY


def test_two_who_convene_at_once_get_two_codes(act: Act, cast: Cast, make: Make, database: Database) -> None:
    cast.summon("q2")
    make.session.commit()
    together, found = Barrier(4), []

    def one() -> None:
        together.wait(timeout=20)
        with database.writing() as session:
            found.append(actions.convene(Act(session, Actor.operator(), NOW), form("T/SG13/T25/Q2")).code)

    threads = [Thread(target=one) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=30)

    assert sorted(found) == ["T25-SG13-Q2-261109", *(f"T25-SG13-Q2-261109-{n}" for n in (2, 3, 4))]


@pytest.mark.parametrize(
    ("who", "group", "kind", "may"),
    [
        ("rapporteur", "T/SG13/T25/Q2", "rapporteur-group", True),
        ("rapporteur", "T/SG13", "study-group", False),
        ("rapporteur", "T/SG13/T25/Q3", "rapporteur-group", False),
        ("associate_rapporteur", "T/SG13/T25/Q2", "rapporteur-group", False),
        ("wp_chair", "T/SG13/T25/Q2", "rapporteur-group", True),
        ("wp_chair", "T/SG13/T25/WP1", "working-party", True),
        ("wp_chair", "T/SG13", "study-group", False),
        ("chair", "T/SG13", "study-group", True),
        ("chair", "T/SG13/T25/Q2", "rapporteur-group", True),
        ("chair", "T/SG15", "study-group", False),
        ("counsellor", "T/SG13", "study-group", True),
        ("counsellor", "T/SG15", "study-group", False),
        ("br", "R/WP5D", "working-party", True),
        ("delegate_state", "T/SG13/T25/Q2", "rapporteur-group", False),
        ("outsider", "T/SG13/T25/Q2", "rapporteur-group", False),
    ],
)
def test_officers_convene_in_their_own_groups(
    cast: Cast, make: Make, who: str, group: str, kind: str, may: bool
) -> None:
    cast.summon("q2", "wp1", "sg15")
    make.group("T/SG13/T25/Q3")
    make.group("R/WP5D")
    player: Player = getattr(cast, who)

    if may:
        assert actions.convene(player.act, form(group, kind=kind)).kind == kind
    else:
        with pytest.raises(NotAllowed):
            actions.convene(player.act, form(group, kind=kind))


def test_past_meetings_are_entered_by_the_secretariat(cast: Cast) -> None:
    cast.summon("sg13")
    days = {"starts_on": date(2025, 6, 9), "ends_on": date(2025, 6, 20)}

    with pytest.raises(Invalid) as refused:
        actions.convene(cast.chair.act, form(**days))

    assert refused.value.rule == rules.OLD
    assert convened(cast, **days).code == "T25-SG13-250609"


def test_day_before_every_study_period_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        convened(cast, starts_on=date(1999, 1, 1), ends_on=date(1999, 1, 2))

    assert refused.value.field == "starts_on"


def test_rapporteur_meeting_reports_to_the_meeting_of_its_study_group(act: Act, cast: Cast, make: Make) -> None:
    cast.summon("q2", "sg15")
    above, elsewhere = convened(cast), convened(cast, "T/SG15")
    past = convened(cast, starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 9))
    days = {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 5)}

    row = actions.convene(cast.rapporteur.act, form("T/SG13/T25/Q2", parent=above.code.lower(), **days))

    assert queries.parent_of(act, row) == above
    assert queries.children_of(act, above) == [row]
    for wrong in (elsewhere, past):
        with pytest.raises(Invalid) as refused:
            actions.convene(cast.rapporteur.act, form("T/SG13/T25/Q2", parent=wrong.code, **days))
        assert refused.value.rule == rules.PARENT


def test_e_meeting_is_virtual_and_needs_no_place(cast: Cast) -> None:
    cast.summon("q2")

    row = announced(cast, "T/SG13/T25/Q2", kind="e-meeting", place="", format="physical")

    assert (row.format, row.status, row.title) == ("virtual", "announced", "E-meeting of Q2/13")


def test_meeting_keeps_the_periods_it_was_convened_under(act: Act, cast: Cast, make: Make) -> None:
    make.group("R/WP5D")
    strict = actions.convene(
        cast.br.act, form("R/WP5D", kind="working-party"), timing=Timing(r_contrib_days=14, r_cutoff="12:00:00")
    )
    usual = actions.convene(cast.br.act, form("R/WP5D", kind="working-party"))

    found = [queries.deadline(act.session, each, "contribution") for each in (strict, usual)]

    assert [each.due_at for each in found if each] == [
        datetime(2026, 10, 26, 12, tzinfo=UTC),
        datetime(2026, 11, 2, 16, tzinfo=UTC),
    ]


# Change


def test_change_of_days_moves_deadlines_and_keeps_the_code(act: Act, cast: Cast) -> None:
    row = convened(cast)

    actions.edit(cast.chair.act, row, edited(row, starts_on=date(2026, 11, 16), ends_on=date(2026, 11, 27)))

    found = queries.deadline(act.session, row, "contribution")
    assert found is not None
    assert (row.code, row.sequence, found.on) == ("T25-SG13-261109", 1, date(2026, 11, 4))
    (entry,) = entries(act, "meetings.edited")
    assert entry.facts["changed"] == ["starts_on", "ends_on"]


def test_change_of_a_note_is_not_told_to_calendars_and_no_change_is_not_noted(act: Act, cast: Cast) -> None:
    row = convened(cast)

    actions.edit(cast.tsb.act, row, edited(row, note="Bring a passport."))
    actions.edit(cast.tsb.act, row, edited(row))

    assert row.sequence == 0
    assert len(entries(act, "meetings.edited")) == 1


def test_rapporteur_does_not_edit_the_meeting_of_the_study_group(cast: Cast) -> None:
    row = convened(cast)

    for player in (cast.rapporteur, cast.wp_chair, cast.delegate_state, cast.guest):
        with pytest.raises(NotAllowed):
            actions.edit(player.act, row, edited(row, place="Elsewhere"))


def test_closed_meeting_is_corrected_by_the_secretariat_alone(cast: Cast) -> None:
    row = announced(cast, starts_on=TODAY, ends_on=TODAY)
    actions.open_meeting(cast.chair.act, row)
    actions.close(cast.chair.act, row)

    with pytest.raises(Conflict) as refused:
        actions.edit(cast.chair.act, row, edited(row, place="Bern"))

    assert refused.value.rule == rules.STATUS
    assert actions.edit(cast.tsb.act, row, edited(row, place="Bern")).place == "Bern"


# Moves


def test_lead_time_that_is_not_kept_must_be_confirmed(act: Act, cast: Cast) -> None:
    row = convened(cast, starts_on=date(2026, 4, 20), ends_on=date(2026, 4, 24))

    with pytest.raises(Conflict) as warned:
        actions.announce(cast.chair.act, row)
    assert (warned.value.rule, warned.value.field, row.status) == (rules.LEAD, "accept", "planned")

    actions.announce(cast.chair.act, row, accept=True)
    (entry,) = entries(act, "meetings.announced")
    assert (row.status, row.sequence, entry.facts["warned"]) == ("announced", 1, ["meetings.lead-time"])


def test_meetings_too_near_each_other_must_be_confirmed(cast: Cast) -> None:
    convened(cast, starts_on=date(2026, 7, 6), ends_on=date(2026, 7, 17))
    cancelled = convened(cast, starts_on=date(2026, 8, 3), ends_on=date(2026, 8, 5))
    actions.cancel(cast.tsb.act, cancelled, reason="none came")
    row = convened(cast)

    with pytest.raises(Conflict) as warned:
        actions.announce(cast.tsb.act, row)

    assert (warned.value.rule, warned.value.facts["code"]) == (rules.CLOSE, "T25-SG13-260706")


def test_announcement_in_time_needs_no_confirmation(cast: Cast) -> None:
    assert actions.announce(cast.chair.act, convened(cast)).status == "announced"


def test_cancelled_meeting_says_why_and_calendars_hear_of_it(act: Act, cast: Cast) -> None:
    row = announced(cast)

    actions.cancel(cast.chair.act, row, reason="Too few contributions")

    assert (row.status, row.status_reason, row.sequence) == ("cancelled", "Too few contributions", 2)
    assert entries(act, "meetings.cancelled")[0].facts["reason"] == "Too few contributions"
    with pytest.raises(Conflict):
        actions.announce(cast.tsb.act, row, accept=True)


def test_clock_opens_and_closes_by_the_days_once(act: Act, cast: Cast, make: Make) -> None:
    on = announced(cast, starts_on=TODAY, ends_on=date(2026, 3, 6))
    over = announced(cast, starts_on=date(2026, 2, 23), ends_on=date(2026, 3, 1))
    coming, planned = announced(cast), convened(cast, starts_on=TODAY, ends_on=TODAY)
    clock = make.act_as(Actor.clock())

    moved = [actions.move_by_the_clock(clock), actions.move_by_the_clock(clock)]

    assert moved == [2, 0]
    assert [row.status for row in (on, over, coming, planned)] == ["open", "closed", "announced", "planned"]
    assert [entry.actor_kind for entry in entries(act, "meetings.opened")] == ["clock"]


# Deadlines


def test_deadline_is_set_by_hand_by_the_secretariat_with_a_reason(act: Act, cast: Cast) -> None:
    row = announced(cast)
    given = DeadlineForm(due_at=datetime(2026, 11, 2, 11, 0, 0, 5, tzinfo=UTC), reason="Airports are closed")

    found = actions.override_deadline(cast.counsellor.act, row, "contribution", given)

    assert (found.due_at, found.reason) == (datetime(2026, 11, 2, 11, tzinfo=UTC), "Airports are closed")
    assert queries.deadline(act.session, row, "contribution") == found
    assert entries(act, "meetings.deadline-set")[0].facts["reason"] == "Airports are closed"
    back = actions.lift_override(cast.tsb.act, row, "contribution")
    assert back is not None
    assert (back.on, back.is_overridden) == (date(2026, 10, 28), False)


def test_officers_of_the_meeting_never_move_a_deadline(cast: Cast) -> None:
    cast.summon("q2")
    row, rgm = announced(cast), announced(cast, "T/SG13/T25/Q2")
    given = DeadlineForm(due_at=datetime(2026, 11, 2, tzinfo=UTC), reason="Mine is late")

    for player, meeting in ((cast.chair, row), (cast.rapporteur, rgm), (cast.wp_chair, rgm)):
        with pytest.raises(NotAllowed):
            actions.override_deadline(player.act, meeting, "contribution", given)


def test_deadline_of_no_rule_is_refused(cast: Cast) -> None:
    row = announced(cast)

    with pytest.raises(Invalid):
        actions.override_deadline(
            cast.tsb.act, row, "lunch", DeadlineForm(due_at=datetime(2026, 11, 2, tzinfo=UTC), reason="hunger")
        )
    with pytest.raises(NotFound):
        actions.lift_override(cast.tsb.act, row, "contribution")


# Sittings


def test_sitting_has_its_own_zone_and_its_link_stands_in_no_entry(act: Act, cast: Cast) -> None:
    row = announced(cast)

    held = actions.hold_sitting(cast.chair.act, row, sitting(zone="Asia/Seoul", group="T/SG13"))

    assert (held.starts_at, held.remote_link) == (datetime(2026, 11, 9, 0, 30, tzinfo=UTC), LINK)
    assert all(LINK not in str(entry.facts) for entry in all_rows(act.session, Entry))
    assert all(LINK not in str(facts.facts) for facts in all_rows(act.session, PersonalFacts))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": "2026-11-08"}, "on"),
        ({"until": "09:30"}, "until"),
        ({"zone": "Nowhere/Land"}, "zone"),
        ({"remote_link": "http://plain.example/"}, "remote_link"),
        ({"remote_link": "javascript:alert(1)"}, "remote_link"),
        ({"remote_link": "https://"}, "remote_link"),
        ({"remote_link": "https://a b.example/"}, "remote_link"),
        ({"remote_link": "https://[broken/"}, "remote_link"),
        ({"group": "T/SG15"}, "group"),
    ],
)
def test_sitting_that_cannot_be_is_refused(cast: Cast, wrong: dict[str, object], field: str) -> None:
    cast.summon("sg15")
    row = announced(cast)

    with pytest.raises(Invalid) as refused:
        actions.hold_sitting(cast.tsb.act, row, sitting(**wrong))

    assert refused.value.field == field


def test_sitting_is_changed_and_cancelled_with_a_higher_sequence(act: Act, cast: Cast) -> None:
    row = announced(cast)
    held = actions.hold_sitting(cast.chair.act, row, sitting())

    actions.edit_sitting(cast.chair.act, row, held, sitting(begins="10:00"))
    actions.cancel_sitting(cast.chair.act, row, held)
    actions.cancel_sitting(cast.chair.act, row, held)

    assert (held.sequence, held.cancelled_at) == (2, NOW)
    assert len(entries(act, "meetings.sitting-cancelled")) == 1
    with pytest.raises(Conflict):
        actions.edit_sitting(cast.chair.act, row, held, sitting())
    with pytest.raises(NotFound):
        queries.sitting_by_id(act.session, announced(cast), held.id or 0)


# Registration

ASKED = RegistrationForm(mode="in-person", is_listed=True)


def test_registration_is_approved_by_the_focal_point_of_the_entity(act: Act, cast: Cast) -> None:
    row = announced(cast)
    asked = actions.register(cast.delegate_member.act, row, cast.delegate_member.person, ASKED)
    assert (asked.status, queries.is_registered(act.session, row, cast.delegate_member.person.id)) == ("asked", False)

    for player in (cast.delegate_member, cast.chair, cast.rapporteur, cast.delegate_state):
        with pytest.raises(NotFound):
            actions.registration_to_decide(player.act, row, asked.id or 0)
        with pytest.raises(NotAllowed):
            actions.decide_registration(player.act, row, asked, approve=True)
    found = actions.registration_to_decide(cast.focal_point.act, row, asked.id or 0)
    actions.decide_registration(cast.focal_point.act, row, found, approve=True)

    assert queries.is_registered(act.session, row, cast.delegate_member.person.id)
    assert asked.decided_by == cast.focal_point.person.id


def test_journal_does_not_tell_the_public_who_takes_part(act: Act, cast: Cast) -> None:
    row = announced(cast)
    asked = actions.register(cast.delegate_member.act, row, cast.delegate_member.person, ASKED)
    actions.decide_registration(cast.focal_point.act, row, asked, approve=False, reason="Selim left us")

    told = [*entries(act, "meetings.registration-asked"), *entries(act, "meetings.registration-refused")]
    assert {entry.audience for entry in told} == {"secretariat"}
    assert all("Selim" not in str(entry.facts) for entry in told)
    assert sum("Selim" in str(facts.facts) for facts in all_rows(act.session, PersonalFacts)) == 2


def test_who_may_decide_is_in_at_once(act: Act, cast: Cast) -> None:
    row = announced(cast)

    for player in (cast.focal_point, cast.tsb):
        assert actions.register(player.act, row, player.person, ASKED).status == "approved"


def test_nobody_registers_somebody_else_but_the_secretariat(cast: Cast) -> None:
    row = announced(cast)

    for player in (cast.focal_point, cast.chair, cast.delegate_member):
        with pytest.raises(NotAllowed):
            actions.register(player.act, row, cast.delegate_state.person, ASKED)
    assert actions.register(cast.tsb.act, row, cast.outsider.person, ASKED).status == "approved"


@pytest.mark.parametrize(
    ("who", "group", "may"),
    [
        ("delegate_state", "T/SG13", True),
        ("delegate_academia", "T/SG13", True),
        ("delegate_associate", "T/SG13", True),
        ("delegate_associate", "T/SG15", False),
        ("guest", "T/SG13", True),
        ("guest", "T/SG15", False),
        ("outsider", "T/SG13", False),
        ("delegate_member", "R/WP5D", False),
    ],
)
def test_members_of_the_group_register(cast: Cast, make: Make, who: str, group: str, may: bool) -> None:
    cast.summon("sg13", "sg15")
    make.group("R/WP5D")
    row = announced(cast, group, kind="study-group" if group[0] == "T" else "working-party")
    player: Player = getattr(cast, who)

    if may:
        assert actions.register(player.act, row, player.person, ASKED).status == "asked"
    else:
        with pytest.raises(Conflict) as refused:
            actions.register(player.act, row, player.person, ASKED)
        assert refused.value.rule == joining.MEMBERS


def test_guest_of_one_meeting_registers_for_that_one(cast: Cast, make: Make) -> None:
    cast.summon("q2")
    row, other = announced(cast, "T/SG13/T25/Q2"), announced(cast, "T/SG13/T25/Q2")
    person = make.person("Gina Single")
    make.guest_pass(person, f"meeting:{row.code}")
    act = make.act_as(make.actor(person))

    assert actions.register(act, row, person, ASKED).status == "asked"
    with pytest.raises(Conflict):
        actions.register(act, other, person, ASKED)


def test_everybody_with_an_account_comes_to_a_workshop(cast: Cast) -> None:
    row = announced(cast, kind="workshop")

    assert actions.register(cast.outsider.act, row, cast.outsider.person, ASKED).status == "asked"


def test_registration_is_given_up_and_asked_for_again(act: Act, cast: Cast) -> None:
    row = announced(cast)
    player = cast.delegate_member
    first = actions.register(player.act, row, player.person, ASKED)

    with pytest.raises(Conflict) as twice:
        actions.register(player.act, row, player.person, ASKED)
    with pytest.raises(NotAllowed):
        actions.cancel_registration(cast.delegate_state.act, row, first)
    actions.cancel_registration(player.act, row, first)
    again = actions.register(player.act, row, player.person, RegistrationForm(mode="remote"))

    assert twice.value.rule == joining.ALREADY
    assert (again.id, again.status, again.mode) == (first.id, "asked", "remote")
    assert len(all_rows(act.session, Registration)) == 1


def test_registration_closes_with_the_last_second_of_its_last_day(cast: Cast, make: Make) -> None:
    row = announced(cast, registration_closes_on=date(2026, 10, 9))
    player = cast.delegate_member
    last = datetime(2026, 10, 9, 21, 59, 59, 999999, tzinfo=UTC)

    with pytest.raises(Conflict) as late:
        actions.register(Act(make.session, player.actor, last + timedelta(microseconds=1)), row, player.person, ASKED)

    assert late.value.rule == joining.LATE
    assert actions.register(Act(make.session, player.actor, last), row, player.person, ASKED).status == "asked"


# Who sees the remote link


def test_link_is_for_registered_people_officers_and_the_secretariat(act: Act, cast: Cast, make: Make) -> None:
    cast.summon(*Cast.NAMES)
    row = announced(cast)
    for player in (cast.delegate_member, cast.outsider):
        actions.register(cast.tsb.act, row, player.person, ASKED)
    actions.register(cast.delegate_state.act, row, cast.delegate_state.person, ASKED)

    seeing = {name for name, player in cast.every().items() if queries.presence(player.act, row).sees_links}

    assert seeing == {"tsb", "br", "admin", "counsellor", "chair", "delegate_member", "outsider"}
    assert not queries.presence(make.act_as(Actor.anonymous()), row).sees_links


def test_token_for_files_does_not_see_the_link(cast: Cast, make: Make) -> None:
    row = announced(cast)
    actions.register(cast.tsb.act, row, cast.delegate_member.person, ASKED)

    def sees(player: Player, *scopes: str) -> bool:
        return queries.presence(make.act_as(make.actor(player.person, scopes=scopes)), row).sees_links

    assert [sees(player, "files:read") for player in (cast.delegate_member, cast.chair, cast.tsb)] == [False] * 3
    assert [sees(player, "read") for player in (cast.delegate_member, cast.chair, cast.tsb)] == [True] * 3


# Keys of calendars


def test_key_of_a_calendar_is_stored_as_its_digest_and_replaced_by_a_new_one(act: Act, cast: Cast) -> None:
    player = cast.delegate_member
    first, words = actions.make_calendar(player.act, player.person, "my")
    second, _ = actions.make_calendar(player.act, player.person, "my")

    rows = all_rows(act.session, CalendarToken)
    assert len(words) >= 43
    assert all(words not in str(row.model_dump()) for row in rows)
    assert (first.ended_at, second.ended_at) == (NOW, None)
    assert all(words not in str(entry.facts) for entry in all_rows(act.session, Entry))


def test_key_is_made_and_ended_by_its_owner_alone(cast: Cast, make: Make) -> None:
    player = cast.delegate_member
    row, _ = actions.make_calendar(player.act, player.person, "all")

    for other in (cast.delegate_state, cast.tsb):
        with pytest.raises(NotFound):
            actions.end_calendar(other.act, row.id or 0)
        with pytest.raises(NotAllowed):
            actions.make_calendar(other.act, player.person, "my")
    by_token = make.act_as(make.actor(player.person, scopes=["write"]))
    with pytest.raises(NotAllowed):
        actions.make_calendar(by_token, player.person, "my")
    assert actions.end_calendar(player.act, row.id or 0).ended_at == NOW


def test_all_sittings_belong_to_their_meeting(act: Act, cast: Cast) -> None:
    row = announced(cast)
    actions.hold_sitting(cast.tsb.act, row, sitting(title="Second", begins="14:30", until="17:30"))
    actions.hold_sitting(cast.tsb.act, row, sitting(title="First"))

    assert [each.title for each in queries.sittings_of(act.session, row)] == ["First", "Second"]
    assert len(all_rows(act.session, Sitting)) == 2
