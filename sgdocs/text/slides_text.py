"""The text of a presentation: one unit a slide, its notes after it. The package is opened by python-pptx."""

import io
from collections.abc import Iterator
from typing import Any

import pptx

from sgdocs.text.blocks import row, tidy
from sgdocs.text.model import Unit

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLES = ("title", "ctrTitle")


def units(data: bytes, tracked: str = "") -> tuple[Unit, ...]:
    """Raises what python-pptx and lxml raise."""
    del tracked  # a presentation knows no changes
    return tuple(_slide(slide, number) for number, slide in enumerate(pptx.Presentation(io.BytesIO(data)).slides, 1))


def _slide(slide: Any, number: int) -> Unit:
    title = _title(slide)
    lines = [line for line in _lines(slide._element) if line]
    if title and lines[:1] == [title]:
        lines = lines[1:]
    if slide.has_notes_slide:
        lines += [line for line in _lines(slide.notes_slide._element) if line and line != str(number)]
    return Unit(str(number), title.replace("\n", " "), "\n".join(lines), 1, f"s-{number}", "slide")


def _title(slide: Any) -> str:
    for shape in slide._element.iter("{*}sp"):
        place = shape.find(".//{*}nvPr/{*}ph")
        if place is not None and place.get("type") in _TITLES:
            return tidy("\n".join(_paragraph(one) for one in shape.iter(f"{_A}p")))
    return ""


def _lines(element: Any) -> Iterator[str]:
    """Paragraphs and rows of tables, in the order of the file; a fallback repeats what was said."""
    for child in element:
        if child.tag == f"{_A}p":
            yield tidy(_paragraph(child))
        elif child.tag == f"{_A}tr":
            cells = (" ".join(_paragraph(one) for one in cell.iter(f"{_A}p")) for cell in child.iter(f"{_A}tc"))
            yield row(list(cells)).text
        elif child.tag != _FALLBACK:
            yield from _lines(child)


def _paragraph(element: Any) -> str:
    return "".join("\n" if part.tag == f"{_A}br" else part.text or "" for part in element.iter(f"{_A}t", f"{_A}br"))
