"""What the meetings decided about one work item: about its texts, and the steps of its approval. Source: domain M-6."""

from dataclasses import dataclass

from sqlmodel import col, or_, select

from sgdocs.approval.models import Process
from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible
from sgdocs.proceedings.models import Decision, TextDecision
from sgdocs.proceedings.queries import may_read
from sgdocs.work_programme.models import ItemBase, ItemPaper, WorkItem


@dataclass(frozen=True)
class Decided:
    """step: of the procedure that was taken with it, "" for a decision about a document. group: who decided."""

    decision: Decision
    group: Group
    meeting: Meeting
    step: str


def decisions(act: Act, item: WorkItem) -> list[Decided]:
    """Decisions that stand, the latest first, of meetings whose papers the actor reads. Up to two queries for each meeting."""
    papers = select(ItemPaper.document_id).where(
        ItemPaper.work_item_id == item.id, col(ItemPaper.removed_at).is_(None), ItemPaper.role != "contribution"
    )
    bases = select(ItemBase.document_id).where(ItemBase.work_item_id == item.id, col(ItemBase.document_id).is_not(None))
    own = select(Process.id).where(Process.work_item_id == item.id)
    found = (
        select(Decision, Group, Meeting, TextDecision.step)
        .join(Group, col(Group.id) == Decision.group_id)
        .join(Meeting, col(Meeting.id) == Decision.meeting_id)
        .outerjoin(TextDecision, col(TextDecision.decision_id) == Decision.id)
        .where(
            or_(
                col(Decision.document_id).in_(papers),
                col(Decision.document_id).in_(bases),
                col(TextDecision.process_id).in_(own),
            ),
            col(Decision.withdrawn_at).is_(None),
            visible(act),
        )
        .order_by(col(Decision.entered_at).desc(), col(Decision.id).desc())
    )
    rows = act.session.exec(found).all()
    met = {meeting.id: meeting for _, _, meeting, _ in rows}
    read = {id for id, meeting in met.items() if may_read(act, meeting)}
    return [Decided(row, group, meeting, step or "") for row, group, meeting, step in rows if meeting.id in read]
