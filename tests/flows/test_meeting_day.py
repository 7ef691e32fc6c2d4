"""The first day of a meeting: six people in four languages talk, share the work, meet, translate and keep the record.

Source: domain 5.5, 8.3, features of working together.
"""

import io
import zipfile
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from lxml.html import HtmlElement

from sgdocs.i18n import language
from tests.flows.meeting_house import LANGUAGES, SECRET, Day, client, day, services, settings
from tests.people.browser import another, content, tree

__all__ = ["client", "day", "services", "settings"]
OFF = "zebrafinch: who sells me a phone?"


def said(code: str, words: str, **facts: object) -> str:
    """As a page in that language words it."""
    return language(code).say(words) % facts if facts else language(code).say(words)


def test_a_meeting_day_of_six_people(day: Day) -> None:
    announced(day)
    joined(day)
    talk = talked(day)
    brought(day)
    corrected(day, talk)
    hidden(day, talk)
    shared_out(day, talk)
    searched(day)
    translated(day)
    kept(day, talk)


def test_a_workshop_beside_the_meeting(day: Day) -> None:
    event = held(day)
    taken_part(day, event)
    met(day, event)


def announced(day: Day) -> None:
    """The secretariat tells of tonight's maintenance; it stands over every page, in the language of whoever reads it."""
    day.sends(
        "tsb", "/office/announcements", "/office/announcements", kind="maintenance", severity="warning",
        begins_at="2026-03-23T10:00", ends_at="2026-03-23T23:00",
        title_en="Closed at eight tonight", title_fr="Fermé ce soir à vingt heures", title_zh="今晚八点关闭",
    )  # fmt: skip
    day.later(1)
    told = {"en": "Closed at eight tonight", "fr": "Fermé ce soir à vingt heures", "zh": "今晚八点关闭"}
    for who, code in LANGUAGES.items():
        (banner,) = day.tree(who, f"{day.at}/discussion").cssselect("aside.announced bdi")
        read_in = code if code in told else "en"
        assert banner.text_content() == told[read_in], who
        assert next(each.get("lang") for each in (banner, *banner.iterancestors()) if each.get("lang")) == read_in
    assert "今晚八点关闭" in another(day.client).get("/", headers={"Accept-Language": "zh"}).text


def joined(day: Day) -> None:
    """The delegate is registered by the focal point and joins from afar, the chair as moderator; others are not let in."""
    way = f"{day.at}/sitting/{day.sitting.id}/join"
    day.sends("delegate", f"{day.at}/registration", f"{day.at}/registration", mode="remote", is_listed="true")
    assert day.by["delegate"].get(way, follow_redirects=False).status_code == 403
    day.sends("tsb", f"{day.at}/participants", approval(day), approve="true")
    assert way in day.by["delegate"].get(day.at).text
    led = {who: day.by[who].get(way, follow_redirects=False) for who in day.by}
    assert {who: each.status_code for who, each in led.items()} == {
        "delegate": 303, "chair": 303, "tsb": 303, "rapporteur": 403, "guest": 403, "expert": 403,
    }  # fmt: skip
    tokens = {who: token(led[who].headers["location"]) for who in ("delegate", "chair")}
    assert {who: each["context"]["user"]["moderator"] for who, each in tokens.items()} == {
        "delegate": False, "chair": True,
    }  # fmt: skip
    assert {each["room"] for each in tokens.values()} == {urlsplit(led["chair"].headers["location"]).path[1:]}
    for who, address in (("expert", day.at), ("delegate", f"{day.at}.json"), ("delegate", "/my"), ("chair", day.at)):
        assert "meet.example" not in day.by[who].get(address).text


def approval(day: Day) -> str:
    (form,) = day.tree("tsb", f"{day.at}/participants").xpath("//form[contains(@action, '/participants/')]")
    return str(form.action)


def token(address: str) -> dict[str, Any]:
    """What the room is told of who comes in."""
    at = urlsplit(address)
    assert at.netloc == "meet.example"
    key = parse_qs(at.query)["jwt"][0]
    return jwt.decode(
        key, SECRET, algorithms=["HS256"], audience="jitsi", options={"verify_exp": False, "verify_nbf": False}
    )


