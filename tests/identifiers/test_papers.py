"""Numbers of documents, liaison statements and files in the spellings met. Source: domain 4.1, 4.2, 7.1."""

import pytest

from sgdocs.identifiers import parse_line

DOCUMENTS: list[tuple[str, dict[str, object]]] = [
    ("SG13-C123", {"kind": "contribution", "group": "SG13", "number": 123}),
    ("SG13-C123-R1", {"kind": "contribution", "group": "SG13", "number": 123, "revision": 1}),
    ("SG15-C0123r2", {"kind": "contribution", "group": "SG15", "number": 123, "revision": 2}),
    ("COM 13-C 123", {"kind": "contribution", "group": "SG13", "number": 123}),
    ("C 300 (Rev.1)", {"kind": "contribution", "number": 300, "revision": 1}),
    ("SG13-R12", {"kind": "meeting report", "group": "SG13", "number": 12}),
    ("TD45/GEN", {"kind": "temporary document", "stream": "GEN", "number": 45}),
    ("TD12/1", {"kind": "temporary document", "stream": "WP1", "number": 12}),
    ("TD 232R1 (P)", {"kind": "temporary document", "stream": "PLEN", "number": 232, "revision": 1}),
    ("TD142-WP3", {"kind": "temporary document", "stream": "WP3", "number": 142}),
    ("TD5R1/G", {"kind": "temporary document", "stream": "GEN", "number": 5, "revision": 1}),
    ("TD 45 (GEN/15)", {"kind": "temporary document", "group": "SG15", "stream": "GEN", "number": 45}),
    ("SG12-TD45", {"kind": "temporary document", "group": "SG12", "number": 45}),
    ("TSAG-TD165", {"kind": "temporary document", "group": "TSAG", "number": 165}),
    (
        "T22-SG13-C-0123!R1!MSW-E",
        {"kind": "contribution", "period": 2022, "group": "SG13", "number": 123, "revision": 1, "language": "E"},
    ),
    (
        "T22-TSAG-221212-TD-GEN-0011!R1!MSW-E",
        {
            "kind": "temporary document",
            "period": 2022,
            "group": "TSAG",
            "meeting": "2022-12-12",
            "stream": "GEN",
            "number": 11,
            "revision": 1,
            "language": "E",
        },
    ),
    (
        "T13-WTSA.16-C-0046!A30!MSW-E",
        {"kind": "contribution", "period": 2013, "group": "WTSA.16", "number": 46, "piece": "A30", "language": "E"},
    ),
    ("WTSA24-C-0046-A30", {"kind": "contribution", "group": "WTSA24", "number": 46, "piece": "A30"}),
    (
        "R19-WP5D-C-0123!!PDF-E",
        {"kind": "contribution", "period": 2019, "group": "WP5D", "number": 123, "language": "E"},
    ),
    ("5D/123-E", {"kind": "contribution", "group": "WP5D", "number": 123, "language": "E"}),
    ("5/123-E", {"kind": "contribution", "group": "SG5", "number": 123, "language": "E"}),
    (
        "5D/TEMP/45(Rev.1)-E",
        {"kind": "temporary document", "group": "WP5D", "number": 45, "revision": 1, "language": "E"},
    ),
    ("5D/ADM/2", {"kind": "administrative document", "group": "WP5D", "number": 2}),
    ("5D/INFO/3", {"kind": "information document", "group": "WP5D", "number": 3}),
    ("Annex 3 to 5D/300", {"kind": "contribution", "group": "WP5D", "number": 300, "piece": "N3"}),
    ("6/BL/28", {"sector": "R", "kind": "draft document", "base": "6/BL/28", "code": "6/BL/28"}),
    ("RA23/PLEN/7", {"kind": "contribution", "group": "RA23", "stream": "PLEN", "number": 7}),
    ("SG13-LS123", {"kind": "liaison statement", "group": "SG13", "number": 123}),
    ("T25-SG13-LS123", {"kind": "liaison statement", "period": 2025, "group": "SG13", "number": 123}),
    ("sp16-sg13-oLS-00123", {"kind": "liaison statement", "period": 2017, "group": "SG13", "number": 123}),
    ("COL 4/13", {"sector": "T", "kind": "collective letter", "group": "SG13", "number": 4}),
    ("TSB Collective letter 4/13", {"sector": "T", "kind": "collective letter", "group": "SG13", "number": 4}),
    ("TSB Circular 208", {"sector": "T", "kind": "circular", "code": "TSB Circular 208"}),
    ("CACE/1064", {"sector": "R", "kind": "circular", "code": "CACE/1064"}),
    ("5/LCCE/60", {"sector": "R", "kind": "circular", "code": "5/LCCE/60"}),
    (
        "T25-SG15-Q2-260302-DOC3",
        {
            "kind": "rapporteur group document",
            "period": 2025,
            "group": "SG15",
            "meeting": "2026-03-02",
            "number": 3,
            "code": "Q2",
        },
    ),
    ("WP 5D", {"sector": "R", "kind": "working party", "study_group": "SG5", "wp": "5D"}),
    ("WP1/13", {"sector": "T", "kind": "working party", "study_group": "SG13", "wp": "1"}),
]


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS, ids=[text for text, _ in DOCUMENTS])
def test_document_number_has_its_parts(text: str, expected: dict[str, object]) -> None:
    assert parse_line(text) == {"text": text, **expected}


