"""Saved searches: kept as they were asked, looked through as their owner; tracked lists by rule and by hand."""

from collections.abc import Callable
from dataclasses import fields

import pytest
from sqlmodel import select

from sgdocs.base.errors import Conflict, Invalid, NotFound
from sgdocs.journal.models import Entry
from sgdocs.mail.memory import MemoryMailer
from sgdocs.notices.models import Notice
from sgdocs.web import approval_filters, liaison_filters, paper_lists, work_filters
from sgdocs.wiring import Services
from sgdocs.workspace import actions, tracking
from sgdocs.workspace.alerting import look_through
from sgdocs.workspace.asking import SHOWING, read
from sgdocs.workspace.lists import LISTS, ListOf
from sgdocs.workspace.models import SavedSearch
from sgdocs.workspace.rules import MOST_SEARCHES, Alert
from sgdocs.workspace.schemas import ListForm, SearchForm
from tests.cast import Cast
from tests.documents.papers import UNITS, kept, paper
from tests.make import Make
from tests.support.databases import Clock

Work = Callable[[], None]


def saved(
    make: Make, cast: Cast, path: str = "/doc", query: str = "group=SG13", often: Alert = Alert.NOW
) -> SavedSearch:
    return actions.save_search(
        cast.delegate_member.act, SearchForm(name="Papers of SG13", path=path, query=query, often=often)
    )


def test_new_hits_are_told_once(
    cast: Cast, make: Make, work: Work, clock: Clock, mailer: MemoryMailer, services: Services
) -> None:
    me = cast.delegate_member
    paper(make, 1)
    row = saved(make, cast)
    make.session.commit()
    work()
    make.session.expire_all()
    assert make.session.get_one(SavedSearch, row.id).new == [], "what was there before is no news"

    clock.move(minutes=5)
    make.act.now = clock.now
    second = paper(make, 2)
    hidden = paper(make, 3, audience="secretariat")
    make.session.commit()
    clock.move(minutes=2)
    work()
    clock.move(minutes=2)
    work()
    make.session.expire_all()

    found = tracking.found_by(me.act, services, tracking.search(me.act, row.id or 0))
    assert found.new == {f"document:{second.id}"}
    assert f"document:{hidden.id}" not in {hit.key for hit in found.hits.rows}
    told = make.session.exec(select(Entry).where(Entry.verb == "workspace.search-found")).all()
    assert [(each.audience, each.facts) for each in told] == [(f"person:{me.person.id}", {"number": 1})]
    (notice,) = make.session.exec(select(Notice).where(Notice.topic == "searches"))
    assert notice.person_id == me.person.id
    letters = [str(each["Subject"]) for each in mailer.sent]
    assert [each for each in letters if "saved search" in each] == ["New hits of your saved search “Papers of SG13”: 1"]

    actions.forget_new(me.act, row.id or 0)
    make.session.commit()
    clock.move(minutes=20)
    work()
    make.session.expire_all()
    assert make.session.get_one(SavedSearch, row.id).new == []


def test_daily_search_waits_for_its_hour(cast: Cast, make: Make, work: Work, clock: Clock) -> None:
    row = saved(make, cast, often=Alert.DAILY)
    make.session.commit()
    work()
    make.act.now = clock.move(hours=2)
    document = paper(make)
    make.session.commit()
    work()
    make.session.expire_all()
    assert make.session.get_one(SavedSearch, row.id).new == []

    make.session.commit()
    clock.move(days=1)
    work()
    make.session.expire_all()

    assert make.session.get_one(SavedSearch, row.id).new == [f"document:{document.id}"]


def test_full_text_is_searched_as_its_owner(
    cast: Cast, make: Make, work: Work, clock: Clock, services: Services
) -> None:
    row = saved(make, cast, "/search", "q=hollowcore&kind=contribution")
    make.session.commit()
    work()
    assert "index" in make.session.get_one(SavedSearch, row.id, populate_existing=True).problem, "made in this round"
    make.session.commit()
    clock.move(minutes=2)
    work()
    clock.move(minutes=5)
    make.act.now = clock.now
    seen, hidden = paper(make, 1), paper(make, 2, audience="secretariat")
    for each in (seen, hidden):
        kept(make, each, UNITS)
    make.session.commit()
    work()
    clock.move(minutes=2)
    work()
    make.session.expire_all()

    assert make.session.get_one(SavedSearch, row.id).new == [f"document:{seen.id}"]


@pytest.mark.parametrize(
    ("path", "query", "unknown", "wrong"),
    [
        ("/doc", "colour=red&q=x&page=3", ("colour",), []),
        ("/wi", "group=SG99&status=under-study", (), [("group", "SG99")]),
        ("/wi", "timing_from=soon", (), [("timing_from", "soon")]),
        ("/approval", "which=lost", (), [("which", "lost")]),
        ("/rec", "year=MMXX", (), [("year", "MMXX")]),
        ("/liaison", "direction=sideways", (), [("direction", "sideways")]),
        (
            "/liaison",
            "body=nobody&item=none&owner=me&to=SG99",
            (),
            [("body", "nobody"), ("to", "SG99"), ("item", "none")],
        ),
        ("/search", "q=shape%3Around%20%28&flavour=1", ("flavour",), []),
    ],
)
def test_field_that_no_longer_exists_is_kept_and_told(
    cast: Cast,
    make: Make,
    services: Services,
    path: str,
    query: str,
    unknown: tuple[str, ...],
    wrong: list[tuple[str, str]],
) -> None:
    row = saved(make, cast, path, query)

    found = tracking.found_by(cast.delegate_member.act, services, row)

    assert row.query == query
    assert (found.hits.query.unknown, found.hits.query.wrong) == (unknown, wrong)


