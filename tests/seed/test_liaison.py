"""The register of the demonstration: threads, what is overdue, crossed and drafted; bodies that real registers name."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database, metadata, open_database
from sgdocs.journal.models import Entry
from sgdocs.liaison import bodies, queries
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.ledger import LedgerFilter, rows
from sgdocs.liaison.models import Addressee, Dispatch, Relation, Statement
from sgdocs.liaison.queues import Queue
from sgdocs.liaison.threads import thread_of
from sgdocs.seed import bodies as known
from sgdocs.seed import cast, liaison, meetings, structure
from sgdocs.seed.liaison_tales import TALES
from sgdocs.storage.local import LocalStore
from tests.support.databases import all_models

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Path]]:
    """A house with structure, cast, meetings and the register."""
    home = tmp_path_factory.mktemp("liaison")
    database = open_database(f"sqlite:///{home / 'sgdocs.db'}")
    all_models()
    with database.engine.execution_options(sgdocs_writing=True).begin() as connection:
        metadata.create_all(connection)
    with database.writing() as session:
        act = Act(session, Actor.operator(), NOW)
        structure.load(act)
        cast.load(act)
        known.load(act)
        convened = meetings.load(act)
        liaison.load(act, LocalStore(home / "blobs"), convened, site="http://127.0.0.1:8000")
    yield database, home
    database.engine.dispose()


@pytest.fixture
def session(house: tuple[Database, Path]) -> Iterator[Session]:
    with house[0].reading() as session:
        yield session


@pytest.fixture
def office(session: Session) -> Act:
    return Act(session, Actor.operator(), NOW)


def test_every_tale_is_in_the_register(session: Session) -> None:
    counted = Counter(session.exec(select(Statement.status)))

    assert sum(counted.values()) == len(TALES)
    assert {name: counted[name] for name in ("draft", "agreed", "approved", "withdrawn")} == {
        "draft": 3,
        "agreed": 2,
        "approved": 1,
        "withdrawn": 1,
    }


@pytest.mark.parametrize("queue", [queue for queue in Queue if queue is not Queue.UNKNOWN])
def test_every_queue_has_something_to_show(office: Act, queue: Queue) -> None:
    assert rows(office, LedgerFilter(queue=queue)).total > 0


def test_thread_leads_through_groups_and_bodies(office: Act) -> None:
    first = queries.by_name(office, "SG15-LS1")

    thread = thread_of(office, first)

    assert {node.row.label for node in thread} == {"SG15-LS1", "BBF-LS-0412", "802.3-26/0177", "SG15-LS2"}


def test_answers_closed_what_they_answer(session: Session) -> None:
    answered = session.exec(select(func.count()).select_from(Addressee).where(Addressee.state == "replied")).one()
    replies = session.exec(select(func.count()).select_from(Relation).where(Relation.kind == "replies-to")).one()

    assert answered == len([tale for tale in TALES if tale.replies_to and tale.until == "sent"])
    assert replies == len([tale for tale in TALES if tale.replies_to])


def test_letters_were_acknowledged_by_their_links(session: Session) -> None:
    held = select(Statement.label).join(Dispatch, col(Dispatch.statement_id) == col(Statement.id))
    acknowledged = set(session.exec(held.where(col(Dispatch.acknowledged_at).is_not(None))))

    assert acknowledged == {"SG15-LS1", "SG17-LS1", "SG15-LS5", "SG15-LS2"}


def test_loading_again_changes_nothing(house: tuple[Database, Path]) -> None:
    database, home = house
    with database.writing() as session:
        before = session.exec(select(func.count()).select_from(Entry)).one()
        act = Act(session, Actor.operator(), NOW)
        made = known.load(act), liaison.load(act, LocalStore(home / "blobs"), {}, site="")
        after = session.exec(select(func.count()).select_from(Entry)).one()

    assert (made, after) == ((0, 0), before)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("GSMA", "gsma"),
        ("IETF codec", "ietf-codec"),
        ("IETF CLUE", "ietf-clue"),
        ("3GPP SA WG4", "3gpp-sa4"),
        ("3GPP SA4", "3gpp-sa4"),
        ("3GPP RAN", "3gpp-ran"),
        ("3GPP TSG RAN", "3gpp-ran"),
        ("3GPP PCG", "3gpp-pcg"),
        ("3GPP CT3", "3gpp-ct3"),
        ("ISO/IEC JTC 1/SC 29", "jtc1-sc29"),
        ("ISO/IEC JTC 1/SC 29/WG 11", "mpeg"),
        ("MPEG ISO/IEC JTC 1/SC 29/WG 7", "jtc1-sc29-wg7"),
        ("5G-MAG", "5g-mag"),
    ],
)
def test_names_of_real_registers_lead_to_bodies(session: Session, words: str, slug: str) -> None:
    found = bodies.find(session, words)

    assert found is not None
    assert found.slug == slug


def test_bodies_stand_under_what_they_are_a_part_of(session: Session) -> None:
    rows = {row.slug: row for row in session.exec(select(Body))}

    assert len(rows) == len(known.BODIES)
    for each in known.BODIES:
        parent = rows[each.parent].id if each.parent else None
        assert rows[each.slug].parent_id == parent, each.slug
