"""Say something in a thread: text, whom it names, which documents it brings along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import func, or_, update
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, Invalid, Refusal, TooMany, missing, refuse
from sgdocs.base.text import clean
from sgdocs.discussions import rules
from sgdocs.discussions.actions.following import follow_subject
from sgdocs.discussions.actions.opening import open_named, own_thread
from sgdocs.discussions.actions.permitting import require_place
from sgdocs.discussions.models import Mention, Message, MessagePaper, MessageText, Thread
from sgdocs.discussions.queries import by_id
from sgdocs.discussions.rules import Limits
from sgdocs.discussions.showing import html_of, is_for_all, people_named, slugs_in
from sgdocs.discussions.subjects import About, about_thread
from sgdocs.documents.models import Document
from sgdocs.documents.naming import alike
from sgdocs.journal.record import record
from sgdocs.people.models import Person
from sgdocs.text.markdown import RENDERER

MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to say. text: Markdown; answers: number of a message of the thread; papers: documents by any name."""

    text: str
    answers: int | None = None
    papers: tuple[str, ...] = ()


def say(act: Act, subject: About, wanted: Wanted, limits: Limits = Limits()) -> Message:
    """In the one thread of a thing, which begins with its first message."""
    require_place(act, subject)
    people = checked_people(act, wanted.text, limits)
    thread = own_thread(act, subject)
    require_time(act, limits)
    return _write(act, thread, subject, wanted, people)


def write_first(act: Act, subject: About, title: str, wanted: Wanted, limits: Limits = Limits()) -> Message:
    """The first message of a further thread, which begins with it."""
    require_place(act, subject)
    people = checked_people(act, wanted.text, limits)
    require_time(act, limits)
    return _write(act, open_named(act, subject, title), subject, wanted, people)


def write(act: Act, thread: Thread, wanted: Wanted, limits: Limits = Limits()) -> Message:
    """In a thread. NotFound: one may not read it; Closed: an officer closed it; TooMany: too much within a minute."""
    subject = about_thread(act, by_id(act, thread.id or 0))
    require_place(act, subject)
    people = checked_people(act, wanted.text, limits)
    require_time(act, limits)
    return _write(act, thread, subject, wanted, people)


def checked_people(act: Act, text: str, limits: Limits) -> list[Person]:
    """Whom the text names, once its length and their number will do; nothing is read or rendered of one that is too long."""
    cleaned = clean(text)
    slugs = slugs_in(cleaned) if len(cleaned) <= limits.length else []
    refuse(rules.why_not_text(cleaned, len(slugs), limits), Invalid)
    return people_named(act.session, slugs)


def _write(act: Act, thread: Thread, subject: About, wanted: Wanted, people: Sequence[Person]) -> Message:
    answered = _answered(act, thread, wanted.answers)
    papers = _papers(act, thread, wanted.papers)
    number = _next_number(act, thread)
    follow_subject(act, thread, subject)
    text = clean(wanted.text)
    row = Message(
        thread_id=thread.id or 0,
        number=number,
        person_id=act.actor.person_id or missing("person", "me"),
        answers_id=answered.id if answered is not None else None,
        at=act.now,
        made_by=RENDERER,
        markdown=text,
        html=html_of(act, text, people),
    )
    act.session.add(row)
    act.session.flush()
    act.session.add(MessageText(message_id=row.id or 0, number=1, at=act.now, markdown=text))
    act.session.add_all(Mention(message_id=row.id or 0, person_id=each.id or 0) for each in people)
    act.session.add_all(MessagePaper(message_id=row.id or 0, document_id=each.id or 0) for each in papers)
    act.session.flush()
    note(act, "discussions.said", thread, row, papers=[each.label for each in papers])
    return row


def note(act: Act, verb: str, thread: Thread, row: Message, **facts: Any) -> None:
    """The text itself is never in the journal: what is sealed there could not be hidden any more."""
    record(
        act, verb, row, group_id=thread.group_id, audience=thread.audience,
        thread=thread.id, number=row.number, label=thread.subject, title=thread.title, **facts,
    )  # fmt: skip


def require_time(act: Act, limits: Limits) -> None:
    """TooMany: texts that the person saved within a minute, new ones and changed ones."""
    since = act.now - MINUTE
    touched = or_(col(Message.at) > since, col(Message.edited_at) > since)
    lately = (
        select(func.count(), func.min(MessageText.at))
        .join(Message, col(Message.id) == MessageText.message_id)
        .where(Message.person_id == act.actor.person_id, touched, col(MessageText.at) > since)
    )
    number, first = act.session.exec(lately).one()
    waited = (act.now - first).total_seconds() if first is not None else 0.0
    refuse(rules.why_not_now(number, waited, limits), TooMany)


def _answered(act: Act, thread: Thread, number: int | None) -> Message | None:
    if number is None:
        return None
    found = select(Message).where(Message.thread_id == thread.id, Message.number == number)
    return act.session.exec(found).first() or missing("message", number)


def _papers(act: Act, thread: Thread, names: Sequence[str]) -> list[Document]:
    """Documents that the actor may read and that are for everybody in the thread."""
    wanted = [name for each in names if (name := clean(each))]
    if len(wanted) > rules.MOST_PAPERS:
        refuse(Refusal(rules.PAPERS, {"most": rules.MOST_PAPERS}, field="papers"), Invalid)
    found: dict[int, Document] = {}
    for name in wanted:
        row = _document(act, thread, name)
        if not is_for_all(thread, row.audience):
            refuse(Refusal(rules.NARROWER, {"label": row.label}, field="papers"), Invalid)
        found[row.id or 0] = row
    return list(found.values())


def _document(act: Act, thread: Thread, name: str) -> Document:
    """Of several that go by the name, that of the thread's meeting, else of its group, else the latest."""
    rows = alike(act, name)
    near = sorted(rows, key=lambda row: (row.meeting_id != thread.meeting_id, row.group_id != thread.group_id))
    return near[0] if near else missing("document", name)


def _next_number(act: Act, thread: Thread) -> int:
    """Two messages at once get two numbers; a thread that was closed meanwhile takes none."""
    count = (
        update(Thread)
        .where(col(Thread.id) == thread.id, col(Thread.closed_at).is_(None))
        .values(last=Thread.last + 1, count=Thread.count + 1, last_at=act.now)
    )
    number = act.session.connection().execute(count.returning(col(Thread.last))).scalar_one_or_none()
    act.session.refresh(thread)
    if number is None:
        refuse(rules.why_not_say(thread.closed_reason), Closed)
        missing("discussion", thread.id)
    return number
