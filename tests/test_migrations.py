"""Migrations make, from nothing, the very tables of the models; on both databases."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlmodel import select

from sgdocs import migrations
from sgdocs.base.db import Database, metadata, open_database
from sgdocs.base.instance import Instance, instance_of
from tests.support.databases import ROOT, tables_of


@pytest.fixture
def empty(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Iterator[Database]:
    """A database without tables, of the same make as `database`."""
    url = f"sqlite:///{tmp_path / 'empty.db'}" if database.is_sqlite else request.getfixturevalue("postgres_url")
    opened = open_database(url, pool_size=4)
    yield opened
    opened.engine.dispose()


def test_upgrade_makes_the_tables_of_the_models(empty: Database) -> None:
    done = migrations.upgrade(empty)

    assert done
    assert migrations.is_current(empty)
    assert list(migrations.differences(empty)) == []
    assert set(metadata.tables) - set(inspect(empty.engine).get_table_names()) == set()


def test_upgrade_makes_the_indexes_and_constraints_of_the_models(empty: Database, database: Database) -> None:
    """What comparison by Alembic overlooks: check constraints, and partial and unique indexes."""
    migrations.upgrade(empty)

    made, wanted = inspect(empty.engine), inspect(database.engine)

    for table in sorted(metadata.tables):
        for kind in ("get_indexes", "get_unique_constraints", "get_check_constraints", "get_foreign_keys"):
            assert _named(getattr(made, kind)(table)) == _named(getattr(wanted, kind)(table)), (table, kind)


def test_upgrade_again_changes_nothing(empty: Database) -> None:
    migrations.upgrade(empty, training=True)

    done = migrations.upgrade(empty)

    assert not done
    with empty.reading() as session:
        instance = instance_of(session)
        assert instance is not None
        assert instance.training


def test_two_upgrades_at_once_make_one_database(empty: Database) -> None:
    url = empty.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", "from sgdocs.cli import main; main()", "db", "upgrade"]
    both = [
        subprocess.Popen(command, env={**os.environ, "SGDOCS_DATABASE": url}, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]

    said = [upgrade.communicate(timeout=240)[1] for upgrade in both]

    assert [upgrade.returncode for upgrade in both] == [0, 0], said
    assert list(migrations.differences(empty)) == []
    with empty.reading() as session:
        assert len(session.exec(select(Instance)).all()) == 1


def test_new_database_is_not_current(empty: Database) -> None:
    assert not migrations.is_current(empty)


def test_wiring_knows_every_table() -> None:
    """A table that wiring does not import would be missing from a migration written by `sgdocs db revise`."""
    wiring = (ROOT / "sgdocs" / "wiring.py").read_text(encoding="utf-8")

    assert [module for module in tables_of(ROOT) if f"import {module}" not in wiring] == []


def test_migrations_import_no_models() -> None:
    """What a version did must not change when the models do."""
    offenders = [
        f"{file.name}: {line}"
        for file in sorted((ROOT / "sgdocs" / "migrations" / "versions").glob("*.py"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith(("from sgdocs", "import sgdocs")) and "sgdocs.base.db" not in line
    ]

    assert offenders == []


def _named(found: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return sorted((str(f["name"]), str(f.get("column_names", f.get("constrained_columns", "")))) for f in found)
