"""Reports: composed from records, what people wrote stays, two writers, the Word file, posting, outputs."""

import io
from datetime import date
from threading import Barrier, Thread

import pytest
from docx import Document as WordDocument

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.documents import queries as documents
from sgdocs.documents.actions.allocation import allot
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.proceedings import rules
from sgdocs.proceedings.actions import decisions, dispositions, outputs, reports
from sgdocs.proceedings.composing import Bullets, Grid, Para, blocks_of, span
from sgdocs.proceedings.models import Report
from sgdocs.proceedings.rules import digest_of
from sgdocs.proceedings.schemas import ActionForm, DecisionForm, DispositionForm, WritingForm
from sgdocs.proceedings.skeletons import SKELETONS, Skeleton
from sgdocs.storage.store import Blob
from sgdocs.text.cover import read_cover
from sgdocs.web.pages.reports import putting
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.make import Make
from tests.proceedings.places import brought, everything, filled, rapporteur_meeting, study_group_meeting

HOSTILE = "{{ 7*7 }} {% raw %} <w:p>& “it” ]]> \ufffe\ud7ff"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    row = study_group_meeting(cast)
    filled(cast, row, cast.q2)
    return row


def write(act: Act, meeting: Meeting, cast: Cast, **facts: object) -> Report:
    return reports.write(act, meeting, cast.q2, WritingForm.model_validate({"version": 0, **facts}))


