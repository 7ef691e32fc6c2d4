"""Sections of a report on texts and the work programme: from the same rows that moved them, for its readers."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document as WordDocument

from sgdocs.approval.models import Process, Transition
from sgdocs.groups.models import Group
from sgdocs.meetings.agenda_rules import ItemKind
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings.actions import reports
from sgdocs.proceedings.agenda_work import lines_of
from sgdocs.proceedings.work_facts import work_of
from sgdocs.work_programme.models import ItemEditor, ItemPaper, ItemStep, WorkItem
from tests.approval.windows import process
from tests.cast import Cast
from tests.make import Make
from tests.proceedings.places import brought, study_group_meeting


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return study_group_meeting(cast)


def item(make: Make, cast: Cast, number: int, acronym: str, **facts: Any) -> WorkItem:
    usual: dict[str, Any] = {
        "number": number,
        "sector": "T",
        "acronym": acronym,
        "acronym_key": acronym.lower(),
        "sort_key": acronym,
        "title": f"On {acronym}",
        "group_id": cast.sg13.id,
        "question_id": cast.q2.id,
        "process": "aap",
        "registered_at": make.act.now,
        "changed_at": make.act.now,
    }
    return make.add(WorkItem(**(usual | facts)))  # type: ignore[no-any-return]


def decided(make: Make, meeting: Meeting, of: Process, step: str, to: str, document: Any) -> None:
    move = Transition(
        process_id=of.id or 0,
        number=1,
        step=step,
        from_state="",
        to_state=to,
        at=make.act.now,
        happened_on=meeting.starts_on,
        actor_kind="person",
        meeting_id=meeting.id,
        document_id=document.id,
        document_part="R1",
    )
    make.add(move)


def words(cast: Cast, meeting: Meeting, group: Group) -> str:
    row = reports.begun(cast.chair.act, meeting, group)
    word = WordDocument(io.BytesIO(reports.file_of(cast.chair.act, meeting, group, row)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_texts_are_listed_by_the_decision_that_moved_them(cast: Cast, make: Make, meeting: Meeting) -> None:
    text, justification = brought(make, meeting, 1, cast.q2, title="Draft"), brought(make, meeting, 2, cast.q2)
    slices = item(make, cast, 1, "Y.slice", status="consented", equivalents=[{"number": "ISO/IEC 1"}])
    make.add(
        ItemPaper(
            work_item_id=slices.id or 0, document_id=justification.id or 0, role="justification", added_at=make.act.now
        )
    )
    decided(make, meeting, process(cast, work_item_id=slices.id, state="consented"), "consent", "consented", text)
    tariffs = process(cast, "tap", number="tap/2026-001", name="D.moon", identifier="", state="determined")
    decided(make, meeting, tariffs, "determine", "determined", text)
    elsewhere = process(cast, number="aap/2026-002", name="G.else", question_id=make.group("T/SG13/T25/Q3").id)
    decided(make, meeting, elsewhere, "consent", "consented", text)

    rows = work_of(cast.rapporteur.act, meeting, cast.q2).texts
    assert [(row.question, row.item, row.final_text, row.justification, row.equivalent) for row in rows] == [
        ("Q2/13", "Y.3199", "SG13-C1R1", "SG13-C2", "ISO/IEC 1"),
        ("Q2/13", "D.moon", "SG13-C1R1", "", ""),
    ]
    assert [row.item for row in work_of(cast.chair.act, meeting, cast.sg13).texts] == ["Y.3199", "D.moon", "Y.3199"]
    told = words(cast, meeting, cast.q2)
    for part in (f"{rows[0].step}:", f"{rows[1].step}:", "SG13-C1R1", "A.5 justification", "ISO/IEC 1"):
        assert part in told
    assert rows[0].step != rows[1].step


def test_items_are_new_deleted_or_candidates(cast: Cast, make: Make, meeting: Meeting) -> None:
    study_group_meeting(cast, starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 18))
    born = item(make, cast, 1, "Y.new", registered_meeting_id=meeting.id, timing="2027")
    make.add(ItemEditor(work_item_id=born.id or 0, name="Ada Pen", email="ada@example.test"))
    gone = item(make, cast, 2, "Y.gone", status="deleted", status_reason="Nobody wrote")
    make.add(ItemStep(work_item_id=gone.id or 0, status="deleted", meeting_id=meeting.id, at=make.act.now))
    item(make, cast, 3, "Y.due", timing_on=date(2026, 9, 18), version="revision")
    item(make, cast, 4, "Y.later", timing_on=date(2026, 9, 19))
    item(make, cast, 5, "Y.done", timing_on=date(2026, 9, 1), status="consented")

    work = work_of(cast.rapporteur.act, meeting, cast.q2)
    assert [(row.name, row.editor) for row in work.new] == [("Y.new", "Ada Pen")]
    assert [(row.name, row.note) for row in work.deleted] == [("Y.gone", "Nobody wrote")]
    assert [(row.name, row.version) for row in work.candidates] == [("Y.due", "Rev.")]
    assert work.next == "T25-SG13-260907, 2026-09-07"
    assert work_of(cast.rapporteur.act, meeting, make.group("T/SG13/T25/Q3")).new == ()
    assert [row.name for row in work_of(cast.wp_chair.act, meeting, cast.wp1).new] == ["Y.new"]
    told = words(cast, meeting, cast.q2)
    for part in ("New work items:", "Deleted work items:", "Candidates for the next meeting", "Y.due (Rev.)"):
        assert part in told
    assert "ada@example.test" not in told


def test_report_names_no_document_that_its_readers_may_not_read(cast: Cast, make: Make, meeting: Meeting) -> None:
    hidden = brought(make, meeting, 1, cast.q2, audience="secretariat")
    decided(make, meeting, process(cast), "consent", "consented", hidden)
    item(make, cast, 1, "Y.new", registered_meeting_id=meeting.id, base_document_id=hidden.id)

    for player in (cast.tsb, cast.rapporteur):
        work = work_of(player.act, meeting, cast.q2)
        assert [row.final_text for row in work.texts] == [""]
        assert [row.base_text for row in work.new] == [""]


def test_agenda_lists_texts_and_items_by_name(cast: Cast, make: Make, meeting: Meeting) -> None:
    for number, name in enumerate(("Y.zebra", "Y.ant"), 1):
        item(make, cast, number, name, timing_on=meeting.ends_on)
    item(make, cast, 3, "Y.wish", status="pending-confirmation")
    process(cast, decision_meeting_id=meeting.id)

    lines = lines_of(cast.rapporteur.act, meeting, cast.q2)
    assert {kind: [line.name for line in told] for kind, told in lines.items()} == {
        ItemKind.CONSENT: ["Y.ant", "Y.zebra"],
        ItemKind.NEW_WORK: ["Y.wish"],
        ItemKind.APPROVAL: ["Y.3199"],
    }
    assert lines_of(cast.rapporteur.act, meeting, make.group("T/SG13/T25/Q3")) == {}
