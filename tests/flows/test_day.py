"""A day of a delegate, a rapporteur, a chair and the secretariat in their own workspaces, on pages and by mail, worker included.

Source: domain 5.5 and 8, features N5, N6, C23, C28, C34, C38, C39.
"""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage

import pytest
from icalendar import Calendar
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.settings import Settings
from sgdocs.journal.models import Entry
from sgdocs.mail.memory import MemoryInbox, MemoryMailer
from sgdocs.meetings.models import Meeting
from sgdocs.wiring import Services
from sgdocs.worker import tidy
from tests.cast import Cast, Player
from tests.files.proposals import clauses, proposal
from tests.flows.tokens import Program, program_of
from tests.make import Make
from tests.people.browser import another, content, read, sign_in, tree
from tests.proceedings.places import study_group_meeting
from tests.support.databases import Clock
from tests.support.services import ADDRESS

RELAY, LISTS = "mx.house.example", "lists.localhost"
FACTS = {"group": "13", "question": "2/13", "source": "University of Nowhere", "days": "Geneva, 1-12 June 2026"}
LIST, NOTE = "t25sg13q2", "zebrafinch: the wander costs us a chip"
ROLES = ("delegate", "rapporteur", "chair", "tsb")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A relay whose word about senders is taken."""
    return settings.model_copy(update={"inbox_relays": RELAY})


@dataclass
class Day:
    """The browsers of the people by role, programs for what they bring, and the meeting in June."""

    cast: Cast
    clock: Clock
    services: Services
    work: Callable[[], None]
    inbox: MemoryInbox
    mailer: MemoryMailer
    client: TestClient
    meeting: Meeting
    players: dict[str, Player]
    program: Callable[[Player], Program]
    by: dict[str, TestClient] = field(default_factory=dict)

    def page(self, who: str, address: str) -> str:
        """The words of a page that must be there."""
        answer = self.by[who].get(address)
        assert answer.status_code == 200, (who, address, answer.status_code)
        return content(answer.text)

    def sends(self, who: str, page: str, action: str, **typed: str) -> str:
        """Fill in the form of a page that leads there, as it stands, and send it; the words of what is shown then."""
        forms = [each for each in tree(self.by[who].get(page).text).forms if each.action == action]
        assert forms, f"{who} has no form {action} on {page}"
        answer = self.by[who].post(action, data={k: v for k, v in forms[0].fields.items() if k and v} | typed)
        assert answer.status_code == 200, answer.text
        return content(answer.text)

    def later(self, minutes: int = 5) -> None:
        """The worker's round, some minutes later."""
        self.clock.move(minutes=minutes)
        tidy(self.services, self.clock.now)
        self.work()

    def letters(self, who: str) -> list[EmailMessage]:
        """What somebody got by mail since the last time that anybody asked."""
        email = self.players[who].person.email or "?"
        found = [each for each in self.mailer.sent if email in str(each["To"])]
        self.mailer.sent.clear()
        return found


@pytest.fixture
def day(
    make: Make,
    cast: Cast,
    clock: Clock,
    services: Services,
    client: TestClient,
    work: Callable[[], None],
    inbox: MemoryInbox,
    mailer: MemoryMailer,
) -> Day:
    meeting = study_group_meeting(cast, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 12))
    cast.summon("delegate_state", "delegate_academia", "outsider", "admin")
    make.session.commit()
    names = {"delegate": cast.delegate_member, "rapporteur": cast.rapporteur, "chair": cast.chair, "tsb": cast.tsb}
    others = {"state": cast.delegate_state, "academia": cast.delegate_academia, "outsider": cast.outsider}
    others |= {"admin": cast.admin}
    program = program_of(client, services)
    found = Day(cast, clock, services, work, inbox, mailer, client, meeting, names | others, program)
    for name, player in found.players.items():
        make.account(player.person)
        make.session.commit()
        found.by[name] = another(client)
        sign_in(found.by[name], player.person)
    return found


def written(title: str, proposed: str) -> bytes:
    return proposal(title, clauses("glimfibre", proposed), **FACTS)


def brought(day: Day, title: str, proposed: str) -> str:
    """A contribution of the university of today; its name."""
    author = day.program(day.cast.delegate_academia)
    name: str = author.bring(f"/meetings/{day.meeting.code}/documents", written(title, proposed))["name"]
    day.later()
    return name


def form_of(day: Day, who: str, name: str) -> str:
    """The address of the form for stance and note, as the record leads to it."""
    (link,) = tree(day.by[who].get(f"/doc/{name}").text).xpath("//a[@data-key='s']/@href")
    return str(link)


def test_a_day_with_papers(day: Day) -> None:
    name = morning(day)
    the_text_goes_on(day, name)
    shared_with_the_delegation_alone(day, name)
    through_other_eyes(day, name)
    what_is_held_of_me(day)


def test_a_day_with_people(day: Day) -> None:
    list_by_page_and_by_mail(day)
    people_and_days(day)


