"""One work item with all that belongs to it, as JSON at its own address and over the API."""

from sgdocs.base.act import Act
from sgdocs.work_programme import queries
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.outgoing import (
    BaseOut,
    DependencyOut,
    EditorOut,
    PaperOut,
    RecordOut,
    StepOut,
    SupporterOut,
)


def record_out(act: Act, item: WorkItem, root: str) -> RecordOut:
    """root: address of the service. What the actor may not read is left out. Costs some twenty queries."""
    (row,) = queries.rows_of(act, [item.id or 0])
    return RecordOut.of_item(
        row,
        item,
        root,
        merged_into=_handle(act, item.merged_into_id),
        continues=_handle(act, item.continues_id),
        people=[EditorOut.of(each) for each in queries.editors_of(act.session, item)],
        support=[SupporterOut.of(each) for each in queries.supporters_of(act.session, item)],
        bases=[BaseOut.of(each) for each in queries.bases_of(act, item)],
        papers=[PaperOut.of(each) for each in queries.papers_of(act, item)],
        steps=[StepOut.of(each) for each in queries.steps_of(act, item)],
        dependencies=[DependencyOut.of(each) for each in queries.dependencies_of(act, item)],
        blocks=[queries.handle(each.item) for each in queries.waiting_for(act, item) if each.item],
    )


def _handle(act: Act, id: int | None) -> str:
    """`4711-Y.slice` of an item that the actor may read, else ""."""
    rows = queries.rows_of(act, [id]) if id else []
    return queries.handle(rows[0]) if rows else ""
