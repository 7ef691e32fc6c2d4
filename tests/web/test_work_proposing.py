"""Proposing a work item on its page: by hand, from a Word file, with warnings, at once when a meeting decided."""

import io
from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.text import reading
from sgdocs.work_programme import form_reading
from sgdocs.work_programme.form_docx import write
from sgdocs.work_programme.form_words import EditorWords, FormWords, Sheet
from sgdocs.work_programme.models import ItemEditor, Supporter, WorkItem
from sgdocs.work_programme.rules import ItemStatus
from tests.cast import Cast, Player
from tests.make import Make
from tests.people.browser import another, content, fault_of, sign_in, tree
from tests.work_programme.items import meeting

pytestmark = pytest.mark.databases("sqlite")

FORM = {
    "question": "Q2/13",
    "kind": "recommendation",
    "version": "new",
    "acronym": "Y.slice",
    "title": "Slices & <tags>",
    "timing": "Q2/2027",
    "process": "aap",
    "scope": "First.\r\nSecond.",
    "summary": "Short.",
    "relations": "Y.3100",
    "liaison_to": "SG11, 3GPP SA2; IEEE 802.1",
    "equivalents": "ISO/IEC 1234 (twin)\nISO/IEC 99",
    "editors": "Ada Edit, Imaginary, ada@example.test\nBo Write (co-editor)",
    "supporters": "Imaginary Networks\nAland (Aland Islands)\nBorduria\nCagliostro",
    "base": "Chapter 3",
}


@pytest.fixture
def rapporteur(client: TestClient, make: Make, cast: Cast) -> TestClient:
    cast.summon("rapporteur", "chair", "outsider", "company")
    meeting(make, date(2026, 2, 23))
    return as_(client, make, cast.rapporteur)


