"""The pages of one work item: its tabs, its deeds, its names and addresses, its form as Word file."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.text import reading
from sgdocs.web import urls
from sgdocs.work_programme import actions, form_reading
from sgdocs.work_programme.models import ItemBase, ItemPaper, Supporter, WorkItem
from sgdocs.work_programme.rules import ItemStatus
from sgdocs.work_programme.schemas import EditForm
from tests.cast import Cast, Player
from tests.documents.papers import file, paper
from tests.make import Make
from tests.people.browser import another, content, fault_of, sign_in, tree
from tests.work_programme.items import meeting, proposed, registered

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def item(make: Make, cast: Cast) -> WorkItem:
    cast.summon("rapporteur", "chair", "editor", "delegate_member", "outsider", "delegate_state")
    row = registered(cast, editors=[{"email": cast.editor.person.email}, {"name": "Bo", "role": "contact"}])
    meeting(make, date(2026, 2, 23))
    make.session.commit()
    return row


def as_(client: TestClient, make: Make, player: Player) -> TestClient:
    make.account(player.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def at(item: WorkItem, *more: object) -> str:
    return urls.work_item(item, *more)


class Kept:
    """What is kept, read apart: a reader holds no lock that a page would wait for."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __call__(self, item: WorkItem) -> dict[str, Any]:
        """The item as it is kept."""
        found = self.every(select(WorkItem).where(WorkItem.number == item.number))
        return dict(found[0].model_dump())

    def every(self, wanted: Any) -> list[Any]:
        with self.database.reading() as session:
            return list(session.exec(wanted))


@pytest.fixture
def kept(database: Database) -> Kept:
    return Kept(database)


def deeds(text: str) -> list[str]:
    return [each.text_content().strip() for each in tree(text).xpath('//aside[@class="actions"]//li/a')]


# What it is


