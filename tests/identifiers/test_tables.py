"""The three tables of the identifier grammar: accepted, refused, ambiguous. Source: domain 2.6.1 to 2.6.3."""

import pytest

from sgdocs.identifiers import Kind, Reason, Suggestion, format, parse, parse_line, sloppy

ACCEPTED: list[tuple[str, dict[str, object]]] = [
    ("ITU-T G.9804.1", {"sector": "T", "kind": "recommendation", "base": "G.9804.1"}),
    ("ITU-T G.107.2 (06/2019)", {"sector": "T", "kind": "recommendation", "base": "G.107.2", "month": "2019-06"}),
    ("G.698.2", {"sector": "T", "kind": "recommendation", "base": "G.698.2"}),
    ("ITU-T G.698.2 (11/2018)", {"sector": "T", "kind": "recommendation", "base": "G.698.2", "month": "2018-11"}),
    ("Rec. ITU-T X.509 (10/2019)", {"sector": "T", "kind": "recommendation", "base": "X.509", "month": "2019-10"}),
    ("Recommendation ITU-T A.5 (2016)", {"sector": "T", "kind": "recommendation", "base": "A.5", "year": 2016}),
    (
        "ITU-T H.265 (V7) (11/2019)",
        {"sector": "T", "kind": "recommendation", "base": "H.265", "version": "7", "month": "2019-11"},
    ),
    ("ITU-T H.265 (04/2013)", {"sector": "T", "kind": "recommendation", "base": "H.265", "month": "2013-04"}),
    (
        "ITU-T H.810 (2013) Err. 1 (02/2014)",
        {"sector": "T", "kind": "erratum", "base": "H.810", "base_year": 2013, "part": "1", "month": "2014-02"},
    ),
    ("ITU-T G.698.2 Amd.1", {"sector": "T", "kind": "amendment", "base": "G.698.2", "part": "1"}),
    (
        "ITU-T G.9804.1 (2019) Amd. 2 (01/2024)",
        {"sector": "T", "kind": "amendment", "base": "G.9804.1", "base_year": 2019, "part": "2", "month": "2024-01"},
    ),
    ("ITU-T G.9804.1 Amendment 2", {"sector": "T", "kind": "amendment", "base": "G.9804.1", "part": "2"}),
    (
        "ITU-T G.722.2 Annex C (2017) Cor. 1 (08/2018)",
        {
            "sector": "T",
            "kind": "corrigendum",
            "base": "G.722.2",
            "base_year": 2017,
            "part": "1",
            "of_part": [["annex", "C"]],
            "month": "2018-08",
        },
    ),
    (
        "ITU-T G.722.2 App. I (01/2002)",
        {"sector": "T", "kind": "appendix", "base": "G.722.2", "part": "I", "month": "2002-01"},
    ),
    (
        "ITU-T G.722.2 App. I (2002) Amd. 1 (07/2003)",
        {
            "sector": "T",
            "kind": "amendment",
            "base": "G.722.2",
            "base_year": 2002,
            "part": "1",
            "of_part": [["appendix", "I"]],
            "month": "2003-07",
        },
    ),
    (
        "ITU-T G.729 Annex B (10/1996)",
        {"sector": "T", "kind": "annex", "base": "G.729", "part": "B", "month": "1996-10"},
    ),
    (
        "ITU-T G.729 Annex C+ (02/2000)",
        {"sector": "T", "kind": "annex", "base": "G.729", "part": "C+", "month": "2000-02"},
    ),
    (
        "ITU-T G.729 (1996) Err. 1 (04/2006)",
        {"sector": "T", "kind": "erratum", "base": "G.729", "base_year": 1996, "part": "1", "month": "2006-04"},
    ),
    (
        "ITU-T Z.100 Annex F1 (10/2019)",
        {"sector": "T", "kind": "annex", "base": "Z.100", "part": "F1", "month": "2019-10"},
    ),
    (
        "ITU-T G.722 (1988) App. IV (11/2009)",
        {"sector": "T", "kind": "appendix", "base": "G.722", "base_year": 1988, "part": "IV", "month": "2009-11"},
    ),
    (
        "ITU-T G.722 (1988) Annex A (03/1993)",
        {"sector": "T", "kind": "annex", "base": "G.722", "base_year": 1988, "part": "A", "month": "1993-03"},
    ),
    (
        "ITU-T X.509 (1997) Technical Cor. 6 (04/2004)",
        {"sector": "T", "kind": "corrigendum", "base": "X.509", "base_year": 1997, "part": "6", "month": "2004-04"},
    ),
    (
        "ITU-T X.680 (1994) Amd. 1/Technical Cor. 1 (12/1997)",
        {
            "sector": "T",
            "kind": "corrigendum",
            "base": "X.680",
            "base_year": 1994,
            "part": "1",
            "of_part": [["amendment", "1"]],
            "month": "1997-12",
        },
    ),
    (
        "ITU-T G.671 (2005) Amd. 1 Err. 1 (11/2006)",
        {
            "sector": "T",
            "kind": "erratum",
            "base": "G.671",
            "base_year": 2005,
            "part": "1",
            "of_part": [["amendment", "1"]],
            "month": "2006-11",
        },
    ),
    (
        "ITU-T H.245 (V17) (2022) Cor. 1 (12/2022)",
        {
            "sector": "T",
            "kind": "corrigendum",
            "base": "H.245",
            "base_year": 2022,
            "part": "1",
            "version": "17",
            "month": "2022-12",
        },
    ),
    (
        "ITU-T Q.1218 (1995) Add. 1 (09/1997)",
        {"sector": "T", "kind": "addendum", "base": "Q.1218", "base_year": 1995, "part": "1", "month": "1997-09"},
    ),
    (
        "ITU-T G Suppl. 66 (07/2019)",
        {"sector": "T", "kind": "supplement", "base": "G Suppl. 66", "part": "66", "month": "2019-07"},
    ),
    ("G. Suppl. 66", {"sector": "T", "kind": "supplement", "base": "G Suppl. 66", "part": "66"}),
    ("Y.Suppl.57", {"sector": "T", "kind": "supplement", "base": "Y Suppl. 57", "part": "57"}),
    ("ITU-T Y.Sup54", {"sector": "T", "kind": "supplement", "base": "Y Suppl. 54", "part": "54"}),
    (
        "ITU-T Y Suppl. 58 (12/2019)",
        {"sector": "T", "kind": "supplement", "base": "Y Suppl. 58", "part": "58", "month": "2019-12"},
    ),
    (
        "ITU-T G Suppl. 39 (2006) Err. 1 (08/2006)",
        {
            "sector": "T",
            "kind": "erratum",
            "base": "G Suppl. 39",
            "base_year": 2006,
            "part": "1",
            "of_part": [["supplement", "39"]],
            "month": "2006-08",
        },
    ),
    (
        "ITU-T M Suppl. 1.1 (12/1972)",
        {"sector": "T", "kind": "supplement", "base": "M Suppl. 1.1", "part": "1.1", "month": "1972-12"},
    ),
    (
        "ITU-T E-100 series Suppl. 1 (02/2019)",
        {"sector": "T", "kind": "supplement", "base": "E-100", "part": "1", "month": "2019-02"},
    ),
    (
        "ITU-T E.1100 series Suppl. 1 (03/2012)",
        {"sector": "T", "kind": "supplement", "base": "E.1100", "part": "1", "month": "2012-03"},
    ),
    (
        "ITU-T D.140 Suppl. 1 (06/2002)",
        {"sector": "T", "kind": "supplement", "base": "D.140", "part": "1", "month": "2002-06"},
    ),
    (
        "ITU-T E.164 Suppl. 3 (2004) Amd. 1 (11/2009)",
        {
            "sector": "T",
            "kind": "amendment",
            "base": "E.164",
            "base_year": 2004,
            "part": "1",
            "of_part": [["supplement", "3"]],
            "month": "2009-11",
        },
    ),
    ("ITU-T G.Imp712", {"sector": "T", "kind": "implementers' guide", "base": "G.Imp712"}),
    ("ITU-T X.ImpOSI", {"sector": "T", "kind": "implementers' guide", "base": "X.ImpOSI"}),
    ("ITU-T V.24", {"sector": "T", "kind": "recommendation", "base": "V.24"}),
    ("ITU-T V.25 ter (07/1997)", {"sector": "T", "kind": "recommendation", "base": "V.25 ter", "month": "1997-07"}),
    ("ITU-T V.26bis", {"sector": "T", "kind": "recommendation", "base": "V.26 bis"}),
    (
        "ITU-T X.227 bis (1998) Cor. 1 (07/2015)",
        {"sector": "T", "kind": "corrigendum", "base": "X.227 bis", "base_year": 1998, "part": "1", "month": "2015-07"},
    ),
    (
        "ITU-T E.211/Q.11 quater (10/1984)",
        {
            "sector": "T",
            "kind": "recommendation",
            "base": "E.211/Q.11 quater",
            "numbers": ["E.211", "Q.11 quater"],
            "month": "1984-10",
        },
    ),
    (
        "ITU-T G.709/Y.1331 (06/2020)",
        {
            "sector": "T",
            "kind": "recommendation",
            "base": "G.709/Y.1331",
            "numbers": ["G.709", "Y.1331"],
            "month": "2020-06",
        },
    ),
    (
        "ITU-T G.709.1/Y.1331.1 (2018) Amd. 4 (08/2023)",
        {
            "sector": "T",
            "kind": "amendment",
            "base": "G.709.1/Y.1331.1",
            "numbers": ["G.709.1", "Y.1331.1"],
            "base_year": 2018,
            "part": "4",
            "month": "2023-08",
        },
    ),
    (
        "ITU-T P.10/G.100 (11/2017)",
        {
            "sector": "T",
            "kind": "recommendation",
            "base": "P.10/G.100",
            "numbers": ["P.10", "G.100"],
            "month": "2017-11",
        },
    ),
    (
        "ITU-T G.820/I.351/Y.1501 (07/2004)",
        {
            "sector": "T",
            "kind": "recommendation",
            "base": "G.820/I.351/Y.1501",
            "numbers": ["G.820", "I.351", "Y.1501"],
            "month": "2004-07",
        },
    ),
    (
        "ITU-T Y.4409/Y.2070",
        {"sector": "T", "kind": "recommendation", "base": "Y.4409/Y.2070", "numbers": ["Y.4409", "Y.2070"]},
    ),
    ("ITU-T D.300 R (03/1995)", {"sector": "T", "kind": "recommendation", "base": "D.300 R", "month": "1995-03"}),
    ("ITU-T D.609R (02/2025)", {"sector": "T", "kind": "recommendation", "base": "D.609 R", "month": "2025-02"}),
    ("ITU-T D.000 (05/2010)", {"sector": "T", "kind": "recommendation", "base": "D.000", "month": "2010-05"}),
    ("ITU-T I.256.2a (03/1993)", {"sector": "T", "kind": "recommendation", "base": "I.256.2a", "month": "1993-03"}),
    ("ITU-T Q.1912.5 D (08/2016)", {"sector": "T", "kind": "recommendation", "base": "Q.1912.5 D", "month": "2016-08"}),
    ("ITU-T R.38 A (10/1984)", {"sector": "T", "kind": "recommendation", "base": "R.38 A", "month": "1984-10"}),
    (
        "ITU-T Q.3941.1 v.1 (02/2016)",
        {"sector": "T", "kind": "recommendation", "base": "Q.3941.1", "version": "1", "month": "2016-02"},
    ),
    (
        "ITU-T Q.120-Q.139 (11/1988)",
        {"sector": "T", "kind": "recommendation", "base": "Q.120-Q.139", "month": "1988-11"},
    ),
    ("ITU-T Q.732.2-5 (12/1999)", {"sector": "T", "kind": "recommendation", "base": "Q.732.2-5", "month": "1999-12"}),
    ("ITU-T M.3016.x-series", {"sector": "T", "kind": "series", "base": "M.3016.x"}),
    ("Q.4xx-series", {"sector": "T", "kind": "series", "base": "Q.4xx"}),
    (
        "ITU-T H.350.1 attachment (08/2003)",
        {"sector": "T", "kind": "attachment", "base": "H.350.1", "month": "2003-08"},
    ),
    ("ITU-T B.19 (10/1996)", {"sector": "T", "kind": "recommendation", "base": "B.19", "month": "1996-10"}),
    ("ITU‑T Y.3172 (2019‑06)", {"sector": "T", "kind": "recommendation", "base": "Y.3172", "month": "2019-06"}),
    ("ITU-T Rec. T.50 (1992)", {"sector": "T", "kind": "recommendation", "base": "T.50", "year": 1992}),
    ("ITU-R P.1546-6", {"sector": "R", "kind": "recommendation", "base": "P.1546", "revision": 6}),
    ("ITU-R BT.2020-2", {"sector": "R", "kind": "recommendation", "base": "BT.2020", "revision": 2}),
    ("Recommendation ITU-R M.2012-4", {"sector": "R", "kind": "recommendation", "base": "M.2012", "revision": 4}),
    ("ITU-R BO.1212", {"sector": "R", "kind": "recommendation", "base": "BO.1212"}),
    (
        "ITU-R BO.1130-5 (02/2026)",
        {"sector": "R", "kind": "recommendation", "base": "BO.1130", "revision": 5, "month": "2026-02"},
    ),
    ("Report ITU-R BT.2447", {"sector": "R", "kind": "report", "base": "BT.2447"}),
    (
        "Report ITU-R BT.2447-2 (2021)",
        {"sector": "R", "kind": "report", "base": "BT.2447", "revision": 2, "year": 2021},
    ),
    ("ITU-R Report BT.2020-1", {"sector": "R", "kind": "report", "base": "BT.2020", "revision": 1}),
    ("PDNR ITU-R M.[IMT.VISION]", {"sector": "R", "kind": "draft", "code": "M.[IMT.VISION]", "stage": "PDNR"}),
    ("DRR ITU-R BT.[HDR-TV]", {"sector": "R", "kind": "draft", "code": "BT.[HDR-TV]", "stage": "DRR"}),
    (
        "Question ITU-R 241/1",
        {"sector": "R", "kind": "question", "base": "Question 241/1", "question": 241, "study_group": "SG1"},
    ),
    (
        "Question ITU-R 144/6",
        {"sector": "R", "kind": "question", "base": "Question 144/6", "question": 144, "study_group": "SG6"},
    ),
    (
        "ITU-R 241-3/5",
        {
            "sector": "R",
            "kind": "question",
            "base": "Question 241/5",
            "question": 241,
            "study_group": "SG5",
            "revision": 3,
        },
    ),
    (
        "Resolution ITU-R 1-9 (2023)",
        {"sector": "R", "kind": "resolution", "base": "Resolution 1", "number": 1, "revision": 9, "year": 2023},
    ),
    ("Opinion ITU-R 100", {"sector": "R", "kind": "opinion", "base": "Opinion 100", "number": 100}),
    ("ITU-R 43.HDB (2013)", {"sector": "R", "kind": "handbook", "base": "43.HDB", "year": 2013}),
    ("Q6/13", {"sector": "T", "kind": "question", "question": 6, "study_group": "SG13"}),
    ("Y.SC-OpenData", {"sector": "T", "kind": "work item", "code": "Y.SC-OpenData"}),
    ("X.sfop", {"sector": "T", "kind": "work item", "code": "X.sfop"}),
    ("Q.DEV_DUI", {"sector": "T", "kind": "work item", "code": "Q.DEV_DUI"}),
    ("Y.Sup.SCC-Use-Cases", {"sector": "T", "kind": "work item", "code": "Y.Sup.SCC-Use-Cases"}),
    ("E.156rev", {"sector": "T", "kind": "work item", "code": "E.156rev"}),
    ("HSTP.DLT-UC", {"sector": "T", "kind": "technical paper", "code": "HSTP.DLT-UC"}),
    ("TR-RLB-IMEI", {"sector": "T", "kind": "technical report", "code": "TR-RLB-IMEI"}),
    ("YSTR-M2M-DG.AAS", {"sector": "T", "kind": "technical report", "code": "YSTR-M2M-DG.AAS"}),
    ("http://handle.itu.int/11.1002/1000/13851", {"sector": "T", "kind": "handle", "code": "13851"}),
    ("11.1002/1000/11830-en", {"sector": "T", "kind": "handle", "code": "11830", "language": "en"}),
    (
        "https://www.itu.int/rec/T-REC-G.9804.1-202108-I!Amd1",
        {"sector": "T", "kind": "amendment", "base": "G.9804.1", "part": "1", "month": "2021-08"},
    ),
    (
        "T-REC-H.264-200704-T!Amd2",
        {"sector": "T", "kind": "amendment", "base": "H.264", "part": "2", "month": "2007-04"},
    ),
    (
        "T-REC-G.722.2-200201-I!AnnA!PDF-E",
        {"sector": "T", "kind": "annex", "base": "G.722.2", "part": "A", "month": "2002-01", "language": "E"},
    ),
    (
        "T-REC-G.Sup66-201907-S",
        {"sector": "T", "kind": "supplement", "base": "G Suppl. 66", "part": "66", "month": "2019-07"},
    ),
]

