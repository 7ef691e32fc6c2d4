"""The writing side of liaison on its pages: enter, draft, agree, approve, take up, forward, close."""

import io
from datetime import UTC, date, datetime

import pytest
from docx import Document as Word
from sqlmodel import col, select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.documents.models import Document
from sgdocs.groups.models import Succession
from sgdocs.liaison.models import Addressee, Sender, Statement, StatementLink, StatementPaper
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
    "to-2-name": "3GPP SA2",
    "to-2-purpose": "information",
    "title": "LS/o on slices & <clocks>",
    "body": "Dear colleagues,\r\nplease look.",
    "language": "en",
    "contact_name": "Ada Edit",
    "contact_email": "ada@example.test",
}
ENTRY = {
    "from-0-name": "3GPP SA2",
    "to-0-name": "SG13",
    "to-0-purpose": "action",
    "to-0-deadline": "2026-09-30",
    "title": "LS on slices",
    "number": "S2-2601234",
    "language": "en",
}


@pytest.fixture(autouse=True)
def desk(make: Make, cast: Cast, clock: Clock) -> None:
    """SG13 met in February and meets in April 2026; SG15 and 3GPP SA2 are known."""
    clock.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    cast.summon("tsb", "chair", "rapporteur", "outsider", "delegate_member", "q2", "sg15")
    meeting(make)
    meeting(make, "T25-SG13-260216", starts_on=date(2026, 2, 16), ends_on=date(2026, 2, 27))
    body(make)


