"""Comparison: what is compared with what, what the page marks, who may see it, and how fast it comes again."""

import io
import time
from dataclasses import replace

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.documents import comparing
from sgdocs.documents.comparing import compared, sides
from sgdocs.documents.models import Document, Lineage
from sgdocs.documents.rules import HIDDEN_AUDIENCE
from sgdocs.text.model import Unit
from sgdocs.wiring import Services
from tests.documents.papers import kept, paper, stored
from tests.make import Make
from tests.people.browser import content, tree

pytestmark = pytest.mark.databases("sqlite")
LONG = "This paragraph of more than eight words is moved from one clause to another."
FIRST = (
    Unit("1", "Scope", "The scope is fibre.", 1, "c-1"),
    Unit("6.2", "Timing", f"Wander stays below 5 ns.\n{LONG}\nClass\tLimit\nA\t5 ns", 2, "c-6.2"),
    Unit("7", "Power", "Nothing new here.", 1, "c-7"),
)
SECOND = (
    FIRST[0],
    Unit("6.2", "Timing", "Wander stays below 7 ns.\nClass\tLimit\nA\t7 ns", 2, "c-6.2"),
    Unit("7", "Power", f"Nothing new here.\n{LONG}", 1, "c-7"),
    Unit("8", "Safety", "A clause with <b>.", 1, "c-8"),
)


@pytest.fixture(autouse=True)
def forgotten() -> None:
    comparing.forget()


@pytest.fixture
def document(make: Make) -> Document:
    """C12 with two revisions, the second as the first but for one word."""
    row = paper(make, 12, audience="public")
    kept(make, row, FIRST, sha256="1" * 64)
    kept(make, row, SECOND, part="R1", sha256="2" * 64)
    kept(make, row, [*SECOND[:3], replace(SECOND[3], text="A phrase with <b>.")], part="R2", sha256="3" * 64)
    make.session.commit()
    return row


def marks(client: TestClient, address: str) -> dict[str, list[str]]:
    page = tree(client.get(address).text)
    return {
        tag: [each.text_content() for each in page.xpath(f"//div[@class='changes']//{tag}")] for tag in ("ins", "del")
    }


def labels(client: TestClient, query: str) -> tuple[str, str]:
    told = client.get(f"/api/v1/documents/T25-SG13-C12/compare{query}").json()
    return tuple(f"{told[side]['document']}{told[side]['part']}" for side in ("old", "new"))  # type: ignore[return-value]


def test_version_before_is_compared_without_being_asked_for(client: TestClient, document: Document) -> None:
    assert marks(client, "/doc/T25-SG13-C12/compare") == {"ins": ["phrase"], "del": ["clause"]}
    assert labels(client, "") == ("T25-SG13-C12R1", "T25-SG13-C12R2")
    links = tree(client.get("/doc/T25-SG13-C12/compare").text).xpath("//main//a/@href")
    assert "/doc/T25-SG13-C12/r1..r2" in links
    assert labels(client, "?part=R1") == ("T25-SG13-C12", "T25-SG13-C12R1")


def test_words_tables_and_moves_are_marked(client: TestClient, document: Document) -> None:
    address = "/doc/T25-SG13-C12/r0..r1"
    page = tree(client.get(address).text)

    found = marks(client, address)
    assert found["ins"] == ["7", "7", "8 Safety", "A clause with <b>."]
    assert found["del"] == ["5", "5"]
    moved = [" ".join(each.text_content().split()) for each in page.xpath("//p[contains(@class, 'moved')]")]
    assert moved == [f"Moved away to 7: {LONG}", f"Moved here from 6.2: {LONG}"]
    assert page.xpath("//section[@class='clause']/@id") == ["c-6.2", "c-7", "c-8"]
    assert "Changed: 6.2, 7 New: 8 1 paragraph moved" in content(client.get(address).text)


def test_api_gives_the_same(client: TestClient, document: Document) -> None:
    told = client.get("/api/v1/documents/T25-SG13-C12/compare?with=r0&part=r1").json()

    assert told["summary"]["says"] == "clauses 6.2 and 7 changed; clause 8 new; 1 paragraph moved"
    assert [(clause["kind"], clause["label"]) for clause in told["clauses"]] == [
        ("same", "1"),
        ("changed", "6.2"),
        ("changed", "7"),
        ("new", "8"),
    ]
    rows = [line["cells"] for line in told["clauses"][1]["lines"] if line["cells"]]
    assert rows[-1][1] == [{"kind": "gone", "text": "5"}, {"kind": "new", "text": "7"}, {"kind": "same", "text": " ns"}]


@pytest.mark.parametrize("other", ["T25-SG13-C7", "SG13-C7", "T25-SG13-C7/r1", "/doc/T25-SG13-C7/r1"])
def test_any_two_documents_are_compared(client: TestClient, document: Document, make: Make, other: str) -> None:
    seventh = paper(make, 7, audience="public")
    kept(make, seventh, FIRST, sha256="7" * 64)
    kept(make, seventh, FIRST, part="R1", sha256="8" * 64)
    make.session.commit()

    assert labels(client, f"?with={other}") == ("T25-SG13-C7R1", "T25-SG13-C12R2")


