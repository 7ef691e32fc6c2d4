"""Sending on its pages: what goes with it, the preview that is what is sent, the link of the letter, mail that came in."""

import io
from datetime import date
from hashlib import sha256

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.documents.models import Document
from sgdocs.liaison.actions.arrivals import TakenFile, TakenMail, take_mail
from sgdocs.liaison.bodies_models import BodyContact
from sgdocs.liaison.models import Addressee, Arrival, Dispatch, Statement, StatementPaper
from sgdocs.mail.incoming import Incoming
from sgdocs.mail.models import HIDDEN, Letter
from sgdocs.policy import Role
from sgdocs.wiring import Services
from tests.cast import Cast, Player
from tests.documents.desk import meeting
from tests.liaison.desk import body, received
from tests.make import Make
from tests.people.browser import another, content, fault_of, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")

DRAFT = {
    "from-0-name": "SG13",
    "from-0-questions": "Q2/13",
    "to-0-name": "SG15",
    "to-0-purpose": "action",
    "to-0-deadline": "2026-09-30",
    "to-1-name": "3GPP SA2",
    "to-1-purpose": "information",
    "title": "on slices & <clocks>",
    "body": "Dear colleagues,\r\nplease look.",
    "meeting": "T25-SG13-260216",
    "contact_name": "Ada Edit",
    "contact_email": "ada@example.test",
}


@pytest.fixture(autouse=True)
def desk(make: Make, cast: Cast) -> None:
    """SG13 met in February 2026; SG15 and 3GPP SA2, with somebody to write to, are known."""
    cast.summon("tsb", "chair", "rapporteur", "outsider", "delegate_member", "q2", "sg15")
    meeting(make, "T25-SG13-260216", starts_on=date(2026, 2, 16), ends_on=date(2026, 2, 27))
    partner = body(make)
    make.add(BodyContact(body_id=partner.id or 0, name="Liaison Desk", email="liaison@partner.test", is_default=True))


def as_(client: TestClient, make: Make, player: Player) -> TestClient:
    make.account(player.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, player.person)
    return browser


@pytest.fixture
def office(client: TestClient, make: Make, cast: Cast) -> TestClient:
    return as_(client, make, cast.tsb)


def agreed(browser: TestClient, **facts: str) -> str:
    """The address of a statement that was agreed at the meeting."""
    made = browser.post("/liaison/new/draft", data=DRAFT | facts, follow_redirects=False)
    assert made.status_code == 303, content(made.text)
    address = made.headers["location"]
    told = {"level": "study-group", "meeting": "T25-SG13-260216", "sender": "0"}
    assert browser.post(f"{address}/agreement", data=told, follow_redirects=False).status_code == 303
    return address


def ready(browser: TestClient, address: str) -> dict[str, list[str]]:
    """What the preview's form would send, every warning accepted."""
    page = tree(browser.get(f"{address}/sending").text)
    form = next(each for each in page.xpath("//form") if each.get("action") == f"{address}/sending")
    told = {name: [value] for name, value in form.form_values()}
    told["accept"] = [box.get("value") for box in form.xpath('.//input[@name="accept"]')]
    return told


def sent(browser: TestClient, address: str) -> str:
    done = browser.post(f"{address}/sending", data=ready(browser, address), follow_redirects=False)
    assert done.status_code == 303, content(done.text)
    return done.headers["location"]


def letters(database: Database) -> list[Letter]:
    with database.reading() as session:
        return list(session.exec(select(Letter).where(Letter.kind == "liaison.statement").order_by(col(Letter.id))))


def link_of(letter: Letter) -> str:
    """As it stands in the message that goes out."""
    assert f"/liaison/ack/{HIDDEN}" in letter.text
    return f"/liaison/ack/{letter.hidden}"


# What goes with it


def test_papers_are_added_by_number_and_as_files_and_taken_away(
    office: TestClient, database: Database, client: TestClient, make: Make, cast: Cast
) -> None:
    address = office.post("/liaison/new/draft", data=DRAFT, follow_redirects=False).headers["location"]
    at = f"{address}/papers"

    wrong = office.post(at, data={"document": "SG13-C999"})
    nothing = office.post(at, data={})
    file = office.post(at, data={}, files={"file": ("notes.txt", b"Some words.")}, follow_redirects=False)
    twice = office.post(at, data={}, files={"file": ("notes.txt", b"Some words.")})
    page = office.get(at)

    assert "SG13-C999" in fault_of(wrong.text, "document")
    assert "choose a file" in fault_of(nothing.text, "document")
    assert (file.status_code, twice.status_code) == (303, 409)
    with database.reading() as session:
        (paper,) = session.exec(select(StatementPaper)).all()
    member = as_(client, make, cast.delegate_member)
    assert member.get(at).status_code == 403
    assert member.post(f"{at}/{paper.id}/removal").status_code == 403
    assert "notes.txt" in content(page.text)
    office.post(f"{at}/{paper.id}/removal")
    with database.reading() as session:
        assert session.exec(select(StatementPaper)).all() == []


