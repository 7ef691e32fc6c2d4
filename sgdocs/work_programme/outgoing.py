"""What the API and the exports give out about work items. Source: domain 3.1 (public columns)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from sgdocs.work_programme import public_words
from sgdocs.work_programme.listing import ItemRow
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.naming import handle
from sgdocs.work_programme.queries import (
    BaseRow,
    DependencyRow,
    EditorRow,
    PaperRow,
    StaleRow,
    StepRow,
    SupporterRow,
)


class ItemOut(BaseModel):
    """An item as a list gives it. work_item: with its former names, as the public list writes it; …_words: as there, for
    people; status, version, process, kind: words of the vocabulary; equivalents: `ISO/IEC 9594-8 (common)`.
    """

    number: int
    acronym: str
    work_item: str
    former_names: list[str]
    title: str
    kind: str
    version: str
    version_part: str
    version_words: str
    equivalents: list[str]
    status: str
    status_on: date | None
    status_words: str
    stage: str
    timing: str
    timing_on: date | None
    timing_words: str
    priority: str
    process: str
    process_words: str
    liaison_to: list[str]
    sector: str
    group: str
    group_path: str
    question: str
    question_path: str
    period: str
    period_title: str
    issued_from: str
    editors: list[str]
    supporters: int
    base: str
    base_name: str
    identifier: str
    registered_at: datetime
    changed_at: datetime
    url: str

    @classmethod
    def of(cls, row: ItemRow, root: str) -> "ItemOut":
        """root: address of the service."""
        told = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        former = f" (ex {', '.join(row.former_names)})" if row.former_names else ""
        priority = f" ({row.priority.capitalize()} priority)" if row.priority else ""
        return cls(
            **{
                **told,
                "work_item": row.acronym + former,
                "equivalents": equivalents(row.equivalents),
                "editors": list(row.editors),
                "version_words": public_words.version_words(row.version, row.version_part),
                "status_words": public_words.status_words(row.status, row.status_on, issued=bool(row.issued_from)),
                "process_words": public_words.PROCESSES.get(row.process, row.process),
                "timing_words": row.timing + priority,
                "url": f"{root.rstrip('/')}/wi/{handle(row)}",
            }
        )


COLUMNS: Mapping[str, str] = {
    "work_item": "Work Item",
    "question": "Question",
    "equivalents": "Equiv. Num.",
    "status_words": "Status",
    "timing_words": "Timing",
    "process_words": "Approval process",
    "version_words": "Version",
    "liaison_to": "Liaison relationship",
    "title": "Subject/Title",
    "priority": "Priority",
    "kind": "Type",
    "group": "Study Group",
    "period_title": "Study Period",
    "editors": "Editors",
    "base": "Base text",
    "supporters": "Supporting members",
    "identifier": "Number given",
    "registered_at": "First registration in the WP (UTC)",
    "changed_at": "Last update (UTC)",
    "number": "Number of the item",
    "url": "Address",
}
"""Heading of each column of a table: the first ten are those of the public list, in its words; an import reads them back."""


def equivalents(given: Sequence[Mapping[str, str]]) -> list[str]:
    return [f"{each['number']} ({each['relation']})" if each.get("relation") else each["number"] for each in given]


class EditorOut(BaseModel):
    """person: end of the address of their page, "" for a name in words. No addresses: domain 8.3."""

    name: str
    entity: str
    role: str
    person: str

    @classmethod
    def of(cls, row: EditorRow) -> "EditorOut":
        return cls(name=row.name, entity=row.entity, role=row.editor.role, person=row.person.slug if row.person else "")


class SupporterOut(BaseModel):
    name: str
    organisation: str
    country: str
    support: str
    is_confirmed: bool

    @classmethod
    def of(cls, row: SupporterRow) -> "SupporterOut":
        return cls(
            name=row.name,
            organisation=row.organisation.slug if row.organisation else "",
            country=row.organisation.country if row.organisation else row.supporter.country,
            support=row.supporter.support,
            is_confirmed=row.supporter.confirmed_at is not None,
        )


class BaseOut(BaseModel):
    """document: name, "" for words or what the caller may not read."""

    document: str
    part: str
    sha256: str
    note: str
    on: date
    meeting: str

    @classmethod
    def of(cls, row: BaseRow) -> "BaseOut":
        base, is_read = row.base, row.document is not None
        return cls(
            document=row.document.name if row.document else "",
            part=base.part if is_read else "",
            sha256=base.sha256 if is_read else "",
            note=base.note if is_read or base.document_id is None else "",
            on=base.happened_on,
            meeting=row.meeting.code if row.meeting else "",
        )


class PaperOut(BaseModel):
    document: str
    number: str
    title: str
    role: str
    about: str
    because: str
    is_by_hand: bool
    meeting: str

    @classmethod
    def of(cls, row: PaperRow) -> "PaperOut":
        paper, document = row.paper, row.document
        return cls(
            document=document.name,
            number=document.label_now,
            title=document.title,
            role=paper.role,
            about=paper.about,
            because=paper.because,
            is_by_hand=paper.by_hand,
            meeting=row.meeting,
        )


class StepOut(BaseModel):
    status: str
    before: str
    on: date | None
    meeting: str
    reason: str

    @classmethod
    def of(cls, row: StepRow) -> "StepOut":
        step = row.step
        code = row.meeting.code if row.meeting else ""
        return cls(status=step.status, before=step.from_status, on=step.happened_on, meeting=code, reason=step.reason)


class DependencyOut(BaseModel):
    """item: number and name of what it waits for, "" for words."""

    id: int
    item: str
    words: str
    note: str
    is_open: bool

    @classmethod
    def of(cls, row: DependencyRow) -> "DependencyOut":
        told = row.dependency
        item = handle(row.item) if row.item else ""
        return cls(id=told.id or 0, item=item, words=told.words, note=told.note, is_open=row.is_open)


class StaleOut(ItemOut):
    """missed: codes of the meetings without a contribution; last_on: day of the last contribution."""

    missed: list[str]
    since: date
    last_on: date | None

    @classmethod
    def of_row(cls, row: StaleRow, root: str) -> "StaleOut":
        told = ItemOut.of(row.row, root).model_dump()
        return cls(**told, missed=list(row.stale.missed), since=row.stale.since, last_on=row.last_on)


class RecordOut(ItemOut):
    """An item with all that belongs to it; what the caller may not read is left out."""

    titles: dict[str, str]
    scope: str
    summary: str
    relations: str
    comment: str
    status_reason: str
    ipr_note: str
    merged_into: str
    continues: str
    people: list[EditorOut]
    support: list[SupporterOut]
    bases: list[BaseOut]
    papers: list[PaperOut]
    steps: list[StepOut]
    dependencies: list[DependencyOut]
    blocks: list[str]

    @classmethod
    def of_item(cls, row: ItemRow, item: WorkItem, root: str, **told: Any) -> "RecordOut":
        """told: what stands in other tables: people, support, bases, papers, steps, dependencies, blocks …"""
        own = ("titles", "scope", "summary", "relations", "comment", "status_reason", "ipr_note")
        return cls(**ItemOut.of(row, root).model_dump(), **{name: getattr(item, name) for name in own}, **told)
