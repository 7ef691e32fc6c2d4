"""The directory: 20,000 people in 600 organisations, with roles, languages and fields of interest."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.settings import Settings
from sgdocs.base.text import folded
from sgdocs.groups.models import Appointment, Group, Membership
from sgdocs.groups.queries import actor_for
from sgdocs.people import actions as people
from sgdocs.people.accounts import Account
from sgdocs.people.models import Interest, Organisation, Person
from sgdocs.people.rules import Category, TokenScope, sort_name
from sgdocs.people.schemas import TokenForm
from sgdocs.seed import structure
from sgdocs.wiring import Services, services_of
from tests.bench.importing import ran
from tests.bench.serving import READERS, read, served
from tests.bench.table import Table, percentile

PEOPLE, ENTITIES, EACH = 20_000, 600, 25
MUST_MS = 100
GIVEN = [
    "Ana",
    "Bo",
    "Chen",
    "Dmitri",
    "Elif",
    "Fatou",
    "Goran",
    "Hana",
    "Ines",
    "Jun",
    "Kofi",
    "Lena",
    "Mei",
    "Nuno",
    "Olga",
    "Park",
    "Qing",
    "Rosa",
    "Sami",
    "Tariq",
]
FAMILY = [
    "Li",
    "Garcia",
    "Kim",
    "Ivanov",
    "Diallo",
    "Schmidt",
    "Rossi",
    "Tanaka",
    "Nguyen",
    "Okafor",
    "Silva",
    "Haddad",
    "Novak",
    "Berg",
    "Singh",
    "Costa",
]
FIELDS = ("Network slicing", "Quantum keys", "Video coding", "Optical transport", "Spectrum sharing", "Accessibility")
PATHS = (
    "/api/v1/people?q=okafor",
    "/api/v1/people?q=nuno%20optics",
    "/api/v1/people?q=nobody%20at%20all",
    "/api/v1/people?q=quantum&language=fr",
    "/api/v1/people?group=SG15&role=rapporteur",
    "/api/v1/people?category=academia&country=CH",
)


def measure(home: Path, table: Table) -> None:
    table.head(f"The directory: {PEOPLE} people, two processes, {READERS} readers, p95")
    with furnished(home) as (_, token):
        ran(home, "worker", "--once")
    with served(home) as port:
        headers = {"Authorization": f"Bearer {token}"}
        read(port, PATHS * 4, headers=headers)
        for path in PATHS:
            times = read(port, (path,) * (READERS * EACH), headers=headers)
            table.line(path, percentile(times, 0.95), unit="ms", must=MUST_MS)
        times = read(port, ("/person?q=li",) * (READERS * EACH))
        table.line("/person?q=li, the page for everybody", percentile(times, 0.95), unit="ms", must=MUST_MS)


@contextmanager
def furnished(home: Path) -> Iterator[tuple[Services, str]]:
    """A house with its people, and the token of one of them."""
    home.mkdir(parents=True, exist_ok=True)
    ran(home, "db", "upgrade", "--training")
    services = services_of(Settings(home=home, secret="x" * 40))
    with services.database.writing() as session:
        structure.load(Act(session, Actor.operator(), clock.now()))
        token = fill(session, services.settings)
    yield services, token
    services.database.engine.dispose()


def fill(session: Session, settings: Settings) -> str:
    rng = random.Random(6)
    entities = _entities(session, rng)
    session.add_all([_person(n, rng, entities) for n in range(PEOPLE)])
    session.flush()
    ids = list(session.exec(select(Person.id).order_by(col(Person.id))))
    groups = list(session.exec(select(Group.id).where(col(Group.kind).in_(("study-group", "question")))))
    session.add_all([_role(id or 0, rng, groups) for id in ids for _ in range(rng.randrange(3))])
    fields = [(id, words) for id in ids for words in rng.sample(FIELDS, rng.randrange(3))]
    session.add_all([Interest(person_id=id or 0, key=folded(words), words=words) for id, words in fields])
    session.add(Account(person_id=ids[0] or 0, created_at=clock.now()))
    session.flush()
    reader = session.get_one(Person, ids[0])
    act = Act(session, actor_for(session, reader, clock.now()), clock.now())
    form = TokenForm(name="bench", scopes=[TokenScope.READ], expires_on=date.today() + timedelta(days=30))
    return people.make_token(act, reader, form, settings)[1]


def _entities(session: Session, rng: random.Random) -> Sequence[Organisation]:
    rows = [
        Organisation(
            slug=f"entity-{n}",
            name=f"{rng.choice(('Optics', 'Networks', 'Radio', 'Institute'))} of {rng.choice(FAMILY)} {n}",
            acronym=f"E{n}",
            category=rng.choice([each.value for each in Category]) if n else Category.SECTOR_MEMBER.value,
            country=rng.choice(("CH", "KR", "CN", "US", "FR")),
        )
        for n in range(ENTITIES)
    ]
    session.add_all(rows)
    session.flush()
    session.add_all([Membership(organisation_id=each.id or 0, sector="T", starts_on=date(2025, 1, 1)) for each in rows])
    return rows


def _person(n: int, rng: random.Random, entities: Sequence[Organisation]) -> Person:
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)} {n}"
    entity = entities[n % len(entities)]
    return Person(
        slug=f"person-{n}",
        name=name,
        sort_name=sort_name(name),
        email=f"person{n}@bench.test",
        organisation_id=entity.id,
        languages=rng.sample(["en", "fr", "es", "zh", "ru", "ar"], rng.randrange(1, 4)),
        country=entity.country,
        position=rng.choice(("Engineer", "Delegate", "Professor", "Director of standards")),
        created_at=clock.now(),
    )


def _role(person_id: int, rng: random.Random, groups: Sequence[int | None]) -> Appointment:
    return Appointment(
        person_id=person_id,
        group_id=rng.choice(groups),
        role=rng.choice(("delegate", "rapporteur", "editor", "delegate")),
        starts_on=date(2025, 1, 1),
        created_at=clock.now(),
    )
