"""The work programme as a list, by target date, its radar and exports; the work of a group."""

import csv
import io
from datetime import date

import pytest
from lxml.html import HtmlElement
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.web import urls
from sgdocs.work_programme import actions
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.queries import handle
from sgdocs.work_programme.schemas import EditForm
from tests.cast import Cast, Player
from tests.documents.papers import paper
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.support.databases import Clock
from tests.work_programme.items import meeting, proposed, registered

pytestmark = pytest.mark.databases("sqlite")


def as_(client: TestClient, make: Make, player: Player) -> TestClient:
    make.account(player.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def names(text: str) -> list[str]:
    """The items of the table, in its order."""
    return [row.text_content() for row in tree(text).xpath('//table//th[@scope="row"]/a[@class="id"]')]


@pytest.fixture
def items(make: Make, cast: Cast) -> dict[str, WorkItem]:
    other = make.group("T/SG13/T25/Q3", title="Clouds", working_party=cast.wp1)
    make.group("T/SG15")
    found = {
        "slice": registered(cast, priority="high", liaison_to=["SG11", "3GPP SA2"]),
        "cloud": registered(
            cast, question=other.path, acronym="Y.cloud", title="Clouds in tests", timing="2026-01", summary="Fog."
        ),
        "study": registered(cast, acronym="TR.slice", title="A study", kind="technical-report", process="agreement"),
        "asked": proposed(cast, acronym="Y.asked", title="Asked for", accept=True),
    }
    found["study"].timing, found["study"].timing_on = "", None
    gone = registered(cast, acronym="Y.gone", title="Given up")
    held = meeting(make, date(2026, 2, 2))
    actions.discontinue(cast.tsb.act, gone, held, "Nobody works on it.")
    make.session.commit()
    return found | {"gone": gone}


def test_list_shows_what_is_at_work_by_name(client: TestClient, items: dict[str, WorkItem]) -> None:
    answer = client.get("/wi")

    assert answer.status_code == 200
    assert names(answer.text) == ["TR.slice", "Y.asked", "Y.cloud", "Y.slice"]
    assert "4 work items" in content(answer.text)


def test_list_by_name_is_in_natural_order_after_a_change_of_name(
    client: TestClient, items: dict[str, WorkItem], make: Make, cast: Cast
) -> None:
    for name in ("G.9804 Amd.10", "g.672rev", "G.9804 Amd.9"):
        registered(cast, acronym=name, title=f"About {name}")
    actions.edit(cast.tsb.act, items["cloud"], EditForm(acronym="G.cloud"))
    make.session.commit()

    wanted = ["g.672rev", "G.9804 Amd.9", "G.9804 Amd.10", "G.cloud", "TR.slice", "Y.asked", "Y.slice"]
    assert names(client.get("/wi").text) == wanted
    assert [row["acronym"] for row in client.get("/api/v1/work-items?limit=3").json()["items"]] == wanted[:3]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=deleted", ["Y.gone"]),
        ("status=any", ["TR.slice", "Y.asked", "Y.cloud", "Y.gone", "Y.slice"]),
        ("status=under-study&status=deleted", ["TR.slice", "Y.cloud", "Y.gone", "Y.slice"]),
        ("question=Q3/13", ["Y.cloud"]),
        ("question=3/13", ["Y.cloud"]),
        ("group=WP1/13&kind=technical-report", ["TR.slice"]),
        ("group=SG13&process=agreement", ["TR.slice"]),
        ("group=sg15", []),
        ("q=fog", ["Y.cloud"]),
        ("acronym=Y.SLICE", ["Y.slice"]),
        ("title=clouds", ["Y.cloud"]),
        ("summary=fog", ["Y.cloud"]),
        ("base=chapter", ["TR.slice", "Y.asked", "Y.cloud", "Y.slice"]),
        ("editor=blotter", ["TR.slice", "Y.asked", "Y.cloud", "Y.slice"]),
        ("editor=nobody", []),
        ("supporter=borduria&priority=high", ["Y.slice"]),
        ("liaison=3GPP", ["Y.slice"]),
        ("timing_from=2026-01-01&timing_to=2026-12-31", ["Y.cloud"]),
        ("registered_since=2026-03-02", ["TR.slice", "Y.asked", "Y.cloud", "Y.slice"]),
        ("registered_since=2026-03-03", []),
        ("approved_from=2026-01-01", []),
        ("period=T25&version=new", ["TR.slice", "Y.asked", "Y.cloud", "Y.slice"]),
        ("period=T22", []),
        ("sort=-name&process=aap", ["Y.slice", "Y.cloud", "Y.asked"]),
        ("sort=timing&process=aap", ["Y.cloud", "Y.asked", "Y.slice"]),
    ],
)
def test_list_is_filtered_as_asked(
    client: TestClient, items: dict[str, WorkItem], query: str, expected: list[str]
) -> None:
    answer = client.get(f"/wi?{query}")

    assert (answer.status_code, names(answer.text)) == (200, expected)
    assert [row["acronym"] for row in client.get(f"/wi.json?{query}").json()["items"]] == expected


