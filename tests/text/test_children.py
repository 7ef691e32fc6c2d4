"""Readers die, are slow, grow old, are asked by many at once: the answers are right and nothing is left behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile

import pytest

from sgdocs.text.children import Readers
from sgdocs.text.limits import Limits
from sgdocs.text.model import Stamp
from sgdocs.text.zygote import PREFIX
from tests.files.hostile import PARAGRAPH, million_paragraphs, word
from tests.text.processes import below, readers

HONEST = "The text of an honest document with some words."


@pytest.fixture
def pool() -> Iterator[Readers]:
    made = Readers(2)
    yield made
    made.close()


def text(pool: Readers, content: bytes | Path | BytesIO, name: str = "paper.docx") -> str:
    return "\n".join(unit.text for unit in pool.read(content, name).units)


def new_readers(before: list[int]) -> list[int]:
    return [pid for pid in readers() if pid not in before]


def test_bytes_paths_and_streams_are_read(pool: Readers, tmp_path: Path) -> None:
    file = tmp_path / "paper.docx"
    file.write_bytes(word())

    with file.open("rb") as stream:
        stream.read(10)
        told = [text(pool, word()), text(pool, file), text(pool, stream), text(pool, BytesIO(word()))]  # type: ignore[arg-type]

    assert told == [HONEST] * 4


@pytest.mark.parametrize("size", [100, 10_000_000])
def test_upload_that_was_just_written_is_read_whole(pool: Readers, size: int) -> None:
    """As the web framework keeps it: in memory up to a size, then in a file, never flushed."""
    with SpooledTemporaryFile(max_size=size) as upload:
        upload.write(word())

        assert text(pool, upload) == HONEST  # type: ignore[arg-type]


def test_reader_that_was_killed_is_replaced(pool: Readers) -> None:
    before = readers()
    text(pool, word())
    first = new_readers(before)
    assert len(first) == 1

    os.kill(first[0], signal.SIGKILL)

    assert text(pool, word()) == HONEST
    assert new_readers(before) != first


def test_reader_killed_at_work_is_a_problem(pool: Readers) -> None:
    before = readers()
    text(pool, word())
    reader = new_readers(before)[0]

    with ThreadPoolExecutor(1) as others:
        answer = others.submit(pool.read, million_paragraphs(), "paper.docx")
        while not _works(reader):
            time.sleep(0.01)
        os.kill(reader, signal.SIGKILL)
        reading = answer.result()

    assert [(one.id, one.is_fatal) for one in reading.problems] == [("text.killed", False)]
    assert (reading.format, reading.units) == ("docx", ())
    assert text(pool, word()) == HONEST


def test_slow_file_is_a_problem_and_ends_its_reader() -> None:
    pool = Readers(1, Limits(seconds=2))
    try:
        before = readers()
        pool.read(word(), "paper.docx")
        slow = million_paragraphs()
        first = new_readers(before)
        began = time.monotonic()

        reading = pool.read(slow, "paper.docx")

        assert time.monotonic() - began < 10
        assert [one.id for one in reading.problems if one.id != "text.cover"] == ["text.slow"]
        assert set(first) & set(readers()) == set()
    finally:
        pool.close()


def test_memory_is_bounded() -> None:
    pool = Readers(1, Limits(memory_bytes=400_000_000))
    try:
        rows = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
        table = "<w:tbl>" + "".join(rows.format(number * 7919) for number in range(900_000)) + "</w:tbl>"

        reading = pool.read(word(table), "paper.docx")

        assert {one.id for one in reading.problems} <= {
            "text.memory",
            "text.killed",
            "text.cover",
            "text.broken",
            "text.slow",
        }
        assert reading.units == ()
        assert text(pool, word()) == HONEST
    finally:
        pool.close()


def test_reader_is_replaced_after_so_many_files() -> None:
    pool = Readers(1, files_per_child=3)
    try:
        before = readers()
        seen = set()
        for _ in range(7):
            assert text(pool, word()) == HONEST
            seen |= set(new_readers(before))

        assert len(seen) == 3
    finally:
        pool.close()


def test_many_threads_get_each_their_own_text(pool: Readers) -> None:
    papers = [word(PARAGRAPH.format(f"paper number {number}")) for number in range(40)]

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda content: text(pool, content), papers))

    assert told == [f"paper number {number}" for number in range(40)]


def test_busy_readers_are_a_problem_not_a_queue_without_end() -> None:
    pool = Readers(1, Limits(seconds=2))
    try:
        text(pool, word())
        slow = million_paragraphs()
        with ThreadPoolExecutor(3) as threads:
            told = list(threads.map(lambda _: pool.read(slow, "paper.docx"), range(3)))

        found = sorted(one.id for reading in told for one in reading.problems if one.id != "text.cover")
        assert found[0] == "text.busy"
        assert set(found) <= {"text.busy", "text.slow"}
    finally:
        pool.close()


def test_closed_pool_leaves_nothing_and_starts_again(pool: Readers) -> None:
    before = below(os.getpid())
    text(pool, word())
    started = [pid for pid in below(os.getpid()) if pid not in before]
    folders = [one for pid in started for one in Path(tempfile.gettempdir()).glob(f"{PREFIX}{pid}-*")]

    pool.close()

    assert len(started) == 2
    assert len(folders) == 1
    assert [pid for pid in below(os.getpid()) if pid in started] == []
    assert not folders[0].exists()
    assert text(pool, word()) == HONEST


def test_readers_die_with_their_server(tmp_path: Path) -> None:
    """A server that is killed leaves no reader behind."""
    code = (
        "import os, signal; from sgdocs.text.children import Readers; from tests.text.processes import below\n"
        "pool = Readers(1); pool.read(b'some words', 'a.txt')\n"
        "print(*below(os.getpid()), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )

    left = [int(word) for word in said.stdout.split()]
    assert len(left) == 2
    until = time.monotonic() + 15
    while any(_is_alive(pid) for pid in left) and time.monotonic() < until:
        time.sleep(0.1)
    assert [pid for pid in left if _is_alive(pid)] == []


def test_forked_process_has_readers_of_its_own(pool: Readers) -> None:
    text(pool, word())
    pid = os.fork()
    if pid == 0:
        told = text(pool, word())
        pool.close()
        os._exit(0 if told == HONEST else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert text(pool, word()) == HONEST


def test_reader_learns_nothing_of_the_server(pool: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SGDOCS_SECRET", "a secret of the server")
    before = readers()
    text(pool, word())

    environment = Path(f"/proc/{new_readers(before)[0]}/environ").read_bytes()

    assert b"SGDOCS_SECRET" not in environment
    assert b"PATH=" in environment


def test_reader_has_no_network_where_the_system_allows_it() -> None:
    code = "from sgdocs.text import confine; print(confine.without_network(), confine.has_no_network())"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )

    done, cut_off = said.stdout.split()
    assert done != "True" or cut_off == "True"
    assert said.stderr == ""


def test_reader_of_a_superuser_has_given_up_its_powers(pool: Readers) -> None:
    before = readers()
    text(pool, word())

    status = Path(f"/proc/{new_readers(before)[0]}/status").read_text()

    assert "CapEff:\t0000000000000000" in status
    assert "NoNewPrivs:\t1" in status


def test_stamp_of_what_cannot_be_stamped_is_none(pool: Readers) -> None:
    stamp = Stamp("SG15-C123")

    assert pool.stamp(b"no document at all", stamp) is None
    assert pool.stamp(word(), stamp) is None


def _works(pid: int) -> bool:
    """Whether it has begun: its time on a processor grows."""
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(ticks[11]) + int(ticks[12]) > 20


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
