"""What is held of a person: shown, given out, removed; what procedure needs stays with its reason."""

import io
import json
import zipfile

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.journal.chain import verify
from sgdocs.journal.models import Entry, PersonalFacts
from sgdocs.mail.actions import write
from sgdocs.mail.models import Letter
from sgdocs.mailing_lists import actions as lists
from sgdocs.mailing_lists.schemas import MessageForm
from sgdocs.meetings.models import Registration
from sgdocs.people import actions as people
from sgdocs.people.accounts import Account, Token, UserSession
from sgdocs.people.models import Interest, Person
from sgdocs.people.schemas import OwnProfileForm
from sgdocs.privacy.actions import forget
from sgdocs.privacy.queries import columns, own_rows
from sgdocs.privacy.rules import OF_TABLE, SECRET
from sgdocs.wiring import Services
from sgdocs.workspace import actions as workspace
from sgdocs.workspace.models import Kept
from sgdocs.workspace.schemas import KeepForm
from tests.cast import Cast
from tests.documents.papers import paper
from tests.make import Make, all_rows
from tests.people.browser import another, content, fault_of, read, sign_in

PHONE, NOTE = "+41 22 730 51 11", "my very own note"


@pytest.fixture
def house(make: Make, cast: Cast) -> Cast:
    cast.every()
    for player in (cast.delegate_member, cast.rapporteur, cast.tsb, cast.admin, cast.chair):
        make.account(player.person)
    own = cast.delegate_member
    form = OwnProfileForm(name=own.person.name, phone=PHONE, position="Envoy", interests="Quantum keys")
    people.edit_profile(own.act, own.person, form)
    workspace.keep(own.act, "document", paper(make).id or 0, KeepForm(note=NOTE))
    make.session.commit()
    return cast


def archive(client: TestClient) -> dict[str, str]:
    answer = client.get("/my/data.zip")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as found:
        return {name.partition("/")[2]: found.read(name).decode() for name in found.namelist()}


def test_every_table_that_names_a_person_is_sorted() -> None:
    assert sorted({table.name for table, _ in columns()} - OF_TABLE.keys()) == []


@pytest.mark.databases("sqlite")
def test_archive_holds_ones_own_and_no_secret(client: TestClient, house: Cast) -> None:
    sign_in(client, house.delegate_member.person)

    files = archive(client)
    everything = "".join(files.values())

    assert {"README.txt", "files.json", "journal.json", "tables/person.json", "tables/kept.json"} <= files.keys()
    assert json.loads(files["tables/person.json"])[0]["phone"] == PHONE
    assert json.loads(files["tables/kept.json"])[0]["note"] == NOTE
    assert [row["words"] for row in json.loads(files["tables/person_interest.json"])] == ["Quantum keys"]
    assert "argon2" not in everything
    assert str(house.chair.person.email) not in everything
    for rows in (json.loads(text) for name, text in files.items() if name.startswith("tables/")):
        assert SECRET.isdisjoint(*rows)


@pytest.mark.databases("sqlite")
def test_nobody_else_gets_it(client: TestClient, house: Cast) -> None:
    address = f"/person/{house.delegate_member.person.slug}"
    found = {}
    for name, player in (("chair", house.chair), ("rapporteur", house.rapporteur), ("tsb", house.tsb)):
        sign_in(client, player.person)
        found[name] = (client.get(f"{address}/data").status_code, client.post(f"{address}/removal").status_code)
        assert NOTE not in "".join(archive(client).values())
    nobody = another(client)

    assert found == {"chair": (403, 403), "rapporteur": (403, 403), "tsb": (200, 200)}
    assert nobody.get("/my/data.zip", follow_redirects=False).status_code in (303, 403)


