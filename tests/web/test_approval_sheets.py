"""Comment sheets at the doors: out and in through the browser and the API, hostile files refused with their reason."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.approval.actions import comments
from sgdocs.approval.comment_schemas import CommentForm
from sgdocs.approval.models import Comment, Process
from sgdocs.approval.sheet_files import DOCX, XLSX
from sgdocs.journal.models import Entry
from tests.approval.test_sheets import edited, made
from tests.approval.windows import process, window
from tests.cast import Cast, Player
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree

pytestmark = pytest.mark.databases("sqlite")
AT = "/approval/aap/2026-001/comments"
ROW = ("", "", "1", "", "ed", "A comma", "", "")


@pytest.fixture
def text(cast: Cast, make: Make) -> Process:
    cast.summon("tsb", "chair", "rapporteur", "delegate_member", "delegate_state", "outsider")
    row = process(cast)
    window(cast, row)
    form = CommentForm.model_validate({"kind": "substantive", "clause": "7.2", "text": "=1+1 is too short"})
    comments.comment(cast.delegate_member.act, row, form)
    for player in (cast.rapporteur, cast.delegate_member, cast.delegate_state, cast.outsider):
        make.account(player.person)
    make.session.commit()
    return row


def as_(client: TestClient, player: Player) -> TestClient:
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def sent(browser: TestClient, data: bytes, name: str = "sheet.xlsx", at: str = f"{AT}/sheet") -> Any:
    return browser.post(at, files={"file": (name, data, XLSX)})


def texts(make: Make) -> list[str]:
    """What stands now; the lock is let go again."""
    make.session.rollback()
    found = list(make.session.exec(select(Comment.text)))
    make.session.rollback()
    return found


@pytest.mark.parametrize(("form", "media"), [("xlsx", XLSX), ("docx", DOCX)])
def test_sheet_goes_out_and_comes_back_unchanged(
    client: TestClient, cast: Cast, text: Process, make: Make, form: str, media: str
) -> None:
    browser = as_(client, cast.delegate_member)
    out = browser.get(f"{AT}/sheet.{form}")
    assert (out.status_code, out.headers["content-type"]) == (200, media)
    assert f"aap-2026-001-comments.{form}" in out.headers["content-disposition"]

    back = sent(browser, out.content, f"sheet.{form}")
    assert "Nothing in the sheet is new." in content(back.text)
    assert texts(make) == ["=1+1 is too short"]


def test_page_takes_a_sheet_and_names_each_fault(client: TestClient, cast: Cast, text: Process, make: Make) -> None:
    browser = as_(client, cast.delegate_member)
    page = browser.get(f"{AT}/sheet")
    assert (page.status_code, len(tree(page.text).xpath('//input[@type="file"]'))) == (200, 1)

    wrong = sent(browser, made(ROW, ("", "", "1", "", "poetic", "x", "", ""), ("", "", "2", "", "te", "", "y", "")))
    assert wrong.status_code == 422
    assert "Row 3: “poetic” is no type of comment" in content(wrong.text)
    assert "Row 4 has no comment." in content(wrong.text)
    assert texts(make) == ["=1+1 is too short"]

    done = sent(browser, made(ROW))
    assert "From the sheet: 1 sent, 0 changed, 0 disposed of." in content(done.text)
    assert texts(make) == ["=1+1 is too short", "A comma"]
    assert make.session.exec(select(Entry).where(Entry.verb == "approval.sheet-taken")).one().facts["new"] == 1


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "sheet.xlsx", "empty"),
        (b"MZ\x90\x00" + b"\x00" * 200, "sheet.xlsx", "refused"),
        (b"words", "sheet.docx", "refused"),
        (b"MB,Comments\n", "sheet.csv", "neither"),
    ],
    ids=["empty", "program", "words", "csv"],
)
def test_file_that_is_no_sheet_is_refused(
    client: TestClient, cast: Cast, text: Process, data: bytes, name: str, words: str
) -> None:
    no = sent(as_(client, cast.delegate_member), data, name)
    assert no.status_code == 422
    assert words in content(no.text)


def test_no_file_is_said(client: TestClient, cast: Cast, text: Process) -> None:
    no = as_(client, cast.delegate_member).post(f"{AT}/sheet", data={})
    assert (no.status_code, "Choose the comment sheet" in content(no.text)) == (422, True)


def test_sheet_is_not_there_for_those_who_read_no_comments(client: TestClient, cast: Cast, text: Process) -> None:
    for browser in (another(client), as_(client, cast.outsider)):
        for at in (f"{AT}/sheet", f"{AT}/sheet.xlsx", f"{AT}/sheet.docx", f"/api/v1{AT}/sheet.xlsx"):
            assert browser.get(at).status_code == 404
        assert sent(browser, made(ROW)).status_code == 404


def test_sheet_of_a_stranger_is_not_even_looked_at(
    client: TestClient, cast: Cast, text: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    monkeypatch.setattr("sgdocs.web.uploads.take", lambda *_, **__: taken.append("taken"))

    for browser in (another(client), as_(client, cast.outsider)):
        for at in (f"{AT}/sheet", f"/api/v1{AT}/sheet"):
            assert sent(browser, made(ROW), at=at).status_code == 404
    assert taken == []


def test_api_takes_the_sheet_as_the_page_does(client: TestClient, cast: Cast, text: Process, make: Make) -> None:
    browser = as_(client, cast.rapporteur)
    out = browser.get(f"/api/v1{AT}/sheet.xlsx")
    data = edited(out.content, ("0", "Disposition", "Accepted"))

    done = sent(browser, data, at=f"/api/v1{AT}/sheet")
    assert (done.status_code, done.json()) == (200, {"new": [], "changed": [], "disposed": [1], "unchanged": 0})
    assert sent(browser, data, at=f"/api/v1{AT}/sheet").json()["unchanged"] == 1
    foreign = edited(out.content, ("0", "Id", "C-0123456789ab.1"))
    no = sent(browser, foreign, at=f"/api/v1{AT}/sheet")
    assert (no.status_code, no.json()["rule"]) == (422, "sheets.foreign-id")
    page = load_workbook(io.BytesIO(browser.get(f"/api/v1{AT}/sheet.xlsx").content)).active
    assert page is not None
    assert page.cell(row=4, column=8).value == "'=1+1 is too short"
