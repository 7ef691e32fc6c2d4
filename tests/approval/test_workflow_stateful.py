"""Whatever comes in, whoever acts, a process stays in its table, moves by open rows alone, and can always end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sgdocs.approval.facts import CommentFacts, ProcessFacts, ReplyFacts
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.build import Row, Table
from sgdocs.approval.procedures.terms import By
from sgdocs.approval.workflow import Outcome, advance, checks, offers, on_expiry, starts_at, unmet
from tests.approval.facts_for import AHEAD, GOOD, SITS, for_step

COUNTRIES = st.lists(st.sampled_from(["CHN", "FRA", "KEN", "USA", "BRA"]), max_size=4, unique=True).map(tuple)
REPLIES = st.builds(
    ReplyFacts, approve=COUNTRIES, oppose=COUNTRIES, abstain=COUNTRIES, more_time=COUNTRIES, policy_doubt=COUNTRIES
)
COMMENTS = st.builds(
    CommentFacts, substantive=st.integers(0, 2), typographical=st.integers(0, 2), without_disposition=st.integers(0, 1)
)
ROLES = st.sets(st.sampled_from([role for role in By if role is not By.CLOCK]), min_size=1)


def towards(table: Table, state: str, goal: str) -> list[Row]:
    """The rows from a state that lead to a row soonest; the row itself when it leaves from there."""
    far = dict.fromkeys(table.step(goal).start or ("",), 0)
    for _ in table.states:
        for row in table.steps:
            for start in row.start or ("",):
                if _end(table, row) in far:
                    far[start] = min(far.get(start, 1000), far[_end(table, row)] + 1)
    rows = [row for row in table.steps if starts_at(row, state)]
    if any(row.id == goal for row in rows):
        return [table.step(goal)]
    return [row for row in rows if far[_end(table, row)] == min(far[_end(table, each)] for each in rows)]


def _end(table: Table, row: Row) -> str:
    return "" if table.states[row.end].is_final else row.end


class Walk(RuleBasedStateMachine):
    """Walks through one table; a process that has ended is followed by another one of the same table."""

    table: Table

    def __init__(self) -> None:
        super().__init__()
        self.goal = ""
        self.state = ""
        self.facts: ProcessFacts = GOOD

    @initialize(data=st.data())
    def choose(self, data: st.DataObject) -> None:
        """Each walk has a row that it would like to take, and then the next."""
        self.goal = data.draw(st.sampled_from([step.id for step in self.table.steps]))

    @property
    def has_window(self) -> bool:
        return bool(self.state and self.table.states[self.state].window)

    @rule(data=st.data(), strays=st.sampled_from([False, False, False, True]))
    def something_is_done(self, data: st.DataObject, strays: bool) -> None:
        """What a row wants is seen to; then it is open for one of its roles, or for the clock alone, and taken."""
        every = [row for row in self.table.steps if starts_at(row, self.state)]
        row = data.draw(st.sampled_from(every if strays else towards(self.table, self.state, self.goal)))
        wanted = for_step(row)
        if row.on_expiry:
            today = self.closes_on + timedelta(days=1)
            facts = replace(wanted, today=today, window_closes_on=self.closes_on)
            outcome = on_expiry(self.table, self.state, facts, today)
            assert outcome is not None
            assert outcome.step == row.id
        else:
            facts = replace(wanted, window_closes_on=self.facts.window_closes_on)
            role = data.draw(st.sampled_from(row.by))
            [offer] = [each for each in offers(self.table, self.state, facts, {role}) if each.step is row]
            assert offer.is_open, offer.unmet
            outcome = advance(self.table, self.state, row.id, facts, facts.today)
        self.move(outcome, row)

    @rule(replies=REPLIES, comments=COMMENTS, sits=st.booleans(), roles=ROLES)
    def somebody_looks(self, replies: ReplyFacts, comments: CommentFacts, sits: bool, roles: set[str]) -> None:
        """Offers are for the role, tell all that is unmet, and are never the clock's."""
        meeting = SITS if sits else replace(SITS, is_in_session=False)
        facts = replace(GOOD, replies=replies, comments=comments, meeting=meeting, deciding=AHEAD)
        for offer in offers(self.table, self.state, facts, roles):
            assert set(offer.step.by) & roles
            assert not offer.step.on_expiry
            assert offer.is_open == all(each.is_met for each in checks(offer.step, facts) if not each.is_warning)
            assert not (offer.step.in_meeting and not sits and offer.is_open)

    @precondition(lambda self: self.has_window)
    @rule(replies=REPLIES, comments=COMMENTS, late=st.integers(1, 60), is_held=st.booleans())
    def time_passes(self, replies: ReplyFacts, comments: CommentFacts, late: int, is_held: bool) -> None:
        """The window is over: one row of the clock, dated by the window, however late the worker comes."""
        closes_on = self.closes_on
        today = closes_on + timedelta(days=late)
        facts = replace(self.facts, today=today, replies=replies, comments=comments, is_held=is_held)
        outcome = on_expiry(self.table, self.state, facts, today)
        if outcome is None:
            assert is_held
            return
        assert 0 <= (outcome.happened_on - closes_on).days <= 1
        self.move(outcome, self.table.step(outcome.step))

    @precondition(lambda self: self.has_window)
    @rule(early=st.integers(0, 30))
    def clock_comes_early(self, early: int) -> None:
        facts = replace(self.facts, today=self.closes_on - timedelta(days=early))
        assert on_expiry(self.table, self.state, facts, facts.today) is None

    @property
    def closes_on(self) -> date:
        assert self.facts.window_closes_on is not None
        return self.facts.window_closes_on

    def move(self, outcome: Outcome, step: Row) -> None:
        assert (outcome.from_state, outcome.clause) == (self.state, step.clause)
        assert (outcome.closes_on is not None) == bool(self.table.states[outcome.state].window)
        if outcome.closes_on is not None:
            self.facts = replace(self.facts, window_opens_on=outcome.happened_on, window_closes_on=outcome.closes_on)
        REACHED.add((self.table.id, outcome.state))
        TAKEN.add((self.table.id, step.id))
        every = [each.id for each in self.table.steps]
        if step.id == self.goal:
            self.goal = every[(every.index(step.id) + 1) % len(every)]
        self.state = "" if self.table.states[outcome.state].is_final else outcome.state

    @invariant()
    def has_a_way_on(self) -> None:
        rows = [row for row in self.table.steps if starts_at(row, self.state)]
        assert any(not unmet(row, for_step(row)) for row in rows), self.state


