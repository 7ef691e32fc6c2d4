"""Blobs in a folder: by digest, whole or not at all."""

import io
from hashlib import sha256
from pathlib import Path

import pytest

from sgdocs.storage.local import LocalStore
from sgdocs.storage.store import NoSuchBlob


class Torn(io.BytesIO):
    """A stream that breaks off."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError("connection lost")


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "storage")


def test_blob_is_kept_by_its_digest(store: LocalStore) -> None:
    blob = store.put(io.BytesIO(b"text"))

    assert (blob.sha256, blob.size_bytes) == (sha256(b"text").hexdigest(), 4)
    with store.open(blob.sha256) as file:
        assert file.read() == b"text"


def test_same_content_is_kept_once(store: LocalStore) -> None:
    store.put(io.BytesIO(b"text"))
    store.put(io.BytesIO(b"text"))

    assert list(store.names()) == [sha256(b"text").hexdigest()]
    assert len([path for path in store.folder.rglob("*") if path.is_file()]) == 1


def test_torn_stream_leaves_nothing(store: LocalStore) -> None:
    with pytest.raises(OSError, match="connection lost"):
        store.put(Torn())

    assert [path for path in store.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64, "a" * 64 + "\n"])
def test_what_is_not_there_is_no_blob(store: LocalStore, name: str) -> None:
    with pytest.raises(NoSuchBlob):
        store.open(name)


def test_dropped_blob_is_gone(store: LocalStore) -> None:
    blob = store.put(io.BytesIO(b"text"))
    store.drop(blob.sha256)
    store.drop(blob.sha256)

    assert not store.has(blob.sha256)
