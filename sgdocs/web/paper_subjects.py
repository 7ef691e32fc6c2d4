"""What journal entries of documents, proceedings, work items and approvals are about, for histories: as far as the reader may know of it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sqlmodel import col, select

from sgdocs.announcements import queries as announcements
from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.rules import TITLES, Kind, said
from sgdocs.approval.models import Announcement, Comment, Process
from sgdocs.approval.seeing import visible as process_visible
from sgdocs.base.act import Act
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.seeing import visible as discussion_visible
from sgdocs.documents.listing import visible
from sgdocs.documents.models import Document
from sgdocs.documents.rules import shown_title
from sgdocs.events.models import Event
from sgdocs.events.queries import visible as event_visible
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.liaison import queries as liaison
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Arrival, Statement
from sgdocs.mailing_lists.models import ListMessage, MailingList
from sgdocs.mailing_lists.queries import visible as list_visible
from sgdocs.mailing_lists.rules import MessageState
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.meetings.queries import visible as meeting_visible
from sgdocs.proceedings.models import ActionItem, Decision, Report
from sgdocs.tasks.listed import readable_task
from sgdocs.tasks.models import Task
from sgdocs.web import urls
from sgdocs.work_programme.filtering import visible as item_visible
from sgdocs.work_programme.models import WorkItem

Told = tuple[str, str, str]
"""Identifier, title, address."""


def _documents(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = select(Document).where(col(Document.id).in_(ids), visible(act))
    return {
        row.id or 0: (row.label, shown_title(row.status, row.title), urls.document(row.name))
        for row in act.session.exec(found)
    }


def _of_meeting(table: type[AgendaItem | Decision | ActionItem | Report], tail: str) -> "Loader":
    """Things of one group at a meeting: the meeting's code, and the page where they stand."""

    def load(act: Act, ids: Iterable[int]) -> dict[int, Told]:
        found = (
            select(table.id, Meeting.code, Group.path, Group.label)
            .join(Meeting, col(Meeting.id) == table.meeting_id)
            .join(Group, col(Group.id) == table.group_id)
            .where(col(table.id).in_(ids), meeting_visible(act))
        )
        return {
            id or 0: (code, label, urls.with_query(urls.meeting(code) + tail, group=path))
            for id, code, path, label in act.session.exec(found)
        }

    return load


def _work_items(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = select(WorkItem).where(col(WorkItem.id).in_(ids), item_visible(act))
    return {row.id or 0: (row.acronym, row.title, urls.work_item(row)) for row in act.session.exec(found)}


def _processes(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = select(Process).where(col(Process.id).in_(ids), process_visible(act))
    return {
        row.id or 0: (row.identifier or row.name, row.title, urls.approval(row.number))
        for row in act.session.exec(found)
    }


def _comments(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = (
        select(Comment.id, Process)
        .join(Process, col(Process.id) == Comment.process_id)
        .where(col(Comment.id).in_(ids), process_visible(act))
    )
    return {
        id or 0: (row.identifier or row.name, row.title, urls.approval(row.number, "comments"))
        for id, row in act.session.exec(found)
    }


def _announcements(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    """Those whose papers everybody may read, as all are."""
    found = select(Announcement).where(col(Announcement.id).in_(ids))
    return {
        row.id or 0: ("", row.title, urls.announcement(row.sector, row.kind, row.number))
        for row in act.session.exec(found)
    }


def _statements(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = select(Statement).where(col(Statement.id).in_(ids), liaison.visible(act))
    return {
        row.id or 0: (row.label or row.name, row.title, urls.statement(row.name)) for row in act.session.exec(found)
    }


def _bodies(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = select(Body).where(col(Body.id).in_(ids))
    return {row.id or 0: ("", row.name, urls.body(row.slug)) for row in act.session.exec(found)}


def _mailing_lists(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = select(MailingList).where(col(MailingList.id).in_(ids), list_visible(act))
    return {row.id or 0: (row.local, row.title, urls.mailing_list(row.local)) for row in act.session.exec(found)}


def _list_messages(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    """What was posted: what is held or refused is nobody's to read in a history."""
    found = (
        select(ListMessage, MailingList.local)
        .join(MailingList, col(MailingList.id) == col(ListMessage.list_id))
        .where(col(ListMessage.id).in_(ids), ListMessage.state == MessageState.POSTED, list_visible(act))
    )
    return {
        row.id or 0: (local, row.subject, urls.mailing_list(local, row.thread))
        for row, local in act.session.exec(found)
    }


def _events(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = select(Event).join(Group, col(Group.id) == col(Event.group_id))
    rows = act.session.exec(found.where(col(Event.id).in_(ids), event_visible(act)))
    return {row.id or 0: ("", row.title, urls.event(row.slug)) for row in rows}


def _tasks(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = select(Task, Group).join(Group, col(Group.id) == col(Task.group_id))
    return {
        row.id or 0: (f"{group.label} {row.number}", row.text[:200], urls.task(group.path, row.number))
        for row, group in act.session.exec(found.where(col(Task.id).in_(ids), readable_task(act)))
    }


def _arrivals(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    """Mails that came in: for the secretariat."""
    found = select(Arrival).where(col(Arrival.id).in_(ids))
    rows = act.session.exec(found) if "secretariat" in audiences(act) else ()
    return {row.id or 0: ("", row.subject or "…", urls.path("office", "arrivals", row.id)) for row in rows}


def _threads(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = select(Thread).where(col(Thread.id).in_(ids), discussion_visible(act))
    return {row.id or 0: (row.subject, row.title, urls.discussion(row.id)) for row in act.session.exec(found)}


def _talk(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    found = (
        select(Message.id, Message.number, Thread)
        .join(Thread, col(Thread.id) == Message.thread_id)
        .where(col(Message.id).in_(ids), discussion_visible(act))
    )
    return {
        id or 0: (row.subject, row.title, urls.message(row.id, number)) for id, number, row in act.session.exec(found)
    }


def _of_service(act: Act, ids: Iterable[int]) -> dict[int, Told]:
    rows = act.session.exec(select(ServiceNotice).where(col(ServiceNotice.id).in_(ids), announcements.visible(act)))
    return {
        row.id or 0: (TITLES[Kind(row.kind)], said(row.words, "en").title, urls.service_notice(row.id)) for row in rows
    }


Loader = Callable[[Act, Iterable[int]], dict[int, Told]]
LOADERS: Final[Mapping[str, Loader]] = {
    "document": _documents,
    "agenda_item": _of_meeting(AgendaItem, "/agenda"),
    "decision": _of_meeting(Decision, "/decisions"),
    "action_item": _of_meeting(ActionItem, "/actions"),
    "meeting_report": _of_meeting(Report, "/report"),
    "work_item": _work_items,
    "process": _processes,
    "process_comment": _comments,
    "announcement": _announcements,
    "statement": _statements,
    "liaison_body": _bodies,
    "statement_arrival": _arrivals,
    "mailing_list": _mailing_lists,
    "mailing_list_message": _list_messages,
    "discussion_thread": _threads,
    "discussion_message": _talk,
    "task": _tasks,
    "event": _events,
    "service_notice": _of_service,
}
