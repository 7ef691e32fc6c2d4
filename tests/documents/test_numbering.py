"""Series, addresses, labels, order and file names. Source: domain 4.1, 4.2, design 2."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.documents import numbering
from sgdocs.documents.labels import version_label
from sgdocs.documents.numbering import Place, Words, form_of, is_pattern, kinds_of, place_of, short_name, sort_key_of
from sgdocs.documents.rules import DocumentKind as K
from sgdocs.identifiers import address, parse

SG15 = Words(period="T25", group="SG15", code="ITU-T SG15", meeting="T25-SG15-261109", year="26")
WP5D = Words(period="R23", group="WP5D", code="WP 5D", meeting="R23-WP5D-261012", year="26")
RGM = Words(period="T25", group="Q2", code="Q2/15", meeting="T25-SG15-Q2-260302", year="26")
WTSA = Words(period="T25", group="WTSA", code="WTSA", meeting="T25-WTSA-281015", year="28")
RA = Words(period="R23", group="RA", code="RA", meeting="R23-RA-271018", year="27")
SG8 = Words(period="R23", group="SG8", code="ITU-R SG8")


@pytest.mark.parametrize(
    ("place", "kind", "stream", "words", "number", "name", "label"),
    [
        (Place.STUDY_GROUP, K.CONTRIBUTION, "", SG15, 123, "T25-SG15-C123", "SG15-C123"),
        (Place.STUDY_GROUP, K.TEMPORARY, "GEN", SG15, 45, "T25-SG15-TD45-GEN", "TD45/GEN"),
        (Place.STUDY_GROUP, K.TEMPORARY, "WP1", SG15, 12, "T25-SG15-TD12-WP1", "TD12/1"),
        (Place.STUDY_GROUP, K.REPORT, "", SG15, 12, "T25-SG15-R12", "SG15-R12"),
        (Place.STUDY_GROUP, K.LIAISON, "", SG15, 7, "T25-SG15-LS7", "SG15-LS7"),
        (Place.STUDY_GROUP, K.LETTER, "", SG15, 4, "T25-SG15-COL4", "COL 4/15"),
        (Place.ONE_STREAM, K.TEMPORARY, "", Words("T25", "TSAG"), 165, "T25-TSAG-TD165", "TSAG-TD165"),
        (Place.BUREAU, K.CIRCULAR, "", SG15, 208, "T25-TSB-Circular208", "TSB Circular 208"),
        (Place.MEETING, K.RGM, "", RGM, 3, "T25-SG15-Q2-260302-DOC3", "Q2/15-DOC3"),
        (Place.ASSEMBLY, K.CONTRIBUTION, "", WTSA, 46, "T25-WTSA-281015-C46", "WTSA28-C46"),
        (Place.RADIO, K.CONTRIBUTION, "", WP5D, 123, "R23-WP5D-C123", "5D/123"),
        (Place.RADIO, K.TEMPORARY, "", WP5D, 45, "R23-WP5D-TEMP45", "5D/TEMP/45"),
        (Place.RADIO, K.ADMINISTRATIVE, "", WP5D, 2, "R23-WP5D-ADM2", "5D/ADM/2"),
        (Place.RADIO, K.INFORMATION, "", WP5D, 3, "R23-WP5D-INFO3", "5D/INFO/3"),
        (Place.RADIO, K.REPORT, "", WP5D, 300, "R23-WP5D-C300", "5D/300"),
        (Place.RADIO, K.FINAL_DRAFT, "", Words("R23", "SG6"), 28, "R23-SG6-BL28", "6/BL/28"),
        (Place.RADIO, K.CONTRIBUTION, "RA", SG8, 1005, "R23-SG8-RA1005", "8/1005"),
        (Place.RADIO, K.CIRCULAR, "LCCE", Words("R23", "SG5"), 60, "R-SG5-LCCE60", "5/LCCE/60"),
        (Place.RADIO_BUREAU, K.CIRCULAR, "CACE", WP5D, 1064, "R-CACE1064", "CACE/1064"),
        (Place.RADIO_ASSEMBLY, K.CONTRIBUTION, "", RA, 7, "R23-RA-271018-PLEN7", "RA27/PLEN/7"),
    ],
)
def test_number_is_written_as_people_write_it(
    place: Place, kind: K, stream: str, words: Words, number: int, name: str, label: str
) -> None:
    form = form_of(place, kind, stream)
    assert form is not None
    filled = Words(words.period, words.group, words.code, words.meeting, words.year, stream)

    assert (filled.fill(form.name, number), filled.fill(form.label, number)) == (name, label)


@pytest.mark.parametrize(
    ("name", "kind", "group"),
    [
        ("T25-SG15-C123", "contribution", "SG15"),
        ("T25-SG15-TD45-GEN", "temporary document", "SG15"),
        ("R23-WP5D-TEMP45", "temporary document", "WP5D"),
        ("T25-SG15-Q2-260302-DOC3", "rapporteur group document", "SG15"),
        ("T25-SG15-COL4", "collective letter", "SG15"),
    ],
)
def test_address_is_read_by_the_grammar_of_numbers(name: str, kind: str, group: str) -> None:
    identifier = parse(name)

    assert identifier is not None
    assert (identifier.kind, identifier.group) == (kind, group)


def test_address_of_a_document_is_the_one_that_the_grammar_gives() -> None:
    for name in ("T25-SG15-C123", "T25-SG15-TD45-GEN", "R23-WP5D-C123", "T25-SG15-Q2-260302-DOC3"):
        identifier = parse(name)
        assert identifier is not None
        assert address(identifier) == f"/doc/{name}"


@pytest.mark.parametrize(
    ("sector", "group", "meeting", "place"),
    [
        ("T", "study-group", "study-group", Place.STUDY_GROUP),
        ("T", "working-party", "working-party", Place.STUDY_GROUP),
        ("T", "advisory-group", "study-group", Place.ONE_STREAM),
        ("T", "question", "rapporteur-group", Place.MEETING),
        ("T", "question", "e-meeting", Place.MEETING),
        ("T", "study-group", "workshop", Place.MEETING),
        ("T", "jca", "jca", Place.MEETING),
        ("T", "focus-group", "focus-group", Place.ONE_STREAM),
        ("T", "committee", "assembly", Place.ASSEMBLY),
        ("R", "committee", "assembly", Place.RADIO_ASSEMBLY),
        ("R", "working-party", "working-party", Place.RADIO),
        ("R", "study-group", "study-group", Place.RADIO),
    ],
)
def test_place_follows_from_group_and_meeting(sector: str, group: str, meeting: str, place: Place) -> None:
    assert place_of(sector, group, meeting) is place


def test_usual_kind_of_a_rapporteur_group_is_its_own() -> None:
    assert kinds_of(Place.MEETING) == (K.RGM,)
    assert kinds_of(Place.STUDY_GROUP)[0] is K.CONTRIBUTION


def test_numbers_sort_by_value_and_streams_by_name() -> None:
    def key(kind: K, group: str, stream: str, number: int) -> str:
        return sort_key_of(kind, group, "T25", stream, number)

    ordered = [
        key(K.CONTRIBUTION, "SG9", "", 200),
        key(K.CONTRIBUTION, "SG13", "", 9),
        key(K.CONTRIBUTION, "SG13", "", 10),
        key(K.TEMPORARY, "SG13", "GEN", 120),
        key(K.TEMPORARY, "SG13", "PLEN", 3),
        key(K.TEMPORARY, "SG13", "WP1", 1),
    ]

    assert sorted(set(ordered)) == ordered


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (("T25-SG15-C123", "", "en", "docx"), "T25-SG15-C123-E.docx"),
        (("T25-SG15-C123", "R1", "fr", "docx"), "T25-SG15-C123R1-F.docx"),
        (("R23-WP5D-TEMP45", "R2", "zh", "PDF"), "R23-WP5D-TEMP45R2-C.pdf"),
        (("T25-SG15-C123", "A1", "", "zip"), "T25-SG15-C123A1-M.zip"),
        (("T25-SG15-C123", "", "de", ""), "T25-SG15-C123-DE"),
    ],
)
def test_file_name_is_short(given: tuple[str, str, str, str], name: str) -> None:
    assert short_name(*given) == name


def test_further_files_of_a_language_are_counted() -> None:
    assert short_name("T25-SG15-C123", "", "en", "xlsx", position=1) == "T25-SG15-C123-E-2.xlsx"


RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{p}{n}" for p in ("COM", "LPT") for n in range(1, 10))}


@given(st.text(max_size=200), st.text(max_size=20), st.text(max_size=12), st.text(max_size=300), st.integers(0, 99))
def test_any_system_accepts_a_file_name(name: str, part: str, language: str, extension: str, position: int) -> None:
    found = short_name(f"T25-{name}", part, language, extension, position=position)

    assert set(found) <= {*string.ascii_letters, *string.digits, "-", "."}
    assert 0 < len(found) <= 80
    assert found.count(".") <= 1
    assert not found.startswith((".", "-"))
    assert found.split(".", maxsplit=1)[0].upper() not in RESERVED


@pytest.mark.parametrize("pattern", ["TD{n}/{stream}", "{short}/{n}", "{code}-DOC{n}", "{{x}}{n}"])
def test_pattern_may_be_spelt_so(pattern: str) -> None:
    assert is_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["TD", "{n}{n}", "{n", "{n!r}", "{n:>9999999}", "{n.__class__}", "{other}{n}", "{0}{n}", "{n}{}"]
)
def test_pattern_that_could_break_a_label_is_refused(pattern: str) -> None:
    assert not is_pattern(pattern)


def test_short_form_of_groups() -> None:
    short = {code: numbering.short_of(code) for code in ("SG15", "WP5D", "TG5-1", "TSAG", "FG-AI4H")}

    assert short == {"SG15": "15", "WP5D": "5D", "TG5-1": "TG5/1", "TSAG": "TSAG", "FG-AI4H": "FG-AI4H"}


@pytest.mark.parametrize(
    ("label", "part", "shown"),
    [
        ("SG15-C12", "", "SG15-C12"),
        ("SG15-C12", "R1", "SG15-C12R1"),
        ("SG15-C12", "r10", "SG15-C12R10"),
        ("SG15-C12", "A1", "SG15-C12-A1"),
        ("TD12/GEN", "R1", "TD12R1/GEN"),
        ("TD12/1", "C2", "TD12-C2/1"),
        ("TSAG-TD165", "R3", "TSAG-TD165R3"),
        ("Q2/15-DOC3", "R1", "Q2/15-DOC3-R1"),
        ("WTSA24-C46", "A30", "WTSA24-C46-A30"),
        ("5D/123", "R1", "5D/123(Rev.1)"),
        ("5D/TEMP/45", "R2", "5D/TEMP/45(Rev.2)"),
        ("5/1/88", "A1", "5/1/88(Add.1)"),
        ("COL 4/15", "C1", "COL 4/15 (Corr.1)"),
    ],
)
def test_label_of_a_version(label: str, part: str, shown: str) -> None:
    assert version_label(label, part) == shown