def morning(day: Day) -> str:
    """The delegate reads a paper, keeps it with a stance and a note, saves the list as a search, has seen everything."""
    name = brought(day, "Class of 35 dB", "To add a class of 35 dB.")
    papers = f"/meeting/{day.meeting.code}/documents"
    at = form_of(day, "delegate", name)
    day.sends("delegate", at, "/my/keep/star")
    day.sends("delegate", at, "/my/keep", stance="object", note=NOTE)
    kept = day.page("delegate", "/my/kept")
    assert "SG13-C1" in kept
    assert NOTE in kept
    assert "now R1" not in kept

    (link,) = tree(day.by["delegate"].get("/doc?group=SG13&kind=contribution").text).xpath(
        "//a[text()='Save this search']/@href"
    )
    day.sends("delegate", link, "/my/searches", name="New papers of SG13", often="now")
    day.sends("delegate", papers, "/my/looked")
    assert "Nothing new since you looked" in day.page("delegate", papers)
    day.later()
    day.mailer.sent.clear()
    return name


def the_text_goes_on(day: Day, name: str) -> None:
    """A revision makes the stance stale with its clause; the search tells of what is new, not of what was known."""
    author = day.program(day.cast.delegate_academia)
    author.bring(f"/documents/{name}/revisions", written("Class of 35 dB", "To add a class of 34 dB."), note="34 dB")
    day.later()
    stale = day.page("delegate", "/my/kept?only=stale")
    assert "written on r0, now R1: clause 3 changed" in stale
    news = day.page("delegate", f"/meeting/{day.meeting.code}/documents")
    assert "Since you looked on" in news
    assert "1 revised" in news
    assert [each["Subject"] for each in day.letters("delegate") if "saved search" in str(each["Subject"])] == []

    brought(day, "Splices that hold", "To splice twice.")
    day.later(3)
    told = [str(each["Subject"]) for each in day.letters("delegate") if "saved search" in str(each["Subject"])]
    assert told == ["New hits of your saved search “New papers of SG13”: 1"]
    assert "1 new hit" in day.page("delegate", "/my/searches")
    day.later(3)
    assert [each for each in day.letters("delegate") if "saved search" in str(each["Subject"])] == []

    day.sends("delegate", form_of(day, "delegate", name), "/my/keep/confirmation")
    assert "Nothing is kept here" in day.page("delegate", "/my/kept?only=stale")


def shared_with_the_delegation_alone(day: Day, name: str) -> None:
    """The rapporteur is of the same entity and sees the note once it is shared; everybody else never finds it."""
    at, told = form_of(day, "delegate", name), f"/my/delegation?meeting={day.meeting.code}"
    assert NOTE not in day.page("rapporteur", told)
    day.sends("delegate", at, "/my/keep", is_shared="true", covers="true")
    seen = day.page("rapporteur", told)
    assert NOTE in seen
    assert "1 covered by nobody" in seen
    assert NOTE in day.page("rapporteur", at)

    addresses = (
        at,
        "/my", "/my/kept", "/my/kept.csv", told, f"/my/delegation.json?meeting={day.meeting.code}", f"/doc/{name}",
        f"/doc/{name}/history", f"/meeting/{day.meeting.code}/documents.csv", "/search.json?q=zebrafinch&full=1",
        "/api/v1/me/kept", "/api/v1/changes?limit=500", "/api/v1/me/searches", "/my/notices.json", "/my/data.zip",
        "/person/selim-courier", "/doc/feed.atom",
    )  # fmt: skip
    for who in ("chair", "tsb", "admin", "state", "academia", "outsider"):
        for address in addresses:
            assert b"zebrafinch" not in unpacked(day.by[who].get(address).content), (who, address)


