"""What entries are about, as the reader may know of it at this moment: label, title and address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from sqlmodel import col, select

from sgdocs.announcements import queries as announcements
from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.rules import TITLES, Kind, said
from sgdocs.approval.models import Announcement, Process
from sgdocs.base.act import Act
from sgdocs.documents.listing import known
from sgdocs.documents.models import Document
from sgdocs.documents.rules import shown_title
from sgdocs.events.models import Event, EventAsk, EventRegistration
from sgdocs.events.queries import visible as visible_event
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries as liaison
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Arrival, Statement
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.meetings.queries import visible
from sgdocs.notices import talk
from sgdocs.notices.models import Webhook
from sgdocs.proceedings.models import ActionItem, Decision, Report
from sgdocs.recommendations.models import Family, Text
from sgdocs.tasks.listed import readable_task
from sgdocs.tasks.models import Task
from sgdocs.work_programme.models import WorkItem
from sgdocs.workspace.models import SavedSearch


@dataclass(frozen=True)
class Subject:
    """path: address on this site; titles: by language, of what has them in several."""

    label: str
    title: str
    path: str
    titles: Mapping[str, str] = field(default_factory=dict, compare=False)

    def title_in(self, code: str) -> str:
        return self.titles.get(code, self.title)


def subjects_of(act: Act, entries: Sequence[Entry]) -> dict[tuple[str, int], Subject]:
    """What the entries are about, by kind and id; what the actor may not know of is not among them."""
    return subjects_named(act, [(entry.subject_kind, entry.subject_id) for entry in entries])


def subjects_named(act: Act, named: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Subject]:
    """By kind (name of the table) and id. One query for each kind."""
    ids: dict[str, set[int]] = {}
    for kind, id in named:
        ids.setdefault(kind, set()).add(id)
    return {
        (kind, id): subject
        for kind, some in ids.items()
        if kind in _LOADERS
        for id, subject in _LOADERS[kind](act, some).items()
    }


def path_of(*parts: object) -> str:
    return "/" + "/".join(quote(str(part), safe=":@!$&'()*+,;=") for part in parts)


def group_path(canonical: str) -> str:
    """`T/SG15` is `/group/SG15`, `R/WP5D` is `/group/R/WP5D`."""
    return path_of("group", *canonical.removeprefix("T/").split("/"))


def item_path(item: WorkItem) -> str:
    return path_of("wi", f"{item.number}-{item.acronym}")


def announcement_path(row: Announcement) -> str:
    """`/approval/announcement/44` of AAP in ITU-T, `…/deletion-3` of others there, `…/R-psaa-2` in ITU-R."""
    name = str(row.number) if row.kind == "aap" else f"{row.kind}-{row.number}"
    return path_of("approval", "announcement", name if row.sector == "T" else f"{row.sector}-{name}")


Found = dict[int, Subject]


def _documents(act: Act, ids: Iterable[int]) -> Found:
    rows = act.session.exec(select(Document).where(col(Document.id).in_(ids), known(act)))
    return {
        row.id or 0: Subject(row.label_now, shown_title(row.status, row.title), path_of("doc", row.name))
        for row in rows
    }


def _meetings(act: Act, ids: Iterable[int]) -> Found:
    rows = act.session.exec(select(Meeting).where(col(Meeting.id).in_(ids), visible(act)))
    return {row.id or 0: Subject(row.code, row.title, path_of("meeting", row.code)) for row in rows}


def _at_meeting(table: type[Decision | ActionItem | AgendaItem | Report], tail: str) -> "Loader":
    def load(act: Act, ids: Iterable[int]) -> Found:
        found = (
            select(table.id, Meeting.code, Meeting.title, Group.path)
            .join(Meeting, col(Meeting.id) == table.meeting_id)
            .join(Group, col(Group.id) == table.group_id)
            .where(col(table.id).in_(ids), visible(act))
        )
        rows = act.session.exec(found)
        return {
            id or 0: Subject(code, title, f"{path_of('meeting', code, tail)}?group={quote(path)}")
            for id, code, title, path in rows
        }

    return load


def _families(act: Act, ids: Iterable[int]) -> Found:
    rows = act.session.exec(select(Family).where(col(Family.id).in_(ids), col(Family.audience).in_(audiences(act))))
    return {row.id or 0: Subject(row.number, row.title, "/" + row.address.lstrip("/")) for row in rows}


def _texts(act: Act, ids: Iterable[int]) -> Found:
    rows = act.session.exec(select(Text).where(col(Text.id).in_(ids), col(Text.audience).in_(audiences(act))))
    return {row.id or 0: Subject(row.identifier, row.title, "/" + row.address.lstrip("/")) for row in rows}


def _groups(act: Act, ids: Iterable[int]) -> Found:
    rows = act.session.exec(select(Group).where(col(Group.id).in_(ids)))
    return {row.id or 0: Subject(row.label, "", group_path(row.path)) for row in rows}


def _items(act: Act, ids: Iterable[int]) -> Found:
    rows = act.session.exec(
        select(WorkItem).where(col(WorkItem.id).in_(ids), col(WorkItem.audience).in_(audiences(act)))
    )
    return {row.id or 0: Subject(row.acronym, row.title, item_path(row)) for row in rows}


def _processes(act: Act, ids: Iterable[int]) -> Found:
    rows = act.session.exec(select(Process).where(col(Process.id).in_(ids), col(Process.audience).in_(audiences(act))))
    return {row.id or 0: Subject(row.name, row.title, path_of("approval", *row.number.split("/"))) for row in rows}


def _announcements(act: Act, ids: Iterable[int]) -> Found:
    rows = act.session.exec(select(Announcement).where(col(Announcement.id).in_(ids)))
    return {row.id or 0: Subject(str(row.number), row.title, announcement_path(row)) for row in rows}


def _statements(act: Act, ids: Iterable[int]) -> Found:
    rows = act.session.exec(select(Statement).where(col(Statement.id).in_(ids), liaison.visible(act)))
    return {row.id or 0: Subject(row.label or row.name, row.title, path_of("liaison", row.name)) for row in rows}


def _bodies(act: Act, ids: Iterable[int]) -> Found:
    rows = act.session.exec(select(Body).where(col(Body.id).in_(ids)))
    return {row.id or 0: Subject(row.name, "", path_of("body", row.slug)) for row in rows}


def _arrivals(act: Act, ids: Iterable[int]) -> Found:
    """Mails that came in: for the secretariat, as the entries about them."""
    is_office = "secretariat" in audiences(act)
    rows = act.session.exec(select(Arrival).where(col(Arrival.id).in_(ids))) if is_office else ()
    return {row.id or 0: Subject(row.subject or "…", "", path_of("office", "arrivals", row.id)) for row in rows}


def _webhooks(act: Act, ids: Iterable[int]) -> Found:
    own = select(Webhook).where(col(Webhook.id).in_(ids), Webhook.person_id == act.actor.person_id)
    return {row.id or 0: Subject(row.url, "", "/my/webhooks") for row in act.session.exec(own)}


def _searches(act: Act, ids: Iterable[int]) -> Found:
    own = select(SavedSearch).where(col(SavedSearch.id).in_(ids), SavedSearch.person_id == act.actor.person_id)
    return {row.id or 0: Subject(row.name, "", f"/my/searches/{row.id}") for row in act.session.exec(own)}


def _tasks(act: Act, ids: Iterable[int]) -> Found:
    found = select(Task, Group).join(Group, col(Group.id) == col(Task.group_id))
    rows = act.session.exec(found.where(col(Task.id).in_(ids), readable_task(act)))
    return {
        row.id or 0: Subject(group.label, row.text, f"{group_path(group.path)}/tasks/{row.number}")
        for row, group in rows
    }


def _of_service(act: Act, ids: Iterable[int]) -> Found:
    """Notices of the service, titled in each language that they have."""
    rows = act.session.exec(select(ServiceNotice).where(col(ServiceNotice.id).in_(ids), announcements.visible(act)))
    return {
        row.id or 0: Subject(
            TITLES[Kind(row.kind)],
            said(row.words, "en").title,
            path_of("announcement", row.id),
            {code: each["title"] for code, each in row.words.items()},
        )
        for row in rows
    }


def _told(load: Callable[[Act, Iterable[int]], dict[int, talk.Line]]) -> "Loader":
    return lambda act, ids: {id: Subject(*line) for id, line in load(act, ids).items()}


def _events(act: Act, ids: Iterable[int]) -> Found:
    found = select(Event).join(Group, col(Group.id) == col(Event.group_id))
    rows = act.session.exec(found.where(col(Event.id).in_(ids), visible_event(act)))
    return {row.id or 0: Subject(row.title, "", path_of("event", row.slug)) for row in rows}


def _registrations(act: Act, ids: Iterable[int]) -> Found:
    """A person's own place at an event."""
    wanted = _with_event(select(EventRegistration, Event), EventRegistration.event_id)
    rows = act.session.exec(wanted.where(col(EventRegistration.id).in_(ids), visible_event(act)))
    own = act.actor.person_id
    return {row.id or 0: _at_event(event, "registration") for row, event in rows if row.person_id == own}


