"""What a deadline does, to the last second. Source: Rec. ITU-T A.1 clause 3, domain 4.3."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sgdocs.documents import timing
from sgdocs.documents.rules import MEETING_OVER, Status, TdReason
from sgdocs.documents.rules import DocumentKind as K
from sgdocs.documents.timing import CLOSED, Due, Occasion, Verdict, is_over, late_revision, verdict

DUE_AT = datetime(2026, 4, 1, 21, 59, 59, tzinfo=UTC)
DUE = Due("contribution", DUE_AT, "Rec. ITU-T A.1 (09/2019) clause 3")
TD_DUE = Due("temporary-document", DUE_AT, "Rec. ITU-T A.1 (09/2019) clause 3")
SG13 = Occasion(
    "T25-SG13-260413", "T", "study-group", "announced", date(2026, 4, 13), date(2026, 4, 24), "Europe/Zurich"
)
WP5D = replace(SG13, code="R23-WP5D-260413", sector="R", kind="working-party")
WTSA = replace(SG13, code="T25-WTSA-260413", kind="assembly")
LAST = DUE_AT + timedelta(microseconds=999_999)
AFTER = DUE_AT + timedelta(seconds=1)


@pytest.mark.parametrize("at", [DUE_AT - timedelta(days=90), DUE_AT, LAST])
@pytest.mark.parametrize("meeting", [SG13, WP5D, WTSA])
def test_contribution_is_in_time_to_the_end_of_the_last_second(meeting: Occasion, at: datetime) -> None:
    assert verdict(K.CONTRIBUTION, meeting, DUE, at) == Verdict(Status.POSTED, "")


def test_contribution_to_itu_t_is_held_from_the_next_second_on() -> None:
    assert verdict(K.CONTRIBUTION, SG13, DUE, AFTER) == Verdict(Status.HELD, "contribution")


@pytest.mark.parametrize("meeting", [WP5D, WTSA])
def test_contribution_is_refused_with_its_clause_where_none_is_admitted_late(meeting: Occasion) -> None:
    refusal = verdict(K.CONTRIBUTION, meeting, DUE, AFTER).refusal

    assert refusal is not None
    assert (refusal.rule, refusal.facts["until"], refusal.facts["clause"]) == (CLOSED, DUE_AT, DUE.clause)


def test_meeting_without_a_deadline_takes_what_comes() -> None:
    assert verdict(K.CONTRIBUTION, SG13, None, AFTER) == Verdict()


def test_td_after_the_last_day_is_marked_and_posted() -> None:
    assert verdict(K.TEMPORARY, SG13, TD_DUE, AFTER) == Verdict(Status.POSTED, "temporary-document")


@pytest.mark.parametrize("reason", [reason for reason in TdReason if reason])
def test_td_of_an_exception_is_not_late(reason: TdReason) -> None:
    assert verdict(K.TEMPORARY, SG13, TD_DUE, AFTER, td_reason=reason) == Verdict()


def test_td_of_the_meeting_itself_is_not_late() -> None:
    opening = datetime(2026, 4, 12, 22, 0, tzinfo=UTC)  # midnight in Geneva

    assert verdict(K.TEMPORARY, SG13, TD_DUE, opening) == Verdict()
    assert verdict(K.TEMPORARY, SG13, TD_DUE, opening - timedelta(seconds=1)).late == "temporary-document"
    assert verdict(K.TEMPORARY, replace(SG13, status="open"), TD_DUE, AFTER) == Verdict()


@pytest.mark.parametrize("kind", [K.REPORT, K.LIAISON, K.RGM, K.ADMINISTRATIVE])
def test_other_kinds_are_never_late(kind: K) -> None:
    assert verdict(kind, SG13, DUE, AFTER) == Verdict()


def test_revision_after_the_deadline_is_marked_and_taken() -> None:
    late = [late_revision(K.CONTRIBUTION, DUE, at) for at in (DUE_AT, LAST, AFTER)]

    assert late == ["", "", "contribution"]
    assert late_revision(K.TEMPORARY, TD_DUE, AFTER) == ""


def test_meeting_is_over_after_its_last_second_where_it_meets() -> None:
    end = datetime(2026, 4, 24, 21, 59, 59, tzinfo=UTC)
    seoul = replace(SG13, zone="Asia/Seoul")

    assert [is_over(SG13, at) for at in (end, end + timedelta(seconds=1))] == [False, True]
    assert is_over(seoul, datetime(2026, 4, 24, 15, 0, tzinfo=UTC))
    assert not is_over(seoul, datetime(2026, 4, 24, 14, 59, 59, tzinfo=UTC))


@pytest.mark.parametrize("status", ["closed", "cancelled"])
def test_closed_meeting_takes_no_more(status: str) -> None:
    refusal = timing.why_over(replace(SG13, status=status), DUE_AT)

    assert refusal is not None
    assert (refusal.rule, refusal.facts) == (MEETING_OVER, {"code": SG13.code, "status": status})
