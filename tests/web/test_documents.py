"""Pages of documents: where addresses lead, what lists and records show to whom, files, and what others may not find."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.documents import actions
from sgdocs.documents.models import Document, File
from sgdocs.documents.schemas import Upload
from sgdocs.meetings.models import Meeting
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.desk import form, meeting, radio, reservation, revision, rgm
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.support.databases import Clock
from tests.web.paper_browser import signed_in, word

pytestmark = pytest.mark.databases("sqlite")

SECRET = "Kryptonite"
LIST = "/meeting/T25-SG13-260413/documents"


@pytest.fixture
def brought(services: Services) -> "Brought":
    return Brought(services)


class Brought:
    """Uploads whose content is really kept."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def __call__(self, data: bytes | None = None, name: str = "draft.docx", **facts: Any) -> Upload:
        blob = self.services.blobs.put(io.BytesIO(word() if data is None else data))
        media = {
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "pdf": "application/pdf",
        }
        ending = name.rpartition(".")[2]
        return Upload(blob, name, facts.pop("media_type", media.get(ending, "text/html")), format=ending, **facts)


@pytest.fixture
def sg13(make: Make, cast: Cast) -> Meeting:
    cast.summon("q2", "wp1", "state", "company", "university", "associate", "sg15", "tsb", "chair", "rapporteur")
    return meeting(make)


@pytest.fixture
def contribution(make: Make, cast: Cast, sg13: Meeting, brought: Brought) -> Document:
    """SG13-C1 with a revision and a PDF beside it, of Imaginary Networks."""
    act = cast.delegate_member.act
    told = form(
        f"{SECRET} slices", questions=["2/13"], abstract="In short.", contacts=[{"name": "Ada", "email": "a@x.test"}]
    )
    document = actions.submit(act, sg13, told, [brought(), brought(b"%PDF-1.4 x", "annex.pdf")])
    actions.revise(act, document, revision(note="Clause 6"), [brought(word("Second"))])
    make.session.commit()
    return document


@pytest.fixture
def delegate(client: TestClient, make: Make, cast: Cast) -> TestClient:
    return signed_in(client, make, cast.delegate_state.person)


# Addresses


@pytest.mark.parametrize(
    ("asked", "status", "leads"),
    [
        ("/doc/T25-SG13-C1", 200, None),
        ("/doc/t25-sg13-c1", 301, "/doc/T25-SG13-C1"),
        ("/doc/SG13-C1", 302, "/doc/T25-SG13-C1"),
        ("/doc/sg13-c1", 302, "/doc/T25-SG13-C1"),
        ("/doc/T25-SG13-C-0001", 302, "/doc/T25-SG13-C1"),
        ("/doc/T25-SG13-C1/r1", 200, None),
        ("/doc/T25-SG13-C1/r0", 200, None),
        ("/doc/T25-SG13-C1/R1", 200, None),
        ("/doc/SG13-C1/r1", 302, "/doc/T25-SG13-C1/r1"),
        ("/doc/T25-SG13-C1/r7", 404, None),
        ("/doc/T25-SG13-C1/history", 200, None),
        ("/doc/SG13-C1/history", 302, "/doc/T25-SG13-C1/history"),
        ("/doc/T25-SG13-C1.json", 200, None),
        ("/doc/T25-SG13-C99", 404, None),
        ("/doc/SG13-C99/r1", 404, None),
        ("/doc/T25-SG13-C1/file/T25-SG13-C1R1-E.docx", 200, None),
        ("/doc/T25-SG13-C1/file/other.docx", 404, None),
        ("/doc/T25-SG13-C1/file/..%2f..%2fetc%2fpasswd", 404, None),
        ("/doc/" + "x" * 3000, 404, None),
        ("/doc/%00", 404, None),
        ("/doc/a/b/c/d", 404, None),
        ("/doc/x.json", 404, None),
    ],
)
def test_address_leads_to_the_document(
    delegate: TestClient, contribution: Document, asked: str, status: int, leads: str | None
) -> None:
    answer = delegate.get(asked, follow_redirects=False)

    assert (answer.status_code, answer.headers.get("location")) == (status, leads)


def test_number_with_a_stroke_is_found(
    delegate: TestClient, make: Make, cast: Cast, sg13: Meeting, brought: Brought
) -> None:
    actions.submit(cast.delegate_state.act, radio(make), form("Spectrum"), [brought()])
    make.session.commit()

    assert delegate.get("/doc/5D/1", follow_redirects=False).headers["location"] == "/doc/R23-WP5D-C1"
    assert delegate.get("/doc/5d/1-E", follow_redirects=False).headers["location"] == "/doc/R23-WP5D-C1"


