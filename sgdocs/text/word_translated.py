"""A .docx before and after it is translated by a machine: official terms put in, and the words that say what it is."""

import io
from collections.abc import Iterator
from typing import cast

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.section import _Footer, _Header
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree

from sgdocs.text.model import Label
from sgdocs.text.terms import Spot, Terms


def with_terms(data: bytes, terms: Terms) -> bytes:
    """A copy in which every term of the glossary is its official counterpart already; the rest is untouched."""
    document = Document(io.BytesIO(data))
    for paragraph in _paragraphs(document):
        _put_terms(paragraph, terms)
    return _saved(document)


def labelled(data: bytes, label: Label) -> bytes:
    """A copy that says in its first lines and on every page that a machine translated it, and in its properties too."""
    document = Document(io.BytesIO(data))
    for header in _headers(document):
        header.is_linked_to_previous = False
        first = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
        _note(first.insert_paragraph_before(), label)
    body = document.element.body
    note = OxmlElement("w:p")
    body.insert(0, note)
    _note(Paragraph(cast(CT_P, note), document._body), label)
    properties = document.core_properties
    properties.content_status, properties.language = "Machine translation, not official", label.language
    return _saved(document)


def _paragraphs(document: WordDocument) -> Iterator[etree._Element]:
    """Of the body with its tables, text boxes and notes."""
    yield from document.element.body.iter(qn("w:p"))


def _put_terms(paragraph: etree._Element, terms: Terms) -> None:
    """A term that runs over several pieces of formatting goes into the first of them."""
    texts = [each for each in paragraph.iter(qn("w:t")) if next(each.iterancestors(qn("w:p"))) is paragraph]
    whole = "".join(each.text or "" for each in texts)
    spots = list(terms.spots(whole))
    if not spots:
        return
    at = 0
    for each in texts:
        length = len(each.text or "")
        each.text = _replaced(whole, at, at + length, spots)
        each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        at += length


def _replaced(whole: str, start: int, end: int, spots: list[Spot]) -> str:
    """whole[start:end] with the terms that begin in it put in, without those that began before."""
    said, at = [], start
    for spot in spots:
        if spot.end <= start or spot.start >= end:
            continue
        said.append(whole[at : max(at, spot.start)])
        if spot.start >= start:
            said.append(spot.official)
        at = min(end, spot.end)
    return "".join((*said, whole[at:end]))


def _headers(document: WordDocument) -> Iterator[_Header | _Footer]:
    """Of the first section all three, since later ones may show what it does not; of others those that they have."""
    for place, section in enumerate(document.sections):
        kinds = (section.header, section.first_page_header, section.even_page_header)
        yield from (each for each in kinds if place == 0 or not each.is_linked_to_previous)


def _note(paragraph: Paragraph, label: Label) -> None:
    """In letters of its own: the styles of the file are the service's, and could make them invisible."""
    run = paragraph.add_run(label.note)
    font = run.font
    font.bold, font.hidden, font.size, font.color.rgb = True, False, Pt(10), RGBColor(0, 0, 0)
    if label.language == "ar":
        for holder, name in ((paragraph._p.get_or_add_pPr(), "w:bidi"), (run._r.get_or_add_rPr(), "w:rtl")):
            etree.SubElement(holder, qn(name))


def _saved(document: WordDocument) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
