"""Comments and replies: vocabulary, and who may send which when. Pure. Source: domain 1.7, 6.2, 6.3, 6.5, 6.6."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

NO_WINDOW = rule("comments.no-window", "{process} has no window open that takes comments.", "A.8 (10/2008) 4.1, 4.5")
NOT_YET = rule("comments.not-yet", "The window opens on {opens_on}; it is {today} in Geneva.", "A.8 (10/2008) 4.1")
TOO_LATE = rule(
    "comments.window-closed",
    "The window closed at the end of {closes_on} in Geneva ({until}); this came at {at}.",
    "A.8 (10/2008) 4.4; domain AAP-5, C0.2",
)
NO_COMMENTER = rule(
    "comments.not-a-commenter",
    "{entity} ({category}) may not comment here: Member States and Sector Members of the Sector may, and Associates of "
    "the study group.",
    "A.8 (10/2008) 4.4; domain 1.7, U5",
    settings=("aap_comment_categories",),
)
NO_ENTITY = rule("comments.no-entity", "Say for which member entity; “{name}” is none that we know.", "domain AAP-5")
ONLY_OFFICE = rule(
    "comments.only-the-secretariat", "Only the secretariat enters what came by another way, or for another entity."
)
WRONG_HOUR = rule("comments.received-later", "It cannot have come after it is entered ({now}).")
WAYS = rule(
    "comments.opposing-says-how",
    "A comment that opposes gives its reasons, and the changes that would help: fill in the proposed change.",
    "A.8 (10/2008) 4.4",
)
NOT_TYPOGRAPHICAL = rule(
    "comments.typographical-opposes-nothing",
    "A comment that opposes is substantive: typographical ones are on spelling, syntax and punctuation.",
    "A.8 (10/2008) 4.4",
)
NOT_YOURS = rule("comments.not-yours", "Comment {number} is of {entity}; its people change or withdraw it.")
WITHDRAWN = rule("comments.withdrawn", "Comment {number} was withdrawn on {on}.")
OVER = rule("comments.process-ended", "{process} ended on {on}; its comments stay as they are.")
EARLIER = rule(
    "comments.earlier-window",
    "Comment {number} was sent in a window that has closed, and stays as it is; send another one now.",
    "A.8 (10/2008) 4.4, 4.5; domain AAP-12",
)
CHANGED = rule(
    "comments.changed-meanwhile", "Comment {number} is at version {version} now; you saw version {seen}. Look again."
)
REASON = rule(
    "comments.disposition-reason", "Say why it is {disposition}; the commenter reads it.", "A.8 (10/2008) 4.4.2; AAP-10"
)
COMMENTER_WITHDRAWS = rule(
    "comments.commenter-withdraws", "A comment is withdrawn by {entity}, who sent it, not by a disposition.", "AAP-10"
)
NO_DISPOSITION = rule("comments.no-disposition", "Comment {number} has no disposition yet that could satisfy.")
IN_QUARANTINE = rule("comments.file-in-quarantine", "The file waits for the virus scanner; send it later.")
NO_REPLY_WINDOW = rule("replies.no-window", "{process} has no window open that takes replies.", "WTSA Resolution 1 9.4")
NO_STATE = rule(
    "replies.member-states-only",
    "{entity} ({category}) may not reply here: {who} may.",
    "WTSA Resolution 1 9.4.1; Resolution ITU-R 1 A2.6; A.8 (10/2008) 5.6; domain 1.7",
)
NOT_OF_REGION = rule(
    "replies.region-only", "Only Member States of the region are consulted; {entity} is not of it.", "domain 6.3"
)
NOT_ASKED = rule(
    "replies.asked-for-time",
    "Only a delegation that asked for more time at the meeting may oppose now; {entity} did not.",
    "WTSA Resolution 1 9.5.5; domain TAP-10",
)
OBJECT_ONLY = rule(
    "replies.objections-only", "This window takes objections; whoever has none sends nothing.", "6.5, R-5"
)
WHY_OBJECT = rule(
    "replies.objection-reason", "An objection gives its reasons in writing.", "Resolution ITU-R 1 A2.6; domain R-6, 6.5"
)
NO_REPLY = rule("replies.none-to-withdraw", "There is no reply of {entity} in this window to withdraw.")


class Kind(StrEnum):
    """Source: A.8 (10/2008) 4.4."""

    TYPOGRAPHICAL = "typographical"
    SUBSTANTIVE = "substantive"


class Disposal(StrEnum):
    """What became of a comment. Source: domain AAP-10."""

    ACCEPTED = "accepted"
    CHANGED = "accepted-with-change"
    REJECTED = "rejected"
    OUT_OF_SCOPE = "out-of-scope"
    WITHDRAWN = "withdrawn"


class Position(StrEnum):
    """What an entity answers in a window."""

    APPROVE = "approve"
    OPPOSE = "oppose"
    ABSTAIN = "abstain"


NEEDS_REASON: Final = (Disposal.CHANGED, Disposal.REJECTED, Disposal.OUT_OF_SCOPE)
COMMENT_WINDOWS: Final = ("last-call", "additional-review")
REPLY_WINDOWS: Final = ("consultation", "objection", "more-time")
STATE: Final = "member-state"
COMMENTERS: Final = (STATE, "sector-member", "associate", "academia")
CATEGORIES: Final = "aap_comment_categories"


@dataclass(frozen=True)
class Entity:
    """An organisation as the law sees it. sectors: of which it is a member; groups: paths, of an Associate."""

    name: str
    category: str
    sectors: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    country: str = ""


@dataclass(frozen=True)
class Span:
    """A window that runs. closes_at: last second that counts; is_held: the clock closed nothing yet."""

    kind: str
    opens_on: date
    closes_on: date
    closes_at: datetime
    is_closed: bool = False


def is_in_time(closes_at: datetime, at: datetime) -> bool:
    """Whether something counts that came at that instant: the whole last second does. Source: domain C0.2."""
    return at.replace(microsecond=0) <= closes_at


def why_not_now(span: Span | None, kinds: Collection[str], process: str, at: datetime) -> Refusal | None:
    """None when the window takes it. at: when it came."""
    takes = NO_REPLY_WINDOW if kinds == REPLY_WINDOWS else NO_WINDOW
    if span is None or span.kind not in kinds:
        return Refusal(takes, {"process": process})
    if geneva_day(at) < span.opens_on:
        return Refusal(NOT_YET, {"opens_on": span.opens_on, "today": geneva_day(at)})
    if span.is_closed or not is_in_time(span.closes_at, at):
        return Refusal(TOO_LATE, {"closes_on": span.closes_on, "until": span.closes_at, "at": at})
    return None


def commenters(rules: Mapping[str, object]) -> tuple[str, ...]:
    """The categories that may comment, of the dated settings that a process keeps."""
    kept = rules.get(CATEGORIES, COMMENTERS)
    words = kept.replace(",", " ").split() if isinstance(kept, str) else kept
    return tuple(str(word) for word in words) if isinstance(words, list | tuple) else COMMENTERS


def why_not_comment(entity: Entity, group: str, rules: Mapping[str, object]) -> Refusal | None:
    """None when the entity may comment on a text of the group (a path). Source: domain 1.7, U5."""
    if entity.category in commenters(rules) and is_of(entity, group):
        return None
    return Refusal(NO_COMMENTER, {"entity": entity.name, "category": entity.category or "no member"})


def is_of(entity: Entity, group: str) -> bool:
    """A member of the Sector, or an Associate of that study group."""
    if entity.category == "associate":
        return any(group == own or group.startswith(own + "/") for own in entity.groups)
    return group[:1] in entity.sectors


def why_not_reply(
    entity: Entity,
    span: Span,
    procedure: str,
    group: str,
    *,
    region: Collection[str] = (),
    asked: Collection[str] | None = None,
) -> Refusal | None:
    """None when the entity may reply. region: countries of a regional procedure, () for all; asked: countries that asked
    for more time, None where that does not matter."""
    may = (STATE, "sector-member") if procedure == "deletion" and group[:1] == "T" else (STATE,)
    if entity.category not in may or not is_of(entity, group):
        who = "Member States and Sector Members" if len(may) > 1 else "Member States"
        return Refusal(NO_STATE, {"entity": entity.name, "category": entity.category or "no member", "who": who})
    if region and entity.country not in region:
        return Refusal(NOT_OF_REGION, {"entity": entity.name})
    if span.kind == "more-time" and asked is not None and (entity.country or entity.name) not in asked:
        return Refusal(NOT_ASKED, {"entity": entity.name})
    return None


def why_not_position(position: Position, reason: str, span: Span, sector: str) -> Refusal | None:
    """None when that may be answered in the window."""
    objects_only = span.kind in ("objection", "more-time")
    if objects_only and position is not Position.OPPOSE:
        return Refusal(OBJECT_ONLY, field="position")
    if position is Position.OPPOSE and not reason and (objects_only or sector == "R"):
        return Refusal(WHY_OBJECT, field="reason")
    return None


def why_not_said(kind: Kind, *, opposes: bool, proposed: str) -> Refusal | None:
    """None when the comment is whole. Source: A.8 (10/2008) 4.4."""
    if opposes and kind is Kind.TYPOGRAPHICAL:
        return Refusal(NOT_TYPOGRAPHICAL, field="kind")
    if opposes and not proposed:
        return Refusal(WAYS, field="proposed")
    return None


def why_not_dispose(disposal: Disposal, reason: str, entity: str) -> Refusal | None:
    """None when that may be recorded of a comment that stands."""
    if disposal is Disposal.WITHDRAWN:
        return Refusal(COMMENTER_WITHDRAWS, {"entity": entity}, field="disposition")
    if disposal in NEEDS_REASON and not reason:
        return Refusal(REASON, {"disposition": disposal.value.replace("-", " ")}, field="reason")
    return None
