"""Change requests side by side: which sentence, which document, what collides; three overlapping files of Word."""

import io
from typing import Any

import pytest
from docx import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from sgdocs.text.children import Readers
from sgdocs.text.model import Unit
from sgdocs.work_programme.clashes import Asked, Clash, sentence_keys, side_by_side
from sgdocs.work_programme.edits import requests
from sgdocs.work_programme.merging import merged
from tests.files.pairs import Clause, file_of

DELAY = ["The delay of the slice shall stay below 5 ns.", "It is measured at the port of the user.", "Jitter is small."]
CLAUSES = [
    Clause("1", "Scope", ["This draft describes slices of access networks.", "It is for further study."]),
    Clause("7", "Timing", ["Clocks are needed."]),
    Clause("7.1", "Delay", DELAY, [["Class", "Loss", "Splits", "Reach"], ["A", "32 dB", "64", "20 km"]]),
    Clause("7.2", "Wander", ["The wander stays below 9 ns.", "A mask is given in the annex of this text."]),
]


def changed(**paragraphs: list[str]) -> list[Clause]:
    """The clauses with other paragraphs: `changed(c71=[…])`."""
    told = {"c1": "1", "c7": "7", "c71": "7.1", "c72": "7.2"}
    other = {told[name]: words for name, words in paragraphs.items()}
    return [Clause(c.number, c.title, other.get(c.number, c.paragraphs), c.rows) for c in CLAUSES]


def read(readers: Readers, data: bytes) -> tuple[Unit, ...]:
    return readers.read(io.BytesIO(data), "draft.docx").units


def covered(clauses: list[Clause]) -> bytes:
    """A contribution: a cover, an introduction and a proposal around some clauses."""
    word = Word(io.BytesIO(file_of([Clause("1", "Introduction", ["We have measured slices."]), *clauses])))
    word.paragraphs[0].insert_paragraph_before("Source: Imaginary Networks")
    word.add_heading("2\tProposal", level=1)
    word.add_paragraph("The meeting is invited to agree.")
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def tracked(paragraph: Paragraph, gone: str, new: str) -> None:
    """The words struck and others put there, as Word does when it tracks changes."""
    before, _, after = paragraph.text.partition(gone)
    holder: Any = paragraph._p
    for each in list(paragraph.runs):
        holder.remove(each._r)
    paragraph.add_run(before)
    for kind, tag, words in (("w:del", "w:delText", gone), ("w:ins", "w:t", new)):
        mark, run, text = OxmlElement(kind), OxmlElement("w:r"), OxmlElement(tag)
        mark.set(qn("w:id"), "1")
        mark.set(qn("w:author"), "Selim")
        text.text = words
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        mark.append(run)
        holder.append(mark)
    paragraph.add_run(after)


def with_marks() -> bytes:
    """The whole base with a tracked change in the first sentence of 7.1."""
    word = Word(io.BytesIO(file_of(CLAUSES)))
    tracked(next(each for each in word.paragraphs if each.text == DELAY[0]), "5 ns", "3 ns")
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def test_three_overlapping_files_are_shown_by_sentence(readers: Readers) -> None:
    base = read(readers, file_of(CLAUSES))
    files = {
        1: with_marks(),
        2: covered([Clause("7.1", "Delay", [DELAY[0].replace("5 ns", "2 ns"), *DELAY[1:]], CLAUSES[2].rows)]),
        3: covered([
            Clause("7.1", "Delay", [DELAY[0], "It is measured at the port of the network.", DELAY[2]], [
                CLAUSES[2].rows[0], ["A", "33 dB", "64", "20 km"]
            ]),
            Clause("7.2", "Wander", [*CLAUSES[3].paragraphs, "The mask is normative."]),
            Clause("7.3", "Holdover", ["Holdover lasts a day."]),
        ]),
    }  # fmt: skip

    found = side_by_side(base, [Asked(id, requests(base, read(readers, data))) for id, data in files.items()])

    assert [(each.label, each.is_new, each.clashes, each.documents) for each in found] == [
        ("7.1", False, 1, (1, 2, 3)),
        ("7.2", False, 0, (3,)),
        ("7.3", True, 0, (3,)),
    ]
    assert [(row.before, row.clash, [(w.id, w.edit.after) for w in row.wishes]) for row in found[0].rows] == [
        (
            DELAY[0],
            Clash.SENTENCE,
            [(1, DELAY[0].replace("5 ns", "3 ns")), (2, DELAY[0].replace("5 ns", "2 ns"))],
        ),
        (DELAY[1], Clash.NONE, [(3, "It is measured at the port of the network.")]),
        ("A\t32 dB\t64\t20 km", Clash.NONE, [(3, "A\t33 dB\t64\t20 km")]),
    ]
    assert [row.together for row in found[0].rows] == ["", "", ""]


