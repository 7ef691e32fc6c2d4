"""Clauses by heading styles, by counted numbers, and by numbers at the line start, in six languages."""

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sgdocs.text import headings, plain_text, word_reading
from sgdocs.text.blocks import Block
from sgdocs.text.clauses import cut
from sgdocs.text.model import Unit
from tests.files.hostile import W, word


def heads(units: tuple[Unit, ...]) -> list[tuple[str, str, int, str]]:
    return [(unit.number, unit.title, unit.level, unit.kind) for unit in units if unit.level]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Annex A – Tests", "Annex A", "Tests"),
        ("ANNEX 1", "Annex 1", ""),
        ("Appendix II: Examples", "Appendix II", "Examples"),
        ("Annexe B – Essais", "Annexe B", "Essais"),
        ("Appendice I", "Appendice I", ""),
        ("Anexo 2: Pruebas", "Anexo 2", "Pruebas"),
        ("Apéndice I", "Apéndice I", ""),
        ("Приложение A – Испытания", "Приложение A", "Испытания"),
        ("Дополнение I", "Дополнение I", ""),
        ("附件1:测试", "附件 1", "测试"),
        ("附录一", "附录 一", ""),
        ("الملحق ألف", None, None),
        ("الملحق 1: اختبارات", "الملحق 1", "اختبارات"),
        ("التذييل I", "التذييل I", ""),
        ("Annex A describes the tests of the previous clause.", None, None),
        ("Annexes are listed below", None, None),
        ("Appendix", "Appendix", ""),
    ],
)
def test_annexes_in_six_languages(line: str, number: str | None, title: str | None) -> None:
    found = headings.annex_of(line)

    assert (found and found.number, found and found.title) == (number, title)


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("6.2\tMessages", "6.2", "Messages"),
        ("6.2 Messages", "6.2", "Messages"),
        ("A.1 General", "A.1", "General"),
        ("II.3.1 General", "II.3.1", "General"),
        ("1bis.2.1 Definition", "1bis.2.1", "Definition"),
        ("1.3.n Other business", "1.3.n", "Other business"),
        ("8 – Scope", "8", "Scope"),
        ("3.1", "3.1", ""),
        ("5G networks", "", "5G networks"),
        ("2025 plans", "2025", "plans"),
        ("Scope", "", "Scope"),
        ("6 范围", "6", "范围"),
        ("6.2 نطاق", "6.2", "نطاق"),
    ],
)
def test_heading_is_cut_into_number_and_title(line: str, number: str, title: str) -> None:
    found = headings.of_heading(line)

    assert (found.number, found.title) == (number, title)


def test_numbers_make_clauses_only_in_order() -> None:
    text = """Preface of the paper

1 Scope

This clause has 2 sentences. It goes on.

2 Items were bought last year

2 References

2.1 Normative

3.7 Not the next number

3 Terms and definitions

3.1 Terms defined elsewhere

4 apples, 5 pears and so on;

Annex A – Tests

A.1 General

A.2 Equipment

Bibliography of nothing"""

    assert heads(cut(plain_text.blocks(text))) == [
        ("1", "Scope", 1, "clause"),
        ("2", "Items were bought last year", 1, "clause"),
        ("2.1", "Normative", 2, "clause"),
        ("3", "Terms and definitions", 1, "definitions"),
        ("3.1", "Terms defined elsewhere", 2, "definitions"),
        ("Annex A", "Tests", 1, "annex"),
        ("A.1", "General", 2, "annex"),
        ("A.2", "Equipment", 2, "annex"),
    ]


def test_kinds_are_inherited_and_end_with_the_clause() -> None:
    lines = [
        "1 Scope",
        "2 Références",
        "3 Définitions",
        "3.1 Termes définis ailleurs",
        "4 Conventions",
        "Annexe A",
        "Bibliographie",
    ]

    units = cut([Block(line, 1 if line.count(".") == 0 else 2) for line in lines])

    assert [unit.kind for unit in units] == [
        "clause", "references", "definitions", "definitions", "clause", "annex", "references",
    ]  # fmt: skip


def test_anchors_are_unique() -> None:
    units = cut([Block(line, 1) for line in ("1 Scope", "1 Scope", "Summary", "Summary", "范围", "Annex A")])

    assert [unit.anchor for unit in units] == ["c-1", "c-1-2", "c-summary", "c-summary-2", "c-n5", "c-Annex-A"]


def test_title_of_an_annex_may_follow_in_the_next_paragraph() -> None:
    units = cut(
        [Block("Annex A"), Block("Reference receiver"), Block("(This annex is normative.)"), Block("Its text.")]
    )

    assert [(unit.number, unit.title, unit.text) for unit in units] == [
        ("Annex A", "Reference receiver", "(This annex is normative.)\nIts text.")
    ]


def test_headings_by_style_and_contents_aside() -> None:
    document = Document()
    for style, text in (
        ("Normal", "1 Not a heading although it has a number"),
        ("Heading 1", "1\tScope"),
        ("Normal", "2 This looks like a heading and is none"),
        ("Heading 2", "1.1\tAims"),
        ("Normal", "Words."),
        ("Heading 1", "Unnumbered"),
    ):
        document.add_paragraph(text, style=style)
    contents = document.styles.add_style("toc 1", 1)
    document.paragraphs[0].insert_paragraph_before("1\tScope\t3", style=contents)
    file = io.BytesIO()
    document.save(file)

    units = word_reading.units(file.getvalue())

    assert heads(units) == [("1", "Scope", 1, "clause"), ("1.1", "Aims", 2, "clause"), ("", "Unnumbered", 1, "clause")]
    assert units[0].text == "1 Scope 3\n1 Not a heading although it has a number"


def test_numbers_that_word_counts_are_those_of_the_clauses() -> None:
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{2}"/><w:lvlText w:val="{1}"/></w:lvl>'
    numbering = f"<w:numbering {W}><w:abstractNum w:abstractNumId='4'>{level.format(0, '%1', 'decimal')}" + (
        f"{level.format(1, '%1.%2', 'decimal')}</w:abstractNum><w:abstractNum w:abstractNumId='5'>"
        f"{level.format(0, 'Annex %1', 'upperLetter')}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='4'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='5'/></w:num></w:numbering>"
    )
    head = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{0}"/><w:numId w:val="{2}"/></w:numPr><w:outlineLvl w:val="{0}"/></w:pPr>'
        "<w:r><w:t>{1}</w:t></w:r></w:p>"
    )
    listed = '<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>point</w:t></w:r></w:p>'
    body = (
        head.format(0, "Scope", 1) + head.format(1, "Aims", 1) + listed + head.format(1, "Means", 1) + head.format(0, "End", 1)
        + head.format(1, "Last", 1) + head.format(0, "Extra", 2)
    )  # fmt: skip

    units = word_reading.units(word(body, more={"word/numbering.xml": numbering}))

    assert [(unit.number, unit.title) for unit in units if unit.level] == [
        ("1", "Scope"), ("1.1", "Aims"), ("1.3", "Means"), ("2", "End"), ("2.1", "Last"), ("Annex A", "Extra"),
    ]  # fmt: skip


def test_outline_level_of_a_paragraph_counts() -> None:
    document = Document()
    paragraph = document.add_paragraph("Summary")
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), "1")
    paragraph._p.get_or_add_pPr().append(outline)
    file = io.BytesIO()
    document.save(file)

    assert heads(word_reading.units(file.getvalue())) == [("", "Summary", 2, "clause")]
