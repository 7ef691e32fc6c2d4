"""Events are drafted, announced, joined, cancelled; places, waiting, programme."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from threading import Barrier, Thread
from time import sleep

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from sgdocs.events import actions, queries
from sgdocs.events.models import Event, EventRegistration
from sgdocs.events.queries import EventFilter
from sgdocs.events.schemas import JoinForm, SessionForm, TalkForm
from sgdocs.groups.queries import actor_for
from sgdocs.journal.models import Entry
from sgdocs.people.models import Person
from sgdocs.privacy.actions import forget
from tests.cast import Cast, Player
from tests.events.holding import FIRST, form, held, joins, with_programme


def seen(player: Player, **asked: object) -> list[str]:
    return [row.event.slug for row in queries.listing(player.act, EventFilter(when="all", **asked)).rows]  # type: ignore[arg-type]


def test_a_draft_is_for_those_who_manage_it(cast: Cast) -> None:
    cast.summon("q2", "sg15", "chair", "tsb", "counsellor", "delegate_member", "outsider")
    event = actions.draft(cast.chair.act, form())

    assert event.slug == "workshop-on-slices-2026"
    assert seen(cast.chair) == seen(cast.counsellor) == seen(cast.tsb) == [event.slug]
    assert seen(cast.delegate_member) == seen(cast.outsider) == []
    with pytest.raises(NotFound):
        queries.by_slug(cast.delegate_member.act, event.slug)
    with pytest.raises(NotAllowed):
        actions.draft(cast.delegate_member.act, form())
    with pytest.raises(NotAllowed):
        actions.draft(cast.chair.act, form(group="T/SG15"))
    with pytest.raises(Refused):
        joins(cast.delegate_member, event)
    actions.announce(cast.chair.act, event)
    assert seen(cast.outsider) == [event.slug]
    assert seen(cast.outsider, group_ids=(cast.q2.id or 0,)) == [event.slug]
    assert actions.draft(cast.chair.act, form()).slug == "workshop-on-slices-2026-2"


def test_an_event_for_the_group_is_hidden_from_strangers(cast: Cast) -> None:
    event = held(cast, readers="group")

    assert seen(cast.outsider) == []
    assert seen(cast.guest) == seen(cast.delegate_member) == [event.slug]
    with pytest.raises(NotFound):
        queries.by_slug(cast.outsider.act, event.slug)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"groups": "T/SG99"}, "groups"),
        ({"ends_on": "2026-12-01"}, "ends_on"),
        ({"join_link": "ftp://x"}, "join_link"),
    ],
)
def test_what_is_wrong_is_named(cast: Cast, facts: dict[str, str], field: str) -> None:
    cast.summon("q2")
    with pytest.raises(Invalid) as refused:
        actions.draft(cast.chair.act, form(**facts))

    assert refused.value.field == field


def test_cancelling_needs_a_reason_and_ends_it(cast: Cast, act: Act) -> None:
    event = held(cast)
    with pytest.raises(Invalid):
        actions.cancel(cast.chair.act, event, " ")
    actions.cancel(cast.chair.act, event, "The hall is closed")

    assert (event.state, event.reason) == ("cancelled", "The hall is closed")
    with pytest.raises(Conflict):
        actions.edit(cast.chair.act, event, form())
    with pytest.raises(Conflict):
        joins(cast.delegate_member, event)
    assert act.session.exec(select(Entry.verb).where(Entry.subject_kind == "event").order_by("id")).all() == [
        "events.drafted", "events.announced", "events.cancelled",
    ]  # fmt: skip


def test_a_page_that_is_out_of_date_changes_nothing(cast: Cast) -> None:
    event = held(cast)
    version = event.version
    actions.edit(cast.chair.act, event, form(title="Other", version=version))
    with pytest.raises(Conflict):
        actions.edit(cast.tsb.act, event, form(title="Third", version=version))
    assert (event.title, event.slug) == ("Other", "workshop-on-slices-2026")


def test_talks_follow_one_another_in_the_time_of_the_place(cast: Cast) -> None:
    event = with_programme(cast, held(cast))
    (part,) = queries.programme(cast.outsider.act, event)

    assert part.session.starts_at == datetime(2026, 12, 2, 0, 0, tzinfo=UTC)
    assert [(row.talk.title, row.starts_at.hour, row.starts_at.minute) for row in part.talks] == [
        ("Opening", 0, 0),
        ("Slices", 0, 30),
    ]
    actions.move_talk(cast.chair.act, event, part.session, part.talks[1].talk)
    assert [row.talk.title for row in queries.programme(cast.chair.act, event)[0].talks] == ["Slices", "Opening"]
    with pytest.raises(Invalid):
        actions.add_talk(cast.chair.act, event, part.session, TalkForm(title="Too long", minutes=16))
    short = SessionForm(title="Morning", on=FIRST, begins=time(9), until=time(10, 14))
    with pytest.raises(Invalid) as refused:
        actions.edit_session(cast.chair.act, event, part.session, short)
    assert refused.value.field == "until"
    with pytest.raises(Invalid):
        actions.edit(cast.chair.act, event, form(starts_on=date(2026, 12, 3)))
    with pytest.raises(NotAllowed):
        actions.remove_session(cast.delegate_member.act, event, part.session)
    actions.remove_session(cast.chair.act, event, part.session)
    assert queries.programme(cast.chair.act, event) == []


def test_who_asks_first_gets_the_place_and_the_next_waits(cast: Cast, act: Act) -> None:
    event = held(cast, capacity=1)
    first, second = joins(cast.delegate_member, event), joins(cast.outsider, event)
    assert (first.status, second.status) == ("registered", "waiting")
    assert not queries.sees_links(cast.outsider.act, event)
    with pytest.raises(NotAllowed):
        actions.join(cast.outsider.act, event, cast.guest.person, JoinForm())
    actions.leave(cast.delegate_member.act, event, cast.delegate_member.person)

    assert second.status == "registered"
    told = act.session.exec(select(Entry).where(Entry.verb == "events.place-given")).one()
    assert (told.subject_id, told.audience) == (second.id, f"person:{cast.outsider.person.id}")
    with pytest.raises(Conflict):
        actions.leave(cast.delegate_member.act, event, cast.delegate_member.person)
    with pytest.raises(Invalid):
        actions.edit(cast.chair.act, event, form(capacity=1, register_until="2027-01-01"))
    joins(cast.guest, event)
    actions.edit(cast.chair.act, event, form(capacity=5))
    assert queries.taken(act.session, event) == 2, "more places: who waits comes in"


def test_a_place_that_was_left_by_a_removal_goes_to_who_waits(cast: Cast) -> None:
    cast.summon("admin")
    event = held(cast, capacity=1)
    joins(cast.delegate_member, event)
    waits = joins(cast.outsider, event)
    forget(cast.tsb.act, cast.delegate_member.person)
    late = joins(cast.rapporteur, event)
    assert (waits.status, late.status) == ("registered", "waiting"), "nobody jumps the queue"


def test_participants_are_listed_as_they_agreed(cast: Cast) -> None:
    event = held(cast)
    joins(cast.delegate_member, event, listed=True)
    joins(cast.delegate_state, event)

    def names(player: Player) -> list[str]:
        return [each.person.name for each in queries.participants(player.act, event)]

    assert names(cast.delegate_member) == ["Selim Courier"]
    assert names(cast.delegate_state) == ["Selim Courier", "Dora Envoy"]
    assert names(cast.outsider) == []
    assert set(names(cast.chair)) == {"Selim Courier", "Dora Envoy"}
    joins(cast.delegate_member, event, listed=False)
    assert names(cast.rapporteur) == []


@pytest.mark.parametrize("round_", range(3))
def test_a_race_for_the_last_place_has_one_winner(cast: Cast, act: Act, database: Database, round_: int) -> None:
    event = held(cast, capacity=2)
    joins(cast.chair, event)
    people = [
        cast.delegate_member.person.id,
        cast.delegate_state.person.id,
        cast.outsider.person.id,
        cast.guest.person.id,
    ]
    act.session.commit()
    barrier, wrong = Barrier(len(people)), []

    def race(person_id: int | None) -> None:
        barrier.wait()
        try:
            with database.writing() as session:
                person = session.get_one(Person, person_id)
                own = Act(session, actor_for(session, person, act.now), act.now)
                actions.join(own, queries.by_slug(own, event.slug), person, JoinForm())
        except Exception as error:  # told below
            wrong.append(error)

    threads = [Thread(target=race, args=(id,)) for id in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with database.reading() as session:
        found = session.exec(select(EventRegistration.status)).all()
    assert wrong == []
    assert sorted(found) == ["registered"] * 2 + ["waiting"] * 3


def test_of_two_changes_at_once_one_is_told_of_the_other(cast: Cast, act: Act, database: Database) -> None:
    event = held(cast)
    actor, id, version = cast.chair.actor, event.id, event.version
    act.session.commit()

    def change(title: str) -> bool:
        with database.writing() as session:
            mine = Act(session, actor, act.now)
            row = session.get_one(Event, id)
            sleep(0.2)
            try:
                actions.edit(mine, row, form(title=title, version=version))
            except Conflict:
                session.rollback()
                return False
            sleep(0.2)
            return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(change, ("One", "Other"))) == [False, True]


def test_the_place_of_somebody_who_is_forgotten_goes_to_who_waits(cast: Cast, act: Act) -> None:
    event = held(cast, capacity=1)
    cast.summon("admin")
    gone, waits, last = (joins(each, event) for each in (cast.outsider, cast.delegate_member, cast.rapporteur))
    assert (gone.status, waits.status, last.status) == ("registered", "waiting", "waiting")

    forget(cast.tsb.act, cast.outsider.person)

    for row in (waits, last):
        act.session.refresh(row)
    assert (waits.status, last.status) == ("registered", "waiting")
    given = select(Entry.subject_id).where(Entry.verb == "events.place-given")
    assert act.session.exec(given).all() == [waits.id]
