"""Dossiers: verified by the script alone; one changed byte is named, in a file or in the journal; readers see their share."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from sgdocs.approval import letters
from sgdocs.approval.actions import comments, replies
from sgdocs.approval.comment_schemas import CommentForm, DisposalForm, ReplyForm
from sgdocs.approval.models import Comment, Process, Transition
from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound
from sgdocs.documents.models import Document, File
from sgdocs.documents.schemas import Upload
from sgdocs.journal import heads, outbox
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.proceedings import dossier
from sgdocs.proceedings.verify_dossier import verify
from sgdocs.storage.local import LocalStore
from tests.approval.windows import process, window
from tests.cast import Cast
from tests.documents.papers import file, paper
from tests.make import Make


def nobody(verb: str) -> list[str]:
    return []


@pytest.fixture
def blobs(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "blobs")


@pytest.fixture
def text(cast: Cast, make: Make, blobs: LocalStore) -> Process:
    """Consented with a text, commented with a file, judged; other acts in between, some of them not for everybody."""
    cast.summon("tsb", "chair", "rapporteur", "delegate_member", "delegate_state", "outsider")
    kept = blobs.put(io.BytesIO(b"The text of Y.slice as it was consented."))
    document = paper(make, 1, meeting="T25-SG13-260302")
    row: File = file(make, document, "", sha256=kept.sha256)
    assert row.sha256 == kept.sha256
    record(cast.tsb.act, "documents.submitted", document)
    text = process(cast, document_id=document.id, document_part="", sha256=kept.sha256)
    facts: dict[str, Any] = {"process": text.number, "sha256": text.sha256, "state": "consented"}
    entry = record(cast.chair.act, "approval.consent", text, audience="public", **facts)
    window(cast, text).sha256 = kept.sha256
    remark = Upload(blobs.put(io.BytesIO(b"marked up")), "marked up.docx", "application/x")
    form = CommentForm.model_validate({"kind": "substantive", "clause": "7", "text": "Zu kurz — “10 s”\u2028besser"})
    one = comments.comment(cast.delegate_member.act, text, form, remark)
    record(cast.tsb.act, "people.noted", cast.tsb.person, audience="secretariat", secret="of the office")
    comments.change(cast.delegate_member.act, text, one, form.model_copy(update={"text": "Far too short"}))
    judged = DisposalForm.model_validate({"disposition": "rejected", "reason": "Measured"})
    comments.dispose(cast.rapporteur.act, text, one, judged)
    letter = letters.Draft("result", "Y.slice: approved", "Dear all", (letters.Recipient("a@b.test", "Ada", "chair"),))
    letters.write(cast.tsb.act, letter, entry)
    record(cast.tsb.act, "people.noted", cast.tsb.person, audience="secretariat", secret="also of the office")
    outbox.seal(make.session, nobody, make.act.now)
    return text


def packed(act: Act, text: Process, blobs: LocalStore, told: str = "") -> bytes:
    stream = io.BytesIO()
    dossier.write(act, text, stream, blobs.open, told)
    return stream.getvalue()


def changed(data: bytes, name: str, edit: Callable[[bytes], bytes], *, mend: bool = False) -> bytes:
    """With one member edited, its sum in the zip right again; mend: its digest in the manifest too."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {each: archive.read(each) for each in archive.namelist()}
    held[name] = edit(held[name])
    if mend:
        manifest = json.loads(held["manifest.json"])
        for each in manifest["files"]:
            each["sha256"] = hashlib.sha256(held[each["name"]]).hexdigest()
        held["manifest.json"] = json.dumps(manifest).encode()
        held["manifest.sha256"] = hashlib.sha256(held["manifest.json"]).hexdigest().encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each, content in held.items():
            archive.writestr(each, content)
    return made.getvalue()


def faults(tmp_path: Path, data: bytes, told: str = "") -> list[str]:
    path = tmp_path / "a-dossier.zip"
    path.write_bytes(data)
    return verify(str(path), told)


def published(make: Make, tmp_path: Path) -> str:
    """The file of heads, with that of today."""
    heads.publish(make.session, tmp_path / "heads.jsonl", make.act.now)
    return (tmp_path / "heads.jsonl").read_text()


def names(data: bytes) -> set[str]:
    return set(zipfile.ZipFile(io.BytesIO(data)).namelist())


