"""What a paper tells of each of its texts, gathered from the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func
from sqlmodel import SQLModel, col, select

from sgdocs.approval.letter_words import day
from sgdocs.approval.models import Announcement, AnnouncementLine, Comment, Process, Transition
from sgdocs.approval.procedures import ALL
from sgdocs.approval.rulings import number
from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.work_programme.models import WorkItem

Row = TypeVar("Row", bound=SQLModel)
KINDS = {"new": "New", "revision": "Rev.", "amendment": "Amd.", "corrigendum": "Cor."}


@dataclass(frozen=True)
class Entry:
    """One text. cells: by the columns of the skeletons, in words; group: of whose section it is."""

    process: Process
    group: Group
    meeting: Meeting | None
    cells: dict[str, str]


@dataclass(frozen=True)
class PaperFacts:
    """number: of the announcement in its kind; entries by group, as the groups are sorted."""

    sector: str
    kind: str
    number: int
    on: date
    entries: tuple[Entry, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple({entry.group.id: entry.group for entry in self.entries}.values())

    @property
    def words(self) -> dict[str, str]:
        """What the sentences of a skeleton may name."""
        meetings = {entry.meeting.code: entry.meeting for entry in self.entries if entry.meeting}
        return {
            "number": str(self.number),
            "day": day(self.on),
            "groups": " and ".join(group.label for group in self.groups) or "the study groups",
            "count": counted(len(self.entries)),
            "share": str(self._share),
            "meeting": ", ".join(place_of(meeting) for meeting in meetings.values()) or "that is to be chosen",
        }

    @property
    def _share(self) -> int:
        """Per cent of the replies that must support, as the first text keeps it."""
        kept = self.entries[0].process.rules if self.entries else {}
        return number(kept, "r_share_percent" if self.sector == "R" else "tap_share_percent", self.on)


def counted(count: int) -> str:
    return "one text" if count == 1 else f"{count} texts"


def place_of(meeting: Meeting) -> str:
    place = "virtual" if meeting.format == "virtual" else meeting.place.partition(",")[0]
    return f"{meeting.code} ({', '.join(part for part in (place, day(meeting.starts_on)) if part)})"


def facts_of(act: Act, row: Announcement) -> PaperFacts:
    """The announcement with every text it names. Costs six queries."""
    lines = act.session.exec(
        select(AnnouncementLine, Process, Group)
        .join(Process, col(Process.id) == AnnouncementLine.process_id)
        .join(Group, col(Group.id) == Process.group_id)
        .where(AnnouncementLine.announcement_id == row.id)
        .order_by(Group.sort_key, Process.name, col(AnnouncementLine.id))
    ).all()
    return PaperFacts(row.sector, row.kind, row.number, row.happened_on, tuple(_entries(act, lines)))


def facts_of_process(act: Act, process: Process, kind: str, on: date) -> PaperFacts:
    """The same of one text that stands in no announcement: for a reply form."""
    group = act.session.get_one(Group, process.group_id)
    line = AnnouncementLine(announcement_id=0, process_id=process.id or 0, code="", closes_on=process.closes_on)
    return PaperFacts(process.sector, kind, 0, on, tuple(_entries(act, [(line, process, group)])))


_Line = tuple[AnnouncementLine, Process, Group]


def _entries(act: Act, lines: Sequence[_Line]) -> Iterable[Entry]:
    processes = [process for _, process, _ in lines]
    questions = _of(act, Group, [each.question_id for each in processes])
    documents = _of(act, Document, [each.document_id for each in processes])
    items = _of(act, WorkItem, [each.work_item_id for each in processes])
    meetings = _of(act, Meeting, [each.decision_meeting_id for each in processes])
    comments, last = _comments(act, processes), _last_steps(act, processes)
    for line, process, group in lines:
        question, document = questions.get(process.question_id), documents.get(process.document_id)
        meeting, step = meetings.get(process.decision_meeting_id), last.get(process.id or 0)
        table = ALL.get(process.procedure)
        state = table.states.get(process.state) if table else None
        reason = next((note.get("text", "") for note in process.notes if note.get("kind") == "reason"), "")
        cells = {
            "name": _name(process),
            "title": process.title,
            "group": group.label,
            "question": question.label if question else "",
            "version": _kind(items.get(process.work_item_id)),
            "code": line.code,
            "opens": _short(line.opens_on),
            "closes": _short(line.closes_on),
            "text": ", ".join(filter(None, (document.name, process.document_part))) if document else "",
            "comments": str(comments.get(process.id or 0, 0) or ""),
            "deciding": place_of(meeting) if meeting else "",
            "procedure": table.title if table else process.procedure,
            "state": state.title if state else process.state,
            "happened": _short(step.happened_on if step else process.ended_on),
            "clause": step.clause if step else "",
            "reason": reason or (step.reason if step else ""),
        }
        yield Entry(process, group, meeting, cells)


def _name(process: Process) -> str:
    """`Y.3199 (ex Y.slice)`."""
    if process.identifier and process.identifier != process.name:
        return f"{process.identifier} (ex {process.name})"
    return process.name


def _kind(item: WorkItem | None) -> str:
    if item is None:
        return ""
    return f"{KINDS.get(item.version, item.version)} {item.version_part}".strip()


def _short(on: date | None) -> str:
    return on.isoformat() if on else ""


def _of(act: Act, table: type[Row], ids: Iterable[int | None]) -> dict[int | None, Row]:
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    key: Any = table.id  # type: ignore[attr-defined]
    return {getattr(row, "id", None): row for row in act.session.exec(select(table).where(col(key).in_(wanted)))}


def _comments(act: Act, processes: Sequence[Process]) -> dict[int, int]:
    """How many stand on each text."""
    found = select(Comment.process_id, func.count()).where(
        col(Comment.process_id).in_([each.id for each in processes]), col(Comment.withdrawn_at).is_(None)
    )
    return dict(act.session.exec(found.group_by(col(Comment.process_id))).all())


def _last_steps(act: Act, processes: Sequence[Process]) -> dict[int, Transition]:
    found = select(Transition).where(col(Transition.process_id).in_([each.id for each in processes]))
    return {row.process_id: row for row in act.session.exec(found.order_by(col(Transition.number)))}
