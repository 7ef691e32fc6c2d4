"""Mail that comes in: who sent it as far as a relay vouches, what kind it is, its text and files; hostile messages."""

from email.message import EmailMessage
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.mail.incoming import MOST_FILES, read_message
from sgdocs.mail.vouching import vouched

RELAY = "mx.house.example"
PASS = f"{RELAY}; dmarc=pass header.from=etsi.example"


def message(text: str = "To: SG13", **headers: str) -> EmailMessage:
    found = EmailMessage()
    told = {"Message-ID": "<a1@etsi.example>", "From": "Ada Quill <ada@etsi.example>", "Subject": "LS on slices"}
    for name, value in (told | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        found[name] = value
    found.set_content(text)
    return found


def test_letter_is_read_with_its_files() -> None:
    mail = message("Dear colleagues", Date="Mon, 2 Mar 2026 10:00:00 +0100")
    mail.add_attachment(b"PK-letter", maintype="application", subtype="octet-stream", filename="LS.docx")

    read = read_message(mail.as_bytes())

    assert (read.message_id, read.kind, read.subject, read.text) == (
        "a1@etsi.example",
        "letter",
        "LS on slices",
        "Dear colleagues",
    )
    assert (read.from_name, read.from_address, read.is_authentic, read.identity) == (
        "Ada Quill",
        "ada@etsi.example",
        None,
        "",
    )
    assert [(each.name, each.content) for each in read.files] == [("LS.docx", b"PK-letter")]
    assert read.written_at is not None
    assert read.written_at.isoformat() == "2026-03-02T09:00:00+00:00"


VOUCHING = {
    "dmarc for the very domain": ([PASS], True),
    "dmarc of another domain": ([f"{RELAY}; dmarc=pass header.from=evil.example"], False),
    "dkim of the domain": ([f"{RELAY}; spf=fail; dkim=pass header.d=etsi.example header.s=k"], True),
    "dkim of the domain above": ([f"{RELAY}; dkim=pass header.d=example"], False),
    "dkim of a longer name": ([f"{RELAY}; dkim=pass header.d=notetsi.example"], False),
    "spf alone": ([f"{RELAY}; spf=pass smtp.mailfrom=etsi.example"], False),
    "failed": ([f"{RELAY}; dmarc=fail header.from=etsi.example"], False),
    "another relay": (["mx.evil.example; dmarc=pass header.from=etsi.example"], False),
    "our relay, not topmost": (["mx.evil.example; none", PASS], False),
    "the word of the relay in a comment": ([f"{RELAY} (dmarc=pass header.from=etsi.example); dmarc=fail"], False),
    "a comment that ends early": ([f"{RELAY}; dmarc=fail (; dmarc=pass header.from=etsi.example;)"], False),
    "nobody": ([], False),
}


@pytest.mark.parametrize("case", VOUCHING)
def test_sender_is_confirmed_by_the_topmost_word_of_our_relay_alone(case: str) -> None:
    results, expected = VOUCHING[case]
    raw = "".join(f"Authentication-Results: {each}\r\n" for each in results).encode() + message().as_bytes()

    read = read_message(raw, [RELAY])

    assert (read.is_authentic, read.identity) == (expected, "ada@etsi.example" if expected else "")
    assert read_message(raw).is_authentic is None


def test_upper_case_of_domain_and_relay_does_not_count() -> None:
    assert vouched([PASS.upper()], "ada@ETSI.example", ["MX.House.Example"])


@pytest.mark.parametrize(
    "line",
    [
        "From: Ada <ada@etsi.example>, Eve <eve@evil.example>",
        "From: Ada <ada@etsi.example> <eve@evil.example>",
        "From: ada@etsi.example\r\nFrom: eve@evil.example",
        "From: nobody",
        "From: <ada@etsi.example",
        "X-Nothing: here",
    ],
)
def test_sender_that_is_not_one_address_is_nobody(line: str) -> None:
    raw = f"Authentication-Results: {PASS}\r\n{line}\r\nSubject: x\r\n\r\ntext".encode()

    read = read_message(raw, [RELAY])

    assert (read.from_address, read.is_authentic) == ("", False)
    assert read.odd == ("it does not say by one address who sent it",)


def test_name_that_pretends_to_be_an_address_is_a_name() -> None:
    read = read_message(message(From='"ada@etsi.example" <eve@evil.example>').as_bytes(), [RELAY])

    assert (read.from_name, read.from_address) == ("ada@etsi.example", "eve@evil.example")


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (rejected)"},
        {"X_Autoreply": "yes"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
    ],
)
def test_automatic_reply_is_recognised(headers: dict[str, str]) -> None:
    assert read_message(message(**headers).as_bytes()).kind == "automatic"
    assert read_message(message(Auto_Submitted="no").as_bytes()).kind == "letter"


