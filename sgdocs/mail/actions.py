"""Write a letter, send what is due, send again. Only the worker calls `send_due`."""

import hashlib
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlmodel import col, select, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Refusal, invalid, refuse
from sgdocs.base.rulebook import rule
from sgdocs.base.text import clean, one_line
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.mail.letter import Mailer, Undeliverable, message_of
from sgdocs.mail.models import FAILED, HIDDEN, SENT, WAITING, Letter
from sgdocs.policy import Permission
from sgdocs.storage.store import BlobStore

FORGOTTEN = rule(
    "mail.secret-is-forgotten",
    "This letter bore a secret link and is not kept. Send a new invitation or reset instead.",
)
log = logging.getLogger(__name__)
PAUSES_S = (60, 300, 1800, 7200, 43200)


@dataclass(frozen=True)
class Attachment:
    """A blob that goes with a letter, under a name."""

    name: str
    sha256: str
    media_type: str = ""
    size_bytes: int = 0


def write(
    act: Act,
    *,
    to: str,
    subject: str,
    text: str,
    kind: str,
    to_name: str = "",
    person_id: int | None = None,
    entry_id: int | None = None,
    reason: str = "",
    secret: bool = False,
    attachments: Sequence[Attachment] = (),
    reply_to: str = "",
    hidden: str = "",
    from_line: str = "",
    headers: Mapping[str, str] | None = None,
) -> Letter:
    """A letter row in the act's transaction; the worker sends it after the commit.

    With an entry and a person the Message-ID derives from both, and the letter is written once only.
    Line breaks in subject, name and address cannot add headers: they are folded into spaces. hidden: what stands in the
    message where the text says `HIDDEN`; it is kept until the letter is sent, and shown to nobody.
    """
    if "@" not in to:
        invalid("to", to, "Give an e-mail address.")
    message_id = _message_id(act, kind, to, entry_id)
    known = act.session.exec(select(Letter).where(Letter.message_id == message_id)).first()
    if known is not None:
        return known
    letter = Letter(
        message_id=message_id,
        kind=kind,
        to_address=one_line(to),
        to_name=one_line(to_name),
        person_id=person_id,
        entry_id=entry_id,
        subject=one_line(subject),
        text=clean(text),
        reason=reason,
        secret=secret,
        attachments=[asdict(each) for each in attachments],
        reply_to=one_line(reply_to),
        hidden=hidden,
        from_line=one_line(from_line),
        headers={name: one_line(value) for name, value in (headers or {}).items()},
        written_at=act.now,
        due_at=act.now,
    )
    act.session.add(letter)
    act.session.flush()
    return letter


def send_again(act: Act, letter: Letter) -> Letter:
    """Queue a letter once more, with its own Message-ID: the reader's program sees the same mail.

    A letter with a secret link keeps no text once it is sent; a new link is asked for instead.
    """
    policy.require(act.actor, Permission.READ_JOBS)
    has_forgotten = letter.state == SENT and (letter.secret or HIDDEN in letter.text)
    refuse(Refusal(FORGOTTEN) if has_forgotten else None)
    letter.state, letter.due_at, letter.attempts, letter.error = WAITING, act.now, 0, None
    record(act, "mail.queued-again", letter, audience="secretariat")
    return letter


def send_due(act: Act, mailer: Mailer, sender: str, *, blobs: BlobStore | None = None, limit: int = 50) -> int:
    """Send what is due, the oldest first; returns how many went out. blobs: where attachments are kept.

    A letter is claimed by moving its due time: another worker does not take it for ten minutes,
    and a death in between sends the same Message-ID again.
    """
    due = select(Letter.id).where(Letter.state == WAITING, col(Letter.due_at) <= act.now)
    ids = act.session.exec(due.order_by(col(Letter.id)).limit(limit)).all()
    return sum(_send(act, mailer, sender, id, blobs) for id in ids if id is not None)


def _send(act: Act, mailer: Mailer, sender: str, id: int, blobs: BlobStore | None) -> int:
    claim = (
        update(Letter)
        .where(col(Letter.id) == id, col(Letter.state) == WAITING, col(Letter.due_at) <= act.now)
        .values(due_at=act.now + timedelta(minutes=10), attempts=Letter.attempts + 1)
    )
    if act.session.exec(claim).rowcount != 1:
        return 0
    letter = act.session.get_one(Letter, id, populate_existing=True)
    act.session.commit()  # no lock is held while the message travels
    error = _try(mailer, letter, sender, blobs)
    _note(act, letter, error)
    act.session.commit()
    return int(error is None)


def _try(mailer: Mailer, letter: Letter, sender: str, blobs: BlobStore | None) -> str | None:
    try:
        mailer.send(message_of(letter, sender, _files(letter, blobs)))
    except Undeliverable as error:
        log.warning("letter %s: %s", letter.id, error)
        return str(error)
    return None


def _files(letter: Letter, blobs: BlobStore | None) -> dict[str, bytes]:
    """The content of what is attached; what is not there is told by the message."""
    found: dict[str, bytes] = {}
    for each in letter.attachments:
        if blobs is not None and blobs.has(each["sha256"]):
            with blobs.open(each["sha256"]) as stream:
                found[each["sha256"]] = stream.read()
    return found


def _note(act: Act, letter: Letter, error: str | None) -> None:
    if error is not None:
        _postpone(act, letter, error)
        return
    letter.state, letter.sent_at, letter.error, letter.hidden = SENT, act.now, None, ""
    if letter.secret:
        letter.text = ""


def _postpone(act: Act, letter: Letter, error: str) -> None:
    letter.error = error[:500]
    if letter.attempts > len(PAUSES_S):
        letter.state = FAILED
    else:
        letter.due_at = act.now + timedelta(seconds=PAUSES_S[letter.attempts - 1])


def _message_id(act: Act, kind: str, to: str, entry_id: int | None) -> str:
    """The same letter has the same id; nobody else can know it: a report of a bounce must name it."""
    if entry_id is None:
        return f"{secrets.token_hex(16)}@sgdocs"
    entry = act.session.get(Entry, entry_id)
    salt = entry.salt if entry else ""
    return hashlib.sha256(f"{kind}|{to}|{entry_id}|{salt}".encode()).hexdigest()[:32] + "@sgdocs"
