"""Guides on pages and in the search: in the reader's language or in English, with tables and links that lead somewhere."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from sgdocs.guides.pages import GUIDES, ROLES, texts
from sgdocs.search import guide_records, indexing
from sgdocs.search.guide_records import of_guides
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree

Work = Callable[[], None]
pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def guides_indexed() -> bool:
    return True


@pytest.fixture
def office(client: TestClient, make: Make, cast: Cast) -> TestClient:
    make.account(cast.tsb.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, cast.tsb.person)
    return browser


def test_help_lists_every_guide_and_its_box_asks_for_guides(client: TestClient) -> None:
    page = tree(client.get("/help").text)

    assert [link for guide in GUIDES for link in page.xpath(f"//main//a[@href='{guide.address}']/text()")] == [
        texts(guide)["en"].title for guide in GUIDES
    ]
    [box] = page.xpath("//main//form[@action='/search']")
    assert {field.get("name"): field.get("value") for field in box.xpath(".//input")} == {"kind": "guide", "q": None}


def test_guide_shows_diagram_and_rules_from_the_tables(client: TestClient) -> None:
    page = tree(client.get("/help/guide/chair").text)

    assert page.xpath("//main//svg[contains(@class, 'procedure-picture')]")
    assert page.xpath("//main//a[@href='/help/procedure/aap']")
    assert page.xpath("//details//a[@href='/help/rules/documents.held']")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_guide_in_a_language_it_is_not_written_in_is_english_and_says_so(client: TestClient) -> None:
    shown = client.get("/help/guide/delegate", headers={"Accept-Language": "ar"})
    french = client.get("/help/guide/delegate", headers={"Accept-Language": "fr"})

    [article] = tree(shown.text).xpath("//article")
    assert (article.get("lang"), article.get("dir")) == ("en", "ltr")
    assert texts(GUIDES[1])["en"].title in content(shown.text)
    assert tree(french.text).xpath("//article/@lang") == []
    assert texts(GUIDES[1])["fr"].title in content(french.text)


def test_unknown_guide_is_not_found(client: TestClient) -> None:
    assert [client.get(f"/help/guide/{name}").status_code for name in ("emperor", "faq", "..%2ffaq")] == [404, 404, 404]


def test_links_of_guides_lead_somewhere(office: TestClient) -> None:
    pages = [
        tree(office.get(guide.address, headers={"Accept-Language": code}).text)
        for guide in GUIDES
        for code in texts(guide)
    ]
    links = {link for page in pages for link in page.xpath("//article//a/@href")}

    assert len(links) > 40
    assert [link for link in sorted(links) if link[0] == "/" and office.get(link).status_code != 200] == []
    assert [link for link in sorted(links) if link[0] not in "/#"] == []


def test_guide_names_pages_that_are_closed_without_a_link(client: TestClient, make: Make, cast: Cast) -> None:
    make.account(cast.delegate_state.person)
    make.session.commit()
    sign_in(client, cast.delegate_state.person)

    page = tree(client.get("/help/guide/secretariat").text)

    assert page.xpath("//article//a[starts-with(@href, '/office')]") == []
    assert page.xpath("//article//a[@href='/approval/announcements']")
    links = {str(link) for link in page.xpath("//article//a/@href") if link[0] == "/"}
    assert {link: code for link in links if (code := client.get(link).status_code) != 200} == {}


def test_section_is_found_by_its_words_in_each_language(client: TestClient, work: Work) -> None:
    work()

    page = tree(client.get("/search?q=reservation+ends&kind=guide").text)
    assert page.xpath("//article//a[@href='/help/guide/delegate#reserve']")
    french = tree(client.get("/search?q=brouillon+supprimé&kind=guide", headers={"Accept-Language": "fr"}).text)
    assert french.xpath("//article//a[@href='/help/faq#undo']")


def test_worker_that_starts_puts_in_the_guides_it_has(services: Services, work: Work) -> None:
    work()
    gone = next(iter(of_guides()))
    services.search.replace(guide_records.families(), [gone])
    assert len(indexing.differences(services)) == len(list(of_guides())) - 1

    indexing.refresh_guides(services)

    assert indexing.differences(services) == []
    assert len(ROLES) == 8
