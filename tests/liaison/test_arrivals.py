"""Mail: fetched once, kept for the secretariat, files through scanner and gate, filed when somebody confirms it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlmodel import Session, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, Refused
from sgdocs.base.settings import Settings
from sgdocs.documents.models import Document, File
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries
from sgdocs.liaison.actions import arrivals
from sgdocs.liaison.actions.arrivals import TakenFile, TakenMail, confirm_arrival, refuse_arrival, take_mail
from sgdocs.liaison.bodies_models import BodyContact
from sgdocs.liaison.fetching import fetch
from sgdocs.liaison.models import Arrival, Statement
from sgdocs.liaison.rules import State
from sgdocs.mail.incoming import Incoming
from sgdocs.mail.memory import MemoryInbox
from sgdocs.mail.models import InboxTry, Letter
from sgdocs.storage.scanner import MarkScanner
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.liaison import outbox
from tests.liaison.desk import body, form, to
from tests.make import Make, all_rows
from tests.support.databases import Clock

LETTER = Path(__file__).parents[1] / "files"
RELAY = "mx.house.example"


def mail(text: str = "Please comment.", *files: tuple[str, bytes], **headers: str) -> bytes:
    found = EmailMessage()
    told = {"Message-ID": "<a1@etsi.example>", "From": "Ada <ada@etsi.example>", "Subject": "LS on slices"}
    for name, value in (told | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        found[name] = value
    found.set_content(text)
    for name, content in files:
        found.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return found.as_bytes()


def arrival(make: Make, **facts: object) -> Arrival:
    told = {"message_id": "x@y", "sha256": "0" * 64, "received_at": make.act.now, "text": "words", "subject": "LS"}
    files = [{"name": "letter.txt", "sha256": "a" * 64, "size_bytes": 3, "media_type": "text/plain", "format": "txt"}]
    return make.add(Arrival.model_validate(told | {"files": files} | facts))  # type: ignore[no-any-return]


def refused(kind: type[Refused], verb: Callable[..., object], *args: object) -> str:
    with pytest.raises(kind) as caught:
        verb(*args)
    return caught.value.rule.id


def held(services: Services) -> list[Arrival]:
    with services.database.reading() as session:
        return all_rows(_open(session), Arrival)


def _open(session: Session) -> Session:
    session.expire_on_commit = False
    return session


def test_mail_is_fetched_once_and_waits(services: Services, inbox: MemoryInbox, clock: Clock) -> None:
    inbox.messages = {"1": mail(), "2": mail(), "3": mail("Other words.", Message_ID="<b2@etsi.example>")}

    assert fetch(services, clock.now) == 3
    assert fetch(services, clock.now) == 0

    found = held(services)
    assert inbox.taken == ["1", "2", "3"]
    assert [(each.message_id, each.state, each.subject) for each in found] == [
        ("a1@etsi.example", "waiting", "LS on slices"),
        ("b2@etsi.example", "waiting", "LS on slices"),
    ]
    assert [each.is_authentic for each in found] == [None, None]
    with services.blobs.open(found[0].sha256) as raw:
        assert raw.read() == mail()


def test_other_mail_with_the_same_id_is_kept_too(services: Services, inbox: MemoryInbox, clock: Clock) -> None:
    inbox.messages = {"1": mail("Forged, and faster."), "2": mail("The real one."), "3": mail("The real one.")}

    fetch(services, clock.now)

    assert [each.text for each in held(services)] == ["Forged, and faster.", "The real one."]


def test_mail_without_files_is_filed_as_its_text(services: Services, inbox: MemoryInbox, clock: Clock) -> None:
    inbox.messages = {"1": mail("We answer your LS.")}

    fetch(services, clock.now)

    [each] = held(services)
    assert [(file["name"], file["format"]) for file in each.files] == [("letter.txt", "txt")]
    with services.blobs.open(each.files[0]["sha256"]) as stream:
        assert stream.read() == b"We answer your LS."


def test_hostile_files_are_named_and_not_kept(services: Services, inbox: MemoryInbox, clock: Clock) -> None:
    marked = replace(services, scanner=MarkScanner({b"EICAR": "Eicar-Signature"}))
    inbox.messages = {
        "1": mail(
            "See the files.",
            ("virus.txt", b"an EICAR string"),
            ("program.docx", b"MZ\x90\x00" + b"\x00" * 80),
            ("empty.docx", b"PK\x03\x04 cut off"),
            ("good.txt", b"Good words."),
        )
    }

    fetch(marked, clock.now)

    [each] = held(services)
    assert [(file["name"], bool(file["refused"]), bool(file["sha256"])) for file in each.files] == [
        ("virus.txt", True, False),
        ("program.docx", True, False),
        ("empty.docx", True, False),
        ("good.txt", False, True),
    ]
    assert [finding["place"] for finding in each.findings] == ["virus.txt", "program.docx", "empty.docx"]
    assert [one.given_name for one in arrivals.uploads_of(each)] == ["good.txt"]


def test_file_waits_for_a_scanner_that_is_away(services: Services, inbox: MemoryInbox, clock: Clock) -> None:
    inbox.messages = {"1": mail("See the file.", ("good.txt", b"Good words."))}

    fetch(replace(services, scanner=MarkScanner(is_away=True)), clock.now)

    [each] = held(services)
    assert [one.is_quarantined for one in arrivals.uploads_of(each)] == [True]


def test_sender_is_known_only_when_our_relay_vouches(
    services: Services, inbox: MemoryInbox, clock: Clock, make: Make
) -> None:
    etsi = body(make, "ETSI")
    make.add(BodyContact(body_id=etsi.id or 0, email="Ada@etsi.example"))
    make.session.commit()
    ours = replace(services, settings=services.settings.model_copy(update={"inbox_relays": RELAY}))
    word = f"{RELAY}; dmarc=pass header.from=etsi.example"
    forged = "mx.evil.example; dmarc=pass header.from=etsi.example"
    inbox.messages = {
        "1": mail(Authentication_Results=word),
        "2": mail(Message_ID="<b2@etsi.example>", Authentication_Results=forged),
    }

    fetch(ours, clock.now)

    assert [(each.is_authentic, each.identity, each.body_id) for each in held(services)] == [
        (True, "ada@etsi.example", etsi.id),
        (False, "", None),
    ]


def test_automatic_replies_are_kept_as_ignored(services: Services, inbox: MemoryInbox, clock: Clock) -> None:
    inbox.messages = {"1": mail(Auto_Submitted="auto-replied")}

    fetch(services, clock.now)

    [each] = held(services)
    assert (each.state, each.reason, each.files) == ("ignored", "an automatic reply", [])


def test_message_that_is_too_large_is_told_and_not_read(services: Services, inbox: MemoryInbox, clock: Clock) -> None:
    small = replace(services, settings=services.settings.model_copy(update={"inbox_message_mb": 1}))
    inbox.messages = {"1": mail("x" * 1_100_000)}

    fetch(small, clock.now)

    [each] = held(services)
    assert (each.state, each.text, each.sha256) == ("waiting", "", "")
    assert each.findings[0]["found"] == "the message has 2 MB; at most 1 MB are taken"


@pytest.mark.databases("sqlite", "postgres")
def test_mail_that_can_never_be_taken_is_set_aside_and_told(
    services: Services, inbox: MemoryInbox, clock: Clock, make: Make, cast: Cast, work: Callable[[], None]
) -> None:
    """Thirty of them stand before the one that is good: it is taken at once, they are tried again and then set aside."""
    cast.summon("tsb")
    make.session.commit()

    def claim(act: Act, settings: Settings, incoming: Incoming, size: int) -> bool:
        if "poison" in incoming.subject:
            raise RuntimeError(f"cannot\x00be {incoming.subject}")
        return False

    poison = {f"{n:02}\udcff": mail(Subject=f"poison {n}", Message_ID=f"<p{n}@x>") for n in range(30)}
    inbox.messages = dict(poison)
    fetch(services, clock.now, claim)
    inbox.messages["good"] = mail()
    assert fetch(services, clock.now, claim) == 1
    assert [each.subject for each in held(services)] == ["LS on slices"]
    for pause in (60, 300, 1800):
        clock.now += timedelta(seconds=pause - 1)
        before = len(inbox.messages)
        assert fetch(services, clock.now, claim) == 0, "not before its time"
        clock.now += timedelta(seconds=1)
        fetch(services, clock.now, claim)
        fetch(services, clock.now, claim)
        assert len(inbox.messages) == before, "still tried"
    clock.now += timedelta(seconds=7200)
    fetch(services, clock.now, claim)
    fetch(services, clock.now, claim)

    assert inbox.messages == {}
    aside = [each for each in held(services) if each.subject != "LS on slices"]
    assert len(aside) == 30
    assert {each.state for each in aside} == {"waiting"}
    assert "set aside: RuntimeError" in aside[0].findings[0]["found"]
    with services.blobs.open(aside[0].sha256) as stream:
        assert b"poison" in stream.read(), "nothing of it is lost"
    with services.database.reading() as session:
        assert session.exec(select(InboxTry)).all() == []
    entries = make.session.exec(select(Entry).where(Entry.verb == "liaison.mail-arrived")).all()
    assert len(entries) == 31, "the secretariat is told of each"


def test_inbox_that_does_not_answer_stops_nothing(
    services: Services, inbox: MemoryInbox, work: Callable[[], None]
) -> None:
    inbox.failing = "no route"
    inbox.messages = {"1": mail()}
    work()
    assert held(services) == []

    inbox.failing = None
    work()
    assert [each.state for each in held(services)] == ["waiting"]


def test_secretariat_confirms_and_it_is_filed(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act, it = cast.tsb.act, arrival(make)

    statement = confirm_arrival(act, it, form("LS on slices", source=["ETSI"]))

    assert (it.state, it.statement_id, it.decided_by) == ("filed", statement.id, act.actor.person_id)
    row = to(act, statement)
    files = act.session.exec(select(File.given_name).where(File.document_id == row.document_id)).all()
    assert (row.state, list(files)) == (State.POSTED, ["letter.txt"])
    assert refused(Conflict, confirm_arrival, act, it, form()) == "liaison.arrival-decided"
    assert refused(Conflict, refuse_arrival, act, it, "twice") == "liaison.arrival-decided"
    assert len(all_rows(act.session, Document)) == 1


def test_mail_whose_form_is_refused_still_waits(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act, it = cast.tsb.act, arrival(make)

    with pytest.raises(Invalid), act.session.begin_nested():
        confirm_arrival(act, it, form(to=["Nobody"]))

    act.session.refresh(it)
    assert it.state == "waiting"


def test_mail_without_a_usable_file_names_why(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    it = arrival(make, files=[{"name": "x.exe", "sha256": "", "size_bytes": 9, "refused": "the file is a program"}])

    with pytest.raises(Invalid) as caught:
        confirm_arrival(cast.tsb.act, it, form())

    assert caught.value.message == "No file of this mail can be filed: the file is a program."


def test_secretariat_refuses_with_a_reason(cast: Cast, make: Make) -> None:
    act, it = cast.tsb.act, arrival(make)

    assert refused(Invalid, refuse_arrival, act, it, "  ") == "liaison.reason"
    refuse_arrival(act, it, "An advertisement")

    assert (it.state, it.reason, it.statement_id) == ("refused", "An advertisement", None)


@pytest.mark.parametrize("player", ["chair", "counsellor", "rapporteur", "delegate_state", "outsider"])
def test_nobody_but_the_secretariat_decides_about_mail(cast: Cast, make: Make, player: str) -> None:
    cast.summon("sg13")
    act, it = getattr(cast, player).act, arrival(make)

    assert refused(NotAllowed, confirm_arrival, act, it, form()) == "policy.not-permitted"
    assert refused(NotAllowed, refuse_arrival, act, it, "no") == "policy.not-permitted"
    assert refused(NotAllowed, take_mail, act, TakenMail(Incoming("z@y", ""))) == "policy.not-permitted"
    assert it.state == "waiting"


def test_who_wrote_is_kept_apart_in_the_journal(cast: Cast) -> None:
    act = cast.tsb.act

    take_mail(
        act, TakenMail(Incoming("z@y", "0" * 64, from_address="ada@etsi.example"), [TakenFile("a.txt", "b" * 64, 3)])
    )

    [entry] = act.session.exec(select(Entry).where(Entry.verb == "liaison.mail-arrived"))
    assert (entry.audience, "ada@etsi.example" in str(entry.facts)) == ("secretariat", False)
    assert all_rows(act.session, Statement) == []
    assert queries.find(act, "z@y") is None


def test_report_that_a_letter_came_back_marks_it(cast: Cast, make: Make) -> None:
    outbox.partner(make)
    statement = outbox.sent(cast, addressees=[{"name": "3GPP SA2", "purpose": "action", "deadline": "2026-06-01"}])
    letter = make.session.exec(select(Letter)).one()
    clock = make.act_as(Actor.clock())

    told = Incoming("b@mx", "0" * 64, kind="bounce", about=("other@x", letter.message_id), why="550 unknown user")
    it = take_mail(clock, TakenMail(told))

    [sent] = outbox.dispatches(clock, statement)
    assert (sent.bounced_at, sent.bounce_reason) == (clock.now, "550 unknown user")
    assert it is not None
    assert (it.state, it.reason) == ("ignored", "a report that a letter could not be delivered")


def test_one_mail_that_cannot_be_taken_holds_up_no_other(
    services: Services, inbox: MemoryInbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_on_first(act: object, mail: TakenMail) -> object:
        if mail.incoming.subject == "first":
            raise RuntimeError("broken")
        return take_mail(act, mail)  # type: ignore[arg-type]

    monkeypatch.setattr("sgdocs.liaison.fetching.take_mail", break_on_first)
    inbox.messages |= {"1": mail(Subject="first"), "2": mail(Subject="second", Message_ID="<b2@etsi.example>")}

    assert fetch(services, clock.now) == 1
    assert inbox.taken == ["2"]
    assert list(inbox.messages) == ["1"]
