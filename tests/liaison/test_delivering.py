"""Delivery: acknowledgement by link, silence, bounces, letters sent again, withdrawal."""

from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Closed, Conflict, NotAllowed, NotFound
from sgdocs.documents.models import Document
from sgdocs.journal.models import Entry, PersonalFacts
from sgdocs.liaison import chasing, queries
from sgdocs.liaison.actions import approving, delivering, drafting, sending_again, withdrawing
from sgdocs.liaison.actions.replying import draft_reply
from sgdocs.liaison.bodies_models import BodyContact
from sgdocs.liaison.models import Dispatch, Statement
from sgdocs.liaison.practice import Practice
from sgdocs.liaison.rules import Level, State, Status
from sgdocs.liaison.schemas import AcknowledgeForm
from sgdocs.mail import actions as mail
from sgdocs.mail.memory import MemoryMailer
from sgdocs.mail.models import FAILED, HIDDEN, Letter
from sgdocs.storage.local import LocalStore
from tests.cast import Cast
from tests.documents import desk
from tests.liaison import outbox
from tests.make import Make

OUT = [{"name": "3GPP SA2", "purpose": "action", "deadline": "2026-06-01"}]


@pytest.fixture
def statement(cast: Cast, make: Make) -> Statement:
    """Sent to 3GPP SA2, which has one contact."""
    outbox.partner(make)
    return outbox.sent(cast, addressees=OUT)


def token(act: Act) -> str:
    """Of the letter that was written last, before it is sent."""
    return act.session.exec(select(Letter.hidden).order_by(col(Letter.id).desc())).first() or ""


def anonymous(act: Act, *, later: timedelta = timedelta(0)) -> Act:
    return Act(act.session, Actor.anonymous(), act.now + later)


def test_other_body_acknowledges_once_without_an_account(cast: Cast, statement: Statement) -> None:
    act = cast.tsb.act
    key = token(act)

    delivering.acknowledge(anonymous(act), key, AcknowledgeForm(name="Mina Moore", words="thank you"))

    (sent,), row = outbox.dispatches(act, statement), outbox.to(act, statement)
    assert (sent.acknowledged_at, sent.acknowledged_by) == (act.now, "Mina Moore: thank you")
    assert (row.state, row.acknowledged_at) == (State.ACKNOWLEDGED, act.now)
    with pytest.raises(Conflict) as refused:
        delivering.acknowledge(anonymous(act), key)
    assert refused.value.rule.id == "liaison.link-used"
    assert outbox.dispatches(act, statement)[0].acknowledged_by == "Mina Moore: thank you"


def test_looking_acknowledges_nothing_and_tells_no_more_than_number_title_and_day(
    cast: Cast, statement: Statement
) -> None:
    """A scanner that follows the link changes nothing."""
    act = cast.tsb.act

    seen = delivering.receipt_of(anonymous(act), token(act))

    assert vars(seen) == {
        "number": "SG13-LS1", "title": statement.title, "dated_on": statement.dated_on, "is_used": False, "is_over": False,
    }  # fmt: skip
    assert outbox.to(act, statement).state == State.SENT


@pytest.mark.parametrize(
    "change", [lambda key: key[:-1], lambda key: key + "A", lambda key: key.swapcase(), lambda key: ""]
)
def test_altered_link_is_no_link(cast: Cast, statement: Statement, change: object) -> None:
    act = cast.tsb.act
    altered = change(token(act))  # type: ignore[operator]

    for door in (delivering.receipt_of, delivering.acknowledge):
        with pytest.raises(NotFound):
            door(anonymous(act), altered)


def test_link_ends_after_its_days_to_the_second(cast: Cast, statement: Statement) -> None:
    act, days = cast.tsb.act, timedelta(days=60)
    key = token(act)

    with pytest.raises(Closed) as refused:
        delivering.acknowledge(anonymous(act, later=days + timedelta(seconds=1)), key)
    assert refused.value.rule.id == "liaison.link-over"
    assert delivering.receipt_of(anonymous(act, later=days + timedelta(seconds=1)), key).is_over
    delivering.acknowledge(anonymous(act, later=days), key)

    assert outbox.to(act, statement).state == State.ACKNOWLEDGED


