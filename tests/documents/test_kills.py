"""An upload killed (-9) at any point leaves a whole document or none, and never a number used twice."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from sgdocs.base.act import Act
from sgdocs.base.db import open_database
from sgdocs.documents.models import Document, DocumentQuestion, DocumentSource, File, NumberSeries, Version
from sgdocs.journal.models import Entry
from sgdocs.storage.local import LocalStore
from tests.cast import Cast
from tests.documents.desk import meeting
from tests.documents.killing import CODE
from tests.support.databases import ROOT

POINTS = 20


def uploads(folder: Path, url: str, points: list[int]) -> list[tuple[int, int, int]]:
    """Upload once for each point of death: how it ended, the points it reached, the number it gave."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.documents.killing", str(folder)],
        input="".join(f"{url} {point}\n" for point in points),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr == ""
    return [(int(a), int(b), int(c)) for a, b, c in map(str.split, told.stdout.splitlines())]


@pytest.fixture
def ready(act: Act, cast: Cast) -> None:
    """SG13 with a member, a Question and a meeting that is far away, committed."""
    cast.summon("delegate_member", "q2")
    meeting(cast.make, CODE, starts_on=date(2090, 1, 9), ends_on=date(2090, 1, 20))
    act.session.commit()


def is_whole(session: Session, document: Document, store: LocalStore) -> bool:
    """Every row that belongs to it, and the content of its file."""

    def rows(table: type[Version | DocumentQuestion | DocumentSource]) -> int:
        return len(session.exec(select(table).where(table.document_id == document.id)).all())

    entries = select(Entry.verb).where(Entry.subject_kind == "document", Entry.subject_id == document.id)
    [file] = session.exec(select(File).where(File.document_id == document.id))
    return (
        [rows(table) for table in (Version, DocumentQuestion, DocumentSource)] == [1, 1, 1]
        and session.exec(entries).all() == ["documents.submitted"]
        and document.status == "posted"
        and store.has(file.sha256)
    )


@pytest.mark.usefixtures("ready")
def test_killed_upload_leaves_a_whole_document_or_none(act: Act, tmp_path: Path) -> None:
    url = act.session.get_bind().engine.url.render_as_string(hide_password=False)
    folder = tmp_path / "storage"
    [_, (_, whole, second)] = uploads(folder, url, [0, 0])
    assert (whole >= POINTS, second) == (True, 2)
    killed = sorted({1 + n * (whole - 1) // (POINTS - 1) for n in range(POINTS)})
    assert len(killed) == POINTS

    ends = uploads(folder, url, [point for at in killed for point in (at, 0)])

    assert [code for code, _, _ in ends] == [9, 0] * POINTS
    given = [number for code, _, number in ends if code == 0]
    database = open_database(url)
    with database.reading() as session:
        documents = session.exec(select(Document).order_by(Document.number)).all()  # type: ignore[arg-type]
        [series] = session.exec(select(NumberSeries)).all()
        store = LocalStore(folder)
        assert [d.name for d in documents if not is_whole(session, d, store)] == []
        numbers = [d.number for d in documents]
        assert numbers == list(range(1, series.last + 1))  # each number once, without a gap
        assert len(set(given)) == len(given)
        assert set(given) <= set(numbers)
        # The last point lies after the commit: its document is there; the others left none.
        assert len(numbers) == 2 + POINTS + 1
    database.engine.dispose()
