"""Agendas, dispositions, decisions and the beginning of a report at the demonstration's meeting that is on.

Loading it again changes nothing.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.actions.allocation import allot
from sgdocs.documents.models import Document
from sgdocs.documents.rules import DocumentKind, Status
from sgdocs.groups.models import Group
from sgdocs.groups.queries import actor_for
from sgdocs.meetings.actions import agenda
from sgdocs.meetings.agenda_templates import Template, default_for
from sgdocs.meetings.models import Agenda, Meeting
from sgdocs.meetings.queries import groups_of
from sgdocs.people.queries import by_email
from sgdocs.proceedings.actions import decisions, dispositions, reports
from sgdocs.proceedings.rules import Outcome
from sgdocs.proceedings.schemas import ActionForm, DecisionForm, DispositionForm, WritingForm
from sgdocs.seed.cast import DOMAIN

MEETING: Final = "sg15-now"
QUESTION: Final = "T/SG15/T25/Q2"
WITH_AGENDA: Final = ("T/SG15", "T/SG15/T25/WP1", QUESTION)
OUTCOMES: Final = (Outcome.AGREED, Outcome.NOTED)
SUMMARY: Final = """Q2/15 met in three sessions.

- The baseline text was agreed.
- A correspondence goes on until the next meeting."""


def load(act: Act, meetings: Mapping[str, Meeting]) -> bool:
    """Fill the agendas of the meeting when it has none; whether anything was done."""
    meeting = meetings.get(MEETING)
    if meeting is None or act.session.exec(select(Agenda.id).where(Agenda.meeting_id == meeting.id)).first():
        return False
    here = {group.path: group for group in groups_of(act.session, meeting)}
    for path in WITH_AGENDA:
        if path in here:
            agenda.fill(act, meeting, here[path], _template(here[path]))
    allot(act, meeting)
    if QUESTION in here:
        _meet(_as_rapporteur(act), meeting, here[QUESTION])
    return True


def _template(group: Group) -> Template:
    return default_for(group.kind, group.sector, is_rapporteur_meeting=False)


def _as_rapporteur(act: Act) -> Act:
    person = by_email(act.session, f"rapporteur@{DOMAIN}")
    assert person is not None, "the cast was loaded before"
    return Act(act.session, actor_for(act.session, person, act.now), act.now)


def _meet(act: Act, meeting: Meeting, question: Group) -> None:
    """What the Question did so far: two dispositions, a decision, an action, a summary."""
    papers = act.session.exec(
        select(Document)
        .where(
            Document.meeting_id == meeting.id,
            Document.kind == DocumentKind.CONTRIBUTION,
            Document.status == Status.POSTED,
        )
        .order_by(Document.sort_key)
        .limit(len(OUTCOMES))
    ).all()
    for document, outcome in zip(papers, OUTCOMES, strict=False):
        form = DispositionForm(document=document.name, outcome=outcome)
        dispositions.dispose(act, meeting, question, document, form)
    named = papers[0].name if papers else ""
    decisions.decide(
        act, meeting, question, DecisionForm(text="To take the proposal as baseline text.", document=named)
    )
    due_on = geneva_day(act.now) + timedelta(days=60)
    task = ActionForm(text="Bring the agreed changes into the baseline text.", owner=f"editor@{DOMAIN}", due_on=due_on)
    decisions.assign(act, meeting, question, task)
    reports.write(act, meeting, question, WritingForm(sections={"summary": SUMMARY}, version=0))
