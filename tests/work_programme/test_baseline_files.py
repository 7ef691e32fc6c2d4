"""A draft written as a Word file, with tracked changes, against what was accepted: planted omissions are found."""

import io
from copy import deepcopy

import pytest
from docx import Document as Word

from sgdocs.text.children import Readers
from sgdocs.text.model import Unit
from sgdocs.work_programme.baseline import Accepted, check
from sgdocs.work_programme.edits import requests
from tests.files.pairs import Clause, Maker, file_of
from tests.work_programme.test_clashes import tracked


def read(readers: Readers, data: bytes) -> tuple[Unit, ...]:
    return readers.read(io.BytesIO(data), "draft.docx").units


def with_marks(clauses: list[Clause], marks: dict[str, tuple[str, str]]) -> bytes:
    """The file; in the paragraphs named some words are struck and others put there as tracked changes."""
    word = Word(io.BytesIO(file_of(clauses)))
    for paragraph in list(word.paragraphs):
        if paragraph.text in marks:
            tracked(paragraph, *marks[paragraph.text])
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_omissions_in_files(readers: Readers, seed: int) -> None:
    maker = Maker(seed)
    base = maker.clauses
    draft, wished = deepcopy(base), deepcopy(base)
    places = [at for at, clause in enumerate(base) if "." in clause.number]
    maker.dice.shuffle(places)
    accepted: list[Accepted] = []
    marks: dict[str, tuple[str, str]] = {}
    for number, at in enumerate(places[:6], 1):
        before = base[at].paragraphs[0]
        gone = before.split()[1]
        after = before.replace(f" {gone} ", " planted ", 1) if number != 6 else ""
        wished[at].paragraphs[0] = after or " "
        accepted.append(Accepted(number, base[at].number, before, after))
        if number in (1, 2):
            marks[before] = (f" {gone} ", " planted ")
        elif number == 6:
            draft[at].paragraphs.pop(0)
        elif number != 4:
            draft[at].paragraphs[0] = after
    foreign = places[7]
    draft[foreign].paragraphs.append("Nobody has ever accepted this sentence about planted omissions.")
    old, new = read(readers, file_of(base)), read(readers, with_marks(draft, marks))

    found = check(old, new, accepted)

    assert [fate.number for fate in found.omitted] == [4]
    assert [(each.edit.clause, each.edit.after) for each in found.unaccepted] == [
        (base[foreign].number, "Nobody has ever accepted this sentence about planted omissions.")
    ]
    asked = requests(old, read(readers, file_of(wished)))
    assert {(edit.clause, edit.before) for edit in asked} == {(each.clause, each.before) for each in accepted}
