"""Work items of the demonstration, entered by its meetings on their days. Loading again changes nothing."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import GENEVA, geneva_day
from sgdocs.documents.models import Document
from sgdocs.documents.rules import DocumentKind, Status
from sgdocs.groups.queries import actor_for
from sgdocs.meetings.models import Meeting
from sgdocs.people.queries import by_email
from sgdocs.seed.cast import DOMAIN
from sgdocs.seed.work_items import ITEMS, Item
from sgdocs.work_programme import actions
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.queries import find
from sgdocs.work_programme.rules import PaperRole
from sgdocs.work_programme.schemas import EditForm, EditorForm, ItemForm, SupportForm


def load(act: Act, meetings: Mapping[str, Meeting]) -> int:
    """Enter the items that are not there; returns how many. meetings: by their key in the plan, empty when it was loaded
    before. The Recommendations that items change are there already.
    """
    new = [item for item in ITEMS if meetings and find(act, item.name) is None]
    entered = {item.name: _entered(act, item, meetings) for item in new}
    for item in new:
        _finish(act, item, entered[item.name], meetings)
    return len(new)


def _entered(act: Act, item: Item, meetings: Mapping[str, Meeting]) -> WorkItem:
    """Proposed by the rapporteur, or registered by the meeting on its last day, or by the secretariat long ago."""
    held = meetings.get(item.meeting)
    if item.is_proposal:
        return actions.propose(_rapporteur(act), _form(act, item))
    then = Act(act.session, act.actor, _at(act, held, item.week))
    row = actions.enter(then, _form(act, item), held)
    if item.former:
        name = row.acronym
        actions.edit(then, row, EditForm(acronym=item.former))
        actions.edit(then, row, EditForm(acronym=name))
    return row


def _rapporteur(act: Act) -> Act:
    person = by_email(act.session, f"rapporteur@{DOMAIN}")
    assert person is not None, "the cast was loaded before"
    return Act(act.session, actor_for(act.session, person, act.now), act.now)


def _at(act: Act, meeting: Meeting | None, week: int) -> datetime:
    """Noon of the last day of the meeting, or of so many weeks from now; never ahead."""
    today = geneva_day(act.now)
    day = meeting.ends_on if meeting else today + timedelta(weeks=week)
    return min(act.now, datetime.combine(day, time(12), tzinfo=GENEVA))


def _form(act: Act, item: Item) -> ItemForm:
    told = {name: getattr(item, name) for name in (
        "title", "question", "group", "kind", "version", "process", "stage", "priority", "summary", "scope", "relations",
        "text", "origin",
    )}  # fmt: skip
    return ItemForm(
        **told,
        acronym=item.name,
        version_part=item.part,
        timing=_quarter(geneva_day(act.now), item.quarters),
        liaison_to=list(item.liaison),
        editors=[EditorForm(person=item.editor_email)],
        supporters=[SupportForm(name=name) for name in item.supporters],
        accept=True,
    )


def _quarter(today: date, ahead: int) -> str:
    """The quarter so many after that of today: `2027-Q2`."""
    n = today.year * 4 + (today.month - 1) // 3 + ahead
    return f"{n // 4}-Q{n % 4 + 1}"


def _finish(act: Act, item: Item, row: WorkItem, meetings: Mapping[str, Meeting]) -> None:
    """Its papers, for what it waits, and how it ended."""
    for words in item.papers:
        for document in _papers(act, words):
            role = PaperRole.CONTRIBUTION if document.kind == DocumentKind.CONTRIBUTION else PaperRole.OTHER
            actions.attach(act, row, document, role, because="title")
    waited = find(act, item.waits) if item.waits else None
    if waited is not None:
        actions.depend(act, row, waited)
    if item.ended:
        actions.discontinue(act, row, meetings.get("sg15-before"), item.ended)
    into = find(act, item.into) if item.into else None
    if into is not None:
        actions.merge(act, row, into, meetings.get("sg15-before"))


def _papers(act: Act, words: str) -> list[Document]:
    found = select(Document).where(
        col(Document.title).contains(words, autoescape=True), Document.status == Status.POSTED
    )
    return list(act.session.exec(found.order_by(col(Document.id))))
