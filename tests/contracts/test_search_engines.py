"""What every search engine must do, run against each."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from sgdocs.search.engine import (
    PUBLIC,
    Filter,
    IndexUnavailable,
    Piece,
    Query,
    Record,
    Results,
    SearchEngine,
    Sort,
    Standing,
)
from sgdocs.search.expansion import expanded
from sgdocs.search.grammar import parse
from sgdocs.search.postgres_engine import PostgresEngine
from sgdocs.search.postgres_schema import SCHEMA
from sgdocs.search.vocabulary import Vocabulary
from sgdocs.search.whoosh_engine import WhooshEngine
from tests.search.sentences import QUERIES, SENTENCES
from tests.support.databases import new_postgres

EVERYBODY = frozenset({PUBLIC})
FIBRE = Record(
    key="edition:1",
    family="ITU-T G.652",
    kind="recommendation",
    identifier="ITU-T G.652 (08/2024)",
    numbers=("G.652",),
    titles={"en": "Characteristics of a single-mode optical fibre and cable"},
    bodies={"en": "Describes the attenuation of a single-mode fibre around 1310 nm."},
    facets={"sector": ("T",), "series": ("G",), "status": ("in-force",), "year": ("2024",), "group": ("SG15",)},
    standing=Standing.IN_FORCE,
    day=date(2024, 8, 29),
)
OLD_FIBRE = replace(
    FIBRE,
    key="edition:2",
    identifier="ITU-T G.652 (11/2016)",
    facets={**FIBRE.facets, "status": ("superseded",), "year": ("2016",)},
    standing=Standing.SUPERSEDED,
    day=date(2016, 11, 13),
)
RING = Record(
    key="edition:3",
    family="ITU-T G.8032",
    kind="recommendation",
    identifier="ITU-T G.8032/Y.1344 (03/2020)",
    numbers=("G.8032/Y.1344", "G.8032", "Y.1344"),
    titles={"en": "Ethernet ring protection switching", "fr": "Commutation de protection des anneaux Ethernet"},
    bodies={"en": "Protection of rings; it has little to say of fibre."},
    facets={"sector": ("T",), "series": ("G", "Y"), "status": ("in-force",), "year": ("2020",), "group": ("SG15",)},
    standing=Standing.IN_FORCE,
    day=date(2020, 3, 15),
)
VIDEO = Record(
    key="edition:4",
    family="ITU-T H.265",
    kind="recommendation",
    identifier="ITU-T H.265 (V11) (01/2026)",
    numbers=("H.265", "ISO/IEC 23008-2"),
    names=("H.HEVC",),
    titles={"en": "High efficiency video coding"},
    bodies={"en": "A colour may be transmitted with high dynamic range."},
    facets={"sector": ("T",), "series": ("H",), "status": ("in-force",), "year": ("2026",), "group": ("SG21",)},
    standing=Standing.IN_FORCE,
    day=date(2026, 1, 10),
)
DRAFT = Record(
    key="document:5",
    family="document:5",
    kind="document",
    identifier="SG15-C12",
    audience="T/SG15",
    titles={"en": "Proposal on hollowcore fibre"},
    facets={"sector": ("T",), "kind": ("document",)},
    standing=Standing.CURRENT,
    day=date(2026, 2, 1),
)
ALL = (FIBRE, OLD_FIBRE, RING, VIDEO, DRAFT)


ENGINES = ["whoosh", pytest.param("postgres", marks=pytest.mark.postgres)]


@contextmanager
def made(kind: str, folder: Path) -> Iterator[SearchEngine]:
    """An engine without an index."""
    if kind == "whoosh":
        whoosh = WhooshEngine(folder / "search_index")
        yield whoosh
        whoosh.close()
        return
    with new_postgres(f"t{uuid.uuid4().hex[:12]}") as url:
        database = create_engine(url)
        yield PostgresEngine(database)
        database.dispose()


@pytest.fixture(params=ENGINES)
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """An engine without an index, for one test."""
    if request.param == "postgres":
        database = request.getfixturevalue("search_postgres")
        with database.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        yield PostgresEngine(database)
        return
    with made(request.param, tmp_path) as engine:
        yield engine


@pytest.fixture
def engine(bare: SearchEngine) -> SearchEngine:
    """An engine with the records above, for one test that writes."""
    bare.rebuild(ALL)
    return bare


@pytest.fixture(scope="module", params=ENGINES)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """An engine with the records above that nobody writes to."""
    with made(request.param, tmp_path_factory.mktemp("shelf")) as engine:
        engine.rebuild(ALL)
        yield engine


def ask(engine: SearchEngine, typed: str, audiences: frozenset[str] = EVERYBODY, **changes: object) -> Results:
    query = replace(parse(typed).query, **changes)  # type: ignore[arg-type]
    return engine.search(query, audiences)


def families(results: Results) -> list[str]:
    return [hit.family for hit in results.hits]


def counts(results: Results, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in results.facets[facet]}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cable", ["ITU-T G.652"]),
        ("fiber", ["ITU-T G.652", "ITU-T G.8032"]),
        ("G.8032", ["ITU-T G.8032"]),
        ("y1344", ["ITU-T G.8032"]),
        ("Rec. ITU-T H.265", ["ITU-T H.265"]),
        ("UIT-T H.265", ["ITU-T H.265"]),
        ("23008-2", ["ITU-T H.265"]),
        ("H.HEVC", ["ITU-T H.265"]),
        ("color", ["ITU-T H.265"]),
        ("single mode", ["ITU-T G.652"]),
        ("singlemode", ["ITU-T G.652"]),
        ('"optical fibre"', ["ITU-T G.652"]),
        ('"fibre optical"', []),
        ("anneau", ["ITU-T G.8032"]),
        ("etherne*", ["ITU-T G.8032"]),
        ("video OR ring", ["ITU-T H.265", "ITU-T G.8032"]),
        ("fibre -ring", ["ITU-T G.652"]),
        ("fibre -series:Y", ["ITU-T G.652"]),
        ("series:H,Y", ["ITU-T G.8032", "ITU-T H.265"]),
        ("group:15 after:2021", ["ITU-T G.652"]),
        ("year:2020", ["ITU-T G.8032"]),
        ("before:2020", ["ITU-T G.652"]),
        ("qqqq wwww", []),
        ("-fibre", []),
        ("the", ["ITU-T G.652"]),
    ],
)
def test_query_finds(shelf: SearchEngine, typed: str, found: list[str]) -> None:
    assert sorted(families(ask(shelf, typed))) == sorted(found)


def test_number_as_two_words_is_found(shelf: SearchEngine) -> None:
    query = expanded(parse("g 652").query, Vocabulary())

    assert families(shelf.search(query, EVERYBODY))[0] == "ITU-T G.652"


@pytest.mark.parametrize(
    ("typed", "found"), [("HDR", "ITU-T H.265"), ("ERPS", "ITU-T G.8032"), ("glass cable", "ITU-T G.652")]
)
def test_vocabulary_finds_what_means_the_same(shelf: SearchEngine, typed: str, found: str) -> None:
    vocabulary = Vocabulary(
        acronyms={"HDR": ("high dynamic range",), "ERPS": ("Ethernet ring protection switching",)},
        synonyms=(("glass", "fibre"),),
    )

    results = shelf.search(expanded(parse(typed).query, vocabulary), EVERYBODY)

    assert families(results)[0] == found


def test_editions_stand_under_their_family_in_force_first(shelf: SearchEngine) -> None:
    results = ask(shelf, "single-mode attenuation")

    assert results.total == 1
    assert results.hits[0].key == FIBRE.key
    assert [(m.key, m.standing, m.day) for m in results.hits[0].others] == [
        (OLD_FIBRE.key, Standing.SUPERSEDED, OLD_FIBRE.day)
    ]


def test_title_comes_before_body(shelf: SearchEngine) -> None:
    assert families(ask(shelf, "fibre")) == ["ITU-T G.652", "ITU-T G.8032"]


def test_words_that_never_meet_find_some_of_them(shelf: SearchEngine) -> None:
    results = ask(shelf, "ring video")

    assert results.widened
    assert sorted(families(results)) == ["ITU-T G.8032", "ITU-T H.265"]
    assert ask(shelf, "ring video", exact=True).total == 0


def test_restricted_record_is_for_its_audience_only(shelf: SearchEngine) -> None:
    assert families(ask(shelf, "hollowcore", EVERYBODY | {"T/SG15"})) == [DRAFT.family]
    assert ask(shelf, "hollowcore").total == 0
    assert ask(shelf, "fibre", frozenset()).total == 0


def test_correction_and_suggestions_never_use_restricted_words(shelf: SearchEngine) -> None:
    insider = EVERYBODY | {"T/SG15"}

    for audiences in (EVERYBODY, insider):
        results = ask(shelf, "holowcore", audiences)
        assert (results.total, results.did_you_mean, results.corrections) == (0, None, ())
        assert shelf.suggest("hollo", audiences) == ()


def test_misspelling_is_corrected_and_says_so(shelf: SearchEngine) -> None:
    results = ask(shelf, "protecton ring")

    assert families(results) == ["ITU-T G.8032"]
    assert [(c.typed, c.taken) for c in results.corrections] == [("protecton", "protection")]
    assert results.did_you_mean == "protection ring"
    assert ask(shelf, "protecton", exact=True).total == 0


def test_facets_count_families(shelf: SearchEngine) -> None:
    facets = ask(shelf, "fibre")

    assert counts(facets, "series") == {"G": 2, "Y": 1}
    assert counts(facets, "status") == {"in-force": 2, "superseded": 1}
    assert counts(facets, "year") == {"2016": 1, "2020": 1, "2024": 1}


def test_facet_ignores_its_own_selection_and_heeds_the_others(shelf: SearchEngine) -> None:
    results = ask(shelf, "fibre series:y status:in-force")

    assert results.total == 1
    assert counts(results, "series") == {"G": 2, "Y": 1}
    assert counts(results, "status") == {"in-force": 1}
    assert [(v.value, v.selected) for v in results.facets["series"]] == [("G", False), ("Y", True)]


def test_several_values_of_a_facet_are_alternatives(shelf: SearchEngine) -> None:
    query = Query(filters=(Filter("series", ("H", "Y")), Filter("status", ("in-force",))))

    assert sorted(families(shelf.search(query, EVERYBODY))) == ["ITU-T G.8032", "ITU-T H.265"]


def test_extracts_mark_the_words(shelf: SearchEngine) -> None:
    hit = ask(shelf, "fiber attenuation").hits[0]

    assert hit.title is not None
    assert "".join(piece.text for piece in hit.title.pieces) == FIBRE.titles["en"]
    assert [piece for piece in hit.title.pieces if piece.marked] == [Piece("fibre", marked=True)]
    assert [piece.text for piece in hit.extracts[0].pieces if piece.marked] == ["attenuation", "fibre"]


def test_sorting_by_date(shelf: SearchEngine) -> None:
    newest = families(ask(shelf, "sector:T", sort=Sort.NEWEST))

    assert newest == ["ITU-T H.265", "ITU-T G.652", "ITU-T G.8032"]
    assert families(ask(shelf, "sector:T", sort=Sort.OLDEST)) == newest[::-1]


def test_pages_hold_every_family_once(bare: SearchEngine) -> None:
    many = [
        Record(f"edition:{n}", f"family {n}", "report", f"R {n}", titles={"en": "Noise levels"}, day=date(2020, 1, 1))
        for n in range(57)
    ]
    bare.rebuild(many)

    pages = [ask(bare, "noise", page=page, size=10) for page in range(1, 8)]

    assert {page.total for page in pages} == {57}
    assert [len(page.hits) for page in pages] == [10, 10, 10, 10, 10, 7, 0]
    assert len({hit.family for page in pages for hit in page.hits}) == 57


def test_upsert_replaces_and_delete_removes(engine: SearchEngine) -> None:
    before = engine.status()

    engine.upsert([replace(VIDEO, titles={"en": "Versatile holography"})])
    assert families(ask(engine, "holography")) == ["ITU-T H.265"]
    assert ask(engine, "efficiency").total == 0
    assert engine.delete([VIDEO.key, "edition:unknown"]) == 1

    assert ask(engine, "holography").total == 0
    assert engine.keys() == {r.key for r in ALL} - {VIDEO.key}
    assert (before.records, engine.status().records) == (5, 4)
    assert engine.status().generation != before.generation
    assert engine.check() == []


def test_many_small_writes_keep_everything(bare: SearchEngine) -> None:
    bare.rebuild([])
    for n in range(30):
        bare.upsert([replace(RING, key=f"edition:{n % 20}", family=f"f{n % 20}", titles={"en": f"Title word{n}"})])

    assert bare.status().records == 20
    assert ask(bare, "title").total == 20
    assert [ask(bare, f"word{n}").total for n in (5, 15, 25)] == [0, 1, 1]
    assert bare.check() == []


def test_rebuild_replaces_everything(engine: SearchEngine) -> None:
    told: list[int] = []

    count = engine.rebuild([RING], told.append)

    assert (count, told[-1]) == (1, 1)
    assert engine.keys() == {RING.key}
    assert ask(engine, "video").total == 0


def test_rebuild_that_fails_leaves_the_old_index(engine: SearchEngine) -> None:
    def broken() -> Iterator[Record]:
        yield RING
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(broken())

    assert engine.keys() == {record.key for record in ALL}
    assert engine.rebuild(ALL) == 5


def test_missing_index_says_so_in_words(bare: SearchEngine) -> None:
    calls = (lambda: ask(bare, "x"), lambda: bare.suggest("x", EVERYBODY), bare.status, lambda: bare.upsert([RING]))
    for call in calls:
        with pytest.raises(IndexUnavailable, match="sgdocs index rebuild"):
            call()
    assert "sgdocs index rebuild" in bare.check()[0]


def test_empty_index_answers(bare: SearchEngine) -> None:
    bare.rebuild([])

    assert ask(bare, "anything series:G").total == 0
    assert bare.suggest("a", EVERYBODY) == ()
    assert bare.check() == []


def test_suggestions_on_numbers_titles_and_names(shelf: SearchEngine) -> None:
    asked = {
        prefix: [s.key for s in shelf.suggest(prefix, EVERYBODY)] for prefix in ("g.80", "ring pro", "h.hev", "attenu")
    }

    assert asked == {"g.80": [RING.key], "ring pro": [RING.key], "h.hev": [VIDEO.key], "attenu": []}
    assert shelf.suggest("ring", frozenset()) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "x " * 5000,
        " ".join(f"word{n}" for n in range(1000)),
        "a*",
        "e* OR f* OR s*",
        '"' + "fibre " * 300 + '"',
        "'; DROP TABLE search.record; --",
        "\\ ' \" & | ! ( ) <-> :* fibre:A",
        "\x00fibre\x00",
        "ﬁbre ＦＩＢＲＥ",
        "😀 \u202e \ud7ff",
        "fibre" * 400,
    ],
    ids=range(11),
)
def test_hostile_query_is_answered(shelf: SearchEngine, typed: str) -> None:
    results = shelf.search(expanded(parse(typed).query, Vocabulary()), EVERYBODY)

    assert results.total <= 3
    assert shelf.suggest(typed, EVERYBODY) is not None


def test_hostile_record_is_found_as_it_is(bare: SearchEngine) -> None:
    text = "O'Brien \\ back <script>alert(1)</script> it's 100% :* & | ! (x)"
    bare.rebuild([replace(RING, titles={"en": text}, names=("a'b\\c",), facets={"series": ("G'; --",)})])

    hit = ask(bare, "o'brien script").hits[0]

    assert hit.title is not None
    assert "".join(piece.text for piece in hit.title.pieces) == text
    assert ask(bare, 'series:"g\'; --"').total == 1


@pytest.mark.parametrize("language", SENTENCES)
def test_six_languages(bare: SearchEngine, language: str) -> None:
    bare.rebuild(
        [
            Record(f"s:{code}:{n}", f"s:{code}:{n}", "document", f"S{n}-{code}", bodies={code: sentence})
            for code, sentences in SENTENCES.items()
            for n, sentence in enumerate(sentences)
        ]
    )

    found = {typed: families(ask(bare, typed))[:1] for typed, _ in QUERIES[language]}

    assert found == {typed: [f"s:{language}:{n}"] for typed, n in QUERIES[language]}


def test_readers_see_whole_states_while_another_writes(engine: SearchEngine) -> None:
    """Every commit carries two records of one word; nobody ever sees one of them alone."""
    seen: set[int] = set()
    faults: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                seen.add(ask(engine, "twins").total)
        except BaseException as fault:
            faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for n in range(8):
        engine.upsert([replace(RING, key=f"twin:{m}", family=f"twin:{m}", titles={"en": f"twins {n}"}) for m in "ab"])
        if n == 4:
            engine.rebuild(
                [*ALL, *(replace(RING, key=f"twin:{m}", family=f"twin:{m}", titles={"en": "twins"}) for m in "ab")]
            )
    done.set()
    for reader in readers:
        reader.join()

    assert faults == []
    assert seen <= {0, 2}
    assert ask(engine, "twins").total == 2


def test_families_are_replaced_in_one_commit(engine: SearchEngine) -> None:
    clause = replace(DRAFT, key="document_clause:9", titles={"en": "Bending of hollowcore"})
    insider = EVERYBODY | {"T/SG15"}
    engine.replace([DRAFT.family], [DRAFT, clause])
    assert [hit.family for hit in ask(engine, "hollowcore", insider).hits] == [DRAFT.family]
    before = engine.status()

    assert engine.replace([DRAFT.family, "document:6"], [replace(DRAFT, titles={"en": "Proposal on nothing"})]) == 1

    assert ask(engine, "bending", insider, exact=True).total == 0
    assert families(ask(engine, "nothing", insider)) == [DRAFT.family]
    assert engine.status().records == before.records - 1
    assert engine.replace([DRAFT.family], []) == 0
    assert ask(engine, "nothing", insider, exact=True).total == 0
    assert families(ask(engine, "cable")) == ["ITU-T G.652"]
