"""Receipts of uploaded files: whose they are, how long they hold, that nobody else can write one."""

from datetime import timedelta

import pytest

from sgdocs.base.errors import Invalid
from sgdocs.storage.store import Blob
from sgdocs.web import receipts
from tests.support.databases import NOW

SECRET = "s" * 32
BLOB = Blob("ab" * 32, 1234)
NAME = "Beitrag über 300 €.docx"


def test_receipt_names_the_file_of_its_person() -> None:
    words = receipts.write(SECRET, BLOB, NAME, 7, NOW)
    receipt = receipts.read(SECRET, words, 7, NOW + timedelta(hours=12), hours=12)

    assert (receipt.blob, receipt.given_name, receipt.person_id) == (BLOB, NAME, 7)


@pytest.mark.parametrize("person_id", [8, None])
def test_receipt_of_another_person_is_refused(person_id: int | None) -> None:
    words = receipts.write(SECRET, BLOB, NAME, 7, NOW)

    with pytest.raises(Invalid) as refused:
        receipts.read(SECRET, words, person_id, NOW, hours=12)
    assert refused.value.rule is receipts.BAD_RECEIPT


def test_old_receipt_is_refused() -> None:
    words = receipts.write(SECRET, BLOB, NAME, 7, NOW)

    with pytest.raises(Invalid) as refused:
        receipts.read(SECRET, words, 7, NOW + timedelta(hours=12, seconds=1), hours=12)
    assert refused.value.rule is receipts.OLD_RECEIPT


def _forged() -> list[str]:
    true = receipts.write(SECRET, BLOB, NAME, 7, NOW)
    payload, _, signature = true.rpartition(".")
    other = receipts.write("another secret of 32 characters!", BLOB, NAME, 7, NOW)
    return [
        "",
        ".",
        "x",
        payload,
        f"{payload}.",
        f"A{true}",
        f"{payload}.{signature[:-1]}A{signature[-1]}",
        other,
        "ab" * 32,
    ]


@pytest.mark.parametrize("words", _forged())
def test_forged_receipt_is_refused(words: str) -> None:
    with pytest.raises(Invalid) as refused:
        receipts.read(SECRET, words, 7, NOW, hours=12)
    assert refused.value.rule is receipts.BAD_RECEIPT


def test_signed_words_of_another_use_are_no_receipt() -> None:
    for told in ({"sha256": "ab" * 32}, ["list"], "text", {"x": 1}):
        words = receipts._signer(SECRET).dumps(told)

        with pytest.raises(Invalid):
            receipts.read(SECRET, words, 7, NOW, hours=12)
