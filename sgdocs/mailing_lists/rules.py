"""Addresses of lists, and what a list takes. Pure. Source: domain 8.2."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

CLOSED = rule("lists.closed", "The list {address} has ended; write to {successor}.", "domain 8.2")
READERS = rule("lists.readers", "The list {address} is for those who read the papers of {group}.", "domain 8.2")
LOOP = rule("lists.loop", "This message comes from a list or a machine; lists do not answer each other.", "RFC 3834")
TOO_BIG = rule(
    "lists.size",
    "The message has {size} MB; a list takes {most}. Submit the file as a document and send its address.",
    "sgdocs (a setting)",
    settings=("list_message_mb",),
)
EMPTY = rule("lists.empty", "A message needs a subject and a text.", "domain 8.2")
STRANGER = rule(
    "lists.stranger",
    "The sender is no member of the list, or could not be told for certain: an officer looks first.",
    "domain 8.2",
)
NOT_HELD = rule("lists.not-held", "This message is {state}; only one that is held is decided on.", "domain 8.2")
REASON = rule("lists.reason", "Say why: the sender is told.", "domain 8.2")
EXISTS = rule("lists.exists", "There is a list {address} already.", "domain 8.2")
MEMBERS = rule("lists.member", "{name} is on the list already.", "domain 8.2")


class ListKind(StrEnum):
    """Of all who work in the group; of its management team; with another body. Source: domain 8.2."""

    GROUP = "group"
    MANAGEMENT = "management"
    COLLABORATION = "collaboration"


class MessageState(StrEnum):
    POSTED = "posted"
    HELD = "held"
    REFUSED = "refused"


MOST_MB: Final = 10
SUFFIXES: Final = {ListKind.GROUP: "", ListKind.MANAGEMENT: "mgt", ListKind.COLLABORATION: "col"}
_RE = re.compile(r"^(?:\s*(?:re|aw|sv|tr|fwd?)\s*(?:\[\d+\])?\s*:|\s*\[[^\]\s]{1,40}\])+\s*", re.I)


def local_part(period: str, codes: tuple[str, ...], kind: ListKind = ListKind.GROUP) -> str:
    """`t25sg15q2` for Q2 of SG15 in T25; `r23wp5d`; `t25sg15mgt`. codes: of the groups from above, the last is its own."""
    letters = "".join(re.sub(r"[^a-z0-9]", "", code.lower()) for code in codes)
    return f"{period.lower()}{letters}{SUFFIXES[kind]}"


def tagged(subject: str, local: str) -> str:
    """The subject as it goes out: `Re: [t25sg15q2] Sleep modes`. Tags and marks that were there are not repeated."""
    bare = bare_subject(subject)
    is_reply = re.match(r"\s*(?:\[[^\]]*\]\s*)?re\s*:", subject, re.I) is not None
    return f"{'Re: ' if is_reply else ''}[{local}] {bare}"


def bare_subject(subject: str) -> str:
    """Without `Re:`, `Fwd:` and tags: what a thread is called."""
    return _RE.sub("", subject).strip() or subject.strip()


@dataclass(frozen=True)
class Coming:
    """A message that somebody wants to send. size_bytes: of all of it; is_automatic: from a list or a machine.

    is_sure: the sender was told for certain (signed in here, or vouched for by the relay).
    """

    subject: str
    text: str
    size_bytes: int = 0
    is_member: bool = False
    is_sure: bool = True
    is_automatic: bool = False


def why_not_post(message: Coming, most_mb: int) -> Refusal | None:
    """None when the message may be posted, or held for an officer."""
    if message.is_automatic:
        return Refusal(LOOP)
    if message.size_bytes > most_mb * 1_000_000:
        return Refusal(TOO_BIG, {"size": f"{message.size_bytes / 1e6:.1f}", "most": most_mb}, field="text")
    if not message.subject.strip() or not message.text.strip():
        return Refusal(EMPTY, field="subject" if not message.subject.strip() else "text")
    return None


def state_of(message: Coming) -> MessageState:
    """Posted at once when a member sends it for certain; else an officer looks first."""
    return MessageState.POSTED if message.is_member and message.is_sure else MessageState.HELD
