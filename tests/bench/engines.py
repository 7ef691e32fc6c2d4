"""Our engine on the imported catalogue, and the yardsticks on the same records."""

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.settings import Settings
from sgdocs.search import grammar, queries, records
from sgdocs.search.engine import Record
from sgdocs.search.finding import resolve
from sgdocs.wiring import Services, services_of
from tests.bench.table import Table, percentile
from tests.bench.yardsticks import Fts5, Postgres, Tantivy, Yardstick
from tests.support.databases import new_postgres

EACH = 60
_WORD = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True)
class Asking:
    """One class of queries, and what must be reached. plain: without our fields, for the yardsticks."""

    name: str
    typed: Sequence[str]
    plain: Sequence[str]


@contextmanager
def opened(home: Path) -> Iterator[tuple[Services, Act]]:
    services = services_of(Settings(home=home))
    with services.database.reading() as session:
        yield services, Act(session, Actor.anonymous(), clock.now())
    services.search.close()
    services.database.engine.dispose()


@contextmanager
def yardsticks(folder: Path, name: str) -> Iterator[list[Yardstick]]:
    tantivy = folder / f"tantivy-{name}"
    fts5 = folder / f"fts5-{name}"
    tantivy.mkdir()
    fts5.mkdir()
    with new_postgres(f"bench_{name}") as url:
        yield [Fts5(fts5), Postgres(url.replace("+psycopg", "")), Tantivy(tantivy)]


def measure(home: Path, folder: Path, table: Table) -> None:
    with opened(home) as (services, act):
        everything = list(records.everything(act.session))
        table.head(f"Search in {len(everything)} records, p95")
        with yardsticks(folder, "catalogue") as others:
            for other in others:
                other.build(everything)
            for asking in askings(everything):
                ours = [timed(lambda typed=typed: _asked(services, act, typed)) for typed in asking.typed]
                theirs = {
                    o.name: percentile([timed(lambda q=q, o=o: o.search(q)) for q in asking.plain], 0.95)
                    for o in others
                }
                table.line(
                    f"engine, {asking.name}, facets and extracts",
                    percentile(ours, 0.95),
                    unit="ms",
                    must=60,
                    others=theirs,
                )
                table.line(f"engine, {asking.name}, p50", percentile(ours, 0.5), unit="ms")
        jumps = [timed(lambda typed=typed: resolve(act, typed)) for typed in _identifiers(everything)]
        table.line("identifier jump", percentile(jumps, 0.95), unit="ms", must=10)


def askings(everything: Sequence[Record]) -> list[Asking]:
    """Queries drawn from the titles: the same at every run over the same records."""
    rng = random.Random(11)
    titles = [words for record in everything if len(words := _WORD.findall(" ".join(record.titles.values()))) > 2]
    pairs = [rng.sample(words, 2) for words in rng.sample(titles, EACH)]
    runs = [(words[at], words[at + 1]) for words in rng.sample(titles, EACH) for at in [rng.randrange(len(words) - 1)]]
    stems = [rng.choice(words)[:4] for words in rng.sample(titles, EACH)]
    two = [" ".join(pair) for pair in pairs]
    return [
        Asking("two words", two, two),
        Asking("phrase", [f'"{" ".join(run)}"' for run in runs], [" ".join(run) for run in runs]),
        Asking("prefix", [f"{stem}*" for stem in stems], stems),
        Asking("filtered", [f"{words} status:in-force sector:T after:2000" for words in two], two),
    ]


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _asked(services: Services, act: Act, typed: str) -> object:
    return queries.search(act, services.search, grammar.parse(typed).query)


def _identifiers(everything: Sequence[Record]) -> list[str]:
    rng = random.Random(13)
    named = [record for record in everything if record.key.startswith(f"{records.TEXT}:") and record.numbers]
    chosen = rng.sample(named, EACH)
    return [
        record.numbers[0].replace(".", " ").lower() if n % 2 else record.identifier for n, record in enumerate(chosen)
    ]
