"""The mailer port, and a letter as a mail message."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Protocol

from sgdocs.mail.models import Letter


class Undeliverable(Exception):
    """The message could not be handed over; the text says why."""


class Mailer(Protocol):
    def send(self, message: EmailMessage) -> None:
        """Hand the message over, or raise Undeliverable."""


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """The message that goes out, and that a preview shows."""
    name, address = parseaddr(sender)
    message = EmailMessage()
    message["Message-ID"] = f"<{letter.message_id}>"
    message["Date"] = format_datetime(letter.written_at)
    message["From"] = _address(name, address)
    message["To"] = _address(letter.to_name, letter.to_address)
    message["Subject"] = letter.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{letter.text}\n\n-- \n{letter.reason}\n" if letter.reason else f"{letter.text}\n")
    return message


def _address(name: str, address: str) -> Address:
    try:
        return Address(display_name=name, addr_spec=address)
    except (ValueError, IndexError, MessageError) as error:
        raise Undeliverable(f"“{address}” is no address: {error}") from error
