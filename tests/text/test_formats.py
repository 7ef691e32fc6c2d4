"""Each format gives its text: built here, read as a person would upload it."""

import io
import shutil
from pathlib import Path

import openpyxl
import pptx
import pytest
from pptx.util import Inches

from sgdocs.text import formats, old_word
from sgdocs.text.children import Readers
from sgdocs.text.model import Reading, Unit
from sgdocs.text.reading import read
from tests.files.hostile import ole, open_document, page, word, zipped

RTF = rb"{\rtf1\ansi {\b 1 Scope}\par This old text is about interfaces of the network.\par}"


def saved(thing: object) -> bytes:
    file = io.BytesIO()
    thing.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def rows(reading: Reading) -> list[tuple[str, str, str, str]]:
    return [(unit.kind, unit.anchor, unit.title, unit.text) for unit in reading.units]


def test_pdf_has_a_unit_for_each_page() -> None:
    reading = read(
        page(b"BT /F 12 Tf 50 700 Td (Words of the first page) Tj 0 -20 Td (and a second line) Tj ET"), "a.pdf"
    )

    assert reading.units == (
        Unit(text="Words of the first page\nand a second line", anchor="p-1", kind="page", page=1),
    )
    assert (reading.format, reading.media_type, reading.language) == ("pdf", "application/pdf", "en")


def test_pdf_without_text_says_so() -> None:
    assert [one.says for one in read(page(b""), "a.pdf").problems] == [
        "no text could be read, because the file holds none; its pages may be pictures"
    ]


def test_slides_have_titles_tables_groups_and_notes() -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Plan of work"
    slide.placeholders[1].text = "First point\nSecond point"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "In a group"
    table = slide.shapes.add_table(1, 2, 0, 0, Inches(2), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    slide.notes_slide.notes_text_frame.text = "Said aloud"
    show.slides.add_slide(show.slide_layouts[6])

    assert rows(read(saved(show), "a.pptx")) == [
        ("slide", "s-1", "Plan of work", "First point\nSecond point\nIn a group\na\tb\nSaid aloud"),
        ("slide", "s-2", "", ""),
    ]


def test_sheets_have_rows_with_tabs() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Members"
    book.active.append(["Name", "Votes", None])
    book.active.append(["Fictavia", 3, True])
    book.create_sheet("Empty")

    assert rows(read(saved(book), "a.xlsx")) == [
        ("sheet", "sheet-1", "Members", "Name\tVotes\nFictavia\t3\t1"),
        ("sheet", "sheet-2", "Empty", ""),
    ]


def test_open_document_has_clauses_and_no_deleted_text() -> None:
    content = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">1 Scope</text:h><text:p>Two<text:s text:c="2"/>words<text:line-break/>here</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        '<text:h text:outline-level="2">1.1 Aims</text:h><text:list><text:list-item><text:p>point</text:p></text:list-item></text:list>'
    )
    assert [
        (unit.number, unit.title, unit.level, unit.text) for unit in read(open_document(content), "a.odt").units
    ] == [
        ("1", "Scope", 1, "Two words\nhere\na\tb"),
        ("1.1", "Aims", 2, "point"),
    ]


def test_web_page_has_clauses_and_no_scripts() -> None:
    html = (
        "<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body><h1>1 Scope</h1><p>Some <b>bold</b> words<br>"
        "and more</p><script>alert(1)</script><table><tr><th>a</th><td>b</td></tr></table><h2>1.1 Aims</h2>tail words</body></html>"
    )

    assert [(unit.number, unit.title, unit.level, unit.text) for unit in read(html.encode(), "a.html").units] == [
        ("1", "Scope", 1, "Some bold words\nand more\na\tb"),
        ("1.1", "Aims", 2, "tail words"),
    ]


