"""Import on both databases: what is written, what a second run does, what is refused."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, NotAllowed
from sgdocs.journal.models import Entry
from sgdocs.recommendations import invariants as inv
from sgdocs.recommendations.importing import lock
from sgdocs.recommendations.importing.run import Import, Options, Outcome, import_files
from sgdocs.recommendations.models import Equivalent, Family, Flag, Imported, ImportLock, Name, Relation, Summary, Text
from tests.recommendations.catalogue import G709, SOME, Record, bring, t, write
from tests.support.databases import Clock


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.added, outcome.changed, outcome.unchanged, outcome.withdrawn


def texts(database: Database) -> dict[str, Text]:
    with database.reading() as session:
        return {text.identifier: text for text in session.exec(select(Text))}


def families(database: Database) -> dict[str, Family]:
    with database.reading() as session:
        return {family.address: family for family in session.exec(select(Family))}


def state(database: Database) -> dict[str, list[Any]]:
    """Everything an import writes, without ids, times and the journal: to compare two ways to the same end."""
    with database.reading() as session:
        names = {text.id: text.identifier for text in session.exec(select(Text))}
        keys = {family.id: family.key for family in session.exec(select(Family))}
        rows: dict[str, list[Any]] = {}
        for model in (Family, Text, Name, Equivalent, Relation, Flag, Summary, Imported):
            found = []
            for row in session.exec(select(model)):
                plain = row.model_dump(exclude={"id", "changed_at"})
                for field, value in plain.items():
                    if field in ("text_id", "modifies_id", "superseded_by_id", "current_id", "latest_id"):
                        plain[field] = names.get(value)
                    elif field in ("family_id", "target_id"):
                        plain[field] = keys.get(value)
                found.append(json.dumps(plain, sort_keys=True, default=str))
            rows[model.__name__] = sorted(found)
        return rows


def test_catalogue_becomes_families_and_texts(database: Database, tmp_path: Path) -> None:
    outcome = bring(database, write(tmp_path, SOME))

    assert counts(outcome) == (len(SOME), 0, 0, 0)
    assert outcome.rejects == []
    family = families(database)["/rec/T/G.709"]
    assert (family.number, family.standing, family.texts, family.year, family.approved) == ("G.709/Y.1331", "in-force", 6, 2020, "2020-06-06")  # fmt: skip
    assert {address for address in families(database) if "M.2134" in address} == {"/rec/R/M.2134", "/report/R/M.2134"}


def test_texts_hang_on_what_they_change(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, SOME))

    found = texts(database)
    base = {text.identifier: next((o.identifier for o in found.values() if o.id == text.modifies_id), None) for text in found.values()}  # fmt: skip
    assert base["ITU-T G.709/Y.1331 (2020) Amd. 3 (03/2024)"] == "ITU-T G.709/Y.1331 (06/2020)"
    assert base["ITU-T X.680 (1994) Amd. 1/Technical Cor. 1 (12/1997)"] == "ITU-T X.680 (1994) Amd. 1 (04/1995)"
    assert base["ITU-T G.722.2 Annex C (07/2003)"] == "ITU-T G.722.2 (07/2003)"
    assert base["ITU-T G.664 (2012) Amd. 1 (12/2014)"] is None
    assert found["ITU-T G.709/Y.1331 (2020) Amd. 3 (03/2024)"].address == "/rec/T/G.709/2020-06/amd/3"
    assert found["ITU-T G.664 (2012) Amd. 1 (12/2014)"].address == "/rec/T/G.664/2012/amd/1"


def test_breaches_are_imported_and_flagged(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, SOME))

    with database.reading() as session:
        flags = session.exec(select(Flag.rule, Family.number).join(Family, col(Family.id) == Flag.family_id))
        assert sorted(flags) == [(inv.ONE_IN_FORCE.id, "X.1280"), (inv.WHICH_BASE.id, "G.664")]


def test_number_of_two_families_in_force_is_flagged_until_it_is_not(database: Database, tmp_path: Path) -> None:
    """INV-6."""
    twins: list[Record] = [t("ITU-T G.820/I.351 (07/2004)"), t("ITU-T I.351 (07/2004)")]
    bring(database, write(tmp_path, twins))
    with database.reading() as session:
        assert [flag.detail for flag in session.exec(select(Flag).where(Flag.rule == inv.TWO_FAMILIES.id))] == [
            "I.351"
        ] * 2

    bring(database, write(tmp_path, [twins[0], t("ITU-T I.351 (07/2004)", "superseded")]))

    with database.reading() as session:
        assert session.exec(select(Flag)).all() == []


def test_names_twins_and_relations_are_kept(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, SOME))

    with database.reading() as session:
        names = session.exec(select(Name.kind, Name.name).where(col(Name.name).in_(["Y.1331", "Y.SC-OpenData"])))
        assert sorted(names) == [("former", "Y.SC-OpenData"), ("number", "Y.1331")]
        assert session.exec(select(Equivalent.number)).all() == ["ISO/IEC 8824-1"]
        assert session.exec(select(Relation.kind, Relation.target)).all() == [("became", "ITU-R BS.1661-0")]


def test_second_run_changes_nothing(database: Database, tmp_path: Path, clock: Clock) -> None:
    file = write(tmp_path, SOME)
    bring(database, file, clock)
    before = state(database)
    clock.move(days=1)

    outcome = bring(database, file, clock)

    assert counts(outcome) == (0, 0, len(SOME), 0)
    assert outcome.wrote_nothing
    assert state(database) == before
    with database.reading() as session:
        assert {entry.at for entry in session.exec(select(Entry))} == {clock.now - timedelta(days=1)}


def test_changed_record_is_told_with_old_and_new_values(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, G709))
    changed = [{**r, "title": "Another", "status": "superseded"} if "06/2020" in r["id"] else r for r in G709]

    outcome = bring(database, write(tmp_path, changed))

    assert counts(outcome) == (0, 1, 5, 0)
    with database.reading() as session:
        entry = session.exec(select(Entry).order_by(col(Entry.id).desc())).first()
        text = session.exec(select(Text).where(Text.identifier == "ITU-T G.709/Y.1331 (06/2020)")).one()
    assert entry is not None
    assert (entry.verb, entry.subject_kind) == ("recommendations.imported", "recommendation")
    assert entry.facts["changed"][str(text.id)]["status"] == ["in-force", "superseded"]
    assert entry.facts["changed"][str(text.id)]["title"] == ["Title of ITU-T G.709/Y.1331 (06/2020)", "Another"]
    assert families(database)["/rec/T/G.709"].standing == "superseded"


def test_one_entry_for_each_family(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, SOME))

    with database.reading() as session:
        assert len(session.exec(select(Entry)).all()) == len(families(database))


def test_new_edition_takes_its_place_in_a_known_family(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, G709))
    old = {text.identifier: (text.id, text.address) for text in texts(database).values()}
    later = [{**r, "status": "superseded"} for r in G709] + [t("ITU-T G.709/Y.1331 (02/2026)", approved="2026-02-01", supersedes="ITU-T G.709/Y.1331 (06/2020)")]  # fmt: skip

    bring(database, write(tmp_path, later))

    found = texts(database)
    assert {n: (x.id, x.address) for n, x in found.items() if n in old} == old
    assert found["ITU-T G.709/Y.1331 (06/2020)"].superseded_by_id == found["ITU-T G.709/Y.1331 (02/2026)"].id
    assert families(database)["/rec/T/G.709"].current_id == found["ITU-T G.709/Y.1331 (02/2026)"].id


def test_rejected_records_do_not_stop_the_others(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.jsonl"
    write(tmp_path, [G709[0], {"id": "ITU-T G.1", "status": "?"}, G709[0], {**G709[3], "approved": "soon"}, G709[2]])
    file.write_text(file.read_text() + "{oops\n")

    outcome = bring(database, file)

    assert outcome.added == 2
    assert [(r.line, r.field) for r in outcome.rejects] == [(2, "status"), (3, "id"), (4, "approved"), (6, "line")]


def test_record_that_becomes_wrong_is_rejected_and_the_stored_one_stays(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, G709))

    outcome = bring(database, write(tmp_path, [*G709[1:], {**G709[0], "status": "?"}]))

    assert (counts(outcome), len(outcome.rejects)) == ((0, 0, 5, 0), 1)
    assert len(texts(database)) == 6


def many(count: int) -> list[Record]:
    return [t(f"ITU-T G.{n} (03/1993)", approved="1993-03-12") for n in range(1, count + 1)]


def test_shrinking_source_is_refused_as_a_whole(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, many(100)))
    before = state(database)

    with pytest.raises(Conflict) as refused:
        bring(database, write(tmp_path, [*many(97), t("ITU-T G.999 (03/1993)")]))

    assert (refused.value.rule.id, refused.value.facts["count"], refused.value.facts["covered"]) == ("recommendations.import-shrinks", 3, 100)  # fmt: skip
    assert state(database) == before


def test_few_missing_texts_are_withdrawn_and_may_come_back(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, many(100)))

    outcome = bring(database, write(tmp_path, many(98)))

    assert counts(outcome) == (0, 0, 98, 2)
    gone = texts(database)["ITU-T G.100 (03/1993)"]
    assert (gone.status, gone.status_note) == ("withdrawn", "no longer in catalogue")
    assert families(database)["/rec/T/G.100"].standing == "withdrawn"
    assert counts(bring(database, write(tmp_path, many(98)))) == (0, 0, 98, 0)

    assert counts(bring(database, write(tmp_path, many(100)))) == (0, 2, 98, 0)
    assert families(database)["/rec/T/G.100"].standing == "in-force"


def test_source_that_calls_much_withdrawn_is_refused_too(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, many(100)))
    fallen = [{**r, "status": "withdrawn"} if n < 3 else r for n, r in enumerate(many(100))]

    with pytest.raises(Conflict):
        bring(database, write(tmp_path, fallen))

    assert counts(bring(database, write(tmp_path, fallen), allow_withdrawals=True)) == (0, 3, 97, 0)


def test_part_of_a_source_withdraws_nothing(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, many(100)))

    assert counts(bring(database, write(tmp_path, many(1)), partial=True)) == (0, 0, 1, 0)


def test_text_of_two_sources_stays_when_one_loses_it(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, many(100)))
    bring(database, write(tmp_path, many(100)[50:], "other.jsonl"))

    assert bring(database, write(tmp_path, many(50)), allow_withdrawals=True).withdrawn == 0


def test_summaries_of_another_file_hold_no_text(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, many(100)))
    summaries = [{"id": r["id"], "abstract": "In short."} for r in many(100)]
    bring(database, write(tmp_path, summaries, "abstracts.jsonl"))

    assert bring(database, write(tmp_path, many(99))).withdrawn == 1


def test_dry_run_writes_nothing_and_tells_the_same(database: Database, tmp_path: Path) -> None:
    file = write(tmp_path, SOME)
    told = bring(database, file, dry_run=True)

    assert state(database) == {name: [] for name in state(database)}
    assert counts(told) == counts(bring(database, file))


def test_abstracts_are_taken_after_the_texts_whatever_the_order(database: Database, tmp_path: Path) -> None:
    abstracts = write(tmp_path, [{"id": G709[3]["id"], "abstract": "Frames.\n\nAnd more."}, {"id": "ITU-T G.1 (1993)", "abstract": "?"}], "abstracts.jsonl")  # fmt: skip
    job = Import(database, Actor.operator(), Clock())

    first, second = import_files(job, [abstracts, write(tmp_path, G709)])

    assert (first.source, second.source, second.summaries) == ("catalogue", "abstracts", 1)
    assert [reject.field for reject in second.rejects] == ["id"]
    with database.reading() as session:
        assert session.exec(select(Summary.summary)).all() == ["Frames.\n\nAnd more."]
    assert import_files(job, [abstracts])[0].summaries == 0


def test_text_of_another_source_is_recognised(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, G709))

    outcome = bring(database, write(tmp_path, G709, "second.jsonl"))

    assert (counts(outcome), len(texts(database))) == ((0, 0, 6, 0), 6)


def test_csv_corrects_only_what_it_names(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, G709))
    (tmp_path / "fixes.csv").write_text("id,languages\nITU-T G.709/Y.1331 (06/2020),en;fr\n")

    outcome = bring(database, tmp_path / "fixes.csv")

    text = texts(database)["ITU-T G.709/Y.1331 (06/2020)"]
    assert (counts(outcome), text.languages, text.title) == ((0, 1, 0, 0), " en fr ", "Title of ITU-T G.709/Y.1331 (06/2020)")  # fmt: skip
    assert families(database)["/rec/T/G.709"].languages == " en fr "


def test_texts_that_claim_to_hang_on_each_other_are_kept_apart(database: Database, tmp_path: Path) -> None:
    circle = [
        t("ITU-T G.1 Annex A (03/1993)", modifies="ITU-T G.1 Annex B (03/1993)"),
        t("ITU-T G.1 Annex B (03/1993)", modifies="ITU-T G.1 Annex A (03/1993)"),
        t("ITU-T G.2 (03/1993)", superseded_by="ITU-T G.2 (03/1993)"),
    ]

    bring(database, write(tmp_path, circle))

    found = texts(database)
    assert None in (found["ITU-T G.1 Annex A (03/1993)"].modifies_id, found["ITU-T G.1 Annex B (03/1993)"].modifies_id)
    assert found["ITU-T G.2 (03/1993)"].superseded_by_id is None


def test_second_import_at_once_is_refused_with_the_reason(database: Database, tmp_path: Path, clock: Clock) -> None:
    with database.writing() as session:
        held = lock.take(session, clock.now)

    with pytest.raises(Conflict) as refused:
        bring(database, write(tmp_path, G709), clock)

    assert refused.value.rule is lock.RUNNING
    assert str(refused.value.facts["pid"]) in refused.value.message
    with database.writing() as session:
        lock.release(session, held)
    assert bring(database, write(tmp_path, G709), clock).added == 6


@pytest.mark.parametrize("owner", [{"pid": 2**22 + 1}, {"host": "another machine", "pid": 1}])
def test_lock_of_a_dead_import_is_taken_over(
    database: Database, tmp_path: Path, clock: Clock, owner: dict[str, Any]
) -> None:
    with database.writing() as session:
        lock.take(session, clock.now)
        row = session.exec(select(ImportLock)).one()
        row.owner = {**row.owner, **owner}
        if "host" in owner:
            row.heartbeat_at = clock.now - lock.LIFETIME - timedelta(seconds=1)
        session.add(row)

    assert bring(database, write(tmp_path, G709), clock).added == 6


def test_import_that_lost_its_lock_stops_before_it_writes(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        held = lock.take(session, clock.now)
    with database.writing() as session:
        lock.release(session, held)

    with pytest.raises(Conflict) as refused, database.writing() as session:
        lock.beat(session, held, clock.now)

    assert refused.value.rule is lock.LOST


@pytest.mark.databases("sqlite")
def test_import_needs_the_permission(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        import_files(Import(database, Actor.anonymous(), Clock(), Options()), [write(tmp_path, G709)])
