"""The pages of notices: what was told, how often, what is followed, the link in each letter, feeds, webhooks."""

import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest
from sqlmodel import col, select, update
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.mail.memory import MemoryMailer
from sgdocs.mail.models import Letter
from sgdocs.notices.models import FeedKey, Notice, Preference, Subscription, Webhook
from sgdocs.people.accounts import Account, GuestPass
from tests.cast import Cast, Player
from tests.documents.papers import paper
from tests.make import Make
from tests.people.browser import another, content, fault_of, read, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
Browser = Callable[[Player], TestClient]
ATOM = "{http://www.w3.org/2005/Atom}"


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
def dora(signed_in: Browser, cast: Cast) -> TestClient:
    cast.summon("sg13", "q2", "delegate_state")
    return signed_in(cast.delegate_state)


def rows(text: str) -> list[str]:
    return [" ".join(row.text_content().split()) for row in tree(text).iterfind(".//tbody/tr")]


def test_button_follows_and_the_page_says_so(
    dora: TestClient, cast: Cast, make: Make, database: Database, work: Callable[[], None]
) -> None:
    shown = tree(dora.get("/group/SG13").text)
    (form,) = (each for each in shown.forms if each.action == "/my/follow")
    answer = dora.post(form.action, data=dict(form.fields))

    assert answer.url.path == "/my/follow"
    assert "You follow this from now on." in content(answer.text)
    assert "You follow this since 2 Mar 2026." in content(answer.text)

    paper(make)
    make.session.commit()
    work()
    page = dora.get("/my/notices")
    assert rows(page.text) == [
        "new New: SG13-C1, Proposal 1 You get this because you follow ITU-T SG13. New documents 2 Mar 2026, 10:00 Mark as read"
    ]
    assert "1 is new" in content(dora.get("/my").text)
    read_now = dora.post("/my/notices/read", data={"ids": read(database, lambda s: s.exec(select(Notice.id)).one())})
    assert "0 of all your notices are new" in content(read_now.text)
    assert dora.get("/my/notices", params={"new": "true"}).text.count("<tbody") == 0


@pytest.mark.parametrize(
    "address",
    ["/my/notices", "/my/notices.json", "/my/notices/settings", "/my/follow?scope=all", "/my/feeds", "/my/webhooks"],
)
def test_strangers_sign_in_first(client: TestClient, address: str) -> None:
    assert client.get(address, follow_redirects=False).status_code in (303, 401, 403)


def test_what_one_may_not_know_of_cannot_be_followed(dora: TestClient, make: Make) -> None:
    hidden = paper(make, audience="secretariat")
    make.session.commit()

    for scope in (f"document:{hidden.id}", "document:999", "group:999", "person:1", "item:12"):
        assert dora.get("/my/follow", params={"scope": scope}).status_code == 404, scope
        assert dora.post("/my/follow", data={"scope": scope}).status_code == 404, scope
        assert dora.post("/my/follow/mute", data={"scope": scope}).status_code == 404, scope
    for scope in ("", "document", "document:x", "series:T/g", "document:1 OR 1=1"):
        assert dora.get("/my/follow", params={"scope": scope}).status_code == 422, scope


def test_some_topics_of_a_thing_are_chosen_and_stopped(dora: TestClient, cast: Cast, database: Database) -> None:
    scope = f"group:{cast.sg13.id}"
    dora.post("/my/follow", data={"scope": scope, "topics": ["documents", "late"]})
    assert read(database, lambda s: sorted(s.exec(select(Subscription.topic)))) == ["documents", "late"]
    assert "New documents, Late documents" in content(dora.get("/my/notices/settings").text)
    wrong = dora.post("/my/follow", data={"scope": scope, "topics": ["weather"]})
    assert (wrong.status_code, "weather" in fault_of(wrong.text, "topics")) == (422, True)

    dora.post("/my/follow/stop", data={"scope": scope})

    assert "You follow nothing yet." in content(dora.get("/my/notices/settings").text)


