"""Threads as they go out: Markdown, Word, rows. What an officer hid goes out as its reason alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from sgdocs.base.clock import GENEVA
from sgdocs.discussions.models import Thread
from sgdocs.discussions.queries import every_message, shown


@dataclass(frozen=True)
class Saying:
    """text: Markdown as typed, "" for one that is hidden; papers: numbers of documents."""

    number: int
    at: datetime
    edited_at: datetime | None
    author: str
    entity: str
    text: str
    answers: int | None
    papers: tuple[str, ...]
    hidden_reason: str


@dataclass(frozen=True)
class Record:
    """A thread with all that was said in it. url: of its page."""

    title: str
    url: str
    closed_reason: str
    sayings: Sequence[Saying]


def record_of(session: Session, thread: Thread, site: str) -> Record:
    """Of a thread that the reader may read. Five queries."""
    rows = every_message(session, thread)
    sayings = [
        Saying(
            number=each.number,
            at=each.at,
            edited_at=each.edited_at,
            author=each.author,
            entity=each.entity,
            text="" if each.is_hidden else row.markdown,
            answers=each.answers[0] if each.answers else None,
            papers=tuple(paper.label for paper in each.papers),
            hidden_reason=each.hidden_reason,
        )
        for row, each in zip(rows, shown(session, thread, rows), strict=True)
    ]
    title = f"{thread.subject}: {thread.title}" if thread.title else thread.subject
    return Record(title, f"{site}/discussion/{thread.id}", thread.closed_reason, sayings)


def markdown_of(title: str, records: Iterable[Record]) -> str:
    """Each message a quotation, so that what somebody wrote is no heading of the record."""
    lines = [f"# {title}", ""]
    for record in records:
        lines += [f"## {record.title}", "", f"<{record.url}>", ""]
        for each in record.sayings:
            lines += [f"**{head_of(each)}**", "", *_quoted(each), ""]
        if record.closed_reason:
            lines += [f"*Closed: {record.closed_reason}*", ""]
    return "\n".join(lines)


def head_of(each: Saying) -> str:
    """`#12 Jane Doe (Imaginary Networks), 2026-03-02 10:00 Geneva, answers #3, edited`."""
    who = f"{each.author} ({each.entity})" if each.entity else each.author
    facts = [f"#{each.number} {who}", f"{each.at.astimezone(GENEVA):%Y-%m-%d %H:%M} Geneva"]
    facts += [f"answers #{each.answers}"] if each.answers else []
    facts += ["edited"] if each.edited_at and not each.hidden_reason else []
    return ", ".join(facts)


def body_of(each: Saying) -> str:
    """The text with the documents that came along; of a hidden one why."""
    if each.hidden_reason:
        return f"(Hidden by an officer: {each.hidden_reason})"
    return f"{each.text}\n\n{', '.join(each.papers)}" if each.papers else each.text


def _quoted(each: Saying) -> list[str]:
    return [f"> {line}".rstrip() for line in body_of(each).splitlines()]


def rows_of(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "number": each.number,
            "at": each.at.isoformat(),
            "edited_at": each.edited_at.isoformat() if each.edited_at else None,
            "author": each.author,
            "entity": each.entity,
            "answers": each.answers,
            "text": each.text,
            "papers": list(each.papers),
            "hidden_reason": each.hidden_reason,
            "url": f"{record.url}?at={each.number}#m{each.number}",
        }
        for each in record.sayings
    ]