@pytest.mark.parametrize(
    "query", ["sector=X", "status=asleep", "kind=song", "sort=colour", "group=SG99", "timing_from=soon", "question=x"]
)
def test_filter_that_means_nothing_is_refused(client: TestClient, items: dict[str, WorkItem], query: str) -> None:
    assert client.get(f"/wi?{query}").status_code in (400, 422)


def test_chosen_filter_can_be_dropped(client: TestClient, items: dict[str, WorkItem]) -> None:
    page = tree(client.get("/wi?status=under-study&status=deleted&q=slice&sort=-name").text)

    links = {each.text_content(): each.get("href") for each in page.xpath('//p[@class="chosen"]/a')}
    assert links["slice"] == "/wi?status=under-study&status=deleted&sort=-name"
    assert links["Discontinued"] == "/wi?q=slice&status=under-study&sort=-name"
    assert links["Drop all"] == "/wi"


def test_fragment_of_the_list_is_its_rows(client: TestClient, items: dict[str, WorkItem]) -> None:
    answer = client.get("/wi?q=fog", headers={"HX-Request": "true"})

    assert "<html" not in answer.text
    assert names(f"<div>{answer.text}</div>") == ["Y.cloud"]


def test_list_by_question_has_a_heading_for_each(client: TestClient, items: dict[str, WorkItem]) -> None:
    page = tree(client.get("/wi?sort=question").text)

    assert [each.text_content() for each in page.xpath('//tr[@class="group"]')] == ["Q2/13", "Q3/13"]


def test_export_has_the_columns_of_the_public_list(client: TestClient, items: dict[str, WorkItem]) -> None:
    answer = client.get("/wi.csv?q=Y.slice")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Work Item"] for row in rows] == ["Y.slice"]
    assert rows[0]["Timing"] == "2027-Q2 (High priority)"
    assert rows[0]["Liaison relationship"] == "SG11; 3GPP SA2"
    assert client.get("/wi.xlsx").content.startswith(b"PK")


# By target date


def marks(page: HtmlElement) -> dict[str, str]:
    """Class of each mark, by the words beside it."""
    return {each.xpath("string(text)"): each.get("class") for each in picture(page).xpath(".//a")}


def picture(page: HtmlElement) -> HtmlElement:
    (found,) = page.xpath('//*[contains(@class, "work-chart")]')
    return found  # type: ignore[no-any-return]


def test_chart_marks_each_item_that_has_a_target(client: TestClient, items: dict[str, WorkItem]) -> None:
    page = tree(client.get("/wi/chart").text)

    assert marks(page) == {"Y.slice": "is-progress", "Y.cloud": "is-stopped", "Y.asked": "is-needs"}
    groups = [each.text_content().split() for each in page.xpath('//tr[@class="group"]')]
    assert groups == [["2026-Q1", "1"], ["2027-Q2", "2"], ["Without", "a", "target", "date", "1"]]
    assert names(client.get("/wi/chart").text) == ["Y.cloud", "Y.asked", "Y.slice", "TR.slice"]


def test_chart_of_a_group_shows_its_meetings(client: TestClient, make: Make, items: dict[str, WorkItem]) -> None:
    meeting(make, date(2026, 11, 9))
    make.session.commit()

    assert "SG13" in picture(tree(client.get("/wi/chart?group=SG13").text)).text_content()
    assert "SG13" not in picture(tree(client.get("/wi/chart").text)).text_content()


def test_chart_without_items_says_so(client: TestClient) -> None:
    answer = client.get("/wi/chart")

    assert (answer.status_code, '<svg class="picture' in answer.text) == (200, False)
    assert "No work item is registered yet." in content(answer.text)


# The radar


