"""An agenda as JSON, at its own address and over the API."""

from typing import TYPE_CHECKING, Any

from sgdocs.documents.allocations import Placed
from sgdocs.documents.rules import shown_title
from sgdocs.meetings.agenda import Row
from sgdocs.proceedings.agenda_work import Line
from sgdocs.proceedings.queries import DispositionRow
from sgdocs.web import urls
from sgdocs.web.agenda_places import Place

if TYPE_CHECKING:
    from sgdocs.web.pages.agenda import AgendaPage


def agenda_out(told: "AgendaPage", place: Place) -> dict[str, Any]:
    """`{"meeting", "group", "sequence", "items": [{"number", "title", …, "documents": […]}]}`."""
    return {
        "meeting": place.meeting.code,
        "group": place.chosen.path,
        "label": place.chosen.label,
        "sequence": told.agenda.sequence,
        "items": [
            item_out(row, told.papers(row), told.results) | {"texts": [line_out(line) for line in told.lines(row)]}
            for row in told.agenda.rows
        ],
    }


def address_of(line: Line) -> str:
    """Of the record of a text or statement that stands on an agenda."""
    if line.statement:
        return urls.statement(line.statement)
    return urls.approval(line.process) if line.process else urls.work_item(line.item) if line.item else ""


def line_out(line: Line) -> dict[str, str]:
    """A text, work item or statement to be decided, with the address of its record."""
    at = address_of(line)
    return {"name": line.name, "title": line.title, "because": line.because, "address": at}


def item_out(row: Row, papers: list[Placed], results: dict[int, DispositionRow]) -> dict[str, Any]:
    return {
        "id": row.item.id,
        "number": row.number,
        "depth": row.depth,
        "parent": row.item.parent_id,
        "kind": row.item.kind,
        "title": row.item.title,
        "note": row.item.note,
        "question": row.question.path if row.question else "",
        "sitting": row.item.sitting_id,
        "documents": [placed_out(each, results.get(each.document.id or 0)) for each in papers],
    }


def placed_out(each: Placed, result: DispositionRow | None) -> dict[str, Any]:
    """A document under an item, with every reason in words."""
    document, row = each.document, each.allocation
    return {
        "id": row.id,
        "document": document.name,
        "label": document.label_now,
        "title": shown_title(document.status, document.title),
        "source": document.source,
        "status": document.status,
        "revision": document.revision,
        "address": urls.document(document.name),
        "is_primary": row.is_primary,
        "by_hand": row.by_hand,
        "reason": row.reason,
        "because": "; ".join(says.replace("{words}", words) for says, words in each.reasons),
        "disposition": result.disposition.outcome if result else "",
        "disposition_document": result.other.name if result and result.other else "",
    }
