"""Stamping: what is written, that it is written once, and that nothing else changes."""

import io
import random
import zipfile
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from sgdocs.text.cover import read_cover
from sgdocs.text.model import Stamp
from sgdocs.text.page import shown
from sgdocs.text.stamp import NO_COVER, NOT_WORD, SIGNED, stamp, stamped
from sgdocs.text.word_file import W
from tests.files import checked as files
from tests.files.covers import Recipe, all_of, controlled, covers, itu_r, itu_t, tracked

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "samples"
ALL = Stamp("SG15-C321", "Kyoto, 2-11 March 2027", "CONTRIBUTION", "Original: English")
WRITABLE = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def changed(before: bytes, after: bytes) -> set[str]:
    """Names of the parts that differ."""
    old, new = parts(before), parts(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def is_header(name: str) -> bool:
    return name.startswith("word/header")


def lines(data: bytes, name: str = "word/document.xml") -> list[str]:
    root = etree.fromstring(parts(data)[name])
    return [shown(paragraph)[0] for paragraph in root.iter(f"{W}p")]


def header(data: bytes) -> list[str]:
    """The header of pages from 2 on."""
    found = parts(data)
    rels = {r.get("Id"): r.get("Target") for r in etree.fromstring(found["word/_rels/document.xml.rels"])}
    section = next(etree.fromstring(found["word/document.xml"]).iter(f"{W}sectPr"))
    id = next(e.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id") for e in section
              if e.tag == f"{W}headerReference" and e.get(f"{W}type") == "default")  # fmt: skip
    assert section.find(f"{W}titlePg") is not None
    return lines(data, f"word/{rels[id]}")


@cache
def numbered() -> list[Recipe]:
    """Every built cover with a place for a number."""
    return [recipe for recipe in covers() if not recipe.id.startswith(("liaison", "skeleton", "itu-r"))]


@pytest.mark.parametrize("recipe", numbered(), ids=lambda recipe: recipe.id)
def test_stamp_is_read_back(recipe: Recipe):
    before = recipe().data

    after = stamp(before, ALL)

    cover, _ = read_cover(after, "x.docx")
    assert (cover.number, cover.place_date, cover.kind) == ("SG15-C321", "Kyoto, 2-11 March 2027", "CONTRIBUTION")
    assert cover.language == "en"
    assert "number" not in cover.placeholders
    assert header(after)[-1] == "SG15-C321"


@pytest.mark.parametrize("recipe", covers(), ids=lambda recipe: recipe.id)
def test_nothing_else_changes(recipe: Recipe):
    before = recipe().data

    after = stamp(before, ALL)

    assert {name for name in changed(before, after) if not is_header(name)} <= WRITABLE
    old, new = lines(before), lines(after)
    assert len(old) == len(new)
    different = [one for one, other in zip(old, new, strict=True) if one != other]
    assert len(different) <= 5


@pytest.mark.parametrize("recipe", covers(), ids=lambda recipe: recipe.id)
def test_stamping_twice_gives_the_same(recipe: Recipe):
    once = stamp(recipe().data, ALL)

    assert stamp(once, ALL) == once


def test_another_number_replaces_the_first():
    twice = stamp(stamp(files.in_order(), Stamp("SG13-C7")), Stamp("SG13-C7R1"))

    assert read_cover(twice, "x.docx")[0].number == "SG13-C7R1"
    assert header(twice) == ["- 2 -", "SG13-C7R1"]
    assert len(Document(io.BytesIO(twice)).sections) == 1


@pytest.mark.parametrize("styled", [True, False])
def test_number_that_was_deleted_is_written_where_it_was(styled: bool):
    before = files.contribution(files.emptied("number"), styled=styled)

    after = stamp(before, Stamp("SG13-C7"))

    assert read_cover(before, "x.docx")[0].number == ""
    assert read_cover(after, "x.docx")[0].number == "SG13-C7"


def test_headers_of_later_sections_follow():
    def second_section(paper):
        paper.doc.add_section().header.is_linked_to_previous = False
        paper.doc.sections[1].header.paragraphs[0].text = "SG13-C1"

    after = stamp(files.contribution(second_section), Stamp("SG13-C7"))

    others = [lines(after, name) for name in parts(after) if is_header(name)]
    assert sorted(others) == [["- 2 -", "SG13-C7"], ["SG13-C7"]]
    assert stamp(after, Stamp("SG13-C7")) == after


def test_what_is_not_given_stays():
    after = stamp(files.in_order(), Stamp("SG13-C7"))

    before, now = (read_cover(data, "x.docx")[0] for data in (files.in_order(), after))
    assert now.number == "SG13-C7"
    assert (now.place_date, now.title, now.source, now.questions, now.contacts) == (
        before.place_date, before.title, before.source, before.questions, before.contacts,
    )  # fmt: skip


def test_content_control_keeps_its_place_and_loses_its_prompt():
    change = controlled("number", "place_date", ghost=True)
    before = itu_t("stamp-ghost", change=change, number="SG15-Cn")().data

    after = parts(stamp(before, ALL))["word/document.xml"]

    assert after.count(b"<w:sdt>") == parts(before)["word/document.xml"].count(b"<w:sdt>") == 2
    assert b"showingPlcHdr" not in after


def test_tracked_number_is_no_longer_tracked_but_other_changes_are():
    change = all_of(tracked("number", "SG15-C45", "SG15-C44"), tracked("abstract", "new", "old"))
    after = stamp(itu_t("stamp-tracked", change=change)().data, ALL)

    root = etree.fromstring(parts(after)["word/document.xml"])
    assert ["".join(mark.itertext()) for mark in root.iter(f"{W}ins")] == ["new"]
    assert ["".join(mark.itertext()) for mark in root.iter(f"{W}del")] == ["old"]


def test_itu_r_number_keeps_its_word_and_language():
    after = stamp(itu_r("stamp-r", number="5D/1-E")().data, Stamp("5D/77"))

    assert "Document 5D/77-E" in lines(after)
    assert read_cover(after, "x.docx")[0].number == "5D/77-E"
    assert stamp(after, Stamp("5D/77")) == after


def test_look_of_the_number_is_kept():
    def bold(paper):
        paper.cells["number"].paragraphs[0].runs[0].bold = True

    after = stamp(itu_t("stamp-bold", change=bold)().data, ALL)

    root = etree.fromstring(parts(after)["word/document.xml"])
    run = next(t.getparent() for t in root.iter(f"{W}t") if t.text == "SG15-C321")
    assert run.find(f"{W}rPr/{W}b") is not None


def test_signed_file_is_left_as_it_is():
    signed = files.with_part(files.in_order(), "_xmlsignatures/sig1.xml", b"<Signature/>")

    assert stamped(signed, ALL).note == SIGNED
    assert stamp(signed, ALL) is signed


@pytest.mark.parametrize(
    ("data", "note"), [(b"", NOT_WORD), (b"%PDF-1.7", NOT_WORD), (files.without_cover(), NO_COVER)]
)
def test_file_without_a_cover_is_left_as_it_is(data: bytes, note: str):
    done = stamped(data, ALL)

    assert (done.data, done.note, done.written) == (data, note, ())


def test_what_has_no_place_is_told():
    skeleton = next(recipe for recipe in covers() if recipe.id == "skeleton")().data

    done = stamped(skeleton, ALL)

    assert (done.missing, done.note) == (("number", "kind", "original"), "")
    assert header(done.data)[-1] == "SG15-C321"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_mutilated_file_never_raises(seed: int):
    chance = random.Random(seed)
    whole = parts(files.in_order())
    name = chance.choice(["word/document.xml", *whole])
    at = chance.randrange(len(whole[name]))
    whole[name] = whole[name][:at] + bytes(chance.randrange(256) for _ in range(4)) + whole[name][at + 4 :]
    if chance.random() < 0.3:
        whole.pop(chance.choice(list(whole)))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for entry, data in whole.items():
            archive.writestr(entry, data)

    assert isinstance(stamp(packed.getvalue(), ALL), bytes)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not at hand")
@pytest.mark.parametrize(
    "name", ["td/T17-SG17-190827-TD-PLEN-2484.docx", "template/SG12-TD-status-report-template.docx"]
)
def test_sample_is_stamped(name: str):
    before = (SAMPLES / name).read_bytes()

    after = stamp(before, ALL)

    assert {each for each in changed(before, after) if not is_header(each)} == {"word/document.xml"}
    assert read_cover(after, "x.docx")[0].number == "SG15-C321"
    assert header(after) == ["- 2 -", "SG15-C321"]
    assert stamp(after, ALL) == after


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not at hand")
def test_published_recommendation_is_not_stamped():
    data = next((SAMPLES / "recommendation").glob("T-REC-J.1108*.docx")).read_bytes()

    assert stamped(data, ALL).note == NO_COVER
