"""Fetch mail from the inbox: read it, put its files through the gate and the scanner, keep it for the secretariat."""

import io
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.exc import OperationalError

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.settings import Settings
from sgdocs.base.text import one_line
from sgdocs.liaison.actions.arrivals import TakenFile, TakenMail, take_mail
from sgdocs.mail import tries
from sgdocs.mail.inbox import Inbox, InboxUnreachable, Waiting
from sgdocs.mail.incoming import Attached, Incoming, read_message
from sgdocs.storage.scanner import Scanner, ScannerUnreachable
from sgdocs.storage.store import BlobStore
from sgdocs.text.children import Readers
from sgdocs.text.limits import MEGABYTE

log = logging.getLogger(__name__)
LETTER = "letter.txt"
MOST = 20
"""Messages looked at in one round, besides those that wait for another try."""
FILE, MESSAGE = "liaison.mail-file", "liaison.mail-odd"


class Furnished(Protocol):
    """What is needed of the services."""

    @property
    def settings(self) -> Settings: ...

    @property
    def database(self) -> Database: ...

    @property
    def blobs(self) -> BlobStore: ...

    @property
    def scanner(self) -> Scanner: ...

    @property
    def readers(self) -> Readers: ...

    @property
    def inbox(self) -> Inbox: ...


Claim = Callable[[Act, Settings, Incoming, int], bool]
"""Whether somebody else takes the mail: it is then none of ours. The last is its size in bytes."""


def fetch(services: Furnished, now: datetime, *claims: Claim) -> int:
    """Take what waits in the inbox; how many messages. One that was taken before, by whatever accident, is taken once.
    claims: who is asked before the mail is taken for a statement.

    Files are kept before the transaction, a message leaves the inbox after it: nothing is lost in between.
    """
    taken = 0
    with services.database.reading() as session:
        failed = tries.failed(session)
    try:
        limit = services.settings.inbox_message_mb * MEGABYTE
        for waiting in list(services.inbox.waiting(limit, MOST + len(failed))):
            if failed.get(tries.key_of(waiting.key), now) <= now and _is_done(services, waiting, now, claims):
                services.inbox.done(waiting.key)
                taken += 1
    except InboxUnreachable as error:
        log.warning("inbox: %s", error)
    return taken


def _is_done(services: Furnished, waiting: Waiting, now: datetime, claims: Sequence[Claim]) -> bool:
    """Whether it was taken, or set aside; else it stays where it is, for a later try, and the others are taken.

    That the database is busy is no fault of the message.
    """
    try:
        _take(services, waiting, now, claims)
    except InboxUnreachable:
        raise
    except OperationalError as error:
        log.warning("inbox: message %r waits for the database: %s", waiting.key, error)
        return False
    except Exception as error:
        log.exception("inbox: message %r could not be taken", waiting.key)
        return _is_set_aside(services, waiting, now, f"{type(error).__name__}: {error}")
    return True


def _take(services: Furnished, waiting: Waiting, now: datetime, claims: Sequence[Claim]) -> None:
    mail = _read(services, waiting)
    with services.database.writing() as session:
        act, size = Act(session, Actor.clock(), now), max(len(waiting.raw), waiting.size_bytes)
        claimed = [claim(act, services.settings, mail.incoming, size) for claim in claims]
        if not any(claimed) or _is_for_us(services.settings, mail.incoming):
            take_mail(act, mail)
        tries.forget(session, waiting.key)


def _is_for_us(settings: Settings, incoming: Incoming) -> bool:
    """Sent to an address of ours for statements, whoever else it was sent to."""
    ours = {each.strip().lower() for each in settings.inbox_addresses.split(",")} - {""}
    return not ours.isdisjoint(incoming.to)


def _is_set_aside(services: Furnished, waiting: Waiting, now: datetime, why: str) -> bool:
    """After the last try the raw message is kept, and the secretariat finds that it could not be taken."""
    with services.database.writing() as session:
        if not tries.note_failure(session, waiting.key, why, now):
            return False
    sha256 = services.blobs.put(io.BytesIO(waiting.raw)).sha256 if waiting.raw else ""
    says = one_line(f"the message could not be taken and was set aside: {why}")[:500]
    key = tries.key_of(waiting.key)
    incoming = Incoming(f"{key}@set-aside", sha256, subject=key, odd=(says,))
    with services.database.writing() as session:
        take_mail(Act(session, Actor.clock(), now), TakenMail(incoming, (), [_finding(MESSAGE, "error", "", says)]))
        tries.forget(session, waiting.key)
    return True


def _read(services: Furnished, waiting: Waiting) -> TakenMail:
    if not waiting.raw:
        return _too_large(services, waiting)
    relays = [each.strip() for each in services.settings.inbox_relays.split(",") if each.strip()]
    incoming = read_message(waiting.raw, relays)
    services.blobs.put(io.BytesIO(waiting.raw))
    attached = incoming.files
    if not attached and incoming.text and incoming.kind == "letter":
        attached = (Attached(LETTER, incoming.text.encode()),)
    files = [_taken(services, each) for each in attached] if incoming.kind == "letter" else []
    findings = [_finding(MESSAGE, "warning", "", says) for says in incoming.odd]
    findings += [_finding(FILE, "error", each.name, each.refused) for each in files if each.refused]
    return TakenMail(incoming, files, findings)


def _too_large(services: Furnished, waiting: Waiting) -> TakenMail:
    """Told, not read: somebody looks at it in the mail box itself."""
    limit = services.settings.inbox_message_mb
    says = f"the message has {-(-waiting.size_bytes // MEGABYTE)} MB; at most {limit} MB are taken"
    incoming = Incoming(f"{waiting.key}@too-large", "", subject=waiting.key, odd=(says,))
    return TakenMail(incoming, (), [_finding(MESSAGE, "error", "", says)])


def _taken(services: Furnished, file: Attached) -> TakenFile:
    """A file through scanner and gate; what is refused is not kept."""
    refused, is_quarantined = "", False
    try:
        verdict = services.scanner.scan(io.BytesIO(file.content))
        refused = "" if verdict.is_clean else f"the virus scanner found {verdict.signature}"
    except ScannerUnreachable:
        is_quarantined = True
    if refused:
        return TakenFile(file.name, size_bytes=len(file.content), refused=refused)
    reading = services.readers.read(file.content, file.name)
    refused = next((each.says for each in reading.problems if each.is_fatal), "")
    if not reading.format and not refused:
        refused = "it is no kind of file that is taken"
    if refused:
        return TakenFile(file.name, size_bytes=len(file.content), media_type=reading.media_type, refused=refused)
    blob = services.blobs.put(io.BytesIO(file.content))
    return TakenFile(
        file.name, blob.sha256, blob.size_bytes, reading.media_type, reading.format, is_quarantined=is_quarantined
    )


def _finding(id: str, severity: str, place: str, found: str) -> dict[str, Any]:
    blank = {"expected": "", "mend": "", "clause": ""}
    return {"id": id, "severity": severity, "place": place, "found": found, **blank}
