"""The page of translations that nobody has reviewed; the mark that a reviewer leaves."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from sgdocs.i18n import FOLDER
from sgdocs.web import messages, reviewing
from tests.people.browser import content, tree

pytestmark = pytest.mark.databases("sqlite")
REVIEW, BARE = "Skip to content", "Home"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the Russian catalogue, in which one message lacks its translation."""
    there = tmp_path / "ru" / "LC_MESSAGES"
    there.mkdir(parents=True)
    shutil.copy(FOLDER / "ru" / "LC_MESSAGES" / "sgdocs.po", there)
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    monkeypatch.setattr(reviewing, "FOLDER", tmp_path)
    catalogue = messages.load("ru")
    for each in messages.messages_of(catalogue):
        each.user_comments = []
        each.string = each.string or "…"
    catalogue[BARE].string = ""
    messages.save(catalogue, "ru")
    reviewing._lines.cache_clear()
    yield tmp_path
    reviewing._lines.cache_clear()


def test_a_reviewed_message_leaves_the_list_and_comes_back_when_it_is_changed(folder: Path, client: TestClient) -> None:
    before = reviewing.standing("ru")
    messages.save(reviewing.marked(messages.load("ru"), [REVIEW]), "ru")
    after = reviewing.standing("ru")

    assert (before.lacking, before.reviewed, after.lacking, after.reviewed) == (1, 0, 1, 1)
    assert after.unreviewed == before.unreviewed - 1
    assert REVIEW not in content(client.get(f"/help/languages/ru?q={REVIEW}").text)
    assert REVIEW in content(client.get(f"/help/languages/ru?q={REVIEW}&state=reviewed").text)
    catalogue = messages.load("ru")
    told = catalogue[REVIEW].string
    assert reviewing.is_reviewed(messages.filled(catalogue, {REVIEW: str(told)})[REVIEW])
    assert not reviewing.is_reviewed(messages.filled(catalogue, {REVIEW: "Иначе"})[REVIEW])


def test_the_mark_outlasts_an_extraction(folder: Path) -> None:
    messages.save(reviewing.marked(messages.load("ru"), [REVIEW]), "ru")

    assert reviewing.is_reviewed(messages.renewed("ru")[REVIEW])


def test_what_has_no_translation_cannot_be_reviewed(folder: Path) -> None:
    with pytest.raises(ValueError, match=BARE):
        reviewing.marked(messages.load("ru"), [BARE])
    with pytest.raises(KeyError):
        reviewing.marked(messages.load("ru"), ["nobody says this"])


def test_page_lists_what_lacks_first_and_finds_words_in_both_languages(folder: Path, client: TestClient) -> None:
    page: Any = tree(client.get("/help/languages/ru?state=all").text)
    rows = page.findall(".//table//tbody/tr")
    assert [rows[0].find("./td[@lang='en']").text_content(), len(rows)] == [BARE, 50]
    assert page.find(".//a[@rel='next']").get("href") == "/help/languages/ru?state=all&page=2"
    told = messages.load("ru")[REVIEW].string
    found = tree(client.get("/help/languages/ru", params={"q": str(told).upper()}).text)
    assert REVIEW in [each.text_content() for each in found.findall(".//td[@lang='en']")]


def test_list_is_a_file_for_those_who_review(folder: Path, client: TestClient) -> None:
    rows = client.get("/help/languages/ru.json?state=lacking").json()
    assert rows == {
        "total": 1,
        "items": [{"english": BARE, "plural": "", "told": [""], "state": "lacking"}],
    }
    sheet = load_workbook(io.BytesIO(client.get("/help/languages/ru.xlsx").content)).active
    assert sheet is not None
    assert sheet.max_row == reviewing.standing("ru").total + 1


@pytest.mark.parametrize("path", ["xx", "en", "..%2Ffr", "ru/x", "xx.csv"])
def test_a_language_that_there_is_not_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(f"/help/languages/{path}").status_code == 404


def test_every_language_stands_on_the_page_and_a_state_that_there_is_not_is_refused(client: TestClient) -> None:
    page = tree(client.get("/help/languages").text)

    shown = [each.get("lang") for each in page.findall(".//td[@class='c-title']/a")]
    assert shown == messages.codes() == ["ar", "es", "fr", "ru", "zh"]
    assert client.get("/help/languages/fr?state=good").status_code == 422
