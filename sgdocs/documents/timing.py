"""In time, held, closed: what a deadline does to a document. Pure. Source: Rec. ITU-T A.1 clause 3, domain 4.3."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sgdocs.base.clock import end_of
from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.documents.rules import MEETING_OVER, DocumentKind, Status, TdReason

CLOSED = rule(
    "documents.closed",
    "Contributions to {code} were due by {until}: {clause} admits none after it.",
    "Guidelines for the working methods of ITU-R (uncertain), WTSA Resolution 1 section 6.1, domain 4.3",
)
HELD = rule(
    "documents.held",
    "It came after {until}: it is held for the next meeting, and takes effect when this one is over.",
    "Rec. ITU-T A.1 (09/2019) clause 3, domain T-C3",
)
LATE_TD = rule(
    "documents.late-td",
    "It came after {until}, so that it is not there seven days before the meeting, and none of the exceptions is named.",
    "Rec. ITU-T A.1 (09/2019) clause 3, domain T-C5",
)
K = DocumentKind


@dataclass(frozen=True)
class Due:
    """A deadline as it stands. rule: `contribution`; due_at: the last second that counts, in UTC."""

    rule: str
    due_at: datetime
    clause: str

    def has_passed(self, at: datetime) -> bool:
        """The second that is named still counts, to its end."""
        return at.replace(microsecond=0) > self.due_at


@dataclass(frozen=True)
class Occasion:
    """Facts on a meeting. kind: value of MeetingKind; zone: where it meets."""

    code: str
    sector: str
    kind: str
    status: str
    starts_on: date
    ends_on: date
    zone: str


@dataclass(frozen=True)
class Verdict:
    """What becomes of a document that comes now. late: id of the deadline it missed, or ""."""

    status: Status = Status.POSTED
    late: str = ""
    refusal: Refusal | None = None


IN_TIME: Final = Verdict()
EXCEPTIONS: Final = tuple(reason for reason in TdReason if reason)


def is_over(meeting: Occasion, at: datetime) -> bool:
    """Whether the meeting is closed or cancelled, or its last day has passed where it meets."""
    return meeting.status in ("closed", "cancelled") or at.replace(microsecond=0) > end_of(
        meeting.ends_on, ZoneInfo(meeting.zone)
    )


def why_over(meeting: Occasion, at: datetime) -> Refusal | None:
    """None while the meeting takes documents. Source: domain DOC-1."""
    if not is_over(meeting, at):
        return None
    status = meeting.status if meeting.status in ("closed", "cancelled") else "over"
    return Refusal(MEETING_OVER, {"code": meeting.code, "status": status})


def verdict(
    kind: DocumentKind, meeting: Occasion, due: Due | None, at: datetime, *, td_reason: TdReason = TdReason.NONE
) -> Verdict:
    """In time, held (ITU-T), refused (ITU-R, assemblies), or a late TD. due: the deadline of the kind, None for none.

    A clock at exactly the deadline counts as in time. Source: domain T-C2, T-C3, T-C5, T-C8, 4.3.
    """
    if due is None or not due.has_passed(at):
        return IN_TIME
    if kind is K.CONTRIBUTION:
        return _late_contribution(meeting, due)
    if kind is K.TEMPORARY and td_reason not in EXCEPTIONS and not has_begun(meeting, at):
        return Verdict(late=due.rule)
    return IN_TIME


def _late_contribution(meeting: Occasion, due: Due) -> Verdict:
    facts = {"code": meeting.code, "until": due.due_at, "clause": due.clause}
    if meeting.sector == "T" and meeting.kind != "assembly":
        return Verdict(Status.HELD, due.rule)
    return Verdict(late=due.rule, refusal=Refusal(CLOSED, facts))


def has_begun(meeting: Occasion, at: datetime) -> bool:
    """From the first day on, TDs are those that the meeting asks for."""
    return meeting.status == "open" or at.astimezone(ZoneInfo(meeting.zone)).date() >= meeting.starts_on


def late_revision(kind: DocumentKind, due: Due | None, at: datetime) -> str:
    """The id of the deadline that a revision missed: it is taken, and marked. Source: domain DOC-1."""
    return due.rule if kind is K.CONTRIBUTION and due is not None and due.has_passed(at) else ""
