"""Accepted changes looked for in the next draft: planted omissions and planted additions are found, and nothing else."""

import random
import time
from copy import deepcopy

import pytest

from sgdocs.text.model import Unit
from sgdocs.work_programme.baseline import Accepted, State, check, is_in
from sgdocs.work_programme.edits import Edit, edits, requests
from sgdocs.work_programme.sentences import key, sentences

BASE = (
    Unit("", "", "Draft of the group\tVersion 3", 0, "start", "text"),
    Unit("1", "Scope", "This Recommendation describes slices. It is for access networks.", 1, "c-1"),
    Unit("7", "Timing", "", 1, "c-7"),
    Unit(
        "7.1",
        "Delay",
        "The delay shall be ≤ 5 ns. It is measured at the port.\nThe jitter is for further study.\nClass\tLoss\nA\t32 dB",
        2,
        "c-7.1",
    ),
    Unit("7.2", "Wander", "The wander stays below 9 ns. Masks are given in Annex A of the text.", 2, "c-7.2"),
)


def text(**clauses: str) -> tuple[Unit, ...]:
    """The base with other words in some clauses: `text(c71="…")`; "" takes the clause out."""
    told = {name.replace("c", "c-").replace("71", "7.1").replace("72", "7.2"): words for name, words in clauses.items()}
    return tuple(
        Unit(u.number, u.title, told.get(u.anchor, u.text), u.level, u.anchor, u.kind)
        for u in BASE
        if told.get(u.anchor, " ")
    )


DELAY = BASE[3].text
FIVE = Accepted(1, "7.1", "The delay shall be ≤ 5 ns.", "The delay shall be ≤ 3 ns.")
NOTE = Accepted(2, "7.2", "", "The mask of class B is normative.")
JITTER = Accepted(3, "7.1", "The jitter is for further study.", "")
ROW = Accepted(4, "7.1", "", "B\t35 dB")
CLAUSE = Accepted(5, "7.3", "", "7.3 Holdover\nHoldover lasts one day at least.")


def test_change_that_is_in_the_text_is_found() -> None:
    draft = (
        *text(
            c71=DELAY.replace("≤ 5 ns", "≤ 3 ns").replace("The jitter is for further study.\n", "") + "\nB\t35 dB",
            c72=BASE[4].text + " The mask of class B is normative.",
        ),
        Unit("7.3", "Holdover", "Holdover lasts one day at least.", 2, "c-7.3"),
    )

    found = check(BASE, draft, [FIVE, NOTE, JITTER, ROW, CLAUSE])

    assert [fate.state for fate in found.fates] == [State.IN] * 5
    assert found.unaccepted == ()
    assert found.is_clean
    assert all(is_in(draft, each) for each in (FIVE, NOTE, JITTER, ROW, CLAUSE))
    assert not any(is_in(BASE, each) for each in (FIVE, NOTE, JITTER, ROW, CLAUSE))


@pytest.mark.parametrize(
    ("draft", "accepted", "state", "missing", "left", "instead"),
    [
        (BASE, FIVE, State.MISSING, ("The delay shall be ≤ 3 ns.",), ("The delay shall be ≤ 5 ns.",), ""),
        (BASE, NOTE, State.MISSING, ("The mask of class B is normative.",), (), ""),
        (BASE, JITTER, State.MISSING, (), ("The jitter is for further study.",), ""),
        (BASE, ROW, State.MISSING, ("B\t35 dB",), (), ""),
        (
            text(c71=DELAY.replace("≤ 5 ns", "≥ 3 ns")),
            FIVE,
            State.OTHERWISE,
            ("The delay shall be ≤ 3 ns.",),
            (),
            "The delay shall be ≥ 3 ns.",
        ),
        (
            text(c71="The delay shall be ≤ 3 ns. " + DELAY),
            FIVE,
            State.PARTLY,
            (),
            ("The delay shall be ≤ 5 ns.",),
            "",
        ),
        (
            text(c72=BASE[4].text + " The mask of class B is informative."),
            NOTE,
            State.OTHERWISE,
            ("The mask of class B is normative.",),
            (),
            "The mask of class B is informative.",
        ),
    ],
    ids=["replaced", "added", "removed", "row", "other sign", "both kept", "other words"],
)
def test_change_that_is_not_in_the_text(
    draft: tuple[Unit, ...],
    accepted: Accepted,
    state: State,
    missing: tuple[str, ...],
    left: tuple[str, ...],
    instead: str,
) -> None:
    fate = check(BASE, draft, [accepted]).fates[0]

    assert (fate.state, fate.missing, fate.left, fate.found) == (state, missing, left, instead)


