"""Mail that came in: kept, shown to the secretariat, and filed when it confirms it. Nothing is filed by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlmodel import col, func, select, update

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid
from sgdocs.base.rulebook import rule
from sgdocs.base.text import clean, one_line
from sgdocs.documents.schemas import Upload
from sgdocs.journal.record import record
from sgdocs.liaison import rules
from sgdocs.liaison.actions.delivering import bounced
from sgdocs.liaison.actions.receiving import receive
from sgdocs.liaison.bodies_models import BodyContact
from sgdocs.liaison.models import Arrival, Statement
from sgdocs.liaison.schemas import ReceiveForm
from sgdocs.mail.incoming import Incoming
from sgdocs.policy import Permission, require
from sgdocs.storage.store import Blob

WAITING, FILED, REFUSED, IGNORED = "waiting", "filed", "refused", "ignored"
STATES: Final = (WAITING, FILED, REFUSED, IGNORED)
HELD = "secretariat"
DECIDED = rule("liaison.arrival-decided", "This mail is {state} already.", "domain 7.1")
NO_USABLE_FILE = rule("liaison.arrival-without-file", "No file of this mail can be filed: {why}.", "domain 7.1")
AUTOMATIC: Final = {
    "automatic": "an automatic reply",
    "bounce": "a report that a letter could not be delivered",
    "list": "a message of a mailing list",
}


@dataclass(frozen=True)
class TakenFile:
    """A file of a mail, after the gate. refused: why it is not kept, "" when it is; is_quarantined: not scanned yet."""

    name: str
    sha256: str = ""
    size_bytes: int = 0
    media_type: str = ""
    format: str = ""
    refused: str = ""
    is_quarantined: bool = False


@dataclass(frozen=True)
class TakenMail:
    """A mail that was read, its raw message and files in the blob store. findings: with the keys of `documents.checked`."""

    incoming: Incoming
    files: Sequence[TakenFile] = ()
    findings: Sequence[dict[str, Any]] = field(default=())


def take_mail(act: Act, mail: TakenMail) -> Arrival | None:
    """Keep a mail until the secretariat has looked at it; None when it is here already.

    Automatic replies and bounces are kept as ignored; a bounce marks the letter that came back. The body is known only by an address that a relay vouches for.
    """
    require(act.actor, Permission.RECEIVE_MAIL)
    it = mail.incoming
    name = _free_id(act, it)
    if name is None:
        return None
    is_ignored = it.kind != "letter"
    arrival = Arrival(
        message_id=name,
        sha256=it.sha256,
        from_address=clean(it.from_address),
        from_name=clean(it.from_name),
        subject=one_line(it.subject)[:500],
        text=it.text,
        received_at=act.now,
        is_authentic=it.is_authentic,
        identity=it.identity,
        state=IGNORED if is_ignored else WAITING,
        reason=AUTOMATIC.get(it.kind, ""),
        findings=list(mail.findings),
        files=[_kept(each) for each in mail.files],
        body_id=_body_of(act, it.identity),
    )
    act.session.add(arrival)
    act.session.flush()
    for letter in it.about if it.kind == "bounce" else ():
        bounced(act, letter, it.why)
    _note(act, "liaison.mail-ignored" if is_ignored else "liaison.mail-arrived", arrival, reason=arrival.reason)
    return arrival


def confirm_arrival(act: Act, arrival: Arrival, form: ReceiveForm, extra: Sequence[Upload] = ()) -> Statement:
    """File the mail as the secretariat says, with its files; extra: further ones, the letter first.

    Conflict: somebody has decided about it already. Invalid: the form, or no file that could be filed.
    """
    require(act.actor, Permission.CONFIRM_ARRIVAL)
    _claim(act, arrival, FILED)
    uploads = [*extra, *uploads_of(arrival)]
    if not uploads:
        why = "; ".join(str(each["refused"]) for each in arrival.files if each.get("refused")) or "it has none"
        raise Invalid(NO_USABLE_FILE, field="file", why=why)
    statement = receive(act, form, uploads)
    arrival.statement_id = statement.id
    act.session.add(arrival)
    _note(act, "liaison.mail-confirmed", arrival, statement=statement.name)
    return statement


def refuse_arrival(act: Act, arrival: Arrival, reason: str) -> Arrival:
    """It is not filed, and stays here with the reason. Conflict: somebody has decided about it already."""
    require(act.actor, Permission.CONFIRM_ARRIVAL)
    said = one_line(reason)
    if not said:
        raise Invalid(rules.REASON, field="reason")
    _claim(act, arrival, REFUSED)
    arrival.reason = said[:500]
    act.session.add(arrival)
    _note(act, "liaison.mail-refused", arrival, reason=arrival.reason)
    return arrival


def uploads_of(arrival: Arrival) -> list[Upload]:
    """Its files as far as they passed the gate."""
    return [
        Upload(
            blob=Blob(each["sha256"], each["size_bytes"]),
            given_name=each["name"],
            media_type=each.get("media_type", ""),
            format=each.get("format", ""),
            is_quarantined=bool(each.get("is_quarantined")),
        )
        for each in arrival.files
        if each.get("sha256") and not each.get("refused")
    ]


def _claim(act: Act, arrival: Arrival, state: str) -> None:
    """Nobody else decides it: the state moves once."""
    moved = (
        update(Arrival)
        .where(col(Arrival.id) == arrival.id, col(Arrival.state) == WAITING)
        .values(state=state, decided_by=act.actor.person_id, decided_at=act.now)
        .execution_options(synchronize_session=False)
    )
    if act.session.connection().execute(moved).rowcount != 1:
        act.session.refresh(arrival)
        raise Conflict(DECIDED, state=arrival.state)
    act.session.refresh(arrival)


def _free_id(act: Act, it: Incoming) -> str | None:
    """Its Message-ID; with its digest when another message bears the same, None when it is the very message."""
    with_digest = f"{it.message_id}#{it.sha256[:12]}"
    rows = select(Arrival.message_id, Arrival.sha256).where(col(Arrival.message_id).in_([it.message_id, with_digest]))
    held = dict(act.session.exec(rows).all())
    if it.sha256 in held.values():
        return None
    return with_digest if it.message_id in held else it.message_id


def _kept(file: TakenFile) -> dict[str, Any]:
    return {
        "name": one_line(file.name)[:200] or "file",
        "sha256": file.sha256,
        "size_bytes": file.size_bytes,
        "media_type": file.media_type,
        "format": file.format,
        "refused": file.refused,
        "is_quarantined": file.is_quarantined,
    }


def _body_of(act: Act, identity: str) -> int | None:
    """The body that has a contact with that address."""
    if not identity:
        return None
    held = select(BodyContact.body_id).where(func.lower(BodyContact.email) == identity.lower())
    return act.session.exec(held.order_by(col(BodyContact.id))).first()


def _note(act: Act, verb: str, arrival: Arrival, **facts: Any) -> None:
    """For the secretariat alone; who wrote is personal."""
    personal = {"from": arrival.from_address} if arrival.from_address else None
    record(act, verb, arrival, audience=HELD, personal=personal, title=arrival.subject, **facts)
