"""The page by which an editor brings the edited text: who sees it, what it does, what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from sgdocs.approval.models import Process
from sgdocs.documents.models import File, Version
from tests.approval.stories import Story, geneva, in_last_call, story
from tests.cast import Cast, Player
from tests.people.browser import another, content, sign_in, tree
from tests.support.databases import Clock
from tests.web.paper_browser import a_file, errors

pytestmark = pytest.mark.databases("sqlite")
Open = Callable[[Player | None], TestClient]


@pytest.fixture
def told(cast: Cast, clock: Clock) -> Story:
    found = story(cast)
    clock.now = found.now
    return found


@pytest.fixture
def opened(client: TestClient, told: Story) -> Open:
    def browser(player: Player | None) -> TestClient:
        new = another(client)
        if player is not None:
            told.make.account(player.person)
        told.session.commit()
        if player is not None:
            sign_in(new, player.person)
        return new

    return browser


@pytest.fixture
def consented(told: Story, clock: Clock) -> str:
    process = told.decides("consent")
    told.at(geneva(3, 10))
    clock.now = told.now
    return f"/approval/{process.number}"


def now(told: Story) -> tuple[str, str, list[str]]:
    """State, part that is bound, parts that are there."""
    told.session.rollback()
    row = told.session.exec(select(Process)).one()
    parts = told.session.exec(select(Version.part).where(Version.document_id == told.text.id).order_by(col(Version.id)))
    found = (row.state, row.document_part, list(parts))
    told.session.rollback()
    return found


def test_editor_brings_the_text_and_the_approval_moves(told: Story, opened: Open, cast: Cast, consented: str) -> None:
    browser = opened(cast.editor)
    main = tree(browser.get(consented).text).cssselect("aside.actions a.is-main")
    assert [each.get("href") for each in main] == [f"{consented}/text"]

    page = tree(browser.get(f"{consented}/text").text)
    (form,) = [each for each in page.forms if each.get("action") == f"{consented}/text"]
    assert "goes from “consented" in form.text_content().lower()
    done = browser.post(
        f"{consented}/text",
        data={**dict(form.form_values()), "note": "As agreed at the meeting"},
        files=a_file(),
        follow_redirects=False,
    )

    assert (done.status_code, done.headers["location"]) == (303, consented)
    assert now(told) == ("edited", "R1", ["", "R1"])
    newest = told.session.exec(select(Version).where(Version.part == "R1")).one()
    kept = told.session.exec(select(File).where(File.version_id == newest.id)).one()
    assert newest.note == "As agreed at the meeting"
    assert kept.text == "kept"
    assert told.session.exec(select(Process)).one().sha256 == kept.sha256


def test_form_sent_twice_brings_one_revision(told: Story, opened: Open, cast: Cast, consented: str) -> None:
    browser = opened(cast.editor)
    sent = [
        browser.post(f"{consented}/text", data={"from_state": "consented"}, files=a_file(), follow_redirects=False)
        for _ in range(2)
    ]

    assert [each.status_code for each in sent] == [303, 409]
    assert now(told) == ("edited", "R1", ["", "R1"])


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "Choose the file of the text"),
        (a_file(b"MZ\x90\x00" + b"\x00" * 200, "text.docx"), "is refused"),
        (a_file(b"", "text.docx"), "is refused"),
    ],
    ids=["none", "program", "empty"],
)
def test_what_is_no_text_is_refused_at_its_field(
    told: Story, opened: Open, cast: Cast, consented: str, files: dict[str, Any], words: str
) -> None:
    no = opened(cast.editor).post(f"{consented}/text", data={"from_state": "consented"}, files=files or None)

    assert no.status_code == 422
    assert words in errors(no.text)["file"]
    assert now(told) == ("consented", "", [""])


def test_page_is_for_those_who_bring_texts(told: Story, opened: Open, cast: Cast, consented: str) -> None:
    for player in (None, cast.delegate_member):
        browser = opened(player)
        asked = browser.get(f"{consented}/text", follow_redirects=False)
        sent = browser.post(f"{consented}/text", data={}, files=a_file(), follow_redirects=False)
        assert asked.status_code == (403 if player else 303), player
        assert sent.status_code == 403, player
        assert f'{consented}/text"' not in browser.get(consented).text
    assert now(told)[2] == [""]


def test_no_text_is_taken_in_while_members_comment_on_it(told: Story, opened: Open, cast: Cast, clock: Clock) -> None:
    process = in_last_call(told)
    clock.now = told.now
    at, browser = f"/approval/{process.number}", opened(cast.editor)

    assert f'{at}/text"' not in browser.get(at).text
    assert "No text is taken in here now" in content(browser.get(f"{at}/text").text)
    no = browser.post(f"{at}/text", data={"from_state": "last-call"}, files=a_file())
    assert no.status_code == 409
    assert now(told)[1:] == ("R1", ["", "R1"])


def test_missing_summary_is_told_before_and_stops_the_text(
    told: Story, opened: Open, cast: Cast, consented: str
) -> None:
    row = told.session.exec(select(Process)).one()
    row.summary = told.item.summary = ""
    told.make.add(told.item)
    told.make.add(row)
    browser = opened(cast.editor)

    assert "The text has no summary." in content(browser.get(f"{consented}/text").text)
    no = browser.post(f"{consented}/text", data={"from_state": "consented"}, files=a_file())
    assert (no.status_code, "The text has no summary." in content(no.text)) == (409, True)
    assert now(told) == ("consented", "", [""])
