"""Markdown -> HTML that may be shown. Libraries: markdown-it-py reads, nh3 lets through what is listed and nothing else."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sgdocs.text.markdown_tables import bound_tables

Span = tuple[int, int, str]
"""From, to (in a piece of plain text) and the address that the words between lead to."""
Spans = Callable[[str], Sequence[Span]]

RENDERER: Final = 1
"""Raised with each change of what comes out, so that kept HTML is made again."""
REL: Final = "nofollow ugc noopener noreferrer"
_BLOCKS: Final = ("blockquote", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul")
_TABLES: Final = ("table", "tbody", "td", "th", "thead", "tr")
TAGS: Final = frozenset(("a", "br", "code", "del", "em", "s", "strong", *_BLOCKS, *_TABLES))
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`]*[^\s<>\"'`.,;:!?()\[\]{}]", re.I)
_ALLOWED: Final = re.compile(r"(?:https?://|mailto:|/(?!/)|#)[^\s\\]*", re.I)


def to_html(markdown: str, *, spans: Spans | None = None, heading: int | None = None, breaks: bool = False) -> str:
    """Safe HTML: no tag of the writer's own, no script, no style, no picture (it becomes a link to where it is).

    spans: which words of plain text lead where, asked outside links and code; addresses become links by themselves.
    heading: level at which `#` begins (2: `<h2>`), None where headings are paragraphs in bold, so that what people write does not
    break the outline of a page. breaks: the end of a line is one. The cost grows with the length: limit it before.
    """
    reader = _BROKEN if breaks else _PLAIN
    tokens = reader.parse(markdown)
    _place_headings(tokens, heading)
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = _linked(token.children, spans)
    return _safe(reader.renderer.render(tokens, reader.options, {}))


def to_text(markdown: str) -> str:
    """The words alone, for extracts and letters: paragraphs on lines of their own."""
    lines = (_words_of(token) for token in _PLAIN.parse(markdown) if token.type in ("inline", "fence", "code_block"))
    return "\n".join(line for line in lines if line)


def _made(*, breaks: bool) -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": breaks, "maxNesting": 12})
    return bound_tables(made.enable(["table", "strikethrough"]).disable(["html_block", "html_inline"]))


_PLAIN: Final = _made(breaks=False)
_BROKEN: Final = _made(breaks=True)


def _place_headings(tokens: list[Token], heading: int | None) -> None:
    for token in tokens:
        if token.type not in ("heading_open", "heading_close"):
            continue
        level = int(token.tag[1])
        token.tag = "p" if heading is None else f"h{min(6, heading + level - 1)}"
    if heading is None:
        for before, token in pairwise(tokens):
            if before.type == "heading_open" and token.children:
                token.children = [
                    Token("strong_open", "strong", 1),
                    *token.children,
                    Token("strong_close", "strong", -1),
                ]


def _linked(children: Sequence[Token], spans: Spans | None) -> list[Token]:
    """The same with links where addresses stand and where `spans` finds any; pictures are links too."""
    found: list[Token] = []
    depth = 0
    for token in children:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "image":
            words = token.content or str(token.attrGet("src") or "")
            found += [_text(words)] if depth else _link(str(token.attrGet("src") or ""), words)
        elif token.type == "text" and not depth:
            found += _split(token.content, spans)
        else:
            found.append(token)
    return found


def _split(text: str, spans: Spans | None) -> list[Token]:
    wanted: list[Span] = [(each.start(), each.end(), each[0]) for each in _ADDRESS.finditer(text)]
    wanted += spans(text) if spans else ()
    found: list[Token] = []
    at = 0
    for start, end, address in sorted(wanted):
        if start < at:
            continue
        found += [_text(text[at:start]), *_link(address, text[start:end])]
        at = end
    return [*found, _text(text[at:])]


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _link(address: str, words: str) -> list[Token]:
    return [Token("link_open", "a", 1, attrs={"href": address}), _text(words), Token("link_close", "a", -1)]


def _words_of(token: Token) -> str:
    if token.type != "inline":
        return token.content.strip()
    return "".join(_word(child) for child in token.children or ()).strip()


def _word(child: Token) -> str:
    return " " if child.type in ("softbreak", "hardbreak") else child.content


def _safe(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags={"script", "style"},
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto"},
        link_rel=REL,
        strip_comments=True,
    )


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute that may stay. rel is the library's own: what is written cannot bring one."""
    if attribute == "href":
        return value if _ALLOWED.fullmatch(value) else None
    if attribute == "start":
        return value if value.isdecimal() and len(value) < 10 else None
    return value