def test_words_that_stand_in_another_clause_say_where() -> None:
    draft = text(c71=DELAY + "\nThe mask of class B is normative.")

    fate = check(BASE, draft, [NOTE]).fates[0]

    assert (fate.state, fate.elsewhere) == (State.IN, "7.1")


def test_what_was_never_accepted_is_named() -> None:
    draft = (
        *text(
            c1="This Recommendation describes slices. It is for access and core networks.",
            c71=DELAY.replace("≤ 5 ns", "≤ 3 ns").replace("at the port", "at the far end"),
            c72="The wander stays below 9 ns.",
        ),
        Unit("8", "Power", "Power is saved at night.", 1, "c-8"),
    )

    found = check(BASE, draft, [FIVE])

    assert [(each.edit.clause, each.edit.change, each.edit.before) for each in found.unaccepted] == [
        ("1", "replaces", "It is for access networks."),
        ("7.1", "replaces", "It is measured at the port."),
        ("7.2", "removes", "Masks are given in Annex A of the text."),
        ("8", "adds", ""),
    ]
    assert not found.is_clean


def test_punctuation_and_capitals_are_editorial() -> None:
    draft = text(c72="The wander stays below 9 ns. Masks are given, in annex A, of the text.")

    found = check(BASE, draft, [])

    assert [each.edit.is_editorial for each in found.unaccepted] == [True]
    assert found.is_clean


def test_sentence_that_moved_is_told_once() -> None:
    draft = text(
        c71=DELAY.replace(" It is measured at the port.", ""), c72=BASE[4].text + "\nIt is measured at the port."
    )

    found = check(BASE, draft, [])

    assert [(each.edit.clause, each.moved_to) for each in found.unaccepted] == [("7.1", "7.2")]


def test_renumbered_clauses_and_the_cover_are_no_changes() -> None:
    draft = (
        Unit("", "", "Draft of the group\tVersion 4, quite another cover", 0, "start", "text"),
        Unit("1", "Scope", BASE[1].text, 1, "c-1"),
        Unit("2", "Holdover", "Holdover lasts one day at least.", 1, "c-2"),
        *(Unit(u.number.replace("7", "8", 1), u.title, u.text, u.level, u.anchor, u.kind) for u in BASE[2:]),
    )

    found = check(BASE, draft, [CLAUSE])

    assert ([fate.state for fate in found.fates], found.unaccepted) == ([State.IN], ())


WORDS = "delay port mask class fibre clock packet frame loss budget splitter night sleep wake alarm field"


def _planted(seed: int) -> tuple[list[Unit], list[Unit], list[Accepted], set[int], set[str]]:
    """A text of chance, accepted changes of which some are left out of the draft, and edits nobody accepted."""
    dice = random.Random(seed)

    def sentence() -> str:
        return " ".join(dice.choices(WORDS.split(), k=dice.randint(9, 16))).capitalize() + f" {dice.randrange(10**6)}."

    base = [[sentence() for _ in range(6)] for _ in range(12)]
    draft = deepcopy(base)
    places = [(c, s) for c in range(12) for s in range(6)]
    dice.shuffle(places)
    accepted, omitted, foreign = [], set(), set()
    for number, (c, s) in enumerate(places[:12], 1):
        words = sentence() if number % 3 == 0 else base[c][s].replace(" ", f" {dice.choice(('new', 'old'))} ", 1)
        after = "" if number % 4 == 0 else words
        accepted.append(Accepted(number, str(c + 1), base[c][s], after))
        if number % 5 == 0:
            omitted.add(number)
        else:
            draft[c][s] = after
    for c, s in places[20:24]:
        foreign.add(base[c][s])
        draft[c][s] = base[c][s].replace(" ", " never ", 1)
    return _units(base), _units(draft), accepted, omitted, foreign