def talked(day: Day) -> str:
    """The chair begins, names the delegate, who is told at once; a stranger sees nothing. The address of the thread."""
    at = f"{day.at}/discussion"
    first = day.says("chair", at, "Bonjour. On commence ; @selim-courier, le **point 3** ?")
    thread = first.partition("?")[0]
    day.later(1)
    assert "the message names you" in day.notices("delegate")
    assert thread in day.by["delegate"].get("/my/notices").text
    assert thread not in day.by["expert"].get("/my/notices").text
    letters = [each for each in day.mailer.sent if "selimcourier@" in str(each["To"])]
    told = [each["Subject"] for each in letters if f"{thread}?at=1#m1" in text_of(each)]
    assert told == [f"New message on {day.meeting.code}"]

    day.says("delegate", at, "Good morning. We have *splices* to report.", answers="1")
    day.says("expert", at, "早上好。")
    day.says("guest", at, "صباح الخير")
    for who, code in LANGUAGES.items():
        page = day.tree(who, at)
        assert [each.get("id") for each in page.cssselect("#messages > li")] == ["m1", "m2", "m3", "m4"]
        assert page.cssselect("#composer button.is-main")[0].text_content() == said(code, "Send")
        assert said(code, "Answers #%(number)s of %(name)s", number=1, name="Clara Gavel") in content_of(page)
    outside = another(day.client)
    assert (outside.get(thread).status_code, "Bonjour" in outside.get(at).text) == (404, False)
    return thread


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    return str(part.get_content()) if part is not None else ""


def content_of(page: HtmlElement) -> str:
    return " ".join(page.get_element_by_id("content").text_content().split())


def brought(day: Day) -> None:
    """The expert brings the own contribution along; its item of the agenda and its clause are talked about."""
    there = day.says("expert", f"{day.at}/discussion", "我们的文稿。", papers=day.paper)
    (shown,) = day.tree("chair", there).cssselect("#m5")
    assert f"/doc/{day.paper}" in [each.get("href") for each in shown.iter("a")]

    agenda = day.tree("rapporteur", f"{day.at}/agenda?group=T/SG13/T25/Q2")
    item = str(agenda.xpath("//a[contains(@href, '/agenda/items/')]/@href")[0])
    day.says("rapporteur", panel(day, "rapporteur", item), "On le prend avant la pause.")
    assert "avant la pause" in " ".join(day.tree("delegate", panel(day, "delegate", item)).text_content().split())

    (link,) = day.tree("delegate", f"/doc/{day.paper}/text").xpath("//a[contains(@aria-label, 'Measurements')]/@href")
    clause = day.says("delegate", link, "Each splice, or each pair?")
    (link,) = day.tree("expert", f"/doc/{day.paper}/text").xpath("//a[contains(@href, '/discussion/')]/@href")[1:2]
    assert clause.startswith(link)
    day.says("expert", link, "每个接头。", answers="1")


def panel(day: Day, who: str, page: str) -> str:
    """Where the discussion of a page comes from."""
    (address,) = day.tree(who, page).xpath("//div[@id='discussion']/@data-hx-get")
    return str(address)


def corrected(day: Day, talk: str) -> None:
    """The delegate changes the text; both texts stay to be read, whoever was told is not told again."""
    day.sends("delegate", f"{talk}/message/2", f"{talk}/message/2", text="Good morning. We have *twelve* to report.")
    day.later(1)
    (seen,) = day.tree("rapporteur", talk).cssselect("#m2")
    assert "twelve" in seen.text_content()
    assert said("fr", "edited") in seen.text_content()
    history = day.page("rapporteur", f"{talk}/message/2")
    assert ["splices" in history, "twelve" in history] == [True, True]
    assert not day.tree("rapporteur", f"{talk}/message/2").cssselect("form textarea")


def hidden(day: Day, talk: str) -> None:
    """The guest is off the subject; the chair hides it with a reason, which all read, and nobody else the words."""
    at = day.says("guest", f"{day.at}/discussion", OFF)
    number = at.rpartition("#m")[2]
    day.later(1)
    assert "zebrafinch" in day.page("delegate", "/search?q=zebrafinch")
    action = f"{talk}/message/{number}/hiding"
    assert day.by["delegate"].post(action, data={"reason": "No"}).status_code == 403
    day.sends("chair", f"{talk}/message/{number}", action, reason="Hors sujet")
    day.later(1)
    for who, code in LANGUAGES.items():
        (shown,) = day.tree(who, talk).cssselect(f"#m{number}")
        assert said(code, "Hidden by an officer: %(reason)s", reason="Hors sujet") in shown.text_content()
        assert "zebrafinch" not in day.by[who].get(talk).text
    sees = {who for who in day.by if "zebrafinch" in day.by[who].get(f"{talk}/message/{number}").text}
    assert sees == {"guest", "chair", "tsb"}
    assert f"{talk}?at={number}#m{number}" in day.by["guest"].get("/my/notices").text
    assert f"{talk}" not in day.by["delegate"].get("/search?q=zebrafinch").text


