"""What people of the demonstration say to each other: at the meeting that is on, in a group, on a document, an item, a statement.

Loading it again changes nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.discussions import actions
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.subjects import About, about_row
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Status
from sgdocs.groups.queries import actor_for, find
from sgdocs.liaison.models import Statement
from sgdocs.meetings.models import Meeting
from sgdocs.people.queries import by_email
from sgdocs.policy import PUBLIC
from sgdocs.seed.cast import DOMAIN
from sgdocs.work_programme.models import WorkItem

CHAT: Final = (
    ("chair", "Good morning. We begin with item 3; the **base text** is on the screen."),
    ("delegate-member", "We cannot hear the room. Is it only us?"),
    ("tsb", "The microphone of the podium was off. It works now."),
    ("delegate-state", "Bonjour, le document {document} est-il examiné avant la pause ?"),
    ("rapporteur", "@{delegate-state} Yes:\n\n1. the summary of the correspondence,\n2. then {document}."),
)
TITLE: Final = "Terms for sleep states"
TERMS: Final = (
    ("rapporteur", "G.984.3 says *doze mode*, our draft says *listen mode*. One of them should go."),
    ("delegate-member", "We prefer the older term; see G.Sup45."),
)
ON_DOCUMENT: Final = (
    ("delegate-state", "In which temperature range were the values measured?"),
    ("delegate-member", "From 0 to 40 degrees. A table:\n\n| degrees | loss |\n|---|---|\n| 0 | 0.21 |\n| 40 | 0.23 |"),
)
FIRST_WORDS: Final = (("rapporteur", "Who takes the next round of editing? @{chair} please decide by Friday."),)


def load(act: Act, meetings: Mapping[str, Meeting]) -> None:
    """Nothing when somebody has spoken already."""
    if act.session.exec(select(Thread.id)).first() is not None:
        return
    meeting = meetings["sg15-now"]
    paper = _paper(act, meeting)
    names = {"document": paper.label if paper is not None else "G.984.3"}
    at = about_row(act, Kind.MEETING, meeting)
    _talk(act, at, CHAT, names)
    group = find(act.session, "T/SG15")
    if group is not None:
        on_group, (first, *rest) = about_row(act, Kind.GROUP, group), TERMS
        row = actions.write_first(_as(act, first[0]), on_group, TITLE, Wanted(first[1]))
        thread = act.session.get_one(Thread, row.thread_id)
        for key, text in rest:
            actions.write(_as(act, key), thread, Wanted(text))
        actions.edit(_as(act, first[0]), thread, row, f"{first[1]} What do you think?")
        actions.hide(
            _as(act, "chair"), thread, actions.write(_as(act, "delegate-state"), thread, Wanted("Test")), "A test"
        )
    if paper is not None:
        _talk(act, about_row(act, Kind.DOCUMENT, paper), ON_DOCUMENT, names)


def load_later(act: Act) -> None:
    """On a work item and a statement of SG15, which come after the documents."""
    group = find(act.session, "T/SG15")
    if group is None or act.session.exec(select(Thread.id).where(Thread.kind == Kind.WORK_ITEM)).first() is not None:
        return
    item = act.session.exec(select(WorkItem).where(WorkItem.group_id == group.id).order_by(col(WorkItem.id))).first()
    told = select(Statement).where(Statement.group_id == group.id, col(Statement.sent_at).is_not(None))
    statement = act.session.exec(told.order_by(col(Statement.id))).first()
    subjects = [about_row(act, Kind.WORK_ITEM, item)] if item is not None else []
    subjects += [about_row(act, Kind.STATEMENT, statement)] if statement is not None else []
    for subject in subjects:
        _talk(act, subject, FIRST_WORDS, {})


def _paper(act: Act, meeting: Meeting) -> Document | None:
    """The first contribution of the meeting that its delegates read."""
    posted = select(Document).where(
        Document.meeting_id == meeting.id, Document.kind == "contribution", Document.status == Status.POSTED,
        col(Document.audience).in_((PUBLIC, "T/SG15", "T")),
    )  # fmt: skip
    return act.session.exec(posted.order_by(col(Document.sort_key))).first()


def _talk(act: Act, subject: About, said: tuple[tuple[str, str], ...], names: Mapping[str, str]) -> None:
    """A minute between two messages, the last one a minute ago."""
    slugs = {key: _slug(act, key) for key in ("chair", "rapporteur", "delegate-state", "delegate-member")}
    for n, (key, text) in enumerate(said):
        speaking = replace(_as(act, key), now=act.now - timedelta(minutes=len(said) - n))
        actions.say(speaking, subject, Wanted(text.format(**names, **slugs)))


def _slug(act: Act, key: str) -> str:
    person = by_email(act.session, f"{key}@{DOMAIN}")
    return person.slug if person is not None else key


def _as(act: Act, key: str) -> Act:
    person = by_email(act.session, f"{key}@{DOMAIN}")
    assert person is not None, "the cast is loaded"
    return replace(act, actor=actor_for(act.session, person, act.now))
