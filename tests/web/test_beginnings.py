"""From the page of a published text to its deletion, suppression or editorial update, as people press it."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.approval.models import Process
from sgdocs.recommendations import actions as recommendations
from sgdocs.recommendations.models import Text
from sgdocs.recommendations.schemas import TextForm
from tests.approval.stories import geneva, listed, story
from tests.cast import Cast, Player
from tests.documents.papers import file, paper
from tests.flows.test_approvals import radio
from tests.people.browser import another, content, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
Open = Callable[[Player | None], TestClient]


@pytest.fixture
def opened(client: TestClient, cast: Cast) -> Open:
    """A browser of its own, signed in; everything told so far is committed."""

    def browser(player: Player | None) -> TestClient:
        new = another(client)
        if player is not None:
            cast.make.account(player.person)
        cast.make.session.commit()
        if player is not None:
            sign_in(new, player.person)
        return new

    return browser


def links(browser: TestClient, address: str) -> dict[str, str]:
    """The beginnings that the page of a text offers: title -> panel."""
    found = tree(browser.get(address).text).xpath(
        "//aside[@class='actions']//a[starts-with(@href, '/approval/begin/')]"
    )
    return {link.text_content(): link.get("href") for link in found}


def fields(page: str) -> dict[str, str]:
    """As a browser would send them."""
    (form,) = tree(page).xpath('//form[.//input[@name="from_state"]]')
    return dict(form.form_values())


def pressed(browser: TestClient, panel: str, **filled: str) -> str:
    """Open a panel, fill it, look again where a paper is named, press; returns where it leads."""
    form = fields(browser.get(panel).text) | filled
    if "document" in filled:
        form = fields(browser.post(panel, data=form | {"look": "1"}).text) | filled
    done = browser.post(panel, data=form, follow_redirects=False)
    assert done.status_code == 303, content(done.text)
    return done.headers["location"].split("?")[0]


def test_deletion_begins_on_the_page_and_is_agreed_by_its_paper(cast: Cast, clock: Clock, opened: Open) -> None:
    told = story(cast)
    clock.now = told.now
    form = {"identifier": "ITU-T Y.3100 (11/2019)", "title": "Old", "status": "in-force", "process": "aap"}
    text = recommendations.add(cast.make.act, TextForm.model_validate({**form, "study_group": "SG13", "approved": "2019-11-22"}))  # fmt: skip
    report = paper(cast.make, 46, meeting=told.meeting.code, title="Proposal to delete Y.3100")
    file(cast.make, report, sha256="e" * 64)
    listed(cast.make, told.meeting, report, cast.sg13, "questions", geneva(2, 20))
    chair = opened(cast.chair)

    offered = links(chair, "/rec/T/Y.3100")
    assert list(offered) == ["Propose to delete", "Propose an editorial correction"]
    assert offered == links(chair, text.address)
    process = pressed(chair, offered["Propose to delete"], reason="Superseded by Y.3199")
    pressed(chair, f"{process}/steps/agree-aap", document=report.name)

    again = chair.get(offered["Propose to delete"])
    refused = chair.post(offered["Propose to delete"], data=fields(again.text) | {"reason": "Once more"})
    assert "deletion/2026-001" in content(again.text)
    assert refused.status_code == 409
    (row,) = told.session.exec(select(Process)).all()
    told.session.refresh(row)
    assert (process, row.state, row.text_id) == ("/approval/deletion/2026-001", "agreed", text.id)


def test_paper_that_is_not_on_the_agenda_does_not_delete(cast: Cast, clock: Clock, opened: Open) -> None:
    told = story(cast)
    clock.now = told.now
    form = {"identifier": "ITU-T Y.3100 (11/2019)", "title": "Old", "status": "in-force", "process": "aap"}
    recommendations.add(cast.make.act, TextForm.model_validate({**form, "study_group": "SG13", "approved": "2019-11-22"}))  # fmt: skip
    report = paper(cast.make, 46, meeting=told.meeting.code, title="Proposal to delete Y.3100")
    file(cast.make, report, sha256="e" * 64)
    chair = opened(cast.chair)
    process = pressed(chair, links(chair, "/rec/T/Y.3100")["Propose to delete"], reason="Superseded")

    panel = f"{process}/steps/agree-aap"
    refused = chair.post(panel, data=fields(chair.get(panel).text) | {"document": report.name, "seen_document": report.name})  # fmt: skip

    assert refused.status_code == 409
    assert told.session.exec(select(Process.state)).one() == "proposed"


def test_suppression_and_editorial_update_begin_on_the_page_in_itu_r(cast: Cast, clock: Clock, opened: Open) -> None:
    told = radio(cast)
    clock.now = told.now
    (text,) = told.session.exec(select(Text)).all()
    bureau = opened(cast.br)

    offered = links(bureau, "/rec/R/M.2150")
    assert list(offered) == ["Propose to suppress", "Update editorially"]
    updated = pressed(bureau, offered["Update editorially"], document=told.text.name, reason="The group has another name")  # fmt: skip
    suppression = pressed(bureau, offered["Propose to suppress"], reason="Nobody uses it")
    pressed(bureau, f"{suppression}/steps/agree", document=told.text.name)

    states = {row.procedure: row.state for row in told.session.exec(select(Process)).all()}
    assert (updated, states) == ("/approval/editorial/2026-001", {"editorial": "updated", "suppression": "agreed"})
    told.session.refresh(text)
    assert text.status_note == "Editorial amendments in 2026"


def test_who_may_not_begin_is_shown_no_link(cast: Cast, clock: Clock, opened: Open) -> None:
    told = radio(cast)
    clock.now = told.now

    assert links(opened(None), "/rec/R/M.2150") == {}
    assert links(opened(cast.delegate_state), "/rec/R/M.2150") == {}
    (text,) = told.session.exec(select(Text)).all()
    text.status = "withdrawn"
    cast.make.add(text)
    assert links(opened(cast.br), "/rec/R/M.2150") == {}
