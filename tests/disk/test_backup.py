"""Backup and restoring: every row and every file, also while somebody writes."""

import io
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sgdocs.base.db import Database, open_database
from sgdocs.base.settings import Settings
from sgdocs.mail.memory import MemoryMailer
from sgdocs.safekeeping.contents import Contents, NoBackup
from sgdocs.safekeeping.restoring import restore
from sgdocs.safekeeping.taking import NotEmpty, back_up, settings_of
from sgdocs.search.engines import whoosh
from sgdocs.storage.local import LocalStore
from sgdocs.wiring import Services, tables
from tests.disk.papers import Papers
from tests.support.databases import NOW, ROOT, new_postgres


def rows_of(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in tables.sorted_tables
        }


def hashes_of(services: Services) -> dict[str, bytes]:
    return {name: content_of(services, name) for name in services.blobs.names()}


def content_of(services: Services, name: str) -> bytes:
    with services.blobs.open(name) as content:
        return content.read()


@contextmanager
def empty_place(services: Services, folder: Path) -> Iterator[Services]:
    """Services of the same kind with nothing in them."""
    if services.database.is_sqlite:
        yield _services(folder, open_database(f"sqlite:///{folder / 'sgdocs.db'}"))
        return
    with new_postgres(f"restored_{os.getpid()}") as url:
        found = _services(folder, open_database(url, pool_size=2))
        yield found
        found.database.engine.dispose()


def _services(folder: Path, database: Database) -> Services:
    settings = Settings(home=folder, secret="s" * 32)
    return Services(settings, database, LocalStore(folder / "storage"), whoosh(folder / "index"), MemoryMailer())


@pytest.fixture
def filled(services: Services, papers: Papers) -> Services:
    """Text that a table of text has to escape, several versions, and a file that no row names."""
    meeting = papers.meeting()
    first = papers.document(meeting, 1, title="Tab\tand\\backslash\nand “quotes” \\N", stamped=b"copy with number")
    papers.version(first, "R1", text=b"second")
    papers.document(meeting, 2, stream="GEN", kind="temporary-document", keywords="ключ ، 关键")
    papers.make.session.commit()
    return services


def test_restored_equals_what_was_backed_up(filled: Services, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path / "backup", NOW)

    with empty_place(filled, tmp_path / "elsewhere") as place:
        restore(place, tmp_path / "backup")

        assert rows_of(place.database) == rows_of(filled.database)
        assert hashes_of(place) == hashes_of(filled)
    assert made.tables["document"] == 2
    assert (made.blobs, made.missing) == (4, [])


