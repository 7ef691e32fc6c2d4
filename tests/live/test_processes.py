"""The server as it runs: two processes, killed in the midst of a discussion, and told to stop while browsers listen."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from sgdocs.base.act import Act
from sgdocs.base.clock import now
from sgdocs.base.db import open_database
from sgdocs.base.settings import Settings
from sgdocs.discussions import actions
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.subjects import about
from sgdocs.people.actions.sessions import Browser, open_session
from sgdocs.people.rules import Stage
from tests.cast import Cast
from tests.live.listening import Listener
from tests.make import Make
from tests.support.site import free_port

pytestmark = pytest.mark.databases("sqlite")
PATIENCE_S = 180
_STAMP = "INSERT INTO alembic_version VALUES ('0005')"


class House:
    """A server of two processes over a database; whoever says something does so beside it."""

    def __init__(self, home: Path, url: str, thread_id: int, cookie: str, cast: Cast) -> None:
        self.url, self.thread_id, self.cast = url, thread_id, cast
        self.head = {"Cookie": f"sgdocs={cookie}"}
        self.home = home
        self.port = free_port()

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        environment = {
            **os.environ, "SGDOCS_HOME": str(self.home), "SGDOCS_DATABASE": self.url, "SGDOCS_SECRET": "s" * 40,
            "SGDOCS_STREAM_POLL_MS": "50",
        }  # fmt: skip
        words = ["-m", "sgdocs", "serve", "--port", str(self.port), "--processes", "2"]
        process = subprocess.Popen([sys.executable, *words], env=environment, start_new_session=True)
        try:
            self._wait(process)
            yield process
        finally:
            for end in (signal.SIGTERM, signal.SIGKILL):
                if process.poll() is None:
                    os.killpg(process.pid, end)
                    try:
                        process.wait(timeout=20)
                    except subprocess.TimeoutExpired:
                        continue

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                httpx2.get(f"http://127.0.0.1:{self.port}/static/css/base.css", timeout=5)
            except httpx2.HTTPError:
                assert process.poll() is None, "the server ended"
                time.sleep(0.2)
            else:
                return
        raise AssertionError("the server did not start")

    def listen(self, last_id: str = "") -> Listener:
        more = {"Last-Event-ID": last_id} if last_id else {}
        return Listener(f"http://127.0.0.1:{self.port}", f"/discussion/{self.thread_id}/stream", {**self.head, **more})

    def say(self, text: str) -> None:
        database = open_database(self.url)
        with database.writing() as session:
            act = Act(session, self.cast.chair.actor, now())
            actions.write(act, session.get_one(Thread, self.thread_id), Wanted(text))
        database.engine.dispose()


@pytest.fixture
def house(cast: Cast, make: Make, settings: Settings, tmp_path: Path, sqlite_url: str) -> House:
    cast.summon("chair", "delegate_member", "sg13", "tsb")
    thread = actions.own_thread(cast.chair.act, about(cast.tsb.act, Kind.GROUP, "T/SG13"))
    make.account(cast.delegate_member.person)
    act = Act(make.session, cast.delegate_member.actor, now())
    cookie = open_session(act, cast.delegate_member.person, settings, stage=Stage.FULL, browser=Browser())
    for words in ("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)", _STAMP):
        make.session.connection().exec_driver_sql(words)
    make.session.commit()
    return House(tmp_path / "home", f"sqlite:///{tmp_path / 'sgdocs.db'}", thread.id or 0, cookie, cast)


def test_discussion_goes_on_after_a_kill_and_ends_when_told_to(house: House) -> None:
    """Eight browsers at two processes; kill -9 in the midst; what is said while nobody serves comes afterwards, once.

    Then the server is told to stop, and does so at once though browsers listen.
    """
    with house.serving() as process:
        listeners = [house.listen() for _ in range(8)]
        for each in listeners:
            each.until_place()
        house.say("before")
        for each in listeners:
            each.until(lambda it: it.numbers == [1])
        os.killpg(process.pid, signal.SIGKILL)
        for each in listeners:
            each.until(lambda it: it.is_over)
    house.say("while nobody serves")

    with house.serving() as process:
        again = [house.listen(each.last_id) for each in listeners]
        for each in again:
            each.until(lambda it: it.numbers == [2])
        house.say("after")
        for each in again:
            each.until(lambda it: it.numbers == [2, 3])

        started = time.monotonic()
        os.kill(process.pid, signal.SIGTERM)
        process.wait(timeout=25)
        took_s = time.monotonic() - started

        for each in (*listeners, *again):
            each.until(lambda it: it.is_over)
            each.hang_up()
        assert took_s < 15
