"""Comparison: known edits are found, all of them and no others; moves; tables by cell; tracked changes; speed."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from sgdocs.text import word_reading
from sgdocs.text.compare import compare
from sgdocs.text.comparison import Comparison, Run, Summary, says
from sgdocs.text.model import Unit
from sgdocs.text.word_marks import marked
from tests.files.hostile import word
from tests.files.pairs import Maker, file_of, pair

BUDGET_S = 1.0
PAGES = 60
WORDS_OF_A_PAGE = 440


def unit(number: str, title: str, *lines: str, kind: str = "clause", level: int = 1) -> Unit:
    return Unit(number, title, "\n".join(lines), level, f"c-{number}", kind)


def sides(runs: Sequence[Run]) -> tuple[str, str]:
    return "".join(r.text for r in runs if r.kind != "new"), "".join(r.text for r in runs if r.kind != "gone")


def kinds(found: Comparison) -> list[tuple[str, list[str]]]:
    return [(one.kind, [line.kind for line in one.lines]) for one in found.clauses]


@pytest.mark.parametrize("seed", range(20))
def test_known_edits_are_found_and_no_others(seed: int) -> None:
    made = pair(seed)

    found = compare(word_reading.units(made.old), word_reading.units(made.new)).summary

    assert set(found.changed) == made.changed
    assert set(found.new) == made.added
    assert set(found.gone) == made.gone
    assert found.renumbered == ()
    assert found.moved >= made.moved
    assert found.definitions_new == made.definitions


@pytest.mark.parametrize("words", [8, 9, 40])
def test_paragraph_of_8_words_is_seen_as_moved(words: int) -> None:
    maker = Maker(words)
    text, rest = maker.sentence(words), [maker.sentence(20) for _ in range(6)]
    old = [unit("1", "One", rest[0], text, rest[1]), unit("2", "Two", rest[2], rest[3])]
    new = [unit("1", "One", rest[0], rest[1]), unit("2", "Two", rest[2], text, rest[3])]

    found = compare(old, new)

    assert kinds(found) == [
        ("changed", ["same", "moved-away", "same"]), ("changed", ["same", "moved-here", "same"]),
    ]  # fmt: skip
    away, here = found.clauses[0].lines[1], found.clauses[1].lines[1]
    assert (away.other, here.other, away.move, here.move) == ("c-2", "c-1", 1, 1)
    assert found.summary.moved == 1
    assert (found.summary.words_new, found.summary.words_gone) == (0, 0)


def test_short_line_elsewhere_is_no_move() -> None:
    old = [unit("1", "One", "For further study.", "Words."), unit("2", "Two", "Other words.")]
    new = [unit("1", "One", "Words."), unit("2", "Two", "Other words.", "For further study.")]

    assert compare(old, new).summary.moved == 0


def test_paragraph_moved_and_reworded_is_marked_where_it_is_now() -> None:
    text = "The receiver shall accept every message that it has not seen before."
    old = [unit("1", "One", text, "A first sentence stays."), unit("2", "Two", "A second sentence stays.")]
    new = [
        unit("1", "One", "A first sentence stays."),
        unit("2", "Two", "A second sentence stays.", text.replace("every", "each")),
    ]

    line = compare(old, new).clauses[1].lines[1]

    assert line.kind == "moved-here"
    assert [(run.kind, run.text) for run in line.runs if run.kind != "same"] == [("gone", "every"), ("new", "each")]


def test_moved_paragraph_is_not_taken_for_its_successor() -> None:
    """What stands now at its place is like it, but word for word it stands elsewhere."""
    text = "The sender shall repeat the first message after one second of silence."
    like = "The sender shall repeat the first message after two seconds of noise."
    old = [unit("1", "One", text), unit("2", "Two", "Other words stand here.")]
    new = [unit("1", "One", like), unit("2", "Two", "Other words stand here.", text)]

    assert kinds(compare(old, new)) == [("changed", ["moved-away", "new"]), ("changed", ["same", "moved-here"])]


def test_renumbered_clauses_are_matched_by_title() -> None:
    maker = Maker(3)
    texts = [maker.sentence(30) for _ in range(5)]
    old = [unit("6", "Messages", texts[0]), unit("7", "Timers", texts[1]), unit("7.1", "General", texts[2], level=2)]
    new = [unit("6", "Messages", texts[0]), unit("7", "Security", texts[3]), unit("8", "Timers", texts[1]),
           unit("8.1", "General", texts[2], level=2)]  # fmt: skip

    found = compare(old, new).summary

    assert found == Summary(new=("7",), renumbered=(("7", "8"), ("7.1", "8.1")), words_new=30)
    assert says(found) == "clause 7 new; clauses 7 → 8 and 7.1 → 8.1 renumbered"


def test_clauses_of_the_same_title_are_told_apart_by_their_words() -> None:
    maker = Maker(4)
    first, second = maker.sentence(30), maker.sentence(30)
    old = [unit("6.1", "General", first), unit("7.1", "General", second)]
    new = [unit("7.1", "General", first), unit("8.1", "General", second)]

    assert compare(old, new).summary.renumbered == (("6.1", "7.1"), ("7.1", "8.1"))


def test_gone_clause_stands_where_it_stood() -> None:
    old = [unit("1", "One", "a"), unit("2", "Two", "b"), unit("3", "Three", "c"), unit("4", "Four", "d")]
    new = [old[0], old[3]]

    assert [(one.kind, one.label) for one in compare(old, new).clauses] == [
        ("same", "1"), ("gone", "2"), ("gone", "3"), ("same", "4"),
    ]  # fmt: skip


def test_table_is_compared_by_cell() -> None:
    old = [unit("1", "One", "Field\tBits\tUse", "a\t8\tfirst", "b\t16\tsecond")]
    new = [unit("1", "One", "Field\tBits\tUse", "a\t8\tfirst", "b\t32\tsecond", "c\t4\tthird")]

    lines = compare(old, new).clauses[0].lines

    assert [line.kind for line in lines] == ["same", "same", "changed", "new"]
    assert [sides(cell) for cell in lines[2].cells] == [("b", "b"), ("16", "32"), ("second", "second")]
    assert [sides(cell) for cell in lines[3].cells] == [("", "c"), ("", "4"), ("", "third")]


def test_added_column_leaves_the_other_cells_alone() -> None:
    lines = compare([unit("1", "One", "a\tb\tc")], [unit("1", "One", "a\tnew one\tb\tc")]).clauses[0].lines

    assert [sides(cell) for cell in lines[0].cells] == [("a", "a"), ("", "new one"), ("b", "b"), ("c", "c")]


def test_definitions_are_counted() -> None:
    old = [unit("3", "Definitions", "3.1 alpha: the first.", kind="definitions")]
    new = [unit("3", "Definitions", "3.1 alpha: the first.", "3.2 beta [ITU-T X.1]: the second.", "delta: one more.",
                "This sentence is no definition.", kind="definitions"),
           unit("3.2.1", "gamma", "the third.", kind="definitions", level=3)]  # fmt: skip

    assert compare(old, new).summary.definitions_new == 3
    assert compare(new, old).summary.definitions_gone == 3


def test_the_same_twice_changes_nothing() -> None:
    units = word_reading.units(pair(1).old)

    found = compare(units, units)

    assert found.summary == Summary()
    assert found.summary.is_same
    assert says(found.summary) == "nothing changed"
    assert {line.kind for one in found.clauses for line in one.lines} == {"same"}


def test_margins_and_comments_are_not_compared() -> None:
    text = unit("1", "One", "words")
    beside = [
        Unit(text="SG15-C1", anchor="margin", kind="margin"),
        Unit(text="a remark", anchor="comments", kind="comments"),
    ]

    assert compare([text, *beside], [text, replace(beside[0], text="SG15-C2")]).summary.is_same


def test_pages_that_slip_are_no_change() -> None:
    """A line more on the first page pushes another over to the second."""
    maker = Maker(8)
    lines = [maker.sentence(14) for _ in range(9)]
    old = [
        Unit(text="\n".join([*lines[at : at + 3], f"– {at} –"]), anchor=f"p-{at}", kind="page", page=at + 1)
        for at in (0, 3, 6)
    ]
    longer = [lines[0], maker.sentence(14), *lines[1:]]
    new = [
        Unit(text="\n".join([*longer[at : at + 4], f"– {at} –"]), anchor=f"p-{at}", kind="page", page=at + 1)
        for at in (0, 4, 8)
    ]

    found = compare(old, new)

    assert [line.kind for one in found.clauses for line in one.lines].count("new") == 1
    assert [line.kind for one in found.clauses for line in one.lines].count("same") == 9
    assert found.summary.words_new == 14


def test_tracked_changes_are_two_texts() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>It is </w:t></w:r><w:del><w:r><w:delText>six</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>seven</w:t></w:r></w:ins></w:p>"
    )
    original, accepted = (word_reading.units(word(body), variant) for variant in ("original", "accepted"))

    line = compare(original, accepted).clauses[0].lines[0]

    assert [(run.kind, run.text) for run in line.runs] == [("same", "It is "), ("gone", "six"), ("new", "seven")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "words"), ("words", ""), ("the same", "the same"), ("one two three", "one 2 three"), ("a b c d", "d c b a"),
        ("本建议书规定接口", "本建议书定义接口"), ("x" * 9_000, "y " * 9_000), (" spaced ", "spaced"), ("tab.\u202eleft", "tab."),
    ],
)  # fmt: skip
def test_marks_give_both_texts_back(old: str, new: str) -> None:
    assert sides(marked(old, new)) == (old, new)


def test_chinese_is_marked_by_character() -> None:
    assert [(run.kind, run.text) for run in marked("本建议书规定接口", "本建议书定义接口")] == [
        ("same", "本建议书"), ("gone", "规"), ("same", "定"), ("new", "义"), ("same", "接口"),
    ]  # fmt: skip


def test_rewritten_phrase_is_one_change() -> None:
    runs = marked("keep one two three keep", "keep four five six keep")

    assert [(run.kind, run.text) for run in runs] == [
        ("same", "keep "), ("gone", "one two three"), ("new", "four five six"), ("same", " keep"),
    ]  # fmt: skip


def test_sixty_pages_are_compared_in_a_second() -> None:
    maker = Maker(6, clauses=95)
    old = word_reading.units(file_of(maker.clauses))
    dice = random.Random(6)
    new = [replace(one, text=_reworded(one.text, dice)) if dice.random() < 0.5 else one for one in old]
    assert sum(len(one.text.split()) for one in old) > PAGES * WORDS_OF_A_PAGE

    began = time.process_time()
    found = compare(old, new)

    assert time.process_time() - began < BUDGET_S
    assert set(found.summary.changed) == {one.number for one, two in zip(old, new, strict=True) if one != two}


@pytest.mark.parametrize("text", ["same line\n" * 60_000, "ab " * 200_000, "a\tb\n" * 20_000])
def test_monotonous_texts_do_not_take_for_ever(text: str) -> None:
    began = time.process_time()

    compare([Unit(text=text, anchor="start")], [Unit(text=f"x{text[3:]}\nend", anchor="start")])

    assert time.process_time() - began < 10


def _reworded(text: str, dice: random.Random) -> str:
    return (
        "\n".join(
            " ".join("other" if dice.random() < 0.05 else w for w in line.split(" ")) for line in text.split("\n")
        )
        + " x"
    )