def test_numbers_go_on_after_restoring(filled: Services, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup", NOW)

    with empty_place(filled, tmp_path / "elsewhere") as place:
        restore(place, tmp_path / "backup")
        table = tables.tables["organisation"]
        with place.database.engine.execution_options(sgdocs_writing=True).begin() as connection:
            before = set(connection.execute(select(table.c.id)).scalars())
            connection.execute(
                table.insert().values(slug="new", name="New", acronym="", category="academia", country="", url="")
            )
            after = set(connection.execute(select(table.c.id)).scalars())

    assert len(after - before) == 1


def test_blob_that_no_row_names_is_left_out(filled: Services, tmp_path: Path) -> None:
    orphan = filled.blobs.put(io.BytesIO(b"orphan"))

    back_up(filled, tmp_path / "backup", NOW)

    assert not LocalStore(tmp_path / "backup" / "storage").has(orphan.sha256)


def test_missing_and_damaged_blobs_are_named(filled: Services, tmp_path: Path) -> None:
    first, second, *_ = sorted(filled.blobs.names())
    filled.blobs.drop(first)
    (tmp_path / "storage" / second[:2] / second).write_bytes(b"rotten")

    made = back_up(filled, tmp_path / "backup", NOW)

    assert made.missing == [first, second]
    assert set(LocalStore(tmp_path / "backup" / "storage").names()).isdisjoint({first, second})


def test_blobs_of_an_earlier_backup_are_linked_not_copied(filled: Services, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "one", NOW)
    [rotten, *_] = sorted(filled.blobs.names())
    (tmp_path / "one" / "storage" / rotten[:2] / rotten).write_bytes(b"rotten")

    back_up(filled, tmp_path / "two", NOW, previous=tmp_path / "one")

    kept = {name: tmp_path / "two" / "storage" / name[:2] / name for name in filled.blobs.names()}
    assert {name for name, path in kept.items() if path.stat().st_nlink == 1} == {rotten}
    assert kept[rotten].read_bytes() == content_of(filled, rotten)


def test_backup_takes_an_empty_folder_only(filled: Services, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "thesis.txt").write_text("mine")

    with pytest.raises(NotEmpty):
        back_up(filled, tmp_path / "backup", NOW)

    assert [f.name for f in (tmp_path / "backup").iterdir()] == ["thesis.txt"]


def test_nothing_is_restored_over_something(filled: Services, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup", NOW)
    before = rows_of(filled.database)

    with pytest.raises(NotEmpty):
        restore(filled, tmp_path / "backup")

    assert rows_of(filled.database) == before


def test_nothing_is_restored_beside_strange_files(filled: Services, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup", NOW)

    with empty_place(filled, tmp_path / "elsewhere") as place:
        place.blobs.put(io.BytesIO(b"strange"))

        with pytest.raises(NotEmpty):
            restore(place, tmp_path / "backup")


def test_backup_that_was_broken_off_is_none(filled: Services, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup", NOW)
    (tmp_path / "backup" / "backup.json").unlink()

    with empty_place(filled, tmp_path / "elsewhere") as place, pytest.raises(NoBackup):
        restore(place, tmp_path / "backup")


def test_changed_database_file_is_refused(filled: Services, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path / "backup", NOW)
    with (tmp_path / "backup" / next(iter(made.files))).open("ab") as file:
        file.write(b"x")

    with empty_place(filled, tmp_path / "elsewhere") as place, pytest.raises(NoBackup, match="not as it was written"):
        restore(place, tmp_path / "backup")


def test_changed_blob_is_refused_and_no_database_appears(filled: Services, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup", NOW)
    [name, *_] = LocalStore(tmp_path / "backup" / "storage").names()
    (tmp_path / "backup" / "storage" / name[:2] / name).write_bytes(b"rotten")

    with empty_place(filled, tmp_path / "elsewhere") as place:
        with pytest.raises(NoBackup, match="another content"):
            restore(place, tmp_path / "backup")

        assert not (tmp_path / "elsewhere" / "sgdocs.db").exists()


def test_restore_may_be_run_again_after_it_was_broken_off(filled: Services, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup", NOW)

    with empty_place(filled, tmp_path / "elsewhere") as place:
        [first, *_] = sorted(filled.blobs.names())
        place.blobs.put(io.BytesIO(content_of(filled, first)))

        restore(place, tmp_path / "backup")

        assert hashes_of(place) == hashes_of(filled)


def test_other_database_and_other_tables_are_refused(filled: Services, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup", NOW)
    file = tmp_path / "backup" / "backup.json"
    told = json.loads(file.read_text())

    for change in ({"database": "other"}, {"tables_version": "0000"}, {"format": 9}):
        file.write_text(json.dumps(told | change))
        with empty_place(filled, tmp_path / "elsewhere") as place, pytest.raises(NoBackup):
            restore(place, tmp_path / "backup")


WRITER = textwrap.dedent(
    """
    import io, sys
    from sqlalchemy import insert
    from sgdocs.base.db import open_database
    from sgdocs.storage.local import LocalStore
    from sgdocs.wiring import tables
    url, storage, stop = sys.argv[1:4]
    from pathlib import Path
    database, blobs = open_database(url), LocalStore(Path(storage))
    people, files = tables.tables["organisation"], tables.tables["recommendation_file"]
    version = int(sys.argv[4])
    document = int(sys.argv[5])
    n = 0
    while not Path(stop).exists():
        n += 1
        blob = blobs.put(io.BytesIO(f"content {n}".encode()))
        with database.engine.execution_options(sgdocs_writing=True).begin() as connection:
            connection.execute(insert(people).values(slug=f"w{n}", name=f"W{n}", acronym="", category="academia", country="", url=""))
            connection.execute(insert(tables.tables["document_file"]).values(
                version_id=version, document_id=document, name=f"w{n}", given_name="", media_type="", size_bytes=1,
                sha256=blob.sha256, stamped_sha256="", preview_sha256="", language="", position=0, stamped_size_bytes=0,
                is_signed=False, text="none", text_problem="", language_read="", characters=0))
        print(n, flush=True)
    """
)


def test_backup_is_consistent_while_another_process_writes(filled: Services, tmp_path: Path) -> None:
    """Each transaction of the writer adds a row in two tables and a blob: as many of each, and every blob is there."""
    with filled.database.engine.connect() as connection:
        version, document = connection.execute(
            select(tables.tables["document_version"].c.id, tables.tables["document_version"].c.document_id)
        ).first() or (0, 0)
    url = filled.database.engine.url.render_as_string(hide_password=False)
    stop = tmp_path / "stop"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, url, str(tmp_path / "storage"), str(stop), str(version), str(document)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as writer:
        assert writer.stdout is not None
        while int(writer.stdout.readline()) < 20:
            pass
        made = back_up(filled, tmp_path / "backup", NOW)
        stop.touch()
        written = len(writer.stdout.read().splitlines())

    with empty_place(filled, tmp_path / "elsewhere") as place:
        restore(place, tmp_path / "backup")
        restored = rows_of(place.database)
        kept = hashes_of(place)
    pairs = {row[1] for row in restored["organisation"] if str(row[1]).startswith("w")}
    assert written > 0
    assert made.missing == []
    assert len(pairs) >= 20
    assert pairs == {f"w{n}" for n in range(1, len(pairs) + 1)}
    assert made.tables["document_file"] == len(pairs) + 3
    assert made.blobs == len(kept) == len(pairs) + 4


def test_settings_go_along_without_secrets() -> None:
    told = settings_of(
        Settings(
            secret="very-secret", database="postgresql://u:pass@h/d", mail="smtp://u:pass@h", threads=3, home=Path("/x")
        )
    )

    assert "SGDOCS_THREADS=3" in told
    assert "# SGDOCS_SECRET=" in told
    assert "very-secret" not in told
    assert "pass@" not in told


def test_contents_are_read_as_they_were_written(tmp_path: Path) -> None:
    contents = Contents("2026-03-02T09:00:00+00:00", "0.1", "0002", "sqlite", {"a": 1}, {}, 3, 9, ["x"])

    contents.write(tmp_path)

    assert Contents.read(tmp_path) == contents
