"""A draft new Recommendation of ITU-R in the demonstration: its study group seeks adoption and approval at once (PSAA),
and Member States may object now. An invented text under an invented number."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sgdocs.approval.models import Process
from sgdocs.approval.schemas import StepForm
from sgdocs.base.act import Act
from sgdocs.documents.actions.corrections import correct
from sgdocs.documents.models import Document
from sgdocs.meetings.actions import agenda
from sgdocs.meetings.agenda import agenda_of
from sgdocs.meetings.agenda_rules import ItemKind
from sgdocs.meetings.agenda_templates import Template
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import group_of
from sgdocs.proceedings.actions import texts
from sgdocs.seed.cast import DOMAIN
from sgdocs.seed.documents import keep, submit
from sgdocs.seed.papers import Paper
from sgdocs.storage.store import BlobStore
from sgdocs.work_programme import actions as work
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.queries import find
from sgdocs.work_programme.rules import ItemProcess
from sgdocs.work_programme.schemas import EditorForm, ItemForm

MEETING = "rsg5-before"
NAME, NUMBER, TITLE = "M.[IMT.RURAL]", "M.9901", "Characteristics of IMT systems in rural areas"
ABSTRACT = "Characteristics of base stations that stand far apart, for sharing and compatibility studies."
PAPER = Paper(
    MEETING,
    "br",
    f"Draft new Recommendation ITU-R {NAME}: {TITLE}",
    ABSTRACT,
    (
        ("Scope", (ABSTRACT,)),
        ("Characteristics", ("The height of an antenna is 45 m.", "Cells have a radius of 12 km.")),
    ),
    questions=("229/5",),
    source="Working Party 5D",
    days=35,
)


def tell(
    act: Act, blobs: BlobStore, meeting: Meeting, at: Callable[[str, datetime], Act], noon: Callable[..., datetime]
) -> list[tuple[datetime, Callable[[datetime], None]]]:
    """The events with their instants: decided at the meeting, the circular a week after it. at: one of the cast then."""
    item = _item(act, blobs, meeting)
    began: list[Process] = []

    def decide(when: datetime) -> None:
        form = StepForm(meeting=meeting.code, identifier=NUMBER)
        began.append(texts.take(at("br", when), item, "decide", "", form, procedure="psaa"))

    def send(when: datetime) -> None:
        texts.take(at("br", when), began[0], "open", began[0].state, StepForm())

    return [
        (noon(meeting.starts_on + timedelta(days=2), 15), decide),
        (noon(meeting.ends_on + timedelta(days=7)), send),
    ]


def _item(act: Act, blobs: BlobStore, meeting: Meeting) -> WorkItem:
    """The work item with its text on the agenda of the study group, and the question on patents asked."""
    group = group_of(act.session, meeting)
    if not agenda_of(act.session, meeting, group).rows:
        agenda.fill(act, meeting, group, Template.RADIO)
    document = submit(act, blobs, meeting, PAPER)
    keep(act, document, PAPER.sections)
    row = find(act, NAME) or work.enter(act, _form(), None)
    work.set_base(act, row, document, meeting=None)
    work.ask_ipr(act, row, meeting, "No statement was made.")
    _list(act, document, meeting)
    return row


def _form() -> ItemForm:
    return ItemForm(
        group="R/SG5",
        question="R/SG5/R23/Q229",
        acronym=NAME,
        title=TITLE,
        process=ItemProcess.ADOPTION,
        stage="dn",
        summary=ABSTRACT,
        scope=ABSTRACT,
        editors=[EditorForm(person=f"wp5d-chair@{DOMAIN}")],
        accept=True,
    )


def _list(act: Act, document: Document, meeting: Meeting) -> None:
    rows = agenda_of(act.session, meeting, group_of(act.session, meeting)).rows
    where = next(row.item for row in rows if row.item.kind == ItemKind.APPROVAL)
    correct(act, meeting, document, where)
