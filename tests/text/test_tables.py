"""Cells of sheets and tables: where they stand, formulas named, hostile files refused by the confined reader."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook

from sgdocs.text import tables
from sgdocs.text.children import Readers
from sgdocs.text.tables import Grids
from tests.files.hostile import word


@pytest.fixture(scope="module")
def pool() -> Iterator[Readers]:
    made = Readers(1)
    yield made
    made.close()


def xlsx(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(made: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def texts(grids: Grids) -> list[tuple[int, list[str]]]:
    return [(row.number, [cell.text for cell in row.cells]) for row in grids.grids[0].rows]


def test_cells_of_a_sheet_stand_in_their_columns() -> None:
    read = tables.read(xlsx(["a", None, "c"], [], [None, "b\nsecond line", 3]), "x.xlsx")

    assert (read.format, read.refused) == ("xlsx", None)
    assert texts(read) == [(1, ["a", "", "c"]), (3, ["", "b\nsecond line", "3"])]


def test_formula_is_named_not_run() -> None:
    read = tables.read(xlsx(["a", "=1+1"], ["'=1+1", '=HYPERLINK("http://x")']), "x.xlsx")

    assert [[cell.is_formula for cell in row.cells] for row in read.grids[0].rows] == [[False, True], [False, True]]
    assert read.grids[0].rows[1].cells[0].text == "'=1+1"


def test_cells_of_a_word_table_keep_their_place_and_lines() -> None:
    doc = Document()
    table = doc.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(0, 2).text = "last"
    table.cell(1, 1).text = "one\ntwo"
    table.cell(1, 2).add_table(rows=1, cols=1).cell(0, 0).text = "inner"

    read = tables.read(saved(doc), "x.docx")
    assert len(read.grids) == 1
    assert texts(read)[0] == (1, ["wide", "", "last"])
    assert texts(read)[1][1][:2] == ["", "one\ntwo"]


def test_deleted_words_are_not_read_and_a_calculating_field_is_named() -> None:
    doc = Document()
    cell = doc.add_table(rows=1, cols=1).cell(0, 0)
    paragraph = cell.paragraphs[0]
    paragraph.add_run("kept ")
    gone = OxmlElement("w:del")
    gone.append(paragraph.add_run("gone")._r)
    paragraph._p.append(gone)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " =SUM(ABOVE) ")
    paragraph._p.append(field)

    (row,) = tables.read(saved(doc), "x.docx").grids[0].rows
    assert (row.cells[0].text, row.cells[0].is_formula) == ("kept", True)


@pytest.mark.parametrize("rows", [tables.ROWS + 1])
def test_more_rows_than_anybody_writes_are_refused(rows: int) -> None:
    refused = tables.read(xlsx(*(["x"] for _ in range(rows))), "x.xlsx").refused
    assert refused is not None
    assert str(tables.ROWS) in refused.says


def test_confined_reader_answers_the_same(pool: Readers) -> None:
    data = xlsx(["a", None, "=1+1"])
    assert pool.tables(data, "x.xlsx") == tables.read(data, "x.xlsx")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "x.xlsx"),
        (b"not a sheet", "x.xlsx"),
        (b"a,b,c", "x.csv"),
        (xlsx(["a"])[:200], "x.xlsx"),
        (xlsx(["a"]), "x.docx"),
    ],
    ids=["empty", "words", "csv", "cut off", "another kind"],
)
def test_file_that_is_no_sheet_is_refused_with_its_reason(pool: Readers, data: bytes, name: str) -> None:
    read = pool.tables(data, name)
    assert read.grids == ()
    assert read.refused is not None


def test_entities_and_huge_numbers_of_columns_do_no_harm(pool: Readers) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(["a"]))) as good, zipfile.ZipFile(broken, "w") as made:
        for name in good.namelist():
            text = good.read(name)
            made.writestr(name, text.replace(b"<worksheet", f"{bomb}<worksheet".encode()) if "sheet1" in name else text)
    assert pool.tables(broken.getvalue(), "x.xlsx").refused is not None

    far = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(["a"]))) as good, zipfile.ZipFile(far, "w") as made:
        for name in good.namelist():
            text = good.read(name)
            made.writestr(name, text.replace(b'r="A1"', b'r="ZZZ1"') if "sheet1" in name else text)
    assert pool.tables(far.getvalue(), "x.xlsx").grids[0].rows == ()


def test_word_file_without_tables_has_none(pool: Readers) -> None:
    read = pool.tables(word("Words alone."), "x.docx")
    assert (read.grids, read.problems) == ((), ())