@pytest.mark.parametrize(
    ("text", "charset", "language"),
    [
        ("Cette Recommandation décrit les interfaces du réseau et les essais à faire", "cp1252", "fr"),
        ("Настоящая Рекомендация описывает интерфейсы сети", "cp1251", "ru"),
        ("Настоящая Рекомендация описывает интерфейсы сети", "utf-8", "ru"),
        ("تصف هذه التوصية سطوح الشبكة البينية", "utf-8", "ar"),
        ("本建议书规定网络接口的要求与测试方法以及所有相关的定义", "utf-16", "zh"),
        ("La presente Recomendación describe las interfaces de la red y los ensayos", "utf-8-sig", "es"),
        ("This Recommendation describes the interfaces of the network", "ascii", "en"),
        ("BEGIN:VEVENT UID:1234 DTSTART:20260101 END:VEVENT", "ascii", ""),
    ],
)
def test_plain_text_in_six_languages(text: str, charset: str, language: str) -> None:
    reading = read(text.encode(charset), "a.txt")

    assert [unit.text for unit in reading.units] == [text]
    assert reading.language == language


def test_archive_gives_the_text_of_its_files() -> None:
    inner = zipped({"deep.txt": "too deep"})
    members = {
        "docs/a.docx": word(),
        "b.txt": "1 Scope\n\nWords.",
        "c.docx": b"",
        "d.zip": inner,
        "e.png": b"\x89PNG\r\n\x1a\n",
    }

    reading = read(zipped(members), "a.zip")

    assert [(unit.kind, unit.level, unit.anchor, unit.title) for unit in reading.units] == [
        ("file", 1, "f1", "docs/a.docx"),
        ("text", 1, "f1-start", ""),
        ("file", 1, "f2", "b.txt"),
        ("clause", 2, "f2-c-1", "Scope"),
    ]
    assert [one.says.split("”")[0] for one in reading.problems if one.id == "text.part"] == [
        "“c.docx",
        "“d.zip",
        "“e.png",
    ]
    assert not any(one.is_fatal for one in reading.problems)


@pytest.mark.skipif(shutil.which("catdoc") is None, reason="catdoc is not installed")
def test_old_word_is_read_by_catdoc() -> None:
    reading = read(RTF, "a.doc")

    assert (reading.format, reading.media_type) == ("doc", "application/rtf")
    assert "This old text is about interfaces of the network." in reading.units[-1].text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_catdoc_cannot_read_is_read_by_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the limits of a reader: a program path without catdoc."""
    for program in ("soffice", "dirname", "basename", "sed", "grep", "uname", "sh", "ls", "readlink"):
        found = shutil.which(program)
        if found:
            (tmp_path / program).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path))
    pool = Readers(1)
    try:
        reading = pool.read(RTF, "a.doc")
    finally:
        pool.close()

    assert "This old text is about interfaces of the network." in " ".join(unit.text for unit in reading.units)
    assert reading.problems == ()


def test_old_word_without_any_program_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    reading = read(ole(("WordDocument",)), "a.doc")

    assert [(one.id, one.is_fatal) for one in reading.problems] == [("text.old", False)]
    assert "LibreOffice" in reading.problems[0].says


def test_folder_of_a_conversion_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_word, "mkdtemp", lambda prefix: str(_made(tmp_path / prefix)))

    read(ole(("WordDocument",)), "a.doc")

    assert list(tmp_path.iterdir()) == []


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (word(), "a.docx", "docx"),
        (zipped({"a.txt": "x"}), "a.zip", "zip"),
        (b"\xdb\xa5\x2d\x00" + bytes(100), "a.doc", "doc"),
        (b"%PDF-1.4\n", "a.pdf", "pdf"),
        (b"\xef\xbb\xbf<!-- c --><HTML>", "a.htm", "html"),
        (b"plain", "a.unknown", "txt"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.png", ""),
        (b"", "a", ""),
    ],
)
def test_format_is_known_by_content(content: bytes, name: str, expected: str) -> None:
    assert formats.found(content).format == expected


def test_unknown_format_is_stored_without_text() -> None:
    reading = read(b"\x89PNG\r\n\x1a\n" + bytes(50), "a.png")

    assert (reading.media_type, reading.units) == ("image/png", ())
    assert [(one.id, one.is_fatal) for one in reading.problems] == [("text.format", False)]
