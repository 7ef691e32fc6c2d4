"""Liaison between SG13, SG15, WP 5D and ETSI: mail in, agenda, answers, letters, over the API while the worker runs.

Source: domain 7.1, features N17 to N19.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from starlette.testclient import TestClient

from sgdocs.base.settings import Settings
from sgdocs.groups.models import Group
from sgdocs.liaison.bodies_models import BodyContact
from sgdocs.mail.memory import MemoryInbox, MemoryMailer
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Role
from sgdocs.wiring import Services
from sgdocs.worker import tidy
from tests.approval.stories import geneva
from tests.cast import Cast, Player
from tests.flows.tokens import Program, program_of
from tests.liaison.desk import body
from tests.make import Make
from tests.people.browser import another
from tests.proceedings.places import study_group_meeting
from tests.support.databases import Clock
from tests.support.services import ADDRESS
from tests.work_programme.items import meeting as sitting

RELAY = "mx.house.example"
DESK = "liaison@etsi.example"
TITLE = "analytics of slices across domains"
SLICES, HOME, APRIL, JUNE, LETTER = "naming of slices", "T/SG13", date(2026, 4, 10), date(2026, 6, 20), "ETSI-LS-77"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A relay whose word about senders is taken."""
    return settings.model_copy(update={"inbox_relays": RELAY})


@dataclass
class Tale:
    """The programs of the people, the meetings, and the clock. in_june: SG13; april: WP 5D; late_june: SG15."""

    make: Make
    cast: Cast
    clock: Clock
    services: Services
    work: Callable[[], None]
    inbox: MemoryInbox
    mailer: MemoryMailer
    client: TestClient
    june: Meeting
    late_june: Meeting
    april: Meeting
    by: dict[str, Program] = field(default_factory=dict)

    def on(self, now: datetime) -> None:
        """Go on there, after the worker's round."""
        self.clock.now = now
        tidy(self.services, now)
        self.work()

    def ledger(self, who: str, group: str, queue: str) -> list[tuple[str, str]]:
        """Number of the statement and whose answer it is, of one queue of a group."""
        found = self.by[who].get("/liaison-ledger", group=group, queue=queue)["items"]
        return [(row["label"], row["to_group"] or row["to_body"]) for row in found]

    def to(self, who: str, name: str, group: str = "", outside: str = "") -> dict[str, Any]:
        """What somebody sees of one addressee."""
        rows = self.by[who].get(f"/liaison-statements/{name}")["addressees"]
        return next(row for row in rows if (row["group"], row["body"]) == (group, outside))

    def sends(self, who: str, name: str, *accepted: str) -> dict[str, Any]:
        """What the preview shows, with these warnings and no others, is sent."""
        seen = self.by[who].get(f"/liaison-statements/{name}/preview")
        warned = [each for each in seen["findings"] if each["severity"] == "warning"]
        assert [each["severity"] for each in seen["findings"]].count("error") == 0, seen["findings"]
        assert sorted({each["rule"] for each in warned}) == sorted(accepted), warned
        told = {"version": seen["version"], "digest": seen["digest"], "accept": [each["id"] for each in warned]}
        sent: dict[str, Any] = self.by[who].post(f"/liaison-statements/{name}/sending", told)
        assert (sent["label"], sent["status"]) == (seen["number"], "sent")
        return sent

    def replies(self, who: str, name: str, position: int, text: str) -> dict[str, Any]:
        """The prefilled draft of an answer, with a text."""
        form = self.by[who].get(f"/liaison-statements/{name}/addressees/{position}/reply")
        draft: dict[str, Any] = self.by[who].post("/liaison-statements", form | {"body": text})
        return draft

    def told(self, who: str) -> str:
        """Every notice of somebody."""
        return str(self.by[who].get("/me/notices", limit="100")["items"])

    def agenda(self, who: str, meeting: Meeting) -> dict[str, list[str]]:
        """Documents by kind of item, with the Questions' agendas."""
        found = self.by[who].get(f"/meetings/{meeting.code}/agenda")["items"]
        return {row["kind"]: [each["document"] for each in row["documents"]] for row in found if row["documents"]}


