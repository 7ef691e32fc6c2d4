"""The listener that sends a posted message to everybody on the list. Told twice, it writes each letter once."""

from collections.abc import Sequence
from dataclasses import replace
from email.utils import formataddr
from typing import Final, Protocol

from sqlmodel import Session, col, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.settings import Settings
from sgdocs.base.text import one_line
from sgdocs.journal.models import Entry
from sgdocs.mail.actions import write
from sgdocs.mailing_lists.models import ListMember, ListMessage, MailingList
from sgdocs.mailing_lists.queries import reads
from sgdocs.mailing_lists.rules import MessageState, tagged
from sgdocs.people.models import Person

LISTENER: Final = "mailing-lists"
VERBS: Final = ("lists.posted", "lists.refused")
KIND: Final = "lists.message"


class Furnished(Protocol):
    """What is needed of the services."""

    @property
    def database(self) -> Database: ...
    @property
    def settings(self) -> Settings: ...


def hear(services: Furnished, entries: Sequence[Entry]) -> None:
    """One transaction for each message. Whoever may read it now gets it, with the date on which it was posted."""
    for entry in entries:
        with services.database.writing() as session:
            act = Act(session, Actor.clock(), clock.now(), site=services.settings.public_url)
            message = session.get(ListMessage, entry.subject_id)
            if message is None:
                continue
            row = session.get_one(MailingList, message.list_id)
            if entry.verb == "lists.posted" and message.state == MessageState.POSTED:
                _send(act, services.settings, row, message, entry)
            elif message.state == MessageState.REFUSED:
                _tell_sender(act, row, message, entry)


def _send(act: Act, settings: Settings, row: MailingList, message: ListMessage, entry: Entry) -> None:
    address = f"{row.local}@{settings.list_domain}"
    headers = headers_of(act.site, row, message, settings.list_domain, _earlier(act.session, message))
    name = one_line(message.from_name).replace("<", "").replace(">", "")
    posted = replace(act, now=entry.at)
    for person in _readers(act, row):
        write(
            posted,
            to=person.email or "",
            to_name=person.name,
            person_id=person.id,
            entry_id=entry.id,
            kind=KIND,
            subject=tagged(
                f"Re: {message.subject}" if message.thread != message.number else message.subject, row.local
            ),
            text=message.text,
            reason=f"{address}: {act.site}/mailing-list/{row.local}",
            reply_to=address,
            from_line=formataddr((f"{name} via {row.local}", address)),
            headers=headers,
        )


def headers_of(site: str, row: MailingList, message: ListMessage, domain: str, earlier: str) -> dict[str, str]:
    """Source: RFC 2369, RFC 2919."""
    page = f"{site}/mailing-list/{row.local}"
    thread = {"In-Reply-To": f"<{earlier}>"} if earlier else {}
    references = " ".join(f"<{each}>" for each in (earlier, message.message_id) if each)
    return {
        "List-Id": f"<{row.local}.{domain}>",
        "List-Post": f"<mailto:{row.local}@{domain}>",
        "List-Archive": f"<{page}>",
        "List-Unsubscribe": f"<{page}>",
        "Precedence": "list",
        "References": references,
        **thread,
    }


def _earlier(session: Session, message: ListMessage) -> str:
    """The Message-ID of the first of the thread, "" when this is it."""
    if message.thread == message.number:
        return ""
    first = select(ListMessage.message_id).where(
        ListMessage.list_id == message.list_id, ListMessage.number == message.thread
    )
    return session.exec(first).first() or ""


def _readers(act: Act, row: MailingList) -> list[Person]:
    """Whoever is on the list and still reads the group's papers: rights end, memberships of lists do not by themselves."""
    found = (
        select(Person)
        .join(ListMember, col(ListMember.person_id) == col(Person.id))
        .where(ListMember.list_id == row.id, col(Person.email).is_not(None), col(Person.left_at).is_(None))
        .order_by(col(Person.id))
    )
    return [person for person in act.session.exec(found).all() if reads(act, row, person)]


def _tell_sender(act: Act, row: MailingList, message: ListMessage, entry: Entry) -> None:
    """Somebody we know is told why; to a stranger nothing is sent: the address may be forged."""
    person = act.session.get(Person, message.person_id) if message.person_id else None
    if person is not None and person.email:
        text = f"{message.subject}\n\n{message.reason}"
        write(
            replace(act, now=entry.at), to=person.email, to_name=person.name, person_id=person.id, entry_id=entry.id, kind="lists.refused",
            subject=tagged("Your message was not taken", row.local), text=text,
        )  # fmt: skip
