"""The tables are whole: every state is reached and has a way out, every row says its clause, the clock always knows."""

import itertools
import re
from dataclasses import replace

import pytest

from sgdocs.approval.facts import CommentFacts, ReplyFacts
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.build import Row, Table
from sgdocs.approval.procedures.terms import WINDOWS, By, Effect
from sgdocs.approval.workflow import advance, offers, on_expiry, starts_at, unmet
from tests.approval.facts_for import GOOD, SITS, facts

TABLES = pytest.mark.parametrize("table", ALL.values(), ids=ALL)
ROWS = pytest.mark.parametrize(
    ("table", "step"),
    [(t, s) for t in ALL.values() for s in t.steps],
    ids=[f"{t.id} {s.id}" for t in ALL.values() for s in t.steps],
)


def test_procedures_are_these() -> None:
    assert list(ALL) == [
        "aap", "tap", "regional-tap", "agreement", "deletion", "assembly", "erratum",
        "adoption", "consultation", "psaa", "suppression", "editorial", "radio-assembly", "radio-text",
    ]  # fmt: skip


@ROWS
def test_step_says_its_clause(table: Table, step: Row) -> None:
    assert step.clause.strip()
    assert "domain" in step.clause or "A.8" in step.clause or "R1" in step.clause
    assert step.title
    assert step.by
    assert set(step.by) <= set(By)


@ROWS
def test_step_leads_between_states_of_the_table(table: Table, step: Row) -> None:
    assert {*step.start, step.end} <= set(table.states)
    assert not any(table.states[state].is_final for state in step.start)
    assert len({each.id for each in table.steps}) == len(table.steps)


@ROWS
def test_step_opens_a_window_exactly_when_its_state_has_one(table: Table, step: Row) -> None:
    assert (step.closes is not None) == bool(table.states[step.end].window)


@ROWS
def test_step_of_the_clock_leaves_a_state_with_a_window(table: Table, step: Row) -> None:
    if step.on_expiry:
        assert step.by == (By.CLOCK,)
        assert all(table.states[state].window for state in step.start)
        assert step.needs[0].id == "window-over"


@ROWS
def test_decision_of_a_meeting_needs_one_in_session(table: Table, step: Row) -> None:
    assert (step.in_meeting is True) == any(need.id == "in-session" for need in step.needs)


@ROWS
def test_effects_lead_to_what_exists(table: Table, step: Row) -> None:
    assert set(step.effects) <= set(Effect)
    for effect in step.effects:
        kind, _, rest = effect.partition(":")
        if kind == "begin":
            procedure, state = rest.split(":")
            assert state in ALL[procedure].states
            assert table.states[step.end].is_final
        if kind == "queue" and rest:
            assert rest in table.states


@TABLES
def test_every_state_is_reached_and_final_or_left(table: Table) -> None:
    begun = {step.end for step in table.steps if not step.start}
    reached = set(begun)
    for _ in table.states:
        reached |= {step.end for step in table.steps if set(step.start) & reached}

    assert begun
    assert reached == set(table.states)
    for state in table.states.values():
        leaves = [step for step in table.steps if state.id in step.start]
        assert bool(leaves) != state.is_final, state.id
        assert (state.window == "") or state.window in WINDOWS
        assert bool(state.holder) != state.is_final, state.id


@TABLES
def test_every_state_leads_to_an_end(table: Table) -> None:
    ends = {state.id for state in table.states.values() if state.is_final}
    for _ in table.states:
        ends |= {start for step in table.steps if step.end in ends for start in step.start}

    assert ends == set(table.states)