def shared_out(day: Day, talk: str) -> None:
    """The chair makes a task of a message; its owner moves it on the board, beside an action item of the meeting."""
    (link,) = day.tree("chair", f"{talk}/message/2").xpath("//a[contains(@href, '/tasks/new?')]/@href")
    (form,) = [each for each in day.tree("chair", link).forms if str(each.action).endswith("/tasks")]
    owner = day.players["delegate"].person.email or ""
    board = str(form.action)
    day.sends("chair", link, board, owner=owner, due_on="2026-03-27")
    day.sends(
        "rapporteur", f"{day.at}/actions?group=T/SG13/T25/Q2", f"{day.at}/actions", text="Write to SG15",
        owner=owner, due_on="2026-03-30",
    )  # fmt: skip
    assert columns(day, board) == [2, 0, 0]
    (move,) = day.tree("delegate", board).xpath(f"//form[starts-with(@action, '{board}/')]/@action")
    day.sends("delegate", board, move, to="doing")
    assert columns(day, board) == [1, 1, 0]
    task = day.tree("expert", move.removesuffix("/move"))
    assert "twelve" in content_of(task)
    assert any(str(each).startswith(talk) for each in task.xpath("//a/@href"))
    assert "Write to SG15" in day.page("delegate", "/my/tasks")
    day.later(1)
    assert "twelve" in day.notices("delegate")


def columns(day: Day, board: str) -> list[int]:
    """How many cards each column has."""
    found = day.tree("rapporteur", board).cssselect("section.task-column")
    return [len(each.cssselect("article")) for each in found]


def searched(day: Day) -> None:
    """Each asks in the own language and finds the English paper."""
    asked = {"chair": "fibre optique monomode", "expert": "单模光纤", "guest": "الألياف البصرية أحادية الأسلوب"}
    for who, words in asked.items():
        assert day.paper in day.by[who].get("/search", params={"q": words}).text, who
    assert "twelve" in day.page("expert", "/search?q=twelve&kind=message")


def translated(day: Day) -> None:
    """Once it is public the paper goes to the translator by the rapporteur's wish, labelled, and is not found as an original."""
    (link,) = day.tree("tsb", f"/doc/{day.paper}").xpath("//a[contains(@href, '/access')]/@href")
    assert not day.tree("rapporteur", f"/doc/{day.paper}").xpath("//a[contains(@href, '/translation/')]")
    day.sends("tsb", link, link, audience="public", reason="Agreed")
    day.later(1)
    (ask,) = day.tree("rapporteur", f"/doc/{day.paper}").xpath("//a[contains(@href, '/translation/')]")
    assert "translator.example" in ask.text_content()
    there = day.sends("rapporteur", ask.get("href"), ask.get("href"), language="fr")
    day.later(1)
    page = content_of(day.tree("rapporteur", there))
    assert said("fr", "Not official") in page
    assert "ehT fibre optique monomode sesol 0.2 Bd" in page, "turned word by word, but for the official term"
    day.later(1)
    assert day.paper not in day.by["rapporteur"].get("/search?q=sesol").text
    assert day.paper in day.by["rapporteur"].get("/search?q=loses").text
    told = {who: there in day.by[who].get("/my/notices").text for who in ("rapporteur", "expert")}
    assert told["expert"] is False