def units(**paragraphs: list[str]) -> list[Unit]:
    return [
        Unit(c.number, c.title, "\n".join(c.paragraphs), 1 + c.number.count("."), f"c-{c.number}")
        for c in changed(**paragraphs)
    ]


def rows_of(*versions: list[Unit], earlier: set[str] | None = None) -> list[tuple[str, Clash]]:
    asked = [Asked(id, requests(units(), each)) for id, each in enumerate(versions, 1)]
    return [(row.before, row.clash) for clause in side_by_side(units(), asked, earlier or set()) for row in clause.rows]


@pytest.mark.parametrize(
    ("one", "two", "rows"),
    [
        (
            {"c1": ["This draft describes slices of core networks."]},
            {"c1": ["This draft describes parts of access networks.", "It is for further study."]},
            [(CLAUSES[0].paragraphs[0], Clash.SENTENCE), (CLAUSES[0].paragraphs[1], Clash.NONE)],
        ),
        ({"c1": ["x" * 9, "It is for further study."]}, {}, [(CLAUSES[0].paragraphs[0], Clash.NONE)]),
        (
            {"c7": ["Clocks are needed!"]},
            {"c7": ["CLOCKS are needed"]},
            [("Clocks are needed.", Clash.SENTENCE)],
        ),
        (
            {"c7": ["Clocks are needed.", "They are good."]},
            {"c7": ["Clocks are needed.", "They are bad."]},
            [("", Clash.PLACE)],
        ),
        (
            {"c7": ["Clocks are needed.", "They are good."]},
            {"c7": ["Clocks are needed.", "They  are good"]},
            [("", Clash.AGREED)],
        ),
        ({"c72": []}, {"c72": ["The wander stays below 8 ns.", CLAUSES[3].paragraphs[1]]}, [
            (CLAUSES[3].paragraphs[0], Clash.SENTENCE), (CLAUSES[3].paragraphs[1], Clash.NONE)
        ]),
    ],
    ids=["same sentence", "one alone", "capitals", "same place", "agreed", "taken out"],
)  # fmt: skip
def test_clash(one: dict[str, list[str]], two: dict[str, list[str]], rows: list[tuple[str, Clash]]) -> None:
    assert rows_of(units(**one), units(**two)) == rows


def test_two_documents_with_one_new_number_clash() -> None:
    with_one = [*units(), Unit("7.3", "Holdover", "It lasts a day.", 2, "c-7.3")]
    with_two = [*units(), Unit("7.3", "Freewheeling", "It is forbidden.", 2, "c-7.3")]

    assert rows_of(with_one, with_two) == [("", Clash.CLAUSE)]


def test_words_of_an_earlier_base_text_are_told() -> None:
    older = units(c1=["This draft described slices of access networks.", "It is for further study."])
    found = side_by_side(units(), [Asked(1, requests(units(), older))], sentence_keys(older))

    assert [wish.is_old for wish in found[0].rows[0].wishes] == [True]


@pytest.mark.parametrize(
    ("versions", "whole"),
    [
        (["The delay stays below 3 ns here.", "The delay must stay below 5 ns here."], "The delay must stay below 3 ns here."),
        (["The delay stays below 3 ns here.", "The delay stays below 2 ns here."], ""),
        (["", "The delay stays below 2 ns here."], ""),
        (["The delay stays below 5 ns, here.", "The delay stays below 5 ns, there."], ""),
        (["The delay stays below 5 ns here.", "The delay stays below 5 ns here and there."], "The delay stays below 5 ns here and there."),
    ],
)  # fmt: skip
def test_sentence_with_all_changes(versions: list[str], whole: str) -> None:
    assert merged("The delay stays below 5 ns here.", versions) == whole
