"""Guides as pages show them: Markdown as HTML, pictures of pages, diagrams and rules from the tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from sgdocs.approval.diagram import Drawing, drawing_of
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.build import Table
from sgdocs.base.rulebook import Rule, all_rules
from sgdocs.guides.pages import SOURCE, Guide, text_in
from sgdocs.guides.reading import Block, Made, Section
from sgdocs.text.markdown import to_html
from sgdocs.web.help_pictures import Picture, picture_of

HEADING: Final = 3
OFFICE: Final = re.compile(r'<a href="/office[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A block ready to be shown. One of html, picture, table (with its drawing) and rules is there."""

    words: str
    html: Markup | None = None
    picture: Picture | None = None
    table: Table | None = None
    drawing: Drawing | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Part:
    anchor: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Shown:
    """A guide in one language. language: that it is written in, which may not be the one asked for."""

    guide: Guide
    language: str
    title: str
    lead: Markup
    parts: tuple[Part, ...]


@lru_cache(maxsize=128)
def shown(guide: Guide, code: str) -> Shown:
    """The guide in a language, or in English. Made once for each process: nothing of it changes while it runs."""
    language, text = text_in(guide, code)
    parts = tuple(Part(each.anchor, each.title, tuple(_pieces(each, language))) for each in text.sections)
    return Shown(guide, language, text.title, _html(text.lead), parts)


def without_office(told: Shown) -> Shown:
    """The same for somebody to whom the pages of the secretariat are closed: their names, and no links to them."""
    parts = (replace(part, pieces=tuple(_closed(each) for each in part.pieces)) for part in told.parts)
    return replace(told, parts=tuple(parts))


def _closed(piece: Piece) -> Piece:
    return replace(piece, html=Markup(OFFICE.sub(r"\1", piece.html))) if piece.html else piece  # noqa: S704  was clean


def _pieces(section: Section, code: str) -> Iterator[Piece]:
    for block in section.blocks:
        piece = _MAKE[block.made](block, code)
        if piece is not None:
            yield piece


def _html(words: str) -> Markup:
    return Markup(to_html(words, heading=HEADING))  # noqa: S704  cleaned by text.markdown


def _written(block: Block, code: str) -> Piece | None:
    return Piece("", html=_html(block.words))


def _picture(block: Block, code: str) -> Piece | None:
    """The picture in that language, else in English; nothing while it is not made."""
    picture = picture_of(block.name, code) or picture_of(block.name, SOURCE)
    return Piece(block.words, picture=picture) if picture else None


def _procedure(block: Block, code: str) -> Piece | None:
    table = ALL[block.name]
    return Piece(block.words, table=table, drawing=drawing_of(table))


def _rules(block: Block, code: str) -> Piece | None:
    """The rules of one part of the rulebook, as they stand."""
    return Piece(block.words, rules=tuple(rule for rule in all_rules() if rule.id.startswith(f"{block.name}.")))


_MAKE: Final = {
    Made.WORDS: _written,
    Made.PICTURE: _picture,
    Made.PROCEDURE: _procedure,
    Made.RULES: _rules,
}