def held(data: bytes, name: str) -> Any:
    return json.loads(zipfile.ZipFile(io.BytesIO(data)).read(name))


def test_dossier_holds_the_record_and_verifies(cast: Cast, text: Process, blobs: LocalStore, tmp_path: Path) -> None:
    data = packed(cast.delegate_state.act, text, blobs)

    assert faults(tmp_path, data) == []
    assert {"record.json", "comments.json", "comments/1-1.docx", "journal.jsonl", "verify_dossier.py"} <= names(data)
    (document,) = [name for name in names(data) if name.startswith("texts/")]
    assert zipfile.ZipFile(io.BytesIO(data)).read(document) == b"The text of Y.slice as it was consented."
    (comment,) = held(data, "comments.json")
    assert (comment["text"], comment["disposition"]) == ("Far too short", "rejected")
    assert [each["said"]["text"] for each in comment["versions"]] == ["Zu kurz — “10 s”\u2028besser", "Far too short"]


def test_script_alone_verifies_and_names(cast: Cast, text: Process, blobs: LocalStore, tmp_path: Path) -> None:
    """The one that lies in the dossier, run by a bare Python, in eighty lines."""
    data = packed(cast.tsb.act, text, blobs)
    script = tmp_path / "verify_dossier.py"
    script.write_bytes(zipfile.ZipFile(io.BytesIO(data)).read("verify_dossier.py"))
    assert len(script.read_text().splitlines()) <= 80
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(data)
    bad.write_bytes(changed(data, "journal.jsonl", lambda old: old.replace(b"rejected", b"accepted", 1), mend=True))

    def run(path: Path) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-I", str(script), str(path)], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        return done.returncode, done.stdout

    assert run(good) == (0, "Everything holds.\n")
    code, said = run(bad)
    assert code == 1
    assert "approval.comment-disposed" in said


def test_each_changed_file_is_named(cast: Cast, text: Process, blobs: LocalStore, make: Make, tmp_path: Path) -> None:
    data = packed(cast.tsb.act, text, blobs, published(make, tmp_path))

    for name in sorted(names(data)):
        told = faults(tmp_path, changed(data, name, _flipped))
        wanted = "manifest.json" if name == "manifest.sha256" else name
        assert any(each.startswith(f"{wanted}:") for each in told), name


def _flipped(old: bytes) -> bytes:
    """One byte in the middle is another."""
    middle = len(old) // 2
    return old[:middle] + bytes([old[middle] ^ 1]) + old[middle + 1 :]


