"""Allotment in the tables: by the worker, by hand, kept corrections; what stays and what follows the agenda."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from sgdocs.base.errors import Conflict, Invalid, NotAllowed
from sgdocs.documents import allocations
from sgdocs.documents.actions import withdraw
from sgdocs.documents.actions.allocation import allot
from sgdocs.documents.actions.corrections import correct, end_rule, take_back
from sgdocs.documents.models import Allocation, Document
from sgdocs.groups.models import Group
from sgdocs.meetings.actions import agenda
from sgdocs.meetings.agenda_rules import ItemKind as K
from sgdocs.meetings.agenda_templates import Template
from sgdocs.meetings.models import AgendaItem, Meeting
from tests.cast import Cast
from tests.make import Make
from tests.proceedings.places import brought, filled, item, study_group_meeting


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Agendas of the plenary and of both Questions."""
    row = study_group_meeting(cast)
    filled(cast, row, cast.sg13, Template.PLENARY)
    filled(cast, row, cast.q2)
    filled(cast, row, q3(cast))
    return row


def q3(cast: Cast) -> Group:
    return cast.make.group("T/SG13/T25/Q3")


def places(make: Make, document: Document) -> list[tuple[int, str, bool, bool]]:
    """(group id, kind of the item, is primary, by hand) of a document, the primary first."""
    rows = make.session.exec(
        select(Allocation, AgendaItem)
        .join(AgendaItem, col(AgendaItem.id) == Allocation.agenda_item_id)
        .where(Allocation.document_id == document.id)
        .order_by(col(Allocation.is_primary).desc(), col(AgendaItem.group_id))
        .execution_options(populate_existing=True)
    )
    return [(there.group_id, there.kind, row.is_primary, row.by_hand) for row, there in rows]


def test_documents_are_allotted_with_their_reason(make: Make, cast: Cast, meeting: Meeting) -> None:
    one = brought(make, meeting, 1, cast.q2, q3(cast), title="Slices")
    two = brought(make, meeting, 2, title="New work item on moons for Q3/13")

    assert allot(cast.tsb.act, meeting) == 2

    assert places(make, one) == [
        (cast.q2.id, K.CONTRIBUTIONS, True, False),
        (q3(cast).id, K.CONTRIBUTIONS, False, False),
    ]
    assert places(make, two) == [(q3(cast).id, K.NEW_WORK, True, False)]
    placed = allocations.placed(cast.tsb.act, meeting)[item(make, meeting, q3(cast), K.NEW_WORK).id or 0]
    assert [each.reasons for each in placed] == [
        [("the title names {words}", "Q3/13"), ("a new work item: “{words}”", "New work item")]
    ]


def test_allotting_again_changes_nothing(make: Make, cast: Cast, meeting: Meeting) -> None:
    brought(make, meeting, 1, cast.q2)

    assert [allot(cast.tsb.act, meeting), allot(cast.tsb.act, meeting)] == [1, 0]


def test_the_worker_allots_what_comes_and_when_the_agenda_changes(
    make: Make, cast: Cast, meeting: Meeting, work: Callable[[], None]
) -> None:
    document = brought(make, meeting, 1, cast.q2, title="Slices")
    make.session.commit()
    work()
    assert places(make, document) == [(cast.q2.id, K.CONTRIBUTIONS, True, False)]

    agenda.delete(cast.rapporteur.act, meeting, item(make, meeting, cast.q2, K.CONTRIBUTIONS))
    make.session.commit()
    work()

    assert places(make, document) == [(cast.q2.id, K.OTHER, True, False)]


def test_correction_by_hand_stays(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, cast.q2, q3(cast), title="Slices")
    allot(cast.tsb.act, meeting)

    correct(cast.rapporteur.act, meeting, document, item(make, meeting, cast.q2, K.IPR))
    allot(cast.tsb.act, meeting)

    assert places(make, document) == [(cast.q2.id, K.IPR, True, True)]


def test_place_besides_leaves_the_primary(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, cast.q2)
    allot(cast.tsb.act, meeting)

    correct(cast.tsb.act, meeting, document, item(make, meeting, q3(cast), K.OTHER), is_primary=False)
    allot(cast.tsb.act, meeting)

    assert places(make, document) == [(cast.q2.id, K.CONTRIBUTIONS, True, False), (q3(cast).id, K.OTHER, False, True)]


def test_place_by_hand_is_taken_back(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, cast.q2)
    row = correct(cast.rapporteur.act, meeting, document, item(make, meeting, cast.q2, K.IPR))

    take_back(cast.rapporteur.act, meeting, row, document)
    allot(cast.tsb.act, meeting)

    assert places(make, document) == [(cast.q2.id, K.CONTRIBUTIONS, True, False)]
    automatic = make.session.exec(select(Allocation)).one()
    with pytest.raises(Conflict):
        take_back(cast.rapporteur.act, meeting, automatic, document)


