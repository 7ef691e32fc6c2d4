"""Incoming and outgoing statements in reports and on agendas: of the group, for those who read it, with what became of them."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document as WordDocument
from starlette.testclient import TestClient

from sgdocs.groups.models import Group
from sgdocs.liaison.actions import approving, considering, drafting
from sgdocs.liaison.models import Statement
from sgdocs.liaison.queries import senders_of
from sgdocs.liaison.rules import Level
from sgdocs.liaison.schemas import DraftForm, NoteForm
from sgdocs.meetings.agenda_rules import ItemKind as K
from sgdocs.meetings.agenda_templates import Template
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings.actions import reports
from sgdocs.proceedings.agenda_work import lines_of
from sgdocs.proceedings.liaison_facts import liaison_of
from sgdocs.proceedings.liaison_rows import LiaisonFacts
from tests.cast import Cast
from tests.liaison.desk import body, received, to
from tests.make import Make
from tests.people.browser import another, content, sign_in
from tests.proceedings.places import filled, study_group_meeting


@pytest.fixture
def meeting(cast: Cast, make: Make) -> Meeting:
    row = study_group_meeting(cast)
    body(make)
    return row


def came(cast: Cast, title: str, *questions: str, **facts: Any) -> Statement:
    told = {"name": "T/SG13", "purpose": "action", "deadline": "2026-05-01", "questions": list(questions)}
    return received(cast.tsb.act, title, to=(told,), **facts)


def draft(cast: Cast, meeting: Meeting | None, title: str = "LS on our slices", **facts: Any) -> Statement:
    form = {
        "senders": [{"name": "T/SG13", "questions": ["Q2/13"]}],
        "addressees": [{"name": "3GPP SA2", "purpose": "action", "deadline": "2026-12-01"}],
        "title": title,
        "contacts": [{"name": "Clara Gavel", "email": "clara@example.org"}],
        "meeting": meeting.code if meeting else "",
    }
    return drafting.draft(cast.rapporteur.act, DraftForm.model_validate(form | facts))


def q3(cast: Cast) -> Group:
    return cast.make.group("T/SG13/T25/Q3")


def titles(cast: Cast, meeting: Meeting, group: Group) -> tuple[list[str], list[str]]:
    told = liaison_of(cast.chair.act, meeting, group)
    return [row.title for row in told.incoming], [row.title for row in told.outgoing]


def test_report_of_each_group_tells_what_is_for_it(cast: Cast, meeting: Meeting) -> None:
    came(cast, "LS on slices", "Q2/13")
    came(cast, "LS on clouds", "Q3/13")
    came(cast, "LS for all")
    draft(cast, meeting)
    draft(cast, None, "LS of another time")

    assert titles(cast, meeting, cast.sg13) == (["slices", "clouds", "for all"], ["our slices"])
    assert titles(cast, meeting, cast.wp1) == (["slices", "clouds", "for all"], ["our slices"])
    assert titles(cast, meeting, cast.q2) == (["slices", "for all"], ["our slices"])
    assert titles(cast, meeting, q3(cast)) == (["clouds", "for all"], [])


def test_row_tells_what_was_asked_and_what_became_of_it(cast: Cast, make: Make, meeting: Meeting) -> None:
    row = came(cast, "LS on slices", "Q2/13", number="S2-2601234")
    considering.note(cast.rapporteur.act, row, to(make.act, row), NoteForm(meeting=meeting.code, note="Seen"))

    (told,) = liaison_of(cast.chair.act, meeting, cast.q2).incoming

    assert (told.number, told.source, told.asked, told.result) == (
        "S2-2601234",
        "3GPP SA2",
        "Action by 2026-05-01",
        "Noted",
    )
    assert told.document == "TD1/GEN"


def test_statement_for_fewer_than_read_the_report_is_left_out(cast: Cast, make: Make, meeting: Meeting) -> None:
    row = came(cast, "LS on slices")
    hidden = draft(cast, meeting)
    assert titles(cast, meeting, cast.sg13) == (["slices"], ["our slices"])

    to(make.act, row).audience = hidden.audience = "secretariat"

    assert titles(cast, meeting, cast.sg13) == ([], [])
    assert liaison_of(cast.tsb.act, meeting, cast.sg13) == LiaisonFacts()


def test_report_has_the_tables_once(cast: Cast, make: Make, meeting: Meeting) -> None:
    filled(cast, meeting, cast.q2)
    row = came(cast, "LS on slices", "Q2/13")
    sent = draft(cast, meeting)
    approving.agree(cast.rapporteur.act, sent, senders_of(make.session, sent)[0], Level.RAPPORTEUR_GROUP, meeting)

    begun = reports.begun(cast.chair.act, meeting, cast.q2)
    word = WordDocument(io.BytesIO(reports.file_of(cast.chair.act, meeting, cast.q2, begun)))
    tables = [[[cell.text for cell in line.cells] for line in table.rows] for table in word.tables]

    (coming,) = [table for table in tables if table[0][-1] == "Result" and "From" in table[0]]
    (going,) = [table for table in tables if table[0] == ["Number", "To", "Title", "For", "State"]]
    assert [line[2:4] for line in coming[1:]] == [["3GPP SA2", "slices"]]
    assert [line[1:] for line in going[1:]] == [["3GPP SA2", "our slices", "Action by 2026-12-01", "Approved"]]
    label = coming[1][0]
    assert len([line for table in tables for line in table if line[0] == label and "Source" in table[0]]) <= 1, (
        f"{row.name} stands in Annex A alone"
    )


def test_agenda_names_answers_that_are_owed_and_drafts(cast: Cast, make: Make, meeting: Meeting) -> None:
    later = study_group_meeting(cast, starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 18))
    owed = came(cast, "LS on slices", "Q2/13")
    done = came(cast, "LS on clouds", "Q2/13")
    considering.no_reply_needed(cast.rapporteur.act, done, to(make.act, done), "Settled at the last meeting")
    row = draft(cast, later)

    told = lines_of(cast.rapporteur.act, later, cast.q2)
    assert [(line.statement, line.because) for line in told[K.INCOMING]] == [(owed.name, "An answer is still owed")]
    assert [(line.statement, line.because) for line in told[K.OUTGOING]] == [(row.name, "A draft to be agreed")]
    assert K.INCOMING not in lines_of(cast.chair.act, later, q3(cast))
    assert K.INCOMING not in lines_of(cast.chair.act, meeting, cast.q2), "its document stands there by itself"
    assert lines_of(cast.outsider.act, later, cast.q2) == {}


@pytest.mark.databases("sqlite")
def test_page_of_the_agenda_links_to_the_statements(
    client: TestClient, cast: Cast, make: Make, meeting: Meeting
) -> None:
    filled(cast, meeting, cast.q2, Template.QUESTION)
    row = draft(cast, meeting)
    make.account(cast.rapporteur.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, cast.rapporteur.person)

    page = browser.get(f"/meeting/{meeting.code}/agenda?group=T/SG13/T25/Q2").text

    assert f"/liaison/{row.name}" in page
    assert "A draft to be agreed" in content(page)
