"""What an agenda has to see to beside its documents: answers that are due, drafts that wait to be agreed or approved.

Source: domain M-5, 7.1.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlmodel import and_, col, or_, select

from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.i18n import N_
from sgdocs.liaison import queries as liaison
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.rules import CLOSED, CLOSED_UNLESS_EXPECTED, DRAFTS, OUT
from sgdocs.meetings.agenda_rules import ItemKind as K
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings.agenda_lines import Line
from sgdocs.proceedings.liaison_facts import homes_of, is_prepared_by, questions_of

ANSWER: Final = N_("An answer is still owed")
CONSIDER: Final = N_("Not considered yet")
AGREE: Final = N_("A draft to be agreed")
APPROVE: Final = N_("Agreed; waits for approval")
SEND: Final = N_("Approved; to be sent")
Row = tuple[Statement, Addressee | None, Sender | None]
WAITS: Final[Mapping[str, str]] = {"draft": AGREE, "agreed": APPROVE, "approved": SEND, "numbered": SEND}


def lines_of(act: Act, meeting: Meeting, group: Group) -> dict[str, Sequence[Line]]:
    """Under incoming statements those that earlier meetings left open; under outgoing ones the drafts. One query, and one
    for the Questions where a Question or working party asks and something came."""
    homes, labels = homes_of(group), audiences(act)
    own = questions_of(act, group)
    rows: Sequence[Row] = act.session.exec(_asked(meeting, homes, labels)).all()
    came = [(row, to) for row, to, _ in rows if to is not None]
    asked = liaison.questions_of(act.session, [to for _, to in came]) if own and came else {}
    coming = [
        _line(row, ANSWER if to.is_answer_expected else CONSIDER)
        for row, to in came
        if not own or _concerns(own, asked.get(to.id or 0, []))
    ]
    drafts = {row.id: row for row, to, sender in rows if to is None and sender and is_prepared_by(sender, group, own)}
    going = [
        _line(row, WAITS[row.status]) for row in sorted(drafts.values(), key=lambda row: (row.number or 0, row.id or 0))
    ]
    return {kind: lines for kind, lines in ((K.INCOMING, coming), (K.OUTGOING, going)) if lines}


def _line(row: Statement, because: str) -> Line:
    return Line(row.label or row.name, row.title, because, statement=row.name)


def _asked(meeting: Meeting, homes: Sequence[int | None], labels: Collection[str]) -> Any:
    """Statements with the addressee that still has something to do, or drafts with the sender who prepares them here.

    Of what came: allotted to the group's Questions, or to all; those whose document is of this meeting stand there by
    themselves. Answers that are owed, whenever; what nobody has considered, when it was carried to this meeting.
    """
    waits = and_(
        col(Addressee.statement_id) == col(Statement.id),
        col(Statement.status).in_(OUT),
        col(Addressee.group_id).in_(homes),
        or_(
            col(Addressee.is_answer_expected).is_(True),
            and_(col(Addressee.state).not_in(CLOSED_UNLESS_EXPECTED), col(Addressee.meeting_id) == meeting.id),
        ),
        col(Addressee.state).not_in(CLOSED),
        col(Addressee.audience).in_(labels),
    )
    prepares = and_(
        col(Sender.statement_id) == col(Statement.id),
        col(Statement.status).in_(DRAFTS),
        col(Statement.origin) == "ours",
        col(Sender.group_id).in_(homes),
        or_(col(Statement.meeting_id) == meeting.id, col(Sender.agreed_meeting_id) == meeting.id),
        col(Statement.audience).in_(labels),
    )
    is_due = and_(
        or_(col(Statement.dated_on).is_(None), col(Statement.dated_on) <= meeting.ends_on),
        or_(col(Document.meeting_id).is_(None), col(Document.meeting_id) != meeting.id),
    )
    return (
        select(Statement, Addressee, Sender)
        .outerjoin(Addressee, waits)
        .outerjoin(Sender, prepares)
        .outerjoin(Document, col(Document.id) == col(Addressee.document_id))
        .where(or_(and_(col(Addressee.id).is_not(None), is_due), col(Sender.id).is_not(None)))
        .order_by(col(Addressee.deadline).is_(None), col(Addressee.deadline), col(Statement.id))
    )


def _concerns(own: set[int | None], asked: Sequence[Group]) -> bool:
    return not asked or any(each.id in own for each in asked)
