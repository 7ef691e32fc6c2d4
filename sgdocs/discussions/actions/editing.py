"""Change what one said. Every text that was saved stays: the newest is shown, the others on the message's page."""

from sqlalchemy import update
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Closed, Conflict, Invalid, refuse
from sgdocs.base.text import clean
from sgdocs.discussions import rules
from sgdocs.discussions.actions.writing import checked_people, note, require_time
from sgdocs.discussions.models import Mention, Message, MessageText, Thread
from sgdocs.discussions.queries import by_id
from sgdocs.discussions.rules import Limits
from sgdocs.discussions.showing import html_of
from sgdocs.policy import Permission, Scope, require
from sgdocs.text.markdown import RENDERER


def edit(
    act: Act, thread: Thread, row: Message, text: str, limits: Limits = Limits(), *, texts: int | None = None
) -> Message:
    """The author's new text. texts: how many there were when the author began, Conflict when there are more now.

    Nothing happens when the text is the same. Whoever is named only now is told now: all texts of a message together name no
    more people than one, and each counts as one message of the minute.
    """
    by_id(act, thread.id or 0)
    require(act.actor, Permission.EDIT_MESSAGE, Scope(owner_id=row.person_id))
    refuse(rules.why_not_say(thread.closed_reason if thread.closed_at is not None else None), Closed)
    refuse(rules.why_not_change(row.hidden_reason if row.hidden_at is not None else None))
    people = checked_people(act, text, limits)
    text, had = clean(text), row.texts if texts is None else texts
    if text == row.markdown:
        return row
    require_time(act, limits)
    refuse(rules.why_not_text(text, len(_told(act, row) | {each.id or 0 for each in people}), limits), Invalid)
    saved = update(Message).where(
        col(Message.id) == row.id, col(Message.texts) == had, col(Message.hidden_at).is_(None)
    )
    values = {"markdown": text, "html": html_of(act, text, people), "made_by": RENDERER, "edited_at": act.now}
    if act.session.connection().execute(saved.values(texts=had + 1, **values)).rowcount != 1:
        raise Conflict(CHANGED)
    act.session.refresh(row)
    act.session.add(MessageText(message_id=row.id or 0, number=row.texts, at=act.now, markdown=text))
    _name(act, row, {each.id or 0 for each in people})
    note(act, "discussions.edited", thread, row, text=row.texts)
    return row


def _name(act: Act, row: Message, ids: set[int]) -> None:
    """Who was named stays told; who is new is told by this text."""
    new = sorted(ids - _told(act, row))
    act.session.add_all(Mention(message_id=row.id or 0, person_id=id, told=row.texts) for id in new)
    act.session.flush()


def _told(act: Act, row: Message) -> set[int]:
    return set(act.session.exec(select(Mention.person_id).where(Mention.message_id == row.id)))
