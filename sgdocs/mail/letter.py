"""The mailer port, and a letter as a mail message."""

from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Protocol

from sgdocs.base.text import one_line
from sgdocs.mail.models import HEADERS, HIDDEN, Letter


class Undeliverable(Exception):
    """The message could not be handed over; the text says why."""


class Mailer(Protocol):
    def send(self, message: EmailMessage) -> None:
        """Hand the message over, or raise Undeliverable."""


def message_of(letter: Letter, sender: str, files: Mapping[str, bytes] | None = None) -> EmailMessage:
    """The message that goes out, and that a preview shows. files: content by digest of what is attached.

    A letter that says where answers go was written by people, and does not call itself generated.
    """
    name, address = parseaddr(letter.from_line or sender)
    message = EmailMessage()
    message["Message-ID"] = f"<{letter.message_id}>"
    message["Date"] = format_datetime(letter.written_at)
    message["From"] = _address(name, address)
    message["To"] = _address(letter.to_name, letter.to_address)
    message["Subject"] = _plain(letter.subject)
    if letter.reply_to:
        message["Reply-To"] = _address("", letter.reply_to)
    for header in HEADERS:
        if header in letter.headers:
            message[header] = _plain(letter.headers[header])
    if not letter.reply_to:
        message["Auto-Submitted"] = "auto-generated"
    text = _with_hidden(letter.text, letter.hidden) if letter.hidden else letter.text
    message.set_content(f"{text}\n\n-- \n{letter.reason}\n" if letter.reason else f"{text}\n")
    for each in letter.attachments:
        _attach(message, each, files or {})
    return message


def _with_hidden(text: str, hidden: str) -> str:
    """In its last place alone: the house writes that one, whatever was written before it by others."""
    before, place, after = text.rpartition(HIDDEN)
    return before + (hidden if place else "") + after


def _attach(message: EmailMessage, told: Mapping[str, str], files: Mapping[str, bytes]) -> None:
    """One file under its name; the name cannot add headers."""
    content = files.get(told["sha256"])
    if content is None:
        raise Undeliverable(f"the content of {told['name']} is not here")
    main, _, sub = str(told.get("media_type") or "application/octet-stream").partition("/")
    message.add_attachment(content, maintype=main, subtype=sub or "octet-stream", filename=_plain(told["name"]))


def _plain(words: str) -> str:
    """One line that says what it says. `=?utf-8?q?a=0d=0aBcc:…?=` is decoded when a header is set, line breaks and all."""
    return one_line(words).replace("=?", "= ?")


def _address(name: str, address: str) -> Address:
    try:
        if "=?" in address:
            raise ValueError("encoded words do not belong into an address")
        return Address(display_name=_plain(name), addr_spec=address)
    except (ValueError, IndexError, MessageError) as error:
        raise Undeliverable(f"“{address}” is no address: {error}") from error
