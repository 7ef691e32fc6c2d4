"""Where an entry of the journal belongs: the things by which somebody may follow it, from the narrowest to the widest."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlmodel import Session, SQLModel, col, select

from sgdocs.announcements.models import ServiceNotice
from sgdocs.approval.models import Announcement, AnnouncementLine, Process
from sgdocs.discussions.models import Message, Thread
from sgdocs.documents.models import Document, DocumentQuestion, Lineage
from sgdocs.events.models import Event, EventAsk, EventGroup, EventRegistration
from sgdocs.groups.models import Group
from sgdocs.journal.models import Entry
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, AddresseeQuestion, Arrival, Sender, Statement, StatementLink
from sgdocs.meetings.models import AgendaItem, Meeting, MeetingGroup
from sgdocs.notices import talk
from sgdocs.notices.models import Webhook
from sgdocs.proceedings.models import ActionItem, Decision, Report
from sgdocs.recommendations.models import Family, Text
from sgdocs.tasks.models import Task
from sgdocs.work_programme.models import ItemPaper, WorkItem
from sgdocs.workspace.models import SavedSearch

EVERYTHING: Final = "all"
ANNOUNCEMENTS: Final = "announcements"
WITHDRAWN: Final = "liaison.withdrawn"
"""Concerns both sides of a statement."""
WAITED_FOR: Final = "liaison.answer-overdue"
"""Names an addressee, and is told to who waits for it."""
REVISES: Final = "revision-of"
MOST_ABOVE: Final = 20
_SERIES = re.compile(r"(?:^|[ \[])([A-Z]{1,4})\.")


@dataclass(frozen=True)
class Place:
    """scopes: as subscriptions name them, the narrowest first; groups: ids, the Question first, with what is above;
    owner_id: the person whose thing it is."""

    scopes: tuple[str, ...] = (EVERYTHING,)
    groups: tuple[int, ...] = ()
    owner_id: int | None = None
    item_id: int | None = None
    process: Process | None = field(default=None, compare=False)
    meeting_id: int | None = None


def place_of(session: Session, entry: Entry) -> Place:
    """Where the entry belongs; what is no longer there belongs nowhere. A handful of queries, rows are kept by the session."""
    find = _FINDERS.get(entry.subject_kind)
    return find(session, entry) if find is not None else Place(owner_id=None)


def _of(kind: str, *ids: int | None) -> list[str]:
    return [f"{kind}:{id}" for id in ids if id is not None]


def _place(session: Session, narrow: Iterable[str], groups: Iterable[int | None], **facts: object) -> Place:
    above = lineage_of(session, groups)
    scopes = dict.fromkeys([*narrow, *_of("group", *above), EVERYTHING])
    return Place(scopes=tuple(scopes), groups=tuple(above), **facts)  # type: ignore[arg-type]


def lineage_of(session: Session, ids: Iterable[int | None]) -> list[int]:
    """The groups themselves, then what they are part of: the working party of a Question, its study group."""
    found: dict[int, None] = {}
    waiting = [id for id in ids if id is not None]
    while waiting and len(found) < MOST_ABOVE:
        id = waiting.pop(0)
        group = session.get(Group, id) if id not in found else None
        if group is not None:
            found[id] = None
            waiting += [above for above in (group.working_party_id, group.parent_id) if above is not None]
    return list(found)


def _of_document(session: Session, entry: Entry) -> Place:
    row = session.get(Document, entry.subject_id)
    if row is None:
        return Place()
    addressed = select(DocumentQuestion.group_id).where(DocumentQuestion.document_id == row.id)
    questions = session.exec(addressed.order_by(col(DocumentQuestion.is_primary).desc())).all()
    items = session.exec(select(ItemPaper.work_item_id).where(ItemPaper.document_id == row.id)).all()
    narrow = [*_of("document", *_earlier(session, entry.subject_id)), *_of("item", *sorted(set(items)))]
    groups = [*questions, entry.group_id, row.group_id]
    return _place(
        session, [*narrow, *_of("meeting", row.meeting_id)], groups, owner_id=row.owner_id, meeting_id=row.meeting_id
    )


def _earlier(session: Session, id: int) -> list[int]:
    """The document and what it revises: who followed that one hears of this one."""
    found = [id]
    for each in found:
        if len(found) < MOST_ABOVE:
            older = select(Lineage.other_id).where(Lineage.document_id == each, Lineage.kind == REVISES)
            found += [other for other in session.exec(older) if other not in found]
    return found


def _of_meeting(session: Session, entry: Entry) -> Place:
    row = session.get(Meeting, entry.subject_id)
    return _at_meeting(session, row) if row is not None else Place()


def _at_meeting(session: Session, row: Meeting, **facts: object) -> Place:
    others = session.exec(select(MeetingGroup.group_id).where(MeetingGroup.meeting_id == row.id)).all()
    return _place(session, _of("meeting", row.id), [row.group_id, *others], meeting_id=row.id, **facts)


Proceeding = Decision | ActionItem | AgendaItem | Report


def _of_proceeding(table: type[Proceeding]) -> "Finder":
    def find(session: Session, entry: Entry) -> Place:
        row = session.get(table, entry.subject_id)
        if not isinstance(row, Proceeding):
            return Place()
        about = _of("document", getattr(row, "document_id", None))
        owner = getattr(row, "owner_id", None)
        narrow = [*about, *_of("meeting", row.meeting_id)]
        return _place(session, narrow, [row.group_id], owner_id=owner, meeting_id=row.meeting_id)

    return find


def _of_family(session: Session, entry: Entry) -> Place:
    row = session.get(Family, entry.subject_id)
    return _in_family(session, row, None) if row is not None else Place()


def _of_text(session: Session, entry: Entry) -> Place:
    row = session.get(Text, entry.subject_id)
    family = session.get(Family, row.family_id) if row is not None else None
    return _in_family(session, family, row) if family is not None else Place()


def _in_family(session: Session, row: Family, text: Text | None) -> Place:
    """Who followed the work item hears of the text that came of it."""
    made = select(WorkItem.id).where(WorkItem.approved_text_id == text.id) if text is not None else None
    items = session.exec(made).all() if made is not None else []
    group = session.exec(select(Group.id).where(Group.path == f"{row.sector}/{row.study_group}")).first()
    return _place(session, [*_of("item", *items), *_of("family", row.id), *_series(row.sector, row.series)], [group])


def _series(sector: str, series: str) -> list[str]:
    return [f"series:{sector}/{series}"] if series else []


def _of_group(session: Session, entry: Entry) -> Place:
    return _place(session, [], [entry.subject_id])


def _of_item(session: Session, entry: Entry) -> Place:
    row = session.get(WorkItem, entry.subject_id)
    if row is None:
        return Place()
    narrow = [*_of("item", row.id), *_of("family", row.family_id), *_series_of(session, row.sector, row.acronym, row)]
    return _place(session, narrow, [row.question_id, row.group_id], item_id=row.id, owner_id=row.proposed_by)


def _series_of(session: Session, sector: str, name: str, row: WorkItem | Process) -> list[str]:
    """Of the Recommendation that is changed, else of the name: `Y.slice` will be of series Y."""
    family = session.get(Family, row.family_id) if row.family_id is not None else None
    read = _SERIES.search(name)
    return _series(sector, family.series if family is not None else read.group(1) if read else "")


def _of_process(session: Session, entry: Entry) -> Place:
    row = session.get(Process, entry.subject_id)
    if row is None:
        return Place()
    narrow = [*_of("process", row.id), *_of("item", row.work_item_id), *_of("family", row.family_id)]
    narrow += _series_of(session, row.sector, row.identifier or row.name, row)
    return _place(session, narrow, [row.question_id, row.group_id], item_id=row.work_item_id, process=row)


def _of_announcement(session: Session, entry: Entry) -> Place:
    """Of every group that has a text in it."""
    if session.get(Announcement, entry.subject_id) is None:
        return Place()
    listed = select(Process).join(AnnouncementLine, col(AnnouncementLine.process_id) == Process.id)
    rows = session.exec(listed.where(AnnouncementLine.announcement_id == entry.subject_id)).all()
    return _place(session, _of("process", *(row.id for row in rows)), [row.group_id for row in rows])


def _of_statement(session: Session, entry: Entry) -> Place:
    """At the addressed group when the entry is about one addressee, else on the side of the senders."""
    row = session.get(Statement, entry.subject_id)
    if row is None:
        return Place()
    is_theirs = entry.verb != WAITED_FOR
    to = session.exec(
        select(Addressee).where(
            Addressee.statement_id == row.id, Addressee.position == _whole(entry.facts.get("position"))
        )
    ).first()
    senders = session.exec(select(Sender).where(Sender.statement_id == row.id)).all()
    links = session.exec(select(StatementLink).where(StatementLink.statement_id == row.id)).all()
    narrow = [
        *_of("statement", row.id),
        *_of("item", *(link.work_item_id for link in links)),
        *_of("family", *(link.family_id for link in links)),
        *_of("body", *(each.body_id for each in senders), to.body_id if to else None),
    ]
    if to is not None and to.group_id is not None and is_theirs:
        asked = select(AddresseeQuestion.group_id).where(AddresseeQuestion.addressee_id == to.id)
        return _place(session, narrow, [*session.exec(asked), to.group_id], owner_id=to.owner_id)
    questions = [id for each in senders for id in each.question_ids]
    sides = [group for each in senders for group in (each.working_party_id, each.group_id)]
    owner = to.owner_id if to is not None and is_theirs else row.owner_id
    if entry.verb == WITHDRAWN:
        sides += session.exec(select(Addressee.group_id).where(Addressee.statement_id == row.id)).all()
    return _place(session, narrow, [*questions, *sides, entry.group_id], owner_id=owner)


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _of_body(session: Session, entry: Entry) -> Place:
    return _place(session, _of("body", entry.subject_id), [entry.group_id])


def _of_arrival(session: Session, entry: Entry) -> Place:
    """A mail that nobody has filed belongs nowhere yet."""
    return Place()


def _of_event(session: Session, entry: Entry) -> Place:
    row = session.get(Event, entry.subject_id)
    if row is None:
        return Place()
    about = session.exec(select(EventGroup.group_id).where(EventGroup.event_id == row.id)).all()
    return _place(session, [*_of("event", row.id), *_of("meeting", row.meeting_id)], [row.group_id, *about])


def _of_registration(session: Session, entry: Entry) -> Place:
    row = session.get(EventRegistration, entry.subject_id)
    return Place(scopes=(), owner_id=row.person_id if row is not None else None)


def _of_ask(session: Session, entry: Entry) -> Place:
    """For who is asked, or who asked: the entry is for the one who is to hear of it."""
    row = session.get(EventAsk, entry.subject_id)
    if row is None:
        return Place(scopes=())
    return Place(scopes=(), owner_id=row.to_id if entry.verb == "events.asked" else row.person_id)


def _of_task(session: Session, entry: Entry) -> Place:
    row = session.get(Task, entry.subject_id)
    if row is None:
        return Place()
    about = [*_of("document", row.document_id), *_of("item", row.work_item_id)]
    return _place(session, about, [row.group_id], owner_id=row.owner_id)


def _of_service(session: Session, entry: Entry) -> Place:
    return Place(scopes=(ANNOUNCEMENTS, EVERYTHING))


def _of_webhook(session: Session, entry: Entry) -> Place:
    row = session.get(Webhook, entry.subject_id)
    return Place(owner_id=row.person_id if row is not None else None)


def _of_search(session: Session, entry: Entry) -> Place:
    row = session.get(SavedSearch, entry.subject_id)
    return Place(scopes=(), owner_id=row.person_id if row is not None else None)


def _of_talk(session: Session, entry: Entry) -> Place:
    return Place(scopes=talk.scopes_of(session, entry))


Finder = Callable[[Session, Entry], Place]
_TABLES: Final[Mapping[type[SQLModel], Finder]] = {
    Document: _of_document,
    Meeting: _of_meeting,
    Decision: _of_proceeding(Decision),
    ActionItem: _of_proceeding(ActionItem),
    AgendaItem: _of_proceeding(AgendaItem),
    Report: _of_proceeding(Report),
    Family: _of_family,
    Text: _of_text,
    Group: _of_group,
    WorkItem: _of_item,
    Process: _of_process,
    Announcement: _of_announcement,
    Statement: _of_statement,
    Body: _of_body,
    Arrival: _of_arrival,
    Webhook: _of_webhook,
    SavedSearch: _of_search,
    Thread: _of_talk,
    Message: _of_talk,
    Task: _of_task,
    Event: _of_event,
    EventRegistration: _of_registration,
    EventAsk: _of_ask,
    ServiceNotice: _of_service,
}
_FINDERS: Final[Mapping[str, Finder]] = {str(table.__tablename__): find for table, find in _TABLES.items()}