REFUSED = [
    ("G9804.1", "missing dot"),
    ("ITU-T G9804", "missing dot"),
    ("ITU- T.4", "sector lost; do not guess"),
    ("ITU-T W.1", "W not allocated"),
    ("ITU-T G.", "no number"),
    ("ITU-T .107", "no series"),
    ("ITU-T G.107.", "dangling dot"),
    ("ITU-T G..107", "empty part"),
    ("ITU-T GG.107", "two letters"),
    ("ITU-T g.107", "case matters in strict mode (search box may fold)"),
    ("ITU-T G.107 (13/2019)", "month"),
    ("ITU-T G.107 (00/2019)", "month"),
    ("ITU-T G.107 (06/19)", "two-digit year"),
    ("ITU-T G.107 (2019/06)", "order"),
    ("ITU-T G.107 Amd. 0", "numbering starts at 1"),
    ("ITU-T G.107 Amd.", "no number"),
    ("ITU-T G.107 (2019) Amd. one", "word"),
    ("ITU-T G.107 Annex 1", "ITU-T annexes are letters (ITU-R uses Annex 1 inside texts)"),
    ("ITU-T G.107 App. 2", "appendices are roman"),
    ("ITU-T G.729 Annex BB", "one letter"),
    ("ITU-T H.265 V7", "version must be in parentheses"),
    ("ITU-T H.265 (V) (11/2019)", "empty version"),
    ("ITU-T M.73l (10/1976)", "OCR l→1: suggest M.731"),
    ("ITU-T P.6l", "OCR: suggest P.61"),
    ("ITU-T G Suppl. 66 (13/2019)", "month"),
    ("ITU-T Suppl. 66", "series missing: 24 series could own it"),
    ("Supplement 66", "idem"),
    ("ITU-T G.707/Y", "second number incomplete"),
    ("ITU-T G.707//Y.1322", "empty"),
    ("ITU-T G.707/Y.1322/", "dangling slash"),
    ("ISO/IEC 8824-1", "foreign identifier → equivalents lookup"),
    ("RFC 6756", "foreign"),
    ("ITU-R P1546-6", "missing dot"),
    ("ITU-R P.1546-6-1", "two revisions"),
    ("ITU-R P.1546.6", "dot instead of hyphen"),
    ("ITU-R ZZ.100-1", "unknown series"),
    ("ITU-R RS.516-1-0", "catalogue typo"),
    ("ITU-R 241", "no SG: Question? Resolution? Handbook?"),
    ("ITU-R 241/0", "SG 0"),
    ("ITU-R M.[]", "empty tag"),
    ("ITU-R RS.1745/SA.1745", "dual ITU-R number: one catalogue slip"),
    ("Question 0/13", "0"),
    ("Q100/13", "3 digits"),
    ("Q6-13", "separator"),
    ("Q6/", "no SG"),
    ("X.509v3", "profile name, not an edition"),
    ("H.26x", "family nickname"),
    ("Q.1xxx", "family nickname"),
    ("C123", "meeting document, not a text (see §4)"),
    ("5D/123", "meeting document"),
    ("TD 12", "meeting document, group missing"),
    ("ITU-D Q4/2", "other Sector"),
]