def test_short_name_of_two_periods_leads_to_todays_and_lists_the_other(
    delegate: TestClient, make: Make, cast: Cast, contribution: Document, brought: Brought
) -> None:
    old = meeting(make, "T22-SG13-260601", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 5))
    actions.submit(cast.delegate_member.act, old, form("As it was"), [brought()])
    make.session.commit()
    answer = delegate.get("/doc/SG13-C1", follow_redirects=False)
    shown = delegate.get("/doc/SG13-C1")

    assert (answer.status_code, answer.headers["location"]) == (302, "/doc/T25-SG13-C1?named=SG13-C1")
    banner = tree(shown.text).cssselect(".banner")[0]
    assert [a.get("href") for a in banner.cssselect("a")] == ["/doc/T22-SG13-C1"]


# The page


def test_page_shows_what_belongs_to_the_document(delegate: TestClient, contribution: Document) -> None:
    shown = delegate.get("/doc/T25-SG13-C1").text
    words = content(shown)

    assert f"{SECRET} slices" in words
    for each in ("Imaginary Networks", "Q2/13", "Clause 6", "In short.", "Ada", "T25-SG13-C1R1-E.docx"):
        assert each in words
    links = [a.get("href") for a in tree(shown).iter("a")]
    assert "/doc/T25-SG13-C1/view/T25-SG13-C1-E.pdf" in links
    assert "/doc/T25-SG13-C1/revise" not in links


def test_what_may_not_be_done_now_is_grey_with_its_reason(
    client: TestClient, make: Make, cast: Cast, contribution: Document, clock: Clock
) -> None:
    owner = signed_in(client, make, cast.delegate_member.person)
    before = [a.get("href") for a in tree(owner.get("/doc/T25-SG13-C1").text).iter("a")]
    clock.move(days=80)
    owner = signed_in_again(client, cast)
    shown = owner.get("/doc/T25-SG13-C1").text

    assert "/doc/T25-SG13-C1/revise" in before
    assert "/doc/T25-SG13-C1/revise" not in [a.get("href") for a in tree(shown).iter("a")]
    assert "Submit a revision: T25-SG13-260413 is over" in content(shown)


def signed_in_again(client: TestClient, cast: Cast) -> TestClient:
    browser = another(client)
    sign_in(browser, cast.delegate_member.person)
    return browser


def test_pinned_version_says_that_it_is_one(delegate: TestClient, contribution: Document) -> None:
    assert "This is one version of the document" in content(delegate.get("/doc/T25-SG13-C1/r0").text)
    assert "This is one version of the document" not in content(delegate.get("/doc/T25-SG13-C1/r1").text)


def test_withdrawn_document_is_a_tombstone(
    delegate: TestClient, make: Make, cast: Cast, contribution: Document
) -> None:
    actions.withdraw(cast.delegate_member.act, contribution, "Sent too early")
    make.session.commit()
    answer = delegate.get("/doc/T25-SG13-C1")

    assert answer.status_code == 200
    assert "Sent too early" in content(answer.text)
    assert SECRET not in answer.text
    assert "In short." not in answer.text
    assert "docx" not in content(answer.text)
    assert delegate.get("/doc/T25-SG13-C1/file/T25-SG13-C1R1-E.docx").status_code == 404
    told = delegate.get("/doc/T25-SG13-C1.json").json()
    assert (told["title"], told["abstract"], told["versions"][0]["files"]) == ("Withdrawn", "", [])
    assert {version["title"] for version in told["versions"]} == {"Withdrawn"}


def test_history_tells_who_did_what(delegate: TestClient, contribution: Document) -> None:
    lines = tree(delegate.get("/doc/T25-SG13-C1/history").text).cssselect(".history li")

    assert len(lines) == 2
    assert all("Selim Courier" in line.text_content() for line in lines)


# Files


def test_stamped_copy_is_served_and_the_original_when_asked(
    delegate: TestClient, contribution: Document, services: Services, make: Make, cast: Cast
) -> None:
    file = make.session.get(File, 1)
    assert file is not None
    copy = services.blobs.put(io.BytesIO(b"stamped"))
    actions.keep_stamped(cast.tsb.act, file, copy)
    make.session.commit()
    address = f"/doc/T25-SG13-C1/file/{file.name}"

    assert delegate.get(address).content == b"stamped"
    assert delegate.get(f"{address}?original=1").content == word()


