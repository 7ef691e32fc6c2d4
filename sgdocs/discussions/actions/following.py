"""A thread follows what it is about: its readers, its group, its meeting and its words are those of the subject."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.subjects import About
from sgdocs.journal.record import record


def follow_subject(act: Act, thread: Thread, subject: About) -> bool:
    """Bring the row to what the subject is now; whether its readers changed. No permission of its own: it is part of an act."""
    had = thread.audience
    thread.audience, thread.subject = subject.audience, subject.words
    thread.group_id = subject.group.id if subject.group is not None else None
    thread.meeting_id = subject.meeting.id if subject.meeting is not None else thread.meeting_id
    act.session.add(thread)
    if had == thread.audience:
        return False
    act.session.flush()
    said = select(Message.id).where(Message.thread_id == thread.id).order_by(col(Message.id))
    record(
        act, "discussions.readers-changed", thread, group_id=thread.group_id, audience=thread.audience,
        thread=thread.id, label=thread.subject, discussion_message_ids=list(act.session.exec(said)),
    )  # fmt: skip
    return True
