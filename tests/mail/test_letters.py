"""Letters: written in the act, sent once, tried again, never with added headers."""

import socket
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Conflict, Invalid, NotAllowed
from sgdocs.mail import actions, queries
from sgdocs.mail.folder import FolderMailer
from sgdocs.mail.letter import Undeliverable, message_of
from sgdocs.mail.memory import MemoryMailer
from sgdocs.mail.models import FAILED, HIDDEN, SENT, WAITING, Letter
from sgdocs.mail.smtp import SmtpMailer

SENDER = "sgdocs <noreply@example.org>"


def letter(act: Act, **given: object) -> Letter:
    words: dict[str, object] = {"to": "a@example.org", "subject": "Late", "text": "It is late.", "kind": "test"}
    return actions.write(act, **(words | given))  # type: ignore[arg-type]


def test_due_letter_is_sent_once(act: Act) -> None:
    mailer = MemoryMailer()
    written = letter(act, to_name="Ada Ångström", reason="You asked for it.")

    assert actions.send_due(act, mailer, SENDER) == 1
    assert actions.send_due(act, mailer, SENDER) == 0

    (message,) = mailer.sent
    assert message["To"] == "Ada Ångström <a@example.org>"
    assert message["Message-ID"] == f"<{written.message_id}>"
    assert message.get_content() == "It is late.\n\n-- \nYou asked for it.\n"
    assert written.state == SENT


@pytest.mark.parametrize(
    "told",
    [
        {"subject": "=?utf-8?q?Late=0d=0aBcc:_everyone@example.org?="},
        {"to_name": "=?utf-8?q?Late=0d=0aBcc:_everyone@example.org?="},
        {"from_line": "=?utf-8?q?Late=0d=0aBcc:_everyone@example.org?= via list <list@example.org>"},
        {"headers": {"References": "<=?utf-8?q?Late=0d=0aBcc:_everyone@example.org?=>"}},
        {"reply_to": "=?utf-8?q?Late=0d=0aBcc:_everyone?=@example.org"},
    ],
    ids=lambda told: next(iter(told)),
)
def test_encoded_line_breaks_add_no_header(act: Act, told: dict[str, object]) -> None:
    try:
        message = message_of(letter(act, **told), SENDER)
    except Undeliverable:
        return

    assert message_from_bytes(message.as_bytes())["Bcc"] is None


def test_hidden_word_goes_to_the_last_place_alone(act: Act) -> None:
    """Who writes the placeholder into a statement gets no link of somebody else."""
    text = f"See https://evil.example/?{HIDDEN}\n\nSay that it came: https://sgdocs.test/liaison/ack/{HIDDEN}"

    told = message_of(letter(act, text=text, hidden="token"), SENDER).get_content()

    assert "https://sgdocs.test/liaison/ack/token" in told
    assert told.count("token") == 1


def test_letter_of_an_entry_is_written_once(act: Act) -> None:
    first, second = letter(act, entry_id=7), letter(act, entry_id=7)
    other = letter(act, entry_id=7, to="b@example.org")

    assert first.id == second.id
    assert other.id != first.id


@pytest.mark.parametrize("field", ["subject", "to_name"])
def test_line_breaks_add_no_header(act: Act, field: str) -> None:
    message = message_of(letter(act, **{field: "Late\r\nBcc: everyone@example.org"}), SENDER)

    assert message["Bcc"] is None
    assert b"\nBcc:" not in message.as_bytes()


@pytest.mark.parametrize("address", ["", "nobody", "no one"])
def test_letter_without_address_is_refused(act: Act, address: str) -> None:
    with pytest.raises(Invalid):
        letter(act, to=address)


def test_failing_letter_is_put_off_and_given_up(act: Act) -> None:
    mailer = MemoryMailer()
    mailer.failing = "mailbox full"
    written = letter(act)
    for _ in range(len(actions.PAUSES_S)):
        actions.send_due(act, mailer, SENDER)
        assert (written.state, written.error) == (WAITING, "mailbox full")
        act.now = written.due_at
    actions.send_due(act, mailer, SENDER)
    assert written.state == FAILED

    mailer.failing = None
    actions.send_again(act, written)
    assert actions.send_due(act, mailer, SENDER) == 1


