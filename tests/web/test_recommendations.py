"""Pages of Recommendations: lists, records, days, forms; what is typed wrong is answered in words."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from lxml import html
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.recommendations import actions
from sgdocs.recommendations.schemas import PatentForm
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import sign_in
from tests.recommendations.catalogue import SOME, bring, t, write
from tests.work_programme.items import registered

pytestmark = pytest.mark.databases("sqlite")
NASTY = '=HYPERLINK("http://evil") <script>alert(1)</script>'


@pytest.fixture(autouse=True)
def catalogue(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, [*SOME, t("ITU-T Z.1 (2019)", title=NASTY), t("ITU-T I.351/Y.1501 (07/2004)"), t("ITU-T G.820/I.351 (07/2004)")]))  # fmt: skip


@pytest.fixture
def office(client: TestClient, make: Make, cast: Cast) -> TestClient:
    """A browser in which the secretariat is signed in."""
    make.account(cast.tsb.person)
    make.session.commit()
    sign_in(client, cast.tsb.person)
    return client


def main(text: str) -> html.HtmlElement:
    return html.fromstring(text).get_element_by_id("content")


def words(text: str) -> str:
    return " ".join(main(text).text_content().split())


def cells(text: str) -> list[list[str]]:
    return [[" ".join(td.text_content().split()) for td in tr.iter("td")] for tr in main(text).iter("tr") if tr.find("td") is not None]  # fmt: skip


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    told: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        told.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield told
    event.remove(database.engine, "before_cursor_execute", note)


PAGES = (
    "/rec", "/rec/T", "/rec/T/G", "/rec/R", "/report/R", "/question/R", "/rec/T/G?status=in-force&sort=-approved",
    "/rec/T/G.709", "/rec/T/G.709/2020-06", "/rec/T/G.709/2020-06/amd/3", "/rec/T/G.709/history", "/rec/T/G.709/patents",
    "/rec/T/G.709/on", "/rec/T/G.709/on/2019-05-01", "/rec/T/G.722.2-AnnexC", "/rec/T/G.722.2-AnnexC/2002-01",
    "/rec/T/G.722.2-AnnexC/on/2003-01-01", "/rec/R/P.1546", "/rec/R/P.1546/5", "/report/R/M.2134", "/rec/R/M.2134",
    "/question/R/241-5", "/draft/R/BS.6-BL-3", "/rec/T/G.664/2012/amd/1", "/rec/T/Z.1", "/rec/T/X.1280",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_few_queries(client: TestClient, database: Database, address: str) -> None:
    client.get("/rec")
    with counting(database) as told:
        answer = client.get(address, follow_redirects=False)

    assert answer.status_code == 200
    assert len([s for s in told if not s.startswith(("BEGIN", "ROLLBACK"))]) <= 12


def test_record_names_the_work_items_that_change_it(client: TestClient, make: Make, cast: Cast) -> None:
    cast.summon("rapporteur")
    registered(cast, acronym="G.709 Amd.9", version="amendment", version_part="9", text="G.709")
    make.session.commit()

    listed = main(client.get("/rec/T/G.709").text).xpath(".//section[@aria-labelledby='items']//li")

    assert [" ".join(each.text_content().split()) for each in listed] == ["G.709 Amd.9 Slices of networks in tests"]
    assert not main(client.get("/rec/T/G.820").text).xpath(".//section[@aria-labelledby='items']")


def test_entry_shows_series_with_counts_and_titles(client: TestClient) -> None:
    rows = cells(client.get("/rec").text)

    assert ["G", "Transmission systems and media, digital systems and networks", "7", "5"] in rows
    assert ["P", "Radiowave propagation", "1", "1"] in rows


def test_list_is_sorted_by_value_and_filtered(client: TestClient) -> None:
    numbers = [row[0] for row in cells(client.get("/rec/T/G").text)]

    assert numbers == ["G.9", "G.10", "G.664", "G.709/Y.1331", "G.722.2", "G.820/I.351", "G Suppl. 66"]
    assert [row[0] for row in cells(client.get("/rec/T/G?status=withdrawn").text)] == ["G.10"]
    assert "Nothing fits these filters" in client.get("/rec/T/G?year=1850").text


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("?sector=T", "/rec/T"),
        ("?sector=R&q=", "/rec/R"),
        (
            "?year=2019&sector=T&q=a%26b+%C3%A9&status=in-force&page=2",
            "/rec/T?status=in-force&year=2019&q=a%26b+%C3%A9",
        ),
    ],
)
def test_sector_in_the_query_leads_to_its_list(client: TestClient, asked: str, goes: str) -> None:
    answer = client.get(f"/rec{asked}", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (301, goes)


def test_htmx_gets_the_rows_alone(client: TestClient) -> None:
    part = client.get("/rec/T/G?status=withdrawn", headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert "G.10" in part


def test_record_says_how_it_stands_and_what_to_read_with_it(client: TestClient) -> None:
    said = words(client.get("/rec/T/G.709").text)

    assert "In force since 6 Jun 2020. Read it with Corrigendum 1, Amendment 3." in said
    assert "[ITU-T G.709/Y.1331]" in said
    assert "Recommendation ITU-T G.709/Y.1331 (06/2020), Title of ITU-T G.709/Y.1331 (06/2020), with Corrigendum 1 (2022), Amendment 3 (2024)." in said  # fmt: skip


def test_superseded_edition_names_its_successor(client: TestClient) -> None:
    page = client.get("/rec/T/G.709/2016-06").text

    assert "Superseded by ITU-T G.709/Y.1331 (06/2020), approved 6 Jun 2020." in words(page)
    assert 'href="/rec/T/G.709/2020-06"' in page


def test_timeline_has_a_bar_for_each_edition_and_a_table(client: TestClient) -> None:
    page = main(client.get("/rec/T/G.709").text)

    [picture] = [svg for svg in page.iter("svg") if svg.get("role") == "img"]
    bars = list(picture.iter("rect"))
    assert len(bars) == 5
    assert all(float(bar.get("width")) > 0 for bar in bars)
    assert "ITU-T G.709/Y.1331 (06/2016), Superseded." in picture.find("desc").text
    assert len(cells(client.get("/rec/T/G.709").text)) >= 6


def test_editions_stand_newest_first_with_their_parts_below(client: TestClient) -> None:
    names = [row[0] for row in cells(client.get("/rec/T/G.709").text)]

    assert names[:4] == [
        "ITU-T G.709/Y.1331 (06/2020)",
        "– ITU-T G.709/Y.1331 (2020) Amd. 3 (03/2024)",
        "– ITU-T G.709/Y.1331 (2020) Cor. 1 (01/2022)",
        "ITU-T G.709/Y.1331 (06/2016)",
    ]


def test_markup_in_titles_is_text(client: TestClient) -> None:
    for address in ("/rec/T/Z.1", "/rec/T/Z", "/rec/T/Z.1/2019"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2019-05-01", "Yes ITU-T G.709/Y.1331 (06/2016) was in force. Later edition: ITU-T G.709/Y.1331 (06/2020)."),
        ("2001-01-01", "No Nothing was in force yet. First edition: ITU-T G.709/Y.1331 (02/2012)."),
        ("2099-01-01", "Not known This day has not come yet."),
    ],
)
def test_day_is_answered_yes_no_or_not_known(client: TestClient, day: str, said: str) -> None:
    assert said in words(client.get(f"/rec/T/G.709/on/{day}").text)


def test_day_of_the_form_becomes_an_address(client: TestClient) -> None:
    answer = client.get("/rec/T/G.709/on?date=2019-05-01", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (302, "/rec/T/G.709/on/2019-05-01")


@pytest.mark.parametrize(
    ("address", "goes"),
    [
        ("/rec/T/Y.1331", "/rec/T/G.709"),
        ("/rec/T/Y.1331/2020-06/amd/3", "/rec/T/G.709/2020-06/amd/3"),
        ("/rec/T/Y.1331.bib", "/rec/T/G.709.bib"),
        ("/rec/t/g.709?x=1", "/rec/T/G.709?x=1"),
        ("/rec/T/G.709/2020", "/rec/T/G.709/2020-06"),
        ("/rec/T/G.709/2020-06-06", "/rec/T/G.709/2020-06"),
        ("/rec/T/G.709/2020/amd/3", "/rec/T/G.709/2020-06/amd/3"),
        ("/rec/T/g.722.2-AnnexC", "/rec/T/G.722.2-AnnexC"),
    ],
)
def test_other_spellings_go_to_the_address(client: TestClient, address: str, goes: str) -> None:
    answer = client.get(address, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (302, goes)


def test_number_of_two_families_is_a_choice(client: TestClient) -> None:
    answer = client.get("/rec/T/I.351", follow_redirects=False)
    assert answer.status_code == 200  # it is the first number of one family

    answer = client.get("/rec/T/i.351", follow_redirects=False)
    assert answer.status_code == 300
    assert 'href="/rec/T/G.820"' in answer.text


@pytest.mark.parametrize(
    ("address", "offers"),
    [("/rec/T/G.70", ""), ("/rec/T/G709", "/rec/T/G.709"), ("/rec/T/G.709/1850-01", "/rec/T/G.709/2020-06"), ("/rec/T/G.709.9", "/rec/T/G.709"), ("/rec/T/G", "")],
)  # fmt: skip
def test_unknown_identifier_offers_what_was_meant(client: TestClient, address: str, offers: str) -> None:
    answer = client.get(address, follow_redirects=False)

    if offers and answer.status_code == 302:
        assert answer.headers["location"] == offers
    elif offers:
        assert answer.status_code == 404
        assert f'href="{offers}"' in answer.text
    else:
        assert answer.status_code in (200, 404)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/rec/T/G?year=abc", 422), ("/rec/T/G?status=valid", 422), ("/rec/T/G?kind=poem", 422), ("/rec/T/G?number=0", 422),
        ("/rec/T/G?sort=colour", 422), ("/rec/T/G?language=de", 422), ("/rec/T/G?group=' OR 1=1", 422),
        ("/rec/T/G?q=" + "x" * 201, 422), ("/rec/T/G.709/on/2019-13-01", 422), ("/rec/T/G.709/on/never", 422),
        ("/rec/T/G.709/on?date=1", 422), ("/rec/X/G.709", 404), ("/rec/T/G.709/2020-06/amd/99", 404), ("/rec/T/%00", 404),
        ("/rec/T/G.709/a/b/c/d/e/f", 404), ("/rec/T/" + "G." * 900, 404), ("/rec.pdf", 404), ("/rec/T/G.709/on/2019-01-01.bib", 404),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_words(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)

    assert answer.status_code == status
    assert "/help/rules/" in answer.text


@pytest.mark.parametrize("ending", ["json", "bib", "ris", "csl.json", "relaton.yaml", "csv", "xlsx"])
@pytest.mark.parametrize(
    "address", ["/rec/T/G.709", "/rec/T/G.709/2020-06/amd/3", "/rec/T/G", "/rec/T", "/rec", "/report/R"]
)
def test_every_record_and_list_has_every_export(client: TestClient, address: str, ending: str) -> None:
    answer = client.get(f"{address}.{ending}?status=in-force" if address == "/rec/T" else f"{address}.{ending}")

    assert answer.status_code == 200
    assert answer.content
    if ending.endswith("json"):
        json.loads(answer.content)


def test_no_cell_of_an_export_starts_a_formula(client: TestClient) -> None:
    table = list(csv.reader(io.StringIO(client.get("/rec/T/Z.csv").content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/rec/T/Z.xlsx").content)).active
    assert sheet is not None

    told = [cell for row in table for cell in row] + [str(c.value) for row in sheet.iter_rows() for c in row]
    assert f"'{NASTY}" in told
    assert [cell for cell in told if cell.startswith(("=", "+", "-", "@"))] == []


def test_list_export_keeps_the_filters(client: TestClient) -> None:
    told = json.loads(client.get("/rec/T/G.json?status=withdrawn").content)

    assert [item["identifier"] for item in told["items"]] == ["ITU-T G.10"]


def test_patents_are_shown_with_their_option(client: TestClient, act: Act) -> None:
    actions.declare_patent(act, "ITU-T G.709", PatentForm(holder="<Holder>", option="2", declared="2021-03"))
    act.session.commit()

    assert ["<Holder>", "2: reasonable terms, without discrimination", "", "March 2021"] in cells(client.get("/rec/T/G.709/patents").text)  # fmt: skip
    assert "1 received" in words(client.get("/rec/T/G.709").text)


@pytest.mark.parametrize(
    "address", ["/rec/new", "/rec/T/G.709/2020-06/edit", "/rec/T/G.709/2020-06/withdrawal", "/office/flags"]
)
def test_forms_are_for_the_secretariat(client: TestClient, address: str) -> None:
    assert client.get(address, follow_redirects=False).headers["location"].startswith("/login")
    assert "/edit" not in client.get("/rec/T/G.709").text


def test_text_is_added_by_the_form(office: TestClient) -> None:
    answer = office.post("/rec/new", data={"identifier": "ITU-T K.1 (03/2026)", "title": "Earthing", "status": "in-force", "approved": "2026-03-01"}, follow_redirects=False)  # fmt: skip

    assert (answer.status_code, answer.headers["location"]) == (303, "/rec/T/K.1/2026-03")
    assert "Earthing" in office.get("/rec/T/K.1").text


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (
            {"identifier": "ITU-T K.1 (03/2026)", "approved": "soon", "status": "in-force"},
            422,
            "2019-11-22, 2019-11 or 2019",
        ),
        ({"identifier": "", "status": "in-force"}, 422, "identifier"),
        ({"identifier": "ITU-T G.709/Y.1331 (06/2020)", "status": "in-force"}, 409, "exists already"),
        ({"identifier": "ITU-T G.709 (02/2026)", "status": "in-force"}, 409, "At most one full edition"),
        ({"identifier": "ITU-T K.1 (03/2026)", "status": "nonsense"}, 422, "status"),
    ],
)
def test_wrong_form_comes_back_with_what_was_typed(
    office: TestClient, data: dict[str, str], status: int, said: str
) -> None:
    answer = office.post("/rec/new", data=data | {"title": "Kept words"}, follow_redirects=False)

    assert answer.status_code == status
    assert said in answer.text
    assert 'value="Kept words"' in answer.text


def test_correction_stands_in_the_history(office: TestClient) -> None:
    form = main(office.get("/rec/T/G.709/2020-06/edit").text).forms[-1]
    values = dict(form.form_values())
    assert values["approved"] == "2020-06-06"

    answer = office.post("/rec/T/G.709/2020-06/edit", data=values | {"title": "Better <b>", "reason": "Misspelt"}, follow_redirects=False)  # fmt: skip

    assert (answer.status_code, answer.headers["location"]) == (303, "/rec/T/G.709/2020-06")
    said = words(office.get("/rec/T/G.709/history").text)
    assert "Corrected ITU-T G.709/Y.1331 (06/2020): Misspelt" in said
    assert "Title: Title of ITU-T G.709/Y.1331 (06/2020) Better <b>" in said


def test_correction_of_what_changed_meanwhile_comes_back(office: TestClient) -> None:
    values = dict(main(office.get("/rec/T/G.709/2020-06/edit").text).forms[-1].form_values())

    answer = office.post("/rec/T/G.709/2020-06/edit", data=values | {"seen": "2020-01-01T00:00:00+00:00"})

    assert answer.status_code == 409
    assert "Somebody was faster" in answer.text


def test_withdrawal_shows_what_will_happen_then_does_it(office: TestClient) -> None:
    assert "ITU-T G.709/Y.1331 (2020) Amd. 3 (03/2024) goes with it" in words(office.get("/rec/T/G.709/2020-06/withdrawal").text)  # fmt: skip
    assert office.post("/rec/T/G.709/2020-06/withdrawal", data={"on": "2026-03-02", "reason": ""}).status_code == 409

    office.post("/rec/T/G.709/2020-06/withdrawal", data={"on": "2026-03-02", "reason": "Out of use"})

    assert "Withdrawn Withdrawn on 2 Mar 2026." in words(office.get("/rec/T/G.709").text)


def test_flagged_imports_are_listed_and_lead_to_the_form(office: TestClient) -> None:
    page = office.get("/office/flags")

    assert "inv-1" in page.text
    assert 'href="/rec/T/X.1280/2024-03/edit"' in page.text
    assert "Flagged" in words(office.get("/rec/T/X.1280").text)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_answer_in_other_languages(client: TestClient, language: str) -> None:
    client.cookies.set("lang", language)

    for address in ("/rec", "/rec/T/G", "/rec/T/G.709", "/rec/T/G.709/on/2019-05-01"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.text[:200]
