"""Somebody whose data is removed loses the name in what others wrote: `@jane-doe` becomes the name that is left."""

import re

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.discussions.models import Mention, Message, MessageText


def rename_mentions(act: Act, person_id: int, was: str, now: str) -> list[int]:
    """In every text that was saved. was, now: short names; the ids of the messages. No permission of its own: it is part of
    an act."""
    named = select(Mention.message_id).where(Mention.person_id == person_id)
    rows = act.session.exec(select(Message).where(col(Message.id).in_(named)).order_by(col(Message.id))).all()
    texts = act.session.exec(select(MessageText).where(col(MessageText.message_id).in_(named))).all()
    mention = re.compile(rf"(?<![\w@/.-])@{re.escape(was)}(?![\w@-])", re.I)
    for text in texts:
        text.markdown = mention.sub(f"@{now}", text.markdown)
        act.session.add(text)
    for row in rows:
        row.markdown, row.html, row.made_by = mention.sub(f"@{now}", row.markdown), "", 0
        act.session.add(row)
    act.session.flush()
    return [row.id or 0 for row in rows]