def unpacked(data: bytes) -> bytes:
    """Also what is compressed."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def list_by_page_and_by_mail(day: Day) -> None:
    """The secretariat opens the list, two join, one writes here, one answers from a mail program, a stranger is held."""
    answer = day.by["tsb"].post("/mailing-list/new?group=T/SG13/T25/Q2", data={"kind": "group"})
    assert (answer.status_code, answer.url.path) == (200, f"/mailing-list/{LIST}")
    at = f"/mailing-list/{LIST}"
    for who in ("delegate", "rapporteur"):
        assert "You are on the list" in day.sends(who, at, f"{at}/join")
    day.later()
    day.mailer.sent.clear()
    day.sends("delegate", at, at, subject="Wander", text="Shall we splice on Monday?")
    day.later()
    (letter,) = [each for each in day.letters("rapporteur") if each["List-Id"]]
    assert letter["Subject"] == f"[{LIST}] Wander"
    assert f"{LIST}@{LISTS}" in letter["List-Post"]

    mine = str(day.cast.rapporteur.person.email)
    day.inbox.messages = {
        "1": mail(mine, "On Tuesday.", answers=str(letter["Message-ID"])),
        "2": mail("eve@elsewhere.example", "Buy my splices.", number=2),
        "3": mail(mine, "I am away.", number=3, Auto_Submitted="auto-replied"),
        "4": mail(mine, "", number=4, attached=30_000_000),
    }
    day.later()
    day.later()
    thread = day.page("delegate", f"{at}/1")
    assert "Shall we splice on Monday?" in thread
    assert "On Tuesday." in thread
    assert ["Buy my splices." in day.page("delegate", at), "I am away." in day.page("delegate", at)] == [False, False]
    heard = [each for each in day.letters("delegate") if each["List-Id"]]
    assert [each["Subject"] for each in heard] == [f"Re: [{LIST}] Wander"]
    assert letter["References"] in heard[0]["References"]

    # What is held waits for the rapporteur, who lets it through.
    assert "Buy my splices" in day.page("rapporteur", at)
    day.sends("rapporteur", at, f"{at}/3/release")
    assert "Buy my splices" in day.page("delegate", f"{at}/3")


def mail(sender: str, text: str, *, answers: str = "", number: int = 1, attached: int = 0, **headers: str) -> bytes:
    """A mail to the list, vouched for by our relay. attached: bytes of a file."""
    message = EmailMessage()
    told = {
        "Message-ID": f"<{number}@mail.example>",
        "From": sender,
        "To": f"{LIST}@{LISTS}",
        "Subject": "Re: Wander" if answers else "Hello",
        "Authentication-Results": f"{RELAY}; dmarc=pass header.from={sender.split('@')[1]}",
    } | headers
    for name, value in told.items():
        message[name.replace("_", "-")] = value
    if answers:
        message["In-Reply-To"] = answers
    message.set_content(text)
    if attached:
        message.add_attachment(b"x" * attached, maintype="application", subtype="zip", filename="all.zip")
    return message.as_bytes()


def people_and_days(day: Day) -> None:
    """The delegate finds the rapporteur in the directory; the chair's calendar is read by a program with its key."""
    found = day.page("delegate", "/person?role=rapporteur&group=Q2/13")
    assert "Rafael Quill" in found
    assert "Clara Gavel" not in found
    email = str(day.cast.rapporteur.person.email)
    assert email in day.page("delegate", "/person/rafael-quill")
    assert email not in day.client.get("/person/rafael-quill").text
    assert "Imaginary Networks" in day.page("chair", f"/organisation/{day.cast.company.slug}")

    assert day.meeting.code in day.by["chair"].get("/calendar?view=list&on=2026-06-01&mine=1").text
    assert day.meeting.code not in day.by["outsider"].get("/calendar?view=list&on=2026-06-01&mine=1").text
    made = day.by["chair"].post("/my/calendars", data={"feed": "calendar:group=SG13&mine=1"})
    feed = tree(made.text).xpath("//code[@class='id']/text()")[0].removeprefix(ADDRESS)
    answer = another(day.client).get(feed)
    assert answer.status_code == 200, feed
    uids = [str(each["uid"]) for each in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert f"meeting.{day.meeting.code}@sgdocs" in uids
    day.sends("chair", "/my/calendars", *ending(day, "chair"))
    assert another(day.client).get(feed).status_code == 404


def ending(day: Day, who: str) -> list[str]:
    """The form that ends a key."""
    forms = tree(day.by[who].get("/my/calendars").text).forms
    return [str(each.action) for each in forms if str(each.action).endswith("/end")][:1]


def through_other_eyes(day: Day, name: str) -> None:
    """The secretariat looks as the delegate: read only, with a banner, journalled, without the note."""
    day.by["tsb"].post("/office/view-as", data={"person": "selim-courier"})
    seen = day.by["tsb"].get(f"/doc/{name}").text
    assert "You look as Selim Courier" in " ".join(tree(seen).text_content().split())
    assert "zebrafinch" not in seen
    assert day.by["tsb"].get("/my/kept").status_code == 403
    assert day.by["tsb"].post("/my/keep/star", data={"kind": "document", "id": "1"}).status_code == 403
    day.by["tsb"].post("/office/view-as/end")
    verbs = read(day.services.database, lambda s: s.exec(select(Entry.verb).order_by(Entry.id)).all())  # type: ignore[arg-type]
    assert [each for each in verbs if each.startswith("people.view")] == ["people.viewed", "people.view-ended"]


def what_is_held_of_me(day: Day) -> None:
    """The delegate takes everything away that is held of them: note, search, and no word of anybody else."""
    answer = day.by["delegate"].get("/my/data.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {each.partition("/")[2]: archive.read(each).decode() for each in archive.namelist()}
    assert [row["note"] for row in json.loads(files["tables/kept.json"])] == [NOTE]
    assert [row["name"] for row in json.loads(files["tables/saved_search.json"])] == ["New papers of SG13"]
    assert str(day.cast.chair.person.email) not in "".join(files.values())
