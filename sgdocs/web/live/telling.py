"""What is sent: events of a stream (WHATWG HTML 9.2), each message worded once for each language and zone."""

import json
from collections.abc import Iterable

from sgdocs.discussions.following import Heard
from sgdocs.discussions.rows import Shown
from sgdocs.journal.tail import Cursor
from sgdocs.web.filters import OWN_ZONE
from sgdocs.web.render import environment_of

TEMPLATE = "discussions/_message.html"


class Wording:
    """The events of one round. It lives as long as the round: what is said again may look otherwise then."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, str, str], bytes] = {}

    def piece(self, heard: Iterable[Heard], language: str, zone: str, behind: Cursor) -> bytes:
        """These events for one reader, one after the other; the last one says where the reader stands then (`Last-Event-ID`)."""
        events = [self._event(each, language, zone) for each in heard]
        return b"".join((*events[:-1], b"id: %s\n" % str(behind).encode(), *events[-1:], b"" if events else b"\n"))

    def _event(self, heard: Heard, language: str, zone: str) -> bytes:
        key = (heard.thread.id or 0, heard.message.id if heard.message else 0, language, zone)
        if key not in self._known:
            self._known[key] = _message(heard.message, language, zone) if heard.message else _thread(heard)
        return self._known[key]


def missed_too_much(thread_id: int) -> bytes:
    """More was said than is sent afterwards: the page is to be loaded again."""
    return event("reload", {"thread": thread_id})


def event(name: str, facts: dict[str, object]) -> bytes:
    """One event on one line of data: JSON has no line ends of its own."""
    return f"event: {name}\ndata: {json.dumps(facts, separators=(',', ':'))}\n\n".encode()


def _thread(heard: Heard) -> bytes:
    return event("thread", {"thread": heard.thread.id, "closed": heard.thread.closed_at is not None})


def _message(message: Shown, language: str, zone: str) -> bytes:
    return event(
        "message", {"thread": message.thread_id, "number": message.number, "html": html(message, language, zone)}
    )


def html(message: Shown, language: str, zone: str) -> str:
    """The message as the page of its thread shows it."""
    environment = environment_of(language)
    template = environment.get_template(TEMPLATE)
    mine = OWN_ZONE.set(zone)
    try:
        return environment.concat(template.blocks["message"](template.new_context({"m": message}))).strip()
    finally:
        OWN_ZONE.reset(mine)