def test_how_often_is_chosen_for_each_topic(dora: TestClient, database: Database) -> None:
    form = tree(dora.get("/my/notices/settings").text).forms
    (chosen,) = (each for each in form if each.action == "/my/notices/settings")
    told = [value for name, value in chosen.form_values() if name == "often"]
    assert "documents=daily" in told
    assert "tasks=now" in told

    dora.post(
        "/my/notices/settings", data={"often": ["documents=weekly", "tasks=off", "nonsense=now", "late=never", "x"]}
    )

    kept = read(database, lambda s: {row.topic: row.often for row in s.exec(select(Preference))})
    assert kept == {"documents": "weekly", "tasks": "off"}


@pytest.fixture
def letter(dora: TestClient, cast: Cast, make: Make, database: Database, work: Callable[[], None]) -> Letter:
    """To Dora, on a document of SG13, which she follows and hears of at once."""
    dora.post("/my/follow", data={"scope": f"group:{cast.sg13.id}"})
    dora.post("/my/notices/settings", data={"often": "documents=now"})
    paper(make)
    make.session.commit()
    work()
    return read(database, lambda s: s.exec(select(Letter).where(Letter.kind == "notices.now")).one())


def link_in(letter: Letter) -> str:
    return re.search(r"https://sgdocs\.test(/stop/\S+)", letter.reason)[1]  # type: ignore[index]


def follows(database: Database) -> int:
    return len(read(database, lambda s: s.exec(select(Subscription)).all()))


def test_stop_link_shows_and_its_button_stops(client: TestClient, letter: Letter, database: Database) -> None:
    link = link_in(letter)
    for _ in range(2):
        shown = client.get(link)
        assert shown.status_code == 200
        assert shown.headers["Cache-Control"] == "no-store"
    assert client.head(link).status_code == 200
    assert "ITU-T SG13 You follow this." in content(shown.text)
    assert follows(database) == 1

    done = client.post(link, data={"what": "thing"})
    assert "You do not follow this any more." in content(done.text)
    assert follows(database) == 0
    assert "You follow this." in content(client.post(link, data={"what": "thing", "again": "true"}).text)
    assert follows(database) == 1

    client.post(link, data={"what": "topic"})
    kept = read(database, lambda s: {row.topic: row.often for row in s.exec(select(Preference))})
    assert kept == {"documents": "off"}
    client.post(link, data={"what": "all"})
    kept = read(database, lambda s: {row.often for row in s.exec(select(Preference))})
    assert kept == {"off"}
    assert "No letters come on any topic." in content(client.get(link).text)
    client.post(link, data={"what": "nonsense"})


def test_one_click_of_a_mail_program_stops_what_told(
    client: TestClient, letter: Letter, database: Database, mailer: MemoryMailer
) -> None:
    """As RFC 8058 says: by the header of the message that went out, without a cookie, answered without a redirect."""
    (sent,) = [each for each in mailer.sent if each["Subject"] == letter.subject]
    link = re.fullmatch(r"<https://sgdocs\.test(/stop/\S+)>", sent["List-Unsubscribe"])[1]  # type: ignore[index]
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    click, stranger = {"List-Unsubscribe": "One-Click"}, another(client)

    assert stranger.get(link).status_code == 200
    assert stranger.post(link, data={"List-Unsubscribe": "No-Click"}, follow_redirects=False).status_code == 303
    assert follows(database) == 1, "neither looking nor another word stops anything"
    for encoded in ({"data": click}, {"files": {name: (None, word) for name, word in click.items()}}):
        assert stranger.post(link, **encoded, follow_redirects=False).status_code == 200  # type: ignore[arg-type]
        assert follows(database) == 0
    assert read(database, lambda s: s.exec(select(Preference)).all())[0].often == "now", "the topic stays"


