"""Messages and threads as they are shown. Plain values: the same for everybody who may read them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Paper:
    """A document that a message brought along: its number, as the writer might have written it. name: of its address."""

    label: str
    name: str


@dataclass(frozen=True)
class Shown:
    """A message as everybody in the thread sees it; what only some may do stands on its own page.

    number: in its thread, address `/discussion/<thread_id>#m<number>`; author, slug, entity: who wrote it, names as they are now;
    html: safe, "" for one that is hidden; texts: how many were saved; answers: number and author of what it answers.
    """

    id: int
    thread_id: int
    number: int
    author: str
    slug: str
    entity: str
    person_id: int
    at: datetime
    edited_at: datetime | None
    texts: int
    html: str
    is_hidden: bool = False
    hidden_reason: str = ""
    answers: tuple[int, str] | None = None
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class Spot:
    """A page of a thread. earlier, later: number of the message to page from, None at the ends."""

    messages: tuple[Shown, ...]
    earlier: int | None
    later: int | None


@dataclass(frozen=True)
class Counted:
    """What a link beside a thing says."""

    thread_id: int
    count: int


@dataclass(frozen=True)
class Told:
    """One text of a message, the first is 1."""

    number: int
    at: datetime
    markdown: str
    html: str
