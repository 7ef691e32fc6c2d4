"""What an agenda has to see to beside its documents: answers that are due, drafts that wait to be agreed or approved.

Source: domain M-5, 7.1.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlmodel import and_, col, or_, select

from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.i18n import N_
from sgdocs.liaison import queries as liaison
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.rules import CLOSED, CLOSED_UNLESS_EXPECTED, DRAFTS, OUT
from sgdocs.meetings.agenda_rules import ItemKind as K
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings.agenda_lines import Line
from sgdocs.proceedings.liaison_facts import homes_of, prepared, questions_of

ANSWER: Final = N_("An answer is still owed")
CONSIDER: Final = N_("Not considered yet")
AGREE: Final = N_("A draft to be agreed")
APPROVE: Final = N_("Agreed; waits for approval")
SEND: Final = N_("Approved; to be sent")
WAITS: Final[Mapping[str, str]] = {"draft": AGREE, "agreed": APPROVE, "approved": SEND, "numbered": SEND}


def lines_of(act: Act, meeting: Meeting, group: Group) -> dict[str, Sequence[Line]]:
    """Under incoming statements those that earlier meetings left open; under outgoing ones the drafts."""
    coming = [_line(row, ANSWER if to.is_answer_expected else CONSIDER) for row, to in _open(act, meeting, group)]
    visible = audiences(act)
    drafts = [row for row in prepared(act, meeting, group) if row.status in DRAFTS and row.audience in visible]
    going = [_line(row, WAITS[row.status]) for row in drafts]
    return {kind: lines for kind, lines in ((K.INCOMING, coming), (K.OUTGOING, going)) if lines}


def _line(row: Statement, because: str) -> Line:
    return Line(row.label or row.name, row.title, because, statement=row.name)


def _open(act: Act, meeting: Meeting, group: Group) -> list[tuple[Statement, Addressee]]:
    """Allotted to the group's Questions, or to all; those whose document is of this meeting stand there by themselves.

    Answers that are owed, whenever; what nobody has considered, when it was carried to this meeting."""
    found = (
        select(Statement, Addressee)
        .join(Addressee, col(Addressee.statement_id) == col(Statement.id))
        .outerjoin(Document, col(Document.id) == col(Addressee.document_id))
        .where(
            col(Addressee.group_id).in_(homes_of(group)),
            or_(
                col(Addressee.is_answer_expected).is_(True),
                and_(col(Addressee.state).not_in(CLOSED_UNLESS_EXPECTED), col(Addressee.meeting_id) == meeting.id),
            ),
            col(Addressee.state).not_in(CLOSED),
            col(Addressee.audience).in_(audiences(act)),
            col(Statement.status).in_(OUT),
            or_(col(Statement.dated_on).is_(None), col(Statement.dated_on) <= meeting.ends_on),
            or_(col(Document.meeting_id).is_(None), col(Document.meeting_id) != meeting.id),
        )
        .order_by(col(Addressee.deadline).is_(None), col(Addressee.deadline), col(Statement.id))
    )
    rows = act.session.exec(found).all()
    own = questions_of(act, group)
    asked = liaison.questions_of(act.session, [to for _, to in rows]) if own and rows else {}
    return [(row, to) for row, to in rows if not own or _concerns(own, asked.get(to.id or 0, []))]


def _concerns(own: set[int | None], asked: Sequence[Group]) -> bool:
    return not asked or any(each.id in own for each in asked)
