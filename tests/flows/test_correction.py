"""A Recommendation is entered, found, corrected, superseded; everybody sees each step."""

from collections.abc import Callable

from starlette.testclient import TestClient

from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree


def test_recommendation_from_entry_to_the_next_edition(
    client: TestClient, make: Make, cast: Cast, work: Callable[[], None]
) -> None:
    make.account(cast.tsb.person)
    make.session.commit()
    office = another(client)
    sign_in(office, cast.tsb.person)

    # The secretariat enters an edition; nobody finds it before the worker has heard.
    entered = {
        "identifier": "ITU-T G.9999.1 (03/2020)",
        "title": "Lanterns for passive lighthouses",
        "status": "in-force",
        "approved": "2020-03-15",
        "study_group": "SG15",
    }
    assert office.post("/rec/new", data=entered).status_code == 200
    work()
    assert "Lanterns for passive lighthouses" in content(client.get("/search?q=lighthouse lanterns").text)

    # Any spelling of its number leads to it.
    for spelling in ("g9999.1", "ITU-T Rec. G.9999.1", "G 9999.1"):
        assert client.get("/r/" + spelling).url.path == "/rec/T/G.9999.1"

    # Two editions cannot be in force: the rule is named; the older one steps back first.
    second = entered | {"identifier": "ITU-T G.9999.1 (06/2024)", "approved": "2024-06-13"}
    refused = office.post("/rec/new", data=second)
    assert refused.status_code == 409
    assert "At most one full edition of a number is in force" in content(refused.text)
    corrected = office.post("/rec/T/G.9999.1/2020-03/edit", data=_filled(office) | {"status": "superseded"})
    assert corrected.status_code == 200, content(corrected.text)
    assert office.post("/rec/new", data=second).status_code == 200
    work()

    # The day decides what was in force, and the two are one hit.
    days = {
        day: client.get(f"/api/v1/recommendations/T/G.9999.1/on/{day}").json() for day in ("2021-01-01", "2025-01-01")
    }
    assert ["03/2020" in str(days["2021-01-01"]), "06/2024" in str(days["2025-01-01"])] == [True, True]
    found = client.get("/api/v1/search", params={"q": "lighthouse"}).json()
    assert found["total"] == 1

    # Who did what stands in the history.
    history = client.get("/api/v1/recommendations/T/G.9999.1/history")
    assert history.status_code == 200
    assert len(history.json()["items"]) >= 2


def _filled(office: TestClient) -> dict[str, str]:
    """The form as the page fills it, its hidden state included."""
    page = tree(office.get("/rec/T/G.9999.1/2020-03/edit").text)
    (form,) = [form for form in page.forms if "status" in form.fields]
    return {name: value for name, value in form.form_values() if value}
