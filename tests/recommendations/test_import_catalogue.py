"""The shared catalogue, when it is there: counts are compared with an independent count of the files."""

import gzip
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from sgdocs.base.actor import Actor
from sgdocs.base.db import Database, open_database
from sgdocs.recommendations import invariants as inv
from sgdocs.recommendations.importing.run import Import, import_files
from sgdocs.recommendations.models import Equivalent, Family, Flag, Summary, Text
from tests.support.databases import Clock

DATA = Path(os.environ.get("SGDOCS_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
NAMES = ("itu-t-recommendations", "itu-r-publications", "itu-t-abstracts")
FILES = [DATA / f"{name}.jsonl.gz" for name in NAMES]

pytestmark = pytest.mark.skipif(not all(f.exists() for f in FILES), reason="the shared catalogue is not here")


def counted(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The whole catalogue in a SQLite file, imported once."""
    from sgdocs.base.db import metadata
    from tests.support.databases import all_models

    all_models()
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('catalogue') / 'c.db'}")
    metadata.create_all(database.engine)
    outcomes = import_files(Import(database, Actor.operator(), Clock()), FILES)
    assert [(o.read, len(o.rejects)) for o in outcomes] == [(len(counted(name)), 0) for name in NAMES]
    return database


def number_of(database: Database, *wanted: Any) -> int:
    with database.reading() as session:
        return int(session.exec(select(func.count()).where(*wanted)).one())


def test_every_record_is_a_text_with_its_dates_as_given(catalogue: Database) -> None:
    records = [*counted(NAMES[0]), *counted(NAMES[1])]
    with catalogue.reading() as session:
        stored = session.exec(select(Text.catalogue_id, Text.approved, Text.posted, Text.title)).all()

    assert sorted(stored) == sorted(
        (r["id"], r.get("approved") or "", r.get("posted") or "", " ".join((r.get("title") or "").split()))
        for r in records
    )


def test_standings_are_those_of_the_files(catalogue: Database) -> None:
    expected: Counter[str] = Counter()
    for record in [*counted(NAMES[0]), *counted(NAMES[1])]:
        expected["pre-published" if record.get("prepublished") else record.get("status") or "unknown"] += 1
    with catalogue.reading() as session:
        stored = session.exec(select(Text.status, func.count()).group_by(Text.status)).all()

    assert dict(stored) == dict(expected)


def test_kinds_are_those_of_the_files(catalogue: Database) -> None:
    expected = Counter(r["kind"] for r in counted(NAMES[0])) + Counter(r["doctype"] for r in counted(NAMES[1]))
    with catalogue.reading() as session:
        stored = session.exec(select(Text.kind, func.count()).group_by(Text.kind)).all()

    assert dict(stored) == dict(expected)


def test_links_agree_with_those_of_the_source(catalogue: Database) -> None:
    records = [*counted(NAMES[0]), *counted(NAMES[1])]
    with catalogue.reading() as session:
        names = {text.id: text.catalogue_id for text in session.exec(select(Text))}
        stored = {
            name: names.get(id)
            for name, id in session.exec(select(Text.catalogue_id, Text.superseded_by_id).where(col(Text.superseded_by_id).is_not(None)))
        }  # fmt: skip
        bases = {
            name: names.get(id)
            for name, id in session.exec(select(Text.catalogue_id, Text.modifies_id).where(col(Text.modifies_id).is_not(None)))
        }  # fmt: skip

    assert stored == {r["id"]: r["superseded_by"] for r in records if r.get("superseded_by")}
    said = {r["id"]: r["modifies"] for r in records if r.get("modifies") and not r.get("of_part")}
    assert {name: base for name, base in bases.items() if name in said} == said


def test_summaries_and_twins_are_complete(catalogue: Database) -> None:
    assert number_of(catalogue, col(Summary.text_id).is_not(None)) == len(counted(NAMES[2]))
    assert number_of(catalogue, col(Equivalent.id).is_not(None)) == sum(len(set(r.get("iso_iec") or [])) for r in counted(NAMES[0]))  # fmt: skip


def test_only_the_known_family_has_two_editions_in_force(catalogue: Database) -> None:
    """README of the catalogue: X.1280 has two."""
    with catalogue.reading() as session:
        found = session.exec(
            select(Family.number).join(Flag, col(Flag.family_id) == Family.id).where(Flag.rule == inv.ONE_IN_FORCE.id)
        ).all()

    assert found == ["X.1280"]


def test_numbers_of_recommendation_and_report_stay_apart(catalogue: Database) -> None:
    """README of the catalogue: 32 numbers belong to both."""
    records = counted(NAMES[1])
    both = {r["base"] for r in records if r["doctype"] == "recommendation"} & {r["base"] for r in records if r["doctype"] == "report"}  # fmt: skip
    with catalogue.reading() as session:
        stored = session.exec(
            select(Family.space, Family.number).where(Family.sector == "R", col(Family.number).in_(both))
        )
        assert Counter(space for space, _ in stored) == {"rec": len(both), "report": len(both)}


def test_addresses_are_unique_and_hold_no_space(catalogue: Database) -> None:
    with catalogue.reading() as session:
        addresses = [*session.exec(select(Text.address)), *session.exec(select(Family.address))]

    assert len(addresses) == len(set(addresses))
    assert [a for a in addresses if any(sign in a for sign in " %?#\"'<>")] == []
