"""Work items over the API: lists with every filter, records, verbs, refusals as problems, exports, few queries."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.documents.models import Document
from sgdocs.people.accounts import Account, Token
from sgdocs.people.keys import hash_of, new_token
from sgdocs.people.models import Person
from sgdocs.wiring import Services
from sgdocs.work_programme import actions
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import ItemStatus
from tests.cast import Cast
from tests.documents.papers import paper
from tests.make import Make
from tests.support.databases import Clock
from tests.support.services import app_over
from tests.work_programme.items import COMPLETE, meeting, registered

Bearer = Callable[..., dict[str, str]]
LIST = "/api/v1/work-items"


@pytest.fixture
def api(services: Services, clock: Clock) -> TestClient:
    return TestClient(app_over(services, clock=clock), base_url="http://127.0.0.1:8000")


@pytest.fixture
def bearer(make: Make) -> Bearer:
    """The headers of a token of somebody that may write."""

    def headers(person: Person, *scopes: str) -> dict[str, str]:
        key = new_token()
        if make.session.get(Account, person.id) is None:
            make.account(person)
        told: dict[str, Any] = {"name": "test", "hint": key[-4:], "scopes": list(scopes or ("read", "write"))}
        make.add(
            Token(
                hash=hash_of(key),
                person_id=person.id or 0,
                created_at=make.act.now,
                expires_at=datetime(2030, 1, 1, tzinfo=UTC),
                **told,
            )
        )
        make.session.commit()
        return {"Authorization": f"Bearer {key}"}

    return headers


@pytest.fixture
def programme(make: Make, cast: Cast) -> dict[str, WorkItem]:
    """Three items: one under study, one consented, one that another group works on."""
    make.group("T/SG15/T25/Q2", title="Fibres")
    cast.summon("tsb", "chair", "rapporteur", "delegate_member", "outsider")
    held = meeting(make)
    slice = registered(cast, liaison_to=["3GPP SA2", "IETF"], priority="high")
    other = registered(cast, acronym="Y.done", title="Something else", process="tap", timing="2026", version="revision")
    fibre = registered(cast, acronym="G.fib", question="T/SG15/T25/Q2", kind="supplement", process="agreement")
    actions.set_status(cast.tsb.act, other, ItemStatus.DETERMINED, date(2026, 3, 2), held)
    make.session.commit()
    return {"slice": slice, "other": other, "fibre": fibre}


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["acronym"] for each in answer.json()["items"]]


FILTERED = {
    "": ["G.fib", "Y.done", "Y.slice"],
    "group=SG13": ["Y.done", "Y.slice"],
    "question=Q2/15": ["G.fib"],
    "group=WP1/13": ["Y.done", "Y.slice"],
    "period=T25": ["G.fib", "Y.done", "Y.slice"],
    "period=T22": [],
    "status=determined": ["Y.done"],
    "status=determined&status=under-study": ["G.fib", "Y.done", "Y.slice"],
    "process=tap": ["Y.done"],
    "kind=supplement": ["G.fib"],
    "version=revision": ["Y.done"],
    "priority=high": ["Y.slice"],
    "acronym=SLI": ["Y.slice"],
    "title=networks slices": ["G.fib", "Y.slice"],
    "summary=slice": ["G.fib", "Y.done", "Y.slice"],
    "base=Chapter": ["G.fib", "Y.done", "Y.slice"],
    "base=Chapter 4": [],
    "editor=blotter": ["G.fib", "Y.done", "Y.slice"],
    "editor=ledger": [],
    "supporter=Borduria": ["G.fib", "Y.done", "Y.slice"],
    "liaison=3gpp": ["Y.slice"],
    "registered_since=2026-03-02": ["G.fib", "Y.done", "Y.slice"],
    "registered_since=2026-03-03": [],
    "consented_from=2026-03-02&consented_to=2026-03-02": ["Y.done"],
    "consented_from=2026-03-03": [],
    "consented_to=2026-03-01": [],
    "approved_from=2026-01-01": [],
    "timing_to=2026-12-31": ["Y.done"],
    "timing_from=2027-01-01": ["G.fib", "Y.slice"],
    "q=fib": ["G.fib"],
    "q=%00%25_": [],
}


def test_list_has_every_filter(api: TestClient, programme: dict[str, WorkItem]) -> None:
    assert {query: names(api.get(f"{LIST}?{query}")) for query in FILTERED} == FILTERED


def test_filter_that_means_nothing_is_refused(api: TestClient, programme: dict[str, WorkItem]) -> None:
    for query in ("status=nothing", "group=nowhere", "sort=title", "cursor=abc", "registered_since=soon"):
        assert api.get(f"{LIST}?{query}").status_code == 422, query


def test_pages_follow_each_other_without_loss(api: TestClient, programme: dict[str, WorkItem]) -> None:
    first = api.get(f"{LIST}?limit=2").json()
    second = api.get(f"{LIST}?limit=2&cursor={first['next']}").json()

    assert [each["acronym"] for each in (*first["items"], *second["items"])] == ["G.fib", "Y.done", "Y.slice"]
    assert (first["total"], second["next"]) == (3, None)


def test_row_has_the_columns_of_the_public_list(api: TestClient, programme: dict[str, WorkItem]) -> None:
    row = api.get(f"{LIST}?status=determined").json()["items"][0]

    assert (row["work_item"], row["question"], row["status_words"], row["timing_words"]) == (
        "Y.done",
        "Q2/13",
        "Determined 2026-03-02",
        "2026",
    )
    assert (row["process_words"], row["version_words"], row["title"], row["group"]) == (
        "TAP",
        "Rev.",
        "Something else",
        "ITU-T SG13",
    )
    assert row["url"].endswith("/wi/2-Y.done")


def test_record_is_found_by_number_and_every_name(api: TestClient, programme: dict[str, WorkItem]) -> None:
    for name in ("1", "1-Y.slice", "1-anything", "y.SLICE"):
        assert api.get(f"{LIST}/{name}").json()["acronym"] == "Y.slice"
    assert api.get(f"{LIST}/Y.nothing").status_code == 404
    assert api.get(f"{LIST}/99999999999999999999").status_code == 404


def test_hidden_item_is_nowhere(
    api: TestClient, make: Make, programme: dict[str, WorkItem], bearer: Bearer, cast: Cast
) -> None:
    programme["slice"].audience = "secretariat"
    make.add(programme["slice"])
    actions.depend(cast.tsb.act, programme["other"], programme["slice"])
    make.session.commit()

    assert names(api.get(LIST)) == ["G.fib", "Y.done"]
    assert api.get(f"{LIST}/1").status_code == 404
    assert api.get(f"{LIST}/Y.slice").status_code == 404
    assert api.get(f"{LIST}/Y.done").json()["dependencies"] == []
    assert names(api.get(LIST, headers=bearer(cast.tsb.person))) == ["G.fib", "Y.done", "Y.slice"]


def test_delegate_proposes_once_and_the_chair_registers(
    api: TestClient, cast: Cast, programme: dict[str, WorkItem], bearer: Bearer
) -> None:
    body = COMPLETE | {"acronym": "Y.new"}
    key = bearer(cast.delegate_member.person) | {"Idempotency-Key": "a1"}

    first, again = (api.post(LIST, json=body, headers=key) for _ in range(2))

    assert (first.status_code, first.json()["status"], first.json()["number"]) == (201, "pending-confirmation", 4)
    assert (again.status_code, again.json(), again.headers["Location"]) == (201, first.json(), "/wi/4-Y.new")
    decided = {"meeting": "T25-SG13-260302", "reason": "Agreed"}
    where = f"{LIST}/Y.new/registration"
    assert api.post(where, json=decided, headers=bearer(cast.delegate_member.person)).status_code == 403
    told = api.post(where, json=decided, headers=bearer(cast.chair.person))
    assert (told.status_code, told.json()["status"]) == (200, "under-study")
    assert [(each["status"], each["meeting"]) for each in told.json()["steps"]] == [
        ("pending-confirmation", ""),
        ("under-study", "T25-SG13-260302"),
    ]


def test_incomplete_proposal_is_a_problem_with_its_rule(
    api: TestClient, cast: Cast, programme: dict[str, WorkItem], bearer: Bearer
) -> None:
    headers = bearer(cast.rapporteur.person)

    lacking = api.post(LIST, json=COMPLETE | {"acronym": "Y.new", "scope": ""}, headers=headers)
    few = api.post(LIST, json=COMPLETE | {"acronym": "Y.new", "supporters": []}, headers=headers)
    taken = api.post(LIST, json=COMPLETE, headers=headers)

    assert (lacking.status_code, lacking.json()["rule"]) == (422, "work.form-incomplete")
    assert (few.status_code, few.json()["rule"]) == (422, "work.form-incomplete")
    assert (taken.status_code, taken.json()["rule"]) == (409, "work.name-taken")
    assert api.post(LIST, json=COMPLETE | {"acronym": "Y.new"}).json()["rule"] == "policy.sign-in-first"


def test_every_verb_answers_with_the_record(
    api: TestClient, make: Make, cast: Cast, programme: dict[str, WorkItem], bearer: Bearer
) -> None:
    document: Document = paper(make, 1, title="Draft")
    make.group("T/SG13/T25/Q3", title="Clouds")
    make.session.commit()
    tsb, member = bearer(cast.tsb.person), bearer(cast.delegate_member.person)
    item = f"{LIST}/Y.slice"

    def post(where: str, body: dict[str, Any], headers: dict[str, str] = tsb) -> dict[str, Any]:
        answer = api.post(f"{item}{where}", json=body, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        return dict(answer.json())

    assert api.patch(item, json={"comment": "x"}, headers=tsb).json()["comment"] == "x"
    assert api.put(f"{item}/base", json={"document": "SG13-C1"}, headers=tsb).json()["base"] == "SG13-C1"
    assert post("/papers", {"document": document.name, "role": "output"})["papers"][0]["document"] == document.name
    gone = api.delete(f"{item}/papers/{document.name}?role=output", headers=tsb)
    assert (gone.status_code, api.get(item, headers=tsb).json()["papers"]) == (204, [])
    assert [each["is_confirmed"] for each in post("/supporters", {"name": cast.company.name}, member)["support"]].count(
        True
    ) == 1
    assert post("/supporters/withdrawal", {"name": cast.company.name}, member)["support"]
    waits = post("/dependencies", {"on": "Y.done"})["dependencies"]
    assert [(each["item"], each["is_open"]) for each in waits] == [("2-Y.done", True)]
    assert api.get(f"{LIST}/Y.done").json()["blocks"] == ["1-Y.slice"]
    assert post(f"/dependencies/{waits[0]['id']}/release", {})["dependencies"][0]["is_open"] is False
    assert post("/ipr", {"meeting": "T25-SG13-260302", "note": "None known"})["ipr_note"] == "None known"
    assert post("/process", {"process": "tap", "reason": "Policy"})["process"] == "tap"
    assert post("/move", {"question": "Q3/13"})["question"] == "Q3/13"
    assert post("/discontinuation", {"reason": "No interest"})["status"] == "deleted"
    assert post("/reregistration", {"reason": "Interest"})["continues"] == "1-Y.slice"
    assert post("/merger", {"into": "Y.done", "reason": "Same"})["merged_into"] == "2-Y.done"


def test_token_that_only_reads_changes_nothing(
    api: TestClient, cast: Cast, programme: dict[str, WorkItem], bearer: Bearer
) -> None:
    answer = api.patch(f"{LIST}/Y.slice", json={"comment": "x"}, headers=bearer(cast.tsb.person, "read"))

    assert answer.status_code == 403


def test_change_of_what_changed_meanwhile_is_refused(
    api: TestClient, cast: Cast, programme: dict[str, WorkItem], bearer: Bearer
) -> None:
    headers = bearer(cast.tsb.person)
    seen = api.get(f"{LIST}/Y.slice", headers=headers).headers["ETag"]
    assert api.patch(f"{LIST}/Y.slice", json={"comment": "x"}, headers=headers | {"If-Match": seen}).status_code == 200

    assert api.patch(f"{LIST}/Y.slice", json={"comment": "y"}, headers=headers | {"If-Match": seen}).status_code == 412


def test_stale_items_are_told_with_the_meetings_they_missed(
    api: TestClient, make: Make, cast: Cast, programme: dict[str, WorkItem], clock: Clock
) -> None:
    meeting(make, date(2026, 9, 7))
    fed = registered(cast, acronym="Y.fed")
    actions.attach(cast.tsb.act, fed, paper(make, 5, meeting="T25-SG13-260907"), because="name")
    for item in (*programme.values(), fed):
        item.registered_at = datetime(2025, 6, 2, tzinfo=UTC)
        make.add(item)
    make.session.commit()
    assert api.get(f"{LIST}/stale").json()["total"] == 0

    clock.now = make.act.now + timedelta(days=190)
    told = api.get(f"{LIST}/stale").json()

    assert [(each["acronym"], each["missed"]) for each in told["items"]] == [
        ("Y.slice", ["T25-SG13-260907", "T25-SG13-260302"])
    ]
    assert api.get(f"{LIST}/stale?group=SG15").json()["total"] == 0


def test_list_asks_few_queries_however_long(api: TestClient, make: Make, cast: Cast, services: Services) -> None:
    for n in range(30):
        registered(cast, acronym=f"Y.n{n}x")
    make.session.commit()
    seen: list[str] = []
    event.listen(services.database.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))

    answer = api.get(f"{LIST}?limit=30")

    assert len(names(answer)) == 30
    assert len([each for each in seen if each.lstrip().upper().startswith("SELECT")]) <= 12