def as_(client: TestClient, make: Make, player: Player) -> TestClient:
    make.account(player.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def letter(title: str = "LS/o on imaginary slices [to SG13]") -> dict[str, tuple[str, bytes]]:
    word = Word()
    for line in (f"Title: {title}", "Source: 3GPP SA2", "To: ITU-T SG13", "Deadline: 30 September 2026"):
        word.add_paragraph(line)
    word.add_paragraph("We ask you to answer.")
    data = io.BytesIO()
    word.save(data)
    return {"file": ("S2-2601234.docx", data.getvalue())}


def fields(text: str) -> dict[str, str]:
    """What the form of a statement holds."""
    form = tree(text).xpath('//form[contains(@class, "paper")]')[0]
    return {name: value for name, value in form.form_values() if value}


def statement_of(database: Database) -> Statement:
    with database.reading() as session:
        return session.exec(select(Statement)).one()


def to(database: Database, position: int = 0) -> Addressee:
    with database.reading() as session:
        return session.exec(select(Addressee).where(Addressee.position == position)).one()


# Entering what came in


def test_file_fills_the_form_and_what_was_typed_stays(client: TestClient, make: Make, cast: Cast) -> None:
    chair = as_(client, make, cast.chair)

    page = chair.post(
        "/liaison/receive?read=again", data={"title": "Typed", "to-0-purpose": "information"}, files=letter()
    )

    told = fields(page.text)
    assert page.status_code == 200
    assert told["title"] == "Typed"
    assert (told["from-0-name"], told["to-0-name"], told["to-0-purpose"]) == ("3GPP SA2", "ITU-T SG13", "action")
    assert (told["to-0-deadline"], told["receipt"][:1] != "") == ("2026-09-30", True)
    assert "We ask you to answer." in told["body"]


def test_entered_statement_is_filed_with_the_file_of_the_receipt(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    chair = as_(client, make, cast.chair)
    read = fields(chair.post("/liaison/receive?read=again", data={}, files=letter()).text)

    done = chair.post("/liaison/receive", data=ENTRY | {"receipt": read["receipt"]}, follow_redirects=False)

    assert (done.status_code, done.headers["location"]) == (303, "/liaison/T25-SG13-TD1-GEN")
    statement = statement_of(database)
    assert (statement.label, to(database).deadline) == ("S2-2601234", date(2026, 9, 30))
    with database.reading() as session:
        assert session.exec(select(Document.title)).one() == "LS/i on slices [from 3GPP SA2]"
    assert "LS on slices" not in client.get("/liaison/T25-SG13-TD1-GEN").text


def test_entry_is_refused_at_its_fields(client: TestClient, make: Make, cast: Cast, database: Database) -> None:
    chair = as_(client, make, cast.chair)

    wrong = chair.post("/liaison/receive", data=ENTRY | {"to-0-deadline": "soon"}, files=letter())
    late = chair.post("/liaison/receive", data=ENTRY | {"to-0-deadline": "2026-01-05"}, files=letter())
    nobody = chair.post("/liaison/receive", data=ENTRY | {"to-0-name": "IETF"}, files=letter())
    bare = chair.post("/liaison/receive", data=ENTRY)

    assert [each.status_code for each in (wrong, late, nobody, bare)] == [422] * 4
    assert fault_of(wrong.text, "to-0-deadline") == "Give a date such as 2026-05-31."
    assert "before the day of sending" in fault_of(late.text, "to-0-deadline")
    assert fault_of(nobody.text, "to-0-name")
    assert fault_of(bare.text, "file")
    assert fields(late.text)["number"] == "S2-2601234"
    with database.reading() as session:
        assert session.exec(select(Statement)).all() == []


def test_statement_without_a_file_is_filed_as_it_was_typed(
    client: TestClient, make: Make, cast: Cast, services: Services, database: Database
) -> None:
    chair = as_(client, make, cast.chair)

    done = chair.post("/liaison/receive", data=ENTRY | {"body": "Please <answer>."}, follow_redirects=False)

    assert done.status_code == 303
    with database.reading() as session:
        paper = session.exec(select(StatementPaper)).one()
    with services.blobs.open(paper.sha256) as kept:
        words = "\n".join(each.text for each in services.readers.read(kept, paper.name).units)
    assert "Please <answer>." in words


def test_ended_group_is_refused_with_its_successor(client: TestClient, make: Make, cast: Cast) -> None:
    chair = as_(client, make, cast.tsb)
    ended = make.group("T/SG16")
    ended.ends_on = date(2025, 1, 1)
    make.add(ended)
    make.session.commit()

    page = chair.post("/liaison/receive", data=ENTRY | {"to-0-name": "SG16"}, files=letter())

    assert page.status_code == 422
    assert "SG16 ended on" in fault_of(page.text, "to-0-name")
    assert not tree(page.text).xpath('//button[contains(@value, "=")]'), "nobody took over"


@pytest.mark.parametrize("address", ["/liaison/receive", "/liaison/new/draft"])
def test_button_puts_the_successor_of_an_ended_group_into_its_row(
    client: TestClient, make: Make, cast: Cast, address: str
) -> None:
    chair = as_(client, make, cast.tsb)
    ended, heir = make.group("T/SG16", ends_on=date(2024, 12, 31)), make.group("T/SG21")
    make.add(Succession(from_id=ended.id or 0, to_id=heir.id or 0, on=date(2025, 1, 1)))
    make.session.commit()
    fields = (ENTRY if "receive" in address else DRAFT) | {
        "body": "Please answer.", "to-3-name": "SG16", "to-3-purpose": "action", "to-3-deadline": "2026-12-01",
    }  # fmt: skip
    refused = chair.post(address, data=fields)
    (button,) = tree(refused.text).xpath('//button[@name="more" and contains(@value, "=")]')
    assert "ITU-T SG21" in button.text_content()
    assert button.get("formaction") == address

    again = tree(chair.post(button.get("formaction"), data=fields | {"more": button.get("value")}).text)

    assert again.xpath('//input[@name="to-3-name"]/@value') == ["ITU-T SG21"]
    assert again.xpath('//input[@name="to-3-deadline"]/@value') == ["2026-12-01"], "the rest of the row stays"
    assert again.xpath('//input[@name="title"]/@value | //textarea[@name="title"]/text()')
    assert not again.xpath('//button[@name="more" and contains(@value, "=")]')
    done = chair.post(address, data=fields | {"to-3-name": "ITU-T SG21"}, follow_redirects=False)
    assert done.status_code == 303
    hostile = chair.post(address, data=fields | {"more": "to-3-name=<b>x</b>"})
    assert "<b>x</b>" not in hostile.text


def test_doors_of_writing_are_for_whoever_may(client: TestClient, make: Make, cast: Cast) -> None:
    received(cast.tsb.act)
    outsider, member = as_(client, make, cast.outsider), as_(client, make, cast.delegate_member)

    for address in ("/liaison/new", "/liaison/new/draft", "/liaison/receive"):
        assert client.get(address, follow_redirects=False).status_code == 303
        assert [each.get(address).status_code for each in (outsider, member)] == [403, 403]
    assert outsider.post("/liaison/new/draft", data=DRAFT).status_code == 403
    assert member.get("/liaison/T25-SG13-TD1-GEN/to/0/note").status_code == 403
    assert outsider.get("/liaison/T25-SG13-TD1-GEN/to/0/note").status_code == 404
    assert member.post("/liaison/T25-SG13-TD1-GEN/to/0/no-reply", data={"reason": "x"}).status_code == 403


# Drafting


def test_draft_keeps_each_addressee_with_its_purpose(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    rapporteur = as_(client, make, cast.rapporteur)

    done = rapporteur.post("/liaison/new/draft", data=DRAFT, follow_redirects=False)

    assert done.status_code == 303
    statement = statement_of(database)
    assert (statement.title, statement.body) == ("slices & <clocks>", "Dear colleagues,\nplease look.")
    with database.reading() as session:
        rows = session.exec(select(Addressee).order_by(col(Addressee.position))).all()
        assert [(row.name, row.purpose, row.deadline) for row in rows] == [
            ("ITU-T SG15", "action", date(2026, 9, 30)),
            ("3GPP SA2", "information", None),
        ]
        assert session.exec(select(Sender.question_ids)).one() == [cast.q2.id]
    shown = rapporteur.get(done.headers["location"])
    assert "slices &amp; &lt;clocks&gt;" in shown.text
    assert client.get(done.headers["location"], follow_redirects=False).status_code == 404


def test_one_more_addressee_is_a_row_and_saves_nothing(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    chair = as_(client, make, cast.chair)

    page = chair.post("/liaison/new/draft", data=DRAFT | {"more": "to", "title": "", "to-0-deadline": "soon"})

    assert page.status_code == 200
    assert len(tree(page.text).xpath('//input[starts-with(@name, "to-") and contains(@name, "-name")]')) == 3
    assert fields(page.text)["to-2-name"] == "3GPP SA2"
    with database.reading() as session:
        assert session.exec(select(Statement)).all() == []


def test_refusals_stand_at_the_rows_that_were_typed(client: TestClient, make: Make, cast: Cast) -> None:
    chair = as_(client, make, cast.chair)

    late = chair.post("/liaison/new/draft", data=DRAFT | {"to-0-name": "", "to-2-deadline": "2026-01-01"})
    itself = chair.post("/liaison/new/draft", data=DRAFT | {"to-0-name": "SG13"})
    nowhere = chair.post("/liaison/new/draft", data=DRAFT | {"reply_to": "SG17-LS999"})
    nobody = chair.post("/liaison/new/draft", data=DRAFT | {"from-0-name": ""})

    assert [each.status_code for each in (late, itself, nowhere, nobody)] == [422] * 4
    assert "before the day of sending" in fault_of(late.text, "to-2-deadline")
    assert "not addressed to ITU-T SG13" in fault_of(itself.text, "to-0-name")
    assert "“SG17-LS999” is known here" in fault_of(nowhere.text, "reply_to")
    assert "Say from whom it comes." in content(nobody.text)


def test_edit_shows_what_stands_and_refuses_what_is_stale(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    chair = as_(client, make, cast.chair)
    address = chair.post("/liaison/new/draft", data=DRAFT, follow_redirects=False).headers["location"]
    start = fields(chair.get(f"{address}/edit").text)

    first = chair.post(f"{address}/edit", data=start | {"title": "on slices, again"}, follow_redirects=False)
    stale = chair.post(f"{address}/edit", data=start | {"title": "mine"})
    again = chair.post(f"{address}/edit", data=fields(stale.text), follow_redirects=False)

    assert (start["from-0-name"], start["to-0-name"], start["to-1-name"]) == ("T/SG13", "T/SG15", "3gppsa2")
    assert (first.status_code, stale.status_code, again.status_code) == (303, 409, 303)
    assert "Somebody was faster" in content(stale.text)
    assert statement_of(database).title == "mine"
    with database.reading() as session:
        assert len(session.exec(select(Addressee)).all()) == 2


def test_sent_back_unchanged_an_agreed_draft_stays_agreed(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    chair = as_(client, make, cast.chair)
    address = chair.post("/liaison/new/draft", data=DRAFT, follow_redirects=False).headers["location"]
    chair.post(f"{address}/agreement", data={"level": "chair", "sender": "0"})
    assert statement_of(database).status == "approved"

    same = chair.post(f"{address}/edit", data=fields(chair.get(f"{address}/edit").text), follow_redirects=False)
    status = statement_of(database).status
    chair.post(f"{address}/edit", data=fields(chair.get(f"{address}/edit").text) | {"body": "Other words."})

    assert (same.status_code, status, statement_of(database).status) == (303, "approved", "draft")


def test_reply_starts_with_what_is_known(client: TestClient, make: Make, cast: Cast) -> None:
    statement = received(cast.tsb.act, to=[{"name": "T/SG13", "purpose": "action", "questions": ["Q2/13"]}])
    rapporteur = as_(client, make, cast.rapporteur)

    page = rapporteur.get(f"/liaison/new/draft?reply_to={statement.name}&to=0")

    told = fields(page.text)
    assert (told["from-0-name"], told["to-0-name"], told["reply_to"]) == ("T/SG13", "3gppsa2", statement.name)
    assert told["contact_name"] == cast.rapporteur.person.name


# Agreed and approved


def test_agreed_by_correspondence_waits_for_the_chair_who_is_named(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    rapporteur, chair = as_(client, make, cast.rapporteur), as_(client, make, cast.chair)
    address = rapporteur.post("/liaison/new/draft", data=DRAFT, follow_redirects=False).headers["location"]

    rapporteur.post(f"{address}/agreement", data={"level": "rapporteur-group", "sender": "0"})
    asked = rapporteur.get(f"{address}/approval")
    refused = rapporteur.post(f"{address}/approval", data={"sender": "0"})
    status = statement_of(database).status
    chair.post(f"{address}/approval", data={"sender": "0"})

    assert cast.chair.person.name in content(asked.text)
    assert (refused.status_code, status, statement_of(database).status) == (403, "agreed", "approved")


def test_where_nobody_holds_the_role_the_page_says_it_is_the_secretariats_task(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    office = as_(client, make, cast.tsb)
    address = office.post(
        "/liaison/new/draft", data=DRAFT | {"from-0-name": "SG15", "from-0-questions": "", "to-0-name": "SG13"},
        follow_redirects=False,
    ).headers["location"]  # fmt: skip
    office.post(f"{address}/agreement", data={"level": "study-group", "sender": "0"})

    page = office.get(f"{address}/approval")
    office.post(f"{address}/approval", data={"sender": "0"})

    assert "the secretariat’s task" in content(page.text)
    assert statement_of(database).status == "approved"


def test_meeting_that_does_not_agree_it_is_refused_at_the_form(client: TestClient, make: Make, cast: Cast) -> None:
    chair = as_(client, make, cast.chair)
    address = chair.post("/liaison/new/draft", data=DRAFT, follow_redirects=False).headers["location"]

    later = chair.post(f"{address}/agreement", data={"level": "study-group", "meeting": "T25-SG13-260413"})
    none = chair.post(f"{address}/agreement", data={"level": "study-group", "meeting": "T25-SG99-260413"})
    held = chair.post(
        f"{address}/agreement", data={"level": "study-group", "meeting": "T25-SG13-260216"}, follow_redirects=False
    )

    assert "begins on 2026-04-13" in fault_of(later.text, "meeting")
    assert "T25-SG99-260413" in fault_of(none.text, "meeting")
    assert held.status_code == 303


# Deeds of an addressee


def test_addressee_is_allotted_owned_noted_and_closed(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    statement = received(cast.tsb.act, to=[{"name": "T/SG13", "purpose": "action", "deadline": "2026-09-30"}])
    at = f"/liaison/{statement.name}/to/0"
    chair = as_(client, make, cast.chair)

    asked = chair.get(f"{at}/allotment")
    chair.post(f"{at}/allotment", data={"questions": [cast.q2.path]})
    allotted = to(database).state
    chair.post(f"{at}/owner", data={"person": cast.rapporteur.person.slug})
    chair.post(f"{at}/note", data={"meeting": "T25-SG13-260216", "note": "Read out"})
    noted = to(database).state
    empty = chair.post(f"{at}/no-reply", data={"reason": " "})
    closed = chair.post(f"{at}/no-reply", data={"reason": "Overtaken by events"}, follow_redirects=False)

    assert tree(asked.text).xpath(f'//input[@name="questions" and @value="{cast.q2.path}"]')
    assert (allotted, noted) == ("allotted", "noted")
    assert to(database).owner_id == cast.rapporteur.person.id
    assert fault_of(empty.text, "reason")
    assert (closed.status_code, to(database).state, to(database).closed_reason) == (
        303, "no-reply-needed", "Overtaken by events",
    )  # fmt: skip
    again = chair.post(f"{at}/note", data={})
    assert (again.status_code, "no-reply-needed already" in content(again.text)) == (409, True)


def test_forwarded_statement_gets_another_addressee(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    statement = received(cast.tsb.act, to=[{"name": "T/SG13", "purpose": "action", "deadline": "2026-09-30"}])
    at = f"/liaison/{statement.name}/to/0"
    office = as_(client, make, cast.tsb)

    wrong = office.post(f"{at}/forward", data={"to": "SG15\r\nIETF", "purpose": "action"})
    done = office.post(
        f"{at}/forward", data={"to": "SG15", "purpose": "action", "deadline": "2026-10-30"}, follow_redirects=False
    )

    assert "IETF" in fault_of(wrong.text, "to")
    assert done.status_code == 303
    assert (to(database, 1).name, to(database, 1).deadline) == ("ITU-T SG15", date(2026, 10, 30))


def test_page_of_the_statement_offers_what_may_be_done(client: TestClient, make: Make, cast: Cast) -> None:
    statement = received(cast.tsb.act, to=[{"name": "T/SG13", "purpose": "action", "deadline": "2026-09-30"}])
    chair, member = as_(client, make, cast.chair), as_(client, make, cast.delegate_member)
    address = f"/liaison/{statement.name}"

    def offered(browser: TestClient) -> set[str]:
        links = tree(browser.get(address).text).xpath('//a[starts-with(@href, "/liaison/")]/@href')
        return {link.removeprefix(f"{address}/to/0/") for link in links if "/to/0/" in link or "reply_to" in link}

    reply = f"/liaison/new/draft?reply_to={statement.name}&to=0"
    assert offered(chair) == {reply, "allotment", "owner", "note", "forward", "no-reply", "expectation", "answer"}
    assert offered(member) == set()


def test_expectation_can_be_taken_back_with_a_reason(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    statement = received(cast.tsb.act, to=[{"name": "T/SG13", "purpose": "action", "deadline": "2026-09-30"}])
    at = f"/liaison/{statement.name}/to/0/expectation"
    chair = as_(client, make, cast.chair)

    bare = chair.post(at, data={"is_expected": "false"})
    chair.post(at, data={"is_expected": "false", "reason": "Only for information after all"})

    assert fault_of(bare.text, "reason")
    assert to(database).is_answer_expected is False


def test_draft_is_about_what_it_names(client: TestClient, make: Make, cast: Cast, database: Database) -> None:
    chair = as_(client, make, cast.chair)

    wrong = chair.post("/liaison/new/draft", data=DRAFT | {"work_items": "Y.nothing"})
    chair.post("/liaison/new/draft", data=DRAFT | {"questions": "Q2/13", "meeting": "T25-SG13-260216"})

    assert "Y.nothing" in fault_of(wrong.text, "work_items")
    with database.reading() as session:
        assert sorted(session.exec(select(StatementLink.kind))) == ["meeting", "question"]
