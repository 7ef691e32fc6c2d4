"""What came in: the window that runs or ran last, its comments, its replies, the positions at a meeting; as facts."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlmodel import Session, col, select

from sgdocs.approval import rules
from sgdocs.approval.facts import CommentFacts, ReplyFacts
from sgdocs.approval.models import Comment, Process, Reply, Window
from sgdocs.approval.targets import Target
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation
from sgdocs.work_programme.models import WorkItem

COMMENTED = ("last-call", "additional-review")
ACCEPTED = ("accepted", "accepted-with-change")


def window_of(session: Session, process: Process) -> Window | None:
    """The window that runs or ran last."""
    found = select(Window).where(Window.process_id == process.id).order_by(col(Window.id).desc())
    return session.exec(found).first()


def comment_facts(session: Session, target: Target, window: Window | None = None) -> CommentFacts:
    """Of the window, or of the newest that takes comments; before a process, what earlier ones of the item left open."""
    process = target.process
    if process is None:
        return CommentFacts(open_substantive=_left_open(session, target.item))
    last = window.id if window is not None and window.kind in COMMENTED else _last_commented(session, process)
    if last is None:
        return CommentFacts()
    found = select(Comment).where(Comment.process_id == process.id, Comment.window_id == last)
    standing = [c for c in session.exec(found.order_by(col(Comment.number))) if _stands(c)]
    real = [comment for comment in standing if comment.kind == "substantive"]
    return CommentFacts(
        substantive=len(real),
        typographical=len(standing) - len(real),
        without_disposition=sum(not comment.disposition for comment in real),
        accepted=sum(comment.disposition in ACCEPTED for comment in real),
        unsatisfied=sum(comment.satisfied_at is None for comment in real),
        open_substantive=tuple(comment.number for comment in real if not comment.disposition),
    )


def _last_commented(session: Session, process: Process) -> int | None:
    windows = select(col(Window.id)).where(Window.process_id == process.id, col(Window.kind).in_(COMMENTED))
    return session.exec(windows.order_by(col(Window.id).desc())).first()


def _left_open(session: Session, item: WorkItem | None) -> tuple[int, ...]:
    if item is None:
        return ()
    found = (
        select(Comment)
        .join(Process, col(Process.id) == Comment.process_id)
        .where(Process.work_item_id == item.id, Comment.kind == "substantive", Comment.disposition == "")
    )
    rows = session.exec(found.order_by(col(Comment.id)))
    return tuple(comment.number for comment in rows if comment.withdrawn_at is None)


def _stands(comment: Comment) -> bool:
    return comment.withdrawn_at is None and comment.disposition != "withdrawn"


def reply_facts(
    session: Session, process: Process | None, meeting: Meeting | None, window: Window | None
) -> ReplyFacts:
    """Positions of the meeting when one is named, else the replies of the window: the last version of each counts."""
    if process is None or (meeting is None and window is None):
        return ReplyFacts()
    found = (
        select(Reply, Organisation)
        .join(Organisation, col(Organisation.id) == Reply.organisation_id)
        .where(Reply.process_id == process.id, col(Reply.is_last).is_(True))
        .order_by(col(Reply.id))
    )
    if meeting is not None:
        found = found.where(Reply.meeting_id == meeting.id)
    else:
        found = found.where(Reply.window_id == (window.id if window else None))
    counts = rules.MEMBERS if meeting is None and process.procedure == "deletion" else (rules.STATE,)
    return replies_of(session.exec(found), counts)


POSITIONS: Mapping[str, str] = {
    "approve": "approve",
    "oppose": "oppose",
    "abstain": "abstain",
    "more-time": "more_time",
    "policy-doubt": "policy_doubt",
}


def replies_of(rows: Iterable[tuple[Reply, Organisation]], counts: Collection[str] = (rules.STATE,)) -> ReplyFacts:
    """By country, or by name where there is none. Whoever is not of the categories that count is a stranger: Member States
    in a consultation, Sector Members too where a deletion is objected to (A.8 8.2)."""
    said: dict[str, list[str]] = {}
    for reply, entity in rows:
        place = POSITIONS.get(reply.position)
        if place is None:
            continue
        who = reply.country or entity.name
        said.setdefault(place if entity.category in counts else "strangers", []).append(who)
    every: dict[str, Any] = {place: tuple(dict.fromkeys(names)) for place, names in said.items()}
    return ReplyFacts(**every)
