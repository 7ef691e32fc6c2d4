"""Threads as a Word file, by python-docx. What people wrote is text, never markup of the file."""

import io
import re
from collections.abc import Iterable
from typing import Final

from docx import Document

from sgdocs.discussions.exporting import Record, body_of, head_of

MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOT_XML: Final = re.compile(r"[^\x09\x0a\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word_of(title: str, records: Iterable[Record]) -> bytes:
    """One heading for each thread, one paragraph for each line that was written."""
    word = Document()
    word.core_properties.title = _xml(title)[:250]
    word.add_heading(_xml(title), 0)
    for record in records:
        word.add_heading(_xml(record.title), 1)
        word.add_paragraph(record.url)
        for each in record.sayings:
            word.add_paragraph().add_run(_xml(head_of(each))).bold = True
            for line in body_of(each).splitlines():
                word.add_paragraph(_xml(line))
        if record.closed_reason:
            word.add_paragraph().add_run(_xml(f"Closed: {record.closed_reason}")).italic = True
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
