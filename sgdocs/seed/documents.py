"""Documents of the demonstration, submitted by its people on the days before the meetings. Loading again changes nothing."""

import io
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import GENEVA
from sgdocs.documents import actions
from sgdocs.documents.actions.texts import keep_text
from sgdocs.documents.models import Document, File
from sgdocs.documents.preflight.facts import study_group_of
from sgdocs.documents.rules import DocumentKind
from sgdocs.documents.schemas import ContactForm, RevisionForm, SubmissionForm, Upload
from sgdocs.documents.stamping import days
from sgdocs.groups import queries as groups
from sgdocs.groups.queries import actor_for
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation, Person
from sgdocs.people.queries import by_email
from sgdocs.seed.cast import DOMAIN
from sgdocs.seed.papers import PAPERS, Paper, Sections, written
from sgdocs.storage.store import BlobStore
from sgdocs.text.blank import Blank
from sgdocs.text.formats import MEDIA
from sgdocs.text.model import Contact, Reading, Unit


def load(act: Act, blobs: BlobStore, meetings: Mapping[str, Meeting]) -> int:
    """Submit the documents when there are none. meetings: by their key in the plan. Returns how many."""
    if act.session.exec(select(Document.id)).first() is not None:
        return 0
    came = [(meetings[paper.meeting], paper) for paper in PAPERS if paper.meeting in meetings]
    for meeting, paper in came:
        submit(act, blobs, meeting, paper)
    return len(came)


def submit(act: Act, blobs: BlobStore, meeting: Meeting, paper: Paper) -> Document:
    """The paper, submitted by its author on its day; revised or withdrawn when it says so."""
    author = by_email(act.session, f"{paper.author}@{DOMAIN}")
    assert author is not None, "the cast was loaded before"
    own = _at(act, author, meeting, paper.days)
    entity = act.session.get(Organisation, author.organisation_id)
    source = paper.source or (entity.name if entity else "")
    form = SubmissionForm(
        kind=paper.kind,
        stream=paper.stream,
        title=paper.title,
        abstract=paper.abstract,
        questions=list(paper.questions),
        sources=[source],
        contacts=[ContactForm(name=author.name, organisation=entity.name if entity else "", email=author.email or "")],
    )
    blank = _blank(own, meeting, paper, source, author)
    document = actions.submit(own, meeting, form, [_upload(blobs, paper, blank, paper.sections)])
    if paper.revised:
        again = _upload(blobs, paper, blank, paper.revised)
        note = RevisionForm(note="Figures of the second campaign")
        actions.revise(_at(act, author, meeting, paper.days - 1), document, note, [again])
    if paper.withdrawn:
        actions.withdraw(_at(act, author, meeting, paper.days - 1), document, paper.withdrawn)
    return document


def another(act: Act, blobs: BlobStore, document: Document, number: int) -> Upload:
    """A further revision of the document: its last file with a line that says so."""
    from docx import Document as Paperwork  # late: only the first loading writes documents

    newest = select(File).where(File.document_id == document.id).order_by(col(File.id).desc())
    file = act.session.exec(newest.limit(1)).one()
    with blobs.open(file.sha256) as stream:
        paper = Paperwork(io.BytesIO(stream.read()))
    paper.add_paragraph(f"This is revision {number}.")
    out = io.BytesIO()
    paper.save(out)
    return Upload(blobs.put(io.BytesIO(out.getvalue())), file.given_name, MEDIA["docx"], "docx", language="en")


def keep(act: Act, document: Document, sections: Sections) -> None:
    """Keep the text now, as it was written, so that one can go on with it at once; nobody has read its files yet."""
    house = Act(act.session, Actor.clock(), act.now)
    units = tuple(Unit(str(n), title, "\n".join(told), 1, f"c-{n}") for n, (title, told) in enumerate(sections, 1))
    for file in act.session.exec(select(File).where(col(File.document_id) == document.id)):
        keep_text(house, file, Reading("docx", file.media_type, units=units, language="en"))


def _at(act: Act, person: Person, meeting: Meeting, days_before: int) -> Act:
    """The person, at noon so many days before the meeting, or now when that lies ahead."""
    noon = datetime.combine(meeting.starts_on - timedelta(days=days_before), time(12), tzinfo=GENEVA)
    at = min(act.now, noon)
    return Act(act.session, actor_for(act.session, person, at), at)


def _blank(act: Act, meeting: Meeting, paper: Paper, source: str, author: Person) -> Blank:
    place = "E-meeting" if meeting.format == "virtual" else meeting.place
    group = study_group_of(act, groups.by_id(act.session, meeting.group_id))
    return Blank(
        kind="CONTRIBUTION" if paper.kind is DocumentKind.CONTRIBUTION else "TD",
        group=f"STUDY GROUP {group.code.removeprefix('SG')}",
        period="2025-2028",
        questions=", ".join(paper.questions),
        place_date=f"{place}, {days(meeting.starts_on, meeting.ends_on)}",
        source=source,
        title=paper.title,
        abstract=paper.abstract,
        contact=Contact(author.name, source, "Fictavia", "+999 555 0100", author.email or ""),
        headings=(),
        number=f"{group.code}-Cn" if paper.kind is DocumentKind.CONTRIBUTION else f"{group.code}-TDn",
    )


def _upload(blobs: BlobStore, paper: Paper, blank: Blank, sections: Sections) -> Upload:
    blob = blobs.put(io.BytesIO(written(blank, sections)))
    return Upload(blob, f"{paper.title[:40]}.docx", MEDIA["docx"], "docx", language="en")