@pytest.fixture
def tale(
    make: Make,
    cast: Cast,
    clock: Clock,
    services: Services,
    client: TestClient,
    work: Callable[[], None],
    inbox: MemoryInbox,
    mailer: MemoryMailer,
) -> Tale:
    june = study_group_meeting(cast, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 12))
    cast.summon("tsb", "rapporteur", "sg15")
    make.group("T/SG15/T25/Q2", title="Access")
    wp5d = make.group("R/WP5D", title="IMT systems")
    etsi = body(make, "ETSI")
    make.add(BodyContact(body_id=etsi.id or 0, name="Ada", email=DESK, is_default=True))
    late_june = sitting(make, date(2026, 6, 22), "T/SG15", status="announced")
    april = sitting(make, date(2026, 4, 13), "R/WP5D", code="R23-WP5D-260413", status="announced")
    people = {
        "tsb": cast.tsb,
        "chair": cast.chair,
        "rapporteur": cast.rapporteur,
        "chair15": leads(make, "Dario Transport", Role.SG_CHAIR, cast.sg15),
        "chair5d": leads(make, "Rada Wave", Role.CHAIR, wp5d),
    }
    make.session.commit()
    program = program_of(client, services)
    found = Tale(make, cast, clock, services, work, inbox, mailer, client, june, late_june, april)
    found.by = {name: program(player) for name, player in people.items()}
    for who, meeting in (("chair", june), ("chair15", late_june), ("chair5d", april)):
        found.by[who].post(f"/meetings/{meeting.code}/agenda", {"template": "plenary"})
    return found


def leads(make: Make, name: str, role: Role, group: Group) -> Player:
    """Somebody of a Member State who chairs the group."""
    state = make.organisation("member-state", name=f"State of {name}", member_of=("T", "R"))
    person = make.person(name, organisation=state)
    make.appointment(person, role, group)
    return Player(person, make.actor(person), make)


def letter() -> bytes:
    mail = EmailMessage()
    told = {
        "Message-ID": "<77@etsi.example>",
        "From": f"Ada <{DESK}>",
        "Subject": f"{LETTER}: LS on {SLICES}",
        "Authentication-Results": f"{RELAY}; dmarc=pass header.from=etsi.example",
    }
    for name, value in told.items():
        mail[name] = value
    mail.set_content("How is a slice named that crosses the networks of two operators?")
    return mail.as_bytes()


def test_from_the_mail_to_answers_on_every_side(tale: Tale) -> None:
    received = arrives(tale)
    asked = asks(tale)
    crosses(tale, asked)
    is_late(tale, asked)
    answers_from_the_meeting(tale, received)
    closes_on_both_sides(tale, asked)

    # Nobody owes anything, nobody waits.
    for who, group in (("chair", "T/SG13"), ("chair15", "T/SG15"), ("chair5d", "R/WP5D")):
        assert [tale.ledger(who, group, queue) for queue in ("we-owe", "we-wait-for", "overdue")] == [[], [], []]
    thread = tale.by["chair"].get(f"/liaison-statements/{asked}/thread")
    assert str(thread).count("'depth': 1") == 2, thread


def arrives(tale: Tale) -> str:
    """ETSI writes by mail; the secretariat confirms; both groups have it, one of them must answer before it meets."""
    tale.inbox.messages = {"1": letter()}
    tale.work()
    (mail,) = tale.by["tsb"].get("/liaison-arrivals")["items"]
    assert (mail["is_authentic"], mail["identity"], mail["state"]) == (True, DESK, "waiting")
    form = {
        "senders": [{"name": "ETSI"}],
        "addressees": [
            {"name": "T/SG13", "purpose": "action", "deadline": str(JUNE), "questions": ["Q2/13"]},
            {"name": "R/WP5D", "purpose": "comment", "deadline": str(APRIL)},
        ],
        "title": SLICES,
        "number": LETTER,
        "body": mail["text"],
        "contacts": [{"name": "Ada", "email": DESK}],
    }
    name: str = tale.by["tsb"].post(f"/liaison-arrivals/{mail['id']}/confirmation", form)["name"]
    tale.work()

    ours, theirs = tale.to("chair", name, "T/SG13"), tale.to("chair5d", name, "R/WP5D")
    assert (ours["state"], ours["questions"], ours["flagged"]) == ("posted", ["Q2/13"], "")
    assert (theirs["state"], theirs["flagged"]) == ("posted", "before-meeting")
    assert ours["document"].startswith("T25-SG13-TD")
    assert (ours["meeting"], theirs["meeting"]) == (tale.june.code, tale.april.code)
    assert tale.agenda("chair", tale.june) == {"incoming-liaisons": [ours["document"]]}
    assert tale.agenda("chair5d", tale.april) == {"incoming-liaisons": [theirs["document"]]}

    # The chair sees that it waits to be taken up, and allots it.
    label = tale.by["chair"].get(f"/liaison-statements/{name}")["label"]
    assert tale.ledger("chair", "T/SG13", "to-take-up") == [(label, "T/SG13")]
    at = f"/liaison-statements/{name}/addressees/{ours['position']}"
    tale.by["chair"].post(f"{at}/allotment", {"questions": ["Q2/13"]})
    assert tale.to("chair", name, "T/SG13")["state"] == "allotted"
    assert tale.ledger("chair", "T/SG13", "to-take-up") == []
    assert tale.ledger("chair", "T/SG13", "we-owe") == [(label, "T/SG13")]

    # WP 5D agrees by correspondence, in time: numbered as a TEMP document, posted as a letter.
    draft = tale.replies("chair5d", name, theirs["position"], "We do not name slices.")
    assert tale.to("chair5d", name, "R/WP5D")["state"] == "reply-drafted"
    agreed = tale.by["chair5d"].post(f"/liaison-statements/{draft['name']}/agreement", {"level": "chair"})
    assert agreed["status"] == "approved"
    sent = tale.sends("tsb", draft["name"])
    assert "TEMP" in sent["label"]
    assert tale.to("chair5d", name, "R/WP5D")["state"] == "replied"
    assert tale.ledger("chair5d", "R/WP5D", "we-owe") == []
    return name


