"""The index follows the journal; what may not be read is not found."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from sgdocs.base import clock as base_clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed
from sgdocs.journal import outbox
from sgdocs.journal.models import Delivery
from sgdocs.recommendations import queries as recommendations
from sgdocs.recommendations.actions import correct
from sgdocs.recommendations.models import Family
from sgdocs.recommendations.schemas import TextForm
from sgdocs.search import actions, indexing, records
from sgdocs.search.engine import Sort
from sgdocs.search.models import VocabularyEntry
from sgdocs.search.queries import Asked, find, ranked, suggest
from sgdocs.search.vocabularies import harvested, vocabulary
from sgdocs.wiring import Services
from tests.make import Make
from tests.search import dying
from tests.search.conftest import Add
from tests.support.databases import Clock

Work = Callable[[], None]


def numbers(act: Act, services: Services, typed: str, **asked: object) -> list[str]:
    found = find(act, services.search, Asked(typed, **asked))  # type: ignore[arg-type]
    return [hit.identifier for hit in found.hits]


@pytest.fixture
def catalogue(add: Add, make: Make, act: Act, work: Work) -> None:
    add(
        "ITU-T G.652 (06/2005)",
        "Characteristics of a single-mode optical fibre",
        approved="2005-06-29",
        status="superseded",
    )
    add("ITU-T G.652 (11/2016)", "Characteristics of a single-mode optical fibre and cable", approved="2016-11-13")
    add(
        "ITU-T H.265 (04/2013)",
        "High efficiency video coding",
        approved="2013-04-13",
        summary="Coding of pictures (HEVC).",
    )
    add("ITU-R P.526-15", "Propagation by diffraction", approved="2019-10")
    make.group("T/SG15", title="Networks for transport, access and home")
    act.session.commit()
    work()


def test_what_is_added_is_found(catalogue: None, act: Act, services: Services) -> None:
    assert numbers(act, services, "single-mode fibre") == ["ITU-T G.652 (11/2016)"]
    assert numbers(act, services, "diffraction") == ["ITU-R P.526-15"]
    assert numbers(act, services, "transport access") == ["ITU-T SG15"]


def test_editions_are_one_hit_with_the_others_beneath(catalogue: None, act: Act, services: Services) -> None:
    found = find(act, services.search, Asked("optical fibre"))

    assert found.results.total == 1
    assert [other.identifier for other in found.hits[0].others] == ["ITU-T G.652 (06/2005)"]
    assert numbers(act, services, "optical fibre status:superseded") == ["ITU-T G.652 (06/2005)"]


def test_correction_is_found_and_the_old_words_are_not(
    catalogue: None, act: Act, services: Services, work: Work
) -> None:
    found = recommendations.text_at(act, "/rec/R/P.526/15")
    correct(
        act,
        found,
        TextForm(identifier="ITU-R P.526-15", title="Bending of waves", approved="2019-10", status="in-force"),
    )
    act.session.commit()
    assert numbers(act, services, "bending") == []
    act.session.rollback()
    work()

    assert numbers(act, services, "bending") == ["ITU-R P.526-15"]
    assert numbers(act, services, "diffraction", exact=True) == []


def test_hit_that_may_not_be_read_any_more_is_left_out(catalogue: None, act: Act, services: Services) -> None:
    """The index lags: it still says public."""
    visitor = Act(act.session, Actor.anonymous(), act.now)
    assert numbers(visitor, services, "diffraction") == ["ITU-R P.526-15"]
    text = recommendations.text_at(act, "/rec/R/P.526/15").text
    assert text is not None
    text.audience = "secretariat"
    act.session.flush()

    assert numbers(visitor, services, "diffraction") == []
    assert suggest(visitor, services.search, "P.526") == []


def test_waiting_entries_above_the_bound_are_answered_by_a_rebuild(
    add: Add, act: Act, services: Services, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("ITU-T G.652 (11/2016)", "Fibre", approved="2016-11-13")
    act.session.commit()
    work()
    monkeypatch.setattr(indexing, "REBUILD_ABOVE", 2)
    told: list[int] = []
    monkeypatch.setattr(services.search, "replace", lambda families, records: told.append(1))
    for number in range(3):
        add(f"ITU-T G.65{number + 3} (11/2016)", f"Cable {number}", approved="2016-11-13")
    act.session.commit()

    work()

    assert told == []
    assert numbers(act, services, "cable kind:recommendation", sort=Sort.OLDEST) == [
        f"ITU-T G.65{n} (11/2016)" for n in (3, 4, 5)
    ]
    assert outbox.waiting(act.session) == 0


@pytest.mark.parametrize("harm", ["missing", "emptied", "torn"])
def test_broken_index_is_said_in_words_and_mended(
    catalogue: None, act: Act, services: Services, work: Work, harm: str
) -> None:
    services.search.close()
    folder = services.settings.index_folder
    if harm == "missing":
        shutil.rmtree(folder)
    else:
        for file in [path for path in folder.rglob("*") if path.is_file()]:
            file.write_bytes(b"") if harm == "emptied" else file.write_bytes(file.read_bytes()[:40])

    found = find(act, services.search, Asked("G.652"))

    assert found.unavailable
    assert [target.address for target in found.resolution.targets] == ["/rec/T/G.652"]
    assert suggest(act, services.search, "G.6") == []
    act.session.rollback()
    indexing.rebuild(services)
    assert numbers(act, services, "diffraction") == ["ITU-R P.526-15"]


def test_check_names_what_differs(catalogue: None, act: Act, services: Services, add: Add) -> None:
    assert indexing.differences(services) == []
    text = add("ITU-T G.9999 (01/2026)", "New", approved="2026-01")
    act.session.commit()
    services.search.delete([f"recommendation_text:{recommendations.text_at(act, '/rec/R/P.526/15').text.id}"])  # type: ignore[union-attr]

    wrong = indexing.differences(services)

    assert len(wrong) == 2
    assert f"not in the index: recommendation_text:{text.id}" in wrong


def test_acronym_finds_what_it_stands_for(catalogue: None, act: Act, services: Services) -> None:
    actions.put_entry(act, "acronym", "SMF", ["single-mode optical fibre"])

    assert numbers(act, services, "SMF") == ["ITU-T G.652 (11/2016)"]
    assert numbers(act, services, "fiber") == ["ITU-T G.652 (11/2016)"]


def test_acronyms_are_harvested_from_public_texts_and_hidden_ones_stay_hidden(
    add: Add, act: Act, services: Services
) -> None:
    secret = add("ITU-T G.9999 (01/2026)", "A hidden optical thing (HOT)", approved="2026-01")
    secret.audience = "secretariat"
    add("ITU-T G.987 (06/2012)", "10-Gigabit-capable passive optical network (PON) systems", approved="2012-06-07")
    actions.take_harvest(act, harvested(act.session) or {})

    assert vocabulary(act.session).acronyms == {"PON": ("passive optical network",)}
    (row,) = act.session.exec(select(VocabularyEntry)).all()
    actions.remove_entry(act, row.id or 0)
    actions.take_harvest(act, {"PON": ["passive optical network"]})
    assert vocabulary(act.session).acronyms == {}


def test_words_are_edited_by_those_who_may(act: Act) -> None:
    with pytest.raises(NotAllowed):
        actions.put_entry(Act(act.session, Actor.anonymous(), act.now), "acronym", "PON", ["x y"])
    for kind, word, forms in (
        ("verb", "PON", ["a b"]),
        ("acronym", "P", ["a b"]),
        ("acronym", "PON", []),
        ("acronym", "PON", ["pon"]),
    ):
        with pytest.raises((Invalid, Conflict)):
            actions.put_entry(act, kind, word, forms)


def test_ranked_counts_a_family_once(catalogue: None, act: Act, services: Services) -> None:
    assert ranked(act, services.search, "g 652") == ["ITU-T G.652"]
    assert ranked(act, services.search, "optical fibre") == ["ITU-T G.652"]


POINTS = 20


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("point", range(1, POINTS + 1))
@pytest.mark.timeout(120)
def test_worker_killed_anywhere_ends_in_the_same_state(
    add: Add, act: Act, services: Services, work: Work, clock: Clock, database: Database, tmp_path: Path, point: int
) -> None:
    """A worker dies at its n-th commit or file operation; the next one completes the work."""
    for number in range(6):
        add(f"ITU-T G.65{number} (11/2016)", f"Cable {number}", approved="2016-11-13")
    act.session.commit()
    services.search.close()

    died = dying.drained(str(tmp_path), point)
    clock.now = base_clock.now() + timedelta(hours=1)
    work()

    assert died in (0, 9)
    assert indexing.differences(services) == []
    act.session.rollback()
    assert {row.state for row in act.session.exec(select(Delivery))} == {"done"}
    assert len(act.session.exec(select(Family)).all()) == 6


def test_record_of_an_officer_tells_offices_alone(act: Act, make: Make) -> None:
    """It is public; delegates and guests are for members."""
    officer, guest = make.person("Olga Office"), make.person("Gert Guest")
    make.appointment(officer, "rapporteur", make.group("T/SG13/T25/Q2"), ends_on=date(2099, 1, 1))
    for person in (officer, guest):
        make.appointment(person, "guest", make.group("T/SG15"))

    told = {r.identifier: (r.audience, r.bodies["en"]) for r in records.of_people(act.session)}

    assert told == {"Olga Office": ("public", "rapporteur Q2"), "Gert Guest": ("members", "guest SG15")}