def test_kept_correction_moves_the_like_and_ends(make: Make, cast: Cast, meeting: Meeting) -> None:
    first = brought(make, meeting, 1, cast.q2, title="On Y.moon")
    correct(
        cast.rapporteur.act,
        meeting,
        first,
        item(make, meeting, cast.q2, K.WORK_PROGRAMME),
        keep="words",
        value="Y.moon",
    )
    second = brought(make, meeting, 2, cast.q2, title="More on Y.moon")
    other = brought(make, meeting, 3, cast.q2, title="On Y.sun")
    allot(cast.tsb.act, meeting)

    assert places(make, second) == [(cast.q2.id, K.WORK_PROGRAMME, True, False)]
    assert places(make, other) == [(cast.q2.id, K.CONTRIBUTIONS, True, False)]

    (kept,) = allocations.kept_rules(make.session, [cast.q2.id or 0])
    end_rule(cast.rapporteur.act, meeting, kept)
    allot(cast.tsb.act, meeting)
    assert places(make, second) == [(cast.q2.id, K.CONTRIBUTIONS, True, False)]
    assert allocations.kept_rules(make.session, [cast.q2.id or 0]) == []


def test_correction_to_another_group_draws_the_like_there(make: Make, cast: Cast, meeting: Meeting) -> None:
    first = brought(make, meeting, 1, cast.q2, title="A", source="Fictavia")
    allot(cast.tsb.act, meeting)
    correct(
        cast.wp_chair.act,
        meeting,
        first,
        item(make, meeting, q3(cast), K.CONTRIBUTIONS),
        keep="source",
        value="Fictavia",
    )
    second = brought(make, meeting, 2, cast.q2, title="B", source="FICTAVIA")
    allot(cast.tsb.act, meeting)

    assert places(make, second) == [(q3(cast).id, K.CONTRIBUTIONS, True, False)]


def test_rapporteur_takes_no_document_from_another_question(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, q3(cast))
    allot(cast.tsb.act, meeting)
    mine = item(make, meeting, cast.q2, K.CONTRIBUTIONS)

    with pytest.raises(NotAllowed):
        correct(cast.rapporteur.act, meeting, document, mine)
    correct(cast.rapporteur.act, meeting, document, mine, is_primary=False)

    assert places(make, document) == [
        (q3(cast).id, K.CONTRIBUTIONS, True, False),
        (cast.q2.id, K.CONTRIBUTIONS, False, True),
    ]


def test_document_of_another_meeting_is_refused(make: Make, cast: Cast, meeting: Meeting) -> None:
    stranger = brought(make, meeting, 1, cast.q2)
    stranger.meeting_id = None

    with pytest.raises(Conflict):
        correct(cast.tsb.act, meeting, stranger, item(make, meeting, cast.q2, K.IPR))


@pytest.mark.parametrize(("keep", "value"), [("colour", "red"), ("words", "  ")])
def test_nothing_is_kept_by_an_unknown_feature(make: Make, cast: Cast, meeting: Meeting, keep: str, value: str) -> None:
    document = brought(make, meeting, 1, cast.q2)

    with pytest.raises(Invalid):
        correct(cast.tsb.act, meeting, document, item(make, meeting, cast.q2, K.IPR), keep=keep, value=value)


def test_withdrawn_document_keeps_its_place_and_a_deleted_one_does_not(
    make: Make, cast: Cast, meeting: Meeting
) -> None:
    one, two = brought(make, meeting, 1, cast.q2), brought(make, meeting, 2, cast.q2)
    allot(cast.tsb.act, meeting)
    withdraw(cast.tsb.act, one, "Not ready")
    two.deleted_at = make.act.now
    make.session.flush()

    allot(cast.tsb.act, meeting)

    assert (places(make, one), places(make, two)) == ([(cast.q2.id, K.CONTRIBUTIONS, True, False)], [])


def test_agenda_shows_a_reader_only_what_is_theirs(make: Make, cast: Cast, meeting: Meeting) -> None:
    brought(make, meeting, 1, cast.q2, audience="public")
    brought(make, meeting, 2, cast.q2)
    brought(make, meeting, 3, cast.q2, audience="secretariat")
    brought(make, meeting, 4, cast.q2, status="held")
    allot(cast.tsb.act, meeting)
    under = item(make, meeting, cast.q2, K.CONTRIBUTIONS).id or 0

    seen = {
        name: [each.document.number for each in allocations.placed(getattr(cast, name).act, meeting).get(under, [])]
        for name in ("outsider", "delegate_member", "tsb")
    }

    assert seen == {"outsider": [1], "delegate_member": [1, 2], "tsb": [1, 2, 3]}


def test_questions_without_contributions_are_listed(make: Make, cast: Cast, meeting: Meeting) -> None:
    """Source: domain 5.2 M-2."""
    assert [g.label for g in allocations.questions_without_papers(cast.tsb.act, meeting)] == ["Q2/13", "Q3/13"]
    brought(make, meeting, 1, cast.q2)
    brought(make, meeting, 2, q3(cast), status="reserved")

    assert [g.label for g in allocations.questions_without_papers(cast.tsb.act, meeting)] == ["Q3/13"]
