"""Papers at the browser: posted once from the announcement, forms and lists to take along."""

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.approval.models import Announcement
from sgdocs.documents.models import Document
from tests.approval.test_papers import announced
from tests.approval.windows import process, window
from tests.cast import Cast, Player
from tests.make import Make
from tests.people.browser import another, content, sign_in

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def row(cast: Cast, make: Make) -> Announcement:
    cast.summon("tsb", "chair", "delegate_state", "outsider")
    text = process(cast, "tap", "consultation")
    window(cast, text, "consultation")
    aap = process(cast)
    window(cast, aap)
    for player in (cast.tsb, cast.chair, cast.delegate_state, cast.outsider):
        make.account(player.person)
    found = announced(make, "aap", aap)
    make.session.commit()
    return found


def as_(client: TestClient, player: Player) -> TestClient:
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def test_paper_is_posted_once_from_the_announcement(
    client: TestClient, cast: Cast, row: Announcement, make: Make
) -> None:
    tsb, chair = as_(client, cast.tsb), as_(client, cast.chair)
    assert "Post the paper" in content(tsb.get("/approval/announcement/1").text)
    assert "Post the paper" not in content(chair.get("/approval/announcement/1").text)
    assert chair.post("/approval/announcement/1/paper").status_code == 403

    done = tsb.post("/approval/announcement/1/paper")
    assert "The paper is posted as AAP-1." in content(done.text)
    again = tsb.post("/approval/announcement/1/paper")
    assert "is posted already, as AAP-1" in content(again.text)
    make.session.rollback()
    names = list(make.session.exec(select(Document.name)))
    make.session.rollback()
    assert names == ["T-AAP1"]
    assert client.get("/doc/T-AAP1").status_code == 200


def test_forms_and_lists_are_taken_along(client: TestClient, cast: Cast, row: Announcement) -> None:
    state = as_(client, cast.delegate_state)
    for at in ("tap/2026-001/reply-form.docx", "aap/2026-001/comments/list.docx"):
        sent = state.get(f"/approval/{at}")
        assert (sent.status_code, sent.content[:2]) == (200, b"PK")
    assert state.get("/approval/aap/2026-001/reply-form.docx").status_code == 404
    assert as_(client, cast.outsider).get("/approval/aap/2026-001/comments/list.docx").status_code == 404
    assert "Reply form" in content(state.get("/approval/tap/2026-001/replies").text)
    assert "List of comments" in content(state.get("/approval/aap/2026-001/comments/sheet").text)


def test_list_without_a_meeting_is_refused_in_words(client: TestClient, cast: Cast, row: Announcement) -> None:
    no = as_(client, cast.tsb).post("/approval/aap/2026-001/comments/list")
    assert "has no meeting to which the list of comments could go" in content(no.text)
