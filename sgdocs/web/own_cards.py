"""My documents and reservations, my work items, my last calls, what I keep, my searches and lists: one query each."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import and_, exists, func, or_
from sqlalchemy import select as columns
from sqlmodel import col

from sgdocs.approval.models import Process, Window
from sgdocs.approval.procedures.terms import LAST_CALL, REVIEW
from sgdocs.approval.seeing import visible as visible_process
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.listing import visible as visible_document
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Status
from sgdocs.i18n import N_
from sgdocs.policy import audiences
from sgdocs.web import paper_words, urls, work_words
from sgdocs.web.approval_filters import Asked
from sgdocs.web.desk_cards import Card, Line
from sgdocs.web.waits import ids_in
from sgdocs.web.work_filters import Wanted
from sgdocs.work_programme.filtering import ItemFilter, conditions_of
from sgdocs.work_programme.filtering import visible as visible_item
from sgdocs.work_programme.models import ItemEditor, WorkItem
from sgdocs.workspace import tracking
from sgdocs.workspace.kinds import KINDS
from sgdocs.workspace.queries import counts as counts_of_kept

SHOWN: Final = 5
RAPPORTEURS: Final = ("rapporteur", "co-rapporteur", "associate-rapporteur")
OPEN_WINDOWS: Final = (LAST_CALL, REVIEW)


def documents(act: Act) -> Card:
    """Reservations first, with the day on which they run out; then what was submitted, the newest first."""
    held = col(Document.status) == Status.RESERVED
    shown = [
        col(each) for each in (Document.name, Document.label, Document.title, Document.status, Document.expires_at)
    ]
    found = (
        columns(*shown, _total())
        .where(col(Document.owner_id) == act.actor.person_id, visible_document(act))
        .order_by(held.desc(), col(Document.id).desc())
        .limit(SHOWN)
    )
    rows = act.session.execute(found).all()
    lines = [
        Line(
            label, urls.document(name), title, paper_words.status(status)[0], geneva_day(ends) if _is_held(status, ends) else None,
            _is_held(status, ends) and ends < act.now,
        )
        for name, label, title, status, ends, _ in rows
    ]  # fmt: skip
    return Card("documents", N_("My documents and reserved numbers"), _count(rows), "/my/documents", lines)


def _is_held(status: str, ends: Any) -> bool:
    return bool(status == Status.RESERVED and ends)


def items(act: Act) -> Card:
    """Work items that the actor edits, and those of the Questions that they lead; the next target date first."""
    questions = ids_in(act.actor, RAPPORTEURS)
    edits = exists().where(
        col(ItemEditor.work_item_id) == col(WorkItem.id), col(ItemEditor.person_id) == act.actor.person_id
    )
    mine = or_(edits, col(WorkItem.question_id).in_(questions)) if questions else edits
    timing = col(WorkItem.timing_on)
    found = (
        columns(WorkItem, _total())
        .where(mine, visible_item(act), *conditions_of(act, ItemFilter(is_active=True)))
        .order_by(timing.is_(None), timing, col(WorkItem.sort_key))
        .limit(SHOWN)
    )
    rows = act.session.execute(found).all()
    today = geneva_day(act.now)
    lines = [
        Line(
            row.acronym,
            urls.work_item(row),
            row.title,
            work_words.status(row.status)[0],
            row.timing_on,
            _is_over(row, today),
        )
        for row, _ in rows
    ]
    led = sorted({a.group for a in act.actor.appointments if a.role in RAPPORTEURS and a.group})
    wanted = Wanted(question=led[0]) if len(led) == 1 else Wanted(editor=act.actor.name)
    return Card("items", N_("My work items"), _count(rows), wanted.address("/wi"), lines)


def _is_over(row: WorkItem, today: Any) -> bool:
    return row.timing_on is not None and row.timing_on < today


def calls(act: Act, group_ids: Sequence[int]) -> Card:
    """Last calls and reviews that are open in the actor's groups, else in their Sectors; the first to close first."""
    here = or_(col(Process.group_id).in_(group_ids), col(Process.question_id).in_(group_ids))
    sectors = sorted(audiences(act.actor) & {"T", "R", "D"})
    running = exists().where(
        and_(
            col(Window.process_id) == col(Process.id),
            col(Window.kind).in_(OPEN_WINDOWS),
            col(Window.closed_at).is_(None),
        )
    )
    found = (
        columns(Process, _total())
        .where(
            col(Process.is_open).is_(True),
            visible_process(act),
            running,
            here if group_ids else col(Process.sector).in_(sectors),
        )
        .order_by(col(Process.closes_at), col(Process.id))
        .limit(SHOWN)
    )
    rows = act.session.execute(found).all()
    lines = [Line(row.name, urls.approval(row.number), row.title, "", row.closes_on) for row, _ in rows]
    asked = Asked(window=OPEN_WINDOWS, sector=tuple(sectors) if len(sectors) == 1 else ())
    return Card("calls", N_("My last calls"), _count(rows), asked.address(), lines)


def kept(act: Act) -> Card:
    """How much of each kind."""
    counts = counts_of_kept(act)
    lines = [
        Line(str(counts[kind]), urls.with_query("/my/kept", kind=kind), "", of.title)
        for kind, of in KINDS.items()
        if counts.get(kind)
    ]
    return Card("kept", N_("What I keep"), sum(counts.values()), "/my/kept", lines)


def searches(act: Act) -> Card:
    """Saved searches, those with new hits first, then lists. Two queries."""
    saved, lists = tracking.searches(act), tracking.lists(act)
    saved = sorted(saved, key=lambda row: (-len(row.new), row.name.casefold()))
    lines = [
        *(Line(row.name, f"/my/searches/{row.id}", "", N_("New hits") if row.new else "") for row in saved),
        *(Line(row.name, f"/my/lists/{row.id}", "", N_("List")) for row in lists),
    ]
    return Card("searches", N_("My searches and lists"), len(lines), "/my/searches", lines[:SHOWN])


def _total() -> Any:
    """How many there are in all, beside each row."""
    return func.count().over()


def _count(rows: Sequence[Any]) -> int:
    return int(rows[0][-1]) if rows else 0
