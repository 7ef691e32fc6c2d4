"""Which files go out, to whom, and where they stand."""

from sqlmodel import select

from sgdocs.documents import packing
from sgdocs.documents.models import Allocation, Version
from sgdocs.meetings.models import AgendaItem
from tests.cast import QUESTION, Cast
from tests.disk.papers import Papers


def paths(files: list[packing.Packed]) -> list[str]:
    return [each.path for each in files]


def test_files_of_a_meeting_stand_by_kind_and_stream(papers: Papers, cast: Cast) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1, stamped=b"with number")
    papers.document(meeting, 2, stream="GEN", kind="temporary-document")

    files = packing.of_meeting(cast.delegate_member.act, meeting)

    assert paths(files) == ["C/T25-SG13-C1-E.docx", "TD-GEN/T25-SG13-TD2-GEN-E.docx"]


def test_stamped_copy_is_what_goes_out(papers: Papers, cast: Cast) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1, text=b"original", stamped=b"with number")

    [file] = packing.of_meeting(cast.delegate_member.act, meeting)

    with papers.blobs.open(file.sha256) as content:
        assert content.read() == b"with number"
    with papers.blobs.open(file.original_sha256) as content:
        assert content.read() == b"original"
    assert file.size_bytes == len(b"with number")


def test_revision_overtakes_but_does_not_move_the_original(papers: Papers, cast: Cast) -> None:
    meeting = papers.meeting()
    document = papers.document(meeting, 1)
    for part in ("R1", "R2", "A1", "C1"):
        papers.version(document, part, text=part.encode())
    papers.version(document, "R3", text=b"waits for the scanner", status="quarantine")
    document.revision = 2

    files = packing.of_meeting(cast.delegate_member.act, meeting)

    assert {file.part: file.is_current for file in files} == {
        "": False, "R1": False, "R2": True, "A1": True, "C1": True,
    }  # fmt: skip
    assert [file.part for file in packing.current(files)] == ["R2", "A1", "C1"]
    assert "C/T25-SG13-C1-E.docx" in paths(files)


def test_only_what_the_reader_may_read(papers: Papers, cast: Cast) -> None:
    cast.summon("delegate_member", "outsider", "tsb")
    meeting = papers.meeting()
    papers.document(meeting, 1)
    papers.document(meeting, 2, audience="public")
    papers.document(meeting, 3, audience="secretariat")
    papers.document(meeting, 4, audience=f"org:{cast.delegate_member.person.organisation_id}")

    seen = {
        name: [f.document[-2:] for f in packing.of_meeting(getattr(cast, name).act, meeting)]
        for name in ("tsb", "delegate_member", "outsider")
    }

    assert seen == {"tsb": ["C1", "C2", "C3"], "delegate_member": ["C1", "C2", "C4"], "outsider": ["C2"]}


def test_only_what_is_posted(papers: Papers, cast: Cast) -> None:
    meeting = papers.meeting()
    for number, status in enumerate(("reserved", "held", "quarantine", "refused", "expired", "withdrawn"), 1):
        papers.document(meeting, number, status=status)
    papers.document(meeting, 8, deleted_at=papers.now)

    assert packing.of_meeting(cast.tsb.act, meeting) == []
    assert [w.document for w in packing.withdrawn_of(cast.tsb.act, meeting)] == ["T25-SG13-C6"]


def test_withdrawn_ones_are_told_to_their_readers_only(papers: Papers, cast: Cast) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1, status="withdrawn", withdrawn_reason="Merged into C2")

    told = packing.withdrawn_of(cast.delegate_member.act, meeting)

    assert [(w.label, w.reason) for w in told] == [("T25-SG13-C1", "Merged into C2")]
    assert packing.withdrawn_of(cast.outsider.act, meeting) == []


def test_files_of_an_agenda_item_with_those_of_another_meeting(papers: Papers, cast: Cast) -> None:
    meeting, other = papers.meeting(), papers.meeting("T25-SG13-250101")
    item = papers.make.add(AgendaItem(meeting_id=meeting.id, group_id=meeting.group_id, position=1, title="Papers"))
    for number, where in ((1, meeting), (2, meeting), (3, other)):
        document = papers.document(where, number, name=f"T25-SG13-C{number}")
        if number != 2:
            row = Allocation(
                document_id=document.id, meeting_id=meeting.id, agenda_item_id=item.id, allotted_at=papers.now
            )
            papers.make.add(row)

    files = packing.of_item(cast.delegate_member.act, meeting, item)

    assert paths(files) == ["T25-SG13-260706/C/T25-SG13-C1-E.docx", "T25-SG13-250101/C/T25-SG13-C3-E.docx"]


def test_documents_of_a_list_stand_under_their_meetings(papers: Papers, cast: Cast) -> None:
    cast.summon("outsider")
    meeting = papers.meeting()
    ids = [papers.document(meeting, n, audience="public" if n == 1 else "T/SG13").id or 0 for n in (1, 2)]

    assert paths(packing.of_documents(cast.delegate_member.act, ids)) == [
        "T25-SG13-260706/C/T25-SG13-C1-E.docx",
        "T25-SG13-260706/C/T25-SG13-C2-E.docx",
    ]
    assert len(packing.of_documents(cast.outsider.act, ids)) == 1


def test_questions_are_named_as_people_write_them(papers: Papers, cast: Cast) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1, questions=(papers.make.group(QUESTION),))
    papers.document(meeting, 2)

    assert [f.questions for f in packing.of_meeting(cast.tsb.act, meeting)] == [("Q2/13",), ()]


def test_several_files_of_a_version_have_places_of_their_own(papers: Papers, cast: Cast) -> None:
    meeting = papers.meeting()
    document = papers.document(meeting, 1)
    version = papers.make.session.exec(select(Version).where(Version.document_id == document.id)).one()
    papers.file(version, "T25-SG13-C1-F.docx", b"en francais")

    assert len(set(paths(packing.of_meeting(cast.delegate_member.act, meeting)))) == 2


def test_meetings_with_files_are_those_one_can_read_from(papers: Papers, cast: Cast) -> None:
    cast.summon("outsider")
    open_one, closed = papers.meeting(), papers.meeting("T25-SG13-250101")
    papers.meeting("T25-SG13-240101")
    papers.document(open_one, 1, audience="public")
    papers.document(closed, 2)

    assert [m.code for m in packing.meetings_with_files(cast.outsider.act)] == ["T25-SG13-260706"]
    assert [m.code for m in packing.meetings_with_files(cast.delegate_member.act)] == [
        "T25-SG13-250101",
        "T25-SG13-260706",
    ]
