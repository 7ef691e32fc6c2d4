"""The pages of the workspace; and that nobody but the owner finds anything of it through any door."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.documents.models import Document
from sgdocs.workspace import actions
from sgdocs.workspace.models import Kept, Looked, SavedSearch, TrackedList
from sgdocs.workspace.rules import Stance
from sgdocs.workspace.schemas import KeepForm, ListForm, SearchForm
from tests.cast import Cast, Player
from tests.documents.papers import UNITS, again, kept, paper
from tests.make import Make
from tests.people.browser import another, content, read, sign_in, tree

pytestmark = pytest.mark.databases("sqlite")
Browser = Callable[[Player], TestClient]
MEETING = "T25-SG13-260309"
CANARY = "zebrafinch"


@pytest.fixture
def signed_in(client: TestClient, make: Make) -> Browser:
    def browser(player: Player) -> TestClient:
        make.account(player.person)
        make.session.commit()
        new = another(client)
        sign_in(new, player.person)
        return new

    return browser


@pytest.fixture
def document(cast: Cast, make: Make) -> Document:
    cast.summon("sg13", "q2", "delegate_member")
    found = paper(make, meeting=MEETING)
    kept(make, found, UNITS)
    return found


@pytest.fixture
def mine(document: Document, signed_in: Browser, cast: Cast) -> TestClient:
    return signed_in(cast.delegate_member)


def test_panel_of_a_record_leads_to_the_form_and_back(mine: TestClient, document: Document, database: Database) -> None:
    record = tree(mine.get(f"/doc/{document.name}").text)
    (link,) = record.xpath("//div[@class='keep']/a/@href")
    page = mine.get(link)
    (form,) = [each for each in tree(page.text).forms if each.action == "/my/keep"]
    filled = dict(form.fields) | {"stance": "object", "note": "Clause 6.2 is too tight.", "is_favourite": "true"}
    answer = mine.post("/my/keep", data={name: value for name, value in filled.items() if value})

    assert answer.url.path == f"/doc/{document.name}"
    assert "It is kept." in content(answer.text)
    row = read(database, lambda s: s.exec(select(Kept)).one())
    assert (row.stance, row.note, row.is_favourite, row.mark) == ("object", "Clause 6.2 is too tight.", True, "r0")
    panel = mine.get(link, headers={"HX-Request": "true"})
    assert "<html" not in panel.text
    assert "Object" in panel.text
    assert "Clause 6.2 is too tight." in panel.text
    listed = content(mine.get("/my/kept").text)
    assert "SG13-C1" in listed
    assert "Clause 6.2 is too tight." in listed


def test_star_is_one_button(mine: TestClient, document: Document, database: Database) -> None:
    form = {"kind": "document", "id": document.id, "is_favourite": "true"}
    panel = mine.post("/my/keep/star", data=form, headers={"HX-Request": "true"})
    assert tree(panel.text).xpath("//button/@aria-pressed") == ["true"]

    answer = mine.post("/my/keep/star", data=form | {"is_favourite": ""})

    assert answer.url.path == f"/doc/{document.name}"
    assert read(database, lambda s: s.exec(select(Kept)).all()) == []


def test_stale_stance_is_told_and_confirmed(
    mine: TestClient, document: Document, cast: Cast, make: Make, work: Callable[[], None]
) -> None:
    mine.post("/my/keep", data={"kind": "document", "id": document.id, "stance": "support"})
    kept(make, document, (*UNITS[:3], UNITS[4]), part="R1")
    make.session.commit()
    work()
    at = f"/my/keep?kind=document&id={document.id}"

    page = mine.get(at)
    assert "written on r0, now R1: gone: 6.2" in content(page.text)
    (compare,) = tree(page.text).xpath("//a[text()='Compare the two']/@href")
    assert mine.get(compare).status_code == 200
    assert "now R1" in content(mine.get("/my/kept?only=stale").text)

    mine.post("/my/keep/confirmation", data={"kind": "document", "id": document.id})
    assert "now R1" not in mine.get(at).text
    assert "Nothing is kept here" in content(mine.get("/my/kept?only=stale").text)


def test_note_of_another_window_is_answered_with_what_was_typed(mine: TestClient, document: Document) -> None:
    at = {"kind": "document", "id": document.id}
    mine.post("/my/keep", data=at | {"note": "first"})
    answer = mine.post("/my/keep", data=at | {"note": "second", "was": "2020-01-01T00:00:00+00:00"})

    assert answer.status_code == 409
    assert "Somebody was faster" in content(answer.text)
    assert tree(answer.text).get_element_by_id("note").text.strip() == "second"


@pytest.mark.parametrize("list_", [f"/meeting/{MEETING}/documents", "/doc", f"/meeting/{MEETING}/agenda?group=T/SG13"])
def test_list_says_what_is_new_and_is_marked_as_read(
    mine: TestClient, document: Document, make: Make, database: Database, work: Callable[[], None], list_: str
) -> None:
    make.session.commit()
    work()
    bar = next(each for each in tree(mine.get(list_).text).forms if each.action == "/my/looked")
    assert bar.fields["back"] == list_
    assert mine.post("/my/looked", data=dict(bar.fields)).status_code == 200
    again(make.act, document, "documents.revised")
    make.session.commit()
    work()

    page = tree(mine.get(list_).text)

    bar = next(each for each in page.forms if each.action == "/my/looked")
    if "agenda" not in list_:
        assert "Since you looked on" in bar.text_content()
        assert page.xpath("//td//span[contains(@class, 'badge') and text()='revised']")
    assert page.xpath("//button[@data-key='m']") or "agenda" in list_
    mine.post("/my/looked", data=dict(bar.fields))
    after = tree(mine.get(list_).text)
    assert "Nothing new since you looked" in after.text_content()
    assert len(read(database, lambda s: s.exec(select(Looked)).all())) == 1


def test_mark_leads_to_no_other_host(mine: TestClient) -> None:
    answer = mine.post(
        "/my/looked", data={"place": "documents", "back": "https://evil.example/"}, follow_redirects=False
    )

    assert (answer.status_code, answer.headers["location"]) == (303, "/my")


def test_search_is_saved_from_its_list_and_explained(mine: TestClient, document: Document, database: Database) -> None:
    (link,) = tree(mine.get("/doc?group=SG13").text).xpath("//a[text()='Save this search']/@href")
    (form,) = [each for each in tree(mine.get(link).text).forms if each.action == "/my/searches"]
    shown = mine.post("/my/searches", data=dict(form.fields) | {"name": "Ours"})
    assert "1 hit" in content(shown.text)
    row = read(database, lambda s: s.exec(select(SavedSearch)).one())
    assert (row.path, row.query, row.often) == ("/doc", "group=SG13", "daily")

    mine.post("/my/searches", data={"name": "Old", "path": "/doc", "query": "colour=red&group=SG13", "often": "off"})
    told = content(mine.get("/my/searches").text)
    assert "“colour” is no field of this list any more; it is kept, and the rest is searched." in told
    assert "SG13-C1" in mine.get(f"/my/searches/{row.id}.csv").text
    refused = mine.post("/my/searches", data={"name": "x", "path": "/office", "often": "off"})
    assert refused.status_code == 422


def test_list_is_made_filled_and_emptied(mine: TestClient, document: Document, database: Database) -> None:
    at = mine.post("/my/lists", data={"name": "Timing"}).url.path
    list_id = int(at.rpartition("/")[2])
    mine.post("/my/lists/things", data={"list": list_id, "kind": "document", "id": document.id})
    assert "SG13-C1" in content(mine.get(at).text)
    (form,) = [each for each in tree(mine.get(at).text).forms if each.action == "/my/lists/things"]
    mine.post(form.action, data=dict(form.fields))

    assert "Nothing stands on the list yet" in content(mine.get(at).text)
    mine.post(f"{at}/end")
    assert read(database, lambda s: s.exec(select(TrackedList)).all()) == []


def test_delegation_shows_who_covers_what(mine: TestClient, document: Document, signed_in: Browser, cast: Cast) -> None:
    mine.post(
        "/my/keep",
        data={
            "kind": "document",
            "id": document.id,
            "stance": "object",
            "note": CANARY,
            "is_shared": "true",
            "covers": "true",
        },
    )
    colleague = signed_in(cast.rapporteur)
    page = content(colleague.get(f"/my/delegation?meeting={MEETING}").text)

    assert cast.delegate_member.person.name in page
    assert CANARY in page
    assert "0 covered by nobody" in page
    assert CANARY in colleague.get(f"/my/delegation.json?meeting={MEETING}").text
    other = signed_in(cast.delegate_state).get(f"/my/delegation?meeting={MEETING}")
    assert CANARY not in other.text
    assert "1 covered by nobody" in content(other.text)


EVERY = ("tsb", "br", "admin", "counsellor", "chair", "wp_chair", "rapporteur", "editor", "delegate_state",
         "delegate_academia", "delegate_associate", "focal_point", "guest", "outsider")  # fmt: skip


@pytest.mark.parametrize("role", EVERY)
def test_nothing_that_is_private_is_found_by(
    role: str, document: Document, signed_in: Browser, cast: Cast, make: Make, work: Callable[[], None]
) -> None:
    """Through page, export, API, search, feed and history. rapporteur and editor are of the same delegation."""
    me = cast.delegate_member.act
    actions.keep(me, "document", document.id or 0, KeepForm(note=CANARY, stance=Stance.OBJECT))
    row = actions.make_list(me, ListForm(name=CANARY))
    search = actions.save_search(me, SearchForm(name=CANARY, path="/doc", query=f"q={CANARY}", list_id=row.id))
    make.session.commit()
    work()
    browser = signed_in(getattr(cast, role))

    for address in (
        f"/doc/{document.name}", f"/doc/{document.name}/history", f"/doc/{document.name}.json", f"/meeting/{MEETING}/documents",
        f"/meeting/{MEETING}/documents.csv", f"/meeting/{MEETING}/agenda", "/my", "/my/kept", "/my/kept.json", "/my/kept.csv",
        "/my/searches", "/my/lists", "/my/delegation", f"/my/delegation.json?meeting={MEETING}",
        f"/my/keep?kind=document&id={document.id}", "/search.json?full=1", "/my/notices.json", "/office/journal",
        f"/person/{cast.delegate_member.person.slug}", "/api/v1/me/kept", f"/api/v1/me/kept/document/{document.id}",
        "/api/v1/me/searches", "/api/v1/me/lists", f"/api/v1/me/delegation?meeting={MEETING}", "/api/v1/changes?limit=500",
        "/doc/feed.atom",
    ):  # fmt: skip
        answer = browser.get(address)
        assert CANARY not in answer.text, address
    found = browser.get("/search.json", params={"q": CANARY, "full": "1"})
    assert found.json()["items"] == []
    for address in (f"/my/searches/{search.id}", f"/my/searches/{search.id}.json", f"/my/lists/{row.id}", f"/my/lists/{row.id}.csv",
                    f"/api/v1/me/searches/{search.id}/hits", f"/api/v1/me/lists/{row.id}"):  # fmt: skip
        assert browser.get(address).status_code == 404, address
    for address in (f"/my/searches/{search.id}/end", f"/my/lists/{row.id}/end", f"/my/searches/{search.id}/seen"):
        assert browser.post(address).status_code == 404, address
    assert browser.delete(f"/api/v1/me/lists/{row.id}").status_code in (403, 404)
    kept_still = make.session.exec(select(Kept.note)).all()
    assert list(kept_still) == [CANARY]


@pytest.mark.parametrize(
    "address",
    ["/my/kept", "/my/kept.csv", "/my/keep?kind=document&id=1", "/my/searches", "/my/lists", "/my/delegation",
     "/api/v1/me/kept", "/api/v1/me/searches", "/api/v1/me/lists"],
)  # fmt: skip
def test_strangers_sign_in_first(client: TestClient, address: str) -> None:
    assert client.get(address, follow_redirects=False).status_code in (303, 401, 403)


def test_pages_of_nobody_show_nothing_of_it(client: TestClient, document: Document, make: Make) -> None:
    document.audience = "public"
    make.session.commit()

    for address in (f"/doc/{document.name}", "/doc", f"/meeting/{MEETING}/documents"):
        page = client.get(address).text
        assert "/my/keep" not in page
        assert "/my/looked" not in page
