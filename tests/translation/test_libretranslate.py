"""The adapter against a server that speaks the documented API: well, and in every bad manner."""

import io
import time
from collections.abc import Iterator

import pytest

from sgdocs.base.rulebook import Rule
from sgdocs.translation import port
from sgdocs.translation.libretranslate import LibreTranslate
from sgdocs.translation.port import TranslatorFailed
from tests.translation.libre import Libre, libre


@pytest.fixture
def server() -> Iterator[Libre]:
    with libre() as running:
        yield running


def failure(server: Libre, *, seconds: float = 5, most_bytes: int = 100_000) -> TranslatorFailed:
    with pytest.raises(TranslatorFailed) as caught:
        LibreTranslate(server.url, seconds=seconds, most_bytes=most_bytes).translate(["The text."], "en", "fr")
    return caught.value


def test_texts_are_translated_as_the_api_says(server: Libre) -> None:
    server.key = "secret"
    spoken = LibreTranslate(server.url + "/", "secret")

    texts = spoken.translate(['One <span translate="no">G.652</span>', "Two &amp; three"], "en", "zh")

    assert texts == ['enO <span translate="no">G.652</span>', "owT &amp; eerht"]
    ((path, fields),) = server.asked
    assert (path, fields.pop("q")[1]) == ("/translate", "Two &amp; three")
    assert fields == {"source": "en", "target": "zh-Hans", "format": "html", "api_key": "secret"}
    assert spoken.languages()["en"] == {"fr", "es", "ru", "ar", "zh"}


def test_file_is_sent_and_fetched(server: Libre) -> None:
    with LibreTranslate(server.url).translate_file(io.BytesIO(b"PK-words"), "é T25.docx", "en", "fr") as made:
        assert made.read() == b"PK-words"

    ((path, fields),) = server.asked
    assert (path, fields) == ("/translate_file", {"source": "en", "target": "fr", "file": b"PK-words"})


@pytest.mark.parametrize(
    ("manner", "rule", "is_final"),
    [
        ("dies", port.DEAD, False),
        ("no JSON", port.NOT_UNDERSTOOD, False),
        ("deep", port.NOT_UNDERSTOOD, False),
        ("a list", port.NOT_UNDERSTOOD, False),
        ("numbers", port.NOT_UNDERSTOOD, False),
        ("one text", port.NOT_UNDERSTOOD, False),
        ("too few", port.NOT_UNDERSTOOD, False),
        ("packed", port.NOT_UNDERSTOOD, False),
        ("elsewhere", port.ELSEWHERE, True),
        ("busy", port.BUSY, False),
        ("broken", port.BUSY, False),
        ("refuses", port.REFUSED, True),
    ],
)
def test_bad_answer_is_refused_with_its_reason(server: Libre, manner: str, rule: Rule, is_final: bool) -> None:
    server.manner = manner

    failed = failure(server, most_bytes=1_000_000)

    assert (failed.rule, failed.is_final) == (rule, is_final)
    assert failed.facts["host"] == "127.0.0.1"


@pytest.mark.parametrize("manner", ["hangs", "trickles"])
def test_service_that_hangs_is_left_in_time(server: Libre, manner: str) -> None:
    server.manner = manner
    started = time.monotonic()

    assert failure(server, seconds=0.4).rule is port.HANGS
    assert time.monotonic() - started < 2


def test_ten_gigabytes_are_cut_off(server: Libre) -> None:
    server.manner = "endless"

    assert failure(server, most_bytes=50_000).rule is port.TOO_MUCH
    assert server.sent < 20_000_000, "only what lay in the buffers of the system"


def test_file_without_end_is_cut_off(server: Libre) -> None:
    server.manner = "endless file"
    with pytest.raises(TranslatorFailed) as caught:
        LibreTranslate(server.url, most_bytes=50_000).translate_file(io.BytesIO(b"PK"), "a.docx", "en", "fr")

    assert caught.value.rule is port.TOO_MUCH


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/download_file/made.docx",
        "http://127.0.0.1:1/download_file/made.docx",
        "http://127.0.0.1@192.0.2.1/made.docx",
        "file:///etc/passwd",
        "//192.0.2.1/made.docx",
        "made.docx",
    ],
)
def test_file_is_fetched_from_nowhere_else(server: Libre, url: str) -> None:
    server.file_url = url
    with pytest.raises(TranslatorFailed) as caught:
        LibreTranslate(server.url).translate_file(io.BytesIO(b"PK"), "a.docx", "en", "fr")

    assert (caught.value.rule, caught.value.is_final) == (port.ELSEWHERE, True)


def test_file_too_large_is_not_sent(server: Libre) -> None:
    with pytest.raises(TranslatorFailed) as caught:
        LibreTranslate(server.url, most_bytes=10).translate_file(io.BytesIO(b"x" * 11), "a.docx", "en", "fr")

    assert (caught.value.rule, server.asked) == (port.TOO_MUCH, [])


def test_nobody_at_home_and_a_wrong_key(server: Libre) -> None:
    server.key = "secret"
    assert (failure(server).rule, failure(server).is_final) == (port.REFUSED, True)
    server.server_close()
    assert failure(server).rule is port.DEAD


def test_pair_that_is_not_offered_is_refused_at_once(server: Libre) -> None:
    with pytest.raises(TranslatorFailed) as caught:
        LibreTranslate(server.url).translate(["Der Text"], "de", "fr")

    assert (caught.value.rule, caught.value.is_final, server.asked) == (port.NO_PAIR, True, [])


@pytest.mark.parametrize("url", ["ftp://host/", "https://", "https://name:word@host/", "host", "https://host/?a=b"])
def test_address_of_a_service_is_plain(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        LibreTranslate(url)
