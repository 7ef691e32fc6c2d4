"""The clock of a process may be moved on a training instance, and nowhere else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sgdocs import migrations
from sgdocs.base import clock
from sgdocs.base.command import NotDone
from sgdocs.cli import serve
from sgdocs.cli._ground import open_services

THEN = datetime(2031, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SGDOCS_HOME", str(tmp_path))
    monkeypatch.setenv("SGDOCS_DATABASE", "")
    monkeypatch.setenv("SGDOCS_DEMO", "0")
    monkeypatch.setenv("SGDOCS_PUBLIC_URL", "http://127.0.0.1:8000")
    yield tmp_path
    clock.move(datetime.now(UTC))


def created(*, training: bool) -> None:
    services = open_services(current=False)
    migrations.upgrade(services.database, training=training)
    services.database.engine.dispose()


def is_moved() -> bool:
    return clock.now() - datetime.now(UTC) > timedelta(days=300)


def test_ordinary_database_keeps_the_time(home: Path) -> None:
    created(training=False)

    with pytest.raises(NotDone, match="not a training instance"):
        serve.worker(once=True, now="2031-05-01T09:00:00Z")
    with pytest.raises(NotDone, match="not a training instance"):
        serve.demo(now="2031-05-01T09:00:00Z")

    assert not is_moved()


def test_training_instance_goes_on_from_the_instant_that_is_named(home: Path) -> None:
    created(training=True)

    serve.worker(once=True, now="2031-05-01T09:00:00")

    assert timedelta(0) <= clock.now() - THEN < timedelta(minutes=2)


def test_what_is_no_instant_is_refused(home: Path) -> None:
    created(training=True)

    with pytest.raises(NotDone, match="“tomorrow” is no instant"):
        serve.worker(once=True, now="tomorrow")

    assert not is_moved()
