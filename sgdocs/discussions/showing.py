"""Messages as they are shown: HTML that was kept, authors, papers. A few queries for any number of messages."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.discussions.models import Message, MessagePaper, Thread
from sgdocs.discussions.rows import Paper, Shown
from sgdocs.documents.linking import addresses_of
from sgdocs.documents.models import Document
from sgdocs.identifiers import find_all
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import PUBLIC
from sgdocs.text.markdown import RENDERER, Span, to_html

MENTION: Final = re.compile(r"(?<![\w@/.-])@([a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?)(?![\w@])", re.I)


def slugs_in(markdown: str) -> list[str]:
    """Whom a text may name, each once: `@jane-doe`, whatever its case."""
    return list(dict.fromkeys(found[1].lower() for found in MENTION.finditer(markdown)))


def people_named(session: Session, slugs: Collection[str]) -> list[Person]:
    """Those who are known and still here."""
    known = select(Person).where(col(Person.slug).in_(list(slugs)), col(Person.left_at).is_(None))
    return list(session.exec(known.order_by(col(Person.id)))) if slugs else []


def html_of(act: Act, markdown: str, people: Sequence[Person] | None = None) -> str:
    """Safe HTML with links from `@somebody` we know, and from numbers of documents and texts. Up to five queries."""
    if people is None:
        people = people_named(act.session, slugs_in(markdown)[:100])
    known = {person.slug for person in people}
    named = [identifier for _, _, identifier in find_all(markdown)][:200]
    to = addresses_of(act, named, near="") if named else None

    def spans(text: str) -> list[Span]:
        found = [
            (each.start(), each.end(), f"/person/{each[1].lower()}")
            for each in MENTION.finditer(text)
            if each[1].lower() in known
        ]
        if to is not None:
            found += [(start, end, place) for start, end, each in find_all(text) if (place := to(each))]
        return found

    return to_html(markdown, spans=spans, breaks=True)


def shown(session: Session, thread: Thread, messages: Sequence[Message]) -> tuple[Shown, ...]:
    """In the order given. Four queries."""
    authors = _authors(session, messages)
    papers = _papers(session, thread, [row.id or 0 for row in messages])
    answered = _answered(session, messages)
    return tuple(_shown(row, authors, papers, answered) for row in messages)


Authors = Mapping[int, tuple[Person, str]]
Answered = Mapping[int, tuple[int, str]]


def _shown(row: Message, authors: Authors, papers: Mapping[int, list[Paper]], answered: Answered) -> Shown:
    person, entity = authors[row.person_id]
    is_hidden = row.hidden_at is not None
    return Shown(
        id=row.id or 0,
        thread_id=row.thread_id,
        number=row.number,
        author=person.name,
        slug=person.slug,
        entity=entity,
        person_id=row.person_id,
        at=row.at,
        edited_at=row.edited_at,
        texts=row.texts,
        html="" if is_hidden else kept_html(row),
        is_hidden=is_hidden,
        hidden_reason=row.hidden_reason if is_hidden else "",
        answers=answered.get(row.answers_id or 0),
        papers=() if is_hidden else tuple(papers.get(row.id or 0, ())),
    )


def kept_html(row: Message) -> str:
    """As it was made when it was written; one made by an older renderer is made again, without links to people and papers."""
    return row.html if row.made_by == RENDERER else to_html(row.markdown, breaks=True)


def _authors(session: Session, messages: Sequence[Message]) -> Authors:
    ids = {row.person_id for row in messages}
    found = (
        select(Person, Organisation.acronym, Organisation.name)
        .outerjoin(Organisation, col(Organisation.id) == Person.organisation_id)
        .where(col(Person.id).in_(ids))
    )
    return {person.id or 0: (person, acronym or name or "") for person, acronym, name in session.exec(found)}


def _papers(session: Session, thread: Thread, ids: Sequence[int]) -> dict[int, list[Paper]]:
    """Those that everybody in the thread may know of today, by their number alone."""
    found: dict[int, list[Paper]] = defaultdict(list)
    brought = (
        select(MessagePaper.message_id, Document)
        .join(Document, col(Document.id) == MessagePaper.document_id)
        .where(col(MessagePaper.message_id).in_(ids), col(Document.deleted_at).is_(None))
        .order_by(col(Document.sort_key))
    )
    for id, row in session.exec(brought):
        if is_for_all(thread, row.audience):
            found[id].append(Paper(row.label_now, row.name))
    return found


def is_for_all(thread: Thread, audience: str) -> bool:
    """Whether everybody who reads the thread may know of a document: it is public, or for the same readers, or for more."""
    return audience in (PUBLIC, thread.audience) or thread.audience.startswith(f"{audience}/")


def _answered(session: Session, messages: Sequence[Message]) -> Answered:
    ids = {row.answers_id for row in messages if row.answers_id is not None}
    if not ids:
        return {}
    found = (
        select(Message.id, Message.number, Person.name)
        .join(Person, col(Person.id) == Message.person_id)
        .where(col(Message.id).in_(ids))
    )
    return {id: (number, name) for id, number, name in session.exec(found) if id is not None}
