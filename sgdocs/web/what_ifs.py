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
from sgdocs.base.clock import geneva_day
from sgdocs.base.text import one_line
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible as meetings_visible
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.web.deps import Reading
from sgdocs.work_programme import queries as work

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
    """The lines of the form, those that could be answered, and their answers."""

    rows: tuple[Row, ...]
    answers: tuple[Answer, ...]


def asked(request: Request, act: Reading) -> Asked:
    """`?item=Y.slice&procedure=aap&on=2026-09-25&group=SG13`, each up to ten times, in this order.

    A line without a day is left out. Costs three queries, and up to three for a line.
    """
    told = request.query_params
    items, procedures, days, codes = (told.getlist(name)[:MOST] for name in ("item", "procedure", "on", "group"))
    rows, questions = [], []
    free = tuple(holiday.day for holiday in holidays(act.session))
    stored = rule_values(act.session)
    for number, on in enumerate(days):
        row = Row(_at(items, number), _at(procedures, number) or "aap", one_line(on)[:20], _at(codes, number))
        if not row.on:
            continue
        wrong = _wrong(row.on, row.procedure)
        rows.append(replace(row, wrong=wrong))
        if not wrong:
            day = date.fromisoformat(row.on)
            group, name = _group(act, row.item, row.group)
            met = _meetings(act, group, day) if group else ()
            label = name or row.item or row.procedure.upper()
            questions.append(Question(label, row.procedure, day, met, free, rulings.snapshot(day, stored)))
    return Asked(tuple(rows), tuple(answers(questions)))


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


def _group(act: Act, label: str, code: str) -> tuple[Group | None, str]:
    """The study group that decides, and the name of the work item when the label is one."""
    item = work.find(act, label) if label else None
    if code:
        found = groups.resolve(act.session, code, geneva_day(act.now))
        return (found[0] if found else None), (item.acronym if item else "")
    return (groups.by_id(act.session, item.group_id), item.acronym) if item else (None, "")


def _meetings(act: Act, group: Group, day: date) -> tuple[Met, ...]:
    """Meetings of the study group that may decide, from that day on."""
    found = (
        select(Meeting)
        .where(
            Meeting.group_id == group.id,
            col(Meeting.kind).in_(DECIDING),
            Meeting.status != MeetingStatus.CANCELLED,
            col(Meeting.ends_on) >= day,
            col(Meeting.starts_on) <= day + AHEAD,
            meetings_visible(act),
        )
        .order_by(col(Meeting.starts_on))
        .limit(50)
    )
    return tuple(Met(meeting.code, meeting.starts_on, meeting.ends_on) for meeting in act.session.exec(found))


def study_groups(act: Act) -> list[tuple[str, str]]:
    """Study groups to choose from: code, name."""
    found = (
        select(Group.code, Group.label)
        .where(col(Group.kind).in_(("study-group", "advisory-group")), col(Group.ends_on).is_(None))
        .order_by(Group.sort_key)
    )
    return [(code, label) for code, label in act.session.exec(found)]
