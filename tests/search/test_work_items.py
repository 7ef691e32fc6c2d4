"""Work items in the search: by name, former name, title, number given; for whom they are."""

from collections.abc import Callable
from typing import Any

import pytest

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.search import indexing, queries
from sgdocs.search.finding import resolve
from sgdocs.search.queries import Asked
from sgdocs.wiring import Services
from sgdocs.work_programme import actions
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.naming import keep_names
from sgdocs.work_programme.schemas import EditForm
from tests.cast import Cast
from tests.make import Make
from tests.support.databases import Clock
from tests.work_programme.items import meeting, registered

Work = Callable[[], None]


@pytest.fixture
def item(make: Make, cast: Cast) -> WorkItem:
    """Y.slice, once Y.cut."""
    row = registered(cast, acronym="Y.cut", title="Requirements of sliced transport", summary="Isolation of tenants")
    actions.edit(cast.tsb.act, row, EditForm(acronym="Y.slice-req"))
    make.session.commit()
    return row


def hits(database: Database, services: Services, clock: Clock, words: str, actor: Actor | None = None) -> list[str]:
    with database.reading() as session:
        act = Act(session, actor or Actor.operator(), clock.now)
        found = queries.find(act, services.search, Asked(typed=words, facets={"kind": ("work-item",)}))
        return [f"{hit.identifier} {hit.status} {hit.address}" for hit in found.hits]


@pytest.mark.databases("sqlite")
def test_item_is_found_by_each_of_its_names_and_words(
    item: WorkItem, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    work()

    for words in ("Y.slice-req", "Y.cut", "sliced transport", "tenants isolation", "Blotter"):
        assert hits(database, services, clock, words) == ["Y.slice-req under-study /wi/1-Y.slice-req"], words
    assert indexing.differences(services) == []


@pytest.mark.databases("sqlite")
def test_index_hears_of_what_happens_to_an_item(
    item: WorkItem, make: Make, cast: Cast, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    work()
    actions.discontinue(cast.chair.act, item, meeting(make), "No interest")
    registered(cast, acronym="Y.next", title="Sliced transport again")
    make.session.commit()
    work()

    assert hits(database, services, clock, "sliced transport") == [
        "Y.next under-study /wi/2-Y.next",
        "Y.slice-req deleted /wi/1-Y.slice-req",
    ]
    assert hits(database, services, clock, "status:deleted") == ["Y.slice-req deleted /wi/1-Y.slice-req"]


@pytest.mark.databases("sqlite")
def test_item_that_was_hidden_meanwhile_is_not_shown(
    item: WorkItem, make: Make, cast: Cast, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    work()
    item.audience = "secretariat"
    make.add(item)
    make.session.commit()

    stranger = cast.outsider.actor
    assert hits(database, services, clock, "sliced transport", stranger) == []
    assert hits(database, services, clock, "sliced transport", cast.tsb.actor) != []
    with database.reading() as session:
        assert resolve(Act(session, stranger, clock.now), "Y.cut").targets == ()


@pytest.mark.parametrize("typed", ["Y.slice-req", "y.slice-REQ", "Y.cut", "1-Y.slice-req", "1-whatever", "ITU-T Y.cut"])
def test_name_leads_to_the_item(act: Act, item: WorkItem, typed: str) -> None:
    found = resolve(act, typed)

    assert [(target.what, target.address, target.why) for target in found.targets] == [
        ("work_item", "/wi/1-Y.slice-req", "work-item")
    ]


def test_item_at_work_goes_before_one_that_ended(make: Make, cast: Cast, item: WorkItem) -> None:
    actions.discontinue(cast.chair.act, item, meeting(make), "No interest")
    registered(cast, acronym="Y.cut")

    assert [target.id for target in resolve(make.act, "Y.cut").targets] == [2, item.id]


@pytest.mark.parametrize("typed", ["slices of networks", "2026", "", "…", "4711", "Y.", "1-"])
def test_ordinary_words_name_no_item(act: Act, item: WorkItem, typed: str) -> None:
    assert [target for target in resolve(act, typed).targets if target.what == "work_item"] == []


def test_recommendation_of_the_name_goes_before_the_item(make: Make, cast: Cast, item: WorkItem, add: Any) -> None:
    add("ITU-T Y.3199 (03/2026)", "Slices", approved="2026-03-01")
    item.identifier = "Y.3199"
    keep_names(make.session, item)

    assert [target.address for target in resolve(make.act, "Y.3199").targets] == ["/rec/T/Y.3199"]
