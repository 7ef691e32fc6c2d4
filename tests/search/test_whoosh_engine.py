"""The embedded engine on the disk: private, whole after every crash, true to Whoosh's own answers."""

import signal
import time
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from whoosh import query as stock
from whoosh.index import open_dir

from sgdocs.search import whoosh_writing
from sgdocs.search.engine import Clause, IndexBusy, IndexUnavailable, Query, Record, Term
from sgdocs.search.grammar import parse
from sgdocs.search.whoosh_engine import WhooshEngine
from sgdocs.search.whoosh_folder import IndexFolder
from sgdocs.search.whoosh_reading import PostingCache, Postings, Segment
from tests.contracts.test_search_engines import ALL, EVERYBODY, FIBRE, RING, families
from tests.search import processes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "search_index"


@pytest.fixture
def engine(folder: Path) -> WhooshEngine:
    made = WhooshEngine(folder)
    made.rebuild(ALL)
    return made


def found(engine: WhooshEngine, typed: str) -> list[str]:
    return families(engine.search(parse(typed).query, EVERYBODY))


def dated(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text().strip()


def test_folder_is_private(engine: WhooshEngine, folder: Path) -> None:
    assert [oct(f.stat().st_mode & 0o777) for f in (folder, dated(folder))] == ["0o700", "0o700"]


@pytest.mark.parametrize("inner", [False, True])
@pytest.mark.parametrize("mode", [0o755, 0o770, 0o702])
def test_folder_open_to_others_is_not_opened(engine: WhooshEngine, folder: Path, mode: int, inner: bool) -> None:
    (dated(folder) if inner else folder).chmod(mode)

    with pytest.raises(IndexUnavailable, match="not private"):
        found(WhooshEngine(folder), "ring")


def test_rebuild_makes_the_folder_private_again(engine: WhooshEngine, folder: Path) -> None:
    folder.chmod(0o755)

    engine.rebuild(ALL)

    assert found(engine, "ring") == ["ITU-T G.8032"]


def complaint(folder: Path) -> str | None:
    try:
        found(WhooshEngine(folder), "ring")
    except IndexUnavailable as error:
        return str(error)
    return None


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a broken file open
def test_every_damaged_file_is_said_in_words_or_harmless(engine: WhooshEngine, folder: Path) -> None:
    """Each file of the index cut short, filled with noise, emptied or gone: never another error."""
    good = {path: path.read_bytes() for path in dated(folder).iterdir() if path.is_file()}
    good[folder / "CURRENT"] = (folder / "CURRENT").read_bytes()
    said = set()
    for path, content in good.items():
        for damage in (content[: len(content) // 2], b"\xff" * len(content), b"", None):
            path.unlink() if damage is None else path.write_bytes(damage)
            message = complaint(folder)
            path.write_bytes(content)
            assert message is None or "sgdocs index rebuild" in message
            if message:
                said.add(path.name.split(".")[-1])

    assert {"CURRENT", "toc", "seg", "json"} <= said
    assert found(WhooshEngine(folder), "ring") == ["ITU-T G.8032"]


def test_index_of_another_version_is_not_opened(engine: WhooshEngine, folder: Path) -> None:
    about = dated(folder) / "ABOUT.json"
    about.write_text(about.read_text().replace('"version": "', '"version": "0.'))

    with pytest.raises(IndexUnavailable, match="another version"):
        found(WhooshEngine(folder), "ring")


def test_rebuild_leaves_one_folder(engine: WhooshEngine, folder: Path) -> None:
    (folder / "20200101T000000-dead").mkdir()

    engine.rebuild([RING])

    assert sorted(f.name for f in folder.iterdir()) == sorted(["CURRENT", "LOCK", dated(folder).name])


def test_open_reader_goes_on_after_a_swap(engine: WhooshEngine, folder: Path) -> None:
    reader = WhooshEngine(folder)
    assert found(reader, "video") == ["ITU-T H.265"]

    engine.rebuild([RING])

    assert found(reader, "video") == []
    assert found(reader, "ring") == ["ITU-T G.8032"]


def test_second_writer_is_refused_with_the_reason(engine: WhooshEngine, folder: Path) -> None:
    with IndexFolder(folder).writing():
        for write in (lambda: engine.upsert([RING]), lambda: engine.delete(["x"]), lambda: engine.rebuild([])):
            with pytest.raises(IndexBusy, match="Another process"):
                write()

    assert engine.upsert([RING]) == 1


@pytest.mark.parametrize("doing", ["rebuild", "upsert"])
def test_killed_at_any_point_the_old_or_the_new_index_stands(engine: WhooshEngine, folder: Path, doing: str) -> None:
    """Killed at twenty and more places where it touches the folder: each time it is whole, then done once more."""
    killed = 0
    for point in range(1, 100, 2):
        code = processes.killed_while(doing, str(folder), point)
        fresh = WhooshEngine(folder)
        assert fresh.keys() == {record.key for record in ALL}
        assert fresh.check() == []
        if code == 0:
            break
        assert code == -signal.SIGKILL
        killed += 1
    engine.rebuild(ALL)

    assert killed >= 10
    assert found(engine, "renewing") == []
    assert sum(f.is_dir() for f in folder.iterdir()) == 1


def test_two_processes_read_while_one_writes(engine: WhooshEngine, folder: Path) -> None:
    """Each commit holds both twins: a reader sees none or both, whatever is written meanwhile."""
    twins = [replace(RING, key=f"t:{m}", family=f"t:{m}", titles={"en": "twins"}) for m in "ab"]
    with processes.readers(2, str(folder)) as reading:
        for n in range(12):
            engine.upsert([replace(twin, titles={"en": f"twins {n}"}) for twin in twins])
            if n == 6:
                engine.rebuild([*ALL, *twins])
        engine.upsert([replace(RING, key="end", family="end", titles={"en": "finish"})])
        seen = [reader.get(timeout=60) for reader in reading]

    assert [totals <= {0, 2} for totals in seen] == [True, True]
    assert all(2 in totals for totals in seen)


WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")


def papers(count: int) -> list[Record]:
    """Titles and bodies that mix eight words by arithmetic."""
    return [
        Record(
            f"p:{n}",
            f"p:{n}",
            "paper",
            f"P{n}",
            titles={"en": f"{WORDS[n % 8]} {WORDS[n * 3 % 7]}"},
            bodies={"en": " ".join(WORDS[(n * k + k * k) % 8] for k in range(1, 40))},
            day=date(2020, 1, 1),
        )
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[WhooshEngine, Path]:
    """Several segments and deletions."""
    folder = tmp_path_factory.mktemp("mixed") / "search_index"
    engine = WhooshEngine(folder)
    engine.rebuild(papers(700))
    engine.upsert([replace(paper, key=f"{paper.key}-again") for paper in papers(90)])
    engine.upsert(papers(40))
    engine.delete([f"p:{n}" for n in range(100, 160)])
    return engine, folder


def either(word: str) -> stock.Query:
    return stock.Or([stock.Term("title_en", word), stock.Term("body_en", word)])


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("alpha", either("alpha")),
        ("alpha beta", stock.And([either("alpha"), either("beta")])),
        ('"alpha beta"', stock.Or([stock.Phrase(f, ["alpha", "beta"]) for f in ("title_en", "body_en")])),
        ("gamma -theta", stock.AndNot(either("gamma"), either("theta"))),
        ("eps*", stock.Or([stock.Prefix("head_words", "eps"), stock.Prefix("words", "eps")])),
    ],
    ids=["word", "and", "phrase", "not", "prefix"],
)
def test_arrays_find_what_whoosh_finds(mixed: tuple[WhooshEngine, Path], typed: str, asked: stock.Query) -> None:
    engine, folder = mixed
    with open_dir(str(dated(folder))).searcher() as searcher:
        briefs = searcher.reader().column_reader("brief", translate=False)
        expected = {bytes(briefs[doc]).split(b"\x1f")[0].decode() for doc in searcher.docs_for_query(asked)}
    query = replace(parse(typed).query, exact=True, size=100)

    pages = [engine.search(replace(query, page=n + 1), EVERYBODY) for n in range(9)]
    keys = {key for page in pages for hit in page.hits for key in (hit.key, *(m.key for m in hit.others))}

    assert expected
    assert keys == expected
    assert pages[0].total == len({key.removesuffix("-again") for key in expected})


def test_posting_cache_stays_within_its_limit(mixed: tuple[WhooshEngine, Path]) -> None:
    cache = PostingCache(limit_bytes=20_000)
    segments = [Segment(segment._reader, cache) for segment in mixed[0]._now().segments]

    twice = [[segment.postings("body_en", word) for word in WORDS for segment in segments] for _ in range(2)]

    assert cache.size_bytes <= 20_000
    assert [same(a, b) for a, b in zip(*twice, strict=True)] == [True] * len(twice[0])


def same(one: Postings, other: Postings) -> bool:
    return one.ids.tolist() == other.ids.tolist() and one.places.tolist() == other.places.tolist()


def test_prefix_of_everything_is_bounded(folder: Path) -> None:
    engine = WhooshEngine(folder)
    engine.rebuild(
        [
            Record(f"p:{n}", f"p:{n}", "paper", f"P{n}", bodies={"en": " ".join(f"w{n}x{m}" for m in range(50))})
            for n in range(400)
        ]
    )

    started = time.perf_counter()
    results = engine.search(parse("w* p*").query, EVERYBODY)

    assert results.total > 0
    assert time.perf_counter() - started < 5


def test_query_without_anything_finds_nothing(engine: WhooshEngine) -> None:
    assert engine.search(Query(), EVERYBODY).total == 0
    assert engine.search(Query(page=-3, size=0, clauses=parse("ring").query.clauses), EVERYBODY).total == 1


def test_record_in_force_is_not_above_a_better_title(engine: WhooshEngine) -> None:
    engine.upsert(
        [replace(FIBRE, key="e:9", family="f:9", titles={"en": "Testing of connectors"}, bodies={"en": "fibre"})]
    )

    assert found(engine, "fibre")[0] == "ITU-T G.652"


def test_many_small_writes_lose_nothing_and_are_merged_when_it_is_quiet(tmp_path: Path) -> None:
    """Six segments of one size become one; what was replaced or taken out does not come back with a merge."""
    engine = WhooshEngine(tmp_path / "search_index")
    engine.rebuild([RING])
    for n in range(44):
        engine.replace([f"f{n % 40}"], [replace(RING, key=f"k{n}", family=f"f{n % 40}", titles={"en": f"word{n}"})])
    engine.replace(["f9", "f10"], [])
    _require_all_of_it(engine)
    before = len(engine._now().segments)

    assert engine.tidy(lambda: True)
    while engine.tidy(lambda: True):
        _require_all_of_it(engine)

    assert before > 30
    assert len(engine._now().segments) <= 12
    _require_all_of_it(engine)
    engine.close()


def _require_all_of_it(engine: WhooshEngine) -> None:
    assert engine.keys() == {RING.key, *(f"k{n}" for n in range(4, 44))} - {"k9", "k10"}
    assert engine.search(Query(clauses=(Clause((Term("word43"),)),)), {"public"}).total == 1
    assert engine.search(Query(clauses=(Clause((Term("word3"),)),), exact=True), {"public"}).total == 0
    assert engine.check() == []


def test_a_merge_is_given_up_for_what_comes_in_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it is interrupted: while postings are gathered, or while they are written."""
    monkeypatch.setattr(whoosh_writing, "LOOK_EVERY", 1)
    monkeypatch.setattr(whoosh_writing, "LOOK_EVERY_S", 0)
    engine = WhooshEngine(tmp_path / "search_index")
    engine.rebuild([RING])
    for n in range(8):
        engine.upsert([replace(RING, key=f"k{n}", family=f"f{n}", titles={"en": f"word{n}"})])
    looks = 0

    def is_quiet_until(last: int) -> bool:
        nonlocal looks
        looks += 1
        return looks <= last

    name, given_up = engine._now().name, 0
    for last in range(0, 10_000, 60):
        looks = 0
        if engine.tidy(partial(is_quiet_until, last)):
            break
        given_up += 1
        assert engine._now().name == name
        assert len(engine.keys()) == 9
    assert given_up > 3
    assert len(engine.keys()) == 9
    assert engine.check() == []
    engine.upsert([replace(RING, key="later", family="later")])
    assert len(engine.keys()) == 10
    engine.close()


def test_a_write_merges_before_there_are_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_writing, "MOST_APART", 12)
    engine = WhooshEngine(tmp_path / "search_index")
    engine.rebuild([RING])
    for n in range(30):
        engine.upsert([replace(RING, key=f"k{n}", family=f"f{n}")])

    assert len(engine._now().segments) <= 14
    assert len(engine.keys()) == 31
    engine.close()
