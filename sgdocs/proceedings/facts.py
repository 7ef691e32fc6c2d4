"""What the records say about one group at one meeting, gathered for its report."""

from collections import defaultdict
from dataclasses import replace
from typing import Final

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents.allocations import placed, unplaced
from sgdocs.documents.models import Document
from sgdocs.documents.rules import shown_title
from sgdocs.groups.models import Group
from sgdocs.groups.queries import officers
from sgdocs.meetings.agenda import agenda_of
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.meetings.queries import children_of, groups_of, papers_audience, visible
from sgdocs.meetings.rules import MeetingKind, MeetingStatus
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import PUBLIC
from sgdocs.proceedings import queries
from sgdocs.proceedings.composing import Facts, Paper, outcome_words, span
from sgdocs.proceedings.liaison_facts import liaison_of
from sgdocs.proceedings.models import Report
from sgdocs.proceedings.work_facts import work_of

MOST_MEETINGS: Final = 20
OF_RAPPORTEURS: Final = (MeetingKind.RAPPORTEUR_GROUP, MeetingKind.E_MEETING)


def is_rapporteur_meeting(meeting: Meeting) -> bool:
    return meeting.kind in OF_RAPPORTEURS


def facts_of(act: Act, meeting: Meeting, group: Group) -> Facts:
    """Everything the report of the group is composed from; NotFound for who reads no papers of the meeting.

    A report is read by all who read the papers of the meeting: documents for fewer are left out, whoever composes it.
    """
    queries.require_readable(act, meeting)
    return Facts(
        group=group.label,
        meeting=meeting.title,
        code=meeting.code,
        place=meeting.place or ("virtual meeting" if meeting.format == "virtual" else ""),
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        leaders=_leaders(act, meeting, group),
        participants=_participants(act, meeting),
        agenda=_agenda(act, meeting, group),
        papers=_papers(act, meeting, group),
        decisions=_decisions(act, meeting, group),
        actions=_actions(act, meeting, group),
        coming=_meetings(act, meeting, group, coming=True),
        interim=_meetings(act, meeting, group, coming=False),
        summaries=_summaries(act, meeting, group),
        work=work_of(act, meeting, group),
        liaison=liaison_of(act, meeting, group),
    )


def _leaders(act: Act, meeting: Meeting, group: Group) -> tuple[tuple[str, str], ...]:
    seats = officers(act.session, [group.id or 0], meeting.starts_on)
    return tuple((seat.person.name, seat.appointment.role.replace("-", " ")) for seat in seats)


def _participants(act: Act, meeting: Meeting) -> tuple[tuple[str, str, str], ...]:
    """Whose registration is approved and who is on the list, by name."""
    rows = act.session.execute(
        select(Person.name, Organisation.name, Registration.role)
        .join(Registration, col(Registration.person_id) == Person.id)
        .outerjoin(Organisation, col(Organisation.id) == Registration.organisation_id)
        .where(
            Registration.meeting_id == meeting.id,
            Registration.status == "approved",
            col(Registration.is_listed).is_(True),
        )
        .order_by(Person.sort_name)
    )
    return tuple((name, entity or "", role.replace("-", " ").capitalize()) for name, entity, role in rows)


def _agenda(act: Act, meeting: Meeting, group: Group) -> tuple[tuple[str, str], ...]:
    return tuple((row.number, row.item.title) for row in agenda_of(act.session, meeting, group).rows)


def _papers(act: Act, meeting: Meeting, group: Group) -> tuple[Paper, ...]:
    """The documents under the items of the group, each once, under its first item; then those that are under none, where
    the meeting is the group's own or the group has dealt with them.
    """
    readers = papers_audience(act.session, meeting)
    results = {row.document.id: row for row in queries.dispositions(act, meeting, group)}

    def told(document: Document, item: str = "") -> Paper:
        result = results.get(document.id)
        other = result.other.label if result and result.other and _is_for_all(result.other, readers) else ""
        outcome = outcome_words(result.disposition.outcome, other) if result else ""
        return _paper(document, item, outcome, result.disposition.note if result else "")

    under = placed(act, meeting)
    found: dict[int | None, Paper] = {}
    kinds: defaultdict[int | None, list[str]] = defaultdict(list)
    for row in agenda_of(act.session, meeting, group).rows:
        for document in (each.document for each in under.get(row.item.id or 0, ())):
            if _is_for_all(document, readers):
                kinds[document.id].append(row.item.kind)
                found.setdefault(document.id, told(document, row.number))
    for document in unplaced(act, meeting):
        is_theirs = group.id == meeting.group_id or document.id in results
        if is_theirs and _is_for_all(document, readers):
            found.setdefault(document.id, told(document))
    return tuple(replace(paper, item_kinds=tuple(kinds[id])) for id, paper in found.items())


def _paper(document: Document, item: str, outcome: str, note: str) -> Paper:
    return Paper(
        document.label_now,
        shown_title(document.status, document.title),
        document.source,
        document.kind,
        item,
        (),
        outcome,
        note,
    )


def _is_for_all(document: Document, readers: str) -> bool:
    """Whether everybody who reads papers with that label reads the document."""
    label = document.audience
    return label in (PUBLIC, readers) or readers.startswith(f"{label}/")


def _decisions(act: Act, meeting: Meeting, group: Group) -> tuple[tuple[int, str, str, str], ...]:
    readers = papers_audience(act.session, meeting)

    def label(document: Document | None) -> str:
        return document.label if document is not None and _is_for_all(document, readers) else ""

    return tuple(
        (row.decision.number, row.decision.kind, row.decision.text, label(row.document))
        for row in queries.decisions(act, meeting, group)
        if row.decision.withdrawn_at is None
    )


def _actions(act: Act, meeting: Meeting, group: Group) -> tuple[tuple[int, str, str, str, str], ...]:
    return tuple(
        (
            row.action.number,
            row.action.text,
            row.owner,
            row.action.due_on.isoformat() if row.action.due_on else "",
            "done" if row.action.done_at else "open",
        )
        for row in queries.action_items(act, meeting, group)
        if row.action.withdrawn_at is None
    )


def _meetings(act: Act, meeting: Meeting, group: Group, *, coming: bool) -> tuple[tuple[str, str, str], ...]:
    """Meetings of the group after this one; or those that reported to it."""
    if coming:
        wanted = select(Meeting).where(
            Meeting.group_id == group.id,
            col(Meeting.starts_on) > meeting.ends_on,
            Meeting.status != MeetingStatus.CANCELLED,
            visible(act),
        )
        rows = list(act.session.exec(wanted.order_by(col(Meeting.starts_on), Meeting.code).limit(MOST_MEETINGS)))
    else:
        rows = [each for each in children_of(act, meeting) if each.group_id == group.id]
    return tuple((row.title, span(row.starts_on, row.ends_on), row.place or row.format) for row in rows)


def _summaries(act: Act, meeting: Meeting, group: Group) -> tuple[tuple[str, str], ...]:
    """The executive summaries that the groups under this one wrote in their reports of the same meeting."""
    below = [
        each
        for each in groups_of(act.session, meeting)
        if each.id != group.id and group.id in (each.working_party_id, each.parent_id)
    ]
    wanted = select(Report).where(
        Report.meeting_id == meeting.id, col(Report.group_id).in_([each.id for each in below])
    )
    written = {row.group_id: row.written.get("summary", "") for row in act.session.exec(wanted)}
    return tuple((each.label, written[each.id or 0]) for each in below if written.get(each.id or 0))
