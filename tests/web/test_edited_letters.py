"""What the secretariat writes into the letter of a step is what the posted paper says."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as Word
from sqlmodel import col, select
from starlette.testclient import TestClient

from sgdocs.approval.actions import papers
from sgdocs.approval.models import Announcement, Process
from sgdocs.approval.schemas import LetterForm, StepForm
from sgdocs.documents.models import File
from sgdocs.proceedings.actions import texts
from sgdocs.storage.local import LocalStore
from sgdocs.web import urls
from tests.approval.stories import Story, geneva
from tests.cast import Cast
from tests.flows.test_approvals import radio
from tests.people.browser import content, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
OWN = "The study group asks you to look at clause 7.\r\n\r\nThe annex <b>is</b> new; see {name}."


@pytest.fixture
def told(cast: Cast, clock: Clock) -> Story:
    """A text of ITU-R for which PSAA was decided; its circular is to be sent."""
    found = radio(cast)
    texts.take(found.act(cast.br), found.item, "decide", "", StepForm(), procedure="psaa")
    clock.now = found.at(geneva(3, 20)).now
    return found


@pytest.fixture
def bureau(client: TestClient, told: Story, cast: Cast) -> TestClient:
    told.make.account(cast.br.person)
    told.session.commit()
    sign_in(client, cast.br.person)
    return client


@pytest.fixture
def posted(told: Story, tmp_path: Path) -> Callable[[Announcement], list[str]]:
    """Post the paper of an announcement; its paragraphs."""
    blobs = LocalStore(tmp_path / "papers")

    def post(row: Announcement) -> list[str]:
        document = papers.post(told.act(told.cast.br), row, lambda data: blobs.put(io.BytesIO(data)))
        (file,) = told.session.exec(select(File).where(File.document_id == document.id))
        with blobs.open(file.sha256) as stream:
            return [paragraph.text for paragraph in Word(io.BytesIO(stream.read())).paragraphs]

    return post


def press(browser: TestClient, told: Story, **changed: str) -> Announcement:
    """Send the circular through its panel, with such fields changed."""
    panel = "/approval/psaa/2026-001/steps/open"
    (form,) = tree(browser.get(panel).text).xpath('//form[.//input[@name="from_state"]]')
    done = browser.post(panel, data=dict(form.form_values()) | changed, follow_redirects=False)
    assert done.status_code == 303, content(done.text)
    told.session.expire_all()
    return told.session.exec(select(Announcement)).one()


def test_text_edited_in_the_panel_opens_the_paper(
    bureau: TestClient, told: Story, posted: Callable[[Announcement], list[str]]
) -> None:
    row = press(bureau, told, **{"letter-psaa-text": OWN})

    paragraphs = posted(row)
    assert "The study group asks you to look at clause 7." in paragraphs
    assert "The annex <b>is</b> new; see {name}." in paragraphs
    assert not any("decided to seek the simultaneous adoption" in each for each in paragraphs)
    assert "clause 7" in content(bureau.get(urls.announcement(row.sector, row.kind, row.number)).text)


def test_proposal_sent_back_as_it_stood_leaves_the_usual_paper(
    bureau: TestClient, told: Story, posted: Callable[[Announcement], list[str]]
) -> None:
    row = press(bureau, told, reason="The working party asks for it")

    assert row.text == ""
    assert any("decided to seek the simultaneous adoption" in each for each in posted(row))


def test_text_in_its_own_words_has_a_paper_of_its_own(told: Story, cast: Cast) -> None:
    """The words about one text do not open the paper about another of the same day."""
    first = told.session.exec(select(Process)).one()
    others = [_again(told, n) for n in (2, 3)]
    own = {"psaa": LetterForm(text="Clause 7 matters.")}
    for process, letters in ((first, {}), (others[0], own), (others[1], {})):
        told.steps(process, "open", by=cast.br, letters=letters)

    rows = told.session.exec(select(Announcement).order_by(col(Announcement.number))).all()
    assert [(row.number, row.text) for row in rows] == [(1, ""), (2, "Clause 7 matters.")]


def _again(told: Story, n: int) -> Process:
    """Another process as far as the first."""
    first = told.session.exec(select(Process)).first()
    assert first is not None
    facts = first.model_dump(exclude={"id", "number"}) | {"number": f"psaa/2026-{n:03d}"}
    row: Process = told.make.add(Process(**facts))
    return row