def test_document_that_is_a_revision_of_another_is_compared_with_it(client: TestClient, make: Make) -> None:
    old, new = paper(make, 1, audience="public"), paper(make, 2, audience="public")
    kept(make, old, FIRST, sha256="1" * 64)
    kept(make, new, SECOND, sha256="2" * 64)
    make.add(Lineage(document_id=new.id or 0, other_id=old.id or 0, kind="revision-of"))
    make.session.commit()

    told = client.get("/api/v1/documents/T25-SG13-C2/compare").json()
    assert told["old"]["document"] == "T25-SG13-C1"


def test_without_a_version_before_the_page_says_so(client: TestClient, make: Make) -> None:
    kept(make, paper(make, 1, audience="public"), FIRST)
    make.session.commit()

    answer = client.get("/doc/T25-SG13-C1/compare")

    assert answer.status_code == 200
    assert "There is no version before this one" in content(answer.text)
    assert client.get("/api/v1/documents/T25-SG13-C1/compare").json()["rule"] == "documents.nothing-before"


@pytest.mark.parametrize("other", ["T25-SG13-C9", "SG13-C9", "T25-SG13-C999", "r9", "../../etc"])
def test_hidden_and_missing_texts_are_told_alike(
    client: TestClient, document: Document, make: Make, other: str
) -> None:
    kept(make, paper(make, 9, audience=HIDDEN_AUDIENCE, title="Secret"), FIRST, sha256="9" * 64)
    make.session.commit()

    answer = client.get("/doc/T25-SG13-C12/compare", params={"with": other})

    assert answer.status_code == 409
    assert "Secret" not in answer.text
    assert "or it is not for you to see" in content(answer.text)
    assert client.get("/api/v1/documents/T25-SG13-C12/compare", params={"with": other}).status_code == 404


def test_what_is_kept_is_not_shown_to_those_who_may_not_read_it(
    client: TestClient, document: Document, make: Make
) -> None:
    """The comparison was made for somebody; then the older document was hidden."""
    other = paper(make, 7, audience="public")
    kept(make, other, FIRST, sha256="7" * 64)
    make.session.commit()
    assert client.get("/doc/T25-SG13-C12/compare?with=T25-SG13-C7").status_code == 200
    other.audience = HIDDEN_AUDIENCE
    make.session.commit()

    assert client.get("/doc/T25-SG13-C12/compare?with=T25-SG13-C7").status_code == 409


def tracked_docx() -> bytes:
    """A file in which `five` was struck out and `seven` put in, with its changes tracked."""
    made = docx.Document()
    made.add_heading("1 Timing", 1)
    line = made.add_paragraph("Wander stays below ")
    for tag, inner, word in (("del", "delText", "five"), ("ins", "t", "seven")):
        change = f'<w:{tag} {nsdecls("w")} w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"><w:r><w:{inner} xml:space="preserve">{word}</w:{inner}></w:r></w:{tag}>'
        line._p.append(parse_xml(change))
    line.add_run(" nanoseconds.")
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def test_tracked_changes_are_accepted_refused_or_shown(client: TestClient, make: Make, services: Services) -> None:
    row = paper(make, 30, audience="public")
    before = Unit("1", "Timing", "Wander stays below five nanoseconds.", 1, "c-1")
    kept(make, row, [before], sha256="a" * 64, media_type="text/plain")
    file = stored(make, services.blobs, row, tracked_docx(), part="R1")
    kept(
        make,
        row,
        [replace(before, text="Wander stays below seven nanoseconds.")],
        part="R1",
        sha256=file.sha256,
        name="x.docx",
        position=-1,
    )
    make.session.commit()
    at = "/doc/T25-SG13-C30/compare"

    assert marks(client, at) == {"ins": ["seven"], "del": ["five"]}
    assert marks(client, f"{at}?tracked=original") == {"ins": [], "del": []}
    assert marks(client, f"{at}?tracked=marks") == {"ins": ["seven"], "del": ["five"]}
    assert client.get(f"{at}?tracked=else").status_code == 422


def test_sixty_pages_are_compared_in_a_second_and_again_at_once(act: Act, make: Make, services: Services) -> None:
    words = " ".join(f"word{n % 97} of{n % 13} the{n % 7}" for n in range(120))
    old = [Unit(str(n), f"Clause {n}", "\n".join(f"{n} {m} {words}" for m in range(4)), 1, f"c-{n}") for n in range(60)]
    new = [
        replace(unit, text=unit.text.replace("word5 ", "other ")) if n % 5 == 0 else unit for n, unit in enumerate(old)
    ]
    document = paper(make, 40, audience="public")
    kept(make, document, old, sha256="4" * 64)
    kept(make, document, new, part="R1", sha256="5" * 64)

    started = time.perf_counter()
    found = compared(act, services, sides(act, document))
    first = time.perf_counter() - started
    started = time.perf_counter()
    assert compared(act, services, sides(act, document)) is found
    again = time.perf_counter() - started

    assert found.summary.changed == tuple(str(n) for n in range(0, 60, 5))
    assert first < 3
    assert again < 0.15
