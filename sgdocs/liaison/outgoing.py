"""What the API and the exports give out about liaison statements. Source: domain 7.1."""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel

from sgdocs.liaison.listing import StatementRow
from sgdocs.liaison.naming import write_title
from sgdocs.liaison.parties import ToRow
from sgdocs.liaison.record_rows import AddresseeRow, Record


class ToOut(BaseModel):
    """One addressee. name: as people write it; group: path of ours, body: slug of an outside body. questions, document,
    meeting: as far as the reader may know; is_awaited: an answer is expected and has not come.
    """

    position: int
    name: str
    group: str = ""
    body: str = ""
    is_copy: bool
    purpose: str
    deadline: date | None
    is_answer_expected: bool
    state: str
    is_open: bool
    is_awaited: bool
    is_overdue: bool
    answered_on: date | None
    answered_by: str = ""
    questions: list[str] = []
    document: str = ""
    meeting: str = ""
    flagged: str = ""
    closed_reason: str = ""

    @classmethod
    def of(cls, row: ToRow) -> "ToOut":
        told = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        return cls(**told, name=row.party.name, group=row.party.path, body=row.party.slug)

    @classmethod
    def of_record(cls, row: AddresseeRow) -> "ToOut":
        each = row.addressee
        told = {name: getattr(each, name) for name in cls.model_fields if hasattr(each, name)}
        shown = {
            "name": row.name,
            "group": row.group.path if row.group else "",
            "body": row.body.slug if row.body else "",
            "is_open": row.is_open,
            "is_awaited": row.is_awaited,
            "is_overdue": row.is_overdue,
            "answered_by": row.answered_by.name if row.answered_by else "",
            "questions": [group.label for group in row.questions],
            "document": row.document.name if row.document else "",
            "meeting": row.meeting.code if row.meeting else "",
            "flagged": each.flagged if row.is_inside else "",
        }
        return cls(**(told | shown))


class StatementOut(BaseModel):
    """A statement as a list gives it. full_title: with its marks, as `LS/r on …`; senders, to: names as people write them;
    direction is a matter of who looks and is not told. due: the nearest day by which an answer is awaited.
    """

    name: str
    label: str
    external_number: str
    title: str
    full_title: str
    is_reply: bool
    in_reply_to: str
    origin: str
    sector: str
    status: str
    level: str
    dated_on: date | None
    senders: list[str]
    to: list[str]
    cc: list[str]
    purposes: list[str]
    due: date | None
    is_open: bool
    is_overdue: bool
    addressees: list[ToOut]
    url: str

    @classmethod
    def of(cls, row: StatementRow, root: str) -> "StatementOut":
        """root: address of the service."""
        told = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        own: dict[str, object] = {
            "full_title": write_title(row.title, is_reply=row.is_reply),
            "in_reply_to": row.in_reply_words,
            "senders": [each.name for each in row.senders],
            "to": [each.party.name for each in row.to if not each.is_copy],
            "cc": [each.party.name for each in row.to if each.is_copy],
            "purposes": list(dict.fromkeys(each.purpose for each in row.to)),
            "due": row.deadline,
            "addressees": [ToOut.of(each) for each in row.to],
            "url": f"{root.rstrip('/')}/liaison/{row.name}",
        }
        return cls.model_validate(told | own)


COLUMNS: Mapping[str, str] = {
    "label": "Number",
    "external_number": "Number of the sender",
    "full_title": "Title",
    "senders": "From",
    "to": "To",
    "cc": "Copy to",
    "purposes": "For",
    "dated_on": "Dated",
    "due": "Answer due",
    "status": "Status",
    "is_open": "Open",
    "is_overdue": "Overdue",
    "in_reply_to": "In reply to",
    "level": "Level of approval",
    "url": "Address",
}


class FromOut(BaseModel):
    """A sender: path of a group of ours with working party and Questions, or slug of a body."""

    name: str
    group: str = ""
    working_party: str = ""
    questions: list[str] = []
    body: str = ""
    level: str = ""
    approved_at: datetime | None = None


class RelationOut(BaseModel):
    """kind: replies-to, forwards, duplicates, crosses; is_back: the other statement is so to this one. words: as given;
    name: of the other statement, "" when it is not known here."""

    kind: str
    is_back: bool
    words: str
    name: str
    is_outside: bool


class PaperOut(BaseModel):
    """document: its name, for one that is registered here and may be read; sha256: of the file that goes out."""

    name: str
    role: str
    document: str
    sha256: str
    size_bytes: int


class RecordOut(BaseModel):
    """One statement with all that the reader may know of it. links: names by kind. version: for `If-Match` by hand."""

    name: str
    label: str
    external_number: str
    title: str
    full_title: str
    is_reply: bool
    in_reply_to: str
    origin: str
    sector: str
    status: str
    level: str
    language: str
    dated_on: date | None
    sent_at: datetime | None
    withdrawn_reason: str
    body: str
    meeting: str
    document: str
    senders: list[FromOut]
    addressees: list[ToOut]
    relations: list[RelationOut]
    papers: list[PaperOut]
    links: dict[str, list[str]]
    version: int
    changed_at: datetime
    url: str

    @classmethod
    def of(cls, record: Record, root: str) -> "RecordOut":
        row = record.statement
        told = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        own: dict[str, object] = {
            "full_title": write_title(row.title, is_reply=row.is_reply),
            "in_reply_to": row.in_reply_words,
            "meeting": record.meeting.code if record.meeting else "",
            "document": record.document.name if record.document else "",
            "senders": _senders(record),
            "addressees": [ToOut.of_record(each) for each in record.addressees],
            "relations": _relations(record),
            "papers": _papers(record),
            "links": _links(record),
            "url": f"{root.rstrip('/')}/liaison/{row.name}",
        }
        return cls.model_validate(told | own)


def _senders(record: Record) -> list[FromOut]:
    return [
        FromOut(
            name=each.name,
            group=each.group.path if each.group else "",
            working_party=each.working_party.label if each.working_party else "",
            questions=[group.label for group in each.questions],
            body=each.body.slug if each.body else "",
            level=each.sender.level,
            approved_at=each.sender.approved_at,
        )
        for each in record.senders
    ]


def _relations(record: Record) -> list[RelationOut]:
    return [
        RelationOut(
            kind=each.kind,
            is_back=each.is_back,
            words="" if each.is_back else each.words,
            name=each.other.name if each.other else "",
            is_outside=each.is_outside,
        )
        for each in record.relations
    ]


def _papers(record: Record) -> list[PaperOut]:
    """Documents that the reader may not read are left out, with their names."""
    return [
        PaperOut(
            name=each.paper.name,
            role=each.paper.role,
            document=each.document.name if each.document else "",
            sha256=each.paper.sha256,
            size_bytes=each.paper.size_bytes,
        )
        for each in record.papers
        if not each.is_hidden
    ]


def _links(record: Record) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for row in record.links:
        if row.work_item:
            told.setdefault("work_items", []).append(f"{row.work_item.number}-{row.work_item.acronym}")
        elif row.family:
            told.setdefault("recommendations", []).append(row.family.number)
        elif row.meeting:
            told.setdefault("meetings", []).append(row.meeting.code)
        elif row.group:
            told.setdefault("questions", []).append(row.group.path)
    return told