def _asks(act: Act, ids: Iterable[int]) -> Found:
    """A wish to meet, for the two that it is about."""
    wanted = _with_event(select(EventAsk, Event), EventAsk.event_id)
    rows = act.session.exec(wanted.where(col(EventAsk.id).in_(ids), visible_event(act)))
    own = act.actor.person_id
    return {row.id or 0: _at_event(event, "matches") for row, event in rows if own in (row.person_id, row.to_id)}


def _with_event(wanted: Any, event_id: Any) -> Any:
    return wanted.join(Event, col(Event.id) == event_id).join(Group, col(Group.id) == col(Event.group_id))


def _at_event(event: Event, tail: str) -> Subject:
    return Subject(event.title, "", path_of("event", event.slug, tail))


Loader = Callable[[Act, Iterable[int]], Found]
_LOADERS: Final[Mapping[str, Loader]] = {
    "document": _documents,
    "meeting": _meetings,
    "decision": _at_meeting(Decision, "decisions"),
    "action_item": _at_meeting(ActionItem, "actions"),
    "agenda_item": _at_meeting(AgendaItem, "agenda"),
    "meeting_report": _at_meeting(Report, "report"),
    "recommendation": _families,
    "recommendation_text": _texts,
    "group": _groups,
    "work_item": _items,
    "process": _processes,
    "announcement": _announcements,
    "statement": _statements,
    "liaison_body": _bodies,
    "statement_arrival": _arrivals,
    "webhook": _webhooks,
    "saved_search": _searches,
    "discussion_thread": _told(talk.threads),
    "discussion_message": _told(talk.messages),
    "task": _tasks,
    "event": _events,
    "event_registration": _registrations,
    "event_ask": _asks,
    "service_notice": _of_service,
}
