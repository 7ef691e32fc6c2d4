"""Pages of texts: clauses with anchors, references judged, citations at both ends, and nothing that is not for the reader."""

import csv
import io
import json

import pytest
from sqlalchemy import event
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.documents.models import Document, File
from sgdocs.documents.rules import HIDDEN_AUDIENCE
from sgdocs.people.models import Person
from sgdocs.recommendations import actions as recommendations
from sgdocs.recommendations.schemas import TextForm
from sgdocs.text.model import Unit
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.papers import UNITS, file, kept, paper
from tests.make import Make
from tests.people.browser import content, sign_in, tree

pytestmark = pytest.mark.databases("sqlite")
REFERENCES = Unit(
    "2",
    "References",
    "[ITU-T G.652] Recommendation ITU-T G.652 (2009), Fibre.\n[ITU-T G.709] Recommendation ITU-T G.709 (2020), =Formula.\n"
    "[b-IETF RFC 8200] IETF RFC 8200 (2017), IPv6.\n[ITU-T Z.9] Recommendation ITU-T Z.9 (2001), Unknown.",
    1,
    "c-2",
    "references",
)


@pytest.fixture
def document(act: Act, make: Make, cast: Cast) -> Document:
    """C12 for everybody, citing C7 (for all), C8 (hidden) and four texts; C9 (hidden) and C10 cite it."""
    cast.summon("tsb", "delegate_member", "outsider")
    for identifier, status, approved in (
        ("ITU-T G.652 (06/2009)", "superseded", "2009-06-01"),
        ("ITU-T G.652 (11/2016)", "in-force", "2016-11-13"),
        ("ITU-T G.709 (06/2020)", "in-force", "2020-06-06"),
    ):
        form = {"identifier": identifier, "title": f"Title of {identifier}", "status": status, "approved": approved}
        recommendations.add(act, TextForm.model_validate(form))
    row = paper(make, 12, title="On <hollowcore> fibre", audience="public")
    paper(make, 7, audience="public", title="The seventh")
    paper(make, 8, audience=HIDDEN_AUDIENCE, title="Kept from you")
    kept(
        make,
        row,
        [*UNITS[:4], REFERENCES, Unit("3", "Text", "As SG13-C7 and SG13-C8 say of ITU-T G.709 <b>.", 1, "c-3")],
    )
    kept(
        make,
        paper(make, 9, audience=HIDDEN_AUDIENCE, title="Secret plan"),
        [Unit("1", "Plan", "See SG13-C12 and G.709.", 1, "c-1")],
    )
    kept(
        make,
        paper(make, 10, audience="public", title="Open plan"),
        [Unit("4", "Basis", "See SG13-C12 on G.709.", 1, "c-4")],
    )
    make.session.commit()
    return row


def signed_in(client: TestClient, make: Make, person: Person) -> TestClient:
    make.account(person)
    make.session.commit()
    sign_in(client, person)
    return client


