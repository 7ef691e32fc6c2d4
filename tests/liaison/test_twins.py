"""Twins: the same text is found whatever its dress, other texts are not; loops and crossings are said before sending."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sgdocs.base.act import Act
from sgdocs.liaison import loops, twins
from sgdocs.liaison.crossings import keep_crossings
from sgdocs.liaison.models import Relation, Statement, TextBand
from sgdocs.liaison.queries import addressees_of
from sgdocs.liaison.rules import Kind, State, Status
from sgdocs.liaison.twinning import keep_bands, text_of, twins_of
from tests.cast import Cast
from tests.liaison.desk import body
from tests.liaison.register import asks, relation, statement
from tests.make import Make, all_rows

LONG = (
    "Study Group 13 thanks Study Group 15 for its liaison statement on network slicing and has the honour to inform it that "
    "the work on the draft Recommendation is progressing well. The requirements of clause seven were agreed at the last "
    "meeting and the protocol aspects remain for further study. We would appreciate your comments on the attached text, in "
    "particular on the mapping of slices to transport resources, before our next meeting in Geneva."
)


KEPT = (2193821956070571386, 5563930311561514189)
"""The first bands of LONG."""


def words(seed: int, count: int) -> list[str]:
    chosen = random.Random(seed)
    return [f"word{chosen.randrange(4000)}" for _ in range(count)]


def pair(share: float, seed: int, count: int = 300) -> tuple[str, str]:
    """Two texts, the second with its end replaced so that the Jaccard of their shingles comes near to `share`."""
    own = words(seed, count)
    kept = int(count * 2 * share / (1 + share))
    return " ".join(own), " ".join([*own[:kept], *words(seed + 10_000, count - kept)])


def share(one: str, other: str) -> float:
    return twins.jaccard(twins.shingles_of(one), twins.shingles_of(other))


def meets(one: str, other: str) -> bool:
    """Whether the bands make the one a candidate for the other."""

    def bands(text: str) -> set[int]:
        return set(twins.bands_of(twins.signature_of(twins.shingles_of(text))))

    return bool(bands(one) & bands(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, LONG.upper()),
        (LONG, LONG.replace(" ", "\n\n  ")),
        (LONG, LONG.replace(".", " –").replace(",", ";")),
        ("Évaluation des réseaux à venir", "EVALUATION DES RESEAUX A VENIR"),
        ("Slices", "slices!"),
    ],
)
def test_dress_makes_no_difference(one: str, other: str) -> None:
    assert share(one, other) == 1
    assert meets(one, other)


@pytest.mark.parametrize(("one", "other"), [("", ""), ("", LONG), ("…", "–"), (LONG, "Slices")])
def test_nothing_is_no_twin(one: str, other: str) -> None:
    assert share(one, other) == 0


@given(one=some.text(max_size=200), other=some.text(max_size=200))
def test_share_is_a_share_and_alike_in_both_directions(one: str, other: str) -> None:
    found = share(one, other)

    assert 0 <= found <= 1
    assert found == share(other, one)
    assert share(one, one) in (0, 1)
    assert len(twins.bands_of(twins.signature_of(twins.shingles_of(one)))) in (0, twins.BANDS)


def test_bands_find_pairs_from_half_on() -> None:
    """By the formula 1 of 200 pairs at 0.5 is missed; none at 0.8 in a life."""
    half = [pair(0.52, seed) for seed in range(100)]
    most = [pair(0.8, seed) for seed in range(100)]
    other = [(" ".join(words(seed, 300)), " ".join(words(-seed - 1, 300))) for seed in range(100)]

    assert all(0.5 <= share(*each) <= 0.6 for each in half)
    assert sum(meets(*each) for each in half) >= 98
    assert sum(meets(*each) for each in most) == 100
    assert sum(meets(*each) for each in other) == 0


def test_bands_are_those_of_yesterday() -> None:
    """They are kept: another way to count them would find nothing that was kept before."""
    bands = twins.bands_of(twins.signature_of(twins.shingles_of(LONG)))

    assert bands[:2] == KEPT
    assert all(0 <= each < 1 << 63 for each in bands)


def sent(
    make: Make, cast: Cast, text: str, *, keep: bool = True, status: Status = Status.SENT, title: str = "LS"
) -> Statement:
    row = statement(make, cast.sg13, asks(cast.sg15), body=text, title=title, status=status)
    if keep:
        keep_bands(make.session, row)
    return row


def told(act: Act, of: Statement | str) -> list[tuple[str, bool]]:
    return [(each.statement.label, each.is_twin) for each in twins_of(act, of)]


def test_twin_is_found_and_not_itself(make: Make, cast: Cast) -> None:
    half, other = pair(0.6, 5)
    one = sent(make, cast, half)
    two = sent(make, cast, other)
    same = sent(make, cast, half)
    sent(make, cast, " ".join(words(99, 300)))

    assert told(cast.tsb.act, one) == [(same.label, True), (two.label, False)]
    assert told(cast.tsb.act, text_of(one)) == [(one.label, True), (same.label, True), (two.label, False)]


def test_draft_and_hidden_text_are_nobodys_twin(make: Make, cast: Cast) -> None:
    cast.summon("delegate_associate")
    sent(make, cast, LONG, status=Status.DRAFT)
    hidden = statement(make, cast.sg15, asks(make.group("T/SG17")), body=LONG, title="LS")
    keep_bands(make.session, hidden)

    assert told(cast.delegate_associate.act, "LS\n" + LONG) == []
    assert told(cast.tsb.act, "LS\n" + LONG) == [(hidden.label, True)]


def test_text_that_was_changed_is_kept_anew(make: Make, cast: Cast) -> None:
    row = sent(make, cast, LONG)
    row.body = " ".join(words(3, 300))
    keep_bands(make.session, row)

    assert told(cast.tsb.act, "LS\n" + LONG) == []
    assert len(all_rows(make.session, TextBand)) == twins.BANDS


# Before sending and on receipt


def rules_of(act: Act, row: Statement) -> list[str]:
    return [each.rule.id for each in loops.warnings_of(act, row)]


def test_same_text_from_another_group_is_said(make: Make, cast: Cast) -> None:
    old = statement(make, cast.sg15, asks(make.group("T/SG17")), body=LONG, title="LS")
    keep_bands(make.session, old)
    new = statement(make, cast.sg13, asks(make.group("T/SG17")), body=LONG, title="LS", status=Status.DRAFT)

    (found,) = loops.warnings_of(cast.tsb.act, new)

    assert (found.rule.id, found.other, found.jaccard) == ("liaison.twin", old, 1.0)
    assert found.message == f"{old.label} of ITU-T SG15 says the same (100 % of the text)."


def test_what_it_forwards_is_no_twin(make: Make, cast: Cast) -> None:
    old = statement(make, body(make, "IETF"), asks(cast.sg13), body=LONG, title="LS")
    keep_bands(make.session, old)
    new = statement(make, cast.sg13, asks(cast.sg15), body=LONG, title="LS", status=Status.DRAFT)
    relation(make, new, old, Kind.FORWARDS)

    assert rules_of(cast.tsb.act, new) == []


def test_answer_to_what_is_answered_is_said(make: Make, cast: Cast) -> None:
    asked = statement(make, cast.sg15, asks(cast.sg13), title="A")
    first = statement(make, cast.sg13, cast.sg15, title="B")
    relation(make, first, asked)
    (addressee,) = addressees_of(make.session, asked)
    addressee.state, addressee.answered_by_id = State.REPLIED, first.id
    make.add(addressee)
    second = statement(make, cast.sg13, cast.sg15, title="C", status=Status.DRAFT)
    relation(make, second, asked)

    assert rules_of(cast.tsb.act, second) == ["liaison.answered-already"]
    assert rules_of(cast.tsb.act, first) == []


def test_answer_to_what_was_withdrawn_is_said(make: Make, cast: Cast) -> None:
    asked = statement(make, cast.sg15, asks(cast.sg13), status=Status.WITHDRAWN)
    draft = statement(make, cast.sg13, cast.sg15, status=Status.DRAFT)
    relation(make, draft, asked)

    assert rules_of(cast.tsb.act, draft) == ["liaison.answers-withdrawn"]


def test_letters_that_cross_are_said_on_both_sides(make: Make, cast: Cast) -> None:
    theirs = statement(make, cast.sg15, asks(cast.sg13), title="Slices", on=date(2026, 2, 20))
    ours = statement(make, cast.sg13, asks(cast.sg15), title="slices", on=date(2026, 2, 24))

    assert rules_of(cast.tsb.act, ours) == ["liaison.crosses"]
    assert rules_of(cast.tsb.act, theirs) == ["liaison.crosses"]

    (kept,) = keep_crossings(cast.tsb.act, ours)
    assert (kept.kind, kept.other_id) == (Kind.CROSSES, theirs.id)
    assert keep_crossings(cast.tsb.act, ours) == []
    assert len(all_rows(make.session, Relation)) == 1


def test_letters_that_are_closed_old_or_answered_do_not_cross(make: Make, cast: Cast) -> None:
    ietf = body(make, "IETF")
    ours = statement(make, cast.sg13, asks(cast.sg15), title="Slices", on=date(2026, 2, 24))
    statement(make, cast.sg15, asks(cast.sg13, state=State.REPLIED), title="Slices", on=date(2026, 2, 20))
    statement(make, cast.sg15, asks(cast.sg13), title="Slices", on=date(2025, 2, 20))
    statement(make, cast.sg15, asks(cast.sg13), title="Clocks", on=date(2026, 2, 20))
    statement(make, ietf, asks(cast.sg13), title="Slices", on=date(2026, 2, 20))
    answer = statement(make, cast.sg15, asks(cast.sg13), title="Slices", on=date(2026, 2, 26))
    relation(make, answer, ours)
    more = statement(make, cast.sg15, asks(cast.sg13), title="Slices", on=date(2026, 2, 27))
    relation(make, more, answer)

    assert rules_of(cast.tsb.act, ours) == []
    assert rules_of(cast.tsb.act, answer) == []


def test_both_answers_to_one_statement_cross(make: Make, cast: Cast) -> None:
    sg17 = make.group("T/SG17")
    first = statement(make, sg17, asks(cast.sg13), asks(cast.sg15), title="A", on=date(2026, 2, 2))
    ours = statement(make, cast.sg13, sg17, asks(cast.sg15), title="B", on=date(2026, 2, 10))
    theirs = statement(make, cast.sg15, sg17, asks(cast.sg13), title="C", on=date(2026, 2, 12))
    for row in (ours, theirs):
        relation(make, row, first)

    assert rules_of(cast.tsb.act, ours) == ["liaison.crosses"]


def test_circle_of_answers_is_said(make: Make, cast: Cast) -> None:
    rows = [statement(make, cast.sg13, cast.sg15, title=f"T{n}", on=date(2024, 1 + n, 1)) for n in range(3)]
    for n, row in enumerate(rows):
        relation(make, row, rows[(n + 1) % 3])

    (found,) = loops.warnings_of(cast.tsb.act, rows[0])

    assert found.rule.id == "liaison.circle"
    assert found.facts["labels"] == ", ".join(row.label for row in (rows[1], rows[2], rows[0]))
