"""Words of a Word file in every kind of place: kept, left out, in the original and between marks."""

import pytest

from sgdocs.text import word_reading
from sgdocs.text.model import Unit
from tests.files.hostile import W, word

R = "<w:r><w:t>{}</w:t></w:r>"
P = "<w:p>" + R + "</w:p>"
SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
KEPT = {
    "run": P,
    "split run": "<w:p><w:r><w:t>mar</w:t></w:r><w:r><w:t>ker</w:t></w:r></w:p>",
    "table": "<w:tbl><w:tr><w:tc>" + P + "</w:tc></w:tr></w:tbl>",
    "nested table": "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>" + P + "</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
    "content control": "<w:sdt><w:sdtPr/><w:sdtContent>" + P + "</w:sdtContent></w:sdt>",
    "control in a line": "<w:p><w:sdt><w:sdtContent>" + R + "</w:sdtContent></w:sdt></w:p>",
    "control of a row": "<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>" + P + "</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
    "control of a cell": "<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>" + P + "</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
    "inserted": "<w:p><w:ins>" + R + "</w:ins></w:p>",
    "moved here": "<w:p><w:moveTo>" + R + "</w:moveTo></w:p>",
    "inserted row": "<w:tbl><w:tr><w:trPr><w:ins/></w:trPr><w:tc>" + P + "</w:tc></w:tr></w:tbl>",
    "link": "<w:p><w:hyperlink>" + R + "</w:hyperlink></w:p>",
    "simple field": '<w:p><w:fldSimple w:instr="REF x">' + R + "</w:fldSimple></w:p>",
    "field": "<w:p><w:r><w:instrText>REF x</w:instrText></w:r>" + R + "</w:p>",
    "smart tag": "<w:p><w:smartTag><w:smartTagPr/>" + R + "</w:smartTag></w:p>",
    "custom XML": "<w:customXml>" + P + "</w:customXml>",
    "text box": "<w:p><w:r><w:pict><v:textbox><w:txbxContent>" + P + "</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
    "newer text box": "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + P + "</w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:txbxContent>" + P + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    "formula": "<w:p><m:oMath><m:r><m:t>{}</m:t></m:r></m:oMath></w:p>",
    "footnote": '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
    "endnote": '<w:p><w:r><w:endnoteReference w:id="2"/></w:r></w:p>',
}  # fmt: skip
LEFT_OUT = {
    "deleted": "<w:p><w:del><w:r><w:delText>{}</w:delText></w:r></w:del></w:p>",
    "moved away": "<w:p><w:moveFrom>" + R + "</w:moveFrom></w:p>",
    "deleted row": "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + P + "</w:tc></w:tr></w:tbl>",
}
NEVER = {"instruction": "<w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p>"}


def units(body: str, tracked: str = "accepted") -> tuple[Unit, ...]:
    note = f"<w:{{0}}s {W}><w:{{0}} w:id='2'>{P.format('marker')}</w:{{0}}><w:{{0}} w:id='0' w:type='separator'/></w:{{0}}s>"
    notes = {f"word/{kind}s.xml": note.format(kind) for kind in ("footnote", "endnote")}
    document = f"<w:document {W} {SPACES}><w:body>{P.format('before')}{body}{P.format('after')}</w:body></w:document>"
    return word_reading.units(word(document=document.encode(), more=notes), tracked)


def lines(body: str, tracked: str = "accepted") -> list[str]:
    return "\n".join(unit.text for unit in units(body, tracked)).split("\n")


@pytest.mark.parametrize("place", KEPT)
def test_words_are_kept(place: str) -> None:
    assert lines(KEPT[place].replace("{}", "marker")) == ["before", "marker", "after"]


@pytest.mark.parametrize("place", {**LEFT_OUT, **NEVER})
def test_words_are_left_out(place: str) -> None:
    assert lines({**LEFT_OUT, **NEVER}[place].replace("{}", "marker")) == ["before", "after"]


@pytest.mark.parametrize("place", LEFT_OUT)
def test_deleted_words_stand_in_the_original(place: str) -> None:
    assert lines(LEFT_OUT[place].replace("{}", "marker"), "original") == ["before", "marker", "after"]


@pytest.mark.parametrize("place", ["inserted", "moved here", "inserted row"])
def test_inserted_words_do_not_stand_in_the_original(place: str) -> None:
    assert lines(KEPT[place].replace("{}", "marker"), "original") == ["before", "after"]


def test_changes_stand_between_marks() -> None:
    body = f"<w:p>{R.format('six ')}<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins>{R.format('new')}</w:ins></w:p>"

    assert lines(body, "marks") == ["before", "six {-old-}{+new+}", "after"]
    assert lines(body, "original") == ["before", "six old", "after"]


def test_paragraphs_are_joined_where_their_end_was_deleted() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{R.format('one')}</w:p>{P.format('two')}"

    assert lines(body) == ["before", "one two", "after"]
    assert lines(body, "original") == ["before", "one", "two", "after"]


def test_row_is_a_line_with_tabs_and_tables_are_apart() -> None:
    row = "<w:tr>" + "".join(f"<w:tc>{P.format(cell)}</w:tc>" for cell in ("a", "b&#9;c", "d")) + "</w:tr>"
    cover = "<w:tr><w:tc><w:p/></w:tc><w:tc>" + P.format("x") + P.format("y") + "</w:tc></w:tr>"

    assert lines(f"<w:tbl>{row}{cover}</w:tbl><w:tbl>{row}</w:tbl>") == [
        "before", "a\tb c\td", "\tx y", "", "a\tb c\td", "after",
    ]  # fmt: skip


def test_margins_and_comments_stand_apart() -> None:
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'.format(
        "".join(
            f'<Relationship Id="r{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
            f'Target="{kind}.xml"/>'
            for kind in ("header", "footer", "comments")
        )
    )
    more = {
        "word/_rels/document.xml.rels": relations,
        "word/header.xml": f"<w:hdr {W}>{P.format('running title')}</w:hdr>",
        "word/footer.xml": f"<w:ftr {W}>{P.format('page')}</w:ftr>",
        "word/comments.xml": f"<w:comments {W}><w:comment w:id='1'>{P.format('a remark')}</w:comment></w:comments>",
    }

    found = word_reading.units(word(P.format("body"), more=more))

    assert [(unit.kind, unit.anchor, unit.text) for unit in found] == [
        ("text", "start", "body"),
        ("margin", "margin", "page\nrunning title"),
        ("comments", "comments", "a remark"),
    ]


def test_strict_file_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f'<w:document xmlns:w="{strict}"><w:body>{P.format("strict words")}</w:body></w:document>'

    assert [unit.text for unit in word_reading.units(word(document=document.encode()))] == ["strict words"]
