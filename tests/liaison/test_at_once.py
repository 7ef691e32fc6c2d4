"""Several at the same moment: numbers without a gap and as printed, one sending, one acknowledgement, one edit."""

import io
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import Session, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict
from sgdocs.documents.models import Document, NumberSeries
from sgdocs.groups.queries import actor_for
from sgdocs.liaison.actions import delivering, drafting, sending
from sgdocs.liaison.actions.receiving import receive
from sgdocs.liaison.models import Statement
from sgdocs.mail.models import Letter
from sgdocs.people.models import Person
from tests.cast import Cast
from tests.documents.desk import upload
from tests.liaison import outbox
from tests.liaison.desk import body
from tests.liaison.desk import form as incoming
from tests.liaison.outbox import Store
from tests.make import Make, all_rows
from tests.support.databases import NOW

TO_BOTH = [{"name": "T/SG15"}, {"name": "3GPP SA2", "purpose": "comment"}]
Deed = Callable[[Act], str]


def at_once(database: Database, name: str, deeds: Sequence[Deed]) -> list[str]:
    """All deeds of one person in threads, each in a transaction of its own: what each gave, or the rule against it."""

    def one(do: Deed) -> str:
        try:
            with database.writing() as session:
                person = session.exec(select(Person).where(Person.name == name)).one()
                return do(Act(session, actor_for(session, person, NOW), NOW, site=outbox.SITE))
        except Conflict as conflict:
            return conflict.rule.id

    with ThreadPoolExecutor(6) as threads:
        return list(threads.map(one, deeds))


def sends(id: int | None, store: Store) -> Deed:
    def do(act: Act) -> str:
        statement = act.session.get_one(Statement, id)
        return outbox.send(act, statement, store).label

    return do


def printed(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


def test_numbers_have_no_gap_and_are_those_that_are_printed(
    database: Database, act: Act, cast: Cast, make: Make
) -> None:
    outbox.partner(make)
    titles = ["Ants", "Bees", "Cats", "Dogs", "Eels", "Foxes"]
    ids = [outbox.approved(cast, title=each, body=f"About {each}.").id for each in titles]
    cast.summon("tsb")
    act.session.commit()
    store = Store()

    labels = at_once(database, "Tessa Ledger", [sends(id, store) for id in ids])

    assert sorted(labels) == [f"SG13-LS{n}" for n in range(1, 7)]
    texts = [printed(content) for content in store.kept.values()]
    for title, label in zip(titles, labels, strict=True):
        (own,) = [text for text in texts if f"About {title}." in text and f">{label}<" in text]
        assert own


def test_statement_is_sent_once(database: Database, act: Act, cast: Cast, make: Make) -> None:
    outbox.partner(make)
    statement = outbox.approved(cast, addressees=TO_BOTH)
    accept, version, id = outbox.accepted(cast.tsb.act, statement), statement.version, statement.id
    act.session.commit()

    def send(act: Act) -> str:
        found = act.session.get_one(Statement, id)
        return sending.send(act, found, version, Store(), accept=accept).label

    labels = at_once(database, "Tessa Ledger", [send] * 4)

    assert sorted(labels) == ["SG13-LS1", *["base.changed-meanwhile"] * 3]
    with Session(database.engine) as session:
        assert len(session.exec(select(Letter)).all()) == 1
        assert sorted(session.exec(select(Document.label))) == ["SG13-LS1", "TD1/GEN"]
        assert [each.last for each in session.exec(select(NumberSeries))] == [1, 1]


def test_link_is_used_once(database: Database, act: Act, cast: Cast, make: Make) -> None:
    outbox.partner(make)
    outbox.sent(cast, addressees=TO_BOTH)
    token = act.session.exec(select(Letter.hidden)).one()
    act.session.commit()

    def press(act: Act) -> str:
        return delivering.acknowledge(Act(act.session, Actor.anonymous(), NOW), token).number

    pressed = at_once(database, "Tessa Ledger", [press] * 4)

    assert sorted(pressed) == ["SG13-LS1", *["liaison.link-used"] * 3]


def test_of_two_edits_from_one_page_one_counts(database: Database, act: Act, cast: Cast) -> None:
    statement = outbox.drafted(cast)
    version, id = statement.version, statement.id
    act.session.commit()

    def edits(title: str) -> Deed:
        def do(act: Act) -> str:
            found = act.session.get_one(Statement, id)
            return drafting.edit(act, found, outbox.form(title=title), version).title

        return do

    done = at_once(database, "Rafael Quill", [edits(title) for title in ("Mine", "Yours", "Theirs")])

    assert done.count("base.changed-meanwhile") == 2
    with Session(database.engine) as session:
        kept = session.get_one(Statement, id).title
    assert kept in done


def test_statement_that_is_entered_twice_at_once_is_one(database: Database, act: Act, cast: Cast, make: Make) -> None:
    cast.summon("tsb", "sg13")
    body(make, "3GPP SA2")
    make.session.commit()
    letter = upload()

    def enter(writing: Act) -> str:
        return receive(writing, incoming(number="S2-2601234"), [letter]).name

    told = at_once(database, cast.tsb.person.name, [enter] * 4)

    assert sorted(told) == ["T25-SG13-TD1-GEN", *["liaison.received-already"] * 3]
    assert len(all_rows(make.session, Statement)) == 1
