"""An import that is killed (-9) at any point goes on when it is started again, and ends in the same state."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sgdocs.base.db import open_database
from tests.recommendations.catalogue import SOME, bring, write
from tests.recommendations.test_import import state
from tests.support.databases import ROOT

POINTS = 20
FIRST = [{**record, "title": "As it was"} for record in SOME[:8]]
SUMMARIES = [{"id": record["id"], "abstract": "In short."} for record in SOME[:6]]


def imports(files: list[Path], jobs: list[tuple[str, int]]) -> list[tuple[int, int]]:
    """Run the jobs (database, point of death) one after the other: how each ended, and the points it reached."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.recommendations.killing", *map(str, files)],
        input="".join(f"{url} {point}\n" for url, point in jobs),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr == ""
    return [(int(ended), int(points)) for ended, points in map(str.split, told.stdout.splitlines())]


@pytest.fixture
def known(sqlite_url: str, tmp_path: Path) -> Path:
    """A database that has an older state of the catalogue."""
    database = open_database(sqlite_url)
    bring(database, write(tmp_path, FIRST))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.engine.dispose()
    return tmp_path / "sgdocs.db"


def fresh(known: Path, name: str) -> str:
    copy = known.with_name(f"{name}.db")
    shutil.copyfile(known, copy)
    return f"sqlite:///{copy}"


def ended(url: str) -> str:
    database = open_database(url)
    try:
        return json.dumps(state(database), sort_keys=True)
    finally:
        database.engine.dispose()


def test_killed_import_ends_in_the_same_state(known: Path, tmp_path: Path) -> None:
    files = [write(tmp_path, SOME), write(tmp_path, SUMMARIES, "abstracts.jsonl")]
    whole = fresh(known, "whole")
    [(_, points)] = imports(files, [(whole, 0)])
    assert points > POINTS * 2
    killed = [(fresh(known, f"killed{n}"), n * points // POINTS) for n in range(1, POINTS + 1)]

    ends = imports(files, [job for url, point in killed for job in ((url, point), (url, 0))])

    assert [code for code, _ in ends] == [9, 0] * POINTS
    assert {ended(url) for url, _ in killed} == {ended(whole)}


def test_import_killed_twice_goes_on_all_the_same(known: Path, tmp_path: Path) -> None:
    files = [write(tmp_path, SOME)]
    twice, once = fresh(known, "twice"), fresh(known, "once")

    ends = imports(files, [(twice, 25), (twice, 12), (twice, 0), (once, 0)])

    assert [code for code, _ in ends] == [9, 9, 0, 0]
    assert ended(twice) == ended(once)
