"""What people type into the search box."""

import pytest

from sgdocs.identifiers import Kind, Reason, format, sloppy

TYPED = [
    ("g 652", ["ITU-T G.652"]),
    ("g.652", ["ITU-T G.652"]),
    ("G652", ["ITU-T G.652"]),
    ("  Rec. G.652 ", ["ITU-T G.652"]),
    ("rec itu-t g.652", ["ITU-T G.652"]),
    ("G9804-1", ["ITU-T G.9804.1"]),
    ("g.709/y.1331", ["ITU-T G.709/Y.1331"]),
    ("g.9804.1 amd 2", ["ITU-T G.9804.1 Amd. 2"]),
    ("G.9804.1 AMENDMENT 2", ["ITU-T G.9804.1 Amd. 2"]),
    ("g.722.2 annex c", ["ITU-T G.722.2 Annex C"]),
    ("g.722.2 appendix i", ["ITU-T G.722.2 App. I"]),
    ("itu-t g.107 (06/2019)", ["ITU-T G.107 (06/2019)"]),
    ("ITU-T G.107:2019", ["ITU-T G.107 (2019)"]),
    ("h.265 v7", ["ITU-T H.265 (V7)"]),
    ("v25bis", ["ITU-T V.25 bis"]),
    ("V.25BIS", ["ITU-T V.25 bis"]),
    ("x 25", ["ITU-T X.25"]),
    ("g suppl 66", ["ITU-T G Suppl. 66"]),
    ("y.sup57", ["ITU-T Y Suppl. 57"]),
    ("G.65O", ["ITU-T G.650"]),
    ("E.54l/Q.95 bis", ["ITU-T E.541/Q.95 bis"]),
    ("bt 2020", ["ITU-R BT.2020", "Report ITU-R BT.2020"]),
    ("report m.2134", ["Report ITU-R M.2134"]),
    ("q11/17", ["Q11/17"]),
    ("wp1/17", ["WP1/17"]),
    ("sg13-c123", ["SG13-C123"]),
    ("t25-sg17-c-0197", ["T25-SG17-C-0197"]),
    ("y.SC-OpenData", ["Y.SC-OpenData"]),
    ("P.341", ["ITU-T P.341", "ITU-R P.341", "Report ITU-R P.341"]),
    ("p.341", ["ITU-T P.341", "ITU-R P.341", "Report ITU-R P.341"]),
    ("ITU-R BT.500-14", ["ITU-R BT.500-14"]),
    ("Recommandation UIT-T H.265", ["ITU-T H.265"]),
    ("recommandation uit-t h.265", ["ITU-T H.265"]),
    ("Recomendación UIT-R P.372", ["ITU-R P.372"]),
    ("Рекомендация МСЭ-T X.1401", ["ITU-T X.1401"]),
    ("Рекомендации МСЭ-Т X.1401", ["ITU-T X.1401"]),
    ("Рекомендация МСЭ-Р P.372", ["ITU-R P.372"]),
    ("التوصية ITU-T G.652", ["ITU-T G.652"]),
    ("\u200fالتوصية ITU-T G.652\u200f", ["ITU-T G.652"]),
    ("ITU-T G.652 建议书", ["ITU-T G.652"]),
    ("التوصية ITU-T G.\u0666\u0665\u0662", ["ITU-T G.652"]),
    ("ITU-T G.652建议书", ["ITU-T G.652"]),
    ("建议书 ITU-T G.652", ["ITU-T G.652"]),
    ("Rapport UIT-R M.2134", ["Report ITU-R M.2134"]),
    ("Question UIT-R 241/1", ["Question ITU-R 241/1"]),
    ("Résolution UIT-R 1-9", ["Resolution ITU-R 1-9"]),
    ("UIT-T G.709 Amendement 2", ["ITU-T G.709 Amd. 2"]),
]


@pytest.mark.parametrize(("typed", "readings"), TYPED, ids=[typed for typed, _ in TYPED])
def test_what_is_typed_gives_its_readings(typed: str, readings: list[str]) -> None:
    assert [format(suggestion.identifier) for suggestion in sloppy(typed)] == readings


ORDINARY = [
    "diffraction",
    "5G network",
    "TEST",
    "test",
    "ISO 9001",
    "E-model wideband",
    "IMT 2020",
    "IMT-2020",
    "2020",
    "G.",
    "G.652 fibre",
    "qqqq wwww",
    "attenuation by atmospheric gases",
    "colour bar test pattern HDR",
    "quantm random number generator",
    "bruit radioélectrique",
    "V2X",
    "XII.5",
    "MP3",
    "IPv6",
    "J. Smith",
    "i.e.",
    "video coding",
    "RFC 6756",
    "3GPP TS 23.501",
    "www.itu.int",
    "report.docx",
]


@pytest.mark.parametrize("typed", ORDINARY)
def test_ordinary_words_are_no_identifier(typed: str) -> None:
    assert sloppy(typed) == ()


def test_foreign_number_is_looked_up_among_the_equivalents() -> None:
    (suggestion,) = sloppy("iso/iec 13818-1")

    assert (suggestion.reason, suggestion.identifier.kind, suggestion.identifier.code) == (
        Reason.EQUIVALENT,
        Kind.STANDARD,
        "ISO/IEC 13818-1",
    )
