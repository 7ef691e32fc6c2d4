"""The virus scanner port, with the two scanners that need no program: none at all, and one that tests move."""

from dataclasses import dataclass, field
from typing import BinaryIO, Protocol


@dataclass(frozen=True)
class Verdict:
    """signature: name of what was found, "" when the content is clean."""

    signature: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.signature


class ScannerUnreachable(Exception):
    """Nothing is known of the content: the scanner does not answer, or could not look at all of it."""


class Scanner(Protocol):
    def scan(self, stream: BinaryIO) -> Verdict:
        """The verdict on what the stream holds from here to its end, or ScannerUnreachable."""


class NullScanner:
    """No scanner is configured: everything passes."""

    def scan(self, stream: BinaryIO) -> Verdict:
        return Verdict()


@dataclass
class MarkScanner:
    """Finds the marks it was given; is_away: answers nobody. For tests."""

    marks: dict[bytes, str] = field(default_factory=dict)
    is_away: bool = False

    def scan(self, stream: BinaryIO) -> Verdict:
        if self.is_away:
            raise ScannerUnreachable("away")
        content = stream.read()
        return Verdict(next((name for mark, name in self.marks.items() if mark in content), ""))