def test_byte_flipped_on_the_disk_is_found_wherever_it_matters(
    cast: Cast, text: Process, blobs: LocalStore, make: Make, tmp_path: Path
) -> None:
    """In the archive as it lies there: within the content of a member the fault names the member."""
    data = packed(cast.tsb.act, text, blobs, published(make, tmp_path))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        places = {
            each.filename: each.header_offset + 30 + len(each.filename) + each.compress_size // 2
            for each in archive.infolist()
        }

    for name, place in places.items():
        told = faults(tmp_path, data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        assert any(name.removesuffix(".sha256") in each for each in told), name
    assert faults(tmp_path, data[: len(data) // 2]) != []
    assert faults(tmp_path, b"") != []


def test_entry_is_named_though_every_digest_was_mended(
    cast: Cast, text: Process, blobs: LocalStore, make: Make, tmp_path: Path
) -> None:
    """Whoever rewrites the manifest as well still has the chain against them."""
    data = packed(cast.tsb.act, text, blobs)
    own = [json.loads(line) for line in zipfile.ZipFile(io.BytesIO(data)).read("journal.jsonl").splitlines()]

    for at, entry in enumerate(own):

        def rewrite(old: bytes, at: int = at) -> bytes:
            lines = [json.loads(line) for line in old.splitlines()]
            lines[at]["actor_id"] = 4711
            return b"".join(json.dumps(line).encode() + b"\n" for line in lines)

        told = faults(tmp_path, changed(data, "journal.jsonl", rewrite, mend=True))
        assert [each.split(" (")[0] for each in told] == [f"journal entry {entry['position']}"]


def test_words_that_were_exchanged_no_longer_fit_the_journal(
    cast: Cast, text: Process, blobs: LocalStore, tmp_path: Path
) -> None:
    data = packed(cast.tsb.act, text, blobs)
    edit = {
        "evidence.jsonl": lambda old: old.replace(b"Far too short", b"Quite right"),
        "chain.txt": lambda old: old[:-5] + bytes([old[-5] ^ 1]) + old[-4:],
    }
    told = faults(tmp_path, changed(data, "evidence.jsonl", edit["evidence.jsonl"], mend=True))
    assert told == [
        "comment 1, version 2: is not what the journal recorded",
        "comment 1, version 3: is not what the journal recorded",
    ]
    assert any(
        each.startswith("chain.txt:")
        for each in faults(tmp_path, changed(data, "chain.txt", edit["chain.txt"], mend=True))
    )
    (name,) = [each for each in names(data) if each.startswith("texts/")]
    other = faults(tmp_path, changed(data, name, lambda old: b"Another text", mend=True))
    assert other == [f"{name}: is not what the journal recorded"]


def test_dropped_entry_and_published_heads_tell(
    cast: Cast, text: Process, blobs: LocalStore, make: Make, tmp_path: Path
) -> None:
    kept = published(make, tmp_path)
    data = packed(cast.tsb.act, text, blobs, kept)
    assert faults(tmp_path, data, kept) == []

    less = changed(data, "journal.jsonl", lambda old: b"".join(old.splitlines(keepends=True)[:-1]), mend=True)
    assert faults(tmp_path, less) != []
    other = kept.replace('"hash": "', '"hash": "0')
    assert any("chain.txt: does not lead to the head of" in each for each in faults(tmp_path, data, other))


def test_links_tell_nothing_of_what_the_reader_may_not_read(cast: Cast, text: Process, blobs: LocalStore) -> None:
    data = packed(cast.delegate_state.act, text, blobs)
    everything = b"".join(zipfile.ZipFile(io.BytesIO(data)).read(name) for name in names(data))

    assert b"of the office" not in everything
    assert b"a@b.test" not in everything
    assert held(data, "letters.json")[0]["count"] == 1
    assert held(packed(cast.tsb.act, text, blobs), "letters.json")[0]["to"][0]["address"] == "a@b.test"
    with pytest.raises(NotFound):
        packed(cast.outsider.act, text, blobs)


def test_text_of_a_document_one_may_not_read_stays_out(
    cast: Cast, text: Process, blobs: LocalStore, make: Make, tmp_path: Path
) -> None:
    document = make.session.exec(select(Document).where(Document.id == text.document_id)).one()
    document.audience = "secretariat"
    make.session.flush()

    data = packed(cast.delegate_state.act, text, blobs)
    assert [name for name in names(data) if name.startswith("texts/")] == []
    assert faults(tmp_path, data) == []
    assert [name for name in names(packed(cast.tsb.act, text, blobs)) if name.startswith("texts/")] != []


def test_replies_are_bound_to_the_journal(cast: Cast, make: Make, blobs: LocalStore, tmp_path: Path) -> None:
    text = process(cast, "tap", "consultation")
    window(cast, text, "consultation")
    replies.reply(
        cast.delegate_state.act, text, ReplyForm.model_validate({"position": "oppose", "reason": "Numbering"})
    )
    replies.reply(cast.delegate_state.act, text, ReplyForm.model_validate({"position": "approve"}))
    outbox.seal(make.session, nobody, make.act.now)
    data = packed(cast.tsb.act, text, blobs)

    assert faults(tmp_path, data) == []
    forged = changed(data, "evidence.jsonl", lambda old: old.replace(b"Numbering", b"Tariffs"), mend=True)
    assert faults(tmp_path, forged) == [
        "reply of Administration of Fictavia, version 1: is not what the journal recorded"
    ]


def test_dossier_of_a_process_without_sealed_entries_verifies(
    cast: Cast, make: Make, blobs: LocalStore, tmp_path: Path
) -> None:
    text = process(cast)
    make.add(
        Transition(
            process_id=text.id or 0,
            number=1,
            step="consent",
            from_state="",
            to_state="consented",
            at=make.act.now,
            happened_on=text.opened_on,
            actor_kind="person",
        )
    )
    assert faults(tmp_path, packed(cast.tsb.act, text, blobs)) == []
    assert make.session.exec(select(Comment)).all() == []
    assert make.session.exec(select(Entry).where(Entry.subject_kind == "process")).all() == []
