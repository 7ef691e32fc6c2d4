"""Families, lines and addresses. Source: design 2."""

import pytest

from sgdocs.identifiers import address, parse
from sgdocs.recommendations.placing import Place, address_of, place, unknown_above
from sgdocs.recommendations.rules import Kind


def placed(name: str) -> Place:
    identifier = parse(name)
    assert identifier is not None
    found = place(identifier)
    assert found is not None
    return found


def free(address: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("name", "family", "own"),
    [
        ("ITU-T G.9804.1 (11/2019)", "/rec/T/G.9804.1", "/rec/T/G.9804.1/2019-11"),
        ("ITU-T G.709/Y.1331 (06/2020)", "/rec/T/G.709", "/rec/T/G.709/2020-06"),
        ("ITU-T V.25 bis (11/1988)", "/rec/T/V.25bis", "/rec/T/V.25bis/1988-11"),
        ("ITU-T G Suppl. 66 (07/2019)", "/rec/T/G.Sup66", "/rec/T/G.Sup66/2019-07"),
        ("ITU-T G.722.2 Annex C (07/2003)", "/rec/T/G.722.2", "/rec/T/G.722.2-AnnexC/2003-07"),
        ("ITU-T E.164 Suppl. 3 (05/2004)", "/rec/T/E.164", "/rec/T/E.164-Sup3/2004-05"),
        ("ITU-T D.609R (02/2025)", "/rec/T/D.609R", "/rec/T/D.609R/2025-02"),
        ("ITU-R P.1546-6", "/rec/R/P.1546", "/rec/R/P.1546/6"),
        ("Report ITU-R M.2134-0", "/report/R/M.2134", "/report/R/M.2134/0"),
        ("Question ITU-R 241-3/1", "/question/R/241-1", "/question/R/241-1/3"),
        ("Resolution ITU-R 1-9 (2023)", "/resolution/R/1", "/resolution/R/1/9"),
        ("ITU-R 43.HDB (2013)", "/handbook/R/43", "/handbook/R/43/2013"),
    ],
)
def test_texts_have_the_addresses_of_the_design(name: str, family: str, own: str) -> None:
    where = placed(name)

    assert (where.address, address_of(where, where.line_address, "", free)) == (family, own)


@pytest.mark.parametrize(
    "name",
    ["ITU-T G.9804.1 (11/2019)", "ITU-T G.722.2 App. I (01/2002)", "ITU-R BT.2020-2", "ITU-T Q.1912.5 D (08/2016)", "ITU-T G.Imp712 (2017)"],
)  # fmt: skip
def test_addresses_agree_with_the_engine_of_identifiers(name: str) -> None:
    identifier = parse(name)
    assert identifier is not None

    assert address_of(placed(name), placed(name).line_address, "", free) == address(identifier)


def test_amendment_stands_below_its_edition() -> None:
    where = placed("ITU-T G.9804.1 (2019) Amd. 2 (01/2024)")

    assert address_of(where, "/rec/T/G.9804.1/2019-11", "", free) == "/rec/T/G.9804.1/2019-11/amd/2"
    assert unknown_above(where) == "/rec/T/G.9804.1/2019"


def test_corrigendum_to_an_amendment_of_an_unknown_edition() -> None:
    where = placed("ITU-T X.680 (1994) Amd. 1/Technical Cor. 1 (12/1997)")

    assert address_of(where, unknown_above(where), "", free) == "/rec/T/X.680/1994/amd/1/cor/1"


def test_second_edition_of_a_month_gets_its_day_then_a_counter() -> None:
    where, line = placed("ITU-T G.664 (10/2012)"), "/rec/T/G.664"
    taken = {f"{line}/2012-10"}

    assert address_of(where, line, "2012-10-29", taken.__contains__) == f"{line}/2012-10-29"
    taken.add(f"{line}/2012-10-29")
    assert address_of(where, line, "2012-10-29", taken.__contains__) == f"{line}/2012-10-29-2"


def test_recommendation_and_report_of_one_number_are_two_families() -> None:
    assert placed("ITU-R M.2134-0").key != placed("Report ITU-R M.2134-0").key
    assert placed("ITU-R P.310-9").key != placed("ITU-T P.310 (05/1996)").key


def test_families_sort_by_series_then_number_then_supplements() -> None:
    names = ["ITU-T G Suppl. 9", "ITU-T G.10", "ITU-T G.9.2", "ITU-T H.1", "ITU-T G Suppl. 39", "ITU-T G.Imp712"]

    assert sorted(names, key=lambda name: placed(name).sort_key) == [
        "ITU-T G.9.2", "ITU-T G.10", "ITU-T G Suppl. 9", "ITU-T G Suppl. 39", "ITU-T G.Imp712", "ITU-T H.1",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["SG13-C123", "Y.SC-OpenData", "Q6/13", "C 123"])
def test_what_is_no_published_text_has_no_place(name: str) -> None:
    identifier = parse(name)

    assert identifier is None or place(identifier) is None


def test_part_keeps_its_kind_and_number() -> None:
    where = placed("ITU-T G.722.2 Annex C (2017) Cor. 1 (08/2018)")

    assert (where.kind, where.part, where.apart, where.base_year) == (Kind.CORRIGENDUM, "1", "AnnexC", 2017)