FILES: list[tuple[str, dict[str, object]]] = [
    ("T-REC-G.729-200002-S!AnnF", {"kind": "annex", "base": "G.729", "part": "F", "month": "2000-02"}),
    ("T-REC-H.263-200106-I!App3", {"kind": "appendix", "base": "H.263", "part": "III", "month": "2001-06"}),
    ("T-REC-E.800SerSup9-201312-S", {"kind": "supplement", "base": "E-800", "part": "9", "month": "2013-12"}),
    ("T-REC-X.712-199610-I!Crs", {"kind": "corrigendum", "base": "X.712", "part": "1", "month": "1996-10"}),
    ("T-REC-F.182bis-199610-I", {"kind": "recommendation", "base": "F.182 bis", "month": "1996-10"}),
    ("T-REC-D.300R-199503-I", {"kind": "recommendation", "base": "D.300 R", "month": "1995-03"}),
    ("T-REC-Q.120-Q.139-198811-I", {"kind": "recommendation", "base": "Q.120-Q.139", "month": "1988-11"}),
    (
        "T-REC-G.729-199802-S!AnnB-Cor1",
        {"kind": "corrigendum", "base": "G.729", "part": "1", "of_part": [["annex", "B"]], "month": "1998-02"},
    ),
    (
        "R-REP-BO.1227-1-1994-PDF-E.pdf",
        {"sector": "R", "kind": "report", "base": "BO.1227", "year": 1994, "revision": 1, "language": "E"},
    ),
    (
        "R-RES-R.1-2-1997-PDF-E.pdf",
        {
            "sector": "R",
            "kind": "resolution",
            "base": "Resolution 1",
            "year": 1997,
            "number": 1,
            "revision": 2,
            "language": "E",
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), FILES, ids=[text for text, _ in FILES])
def test_file_name_has_its_parts(text: str, expected: dict[str, object]) -> None:
    assert parse_line(text) == {"text": text, "sector": "T", **expected}


@pytest.mark.parametrize(
    "text", ["T-REC-W.1-201901-I", "T-REC-G.107-201913-I", "T-REC-G.107-201906-X", "T-REC-", "R-REC-ZZ.1-200001-I"]
)
def test_broken_file_name_is_none(text: str) -> None:
    assert parse_line(text) == {"text": text, "kind": None}


WRAPPED: list[tuple[str, dict[str, object]]] = [
    ("Draft new Recommendation ITU-T Y.3199", {"kind": "recommendation", "base": "Y.3199"}),
    ("CCITT Rec. X.25 (1988)", {"kind": "recommendation", "base": "X.25", "year": 1988}),
    ("Q.3057 (ex Q.SR-Trust)", {"kind": "recommendation", "base": "Q.3057", "former": "Q.SR-Trust"}),
    ("ITU-T H.264 (ex H.26L)", {"kind": "recommendation", "base": "H.264", "former": "H.26L"}),
    ("ISO/IEC 13818-1 | ITU-T H.222.0", {"kind": "recommendation", "base": "H.222.0", "iso": "ISO/IEC 13818-1"}),
    (
        "Y Suppl. 58 to ITU-T Y.4000-series",
        {"kind": "supplement", "base": "Y Suppl. 58", "part": "58", "supplements": "Y.4000-series"},
    ),
    ("X.1281Amd1", {"kind": "amendment", "base": "X.1281", "part": "1"}),
    (
        "H.222.0 (2014) Amd 3, Cor 1",
        {"kind": "corrigendum", "base": "H.222.0", "base_year": 2014, "part": "1", "of_part": [["amendment", "3"]]},
    ),
    ("E.156 (revised)", {"kind": "work item", "code": "E.156rev"}),
    ("XSTR.QKDN-SP", {"kind": "technical report", "code": "XSTR.QKDN-SP"}),
]


@pytest.mark.parametrize(("text", "expected"), WRAPPED, ids=[text for text, _ in WRAPPED])
def test_wrapped_text_has_its_parts(text: str, expected: dict[str, object]) -> None:
    assert parse_line(text) == {"text": text, "sector": "T", **expected}
