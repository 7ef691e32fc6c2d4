"""A message that came in, read with limits: who says to have sent it, whether a relay vouches for that, text, files. Pure.

Nothing of what it says is believed: the sender counts only when the topmost Authentication-Results is that of a relay we
configured, and vouches for the very address of `From` (RFC 8601). Automatic replies and bounces are recognised (RFC 3834,
RFC 3464).
"""

import email
import hashlib
import logging
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from sgdocs.base.text import clean, one_line
from sgdocs.mail.vouching import vouched

log = logging.getLogger(__name__)
MOST_PARTS: Final = 60
MOST_FILES: Final = 20
TEXT_CHARACTERS: Final = 100_000
MOST_BYTES: Final = 100_000_000
"""Of all files of a message together, as they lie in memory."""
MOST_BOUNDARIES: Final = 5_000
MOST_LINES: Final = 1_000_000
MOST_HEADERS: Final = 50
_MARK: Final = re.compile(r"<(?P<sort>/?(?:script|style)\b)?[^<>]*>", re.IGNORECASE)
_AUTOMATIC: Final = ("X-Autoreply", "X-Autorespond", "X-Auto-Response")
_PRECEDENCE: Final = ("bulk", "junk", "auto_reply", "list")
_IDS: Final = re.compile(r"<([^<>\s]{3,250})>")


