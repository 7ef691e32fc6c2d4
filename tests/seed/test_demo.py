"""The demonstration: what it furnishes, that a second time changes nothing, that passwords stay in it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, func, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database, metadata, open_database
from sgdocs.base.settings import Settings
from sgdocs.groups import queries
from sgdocs.groups.listing import GroupFilter, listing
from sgdocs.groups.models import Group, GroupTerm, StudyPeriod
from sgdocs.journal.models import Entry
from sgdocs.people.accounts import Account
from sgdocs.people.keys import is_password
from sgdocs.people.models import Person
from sgdocs.seed import approval_radio, cast, changes, demo, liaison_tales, structure
from sgdocs.seed.approval_tales import TALES
from sgdocs.seed.facts import rows
from sgdocs.seed.papers import PAPERS
from sgdocs.storage.local import LocalStore
from tests.support.databases import all_models

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A house with structure and cast, loaded once for this file."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'sgdocs.db'}")
    all_models()
    with database.engine.execution_options(sgdocs_writing=True).begin() as connection:
        metadata.create_all(connection)
    with database.writing() as session:
        act = Act(session, Actor.operator(), NOW)
        structure.load(act)
        cast.load(act, password=demo.PASSWORD)
    yield database
    database.engine.dispose()


@pytest.fixture
def session(furnished: Database) -> Iterator[Session]:
    with furnished.reading() as session:
        yield session


def counts(session: Session, *tables: type[SQLModel]) -> list[int]:
    return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


def test_a_second_time_changes_nothing(furnished: Database) -> None:
    tables = (Group, GroupTerm, StudyPeriod, Person, Account, Entry)
    with furnished.reading() as session:
        before = counts(session, *tables)

    with furnished.writing() as session:
        act = Act(session, Actor.operator(), NOW)
        new = (structure.load(act), cast.load(act, password=demo.PASSWORD))

    with furnished.reading() as session:
        assert counts(session, *tables) == before
    assert new == (0, [])


def test_what_people_changed_stays(furnished: Database) -> None:
    with furnished.writing() as session:
        act = Act(session, Actor.operator(), NOW)
        group = queries.by_path(session, "T/SG20")
        period = queries.period_by_code(session, "T25")
        term = session.get_one(GroupTerm, (group.id, period.id))
        was, term.title = term.title, "Our own words"
        session.add(term)
        session.flush()
        structure.load(act)
        assert session.get_one(GroupTerm, (group.id, period.id)).title == "Our own words"
        term.title = was


@pytest.mark.parametrize(
    ("period", "numbers"),
    [
        ("T13", {2, 3, 5, 9, 11, 12, 13, 15, 16, 17, 20}),
        ("T17", {2, 3, 5, 9, 11, 12, 13, 15, 16, 17, 20}),
        ("T22", {2, 3, 5, 9, 11, 12, 13, 15, 16, 17, 20}),
        ("T25", {2, 3, 5, 11, 12, 13, 15, 17, 20, 21}),
        ("R15", {1, 3, 4, 5, 6, 7}),
        ("R23", {1, 3, 4, 5, 6, 7}),
    ],
)
def test_study_groups_of_each_period(session: Session, period: str, numbers: set[int]) -> None:
    found = listing(session, GroupFilter(kinds=("study-group",), period=period), TODAY)

    assert {int(row.group.code[2:]) for row in found.rows} == numbers


def test_sg9_and_sg16_are_sg21_now(session: Session) -> None:
    sg21 = queries.by_path(session, "T/SG21")

    before = queries.relatives(session, sg21).before

    assert [(group.path, on) for group, on in before] == [("T/SG9", date(2025, 1, 1)), ("T/SG16", date(2025, 1, 1))]
    assert {group.ends_on for group, _ in before} == {date(2024, 12, 31)}


def test_older_groups_split_and_merged(session: Session) -> None:
    after = {
        code: [group.code for group, _ in queries.relatives(session, queries.by_path(session, f"T/{code}")).after]
        for code in ("SG4", "SG6", "SG19")
    }

    assert after == {"SG4": ["SG2", "SG15"], "SG6": ["SG5", "SG15"], "SG19": ["SG13"]}


def test_working_parties_of_itu_r(session: Session) -> None:
    found = listing(session, GroupFilter(sectors=("R",), kinds=("working-party",)), TODAY)

    codes = "1A 1B 1C 3J 3K 3L 3M 4A 4B 4C 5A 5B 5C 5D 6A 6B 6C 7A 7B 7C 7D"
    assert " ".join(row.group.label.removeprefix("WP ") for row in found.rows) == codes
    assert {row.parent_label for row in found.rows} == {f"ITU-R SG{n}" for n in (1, 3, 4, 5, 6, 7)}


@pytest.mark.parametrize("group", ["SG12", "SG13", "SG15", "SG17", "SG21"])
def test_questions_and_working_parties_of_today(session: Session, group: str) -> None:
    found = listing(session, GroupFilter(parent=f"T/{group}", period="T25"), TODAY)

    kinds = Counter(row.group.kind for row in found.rows)
    assert kinds["working-party"] >= 3
    assert kinds["question"] >= 10


def test_titles_read_in_a_source_are_confirmed_and_others_are_not(session: Session) -> None:
    found = listing(session, GroupFilter(parent="T/SG17", kinds=("question",), period="T25"), TODAY)

    titled = {row.group.label: row.title for row in found.rows if row.is_confirmed}
    assert titled == {
        "Q10/17": "Management of digital identity",
        "Q11/17": "Generic technologies to support secure applications",
        "Q15/17": "Quantum-based security",
    }
    assert all(row.title == "" for row in found.rows if not row.is_confirmed)


def test_periods_follow_each_other_without_gap_or_overlap(session: Session) -> None:
    for sector in ("T", "R"):
        found = sorted(queries.periods(session, sector), key=lambda period: period.starts_on)
        for earlier, later in pairwise(found):
            assert earlier.ends_on is not None
            assert (later.starts_on - earlier.ends_on).days == 1
    numbers = {period.code: period.number for period in queries.periods(session, "T")}
    assert numbers == {"T13": 15, "T17": 16, "T22": 17, "T25": 18}


def test_every_term_lies_in_its_groups_sector_and_every_title_has_a_source(session: Session) -> None:
    wrong = session.exec(
        select(Group.path, StudyPeriod.code)
        .join(GroupTerm, GroupTerm.group_id == Group.id)  # type: ignore[arg-type]
        .join(StudyPeriod, GroupTerm.period_id == StudyPeriod.id)  # type: ignore[arg-type]
        .where((StudyPeriod.sector != Group.sector) | ((GroupTerm.source == "") & (GroupTerm.title != "")))
    ).all()

    assert wrong == []


def test_cast_plays_every_role_that_the_demonstration_needs(session: Session) -> None:
    wanted = {
        "secretariat", "admin", "counsellor", "sg-chair", "sg-vice-chair", "wp-chair", "rapporteur",
        "associate-rapporteur", "editor", "delegate", "focal-point", "guest",
    }  # fmt: skip

    people = session.exec(select(Person)).all()

    actors = [queries.actor_for(session, person, NOW) for person in people]
    assert {a.role for actor in actors for a in actor.appointments} == wanted
    categories = {actor.category for actor in actors}
    assert {"member-state", "sector-member", "associate", "academia", "secretariat"} <= categories


def test_associate_of_the_demonstration_reads_sg15_only(session: Session) -> None:
    person = session.exec(select(Person).where(Person.email == "delegate-associate@demo.example")).one()
    labels = queries.audiences(Act(session, queries.actor_for(session, person, NOW), NOW))

    assert {label for label in labels if "/" in label} == {"T/SG15"}
    assert "T" not in labels


def test_one_password_opens_every_account_of_the_cast(session: Session) -> None:
    stored = set(session.exec(select(Account.password_hash)))

    assert len(stored) == 1
    assert is_password(demo.PASSWORD, stored.pop())


@pytest.mark.databases("sqlite")
def test_outside_the_demonstration_nobody_gets_an_account(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        act = Act(session, Actor.operator(), NOW)
        structure.load(act)
        entered = cast.load(act)

    with database.reading() as session:
        assert counts(session, Account) == [0]
    assert len(entered) == len(cast.CAST)


@pytest.mark.databases("sqlite")
def test_demonstration_loads_whole_and_twice(database: Database, settings: Settings) -> None:
    services = _Services(settings.model_copy(update={"demo": True}), database)
    logins = demo.load(services)
    with database.reading() as session:
        before = {
            name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }

    assert demo.load(services) == logins

    with database.reading() as session:
        after = {
            name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }
    assert before == after
    told = len(TALES) + len([approval_radio.PAPER]) + _filed()
    assert before["document"] == len(PAPERS) + len(changes.CHANGED) + len((changes.BASE, changes.DRAFT)) + told
    assert [login.email for login in logins] == [player.email for player in cast.CAST]
    assert demo.load(_Services(settings, database)) == []


def _filed() -> int:
    """Documents of statements: our own with its number, and one for each group that it is addressed or passed on to."""
    out = [tale for tale in liaison_tales.TALES if tale.until == "sent"]
    own = [tale for tale in out if "/" in tale.source]
    passed_on = [tale for tale in out if tale.then == "forwarded"]
    return len(own) + len(passed_on) + len([to for tale in out for to in tale.to if "/" in to.name])


class _Services:
    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.blobs = LocalStore(settings.home / "storage")


def test_addresses_of_the_cast_can_never_be_real() -> None:
    assert {player.email.rsplit(".", 1)[1] for player in cast.CAST} == {"example"}
    assert len({player.email for player in cast.CAST}) == len(cast.CAST)


@pytest.mark.parametrize("name", ["periods", "groups", "terms", "joint-parents", "successions", "parts"])
def test_tables_of_facts_are_whole(name: str) -> None:
    found = list(rows(name))

    assert found
    assert all(None not in row and None not in row.values() for row in found)
    assert len({tuple(row.values()) for row in found}) == len(found)
    assert not any(re.search(r"\s$|^\s", value) for row in found for value in row.values())
