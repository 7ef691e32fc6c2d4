"""Send a message to a list: from the page, or by mail. An officer decides on what is held."""

import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, update
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, Refusal, refuse
from sgdocs.base.text import clean, one_line
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.mail.models import Letter
from sgdocs.mailing_lists import rules
from sgdocs.mailing_lists.actions.joining import require_open
from sgdocs.mailing_lists.models import ListMessage, MailingList
from sgdocs.mailing_lists.queries import is_member, reads, scope_of
from sgdocs.mailing_lists.rules import MOST_MB, Coming, MessageState
from sgdocs.mailing_lists.schemas import MessageForm
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope, require

VERBS: Final = {
    MessageState.POSTED: "lists.posted",
    MessageState.HELD: "lists.held",
    MessageState.REFUSED: "lists.refused",
}


@dataclass(frozen=True)
class Mail:
    """A mail as the relay handed it over. sender: the address it vouches for, "" when it does not; references: Message-IDs
    that it answers, without angle brackets."""

    message_id: str
    from_name: str
    from_address: str
    subject: str
    text: str
    references: tuple[str, ...] = ()
    sender: str = ""
    size_bytes: int = 0
    is_automatic: bool = False
    left_out: tuple[str, ...] = ()


def post(
    act: Act, row: MailingList, person: Person, form: MessageForm, *, answers: ListMessage | None = None,
    most_mb: int = MOST_MB,
) -> ListMessage:  # fmt: skip
    """From the page. Whoever reads the archive may write; who is not on the list waits for an officer."""
    require(act.actor, Permission.JOIN_LIST, Scope(owner_id=person.id))
    require_open(act, row)
    if row.audience not in audiences(act):
        refuse(Refusal(rules.READERS, {"address": row.local, "group": row.local}))
    size = len(form.text.encode())
    coming = Coming(form.subject, form.text, size, is_member=is_member(act.session, row, person.id))
    refuse(rules.why_not_post(coming, most_mb), Invalid)
    mail = Mail(
        message_id=f"{secrets.token_hex(16)}@sgdocs",
        from_name=person.name,
        from_address=person.email or "",
        subject=form.subject,
        text=form.text,
    )
    return _enter(act, row, _Entering(mail, coming, person, answers.thread if answers else None))


def take_mail(act: Act, row: MailingList, mail: Mail, *, most_mb: int = MOST_MB) -> ListMessage | None:
    """A mail to the list. None when it is here already, or comes from a machine: it is dropped, nobody is answered.

    Too big: kept as refused, without its text. A stranger, and who may not read the list any more: held. Whom no relay
    vouches for is a stranger, whatever the address: nobody is told of what was refused, for it may be forged.
    """
    require(act.actor, Permission.RECEIVE_MAIL)
    known = select(ListMessage.id).where(ListMessage.message_id == mail.message_id[:200])
    if mail.is_automatic or act.session.exec(known).first() is not None:
        return None
    found = select(Person).where(func.lower(Person.email) == mail.sender.lower(), col(Person.left_at).is_(None))
    person = act.session.exec(found).first() if mail.sender else None
    member = person is not None and is_member(act.session, row, person.id) and reads(act, row, person)
    coming = Coming(mail.subject, mail.text, mail.size_bytes, member, is_sure=bool(mail.sender))
    refusal = rules.why_not_post(coming, most_mb)
    if refusal is None and row.closed_at is not None:
        refusal = Refusal(rules.CLOSED, {"address": row.local, "successor": ""})
    return _enter(act, row, _Entering(mail, coming, person, _thread_of(act, row, mail.references), refusal))


def release(act: Act, row: MailingList, message: ListMessage) -> None:
    """An officer lets a held message through."""
    _decide(act, row, message, MessageState.POSTED, "")
    _note(act, "lists.posted", row, message)


def refuse_message(act: Act, row: MailingList, message: ListMessage, reason: str) -> None:
    """An officer refuses a held message; its sender is told why, when we know who it is."""
    if not reason.strip():
        raise Invalid(rules.REASON, field="reason")
    _decide(act, row, message, MessageState.REFUSED, one_line(reason)[:500])
    _note(act, "lists.refused", row, message)