def asks(tale: Tale) -> str:
    """SG13 asks SG15 and WP 5D between meetings; its chair approves."""
    form = {
        "senders": [{"name": "T/SG13", "questions": ["Q2/13"]}],
        "addressees": [
            {"name": "T/SG15", "purpose": "action", "deadline": "2026-06-30"},
            {"name": "R/WP5D", "purpose": "action", "deadline": "2026-04-30"},
        ],
        "title": TITLE,
        "body": "Which analytics of slices do you plan?",
        "contacts": [{"name": "Rafael Quill", "email": "rafael@example.test"}],
    }
    draft = tale.by["rapporteur"].post("/liaison-statements", form)["name"]
    agreed = tale.by["rapporteur"].post(f"/liaison-statements/{draft}/agreement", {"level": "chair"})
    assert agreed["status"] == "agreed"
    assert tale.by["chair"].post(f"/liaison-statements/{draft}/approval")["status"] == "approved"
    tale.on(geneva(3, 10))
    sent = tale.sends("tsb", draft)
    tale.work()

    name: str = sent["name"]
    at15, at5d = tale.to("chair15", name, "T/SG15"), tale.to("chair5d", name, "R/WP5D")
    assert [each["state"] for each in (at15, at5d)] == ["posted", "posted"]
    assert tale.agenda("chair15", tale.late_june) == {"incoming-liaisons": [at15["document"]]}
    assert at5d["document"] in tale.agenda("chair5d", tale.april)["incoming-liaisons"]
    assert sorted(tale.ledger("chair", "T/SG13", "we-wait-for")) == [
        (sent["label"], "R/WP5D"),
        (sent["label"], "T/SG15"),
    ]
    assert tale.ledger("chair15", "T/SG15", "we-owe") == [(sent["label"], "T/SG15")]
    return name


def crosses(tale: Tale, asked: str) -> None:
    """SG15 writes on the same matter before it has answered: it is warned, and says so."""
    form = {
        "senders": [{"name": "T/SG15", "questions": ["Q2/15"]}],
        "addressees": [{"name": "T/SG13", "purpose": "information"}],
        "title": TITLE,
        "body": "We begin a study of what a slice tells about itself.",
        "contacts": [{"name": "Dario Transport", "email": "dario@example.test"}],
    }
    draft = tale.by["chair15"].post("/liaison-statements", form)["name"]
    tale.by["chair15"].post(f"/liaison-statements/{draft}/agreement", {"level": "chair"})
    seen = tale.by["tsb"].get(f"/liaison-statements/{draft}/preview")
    unread = tale.by["tsb"].line.post(
        f"/api/v1/liaison-statements/{draft}/sending",
        json={"version": seen["version"]},
        headers=tale.by["tsb"].headers,
    )
    assert (unread.status_code, unread.json()["rule"]) == (409, "liaison.warnings-unread")
    sent = tale.sends("tsb", draft, "liaison.crosses")
    assert [(each["kind"], each["name"]) for each in sent["relations"]] == [("crosses", asked)]
    tale.by["rapporteur"].post(
        f"/liaison-statements/{sent['name']}/addressees/0/no-reply", {"reason": "It was for information."}
    )