def test_who_acknowledged_stands_apart_in_the_journal(cast: Cast, statement: Statement, make: Make) -> None:
    act = cast.tsb.act
    delivering.acknowledge(anonymous(act), token(act), AcknowledgeForm(name="Mina Moore"))

    entry = make.session.exec(select(Entry).where(Entry.verb == "liaison.acknowledged")).one()
    apart = make.session.get_one(PersonalFacts, entry.id)
    assert "Mina" not in str(entry.facts)
    assert (entry.audience, (apart.facts or {})["words"]) == ("T/SG13", "Mina Moore")


def test_letter_goes_out_with_link_and_files_and_forgets_the_link(cast: Cast, make: Make, tmp_path: Path) -> None:
    outbox.partner(make)
    store, blobs, mailer = outbox.Store(), LocalStore(tmp_path), MemoryMailer()
    outbox.sent(cast, store, addressees=OUT)
    (content,) = store.kept.values()
    blobs.put(BytesIO(content))
    act = cast.tsb.act
    letter, key = act.session.exec(select(Letter)).one(), token(act)

    assert mail.send_due(act, mailer, "TSB <tsb@example.test>", blobs=blobs) == 1

    (message,) = mailer.sent
    text = message.get_body()
    assert isinstance(text, EmailMessage)
    assert f"{outbox.SITE}/liaison/ack/{key}" in text.get_content()
    assert (message["Reply-To"], message["Auto-Submitted"]) == ("rafael@example.test", None)
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("T25-SG13-LS1-E.docx", content)
    assert (letter.hidden, HIDDEN in letter.text, key in letter.text) == ("", True, False)
    with pytest.raises(Conflict):
        mail.send_again(act, letter)


def test_letter_without_its_file_waits_and_is_tried_again(cast: Cast, statement: Statement, tmp_path: Path) -> None:
    act, mailer = cast.tsb.act, MemoryMailer()

    assert mail.send_due(act, mailer, "TSB <tsb@example.test>", blobs=LocalStore(tmp_path)) == 0

    letter = act.session.exec(select(Letter)).one()
    assert (letter.error, letter.state) == ("the content of T25-SG13-LS1-E.docx is not here", "waiting")
    assert letter.hidden


def test_silence_is_told_once_after_the_days_of_the_setting(cast: Cast, statement: Statement, make: Make) -> None:
    clock = Act(make.session, Actor.clock(), cast.tsb.act.now + timedelta(days=14))

    assert delivering.not_acknowledged(desk.at(cast.tsb.act, clock.now - timedelta(seconds=1))) == []
    assert [each.days for each in delivering.not_acknowledged(desk.at(cast.tsb.act, clock.now))] == [14]
    assert (chasing.tell_of_silence(clock), chasing.tell_of_silence(clock)) == (1, 0)
    assert (
        delivering.not_acknowledged(desk.at(cast.tsb.act, clock.now), practice=Practice(unacknowledged_days=15)) == []
    )

    entry = make.session.exec(select(Entry).where(Entry.verb == "liaison.not-acknowledged")).one()
    assert (entry.facts["addressee"], entry.facts["days"]) == ("3GPP SA2", 14)


def test_silence_is_for_who_may_read_the_statement(cast: Cast, statement: Statement) -> None:
    late = cast.tsb.act.now + timedelta(days=30)

    assert len(delivering.not_acknowledged(desk.at(cast.delegate_member.act, late))) == 1
    assert delivering.not_acknowledged(desk.at(cast.outsider.act, late)) == []


def test_acknowledged_and_answered_letters_are_not_silent(cast: Cast, statement: Statement) -> None:
    act = cast.tsb.act
    delivering.acknowledge(anonymous(act), token(act))

    assert delivering.not_acknowledged(desk.at(act, act.now + timedelta(days=30))) == []


def test_bounce_marks_letter_and_contact(cast: Cast, statement: Statement, make: Make) -> None:
    letter = make.session.exec(select(Letter)).one()
    clock = Act(make.session, Actor.clock(), cast.tsb.act.now)

    assert delivering.bounced(clock, "<nobody@sgdocs>", "unknown") is None
    sent = delivering.bounced(clock, f"<{letter.message_id}>", "550 5.1.1 no such\r\nuser")

    assert sent is not None
    assert (sent.bounced_at, sent.bounce_reason) == (clock.now, "550 5.1.1 no such user")
    assert make.session.exec(select(BodyContact)).one().bounced_at == clock.now
    assert len(make.session.exec(select(Entry).where(Entry.verb == "liaison.bounced")).all()) == 1
    with pytest.raises(NotAllowed):
        delivering.bounced(cast.rapporteur.act, letter.message_id, "no")