def as_(client: TestClient, make: Make, player: Player) -> TestClient:
    make.account(player.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def every(database: Database, table: Any) -> list[Any]:
    with database.reading() as session:
        return list(session.exec(select(table)))


def fields(text: str) -> dict[str, str]:
    (form,) = tree(text).xpath('//form[contains(@class, "item-form")]')
    return dict(form.form_values())


def docx(*forms: FormWords, name: str = "proposal.docx") -> dict[str, tuple[str, bytes]]:
    return {"file": (name, write(forms))}


def test_form_is_for_whoever_may_propose(client: TestClient, make: Make, cast: Cast, rapporteur: TestClient) -> None:
    page = rapporteur.get("/wi/new?question=T/SG13/T25/Q2")

    assert (page.status_code, fields(page.text)["question"]) == (200, "T/SG13/T25/Q2")
    assert "T25-SG13-260223" in page.text
    for reader in (client, as_(client, make, cast.outsider)):
        assert reader.get("/wi/new", follow_redirects=False).status_code in (303, 401, 403)
        assert reader.post("/wi/new", data=FORM, follow_redirects=False).status_code in (303, 401, 403)
        answer = reader.post("/wi/new/reading", files=docx(FormWords(name="Y.x")), follow_redirects=False)
        assert answer.status_code in (303, 401, 403)


def test_proposal_waits_to_be_confirmed(rapporteur: TestClient, database: Database) -> None:
    answer = rapporteur.post("/wi/new", data=FORM)

    assert "The work item is proposed." in content(answer.text)
    (item,) = every(database, WorkItem)
    assert (item.status, item.title, item.timing) == (ItemStatus.PENDING, "Slices & <tags>", "2027-Q2")
    assert (item.scope, item.liaison_to) == ("First.\nSecond.", ["SG11", "3GPP SA2", "IEEE 802.1"])
    assert item.equivalents == [
        {"number": "ISO/IEC 1234", "relation": "twin"},
        {"number": "ISO/IEC 99", "relation": ""},
    ]
    editors = [(row.name, row.entity, row.email, row.role) for row in every(database, ItemEditor)]
    assert editors == [("Ada Edit", "Imaginary", "ada@example.test", "editor"), ("Bo Write", "", "", "co-editor")]
    supporters = {row.name: (row.country, row.confirmed_at is not None) for row in every(database, Supporter)}
    assert supporters == {
        "Imaginary Networks": ("", True),
        "Aland": ("Aland Islands", False),
        "Borduria": ("", False),
        "Cagliostro": ("", False),
    }
    assert "Slices & <tags>" in content(answer.text)


@pytest.mark.parametrize(
    ("field", "words", "at"),
    [
        ("question", "Q99/13", "question"),
        ("question", "", "question"),
        ("acronym", "", "acronym"),
        ("timing", "soon", "timing"),
        ("text", "G.99999", "text"),
        ("scope", "", "scope"),
        ("editors", "", "editors"),
        ("process", "agreement", "process"),
        ("kind", "song", "kind"),
        ("title", "x" * 256, "title"),
        ("supporters", "\n".join(f"M{n}" for n in range(201)), "supporters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    rapporteur: TestClient, database: Database, field: str, words: str, at: str
) -> None:
    answer = rapporteur.post("/wi/new", data=FORM | {field: words})

    assert (answer.status_code, bool(fault_of(answer.text, at))) == (422, True)
    told = {name: value.replace("\r\n", "\n") for name, value in FORM.items() if name not in (field, "kind")}
    assert {name: fields(answer.text)[name] for name in told} == told
    assert every(database, WorkItem) == []


def test_warnings_are_confirmed_once(rapporteur: TestClient, database: Database) -> None:
    few = FORM | {"supporters": "Borduria", "base": ""}

    warned = rapporteur.post("/wi/new", data=few)
    assert warned.status_code == 422
    said = content(warned.text)
    assert "1 members commit themselves to contribute; the practice is 4 at least." in said
    assert "The form names no base text." in said
    assert every(database, WorkItem) == []
    assert rapporteur.post("/wi/new", data=fields(warned.text) | {"accept": "true"}).status_code == 200
    assert len(every(database, WorkItem)) == 1


def test_name_is_given_once(rapporteur: TestClient, database: Database) -> None:
    rapporteur.post("/wi/new", data=FORM)

    again = rapporteur.post("/wi/new", data=FORM | {"acronym": "y.SLICE"})
    assert (again.status_code, "number 1" in fault_of(again.text, "acronym")) == (422, True)
    assert len(every(database, WorkItem)) == 1


def test_officer_enters_what_a_meeting_decided(
    client: TestClient, make: Make, cast: Cast, rapporteur: TestClient, database: Database
) -> None:
    decided = FORM | {"meeting": "T25-SG13-260223", "reason": "Agreed in the plenary."}

    assert rapporteur.post("/wi/new", data=decided).status_code in (403, 422)
    assert every(database, WorkItem) == []
    chair = as_(client, make, cast.chair)
    wrong = chair.post("/wi/new", data=decided | {"meeting": "T25-SG13-300101"})
    assert (wrong.status_code, bool(fault_of(wrong.text, "meeting"))) == (422, True)
    assert "The work item is registered." in content(chair.post("/wi/new", data=decided).text)
    (item,) = every(database, WorkItem)
    assert (item.status, item.status_on) == (ItemStatus.UNDER_STUDY, date(2026, 2, 27))


# From and to Word


def test_fields_are_filled_from_a_word_form(rapporteur: TestClient, database: Database) -> None:
    words = FormWords(
        Sheet.A1, "2/13", "Recommendation", name="Y.slice", title="Slices", base_text="SG13-C17", timing="2027-Q2",
        editors=(EditorWords("Ada", "Imaginary", "ada@example.test"),), process="tap", scope="One.\nTwo.",
        summary="S.", relations="R.", liaisons=("SG11",), supporters=("Aland", "Borduria"),
    )  # fmt: skip

    page = rapporteur.post("/wi/new/reading", files=docx(words, words))

    assert page.status_code == 200
    assert "The file holds 1 form more" in content(page.text)
    told = fields(page.text)
    assert (told["question"], told["acronym"], told["title"]) == ("Q2/13", "Y.slice", "Slices")
    assert (told["process"], told["timing"], told["scope"]) == ("tap", "2027-Q2", "One.\nTwo.")
    assert (told["editors"], told["supporters"]) == ("Ada, Imaginary, ada@example.test", "Aland\nBorduria")
    assert every(database, WorkItem) == []
    done = rapporteur.post("/wi/new", data=told | {"accept": "true"})
    assert "The work item is proposed." in content(done.text)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.docx", write([FormWords()])),
        ("none.docx", b""),
        ("bad.docx", b"PK\x03\x04 broken"),
        ("text.txt", b"Question:\tQ2/13"),
        ("page.docx", b"<html><script>alert(1)</script></html>"),
    ],
)
def test_file_without_a_form_is_said_at_its_field(rapporteur: TestClient, name: str, data: bytes) -> None:
    answer = rapporteur.post("/wi/new/reading", data={"question": "Q2/13"}, files={"file": (name, data)})

    assert (answer.status_code, bool(fault_of(answer.text, "file"))) == (422, True)
    assert fields(answer.text)["question"] == "Q2/13"
    assert rapporteur.post("/wi/new/reading", data={}).status_code == 422


def test_words_of_a_file_never_become_markup(rapporteur: TestClient) -> None:
    evil = FormWords(Sheet.A1, name="Y.x", title='"><script>x()</script>', scope="</textarea><script>y()</script>")

    page = rapporteur.post("/wi/new/reading", files=docx(evil, name="<img src=x>.docx"))

    assert fields(page.text)["scope"] == "</textarea><script>y()</script>"
    assert not tree(page.text).xpath("//script[not(@src)]")
    assert not tree(page.text).xpath("//img")


@pytest.mark.parametrize(("sheet", "heading"), [("a1", "A.1 justification"), ("a13", "A.13 justification")])
def test_empty_forms_can_be_had(client: TestClient, sheet: str, heading: str) -> None:
    answer = client.get(f"/wi/form-{sheet}.docx")

    assert answer.status_code == 200
    units = reading.read(io.BytesIO(answer.content).getvalue(), "form.docx").units
    assert any(heading in f"{unit.number} {unit.title}" for unit in units)
    assert form_reading.read(units) == ()
    assert client.get("/wi/form-a2.docx").status_code in (404, 422)
