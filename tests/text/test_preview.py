"""Previews: clean HTML, anchors of the clauses, pictures only of the kinds that are safe."""

import base64
import io
import re
import struct
import zlib
from html import escape

import pytest
from docx import Document
from lxml import html

from sgdocs.text import cleaning
from sgdocs.text.anchoring import anchored
from sgdocs.text.children import Readers
from sgdocs.text.limits import Limits
from sgdocs.text.preview import preview
from sgdocs.text.reading import read
from tests.files.hostile import P_NUMBERED, numbered_parts, sheet, word
from tests.files.pairs import pair


def png(pixels: int = 4) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(3 * pixels) for _ in range(pixels))
    head = struct.pack(">IIBBBBB", pixels, pixels, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def made(content: bytes, format: str = "docx") -> html.HtmlElement:
    units = read(content, f"a.{format}").units
    return html.fragment_fromstring(preview(content, format, units))


def ids(root: html.HtmlElement) -> list[str]:
    return [str(one.get("id")) for one in root.iter() if one.get("id")]


@pytest.mark.parametrize("seed", range(3))
def test_every_clause_has_its_anchor(seed: int) -> None:
    content = pair(seed).new
    units = read(content, "a.docx").units

    found = made(content)

    assert ids(found) == [unit.anchor for unit in units]
    assert [one.text_content() for one in found.iter("h2", "h3")] == [f"{u.number}\t{u.title}" for u in units]
    assert len(list(found.iter("table"))) == sum("\t" in unit.text for unit in units)


def test_contents_list_takes_no_anchor() -> None:
    document = Document()
    document.add_paragraph("1 Scope 3")
    document.add_heading("1 Scope", 1)
    document.add_heading("1.1 Scope", 2)
    file = io.BytesIO()
    document.save(file)

    found = made(file.getvalue())

    assert [(one.tag, one.get("id")) for one in found] == [("p", None), ("h2", "c-1"), ("h3", "c-1.1")]


def test_number_that_word_counts_is_shown() -> None:
    found = made(word(P_NUMBERED, more=numbered_parts()))

    assert [(one.get("id"), one.text_content()) for one in found.iter("li")] == [
        ("c-1", "1 Counted"),
        ("c-2", "2 Counted too"),
    ]


def test_picture_is_shown_and_another_is_left_out() -> None:
    document = Document()
    document.add_picture(io.BytesIO(png()))
    file = io.BytesIO()
    document.save(file)

    shown = preview(file.getvalue(), "docx", ())
    left_out = preview(file.getvalue(), "docx", (), Limits(picture_bytes=20))

    assert re.findall(r'src="(data:image/png;base64,[^"]{8})', shown) == ["data:image/png;base64,iVBORw0K"]
    assert "src=" not in left_out
    assert '<span class="left-out">' in left_out


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", "<p onclick=alert(1)>x</p>", "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\nscript:alert(1)'>x</a>", "<a href='data:text/html,x'>x</a>", "<a href='//evil.example'>x</a>",
        "<a href='/logout'>x</a>", "<img src=http://evil.example/x.png>", "<img src='data:image/svg+xml;base64,AAAA'>",
        "<svg onload=alert(1)><script>1</script></svg>", "<iframe src=x></iframe>", "<form action=x><input name=a></form>",
        "<style>*{display:none}</style>", "<p style='position:fixed'>x</p>", "<link rel=stylesheet href=x>", "<base href=x>",
        "<meta http-equiv=refresh content=0>", "<object data=x></object>", "<math><mtext><script>1</script></mtext></math>",
        "<template><script>1</script></template>", "<p id=search class=x name=y data-hx-get=/x>x</p>", "<video src=x></video>",
        "<a href='#search'>x</a>", "<td colspan=99999999>x</td>", "<noscript><p title='</noscript><img src=x onerror=1>'>",
    ],
)  # fmt: skip
def test_nothing_hostile_passes(hostile: str) -> None:
    page = f"<html><body><h1>1 Scope</h1><p>Enough words to be a page of text.</p>{hostile}</body></html>"

    root = made(page.encode(), "html")

    allowed = {"rel", "id", "alt", "class"}
    for one in root.iter():
        assert isinstance(one.tag, str)
        assert one.tag in cleaning.TAGS
        extra = set(one.attrib) - allowed
        assert extra <= {"src", "href", "colspan", "rowspan"}
        assert one.get("href", "#w-").startswith(("#w-", "http://", "https://"))
        assert one.get("src", "data:image/png;").startswith(("data:image/png;", "data:image/jpeg;", "data:image/gif;"))
        assert one.get("class", "left-out") == "left-out"
    assert ids(root) == ["c-1"]
    assert "alert" not in html.tostring(root, encoding="unicode")


HOSTILE_ALT = "<!-- > T25-SG13-C12 <img src=x onerror=alert(1)> -->"


def test_words_of_a_picture_stay_inside_their_attribute() -> None:
    picture = base64.b64encode(png()).decode()
    clean = cleaning.cleaned(f'<p><img src="data:image/png;base64,{picture}" alt="{escape(HOSTILE_ALT)}"></p>')

    told = anchored(clean, ())

    assert told.count("<img") == 1
    assert "onerror" in str(html.fragment_fromstring(told).find(".//img").get("alt"))


def test_headings_are_in_order_and_never_empty() -> None:
    page = "<html><body><h1>Top</h1><h4>Deep</h4><h3> </h3><h2>Next</h2><p>Words.</p><a href='https://x.example/'></a></body></html>"

    root = made(page.encode(), "html")

    assert [(one.tag, one.text_content()) for one in root.iter("h1", "h2", "h3", "h4", "h5", "h6")] == [
        ("h2", "Top"),
        ("h3", "Deep"),
        ("h3", "Next"),
    ]
    assert [one.get("href") for one in root.iter("a")] == [None]


def test_links_outside_are_kept_with_their_relation() -> None:
    assert cleaning.cleaned('<a href="https://www.example.org/x">x</a>') == (
        '<a href="https://www.example.org/x" rel="noopener noreferrer nofollow">x</a>'
    )


@pytest.mark.parametrize(
    ("kind", "data"),
    [("image/png", b"<svg/>"), ("image/svg+xml", b"<svg/>"), ("image/x-emf", png()), ("text/html", png()), ("", png())],
)
def test_picture_of_another_kind_is_left_out(kind: str, data: bytes) -> None:
    assert cleaning.picture(kind, data, 10_000) == ""


def test_sheet_is_shown_as_a_table() -> None:
    root = made(sheet('<row><c t="inlineStr"><is><t>&lt;b&gt;</t></is></c><c><v>7</v></c></row>'), "xlsx")

    assert [[cell.text_content() for cell in row] for row in root.iter("tr")] == [["<b>", "7"]]
    assert ids(root) == ["sheet-1"]


def test_preview_of_a_refused_file_is_empty(readers: Readers) -> None:
    assert readers.preview(b"", "docx", ()) == ""
    assert readers.preview(word()[:-90], "docx", ()) == ""


def test_preview_is_made_in_a_reader(readers: Readers) -> None:
    content = pair(4).new
    units = readers.read(content, "a.docx").units

    found = readers.preview(content, "docx", units)

    assert found == preview(content, "docx", units)
    assert ids(html.fragment_fromstring(found)) == [unit.anchor for unit in units]
