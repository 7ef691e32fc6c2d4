"""Heads of the chain, published once a day: the file only grows, and tells when the chain was rewritten."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import col, update

from sgdocs.base.act import Act
from sgdocs.journal import heads, outbox
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.search.models import VocabularyEntry


def nobody(verb: str) -> list[str]:
    return []


def sealed(act: Act, word: str) -> None:
    row = VocabularyEntry(kind="synonym", word=word, changed_at=act.now)
    act.session.add(row)
    record(act, "search.word-added", row)
    outbox.seal(act.session, nobody, act.now)


def test_head_is_published_once_a_geneva_day(act: Act, tmp_path: Path) -> None:
    file = tmp_path / "kept" / "heads.jsonl"
    assert heads.publish(act.session, file, act.now) is None
    sealed(act, "fibre")

    late = datetime(2026, 3, 2, 22, 59, tzinfo=UTC)
    first = heads.publish(act.session, file, late)
    sealed(act, "copper")
    assert heads.publish(act.session, file, late + timedelta(seconds=30)) is None
    second = heads.publish(act.session, file, late + timedelta(minutes=1))

    assert [(line.on, line.position) for line in heads.published(file)] == [("2026-03-02", 1), ("2026-03-03", 2)]
    assert (first, second) == tuple(heads.published(file))
    assert heads.broken(act.session, file) == []


def test_line_cut_off_by_a_crash_harms_no_other(act: Act, tmp_path: Path) -> None:
    file = tmp_path / "heads.jsonl"
    file.write_bytes(b'{"on": "2026-03-01", "at": "x", "pos')
    sealed(act, "fibre")

    heads.publish(act.session, file, act.now)
    assert [line.on for line in heads.published(file)] == ["2026-03-02"]
    assert len(file.read_text().splitlines()) == 2


def test_rewritten_chain_is_told_by_what_was_published(act: Act, tmp_path: Path) -> None:
    """Somebody changes an entry and computes every hash anew."""
    file = tmp_path / "heads.jsonl"
    sealed(act, "fibre")
    heads.publish(act.session, file, act.now)

    act.session.execute(update(Entry).where(col(Entry.position) == 1).values(hash="0" * 64))
    assert [line.position for line in heads.broken(act.session, file)] == [1]
