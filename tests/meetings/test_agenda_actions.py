"""Writing agendas: who may, what is written, what two who write at once get."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import CHANGED, Conflict, Invalid, NotAllowed
from sgdocs.meetings import agenda_rules as rules
from sgdocs.meetings.actions import agenda
from sgdocs.meetings.agenda import agenda_of, restorable
from sgdocs.meetings.agenda_rules import ItemKind, Place, Step
from sgdocs.meetings.agenda_schemas import ItemForm
from sgdocs.meetings.agenda_templates import TEMPLATES, Template
from sgdocs.meetings.models import AgendaItem, Meeting
from tests.cast import Cast, Player
from tests.make import Make
from tests.proceedings.places import filled, item, numbered, study_group_meeting


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return study_group_meeting(cast)


def test_skeleton_fills_an_empty_agenda_once(make: Make, cast: Cast, meeting: Meeting) -> None:
    agenda.fill(cast.rapporteur.act, meeting, cast.q2, Template.QUESTION)

    found = numbered(make, meeting, cast.q2)
    assert len(found) == len(TEMPLATES[Template.QUESTION])
    assert found[3:8] == [
        "4 Documents",
        "4.1 Contributions",
        "4.2 Reports of interim activities",
        "4.3 Incoming liaison statements",
        "4.4 Other documents",
    ]
    with pytest.raises(Conflict) as refused:
        agenda.fill(cast.rapporteur.act, meeting, cast.q2, Template.PLAIN)
    assert refused.value.rule is rules.NOT_EMPTY


def test_working_party_has_an_item_for_each_of_its_questions(make: Make, cast: Cast, meeting: Meeting) -> None:
    agenda.fill(cast.wp_chair.act, meeting, cast.wp1, Template.WORKING_PARTY)

    found = [line for line in numbered(make, meeting, cast.wp1) if line.startswith("7")]
    assert found == ["7 Work of the Questions", "7.1 Q2/13 Services", "7.2 Q3/13 Clouds"]


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("tsb", True),
        ("chair", True),
        ("counsellor", True),
        ("wp_chair", True),
        ("rapporteur", True),
        ("associate_rapporteur", True),
        ("editor", False),
        ("delegate_member", False),
        ("outsider", False),
    ],
)
def test_who_leads_the_group_writes_its_agenda(cast: Cast, meeting: Meeting, name: str, *, may: bool) -> None:
    player: Player = getattr(cast, name)
    form = ItemForm(title="Slices")

    if may:
        assert agenda.add(player.act, meeting, cast.q2, form).title == "Slices"
    else:
        with pytest.raises(NotAllowed):
            agenda.add(player.act, meeting, cast.q2, form)


def test_rapporteur_does_not_write_the_plenary_agenda(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(NotAllowed):
        agenda.add(cast.rapporteur.act, meeting, cast.sg13, ItemForm(title="Mine"))


def test_group_that_does_not_sit_there_has_no_agenda(make: Make, cast: Cast, meeting: Meeting) -> None:
    stranger = make.group("T/SG15/T25/Q9")

    with pytest.raises(Conflict) as refused:
        agenda.add(cast.tsb.act, meeting, stranger, ItemForm(title="Strange"))
    assert refused.value.rule is rules.NOT_A_GROUP


def test_items_are_moved_with_what_is_under_them(make: Make, cast: Cast, meeting: Meeting) -> None:
    one, two, three = (
        agenda.add(cast.chair.act, meeting, cast.sg13, ItemForm(title=t)) for t in ("One", "Two", "Three")
    )
    agenda.step(cast.chair.act, meeting, two, Step.IN)
    agenda.step(cast.chair.act, meeting, three, Step.UP)

    assert numbered(make, meeting, cast.sg13) == ["1 Three", "2 One", "2.1 Two"]
    agenda.place(cast.chair.act, meeting, one, Place(None, 0))
    assert numbered(make, meeting, cast.sg13) == ["1 One", "1.1 Two", "2 Three"]


def test_item_of_another_agenda_is_no_parent(cast: Cast, meeting: Meeting) -> None:
    theirs = agenda.add(cast.chair.act, meeting, cast.sg13, ItemForm(title="Plenary"))

    with pytest.raises(Invalid):
        agenda.add(cast.chair.act, meeting, cast.q2, ItemForm(title="Under it", parent=theirs.id))
    own = agenda.add(cast.chair.act, meeting, cast.q2, ItemForm(title="Own"))
    with pytest.raises(Conflict):
        agenda.place(cast.chair.act, meeting, own, Place(theirs.id, 0))


def test_deleted_items_come_back_for_thirty_days(make: Make, cast: Cast, meeting: Meeting) -> None:
    filled(cast, meeting, cast.q2)
    before = numbered(make, meeting, cast.q2)
    act = cast.rapporteur.act
    documents = item(make, meeting, cast.q2, ItemKind.DOCUMENTS)

    agenda.delete(act, meeting, documents)
    assert len(numbered(make, meeting, cast.q2)) == len(before) - 5
    assert [each.title for each in restorable(act.session, meeting, cast.q2, act.now)] == ["Documents"]

    agenda.restore(act, meeting, documents)
    assert numbered(make, meeting, cast.q2) == before

    agenda.delete(act, meeting, documents)
    late = Act(act.session, act.actor, act.now + timedelta(days=30, seconds=1))
    with pytest.raises(Conflict) as refused:
        agenda.restore(late, meeting, documents)
    assert refused.value.rule is rules.RESTORE_CLOSED
    assert restorable(act.session, meeting, cast.q2, late.now) == []


def test_item_whose_parent_is_gone_comes_back_to_the_top(make: Make, cast: Cast, meeting: Meeting) -> None:
    filled(cast, meeting, cast.q2)
    act = cast.rapporteur.act
    child = item(make, meeting, cast.q2, ItemKind.INCOMING)
    agenda.delete(act, meeting, child)
    agenda.delete(
        Act(act.session, act.actor, act.now + timedelta(hours=1)),
        meeting,
        item(make, meeting, cast.q2, ItemKind.DOCUMENTS),
    )

    agenda.restore(act, meeting, child)

    assert numbered(make, meeting, cast.q2)[-1].endswith(" Incoming liaison statements")
    assert child.parent_id is None


def test_change_on_an_outdated_agenda_is_a_conflict(make: Make, cast: Cast, meeting: Meeting) -> None:
    first = agenda.add(cast.chair.act, meeting, cast.sg13, ItemForm(title="One"))
    agenda.add(cast.chair.act, meeting, cast.sg13, ItemForm(title="Two"))
    seen = agenda_of(make.session, meeting, cast.sg13).sequence

    agenda.step(cast.chair.act, meeting, first, Step.DOWN, sequence=seen)
    with pytest.raises(Conflict) as refused:
        agenda.step(cast.tsb.act, meeting, first, Step.UP, sequence=seen)

    assert refused.value.rule is CHANGED
    assert numbered(make, meeting, cast.sg13) == ["1 Two", "2 One"]


def test_many_who_add_at_once_lose_nothing(make: Make, cast: Cast, meeting: Meeting, database: Database) -> None:
    player, code, group = cast.tsb.actor, meeting.id, cast.q2
    make.session.commit()
    gate, failed = Barrier(6), []

    def add(name: int) -> None:
        try:
            gate.wait()
            with database.writing() as session:
                act = Act(session, player, make.act.now)
                there = session.get_one(Meeting, code)
                agenda.add(act, there, group, ItemForm(title=f"Item {name}"))
        except Exception as error:  # told below
            failed.append(error)

    threads = [Thread(target=add, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    with database.reading() as session:
        found = agenda_of(session, session.get_one(Meeting, code), group)
    assert [row.number for row in found.rows] == ["1", "2", "3", "4", "5", "6"]
    assert sorted(row.item.position for row in found.rows) == list(range(6))
    assert found.sequence == 6


def test_words_of_an_item_are_kept_as_written(cast: Cast, meeting: Meeting) -> None:
    form = ItemForm(title="  {{ 7*7 }} <b>&amp;\x00 ", note="One\n\nTwo", question="T/SG13/T25/Q2")

    row: AgendaItem = agenda.add(cast.chair.act, meeting, cast.sg13, form)

    assert (row.title, row.kind, row.question_id) == ("{{ 7*7 }} <b>&amp;", ItemKind.QUESTION, cast.q2.id)