def words(data: bytes) -> str:
    """Every word of a Word file, tables too."""
    word = WordDocument(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def text_of(act: Act, meeting: Meeting, cast: Cast) -> str:
    row = reports.begun(act, meeting, cast.q2)
    return words(reports.file_of(act, meeting, cast.q2, row))


def test_report_is_composed_from_the_records(make: Make, cast: Cast, meeting: Meeting) -> None:
    one = brought(make, meeting, 1, cast.q2, title="Slices of moons")
    two = brought(make, meeting, 2, cast.q2, title="Proposal for a new work item on suns")
    act = cast.rapporteur.act
    allot(cast.tsb.act, meeting)
    make.add(
        Registration(
            meeting_id=meeting.id or 0,
            person_id=cast.delegate_member.person.id or 0,
            organisation_id=cast.company.id,
            status="approved",
            asked_at=act.now,
        )
    )
    make.add(
        Registration(
            meeting_id=meeting.id or 0,
            person_id=cast.delegate_state.person.id or 0,
            status="approved",
            is_listed=False,
            asked_at=act.now,
        )
    )
    dispositions.dispose(
        act,
        meeting,
        cast.q2,
        one,
        DispositionForm(document=one.name, outcome=rules.Outcome.MERGED_INTO, other=two.name),
    )
    decisions.decide(act, meeting, cast.q2, DecisionForm(text="To start work on suns", document=two.name))
    decisions.assign(act, meeting, cast.q2, ActionForm(text="Write clause 6", owner="Editors", due_on=date(2026, 5, 1)))

    told = {
        each.id: each.blocks
        for each in reports.sections_of(act, meeting, cast.q2, reports.begun(act, meeting, cast.q2))
    }

    assert told["ongoing"] == (
        Grid(
            ("Document", "Source", "Title", "Result"),
            (("SG13-C1", "Imaginary Networks", "Slices of moons", "Merged into SG13-C2"),),
        ),
    )
    assert told["new-items"][0].rows[0][0] == "SG13-C2"  # type: ignore[union-attr]
    assert told["decisions"][0].rows == (("1", "Agreed", "To start work on suns", "SG13-C2"),)  # type: ignore[union-attr]
    assert told["work-programme"][0].rows == (("1", "Write clause 6", "Editors", "2026-05-01", "open"),)  # type: ignore[union-attr]
    assert told["annex-participants"][0].rows == (("Selim Courier", "Imaginary Networks", "Delegate"),)  # type: ignore[union-attr]
    assert told["introduction"][0] == Para(
        "Q2/13 met during “Meeting of ITU-T SG13” (T25-SG13-260302) in Geneva, 2-13 March 2026."
    )


def test_report_names_no_document_that_not_all_its_readers_read(make: Make, cast: Cast, meeting: Meeting) -> None:
    narrow = brought(make, meeting, 77, cast.q2, title="A secret of few", audience="secretariat")
    decisions.decide(cast.tsb.act, meeting, cast.q2, DecisionForm(text="To wait", document=narrow.name))

    told = text_of(cast.tsb.act, meeting, cast)

    assert "To wait" in told
    assert "C77" not in told


def test_composing_again_loses_nothing_that_was_written(make: Make, cast: Cast, meeting: Meeting) -> None:
    act = cast.rapporteur.act
    texts = {each.id: f"Written in {each.id}." for each in SKELETONS[Skeleton.QUESTION]}
    write(act, meeting, cast, sections=texts)
    before = text_of(act, meeting, cast)

    brought(make, meeting, 1, cast.q2, title="A late one")
    allot(cast.tsb.act, meeting)
    after = text_of(act, meeting, cast)

    assert ("A late one" in before, "A late one" in after) == (False, True)
    assert [text for text in texts.values() if text not in after] == []


def test_section_that_the_skeleton_has_no_more_is_kept(make: Make, cast: Cast, meeting: Meeting) -> None:
    act = cast.rapporteur.act
    row = write(act, meeting, cast, sections={"summary": "Short"})
    row.written = {**row.written, "lunch": "Was good"}
    make.session.flush()

    assert "Was good" in text_of(act, meeting, cast)
    assert (
        "Was good"
        in reports.write(
            act, meeting, cast.q2, WritingForm(sections={"lunch": "Was good"}, version=row.version)
        ).written["lunch"]
    )


def test_two_who_write_in_one_section_both_keep_their_text(cast: Cast, meeting: Meeting) -> None:
    mine, theirs = cast.rapporteur.act, cast.chair.act
    seen = digest_of("")
    write(mine, meeting, cast, sections={"summary": "Mine"}, seen={"summary": seen})

    with pytest.raises(Conflict) as refused:
        write(theirs, meeting, cast, sections={"summary": "Theirs"}, seen={"summary": seen})
    assert (refused.value.rule, refused.value.facts["sections"]) == (rules.REPORT_CHANGED, "summary")

    row = write(theirs, meeting, cast, sections={"ipr": "None"}, seen={"ipr": seen})
    assert row.written == {"summary": "Mine", "ipr": "None"}
    again = write(theirs, meeting, cast, sections={"summary": "Both"}, seen={"summary": digest_of("Mine")})
    assert again.written["summary"] == "Both"
    current = write(theirs, meeting, cast, sections={"summary": "By version"}, version=again.version)
    assert current.written["summary"] == "By version"


def test_unknown_section_is_refused(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(Invalid) as refused:
        write(cast.rapporteur.act, meeting, cast, sections={"lunch": "Good"})
    assert refused.value.rule is rules.NO_SECTION


def test_many_who_write_at_once_in_their_sections_lose_nothing(
    make: Make, cast: Cast, meeting: Meeting, database: Database
) -> None:
    sections = [each.id for each in SKELETONS[Skeleton.QUESTION]][:6]
    actor, group, id = cast.rapporteur.actor, cast.q2, meeting.id
    make.session.commit()
    gate, failed = Barrier(len(sections)), []

    def one(section: str) -> None:
        try:
            gate.wait()
            with database.writing() as session:
                act = Act(session, actor, make.act.now)
                form = WritingForm(sections={section: section}, version=0, seen={section: digest_of("")})
                reports.write(act, session.get_one(Meeting, id), group, form)
        except Exception as error:  # told below
            failed.append(error)

    threads = [Thread(target=one, args=(section,)) for section in sections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    (row,) = everything(make, Report)
    assert row.written == {section: section for section in sections}


def test_hostile_words_come_out_as_text(make: Make, cast: Cast, meeting: Meeting) -> None:
    brought(make, meeting, 1, cast.q2, title=HOSTILE, source="<b>{{ config }}</b>")
    act = cast.rapporteur.act
    allot(cast.tsb.act, meeting)
    write(act, meeting, cast, sections={"summary": HOSTILE}, title="{{ 1+1 }} <report> & more")

    told = text_of(act, meeting, cast)

    for each in ("{{ 7*7 }} {% raw %} <w:p>& “it” ]]>", "<b>{{ config }}</b>", "{{ 1+1 }} <report> & more"):
        assert each in told
    assert "49" not in told


def test_report_leaves_out_documents_for_fewer_readers(make: Make, cast: Cast, meeting: Meeting) -> None:
    brought(make, meeting, 1, cast.q2, title="For all members")
    brought(make, meeting, 2, cast.q2, title="For the office", audience="secretariat")
    brought(make, meeting, 3, cast.q2, title="For everybody", audience="public")
    allot(cast.tsb.act, meeting)

    told = text_of(cast.tsb.act, meeting, cast)

    assert ["For all members" in told, "For everybody" in told, "For the office" in told] == [True, True, False]


def test_report_is_for_readers_of_the_papers_and_written_by_who_leads(cast: Cast, meeting: Meeting) -> None:
    assert text_of(cast.delegate_member.act, meeting, cast)
    with pytest.raises(NotAllowed):
        write(cast.delegate_member.act, meeting, cast, sections={"summary": "Mine"})
    with pytest.raises(NotFound):
        text_of(cast.outsider.act, meeting, cast)


def test_summaries_of_questions_stand_in_the_report_above(cast: Cast, meeting: Meeting) -> None:
    write(cast.rapporteur.act, meeting, cast, sections={"summary": "Q2/13 did well.\n\n- slices\n- moons"})
    row = reports.begun(cast.wp_chair.act, meeting, cast.wp1)

    told = {each.id: each.blocks for each in reports.sections_of(cast.wp_chair.act, meeting, cast.wp1, row)}

    assert told["questions"] == (Para("Q2/13"), Para("Q2/13 did well."), Bullets(("slices", "moons")))


def test_posting_files_a_td_and_again_a_revision(cast: Cast, meeting: Meeting, services: Services) -> None:
    act, put = cast.rapporteur.act, putting(services.blobs)

    document = reports.post(act, meeting, cast.q2, put)
    assert (document.kind, document.stream, document.title) == ("temporary-document", "WP1", "Report of Q2/13")
    assert [g.label for g in documents.questions_of(act.session, document)] == ["Q2/13"]
    write(act, meeting, cast, sections={"summary": "New words"})
    again = reports.post(act, meeting, cast.q2, put)

    assert (again.id, again.revision) == (document.id, 1)
    (file,) = documents.current_files(act, document)
    with services.blobs.open(file.sha256) as stream:
        assert "New words" in words(stream.read())


def test_posting_is_for_who_leads(cast: Cast, meeting: Meeting) -> None:
    def put(data: bytes) -> Blob:
        raise AssertionError("nothing is kept for somebody who may not")

    with pytest.raises(NotAllowed):
        reports.post(cast.delegate_member.act, meeting, cast.q2, put)


def test_cover_of_a_report_is_read_back(cast: Cast, meeting: Meeting) -> None:
    act = cast.rapporteur.act
    data = reports.file_of(act, meeting, cast.q2, reports.begun(act, meeting, cast.q2))

    found, _ = read_cover(data, "report.docx")

    assert (found.title, found.source) == ("Report of Q2/13", "Rapporteur Q2/13")
    assert list(found.questions) == ["2/13"]
    assert found.place_date == "Geneva, 2-13 March 2026"


def test_output_goes_to_the_meeting_above_once(make: Make, cast: Cast, services: Services) -> None:
    above = study_group_meeting(cast, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 12))
    rgm = rapporteur_meeting(cast, parent=above.code)
    act = cast.rapporteur.act
    report = reports.post(act, rgm, cast.q2, putting(services.blobs))
    assert report.kind == "rapporteur-group-document"

    moved = outputs.move_output(act, rgm, report)

    assert (moved.meeting_id, moved.kind, moved.stream, moved.title) == (
        above.id,
        "temporary-document",
        "WP1",
        report.title,
    )
    originals = [documents.current_files(act, each)[0].sha256 for each in (report, moved)]
    assert originals[0] == originals[1]
    assert [(r.kind, r.other.name) for r in documents.lineage_of(act, moved)] == [("output-of", report.name)]
    with pytest.raises(Conflict) as refused:
        outputs.move_output(act, rgm, report)
    assert refused.value.rule is rules.MOVED_ALREADY
    with pytest.raises(NotAllowed):
        outputs.move_output(cast.delegate_member.act, rgm, report)


def test_meeting_that_reports_to_none_moves_nothing(cast: Cast, services: Services) -> None:
    rgm = rapporteur_meeting(cast)
    report = reports.post(cast.rapporteur.act, rgm, cast.q2, putting(services.blobs))

    with pytest.raises(Conflict) as refused:
        outputs.move_output(cast.rapporteur.act, rgm, report)
    assert refused.value.rule is rules.NO_PARENT


def test_report_calls_leaders_as_people_do(cast: Cast) -> None:
    row = study_group_meeting(cast)
    blocks = reports.sections_of(cast.chair.act, row, cast.sg13, reports.begun(cast.chair.act, row, cast.sg13))[
        0
    ].blocks
    assert any(isinstance(each, Para) and f"Led by {cast.chair.person.name} (chair)" in each.text for each in blocks), (
        blocks
    )


def test_paragraphs_and_lists_are_told_apart() -> None:
    assert blocks_of("One\ntwo\n\n- a\n* b\n\n- c\nd\n\n\n") == (Para("One\ntwo"), Bullets(("a", "b")), Para("- c\nd"))
    assert blocks_of(" \n ") == ()


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), "2 March 2026"),
        (date(2026, 3, 2), date(2026, 3, 13), "2-13 March 2026"),
        (date(2026, 6, 29), date(2026, 7, 3), "29 June - 3 July 2026"),
        (date(2025, 12, 29), date(2026, 1, 3), "29 December 2025 - 3 January 2026"),
    ],
)
def test_days_are_written_as_on_covers(first: date, last: date, told: str) -> None:
    assert span(first, last) == told


def test_report_of_a_meeting_of_its_own_tells_of_documents_under_no_item(make: Make, cast: Cast) -> None:
    rgm = rapporteur_meeting(cast)
    brought(make, rgm, 1, cast.q2, title="Slices of moons")
    act = cast.rapporteur.act

    assert "Slices of moons" in words(reports.file_of(act, rgm, cast.q2, reports.begun(act, rgm, cast.q2)))
