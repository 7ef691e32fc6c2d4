"""A study group meeting with two Questions and its papers, as rows; who does what in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from sgdocs.documents.models import Document, DocumentQuestion
from sgdocs.groups.models import Group
from sgdocs.meetings import actions as meetings
from sgdocs.meetings.actions import agenda
from sgdocs.meetings.agenda import agenda_of
from sgdocs.meetings.agenda_rules import ItemKind
from sgdocs.meetings.agenda_templates import Template
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.meetings.schemas import MeetingForm
from tests.cast import Cast
from tests.documents.papers import file, paper
from tests.make import Make


def study_group_meeting(cast: Cast, **facts: object) -> Meeting:
    """SG13 with WP1 and Q2 (and Q3), announced."""
    cast.summon("sg13", "wp1", "q2")
    cast.make.group("T/SG13/T25/Q3", title="Clouds", working_party=cast.wp1)
    cast.summon("chair", "wp_chair", "rapporteur", "tsb")
    form: dict[str, object] = {
        "kind": "study-group",
        "group": "T/SG13",
        "starts_on": date(2026, 3, 2),
        "ends_on": date(2026, 3, 13),
        "place": "Geneva",
    }
    row = meetings.convene(cast.tsb.act, MeetingForm.model_validate(form | facts))
    return meetings.announce(cast.tsb.act, row, accept=True)


def rapporteur_meeting(cast: Cast, **facts: object) -> Meeting:
    """Of Q2/13."""
    return study_group_meeting(
        cast,
        kind="rapporteur-group",
        group="T/SG13/T25/Q2",
        starts_on=date(2026, 3, 2),
        ends_on=date(2026, 3, 4),
        **facts,
    )


def filled(cast: Cast, meeting: Meeting, group: Group, template: Template = Template.QUESTION) -> Group:
    """The group, its agenda filled."""
    agenda.fill(cast.tsb.act, meeting, group, template)
    return group


def item(make: Make, meeting: Meeting, group: Group, kind: ItemKind) -> AgendaItem:
    rows = agenda_of(make.session, meeting, group).rows
    return next(row.item for row in rows if row.item.kind == kind)


def numbered(make: Make, meeting: Meeting, group: Group) -> list[str]:
    """`2.1 Contributions` …, in order."""
    return [f"{row.number} {row.item.title}" for row in agenda_of(make.session, meeting, group).rows]


def brought(
    make: Make, meeting: Meeting, number: int, *questions: Group, files: Sequence[str] = ("",), **facts: Any
) -> Document:
    """A contribution to the meeting for these Questions, with a file of each part. facts: columns of the document."""
    row = paper(make, number, meeting=meeting.code, **facts)
    for place, question in enumerate(questions):
        make.add(DocumentQuestion(document_id=row.id or 0, group_id=question.id or 0, is_primary=place == 0))
    for part in files:
        file(make, row, part, sha256=f"{number:02d}{part or 'R0'}".ljust(64, "0"))
    return row


def everything(make: Make, table: type[Any], *conditions: Any) -> list[Any]:
    return list(make.session.exec(select(table).where(*conditions).order_by(col(table.id))))
