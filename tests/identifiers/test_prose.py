"""Names in running prose."""

from itertools import pairwise

import pytest

from sgdocs.identifiers import find_all, format


def _found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], format(identifier)) for start, end, identifier in find_all(text)]


SENTENCES = [
    (
        "See Recommendations ITU-T G.984.1, G.984.2 and G.709/Y.1331 (06/2020).",
        [
            ("ITU-T G.984.1", "ITU-T G.984.1"),
            ("G.984.2", "ITU-T G.984.2"),
            ("G.709/Y.1331 (06/2020)", "ITU-T G.709/Y.1331 (06/2020)"),
        ],
    ),
    (
        "Recommendations ITU-R P.452-16, P.526 and P.676-13 apply, and P.800 is another.",
        [
            ("ITU-R P.452-16", "ITU-R P.452-16"),
            ("P.526", "ITU-R P.526"),
            ("P.676-13", "ITU-R P.676-13"),
            ("P.800", "ITU-T P.800"),
        ],
    ),
    ("as in Report ITU-R M.2134-0.", [("Report ITU-R M.2134-0", "Report ITU-R M.2134-0")]),
    ("ITU\u2011T\u00a0Y.3172 (2019\u201106)", [("ITU\u2011T\u00a0Y.3172 (2019\u201106)", "ITU-T Y.3172 (06/2019)")]),
    (
        "the amended G.9804.1 (2019) Amd. 2 (01/2024), which",
        [("G.9804.1 (2019) Amd. 2 (01/2024)", "ITU-T G.9804.1 (2019) Amd. 2 (01/2024)")],
    ),
    ("In G.107 Annex A of 2019", [("G.107 Annex A", "ITU-T G.107 Annex A")]),
    ("V.25 bis is not V.25.", [("V.25 bis", "ITU-T V.25 bis"), ("V.25", "ITU-T V.25")]),
    ("fronthaul (G Suppl. 66) needs", [("G Suppl. 66", "ITU-T G Suppl. 66")]),
    ("the ITU-T T.80-series covers", [("ITU-T T.80-series", "ITU-T T.80-series")]),
    ("colour as in BT.2020.", [("BT.2020", "ITU-R BT.2020")]),
    ("Q6/13 and WP1/17 met WP 5D", [("Q6/13", "Q6/13"), ("WP1/17", "WP1/17"), ("WP 5D", "WP 5D")]),
    (
        "TD45/GEN answers SG13-C123-R1, 5D/123-E and SG2-LS63",
        [
            ("TD45/GEN", "TD45/GEN"),
            ("SG13-C123-R1", "SG13-C123-R1"),
            ("5D/123-E", "5D/123-E"),
            ("SG2-LS63", "SG2-LS63"),
        ],
    ),
    (
        "drafts Y.SC-OpenData, HSTP.DLT-UC and TR-RLB-IMEI",
        [(name, name) for name in ("Y.SC-OpenData", "HSTP.DLT-UC", "TR-RLB-IMEI")],
    ),
    (
        "Question ITU-R 241-3/5 and Resolution ITU-R 1-9",
        [(name, name) for name in ("Question ITU-R 241-3/5", "Resolution ITU-R 1-9")],
    ),
    ("see T-REC-G.9804.1-202108-I!Amd1 there", [("T-REC-G.9804.1-202108-I!Amd1", "ITU-T G.9804.1 Amd. 1 (08/2021)")]),
    ("by J.Smith in the U.S. for 3.5 GHz, e.g. at 10.7 GHz in 5G (v2.0)", []),
    ("ITU-\u00adT Supplement 75, pre-G.652", []),
    ("A.1B and xG.652 and G.6520000 and 1.G.652", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:30] for text, _ in SENTENCES])
def test_names_in_a_sentence_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert _found(text) == expected


def test_names_in_a_long_text_are_all_found_in_order() -> None:
    text = "Recommendation ITU-T G.652 (11/2016) and ITU-R P.838-3 say so. " * 2_000

    found = find_all(text)

    assert len(found) == 4_000
    assert all(before[1] <= after[0] for before, after in pairwise(found))
