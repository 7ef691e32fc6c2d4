"""What the styles of a Word file say of a paragraph: heading level, list, table of contents, title of an annex."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from sgdocs.text.parts import value

_NAMED = re.compile(r"heading\s*([1-9])")
_CONTENTS = re.compile(r"(toc\b|toc\s*\d|table of (figures|contents|authorities)|index\s*\d)")
_TITLE = re.compile(r"(annex|appendix|app)[ _&]*(title|ref)")
DEPTH = 12
BODY = 9


@dataclass(frozen=True)
class Style:
    """level: of a heading, 1 to 9, 0 when it is none; list, list_level: automatic numbering it belongs to."""

    level: int = 0
    list: str = ""
    list_level: int = 0
    is_contents: bool = False
    is_title: bool = False


def styles_of(root: "etree._Element | None") -> dict[str, Style]:
    """By style id, what is inherited resolved."""
    if root is None:
        return {}
    rows = {
        value(style, "styleId"): style for style in root.iterfind("{*}style") if value(style, "type") == "paragraph"
    }
    return {name: _resolved(name, rows) for name in rows}


def _resolved(name: str, rows: "dict[str, etree._Element]", depth: int = 0) -> Style:
    style = rows.get(name)
    if style is None or depth > DEPTH:
        return Style()
    based = style.find("{*}basedOn")
    found = _resolved(value(based, "val"), rows, depth + 1) if based is not None else Style()
    found = _with_numbers(_with_level(found, style), style)
    named = style.find("{*}name")
    words = (value(named, "val") if named is not None else name).casefold()
    heading = _NAMED.match(words)
    if heading and not found.level:
        found = replace(found, level=int(heading[1]))
    if _CONTENTS.match(words):
        return replace(found, level=0, is_contents=True)
    return replace(found, is_title=bool(_TITLE.match(words)))


def _with_level(found: Style, style: "etree._Element") -> Style:
    outline = style.find("{*}pPr/{*}outlineLvl")
    if outline is None:
        return found
    level = value(outline, "val")
    return replace(found, level=int(level) + 1 if level.isdigit() and int(level) < BODY else 0)


def _with_numbers(found: Style, style: "etree._Element") -> Style:
    numbers = style.find("{*}pPr/{*}numPr")
    if numbers is None:
        return found
    number, level = numbers.find("{*}numId"), numbers.find("{*}ilvl")
    at = value(level, "val") if level is not None else ""
    return replace(
        found,
        list=value(number, "val") if number is not None else found.list,
        list_level=int(at) if at.isdigit() and len(at) < 3 else max(found.level - 1, 0) if not at else 0,
    )
