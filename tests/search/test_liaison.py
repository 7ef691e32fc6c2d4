"""Liaison statements and bodies in the search: by number, title, text, sides; for whom they are; as one hit each."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.documents.actions.withdrawing import withdraw
from sgdocs.documents.models import Document
from sgdocs.journal.record import record
from sgdocs.liaison import queries as liaison
from sgdocs.liaison.models import Statement
from sgdocs.search import indexing, queries
from sgdocs.search.finding import resolve
from sgdocs.search.queries import Asked
from sgdocs.search.shown import Shown
from sgdocs.text.model import Unit
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.papers import kept
from tests.liaison.desk import body, received
from tests.make import Make
from tests.support.databases import Clock

Work = Callable[[], None]


@pytest.fixture
def statement(make: Make, cast: Cast) -> Statement:
    """S4-240311 of 3GPP SA4, for SG13 and SG15."""
    cast.summon("sg13", "sg15", "q2", "chair")
    body(make, "3GPP SA4", "3GPP SA WG4")
    facts: dict[str, Any] = {"number": "S4-240311", "dated_on": date(2026, 2, 20), "body": "On codecs for haptics."}
    row = received(cast.tsb.act, "LS on immersive media", to=("T/SG13", "T/SG15"), source=("3GPP SA4",), **facts)
    make.session.commit()
    return row


def hits(
    database: Database, services: Services, clock: Clock, words: str, actor: Actor | None = None, **facets: str
) -> list[str]:
    with database.reading() as session:
        act = Act(session, actor or Actor.operator(), clock.now)
        chosen = {"kind": ("liaison-statement",)} | {name: (value,) for name, value in facets.items()}
        found = queries.find(act, services.search, Asked(typed=words, facets=chosen))
        return [hit.address for hit in found.hits if hit.what == "statement"]


@pytest.mark.databases("sqlite")
def test_statement_is_found_once_by_number_title_text_and_sides(
    statement: Statement, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    work()

    for words in ("S4-240311", "immersive media", "haptics", "3GPP SA4 codecs"):
        assert hits(database, services, clock, words) == [f"/liaison/{statement.name}"], words
    assert hits(database, services, clock, "immersive", group="SG15") == [f"/liaison/{statement.name}"]
    assert hits(database, services, clock, "immersive", group="SG17") == []
    assert indexing.differences(services) == []


@pytest.mark.databases("sqlite")
def test_statement_is_found_by_those_of_each_side_alone(
    statement: Statement, make: Make, cast: Cast, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    first, second = liaison.addressees_of(make.session, statement)
    statement.audience, first.audience, second.audience = "secretariat", "T/SG13", "org:0"
    make.session.commit()
    indexing.rebuild(services)

    address = [f"/liaison/{statement.name}"]
    assert hits(database, services, clock, "haptics", cast.delegate_member.actor) == address
    assert hits(database, services, clock, "haptics", cast.outsider.actor) == []
    with database.reading() as session:
        assert resolve(Act(session, cast.outsider.actor, clock.now), "S4-240311").targets == ()
    first.audience = "org:0"
    make.session.commit()
    assert hits(database, services, clock, "haptics", cast.delegate_member.actor) == []


@pytest.mark.databases("sqlite")
def test_draft_is_not_in_the_index(
    statement: Statement, make: Make, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    statement.status, statement.sent_at = "draft", None
    make.session.commit()
    work()

    assert hits(database, services, clock, "haptics") == []
    assert indexing.differences(services) == []


def test_number_of_the_sender_leads_to_the_statement(act: Act, statement: Statement) -> None:
    assert [(t.what, t.why) for t in resolve(act, "s4 240311").targets] == [("statement", "liaison")]


def test_number_of_a_document_leads_to_the_document(act: Act, statement: Statement) -> None:
    filed = liaison.addressees_of(act.session, statement)[1].document_id
    name = act.session.get_one(Document, filed).name

    assert [(target.what, target.id) for target in resolve(act, name).targets] == [("document", filed)]


@pytest.mark.parametrize("typed", ["immersive media", "S4", "2026", "", "LS", "240311!"])
def test_ordinary_words_name_no_statement(act: Act, statement: Statement, typed: str) -> None:
    assert [target for target in resolve(act, typed).targets if target.what == "statement"] == []


@pytest.mark.databases("sqlite")
def test_body_is_found_by_each_of_its_names(
    statement: Statement, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    indexing.rebuild(services)

    with database.reading() as session:
        act = Act(session, Actor.anonymous(), clock.now)
        for words in ("3GPP SA4", "3GPP SA WG4"):
            found = queries.find(act, services.search, Asked(typed=words, facets={"kind": ("outside-body",)}))
            assert [(hit.what, hit.address) for hit in found.hits] == [("liaison_body", "/body/3gppsa4")]


# A statement and the documents that it is


def shown(database: Database, services: Services, clock: Clock, words: str, actor: Actor | None = None) -> list[Shown]:
    with database.reading() as session:
        act = Act(session, actor or Actor.operator(), clock.now)
        return list(queries.find(act, services.search, Asked(typed=words)).hits)


def filed(make: Make, statement: Statement) -> list[Document]:
    """The documents of the two groups; that of SG13 has a text with words that stand nowhere else."""
    rows = [make.session.get_one(Document, each.document_id) for each in liaison.addressees_of(make.session, statement)]
    kept(
        make,
        rows[0],
        (Unit("3", "Latency", "A zymurgic latency of nine milliseconds.", 1, "c-3"),),
        name="LS-E.docx",
        language="fr",
    )
    make.session.commit()
    return rows


def test_statement_and_its_documents_are_one_hit_that_names_them(
    statement: Statement, make: Make, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    first, second = filed(make, statement)
    documents = [f"/doc/{first.name}", f"/doc/{second.name}"]
    work()

    for words in ("immersive media", "S4-240311", "haptics"):
        (hit,) = shown(database, services, clock, words)
        assert (hit.what, hit.address) == ("statement", f"/liaison/{statement.name}"), words
        assert sorted(each.address for each in hit.others) == sorted(documents)
    (hit,) = shown(database, services, clock, "zymurgic")
    assert (hit.what, hit.address, hit.place_first) == ("statement", f"/liaison/{statement.name}", True)
    assert [place.address.partition("?")[0] for place in hit.places] == [f"/doc/{first.name}/text"]
    assert any("zymurgic" in piece.text for extract in hit.extracts for piece in extract.pieces)
    assert indexing.differences(services) == []


def test_text_of_one_groups_document_is_for_that_group(
    statement: Statement, make: Make, cast: Cast, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    """The text stays with the readers of the document, and the statement names what its reader may read."""
    first, second = filed(make, statement)
    second.audience = "secretariat"
    make.session.commit()
    work()
    (hit,) = shown(database, services, clock, "immersive media", cast.delegate_state.actor)
    assert [each.address for each in hit.others] == [f"/doc/{first.name}"]

    first.audience = "secretariat"
    record(make.act, "documents.audience-set", first, audience="secretariat")
    make.session.commit()
    work()
    (hit,) = shown(database, services, clock, "immersive media", cast.delegate_state.actor)
    assert (hit.what, hit.others, hit.places) == ("statement", (), ())
    assert shown(database, services, clock, "zymurgic", cast.delegate_state.actor) == []


def test_document_of_a_statement_that_may_not_be_read_stays_a_hit(
    statement: Statement, make: Make, cast: Cast, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    first, _ = filed(make, statement)
    statement.audience = "secretariat"
    for each in liaison.addressees_of(make.session, statement):
        each.audience = "secretariat"
    make.session.commit()
    work()

    (hit,) = shown(database, services, clock, "zymurgic", cast.delegate_state.actor)

    assert (hit.what, hit.address) == ("document", f"/doc/{first.name}")
    assert hit.others == ()


def test_what_touches_one_of_them_leaves_one_family(
    statement: Statement, make: Make, cast: Cast, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    """Also a document that became the statement's later, or is it no longer."""
    first, _ = filed(make, statement)
    work()
    to = liaison.addressees_of(make.session, statement)[0]
    statement.document_id = to.document_id = None
    record(make.act, "documents.retitled", first, audience=first.audience)
    record(make.act, "liaison.edited", statement, audience=statement.audience)
    make.session.commit()
    work()
    assert [(hit.what, hit.address) for hit in shown(database, services, clock, "zymurgic")] == [
        ("document", f"/doc/{first.name}")
    ]

    to.document_id = first.id
    record(make.act, "liaison.filed", statement, audience=statement.audience)
    make.session.commit()
    work()
    assert [hit.what for hit in shown(database, services, clock, "zymurgic")] == ["statement"]
    withdraw(cast.tsb.act, first, "Sent by mistake")
    make.session.commit()
    work()
    assert shown(database, services, clock, "zymurgic") == []
    (hit,) = shown(database, services, clock, "immersive media")
    assert hit.what == "statement"
    assert indexing.differences(services) == []
