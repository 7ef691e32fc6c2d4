"""Covers are read: the built ones, mutilated ones, and the samples where they are at hand."""

import io
import random
import zipfile
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgdocs.text.cover import read_cover
from sgdocs.text.model import Cover, Noticed
from tests.files.covers import Built, Recipe, covers, itu_r, itu_t, liaison

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "samples"


def misread(built: Built) -> dict[str, tuple[object, object]]:
    """Field -> what was read and what was expected, where they differ."""
    cover, _ = read_cover(built.data, built.name)
    found = asdict(cover)
    found["contacts"] = tuple(tuple(c.values()) for c in found["contacts"])
    return {name: (found[name], want) for name, want in built.expected.items() if found[name] != want}


def test_covers_of_the_tests_are_at_least_forty():
    assert len({recipe.id for recipe in covers()}) == len(covers()) >= 40


@pytest.mark.parametrize("recipe", covers(), ids=lambda recipe: recipe.id)
def test_cover_is_read(recipe: Recipe):
    assert misread(recipe()) == {}


def test_cover_says_where_each_field_was_read():
    styled, labelled = itu_t("a"), itu_t("b", styled=False)

    assert read_cover(styled().data, "a.docx")[0].origins["title"] == "style"
    assert read_cover(labelled().data, "a.docx")[0].origins["title"] == "label"


def test_style_wins_over_label():
    def change(paper):
        paper.cells["title"].paragraphs[0].insert_paragraph_before("Beside the label, in no style")

    cover, _ = read_cover(itu_t("wins", change=change, title="In the style")().data, "x.docx")

    assert cover.title == "In the style"


def test_properties_come_after_the_cover_and_before_the_file_name():
    def change(paper):
        paper.doc.core_properties.title = "Of the properties"
        paper.doc.core_properties.comments = "SG15-C77  For: Geneva, 1-2 June 2026\rDocument date: \rSaved by somebody"
        for name in ("title", "number"):
            for run in list(paper.cells[name].paragraphs[0].runs):
                run._r.getparent().remove(run._r)

    cover, _ = read_cover(itu_t("properties", change=change)().data, "T25-SG15-C-0078!!MSW-E.docx")

    assert (cover.title, cover.origins["title"]) == ("Of the properties", "property")
    assert (cover.number, cover.origins["number"]) == ("SG15-C77", "property")


def test_body_after_the_first_heading_is_no_cover():
    cover, _ = read_cover(itu_t("body")().data, "x.docx")

    assert "Not the title of the cover" not in asdict(cover).values()


def test_file_that_is_no_cover_has_no_template():
    paper = io.BytesIO()
    document = Document()
    document.add_paragraph("Only some text.")
    document.save(paper)

    assert read_cover(paper.getvalue(), "notes.docx")[0].template == ""


def test_file_that_cannot_be_opened_still_has_its_name():
    cover, noticed = read_cover(b"no zip at all", "T25-SG15-C-0045!R1!MSW-F.docx")

    assert cover.number == "SG15-C45R1"
    assert (cover.group, cover.language, cover.sector) == ("SG15", "fr", "T")
    assert noticed == Noticed()


@cache
def _whole() -> list[bytes]:
    return [made().data for made in (itu_t("whole", people=2), liaison("whole-ls"), itu_r("whole-r"))]


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(which=st.integers(0, 2), seed=st.integers(0, 2**32), cut=st.booleans())
def test_mutilated_cover_never_raises(which: int, seed: int, cut: bool):
    """Bytes of parts are overwritten, tags swapped, elements doubled or dropped, parts removed."""
    chance = random.Random(seed)
    parts = _unpacked(_whole()[which])
    for _ in range(chance.randint(1, 4)):
        name = chance.choice(["word/document.xml", "word/document.xml", "word/document.xml", *parts])
        parts[name] = _mutilated(parts[name], chance)
    if chance.random() < 0.2:
        parts.pop(chance.choice(list(parts)))
    data = _packed(parts)

    cover, noticed = read_cover(data[: chance.randint(0, len(data))] if cut else data, "x.docx")

    assert isinstance(cover, Cover)
    assert isinstance(noticed, Noticed)


