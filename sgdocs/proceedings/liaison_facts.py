"""Liaison statements that a meeting dealt with, for the report of one group. Source: domain 5.3, 7.1.

A report is read by all who read the papers of the meeting: statements for fewer are left out, whoever composes it.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from sqlmodel import col, or_, select

from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.liaison import queries as liaison
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.rules import State, Status
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import papers_audience
from sgdocs.policy import PUBLIC
from sgdocs.proceedings.liaison_rows import InRow, LiaisonFacts, OutRow

PURPOSES: Final = {"action": "Action", "comment": "Comment", "information": "Information"}
STATES: Final = {
    State.REPLIED: "Answered",
    State.NOTED: "Noted",
    State.NO_REPLY_NEEDED: "No reply needed",
    State.CLOSED_NO_REPLY: "Closed without a reply",
    State.FORWARDED: "Forwarded",
    State.REPLY_DRAFTED: "Reply drafted",
}
STATUSES: Final = {Status.SENT: "Sent", Status.DRAFT: "Draft", Status.NUMBERED: "Approved"}
LIVE: Final = (Status.RECEIVED, Status.SENT)


def liaison_of(act: Act, meeting: Meeting, group: Group) -> LiaisonFacts:
    """What came for the group and stood on this meeting's agenda, and what the meeting prepared or agreed. Some nine queries."""
    return LiaisonFacts(tuple(_incoming(act, meeting, group)), tuple(_outgoing(act, meeting, group)))


def homes_of(group: Group) -> list[int | None]:
    """The group itself; of a Question or working party also the group that it is a part of, as whose statements go."""
    return [group.id, group.parent_id] if group.kind in ("question", "working-party") else [group.id]


def questions_of(act: Act, group: Group) -> set[int | None]:
    """The Questions that a group speaks for; of a study group none: it speaks for all."""
    if group.kind == "question":
        return {group.id}
    if group.kind == "working-party":
        return set(act.session.exec(select(Group.id).where(Group.working_party_id == group.id)))
    return set()


# What came in


def _incoming(act: Act, meeting: Meeting, group: Group) -> Iterable[InRow]:
    rows = [row for row in _came(act, meeting, group) if is_for_all(row[1].audience, act, meeting)]
    allotted = liaison.questions_of(act.session, [to for _, to, _ in rows])
    own = questions_of(act, group)
    senders = senders_of(act, [statement for statement, _, _ in rows])
    replies = _replies(act, meeting, [to for _, to, _ in rows])
    for statement, to, document in rows:
        asked = {each.id for each in allotted.get(to.id or 0, ())}
        if not own or not asked or own & asked:
            label = document.label_now if document and is_for_all(document.audience, act, meeting) else ""
            number = statement.external_number or statement.label
            yield InRow(
                label,
                "" if number == label else number,
                ", ".join(senders.get(statement.id or 0, ())),
                statement.title,
                asked_of(to),
                _result(to, replies.get(to.answered_by_id or 0, "")),
            )


def _came(act: Act, meeting: Meeting, group: Group) -> Sequence[tuple[Statement, Addressee, Document | None]]:
    found = (
        select(Statement, Addressee, Document)
        .join(Addressee, col(Addressee.statement_id) == col(Statement.id))
        .outerjoin(Document, col(Document.id) == col(Addressee.document_id))
        .where(
            col(Addressee.group_id).in_(homes_of(group)),
            or_(col(Addressee.meeting_id) == meeting.id, col(Document.meeting_id) == meeting.id),
            col(Statement.status).in_(LIVE),
        )
        .order_by(col(Document.number), col(Statement.id))
    )
    return act.session.exec(found).all()


def is_for_all(label: str, act: Act, meeting: Meeting) -> bool:
    """Whether everybody who reads the papers of the meeting reads what has that label."""
    readers = papers_audience(act.session, meeting)
    return bool(label) and (label in (PUBLIC, readers) or readers.startswith(f"{label}/"))


def senders_of(act: Act, rows: Sequence[Statement]) -> dict[int, list[str]]:
    """Who sent each, as people write it."""
    found = (
        select(Sender.statement_id, Sender.name, Group.label)
        .outerjoin(Group, col(Group.id) == col(Sender.group_id))
        .where(col(Sender.statement_id).in_([row.id for row in rows]))
        .order_by(col(Sender.position))
    )
    told: dict[int, list[str]] = {}
    for id, name, label in act.session.exec(found) if rows else ():
        told.setdefault(id, []).append(label or name)
    return told


def _replies(act: Act, meeting: Meeting, rows: Sequence[Addressee]) -> dict[int, str]:
    """Numbers of the answers that the readers of the report may know."""
    wanted = {row.answered_by_id for row in rows if row.answered_by_id}
    found = act.session.exec(select(Statement).where(col(Statement.id).in_(wanted))).all() if wanted else ()
    return {row.id or 0: row.label for row in found if is_for_all(row.audience, act, meeting)}


def asked_of(row: Addressee) -> str:
    """`Action by 2026-05-01`."""
    purpose = PURPOSES.get(row.purpose, row.purpose)
    return f"{purpose} by {row.deadline.isoformat()}" if isinstance(row.deadline, date) else purpose


def _result(row: Addressee, reply: str) -> str:
    said = STATES.get(State(row.state), "")
    if reply:
        return f"{said} by {reply}"
    return f"{said}: {row.closed_reason}" if said and row.closed_reason else said


# What goes out


def _outgoing(act: Act, meeting: Meeting, group: Group) -> Iterable[OutRow]:
    statements = [row for row in prepared(act, meeting, group) if is_for_all(row.audience, act, meeting)]
    if not statements:
        return
    found = select(Addressee).where(col(Addressee.statement_id).in_([row.id for row in statements]))
    to: dict[int, list[Addressee]] = {}
    for each in act.session.exec(found.order_by(col(Addressee.position))):
        to.setdefault(each.statement_id, []).append(each)
    for row in statements:
        number = row.label if row.number else row.name
        state = STATUSES.get(Status(row.status), row.status.capitalize())
        for each in to.get(row.id or 0, ()):
            yield OutRow(number, each.name, row.title, asked_of(each), state)


def prepared(act: Act, meeting: Meeting, group: Group) -> list[Statement]:
    """Statements that the group prepared or agreed at this meeting, by number; not those that were withdrawn."""
    found = (
        select(Statement, Sender)
        .join(Sender, col(Sender.statement_id) == col(Statement.id))
        .where(
            col(Sender.group_id).in_(homes_of(group)),
            or_(col(Statement.meeting_id) == meeting.id, col(Sender.agreed_meeting_id) == meeting.id),
            col(Statement.status) != Status.WITHDRAWN,
            col(Statement.origin) == "ours",
        )
        .order_by(col(Statement.number), col(Statement.id))
    )
    own = questions_of(act, group)
    rows = {row.id: row for row, sender in act.session.exec(found) if is_prepared_by(sender, group, own)}
    return list(rows.values())


def is_prepared_by(sender: Sender, group: Group, own: Collection[int | None]) -> bool:
    """Whether the group itself, its working party or one of its Questions sends. own: as of `questions_of`."""
    return group.id in {sender.group_id, sender.working_party_id} or not set(own).isdisjoint(sender.question_ids)
