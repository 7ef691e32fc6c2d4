"""A whole glossary as a table: duplicates are joined, circles and foreign words refused by line, the rest is taken."""

import time

import pytest
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Invalid, NotAllowed
from sgdocs.search.glossaries import glossary
from sgdocs.search.glossary import CIRCLE, DUPLICATE, LANGUAGE, packaged
from sgdocs.search.glossary_table import TABLE, put_table, written
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import content
from tests.web.paper_browser import signed_in

HEAD = "series\ten\tfr\tes\n"
TABLE_WITH_ALL = (
    HEAD
    + "P\tdin\tvacarme\t\n"  # 2: taken
    + "P\tDin\tvacarme;grand vacarme\truido grande\n"  # 3: joined with 2
    + "P\tclamour;radio-noise\tclameur\t\n"  # 4: radio noise is another term's
    + "P\tuproar\tbruit radioélectrique\tRuido radioeléctrico\n"  # 5: a circle with radio noise
    + "P\thubbub\t\t\n"  # 6: no other language
    + "P\tloop one\tboucle une\tlazo\n"  # 7: taken
    + "P\tloop two\tboucle une\tlazo\n"  # 8: a circle with line 7
    + "\n"
)


def test_duplicates_are_joined_and_circles_refused_by_line(act: Act) -> None:
    taken = put_table(act, TABLE_WITH_ALL.encode())

    assert (taken.entered, taken.same, taken.joined) == (2, 0, [3])
    assert [(number, why.rule) for number, why in taken.refused] == [
        (4, DUPLICATE),
        (5, CIRCLE),
        (6, LANGUAGE),
        (8, CIRCLE),
    ]
    terms = glossary(act.session)
    assert terms["din"].forms == {"en": ("din",), "fr": ("vacarme", "grand vacarme"), "es": ("ruido grande",)}
    assert {"uproar", "hubbub", "loop two"} & set(terms) == set()
    again = put_table(act, TABLE_WITH_ALL.encode())
    assert (again.entered, again.same) == (0, 2)


def test_whole_glossary_comes_back_as_it_went_out(act: Act) -> None:
    started = time.perf_counter()
    taken = put_table(act, written(packaged()).encode())

    assert (taken.entered, taken.joined, taken.refused, taken.same) == (0, [], [], len(packaged()))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"no\ttable\n",
        b"series\ten\ten\n",
        HEAD.encode() * 6_000,
        b"series\ten\n" + b"x" * 2_000_001,
    ],
)
def test_what_is_no_table_is_refused_whole(act: Act, data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        put_table(act, data)

    assert refused.value.rule is TABLE


def test_nobody_else_brings_a_table(act: Act) -> None:
    with pytest.raises(NotAllowed):
        put_table(Act(act.session, Actor.anonymous(), act.now), TABLE_WITH_ALL.encode())


@pytest.mark.databases("sqlite")
def test_page_tells_every_line(act: Act, client: TestClient, make: Make, cast: Cast) -> None:
    office = signed_in(client, make, cast.tsb.person)
    answer = office.post("/office/glossary/table", files={"file": ("g.tsv", TABLE_WITH_ALL.encode())})
    told = content(answer.text)

    assert (answer.status_code, "2 terms entered" in told, "4 refused" in told) == (200, True, True)
    assert "“radio noise” and this one lead to each other" in told
    assert "din\tvacarme;grand vacarme" in office.get("/office/glossary.tsv").text
    assert office.post("/office/glossary/table", files={"file": ("g.tsv", b"?")}).status_code == 422
    assert signed_in(client, make, cast.chair.person).get("/office/glossary.tsv").status_code == 403
