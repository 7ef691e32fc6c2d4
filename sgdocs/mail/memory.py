"""A mailer for tests: keeps what it was given; can be told to fail."""

from email.message import EmailMessage

from sgdocs.mail.letter import Undeliverable


class MemoryMailer:
    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.failing: str | None = None

    def send(self, message: EmailMessage) -> None:
        if self.failing is not None:
            raise Undeliverable(self.failing)
        self.sent.append(message)
