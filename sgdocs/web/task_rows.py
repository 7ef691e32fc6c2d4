"""Tasks as the lists give them out, and where they are read."""

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.tasks.queries import TaskRow
from sgdocs.tasks.schemas import TaskOut
from sgdocs.web import urls


def address_of(row: TaskRow) -> str:
    """Its own page; of an action item its line on the page of the meeting."""
    if row.meeting is not None:
        at = f"{urls.meeting(row.meeting.code)}/actions"
        return f"{at}#action-{row.group.code}-{row.told.number}"
    return urls.task(row.group.path, row.told.number)


def out(act: Act, row: TaskRow, site: str = "") -> TaskOut:
    return TaskOut(
        kind=row.kind,
        group=row.group.path,
        number=row.told.number,
        text=row.told.text,
        owner=row.owner,
        due_on=row.told.due_on,
        state=row.state,
        is_late=row.is_late(geneva_day(act.now)),
        meeting=row.meeting.code if row.meeting else "",
        document=row.document.name if row.document else "",
        work_item=row.item.acronym if row.item else "",
        changed_at=row.changed_at,
        reason=row.reason,
        address=site + address_of(row),
        version=row.task.version if row.task else None,
    )
