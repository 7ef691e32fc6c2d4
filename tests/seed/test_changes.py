"""The work item of the demonstration whose text is being changed: collisions, accepted changes, a draft with omissions."""

import pytest
from sqlmodel import select

from sgdocs.base.actor import Actor
from sgdocs.seed import cast, changes, meetings, structure
from sgdocs.storage.local import LocalStore
from sgdocs.wiring import Services
from sgdocs.work_programme import base_texts
from sgdocs.work_programme.models import AcceptedChange, WorkItem
from tests.make import Make

pytestmark = pytest.mark.databases("sqlite")


def test_demonstration_has_collisions_and_a_draft_to_be_mended(make: Make, services: Services) -> None:
    act = make.act_as(Actor.operator())
    assert isinstance(services.blobs, LocalStore)
    structure.load(act)
    cast.load(act)
    convened = meetings.load(act)

    item = changes.load(act, services.blobs, convened)

    assert item is not None
    found = base_texts.requested(act, item)
    assert found is not None
    assert [(clause.label, clause.clashes) for clause in found.clauses] == [("2", 1), ("3", 0)]
    check = base_texts.checked(act, item, base_texts.next_draft(act, item))
    assert check is not None
    assert [(fate.number, fate.state.value) for fate in check.check.fates] == [(1, "in"), (2, "missing")]
    assert [each.edit.after for each in check.check.unaccepted] == ["The mean of the two values is reported."]
    assert changes.load(act, services.blobs, convened) is None
    assert len(make.session.exec(select(AcceptedChange)).all()) == 2


def test_house_with_meetings_of_an_earlier_loading_is_left_as_it_is(make: Make, services: Services) -> None:
    act = make.act_as(Actor.operator())
    structure.load(act)
    cast.load(act)
    meetings.load(act)

    assert changes.load(act, services.blobs, meetings.load(act)) is None
    assert make.session.exec(select(WorkItem)).all() == []
