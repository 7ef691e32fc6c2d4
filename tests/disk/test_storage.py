"""Reading the store back, and sweeping what nobody names."""

import io
import os
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session

from sgdocs.base.clock import now
from sgdocs.documents.models import Document
from sgdocs.safekeeping import naming
from sgdocs.safekeeping.store import sweep, verify
from sgdocs.storage.local import LocalStore
from sgdocs.wiring import Services, tables
from tests.disk.papers import Papers


def aged(services: Services, content: bytes, *, days: int = 2) -> str:
    """A blob that was put so many days ago."""
    blob = services.blobs.put(io.BytesIO(content))
    make_older(services, blob.sha256, days=days)
    return blob.sha256


def make_older(services: Services, name: str, *, days: int = 2) -> None:
    then = (now() - timedelta(days=days)).timestamp()
    os.utime(Path(services.settings.home) / "storage" / name[:2] / name, (then, then))


def test_whole_store_verifies(services: Services, papers: Papers) -> None:
    papers.document(papers.meeting(), 1, stamped=b"copy")
    papers.make.session.commit()

    found = verify(services)

    assert (found.read, found.damaged, found.missing) == (2, [], [])


def test_damaged_and_missing_blobs_are_named(services: Services, papers: Papers) -> None:
    papers.document(papers.meeting(), 1, text=b"one", stamped=b"copy")
    papers.make.session.commit()
    damaged, gone = sorted(services.blobs.names())
    (Path(services.settings.home) / "storage" / damaged[:2] / damaged).write_bytes(b"rotten")
    services.blobs.drop(gone)

    found = verify(services)

    assert (found.damaged, found.missing) == ([damaged], [gone])


def test_orphans_are_listed_and_dropped_when_told(services: Services, papers: Papers) -> None:
    papers.document(papers.meeting(), 1, text=b"named")
    papers.make.session.commit()
    for name in list(services.blobs.names()):
        make_older(services, name)
    orphan = aged(services, b"orphan")

    listed = sweep(services, now(), drop=False)
    dropped = sweep(services, now(), drop=True)

    assert (listed.orphans, listed.dropped) == ([orphan], [])
    assert (dropped.orphans, dropped.dropped, dropped.freed_bytes) == ([orphan], [orphan], 6)
    assert len(list(services.blobs.names())) == 1


def test_blob_that_waits_for_its_form_stays(services: Services) -> None:
    services.blobs.put(io.BytesIO(b"just uploaded"))

    assert sweep(services, now(), drop=True).orphans == []


def test_blob_that_is_put_again_is_young_again(services: Services) -> None:
    aged(services, b"twice")
    services.blobs.put(io.BytesIO(b"twice"))

    assert sweep(services, now(), drop=True).orphans == []


def test_blob_put_again_between_looking_and_dropping_stays(services: Services) -> None:
    name = aged(services, b"raced")
    before = now() - timedelta(days=1)
    assert services.blobs.is_older(name, before)

    services.blobs.put(io.BytesIO(b"raced"))

    assert not services.blobs.drop_older(name, before)
    assert services.blobs.has(name)


def test_dropping_what_is_not_there_drops_nothing(services: Services) -> None:
    assert not services.blobs.drop_older("0" * 64, now())


def test_digest_in_a_fact_of_some_row_keeps_a_blob(services: Services, papers: Papers) -> None:
    """Whoever keeps a digest in JSON need not tell the sweep."""
    name = aged(services, b"in a finding")
    document = papers.document(papers.meeting(), 1)
    document.contacts = [{"receipt": name}]
    papers.make.session.commit()

    assert sweep(services, now(), drop=True).orphans == []


def test_deleted_and_withdrawn_documents_keep_their_files(services: Services, papers: Papers) -> None:
    document = papers.document(papers.meeting(), 1, status="withdrawn", deleted_at=now())
    papers.make.session.commit()
    for name in list(services.blobs.names()):
        make_older(services, name)

    assert sweep(services, now(), drop=True).orphans == []
    with Session(services.database.engine) as session:
        assert session.get(Document, document.id) is not None


def test_every_column_of_digests_is_known() -> None:
    """A new column is either promised, so that it is backed up and looked for, or said to be of something else."""
    columns = {(t.name, c.name) for t in tables.sorted_tables for c in t.c if "sha256" in c.name}

    assert columns == {*naming.PROMISED, *naming.ELSEWHERE}


def test_promise_of_a_version_that_was_superseded_counts(services: Services, papers: Papers) -> None:
    document = papers.document(papers.meeting(), 1, text=b"first")
    papers.version(document, "R1", text=b"second", stamped=b"copy of second")
    papers.make.session.commit()

    with services.database.engine.connect() as connection:
        assert naming.promised(connection) == set(LocalStore(services.settings.home / "storage").names())
