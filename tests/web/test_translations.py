"""Pages and API of machine translations: buttons, who sees what, progress, the labelled file, the office."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import docx
import pytest
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.translation.memory import MemoryTranslator
from sgdocs.translation.models import TranslationJob
from sgdocs.translation.working import work_due
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.papers import again, paper, stored
from tests.make import Make
from tests.people.browser import content
from tests.support.services import app_over
from tests.translation.house import asked, document, fresh, serving, translator
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")
__all__ = ["document", "serving", "translator"]


@pytest.fixture
def client(serving: Services, act: Act) -> Iterator[TestClient]:
    with TestClient(app_over(serving, lambda: act.now), base_url="https://sgdocs.test") as browser:
        yield browser


def address(document: Document, language: str = "") -> str:
    return f"/translation/document/{document.id}/{language}".rstrip("/")


def worked(serving: Services, act: Act) -> None:
    act.session.commit()
    while work_due(serving, act.now):
        pass


def test_button_says_where_the_text_goes(
    client: TestClient, make: Make, cast: Cast, document: Document, serving: Services, act: Act
) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)
    assert (
        f'href="{address(document)}">Translate at translator.example</a>' in browser.get(f"/doc/{document.name}").text
    )
    assert "Send to translator.example" in browser.get(address(document)).text
    assert "translator.example" not in client.get(f"/doc/{document.name}").text, "not for visitors"

    closed = paper(make, 8)
    act.session.commit()
    assert browser.get(f"/doc/{closed.name}").status_code == 200
    assert "Translate at" not in browser.get(f"/doc/{closed.name}").text
    assert "Send to" not in browser.get(address(closed)).text
    refused = browser.post(address(closed), data={"language": "fr"})
    assert (refused.status_code, "only texts of the classes public may go" in content(refused.text)) == (422, True)
    bare = TestClient(app_over(replace(serving, translator=None), lambda: act.now), base_url="https://sgdocs.test")
    assert "Translate at" not in signed_in(bare, make, cast.chair.person).get(f"/doc/{document.name}").text


def test_translation_is_asked_watched_and_read(
    client: TestClient, make: Make, cast: Cast, document: Document, serving: Services, act: Act
) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)
    answer = browser.post(address(document), data={"language": "fr"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, address(document, "fr"))
    waiting = browser.get(address(document, "fr"), headers={"HX-Request": "true"}).text
    assert ("<html" in waiting, "every 4s" in waiting, "0 of 5 pieces" in waiting) == (False, True, True)

    worked(serving, act)

    shown = client.get(f"/doc/{document.name}/translation/fr").text
    assert "Not official" in shown
    assert 'content="noindex"' in shown
    assert "ehT fibre optique monomode fo G.652 si tnaem." in shown
    assert "<td>htgneL</td><td>21 mk</td>" in shown
    assert "every 4s" not in shown
    assert "Sent to the translation service" in content(browser.get(f"/doc/{document.name}/history").text)
    assert browser.post(address(document), data={"language": "en"}).status_code == 422
    assert browser.post(address(document), data={"language": "xx"}).status_code == 422
    assert client.post(address(document), data={"language": "es"}).status_code in (401, 403)
    assert client.get(address(document, "es")).status_code == 404


def test_who_may_not_read_the_document_finds_no_translation(
    client: TestClient, make: Make, cast: Cast, document: Document, serving: Services, act: Act
) -> None:
    job = asked(cast.tsb.act, document, serving)
    worked(serving, act)
    document.audience = "T/SG13"
    act.session.add(document)
    act.session.commit()
    outside = signed_in(client, make, cast.outsider.person)
    inside = signed_in(client, make, cast.delegate_member.person)

    for tail in (address(document), address(document, "fr"), f"/api/v1/translations/{job.id}"):
        assert (outside.get(tail).status_code, inside.get(tail).status_code) == (404, 200), tail


def test_word_file_is_translated_with_its_formatting_and_labelled(
    client: TestClient, make: Make, cast: Cast, serving: Services, act: Act, work: Callable[[], None]
) -> None:
    written = docx.Document()
    written.add_heading("Scope", 1)
    written.add_paragraph("Losses: ").add_run("radio noise").bold = True
    kept = io.BytesIO()
    written.save(kept)
    row = paper(make, 9, title="Noise", audience="public")
    stored(make, serving.blobs, row, kept.getvalue())
    act.session.commit()
    work()
    job = asked(cast.delegate_member.act, row, serving)
    worked(serving, act)

    job = fresh(act, job)
    assert (job.state, job.file_state, job.file_name) == ("done", "done", "T25-SG13-C9-E-fr-mt.docx")
    answer = client.get(f"{address(row, 'fr')}/{job.file_name}")
    made = docx.Document(io.BytesIO(answer.content))
    note = "Traduction automatique de SG13-C9 par translator.example. Version non officielle: seul l'original fait foi."
    assert made.paragraphs[0].text.startswith(f"{note} / Machine translation of SG13-C9")
    assert made.sections[0].header.paragraphs[0].text.startswith(note)
    assert [(run.text, run.bold) for run in made.paragraphs[2].runs] == [
        ("Losses: ", None),
        ("bruit radioélectrique", True),
    ]
    assert answer.headers["content-disposition"].startswith("attachment")
    assert serving.blobs.has(job.sha256)
    assert job.file_name not in client.get(f"/doc/{row.name}").text, "not among the files of the document"


def test_translation_is_not_found_by_search(
    client: TestClient,
    cast: Cast,
    document: Document,
    serving: Services,
    act: Act,
    work: Callable[[], None],
    make: Make,
) -> None:
    again(make.act, document, "documents.read")
    asked(cast.delegate_member.act, document, serving)
    worked(serving, act)
    work()

    assert document.label in content(client.get("/search?q=meant").text)
    assert document.label not in content(client.get("/search?q=tnaem").text)


def test_secretariat_sees_and_stops_the_queue(
    client: TestClient, make: Make, cast: Cast, document: Document, serving: Services, act: Act
) -> None:
    job = asked(cast.delegate_member.act, document, serving)
    office = signed_in(client, make, cast.tsb.person)
    assert "SG13-C7" in content(office.get("/office/translations?state=waiting").text)
    assert office.get("/office/translations.json").json()["items"][0]["language"] == "fr"
    assert signed_in(client, make, cast.chair.person).get("/office/translations").status_code == 403
    office.post(f"/office/translations/{job.id}/stop")
    assert fresh(act, job).state == "cancelled"
    assert office.post(f"/office/translations/{job.id}/stop").status_code == 409


def test_api_asks_tells_and_stops(
    client: TestClient, make: Make, cast: Cast, document: Document, serving: Services, act: Act
) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)
    form = {"kind": "document", "id": document.id, "language": "fr"}
    made = browser.post("/api/v1/translations", json=form)
    assert (made.status_code, made.json()["state"], made.json()["is_official"]) == (201, "waiting", False)
    worked(serving, act)
    told = browser.get(f"/api/v1/translations/{made.json()['id']}").json()
    assert (told["state"], told["text"][0]["text"], told["host"]) == ("done", "erbiF lasoporp", "translator.example")
    assert [row["id"] for row in browser.get("/api/v1/translations").json()["items"]] == [told["id"]]
    assert browser.delete(f"/api/v1/translations/{told['id']}").status_code == 409
    assert browser.post("/api/v1/translations", json=form | {"language": "xx"}).status_code == 422
    assert browser.post("/api/v1/translations", json=form | {"id": 99_999}).status_code == 404


def test_job_without_a_subject_is_for_the_office_alone(
    client: TestClient, make: Make, cast: Cast, document: Document, serving: Services, act: Act
) -> None:
    job = asked(cast.delegate_member.act, document, serving)
    row = act.session.get_one(TranslationJob, job.id)
    row.subject_id = 99_999
    act.session.commit()
    office, member = (signed_in(client, make, each.person) for each in (cast.tsb, cast.delegate_member))

    assert member.get(f"/api/v1/translations/{job.id}").status_code == 404
    assert office.get(f"/api/v1/translations/{job.id}").status_code == 200
    worked(serving, act)
    assert fresh(act, job).error == "translation.gone"


def test_memory_translator_is_what_these_tests_use(translator: MemoryTranslator) -> None:
    assert translator.translate(["a &amp; bc"], "en", "fr") == ["a &amp; cb"]


def test_whoever_asked_is_told(
    client: TestClient,
    make: Make,
    cast: Cast,
    document: Document,
    serving: Services,
    act: Act,
    work: Callable[[], None],
) -> None:
    cast.summon("chair")
    asked(cast.delegate_member.act, document, serving)
    worked(serving, act)
    work()

    told = "Machine translation made: SG13-C7, Fibre proposal"
    assert told in content(signed_in(client, make, cast.delegate_member.person).get("/my/notices").text)
    assert told not in content(signed_in(client, make, cast.chair.person).get("/my/notices").text)
