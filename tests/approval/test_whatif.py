"""What if: every later date of a procedure, as a table of cases from the texts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.approval.whatif import PROCEDURES, Answer, Met, Question, answer

D = date.fromisoformat
SG13 = (
    Met("T25-SG13-260302", D("2026-03-02"), D("2026-03-13")),
    Met("T25-SG13-260914", D("2026-09-14"), D("2026-09-25")),
    Met("T25-SG13-270301", D("2027-03-01"), D("2027-03-12")),
)


def dates(told: Answer) -> list[tuple[str, str, str]]:
    return [
        (
            str(event.on),
            str(event.until or ""),
            f"{event.branch}: {event.what}{' ' + event.detail if event.detail else ''}",
        )
        for event in told.events
        if event.kind != "meeting"
    ]


def test_consent_in_march_2026() -> None:
    told = answer(Question("Y.slice", "aap", D("2026-03-13"), SG13))

    assert dates(told) == [
        ("2026-03-13", "", ": Consent"),
        ("2026-04-10", "", ": Edited text due"),
        ("2026-04-16", "2026-05-13", ": Last call"),
        ("2026-05-14", "", "clean: Approved, when no substantive comment comes"),
        ("2026-05-14", "", "comments: Judgement by the chair"),
        ("2026-06-11", "", "comments: Comments resolved"),
        ("2026-06-16", "2026-07-06", "comments: Additional review"),
        ("2026-07-07", "", "comments: Approved after the review"),
        ("2026-09-25", "", "comments: Decision at the meeting T25-SG13-260914"),
    ]
    assert (told.earliest, told.latest) == (D("2026-05-14"), D("2026-09-25"))
    assert [event.what for event in told.events if event.kind == "meeting"] == ["T25-SG13-260302", "T25-SG13-260914"]


@pytest.mark.parametrize(
    ("ready_on", "called_on"),
    [
        ("2026-04-13", "2026-04-16"),
        ("2026-04-14", "2026-05-01"),
        ("2026-12-29", "2027-01-01"),
        ("2026-12-30", "2027-01-16"),
    ],
)
def test_announcement_takes_what_came_before_the_cut_off(ready_on: str, called_on: str) -> None:
    told = answer(Question("x", "aap", D(ready_on) - timedelta(days=28), ()))

    assert [str(event.on) for event in told.events if event.what == "Last call"] == [called_on]


def test_tap_takes_the_first_meeting_that_leaves_three_months() -> None:
    told = answer(Question("X.policy", "tap", D("2026-03-13"), SG13))

    assert dates(told) == [
        ("2026-03-13", "", ": Determination"),
        ("2026-06-14", "2026-09-02", ": Consultation of Member States T25-SG13-260914"),
        ("2026-09-03", "", ": Replies counted"),
        ("2026-09-25", "", "clean: Decision at the meeting T25-SG13-260914"),
        ("2026-09-25", "2026-10-23", "comments: Time for opposition, if a delegation asks for it"),
        ("2026-10-23", "", "comments: Approved when the time for opposition runs out"),
    ]


@pytest.mark.parametrize(("on", "code"), [("2026-06-13", "T25-SG13-260914"), ("2026-06-14", "T25-SG13-270301")])
def test_day_later_the_meeting_is_lost(on: str, code: str) -> None:
    told = answer(Question("X.policy", "tap", D(on), SG13))

    assert {event.detail for event in told.events if event.kind == "approval" and event.detail} == {code}


def test_without_a_meeting_the_line_says_so() -> None:
    told = answer(Question("X.policy", "tap", D("2026-06-14"), ()))

    assert dates(told)[-1] == ("2026-06-15", "", ": No meeting is known that leaves the notice 3 months")
    assert told.earliest is None


@pytest.mark.parametrize(("on", "closes"), [("2023-12-20", "2024-02-20"), ("2026-12-31", "2027-02-28")])
@pytest.mark.parametrize("procedure", ["psaa", "consultation"])
def test_two_months_from_the_circular(procedure: str, on: str, closes: str) -> None:
    told = answer(Question("M.1", procedure, D(on)))

    assert told.earliest == D(closes)
    assert told.events[0].until == D(closes)


def test_rulings_and_holidays_are_those_that_are_given() -> None:
    told = answer(
        Question("x", "aap", D("2026-03-13"), SG13, (), {"aap_text_due_days": "3", "aap_last_call_days": "14"})
    )

    assert ("2026-04-01", "2026-04-14", ": Last call") in dates(told)
    shifted = answer(Question("x", "aap", D("2026-07-01"), (), (D("2026-08-03"),), {"aap_shift": "next-working-day"}))
    assert ("2026-08-04", "2026-08-31", ": Last call") in dates(shifted)


@given(st.sampled_from(sorted(PROCEDURES)), st.dates(date(1995, 1, 1), date(2060, 1, 1)))
def test_dates_stand_in_order_with_their_clauses(procedure: str, on: date) -> None:
    met = tuple(Met(f"m{n}", on + timedelta(days=150 * n), on + timedelta(days=150 * n + 11)) for n in range(1, 4))
    told = answer(Question("x", procedure, on, met))

    assert [event.on for event in told.events] == sorted(event.on for event in told.events)
    assert all(event.clause or event.kind == "meeting" for event in told.events)
    assert all(event.until is None or event.until >= event.on for event in told.events)
    assert told.earliest is not None
    assert told.events[0].on >= on
