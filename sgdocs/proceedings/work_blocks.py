"""Tables of a report on texts and work items. Pure. English, as filed. Source: domain 3.3."""

from collections.abc import Callable, Iterable
from typing import Final

from sgdocs.proceedings.blocks import Block, Grid, Para
from sgdocs.proceedings.work_rows import ItemRow, WorkFacts

TEXT_HEADINGS: Final = (
    "#",
    "Question",
    "Work item",
    "Status",
    "Title",
    "Final text",
    "A.5 justification",
    "Equivalent",
)
NEW_HEADINGS: Final = ("#", "Question", "Acronym", "Version", "Title", "Editor", "Base text", "Timing")
DELETED_HEADINGS: Final = ("#", "Question", "Work item", "Title", "Reason")
CANDIDATE_HEADINGS: Final = (
    "#",
    "Question",
    "Acronym",
    "Status",
    "Title",
    "Editor",
    "Base text",
    "A.5 justification",
    "Equivalent",
)
"""Columns of the tables of a report. Source: domain 3.3."""


def texts(work: WorkFacts) -> Iterable[Block]:
    """A table for each step that the meeting took."""
    for step in dict.fromkeys(row.step for row in work.texts):
        rows = [row for row in work.texts if row.step == step]
        yield Para(f"{step}:")
        yield Grid(
            TEXT_HEADINGS,
            tuple(
                (str(n), r.question, r.item, r.state, r.title, r.final_text, r.justification, r.equivalent)
                for n, r in enumerate(rows, 1)
            ),
        )


def items(work: WorkFacts) -> Iterable[Block]:
    """New, deleted and candidate items."""
    yield from _listed("New work items:", NEW_HEADINGS, work.new, _as_new)
    yield from _listed("Deleted work items:", DELETED_HEADINGS, work.deleted, _as_deleted)
    if work.next:
        heading = f"Candidates for the next meeting ({work.next}):"
        yield from _listed(heading, CANDIDATE_HEADINGS, work.candidates, _as_candidate)


def _listed(
    heading: str, headings: tuple[str, ...], rows: tuple[ItemRow, ...], told: Callable[[ItemRow], tuple[str, ...]]
) -> Iterable[Block]:
    if rows:
        yield Para(heading)
        yield Grid(headings, tuple((str(n), *told(row)) for n, row in enumerate(rows, 1)))


def _as_new(row: ItemRow) -> tuple[str, ...]:
    return row.question, row.name, row.version, row.title, row.editor, row.base_text, row.note


def _as_deleted(row: ItemRow) -> tuple[str, ...]:
    return row.question, row.name, row.title, row.note


def _as_candidate(row: ItemRow) -> tuple[str, ...]:
    name = f"{row.name} ({row.version})" if row.version else row.name
    return row.question, name, row.status, row.title, row.editor, row.base_text, row.justification, row.equivalent
