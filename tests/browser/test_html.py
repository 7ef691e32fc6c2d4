"""Every kind of page is valid HTML, in every language."""

import json
import re
import subprocess
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from tests.browser.crawl import signed_in
from tests.browser.examples import examples
from tests.support.site import Login, Site

pytestmark = pytest.mark.browser

UPLOADED = re.compile(r"Table columns? .* established by element")
"""Merged cells of an uploaded table, which a preview shows as they are."""


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_pages_are_valid_html(site: Site, vnu: list[str], language: str, tmp_path: Path) -> None:
    files = {}
    with ExitStack() as open_clients:
        clients: dict[Login | None, httpx2.Client] = {}
        for number, example in enumerate(examples(site, thorough=language == "en")):
            if example.login not in clients:
                clients[example.login] = open_clients.enter_context(signed_in(site, example.login))
            clients[example.login].cookies.set("lang", language)
            text = clients[example.login].get(example.address).text
            file = tmp_path / f"{number:03}.html"
            file.write_text(text, encoding="utf-8")
            files[file.name] = str(example)

    complaints = said_by(vnu, tmp_path, files)
    assert complaints == [], "\n".join(complaints)


def test_validator_names_what_is_wrong(vnu: list[str], tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><html lang=en><title>x</title><p><div id=a><b id=a></p>")

    assert any("Duplicate ID" in line for line in said_by(vnu, tmp_path, {"bad.html": "/bad"}))


def said_by(vnu: list[str], folder: Path, names: dict[str, str]) -> list[str]:
    """What the validator holds against the pages of a folder: each complaint once, with the pages it concerns."""
    done = subprocess.run(
        [*vnu, "--format", "json", "--errors-only", str(folder)], capture_output=True, text=True, check=False
    )
    pages: dict[str, set[str]] = defaultdict(set)
    for message in json.loads(done.stderr)["messages"]:
        if "/text" in names[Path(message["url"]).name] and UPLOADED.match(message["message"]):
            continue
        complaint = f"{message['message']} {message.get('extract', '').strip()!r}"
        pages[complaint].add(names[Path(message["url"]).name])
    return [f"{complaint} on {len(where)}, as {min(where)}" for complaint, where in pages.items()]
