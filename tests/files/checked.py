"""Files for the preflight: a contribution in order, and one for each thing that can be wrong with it."""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from tests.files.covers import Paper, itu_t, tracked

TITLE = "Proposal on framing of optical units"
_PICTURE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing>'
    '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{id}"/></w:drawing></w:r>'
)


def contribution(change: Callable[[Paper], None] | None = None, **facts: Any) -> bytes:
    """To SG13 on the template of 2025, for Q2/13, from Imaginary Networks, meeting of 13 to 24 April 2026."""
    told: dict[str, Any] = {
        "title": TITLE,
        "number": "SG13-C1",
        "questions": "2/13",
        "source": "Imaginary Networks",
        "days": ("Geneva, 13-24 April 2026", "2026-04-13", "2026-04-24"),
    }
    return itu_t("checked", change=change, **(told | facts)).make().data


@cache
def in_order() -> bytes:
    return contribution()


def body_run(paper: Paper, words: str) -> Any:
    return paper.doc.add_paragraph().add_run(words)


def commented(paper: Paper) -> None:
    paper.doc.add_comment(body_run(paper, "Some words"), text="Is this right?", author="Ben Sample")


def hidden(paper: Paper) -> None:
    body_run(paper, "not to be seen").font.hidden = True


def yellow(paper: Paper) -> None:
    body_run(paper, "to be filled in").font.highlight_color = WD_COLOR_INDEX.YELLOW


def template_words(paper: Paper) -> None:
    body_run(paper, "As agreed in [Insert the name of the meeting] last year.")


def broken_field(paper: Paper) -> None:
    body_run(paper, "See clause Error! Reference source not found. for more.")


def authored(paper: Paper) -> None:
    paper.doc.core_properties.author = "Ben Sample"


def tracking(paper: Paper) -> None:
    paper.doc.settings.element.append(OxmlElement("w:trackRevisions"))


def protected(paper: Paper) -> None:
    protection = OxmlElement("w:documentProtection")
    protection.set(qn("w:edit"), "readOnly")
    paper.doc.settings.element.append(protection)


def linked_picture(paper: Paper) -> None:
    paper.doc.part.rels.get_or_add_ext_rel(RELATIONSHIP_TYPE.IMAGE, "https://elsewhere.example/logo.png")


def missing_picture(paper: Paper) -> None:
    picture = etree.fromstring(_PICTURE.format(id="rId4711"))
    paper.doc.add_paragraph()._p.append(picture)


def changed(paper: Paper) -> None:
    tracked("abstract", "New words", "Old words")(paper)


def emptied(*names: str) -> Callable[[Paper], None]:
    """The cells of these fields without their words."""

    def change(paper: Paper) -> None:
        for name in names:
            for paragraph in paper.cells[name].paragraphs:
                for run in list(paragraph.runs):
                    run._r.getparent().remove(run._r)

    return change


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one more part."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def without_cover() -> bytes:
    paper = Paper()
    paper.doc.add_heading("1 Introduction", 1)
    paper.doc.add_paragraph("Only text.")
    return paper.data()


def encrypted() -> bytes:
    """What Word writes with a password: an OLE container with these streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return (
        head + "EncryptionInfo".encode("utf-16-le") + bytes(100) + "EncryptedPackage".encode("utf-16-le") + bytes(4000)
    )
