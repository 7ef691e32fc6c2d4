"""The pictures of the guides show the pages as they are; those that do not are named."""

import pytest
from playwright.sync_api import Browser

from sgdocs.guides.pages import GUIDES, texts
from sgdocs.guides.reading import Made
from sgdocs.web.help_pictures import FOLDER, notes
from tests.browser.pictures import LANGUAGES, SHOTS, contexts, opened, says
from tests.support.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
BIGGEST_BYTES = 80_000


def test_pictures_are_those_that_the_guides_name_and_small() -> None:
    named = {
        f"{block.name}.{code}.webp"
        for guide in GUIDES
        for code, text in texts(guide).items()
        for section in text.sections
        for block in section.blocks
        if block.made is Made.PICTURE
    }

    assert named == {file.name for file in FOLDER.glob("*.webp")} == {f"{name}.webp" for name in notes()}
    assert [file.name for file in FOLDER.glob("*.webp") if file.stat().st_size > BIGGEST_BYTES] == []


def test_no_picture_is_stale(chromium: Browser, site: Site) -> None:
    """Made anew by `python -m tests.browser.pictures`."""
    known = notes()
    with contexts(chromium, site) as found:
        stale = [
            f"{shot.name}.{code}"
            for shot in SHOTS
            for code in LANGUAGES
            if says(opened(found[shot.role, code], shot)) != known[f"{shot.name}.{code}"]["says"]
        ]

    assert stale == [], f"make them anew: python -m tests.browser.pictures ({', '.join(stale)})"
