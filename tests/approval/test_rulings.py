"""Dated settings: which value counts on which day, what a process keeps, who may set what, and what will not do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from sgdocs.approval import ruling_rules, rulings
from sgdocs.approval.actions import rulings as actions
from sgdocs.approval.models import Holiday, RuleValue
from sgdocs.approval.procedures import ALL
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.journal.models import Entry
from tests.cast import Cast

D = date.fromisoformat
WHERE = "Resolution 1 (Rev. Geneva, 2022) 9.4"


def row(value: str, on: str, name: str = "tap_reply_cutoff") -> RuleValue:
    return RuleValue(name=name, value=value, from_on=D(on), source=WHERE, set_at=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("1980-01-01", "7 working-days"),
        ("2022-02-28", "7 working-days"),
        ("2022-03-01", "12 calendar-days"),
        ("2030-01-01", "12 calendar-days"),
    ],
)
def test_value_of_the_texts_counts_from_its_day(on: str, value: str) -> None:
    assert rulings.value_on("tap_reply_cutoff", D(on)) == value


def test_value_set_here_counts_from_its_day_and_takes_the_place_of_the_texts() -> None:
    stored = [row("10 calendar-days", "2026-01-01"), row("9 calendar-days", "2022-03-01")]

    found = [rulings.value_on("tap_reply_cutoff", D(on), stored) for on in ("2022-02-28", "2022-03-01", "2026-01-01")]

    assert found == ["7 working-days", "9 calendar-days", "10 calendar-days"]
    assert [value.is_ours for value in rulings.values_of("tap_reply_cutoff", stored)] == [False, True, True]


def test_snapshot_has_every_ruling_and_is_plain() -> None:
    kept = rulings.snapshot(D("2026-09-16"))

    assert set(kept) == set(rulings.USUAL)
    assert all(isinstance(value, str) for value in kept.values())
    assert kept["aap_last_call_days"] == "28"


def test_ruling_that_came_after_the_process_began_is_asked_of_the_day() -> None:
    assert rulings.number({"aap_last_call_days": "14"}, "aap_last_call_days", D("2026-09-16")) == 14
    assert rulings.number({}, "aap_last_call_days", D("2026-09-16")) == 28


@pytest.mark.parametrize("ruling", rulings.USUAL.values(), ids=rulings.USUAL)
def test_usual_values_would_be_taken_and_say_their_source(ruling: rulings.Ruling) -> None:
    for from_on, value, source in ruling.values:
        assert ruling_rules.canonical(ruling, value) == value
        assert source
        assert from_on < D("2026-01-01")
    assert set(ruling.procedures) <= set(ALL)
    assert ruling_rules.right_of(ruling)


def test_settings_of_needs_are_rulings() -> None:
    used = {
        name
        for table in ALL.values()
        for step in table.steps
        for need in step.needs
        if need.rule
        for name in need.rule.settings
    }

    assert used <= set(rulings.USUAL)
    assert "aap_days" in used


BAD = [
    ("aap_last_call_days", "0"),
    ("aap_last_call_days", "28 days"),
    ("aap_last_call_days", "٢٨"),
    ("aap_last_call_days", "-1"),
    ("aap_last_call_days", "1" * 5000),
    ("aap_days", "0,16"),
    ("aap_days", "1,31"),
    ("aap_days", ""),
    ("aap_shift", "tomorrow"),
    ("tap_reply_cutoff", "12 days"),
    ("tap_reply_cutoff", "12"),
    ("tap_share_percent", "101"),
    ("tap_share_percent", "0"),
    ("tap_abstain_counts", "yes"),
    ("aap_comment_categories", "everybody"),
    ("window_zone", "Europe/Atlantis"),
    ("window_cutoff", "25:00:00"),
    ("window_cutoff", "noon"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_value_that_will_not_do_is_refused(name: str, value: str) -> None:
    refusal = ruling_rules.why_not(name, value, D("2026-01-01"), WHERE, {})

    assert refusal is not None
    assert (refusal.rule, refusal.field) == (ruling_rules.VALUE, "value")
    assert refusal.facts["right"]


@given(st.sampled_from(sorted(rulings.USUAL)), st.text(max_size=30))
def test_what_is_taken_can_be_read_again(name: str, value: str) -> None:
    ruling = rulings.USUAL[name]
    taken = ruling_rules.canonical(ruling, value)
    if taken is not None:
        assert ruling_rules.canonical(ruling, taken) == taken


def test_spelling_is_made_one() -> None:
    assert ruling_rules.canonical(rulings.USUAL["aap_days"], " 16, 1,16") == "1,16"
    assert ruling_rules.canonical(rulings.USUAL["aap_last_call_days"], "028") == "28"


# Actions


def test_secretariat_sets_a_value_and_the_journal_tells(cast: Cast) -> None:
    act = cast.tsb.act
    set_row = actions.set_ruling(act, "aap_last_call_days", "35", D("2027-01-01"), " A.8 (2027)  4.1 ")

    entry = act.session.exec(select(Entry).where(Entry.verb == "approval.ruling-set")).one()
    assert (set_row.value, set_row.source, set_row.set_by) == ("35", "A.8 (2027) 4.1", cast.tsb.person.id)
    assert entry.facts == {
        "name": "aap_last_call_days",
        "changes": {"before": "28", "value": "35", "from_on": "2027-01-01"},
        "source": "A.8 (2027) 4.1",
    }
    assert rulings.snapshot(D("2027-01-01"), [set_row])["aap_last_call_days"] == "35"
    assert rulings.snapshot(D("2026-12-31"), [set_row])["aap_last_call_days"] == "28"


def test_value_of_the_same_day_is_replaced(cast: Cast) -> None:
    act = cast.tsb.act
    for value in ("35", "36"):
        actions.set_ruling(act, "aap_last_call_days", value, D("2027-01-01"), WHERE)

    assert [each.value for each in act.session.exec(select(RuleValue))] == ["36"]
    with pytest.raises(Invalid) as refused:
        actions.set_ruling(act, "aap_last_call_days", "36", D("2027-01-01"), WHERE)
    assert refused.value.rule == ruling_rules.KNOWN


def test_value_needs_its_source_and_a_name_that_exists(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        actions.set_ruling(cast.tsb.act, "aap_last_call_days", "35", D("2027-01-01"), "  ")
    assert refused.value.rule == ruling_rules.SOURCE
    with pytest.raises(NotFound):
        actions.set_ruling(cast.tsb.act, "aap_lunch", "35", D("2027-01-01"), WHERE)


@pytest.mark.parametrize("who", ["chair", "counsellor", "delegate_state", "outsider"])
def test_nobody_else_sets_anything(cast: Cast, who: str) -> None:
    act = getattr(cast, who).act
    with pytest.raises(NotAllowed):
        actions.set_ruling(act, "aap_last_call_days", "35", D("2027-01-01"), WHERE)
    with pytest.raises(NotAllowed):
        actions.add_holiday(act, D("2027-01-01"), "New Year")
    with pytest.raises(NotAllowed):
        actions.drop_ruling(act, 1)
    with pytest.raises(NotAllowed):
        actions.drop_holiday(act, D("2027-01-01"))


def test_value_that_was_in_force_is_not_taken_back(cast: Cast) -> None:
    act = cast.tsb.act
    today = act.now.date()
    begun = actions.set_ruling(act, "aap_last_call_days", "35", today, WHERE)
    coming = actions.set_ruling(act, "aap_last_call_days", "36", today + timedelta(days=1), WHERE)
    act.session.flush()

    actions.drop_ruling(act, coming.id or 0)
    with pytest.raises(Conflict) as refused:
        actions.drop_ruling(act, begun.id or 0)

    assert refused.value.rule == ruling_rules.PASSED
    assert [each.value for each in act.session.exec(select(RuleValue))] == ["35"]


def test_holidays_are_entered_once_and_taken_out(cast: Cast) -> None:
    act = cast.tsb.act
    actions.add_holiday(act, D("2027-01-01"), " New  Year ")

    with pytest.raises(Invalid):
        actions.add_holiday(act, D("2027-01-01"), "Again")
    with pytest.raises(Invalid):
        actions.add_holiday(act, D("2027-01-02"), "   ")
    assert [each.title for each in act.session.exec(select(Holiday))] == ["New Year"]
    actions.drop_holiday(act, D("2027-01-01"))
    assert act.session.exec(select(Holiday)).all() == []
    with pytest.raises(NotFound):
        actions.drop_holiday(act, D("2027-01-01"))
