"""A work item of the demonstration whose text is being changed: a base text, contributions that overlap, what the meeting
accepted, and a draft that left something out. Loading again changes nothing."""

from collections.abc import Mapping

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.documents.rules import DocumentKind
from sgdocs.groups.queries import actor_for
from sgdocs.meetings.models import Meeting
from sgdocs.people.queries import by_email
from sgdocs.seed.cast import DOMAIN
from sgdocs.seed.documents import keep, submit
from sgdocs.seed.papers import Paper, Sections
from sgdocs.storage.store import BlobStore
from sgdocs.work_programme import actions
from sgdocs.work_programme.actions import changes
from sgdocs.work_programme.base_texts import requests_of
from sgdocs.work_programme.change_schemas import ChangeForm
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import ItemProcess, PaperRole
from sgdocs.work_programme.schemas import EditorForm, ItemForm, SupportForm

NAME = "G.pon-loss"
LOSS = "The optical path loss of an access line is the loss between the line terminal and the network unit."
CLASSES = "The classes in use are those of Table 1; the highest loss is 32 dB."
TEMPERATURE = "Temperature changes the loss of a splice by less than 0.05 dB and is left out of the budget."
METHOD = "The loss is measured at 1310 nm and at 1625 nm."
REPORTED = "The greater of the two values is reported."
BASE: Sections = (
    ("Scope", ("This draft gives classes of optical path loss for passive optical networks.", "It does not change the classes of existing Recommendations.")),
    ("Optical path loss", (LOSS, CLASSES, TEMPERATURE)),
    ("Measurement", (METHOD, REPORTED)),
    ("Safety", ("Safety follows Recommendation ITU-T G.664.",)),
)  # fmt: skip
HIGHER = CLASSES.replace("32 dB", "35 dB")
CHANGED: tuple[Paper, ...] = (
    Paper(
        "sg15-now", "delegate-member", f"Proposed changes to {NAME}: a class of 35 dB",
        "The highest class is raised to 35 dB.",
        (("Introduction", ("Measurements on 1,200 lines show the need.",)), ("Optical path loss", (LOSS, HIGHER, TEMPERATURE))),
        days=18,
    ),
    Paper(
        "sg15-now", "delegate-state", f"Proposed changes to {NAME}: a class of 34 dB and the temperature",
        "The highest class is raised to 34 dB; temperature stays in the budget.",
        (("Optical path loss", (LOSS, CLASSES.replace("32 dB", "34 dB"), TEMPERATURE.replace("is left out of", "is part of"))),),
        days=17,
    ),
    Paper(
        "sg15-now", "associate-rapporteur", f"Proposed changes to {NAME}: measurement at three wavelengths",
        "A third wavelength finds wet splitters.",
        (("Measurement", (METHOD.replace("1310 nm and at 1625 nm", "1310 nm, 1550 nm and 1625 nm"), REPORTED, "Wet splitters are named in the report.")),),
        days=17,
    ),
)  # fmt: skip
DRAFT: Sections = (
    BASE[0],
    ("Optical path loss", (LOSS, HIGHER, TEMPERATURE)),
    ("Measurement", (METHOD, "The mean of the two values is reported.")),
    BASE[3],
)


def load(act: Act, blobs: BlobStore, meetings: Mapping[str, Meeting]) -> WorkItem | None:
    """The item with all its papers, unless it is there, or its meetings are of an earlier loading. meetings: by their key in the plan."""
    if not {"sg15-now", "sg15-before"} <= set(meetings):
        return None
    if act.session.exec(select(WorkItem.id).where(WorkItem.acronym == NAME)).first() is not None:
        return None
    now, before = meetings["sg15-now"], meetings["sg15-before"]
    item = actions.enter(act, _form(), before)
    base = submit(act, blobs, now, _output("Base text after the last meeting", BASE, days=20))
    brought = [submit(act, blobs, now, paper) for paper in CHANGED]
    draft = submit(act, blobs, now, _output("Output text of the meeting", DRAFT, days=0))
    written = (BASE, *(paper.sections for paper in CHANGED), DRAFT)
    for paper, sections in zip((base, *brought, draft), written, strict=True):
        keep(act, paper, sections)
    actions.set_base(act, item, base, meeting=before, on=base.posted_at.date() if base.posted_at else None)
    for paper in brought:
        actions.attach(act, item, paper, PaperRole.CONTRIBUTION, because="title")
    actions.attach(act, item, draft, PaperRole.OUTPUT, because="title")
    _accept(act, item, now, brought)
    return item


def _form() -> ItemForm:
    return ItemForm(
        group="T/SG15",
        question="Q2/15",
        acronym=NAME,
        title="Classes of optical path loss for passive optical networks",
        process=ItemProcess.AAP,
        timing="2027-Q2",
        scope="Classes of optical path loss above those in use, with their test conditions.",
        summary="This draft adds classes of optical path loss for long access lines.",
        relations="Recommendations ITU-T G.664, G.698.2 and G.709.",
        editors=[EditorForm(person=f"editor@{DOMAIN}")],
        supporters=[SupportForm(name="Imaginary Networks Ltd"), SupportForm(name="University of Nowhere")],
        accept=True,
    )


def _output(title: str, sections: Sections, *, days: int) -> Paper:
    return Paper(
        "sg15-now", "rapporteur", f"{title}: draft new Recommendation ITU-T {NAME}", "The text as it stands.", sections,
        kind=DocumentKind.TEMPORARY, stream="WP1", source="Rapporteur Q2/15", days=days,
    )  # fmt: skip


def _accept(act: Act, item: WorkItem, meeting: Meeting, brought: list[Document]) -> None:
    """The rapporteur enters the class of 35 dB and what was said of wet splitters."""
    rapporteur = by_email(act.session, f"rapporteur@{DOMAIN}")
    assert rapporteur is not None, "the cast was loaded before"
    own = Act(act.session, actor_for(act.session, rapporteur, act.now), act.now)
    for document, wanted in ((brought[0], "35 dB"), (brought[2], "Wet splitters")):
        _, edits = requests_of(own, item, document)
        for edit in edits:
            if wanted in edit.after:
                form = ChangeForm(
                    document=document.name,
                    clause=edit.clause,
                    before=edit.before,
                    after=edit.after,
                    meeting=meeting.code,
                )
                changes.accept(own, item, form)