def test_page_that_was_uploaded_is_never_shown_inline(
    delegate: TestClient, make: Make, cast: Cast, sg13: Meeting, brought: Brought
) -> None:
    files = [
        brought(b"<html><script>alert(1)</script>", "x.html", media_type="text/html"),
        brought(b"<svg/>", "x.svg", media_type="image/svg+xml"),
    ]
    actions.submit(cast.delegate_member.act, sg13, form(), files)
    make.session.commit()

    for name in ("T25-SG13-C1-E.html", "T25-SG13-C1-E.svg"):
        for way in ("file", "view"):
            answer = delegate.get(f"/doc/T25-SG13-C1/{way}/{name}")
            assert answer.headers["content-disposition"].startswith("attachment")
            assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_pdf_is_shown_at_its_own_address(delegate: TestClient, contribution: Document) -> None:
    answer = delegate.get("/doc/T25-SG13-C1/view/T25-SG13-C1-E.pdf")

    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.headers["content-type"] == "application/pdf"


# Lists


def test_meeting_lists_its_documents(delegate: TestClient, contribution: Document) -> None:
    (row,) = tree(delegate.get(LIST).text).cssselect("table.papers tbody tr")

    assert [" ".join(cell.text_content().split()) for cell in row] == [
        "SG13-C1 → r1", f"{SECRET} slices", "Imaginary Networks", "Q2/13", "", "Posted",
    ]  # fmt: skip


def test_list_answers_as_files(delegate: TestClient, contribution: Document) -> None:
    told = delegate.get(f"{LIST}.json").json()
    table = list(csv.DictReader(io.StringIO(delegate.get(f"{LIST}.csv").content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(delegate.get(f"{LIST}.xlsx").content)).active

    assert [row["number"] for row in told["items"]] == ["SG13-C1"]
    assert (table[0]["Number"], table[0]["Title"]) == ("SG13-C1", f"{SECRET} slices")
    assert sheet is not None
    assert sheet["A2"].value == "SG13-C1"


def test_list_is_in_natural_order_and_in_others(
    delegate: TestClient, make: Make, cast: Cast, sg13: Meeting, brought: Brought
) -> None:
    for n in range(11):
        actions.submit(cast.delegate_member.act, sg13, form(f"Title {chr(ord('k') - n)}"), [brought()])
    make.session.commit()

    def numbers(query: str = "") -> list[str]:
        rows = tree(delegate.get(f"{LIST}{query}").text).cssselect("table.papers tbody th a.id")
        return [row.text_content() for row in rows]

    assert numbers() == [f"SG13-C{n}" for n in range(1, 12)]
    assert numbers("?sort=-number") == [f"SG13-C{n}" for n in range(11, 0, -1)]
    assert numbers("?sort=title") == [f"SG13-C{n}" for n in range(11, 0, -1)]
    assert delegate.get(f"{LIST}?sort=hat").status_code == 422


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=slices", 1), ("q=hats", 0), ("kind=contribution", 1), ("kind=report", 0), ("question=Q2/13", 1),
        ("source=Imaginary+Networks", 1), ("late=yes", 0), ("late=no", 1), ("status=posted", 1), ("language=fr", 0),
    ],
)  # fmt: skip
def test_filters_choose(delegate: TestClient, contribution: Document, query: str, count: int) -> None:
    for address in (f"{LIST}.json", "/doc.json", "/group/SG13/documents.json"):
        assert len(delegate.get(f"{address}?{query}").json()["items"]) == count, address


@pytest.mark.parametrize("query", ["kind=hat", "status=hat", "sector=X", "source=Nobody", "late=perhaps", "meeting=X"])
def test_filter_that_means_nothing_is_refused(delegate: TestClient, contribution: Document, query: str) -> None:
    assert delegate.get(f"/doc?{query}").status_code in (404, 422)


def test_columns_are_chosen(delegate: TestClient, contribution: Document) -> None:
    shown = tree(delegate.get(f"{LIST}?col=title&col=received").text)

    assert [th.text_content() for th in shown.cssselect("table.papers thead th")] == [
        "Number",
        "Title",
        "Received, Geneva",
    ]


def test_list_is_a_fragment_for_htmx(delegate: TestClient, contribution: Document) -> None:
    for address in (LIST, "/doc", "/group/SG13/documents"):
        told = delegate.get(address, headers={"HX-Request": "true"}).text
        assert "<html" not in told
        assert "SG13-C1" in told


