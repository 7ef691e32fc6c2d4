"""Mail that comes in for a list goes to the list, all other mail to the secretariat."""

from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage

import pytest
from sqlmodel import Session, select

from sgdocs.base.act import Act
from sgdocs.liaison.fetching import fetch
from sgdocs.liaison.models import Arrival
from sgdocs.mail.memory import MemoryInbox
from sgdocs.mail.models import Letter
from sgdocs.mailing_lists import actions
from sgdocs.mailing_lists.models import ListMessage
from sgdocs.mailing_lists.receiving import claim
from sgdocs.wiring import Services
from tests.cast import QUESTION, Cast
from tests.make import Make, all_rows
from tests.support.databases import Clock

RELAY = "mx.house.example"


def mail(sender: str, to: str = "T25SG13Q2@lists.localhost", text: str = "Words.", **headers: str) -> bytes:
    message = EmailMessage()
    told = {"Message-ID": "<a1@example.org>", "From": sender, "To": to, "Subject": "Sleep modes"} | headers
    for name, value in told.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def vouched(sender: str) -> str:
    return f"{RELAY}; dmarc=pass header.from={sender.split('@')[1]}"


@pytest.fixture
def house(services: Services, make: Make, cast: Cast, act: Act) -> Services:
    row = actions.open_list(cast.tsb.act, make.group(QUESTION))
    actions.subscribe(cast.rapporteur.act, row, cast.rapporteur.person)
    act.session.commit()
    return replace(services, settings=services.settings.model_copy(update={"inbox_relays": RELAY}))


def taken(house: Services, inbox: MemoryInbox, clock: Clock, raw: bytes) -> tuple[list[ListMessage], list[Arrival]]:
    inbox.messages["1"] = raw
    assert fetch(house, clock.now, claim) == 1
    with house.database.reading() as session:
        reader: Session = session
        return all_rows(reader, ListMessage), list(reader.exec(select(Arrival)))


def test_a_member_vouched_for_is_posted(house: Services, inbox: MemoryInbox, clock: Clock, cast: Cast) -> None:
    sender = cast.rapporteur.person.email or ""
    messages, arrivals = taken(house, inbox, clock, mail(sender, Authentication_Results=vouched(sender)))
    assert ([each.state for each in messages], arrivals) == (["posted"], [])


def test_a_forged_member_is_held(house: Services, inbox: MemoryInbox, clock: Clock, cast: Cast) -> None:
    sender = cast.rapporteur.person.email or ""
    forged = f"mx.elsewhere.example; dmarc=pass header.from={sender.split('@')[1]}"
    messages, _ = taken(house, inbox, clock, mail(sender, Authentication_Results=forged))
    assert [each.state for each in messages] == ["held"]


@pytest.mark.parametrize("headers", [{"Precedence": "list"}, {"Auto_Submitted": "auto-replied"}, {"Return_Path": "<>"}])
def test_a_loop_ends_here(
    house: Services, inbox: MemoryInbox, clock: Clock, cast: Cast, headers: dict[str, str]
) -> None:
    sender = cast.rapporteur.person.email or ""
    raw = mail(sender, Authentication_Results=vouched(sender), **headers)
    assert taken(house, inbox, clock, raw) == ([], [])


def test_too_large_a_message_is_refused_without_its_text(
    house: Services, inbox: MemoryInbox, clock: Clock, cast: Cast
) -> None:
    sender = cast.rapporteur.person.email or ""
    raw = mail(sender, text="long line of words\n" * 700_000, Authentication_Results=vouched(sender))
    (message,), _ = taken(house, inbox, clock, raw)
    assert (message.state, message.text) == ("refused", "")
    assert "a list takes 10" in message.reason


def test_other_mail_goes_to_the_secretariat(house: Services, inbox: MemoryInbox, clock: Clock) -> None:
    messages, arrivals = taken(house, inbox, clock, mail("ada@etsi.example", to="tsbsg13@house.example"))
    assert (messages, len(arrivals)) == ([], 1)


def test_the_same_mail_twice_is_one_message(house: Services, inbox: MemoryInbox, clock: Clock, cast: Cast) -> None:
    sender = cast.rapporteur.person.email or ""
    raw = mail(sender, Authentication_Results=vouched(sender))
    taken(house, inbox, clock, raw)
    messages, _ = taken(house, inbox, clock, raw)
    assert len(messages) == 1


def test_an_answer_that_names_the_letter_alone_joins_its_thread(
    house: Services, inbox: MemoryInbox, clock: Clock, cast: Cast, work: Callable[[], None]
) -> None:
    sender = cast.rapporteur.person.email or ""
    taken(house, inbox, clock, mail(sender, Authentication_Results=vouched(sender)))
    work()
    with house.database.reading() as session:
        letters = [each.message_id for each in all_rows(session, Letter) if each.kind == "lists.message"]
    headers = f"Message-ID: <a2@example.org>\nIn-Reply-To: <{letters[0]}>".encode()
    raw = mail(sender, Authentication_Results=vouched(sender)).replace(b"Message-ID: <a1@example.org>", headers)
    messages, _ = taken(house, inbox, clock, raw)
    assert [each.thread for each in messages] == [1, 1]


@pytest.mark.parametrize(
    ("addresses", "to", "right"),
    [
        ("", "t25sg13q2@lists.localhost, liaison@house.example", (1, 0)),
        ("liaison@house.example", "t25sg13q2@lists.localhost, Liaison@House.example", (1, 1)),
        ("other@house.example, liaison@house.example ,", "t25sg13q2@lists.localhost", (1, 0)),
        ("liaison@house.example", "liaison@house.example", (0, 1)),
    ],
)
def test_mail_to_a_list_and_to_the_liaison_inbox_goes_to_both(
    house: Services, inbox: MemoryInbox, clock: Clock, cast: Cast, addresses: str, to: str, right: tuple[int, int]
) -> None:
    both = replace(house, settings=house.settings.model_copy(update={"inbox_addresses": addresses}))
    messages, arrivals = taken(both, inbox, clock, mail("ada@etsi.example", to))

    assert (len(messages), len(arrivals)) == right
    assert {each.state for each in arrivals} <= {"waiting"}
