"""Markdown that may be shown: what stays, what goes, and that nothing hostile costs long."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from sgdocs.text.markdown import REL, TAGS, to_html, to_text

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "![x](javascript:alert(1))",
    "![x](https://elsewhere.example/beacon.png)",
    '<https://a.example/"onmouseover="alert(1)>',
    '[a](https://a.example "t" onclick="alert(1)")',
    "[a](//elsewhere.example)",
    "[a](\\\\elsewhere.example)",
    "<svg/onload=alert(1)>",
    "```html\n<script>alert(1)</script>\n```",
    "`<iframe src=x>`",
    "[![x](https://e.example/a.png)](javascript:alert(1))",
    "https://a.example/?q=<script>",
    "<style>*{display:none}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x]: javascript:alert(1)\n[x]",
    "|<b onclick=x>|\n|-|\n|<script>|",
    "<!-- --><form action=/logout><button>",
]


@pytest.mark.parametrize("markdown", HOSTILE)
def test_nothing_hostile_comes_through(markdown: str) -> None:
    require_safe(to_html(markdown))


@given(st.text(alphabet="<>[]()!`*_#|-\"'&;:/\\ \nascript=onj@.1", max_size=120))
def test_no_mixture_of_signs_comes_through(markdown: str) -> None:
    require_safe(to_html(markdown, breaks=True))
    to_text(markdown)


def require_safe(html: str) -> None:
    for each in parser.fragment_fromstring(html, create_parent="div").iter():
        if each.tag == "div":
            continue
        assert each.tag in TAGS
        allowed = {"a": {"href", "rel"}, "ol": {"start"}}.get(str(each.tag), set())
        assert set(each.attrib) <= allowed
        assert each.get("href") is None or each.get("rel") == REL
        assert re.match(r"https?://|mailto:|/(?!/)|#|$", each.get("href") or "")


def test_what_people_write_is_laid_out() -> None:
    told = to_html("# Head\n\n**b** *e* ~~s~~ `c`\n\n1. one\n2. two\n\n> q\n\n| a |\n|---|\n| 1 |", breaks=True)
    assert [each for each in ("strong", "em", "<s>", "code", "<ol>", "blockquote", "<td>") if each not in told] == []
    assert "<p><strong>Head</strong></p>" in told, "a message does not break the outline of a page"
    assert to_html("# A\n\n## B", heading=2) == "<h2>A</h2>\n<h3>B</h3>\n"
    assert to_html("a\nb", breaks=True) == "<p>a<br>\nb</p>\n"


def test_addresses_and_numbers_become_links_outside_links_and_code() -> None:
    def spans(text: str) -> list[tuple[int, int, str]]:
        return [(found.start(), found.end(), "/doc/X") for found in re.finditer("C12", text)]

    told = parser.fragment_fromstring(
        to_html("C12, `C12`, [C12](/a), https://b.example/C12. ![C12](/c)", spans=spans), create_parent="div"
    )
    found = [(each.text, each.get("href")) for each in told.iter("a")]
    assert found == [
        ("C12", "/doc/X"),
        ("C12", "/a"),
        ("https://b.example/C12", "https://b.example/C12"),
        ("C12", "/c"),
    ]


@pytest.mark.parametrize(
    "piece", ["[", "![[", "*a_ ", "<", "> ", "`` `", "a**b", "|a", "[a](<", "&#", "_a*", "[x](", "[a]: b\n", "1. "]
)
def test_the_longest_message_costs_no_minutes(piece: str) -> None:
    started = time.process_time()
    to_html(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 5


def test_short_rows_fill_no_pages() -> None:
    """Rows shorter than their head are filled up: without a bound this text has 700,000 cells."""
    wide = "|a" * 100 + "\n" + "|-" * 100 + "\n" + "|\n" * 640 + "\n"
    assert len(to_html(wide * 11)) < 100_000
    table = parser.fragment_fromstring(to_html("|a|b|\n|-|-|\n" + "|1|2|\n" * 1000), create_parent="div")
    assert len(list(table.iter("td"))) == 2000


def test_words_alone() -> None:
    assert to_text("# A\n\n**b** [c](https://x.example) `d`\n\n```\ne\n```\n<i>") == "A\nb c d\ne\n<i>"
