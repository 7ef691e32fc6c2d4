"""Templates for download, read back by our own reader; the page that lists the checks."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from sgdocs.documents.preflight import check, facts_of, table
from sgdocs.meetings.models import Meeting
from sgdocs.text.model import Contact, Cover
from sgdocs.text.reading import read
from tests.cast import Cast
from tests.documents.desk import meeting, radio, rgm
from tests.make import Make
from tests.people.browser import tree
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture(autouse=True)
def meetings(make: Make, cast: Cast) -> list[Meeting]:
    cast.summon("q2", "delegate_member")
    cast.delegate_member.person.country = "CH"
    cast.delegate_member.person.email = "selim@example.org"
    return [meeting(make, place="Geneva, Switzerland"), rgm(make, format="virtual"), radio(make)]


def cover(client: TestClient, code: str, query: str = "") -> Cover:
    answer = client.get(f"/meeting/{code}/template.docx{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    return read(answer.content, "template.docx").cover


def test_contribution_template_holds_what_is_known(client: TestClient, make: Make, cast: Cast) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)

    read_back = cover(browser, "T25-SG13-260413")

    assert (read_back.kind, read_back.group, read_back.period) == ("CONTRIBUTION", "SG13", "2025-2028")
    assert read_back.place_date == "Geneva, 13-24 April 2026"
    assert (read_back.starts_on, read_back.ends_on) == ("2026-04-13", "2026-04-24")
    assert (read_back.source, read_back.language, read_back.template) == ("Imaginary Networks", "en", "itu-t-2025")
    assert read_back.contacts == (
        Contact("Selim Courier", "Imaginary Networks", "Switzerland", "", "selim@example.org"),
    )  # fmt: skip
    assert read_back.placeholders == ("number", "questions", "title", "abstract")
    assert (read_back.number, read_back.title, read_back.questions) == ("", "", ())


def test_template_of_a_stream_and_of_a_rapporteur_group(client: TestClient, make: Make, cast: Cast) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)

    td = cover(browser, "T25-SG13-260413", "?kind=temporary-document&stream=WP1")
    doc = cover(browser, "T25-SG13-Q2-260309")

    assert (td.kind, td.source) == ("TD", "")
    assert (doc.kind, doc.questions, doc.template) == ("DOC", ("2/13",), "rgm")
    assert doc.place_date == "E-meeting, 9-11 March 2026"
    assert {"purpose", "keywords"} <= set(doc.placeholders)


def test_template_of_itu_r(client: TestClient, make: Make, cast: Cast) -> None:
    read_back = cover(signed_in(client, make, cast.delegate_member.person), "R23-WP5D-260413")

    assert (read_back.sector, read_back.template) == ("R", "itu-r")
    assert (read_back.source, read_back.language) == ("Imaginary Networks", "en")
    assert read_back.placeholders == ("title", "subject")


def test_template_names_nobody_to_a_visitor(client: TestClient, make: Make) -> None:
    make.session.commit()

    assert cover(client, "T25-SG13-260413").contacts == ()


def test_template_of_a_kind_that_does_not_exist_there_is_refused(client: TestClient, make: Make) -> None:
    make.session.commit()

    assert client.get("/meeting/T25-SG13-260413/template.docx?kind=rapporteur-group-document").status_code == 422
    assert client.get("/meeting/T25-SG13-260413/template.docx?kind=nothing").status_code == 422
    assert client.get("/meeting/T25-NONE-260413/template.docx").status_code == 404


def test_empty_template_is_told_what_is_missing(client: TestClient, make: Make, cast: Cast) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)
    content = browser.get("/meeting/T25-SG13-260413/template.docx").content

    found = [finding.id for finding in check(facts_of(cast.delegate_member.act, read(content, "template.docx")))]

    assert found == ["cover.title", "cover.question", "cover.abstract", "word.placeholders"]


def test_help_lists_every_check_with_its_source(client: TestClient) -> None:
    page = tree(client.get("/help/checks").text)

    listed: Any = [cell.text_content() for cell in page.cssselect("td code")]
    assert listed == [each.id for each in table()]
    assert "/help/checks" in client.get("/help").text