def kept(day: Day, talk: str) -> None:
    """All that was said goes along with the record of the meeting, without what was hidden; a stranger gets nothing."""
    record = day.by["tsb"].get(f"{day.at}/discussion.md").text
    for words in ("Bonjour", "twelve", "早上好", "صباح الخير", "avant la pause", "Each splice", "Hors sujet"):
        assert words in record, words
    for words in ("zebrafinch", "have *splices*"):
        assert words not in record, words
    answer = day.by["delegate"].get(f"{day.at}/bundle.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        (told,) = [each for each in archive.namelist() if each.endswith("discussion.md")]
        assert archive.read(told).decode() == record
        assert any(day.paper.rpartition("-")[2] in each for each in archive.namelist())
        assert b"zebrafinch" not in b"".join(archive.read(each) for each in archive.namelist())
    rows = day.by["guest"].get(f"{day.at}/discussion.json").json()["items"]
    assert [each["thread"] for each in rows].count(day.meeting.code) == 6
    outside = another(day.client)
    for address in (f"{talk}.md", f"{talk}.json", f"{talk}.docx"):
        assert outside.get(address).status_code == 404
    assert "Bonjour" not in outside.get(f"{day.at}/discussion.md").text


def held(day: Day) -> str:
    """The chair drafts a workshop beside the meeting and announces it; its address."""
    typed = {
        "title": "Splices at work", "place": "Geneva", "zone": "Europe/Zurich", "starts_on": "2026-03-25",
        "ends_on": "2026-03-25", "groups": "Q2/13", "text": "Bring **one** splice.", "readers": "public",
        "join_link": "https://rooms.example/splices",
    }  # fmt: skip
    day.sends("chair", f"/event/new?group=SG13&meeting={day.meeting.code}", "/event/new", **typed)
    event = "/event/splices-at-work-2026"
    assert day.by["expert"].get(event).status_code == 404
    day.sends(
        "chair", f"{event}/sessions/new", f"{event}/sessions", title="Morning", on="2026-03-25", begins="09:30",
        until="11:00",
    )  # fmt: skip
    day.sends("chair", f"{event}/sessions/1", f"{event}/sessions/1/talks", title="A year of splices", minutes="30")
    day.sends("chair", f"{event}/announcement", f"{event}/announcement")
    day.later(1)
    assert "A year of splices" in content(another(day.client).get(event).text)
    assert event in day.by["guest"].get("/calendar?view=list&on=2026-03-23&what=event").text
    return event


def taken_part(day: Day, event: str) -> None:
    """Four register: who did not agree is not listed, and nobody who stays away has the room."""
    wishes = {
        "rapporteur": {"is_listed": "true", "wants_matching": "true", "fields": "splices"},
        "expert": {"wants_matching": "true", "fields": "Splices, towers"},
        "delegate": {"is_listed": "true", "fields": "splices"},
        "guest": {},
    }
    for who, typed in wishes.items():
        there = day.sends(who, f"{event}/registration", f"{event}/registration", **typed)
        assert there.startswith(event)
    names = {who: player.person.name for who, player in day.players.items()}
    listed = day.page("delegate", f"{event}/participants")
    assert {who for who, name in names.items() if name in listed} == {"rapporteur", "delegate"}
    assert {who for who, name in names.items() if name in day.page("tsb", f"{event}/participants")} == set(wishes)
    led = {who: day.by[who].get(f"{event}/join", follow_redirects=False).status_code for who in day.by}
    assert {who for who, status in led.items() if status == 303} == {*wishes, "chair", "tsb"}, "who holds it enters too"
    assert another(day.client).get(f"{event}/join", follow_redirects=False).status_code == 404


def met(day: Day, event: str) -> None:
    """The two who asked for it and share a field are suggested to each other, ask and accept; it ends when one takes it back."""
    suggested = {
        who: {each for each in day.players if day.players[each].person.name in day.page(who, f"{event}/matches")}
        - {who}
        for who in ("rapporteur", "expert", "delegate", "guest")
    }
    assert suggested == {"rapporteur": {"expert"}, "expert": {"rapporteur"}, "delegate": set(), "guest": set()}
    day.sends(
        "rapporteur", f"{event}/matches", f"{event}/asks", text="Un café ?", proposed_at="2026-03-25T11:15",
    )  # fmt: skip
    day.later(1)
    heard = {who for who in day.by if f"{event}/matches" in day.by[who].get("/my/notices").text}
    assert heard == {"expert"}
    asked = day.tree("expert", f"{event}/matches")
    assert "11:15" in content_of(asked)
    (form,) = [str(each.action) for each in asked.forms if str(each.action).endswith("/answer")]
    day.sends("expert", f"{event}/matches", form, accept="true", answer="好")
    assert "好" in day.page("rapporteur", f"{event}/matches")
    day.later(1)
    assert f"{event}/matches" in day.by["rapporteur"].get("/my/notices").text
    day.sends("expert", f"{event}/registration", f"{event}/registration", wants_matching="")
    assert not tree(day.by["rapporteur"].get(f"{event}/matches").text).xpath("//article[starts-with(@id, 'person-')]")
