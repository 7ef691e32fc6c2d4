"""Find by any name; lists with filters, order and true totals, in few queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import NotFound
from sgdocs.identifiers import parse
from sgdocs.recommendations import listing, queries, reading
from sgdocs.recommendations.listing import Asked
from sgdocs.recommendations.models import Equivalent, Text
from sgdocs.recommendations.rules import fold
from sgdocs.search.finding import resolve
from sgdocs.web.recommending import text_at
from tests.recommendations.catalogue import SOME, bring, write


@pytest.fixture(autouse=True)
def catalogue(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, SOME))


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    told: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        told.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield told
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("ITU-T G.709 (06/2020)", "/rec/T/G.709/2020-06"),
        ("ITU-T G.709 (2020)", "/rec/T/G.709/2020-06"),
        ("ITU-T G.709", "/rec/T/G.709"),
        ("ITU-T Y.1331", "/rec/T/G.709"),
        ("ITU-T G.709/Y.1331 (2020) Amd. 3", "/rec/T/G.709/2020-06/amd/3"),
        ("ITU-T G.709 (2020) Cor. 1 (01/2022)", "/rec/T/G.709/2020-06/cor/1"),
        ("ITU-R P.1546-6", "/rec/R/P.1546/6"),
        ("ITU-R M.2134-0", "/rec/R/M.2134/0"),
        ("Report ITU-R M.2134-0", "/report/R/M.2134/0"),
        ("Y.SC-OpenData", "/rec/T/Y.4461"),
        ("Question ITU-R 241-1/5", "/question/R/241-5/1"),
    ],
)
def test_identifier_leads_to_its_record(act: Act, name: str, address: str) -> None:
    identifier = parse(name)
    assert identifier is not None

    found = queries.by_identifier(act, identifier)

    assert found is not None
    assert (found.text.address if found.text else found.family.address) == address


@pytest.mark.parametrize("name", ["ITU-T G.999", "ITU-T G.709/Y.1331 (2020) Amd. 99", "ITU-R G.709"])
def test_unknown_identifier_leads_nowhere_wrong(act: Act, name: str) -> None:
    identifier = parse(name)
    found = queries.by_identifier(act, identifier) if identifier else None

    assert found is None or found.text is None


def test_twin_number_finds_its_text(act: Act) -> None:
    assert [family.number for family in queries.by_equivalent(act, "iso/iec 8824-1")] == ["X.680"]


def test_record_of_another_audience_is_not_found(act: Act) -> None:
    from sgdocs.base.actor import Actor

    family = queries.by_address(act, "/rec/T/G.709")
    family.audience = "T/SG15"
    act.session.add(family)
    act.session.flush()
    outsider = Act(act.session, Actor.anonymous(), act.now)

    assert queries.by_address(act, "/rec/T/G.709") == family
    with pytest.raises(NotFound):
        queries.by_address(outsider, "/rec/T/G.709")
    assert "G.709/Y.1331" not in [row.number for row in listing.page_of(outsider, Asked(sector="T")).rows]
    assert queries.by_names(outsider, ["Y.1331"]) == []


def numbers(act: Act, **asked: object) -> list[str]:
    return [row.number for row in listing.page_of(act, Asked(**asked)).rows]  # type: ignore[arg-type]


def test_list_is_in_natural_order(act: Act) -> None:
    assert numbers(act, sector="T", series="G") == ["G.9", "G.10", "G.664", "G.709/Y.1331", "G.722.2", "G Suppl. 66"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"status": "withdrawn"}, ["G.10"]),
        ({"series": "X", "status": "in-force"}, ["X.1280"]),
        ({"group": "SG20"}, ["Y.4461"]),
        ({"kind": "corrigendum"}, ["G.709/Y.1331", "X.680"]),
        ({"kind": "supplement"}, ["G Suppl. 66"]),
        ({"year": 2020}, ["G.709/Y.1331", "Y.4461"]),
        ({"spaces": ("report",)}, ["M.2134"]),
        ({"words": "g.7 title"}, ["G.709/Y.1331", "G.722.2"]),
        ({"words": "100%_"}, []),
        ({"language": "fr"}, []),
        ({"series": "G", "sort": "approved", "descending": True, "status": "in-force"}, ["G.709/Y.1331", "G Suppl. 66", "G.664", "G.722.2"]),
    ],
)  # fmt: skip
def test_filters_combine(act: Act, asked: dict[str, object], expected: list[str]) -> None:
    assert numbers(act, **asked) == expected


def test_pages_have_the_true_total(act: Act) -> None:
    pages = [listing.page_of(act, Asked(sector="T"), number=n, size=4) for n in (1, 2, 3, 4)]

    assert [page.total for page in pages] == [9] * 4
    assert [len(page.rows) for page in pages] == [4, 4, 1, 0]
    assert len({row.number for page in pages for row in page.rows}) == 9


@pytest.mark.parametrize("sort", listing.SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_cursor_walks_through_all_rows_once(act: Act, sort: str, descending: bool) -> None:
    asked = Asked(sort=sort, descending=descending)
    seen: list[int] = []
    last: tuple[object, ...] = ()
    while True:
        rows, total = listing.after(act, asked, last, 3)
        if not rows:
            break
        seen += [row.id for row in rows]
        last = listing.place_of(rows[-1], asked)

    assert len(seen) == len(set(seen)) == total
    assert seen == [row.id for row in listing.all_rows(act, asked, most=100)]


def test_series_have_counts_and_titles(act: Act) -> None:
    found = {count.value: count for count in listing.series(act, "T")}

    assert (found["G"].families, found["G"].in_force) == (6, 4)
    assert found["G"].title == "Transmission systems and media, digital systems and networks"
    assert {count.value: count.families for count in listing.spaces(act, "R")} == {"draft": 1, "question": 1, "rec": 2, "report": 1}  # fmt: skip


def test_group_has_its_recommendations(act: Act) -> None:
    assert [row.number for row in listing.for_group(act, "T/SG20").rows] == ["Y.4461"]
    assert [row.number for row in listing.for_group(act, "T/SG20/T25/Q2").rows] == ["Y.4461"]
    assert listing.for_group(act, "R/SG20").total == 0


def test_lists_and_records_cost_few_queries(act: Act, database: Database) -> None:
    with counting(database) as told:
        listing.page_of(act, Asked(sector="T"))
    assert len(told) <= 3
    family = queries.by_address(act, "/rec/T/G.709")
    with counting(database) as told:
        record = reading.record_of(act, family)
    assert len(told) <= 10
    assert record.shown.identifier == "ITU-T G.709/Y.1331 (06/2020)"


def test_whole_catalogue_is_iterated_once(act: Act) -> None:
    texts = [plain.text.identifier for batch in reading.everything(act, batch=4) for plain in batch]

    assert len(texts) == len(set(texts)) == len(SOME)


def test_relation_is_seen_from_both_ends(act: Act) -> None:
    from sgdocs.recommendations import actions
    from sgdocs.recommendations.schemas import TextForm

    actions.add(
        act, TextForm(identifier="ITU-T A Suppl. 9 (2026)", relations="supplements ITU-T G.709", status="in-force")
    )  # type: ignore[arg-type]

    here = reading.record_of(act, queries.by_address(act, "/rec/T/A.Sup9")).relations
    there = reading.record_of(act, queries.by_address(act, "/rec/T/G.709")).relations

    assert [(r.kind, r.backwards, r.family and r.family.address) for r in (*here, *there)] == [
        ("supplements", False, "/rec/T/G.709"),
        ("supplements", True, "/rec/T/A.Sup9"),
    ]


def test_flagged_imports_are_listed_for_the_secretariat(act: Act) -> None:
    rows, total = reading.flagged(act)

    assert total == 2
    assert [(row.number, row.text_identifier) for row in rows] == [("X.1280", "ITU-T X.1280 (03/2024)"), ("G.664", "ITU-T G.664 (2012) Amd. 1 (12/2014)")]  # fmt: skip
    assert reading.flagged(act, rule="recommendations.inv-7")[1] == 1


def test_slow_reader_of_the_catalogue_keeps_no_connection(act: Act) -> None:
    for _ in reading.everything(act, batch=4):
        assert not act.session.in_transaction()


def test_text_that_is_not_for_the_reader_shows_nowhere(act: Act, database: Database) -> None:
    """Of a public family one edition, the current one at that, is for members of SG15."""
    newest = act.session.exec(select(Text).where(Text.address == "/rec/T/G.709/2020-06")).one()
    newest.audience = "T/SG15"
    act.session.add(newest)
    act.session.add(Equivalent(text_id=newest.id or 0, number="ISO 99709", folded=fold("ISO 99709")))
    act.session.flush()
    stranger = Act(act.session, Actor.anonymous(), act.now)
    family = queries.by_address(stranger, "/rec/T/G.709")
    identifier = parse("ITU-T G.709 (06/2020)")
    assert identifier is not None

    for reader, sees in ((act, True), (stranger, False)):
        found = queries.by_identifier(reader, identifier)
        assert found is not None
        assert (found.text is not None) is sees
        record = reading.record_of(reader, family)
        assert (newest.identifier in [text.identifier for text in record.texts]) is sees
        assert (record.shown.id == newest.id) is sees
        assert bool(reading.shown_texts(reader, [family.id or 0])) is sees
        assert bool(queries.by_equivalent(reader, "ISO 99709")) is sees
        targets = resolve(reader, "G.709 (06/2020)").targets
        assert (newest.id in [target.text_id for target in targets]) is sees
    with pytest.raises(NotFound) as refused:
        text_at(stranger, family, family.address, "2020-06")
    assert newest.identifier not in str(refused.value.facts)