def _mutilated(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at, to = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    swaps = [
        (b"w:tc>", b"w:p>"),
        (b"w:tr>", b"w:tc>"),
        (b"w:t>", b"w:tbl>"),
        (b"w:val=", b"w:lav="),
        (b"w:p>", b"w:sdt>"),
    ]
    swaps += [
        (b"<w:r>", b"<w:ins><w:r>"),
        (b"9", b"\xef\xbf\xbd"),
        (b"2026", b"99999999"),
        (b"/", b"//"),
        (b'w:gridSpan w:val="', b'w:gridSpan w:val="-'),
    ]
    old, new = chance.choice(swaps)
    return chance.choice(
        [
            data[:at] + bytes(chance.randrange(256) for _ in range(8)) + data[at + 8 :],
            data[:at] + data[to:],
            data[:to] + data[at:],
            data.replace(old, new),
            data.replace(old, new, chance.randint(1, 5)),
        ]
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=60))
def test_strange_words_on_a_cover_never_raise(text: str):
    parts = dict(_parts_of_first())
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"6/15", text.encode("utf-8").replace(b"&", b"").replace(b"<", b"")
    )
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"9-17 June 2026", text.encode("utf-8").replace(b"&", b"").replace(b"<", b"")
    )

    assert isinstance(read_cover(_packed(parts), text)[0], Cover)


@cache
def _parts_of_first() -> dict[str, bytes]:
    return _unpacked(_whole()[0])


EXPECTED = {
    "td/T17-SG17-190827-TD-PLEN-2484.docx": {
        "number": "SG17-TD2484",
        "kind": "TD",
        "group": "SG17",
        "period": "2017-2020",
        "questions": ("4/17",),
        "place_date": "Geneva, 27 August- 5 September 2019",
        "starts_on": "2019-08-27",
        "ends_on": "2019-09-05",
        "source": "Rapporteur Q4/17",
        "title": "1st revised baseline text for TP.inno: Description of the incubation mechanism and ways to improve it",
        "purpose": "Discussion",
        "keywords": "Innovation; Incubation;",
        "language": "en",
        "template": "itu-t-2017",
    },
    "template/SG12-TD-status-report-template.docx": {
        "number": "",
        "kind": "TD",
        "group": "SG12",
        "period": "2025-2028",
        "questions": (),
        "place_date": "",
        "abstract": "",
        "contacts": (),
        "language": "en",
        "template": "itu-t-2025",
        "placeholders": ("number", "questions", "place_date", "source", "title", "abstract", "contact"),
    },
    "template/ITUT-Recs-Skelet.docx": {"title": "", "source": "", "questions": (), "number": "", "contacts": ()},
    "template/ITU-R-Format-of-Recommendations.docx": {"number": "", "questions": (), "template": ""},
    "liaison/itu-sg16-liaison-may2010.docx": {
        "source": "IETF CODEC Working Group, Real-Time Applications and Infrastructure Area (RAI)",
        "for_information": ("ITU SG 16 Q8, 9, 10/16",),
        "purpose": "For Information",
        "document_date": "May 5, 2010",
        "template": "letter",
    },
    "recommendation/T-REC-A.1-201610-I!!MSW-E.docx": {
        "number": "ITU-T A.1 (10/2016)",
        "title": "Working methods for study groups of the ITU Telecommunication Standardization Sector",
    },
    "recommendation/T-REC-A.Sup5-201607-I!!MSW-E.docx": {
        "title": "Guidelines for collaboration and exchange of information with other organizations",
        "template": "recommendation",
    },
    "recommendation/T-REC-Q.850-201810-I!!MSW-E.docx": {"number": "ITU-T Q.850 (10/2018)", "questions": ()},
    "recommendation/T-REC-K.20-201810-I!!MSW-E.docx": {"number": "ITU-T K.20 (10/2018)"},
    "recommendation/T-REC-G.698.2-201811-I!!MSW-E.docx": {
        "number": "ITU-T G.698.2 (11/2018)",
        "title": "Amplified multichannel dense wavelength division multiplexing applications with single channel optical interfaces",
    },
    "recommendation/T-REC-J.1108-201901-P!!MSW-E.docx": {
        "number": "ITU-T J.1108 (01/2019)",
        "title": "Transmission specification for Radio over IP transmission systems",
    },
    "recommendation/T-REC-E.119-201704-I!!MSW-E.docx": {
        "number": "ITU-T E.119 (04/2017)",
        "title": "Requirements for safety confirmation and broadcast message service for disaster relief",
    },
    "recommendation/T-REC-O.174-201202-I!Cor2!MSW-E.docx": {"number": "ITU-T O.174 Corrigendum 2 (02/2012)"},
    "recommendation/T-REC-U.1-199303-I!!MSW-E.doc": {"title": "", "template": ""},
}


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not at hand")
@pytest.mark.parametrize("name", EXPECTED)
def test_sample_is_read(name: str):
    cover = asdict(read_cover((SAMPLES / name).read_bytes(), Path(name).name)[0])

    assert {field: cover[field] for field in EXPECTED[name]} == EXPECTED[name]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not at hand")
def test_hostile_samples_are_survived():
    for path in sorted((SAMPLES / "hostile").iterdir()):
        if path.suffix in (".docx", ".docm"):
            assert isinstance(read_cover(path.read_bytes(), path.name)[0], Cover), path.name
