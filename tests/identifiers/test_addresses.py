"""Addresses: the table of the design, both ways, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.identifiers import Identifier, Kind, address, family_key, from_address, parse, unnumbered
from tests.identifiers.test_forms import EVERY

ADDRESSES = [
    ("ITU-T G.9804.1", "/rec/T/G.9804.1"),
    ("ITU-T G.9804.1 (11/2019)", "/rec/T/G.9804.1/2019-11"),
    ("ITU-T G.9804.1 (2019)", "/rec/T/G.9804.1/2019"),
    ("ITU-T G.9804.1 (2012-10-29)", "/rec/T/G.9804.1/2012-10-29"),
    ("ITU-T G.9804.1 (2019) Amd. 2 (01/2024)", "/rec/T/G.9804.1/2019/amd/2"),
    ("ITU-T G.709/Y.1331 (06/2020)", "/rec/T/G.709/2020-06"),
    ("ITU-T H.265 (V7) (11/2019)", "/rec/T/H.265/2019-11"),
    ("ITU-T V.25 bis", "/rec/T/V.25bis"),
    ("ITU-T D.300 R (03/1995)", "/rec/T/D.300R/1995-03"),
    ("ITU-T Q.1912.5 D (08/2016)", "/rec/T/Q.1912.5D/2016-08"),
    ("ITU-T Q.732.2-5 (12/1999)", "/rec/T/Q.732.2-5/1999-12"),
    ("ITU-T G Suppl. 66 (07/2019)", "/rec/T/G.Sup66/2019-07"),
    ("ITU-T G Suppl. 39 (2006) Err. 1 (08/2006)", "/rec/T/G.Sup39/2006/err/1"),
    ("ITU-T E-800 series Suppl. 9 (10/2021)", "/rec/T/E.800SerSup9/2021-10"),
    ("ITU-T E.164 Suppl. 3 (2004) Amd. 1 (11/2009)", "/rec/T/E.164-Sup3/2004/amd/1"),
    ("ITU-T G.722.2 Annex C (2017) Cor. 1 (08/2018)", "/rec/T/G.722.2-AnnexC/2017/cor/1"),
    ("ITU-T G.729 Annex C+ (02/2000)", "/rec/T/G.729-AnnexC+/2000-02"),
    ("ITU-T G.722 (1988) App. IV (11/2009)", "/rec/T/G.722-AppIV/2009-11"),
    ("ITU-T G.726 App. II test vectors (03/1991)", "/rec/T/G.726-AppII-testvectors/1991-03"),
    ("ITU-T H.350 attachment (08/2003)", "/rec/T/H.350-Attachment/2003-08"),
    ("ITU-T G.Imp712", "/rec/T/G.Imp712"),
    ("ITU-T X.680 (1994) Amd. 1/Technical Cor. 1 (12/1997)", "/rec/T/X.680/1994/amd/1/cor/1"),
    ("ITU-T EMC-3 (1974) Amd. 2 (01/1995)", "/handbook/T/EMC-3/1974/amd/2"),
    ("HSTP.DLT-UC", "/paper/T/HSTP.DLT-UC"),
    ("Y.SC-OpenData", "/wi/Y.SC-OpenData"),
    ("Q11/17", "/group/SG17/Q11"),
    ("WP1/17", "/group/SG17/WP1"),
    ("WP 5D", "/group/R/WP5D"),
    ("ITU-R P.1546", "/rec/R/P.1546"),
    ("ITU-R P.1546-6 (08/2019)", "/rec/R/P.1546/6"),
    ("Report ITU-R M.2134", "/report/R/M.2134"),
    ("Report ITU-R M.2134-0", "/report/R/M.2134/0"),
    ("Question ITU-R 241/1", "/question/R/241-1"),
    ("Question ITU-R 241-3/5", "/question/R/241-5/3"),
    ("Resolution ITU-R 1", "/resolution/R/1"),
    ("Resolution ITU-R 1-9 (2023)", "/resolution/R/1/9"),
    ("WTSA Resolution 1 (Rev. New Delhi, 2024)", "/resolution/T/1"),
    ("Opinion ITU-R 100", "/opinion/R/100"),
    ("ITU-R 43.HDB (2013)", "/handbook/R/43/2013"),
    ("ITU-R BS.6/BL/28", "/draft/R/BS.6-BL-28"),
    ("PDNR ITU-R M.[IMT.VISION]", "/draft/R/M.[IMT.VISION]"),
    ("T25-SG15-C-0123", "/doc/T25-SG15-C123"),
    ("T25-SG15-C-0123!R2", "/doc/T25-SG15-C123/r2"),
    ("T25-SG15-260309-TD-GEN-0045", "/doc/T25-SG15-TD45-GEN"),
    ("R23-WP5D-C-0123", "/doc/R23-WP5D-C123"),
    ("R23-WP5D-TEMP-0045", "/doc/R23-WP5D-TEMP45"),
    ("5D/123-E", "/doc/R-WP5D-C123"),
    ("T25-SG15-Q2-260302-DOC3", "/doc/T25-SG15-Q2-260302-DOC3"),
    ("SG15-C123", "/doc/SG15-C123"),
    ("T13-WTSA.16-C-0046!A30!MSW-E", "/doc/T13-WTSA.16-C46/a30"),
    ("T25-SG13-LS123", "/liaison/T25-SG13-LS123"),
]


def _parsed(text: str) -> Identifier:
    identifier = parse(text)
    assert identifier is not None
    return identifier


@pytest.mark.parametrize(("text", "path"), ADDRESSES, ids=[text for text, _ in ADDRESSES])
def test_address_is_as_the_design_has_it(text: str, path: str) -> None:
    assert address(_parsed(text)) == path


@pytest.mark.parametrize("path", [path for _, path in ADDRESSES])
def test_address_leads_back_to_itself(path: str) -> None:
    identifier = from_address(path)

    assert identifier is not None
    assert address(identifier) == path


@given(st.one_of(*EVERY.values()))
def test_every_address_leads_back_to_itself(identifier: Identifier) -> None:
    path = address(identifier)
    read = from_address(path) if path else None

    assert path is None or (read is not None and address(read) == path)


@given(st.one_of(*EVERY.values()))
def test_what_an_address_names_is_of_the_same_family(identifier: Identifier) -> None:
    path = address(identifier)
    read = from_address(path) if path else None

    assert read is None or (read.kind, family_key(read)) == (identifier.kind, family_key(identifier))


def test_edition_gives_an_amendment_the_month_of_its_base() -> None:
    amendment, edition = _parsed("ITU-T G.9804.1 (2019) Amd. 1 (08/2021)"), _parsed("ITU-T G.9804.1 (11/2019)")

    path = address(amendment, edition=edition)

    assert path == "/rec/T/G.9804.1/2019-11/amd/1"
    assert from_address(path) == Identifier(
        Kind.AMENDMENT, "T", numbers=("G.9804.1",), base_year=2019, base_month=11, parts=amendment.parts
    )


def test_number_given_twice_has_its_own_date_last() -> None:
    first, second = (_parsed(f"ITU-T X.509 (2000) Technical Cor. 3 ({date})") for date in ("02/2003", "04/2004"))

    paths = [address(identifier, dated=True) for identifier in (first, second)]

    assert paths == ["/rec/T/X.509/2000/cor/3/2003-02", "/rec/T/X.509/2000/cor/3/2004-04"]
    assert [read.month for read in (from_address(path or "") for path in paths) if read] == [2, 4]


def test_second_number_has_an_address_of_its_own() -> None:
    assert from_address("/rec/T/Y.1331") == parse("ITU-T Y.1331")


def test_work_item_is_found_under_its_number_too() -> None:
    assert from_address("/wi/4711-Y.slice") == parse("Y.slice")


def test_refused_name_keeps_an_address() -> None:
    slip = unnumbered("ITU-R SA.1745/RS.1745", "R")

    assert address(slip) == "/text/R/SA.1745~RS.1745"
    assert from_address("/text/R/SA.1745~RS.1745") == slip


def test_report_and_recommendation_of_one_number_are_two_families() -> None:
    texts = ("ITU-R M.2134-0", "Report ITU-R M.2134-0", "ITU-T M.2134")

    assert [family_key(_parsed(text)) for text in texts] == ["R/M.2134", "R/report/M.2134", "T/M.2134"]


FAMILIES = [
    ("ITU-T G.709/Y.1331 (2016) Amd. 3", "T/G.709"),
    ("ITU-T G.722.2 Annex C (2017) Cor. 1", "T/G.722.2"),
    ("ITU-T E.164 Suppl. 3 (2004) Amd. 1", "T/E.164"),
    ("ITU-T G Suppl. 39 (2006) Err. 1", "T/G.Sup39"),
    ("ITU-T E-800 series Suppl. 9", "T/E.800SerSup9"),
    ("Question ITU-R 241-3/5", "R/question/241-5"),
    ("Resolution ITU-R 1-9", "R/resolution/1"),
    ("ITU-R 43.HDB", "R/handbook/43"),
    ("HSTP.DLT-UC", "T/paper/HSTP.DLT-UC"),
    ("Q11/17", None),
    ("SG13-C123", None),
    ("T.80-series", None),
]


@pytest.mark.parametrize(("text", "key"), FAMILIES)
def test_family_is_what_all_editions_share(text: str, key: str | None) -> None:
    assert family_key(_parsed(text)) == key


NO_ADDRESSES = [
    "",
    "/",
    "/rec",
    "/rec/T",
    "/rec/T/",
    "/rec/X/G.709",
    "/rec/T/g.709",
    "/rec/T/W.1",
    "/rec/T/G.709/2020-13",
    "/rec/T/G.709/20",
    "/rec/T/G.709/2020-06/amd",
    "/rec/T/G.709/2020-06/amd/0",
    "/rec/T/G.709/2020-06/amd/1/cor/1/err/1",
    "/rec/T/G.709/on/2020-01-01",
    "/rec/R/M.2134/0/0",
    "/rec/R/M.2134-0",
    "/report/T/M.2134",
    "/question/R/241",
    "/question/R/241-1/x",
    "/resolution/R/\u0661",
    "/rec/T/G.\u0661",
    "/rec/R/P.\u0661",
    "/question/R/\u0661-1",
    "/doc/C123",
    "/doc/T25-SG13-LS123",
    "/liaison/SG15-C123",
    "/group/SG15",
    "/wi/../../etc/passwd",
    "/rec/T/..%2f..%2fetc",
    "/rec/T/G.709%00",
    "rec/T/G.709",
    "/rec/T/" + "G" * 10_000,
]


@pytest.mark.parametrize("path", NO_ADDRESSES, ids=[path[:40] for path in NO_ADDRESSES])
def test_other_paths_are_no_address(path: str) -> None:
    assert from_address(path) is None