@pytest.mark.parametrize(("text", "expected"), ACCEPTED, ids=[text for text, _ in ACCEPTED])
def test_accepted_text_has_its_parts(text: str, expected: dict[str, object]) -> None:
    assert parse_line(text) == {"text": text, **expected}


@pytest.mark.parametrize(("text", "expected"), ACCEPTED, ids=[text for text, _ in ACCEPTED])
def test_canonical_form_of_accepted_text_says_the_same(text: str, expected: dict[str, object]) -> None:
    identifier = parse(text)

    assert identifier is not None
    assert parse(format(identifier)) == identifier


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[text for text, _ in REFUSED])
def test_refused_text_is_no_identifier(text: str, why: str) -> None:
    assert parse_line(text) == {"text": text, "kind": None}, why


def test_number_of_a_final_draft_is_a_document_and_not_a_text() -> None:
    assert parse_line("ITU-R BT.6/BL/28")["kind"] == Kind.DRAFT_DOCUMENT


SUGGESTED = [
    ("G9804.1", "ITU-T G.9804.1"),
    ("ITU-T G9804", "ITU-T G.9804"),
    ("ITU-T g.107", "ITU-T G.107"),
    ("ITU-T H.265 V7", "ITU-T H.265 (V7)"),
    ("ITU-T M.73l (10/1976)", "ITU-T M.731 (10/1976)"),
    ("ITU-T P.6l", "ITU-T P.61"),
    ("ITU-R P1546-6", "ITU-R P.1546-6"),
    ("ITU-R P.1546.6", "ITU-R P.1546-6"),
    ("X.509v3", "ITU-T X.509"),
    ("C123", "C 123"),
    ("5D/123", "WP5D-C123"),
    ("TD 12", "TD 12"),
    ("ISO/IEC 8824-1", "ISO/IEC 8824-1"),
]


