"""Meetings over the API: the whole life of one by its verbs, and what is refused."""

import pytest
from starlette.testclient import TestClient

from sgdocs.base.settings import Settings
from sgdocs.people import actions as people
from sgdocs.people.rules import TokenScope
from sgdocs.people.schemas import TokenForm
from tests.cast import Cast, Player
from tests.make import Make

pytestmark = pytest.mark.databases("sqlite")

FORM = {
    "group": "T/SG13/T25/Q2",
    "kind": "rapporteur-group",
    "starts_on": "2026-06-15",
    "ends_on": "2026-06-17",
    "format": "hybrid",
    "place": "Kyoto",
    "zone": "Asia/Tokyo",
}
AT = "/api/v1/meetings/T25-SG13-Q2-260615"
LINK = "https://remote.example/kyoto"
SITTING = {
    "title": "Session 1",
    "on": "2026-06-15",
    "begins": "09:00",
    "until": "12:00",
    "zone": "Asia/Tokyo",
    "remote_link": LINK,
}


class Api:
    """Each of the cast with a token that reads and writes."""

    def __init__(self, client: TestClient, make: Make, settings: Settings) -> None:
        self.client, self.make, self.settings = client, make, settings
        self.tokens: dict[int, dict[str, str]] = {}

    def head(self, player: Player, *scopes: TokenScope) -> dict[str, str]:
        id = player.person.id or 0
        if id not in self.tokens or scopes:
            if id not in self.tokens:
                self.make.account(player.person)
            form = TokenForm.model_validate(
                {
                    "name": "test",
                    "scopes": list(scopes or (TokenScope.READ, TokenScope.WRITE)),
                    "expires_on": "2026-12-31",
                }
            )
            _, words = people.make_token(player.act, player.person, form, self.settings)
            self.make.session.commit()
            self.tokens[id] = {"Authorization": f"Bearer {words}"}
        return self.tokens[id]


@pytest.fixture
def api(client: TestClient, make: Make, cast: Cast, settings: Settings) -> Api:
    cast.summon("chair", "rapporteur", "focal_point", "delegate_member", "delegate_state", "outsider", "tsb")
    make.session.commit()
    return Api(client, make, settings)


def test_whole_life_of_a_rapporteur_meeting(client: TestClient, api: Api, cast: Cast) -> None:
    quill = api.head(cast.rapporteur)
    made = client.post("/api/v1/meetings", json=FORM, headers=quill)
    assert (made.status_code, made.headers["location"]) == (201, AT)
    assert client.post(f"{AT}/status", json={"to": "announced"}, headers=quill).json()["status"] == "announced"
    sitting = client.post(f"{AT}/sittings", json=SITTING, headers=quill)
    assert (sitting.status_code, sitting.json()["starts_at"]) == (201, "2026-06-15T00:00:00Z")

    asked = client.post(
        f"{AT}/registration", json={"mode": "remote", "is_listed": True}, headers=api.head(cast.delegate_member)
    )
    assert (asked.status_code, asked.json()["status"]) == (201, "asked")
    assert client.get(AT, headers=api.head(cast.delegate_member)).json()["sittings"][0]["remote_link"] == ""
    focal = api.head(cast.focal_point)
    (waiting,) = client.get(f"{AT}/registrations", headers=focal).json()["items"]
    assert waiting["name"] == "Selim Courier"
    decided = client.post(f"{AT}/registrations/{waiting['id']}", json={"approve": True}, headers=focal)
    assert decided.json()["status"] == "approved"
    assert client.get(AT, headers=api.head(cast.delegate_member)).json()["sittings"][0]["remote_link"] == LINK
    listed = client.get(f"{AT}/participants", headers=quill).json()["items"]
    assert [(row["name"], row["email"]) for row in listed] == [("Selim Courier", "selimcourier@example.test")]
    assert client.delete(f"{AT}/registration", headers=api.head(cast.delegate_member)).status_code == 204

    id = sitting.json()["id"]
    later = client.put(f"{AT}/sittings/{id}", json={**SITTING, "begins": "10:00"}, headers=quill)
    assert later.json()["starts_at"] == "2026-06-15T01:00:00Z"
    assert client.delete(f"{AT}/sittings/{id}", headers=quill).status_code == 204
    ended = client.post(f"{AT}/status", json={"to": "cancelled", "reason": "Typhoon"}, headers=quill).json()
    assert (ended["status"], ended["status_reason"], ended["sittings"][0]["cancelled"]) == (
        "cancelled",
        "Typhoon",
        True,
    )