def test_stop_link_of_somebody_else_cannot_be_made(client: TestClient, letter: Letter, database: Database) -> None:
    link = link_in(letter)

    for bad in (link[:-2], link + "x", "/stop/abc", "/stop/WzEsImRvY3VtZW50cyIsIiJd.x"):
        assert client.get(bad).status_code == 404
        assert client.post(bad, data={"what": "all"}).status_code == 404
    assert client.post(link, data={"what": "all"}, headers={"Origin": "https://evil.test"}).status_code == 403
    assert follows(database) == 1


def test_stop_link_names_nothing_that_may_not_be_read_any_more(
    signed_in: Browser, client: TestClient, cast: Cast, make: Make, database: Database, work: Callable[[], None]
) -> None:
    document = paper(make)
    guest = signed_in(cast.guest)
    guest.post("/my/follow", data={"scope": f"document:{document.id}"})
    guest.post("/my/notices/settings", data={"often": "revisions=now"})
    from tests.documents.papers import again

    again(make.act, document, "documents.revised", part="R1")
    make.session.commit()
    work()
    letter = read(database, lambda s: s.exec(select(Letter).where(Letter.kind == "notices.now")).one())
    make.session.exec(update(GuestPass).values(ends_on=date(2026, 3, 1)))
    make.session.commit()

    shown = content(client.get(link_in(letter)).text)

    assert "SG13-C1" not in shown
    assert "something that you may not read any more" in shown
    client.post(link_in(letter), data={"what": "thing"})
    assert follows(database) == 0
    assert rows(guest.get("/my/notices").text) == []
    assert guest.get("/my/notices.json").json()["total"] == 0


# Feeds


