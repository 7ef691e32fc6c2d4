"""What goes out: dispositions, decisions, action items, one schema for page exports and API."""

from datetime import date, datetime

from pydantic import BaseModel

from sgdocs.documents.rules import shown_title
from sgdocs.proceedings.queries import ActionRow, DecisionRow, DispositionRow


class DispositionOut(BaseModel):
    """other: name of the document it was revised to or merged into; sha256: of the original that was discussed."""

    document: str
    label: str
    title: str
    source: str
    group: str
    outcome: str
    other: str
    note: str
    version: str
    sha256: str
    entered_at: datetime

    @classmethod
    def of(cls, row: DispositionRow) -> "DispositionOut":
        document, told = row.document, row.disposition
        return cls(
            document=document.name,
            label=document.label,
            title=shown_title(document.status, document.title),
            source=document.source,
            group=row.group.path,
            outcome=told.outcome,
            other=row.other.name if row.other else "",
            note=told.note,
            version=told.version_part,
            sha256=told.sha256,
            entered_at=told.entered_at,
        )


class DecisionOut(BaseModel):
    group: str
    number: int
    kind: str
    text: str
    document: str
    sha256: str
    item: str
    entered_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @classmethod
    def of(cls, row: DecisionRow) -> "DecisionOut":
        told = row.decision
        return cls(
            group=row.group.path,
            number=told.number,
            kind=told.kind,
            text=told.text,
            document=row.document.name if row.document else "",
            sha256=told.document_sha256 if row.document else "",
            item=row.item,
            entered_at=told.entered_at,
            withdrawn_at=told.withdrawn_at,
            withdrawn_reason=told.withdrawn_reason,
        )


class ActionOut(BaseModel):
    group: str
    number: int
    text: str
    owner: str
    due_on: date | None
    done_at: datetime | None
    document: str
    item: str
    entered_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @classmethod
    def of(cls, row: ActionRow) -> "ActionOut":
        told = row.action
        return cls(
            group=row.group.path,
            number=told.number,
            text=told.text,
            owner=row.owner,
            due_on=told.due_on,
            done_at=told.done_at,
            document=row.document.name if row.document else "",
            item=row.item,
            entered_at=told.entered_at,
            withdrawn_at=told.withdrawn_at,
            withdrawn_reason=told.withdrawn_reason,
        )