def test_letter_with_an_impossible_address_holds_up_no_other(act: Act) -> None:
    mailer = MemoryMailer()
    bad, good = letter(act, to="a b@@example"), letter(act)

    assert actions.send_due(act, mailer, SENDER) == 1
    assert (bad.state, good.state) == (WAITING, SENT)


def test_claimed_letter_is_left_alone_by_a_second_worker(act: Act) -> None:
    class Slow(MemoryMailer):
        def send(self, message: object) -> None:
            assert actions.send_due(act, MemoryMailer(), SENDER) == 0

    letter(act)

    assert actions.send_due(act, Slow(), SENDER) == 1


def test_secret_letter_keeps_no_text(act: Act) -> None:
    written = letter(act, secret=True, text="https://example.org/reset/abc")
    actions.send_due(act, MemoryMailer(), SENDER)

    assert written.text == ""
    with pytest.raises(Conflict):
        actions.send_again(act, written)


def test_log_is_for_the_secretariat(act: Act) -> None:
    letter(act)
    letter(act, to="b@example.org")

    assert [row.to_address for row in queries.mail_log(act, to="b@").rows] == ["b@example.org"]
    with pytest.raises(NotAllowed):
        queries.mail_log(Act(act.session, Actor.anonymous(), act.now))


def test_folder_keeps_one_file_for_one_message(act: Act, tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "mail")
    message = message_of(letter(act, subject="Größe"), SENDER)

    mailer.send(message)
    mailer.send(message)

    (file,) = (tmp_path / "mail").iterdir()
    assert message_from_bytes(file.read_bytes(), policy=default)["Subject"] == "Größe"
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_smtp_hands_the_message_over(act: Act, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Mailbox(tmp_path / "box"), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        SmtpMailer(f"smtp://127.0.0.1:{port}").send(message_of(letter(act), SENDER))
    finally:
        controller.stop()

    (file,) = (tmp_path / "box" / "new").iterdir()
    assert message_from_bytes(file.read_bytes())["Subject"] == "Late"


def test_smtp_that_nobody_answers_is_undeliverable(act: Act) -> None:
    with pytest.raises(Undeliverable):
        SmtpMailer("smtp://127.0.0.1:9").send(message_of(letter(act), SENDER))


def test_letters_wait_for_their_time(act: Act) -> None:
    written = letter(act)
    written.due_at = act.now + timedelta(hours=1)
    act.session.flush()

    assert actions.send_due(act, MemoryMailer(), SENDER) == 0


def test_files_go_with_a_letter_under_names_that_add_no_header(act: Act) -> None:
    name = "paper\r\nBcc: everyone@example.org.docx"
    written = letter(act, attachments=[actions.Attachment(name, "a" * 64, "application/pdf", 3)])

    message = message_of(written, SENDER, {"a" * 64: b"%PDF"})

    (part,) = message.iter_attachments()
    assert message["Bcc"] is None
    assert (part.get_content_type(), part.get_content()) == ("application/pdf", b"%PDF")
    assert part.get_filename() == "paper Bcc: everyone@example.org.docx"
    with pytest.raises(Undeliverable):
        message_of(written, SENDER)


def test_letter_that_says_where_to_answer_is_not_called_generated(act: Act) -> None:
    plain, asked = letter(act), letter(act, reply_to="tsb@example.org\r\nBcc: everyone@example.org")

    assert message_of(plain, SENDER)["Auto-Submitted"] == "auto-generated"
    with pytest.raises(Undeliverable):
        message_of(asked, SENDER)
    assert message_of(letter(act, reply_to="tsb@example.org"), SENDER)["Reply-To"] == "tsb@example.org"


def test_hidden_word_stands_in_the_message_and_is_forgotten_when_it_is_sent(act: Act) -> None:
    mailer = MemoryMailer()
    written = letter(act, text=f"Press here: https://x.test/{HIDDEN}", hidden="word-of-32")

    actions.send_due(act, mailer, SENDER)

    assert "https://x.test/word-of-32" in mailer.sent[0].get_content()
    assert (written.hidden, written.text) == ("", f"Press here: https://x.test/{HIDDEN}")
    with pytest.raises(Conflict):
        actions.send_again(act, written)
