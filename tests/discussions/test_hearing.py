"""What the worker makes of discussions: they are found, they are told, they follow what they are about."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.discussions import actions
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.subjects import About, about
from sgdocs.documents.actions.access import set_audience
from sgdocs.documents.queries import by_id
from sgdocs.journal.models import Entry
from sgdocs.notices.following import mute
from sgdocs.notices.models import Notice
from sgdocs.people.models import Person
from sgdocs.search import indexing, queries
from sgdocs.search.queries import Asked
from sgdocs.wiring import Services
from tests.cast import Cast, Player
from tests.documents.papers import paper
from tests.liaison.desk import body, received
from tests.make import Make
from tests.notices.stories import follow
from tests.support.databases import Clock

Work = Callable[[], None]


@pytest.fixture
def subject(cast: Cast, make: Make) -> About:
    cast.summon("chair", "rapporteur", "delegate_member", "delegate_associate", "outsider", "tsb", "sg13")
    return about(cast.tsb.act, Kind.DOCUMENT, paper(make, 3).name)


def said(player: Player, subject: About, text: str) -> Message:
    row = actions.say(player.act, subject, Wanted(text))
    player.act.session.commit()
    return row


def hits(database: Database, services: Services, clock: Clock, words: str, actor: Actor) -> list[str]:
    with database.reading() as session:
        found = queries.find(Act(session, actor, clock.now), services.search, Asked(typed=words))
        return [hit.address for hit in found.hits if hit.what == "discussion_message"]


def told(act: Act) -> list[tuple[str, str, str]]:
    """Name, topic and why of each notice on what was said."""
    rows = select(Person.name, Notice.topic, Notice.why).join(Notice, col(Notice.person_id) == Person.id)
    return sorted(act.session.exec(rows.where(col(Notice.topic).in_(("talk", "mentions")))).all())


def test_a_message_is_found_by_its_readers_until_it_is_hidden(
    subject: About, cast: Cast, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    row = said(cast.delegate_member, subject, "The **hollowcore** splice needs `zirconium`.")
    said(cast.rapporteur, subject, "Something else")
    work()
    address = [f"/discussion/{row.thread_id}?at=1#m1"]
    for words in ("hollowcore", "zirconium splice"):
        assert hits(database, services, clock, words, cast.delegate_associate.actor) == address
        assert hits(database, services, clock, words, cast.outsider.actor) == []
        assert hits(database, services, clock, words, Actor.anonymous()) == []
    assert indexing.differences(services) == []

    act = cast.chair.act
    actions.hide(act, act.session.get_one(Thread, row.thread_id), act.session.get_one(Message, row.id), "Secret")
    act.session.commit()
    assert hits(database, services, clock, "hollowcore", cast.delegate_associate.actor) == [], "the index lags"
    work()
    assert indexing.differences(services) == []


def test_talk_on_a_statement_is_found_on_the_side_of_each_addressee(
    cast: Cast, make: Make, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    """Once by each who reads it: the member reads it on two sides, an Associate of the second group on one."""
    cast.summon("tsb", "delegate_member", "delegate_associate", "outsider", "sg13", "sg15")
    body(make)
    make.session.commit()
    statement = received(cast.tsb.act, to=["T/SG15", "T/SG13"])
    row = said(cast.delegate_member, about(cast.tsb.act, Kind.STATEMENT, statement.name), "On hollowcore")
    work()

    address = [f"/discussion/{row.thread_id}?at=1#m1"]
    found = [
        hits(database, services, clock, "hollowcore", player.actor)
        for player in (cast.delegate_member, cast.delegate_associate, cast.outsider)
    ]
    assert found == [address, address, []]
    assert indexing.differences(services) == []


def test_a_narrowed_document_takes_its_discussion_along(
    subject: About, cast: Cast, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    row = said(cast.delegate_member, subject, "On hollowcore")
    work()
    act = cast.tsb.act
    document = by_id(act, subject.id)
    set_audience(act, document, "secretariat", "Names a supplier")
    act.session.commit()

    assert hits(database, services, clock, "hollowcore", cast.delegate_associate.actor) == [], "before the worker"
    work()
    assert act.session.get_one(Thread, row.thread_id).audience == "secretariat"
    assert hits(database, services, clock, "hollowcore", cast.tsb.actor) != []
    changed = select(Entry.facts).where(Entry.verb == "discussions.readers-changed")
    assert [facts["discussion_message_ids"] for facts in act.session.exec(changed)] == [[row.id]]


def test_who_is_named_and_who_follows_is_told_once(subject: About, cast: Cast, act: Act, work: Work) -> None:
    follow(cast.chair, f"document:{subject.id}")
    follow(cast.tsb, f"document:{subject.id}")
    row = said(cast.delegate_member, subject, f"@{cast.rapporteur.person.slug} @{cast.tsb.person.slug} look")
    follow(cast.delegate_associate, f"thread:{row.thread_id}")
    said(cast.chair, subject, f"@{cast.outsider.person.slug} as well")
    work()
    everybody = told(act)
    name = {
        player: getattr(cast, player).person.name for player in ("chair", "rapporteur", "tsb", "delegate_associate")
    }
    assert everybody == sorted(
        [
            (name["chair"], "talk", "follows"),
            (name["rapporteur"], "mentions", "mentioned"),
            (name["tsb"], "mentions", "mentioned"),
            (name["tsb"], "talk", "follows"),
            (name["delegate_associate"], "talk", "follows"),
            (name["delegate_associate"], "talk", "follows"),
        ]
    )

    thread = act.session.get_one(Thread, row.thread_id)
    actions.edit(cast.delegate_member.act, thread, row, f"@{cast.rapporteur.person.slug} and @{cast.chair.person.slug}")
    actions.hide(cast.chair.act, thread, row, "Twice")
    act.session.commit()
    work()
    more = told(act)
    assert [each for each in more if each not in everybody] == sorted(
        [
            (name["chair"], "mentions", "mentioned"),
            (cast.delegate_member.person.name, "mentions", "author"),
        ]
    )


def test_a_muted_thread_tells_nothing(subject: About, cast: Cast, act: Act, work: Work) -> None:
    row = said(cast.delegate_member, subject, "First")
    mute(cast.rapporteur.act, cast.rapporteur.person, f"thread:{row.thread_id}")
    said(cast.delegate_member, subject, f"@{cast.rapporteur.person.slug}")
    work()
    assert told(act) == []
