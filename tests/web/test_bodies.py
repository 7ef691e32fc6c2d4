"""Outside bodies in the browser and over the API: who sees what, the forms of the secretariat, files, budgets."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.liaison.actions import bodies as actions
from sgdocs.liaison.actions import contacts
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.body_schemas import BodyForm, ContactForm, OfficerForm, QualificationForm
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.rules import BodyKind
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import sign_in, tree

pytestmark = pytest.mark.databases("sqlite")
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def ietf(make: Make, cast: Cast) -> Body:
    """A body with a contact, an officer and a qualification; some of the cast can sign in."""
    act = cast.tsb.act
    facts = {
        "name": "Internet Engineering Task Force",
        "acronym": "IETF",
        "kind": "sdo",
        "url": "https://www.ietf.org/",
    }
    row = actions.add_body(act, BodyForm.model_validate(facts))
    actions.add_body(act, BodyForm(name="IETF CLUE", kind=BodyKind.SDO, parent="IETF"))
    contacts.add_contact(act, row, ContactForm(email="statements@ietf.example", role="coordinator"))
    actions.qualify(act, row, QualificationForm.model_validate({"kind": "a5", "since": "2010-01-01", "source": "TSAG"}))
    cast.summon("sg13", "sg15")
    officer = {"direction": "ours", "group": "T/SG13", "body": "IETF", "starts_on": "2025-01-01", "name": "Ada Far"}
    contacts.appoint_officer(act, OfficerForm.model_validate(officer | {"email": "ada@far.example"}))
    for player in (cast.tsb, cast.delegate_member, cast.outsider, cast.counsellor):
        make.account(player.person)
    make.session.commit()
    return row


def statement(
    make: Make, cast: Cast, body: Body, number: int, *, audience: str = "T/SG13", is_from: bool = False
) -> Statement:
    """Sent by SG13 to the body, or from it to SG13; an answer is expected."""
    row: Statement = make.add(
        Statement(
            name=f"T25-SG13-LS{number}",
            label=f"SG13-LS{number}",
            origin="outside" if is_from else "ours",
            status="received" if is_from else "sent",
            title=f"On matter {number}",
            audience=audience,
            dated_on=date(2026, 2, number),
            created_at=AT,
            changed_at=AT,
        )
    )
    ours: dict[str, Any] = {"name": "SG13", "group_id": cast.sg13.id}
    theirs: dict[str, Any] = {"name": "IETF", "body_id": body.id}
    make.add(Sender(statement_id=row.id or 0, **(theirs if is_from else ours)))
    facts: dict[str, Any] = {"purpose": "action", "is_answer_expected": True, "state": "posted" if is_from else "sent"}
    facts |= ours | {"audience": audience} if is_from else theirs
    make.add(Addressee(statement_id=row.id or 0, deadline=date(2026, 5, number), **facts))
    make.session.commit()
    return row


def rows(text: str, section: str) -> list[str]:
    path = f"//section[@aria-labelledby='{section}']//tbody/tr"
    return [" ".join(row.text_content().split()) for row in tree(text).xpath(path)]


def test_everybody_reads_what_a_body_is(client: TestClient, ietf: Body) -> None:
    told = client.get("/body/ietf")

    assert told.status_code == 200
    assert "Internet Engineering Task Force" in told.text
    assert rows(told.text, "qualifications") == ["Rec. ITU-T A.5, normative references 1 Jan 2010 TSAG"]
    assert rows(told.text, "officers") == ["Ada Far ITU-T SG13, Internet Engineering Task Force Sent by us 1 Jan 2025"]


@pytest.mark.parametrize(
    "path", ["/body/ietf", "/body/ietf.json", "/api/v1/bodies/ietf", "/api/v1/liaison-officers?body=ietf"]
)
def test_addresses_are_for_members(client: TestClient, cast: Cast, ietf: Body, path: str) -> None:
    public = client.get(path).text
    sign_in(client, cast.outsider.person)
    outside = client.get(path).text
    sign_in(client, cast.delegate_member.person)
    member = client.get(path).text

    assert ("example" in public, "example" in outside) == (False, False)
    assert ("statements@ietf.example" if "officers" not in path else "ada@far.example") in member


def test_traffic_and_open_matters_are_those_of_the_reader(
    client: TestClient, make: Make, cast: Cast, ietf: Body
) -> None:
    statement(make, cast, ietf, 1)
    statement(make, cast, ietf, 2, is_from=True)
    statement(make, cast, ietf, 3, audience="secretariat")

    public = client.get("/body/ietf").text
    counted = client.get("/api/v1/bodies?q=internet").json()["items"][0]["statements"]
    sign_in(client, cast.delegate_member.person)
    member = client.get("/body/ietf").text

    assert (rows(public, "traffic"), rows(public, "open"), counted) == ([], [], 0)
    assert "On matter" not in public
    assert [row.split(" ITU")[0] for row in rows(member, "traffic")] == [
        "2 Feb 2026 from it SG13-LS2 On matter 2",
        "1 Feb 2026 to it SG13-LS1 On matter 1",
    ]
    assert len(rows(member, "open")) == 2
    assert ("we wait for it" in rows(member, "open")[0], "we owe it" in rows(member, "open")[1]) == (True, True)
    assert client.get("/api/v1/bodies?q=internet").json()["items"][0]["statements"] == 2


def test_list_is_filtered_and_goes_out_as_files(client: TestClient, ietf: Body) -> None:
    named = client.get("/body.json?q=clue").json()
    qualified = client.get("/api/v1/bodies?qualification=a5").json()
    table = list(csv.DictReader(io.StringIO(client.get("/body.csv").content.decode("utf-8-sig"))))

    assert [(each["slug"], each["parent"]) for each in named["items"]] == [("ietf-clue", "ietf")]
    assert [each["slug"] for each in qualified["items"]] == ["ietf"]
    assert [row["Address"] for row in table] == ["ietf-clue", "ietf"]
    assert client.get("/body.xlsx").content[:2] == b"PK"
    assert "None is found so." in client.get("/body?q=nowhere").text


def test_api_pages_through_all(client: TestClient, make: Make, cast: Cast, ietf: Body) -> None:
    for n in range(7):
        actions.add_body(
            cast.tsb.act,
            BodyForm(name=f"Same name {n // 2}", kind=BodyKind.OTHER, names=[f"n{n}"])
            if n % 2 == 0
            else BodyForm(name=f"B{n}", kind=BodyKind.OTHER),
        )
    make.session.commit()
    seen: list[str] = []
    query = "?limit=2"
    while query:
        told = client.get(f"/api/v1/bodies{query}").json()
        seen += [each["slug"] for each in told["items"]]
        query = f"?limit=2&cursor={told['next']}" if told["next"] else ""

    assert len(seen) == len(set(seen)) == told["total"] == 9


def test_secretariat_enters_and_corrects(client: TestClient, cast: Cast, ietf: Body) -> None:
    sign_in(client, cast.tsb.person)
    answer = client.post(
        "/body/new", data={"name": "GSMA", "kind": "forum-or-consortium", "lines": "GSM Association\nGSMA PQTN"}
    )
    assert str(answer.url).endswith("/body/gsma")
    assert "GSM Association, GSMA PQTN" in " ".join(tree(answer.text).xpath("//dl")[0].text_content().split())

    for way, data in (
        ("contacts/new", {"email": "ls@gsma.example", "group": "T/SG13", "is_default": "true"}),
        ("qualifications/new", {"kind": "a4", "since": "2003-05-01", "source": "TSAG R1"}),
        ("collaborations/new", {"mode": "liaison", "group": "SG13", "since": "2020-01-01"}),
        ("officers/new", {"direction": "theirs", "group": "T/SG13", "name": "Grace", "starts_on": "2025-01-01"}),
    ):
        assert client.get(f"/body/gsma/{way}").status_code == 200
        assert client.post(f"/body/gsma/{way}", data=data).url.path == "/body/gsma"

    record = client.get("/api/v1/bodies/gsma").json()
    assert record["contacts"][0]["email"] == "ls@gsma.example"
    assert (record["officers"][0]["name"], record["collaborations"][0]["group"]) == ("Grace", "T/SG13")
    edited = client.post(
        "/body/gsma/edit",
        data={"name": "GSM Association", "kind": "forum-or-consortium", "ended_on": "2026-01-01", "successor": "IETF"},
    )
    assert edited.url.path == "/body/gsma"
    number = record["officers"][0]["number"]
    assert client.post(f"/body/gsma/officers/{number}/end", data={"last_on": "2026-02-01"}).url.path == "/body/gsma"
    assert client.get("/api/v1/bodies/gsma").json()["officers"][0]["ends_on"] == "2026-02-01"
    assert len(tree(client.get("/body/gsma/history").text).xpath("//ul[@class='history']/li")) == 7


def test_form_says_what_is_wrong_and_keeps_what_was_typed(client: TestClient, cast: Cast, ietf: Body) -> None:
    sign_in(client, cast.tsb.person)

    taken = client.post("/body/new", data={"name": "I.E.T.F.", "kind": "sdo", "notes": "Kept words"})
    lost = client.post("/body/ietf/contacts/new", data={"email": "x@y.example", "group": "SG99"})
    backwards = client.post(
        "/body/ietf/officers/new", data={"direction": "ours", "group": "T/SG13", "starts_on": "2026-01-01"}
    )

    assert [each.status_code for each in (taken, lost, backwards)] == [422, 422, 422]
    assert "is a name of Internet Engineering Task Force already" in taken.text
    assert "Kept words" in taken.text
    assert "SG99" in lost.text
    assert "Say who it is" in backwards.text


@pytest.mark.parametrize(
    "path",
    ["/body/new", "/body/ietf/edit", "/body/ietf/contacts/new", "/body/ietf/contacts/1", "/body/ietf/officers/1/end"],
)
def test_forms_are_the_secretariats(client: TestClient, cast: Cast, ietf: Body, path: str) -> None:
    assert client.get(path, follow_redirects=False).status_code in {303, 401, 403}
    sign_in(client, cast.delegate_member.person)
    assert client.get(path).status_code == 403
    assert client.post(path, data={}).status_code == 403


@pytest.mark.parametrize(
    "path", ["/body/nobody", "/body/%00", "/body/ietf/contacts/99999999999", "/body/ietf/people/1/end"]
)
def test_what_is_not_there_is_not_found(client: TestClient, cast: Cast, ietf: Body, path: str) -> None:
    sign_in(client, cast.tsb.person)

    assert client.get(path).status_code == 404


def test_words_of_others_are_no_markup(client: TestClient, make: Make, cast: Cast, ietf: Body) -> None:
    facts = {"name": "<script>alert(1)</script>", "kind": "other", "notes": "<img src=x onerror=alert(1)>"}
    row = actions.add_body(cast.tsb.act, BodyForm.model_validate(facts))
    make.session.commit()

    page = client.get(f"/body/{row.slug}").text

    assert "<script>alert" not in page
    assert "<img" not in page


def test_pages_cost_few_queries(client: TestClient, make: Make, cast: Cast, ietf: Body) -> None:
    for n in range(1, 25):
        statement(make, cast, ietf, n, is_from=n % 2 == 0)
    sign_in(client, cast.delegate_member.person)
    client.get("/body/ietf")
    engine = make.session.get_bind()
    asked: list[str] = []

    def note(conn: object, cursor: object, sql: str, *rest: object) -> None:
        asked.append(sql)

    event.listen(engine, "before_cursor_execute", note)
    try:
        client.get("/body")
        on_list = len(asked)
        client.get("/body/ietf")
    finally:
        event.remove(engine, "before_cursor_execute", note)

    assert on_list <= 12
    assert len(asked) - on_list <= 30


def test_officers_stand_on_the_page_of_either_group(client: TestClient, make: Make, cast: Cast, ietf: Body) -> None:
    officer = {"direction": "ours", "group": "T/SG13", "other_group": "T/SG15", "starts_on": "2025-01-01"}
    contacts.appoint_officer(cast.tsb.act, OfficerForm.model_validate(officer | {"name": "Grace Between"}))
    make.session.commit()

    first, second = client.get("/group/SG13/people").text, client.get("/group/SG15/people").text

    assert [row.split(" ITU")[0] for row in rows(first, "envoys")] == ["Ada Far", "Grace Between"]
    assert rows(second, "envoys") == ["Grace Between ITU-T SG13, ITU-T SG15 1 Jan 2025"]
    assert "ada@far.example" not in first
