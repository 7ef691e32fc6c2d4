"""The blob store port. File names, media types and audiences are rows elsewhere, never paths."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol


@dataclass(frozen=True)
class Blob:
    """sha256: 64 hexadecimal digits, the name; size_bytes: length of the content."""

    sha256: str
    size_bytes: int


class NoSuchBlob(KeyError):
    """Nothing is kept under that digest."""


class BlobStore(Protocol):
    def put(self, stream: BinaryIO) -> Blob:
        """Keep the content; putting it twice is harmless, and makes it young again."""

    def open(self, sha256: str) -> BinaryIO:
        """The content for reading, or NoSuchBlob."""

    def has(self, sha256: str) -> bool: ...

    def drop(self, sha256: str) -> None:
        """Forget the content; nothing happens when it is not there."""

    def is_older(self, sha256: str, before: datetime) -> bool:
        """Whether the content is there and was last put before that instant."""

    def drop_older(self, sha256: str, before: datetime) -> bool:
        """Forget the content if it was last put before that instant; whether it was.

        Content that is put again meanwhile stays: a sweep can run beside uploads.
        """

    def names(self) -> Iterator[str]:
        """Every digest that is kept, in no order."""