REACHED: set[tuple[str, str]] = set()
TAKEN: set[tuple[str, str]] = set()
WALKS = {"aap": 500, "tap": 150, "regional-tap": 150, "deletion": 45, "adoption": 45, "suppression": 45, "psaa": 25}
"""Half a thousand for the longest; those that are not named have 15 each."""


@pytest.mark.parametrize("table", ALL.values(), ids=ALL)
def test_every_walk_stays_in_its_table_and_all_reach_every_state(table: Table) -> None:
    run_state_machine_as_test(
        type("Walk", (Walk,), {"table": table}),
        settings=settings(
            max_examples=WALKS.get(table.id, 15),
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert set(table.states) == {state for id, state in REACHED if id == table.id}


def test_walks_are_half_a_thousand() -> None:
    assert sum(WALKS.get(id, 15) for id in ALL) >= 500


@pytest.mark.parametrize(("table", "goal"), [(t, step.id) for t in ALL.values() for step in t.steps])
def test_every_row_is_taken_on_the_shortest_way(table: Table, goal: str) -> None:
    state, window = "", None
    for _ in range(len(table.states) + 1):
        row = towards(table, state, goal)[0]
        facts = replace(for_step(row), window_closes_on=window or GOOD.window_closes_on)
        facts = replace(facts, today=window + timedelta(days=1)) if window and row.on_expiry else facts
        assert unmet(row, facts) == ()
        outcome = advance(table, state, row.id, facts, facts.today)
        state, window = outcome.state, outcome.closes_on
        if row.id == goal:
            return
    pytest.fail(f"{goal} was not reached; {state}")


def test_a_final_state_has_no_way_on() -> None:
    for table in ALL.values():
        ends = {state.id for state in table.states.values() if state.is_final}
        assert [step.id for step in table.steps if ends & set(step.start)] == []
