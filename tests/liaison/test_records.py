"""One statement with all that belongs to it, and the statements that touch other things, on both databases."""

from datetime import date

from sgdocs.journal.record import record
from sgdocs.liaison import touching
from sgdocs.liaison.models import StatementLink, StatementPaper
from sgdocs.liaison.queries import addressees_of
from sgdocs.liaison.records import history_of, record_of
from sgdocs.liaison.rules import State
from tests.cast import Cast
from tests.documents.papers import paper
from tests.liaison.register import relation
from tests.liaison.traffic import named, traffic
from tests.make import Make
from tests.work_programme.items import meeting, registered


def test_record_tells_both_sides_what_is_theirs(make: Make, cast: Cast) -> None:
    told = traffic(make, cast)
    there = addressees_of(make.session, told.asked)[0]
    there.owner_id = cast.rapporteur.person.id
    make.add(there)

    found = record_of(cast.chair.act, told.asked)

    assert [row.name for row in found.senders] == [told.sg15.label]
    assert [(row.name, row.is_inside) for row in found.main] == [(told.sg13.label, True)]
    assert [row.label for row in found.main[0].questions] == ["Q2/13"]
    assert found.main[0].owner == cast.rapporteur.person
    assert [row.name for row in found.copies] == ["IETF"]


def test_record_knows_relations_from_both_ends(make: Make, cast: Cast) -> None:
    told = traffic(make, cast)
    hidden = named(make, "SG15-LS90", told.sg15, "Nobody", audience="secretariat")
    relation(make, hidden, told.answered)

    answers = record_of(cast.chair.act, told.answered).answers
    replied = record_of(cast.chair.act, told.reply).replied_to

    assert [row.id for row in answers] == [told.reply.id]
    assert [row.other.id for row in replied if row.other] == [told.answered.id]
    assert {row.id for row in record_of(cast.tsb.act, told.answered).answers} == {told.reply.id, hidden.id}


def test_history_leaves_out_the_other_side(make: Make, cast: Cast) -> None:
    told = traffic(make, cast)
    there = addressees_of(make.session, told.asked)[0]
    record(make.act, "liaison.received", told.asked, audience="T/SG13")
    record(make.act, "liaison.allotted", there, audience="secretariat")

    assert [entry.verb for entry in history_of(cast.chair.act, told.asked)] == ["liaison.received"]
    assert [entry.verb for entry in history_of(cast.tsb.act, told.asked)] == ["liaison.allotted", "liaison.received"]


def test_statements_are_found_by_what_they_touch(make: Make, cast: Cast) -> None:
    told = traffic(make, cast)
    letter, attached = paper(make, 12), paper(make, 13)
    item, sat = registered(cast), meeting(make, date(2026, 7, 6))
    there = addressees_of(make.session, told.asked)[0]
    there.document_id, there.meeting_id, there.owner_id = letter.id, sat.id, cast.chair.person.id
    make.add(there)
    make.add(StatementPaper(statement_id=told.asked.id or 0, document_id=attached.id, name="a.docx"))
    make.add(StatementLink(statement_id=told.asked.id or 0, kind="work-item", work_item_id=item.id))
    act, person = cast.chair.act, cast.chair.person

    for found in (
        touching.of_document(act, letter.id or 0),
        touching.of_document(act, attached.id or 0),
        touching.of_item(act, item.id or 0, item.number),
        touching.of_meeting(act, sat.id or 0, sat.code),
        touching.of_person(act, person.id or 0, person.slug),
    ):
        assert [row.label for row in found.rows] == ["SG15-LS7"]
    assert not touching.of_document(cast.outsider.act, letter.id or 0)


def test_closed_statements_are_no_work_of_a_person(make: Make, cast: Cast) -> None:
    told = traffic(make, cast)
    there = addressees_of(make.session, told.asked)[0]
    there.owner_id, there.state = cast.chair.person.id, State.REPLIED
    make.add(there)
    other = addressees_of(make.session, told.asked)[1]
    other.state = State.ACKNOWLEDGED
    make.add(other)

    assert not touching.of_person(cast.chair.act, cast.chair.person.id or 0, cast.chair.person.slug)
