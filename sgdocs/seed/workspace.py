"""What some of the cast keep, search and track, so that the demonstration has workspaces to show."""

from dataclasses import replace
from typing import Final

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.groups.queries import actor_for
from sgdocs.meetings.models import Meeting
from sgdocs.people.queries import by_email
from sgdocs.seed.cast import DOMAIN
from sgdocs.workspace import actions
from sgdocs.workspace.models import Kept
from sgdocs.workspace.rules import Alert, Stance
from sgdocs.workspace.schemas import KeepForm, ListForm, SearchForm

MEETING: Final = "T25-SG15-261116"
KEPT: Final = (
    ("tsb", 0, KeepForm(is_favourite=True, note="Ask for the source files.")),
    ("delegate-member", 1, KeepForm(stance=Stance.OBJECT, note="The night states cost us a chip.", is_shared=True)),
    ("delegate-member", 2, KeepForm(stance=Stance.WATCH)),
    ("rapporteur", 0, KeepForm(covers=True, stance=Stance.SUPPORT, is_shared=True)),
    ("focal-point", 1, KeepForm(covers=True)),
)
"""Key of the cast, which contribution of the meeting, what is kept of it."""
SEARCHES: Final = (
    SearchForm(name="New papers of SG15", path="/doc", query="group=SG15&kind=contribution", often=Alert.DAILY),
    SearchForm(name="Hollow-core fibre", path="/search", query="q=%22hollow-core+fibre%22", often=Alert.WEEKLY),
    SearchForm(name="Work of Q2/15 by colour", path="/wi", query="question=Q2%2F15&colour=blue"),
)


def load(act: Act) -> None:
    """Who keeps anything already is left alone."""
    papers = list(
        act.session.exec(
            select(Document)
            .join(Meeting, col(Meeting.id) == Document.meeting_id)
            .where(Meeting.code == MEETING, Document.kind == "contribution", Document.status == "posted")
            .order_by(Document.sort_key)
        )
    )
    begun = bool(act.session.exec(select(Kept.id)).first())
    for key, number, form in () if begun else KEPT:
        own = _as(act, key)
        if own is not None and number < len(papers):
            actions.keep(own, "document", papers[number].id or 0, form)
    for key in () if begun else ("tsb", "delegate-member"):
        own = _as(act, key)
        if own is not None:
            _track(own, papers)


def _track(act: Act, papers: list[Document]) -> None:
    for form in SEARCHES:
        actions.save_search(act, form)
    row = actions.make_list(act, ListForm(name="Passive optics"))
    rule = SearchForm(name="At work in Q2/15", path="/wi", query="question=Q2%2F15", list_id=row.id)
    actions.save_search(act, rule)
    for paper in papers[:2]:
        actions.put_on(act, row.id or 0, "document", paper.id or 0)


def _as(act: Act, key: str) -> Act | None:
    person = by_email(act.session, f"{key}@{DOMAIN}")
    return replace(act, actor=actor_for(act.session, person, act.now)) if person is not None else None