def test_put_takes_the_etag_that_was_seen(client: TestClient, api: Api, cast: Cast) -> None:
    quill = api.head(cast.rapporteur)
    client.post("/api/v1/meetings", json=FORM, headers=quill)
    seen = client.get(AT, headers=quill).headers["etag"]

    first = client.put(AT, json={**FORM, "place": "Nara"}, headers={**quill, "If-Match": seen})
    second = client.put(AT, json={**FORM, "place": "Osaka"}, headers={**quill, "If-Match": seen})

    assert (first.status_code, first.json()["place"]) == (200, "Nara")
    assert second.status_code == 412


def test_deadlines_are_read_by_all_and_set_by_the_secretariat(client: TestClient, api: Api, cast: Cast) -> None:
    quill = api.head(cast.rapporteur)
    client.post("/api/v1/meetings", json=FORM, headers=quill)
    given = {"due_at": "2026-06-08T14:59:59Z", "reason": "Agreed"}

    refused = client.put(f"{AT}/deadlines/contribution", json=given, headers=quill)
    taken = client.put(f"{AT}/deadlines/contribution", json=given, headers=api.head(cast.tsb))

    assert refused.status_code == 403
    assert (taken.status_code, taken.json()["overridden"], taken.json()["due_at"]) == (
        200,
        True,
        "2026-06-08T14:59:59Z",
    )
    told = client.get(f"{AT}/deadlines").json()["items"]
    assert [row["rule"] for row in told] == ["convening-letter", "contribution"]
    assert client.delete(f"{AT}/deadlines/contribution", headers=api.head(cast.tsb)).status_code == 204
    no_zone = {**given, "due_at": "2026-06-08T14:59:59"}
    assert client.put(f"{AT}/deadlines/contribution", json=no_zone, headers=api.head(cast.tsb)).status_code == 422


def test_refusals_are_problems_with_their_rule(client: TestClient, api: Api, cast: Cast) -> None:
    quill = api.head(cast.rapporteur)
    client.post("/api/v1/meetings", json=FORM, headers=quill)

    problems = [
        client.post("/api/v1/meetings", json={**FORM, "kind": "study-group"}, headers=quill),
        client.post(
            "/api/v1/meetings", json={**FORM, "starts_on": "2026-01-05", "ends_on": "2026-01-06"}, headers=quill
        ),
        client.post(f"{AT}/status", json={"to": "closed"}, headers=quill),
        client.post(f"{AT}/registration", json={"mode": "remote"}, headers=api.head(cast.delegate_state)),
        client.post("/api/v1/meetings", json=FORM),
        client.get("/api/v1/meetings/T25-SG13-990101"),
    ]

    assert [(answer.status_code, answer.json()["rule"]) for answer in problems] == [
        (422, "meetings.kind"),
        (422, "meetings.begun-already"),
        (409, "meetings.status"),
        (409, "meetings.registration-status"),
        (403, "policy.sign-in-first"),
        (404, "base.not-found"),
    ]


def test_token_to_read_changes_nothing(client: TestClient, api: Api, cast: Cast) -> None:
    client.post("/api/v1/meetings", json=FORM, headers=api.head(cast.rapporteur))
    reading = api.head(cast.tsb, TokenScope.READ)

    assert client.post(f"{AT}/status", json={"to": "announced"}, headers=reading).status_code == 403
    assert client.put(AT, json=FORM, headers=reading).status_code == 403
    assert client.get(AT, headers=reading).status_code == 200


def test_list_is_paged_by_cursor(client: TestClient, api: Api, cast: Cast) -> None:
    head = api.head(cast.tsb)
    for day in range(1, 6):
        form = {**FORM, "starts_on": f"2026-07-0{day}", "ends_on": f"2026-07-0{day}"}
        assert client.post("/api/v1/meetings", json=form, headers=head).status_code == 201

    codes, address = [], "/api/v1/meetings?limit=2&fields=code"
    for _ in range(3):
        told = client.get(address).json()
        codes += [row["code"] for row in told["items"]]
        address = f"/api/v1/meetings?limit=2&fields=code&cursor={told['next']}"

    assert told["total"] == 5
    assert told["next"] is None
    assert codes == [f"T25-SG13-Q2-26070{day}" for day in range(1, 6)]
    assert client.get("/api/v1/meetings?cursor=WyJ4Il0").status_code == 422