@dataclass(frozen=True)
class Attached:
    """A file of a message. name: one line, no folders in it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Incoming:
    """A message. is_authentic: None when no relay is configured; identity: the address that the relay vouches for.

    kind: `letter`, `automatic` or `bounce`; about: Message-IDs that it refers to, of letters of ours in a bounce; to: addresses it was sent to, lower case; why: what a bounce says;
    odd: what was wrong with it.
    """

    message_id: str
    sha256: str
    kind: str = "letter"
    from_address: str = ""
    from_name: str = ""
    subject: str = ""
    text: str = ""
    written_at: datetime | None = None
    is_authentic: bool | None = None
    identity: str = ""
    files: tuple[Attached, ...] = ()
    about: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    why: str = ""
    odd: tuple[str, ...] = ()


def read_message(raw: bytes, relays: Collection[str] = ()) -> Incoming:
    """The message, however broken: what cannot be read is left out and told in `odd`. relays: authserv-ids, lower case."""
    digest = hashlib.sha256(raw).hexdigest()
    if raw.count(b"\n--") > MOST_BOUNDARIES or raw.count(b"\n") > MOST_LINES:
        return Incoming(f"{digest}@unread", digest, odd=("it has too many parts or lines to be read",))
    try:
        return _read(raw, digest, relays)
    except RecursionError:
        return Incoming(f"{digest}@unread", digest, odd=("its parts are nested too deeply to be read",))
    except Exception as error:  # whatever is sent, the next message is read
        log.warning("message %s cannot be read: %s", digest, type(error).__name__)
        return Incoming(f"{digest}@unread", digest, odd=("it is broken and cannot be read",))


def _read(raw: bytes, digest: str, relays: Collection[str]) -> Incoming:
    message = email.message_from_bytes(raw)
    parts = _parts(message)
    name, address = _sender(message)
    odd = [] if address else ["it does not say by one address who sent it"]
    odd += ["it has more parts than are looked at"] if len(parts) > MOST_PARTS else []
    parts = parts[:MOST_PARTS]
    text, files = _content(parts)
    odd += ["it has more files than are taken"] if len(files) > MOST_FILES else []
    results = _all(message, "Authentication-Results")
    is_vouched = vouched(results[:1], address, relays)
    return Incoming(
        message_id=_id_of(message) or f"{digest}@none",
        sha256=digest,
        kind=_kind(message),
        from_address=address[:320],
        from_name=name[:200],
        subject=_header(message, "Subject")[:500],
        text=text,
        written_at=_written_at(message),
        is_authentic=is_vouched,
        identity=address[:320] if is_vouched else "",
        files=tuple(files[:MOST_FILES]),
        about=_about(message, parts),
        to=_receivers(message),
        why=_why(parts),
        odd=tuple(odd),
    )


def _parts(message: "Message[str, str]") -> list["Message[str, str]"]:
    """The parts in order, one more than are looked at at most. A message in the message is one file: its own parts are not
    counted a second time."""
    found: list[Message[str, str]] = []
    waiting = [message]
    while waiting and len(found) <= MOST_PARTS:
        part = waiting.pop()
        below = part.get_payload() if part.is_multipart() else None
        if isinstance(below, list) and part.get_content_type() != "message/rfc822":
            waiting += [each for each in reversed(below) if isinstance(each, Message)]
        else:
            found.append(part)
    return found


# Headers

_FROM: Final = re.compile(
    r"(?P<name>[^<>]*)<(?P<address>[^<>\s@,;]+@[^<>\s@,;]+)>|(?P<bare>[^<>\s@,;()]+@[^<>\s@,;()]+)"
)


def _sender(message: "Message[str, str]") -> tuple[str, str]:
    """Name and address; nothing when `From` is not there once, with one address. Read before anything in it is decoded."""
    told = [one_line(str(value)) for value in message.get_all("From", [])]
    found = _FROM.fullmatch(told[0][:2_000]) if len(told) == 1 else None
    if found is None:
        return "", ""
    return _decoded((found["name"] or "").strip().strip('"')), (found["address"] or found["bare"]).lower()


def _receivers(message: "Message[str, str]") -> tuple[str, ...]:
    """As the relay delivered it, and as the letter says; each once."""
    names = ("Delivered-To", "X-Original-To", "To", "Cc")
    told = [one_line(str(value)[:20_000]) for name in names for value in message.get_all(name, [])[:MOST_HEADERS]]
    try:
        found = [address for _, address in getaddresses(told)]
    except RecursionError:  # comments in comments
        found = []
    return tuple(dict.fromkeys(each.lower()[:320] for each in found if "@" in each))[:100]


def _all(message: "Message[str, str]", name: str) -> list[str]:
    """The headers of that name, the topmost first, decoded."""
    return [_decoded(value) for value in message.get_all(name, [])[:MOST_HEADERS]]


def _header(message: "Message[str, str]", name: str) -> str:
    return next(iter(_all(message, name)), "")


def _decoded(value: object) -> str:
    """One line, whatever was encoded in it."""
    words = str(value)[:20_000]
    try:
        return one_line(str(make_header(decode_header(words))))
    except (HeaderParseError, LookupError, ValueError):
        return one_line(words)


def _id_of(message: "Message[str, str]") -> str:
    found = _IDS.search(_header(message, "Message-ID"))
    return found[1] if found else ""


def _written_at(message: "Message[str, str]") -> datetime | None:
    """UTC; None for no date, or one that is none."""
    try:
        at = parsedate_to_datetime(_header(message, "Date"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _kind(message: "Message[str, str]") -> str:
    report = str(message.get_param("report-type", "") or "").lower()
    if message.get_content_type() == "multipart/report" and report in ("delivery-status", ""):
        return "bounce"
    said = _header(message, "Auto-Submitted").split(";")[0].strip().lower()
    is_automatic = (
        said not in ("", "no")
        or any(name in message for name in _AUTOMATIC)
        or _header(message, "Precedence").lower() in _PRECEDENCE
        or _header(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
    )
    return "automatic" if is_automatic else "letter"


# Content


def _content(parts: list["Message[str, str]"]) -> tuple[str, list[Attached]]:
    """The text (plain, else that of the HTML without its marks) and the files."""
    plain, marked, files = [], [], []
    left = MOST_BYTES
    for n, part in enumerate(parts):
        name = _name_of(part)
        sort = part.get_content_type()
        if name or sort not in ("text/plain", "text/html"):
            if not sort.startswith("multipart/") and left > 0:
                content = _bytes(part)
                left -= len(content)
                files.append(Attached(name or f"part-{n + 1}", content if left >= 0 else b""))
        elif sort == "text/plain":
            plain.append(_words(part))
        else:
            marked.append(_without_marks(_words(part)))
    text = "\n\n".join(each for each in (plain or marked) if each.strip())
    return clean(text)[:TEXT_CHARACTERS], [each for each in files if each.content]


def _without_marks(html: str) -> str:
    """What stands between the marks, without scripts and styles. In one pass, whatever is open and never closed."""
    kept, ends, is_code = [], 0, False
    for found in _MARK.finditer(html):
        if not is_code:
            kept.append(html[ends : found.start()])
        if found["sort"]:
            is_code = not found["sort"].startswith("/")
        ends = found.end()
    return " ".join([*kept, "" if is_code else html[ends:]])


def _name_of(part: "Message[str, str]") -> str:
    """The last part of what it says to be called."""
    try:
        given = part.get_filename("") or ""
    except (LookupError, ValueError, TypeError):
        given = "file"
    return re.split(r"[/\\]", _decoded(given))[-1][:200]


def _bytes(part: "Message[str, str]") -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _words(part: "Message[str, str]") -> str:
    data = _bytes(part)[: TEXT_CHARACTERS * 4]
    try:
        return data.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


# Bounces


def _about(message: "Message[str, str]", parts: list["Message[str, str]"]) -> tuple[str, ...]:
    """Message-IDs that it refers to, in its headers and in the returned message."""
    found: list[str] = []
    for name in ("In-Reply-To", "References"):
        found += _IDS.findall(_header(message, name))
    for part in parts:
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            returned = _bytes(part)[:50_000].decode("utf-8", "replace")
            found += re.findall(r"^Message-ID:\s*<([^<>\s]{3,250})>", returned, re.IGNORECASE | re.MULTILINE)
    return tuple(dict.fromkeys(found))[:50]


def _why(parts: list["Message[str, str]"]) -> str:
    """What the report of delivery says, without its form."""
    return next(iter(_diagnoses(parts)), "")


def _diagnoses(parts: list["Message[str, str]"]) -> Iterator[str]:
    for part in parts:
        for name in ("Diagnostic-Code", "Status"):
            if part.get(name):
                yield _decoded(part[name]).partition(";")[2].strip()[:300] or _decoded(part[name])[:300]