def entries(client: TestClient, address: str) -> list[str]:
    """Titles, of a feed that must be there and be Atom."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text[:200])
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    for each in (root, *root.iterfind(f"{ATOM}entry")):
        assert all(each.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    ids = [each.findtext(f"{ATOM}id") for each in root.iterfind(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return [str(each.findtext(f"{ATOM}title")) for each in root.iterfind(f"{ATOM}entry")]


@pytest.fixture
def papers(cast: Cast, make: Make, work: Callable[[], None]) -> None:
    cast.summon("sg13")
    paper(make, 1, audience="public")
    paper(make, 2, title="A <b>bold</b> & \x0b odd one")
    paper(make, 3, group="T/SG15", audience="public")
    paper(make, 4, audience="secretariat")
    make.session.commit()
    work()


def test_public_feeds_hold_what_is_public(client: TestClient, papers: None) -> None:
    public = ["New: SG15-C3, Proposal 3", "New: SG13-C1, Proposal 1"]

    assert entries(client, "/doc/feed.atom") == public
    assert entries(client, "/feed.atom") == public
    assert entries(client, "/group/SG13/feed.atom") == public[1:]
    assert entries(client, "/group/T/sg13/feed.atom") == public[1:]
    for empty in ("/meeting/feed.atom", "/rec/feed.atom", "/wi/feed.atom", "/approval/feed.atom"):
        assert entries(client, empty) == []
    assert entries(client, "/doc/feed.atom?group=T/SG13") == public[1:]
    assert entries(client, "/doc/feed.atom?group=T/SG15&kind=&sector=T") == public[:1]
    assert client.get("/doc/feed.atom?group=SG99").status_code == 404
    assert client.get("/my/feed.atom").status_code == 404
    assert client.get("/group/SG99/feed.atom").status_code == 404


def key_of(browser: TestClient, feed: str) -> str:
    answer = browser.post("/my/feeds", data={"feed": feed})
    assert answer.status_code == 200, content(answer.text)
    (fresh,) = (code.text for code in tree(answer.text).iterfind(".//code") if "token=" in (code.text or ""))
    return str(fresh).removeprefix("https://sgdocs.test")


def test_key_opens_one_feed_of_one_person_to_be_read(
    client: TestClient, dora: TestClient, papers: None, make: Make, database: Database
) -> None:
    address = key_of(dora, "/group/SG13/feed.atom")

    assert entries(client, address) == ["New: SG13-C2, A <b>bold</b> & odd one", "New: SG13-C1, Proposal 1"]
    key = address.partition("?")[2]
    assert client.get(f"/doc/feed.atom?{key}").status_code == 404
    assert client.get(f"/group/SG15/feed.atom?{key}").status_code == 404
    assert client.get(f"/doc?{key}").status_code == 200
    assert "SG13-C2" not in client.get(f"/doc?{key}").text
    again = key_of(dora, "/group/sg13/feed.atom")
    assert client.get(address).status_code == 404, "a new key ends the old one"
    assert len(entries(client, again)) == 2
    assert read(database, lambda s: s.exec(select(FeedKey.used_at).where(col(FeedKey.used_at).is_not(None))).all())
    make.session.exec(update(Account).values(ended_at=make.act.now))
    make.session.commit()
    assert client.get(again).status_code == 404


def test_own_feed_shows_notices_and_ends_with_its_key(
    client: TestClient, dora: TestClient, cast: Cast, make: Make, work: Callable[[], None]
) -> None:
    dora.post("/my/follow", data={"scope": f"group:{cast.sg13.id}"})
    address = key_of(dora, "/my/feed.atom")
    paper(make)
    make.session.commit()
    work()
    assert entries(client, address) == ["New: SG13-C1, Proposal 1"]
    told = client.get(address)
    assert client.get(address, headers={"If-None-Match": told.headers["ETag"]}).status_code == 304

    (form,) = (each for each in tree(dora.get("/my/feeds").text).forms if (each.action or "").endswith("/end"))
    dora.post(form.action)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "feed", ["/nowhere/feed.atom", "/group/SG99/feed.atom", "feed.atom", "https://evil.test/feed.atom", "/doc", ""]
)
def test_there_is_no_key_to_no_feed(dora: TestClient, feed: str) -> None:
    assert dora.post("/my/feeds", data={"feed": feed}).status_code in (404, 422)


# Webhooks


def test_webhook_is_made_with_a_secret_shown_once_and_ended(dora: TestClient, cast: Cast, database: Database) -> None:
    dora.post("/my/follow", data={"scope": f"group:{cast.sg13.id}"})
    made = dora.post(
        "/my/webhooks",
        data={"url": "https://hooks.example.org/x", "scopes": [f"group:{cast.sg13.id}"], "topics": ["documents"]},
    )
    secret = read(database, lambda s: s.exec(select(Webhook.secret)).one())
    assert made.text.count(secret) == 1
    assert made.headers["Cache-Control"] == "no-store"
    shown = dora.get("/my/webhooks")
    assert secret not in shown.text
    assert "works" in content(shown.text)

    (form,) = (each for each in tree(shown.text).forms if (each.action or "").endswith("/end"))
    assert "ended" in content(dora.post(form.action).text)


@pytest.mark.parametrize(
    "url", ["http://hooks.example.org/", "https://127.0.0.1/", "https://localhost/", "x", "javascript:alert(1)"]
)
def test_webhook_to_no_public_address_is_refused(dora: TestClient, database: Database, url: str) -> None:
    answer = dora.post("/my/webhooks", data={"url": url})

    assert (answer.status_code, bool(fault_of(answer.text, "url"))) == (422, True)
    assert read(database, lambda s: s.exec(select(Webhook)).all()) == []


def test_pages_cost_few_queries(
    dora: TestClient, cast: Cast, make: Make, work: Callable[[], None], clock: Clock
) -> None:
    from sqlalchemy import event

    dora.post("/my/follow", data={"scope": "all"})
    for number in range(1, 60):
        paper(make, number)
    make.session.commit()
    work()
    told: list[str] = []
    engine = make.session.get_bind().engine  # type: ignore[union-attr]
    event.listen(engine, "before_cursor_execute", lambda *args: told.append(args[2]))

    assert dora.get("/my/notices").status_code == 200
    assert len([each for each in told if each.startswith("SELECT")]) <= 12
    assert len(rows(dora.get("/my/notices?page=2").text)) == 9
