"""How pages look to a person: language, zone, light or dark, density. And the fields of interest of the profile."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, fault_of, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def house(make: Make, cast: Cast) -> Cast:
    cast.every()
    for player in (cast.delegate_member, cast.rapporteur):
        make.account(player.person)
    make.session.commit()
    return cast


def wish(client: TestClient, **wishes: str) -> int:
    form = {"language": "en", **wishes}
    return client.post("/my/preferences", data=form, follow_redirects=False).status_code


def test_looks_are_those_that_the_person_chose(client: TestClient, house: Cast) -> None:
    sign_in(client, house.delegate_member.person)

    status = wish(client, scheme="dark", density="compact", language="fr")
    root = tree(client.get("/rec").text)
    stranger = tree(another(client).get("/rec").text)

    assert status == 303
    assert [root.get(name) for name in ("lang", "data-scheme", "data-density")] == ["fr", "dark", "compact"]
    assert root.xpath("//meta[@name='color-scheme']/@content") == ["dark"]
    assert [stranger.get(name) for name in ("lang", "data-scheme", "data-density")] == ["en", None, None]


def test_times_are_told_in_geneva_and_in_the_zone_of_the_reader(client: TestClient, house: Cast, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 14, 22, 30, tzinfo=UTC)
    sign_in(client, house.delegate_member.person)
    plain = content(client.get("/my/sessions").text)
    wish(client, zone="Asia/Tokyo")
    tokyo = content(client.get("/my/sessions").text)
    wish(client, zone="Europe/Paris")
    paris = content(client.get("/my/sessions").text)

    assert "23:30 Geneva" in plain
    assert "23:30 Geneva (" not in plain
    assert "14 Nov 2026, 23:30 Geneva (15 Nov, 07:30 Tokyo)" in tokyo
    assert "Paris" not in paris
    assert "23:30 Geneva" in paris
    assert "Tokyo" not in another(client).get("/rec").text


@pytest.mark.parametrize(
    ("field", "value"), [("zone", "Moon/Base"), ("scheme", "pink"), ("density", "none"), ("zone", "../etc/passwd")]
)
def test_wish_that_means_nothing_is_refused_at_its_field(
    client: TestClient, house: Cast, field: str, value: str
) -> None:
    sign_in(client, house.delegate_member.person)

    answer = client.post("/my/preferences", data={"language": "en", field: value})

    assert answer.status_code == 422
    assert fault_of(answer.text, field)


def test_people_are_found_by_what_interests_them(client: TestClient, house: Cast) -> None:
    sign_in(client, house.rapporteur.person)
    form = {"name": "Rafael Quill", "language": "en", "languages": ["en", "fr"]}
    client.post("/my/profile", data=form | {"interests": "Réseaux optiques\nquantum keys, Quantum Keys\n\n"})

    def found(query: str) -> list[str]:
        return tree(client.get(f"/person?{query}").text).xpath("//tbody//td[1]//bdi/text()")  # type: ignore[no-any-return]

    shown = client.get("/person/rafael-quill").text
    api = client.get("/api/v1/people/rafael-quill").json()

    assert "Réseaux optiques" in content(shown)
    assert api["interests"] == ["quantum keys", "Réseaux optiques"]
    assert [found(q) for q in ("interest=reseaux", "q=quantum", "interest=poetry", "language=fr&q=quill")] == [
        ["Rafael Quill"],
        ["Rafael Quill"],
        [],
        ["Rafael Quill"],
    ]
    client.post("/my/profile", data=form)
    assert found("interest=reseaux") == []
