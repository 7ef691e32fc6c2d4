"""A work item with its base text and what was brought to it, as rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.text.model import Unit
from sgdocs.work_programme.models import ItemBase, ItemPaper, WorkItem
from sgdocs.work_programme.naming import keep_names
from sgdocs.work_programme.rules import name_key
from tests.cast import Cast
from tests.documents.papers import kept, paper
from tests.make import Make

BASE = (
    Unit("", "", "Draft new Recommendation\tVersion 3", 0, "start", "text"),
    Unit("1", "Scope", "This draft describes slices of access networks.", 1, "c-1"),
    Unit("7", "Timing", "Clocks are needed everywhere.", 1, "c-7"),
    Unit("7.1", "Delay", "The delay of a slice stays below 5 ns.\nIt is measured at the port of the user.", 2, "c-7.1"),
    Unit("7.2", "Wander", "The wander stays below 9 ns in every class.", 2, "c-7.2"),
)


def item_row(
    make: Make, group: Group, name: str = "Y.slice", *, question: Group | None = None, **facts: Any
) -> WorkItem:
    """An item under study, with its name kept."""
    words = {
        "number": 4711,
        "sector": group.sector,
        "sort_key": name,
        "title": f"Title of {name}",
        "process": "aap",
        "registered_at": make.act.now,
        "changed_at": make.act.now,
    } | facts
    row = WorkItem(
        acronym=name,
        acronym_key=name_key(name),
        group_id=group.id,
        question_id=question.id if question else None,
        **words,
    )
    make.add(row)
    keep_names(make.session, row)
    return row


def based(
    make: Make, item: WorkItem, document: Document, units: Sequence[Unit] = BASE, *, on: date = date(2025, 11, 3)
) -> ItemBase:
    """The document becomes the base text; its text is kept."""
    file = kept(make, document, units, sha256=f"{document.id:064x}")
    row = ItemBase(
        work_item_id=item.id or 0,
        document_id=document.id,
        sha256=file.sha256,
        happened_on=on,
        set_at=make.act.now,
    )
    item.base_document_id, item.base_part, item.base_sha256 = document.id, "", file.sha256
    make.add(item)
    return make.add(row)  # type: ignore[no-any-return]


def brought(make: Make, item: WorkItem, document: Document, role: str = "contribution") -> Document:
    """The document belongs to the item."""
    make.add(ItemPaper(work_item_id=item.id or 0, document_id=document.id or 0, role=role, added_at=make.act.now))
    return document


def changed(**clauses: str) -> tuple[Unit, ...]:
    """The base text with other words: `changed(c71="…")`."""
    told = {name.replace("c", "c-").replace("71", "7.1").replace("72", "7.2"): words for name, words in clauses.items()}
    return tuple(Unit(u.number, u.title, told.get(u.anchor, u.text), u.level, u.anchor, u.kind, u.page) for u in BASE)


def three(cast: Cast, make: Make, meeting: Meeting) -> tuple[WorkItem, list[Document]]:
    """Y.slice with a base text and three contributions to the meeting: two change one sentence, one brings a clause."""
    item = item_row(make, cast.sg13, question=cast.q2)
    base = paper(make, 90, meeting=meeting.code, title="Draft new Recommendation Y.slice")
    based(make, item, base)
    texts = (
        changed(c71="The delay of a slice stays below 3 ns.\nIt is measured at the port of the user."),
        (
            Unit(
                "7.1",
                "Delay",
                "The delay of a slice stays below 2 ns.\nIt is measured at both ports of it.",
                2,
                "c-7.1",
            ),
        ),
        (BASE[4], Unit("7.3", "Holdover", "Holdover lasts a day.", 2, "c-7.3")),
    )
    papers = []
    for number, units in enumerate(texts, 91):
        row = paper(make, number, meeting=meeting.code, title=f"Changes {number} to Y.slice", source=f"Member {number}")
        kept(make, row, units, sha256=f"{number:064d}")
        papers.append(brought(make, item, row))
    return item, papers
