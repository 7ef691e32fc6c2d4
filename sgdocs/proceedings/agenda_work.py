"""What an agenda has to decide beside its documents: texts that are due or wait for this meeting, proposed items,
liaison statements.

One query for texts, up to five for statements, whatever the length of the agenda. Source: domain M-5, 3.3.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, String, cast, or_, union_all
from sqlalchemy import select as columns_of
from sqlmodel import col

from sgdocs.approval.models import Process
from sgdocs.approval.seeing import visible as visible_processes
from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.i18n import N_
from sgdocs.meetings.agenda_rules import ItemKind as K
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings import agenda_liaison
from sgdocs.proceedings.agenda_lines import Handle, Line
from sgdocs.proceedings.work_facts import within
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import ItemStatus

DUE: Final = N_("Due at this meeting by its target date")
__all__ = ["Line", "lines_of"]
WAITS: Final = N_("Waits for the decision of this meeting")
PROPOSED: Final = N_("Proposed, not registered yet")
UNDER: Final[Mapping[str, K]] = {"aap": K.CONSENT, "tap": K.DETERMINATION, "agreement": K.AGREEMENT}
"""Procedure chosen for an item -> the agenda item under which its text is decided on first."""


def lines_of(act: Act, meeting: Meeting, group: Group) -> Mapping[str, Sequence[Line]]:
    """Kind of agenda item -> what is to be decided under it, by name."""
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for place, lines in agenda_liaison.lines_of(act, meeting, group).items():
        found[place] += lines
    both = act.session.execute(union_all(_waiting(act, meeting, group), _items(act, meeting, group))).all()
    for number, name, identifier, title, status, way, _ in sorted(both, key=lambda row: str(row[-1])):
        shown = identifier or name
        if "/" in number:
            found[K.APPROVAL].append(Line(shown, title, WAITS, process=number))
            continue
        is_proposed = status == ItemStatus.PENDING
        kind = K.NEW_WORK if is_proposed else UNDER.get(way)
        if kind is not None:
            line = Line(shown, title, PROPOSED if is_proposed else DUE, item=Handle(int(number), name))
            found[kind].append(line)
    return found


def _waiting(act: Act, meeting: Meeting, group: Group) -> Select[Any]:
    """Open processes that this meeting is to decide on."""
    told = [getattr(Process, name) for name in ("number", "name", "identifier", "title", "state", "procedure")]
    return columns_of(*told, col(Process.name).label("sort_key")).where(
        col(Process.decision_meeting_id) == meeting.id,
        col(Process.is_open).is_(True),
        visible_processes(act),
        within(group, col(Process.group_id), col(Process.question_id)),
    )


def _items(act: Act, meeting: Meeting, group: Group) -> Select[Any]:
    """Proposed items, and those under study that are due until the last day."""
    is_due = (col(WorkItem.status) == ItemStatus.UNDER_STUDY) & (col(WorkItem.timing_on) <= meeting.ends_on)
    told = [getattr(WorkItem, name) for name in ("acronym", "identifier", "title", "status", "process")]
    return columns_of(cast(col(WorkItem.number), String), *told, col(WorkItem.sort_key)).where(
        within(group, col(WorkItem.group_id), col(WorkItem.question_id)),
        or_(col(WorkItem.status) == ItemStatus.PENDING, is_due),
        col(WorkItem.audience).in_(audiences(act)),
    )