# Preview and send


def test_preview_is_what_is_sent(office: TestClient, database: Database) -> None:
    address = agreed(office)

    shown = office.get(f"{address}/sending")
    previewed = office.get(f"{address}/sending/statement.docx").content
    told = ready(office, address)
    there = sent(office, address)

    assert there == "/liaison/T25-SG13-LS1"
    (letter,) = letters(database)
    page = tree(shown.text)
    assert page.xpath('//div[@class="letter"]//strong')[0].text_content() == letter.subject
    with database.reading() as session:
        dispatches = session.exec(select(Dispatch).order_by(col(Dispatch.id))).all()
        assert [each.way for each in dispatches] == ["document", "letter"]
        names = session.exec(select(Document.name).order_by(Document.name)).all()
    assert names == ["T25-SG13-LS1", "T25-SG15-TD1-GEN"]

    assert dispatches[1].files[0]["sha256"] == sha256(previewed).hexdigest()
    assert told["digest"][0]


def test_send_without_having_read_the_warnings_is_refused(office: TestClient, database: Database) -> None:
    address = agreed(office, title="on slices.")
    told = ready(office, address)
    assert told["accept"]

    refused = office.post(f"{address}/sending", data=told | {"accept": []})

    assert refused.status_code == 409
    assert "Read and accept what was found first" in content(refused.text)
    assert letters(database) == []


def test_preview_that_is_old_sends_nothing(office: TestClient, client: TestClient, make: Make, cast: Cast) -> None:
    address = agreed(office)
    told = ready(office, address)
    office.post(f"{address}/papers", data={}, files={"file": ("notes.txt", b"Some words.")})
    office.post(f"{address}/agreement", data={"level": "study-group", "meeting": "T25-SG13-260216", "sender": "0"})

    stale = office.post(f"{address}/sending", data=told)

    assert (stale.status_code, "Somebody was faster" in content(stale.text)) == (409, True)


def test_draft_that_nobody_agreed_has_a_preview_and_no_way_out(office: TestClient, database: Database) -> None:
    address = office.post("/liaison/new/draft", data=DRAFT, follow_redirects=False).headers["location"]

    shown = office.get(f"{address}/sending")
    refused = office.post(f"{address}/sending", data=ready(office, address))

    assert tree(shown.text).xpath("//button[@disabled]")
    assert refused.status_code == 409
    assert letters(database) == []


def test_who_writes_sees_the_preview_and_the_secretariat_sends(
    client: TestClient, office: TestClient, make: Make, cast: Cast
) -> None:
    address = agreed(office)
    rapporteur = as_(client, make, cast.rapporteur)
    member = as_(client, make, cast.delegate_member)

    assert rapporteur.get(f"{address}/sending").status_code == 200
    assert rapporteur.post(f"{address}/sending", data=ready(office, address)).status_code == 403
    assert member.get(f"{address}/sending").status_code == 403
    assert client.get(f"{address}/sending", follow_redirects=False).status_code == 404


def test_counsellor_of_a_second_sender_sees_the_preview_and_no_button(
    client: TestClient, make: Make, cast: Cast, office: TestClient
) -> None:
    make.group("T/SG17", title="Security")
    folder = make.person("Cosmo Folder", organisation=cast.bureau)
    make.appointment(folder, Role.COUNSELLOR, cast.sg15)
    make.account(folder)
    make.session.commit()
    other = another(client)
    sign_in(other, folder)
    address = agreed(office, **{"from-1-name": "SG15", "to-0-name": "SG17"})

    page = other.get(f"{address}/sending")
    assert page.status_code == 200
    assert not tree(page.text).xpath(f'//form[@action="{address}/sending"]//button')
    assert other.post(f"{address}/sending", data={"version": "2"}).status_code == 403


