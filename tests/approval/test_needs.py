"""Every need has a case that passes and one that fails, and names the rule with its clause and the values used."""

from datetime import date, timedelta

import pytest

from sgdocs.approval.facts import CommentFacts, ReplyFacts
from sgdocs.approval.periods import closes_at as closes_at_of
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.build import Wants
from sgdocs.approval.workflow import checks
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import word
from tests.approval.facts_for import CASES, GOOD, facts, for_step

NEEDS: dict[str, Wants] = {
    need.id: need for table in ALL.values() for step in table.steps for need in (*step.needs, *step.warns)
}


def test_every_need_has_its_cases() -> None:
    assert set(CASES) == set(NEEDS)


@pytest.mark.parametrize("id", CASES)
def test_need_holds(id: str) -> None:
    assert NEEDS[id].why_not(facts(**CASES[id][0])) is None


@pytest.mark.parametrize("id", CASES)
def test_need_says_no_with_rule_and_values(id: str) -> None:
    no = NEEDS[id].why_not(facts(**CASES[id][1]))

    assert no is not None
    assert no.rule == NEEDS[id].rule
    assert no.rule.source not in ("", "sgdocs")
    assert "{" not in word(no.rule.says, no.facts)


@pytest.mark.parametrize("id", CASES)
def test_need_says_what_is_wanted_and_where_to_mend_it(id: str) -> None:
    assert NEEDS[id].title
    assert NEEDS[id].mend in {"text", "item", "meeting", "agenda", "references", "comments", "replies", "clock"}


@pytest.mark.parametrize(("table", "step"), [(t.id, s.id) for t in ALL.values() for s in t.steps])
def test_step_can_be_taken(table: str, step: str) -> None:
    row = ALL[table].step(step)

    assert [check.no for check in checks(row, for_step(row)) if not check.is_warning and not check.is_met] == []


def test_lead_time_counts_from_the_first_posting() -> None:
    late = facts(text__posted_on=GOOD.today)

    assert NEEDS["text-in-time"].why_not(late) is not None
    assert NEEDS["text-in-time"].why_not(facts(late, text__first_posted_on=GOOD.window_opens_on)) is None


def test_lead_time_of_no_days_asks_nothing() -> None:
    late = facts(text__posted_on=GOOD.today, rules={**GOOD.rules, "consent_text_days": "0"})

    assert NEEDS["text-in-time"].why_not(late) is None


@pytest.mark.parametrize(
    ("approve", "oppose", "abstain", "counts", "supported"),
    [
        pytest.param(7, 3, 0, "false", True, id="70 % exactly"),
        pytest.param(69, 30, 0, "false", False, id="69.7 % is not 70"),
        pytest.param(699, 300, 0, "false", False, id="69.97 % is not 70"),
        pytest.param(0, 0, 0, "false", True, id="no reply at all"),
        pytest.param(0, 0, 5, "false", True, id="nothing but abstentions is no reply"),
        pytest.param(7, 3, 1, "false", True, id="abstentions are neutral"),
        pytest.param(7, 3, 1, "true", False, id="abstentions count when the setting says so"),
    ],
)
def test_share_of_replies(approve: int, oppose: int, abstain: int, counts: str, supported: bool) -> None:
    names = tuple(str(number) for number in range(1000))
    replies = ReplyFacts(approve=names[:approve], oppose=names[:oppose], abstain=names[:abstain])
    given = facts(replies=replies, rules={**GOOD.rules, "tap_abstain_counts": counts})

    assert (NEEDS["tap-supported"].why_not(given) is None) is supported
    assert (NEEDS["tap-unsupported"].why_not(given) is None) is not supported


def test_strangers_to_a_consultation_are_not_counted() -> None:
    given = facts(replies=ReplyFacts(approve=("FRA",), strangers=("Telecom Co",) * 9))

    assert NEEDS["tap-supported"].why_not(given) is None
    assert NEEDS["unopposed"].why_not(given) is None


def test_silent_consultation_of_itu_r_fails_where_the_setting_says_so() -> None:
    given = facts(rules={**GOOD.rules, "r_no_reply_clears": "false"})

    assert NEEDS["radio-supported"].why_not(given) is not None


def test_text_that_carries_nothing_new_is_enough_when_nothing_was_accepted() -> None:
    given = facts(comments=CommentFacts(substantive=2, accepted=0), text__announced_sha256="a" * 64)

    assert NEEDS["text-revised"].why_not(given) is None


@pytest.mark.parametrize("last", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2026-08-12"])
def test_last_second_counts_to_its_end_also_when_clocks_change(last: str) -> None:
    """A comment at 23:59:59 is in time; at 00:00:01 in Geneva the window is over."""
    closes_on = date.fromisoformat(last)
    closes_at = closes_at_of(closes_on)

    def over(after_s: float) -> bool:
        now = closes_at + timedelta(seconds=after_s)
        given = facts(window_closes_on=closes_on, window_closes_at=closes_at, now=now, today=geneva_day(now))
        return NEEDS["window-over"].why_not(given) is None

    assert [over(0), over(0.999), over(1), over(2)] == [False, False, True, True]
