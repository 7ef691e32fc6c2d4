"""Papers: what stands in them, filed once in their series, stamped with the number, whoever posts them."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from sqlmodel import col, select

from sgdocs.approval.actions import comments, papers
from sgdocs.approval.comment_schemas import CommentForm, DisposalForm
from sgdocs.approval.models import Announcement, AnnouncementLine, Obligation, Process
from sgdocs.approval.papers.skeletons import SKELETONS
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Conflict, NotAllowed, NotFound
from sgdocs.documents.models import Document, File
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting
from sgdocs.storage.local import LocalStore
from sgdocs.text import reading
from sgdocs.text.model import Stamp
from sgdocs.text.stamp import stamped
from tests.approval.windows import process, window
from tests.cast import Cast
from tests.make import Make
from tests.proceedings.places import study_group_meeting


@pytest.fixture
def blobs(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "blobs")


def put(blobs: LocalStore) -> papers.Put:
    return lambda data: blobs.put(io.BytesIO(data))


def announced(make: Make, kind: str, *processes: Process, on: date = date(2026, 3, 1), **facts: Any) -> Announcement:
    row = make.add(
        Announcement(
            sector=processes[0].sector if processes else "T",
            kind=kind,
            number=facts.pop("number", 1),
            happened_on=on,
            title=kind,
            published_at=make.act.now,
            **facts,
        )
    )
    for each in processes:
        line = AnnouncementLine(announcement_id=row.id, process_id=each.id or 0, code="LC")
        line.opens_on, line.closes_on = on, each.closes_on
        make.add(line)
    return row  # type: ignore[no-any-return]


def words(blobs: LocalStore, make: Make, document: Document) -> str:
    """All text of its file."""
    (held,) = make.session.exec(select(File).where(File.document_id == document.id))
    with blobs.open(held.sha256) as stream:
        word = Word(io.BytesIO(stream.read()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in word.paragraphs] + cells)


@pytest.fixture
def text(cast: Cast) -> Process:
    cast.summon("tsb", "chair", "rapporteur", "delegate_member", "delegate_state")
    row = process(cast, summary="About slices.")
    window(cast, row)
    return row


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return study_group_meeting(cast, starts_on=date(2026, 7, 6), ends_on=date(2026, 7, 17))


def test_announcement_is_filed_in_its_series_with_every_text(
    cast: Cast, text: Process, make: Make, blobs: LocalStore
) -> None:
    other = process(cast, number="aap/2026-002", name="Y.other", identifier="", group_id=cast.sg15.id, question_id=None)
    document = papers.post(cast.tsb.act, announced(make, "aap", text, other), put(blobs))

    assert (document.name, document.label, document.audience) == ("T-AAP1", "AAP-1", "public")
    told = words(blobs, make, document)
    for part in (
        "AAP announcement No. 1, 1 March 2026",
        "Y.3199 (ex Y.slice)",
        "2026-03-15",
        "About slices.",
        "Y.other",
    ):
        assert part in told
    assert told.index("ITU-T SG13") < told.index("ITU-T SG15")


def test_paper_is_posted_once(cast: Cast, text: Process, make: Make, blobs: LocalStore) -> None:
    row = announced(make, "result", text)
    document = papers.post(cast.tsb.act, row, put(blobs))

    with pytest.raises(Conflict) as again:
        papers.post(cast.tsb.act, row, put(blobs))
    assert again.value.rule is papers.POSTED
    assert again.value.facts["document"] == document.label
    with pytest.raises(Conflict) as empty:
        papers.post(cast.tsb.act, announced(make, "result", number=2), put(blobs))
    assert empty.value.rule is papers.EMPTY
    assert document.name == "T25-TSB-Circular1"
    assert (
        make.session.exec(select(Entry).where(Entry.verb == "approval.paper-posted")).one().facts["document"]
        == document.name
    )


def test_paper_is_for_the_secretariat_and_the_clock(cast: Cast, text: Process, make: Make, blobs: LocalStore) -> None:
    row = announced(make, "aap", text)
    for player in (cast.chair, cast.rapporteur, cast.delegate_member, cast.outsider):
        with pytest.raises(NotAllowed):
            papers.post(player.act, row, put(blobs))
    clock = Act(make.session, Actor.clock(), make.act.now)
    assert papers.post(clock, row, put(blobs)).name == "T-AAP1"


def test_clock_posts_what_was_announced_before_today(cast: Cast, text: Process, make: Make, blobs: LocalStore) -> None:
    """On its day more texts may join an announcement."""
    today, before = announced(make, "result", text, on=date(2026, 3, 2)), announced(make, "aap", text)
    announced(make, "deletion")
    clock = Act(make.session, Actor.clock(), make.act.now)

    assert [document.name for document in papers.post_due(clock, put(blobs))] == ["T-AAP1"]
    assert papers.post_due(clock, put(blobs)) == []
    tomorrow = Act(make.session, Actor.clock(), make.act.now + timedelta(days=1))
    assert [document.name for document in papers.post_due(tomorrow, put(blobs))] == ["T25-TSB-Circular1"]
    assert before.document_id is not None
    assert today.document_id is not None


def test_consultation_brings_form_and_collective_letter(
    cast: Cast, meeting: Meeting, make: Make, blobs: LocalStore
) -> None:
    kept = {"tap_share_percent": "65"}
    row = process(cast, "tap", "consultation", decision_meeting_id=meeting.id, rules=kept)
    window(cast, row, "consultation", closes=date(2026, 6, 24))
    owed = make.add(Obligation(process_id=row.id or 0, kind="post-paper", created_at=make.act.now))
    circular = papers.post(cast.tsb.act, announced(make, "tap-consultation", row), put(blobs))

    told = words(blobs, make, circular)
    for part in (
        "Consultation of Member States on one text",
        meeting.code,
        "We abstain",
        "24 June 2026",
        "Dear Sir/Madam",
    ):
        assert part in told
    documents = make.session.exec(select(Document).order_by(col(Document.id))).all()
    assert [row.name for row in documents] == ["T25-TSB-Circular1", "T25-SG13-COL1"]
    assert meeting.code in words(blobs, make, documents[1])
    make.session.refresh(owed)
    assert owed.done_at is not None


def test_radio_papers_are_cace(cast: Cast, make: Make, blobs: LocalStore) -> None:
    row = process(cast, "psaa", "psaa", sector="R", group_id=make.group("R/SG5").id, question_id=None, name="M.1450")
    window(cast, row, "objection")
    document = papers.post(cast.br.act, announced(make, "psaa", row), put(blobs))

    assert (document.name, document.label) == ("R-CACE1", "CACE/1")
    assert "We object to the simultaneous adoption" in words(blobs, make, document)


def test_words_of_the_secretariat_take_the_place_of_the_usual(
    cast: Cast, text: Process, make: Make, blobs: LocalStore
) -> None:
    document = papers.post(cast.tsb.act, announced(make, "result", text, text="As the plenary decided:"), put(blobs))
    told = words(blobs, make, document)
    assert "As the plenary decided:" in told
    assert "has ended with the result" not in told


@pytest.mark.parametrize("kind", SKELETONS)
def test_every_paper_is_read_and_stamped_like_any_document(
    cast: Cast, text: Process, make: Make, blobs: LocalStore, kind: str
) -> None:
    text.title = "=SUM(1) <b>\x0bSlices & more"
    document = papers.post(cast.tsb.act, announced(make, kind, text), put(blobs))
    (held,) = make.session.exec(select(File).where(File.document_id == document.id))
    with blobs.open(held.sha256) as stream:
        data = stream.read()

    read = reading.read(data, "paper.docx")
    assert [problem for problem in read.problems if problem.is_fatal] == []
    assert read.cover.title == document.title
    copy = stamped(data, Stamp(number="TSB Circular 7"))
    assert "number" in copy.written
    assert "{" not in words(blobs, make, document)


def test_list_of_comments_goes_to_the_meeting_that_decides(
    cast: Cast, text: Process, meeting: Meeting, make: Make, blobs: LocalStore
) -> None:
    with pytest.raises(Conflict) as no:
        papers.post_comments(cast.tsb.act, text, put(blobs))
    assert no.value.rule is papers.NO_MEETING
    form = CommentForm.model_validate({"kind": "substantive", "clause": "7", "text": "=Too short"})
    row = comments.comment(cast.delegate_member.act, text, form)
    judged = DisposalForm.model_validate({"disposition": "rejected", "reason": "Measured"})
    comments.dispose(cast.rapporteur.act, text, row, judged)
    text.decision_meeting_id = meeting.id

    document = papers.post_comments(cast.rapporteur.act, text, put(blobs))
    told = words(blobs, make, document)
    assert (document.kind, document.meeting_id) == ("temporary-document", meeting.id)
    for part in ("'=Too short", "Rejected", "Measured", "Imaginary Networks"):
        assert part in told
    with pytest.raises(NotAllowed):
        papers.post_comments(cast.delegate_state.act, text, put(blobs))


def test_reply_form_is_there_where_somebody_is_asked(cast: Cast, text: Process) -> None:
    row = process(cast, "tap", "consultation")
    window(cast, row, "consultation")
    form = Word(io.BytesIO(papers.reply_form(cast.delegate_state.act, row)))

    told = "\n".join(paragraph.text for paragraph in form.paragraphs)
    assert "☐  We authorise the study group" in told
    assert "15 March 2026" in told
    with pytest.raises(NotFound):
        papers.reply_form(cast.delegate_state.act, text)
