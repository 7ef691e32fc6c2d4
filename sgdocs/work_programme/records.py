"""One item with everything that belongs to it, as the API gives it."""

from sgdocs.base.act import Act
from sgdocs.work_programme import queries
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.naming import handle
from sgdocs.work_programme.outgoing import (
    BaseOut,
    DependencyOut,
    EditorOut,
    PaperOut,
    RecordOut,
    StepOut,
    SupporterOut,
)


def record_of(act: Act, item: WorkItem, root: str) -> RecordOut:
    """The record as far as the actor may read. root: address of the service. Costs some fifteen queries."""
    session = act.session
    waiting = queries.waiting_for(act, item)
    return RecordOut.of_item(
        queries.rows_of(act, [item.id or 0])[0],
        item,
        root,
        people=[EditorOut.of(row) for row in queries.editors_of(session, item)],
        support=[SupporterOut.of(row) for row in queries.supporters_of(session, item)],
        bases=[BaseOut.of(row) for row in queries.bases_of(act, item)],
        papers=[PaperOut.of(row) for row in queries.papers_of(act, item)],
        steps=[StepOut.of(row) for row in queries.steps_of(act, item)],
        dependencies=[DependencyOut.of(row) for row in queries.dependencies_of(act, item)],
        blocks=[handle(row.item) for row in waiting if row.item and row.is_open],
        merged_into=_handle(act, item.merged_into_id),
        continues=_handle(act, item.continues_id),
    )


def _handle(act: Act, item_id: int | None) -> str:
    """Of another item, "" when there is none or it may not be read."""
    rows = queries.rows_of(act, [item_id]) if item_id else []
    return handle(rows[0]) if rows else ""
