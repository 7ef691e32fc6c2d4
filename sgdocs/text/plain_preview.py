"""The text of a file as plain HTML, for what has no looks that could be kept."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from sgdocs.text.anchoring import DEEPEST, mended
from sgdocs.text.limits import Limits
from sgdocs.text.model import Unit


def cleaned_units(units: Sequence[Unit], limits: Limits) -> str:
    """The text as it was read, in paragraphs and tables under its headings, up to the size a preview may have."""
    made, size = [], 0
    for unit in units:
        made.append(_section(unit))
        size += len(made[-1])
        if size > limits.preview_bytes:
            break
    return mended(f"<div>{''.join(made)}</div>")


def _section(unit: Unit) -> str:
    name = escape(f"{unit.number} {unit.title}".strip())
    level = min(unit.level + 1, DEEPEST)
    head = f"<h{level}>{name}</h{level}>" if unit.level and name else ""
    return f'<section id="{escape(unit.anchor)}">{head}{_lines(unit.text)}</section>'


def _lines(text: str) -> str:
    """Lines with tabs are rows; an empty line parts two tables."""
    made = []
    for is_row, lines in groupby(text.split("\n"), key=lambda line: "\t" in line):
        if is_row:
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t")) for line in lines)
            made.append(f"<table><tbody>{''.join(f'<tr>{one}</tr>' for one in rows)}</tbody></table>")
        else:
            made.extend(f"<p>{escape(line)}</p>" for line in lines if line)
    return "".join(made)
