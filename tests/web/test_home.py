"""The first page, for whoever comes."""

from datetime import date

from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.recommendations.models import Family
from tests.cast import Cast
from tests.documents.desk import meeting
from tests.make import Make
from tests.people.browser import sign_in, tree
from tests.support.databases import Clock

MOST_QUERIES = 12


def _text(make: Make, clock: Clock, number: str, sector: str = "T") -> None:
    make.add(
        Family(
            key=number,
            space="rec",
            sector=sector,
            kind="recommendation",
            series=number[0],
            number=number,
            address=f"/rec/{sector}/{number}",
            sort_key=number,
            title=f"Title of {number}",
            standing="in-force",
            approved="2026-01-13",
            changed_at=clock.now,
        )
    )


def test_stranger_sees_texts_and_series_of_the_sector(make: Make, clock: Clock, client: TestClient) -> None:
    _text(make, clock, "G.9804")
    _text(make, clock, "P.1546", sector="R")
    make.session.commit()

    first, other = client.get("/").text, client.get("/?sector=R").text

    assert 'href="/rec/T/G.9804"' in first
    assert "Title of P.1546" not in first
    assert "Title of P.1546" in other
    assert "Radiowave propagation" in other
    assert "Title of P.1546" in client.get("/").text, "the Sector is remembered"
    assert "My roles" not in first


def test_officer_sees_roles_and_may_not_see_the_office(cast: Cast, make: Make, client: TestClient) -> None:
    person = cast.chair.person
    make.account(person)
    make.session.commit()
    sign_in(client, person)

    shown = client.get("/").text

    assert f"<bdi>{person.name}</bdi>" in shown
    assert '<li>Chair <a class="id" href="/group/SG13">' in shown
    assert 'href="/office"' not in shown


def test_secretariat_is_led_to_its_office(cast: Cast, make: Make, client: TestClient) -> None:
    make.account(cast.tsb.person)
    make.session.commit()
    sign_in(client, cast.tsb.person)

    assert '<a href="/office" data-key="g o">' in client.get("/").text


def test_first_page_asks_the_database_little(
    cast: Cast, make: Make, clock: Clock, client: TestClient, database: Database
) -> None:
    person = cast.delegate_member.person
    make.account(person)
    for n in range(30):
        _text(make, clock, f"G.{n}")
    make.session.commit()
    sign_in(client, person)
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    client.get("/")

    assert 0 < len([each for each in asked if each.startswith("SELECT")]) <= MOST_QUERIES


def test_meetings_on_now_and_to_come_are_shown(make: Make, client: TestClient) -> None:
    for code, first, last in (
        ("T25-SG13-260227", date(2026, 2, 27), date(2026, 3, 6)),
        ("T25-SG13-260413", date(2026, 4, 13), date(2026, 4, 24)),
        ("T25-SG13-260105", date(2026, 1, 5), date(2026, 1, 9)),
        ("R23-WP5D-260413", date(2026, 4, 13), date(2026, 4, 24)),
    ):
        group = "R/WP5D" if code.startswith("R") else "T/SG13"
        meeting(make, code, group=group, starts_on=first, ends_on=last)
    make.session.commit()

    (rows,) = tree(client.get("/").text).xpath("//section[@aria-labelledby='meetings']//tbody")

    told = [" ".join(each.text_content().split()) for each in rows]
    assert [each.split()[0] for each in told] == ["T25-SG13-260227", "T25-SG13-260413"]
    assert told[0].endswith("On now")
    assert told[1].endswith("Coming")