@pytest.mark.parametrize(("text", "first"), SUGGESTED)
def test_refused_text_may_have_a_suggestion(text: str, first: str) -> None:
    assert [format(suggestion.identifier) for suggestion in sloppy(text)][:1] == [first]


@pytest.mark.parametrize(
    "text", ["Supplement 66", "ITU-T Suppl. 66", "RFC 6756", "ITU-D Q4/2", "H.26x", "ITU-T G.", "ITU-R 241"]
)
def test_too_little_is_not_guessed(text: str) -> None:
    assert sloppy(text) == ()


def _readings(text: str, sector: str | None = None) -> list[str]:
    return [format(suggestion.identifier) for suggestion in sloppy(text, sector=sector)]


AMBIGUOUS = [
    ("BT.2020-1", ["ITU-R BT.2020-1", "Report ITU-R BT.2020-1"]),
    ("F.387-13", ["ITU-R F.387-13", "Report ITU-R F.387-13"]),
    ("S.1782-1", ["ITU-R S.1782-1", "Report ITU-R S.1782-1"]),
    ("P.10", ["ITU-T P.10", "ITU-R P.10", "Report ITU-R P.10"]),
    ("E.156", ["ITU-T E.156"]),
    ("ITU-T V.24 (07/2000)", ["ITU-T V.24 (07/2000)"]),
    ("ITU-T H.265 (V7)", ["ITU-T H.265 (V7)"]),
    ("T.80-series", ["ITU-T T.80-series"]),
    ("H.810-series", ["ITU-T H.810-series"]),
    ("E.100 series", ["ITU-T E.100-series"]),
    ("ITU-T G.664 (2012) Amd. 1", ["ITU-T G.664 (2012) Amd. 1"]),
    ("G.Imp", ["G.Imp"]),
    ("Q.6/13", ["Q6/13"]),
    ("Y Suppl. 58", ["ITU-T Y Suppl. 58"]),
    ("R.38 A", ["ITU-T R.38 A"]),
]


