"""What is believed of a manifest, and what is decided for a file."""

from typing import Any

import pytest

from sgdocs.syncing.deciding import Do, decide
from sgdocs.syncing.entries import Unreadable, read

GOOD: dict[str, Any] = {
    "path": "C/T25-SG13-C1-E.docx",
    "size": 10,
    "sha256": "a" * 64,
    "address": "/doc/T25-SG13-C1/file/T25-SG13-C1-E.docx",
    "posted_at": "2026-03-02T09:00:00+00:00",
}


def manifest(*files: Any) -> dict[str, Any]:
    return {"format": 1, "files": list(files)}


@pytest.mark.parametrize(
    ("server", "fetched", "here", "does"),
    [
        ("a", None, None, Do.FETCH),
        ("a", "a", None, Do.FETCH),
        ("b", "a", None, Do.FETCH),
        ("a", "a", "a", Do.KEEP),
        ("a", None, "a", Do.KEEP),
        ("b", "a", "b", Do.KEEP),
        ("b", "a", "a", Do.REPLACE),
        ("a", "a", "mine", Do.LEAVE),
        ("b", "a", "mine", Do.ASIDE),
        ("a", None, "mine", Do.ASIDE),
    ],
)
def test_every_case_is_decided(server: str, fetched: str | None, here: str | None, does: Do) -> None:
    assert decide(server, fetched, here) is does


def test_only_content_that_was_fetched_is_ever_replaced() -> None:
    """Whatever the digests: what is overwritten is what we put there."""
    digests = ("a", "b", "c", None)
    replaced = [
        (server, fetched, here)
        for server in digests[:3]
        for fetched in digests
        for here in digests
        if decide(server, fetched, here) is Do.REPLACE
    ]

    assert replaced
    assert all(here == fetched != server for server, fetched, here in replaced)


def test_good_entry_is_read() -> None:
    [entry] = read(manifest(GOOD)).entries.values()

    assert (entry.path, entry.size, entry.posted_at) == ("C/T25-SG13-C1-E.docx", 10, 1772442000.0)


@pytest.mark.parametrize(
    "change",
    [
        {"path": "../../.ssh/authorized_keys"}, {"path": "/etc/passwd"}, {"path": "C/../../x"}, {"path": ".sgdocs/state.json"},
        {"path": "C\\..\\x"}, {"path": "C:/x"}, {"path": "C/nul"}, {"path": ""}, {"path": None}, {"path": 7}, {"path": "C/x\n"},
        {"size": -1}, {"size": 1 << 40}, {"size": "10"}, {"size": True}, {"size": None},
        {"sha256": "A" * 64}, {"sha256": "a" * 63}, {"sha256": "../" + "a" * 61}, {"sha256": None},
        {"address": "https://elsewhere.example/x"}, {"address": "//elsewhere.example/x"}, {"address": "doc/x"},
        {"address": "/\\elsewhere.example"}, {"address": "/x y"}, {"address": "@elsewhere.example"}, {"address": None},
    ],
)  # fmt: skip
def test_entry_that_cannot_be_trusted_is_refused_alone(change: dict[str, Any]) -> None:
    listing = read(manifest({**GOOD, **change}, GOOD))

    assert list(listing.entries) == [GOOD["path"]]
    assert len(listing.refused) == 1


def test_names_that_meet_on_some_systems_are_refused() -> None:
    listing = read(manifest(GOOD, {**GOOD, "path": "c/t25-sg13-c1-e.DOCX"}))

    assert len(listing.entries) == 1
    assert listing.refused == (("c/t25-sg13-c1-e.DOCX", "the server names it twice"),)


@pytest.mark.parametrize(
    "told", [None, [], "x", {}, {"format": 2, "files": []}, {"format": 1, "files": {}}, {"files": []}]
)
def test_what_is_no_manifest_is_not_read(told: Any) -> None:
    with pytest.raises(Unreadable):
        read(told)


@pytest.mark.parametrize("each", [None, 7, "x", [], {}])
def test_what_is_no_entry_is_refused(each: Any) -> None:
    assert len(read(manifest(each)).refused) == 1


def test_words_of_a_refusal_are_safe_for_a_terminal() -> None:
    listing = read(manifest({**GOOD, "path": "../\x1b[31m\n" + "x" * 500}))

    assert "\x1b" not in listing.refused[0][0]
    assert len(listing.refused[0][0]) <= 120
