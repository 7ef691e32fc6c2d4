"""Documents come to work items by their titles, and to the right agenda item by the work item."""

from collections.abc import Callable

from sqlmodel import select

from sgdocs.documents.allocations import reasons_of
from sgdocs.documents.models import Allocation, Document, DocumentPointer
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.meetings.models import AgendaItem
from sgdocs.work_programme.actions.finding import find_papers
from sgdocs.work_programme.models import ItemPaper, WorkItem
from sgdocs.work_programme.naming import keep_names
from sgdocs.work_programme.queries import names_of_active
from tests.cast import Cast
from tests.documents.papers import paper
from tests.make import Make
from tests.proceedings.places import filled, study_group_meeting
from tests.work_programme.base_item import item_row


def rows(make: Make) -> list[tuple[str, str, str, bool]]:
    """Document, role, sign, by hand."""
    held = select(Document.name, ItemPaper).join(Document).order_by(Document.number, ItemPaper.id)  # type: ignore[arg-type]
    return [(name, row.role, row.because, row.by_hand) for name, row in make.session.exec(held)]


def look(make: Make, cast: Cast, document: Document) -> int:
    return find_papers(cast.tsb.act, document, names_of_active(make.session))


def test_title_brings_a_document_to_its_item(make: Make, cast: Cast) -> None:
    item_row(make, cast.sg13, question=cast.q2)
    document = paper(make, 1, title="Delay in y.slice")

    assert (look(make, cast, document), look(make, cast, document)) == (1, 0)
    assert rows(make) == [("T25-SG13-C1", "contribution", "title", False)]
    assert [(row.words, row.group_id) for row in make.session.exec(select(DocumentPointer))] == [
        ("Y.slice", cast.q2.id)
    ]
    told = make.session.exec(select(Entry).where(Entry.verb == "work.paper-added")).one()
    assert (told.audience, told.facts["paper"]["document"]) == ("T/SG13", "T25-SG13-C1")


def test_other_groups_and_ended_items_are_not_meant(make: Make, cast: Cast) -> None:
    item_row(make, cast.sg15)
    item_row(make, cast.sg13, "Y.gone", number=4712, status="deleted")

    assert look(make, cast, paper(make, 1, title="Y.slice and Y.gone")) == 0


def test_paper_of_a_question_belongs_to_items_of_its_study_group(make: Make, cast: Cast) -> None:
    item_row(make, cast.sg13, question=cast.q2)

    assert look(make, cast, paper(make, 1, group="T/SG13/T25/Q2", title="On Y.slice")) == 1


def test_what_a_person_said_stays(make: Make, cast: Cast) -> None:
    one = item_row(make, cast.sg13, question=cast.q2)
    two = item_row(make, cast.sg13, "Y.other", number=4712)
    document = paper(make, 1, title="On Y.slice and Y.other")
    make.add(ItemPaper(work_item_id=one.id or 0, document_id=document.id or 0, role="output", by_hand=True, added_at=make.act.now))  # fmt: skip
    make.add(ItemPaper(work_item_id=two.id or 0, document_id=document.id or 0, because="title", added_at=make.act.now, removed_at=make.act.now))  # fmt: skip

    assert look(make, cast, document) == 0
    assert [role for _, role, _, _ in rows(make)] == ["output", "contribution"]
    assert [row.words for row in make.session.exec(select(DocumentPointer))] == ["Y.slice"]


def test_title_that_changed_takes_the_sign_away(make: Make, cast: Cast) -> None:
    item_row(make, cast.sg13, question=cast.q2)
    item_row(make, cast.sg13, "Y.other", number=4712)
    document = paper(make, 1, title="On Y.slice")
    look(make, cast, document)

    document.title = "On Y.other"
    look(make, cast, document)

    assert [row.words for row in make.session.exec(select(DocumentPointer))] == ["Y.other"]
    assert len(rows(make)) == 1


def placed(make: Make) -> list[tuple[int, list[str]]]:
    """Group of the primary item, and the sentences that led there."""
    found = select(AgendaItem.group_id, Allocation).join(AgendaItem).where(Allocation.is_primary)
    return [(group_id, [words for _, words in reasons_of(row)]) for group_id, row in make.session.exec(found)]


def test_worker_allots_by_the_work_item_and_follows_its_moves(make: Make, cast: Cast, work: Callable[[], None]) -> None:
    meeting = study_group_meeting(cast)
    q3 = make.group("T/SG13/T25/Q3")
    for group in (cast.q2, q3):
        filled(cast, meeting, group)
    item = item_row(make, cast.sg13, question=cast.q2)
    paper(make, 1, meeting=meeting.code, title="Delay of Y.slice")
    make.session.commit()
    work()
    make.session.expire_all()
    assert [(group, words[0]) for group, words in placed(make)] == [(cast.q2.id, "Y.slice")]

    item.question_id = q3.id
    make.add(item)
    record(make.act, "work.moved", item, group_id=item.group_id)
    make.session.commit()
    work()
    make.session.expire_all()
    assert [(group, words[0]) for group, words in placed(make)] == [(q3.id, "Y.slice")]


def test_item_finds_the_papers_that_came_before_it(make: Make, cast: Cast, work: Callable[[], None]) -> None:
    paper(make, 1, title="Delay of M.[IMT.TAG]")
    item = item_row(make, cast.sg13, "M.[IMT.TAG]")
    record(make.act, "work.registered", item, group_id=item.group_id)
    make.session.commit()

    work()
    make.session.expire_all()

    assert [name for name, *_ in rows(make)] == ["T25-SG13-C1"]


def test_former_name_is_a_sign_too(make: Make, cast: Cast) -> None:
    item: WorkItem = item_row(make, cast.sg13, former_names=["TR.old-slice"])
    keep_names(make.session, item)

    assert look(make, cast, paper(make, 1, title="Text for TR.old-slice")) == 1
