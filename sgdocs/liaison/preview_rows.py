"""What a preview shows, and sending makes: the very document, letters and files."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sgdocs.liaison.checking import Finding
from sgdocs.liaison.letter_words import StatementWords


@dataclass(frozen=True)
class OutFile:
    """A file that goes out. sha256: of the very bytes; paper_id: of the paper, None for the statement itself."""

    name: str
    sha256: str
    size_bytes: int
    media_type: str
    paper_id: int | None = None


@dataclass(frozen=True)
class OutDocument:
    """A document that is filed. addressee_id: of the group that files it under its own next number, None for the number
    of the sender. number: "" where the group that gets it gives it."""

    group: str
    kind: str
    number: str
    title: str
    files: Sequence[OutFile]
    addressee_id: int | None = None


@dataclass(frozen=True)
class OutLetter:
    """One letter to one contact of a body. text: as it goes out, the link of that contact in the place of `mail.HIDDEN`."""

    addressee_id: int
    body: str
    to_name: str
    to_address: str
    subject: str
    text: str
    reason: str
    reply_to: str
    files: Sequence[OutFile]


@dataclass(frozen=True)
class Preview:
    """version: of the statement; number: that it gets; content: of its file; digest: of everything that is sent."""

    version: int
    number: str
    name: str
    title: str
    words: StatementWords
    content: bytes
    file: OutFile
    documents: Sequence[OutDocument]
    letters: Sequence[OutLetter]
    findings: Sequence[Finding]

    @property
    def files(self) -> Sequence[OutFile]:
        """Every file that goes to the addressees: the statement, then its papers."""
        sets = [*(each.files for each in self.documents), *(each.files for each in self.letters)]
        return max(sets, key=len)

    @property
    def errors(self) -> list[Finding]:
        return [each for each in self.findings if each.severity == "error"]

    @property
    def warnings(self) -> list[Finding]:
        """Each wants to be read: its `id` goes into `SendForm.accept`."""
        return [each for each in self.findings if each.severity == "warning"]

    @property
    def is_ready(self) -> bool:
        return not self.errors

    @property
    def digest(self) -> str:
        """Equal for two previews that send the same: names, texts, addresses, digests of files."""
        told = [[asdict(each) for each in self.documents], [asdict(each) for each in self.letters], asdict(self.file)]
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
