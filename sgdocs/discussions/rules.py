"""What may be talked about, what a message may be, who moderates. Pure. Source: domain 5.5, 8.3."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

EMPTY = rule("discussions.empty", "A message needs a text.")
TOO_LONG = rule(
    "discussions.too-long",
    "The message has {length} characters; one message takes {most}. Submit a long text as a document and name it here.",
    settings=("message_length",),
)
MENTIONS = rule(
    "discussions.mentions",
    "The message names {number} people; one message names at most {most}. Write to the mailing list of the group.",
    settings=("message_mentions",),
)
RATE = rule(
    "discussions.rate",
    "You wrote {number} messages within a minute. Go on in {retry_after_s} seconds.",
    settings=("messages_per_minute",),
)
CLOSED = rule("discussions.closed", "This discussion was closed: {reason}")
REASON = rule("discussions.reason", "Say why: whoever wrote it reads the reason.")
STATE = rule("discussions.state", "This is so already.")
NO_TITLE = rule("discussions.no-title", "A further discussion needs a title.")
NO_FURTHER = rule(
    "discussions.one-each", "There is one discussion here; further ones with a title are for groups and meetings."
)
SAME_TITLE = rule("discussions.same-title", "There is a discussion “{title}” here already.")
PAPERS = rule("discussions.papers", "One message takes {most} documents.")
NARROWER = rule(
    "discussions.paper-narrower",
    "“{label}” is not for everybody who reads this discussion. They would see its number and nothing of it: name it in words.",
    "domain 8.3",
)
NO_MEETING = rule(
    "discussions.no-meeting",
    "No meeting that takes documents is in view here. Name a document that exists by its number.",
)
WHO_BRINGS = rule(
    "discussions.who-brings",
    "Documents come to {code} from delegates of members of the Sector and of Associates of the group (contributions), "
    "and from its officers and editors (temporary documents).",
    "domain 1.7, 4.1",
)
NOT_POSTED = rule(
    "discussions.paper-waits",
    "The document would not be posted at once: it comes late or the virus scanner cannot be reached. "
    "Submit it on the page of the meeting, and name it here when it is posted.",
    "Rec. ITU-T A.1 (09/2019) clause 3",
)
HIDDEN = rule("discussions.hidden", "This message was hidden by an officer: {reason}")


class Kind(StrEnum):
    """What a thread is about. A clause is that of a document, by its anchor."""

    GROUP = "group"
    MEETING = "meeting"
    AGENDA_ITEM = "agenda-item"
    DOCUMENT = "document"
    CLAUSE = "clause"
    WORK_ITEM = "work-item"
    STATEMENT = "statement"


WITH_NAMED: Final = frozenset({Kind.GROUP, Kind.MEETING})
"""Kinds that take further threads with a title beside their own."""
LONGEST_TITLE: Final = 200
LONGEST_REASON: Final = 500
MOST_PAPERS: Final = 10
PAGE_SIZE: Final = 100


@dataclass(frozen=True)
class Limits:
    """Of one message and of one person. length: characters; mentions: people named; per_minute: messages."""

    length: int = 20_000
    mentions: int = 20
    per_minute: int = 20


def why_not_text(text: str, mentions: int, limits: Limits) -> Refusal | None:
    """text: cleaned; mentions: how many different people it names."""
    if not text:
        return Refusal(EMPTY, field="text")
    if len(text) > limits.length:
        return Refusal(TOO_LONG, {"length": len(text), "most": limits.length}, field="text")
    if mentions > limits.mentions:
        return Refusal(MENTIONS, {"number": mentions, "most": limits.mentions}, field="text")
    return None


def why_not_now(written: int, oldest_s: float, limits: Limits) -> Refusal | None:
    """written: messages of the person within the last minute; oldest_s: seconds since the first of them."""
    if written < limits.per_minute:
        return None
    return Refusal(RATE, {"number": written, "retry_after_s": max(1, int(60 - oldest_s) + 1)})


def why_not_open(kind: Kind, title: str, *, is_taken: bool) -> Refusal | None:
    """A further thread with its title; the first of each subject has none."""
    if kind not in WITH_NAMED:
        return Refusal(NO_FURTHER, field="title")
    if not title:
        return Refusal(NO_TITLE, field="title")
    return Refusal(SAME_TITLE, {"title": title}, field="title") if is_taken else None


def why_not_say(closed_reason: str | None) -> Refusal | None:
    """closed_reason: None while the thread is open."""
    return None if closed_reason is None else Refusal(CLOSED, {"reason": closed_reason})


def why_not_turn(is_so: bool, reason: str, *, needs_reason: bool) -> Refusal | None:
    """Hide, show, close, open again. is_so: it is already as it shall be."""
    if is_so:
        return Refusal(STATE)
    return Refusal(REASON, field="reason") if needs_reason and not reason else None


def why_not_along(is_posted: bool) -> Refusal | None:
    """A file that became a document in the act of speaking: everybody in the thread can open it, or it is not sent."""
    return None if is_posted else Refusal(NOT_POSTED, field="file")


def why_not_change(hidden_reason: str | None) -> Refusal | None:
    """What an officer hid is not changed by its author: else it could come back."""
    return None if hidden_reason is None else Refusal(HIDDEN, {"reason": hidden_reason})
