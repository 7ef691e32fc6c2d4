"""A mailer and an inbox for tests: they keep what they were given, and can be told to fail."""

from collections.abc import Iterator
from email.message import EmailMessage

from sgdocs.mail.inbox import InboxUnreachable, Waiting
from sgdocs.mail.letter import Undeliverable


class MemoryMailer:
    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.failing: str | None = None

    def send(self, message: EmailMessage) -> None:
        if self.failing is not None:
            raise Undeliverable(self.failing)
        self.sent.append(message)


class MemoryInbox:
    """messages: raw, by key; taken: keys of those that are done."""

    def __init__(self) -> None:
        self.messages: dict[str, bytes] = {}
        self.taken: list[str] = []
        self.failing: str | None = None

    def waiting(self, limit_bytes: int, most: int = 20) -> Iterator[Waiting]:
        if self.failing is not None:
            raise InboxUnreachable(self.failing)
        for key, raw in list(self.messages.items())[:most]:
            yield Waiting(key, raw if len(raw) <= limit_bytes else b"", len(raw))

    def done(self, key: str) -> None:
        del self.messages[key]
        self.taken.append(key)