@pytest.mark.parametrize(
    "query", ["%00=%ff&&&==", "q=" + "x" * 3900, "&".join(f"f{n}=1" for n in range(400)), "?", "q=%E0%A4"]
)
def test_hostile_query_strings_are_read(cast: Cast, make: Make, services: Services, query: str) -> None:
    for path in LISTS:
        row = saved(make, cast, path, query)
        tracking.found_by(cast.delegate_member.act, services, row)


def test_search_of_another_is_not_found(cast: Cast, make: Make) -> None:
    row = saved(make, cast)

    for stranger in (cast.tsb, cast.admin, cast.rapporteur):
        with pytest.raises(NotFound):
            tracking.search(stranger.act, row.id or 0)
        with pytest.raises(NotFound):
            actions.set_alert(stranger.act, row.id or 0, Alert.OFF)
        with pytest.raises(NotFound):
            actions.delete_search(stranger.act, row.id or 0)
        assert tracking.searches(stranger.act, of_lists=True) == []


def test_what_is_no_list_is_refused(cast: Cast, make: Make) -> None:
    with pytest.raises(Invalid) as refused:
        saved(make, cast, "/my/kept")

    assert refused.value.rule.id == "workspace.no-such-list"


def test_searches_are_limited(cast: Cast, make: Make) -> None:
    for _ in range(MOST_SEARCHES):
        saved(make, cast)

    with pytest.raises(Conflict) as refused:
        saved(make, cast)

    assert refused.value.rule.id == "workspace.too-many-searches"


def test_shut_account_is_not_spoken_for(cast: Cast, make: Make, work: Work, clock: Clock) -> None:
    row = saved(make, cast)
    make.session.commit()
    work()
    cast.delegate_member.person.left_at = clock.now
    make.act.now = clock.move(minutes=5)
    paper(make)
    make.session.commit()
    work()
    make.session.expire_all()

    assert make.session.get_one(SavedSearch, row.id).new == []


def test_list_holds_what_rules_find_and_what_was_put_on(cast: Cast, make: Make, services: Services) -> None:
    me = cast.delegate_member.act
    first, second = paper(make, 1), paper(make, 2, title="Optical")
    paper(make, 3)
    row = actions.make_list(me, ListForm(name="Optics"))
    actions.save_search(me, SearchForm(name="Optical ones", path="/doc", query="q=optical", list_id=row.id))
    actions.put_on(me, row.id or 0, "document", first.id or 0)

    def on_it() -> list[tuple[str, tuple[str, ...], bool]]:
        return [(each.hit.label, each.because, each.by_hand) for each in tracking.contents(me, services, row)]

    assert on_it() == [("SG13-C1", (), True), ("SG13-C2", ("Optical ones",), False)]
    actions.take_off(me, row.id or 0, "document", second.id or 0)
    assert on_it() == [("SG13-C1", (), True)]
    actions.put_on(me, row.id or 0, "document", second.id or 0)
    assert on_it() == [("SG13-C1", (), True), ("SG13-C2", ("Optical ones",), True)]
    first.audience = "secretariat"
    make.session.flush()
    assert on_it() == [("SG13-C2", ("Optical ones",), True)]
    with pytest.raises(NotFound):
        actions.put_on(me, row.id or 0, "document", first.id or 0)


def test_rule_of_a_list_of_another_is_refused(cast: Cast, make: Make) -> None:
    row = actions.make_list(cast.delegate_member.act, ListForm(name="Mine"))

    with pytest.raises(NotFound):
        actions.save_search(cast.tsb.act, SearchForm(name="x", path="/doc", list_id=row.id))


def test_list_is_deleted_with_its_rules(cast: Cast, make: Make) -> None:
    me = cast.delegate_member.act
    row = actions.make_list(me, ListForm(name="Gone"))
    actions.save_search(me, SearchForm(name="x", path="/doc", list_id=row.id))
    actions.put_on(me, row.id or 0, "document", paper(make).id or 0)

    actions.delete_list(me, row.id or 0)

    assert (tracking.lists(me), tracking.searches(me, of_lists=True)) == ([], [])


def test_fields_are_those_of_the_lists() -> None:
    """What a list can be asked for can be saved: the query strings of pages and of saved searches have the same names."""
    of_pages = {
        "/doc": {each.name for each in fields(paper_lists.Wanted)},
        "/wi": {each.name for each in fields(work_filters.Wanted)},
        "/liaison": {each.name for each in fields(liaison_filters.Wanted)},
        "/approval": {each.name for each in fields(approval_filters.Asked)},
    }

    assert {path: names - SHOWING for path, names in of_pages.items()} == {
        path: set(LISTS[path].fields) for path in of_pages
    }
    assert read("page=2&sort=title&col=kind", LISTS["/doc"].fields).unknown == ()


def test_one_search_that_breaks_stops_no_other(
    cast: Cast, make: Make, clock: Clock, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = saved(make, cast, query="group=SG13"), saved(make, cast, path="/rec", query="")
    make.session.commit()

    def broken(*_: object) -> object:
        raise OverflowError("broken")

    monkeypatch.setitem(LISTS, "/doc", ListOf("Documents", frozenset({"group"}), broken))  # type: ignore[arg-type]

    assert look_through(services, clock.now) == 2
    make.session.expire_all()
    assert make.session.get_one(SavedSearch, first.id).problem == "The search could not be run."
    assert make.session.get_one(SavedSearch, second.id).checked_at == clock.now