def _decide(act: Act, row: MailingList, message: ListMessage, state: MessageState, reason: str) -> None:
    require(act.actor, Permission.MANAGE_LIST, scope_of(act.session, row))
    moved = (
        update(ListMessage)
        .where(col(ListMessage.id) == message.id, col(ListMessage.state) == MessageState.HELD)
        .values(state=state, reason=reason, decided_by=act.actor.person_id)
        .execution_options(synchronize_session=False)
    )
    if act.session.connection().execute(moved).rowcount != 1:
        raise Conflict(rules.NOT_HELD, state=message.state)
    act.session.refresh(message)


def _thread_of(act: Act, row: MailingList, references: tuple[str, ...]) -> int | None:
    """By the message that it answers, or by the letter that brought it: some programs name that alone. RFC 5322, 3.6.4."""
    if not references:
        return None
    brought = (
        select(Entry.subject_id)
        .join(Letter, col(Letter.entry_id) == col(Entry.id))
        .where(col(Letter.message_id).in_(references[-50:]), Entry.verb == VERBS[MessageState.POSTED])
    )
    is_answered = or_(col(ListMessage.message_id).in_(references[-50:]), col(ListMessage.id).in_(brought))
    found = select(ListMessage.thread).where(ListMessage.list_id == row.id, is_answered)
    return act.session.exec(found.order_by(col(ListMessage.number).desc())).first()


@dataclass(frozen=True)
class _Entering:
    """What is written down: who it is from, in which thread, what stands against it."""

    mail: Mail
    coming: Coming
    person: Person | None
    thread: int | None
    refusal: Refusal | None = None

    @property
    def state(self) -> MessageState:
        return MessageState.REFUSED if self.refusal else rules.state_of(self.coming)

    @property
    def from_name(self) -> str:
        """As we know the person; a mail may call itself what it likes."""
        mail = self.mail
        if self.person is not None:
            return self.person.name[:200]
        return one_line(mail.from_name)[:200] or one_line(mail.from_address).split("@", maxsplit=1)[0][:200]


def _enter(act: Act, row: MailingList, entering: _Entering) -> ListMessage:
    number, mail, refusal = _next_number(act, row), entering.mail, entering.refusal
    message = ListMessage(
        list_id=row.id or 0,
        number=number,
        thread=entering.thread or number,
        message_id=one_line(mail.message_id)[:200],
        person_id=entering.person.id if entering.person else None,
        from_name=entering.from_name,
        from_address=one_line(mail.from_address)[:200],
        subject=rules.bare_subject(one_line(mail.subject))[:300] or "–",
        text="" if refusal else clean(mail.text),
        left_out=", ".join(one_line(name)[:100] for name in mail.left_out)[:1000],
        state=entering.state,
        reason=_why(entering),
        at=act.now,
    )
    act.session.add(message)
    act.session.flush()
    _note(act, VERBS[entering.state], row, message)
    return message


def _why(entering: _Entering) -> str:
    """Why it is refused or held, in English, for officers."""
    if entering.refusal:
        return entering.refusal.rule.says.format_map(entering.refusal.facts)
    return rules.STRANGER.says if entering.state == MessageState.HELD else ""


def _next_number(act: Act, row: MailingList) -> int:
    """Two messages at once get two numbers."""
    count = update(MailingList).where(col(MailingList.id) == row.id).values(last=MailingList.last + 1)
    return act.session.connection().execute(count.returning(col(MailingList.last))).scalar_one()


def _note(act: Act, verb: str, row: MailingList, message: ListMessage) -> None:
    audience = row.audience if message.state == MessageState.POSTED else "secretariat"
    record(
        act, verb, message, group_id=row.group_id, audience=audience, address=row.local, number=message.number,
        title=message.subject if message.state == MessageState.POSTED else "",
    )  # fmt: skip