BOUNCE = b"""From: MAILER-DAEMON@mx.etsi.example
Content-Type: multipart/report; report-type=delivery-status; boundary=B
Subject: Undelivered

--B
Content-Type: text/plain

No such user
--B
Content-Type: message/delivery-status

Final-Recipient: rfc822; nobody@etsi.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 unknown user

--B
Content-Type: message/rfc822

Message-ID: <letter-7@sgdocs.test>
Subject: LS

text
--B--
"""


def test_bounce_names_our_letter_and_why() -> None:
    read = read_message(BOUNCE)

    assert (read.kind, read.about) == ("bounce", ("letter-7@sgdocs.test",))
    assert "unknown user" in read.why


def test_message_without_subject_and_id_is_still_one() -> None:
    first, again = (read_message(b"From: a@b.example\r\n\r\ntext") for _ in range(2))

    assert (first.subject, first.text) == ("", "text")
    assert first.message_id == again.message_id != read_message(b"From: a@b.example\r\n\r\nother").message_id


def test_name_of_a_file_leads_nowhere() -> None:
    mail = message()
    for name in ("../../etc/passwd", "C:\\Windows\\x.docx", "a\r\nBcc: x.docx"):
        mail.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=name.replace("\r\n", " "))

    assert [each.name for each in read_message(mail.as_bytes()).files] == ["passwd", "x.docx", "a Bcc: x.docx"]


def test_more_files_than_are_taken_are_told() -> None:
    mail = message()
    for n in range(MOST_FILES + 5):
        mail.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=f"{n}.docx")

    read = read_message(mail.as_bytes())

    assert len(read.files) == MOST_FILES
    assert read.odd == ("it has more files than are taken",)


def test_parts_nested_a_thousand_deep_are_told_not_read() -> None:
    raw = b"From: a@b.example\r\n"
    for n in range(1500):
        raw += f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n".encode()

    read = read_message(raw)

    assert read.files == ()
    assert read.odd != ()


def test_page_is_read_as_its_words() -> None:
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content("<style>p{}</style><p>Dear <b>all</b></p><script>alert(1)</script>", subtype="html")

    assert read_message(mail.as_bytes()).text.split() == ["Dear", "all"]


@given(st.binary(max_size=600))
def test_nothing_breaks_the_reader(raw: bytes) -> None:
    for head in (
        b"",
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\nSubject: =?utf-8?b?",
        b"Date: ",
    ):
        read = read_message(head + raw, [RELAY])
        assert read.message_id
        assert "\n" not in read.subject + read.from_name + read.from_address


@pytest.mark.parametrize(
    "raw",
    [
        b"To: " + b'"(<a@b,' * 3_000 + b"\n\nx",
        b"To: " + b"(" * 15_000 + b"\n\nx",
        b"Content-Type: message/rfc822\n\n" * 400 + b"\nx",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 100_000,
        b"a: b\n" * 1_200_000 + b"\nx",
        b"Content-Type: text/html\n\n" + b"<" * 400_000,
        b"Content-Type: text/html\n\n" + b"<script " * 50_000,
        b"Authentication-Results: mx; dmarc=pass " + b"(" * 9_000 + b")" * 9_000 + b"\n\nx",
        b"Authentication-Results: mx; dmarc=pass " + b"a" * 20_000 + b"\n\nx",
    ],
    ids=["comments-in-to", "open-comments", "nested", "parts", "headers", "marks", "scripts", "comments", "property"],
)
def test_no_message_stops_the_reader(raw: bytes) -> None:
    started = perf_counter()

    read = read_message(b"From: mallory@etsi.example\n" + raw, {"mx"})

    assert read.identity == ""
    assert perf_counter() - started < 5


def test_message_in_messages_is_held_once() -> None:
    inner = b"Content-Type: application/pdf\n\n" + b"x" * 100_000

    read = read_message(b"From: a@etsi.example\n" + b"Content-Type: message/rfc822\n\n" * 40 + inner)

    assert len(read.files) == 1


def test_markup_leaves_the_words() -> None:
    html = "<p>Dear <b>all</b><style>p {}</style><script>alert('<b>')</script>, see 1 < 2"

    read = read_message(b"From: a@etsi.example\nContent-Type: text/html\n\n" + html.encode())

    assert " ".join(read.text.split()) == "Dear all , see 1 < 2"
