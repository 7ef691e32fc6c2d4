"""Send a letter of a statement once more: to the same contact or another one, with a new link."""

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid, missing, refuse
from sgdocs.base.text import one_line
from sgdocs.liaison import rights
from sgdocs.liaison.actions._deliveries import write_letter
from sgdocs.liaison.actions.delivering import note_delivery
from sgdocs.liaison.delivery_rules import why_not_again
from sgdocs.liaison.models import Addressee, Dispatch, Statement
from sgdocs.liaison.practice import USUAL, Practice
from sgdocs.liaison.preview_rows import OutFile, OutLetter
from sgdocs.mail.models import Letter


def send_again(
    act: Act, statement: Statement, dispatch_id: int, *, address: str = "", name: str = "", practice: Practice = USUAL
) -> Dispatch:
    """The same text and files as before, as a new letter; the link before works no more. address: of another contact, ""
    for the same. By the secretariat or the group's counsellor. Conflict: acknowledged, withdrawn, or it was no letter."""
    rights.require_send(act, statement)
    sent = act.session.get(Dispatch, dispatch_id)
    if sent is None or sent.statement_id != statement.id:
        missing("letter", dispatch_id)
    is_done = sent.acknowledged_at is not None
    refuse(
        why_not_again(
            statement.label, statement.status, sent.way, to=sent.to_name or sent.to_address, is_acknowledged=is_done
        )
    )
    to = one_line(address) or sent.to_address
    if "@" not in to:
        invalid("address", address, "Give an e-mail address.")
    addressee = act.session.get_one(Addressee, sent.addressee_id)
    letter = act.session.get_one(Letter, sent.letter_id)
    entry = note_delivery(act, "liaison.sent-again", statement, addressee, sent)
    out = OutLetter(
        addressee_id=addressee.id or 0,
        body=addressee.name,
        to_name=one_line(name) or (sent.to_name if not address else ""),
        to_address=to,
        subject=letter.subject,
        text=letter.text,
        reason=letter.reason,
        reply_to=letter.reply_to,
        files=[OutFile(f["name"], f["sha256"], f["size_bytes"], f["media_type"]) for f in letter.attachments],
    )
    sent.token_hash, sent.expires_at = "", None
    act.session.add(sent)
    return write_letter(act, addressee, out, entry, practice.ack_days)