def rows(client: TestClient, address: str) -> list[list[str]]:
    found = tree(client.get(address).text).xpath("//main//table//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found]


def test_text_has_clauses_contents_and_links(client: TestClient, document: Document) -> None:
    page = tree(client.get("/doc/T25-SG13-C12/text").text)

    assert page.xpath("//nav[@aria-label='Clauses']//a/@href") == ["#c-1", "#c-6", "#c-6.2", "#c-2", "#c-3"]
    assert [page.xpath(f"count(//*[@id='{anchor}'])") for anchor in ("start", "c-1", "c-6.2", "c-3")] == [1, 1, 1, 1]
    links = page.xpath("//div[@class='preview']//a/@href")
    assert {"/rec/T/G.652/2009-06", "/rec/T/G.709/2020-06", "/rec/T/G.709", "/doc/T25-SG13-C7"} <= set(links)
    assert "<b>." in page.xpath("string(//section[@id='c-3'])")


def test_preview_is_shown_where_there_is_one(
    client: TestClient, document: Document, act: Act, make: Make, services: Services
) -> None:
    row = act.session.exec(select(File).where(File.document_id == document.id)).one()
    row.preview_sha256 = services.blobs.put(io.BytesIO(b"<div><h2 id='c-1'>As in Word</h2></div>")).sha256
    act.session.commit()

    assert tree(client.get("/doc/T25-SG13-C12/text").text).xpath("string(//h2[@id='c-1'])") == "As in Word"
    services.blobs.drop(row.preview_sha256)
    assert tree(client.get("/doc/T25-SG13-C12/text").text).xpath("count(//*[@id='c-6.2'])") == 1


def test_file_without_text_says_why(client: TestClient, make: Make, document: Document) -> None:
    for number, state, problem in ((21, "none", "It is encrypted."), (22, "pending", "")):
        file(make, paper(make, number, audience="public"), text=state, text_problem=problem)
    paper(make, 23, audience="public")
    make.session.commit()

    assert "No text could be read, because: It is encrypted." in content(client.get("/doc/T25-SG13-C21/text").text)
    assert "being read" in content(client.get("/doc/T25-SG13-C22/text").text)
    assert "no file that you may read" in content(client.get("/doc/T25-SG13-C23/text").text)


def test_languages_and_versions_are_chosen(client: TestClient, make: Make, document: Document) -> None:
    kept(
        make,
        document,
        [Unit("1", "Introduction", "Texte français.", 1, "c-1")],
        name="T25-SG13-C12-F.docx",
        language="fr",
    )
    kept(make, document, [Unit("1", "Introduction", "Revised words.", 1, "c-1")], part="R1")
    make.session.commit()
    at = "/doc/T25-SG13-C12/text"

    assert "Revised words" in content(client.get(at).text)
    assert "hollowcore" in content(client.get(f"{at}?part=r0").text)
    assert "Texte français" in content(client.get(f"{at}?file=T25-SG13-C12-F.docx").text)
    assert "Texte français" in content(client.get(f"{at}?part=r0&language=fr").text)
    assert client.get(f"{at}?part=r7").status_code == 404
    assert client.get(f"{at}?file=other.docx").status_code == 404


def test_references_are_judged_on_page_and_in_files(client: TestClient, document: Document) -> None:
    shown = rows(client, "/doc/T25-SG13-C12/references")

    assert [(row[1], row[2], row[3], row[4]) for row in shown] == [
        ("Superseded", "ITU-T G.652 (11/2016)", "dated", "normative"),
        ("Current", "", "dated", "normative"),
        ("Of another body, not checked", "", "dated", "informative"),
        ("Not found", "", "dated", "normative"),
    ]
    told = list(csv.DictReader(io.StringIO(client.get("/doc/T25-SG13-C12/references.csv").content.decode("utf-8-sig"))))
    assert [row["Status"] for row in told] == ["superseded", "current", "elsewhere", "not-found"]
    told = client.get("/doc/T25-SG13-C12/references.json").json()["items"]
    assert told == client.get("/api/v1/documents/T25-SG13-C12/references").json()["items"]
    assert told[0]["address"] == "https://sgdocs.test/rec/T/G.652/2009-06"


def test_cites_names_what_may_be_read(client: TestClient, make: Make, cast: Cast, document: Document) -> None:
    def seen() -> dict[str, tuple[str, bool]]:
        told = client.get("/doc/T25-SG13-C12/cites.json").json()["items"]
        return {each["identifier"]: (each["title"], bool(each["address"])) for each in told}

    anonymous = seen()

    assert anonymous["SG13-C7"] == ("The seventh", True)
    assert anonymous["SG13-C8"] == ("", False)
    assert "Kept from you" not in content(client.get("/doc/T25-SG13-C12/cites").text)
    signed_in(client, make, cast.tsb.person)
    assert seen()["SG13-C8"] == ("Kept from you", True)


def test_cited_by_shows_no_secret_document(client: TestClient, make: Make, cast: Cast, document: Document) -> None:
    assert [row[0] for row in rows(client, "/doc/T25-SG13-C12/citedby")] == ["SG13-C10"]
    for address in (
        "/doc/T25-SG13-C12/citedby.json",
        "/api/v1/documents/T25-SG13-C12/citedby",
        "/doc/T25-SG13-C12/citedby.csv",
    ):
        assert "C10" in client.get(address).text
        assert "C9" not in client.get(address).text
    told = client.get("/api/v1/documents/T25-SG13-C12/citedby").json()
    assert (told["total"], told["items"][0]["clause"]) == (1, "4 Basis")
    signed_in(client, make, cast.tsb.person)
    assert [row[0] for row in rows(client, "/doc/T25-SG13-C12/citedby")] == ["SG13-C10", "SG13-C9"]


def test_citation_of_an_older_revision_does_not_count(
    client: TestClient, make: Make, document: Document, act: Act
) -> None:
    citing = act.session.exec(select(Document).where(Document.name == "T25-SG13-C10")).one()
    kept(make, citing, [Unit("4", "Basis", "Nothing is named any more.", 1, "c-4")], part="R1")
    make.session.commit()

    assert rows(client, "/doc/T25-SG13-C12/citedby") == []


def test_withdrawn_document_cites_and_shows_nothing(client: TestClient, make: Make, document: Document) -> None:
    document.status = "withdrawn"
    make.session.commit()

    assert "hollowcore" not in content(client.get("/doc/T25-SG13-C12/text").text)
    assert client.get("/doc/T25-SG13-C12/cites.json").json()["items"] == []
    assert client.get("/api/v1/documents/T25-SG13-C12/text").json()["clauses"] == []


@pytest.mark.parametrize("tail", ["text", "references", "cites", "citedby", "references.csv", "compare"])
def test_hidden_document_is_not_found(client: TestClient, document: Document, tail: str) -> None:
    assert client.get(f"/doc/T25-SG13-C9/{tail}").status_code == 404
    if "." not in tail:
        assert client.get(f"/api/v1/documents/T25-SG13-C9/{tail}").status_code == 404


def test_short_name_leads_to_the_text(client: TestClient, document: Document) -> None:
    answer = client.get("/doc/SG13-C12/text", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (302, "/doc/T25-SG13-C12/text")


def test_recommendation_names_who_cites_it(client: TestClient, make: Make, cast: Cast, document: Document) -> None:
    def names() -> list[str]:
        page = tree(client.get("/rec/T/G.709").text)
        return [link.text_content() for link in page.xpath("//section[@aria-labelledby='citedby']//a[@class='id']")]

    assert names() == ["SG13-C10", "SG13-C12"]
    signed_in(client, make, cast.tsb.person)
    assert names() == ["SG13-C10", "SG13-C9", "SG13-C12"]


def test_api_gives_the_clauses(client: TestClient, document: Document) -> None:
    told = client.get("/api/v1/documents/T25-SG13-C12/text").json()

    assert (told["state"], told["file"], told["language"]) == ("kept", "T25-SG13-C12-E.docx", "en")
    assert [clause["anchor"] for clause in told["clauses"]] == ["start", "c-1", "c-6", "c-6.2", "c-2", "c-3"]
    assert json.dumps(told).count("wander") == 1


@pytest.mark.parametrize("tail", ["text", "references", "cites", "citedby", "references.csv", "citedby.json"])
def test_pages_cost_as_many_queries_whatever_they_show(
    client: TestClient, document: Document, database: Database, tail: str, make: Make
) -> None:
    """A list of its own costs at most twelve; the pages have the head of the document's record besides."""
    for number in range(30, 36):
        kept(make, paper(make, number, audience="public"), [Unit("1", "Plan", "See SG13-C12 and G.709.", 1, "c-1")])
    make.session.commit()
    client.get(f"/doc/T25-SG13-C12/{tail}")
    told: list[str] = []

    def noted(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        told.append(statement)

    event.listen(database.engine, "before_cursor_execute", noted)
    try:
        assert client.get(f"/doc/T25-SG13-C12/{tail}").status_code == 200
    finally:
        event.remove(database.engine, "before_cursor_execute", noted)

    told = [each for each in told if each.startswith("SELECT")]
    assert len(told) <= (12 if "." in tail else 22), told