def test_radar_names_what_had_no_contribution(
    client: TestClient, make: Make, cast: Cast, items: dict[str, WorkItem], clock: Clock
) -> None:
    for day in (date(2026, 6, 1), date(2026, 10, 5)):
        meeting(make, day)
    actions.attach(cast.tsb.act, items["cloud"], paper(make, 5, meeting="T25-SG13-261005"))
    make.session.commit()
    clock.move(days=230)

    page = client.get("/wi/stale").text

    assert names(page) == ["TR.slice", "Y.slice"]
    assert "T25-SG13-261005" in content(page)
    assert names(client.get("/wi/stale?group=SG13").text) == ["TR.slice", "Y.slice"]
    assert names(client.get("/wi/stale?group=SG15").text) == []


def test_radar_is_empty_where_all_goes_on(client: TestClient, items: dict[str, WorkItem]) -> None:
    assert "Every item under study has had a contribution." in content(client.get("/wi/stale").text)


# The work of a group


def test_work_of_a_group_stands_by_question(client: TestClient, items: dict[str, WorkItem]) -> None:
    page = client.get("/group/SG13/work")

    assert names(page.text) == ["TR.slice", "Y.asked", "Y.slice", "Y.cloud"]
    assert [each.text_content() for each in tree(page.text).xpath('//tr[@class="group"]')] == ["Q2/13", "Q3/13"]
    assert names(client.get("/group/SG13/T25/Q3/work").text) == ["Y.cloud"]
    assert names(client.get("/group/SG13/T25/WP1/work").text) == ["TR.slice", "Y.asked", "Y.slice", "Y.cloud"]
    assert names(client.get("/group/SG13/T25/work").text) == ["TR.slice", "Y.asked", "Y.gone", "Y.slice", "Y.cloud"]


def test_work_of_a_group_has_a_canonical_address(client: TestClient, items: dict[str, WorkItem]) -> None:
    answer = client.get("/group/SG13/Q3/work?status=any", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (302, "/group/SG13/T25/Q3/work?status=any")
    assert client.get("/group/SG13/T25/Q3/work.json").json()["total"] == 1


def test_group_without_work_says_so(client: TestClient, items: dict[str, WorkItem]) -> None:
    assert "Nothing is at work in this group." in content(client.get("/group/SG15/work").text)


def test_proposing_is_offered_to_whoever_may(
    client: TestClient, make: Make, cast: Cast, items: dict[str, WorkItem]
) -> None:
    rapporteur, outsider = as_(client, make, cast.rapporteur), as_(client, make, cast.outsider)

    for address in ("/wi", "/group/SG13/T25/Q2/work"):
        assert "Propose a work item" in content(rapporteur.get(address).text)
        assert "Propose a work item" not in content(outsider.get(address).text)
        assert "Propose a work item" not in content(client.get(address).text)


# What is not public


def test_item_that_may_not_be_read_is_nowhere(
    client: TestClient, make: Make, cast: Cast, items: dict[str, WorkItem]
) -> None:
    items["slice"].audience = "T/SG13"
    make.session.commit()
    member = as_(client, make, cast.delegate_member)
    address = urls.work_item(items["slice"])

    for path in ("/wi", "/wi/chart", "/group/SG13/work"):
        assert ("Y.slice" in names(member.get(path).text), "Y.slice" in names(client.get(path).text)) == (True, False)
    assert [row["acronym"] for row in client.get("/wi.json?acronym=slice").json()["items"]] == ["TR.slice"]
    for tail in ("", ".json", "/texts", "/documents", "/history", "/form.docx"):
        assert (member.get(address + tail).status_code, client.get(address + tail).status_code) == (200, 404)


@pytest.mark.parametrize("name", ["Y.slice", "M.[IMT.TAG]", "X.509 Amd.2", "G.709/Y.1331", "Ü 5", "", "[]"])
def test_address_of_an_item_is_the_one_that_queries_know(items: dict[str, WorkItem], name: str) -> None:
    item = items["slice"]
    item.acronym = name

    assert urls.work_item(item) == urls.path("wi", handle(item))


@pytest.mark.parametrize(
    "address",
    ["/wi?group=SG13&question=Q2/13&editor=a", "/wi/chart?group=SG13", "/wi/stale?group=SG13", "/group/SG13/work"],
)
def test_lists_cost_few_queries(
    client: TestClient, database: Database, items: dict[str, WorkItem], address: str
) -> None:
    asked: list[str] = []

    def count(*told: object) -> None:
        asked.append(str(told[2]))

    client.get("/help")  # what the service announces is read once in a while, by whichever page comes first
    event.listen(database.engine, "before_cursor_execute", count)
    assert client.get(address).status_code == 200
    event.remove(database.engine, "before_cursor_execute", count)

    assert 0 < len([each for each in asked if each.startswith("SELECT")]) <= 12, "\n".join(asked)
