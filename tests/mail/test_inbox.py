"""Where mail waits: a folder, and an IMAP server that speaks the protocol."""

import os
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgdocs.mail.imap import ImapInbox
from sgdocs.mail.inbox import FolderInbox, Inbox, InboxUnreachable, NullInbox
from sgdocs.wiring import inbox_of


def test_folder_gives_the_oldest_first_and_keeps_what_is_done(tmp_path: Path) -> None:
    for n, name in enumerate(("b.eml", "a.eml", "note.txt")):
        (tmp_path / name).write_bytes(name.encode())
        os.utime(tmp_path / name, (n, n))
    inbox = FolderInbox(tmp_path)

    assert [(each.key, each.raw) for each in inbox.waiting(100)] == [("b.eml", b"b.eml"), ("a.eml", b"a.eml")]
    inbox.done("b.eml")
    assert [each.key for each in inbox.waiting(100)] == ["a.eml"]
    assert (tmp_path / "done" / "b.eml").read_bytes() == b"b.eml"


def test_folder_does_not_read_what_is_too_large_nor_follow_links(tmp_path: Path) -> None:
    (tmp_path / "big.eml").write_bytes(b"x" * 101)
    (tmp_path / "link.eml").symlink_to(tmp_path / "big.eml")

    assert [(each.key, each.raw, each.size_bytes) for each in FolderInbox(tmp_path).waiting(100)] == [
        ("big.eml", b"", 101)
    ]


def test_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert list(FolderInbox(tmp_path / "none").waiting(100)) == []


@pytest.mark.parametrize(
    ("url", "kind"), [("", NullInbox), ("file:in", FolderInbox), ("imaps://a:b@mail.example/INBOX", ImapInbox)]
)
def test_setting_picks_the_inbox(url: str, kind: type[Inbox]) -> None:
    assert isinstance(inbox_of(url), kind)


def test_unknown_inbox_is_refused_without_its_password() -> None:
    with pytest.raises(ValueError, match="SGDOCS_INBOX") as caught:
        inbox_of("pop3://user:hunter2@mail.example")

    assert "hunter2" not in str(caught.value)


class _Server(socketserver.StreamRequestHandler):
    """As much of IMAP as a client needs that reads a mail box."""

    messages: dict[str, bytes] = {}
    seen: set[str] = set()

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, verb, *rest = line.decode().split()
            words = [verb.upper(), *(word.upper() for word in rest)]
            self._answer(words, rest)
            self.wfile.write(f"{tag} OK done\r\n".encode())
            if verb.upper() == "LOGOUT":
                return

    def _answer(self, words: list[str], rest: list[str]) -> None:
        if words[0] == "CAPABILITY":
            self.wfile.write(b"* CAPABILITY IMAP4REV1\r\n")
        elif words[:2] == ["UID", "SEARCH"]:
            unseen = " ".join(key for key in self.messages if key not in self.seen)
            self.wfile.write(f"* SEARCH {unseen}\r\n".encode())
        elif words[:2] == ["UID", "FETCH"]:
            raw = self.messages[rest[1]]
            if "RFC822.SIZE" in words[3]:
                self.wfile.write(f"* {rest[1]} FETCH (UID {rest[1]} RFC822.SIZE {len(raw)})\r\n".encode())
            else:
                head = f"* {rest[1]} FETCH (UID {rest[1]} BODY[] {{{len(raw)}}}\r\n".encode()
                self.wfile.write(head + raw + b")\r\n")
        elif words[:2] == ["UID", "STORE"]:
            self.seen.add(rest[1])


@pytest.fixture
def imap() -> Iterator[str]:
    _Server.messages = {"7": b"From: a@b.example\r\n\r\none", "9": b"x" * 500}
    _Server.seen = set()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Server) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"imap://user:pass@127.0.0.1:{server.server_address[1]}/INBOX"
        server.shutdown()


def test_imap_gives_what_is_unseen_and_marks_what_is_done(imap: str) -> None:
    inbox = ImapInbox(imap, every_s=0)

    found = list(inbox.waiting(100))
    inbox.done("7")

    assert [(each.key, each.raw, each.size_bytes) for each in found] == [
        ("7", b"From: a@b.example\r\n\r\none", 24),
        ("9", b"", 500),
    ]
    assert [each.key for each in inbox.waiting(100)] == ["9"]


def test_imap_is_asked_once_a_minute(imap: str) -> None:
    inbox = ImapInbox(imap)

    assert [len(list(inbox.waiting(100))) for _ in range(2)] == [2, 0]


def test_imap_that_does_not_answer_is_told() -> None:
    with pytest.raises(InboxUnreachable):
        list(ImapInbox("imap://user:pass@127.0.0.1:1/INBOX").waiting(100))
