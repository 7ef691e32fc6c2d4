"""Register a proposal, and a deleted item anew. Source: WI-1, domain 3.3."""

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, refuse
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission
from sgdocs.work_programme import completeness, rules
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.actions._parts import copy_editors
from sgdocs.work_programme.actions._places import require_decided
from sgdocs.work_programme.completeness import Proposal
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.naming import keep_names
from sgdocs.work_programme.queries import editors_of, group_of, question_of, supporters_of
from sgdocs.work_programme.rules import ItemStatus


def register(act: Act, item: WorkItem, meeting: Meeting | None, *, reason: str = "") -> WorkItem:
    """The group decided on a proposal: it stands in the work programme, under study."""
    _writing.permit(act, item, Permission.DECIDE_ITEM)
    require_decided(act, group_of(act.session, item), meeting)
    if item.status != ItemStatus.PENDING:
        _writing.require_way(item, ItemStatus.UNDER_STUDY)
        raise Conflict(rules.SAME, name=item.acronym)
    refuse(completeness.why_not_propose(proposal_of(act, item)), Conflict)
    _writing.change_status(act, item, ItemStatus.UNDER_STUDY, meeting=meeting, reason=reason)
    item.registered_at, item.registered_meeting_id = act.now, meeting.id if meeting else None
    _writing.keep(act, item)
    _writing.note(act, "work.registered", item, meeting=meeting.code if meeting else "", reason=reason)
    return item


def reregister(act: Act, item: WorkItem, meeting: Meeting | None, *, reason: str = "") -> WorkItem:
    """A deleted item begins again as a new record, which says what it continues. Source: domain 3.3."""
    _writing.permit(act, item, Permission.DECIDE_ITEM)
    require_decided(act, group_of(act.session, item), meeting)
    if item.status != ItemStatus.DELETED:
        raise Conflict(rules.DELETED_ONLY, name=item.acronym, status=item.status)
    number = _writing.next_number(act)
    _writing.require_free(act, item.sector, item.acronym)
    left_out = {"id", "number", "status", "status_on", "status_reason", "external_id", "continues_id", "registered_at"}
    new = WorkItem(
        **item.model_dump(exclude=left_out),
        number=number,
        status=ItemStatus.UNDER_STUDY,
        status_on=_writing.day_of(act, meeting),
        continues_id=item.id,
        registered_at=act.now,
    )
    new.registered_meeting_id, new.proposed_by = (meeting.id if meeting else None), act.actor.person_id
    _writing.keep(act, new)
    keep_names(act.session, new)
    copy_editors(act, item, new)
    _writing.add_step(act, new, "", new.status, on=new.status_on, meeting=meeting, reason=reason)
    code = meeting.code if meeting else ""
    _writing.note(act, "work.registered", new, meeting=code, reason=reason, continues=item.number)
    return new


def proposal_of(act: Act, item: WorkItem) -> Proposal:
    """What the form of an item says now."""
    question = question_of(act.session, item)
    return Proposal(
        sector=item.sector,
        kind=item.kind,
        version=item.version,
        question=question.label if question else "",
        acronym=item.acronym,
        title=item.title,
        timing=item.timing,
        editors=tuple(row.name for row in editors_of(act.session, item) if row.editor.role != "contact"),
        process=item.process,
        scope=item.scope,
        summary=item.summary,
        relations=item.relations,
        base=str(item.base_document_id or ""),
        supporters=tuple(
            (row.name, row.organisation.country if row.organisation else row.supporter.country)
            for row in supporters_of(act.session, item)
            if row.supporter.support == "work"
        ),
    )
