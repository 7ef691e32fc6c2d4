"""The page that tells people how."""

import re

from starlette.testclient import TestClient

from tests.support.services import ADDRESS


def test_help_tells_the_three_ways_with_this_address(client: TestClient) -> None:
    told = client.get("/help/disk").text

    for words in (f"{ADDRESS}/meeting/…/bundle.zip", f"{ADDRESS}/dav/", f"--server {ADDRESS}", "manifest.json"):
        assert words in told
    assert re.search(r'href="/help/disk"', client.get("/help").text)
