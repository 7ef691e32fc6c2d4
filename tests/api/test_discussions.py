"""Discussions over the API: the same rules and the same readers as on the pages."""

import pytest
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from tests.cast import Cast
from tests.make import Make
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")
AT = "/api/v1/discussions"


def test_a_discussion_from_the_first_word_to_the_last(client: TestClient, make: Make, cast: Cast, act: Act) -> None:
    cast.summon("rapporteur", "chair", "delegate_member", "outsider", "sg13")
    author, chair, other, stranger = (
        signed_in(client, make, each.person)
        for each in (cast.rapporteur, cast.chair, cast.delegate_member, cast.outsider)
    )
    first = author.post(AT, json={"kind": "group", "ref": "T/SG13", "text": "**One**"})
    assert first.status_code == 201
    thread = author.get(AT).json()["items"][0]
    at = f"{AT}/{thread['id']}"
    assert (first.json()["html"], first.json()["url"]) == ("<p><strong>One</strong></p>\n", f"{thread['url']}?at=1#m1")

    for n in range(2, 5):
        assert other.post(f"{at}/messages", json={"text": f"{n}", "answers": 1}).json()["number"] == n
    page = other.get(f"{at}/messages?limit=3").json()
    assert [each["number"] for each in page["items"]] == [1, 2, 3]
    rest = other.get(f"{at}/messages?limit=3&cursor={page['next']}").json()
    assert [(each["number"], each["answers"]["number"]) for each in rest["items"]] == [(4, 1)]
    assert rest["next"] is None

    assert other.put(f"{at}/messages/1", json={"text": "Not mine"}).status_code == 403
    assert author.put(f"{at}/messages/1", json={"text": "One, better", "texts": 1}).json()["texts"] == 2
    assert author.put(f"{at}/messages/1", json={"text": "Too late", "texts": 1}).status_code == 409
    assert other.put(f"{at}/messages/1/hiding", json={"reason": "No"}).status_code == 403
    assert chair.put(f"{at}/messages/2/hiding", json={"reason": "Off the subject"}).json()["html"] == ""
    assert chair.delete(f"{at}/messages/2/hiding").json()["html"] == "<p>2</p>\n"
    assert chair.put(f"{at}/closing", json={"reason": "Agreed"}).json()["closed_reason"] == "Agreed"
    assert other.post(f"{at}/messages", json={"text": "But"}).status_code == 409
    assert chair.delete(f"{at}/closing").json()["closed_at"] is None

    for tail in ("", "/messages"):
        assert stranger.get(at + tail).status_code == 404
    assert stranger.post(f"{at}/messages", json={"text": "Hello"}).status_code == 404
    assert stranger.get(f"{AT}?all=true").json()["total"] == 0
    assert stranger.get(f"{AT}/about?kind=group&ref=T/SG13").json()["items"] == []
    assert stranger.post(AT, json={"kind": "group", "ref": "T/SG13", "text": "Hello"}).status_code == 403
    assert other.post(f"{at}/messages", json={"text": "x" * 1_000_000}).status_code == 422