@pytest.mark.parametrize(("text", "readings"), AMBIGUOUS, ids=[text for text, _ in AMBIGUOUS])
def test_ambiguous_text_gives_each_reading(text: str, readings: list[str]) -> None:
    assert _readings(text) == readings


def test_bare_number_with_revision_belongs_to_itu_r() -> None:
    assert [format(identifier) for identifier in [parse("F.387-13")] if identifier] == ["ITU-R F.387-13"]
    assert parse("BT.2020-1") is None


def test_series_reference_is_no_document() -> None:
    assert [parse_line(text)["kind"] for text in ("T.80-series", "E.100 series", "Q.4xx-series")] == [Kind.SERIES] * 3


def test_imp_without_number_is_a_work_item() -> None:
    assert parse_line("G.Imp")["kind"] == Kind.WORK_ITEM


def test_reader_of_a_sector_sees_its_reading_first() -> None:
    assert _readings("P.10", sector="R") == ["ITU-R P.10", "Report ITU-R P.10", "ITU-T P.10"]


def test_reason_tells_the_reader_why() -> None:
    assert [suggestion.reason for suggestion in sloppy("P.10")] == [Reason.EXACT, Reason.SECTOR, Reason.SECTOR]
    assert [suggestion.reason for suggestion in sloppy("ITU-T P.6l")] == [Reason.MISREAD]
    assert isinstance(sloppy("C123")[0], Suggestion)
