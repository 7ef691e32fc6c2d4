"""The head that every page of one work item has: where it stands, what it rests on, what the visitor may do.

    item = item_of(act, name)
    there = moved(request, name, item, "/changes")
    return there or framed(request, act, "work_programme/changes.html", item, rows=rows)

A template extends `work_programme/_frame.html` and fills its block `panel`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, select

from sgdocs.approval import queries as approvals
from sgdocs.approval.models import Process
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.policy import Permission, Scope, may
from sgdocs.recommendations.audience import is_readable
from sgdocs.recommendations.models import Family, Text
from sgdocs.web import urls, work_words
from sgdocs.web.deps import services_of
from sgdocs.web.render import page
from sgdocs.web.work_deeds import Deed, deeds_for
from sgdocs.work_programme import queries
from sgdocs.work_programme.form_words import Sheet, sheet_for
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.practice import Practice
from sgdocs.work_programme.queries import DependencyRow, EditorRow
from sgdocs.work_programme.radar import StaleRow, stale
from sgdocs.work_programme.rules import ACTIVE, ItemStatus

TO_CHANGE = ("revision", "amendment", "corrigendum")


@dataclass(frozen=True)
class ItemFrame:
    """What the pages of one item show. base: the text that is worked on, None when the reader may not have it; family,
    text: what is changed; approved: what came of it; blocks: what it waits for; why_stale: for those who direct the work.
    """

    item: WorkItem
    scope: Scope
    group: Group
    question: Group | None
    working_party: Group | None
    period: StudyPeriod | None
    issued_from: StudyPeriod | None
    family: Family | None
    text: Text | None
    approved: Text | None
    base: Document | None
    origin: Group | None
    origin_document: Document | None
    merged_into: WorkItem | None
    continues: WorkItem | None
    continued_by: WorkItem | None
    process: Process | None
    editors: Sequence[EditorRow]
    dependencies: Sequence[DependencyRow]
    why_stale: StaleRow | None
    may_edit: bool
    may_decide: bool
    may_support: bool
    today: date

    @property
    def address(self) -> str:
        return urls.work_item(self.item)

    @property
    def is_active(self) -> bool:
        return self.item.status in ACTIVE

    @property
    def is_late(self) -> bool:
        """Whether the target date is past and the work is not done."""
        return self.is_active and self.item.timing_on is not None and self.item.timing_on < self.today

    @property
    def blocks(self) -> list[DependencyRow]:
        return [row for row in self.dependencies if row.is_open]

    @property
    def place(self) -> Group:
        return self.question or self.group

    @property
    def sheet(self) -> Sheet:
        """Which form proposes it."""
        return sheet_for(self.item.kind)

    @property
    def is_new(self) -> bool:
        return self.item.version not in TO_CHANGE

    @cached_property
    def deeds(self) -> list[Deed]:
        """What the visitor may do, in the order of the table."""
        return deeds_for(
            self.item.status, may_edit=self.may_edit, may_decide=self.may_decide, may_support=self.may_support
        )


def item_of(act: Act, name: str) -> WorkItem:
    """The item of an address, `4711-Y.slice`, or of any name that it ever had."""
    return queries.by_handle(act, name)


def moved(request: Request, name: str, item: WorkItem, tail: str = "") -> Response | None:
    """The redirect to the canonical address, or None when this is it. A bare name may mean another item tomorrow."""
    handle = queries.handle(item)
    if name == handle:
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    lasting = name.partition("-")[0] == str(item.number)
    return RedirectResponse(urls.work_item(item) + tail + query, 301 if lasting else 302)


def frame_of(request: Request, act: Act, item: WorkItem) -> ItemFrame:
    """Costs some fifteen queries, one to a table."""
    groups = _groups(act, item)
    question = groups.get(item.question_id or 0)
    periods = _periods(act, item)
    scope = queries.scope_for(act, item)
    may_edit, may_decide = (may(act.actor, each, scope) for each in (Permission.EDIT_ITEM, Permission.DECIDE_ITEM))
    papers = queries.papers_by_id(act, [item.base_document_id, item.origin_document_id])
    others = _others(act, item)
    return ItemFrame(
        item=item,
        scope=scope,
        group=groups[item.group_id],
        question=question,
        working_party=groups.get(question.working_party_id or 0) if question else None,
        period=periods.get(item.period_id or 0),
        issued_from=periods.get(item.issued_from_id or 0),
        family=family_of(act, item),
        text=_text(act, item.text_id),
        approved=_text(act, item.approved_text_id),
        base=papers.get(item.base_document_id or 0),
        origin=groups.get(item.origin_group_id or 0),
        origin_document=papers.get(item.origin_document_id or 0),
        merged_into=next((each for each in others if each.id == item.merged_into_id), None),
        continues=next((each for each in others if each.id == item.continues_id), None),
        continued_by=next((each for each in others if each.continues_id == item.id), None),
        process=approvals.process_of(act, item),
        editors=queries.editors_of(act.session, item),
        dependencies=queries.dependencies_of(act, item),
        why_stale=_staleness(request, act, item, groups[item.group_id]) if may_edit or may_decide else None,
        may_edit=may_edit,
        may_decide=may_decide,
        may_support=may(act.actor, Permission.SUPPORT_ITEM, scope),
        today=geneva_day(act.now),
    )


def framed(
    request: Request,
    act: Act,
    template: str,
    item: WorkItem,
    *,
    fragment: str | None = None,
    status: int = 200,
    **context: Any,
) -> Response:
    """The page, with the frame under the name `it` and the words of work items under `says`."""
    return page(
        request,
        template,
        fragment=fragment,
        status=status,
        it=frame_of(request, act, item),
        item=item,
        says=work_words,
        **context,
    )


def _groups(act: Act, item: WorkItem) -> dict[int, Group]:
    """Its groups, and the working party to which the Question is allocated. Two queries."""
    wanted = {each for each in (item.group_id, item.question_id, item.origin_group_id) if each}
    found = {row.id or 0: row for row in act.session.exec(select(Group).where(col(Group.id).in_(wanted)))}
    question = found.get(item.question_id or 0)
    party = act.session.get(Group, question.working_party_id) if question and question.working_party_id else None
    return found | ({party.id or 0: party} if party else {})


def _periods(act: Act, item: WorkItem) -> dict[int, StudyPeriod]:
    wanted = {each for each in (item.period_id, item.issued_from_id) if each}
    found = select(StudyPeriod).where(col(StudyPeriod.id).in_(wanted))
    return {row.id or 0: row for row in act.session.exec(found)} if wanted else {}


def _others(act: Act, item: WorkItem) -> list[WorkItem]:
    """Items it was merged into, continues, or is continued by."""
    wanted = [each for each in (item.merged_into_id, item.continues_id) if each]
    is_other = col(WorkItem.id).in_(wanted) | (col(WorkItem.continues_id) == item.id)
    return list(act.session.exec(select(WorkItem).where(is_other, queries.visible(act)).order_by(col(WorkItem.id))))


def family_of(act: Act, item: WorkItem) -> Family | None:
    found = act.session.get(Family, item.family_id) if item.family_id else None
    return found if found and is_readable(act, found.audience) else None


def _text(act: Act, id: int | None) -> Text | None:
    found = act.session.get(Text, id) if id else None
    return found if found and is_readable(act, found.audience) else None


def _staleness(request: Request, act: Act, item: WorkItem, group: Group) -> StaleRow | None:
    if item.status != ItemStatus.UNDER_STUDY:
        return None
    found = stale(act, group, practice=Practice.of(services_of(request).settings))
    return next((each for each in found if each.row.id == item.id), None)
