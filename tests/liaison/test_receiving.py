"""Statements that come in: registered once, filed for each addressed group, on the agenda, refused with a reason."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, Refused
from sgdocs.documents.actions.allocation import allot
from sgdocs.documents.models import Allocation, Document
from sgdocs.documents.queries import questions_of
from sgdocs.groups.models import Group, Succession
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries
from sgdocs.liaison.actions.filing import file_received
from sgdocs.liaison.actions.receiving import receive
from sgdocs.liaison.models import Addressee, Statement, StatementName, StatementPaper
from sgdocs.liaison.naming import read_title
from sgdocs.liaison.reading import form_of
from sgdocs.liaison.rules import Origin, State, Status
from sgdocs.liaison.twinning import twins_of
from sgdocs.meetings.models import AgendaItem, Meeting, MeetingGroup
from sgdocs.storage.local import LocalStore
from sgdocs.text.children import Readers
from tests.cast import Cast
from tests.documents.desk import at, meeting, radio, rgm, upload
from tests.liaison import outbox
from tests.liaison.desk import body, form, received, to
from tests.make import Make, all_rows


def document_of(act: Act, row: Addressee) -> Document:
    return act.session.get_one(Document, row.document_id)


def refused(kind: type[Refused], verb: object, *args: object) -> tuple[str, str | None]:
    with pytest.raises(kind) as caught:
        verb(*args)  # type: ignore[operator]
    return caught.value.rule.id, caught.value.field


def test_statement_of_a_body_becomes_a_td_of_the_addressed_group(cast: Cast, make: Make) -> None:
    sg13, partner = meeting(make), body(make)
    act = cast.tsb.act

    statement = received(act, "LS on slices (reply to SG13-LS4)", number="S2-2601234")

    row = to(act, statement)
    document = document_of(act, row)
    assert (statement.name, statement.label) == ("T25-SG13-TD1-GEN", "S2-2601234")
    assert (statement.status, statement.origin, statement.is_reply) == (Status.RECEIVED, Origin.OUTSIDE, True)
    assert (row.state, row.audience, row.meeting_id, row.flagged) == (State.POSTED, "T/SG13", sg13.id, "")
    assert (document.name, document.label, document.meeting_id) == ("T25-SG13-TD1-GEN", "TD1/GEN", sg13.id)
    assert document.title == "LS/i/r on slices (reply to SG13-LS4) [from 3GPP SA2]"
    assert (document.source, document.owner_id, document.organisation_id) == (partner.name, None, None)
    assert [q.code for q in questions_of(act.session, document)] == ["SG13"]


def test_statement_to_a_group_of_itu_r_is_an_ordinary_contribution(cast: Cast, make: Make) -> None:
    radio(make), make.group("R/WP5A")
    act = cast.br.act

    statement = received(act, "Liaison statement to Working Party 5D - Sharing", source=["WP 5A"], to=["WP 5D"])

    document = document_of(act, to(act, statement))
    assert (document.name, document.label, document.kind) == ("R23-WP5D-C1", "5D/1", "contribution")
    assert (document.title, document.source) == ("Liaison statement on Sharing", "Working Party 5A")
    assert (statement.origin, statement.name) == (Origin.OURS, "R23-WP5D-C1")
    assert queries.find(act, "5D/1") == statement


def test_source_that_is_a_member_has_no_say_in_the_td(cast: Cast, make: Make) -> None:
    cast.summon("sg13", "company")
    act = cast.tsb.act

    document = document_of(act, to(act, received(act, source=["Imaginary Networks"])))

    assert (document.source, document.organisation_id) == ("Imaginary Networks", None)


def test_statement_to_several_groups_of_both_sectors_is_one_row_with_a_document_for_each(
    cast: Cast, make: Make
) -> None:
    cast.summon("sg13", "sg15")
    make.group("R/WP5D")
    act = cast.tsb.act

    statement = received(
        act, to=["ITU-T SG13", {"name": "ITU-T Study Group 15", "purpose": "action"}, "Working Party 5D"]
    )

    assert len(all_rows(act.session, Statement)) == 1
    rows = queries.addressees_of(act.session, statement)
    assert [document_of(act, row).name for row in rows] == ["T25-SG13-TD1-GEN", "T25-SG15-TD1-GEN", "R23-WP5D-C1"]
    assert [row.is_answer_expected for row in rows] == [False, True, False]
    assert [queries.find(act, name) for name in ("T25-SG15-TD1-GEN", "R23-WP5D-C1")] == [statement, statement]


def test_statement_stands_under_incoming_liaisons_of_the_question_that_it_names(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    make.add(MeetingGroup(meeting_id=sg13.id or 0, group_id=cast.q2.id or 0))
    items = [
        agenda(make, sg13, group, kind) for group in (cast.sg13, cast.q2) for kind in ("incoming", "outgoing", "other")
    ]
    act = cast.tsb.act

    named = received(act, "LS on slices", to=[{"name": "SG13", "questions": ["Q2/13"]}])
    to_all = received(act, "LS on the work of all")

    allot(make.act_as(Actor.clock()), sg13)
    assert places(act, to(act, named)) == [items[3].id]
    assert places(act, to(act, to_all)) == [items[0].id]


def test_contribution_of_a_working_party_of_itu_r_stands_under_incoming_liaisons(cast: Cast, make: Make) -> None:
    wp5d = radio(make)
    make.group("R/WP5A")
    items = [agenda(make, wp5d, make.group("R/WP5D"), kind) for kind in ("outgoing", "incoming", "contributions")]
    act = cast.br.act

    statement = received(act, "Liaison statement to Working Party 5D - Sharing", source=["WP 5A"], to=["WP 5D"])

    allot(make.act_as(Actor.clock()), wp5d)
    assert places(act, to(act, statement)) == [items[1].id]


def agenda(make: Make, of: Meeting, group: Group, kind: str) -> AgendaItem:
    kinds = {"incoming": "incoming-liaisons", "outgoing": "outgoing-liaisons"}
    held = len(all_rows(make.session, AgendaItem))
    row = AgendaItem(
        meeting_id=of.id or 0,
        group_id=group.id or 0,
        position=held,
        kind=kinds.get(kind, kind),
        title=kind,
    )
    return make.add(row)  # type: ignore[no-any-return]


def places(act: Act, row: Addressee) -> list[int]:
    held = select(Allocation.agenda_item_id).where(Allocation.document_id == row.document_id)
    return list(act.session.exec(held.order_by(Allocation.agenda_item_id)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("deadline", "purpose", "flagged"),
    [
        (date(2026, 4, 12), "action", "before-meeting"),
        (date(2026, 4, 13), "action", ""),
        (date(2026, 4, 12), "comment", "before-meeting"),
        (date(2026, 4, 12), "information", ""),
    ],
)
def test_deadline_before_the_next_meeting_is_flagged_at_once(
    cast: Cast, make: Make, deadline: date, purpose: str, flagged: str
) -> None:
    meeting(make)
    act = cast.tsb.act
    rows = [{"name": "SG13", "purpose": purpose, "deadline": deadline}]

    assert to(act, received(act, to=rows)).flagged == flagged


def test_deadline_without_any_meeting_in_sight_is_flagged(cast: Cast, make: Make) -> None:
    meeting(make, status="cancelled"), rgm(make)
    act = cast.tsb.act

    row = to(act, received(act, to=[{"name": "SG13", "purpose": "action", "deadline": date(2027, 1, 1)}]))

    assert (row.flagged, row.meeting_id, document_of(act, row).meeting_id) == ("before-meeting", None, None)


def test_meeting_that_ends_today_still_takes_it_and_one_that_ended_does_not(cast: Cast, make: Make) -> None:
    first = meeting(make)
    second = meeting(make, "T25-SG13-261109", starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 20))
    last_second, midnight = datetime(2026, 4, 24, 21, 59, 59, tzinfo=UTC), datetime(2026, 4, 24, 22, 0, tzinfo=UTC)

    on_last_day = received(at(cast.tsb.act, last_second))
    day_after = received(at(cast.tsb.act, midnight))

    act = cast.tsb.act
    assert [to(act, s).meeting_id for s in (on_last_day, day_after)] == [first.id, second.id]


def test_group_that_is_named_twice_is_one_addressee_with_the_questions_of_both(cast: Cast, make: Make) -> None:
    meeting(make)
    cast.summon("q2")
    make.group("T/SG13/T25/Q7")
    act = cast.tsb.act

    both = received(act, to=[{"name": "Q2/13", "purpose": "action"}, {"name": "SG13", "questions": ["Q7/13"]}])
    whole = received(act, to=["Q2/13", "SG13"])

    (row,), (other,) = (queries.addressees_of(act.session, each) for each in (both, whole))
    assert row.purpose == "action"
    asked = queries.questions_of(act.session, [row, other])
    assert [each.code for each in asked[row.id or 0]] == ["Q2", "Q7"]
    assert other.id not in asked


def test_same_number_of_the_same_sender_is_joined_not_doubled(cast: Cast, make: Make) -> None:
    cast.summon("sg13", "sg15")
    body(make, "3GPP SA2", "3GPP SA WG2", "SA2")
    act = cast.tsb.act
    first = received(act, number="S2-2601234", to=["SG13"])

    second = received(act, number="s2 2601234", source=["SA2"], to=["SG13", "SG15"])

    assert second.id == first.id
    rows = queries.addressees_of(act.session, first)
    assert [(row.position, row.name, document_of(act, row).name) for row in rows] == [
        (0, "ITU-T SG13", "T25-SG13-TD1-GEN"),
        (1, "ITU-T SG15", "T25-SG15-TD1-GEN"),
    ]
    assert refused(Conflict, receive, act, form(number="S2-2601234"), [upload()])[0] == "liaison.received-already"


def test_same_number_of_another_sender_is_another_statement(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act = cast.tsb.act

    assert received(act, number="562").id != received(act, number="562", source=["IETF"]).id


def test_officer_files_for_his_own_group_and_the_other_waits_as_received(cast: Cast, make: Make) -> None:
    cast.summon("chair", "sg15", "delegate_associate")

    statement = received(cast.chair.act, to=["SG13", "SG15"])

    act = cast.tsb.act
    mine, theirs = queries.addressees_of(act.session, statement)
    assert (mine.state, theirs.state, theirs.document_id) == (State.POSTED, State.RECEIVED, None)
    assert refused(NotAllowed, file_received, cast.chair.act, statement, theirs)[0] == "policy.not-permitted"
    assert file_received(act, statement, theirs).name == "T25-SG15-TD1-GEN"
    assert (theirs.state, theirs.audience) == (State.POSTED, "T/SG15")
    assert refused(Conflict, file_received, act, statement, theirs)[0] == "liaison.addressee-state"


@pytest.mark.parametrize("player", ["delegate_state", "delegate_member", "editor", "guest", "outsider"])
def test_who_does_not_lead_the_group_receives_nothing(cast: Cast, make: Make, player: str) -> None:
    cast.summon("sg13", "sg15")

    assert refused(NotAllowed, receive, getattr(cast, player).act, form(), [upload()])[0] == "policy.not-permitted"
    assert refused(NotAllowed, receive, cast.chair.act, form(to=["SG15"]), [upload()])[0] == "policy.not-permitted"


def test_readers_of_one_addressed_group_see_it_and_others_do_not(cast: Cast, make: Make) -> None:
    cast.summon("sg13", "sg15", "delegate_associate")
    act = cast.tsb.act

    here, there = received(act, to=["SG13"]), received(act, to=["SG15"])

    reader = cast.delegate_associate.act
    assert [queries.find(reader, each.name) for each in (here, there)] == [here, None]


def test_ended_group_is_refused_with_its_successors(cast: Cast, make: Make) -> None:
    old, new = make.group("T/SG16", ends_on=date(2024, 12, 31)), make.group("T/SG21")
    make.add(Succession(from_id=old.id or 0, to_id=new.id or 0, on=date(2025, 1, 1)))

    with pytest.raises(Invalid) as caught:
        received(cast.tsb.act, to=["T/SG21", "ITU-T SG16"])

    assert (caught.value.rule.id, caught.value.field) == ("liaison.group-ended", "addressees.1.name")
    assert caught.value.message == "ITU-T SG16 ended on 2024-12-31; its work went to ITU-T SG21."
    assert all_rows(make.session, Statement) == []


@pytest.mark.parametrize(
    ("facts", "rule", "field"),
    [
        ({"source": []}, "liaison.no-sender", "senders"),
        ({"title": ""}, "liaison.no-title", "title"),
        ({"to": []}, "liaison.no-addressee", "addressees"),
        ({"to": ["3GPP SA2", "Nobody we know"]}, "liaison.not-for-us", "addressees"),
        (
            {"to": ["SG13", {"name": "IETF", "deadline": date(2026, 2, 28)}], "dated_on": date(2026, 3, 1)},
            "liaison.deadline-before-sending",
            "addressees.1.deadline",
        ),
        ({"to": [{"name": "SG13", "questions": ["Q77/13"]}]}, "base.field", "addressees.0.questions"),
        ({"meeting": "T25-SG13-990101"}, "base.field", "meeting"),
        ({"recommendations": ["G.999999"]}, "base.field", "recommendations"),
    ],
)
def test_what_cannot_be_registered_is_refused_with_its_rule(
    cast: Cast, make: Make, facts: dict[str, object], rule: str, field: str
) -> None:
    cast.summon("sg13")
    body(make)

    assert refused(Invalid, receive, cast.tsb.act, form(**facts), [upload()]) == (rule, field)  # type: ignore[arg-type]


def test_statement_without_a_file_is_refused(cast: Cast, make: Make) -> None:
    cast.summon("sg13")

    assert refused(Invalid, receive, cast.tsb.act, form(), []) == ("documents.no-file", "file")


def test_what_was_typed_is_filed_as_a_letter_that_reads_the_same(
    cast: Cast, make: Make, readers: Readers, tmp_path: Path
) -> None:
    cast.summon("sg13")
    blobs = LocalStore(tmp_path)
    act = cast.tsb.act
    told = form(
        "LS on slices",
        to=[{"name": "SG13", "purpose": "action", "deadline": date(2026, 6, 1)}],
        body="Please look at the slices.",
        number="S2-7",
        contacts=[{"name": "Ada Quill", "email": "ada@etsi.example"}],
    )

    statement = receive(act, told, [], put=lambda data: blobs.put(BytesIO(data)))

    [paper] = queries.papers_of(act.session, statement)
    assert (paper.name, document_of(act, to(act, statement)).label) == ("letter.docx", "TD1/GEN")
    with blobs.open(paper.sha256) as stream:
        read = form_of(readers.read(stream.read(), paper.name))
    assert [(a.name, a.purpose, a.deadline) for a in read.addressees] == [("ITU-T SG13", "action", date(2026, 6, 1))]
    assert (read_title(read.title).subject, read.contacts[0].email) == ("slices", "ada@etsi.example")
    assert "Please look at the slices." in read.body


def test_files_are_kept_as_they_came_and_go_with_every_document(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act = cast.tsb.act
    letter, annex = upload(name="letter.docx"), upload(name="annex.docx")

    statement = received(act, "LS on slices", letter, annex)

    papers = queries.papers_of(act.session, statement)
    assert [(p.role, p.name, p.sha256) for p in papers] == [
        ("text", "letter.docx", letter.blob.sha256),
        ("attachment", "annex.docx", annex.blob.sha256),
    ]
    assert len(all_rows(act.session, StatementPaper)) == 2


def test_file_that_waits_for_the_scanner_is_not_shown_and_the_statement_is(cast: Cast, make: Make) -> None:
    cast.summon("sg13", "delegate_state")
    act = cast.tsb.act

    statement = received(act, "LS on slices", upload(is_quarantined=True))

    row = to(act, statement)
    assert (row.state, document_of(act, row).audience) == (State.RECEIVED, "secretariat")
    assert queries.by_id(cast.delegate_state.act, statement.id or 0) == statement


def test_answer_to_a_number_that_nobody_knows_waits_for_it(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act = cast.tsb.act
    answer = received(act, "Reply LS on slices", reply_to=["COM 16 – LS 124 – E"], source=["IETF"])
    [waiting] = queries.relations_of(act.session, answer)
    assert (waiting.words, waiting.other_id) == ("COM 16 – LS 124 – E", None)

    asked = received(act, "LS on slices", number="SG16-LS124", source=["ITU-T SG16"])

    act.session.refresh(waiting)
    assert waiting.other_id == asked.id


def test_answer_of_a_body_closes_what_we_wait_for(cast: Cast, make: Make) -> None:
    outbox.partner(make)
    asked = outbox.sent(
        cast, addressees=[{"name": "3GPP SA2", "purpose": "action", "deadline": "2026-06-01"}, {"name": "SG15"}]
    )
    act = cast.tsb.act

    answer = received(act, f"Reply LS on slices (reply to {asked.label})", number="S2-9")

    partner, sg15 = queries.addressees_of(act.session, asked)
    assert (partner.state, partner.answered_by_id) == (State.REPLIED, answer.id)
    assert (sg15.state, sg15.answered_by_id) == (State.POSTED, None)


def test_answer_to_itself_or_in_a_circle_is_kept_with_a_note(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act = cast.tsb.act

    itself = received(act, "LS on slices", number="A-1", reply_to=["A-1"])
    first = received(act, "LS on one", number="B-1", reply_to=["B-2"])
    second = received(act, "LS on two", number="B-2", reply_to=["B-1"])

    assert [note["rule"] for note in itself.notes] == ["liaison.reply-to-itself"]
    assert queries.relations_of(act.session, itself) == []
    [one], [two] = (queries.relations_of(act.session, each) for each in (first, second))
    assert (one.other_id, two.other_id) == (None, first.id)


def test_answer_to_a_withdrawn_statement_is_kept_with_a_note(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act = cast.tsb.act
    asked = received(act, number="S2-1")
    asked.status = Status.WITHDRAWN

    answer = received(act, "Reply LS on slices", reply_to=["S2-1"])

    assert [note["rule"] for note in answer.notes] == ["liaison.reply-withdrawn"]
    assert [r.other_id for r in queries.relations_of(act.session, answer)] == [asked.id]


def test_same_text_from_another_group_is_found_as_a_twin(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act = cast.tsb.act
    words = " ".join(f"word{n} of the framework" for n in range(40))
    first = received(act, number="S2-1", body=words)

    second = received(act, number="NFV-1", source=["ETSI"], body=words + " and one more.")

    assert [twin.statement.id for twin in twins_of(act, second)] == [first.id]


def test_line_break_in_a_title_makes_no_second_line(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act = cast.tsb.act

    statement = received(act, "LS on slices\r\nBcc: all@example.test\x00")

    assert statement.title == "slices Bcc: all@example.test"
    assert "\n" not in document_of(act, to(act, statement)).title


def test_everything_is_told_to_those_that_it_is_for(cast: Cast, make: Make) -> None:
    cast.summon("sg13", "sg15")
    act = cast.tsb.act

    statement = received(act, to=["SG13", "SG15"])

    held = select(Entry.verb, Entry.audience).where(Entry.subject_kind == "statement")
    assert sorted(act.session.exec(held)) == [
        ("liaison.filed", "T/SG13"),
        ("liaison.filed", "T/SG15"),
        ("liaison.received", "T/SG13"),
        ("liaison.received", "T/SG15"),
    ]
    names = select(StatementName.name).where(StatementName.statement_id == statement.id)
    assert sorted(act.session.exec(names)) == ["T25-SG13-TD1-GEN", "T25-SG15-TD1-GEN"]