def _units(clauses: list[list[str]]) -> list[Unit]:
    return [Unit(str(n), f"Clause of {n}", " ".join(each), 1, f"c-{n}", "clause") for n, each in enumerate(clauses, 1)]


@pytest.mark.parametrize("seed", range(25))
def test_planted_omissions_and_additions_are_found_and_nothing_else(seed: int) -> None:
    base, draft, accepted, omitted, foreign = _planted(seed)

    found = check(base, draft, accepted)

    assert {fate.number for fate in found.omitted} == omitted
    assert {each.edit.before for each in found.unaccepted} == foreign


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It is so, e.g. here. See Rec. G.709, cl. 7.", ["It is so, e.g. here.", "See Rec. G.709, cl. 7."]),
        (
            "The loss is 0.5 dB. (This is new.) A. Smith agreed.",
            ["The loss is 0.5 dB.", "(This is new.)", "A. Smith agreed."],
        ),
        ("一致。再见。", ["一致。", "再见。"]),
        ("A\tB. C\nNext", ["A\tB. C", "Next"]),
        ("Next.\n_______\n– –", ["Next."]),
    ],
)
def test_sentences_are_cut_where_they_end(words: str, found: list[str]) -> None:
    assert sentences(words) == found


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("The delay, here: 5 ns.", "the delay here 5 ns", True),
        ("≤ 5 ns", "≥ 5 ns", False),
        ("5 mW", "5 MW", False),
        ("-5 dBm", "5 dBm", False),
        ("5–6 dB", "5-6 dB", True),
        ("10 %", "10", False),
        ("0.5", "05", False),
    ],
)
def test_key_keeps_what_means_something(one: str, two: str, same: bool) -> None:
    assert (key(one) == key(two)) is same


def test_contribution_with_one_clause_says_nothing_of_the_others() -> None:
    brought = (
        Unit("", "", "Source\tImaginary Networks", 0, "start", "text"),
        Unit("1", "Introduction", "We propose another delay for slices.", 1, "c-1"),
        Unit("7.1", "Delay", DELAY.replace("≤ 5 ns", "≤ 2 ns"), 2, "c-7.1"),
        Unit("7.3", "Holdover", "Holdover lasts a week.", 2, "c-7.3"),
        Unit("2", "Conclusion", "Please agree.", 1, "c-2"),
    )

    assert requests(BASE, brought) == [
        Edit("7.1", "c-7.1", 0, "The delay shall be ≤ 5 ns.", "The delay shall be ≤ 2 ns."),
        Edit("7.3", "c-7.3", -1, "", "7.3 Holdover\nHoldover lasts a week.", is_new_clause=True),
    ]


def test_contribution_that_leaves_paragraphs_out_does_not_delete_them() -> None:
    brought = (Unit("7.1", "Delay", "The delay shall be ≤ 2 ns.\n[…]\n(unchanged)", 2, "c-7.1"),)

    assert [edit.after for edit in requests(BASE, brought)] == ["The delay shall be ≤ 2 ns."]


def test_contribution_with_the_whole_text_deletes_what_it_leaves_out() -> None:
    brought = (Unit("1", "Introduction", "We delete wander.", 1, "c-1-2"), *text(c72=""))

    assert [(edit.clause, edit.change) for edit in requests(BASE, brought)] == [("7.2", "removes")] * 3


def test_place_of_what_is_added_is_that_of_the_sentence_before() -> None:
    draft = text(c72="At first. The wander stays below 9 ns. In between. Masks are given in Annex A of the text. Last.")

    assert [(edit.place, edit.after) for edit in edits(BASE, draft)] == [
        (-1, "At first."),
        (0, "In between."),
        (1, "Last."),
    ]


@pytest.mark.parametrize(
    "line",
    ["a" + "." * 200_000 + "x", "a" * 200_000 + " b. C", "a(" * 100_000 + ". B", "No. " * 20_000, ".)" * 100_000 + "a"],
)
def test_sentences_of_a_hostile_line_cost_no_more_than_its_length(line: str) -> None:
    began = time.process_time()

    assert sentences(line)

    assert time.process_time() - began < 2