def test_withdrawn_statement_keeps_its_reason(office: TestClient, database: Database) -> None:
    address = sent(office, agreed(office))

    bare = office.post(f"{address}/withdrawal", data={})
    office.post(f"{address}/withdrawal", data={"reason": "Sent by mistake"})

    assert fault_of(bare.text, "reason")
    assert "Sent by mistake" in content(office.get(address).text)


# The link


def test_link_shows_three_facts_and_changes_nothing_until_the_button(
    client: TestClient, office: TestClient, services: Services, database: Database, clock: Clock
) -> None:
    sent(office, agreed(office))
    link = link_of(letters(database)[0])

    stranger = another(client)
    for _ in range(3):
        looked = stranger.get(link)
    assert stranger.head(link).status_code == 200

    words = content(looked.text)
    assert looked.headers["referrer-policy"] == "no-referrer"
    assert (looked.headers["cache-control"], "noindex" in looked.headers["x-robots-tag"]) == ("no-store", True)
    assert "SG13-LS1" in words
    assert "slices & <clocks>" in words
    assert not [each for each in ("please look", "3GPP", "SG15") if each in words]
    assert not [each for each in tree(looked.text).xpath("//main//a/@href") if not each.startswith("/help")]
    with database.reading() as session:
        assert session.exec(select(Dispatch.acknowledged_at).where(Dispatch.way == "letter")).one() is None


def test_link_is_used_once(client: TestClient, office: TestClient, services: Services, database: Database) -> None:
    sent(office, agreed(office))
    link = link_of(letters(database)[0])
    stranger = another(client)

    first = stranger.post(link, data={"name": "Pat", "words": "Thank you"})
    second = stranger.post(link, data={"name": "Someone else"})

    assert (first.status_code, "Acknowledged" in content(first.text)) == (200, True)
    assert second.status_code == 409
    with database.reading() as session:
        dispatch = session.exec(select(Dispatch).where(Dispatch.way == "letter")).one()
        state = session.exec(select(Addressee.state).where(Addressee.position == 1)).one()
    assert (dispatch.acknowledged_by, state) == ("Pat: Thank you", "acknowledged")


def test_link_that_is_altered_or_over_does_nothing(
    client: TestClient, office: TestClient, services: Services, database: Database, clock: Clock
) -> None:
    sent(office, agreed(office))
    link = link_of(letters(database)[0])
    stranger = another(client)

    altered = stranger.post(link[:-1] + ("A" if link[-1] != "A" else "B"), data={})
    clock.move(days=61)
    over = stranger.post(link, data={})

    assert altered.status_code == 404
    assert (over.status_code, "The time of this link is over" in content(over.text)) == (409, True)
    with database.reading() as session:
        assert session.exec(select(Dispatch.acknowledged_at).where(Dispatch.way == "letter")).one() is None


def test_links_are_asked_for_only_so_often(client: TestClient, make: Make, services: Services) -> None:
    make.session.commit()
    fewer = services.settings.model_copy(update={"acknowledgement_limit": 3})
    object.__setattr__(services, "settings", fewer)

    asked = [client.get(f"/liaison/ack/{'x' * 43}").status_code for _ in range(5)]

    assert asked == [404, 404, 404, 429, 429]


def test_letter_goes_again_with_a_new_link(
    client: TestClient, office: TestClient, services: Services, database: Database
) -> None:
    address = sent(office, agreed(office))
    old = link_of(letters(database)[0])
    with database.reading() as session:
        number = session.exec(select(Dispatch.id).where(Dispatch.way == "letter")).one()

    office.post(f"{address}/delivery/{number}/again", data={"address": "other@partner.test"})

    first, second = letters(database)
    assert (first.to_address, second.to_address) == ("liaison@partner.test", "other@partner.test")
    assert another(client).get(old).status_code == 404
    assert another(client).get(link_of(second)).status_code == 200


# Two texts


def test_both_texts_stand_side_by_side(office: TestClient, cast: Cast, client: TestClient, make: Make) -> None:
    words = "We ask you to look at the clocks of slices and to tell us what you think of them until the autumn."
    first = received(cast.tsb.act, "LS on clocks", number="S2-1", body=words)
    second = received(cast.tsb.act, "LS on clocks again", number="S2-2", body=words + " Soon <b>please</b>.")
    member, outsider = as_(client, make, cast.delegate_member), as_(client, make, cast.outsider)

    page = member.get(f"/liaison/{second.name}/twins/{first.name}")

    marks = [each.text_content().strip() for each in tree(page.text).xpath("//mark")]
    assert "Soon <b>please</b>." in " ".join(marks)
    assert outsider.get(f"/liaison/{second.name}/twins/{first.name}").status_code == 404
    assert member.get(f"/liaison/{second.name}/twins/{second.name}").status_code == 404


