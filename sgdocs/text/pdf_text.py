"""The text of a PDF, page by page. Source of the library: pypdfium2; it neither runs scripts nor opens addresses."""

import re
from collections.abc import Iterator

import pypdfium2

from sgdocs.text.blocks import tidy
from sgdocs.text.extracting import NoText
from sgdocs.text.model import Unit

PAGES = 5_000
PASSWORD, SECURITY = 4, 5
"""FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY."""
_HYPHEN = re.compile(r"[\ufffe\x02]\s*")


def units(data: bytes, tracked: str = "") -> tuple[Unit, ...]:
    """One unit a page. Raises NoText when it is encrypted, damaged or holds pictures only."""
    del tracked  # a PDF knows no changes
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (PASSWORD, SECURITY):
            raise NoText("file.encrypted") from error
        raise NoText("file.damaged", why=str(error)) from error
    try:
        pages = tuple(_pages(document))
    finally:
        document.close()
    if not any(page.text for page in pages):
        raise NoText("text.none", hint="; its pages may be pictures")
    return pages


def _pages(document: pypdfium2.PdfDocument) -> Iterator[Unit]:
    for position in range(min(len(document), PAGES)):
        yield Unit(text=_text(document, position), anchor=f"p-{position + 1}", kind="page", page=position + 1)


def _text(document: pypdfium2.PdfDocument, position: int) -> str:
    """Words that the line end cuts are joined; a page that cannot be loaded is empty."""
    try:
        page = document[position]
    except pypdfium2.PdfiumError:
        return ""
    try:
        words = page.get_textpage()
        found: str = words.get_text_bounded()
        words.close()
    finally:
        page.close()
    return tidy(_HYPHEN.sub("", found.replace("\r\n", "\n").replace("\r", "\n")))