def is_late(tale: Tale, asked: str) -> None:
    """WP 5D is reminded before its meeting in April, the last in time, and does not answer."""
    assert "liaison.reminded" not in tale.told("chair5d")
    tale.on(geneva(4, 2))
    assert "liaison.reminded" in tale.told("chair5d")
    assert "liaison.reminded" not in tale.told("chair15")

    tale.on(geneva(4, 30, 23, 59))
    assert tale.ledger("chair5d", "R/WP5D", "overdue") == []
    tale.on(geneva(5, 1, 0, 1))
    tale.on(geneva(5, 2))
    label = tale.by["chair"].get(f"/liaison-statements/{asked}")["label"]
    for who, group in (("chair5d", "R/WP5D"), ("chair", "T/SG13")):
        assert tale.ledger(who, group, "overdue") == [(label, "R/WP5D")]
    assert tale.told("chair5d").count("liaison.overdue") == 1


def answers_from_the_meeting(tale: Tale, received: str) -> None:
    """SG13 answers ETSI from its meeting in June; ETSI says by the link that it has it."""
    tale.june.status = "open"
    tale.make.add(tale.june)
    tale.make.session.commit()
    tale.on(geneva(6, 9))
    position = tale.to("rapporteur", received, "T/SG13")["position"]
    draft = tale.replies("rapporteur", received, position, "By the operator that sells it.")
    assert [each["name"] for each in draft["addressees"]] == ["ETSI"]
    assert (draft["title"], draft["is_reply"], draft["meeting"]) == (SLICES, True, tale.june.code)
    agreement = {"level": "study-group", "meeting": tale.june.code}
    agreed = tale.by["chair"].post(f"/liaison-statements/{draft['name']}/agreement", agreement)
    assert agreed["status"] == "approved"
    sent = tale.sends("tsb", draft["name"])
    closed = tale.to("rapporteur", received, "T/SG13")
    assert (closed["state"], closed["answered_by"]) == ("replied", sent["name"])

    # The letter goes; a scanner that opens the link acknowledges nothing, the button does, once.
    before = len(tale.mailer.sent)
    tale.work()
    (mail,) = [each for each in tale.mailer.sent[before:] if each["To"] and DESK in str(each["To"])]
    assert [each.get_filename() for each in mail.iter_attachments()] != []
    text = mail.get_body(("plain",))
    assert text is not None
    (link,) = re.findall(rf"{ADDRESS}(/liaison/ack/\S+)", text.get_content())
    visitor = another(tale.client)
    assert visitor.get(link).status_code == 200
    assert tale.to("rapporteur", sent["name"], outside="etsi")["state"] == "sent"
    assert tale.ledger("chair", "T/SG13", "not-acknowledged") == [(sent["label"], "etsi")]
    assert visitor.post(link, data={"name": "Ada"}).status_code == 200
    assert tale.to("rapporteur", sent["name"], outside="etsi")["state"] == "acknowledged"
    assert tale.ledger("chair", "T/SG13", "not-acknowledged") == []
    assert visitor.post(link, data={"name": "Ada"}).status_code == 409


def closes_on_both_sides(tale: Tale, asked: str) -> None:
    """SG15 answers from its meeting, WP 5D late: nobody waits any more."""
    tale.late_june.status = "open"
    tale.make.add(tale.late_june)
    tale.make.session.commit()
    tale.on(geneva(6, 24))
    counters = "Counters of loss and delay for each slice, read every fifteen minutes at the edge of the domain."
    none = "We plan none: radio interfaces are evaluated as a whole, whatever runs over them, as our reports have said."
    for who, group, level, meeting, text, warned in (
        ("chair15", "T/SG15", "study-group", tale.late_june.code, counters, ["liaison.no-question"]),
        ("chair5d", "R/WP5D", "chair", "", none, []),
    ):
        position = tale.to(who, asked, group)["position"]
        draft = tale.replies(who, asked, position, text)
        tale.by[who].post(f"/liaison-statements/{draft['name']}/agreement", {"level": level, "meeting": meeting})
        sent = tale.sends("tsb", draft["name"], *warned)
        for side in (who, "chair"):
            assert tale.to(side, asked, group)["answered_by"] == sent["name"]
    tale.work()
    assert "liaison.answered" in tale.told("rapporteur") + tale.told("chair")