# Mail that came in


def arrival(make: Make, services: Services, files: list[TakenFile] | None = None) -> Arrival:
    text = "Title: LS on imaginary slices\nSource: 3GPP SA2\nTo: ITU-T SG13\n\nPlease answer."
    kept = services.blobs.put(io.BytesIO(text.encode()))
    told = {
        "message_id": "one@partner.test", "sha256": kept.sha256, "from_address": "pat@partner.test", "from_name": "Pat",
        "subject": "LS on <slices>", "text": "See the file.", "kind": "letter", "is_authentic": False, "identity": "",
    }  # fmt: skip
    usual = [
        TakenFile("letter.txt", kept.sha256, kept.size_bytes, "text/plain", "txt"),
        TakenFile("x.exe", refused="not a text"),
    ]
    mail = TakenMail(Incoming(**told), usual if files is None else files)  # type: ignore[arg-type]
    found = take_mail(make.act, mail)
    assert found is not None
    return found


def test_mail_waits_for_the_secretariat_and_is_filed_as_confirmed(
    client: TestClient, office: TestClient, make: Make, cast: Cast, services: Services, database: Database
) -> None:
    row = arrival(make, services)
    make.session.commit()
    at = f"/office/arrivals/{row.id}"

    listed, page = office.get("/office/arrivals"), office.get(at)
    form = next(each for each in tree(page.text).xpath("//form") if each.get("action") == at)
    told = {name: value for name, value in form.form_values() if value}
    done = office.post(
        at, data=told | {"to-0-purpose": "action", "to-0-deadline": "2026-09-30"}, follow_redirects=False
    )
    again = office.post(at, data=told)

    assert "LS on <slices>" in content(listed.text)
    assert "not confirmed" in content(listed.text)
    assert (told["from-0-name"], told["to-0-name"], told["title"]) == (
        "3GPP SA2",
        "ITU-T SG13",
        "LS on imaginary slices",
    )
    assert "not a text" in content(page.text)
    assert (done.status_code, again.status_code) == (303, 409)
    with database.reading() as session:
        statement = session.exec(select(Statement)).one()
    assert done.headers["location"] == f"/liaison/{statement.name}"
    assert statement.label in content(office.get(at).text)
    chair = as_(client, make, cast.chair)
    assert [chair.get(each).status_code for each in ("/office/arrivals", at, f"{at}/files/0")] == [403] * 3


def test_mail_without_a_usable_file_is_filed_as_it_is_typed(
    office: TestClient, make: Make, services: Services, database: Database
) -> None:
    row = arrival(make, services, files=[TakenFile("x.exe", refused="not a text")])
    make.session.commit()
    told = {"from-0-name": "3GPP SA2", "to-0-name": "SG13", "to-0-purpose": "information", "title": "LS on slices"}

    bare = office.post(f"/office/arrivals/{row.id}", data=told)
    done = office.post(f"/office/arrivals/{row.id}", data=told | {"body": "See the file."}, follow_redirects=False)

    assert (bare.status_code, "x.exe" in content(bare.text)) == (422, True)
    assert done.status_code == 303
    with database.reading() as session:
        assert session.exec(select(StatementPaper.name)).one() == "liaison-statement.docx"


def test_refused_mail_stays_with_its_reason(
    office: TestClient, make: Make, services: Services, database: Database
) -> None:
    row = arrival(make, services)
    make.session.commit()
    at = f"/office/arrivals/{row.id}"

    bare = office.post(f"{at}/refusal", data={"reason": " "})
    office.post(f"{at}/refusal", data={"reason": "Nobody we know"})

    assert "Say why" in content(bare.text)
    assert "Nobody we know" in content(office.get("/office/arrivals?state=refused").text)
    assert content(office.get("/office/arrivals").text).endswith("Nothing waits.")
    with database.reading() as session:
        assert session.exec(select(Statement)).all() == []


def test_file_of_a_mail_is_attached_and_never_run(office: TestClient, make: Make, services: Services) -> None:
    row = arrival(make, services)
    make.session.commit()

    file = office.get(f"/office/arrivals/{row.id}/files/0")

    assert file.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in file.headers["content-security-policy"]
    assert [office.get(f"/office/arrivals/{row.id}/files/{n}").status_code for n in (1, 2)] == [404, 404]
