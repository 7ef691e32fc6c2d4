"""The chart of target dates of some work items: marks, meetings, legend."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from fastapi import Request

from sgdocs.base.act import Act
from sgdocs.i18n import N_
from sgdocs.web import urls, work_words
from sgdocs.web.render import language_of
from sgdocs.web.work_chart import Chart, Milestone, Plotted, chart
from sgdocs.web.work_meetings import deciding
from sgdocs.work_programme.filtering import ItemFilter
from sgdocs.work_programme.listing import ItemRow


def drawn(request: Request, act: Act, wanted: ItemFilter, rows: Sequence[ItemRow], today: date) -> Chart | None:
    """The chart of the rows that have a target date, with the meetings of the groups asked for; None without a row."""
    dated = [_plotted(request, row, today) for row in rows if row.timing_on]
    meetings = _meetings(act, wanted, today) if dated else ()
    return chart(dated, today, meetings, mirrored=language_of(request).direction == "rtl")


_LEGEND: Final = {
    "progress": N_("At work"),
    "needs": N_("Waits for confirmation"),
    "stopped": N_("Target date is past, or discontinued"),
    "force": N_("Approved or agreed"),
    "past": N_("Merged into another"),
}


def _meaning(row: ItemRow, today: date) -> str:
    """Of the mark: what is late stands out."""
    is_late = row.is_active and row.timing_on is not None and row.timing_on < today
    return "stopped" if is_late else work_words.status(row.status)[1]


def legend_of(request: Request, rows: Sequence[ItemRow], today: date) -> list[tuple[str, str]]:
    """The meanings that occur among the marks, in words."""
    held = {_meaning(row, today) for row in rows if row.timing_on}
    return [(language_of(request).say(word), meaning) for meaning, word in _LEGEND.items() if meaning in held]


def _plotted(request: Request, row: ItemRow, today: date) -> Plotted:
    assert row.timing_on is not None
    title = row.titles.get(language_of(request).code) or row.title
    told = f"{title}, {row.timing}"
    return Plotted(
        row.question or row.group, row.timing_on, row.acronym, told, urls.work_item(row), _meaning(row, today)
    )


def _meetings(act: Act, wanted: ItemFilter, today: date) -> list[Milestone]:
    """The coming meetings that decide, where the list is of one group."""
    if not wanted.group_ids:
        return []
    held = deciding(act, wanted.group_ids, today - timedelta(days=200), today + timedelta(days=1460))
    return [Milestone(group.label, meeting.ends_on, urls.meeting(meeting.code)) for meeting, group in held]
