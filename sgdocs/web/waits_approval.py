"""What waits in approvals: obligations, consultations, comments to judge and dispositions to look at. Three queries."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from sqlalchemy import and_, or_
from sqlmodel import col, select

from sgdocs.approval import queries as approvals
from sgdocs.approval.models import Comment, Process, Window
from sgdocs.approval.of_organisation import to_answer
from sgdocs.approval.queries import Owed
from sgdocs.approval.seeing import visible
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.i18n import N_
from sgdocs.policy import MEETING_OFFICERS, WRITERS
from sgdocs.web import approval_words, urls
from sgdocs.web.waits import Waits, ids_in

MOST: Final = 200
_DOES: Final = {
    "edited-text": N_("Provide the text"),
    "request": N_("Request it"),
    "judgement": N_("Judge"),
    "disposition": N_("Dispose of the comments"),
    "reply": N_("Reply"),
    "post-paper": N_("Post it"),
    "sg-decision": N_("Record the decision"),
    "result": N_("Post it"),
}
_UNDER: Final = {"reply": ("replies",), "disposition": ("comments",), "edited-text": ("texts",)}
"""Where a debt is paid, when not on the form of its step."""


def of_approval(act: Act) -> Iterator[Waits]:
    owed = approvals.obligations_of(act, mine=True)
    yield from (_owed(row) for row in owed)
    asked = {row.process.id for row in owed if row.obligation.kind == "reply"}
    yield from (_consultation(row) for row in to_answer(act) if row.id not in asked)
    judged = {row.process.id for row in owed if row.obligation.kind == "disposition"}
    yield from _comments(act, judged)


def _owed(row: Owed) -> Waits:
    kind, process = row.obligation.kind, row.process
    return Waits(
        "approval", f"obligation-{row.obligation.id}", process.name, process.title,
        approval_words.obligation(kind), _DOES.get(kind, N_("Do it")), _where(row),
        due=row.obligation.due_on, since=geneva_day(row.obligation.created_at),
    )  # fmt: skip


def _where(row: Owed) -> str:
    """The form of the step, when there is one alone; else the page that offers what is possible."""
    number, steps = row.process.number, [each for each in row.obligation.on_step.split(",") if each]
    if row.obligation.kind in _UNDER:
        return urls.approval(number, *_UNDER[row.obligation.kind])
    return urls.approval(number, "steps", steps[0]) if len(steps) == 1 else urls.approval(number)


def _consultation(process: Process) -> Waits:
    return Waits(
        "approval", f"consultation-{process.id}", process.name, process.title, approval_words.obligation("reply"),
        _DOES["reply"], urls.approval(process.number, "replies"), due=process.closes_on, since=process.opened_on,
    )  # fmt: skip


def _comments(act: Act, judged: set[int | None]) -> Iterator[Waits]:
    """Comments of closed windows that nobody disposed of, in the groups for which the actor writes; and those that the
    actor sent and has not said to be satisfied with. One line for each text. One query, none for who has neither."""
    actor = act.actor
    places = ids_in(actor, (*MEETING_OFFICERS, *WRITERS))
    if actor.person_id is None:
        return
    stands = and_(col(Comment.withdrawn_at).is_(None), col(Process.is_open).is_(True))
    undisposed = and_(
        col(Comment.disposition) == "",
        col(Window.closed_at).is_not(None),
        or_(col(Process.group_id).in_(places), col(Process.question_id).in_(places)),
    )
    unsatisfied = and_(
        col(Comment.person_id) == actor.person_id, col(Comment.disposition) != "", col(Comment.satisfied_at).is_(None)
    )
    found = (
        select(Process, Comment)
        .join(Comment, col(Comment.process_id) == Process.id)
        .join(Window, col(Window.id) == Comment.window_id, isouter=True)
        .where(stands, visible(act), or_(undisposed, unsatisfied) if places else unsatisfied)
        .order_by(col(Comment.sent_at), col(Comment.id))
        .limit(MOST)
    )
    rows: dict[tuple[int, bool], list[Comment]] = defaultdict(list)
    processes: dict[int, Process] = {}
    for process, comment in act.session.exec(found):
        processes[process.id or 0] = process
        rows[process.id or 0, bool(comment.disposition)].append(comment)
    for (id, is_disposed), some in rows.items():
        if is_disposed or id not in judged:
            yield _commented(processes[id], some, is_disposed=is_disposed)


def _commented(process: Process, some: list[Comment], *, is_disposed: bool) -> Waits:
    says = (
        N_("Disposed of, are you satisfied? Your comments: {number}")
        if is_disposed
        else N_("Comments to judge: {number}")
    )
    one = (some[0].number,) if len(some) == 1 else ()
    return Waits(
        "comment", f"comments-{process.id}-{int(is_disposed)}", process.name, process.title, says,
        N_("Answer") if is_disposed else N_("Judge"), urls.approval(process.number, "comments", *one),
        since=geneva_day((some[0].disposed_at if is_disposed else None) or some[0].sent_at), facts={"number": len(some)},
    )  # fmt: skip
