"""What a page needs to show a discussion: its messages, who may write, where a stream goes on."""

from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import Request

from sgdocs.base.act import Act
from sgdocs.discussions import queries
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rows import Spot
from sgdocs.discussions.rules import PAGE_SIZE, WITH_NAMED, Kind, Limits
from sgdocs.discussions.subjects import About
from sgdocs.i18n import N_
from sgdocs.journal import tail
from sgdocs.web import urls
from sgdocs.web.deps import services_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.talk_files import Bringing

KINDS: Final = {
    Kind.GROUP: N_("Group"),
    Kind.MEETING: N_("Meeting"),
    Kind.AGENDA_ITEM: N_("Agenda item"),
    Kind.DOCUMENT: N_("Document"),
    Kind.CLAUSE: N_("Clause"),
    Kind.WORK_ITEM: N_("Work item"),
    Kind.STATEMENT: N_("Liaison statement"),
}
NOTHING: Final = Spot((), None, None)


@dataclass(frozen=True)
class Talk:
    """thread: None before the first message; cursor: place in the journal that the messages were read after; answers: number
    of the message that the form answers; bringing: None until somebody asks to attach a file."""

    subject: About
    thread: Thread | None
    spot: Spot
    may_write: bool
    may_moderate: bool
    cursor: str
    filled: Filled[Any] = field(default_factory=blank)
    longest: int = 0
    answers: int | None = None
    bringing: Bringing | None = None

    @property
    def is_open(self) -> bool:
        return self.may_write and (self.thread is None or self.thread.closed_at is None)

    @property
    def takes_named(self) -> bool:
        return self.may_write and self.subject.kind in WITH_NAMED

    @property
    def action(self) -> str:
        return urls.discussion(self.thread.id) if self.thread is not None else "/discussion"

    @property
    def stream(self) -> str:
        return f"{urls.discussion(self.thread.id, 'stream')}?after={self.cursor}" if self.thread is not None else ""

    def page_of(self, **place: int) -> str:
        """Of the same thread: `before`, `after` or `at` a number."""
        return urls.with_query(urls.discussion(self.thread.id if self.thread else None), **place)


def limits_of(request: Request) -> Limits:
    settings = services_of(request).settings
    return Limits(settings.message_length, settings.message_mentions, settings.messages_per_minute)


def talk_on(
    request: Request,
    act: Act,
    subject: About,
    thread: Thread | None,
    *,
    filled: Filled[Any] | None = None,
    bringing: Bringing | None = None,
    size: int = PAGE_SIZE,
    **place: int | None,
) -> Talk:
    """place: `around`, `before` or `after` a number; nothing: the last messages. The cursor is taken before they are read."""
    cursor = tail.cursor(act.session, act.now)
    return Talk(
        subject,
        thread,
        queries.spot(act, thread, size=size, **place) if thread is not None else NOTHING,
        queries.may_write(act, subject),
        thread is not None and queries.may_moderate(act, thread),
        str(cursor),
        filled or blank(),
        limits_of(request).length,
        bringing=bringing,
    )
