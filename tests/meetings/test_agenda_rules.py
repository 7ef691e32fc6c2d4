"""The tree of an agenda: numbers, steps, places, restoring; the skeletons."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.base.errors import Refusal
from sgdocs.meetings import agenda_rules as rules
from sgdocs.meetings.agenda_rules import DEEPEST, Node, Place, Step
from sgdocs.meetings.agenda_rules import ItemKind as K
from sgdocs.meetings.agenda_templates import TEMPLATES, Template, default_for

TREE = [Node(1, None, 0), Node(2, None, 1), Node(3, None, 2), Node(4, 2, 0), Node(5, 2, 1), Node(6, 5, 0)]


def numbers(nodes: list[Node]) -> dict[int, str]:
    return {each.id: each.number for each in rules.numbered(nodes)}


def after(nodes: list[Node], id: int, place: Place) -> dict[int, str]:
    moved = rules.positions(nodes, id, place)
    return numbers([Node(n.id, *(_of(moved[n.id]) if n.id in moved else (n.parent_id, n.position))) for n in nodes])


def _of(place: Place) -> tuple[int | None, int]:
    return place.parent_id, place.position


def test_numbers_follow_the_tree() -> None:
    assert numbers(TREE) == {1: "1", 2: "2", 4: "2.1", 5: "2.2", 6: "2.2.1", 3: "3"}


def test_item_under_one_that_is_gone_is_left_out() -> None:
    assert numbers([Node(1, None, 0), Node(2, 9, 0)]) == {1: "1"}


def test_ten_items_are_numbered_in_natural_order() -> None:
    found = rules.numbered([Node(n, None, n) for n in range(1, 13)])

    assert [each.number for each in found] == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize(
    ("id", "step", "place"),
    [
        (2, Step.UP, Place(None, 0)),
        (2, Step.DOWN, Place(None, 2)),
        (3, Step.IN, Place(2, 2)),
        (6, Step.OUT, Place(2, 2)),
        (4, Step.OUT, Place(None, 2)),
    ],
)
def test_step_leads_to(id: int, step: Step, place: Place) -> None:
    assert rules.stepped(TREE, id, step) == place


@pytest.mark.parametrize(("id", "step"), [(1, Step.UP), (3, Step.DOWN), (1, Step.IN), (4, Step.IN), (1, Step.OUT)])
def test_step_that_leads_nowhere_is_refused(id: int, step: Step) -> None:
    found = rules.stepped(TREE, id, step)

    assert isinstance(found, Refusal)
    assert found.rule is rules.NOWHERE


def test_moves_count_the_siblings_anew() -> None:
    assert after(TREE, 3, Place(None, 0)) == {3: "1", 1: "2", 2: "3", 4: "3.1", 5: "3.2", 6: "3.2.1"}
    assert after(TREE, 5, Place(1, 0)) == {1: "1", 5: "1.1", 6: "1.1.1", 2: "2", 4: "2.1", 3: "3"}
    assert after(TREE, 1, Place(None, 99)) == {2: "1", 4: "1.1", 5: "1.2", 6: "1.2.1", 3: "2", 1: "3"}


@pytest.mark.parametrize(
    ("id", "place", "refused"),
    [
        (2, Place(2, 0), rules.INSIDE_ITSELF),
        (2, Place(6, 0), rules.INSIDE_ITSELF),
        (2, Place(77, 0), rules.OF_ANOTHER),
    ],
)
def test_place_is_refused(id: int, place: Place, refused: object) -> None:
    found = rules.why_not_place(TREE, id, place)

    assert found is not None
    assert found.rule is refused


def test_depth_has_an_end() -> None:
    deep = [Node(n, n - 1 if n > 1 else None, 0) for n in range(1, DEEPEST + 1)]

    assert rules.why_not_add(deep, DEEPEST - 1) is None
    assert rules.why_not_add(deep, DEEPEST) == Refusal(rules.TOO_DEEP, {"most": DEEPEST})
    wide = [*deep, Node(90, None, 1), Node(91, 90, 0)]
    assert rules.why_not_place(wide, 91, Place(DEEPEST - 1, 1)) is None
    assert rules.why_not_place(wide, 90, Place(DEEPEST - 1, 1)) == Refusal(rules.TOO_DEEP, {"most": DEEPEST})


def test_restoring_ends_after_thirty_days_to_the_second() -> None:
    deleted = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    assert rules.why_not_restore(deleted, deleted + timedelta(days=30)) is None
    late = rules.why_not_restore(deleted, deleted + timedelta(days=30, seconds=1))
    assert late is not None
    assert late.rule is rules.RESTORE_CLOSED
    assert rules.why_not_restore(None, deleted) == Refusal(rules.NOT_DELETED)


@given(st.lists(st.tuples(st.integers(1, 8), st.sampled_from(list(Step))), max_size=40))
def test_no_walk_of_steps_loses_or_doubles_an_item(walk: list[tuple[int, Step]]) -> None:
    nodes = [Node(n, None, n) for n in range(1, 9)]
    for id, step in walk:
        place = rules.stepped(nodes, id, step)
        if isinstance(place, Refusal) or rules.why_not_place(nodes, id, place) is not None:
            continue
        moved = rules.positions(nodes, id, place)
        nodes = [Node(n.id, *(_of(moved[n.id]) if n.id in moved else (n.parent_id, n.position))) for n in nodes]

    found = numbers(nodes)
    assert sorted(found) == list(range(1, 9))
    assert len(set(found.values())) == 8
    assert max(number.count(".") for number in found.values()) < DEEPEST


@pytest.mark.parametrize("template", Template)
def test_skeletons_open_and_close(template: Template) -> None:
    lines = TEMPLATES[template]

    assert (lines[0].kind, lines[-1].kind) == (K.OPENING, K.CLOSING)
    assert lines[0].depth == 0
    assert all(line.depth <= before.depth + 1 for before, line in pairwise(lines))
    assert K.OTHER in {line.kind for line in lines}


def test_question_skeleton_is_that_of_the_practice() -> None:
    """Source: domain 5.2 M-4."""
    kinds = [line.kind for line in TEMPLATES[Template.QUESTION]]

    order = [K.CONTRIBUTIONS, K.APPROVAL, K.DETERMINATION, K.CONSENT, K.AGREEMENT, K.NEW_WORK, K.IPR, K.OUTGOING]
    order += [K.WORK_PROGRAMME, K.FUTURE_WORK, K.REPORT, K.FUTURE_MEETINGS, K.AOB, K.CLOSING]
    assert [kind for kind in kinds if kind in order] == order


@pytest.mark.parametrize(
    ("kind", "sector", "rapporteur", "template"),
    [
        ("question", "T", True, Template.RAPPORTEUR_MEETING),
        ("question", "T", False, Template.QUESTION),
        ("working-party", "T", False, Template.WORKING_PARTY),
        ("study-group", "T", False, Template.PLENARY),
        ("working-party", "R", False, Template.RADIO),
        ("focus-group", "T", False, Template.PLAIN),
    ],
)
def test_usual_skeleton(kind: str, sector: str, rapporteur: bool, template: Template) -> None:
    assert default_for(kind, sector, is_rapporteur_meeting=rapporteur) is template
