"""What waits to be decided on: proposals of work items, late contributions for the Director. Two queries, none for others."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Admission, DocumentKind, Status
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.meetings.models import Meeting
from sgdocs.policy import CHAIRS, Permission, Role, Scope, may_read
from sgdocs.web import urls
from sgdocs.web.waits import Waits, ids_in
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.queries import visible
from sgdocs.work_programme.rules import ItemStatus

MOST: Final = 200
DECIDERS: Final = (*CHAIRS, Role.COUNSELLOR)
ADMITTERS: Final = (Role.DIRECTOR, Role.SECRETARIAT, Role.ADMIN)
"""The Director, and who records what the Director said."""


def of_decisions(act: Act) -> Iterator[Waits]:
    if ids_in(act.actor, DECIDERS):
        yield from _proposals(act)
    if act.actor.has_role(*ADMITTERS):
        yield from _late(act)


def _proposals(act: Act) -> Iterator[Waits]:
    """Items that wait to be registered or refused by a group of the actor. Source: WI-1, domain 3.3."""
    place = func.coalesce(col(WorkItem.question_id), col(WorkItem.group_id))
    found = (
        select(WorkItem, Group.path)
        .join(Group, col(Group.id) == place)
        .where(col(WorkItem.status) == ItemStatus.PENDING, visible(act))
        .order_by(col(WorkItem.registered_at), col(WorkItem.id))
        .limit(MOST)
    )
    for item, path in act.session.exec(found):
        if may_read(act.actor, Permission.DECIDE_ITEM, Scope(path)):
            yield Waits(
                "proposal", f"proposal-{item.id}", item.acronym, item.title, N_("Proposal to decide on"), N_("Decide"),
                urls.work_item(item), since=geneva_day(item.registered_at),
            )  # fmt: skip


def _late(act: Act) -> Iterator[Waits]:
    """Late contributions of ITU-T, until their meeting is over; not those that a meeting refused. Source: Rec. ITU-T A.1
    clause 3, domain T-C3."""
    found = (
        select(Document, col(Meeting.ends_on), col(Group.path))
        .join(Meeting, col(Meeting.id) == col(Document.meeting_id))
        .join(Group, col(Group.id) == col(Document.group_id))
        .where(
            Document.status == Status.HELD,
            Document.sector == "T",
            Document.kind == DocumentKind.CONTRIBUTION,
            Document.admission == Admission.NONE,
            col(Meeting.ends_on) >= geneva_day(act.now),
            documents.visible(act),
        )
        .order_by(col(Meeting.ends_on), col(Document.id))
        .limit(MOST)
    )
    for document, ends_on, path in act.session.exec(found):
        if may_read(act.actor, Permission.ADMIT_LATE, Scope(path)):
            yield Waits(
                "admission", f"admission-{document.id}", document.label, document.title,
                N_("Late contribution: admit it, or it waits for the next meeting"), N_("Admit"),
                urls.document(document.name, "admit"), due=ends_on, since=geneva_day(document.received_at or act.now),
            )  # fmt: skip
