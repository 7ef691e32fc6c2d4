"""What meetings may be, when things are due, and what is refused: tables, each case by its rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from sgdocs.groups.rules import ENDED, GroupKind
from sgdocs.meetings import deadlines, joining, rules
from sgdocs.meetings.deadlines import MeetingFacts, Override, deadlines_of, months_before
from sgdocs.meetings.joining import Asker, Door
from sgdocs.meetings.rules import MeetingKind, MeetingStatus, Other, Plan, Standing
from sgdocs.meetings.timing import USUAL, Timing

SG15 = MeetingFacts("T", "study-group", date(2026, 3, 2))
WP5D = MeetingFacts("R", "working-party", date(2026, 6, 9))


def due(facts: MeetingFacts, rule: str) -> str:
    """The last second of a deadline in UTC."""
    return next(each for each in deadlines_of(facts) if each.rule == rule).due_at.strftime("%Y-%m-%d %H:%M:%S")


def test_worked_example_of_the_twelve_days() -> None:
    """Domain 4.3: a meeting that opens on Monday 2 March 2026."""
    assert due(SG15, "contribution") == "2026-02-18 22:59:59"
    assert due(SG15, "translation") == "2026-01-02 22:59:59"


@pytest.mark.parametrize(
    ("facts", "rule", "utc"),
    [
        pytest.param(SG15, "participants", "2026-02-02 22:59:59", id="A.1 1.3.2"),
        pytest.param(SG15, "temporary-document", "2026-02-23 22:59:59", id="T-C5"),
        pytest.param(SG15, "event-report", "2026-02-28 22:59:59", id="T-C6"),
        pytest.param(SG15, "progress-report", "2026-03-02 22:59:59", id="T-C7"),
        pytest.param(SG15, "correspondence-report", "2026-02-18 22:59:59", id="T-C9"),
        pytest.param(SG15, "convening-letter", "2026-01-02 22:59:59", id="A.1 1.3.2 letter"),
        pytest.param(replace(SG15, announces_tap=True), "convening-letter", "2025-12-02 22:59:59", id="9.3.3 TAP"),
        pytest.param(
            replace(SG15, is_in_timetable=False), "convening-letter", "2025-12-02 22:59:59", id="not in the timetable"
        ),
        pytest.param(
            MeetingFacts("T", "assembly", date(2028, 10, 16)),
            "contribution",
            "2028-10-02 21:59:59",
            id="T-C8 never later",
        ),
        pytest.param(
            MeetingFacts("T", "assembly", date(2028, 10, 16)),
            "contribution-advised",
            "2028-09-16 21:59:59",
            id="T-C8 should",
        ),
        pytest.param(WP5D, "contribution", "2026-06-02 16:00:00", id="ITU-R 7 days"),
        pytest.param(WP5D, "convening-letter", "2026-03-09 22:59:59", id="ITU-R LCCE"),
        pytest.param(
            MeetingFacts("R", "study-group", date(2026, 6, 9)),
            "translation",
            "2026-03-09 16:00:00",
            id="ITU-R 3 months",
        ),
        pytest.param(
            MeetingFacts("R", "study-group", date(2026, 6, 9)),
            "draft-recommendation",
            "2026-05-12 21:59:59",
            id="ITU-R 4 weeks",
        ),
        pytest.param(
            MeetingFacts("T", "rapporteur-group", date(2026, 5, 4)), "convening-letter", "2026-03-04 22:59:59", id="RGM"
        ),
        pytest.param(MeetingFacts("T", "jca", date(2026, 5, 4)), "convening-letter", "2026-04-06 21:59:59", id="JCA"),
    ],
)
def test_deadline_is_counted_back_from_the_first_day(facts: MeetingFacts, rule: str, utc: str) -> None:
    assert due(facts, rule) == utc


@pytest.mark.parametrize(
    ("starts_on", "utc"),
    [
        (date(2026, 4, 9), "2026-03-28 22:59:59"),
        (date(2026, 4, 10), "2026-03-29 21:59:59"),
        (date(2026, 11, 5), "2026-10-24 21:59:59"),
        (date(2026, 11, 6), "2026-10-25 22:59:59"),
    ],
    ids=[
        "the day before summer time",
        "the day of summer time",
        "the day before winter time",
        "the day of winter time",
    ],
)
def test_deadline_is_a_day_in_geneva_whatever_the_season(starts_on: date, utc: str) -> None:
    assert due(replace(SG15, starts_on=starts_on), "contribution") == utc


@pytest.mark.parametrize("starts_on", [date(2026, 1, 13), date(2026, 7, 14)])
def test_cut_off_of_itu_r_is_at_the_same_hour_of_utc_all_year(starts_on: date) -> None:
    assert due(replace(WP5D, starts_on=starts_on), "contribution").endswith("16:00:00")


def test_deadline_names_rule_clause_and_zone() -> None:
    found = next(each for each in deadlines_of(SG15) if each.rule == "contribution")

    assert (found.code, found.on, found.zone) == ("T-C2", date(2026, 2, 18), "Europe/Zurich")
    assert found.clause.startswith("Rec. ITU-T A.1")
    assert not found.is_overridden


def test_second_that_is_named_still_counts() -> None:
    found = next(each for each in deadlines_of(SG15) if each.rule == "contribution")

    assert not found.has_passed(found.due_at)
    assert not found.has_passed(found.due_at + timedelta(milliseconds=999))
    assert found.has_passed(found.due_at + timedelta(seconds=1))


def test_override_takes_the_place_of_the_rule_and_keeps_what_it_said() -> None:
    at = datetime(2026, 2, 23, 11, 0, tzinfo=UTC)
    ruled = next(each for each in deadlines_of(SG15) if each.rule == "contribution")

    found = next(
        each for each in deadlines_of(SG15, {"contribution": Override(at, "strike")}) if each.rule == "contribution"
    )

    assert (found.due_at, found.on, found.reason, found.computed_at) == (at, date(2026, 2, 23), "strike", ruled.due_at)
    assert found.clause == ruled.clause


def test_override_gives_a_deadline_where_no_rule_does() -> None:
    rgm = MeetingFacts("T", "rapporteur-group", date(2026, 5, 4))
    at = datetime(2026, 4, 30, 20, 0, tzinfo=UTC)

    assert [each.rule for each in deadlines_of(rgm)] == ["convening-letter"]
    found = deadlines_of(rgm, {"contribution": Override(at, "agreed in the group")})
    assert [(each.rule, each.due_at, each.computed_at) for each in found][1:] == [("contribution", at, None)]


def test_deadlines_come_in_the_order_in_which_they_pass() -> None:
    found = deadlines_of(SG15)

    assert [each.due_at for each in found] == sorted(each.due_at for each in found)
    assert {each.rule for each in found} < set(deadlines.RULES)


def test_settings_of_the_house_move_uncertain_deadlines() -> None:
    timing = Timing(r_contrib_days=10, r_cutoff="12:00:00", deadline_zone="UTC", r_lead_months=4)

    assert due(replace(WP5D, timing=timing), "contribution") == "2026-05-30 12:00:00"
    assert due(replace(WP5D, timing=timing), "convening-letter") == "2026-02-09 23:59:59"
    assert due(replace(SG15, timing=timing), "contribution") == "2026-02-18 23:59:59"
    assert Timing.kept(timing.told()) == timing
    assert USUAL.told() == {}


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 4, 30), 2, date(2026, 2, 28)),
        (date(2028, 4, 30), 2, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 2, date(2025, 11, 15)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
    ],
)
def test_months_before_a_day(day: date, months: int, found: date) -> None:
    assert months_before(day, months) == found


@pytest.mark.parametrize(
    ("starts_on", "sent_by"),
    [(date(2026, 3, 2), "2026-02-18"), (date(2026, 3, 4), "2026-02-20"), (date(2026, 3, 8), "2026-02-25")],
    ids=["Monday: over a week end", "Wednesday", "Sunday: counted from a Sunday"],
)
def test_papers_are_sent_three_working_days_before_they_must_be_there(starts_on: date, sent_by: str) -> None:
    """T-C4 before T-C5."""
    assert due(replace(SG15, starts_on=starts_on), "temporary-document-sent").startswith(sent_by)


# Codes


@pytest.mark.parametrize(
    ("path", "period", "on", "place", "code"),
    [
        ("T/SG15", "T25", date(2026, 11, 9), 1, "T25-SG15-261109"),
        ("T/SG15/T25/Q2", "T25", date(2026, 3, 2), 1, "T25-SG15-Q2-260302"),
        ("T/SG15/T25/Q2", "T25", date(2026, 3, 2), 2, "T25-SG15-Q2-260302-2"),
        ("T/SG15/T25/WP1", "T25", date(2026, 3, 2), 1, "T25-SG15-WP1-260302"),
        ("R/WP5D", "R23", date(2026, 6, 9), 1, "R23-WP5D-260609"),
        ("R/TG5-1", "R23", date(2026, 6, 9), 1, "R23-TG5-1-260609"),
        ("T/TSAG", "T25", date(2026, 5, 25), 1, "T25-TSAG-260525"),
        ("T/FG-AI4H", "T25", date(2026, 5, 25), 1, "T25-FG-AI4H-260525"),
        ("T/SG13/CG-AI", "T25", date(2026, 5, 25), 1, "T25-SG13-CG-AI-260525"),
    ],
)
def test_code_of_a_meeting(path: str, period: str, on: date, place: int, code: str) -> None:
    assert rules.code_of(period, path, on, place=place) == code


# What is refused

PLAN = Plan(
    MeetingKind.STUDY_GROUP,
    "study-group",
    "ITU-T SG15",
    date(2026, 11, 9),
    date(2026, 11, 20),
    "Europe/Zurich",
    date(2026, 3, 2),
)


@pytest.mark.parametrize(
    ("plan", "rule"),
    [
        (PLAN, None),
        (replace(PLAN, kind=MeetingKind.RAPPORTEUR_GROUP), rules.KIND),
        (replace(PLAN, ends_on=date(2026, 11, 8)), rules.DAYS),
        (replace(PLAN, ends_on=date(2026, 11, 9)), None),
        (replace(PLAN, group_ends_on=date(2026, 11, 8)), ENDED),
        (replace(PLAN, group_ends_on=date(2026, 11, 9)), None),
        (replace(PLAN, zone="Geneva"), rules.ZONE),
        (replace(PLAN, zone="../etc/passwd"), rules.ZONE),
        (replace(PLAN, zone="Asia/Seoul"), None),
        (replace(PLAN, opens_on=date(2026, 9, 2), closes_on=date(2026, 9, 1)), rules.WINDOW),
        (replace(PLAN, opens_on=date(2026, 9, 1), closes_on=date(2026, 9, 1)), None),
        (replace(PLAN, today=date(2026, 11, 9)), None),
        (replace(PLAN, today=date(2026, 11, 10)), rules.OLD),
        (replace(PLAN, today=date(2026, 11, 10), is_office=True), None),
    ],
)
def test_meeting_may_be_convened_or_why_not(plan: Plan, rule: object) -> None:
    found = rules.why_not_convene(plan)

    assert (found.rule if found else None) == rule


@pytest.mark.parametrize("group_kind", GroupKind)
def test_every_kind_of_group_can_meet(group_kind: GroupKind) -> None:
    assert rules.kinds_for(group_kind)


NOW = Standing("announced", date(2026, 3, 2), date(2026, 3, 6), "hybrid", "Geneva")
P, A, OPEN, C, X = MeetingStatus


@pytest.mark.parametrize(
    ("status", "to", "right"),
    [
        (P, A, True), (A, A, False), (OPEN, A, False), (C, A, False), (X, A, False),
        (P, OPEN, False), (A, OPEN, True), (OPEN, OPEN, False), (C, OPEN, True), (X, OPEN, False),
        (P, C, False), (A, C, False), (OPEN, C, True), (C, C, False), (X, C, False),
        (P, X, True), (A, X, True), (OPEN, X, False), (C, X, False), (X, X, False),
    ],
)  # fmt: skip
def test_meeting_moves_from_one_status_to_another(status: MeetingStatus, to: MeetingStatus, right: bool) -> None:
    found = rules.why_not_move(to, replace(NOW, status=status), date(2026, 3, 3), reason="flood")

    assert (found is None) is right
    if found is not None:
        assert found.rule == rules.STATUS


@pytest.mark.parametrize(
    ("to", "now", "today", "rule"),
    [
        (A, replace(NOW, status=P, place=""), date(2026, 1, 5), rules.PLACE),
        (A, replace(NOW, status=P, place="", format="virtual"), date(2026, 1, 5), None),
        (OPEN, NOW, date(2026, 3, 1), rules.NOT_YET),
        (OPEN, NOW, date(2026, 3, 2), None),
        (OPEN, replace(NOW, status=C), date(2026, 3, 6), None),
        (OPEN, replace(NOW, status=C), date(2026, 3, 7), rules.NOT_OVER),
        (X, NOW, date(2026, 1, 5), rules.REASON),
    ],
)
def test_move_needs_its_day_place_and_reason(to: MeetingStatus, now: Standing, today: date, rule: object) -> None:
    found = rules.why_not_move(to, now, today)

    assert (found.rule if found else None) == rule


def test_clock_opens_on_the_first_geneva_day_and_closes_after_the_last() -> None:
    before, first = datetime(2026, 3, 1, 22, 59, 59, tzinfo=UTC), datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    last, after = datetime(2026, 3, 6, 22, 59, 59, tzinfo=UTC), datetime(2026, 3, 6, 23, 0, tzinfo=UTC)

    assert [rules.is_due_to_open(NOW, at) for at in (before, first, last, after)] == [False, True, True, False]
    assert [rules.is_due_to_close(NOW, at) for at in (last, after)] == [False, True]
    assert not rules.is_due_to_close(replace(NOW, status=P), after)


# Warnings


@pytest.mark.parametrize(
    ("today", "warned"),
    [(date(2026, 1, 2), []), (date(2026, 1, 3), ["meetings.lead-time"])],
    ids=["the last day", "a day late"],
)
def test_lead_time_that_is_not_kept_is_a_warning(today: date, warned: list[str]) -> None:
    found = rules.warnings_of(SG15, date(2026, 3, 6), today, [])

    assert [each.rule.id for each in found] == warned


@pytest.mark.parametrize(
    ("other", "warned"),
    [
        (Other("A", date(2025, 8, 25), date(2025, 9, 2)), False),
        (Other("B", date(2025, 8, 25), date(2025, 9, 3)), True),
        (Other("C", date(2026, 9, 5), date(2026, 9, 9)), True),
        (Other("D", date(2026, 9, 6), date(2026, 9, 9)), False),
    ],
    ids=["six months before", "a day less", "a day less after", "six months after"],
)
def test_meetings_less_than_six_months_apart_are_a_warning(other: Other, warned: bool) -> None:
    found = rules.warnings_of(SG15, date(2026, 3, 6), date(2025, 12, 1), [other])

    assert [each.facts["code"] for each in found] == ([other.code] if warned else [])


def test_rapporteur_groups_may_meet_as_often_as_they_like() -> None:
    facts = replace(SG15, kind="rapporteur-group")
    near = Other("A", date(2026, 2, 1), date(2026, 2, 5))

    assert rules.warnings_of(facts, date(2026, 3, 6), date(2025, 12, 1), [near]) == ()


# Sittings


def test_sitting_in_the_hour_that_summer_time_leaves_out_is_none() -> None:
    assert rules.sitting_instant(date(2026, 3, 29), time(2, 30), "Europe/Zurich") is None
    assert rules.sitting_instant(date(2026, 3, 29), time(2, 30), "Asia/Seoul") == datetime(
        2026, 3, 28, 17, 30, tzinfo=UTC
    )
    assert rules.sitting_instant(date(2026, 3, 29), time(3, 0), "Europe/Zurich") == datetime(2026, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "length_h", "rule"),
    [
        (date(2026, 3, 2), 1, None),
        (date(2026, 3, 6), 1, None),
        (date(2026, 3, 1), 1, rules.SITTING_DAY),
        (date(2026, 3, 7), 1, rules.SITTING_DAY),
        (date(2026, 3, 3), 0, rules.SITTING_ORDER),
        (date(2026, 3, 3), -1, rules.SITTING_ORDER),
    ],
)
def test_sitting_lies_within_the_meeting(on: date, length_h: int, rule: object) -> None:
    start = datetime.combine(on, time(9), tzinfo=UTC)

    found = rules.why_not_sit(on, start, start + timedelta(hours=length_h), NOW)

    assert (found.rule if found else None) == rule


# Registration

DOOR = Door("announced", "hybrid", date(2026, 3, 6), opens_on=date(2026, 1, 5), closes_on=date(2026, 3, 1))
MEMBER = Asker("Selim", is_entitled=True)
IN_TIME = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "rule"),
    [
        (datetime(2026, 1, 4, 22, 59, 59, 999999, tzinfo=UTC), joining.EARLY),
        (datetime(2026, 1, 4, 23, 0, 0, tzinfo=UTC), None),
        (datetime(2026, 3, 1, 22, 59, 59, 999999, tzinfo=UTC), None),
        (datetime(2026, 3, 1, 23, 0, 0, tzinfo=UTC), joining.LATE),
    ],
    ids=["the last second before", "the first second", "the last second", "the first second after"],
)
def test_window_is_of_whole_days_in_geneva(at: datetime, rule: object) -> None:
    found = joining.why_not_register(DOOR, MEMBER, "remote", at)

    assert (found.rule if found else None) == rule


def test_without_a_last_day_one_registers_until_the_meeting_ends() -> None:
    door = replace(DOOR, closes_on=None, status="open")

    assert joining.why_not_register(door, MEMBER, "remote", datetime(2026, 3, 6, 22, 59, 59, tzinfo=UTC)) is None
    late = joining.why_not_register(door, MEMBER, "remote", datetime(2026, 3, 6, 23, tzinfo=UTC))
    assert late is not None
    assert late.rule == joining.LATE


@pytest.mark.parametrize(
    ("door", "who", "mode", "office", "rule"),
    [
        (DOOR, MEMBER, "remote", False, None),
        (replace(DOOR, status="planned"), MEMBER, "remote", False, joining.NOT_OPEN),
        (replace(DOOR, status="closed"), MEMBER, "remote", True, joining.NOT_OPEN),
        (replace(DOOR, status="cancelled"), MEMBER, "remote", True, joining.NOT_OPEN),
        (DOOR, replace(MEMBER, is_entitled=False), "remote", False, joining.MEMBERS),
        (DOOR, replace(MEMBER, is_entitled=False), "remote", True, None),
        (DOOR, replace(MEMBER, registered="asked"), "remote", False, joining.ALREADY),
        (DOOR, replace(MEMBER, registered="approved"), "remote", True, joining.ALREADY),
        (DOOR, replace(MEMBER, registered="cancelled"), "remote", False, None),
        (replace(DOOR, format="physical"), MEMBER, "remote", False, joining.MODE),
        (replace(DOOR, format="virtual"), MEMBER, "in-person", False, joining.MODE),
    ],
)
def test_person_may_register_or_why_not(door: Door, who: Asker, mode: str, office: bool, rule: object) -> None:
    found = joining.why_not_register(door, who, mode, IN_TIME, is_office=office)

    assert (found.rule if found else None) == rule


@pytest.mark.parametrize(
    ("status", "approve", "reason", "rule"),
    [
        ("asked", True, "", None),
        ("asked", False, "", joining.REFUSAL_REASON),
        ("asked", False, "full", None),
        ("approved", True, "", joining.DECIDED),
        ("approved", False, "left us", None),
        ("refused", True, "", None),
        ("refused", False, "full", joining.DECIDED),
        ("cancelled", True, "", joining.DECIDED),
        ("cancelled", False, "full", joining.DECIDED),
    ],
)
def test_registration_is_decided_once_and_may_be_turned(status: str, approve: bool, reason: str, rule: object) -> None:
    found = joining.why_not_decide(status, approve=approve, reason=reason)

    assert (found.rule if found else None) == rule
