"""Every hostile file is answered within 20 seconds, hurts no reader, and leaves memory bounded."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgdocs.text.children import Readers
from sgdocs.text.limits import Limits
from sgdocs.text.model import Reading
from tests.files.hostile import HOSTILE, REFUSED_NAMES, Hostile, word
from tests.text.processes import largest_memory_bytes

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "samples" / "hostile"
PATIENCE_S = 20
EXPECTED = {
    "ExternalEntityInText.docx": "xml.doctype",
    "MultipleBodyBug.docx": "",
    "billion-laughs.docx": "xml.doctype",
    "embedded-simple-2007.docx": "file.embedded",
    "empty.pdf": "text.none",
    "example_password.docx": "file.encrypted",
    "html-renamed.docx": "file.mismatch",
    "path-traversal.docx": "zip.name",
    "testAltChunkHTML.docx": "text.none",
    "testAttachedTemplate.docx": "file.external",
    "testExternalRefs.docx": "",
    "testPassword4Spaces.pdf": "file.encrypted",
    "testWORD_macros.docm": "file.macros",
    "testWORD_truncated.docx": "file.truncated",
    "title-with-markup.docx": "",
    "unicode-path.docx": "",
    "xxe-file.docx": "xml.doctype",
    "zero-bytes.docx": "file.empty",
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Readers]:
    made = Readers(1)
    yield made
    made.close()


def ids(reading: Reading) -> set[str]:
    return {one.id for one in reading.problems}


def check_pool(pool: Readers) -> None:
    """It still reads, and no reader has ever held more than it may."""
    reading = pool.read(word(), "honest.docx")
    assert [unit.text for unit in reading.units] == ["The text of an honest document with some words."]
    assert largest_memory_bytes() <= Limits().memory_bytes


@pytest.mark.parametrize("file", HOSTILE, ids=[one.name for one in HOSTILE])
def test_hostile_file_is_answered(pool: Readers, file: Hostile) -> None:
    content = file.make()
    began = time.monotonic()

    reading = pool.read(content, file.name)

    assert time.monotonic() - began < PATIENCE_S
    if reading.units:
        assert "" in file.expected or ids(reading) & set(file.expected)
    else:
        assert ids(reading) & set(file.expected)
        assert all(len(one.says) > 20 for one in reading.problems)
    check_pool(pool)


@pytest.mark.parametrize("name", REFUSED_NAMES, ids=["up", "nul", "newline", "long", "dots"])
def test_hostile_name_is_refused(pool: Readers, name: str) -> None:
    reading = pool.read(word(), name)

    assert [(one.id, one.is_fatal) for one in reading.problems] == [("file.name", True)]
    assert reading.units == ()


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
@pytest.mark.parametrize("name", EXPECTED)
def test_hostile_sample_is_answered(pool: Readers, name: str) -> None:
    reading = pool.read(SAMPLES / name, name)

    assert ids(reading) == ({EXPECTED[name]} if EXPECTED[name] else set())
    assert bool(reading.units) is (EXPECTED[name] in ("", "file.embedded", "file.external", "file.macros"))
    assert not any("root:" in unit.text for unit in reading.units)


def test_what_stands_outside_is_not_read(pool: Readers, tmp_path: Path) -> None:
    """A linked picture and a template on the same disk: flagged, not opened, not in the preview."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n" + b"secret" * 10)
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        f'Target="{secret.as_uri()}" TargetMode="External"/></Relationships>'
    )
    picture = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="r9"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing><w:t>Words beside it</w:t></w:r></w:p>"
    )
    content = word(picture, more={"word/_rels/document.xml.rels": relations})

    reading = pool.read(content, "linked.docx")
    preview = pool.preview(content, "docx", reading.units)

    assert ids(reading) == {"file.external"}
    assert "Words beside it" in preview
    assert "data:image" not in preview
    assert "secret" not in preview
