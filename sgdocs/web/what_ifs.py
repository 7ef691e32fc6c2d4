"""What is asked of "what if": lines of the query string, their work items and groups, and the answers."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import Depends, Request
from sqlmodel import col, select

from sgdocs.approval import rulings
from sgdocs.approval.queries import holidays, rule_values
from sgdocs.approval.whatif import MOST, PROCEDURES, Answer, Met, Question, answers
from sgdocs.base.act import Act
from sgdocs.base.text import one_line
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible as meetings_visible
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.web.deps import Reading
from sgdocs.work_programme import queries as work
from sgdocs.work_programme.models import WorkItem

AHEAD = timedelta(days=4 * 366)
DECIDING = ("study-group", "extra-meeting")
DAYS: Final = ("1990-01-01", "2090-12-31")


@dataclass(frozen=True)
class Row:
    """A line of the form as it was given. wrong: field -> what will not do."""

    item: str = ""
    procedure: str = "aap"
    on: str = ""
    group: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Asked:
    """The lines of the form, the answers to those that are right, and the groups to choose from: path, label."""

    rows: tuple[Row, ...]
    answers: tuple[Answer, ...]
    groups: tuple[tuple[str, str], ...] = ()


def asked(request: Request, act: Reading) -> Asked:
    """`?item=Y.slice&procedure=aap&on=2026-09-25&group=SG13`, each up to ten times, in this order.

    A line without a day is left out. Costs four queries, and up to two for each work item that is named.
    """
    rows = _rows(request)
    known = _study_groups(act)
    items = {label: work.find(act, label) for label in {row.item for row in rows if row.item and not row.wrong}}
    ids = {row: _group_id(row, items.get(row.item), known) for row in rows}
    meetings = _meetings(act, {id for id in ids.values() if id is not None})
    free = tuple(holiday.day for holiday in holidays(act.session))
    stored = rule_values(act.session)
    questions = []
    for row in rows:
        if row.wrong:
            continue
        day, item = date.fromisoformat(row.on), items.get(row.item)
        met = tuple(
            each for each in meetings.get(ids[row], ()) if day <= each.ends_on and each.starts_on <= day + AHEAD
        )
        label = item.acronym if item else row.item or row.procedure.upper()
        questions.append(Question(label, row.procedure, day, met, free, rulings.snapshot(day, stored)))
    paths = {group.id: group.path for group in known}
    shown = tuple(replace(row, group=paths.get(ids[row], "")) for row in rows)
    return Asked(shown, tuple(answers(questions)), tuple((group.path, group.label) for group in known))


def _rows(request: Request) -> list[Row]:
    told = request.query_params
    items, procedures, days, codes = (told.getlist(name)[:MOST] for name in ("item", "procedure", "on", "group"))
    rows = []
    for number, on in enumerate(days):
        row = Row(_at(items, number), _at(procedures, number) or "aap", one_line(on)[:20], _at(codes, number))
        if row.on:
            rows.append(replace(row, wrong=_wrong(row.on, row.procedure)))
    return rows


Asking = Annotated[Asked, Depends(asked)]


def _at(words: list[str], number: int) -> str:
    return one_line(words[number])[:120] if number < len(words) else ""


def _wrong(on: str, procedure: str) -> str:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return N_("Give the day as 2026-09-25.")
    if not DAYS[0] <= str(day) <= DAYS[1]:
        return N_("Give a day between 1990 and 2090.")
    return "" if procedure in PROCEDURES else N_("This procedure has no calendar of its own.")


def _group_id(row: Row, item: WorkItem | None, known: list[Group]) -> int | None:
    """The study group that decides: the one that is named (`T/SG13`, `SG13`), else that of the work item."""
    wanted = row.group.lower().replace(" ", "")
    named = (group.id for group in known if wanted and wanted in (group.path.lower(), group.code.lower()))
    return next(named, item.group_id if item and not wanted else None)


def _meetings(act: Act, ids: set[int]) -> dict[int | None, list[Met]]:
    """Meetings of those study groups that may decide, the earliest first. One query."""
    found = (
        select(Meeting)
        .where(
            col(Meeting.group_id).in_(ids),
            col(Meeting.kind).in_(DECIDING),
            Meeting.status != MeetingStatus.CANCELLED,
            meetings_visible(act),
        )
        .order_by(col(Meeting.starts_on))
    )
    every: dict[int | None, list[Met]] = {}
    for meeting in act.session.exec(found) if ids else ():
        every.setdefault(meeting.group_id, []).append(Met(meeting.code, meeting.starts_on, meeting.ends_on))
    return every


def _study_groups(act: Act) -> list[Group]:
    """Those to choose from, ITU-T first."""
    found = select(Group).where(col(Group.kind).in_(("study-group", "advisory-group")), col(Group.ends_on).is_(None))
    return list(act.session.exec(found.order_by(col(Group.sector).desc(), Group.sort_key)))
