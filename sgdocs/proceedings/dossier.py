"""The record of one approval as a zip that anybody can verify: texts, comments, dispositions, replies, letters, decisions.

Each file stands in the manifest by its digest; the journal entries stand whole, the ones between them by the salted digest
of what they say, up to the head of the chain. `verify_dossier.py`, which goes along, follows all of it. Source: N20.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from sqlmodel import SQLModel

from sgdocs.approval.models import Process
from sgdocs.base.act import Act
from sgdocs.proceedings import dossier_records as records

Open = Callable[[str], BinaryIO]
SCRIPT: Final = Path(__file__).with_name("verify_dossier.py")
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
README: Final = """Approval record {number}: {title}

Made {at} (UTC) for {whom}. It holds what that reader may read.

record.json      the process, its windows, steps, announcements, positions and what was owed
comments.json    every comment with all its versions, disposition and satisfaction
replies.json     every reply and position with all its versions
letters.json     the letters that went out
decisions.json   decisions of meetings on this text
texts/           the texts that steps were bound to, as they were uploaded
papers/          announcements and circulars
comments/        files that came with comments
journal.jsonl    the journal entries of this approval; chain.txt what stands between them, by its digest
heads.jsonl      heads of the chain as they were published, day by day
evidence.jsonl   what comments and replies said, in the form whose digest the journal keeps

To verify:  python3 verify_dossier.py {name}
"""


@dataclass
class _Packing:
    """The zip as it grows, and what the manifest will say of it."""

    archive: zipfile.ZipFile
    files: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, data: bytes, **more: Any) -> None:
        """more: what the manifest says of it besides."""
        self._write(name, data)
        digest = hashlib.sha256(data).hexdigest()
        self.files.append({"name": name, "sha256": digest, "size_bytes": len(data), **more})

    def seal(self, manifest: dict[str, Any]) -> None:
        """The manifest and its own digest, last."""
        data = _json({**manifest, "files": self.files})
        self._write("manifest.json", data)
        self._write("manifest.sha256", hashlib.sha256(data).hexdigest().encode() + b"\n")

    def _write(self, name: str, data: bytes) -> None:
        told = zipfile.ZipInfo(name, date_time=EPOCH)
        told.compress_type, told.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        self.archive.writestr(told, data)


def name_of(process: Process) -> str:
    return f"{process.number.replace('/', '-')}-dossier.zip"


def write(act: Act, process: Process, stream: BinaryIO, open_blob: Open, heads: str = "") -> None:
    """The dossier as the actor may read it, into the stream. NotFound for who may not read the comments.

    open_blob: content by its digest; heads: lines of published heads. The same state gives the same bytes but for the
    moment. Costs some twenty queries and the links of the chain since the process began.
    """
    record = records.record_of(act, process)
    with zipfile.ZipFile(stream, "w") as archive:
        packing = _Packing(archive)
        packing.add("README.txt", _readme(act, process).encode())
        packing.add("verify_dossier.py", SCRIPT.read_bytes())
        for name, value in record.tables.items():
            packing.add(name, _json(value))
        for held in record.files:
            with open_blob(held.sha256) as content:
                packing.add(held.name, content.read(), is_bound=held.is_bound)
        chain = records.chain_of(act, record)
        packing.add("journal.jsonl", _lines(chain.entries))
        packing.add("chain.txt", "".join(f"{n} {digest}\n" for n, digest in chain.links).encode())
        packing.add("evidence.jsonl", _lines(record.evidence))
        packing.add("heads.jsonl", _heads(heads).encode())
        packing.seal({"process": process.number, "made_at": act.now.isoformat(), "chain": chain.ends})


def _readme(act: Act, process: Process) -> str:
    facts = {"number": process.number, "title": process.title, "at": act.now.isoformat(timespec="seconds")}
    return README.format(**facts, whom=act.actor.name or act.actor.kind.value, name=name_of(process))


def _heads(heads: str) -> str:
    """Whole lines alone."""
    return "".join(f"{line}\n" for line in heads.splitlines() if line.startswith("{") and line.endswith("}"))


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True, default=_plain).encode() + b"\n"


def _lines(values: Iterable[object]) -> bytes:
    """In ASCII, so that a line is a line for everybody."""
    return "".join(json.dumps(value, sort_keys=True, default=_plain) + "\n" for value in values).encode()


def _plain(value: object) -> object:
    return value.model_dump(mode="json") if isinstance(value, SQLModel) else str(value)
