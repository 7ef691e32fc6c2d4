"""What is asked of discussions: threads that one may read, a page of one, what came after an entry of the journal."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, func
from sqlmodel import Session, col, or_, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.paging import Page
from sgdocs.discussions.models import Mention, Message, MessageText, Thread
from sgdocs.discussions.rows import Counted, Spot, Told
from sgdocs.discussions.rules import PAGE_SIZE, Kind
from sgdocs.discussions.seeing import visible
from sgdocs.discussions.showing import html_of, shown
from sgdocs.discussions.subjects import About, about, about_row, about_thread
from sgdocs.groups.models import Group
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope

__all__ = ["about", "about_row", "about_thread", "shown", "visible"]


def by_id(act: Act, thread_id: int) -> Thread:
    """The thread, or NotFound."""
    found = act.session.exec(select(Thread).where(Thread.id == thread_id, visible(act))).first()
    return found or missing("discussion", thread_id)


def of_subject(act: Act, subject: About) -> list[Thread]:
    """The threads on one thing: its own first, then those with a title, the liveliest first."""
    found = select(Thread).where(
        Thread.kind == subject.kind, Thread.subject_id == subject.id, Thread.anchor == subject.anchor, visible(act)
    )
    return list(act.session.exec(found.order_by(col(Thread.title_key) != "", col(Thread.last_at).desc())))


def own_of(threads: Sequence[Thread]) -> Thread | None:
    """The one thread without a title, None before the first message."""
    return next((each for each in threads if not each.title_key), None)


def at_clauses(act: Act, document_id: int) -> dict[str, Counted]:
    """By anchor: what was said about the clauses of a document. One query."""
    found = select(Thread).where(Thread.kind == Kind.CLAUSE, Thread.subject_id == document_id, visible(act))
    return {row.anchor: Counted(row.id or 0, row.count) for row in act.session.exec(found)}


def at_items(act: Act, item_ids: Sequence[int]) -> dict[int, Counted]:
    """By id of the agenda item: what was said about it. One query."""
    found = select(Thread).where(Thread.kind == Kind.AGENDA_ITEM, col(Thread.subject_id).in_(item_ids), visible(act))
    return {row.subject_id: Counted(row.id or 0, row.count) for row in act.session.exec(found)}


def taking_part(act: Act) -> ColumnElement[bool]:
    """The condition on threads in which the actor wrote or was named, or that the actor began."""
    me = act.actor.person_id
    if me is None:
        return false()
    wrote = select(Message.thread_id).where(Message.person_id == me)
    named = (
        select(Message.thread_id).join(Mention, col(Mention.message_id) == Message.id).where(Mention.person_id == me)
    )
    return or_(col(Thread.opened_by) == me, col(Thread.id).in_(wrote), col(Thread.id).in_(named))


def listing(
    act: Act, *conditions: ColumnElement[bool], number: int = 1, size: int = 50, skip: int | None = None
) -> Page[Thread]:
    """Threads that the actor may read, the liveliest first. skip: rows passed over, in the place of pages. Two queries."""
    wanted = [visible(act), *conditions]
    total = act.session.exec(select(func.count()).select_from(Thread).where(*wanted)).one()
    rows = select(Thread).where(*wanted).order_by(col(Thread.last_at).desc(), col(Thread.id).desc())
    offset = (number - 1) * size if skip is None else skip
    return Page(act.session.exec(rows.limit(size).offset(offset)).all(), total, number, size)


def of_meeting(act: Act, meeting_id: int) -> list[Thread]:
    """Every thread that goes out with the record of a meeting: its own, of its agenda items and papers."""
    found = select(Thread).where(Thread.meeting_id == meeting_id, Thread.count > 0, visible(act))
    return list(act.session.exec(found.order_by(col(Thread.opened_at), col(Thread.id))))


def spot(
    act: Act,
    thread: Thread,
    *,
    around: int | None = None,
    before: int | None = None,
    after: int | None = None,
    size: int = PAGE_SIZE,
) -> Spot:
    """A page of the thread: the last messages, those before or after a number, or with `around` the page that has it."""
    if around is not None:
        before = max(around + size // 2, size) + 1
    rows = select(Message).where(Message.thread_id == thread.id)
    if after is not None:
        found = rows.where(Message.number > after).order_by(col(Message.number))
        messages = list(act.session.exec(found.limit(size)))
    else:
        found = rows.order_by(col(Message.number).desc())
        found = found.where(Message.number < before) if before is not None else found
        messages = list(act.session.exec(found.limit(size)))[::-1]
    first, last = (messages[0].number, messages[-1].number) if messages else (1, thread.last)
    return Spot(
        shown(act.session, thread, messages),
        earlier=first if first > 1 else None,
        later=last if last < thread.last else None,
    )


def every_message(session: Session, thread: Thread) -> list[Message]:
    """For exports: hidden ones too, whose text stays here."""
    found = select(Message).where(Message.thread_id == thread.id)
    return list(session.exec(found.order_by(col(Message.number))))


def message(act: Act, thread: Thread, number: int) -> Message:
    """A message of a thread that the actor may read, or NotFound."""
    found = select(Message).where(Message.thread_id == thread.id, Message.number == number)
    return act.session.exec(found).first() or missing("message", f"{thread.id}#m{number}")


def texts_of(act: Act, thread: Thread, row: Message) -> list[Told]:
    """Every text that was saved, the first one first; of a hidden message for its author and officers alone."""
    if row.hidden_at is not None and not reads_hidden(act, thread, row):
        return []
    found = select(MessageText).where(MessageText.message_id == row.id).order_by(col(MessageText.number))
    return [Told(each.number, each.at, each.markdown, html_of(act, each.markdown)) for each in act.session.exec(found)]


def reads_hidden(act: Act, thread: Thread, row: Message) -> bool:
    """Its author and whoever moderates."""
    return act.actor.person_id == row.person_id or may_moderate(act, thread, reads=True)


def scope_of(session: Session, thread: Thread) -> Scope:
    """Where acts on the thread happen: at its group."""
    group = session.get(Group, thread.group_id) if thread.group_id is not None else None
    return Scope(group.path if group is not None else "")


def may_moderate(act: Act, thread: Thread, *, reads: bool = False) -> bool:
    """Officers of the group, and the secretariat. reads: to see what they see."""
    asked = policy.may_read if reads else policy.may
    return asked(act.actor, Permission.MODERATE, scope_of(act.session, thread))


def may_write(act: Act, subject: About) -> bool:
    """Whether the actor may write about it: who works in the group; a guest of the meeting, at the meeting."""
    return act.actor.person_id is not None and any(
        policy.may(act.actor, Permission.DISCUSS, place) for place in subject.places
    )


def people_like(act: Act, words: str, *, most: int = 8) -> list[Person]:
    """For a suggestion of whom to name: those whose name or short name begins so. For members alone: domain 8.3."""
    begun = words.strip().lower().replace("%", "").replace("_", "")[:40]
    if not begun or "members" not in policy.audiences(act.actor):
        return []
    alike = or_(
        col(Person.slug).startswith(begun),
        func.lower(Person.name).startswith(begun),
        col(Person.sort_name).startswith(begun),
    )
    found = select(Person).where(alike, col(Person.left_at).is_(None)).order_by(col(Person.sort_name), col(Person.id))
    return list(act.session.exec(found.limit(most)))