def test_removal_takes_what_is_ones_own(client: TestClient, house: Cast, services: Services) -> None:
    person = house.delegate_member.person
    email, id = str(person.email), person.id
    sign_in(client, person)
    wrong = client.post("/my/data/removal", data={"typed": "somebody@else.test"})

    done = client.post("/my/data/removal", data={"typed": email.upper()}, follow_redirects=False)

    assert (wrong.status_code, done.status_code) == (422, 303)
    assert email in fault_of(wrong.text, "typed")
    with services.database.reading() as session:
        row = session.get_one(Person, id)
        own = {
            table.__tablename__: [each for each in all_rows(session, table) if each.person_id == id]
            for table in (Account, UserSession, Token, Interest, Kept)
        }
        facts = session.exec(
            select(PersonalFacts).join(Entry).where(Entry.subject_kind == "person", Entry.subject_id == id)
        ).all()
    assert (row.email, row.phone, row.position, row.languages) == (None, "", "", [])
    assert (row.forgotten_at, row.left_at) == (row.left_at, row.forgotten_at)
    assert own == {"account": [], "user_session": [], "api_token": [], "person_interest": [], "kept": []}
    assert facts
    assert {(each.facts, bool(each.removed_for)) for each in facts} == {(None, True)}
    assert client.get("/my", follow_redirects=False).status_code == 303


@pytest.mark.databases("sqlite")
def test_what_procedure_needs_stays_with_its_reason_and_the_name(
    client: TestClient, house: Cast, services: Services
) -> None:
    person = house.rapporteur.person
    sign_in(client, person)
    shown = content(client.get("/my/data").text)

    client.post("/my/data/removal", data={"typed": person.email})
    members = another(client)
    sign_in(members, house.chair.person)
    page = content(members.get("/person/rafael-quill").text)

    assert "Who led a group, and from when to when, stays in the lists of officers." in shown
    assert "Rafael Quill" in page
    assert "The personal data was removed" in page
    assert str(person.email) not in page
    assert another(client).get("/person/rafael-quill").status_code == 404
    with services.database.reading() as session:
        assert verify(session).broken is None


@pytest.mark.databases("sqlite")
def test_somebody_whom_nothing_needs_loses_the_name(client: TestClient, house: Cast, services: Services) -> None:
    person = house.outsider.person
    sign_in(client, house.tsb.person)

    answer = client.post(f"/person/{person.slug}/removal", follow_redirects=False)
    again = client.post(answer.headers["location"] + "/removal")

    row = read(services.database, lambda s: s.get_one(Person, person.id))
    assert (row.name, row.slug) == (f"Removed person {person.id}", f"removed-{person.id}")
    assert answer.headers["location"] == f"/person/removed-{person.id}"
    assert again.status_code == 422
    assert "removed already" in again.text


@pytest.mark.databases("sqlite")
def test_only_administrator_cannot_go(client: TestClient, house: Cast) -> None:
    sign_in(client, house.admin.person)

    answer = client.post("/my/data/removal", data={"typed": house.admin.person.email})

    assert answer.status_code == 422
    assert "only administrator" in content(answer.text)


@pytest.mark.databases("sqlite")
def test_registration_stays_in_the_list_of_participants(make: Make, cast: Cast) -> None:
    person = cast.delegate_member.person
    rows = dict(own_rows(cast.delegate_member.act, person))

    assert "registration" not in rows
    assert OF_TABLE[str(Registration.__tablename__)].stays == "privacy.meetings-stay"


def test_removal_takes_the_address_out_of_the_archives_of_lists(make: Make, cast: Cast) -> None:
    own = cast.rapporteur
    row = lists.open_list(cast.tsb.act, cast.q2)
    lists.subscribe(own.act, row, own.person)
    sent = lists.post(own.act, row, own.person, MessageForm(subject="Sleep modes", text="Words."))
    write(make.act, to=str(own.person.email), subject="x", text="y", kind="lists.message", person_id=own.person.id)
    assert sent.from_address == own.person.email

    forget(cast.tsb.act, own.person)

    make.session.refresh(sent)
    assert (sent.from_address, sent.from_name, sent.text) == ("", "Rafael Quill", "Words.")
    assert all_rows(make.session, Letter) == []