@TABLES
def test_clock_always_knows_one_way(table: Table) -> None:
    """Whatever came in, exactly one row of the clock is open when a window is over and not held."""
    counts = [CommentFacts(substantive=s, typographical=t) for s in (0, 1, 3) for t in (0, 1)]
    names = ("A", "B", "C", "D")
    said = [
        ReplyFacts(approve=names[:a], oppose=names[:o], abstain=names[:n])
        for a in (0, 1, 4)
        for o in (0, 1, 2)
        for n in (0, 2)
    ]
    for state in (state.id for state in table.states.values() if state.window):
        for comments, replies in itertools.product(counts, said):
            given = facts(comments=comments, replies=replies)
            taken = [
                step.id for step in table.steps if step.on_expiry and starts_at(step, state) and not unmet(step, given)
            ]
            assert len(taken) == 1, (state, comments, replies, taken)
            outcome = on_expiry(table, state, given, given.today)
            assert outcome is not None
            assert outcome.step == taken[0]


@TABLES
def test_clock_does_nothing_before_the_end_or_while_held(table: Table) -> None:
    for state in (state.id for state in table.states.values() if state.window):
        early = facts(window_closes_on=GOOD.today)
        assert on_expiry(table, state, early, early.today) is None
        held = facts(is_held=True)
        outcome = on_expiry(table, state, held, held.today)
        assert outcome is None or not {Effect.BRING_INTO_FORCE, Effect.WITHDRAW_TEXT, Effect.ITEM_ADOPTED} & set(
            outcome.effects
        )


def test_study_group_can_always_decide() -> None:
    """At the meeting that was announced, whatever is said there, one row of the decision is open."""
    names = ("A", "B")
    at_meeting = facts(deciding=SITS)
    for oppose, wait, doubt in itertools.product((0, 1, 2), (0, 1), (0, 1)):
        said = ReplyFacts(oppose=names[:oppose], more_time=names[:wait], policy_doubt=names[:doubt])
        given = replace(at_meeting, replies=said)
        found = {offer.step.id for offer in offers(ALL["aap"], "sg-decision", given, {By.CHAIR}) if offer.is_open}
        assert found & {"approve", "approve-opposed", "refuse", "give-time", "move-to-tap"}, (oppose, wait, doubt)
        assert len(found & {"approve", "approve-opposed", "refuse"}) <= 1


def test_chair_alone_does_not_consent_between_meetings() -> None:
    given = facts(meeting__is_in_session=False)

    [offer] = [each for each in offers(ALL["aap"], "", given, {By.CHAIR}) if each.step.id == "consent"]

    assert [no.rule.id for no in offer.unmet] == ["procedures.in-session"]


def test_offers_are_for_the_roles_alone() -> None:
    assert offers(ALL["aap"], "", GOOD, {By.EDITOR}) == ()
    assert [each.step.id for each in offers(ALL["aap"], "consented", GOOD, {By.EDITOR})] == ["receive-text"]


def test_step_from_elsewhere_is_no_step() -> None:
    with pytest.raises(ValueError, match="does not leave from approved"):
        advance(ALL["aap"], "approved", "restart", GOOD, GOOD.today)
    with pytest.raises(KeyError):
        ALL["aap"].step("bless")


ELSEWHERE = {
    "AAP-5": "comments, `actions.comments`",
    "AAP-18": "concerns, `actions.positions`",
    "TAP-9": "reservations, `actions.positions`",
    "TAP-12": "result circulars, letters of the decision",
    "TAP-14": "an adverse effect found later is a new deletion or revision",
    "R-13": "Questions are adopted and consulted on as Recommendations are",
}
"""Rows of the domain that are no step of a table, and where they are."""


def test_every_row_of_the_domain_is_a_step() -> None:
    clauses = " ".join(step.clause for table in ALL.values() for step in table.steps) + " "
    told = set(re.findall(r"\b(?:AAP|TAP|R)-\d+\b", clauses))
    rows = {f"AAP-{n}" for n in range(1, 23)} | {f"TAP-{n}" for n in range(1, 15)} | {f"R-{n}" for n in range(1, 15)}

    assert rows - told == set(ELSEWHERE)
    assert told - rows == set()
