"""The rows of a delivery: the letter of a contact with its link, the proof of what went where."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from sgdocs.base.act import Act
from sgdocs.journal.models import Entry
from sgdocs.liaison.models import Addressee, Dispatch
from sgdocs.liaison.preview_rows import OutFile, OutLetter
from sgdocs.mail import actions as mail
from sgdocs.mail.models import HIDDEN


def write_letter(act: Act, row: Addressee, letter: OutLetter, entry: Entry, ack_days: int) -> Dispatch:
    """One letter with the link of that contact alone; the token is kept as a digest."""
    token = secrets.token_urlsafe(32) if HIDDEN in letter.text else ""
    written = mail.write(
        act,
        to=letter.to_address,
        to_name=letter.to_name,
        subject=letter.subject,
        text=letter.text,
        kind="liaison.statement",
        entry_id=entry.id,
        reason=letter.reason,
        attachments=[mail.Attachment(f.name, f.sha256, f.media_type, f.size_bytes) for f in letter.files],
        reply_to=letter.reply_to,
        hidden=token,
    )
    sent = dispatch(
        act, row, way="letter", files=letter.files, to_name=letter.to_name, to_address=letter.to_address,
        letter_id=written.id,
    )  # fmt: skip
    if token:
        sent.token_hash, sent.expires_at = digest_of(token), act.now + timedelta(days=ack_days)
        act.session.add(sent)
        act.session.flush()
    return sent


def digest_of(token: str) -> str:
    """As what a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def dispatch(
    act: Act,
    row: Addressee,
    *,
    way: str,
    files: Sequence[OutFile],
    to_name: str = "",
    to_address: str = "",
    document_id: int | None = None,
    letter_id: int | None = None,
) -> Dispatch:
    sent = Dispatch(
        statement_id=row.statement_id,
        addressee_id=row.id or 0,
        way=way,
        to_name=to_name,
        to_address=to_address,
        document_id=document_id,
        letter_id=letter_id,
        files=[{"name": f.name, "sha256": f.sha256, "size_bytes": f.size_bytes} for f in files],
        at=act.now,
    )
    act.session.add(sent)
    act.session.flush()
    return sent