def test_question_lists_what_is_addressed_to_it(delegate: TestClient, contribution: Document) -> None:
    assert "SG13-C1" in content(delegate.get("/group/SG13/T25/Q2/documents").text)
    assert "SG13-C1" in content(delegate.get("/group/SG13/documents").text)
    assert "SG13-C1" not in content(delegate.get("/group/SG15/documents").text)


def test_list_of_a_thousand_costs_few_queries(
    delegate: TestClient, database: Database, make: Make, contribution: Document
) -> None:
    delegate.get(LIST)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    for address, most in ((LIST, 12), ("/doc", 12), ("/group/SG13/documents", 17)):
        asked.clear()
        event.listen(database.engine, "before_cursor_execute", note)
        delegate.get(address)
        event.remove(database.engine, "before_cursor_execute", note)
        own = [each for each in asked if not each.startswith("BEGIN")]
        assert len(own) <= most, (address, own)


# Other people's documents

DOORS = [
    "/doc/T25-SG13-C1", "/doc/T25-SG13-C1.json", "/doc/T25-SG13-C1/r0", "/doc/T25-SG13-C1/history",
    "/doc/T25-SG13-C1/file/T25-SG13-C1-E.docx", "/doc/T25-SG13-C1/view/T25-SG13-C1-E.pdf", "/doc/SG13-C1",
    "/doc/T25-SG13-C1/revise", "/doc/T25-SG13-C1/withdraw", "/doc/T25-SG13-C1/upload", "/doc/T25-SG13-C1/access",
    "/doc/T25-SG13-C1/lineage", "/doc/T25-SG13-C1/languages", "/doc/T25-SG13-C1/admit", "/doc/T25-SG13-C1/restore",
    "/doc/T25-SG13-C1/delete", "/doc/T25-SG13-C1/admission",
]  # fmt: skip
LISTS = [
    LIST,
    f"{LIST}.json",
    f"{LIST}.csv",
    "/doc",
    "/doc.json",
    "/doc?q=slices",
    "/group/SG13/documents",
    "/group/SG13/documents.json",
]


@pytest.mark.parametrize("door", DOORS)
def test_document_of_members_is_not_found_by_strangers(
    client: TestClient, make: Make, cast: Cast, contribution: Document, door: str
) -> None:
    assert client.get(door, follow_redirects=False).status_code == 404
    assert signed_in(client, make, cast.outsider.person).get(door, follow_redirects=False).status_code == 404


@pytest.mark.parametrize("door", LISTS)
def test_lists_keep_silent_before_strangers(
    client: TestClient, make: Make, cast: Cast, contribution: Document, door: str
) -> None:
    for browser in (client, signed_in(client, make, cast.outsider.person)):
        answer = browser.get(door)
        assert answer.status_code == 200
        assert SECRET not in answer.text
        assert "SG13-C1" not in answer.text


@pytest.mark.parametrize(
    "door",
    [
        "/withdraw",
        "/delete",
        "/restore",
        "/admit",
        "/access",
        "/lineage",
        "/languages",
        "/revise",
        "/upload",
        "/lineage/end",
    ],
)
def test_deeds_on_a_document_that_one_may_not_read_find_nothing(
    client: TestClient, make: Make, cast: Cast, contribution: Document, door: str
) -> None:
    browser = signed_in(client, make, cast.outsider.person)
    answer = browser.post(f"/doc/T25-SG13-C1{door}", data={"reason": "x", "kind": "also-in", "other": "y"})

    assert answer.status_code == 404


def test_draft_of_another_entity_is_not_found(
    delegate: TestClient, client: TestClient, make: Make, cast: Cast, sg13: Meeting
) -> None:
    actions.reserve(cast.delegate_member.act, sg13, reservation(title=SECRET))
    make.session.commit()
    own = signed_in(client, make, cast.delegate_member.person)

    assert own.get("/doc/T25-SG13-C1").status_code == 200
    assert delegate.get("/doc/T25-SG13-C1").status_code == 404
    assert SECRET not in delegate.get(LIST).text


def test_paper_of_a_rapporteur_meeting_has_its_own_name(
    delegate: TestClient, make: Make, cast: Cast, sg13: Meeting, brought: Brought
) -> None:
    actions.submit(cast.rapporteur.act, rgm(make), form("Draft"), [brought()])
    make.session.commit()

    assert delegate.get("/doc/T25-SG13-Q2-260309-DOC1").status_code == 200
    assert json.loads(delegate.get("/doc/T25-SG13-Q2-260309-DOC1.json").text)["meeting"] == "T25-SG13-Q2-260309"
