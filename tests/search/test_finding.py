"""What a number names, from the database alone."""

import pytest

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.recommendations.models import Family
from sgdocs.search.finding import resolve
from tests.make import Make
from tests.search.conftest import Add


@pytest.fixture(autouse=True)
def catalogue(add: Add, make: Make) -> None:
    add("ITU-T G.652 (06/2005)", "Fibre", approved="2005-06-29", status="superseded")
    add("ITU-T G.652 (11/2016)", "Fibre", approved="2016-11-13")
    add("ITU-T G.709/Y.1331 (06/2020)", "Interfaces", approved="2020-06-22")
    add("ITU-T G.709/Y.1331 (2020) Amd. 2 (11/2022)", "", approved="2022-11-13")
    add("ITU-T P.341 (03/2011)", "Terminals", approved="2011-03-16")
    add("ITU-R P.341-7", "Transmission loss", approved="2019-08")
    add("ITU-R M.2134-0", "A Recommendation", approved="2019")
    add("Report ITU-R M.2134-0", "A Report", approved="2008-11")
    add("ITU-T Y.4461 (01/2020)", "Open data", approved="2020-01-13", former_names="Y.SC-OpenData")
    add("ITU-T H.222.0 (08/2018)", "Systems", approved="2018-08-29", iso_iec="ISO/IEC 13818-1")
    make.group("T/SG15")
    make.group("R/WP5D")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("G.652", "/rec/T/G.652"),
        ("g 652", "/rec/T/G.652"),
        ("Rec. ITU-T G.652", "/rec/T/G.652"),
        ("Recommandation UIT-T G.652", "/rec/T/G.652"),
        ("Рекомендация МСЭ-T G.652", "/rec/T/G.652"),
        ("G.652 (2005)", "/rec/T/G.652/2005-06"),
        ("ITU-T G.652 (11/2016)", "/rec/T/G.652/2016-11"),
        ("Y.1331", "/rec/T/G.709"),
        ("G.709 Amd. 2", "/rec/T/G.709/2020-06/amd/2"),
        ("T-REC-G.652-201611-I!!PDF-E.pdf", "/rec/T/G.652/2016-11"),
        ("Report ITU-R M.2134", "/report/R/M.2134"),
        ("ISO/IEC 13818-1", "/rec/T/H.222.0"),
        ("Y.SC-OpenData", "/rec/T/Y.4461"),
        ("sg 15", "T/SG15"),
        ("wp5d", "R/WP5D"),
    ],
)
def test_number_in_any_spelling_names_one_record(act: Act, typed: str, address: str) -> None:
    found = resolve(act, typed)

    assert [target.address for target in found.targets] == [address]
    assert found.certain


def test_number_of_two_sectors_is_asked_about(act: Act) -> None:
    assert [t.address for t in resolve(act, "P.341").targets] == ["/rec/T/P.341", "/rec/R/P.341"]
    assert [t.address for t in resolve(act, "P.341", sector="R").targets] == ["/rec/R/P.341", "/rec/T/P.341"]


def test_recommendation_and_report_of_one_number_are_both_offered(act: Act) -> None:
    assert {t.address for t in resolve(act, "M.2134-0").targets} == {"/rec/R/M.2134/0", "/report/R/M.2134/0"}


@pytest.mark.parametrize(
    "typed", ["", " ", "diffraction", "fibre", "TEST", "G.", "9999", "x" * 5000, "\x00", "%", "' OR 1=1"]
)
def test_ordinary_words_name_nothing(act: Act, typed: str) -> None:
    assert resolve(act, typed).targets == ()


def test_number_that_is_not_for_the_reader_is_not_found(act: Act, add: Add) -> None:
    text = add("ITU-T G.9999 (01/2026)", "Draft", approved="2026-01")
    assert resolve(act, "G.9999").certain

    act.session.get_one(Family, text.family_id).audience = "secretariat"
    act.session.flush()

    assert resolve(Act(act.session, Actor.anonymous(), act.now), "G.9999").targets == ()
    assert resolve(act, "G.9999").certain