def test_page_says_what_the_item_is(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    page = client.get(at(item))

    said = content(page.text)
    for words in (
        "Y.slice",
        "Slices of networks in tests",
        "Under study",
        "Q2/13",
        "2027-Q2",
        "AAP",
        "What a slice is.",
    ):
        assert words in said
    assert "Edwin Blotter" in said
    email = str(cast.editor.person.email)
    assert email not in page.text
    assert email in as_(client, make, cast.delegate_member).get(at(item)).text


@pytest.mark.parametrize("tail", ["", "/texts", "/documents", "/history", ".json", "/form.docx"])
def test_every_name_leads_to_the_address(client: TestClient, make: Make, item: WorkItem, tail: str) -> None:
    lasting = client.get(f"/wi/{item.number}-Y.old{tail}?a=b", follow_redirects=False)
    bare = client.get(f"/wi/y.SLICE{tail}", follow_redirects=False)

    assert (lasting.status_code, lasting.headers["location"]) == (301, f"/wi/{item.number}-Y.slice{tail}?a=b")
    assert (bare.status_code, bare.headers["location"]) == (302, f"/wi/{item.number}-Y.slice{tail}")
    assert client.get(f"/wi/Y.unknown{tail}").status_code == 404


def test_old_name_leads_to_the_new_one(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    old = at(item)
    actions.edit(cast.tsb.act, item, EditForm(acronym="Y.slices"))
    make.session.commit()

    for address in (old, "/wi/Y.slice"):
        assert client.get(address, follow_redirects=False).headers["location"] == f"/wi/{item.number}-Y.slices"
    assert "Called Y.slices now; it was Y.slice" in content(client.get(at(item, "history")).text)


def test_record_as_json_has_all_that_may_be_read(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    actions.attach(cast.tsb.act, item, paper(make, 3))
    make.session.commit()
    member = as_(client, make, cast.delegate_member)

    told = client.get(at(item) + ".json").json()
    assert (told["acronym"], told["scope"], told["papers"]) == ("Y.slice", "What a slice is.", [])
    assert [each["document"] for each in member.get(at(item) + ".json").json()["papers"]] == ["T25-SG13-C3"]
    assert "@" not in client.get(at(item) + ".json").text


def test_form_of_the_item_is_a_word_file(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    answer = client.get(at(item, "form.docx"))

    assert answer.headers["content-disposition"] == f'attachment; filename="a1-{item.number}-Y.slice.docx"'
    (form,) = form_reading.read(reading.read(answer.content, "form.docx").units)
    assert (form.name, form.title, form.question) == ("Y.slice", "Slices of networks in tests", "2/13")
    assert (form.timing, form.process, form.base_text) == ("2027-Q2", "aap", "Chapter 3 of the report")
    assert form.supporters == ("Aland", "Borduria", "Cagliostro", "Drachenfels")
    assert [(each.name, each.email) for each in form.editors] == [("Edwin Blotter", "")]


def test_papers_are_for_those_who_read_them(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    given = paper(make, 9, title="Secret of slices")
    actions.set_base(cast.tsb.act, item, given, "", note="with the secret")
    actions.attach(cast.tsb.act, item, given)
    make.session.commit()
    member, outsider = as_(client, make, cast.delegate_member), as_(client, make, cast.outsider)

    for tail in ("texts", "documents"):
        assert "Secret of slices" in content(member.get(at(item, tail)).text)
        for reader in (client, outsider):
            assert "ecret" not in content(reader.get(at(item, tail)).text)
    assert "a document for members" in content(client.get(at(item)).text)
    assert "SG13-C9" not in client.get(at(item)).text
    assert "T25-SG13-C9" not in client.get(at(item, "history")).text
    assert "T25-SG13-C9" in member.get(at(item, "history")).text


def test_document_found_by_its_title_says_why_it_is_there(
    client: TestClient, make: Make, cast: Cast, item: WorkItem
) -> None:
    actions.attach(cast.tsb.act, item, paper(make, 3), because="title")
    make.session.commit()
    member = as_(client, make, cast.delegate_member)

    assert "its title names the item" in content(member.get(at(item, "documents")).text)
    said = "T25-SG13-C3 belongs to it (Contribution): its title names the item"
    assert said in content(member.get(at(item, "history")).text)


def test_document_names_the_items_it_belongs_to(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    actions.attach(cast.tsb.act, item, paper(make, 3))
    hidden = registered(cast, acronym="Y.hidden")
    hidden.audience = "secretariat"
    actions.attach(cast.tsb.act, hidden, paper(make, 4))
    make.session.commit()
    member = as_(client, make, cast.delegate_member)

    links = tree(member.get("/doc/T25-SG13-C3").text).xpath('//dl[@class="facts"]//a[starts-with(@href, "/wi/")]')
    assert [(each.text_content(), each.get("href")) for each in links] == [("Y.slice", at(item))]
    assert "Y.hidden" not in member.get("/doc/T25-SG13-C4").text


# Who may do what


def test_deeds_are_offered_to_whoever_may(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    assert deeds(client.get(at(item)).text) == ["Form A.1, .docx", "This record as JSON"]
    assert "Support it" in deeds(as_(client, make, cast.delegate_member).get(at(item)).text)
    editing = deeds(as_(client, make, cast.rapporteur).get(at(item)).text)
    assert "Edit the item" in editing
    assert "Discontinue" not in editing
    assert "Discontinue" in deeds(as_(client, make, cast.chair).get(at(item)).text)


FORMS = ("edit", "base", "papers/new", "dependencies/new", "patents", "process", "move", "merge", "discontinuation")


@pytest.mark.parametrize("tail", FORMS)
def test_forms_are_for_whoever_may(
    client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept, tail: str
) -> None:
    post = at(item, *tail.removesuffix("/new").split("/"))

    assert as_(client, make, cast.chair).get(at(item, *tail.split("/"))).status_code == 200
    for reader in (client, as_(client, make, cast.delegate_member)):
        assert reader.get(at(item, *tail.split("/")), follow_redirects=False).status_code in (303, 401, 403)
        assert reader.post(post, data={}, follow_redirects=False).status_code in (303, 401, 403)
    assert kept(item)["status"] == ItemStatus.UNDER_STUDY


# The deeds


def test_proposal_is_registered_by_the_chair(
    client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept
) -> None:
    asked = proposed(cast, acronym="Y.asked", accept=True)
    make.session.commit()
    chair = as_(client, make, cast.chair)
    assert "Register" in tree(chair.get(at(asked)).text).xpath('string(//aside//a[@class="button is-main"])')
    assert "T25-SG13-260223" in chair.get(at(asked, "registration")).text

    without = chair.post(at(asked, "registration"), data={})
    assert (without.status_code, "Name the meeting" in fault_of(without.text, "meeting")) == (422, True)
    wrong = chair.post(at(asked, "registration"), data={"meeting": "T25-SG13-990101"})
    assert (wrong.status_code, "The code of a meeting" in fault_of(wrong.text, "meeting")) == (422, True)
    done = chair.post(at(asked, "registration"), data={"meeting": "t25-sg13-260223"})

    assert "The work item is registered." in content(done.text)
    assert kept(asked)["status"] == ItemStatus.UNDER_STUDY
    assert "Registered by T25-SG13-260223" in content(chair.get(at(asked, "history")).text)


def test_incomplete_proposal_says_what_it_lacks(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    asked = proposed(cast, acronym="Y.asked", accept=True)
    actions.edit(cast.tsb.act, asked, EditForm(scope="", timing=""))
    make.session.commit()

    said = content(as_(client, make, cast.chair).get(at(asked, "registration")).text)
    assert "The form says nothing yet about: Target date, Scope." in said


def test_item_is_discontinued_with_a_reason(
    client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept
) -> None:
    chair = as_(client, make, cast.chair)

    silent = chair.post(at(item, "discontinuation"), data={"meeting": "T25-SG13-260223"})
    assert (silent.status_code, "Say why" in fault_of(silent.text, "reason")) == (422, True)
    assert kept(item)["status"] == ItemStatus.UNDER_STUDY
    done = chair.post(at(item, "discontinuation"), data={"meeting": "T25-SG13-260223", "reason": "No <b>interest</b>"})

    assert "No <b>interest</b>" in content(done.text)
    assert kept(item)["status"] == ItemStatus.DELETED
    assert "Discontinued by T25-SG13-260223: No <b>interest</b>" in content(client.get(at(item, "history")).text)
    again = chair.post(at(item, "discontinuation"), data={"meeting": "T25-SG13-260223", "reason": "Again"})
    assert again.status_code == 422
    assert deeds(chair.get(at(item)).text) == ["Add a document", "Form A.1, .docx", "This record as JSON"]
    anew = chair.post(at(item, "reregistration"), data={"meeting": "T25-SG13-260223"})
    assert f"ContinuesY.slice {item.number}" in content(anew.text)
    assert "Registered anew as Y.slice" in content(client.get(at(item)).text)


def test_base_text_moves_with_each_output(
    client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept
) -> None:
    first, second = paper(make, 1), paper(make, 2)
    for row in (first, second):
        file(make, row)
    make.session.commit()
    rapporteur = as_(client, make, cast.rapporteur)

    for words in ("T25-SG13-C1", "sg13-c2"):
        assert rapporteur.post(at(item, "base"), data={"document": words}).status_code == 200
    page = rapporteur.get(at(item, "texts"))

    rows = [row.text_content().split() for row in tree(page.text).xpath("//table[1]/tbody/tr")]
    assert [(row[0], row[1]) for row in rows] == [("SG13-C2", "worked"), ("SG13-C1", "earlier"), ("in", "words")]
    unknown = rapporteur.post(at(item, "base"), data={"document": "SG13-C99"})
    assert (unknown.status_code, "one document that you may read" in fault_of(unknown.text, "document")) == (422, True)
    assert len(kept.every(select(ItemBase.id))) == 3


def test_document_is_added_and_taken_away(
    client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept
) -> None:
    paper(make, 4, title="About slices")
    make.session.commit()
    rapporteur = as_(client, make, cast.rapporteur)
    told = {"document": "T25-SG13-C4", "role": "justification", "about": "IETF RFC 8200"}

    assert "IETF RFC 8200" in content(rapporteur.post(at(item, "papers"), data=told).text)
    page = rapporteur.get(at(item, "documents")).text
    assert "About slices" in content(page)
    gone = rapporteur.post(at(item, "papers", "removal"), data=told)

    assert "The document does not belong to the item any more." in content(gone.text)
    assert "About slices" not in content(rapporteur.get(at(item, "documents")).text)
    assert kept.every(select(ItemPaper.removed_at)) != [None]
    twice = rapporteur.post(at(item, "papers", "removal"), data=told)
    assert twice.status_code == 404


def test_delegate_supports_for_the_own_entity_alone(
    client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept
) -> None:
    delegate = as_(client, make, cast.delegate_member)
    page = delegate.get(at(item, "support", "new"))
    assert "Imaginary Networks" in content(page.text)
    assert not tree(page.text).xpath('//input[@name="name" and @type="text"]')

    other = delegate.post(at(item, "support"), data={"name": "Administration of Fictavia", "support": "work"})
    assert other.status_code == 422
    done = delegate.post(at(item, "support"), data={"name": "Imaginary Networks", "support": "work"})
    assert "The support is recorded." in content(done.text)
    assert "Imaginary Networks contributes to the work" in content(client.get(at(item, "history")).text)
    back = delegate.post(at(item, "support", "withdrawal"), data={"name": "Imaginary Networks", "support": "work"})

    assert "The support is taken back." in content(back.text)
    assert "Imaginary Networks" not in kept.every(select(Supporter.name))
    theirs = delegate.post(at(item, "support", "withdrawal"), data={"name": "Aland", "support": "work"})
    assert theirs.status_code == 403


def test_item_waits_until_the_other_is_there(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    other = registered(cast, acronym="Y.frame")
    make.session.commit()
    rapporteur = as_(client, make, cast.rapporteur)

    nothing = rapporteur.post(at(item, "dependencies"), data={})
    assert nothing.status_code == 422
    done = rapporteur.post(at(item, "dependencies"), data={"on": "y.frame", "note": "for frames"})
    assert "Waits forY.frame (for frames)" in content(done.text)
    loop = rapporteur.post(at(other, "dependencies"), data={"on": at(item)})
    assert (loop.status_code, "Y.slice waits for Y.frame already" in fault_of(loop.text, "on")) == (422, True)
    assert "is waited for by Y.slice" in content(client.get(at(other)).text)
    (button,) = tree(rapporteur.get(at(item)).text).xpath('//form[contains(@action, "/release")]')

    there = rapporteur.post(button.get("action"))
    assert "is there Y.frame" in content(there.text)
    twice = rapporteur.post(button.get("action"))
    assert "It was there on" in content(twice.text)


def test_patent_question_is_minuted(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    rapporteur = as_(client, make, cast.rapporteur)
    assert "Not minuted yet" in content(rapporteur.get(at(item)).text)

    done = rapporteur.post(at(item, "patents"), data={"meeting": "T25-SG13-260223", "note": "Nobody answered."})
    assert "Asked at T25-SG13-260223. Nobody answered." in content(done.text)
    assert rapporteur.post(at(item, "patents"), data={"meeting": ""}).status_code == 422


def test_process_changes_by_decision(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    chair = as_(client, make, cast.chair)
    offered = tree(chair.get(at(item, "process")).text).xpath('//select[@id="process"]/option/@value')
    assert offered == ["", "tap"]

    done = chair.post(at(item, "process"), data={"process": "tap", "meeting": "T25-SG13-260223"})
    assert "Goes by TAP now, it was AAP; decided by T25-SG13-260223" in content(client.get(at(item, "history")).text)
    assert done.status_code == 200
    wrong = chair.post(at(item, "process"), data={"process": "agreement", "meeting": "T25-SG13-260223"})
    assert wrong.status_code == 422


def test_item_moves_to_another_question(client: TestClient, make: Make, cast: Cast, item: WorkItem) -> None:
    make.group("T/SG13/T25/Q3", title="Clouds", working_party=cast.wp1)
    make.session.commit()
    chair = as_(client, make, cast.chair)

    wrong = chair.post(at(item, "move"), data={"question": "Q99/13"})
    assert (wrong.status_code, bool(fault_of(wrong.text, "question"))) == (422, True)
    done = chair.post(at(item, "move"), data={"question": "Q3/13", "reason": "It fits there."})

    assert "Q3/13" in content(done.text)
    assert "Moved from Q2/13 to Q3/13: It fits there." in content(client.get(at(item, "history")).text)
    assert client.get(at(item)).status_code == 200


def test_item_is_merged_into_another(client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept) -> None:
    number = registered(cast, acronym="Y.frame", title="Frames").id
    make.session.commit()
    chair = as_(client, make, cast.chair)

    told = {"into": "Y.frame", "meeting": "T25-SG13-260223", "reason": "The same."}
    own = chair.post(at(item, "merge"), data=told | {"into": "Y.slice"})
    assert (own.status_code, bool(fault_of(own.text, "into"))) == (422, True)
    assert "Goes on as Y.frame Frames" in content(chair.post(at(item, "merge"), data=told).text)
    assert [kept(item)[each] for each in ("status", "merged_into_id")] == [ItemStatus.MERGED, number]


# Edit


def form_of(text: str) -> dict[str, str]:
    """The fields of the form as the page has them."""
    (form,) = tree(text).xpath('//form[contains(@class, "item-form")]')
    return dict(form.form_values())


def test_edit_keeps_what_was_not_touched(
    client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept
) -> None:
    rapporteur = as_(client, make, cast.rapporteur)
    form = form_of(rapporteur.get(at(item, "edit")).text)
    before = kept(item) | {"changed_at": None}

    same = rapporteur.post(at(item, "edit"), data=form, follow_redirects=False)
    assert same.status_code == 303
    assert kept(item) | {"changed_at": None} == before
    assert "Changed" not in content(client.get(at(item, "history")).text)
    told = form_of(rapporteur.get(at(item, "edit")).text) | {"title": "Slices, said better", "timing": "2027-09"}
    done = rapporteur.post(at(item, "edit"), data=told)

    assert "Slices, said better" in content(done.text)
    assert "Changed Title and Target date" in content(client.get(at(item, "history")).text)
    names = kept.every(select(Supporter.name))
    assert names == ["Aland", "Borduria", "Cagliostro", "Drachenfels"]


def test_edit_empties_what_was_emptied(
    client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept
) -> None:
    rapporteur = as_(client, make, cast.rapporteur)
    form = form_of(rapporteur.get(at(item, "edit")).text)

    assert rapporteur.post(at(item, "edit"), data=form | {"relations": "", "editors": ""}).status_code == 200
    assert kept(item)["relations"] == ""
    assert "No editor is named." in content(client.get(at(item)).text)
    untitled = form_of(rapporteur.get(at(item, "edit")).text) | {"title": ""}
    answer = rapporteur.post(at(item, "edit"), data=untitled)
    assert (answer.status_code, bool(fault_of(answer.text, "title"))) == (422, True)


def test_edit_of_an_outdated_page_is_asked_again(
    client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept
) -> None:
    rapporteur = as_(client, make, cast.rapporteur)
    form = form_of(rapporteur.get(at(item, "edit")).text) | {"title": "Mine"}
    actions.edit(cast.tsb.act, item, EditForm(title="Theirs"))
    item.changed_at = item.changed_at.replace(year=2027)
    make.session.commit()

    answer = rapporteur.post(at(item, "edit"), data=form)
    assert (answer.status_code, "Somebody was faster" in content(answer.text)) == (409, True)
    assert kept(item)["title"] == "Theirs"
    again = form_of(answer.text)
    assert again["title"] == "Mine"
    assert rapporteur.post(at(item, "edit"), data=again).status_code == 200
    assert kept(item)["title"] == "Mine"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("timing", "soon"),
        ("text", "G.99999"),
        ("acronym", "<script>"),
        ("acronym", "4711-x"),
        ("title", "x" * 256),
        ("editors", "x" * 20_001),
        ("version", "opus"),
    ],
)
def test_edit_shows_what_is_wrong_at_its_field(
    client: TestClient, make: Make, cast: Cast, *, item: WorkItem, kept: Kept, field: str, words: str
) -> None:
    rapporteur = as_(client, make, cast.rapporteur)
    form = form_of(rapporteur.get(at(item, "edit")).text)

    answer = rapporteur.post(at(item, "edit"), data=form | {field: words})

    assert (answer.status_code, bool(fault_of(answer.text, field))) == (422, True)
    assert kept(item)["title"] == "Slices of networks in tests"