def test_letter_that_no_server_took_counts_as_come_back(
    cast: Cast, statement: Statement, make: Make, database: Database
) -> None:
    letter = make.session.exec(select(Letter)).one()
    letter.state, letter.error = FAILED, "mail.example: refused"
    make.add(letter)
    make.session.commit()

    assert (chasing.tick(database, cast.tsb.act.now), chasing.tick(database, cast.tsb.act.now)) == (1, 0)

    with Session(database.engine) as session:
        assert session.exec(select(Dispatch.bounce_reason)).one() == "mail.example: refused"


def test_letter_is_sent_again_to_another_contact_with_a_new_link(cast: Cast, statement: Statement) -> None:
    act = outbox.on_site(cast.tsb.act)
    (first,), old = outbox.dispatches(act, statement), token(act)

    again = sending_again.send_again(act, statement, first.id or 0, address="chair@3gpp.test", name="Chair of SA2")

    assert (again.to_address, again.to_name, again.files) == ("chair@3gpp.test", "Chair of SA2", first.files)
    with pytest.raises(NotFound):
        delivering.acknowledge(anonymous(act), old)
    delivering.acknowledge(anonymous(act), token(act))
    assert outbox.to(act, statement).state == State.ACKNOWLEDGED
    with pytest.raises(Conflict):
        sending_again.send_again(act, statement, again.id or 0)


def test_only_letters_of_the_statement_are_sent_again_by_the_office(cast: Cast, statement: Statement) -> None:
    (sent,) = outbox.dispatches(cast.tsb.act, statement)
    other = outbox.sent(cast, title="To a group")
    (filed,) = outbox.dispatches(cast.tsb.act, other)

    with pytest.raises(NotAllowed):
        sending_again.send_again(cast.rapporteur.act, statement, sent.id or 0)
    with pytest.raises(NotFound):
        sending_again.send_again(cast.tsb.act, other, sent.id or 0)
    with pytest.raises(Conflict) as refused:
        sending_again.send_again(cast.tsb.act, other, filed.id or 0)
    assert refused.value.rule.id == "liaison.not-a-letter"


def test_withdrawn_statement_waits_for_nothing_and_tells_everybody(cast: Cast, make: Make) -> None:
    outbox.partner(make)
    cast.summon("sg15")
    statement = outbox.sent(cast, addressees=[*OUT, {"name": "T/SG15", "purpose": "comment"}])
    act = cast.tsb.act
    with pytest.raises(NotAllowed):
        withdrawing.withdraw(cast.chair.act, statement, "wrong text")

    withdrawing.withdraw(act, statement, "wrong text")

    assert statement.status == Status.WITHDRAWN
    assert {row.state for row in queries.addressees_of(act.session, statement)} == {State.WITHDRAWN}
    assert act.session.get_one(Document, statement.document_id).status == "withdrawn"
    letter = act.session.exec(select(Letter).where(Letter.kind == "liaison.withdrawal")).one()
    assert "Reason: wrong text" in letter.text
    told = act.session.exec(select(Entry.audience).where(Entry.verb == "liaison.withdrawn")).all()
    assert sorted(told) == ["T/SG13", "T/SG15"]
    with pytest.raises(Conflict):
        withdrawing.withdraw(act, statement, "twice")


def test_withdrawn_reply_opens_again_what_it_closed(cast: Cast, make: Make) -> None:
    asked = outbox.sent(cast, addressees=[{"name": "T/SG15", "purpose": "action", "deadline": "2026-06-01"}])
    act = cast.tsb.act
    reply = drafting.draft(act, draft_reply(act, asked, outbox.to(act, asked)).model_copy(update={"body": "None."}))
    sender = queries.senders_of(act.session, reply)[0]
    approving.agree(act, reply, sender, Level.CHAIR)
    approving.approve(act, reply, sender)
    outbox.send(act, reply)
    assert outbox.to(act, asked).state == State.REPLIED

    withdrawing.withdraw(act, reply, "not agreed after all")

    row = outbox.to(act, asked)
    assert (row.answered_by_id, row.state == State.REPLIED) == (None, False)
