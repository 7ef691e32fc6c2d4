"""The calendar of the procedures against the facts of the domain: every row of 6.7 and 6.8, day by day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sgdocs.approval import rulings
from sgdocs.approval.facts import CommentFacts, MeetingFacts, ProcessFacts, ReplyFacts
from sgdocs.approval.periods import announcing_day_of
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.terms import By
from sgdocs.approval.replay import Announced, Known, judge
from sgdocs.approval.workflow import Outcome, advance, offers, on_expiry
from tests.approval.facts_for import GOOD

NO_COMMENT = CommentFacts()
SUBSTANTIVE = CommentFacts(substantive=1, without_disposition=0)
D = date.fromisoformat


def on(day: date, **changes: object) -> ProcessFacts:
    """Good facts of that day, under the rules of that day."""
    now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    text = replace(GOOD.text, posted_on=day - timedelta(days=120))
    return replace(GOOD, today=day, now=now, rules=rulings.snapshot(day), text=text, **changes)  # type: ignore[arg-type]


def opened(procedure: str, state: str, step: str, facts: ProcessFacts) -> Outcome:
    """The step is open on that day, and taken."""
    table = ALL[procedure]
    offered = [o for o in offers(table, state, facts, set(By)) if o.step.id == step]
    assert [(offer.step.id, offer.unmet) for offer in offered] == [(step, ())]
    return advance(table, state, step, facts, facts.today)


def closed(procedure: str, state: str, window: Outcome, comments: CommentFacts, *, weeks_down: int = 0) -> Outcome:
    """What the clock does when it comes by, at once or after weeks."""
    assert window.closes_on is not None
    facts = on(
        window.closes_on + timedelta(days=1 + 7 * weeks_down), window_closes_on=window.closes_on, comments=comments
    )
    outcome = on_expiry(ALL[procedure], state, facts, facts.today)
    assert outcome is not None
    return outcome


CALENDAR = [
    ("2026-01-01", "2026-01-28", "2026-01-29", "2026-01-21", "2026-01-22"),
    ("2026-01-16", "2026-02-12", "2026-02-13", "2026-02-05", "2026-02-06"),
    ("2026-02-01", "2026-02-28", "2026-03-01", "2026-02-21", "2026-02-22"),
    ("2026-02-16", "2026-03-15", "2026-03-16", "2026-03-08", "2026-03-09"),
    ("2024-02-16", "2024-03-14", "2024-03-15", "2024-03-07", "2024-03-08"),
    ("2024-02-01", "2024-02-28", "2024-02-29", "2024-02-21", "2024-02-22"),
    ("2026-04-01", "2026-04-28", "2026-04-29", "2026-04-21", "2026-04-22"),
    ("2026-04-16", "2026-05-13", "2026-05-14", "2026-05-06", "2026-05-07"),
    ("2026-12-16", "2027-01-12", "2027-01-13", "2027-01-05", "2027-01-06"),
]


@pytest.mark.parametrize(("start", "lc_ends", "lc_approved", "ar_ends", "ar_approved"), CALENDAR)
@pytest.mark.parametrize("weeks_down", [0, 1, 5])
def test_calendar_of_6_7(
    start: str, lc_ends: str, lc_approved: str, ar_ends: str, ar_approved: str, weeks_down: int
) -> None:
    call = opened("aap", "requested", "open-last-call", on(D(start)))
    review = opened("aap", "review-requested", "open-review", on(D(start)))
    passed = closed("aap", "last-call", call, NO_COMMENT, weeks_down=weeks_down)
    resolved = closed("aap", "additional-review", review, NO_COMMENT, weeks_down=weeks_down)

    assert (call.state, call.closes_on) == ("last-call", D(lc_ends))
    assert (passed.state, passed.happened_on) == ("approved", D(lc_approved))
    assert (review.state, review.closes_on) == ("additional-review", D(ar_ends))
    assert (resolved.state, resolved.happened_on) == ("approved-after-review", D(ar_approved))


LAST_CALLS = [
    pytest.param("2020-04-01", "2020-04-28", "2020-04-29", id="Q.3057"),
    pytest.param("2018-11-01", "2018-11-28", "2018-11-29", id="G.698.2 (11/2018)"),
    pytest.param("2019-12-16", "2020-01-12", "2020-01-13", id="Y.4461, Y.4462 to Y.4468, Y.4807, Y.4208"),
    pytest.param("2020-02-16", "2020-03-14", "2020-03-15", id="26 texts, leap February"),
    pytest.param("2025-02-16", "2025-03-15", "2025-03-16", id="F.742 (V2) and 40 others"),
    pytest.param("2023-12-16", "2024-01-12", "2024-01-13", id="G.9804.1 Amd. 2"),
    pytest.param("2025-04-16", "2025-05-13", "2025-05-14", id="G.9804.1 Amd. 3"),
    pytest.param("2019-11-01", "2019-11-28", "2019-11-29", id="H.265 V7"),
    pytest.param("2025-12-16", "2026-01-12", "2026-01-13", id="H.265 V11"),
]
REVIEWS = [
    pytest.param("2019-06-01", "2019-06-21", "2019-06-22", id="Y.3172"),
    pytest.param("2019-11-01", "2019-11-21", "2019-11-22", id="G.9804.1"),
    pytest.param("2021-07-16", "2021-08-05", "2021-08-06", id="G.9804.1 Amd. 1"),
    pytest.param("2019-09-16", "2019-10-06", "2019-10-07", id="J.1600"),
    pytest.param("2019-06-16", "2019-07-06", "2019-07-07", id="Y.4051, Y.4906: Sunday to Sunday"),
    pytest.param("2021-08-01", "2021-08-21", "2021-08-22", id="H.265 V8"),
]


@pytest.mark.parametrize(("start", "ends", "approved"), LAST_CALLS)
def test_last_calls_of_6_8(start: str, ends: str, approved: str) -> None:
    call = opened("aap", "requested", "open-last-call", on(D(start)))
    passed = closed("aap", "last-call", call, NO_COMMENT)

    assert (call.closes_on, passed.happened_on) == (D(ends), D(approved))


def test_q3057_from_consent_to_approval() -> None:
    """Consented in March 2020, called on 1 April, approved on the 29th."""
    sg11 = meeting("T17-SG11-200304", "2020-03-04", "2020-03-13")
    consented = opened("aap", "", "consent", on(D("2020-03-13"), meeting=sg11))
    edited = opened("aap", consented.state, "receive-text", on(D("2020-03-20")))
    asked = opened("aap", edited.state, "request", on(D("2020-03-27")))
    called_on = announcing_day_of(D("2020-03-27"))
    call = opened("aap", asked.state, "open-last-call", on(called_on))
    passed = closed("aap", call.state, call, NO_COMMENT)

    assert [consented.state, edited.state, asked.state] == ["consented", "edited", "requested"]
    assert (call.happened_on, call.closes_on) == (D("2020-04-01"), D("2020-04-28"))
    assert (passed.state, passed.happened_on) == ("approved", D("2020-04-29"))
    assert {"bring-into-force"} == set(passed.effects)


@pytest.mark.parametrize(("start", "ends", "approved"), REVIEWS)
def test_reviews_of_6_8(start: str, ends: str, approved: str) -> None:
    """Comments came in the last call before; they are resolved, and the revised text is reviewed."""
    call = opened("aap", "requested", "open-last-call", on(D("2019-04-01")))
    judged = closed("aap", "last-call", call, SUBSTANTIVE)
    resolving = opened("aap", "judgement", "resolve", on(D("2019-05-02")))
    asked = opened("aap", "resolution", "request-review", on(D("2019-05-20"), comments=SUBSTANTIVE))
    review = opened("aap", "review-requested", "open-review", on(D(start)))
    passed = closed("aap", "additional-review", review, NO_COMMENT)

    assert [judged.state, resolving.state, asked.state] == ["judgement", "resolution", "review-requested"]
    assert (review.closes_on, passed.happened_on) == (D(ends), D(approved))


def test_sunday_is_not_shifted() -> None:
    assert D("2019-06-16").weekday() == D("2019-07-07").weekday() == 6


def meeting(code: str, first: str, last: str) -> MeetingFacts:
    return replace(GOOD.meeting, code=code, starts_on=D(first), ends_on=D(last))


def test_plenary_of_study_group_12_decides_on_its_day() -> None:
    """E.805 and Y.1540: approved on 2019-12-05, off the grid: AAP-15."""
    sg12 = meeting("T17-SG12-191126", "2019-11-26", "2019-12-05")
    announced = opened("aap", "sg-requested", "announce-decision", on(D("2019-11-01"), deciding=sg12))
    decided = opened("aap", "sg-decision", "approve", on(D("2019-12-05"), deciding=sg12, meeting=sg12))

    assert announced.state == "sg-decision"
    assert (decided.state, decided.happened_on) == ("approved", D("2019-12-05"))


TAPS = [
    pytest.param("T17-SG3-190423", "2019-04-23", "2019-05-02", "2018-12-07", "2019-04-12", id="D.198, D.262, D.263"),
    pytest.param("T17-SG11-190306", "2019-03-06", "2019-03-15", "2018-07-27", "2019-02-25", id="Q.5050"),
    pytest.param(
        "T17-SG2-200527", "2020-05-27", "2020-06-05", "2019-12-13", "2020-05-18", id="E.156 (06/2020) + Amd. 1"
    ),
]


@pytest.mark.parametrize(("code", "first", "last", "determined_on", "replies_end"), TAPS)
def test_taps_of_6_8(code: str, first: str, last: str, determined_on: str, replies_end: str) -> None:
    """Determined at a meeting before, announced three months ahead, decided on the last day, the one in the catalogue."""
    sg = meeting(code, first, last)
    before = meeting("T17-before", determined_on, determined_on)
    determined = opened("tap", "", "determine", on(D(determined_on), meeting=before, selected="tap"))
    announced_on = D(first) - timedelta(days=100)
    asked = opened("tap", "determined", "request", on(announced_on, deciding=sg))
    call = opened("tap", "requested", "open-consultation", on(announced_on, deciding=sg))
    assert call.closes_on is not None
    counted = on(
        call.closes_on + timedelta(days=1), window_closes_on=call.closes_on, replies=ReplyFacts(approve=("FRA",))
    )
    cleared = on_expiry(ALL["tap"], "consultation", counted, counted.today)
    decided = opened("tap", "cleared", "approve", on(D(last), deciding=sg, meeting=sg))

    assert [determined.state, asked.state, call.state] == ["determined", "requested", "consultation"]
    assert cleared is not None
    assert cleared.state == "cleared"
    assert call.closes_on == D(replies_end)
    assert (decided.state, decided.happened_on) == ("approved", D(last))


def test_one_opposing_state_stops_tap_and_not_aap() -> None:
    sg = meeting("T17-SG2-200527", "2020-05-27", "2020-06-05")
    facts = on(D("2020-06-05"), deciding=sg, meeting=sg, replies=ReplyFacts(oppose=("FRA",)))

    def decisions(procedure: str, state: str) -> list[str]:
        return [o.step.id for o in offers(ALL[procedure], state, facts, {By.CHAIR}) if o.is_open]

    assert "refuse" in decisions("tap", "cleared")
    assert "approve" not in decisions("tap", "cleared")
    assert "approve-opposed" in decisions("aap", "sg-decision")


@pytest.mark.parametrize("code", ["L.1470", "Y.4459"])
def test_slip_of_a_day_is_kept_as_given(code: str) -> None:
    verdict = judge(Announced("AAP", code, "2020-01"), Known(D("2020-01-12"), "SG5", 1))

    assert (verdict.path, verdict.is_explained, verdict.day) == ("anomaly", False, D("2020-01-12"))
    assert "the day before 2020-01-13, when the last-call of 2019-12-16 counts" in verdict.why
    assert "C0.4" in verdict.clause


def test_cut_off_of_tap_replies_follows_the_resolution_of_the_day() -> None:
    """Seven working days before, until 2022-03; then twelve calendar days (U1). A process keeps the rules it began with."""
    sg = meeting("T22-SG2-220516", "2022-05-16", "2022-05-20")
    old = replace(on(D("2022-02-01"), deciding=sg), rules=rulings.snapshot(D("2022-02-01")))
    new = replace(on(D("2022-02-01"), deciding=sg), rules=rulings.snapshot(D("2022-03-01")))

    def closing(facts: ProcessFacts) -> date | None:
        return advance(ALL["tap"], "requested", "open-consultation", facts, facts.today).closes_on

    assert closing(old) == D("2022-05-05")
    assert closing(replace(old, holidays=(D("2022-05-05"),))) == D("2022-05-04")
    assert closing(new) == D("2022-05-04")


def test_agreement_is_dated_the_day_of_the_meeting() -> None:
    sg = meeting("T17-SG20-191125", "2019-11-25", "2019-12-06")
    facts = on(D("2019-12-06"), meeting=sg, selected="agreement", kind="supplement")

    agreed = opened("agreement", "", "agree", facts)

    assert (agreed.state, agreed.happened_on) == ("agreed", D("2019-12-06"))


RADIO = [("psaa", "requested", "open", "psaa"), ("consultation", "requested", "open-consultation", "consultation")]


@pytest.mark.parametrize(("procedure", "state", "step", "window"), RADIO)
def test_circular_of_20_december_closes_on_20_february(procedure: str, state: str, step: str, window: str) -> None:
    call = opened(procedure, state, step, on(D("2023-12-20")))
    approved = closed(procedure, window, call, NO_COMMENT)

    assert call.closes_on == D("2024-02-20")
    assert (approved.state, approved.happened_on) == ("approved", D("2024-02-20"))


def test_deletion_runs_three_months() -> None:
    call = opened("deletion", "agreed", "open-objection", on(D("2026-11-30")))
    deleted = closed("deletion", "objection", call, NO_COMMENT)

    assert call.closes_on == D("2027-02-28")
    assert (deleted.state, deleted.happened_on) == ("deleted", D("2027-03-01"))


def test_time_for_opposition_runs_from_the_end_of_the_meeting() -> None:
    sg = meeting("T25-SG13-260914", "2026-09-14", "2026-09-25")
    said = ReplyFacts(more_time=("FRA",))
    given = opened("aap", "sg-decision", "give-time", on(D("2026-09-24"), deciding=sg, meeting=sg, replies=said))
    passed = closed("aap", "more-time", given, NO_COMMENT)

    assert given.closes_on == D("2026-10-23")
    assert (passed.state, passed.happened_on) == ("approved", D("2026-10-23"))
