"""Keep what was read of a file: its clauses, and what it names. Told twice, it does the same."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.documents.actions._filing import note
from sgdocs.documents.citations import NOTHING, Known, look_up
from sgdocs.documents.models import Citation, Clause, Document, File, Version
from sgdocs.documents.queries import scope_of
from sgdocs.documents.read_text import ReadText, made_ready
from sgdocs.documents.references import Entry, Mention
from sgdocs.documents.rules import Status
from sgdocs.identifiers import Identifier, format
from sgdocs.policy import Permission, require
from sgdocs.text.model import Reading

PENDING, KEPT, NONE = "pending", "kept", "none"
LONGEST_WORDS = 600


def keep_text(act: Act, file: File, reading: Reading | ReadText) -> bool:
    """Store clauses, language, problem and citations of a file; False when that was done before.

    A file that could not be read is kept as one without text, with the reason. Costs about 6 statements, whatever the
    number of clauses; give a `ReadText` that was made before the transaction when the text is long.
    """
    document = act.session.get_one(Document, file.document_id)
    require(act.actor, Permission.KEEP_TEXT, scope_of(act.session, document))
    text = made_ready(reading) if isinstance(reading, Reading) else reading
    if not _is_mine(act, file, KEPT if text.is_kept else NONE):
        return False
    file.text_problem, file.language_read = text.problem[:500], text.language
    file.characters = text.characters
    clauses = _clauses(act, file, text)
    _cite(act, document, file, text, clauses)
    note(act, "documents.read", document, file=file.name, clauses=len(text.units), problem=file.text_problem)
    return True


def keep_brought(act: Act, document: Document, texts: Mapping[str, ReadText]) -> int:
    """Store the texts that were read when these files came in, in the transaction that files them; how many were kept.

    texts: by the SHA-256 of the original. What is not posted waits, as it does for whoever reads it later.
    """
    if not texts:
        return 0
    held = select(File).join(Version, col(Version.id) == File.version_id)
    held = held.where(File.document_id == document.id, File.text == PENDING, Version.status == Status.POSTED)
    if document.status != Status.POSTED:
        return 0
    house = replace(act, actor=Actor.clock())
    files = act.session.exec(held.where(col(File.sha256).in_(list(texts))).order_by(col(File.id))).all()
    return sum(keep_text(house, file, texts[file.sha256]) for file in files)


def keep_preview(act: Act, file: File, sha256: str) -> None:
    """Name the blob of the preview. It changes nothing that a history tells."""
    document = act.session.get_one(Document, file.document_id)
    require(act.actor, Permission.KEEP_TEXT, scope_of(act.session, document))
    file.preview_sha256 = sha256
    act.session.add(file)


def _is_mine(act: Act, file: File, state: str) -> bool:
    """Whether this act is the one that keeps the text: of two at once one finds nothing pending any more."""
    claimed = update(File).where(col(File.id) == file.id, col(File.text) == PENDING).values(text=state)
    if not act.session.execute(claimed).rowcount:  # type: ignore[attr-defined]  # a cursor's result
        return False
    act.session.refresh(file)
    return True


def _clauses(act: Act, file: File, text: ReadText) -> list[int]:
    """The rows of the clauses; their ids in order."""
    session = act.session
    session.execute(delete(Citation).where(col(Citation.file_id) == file.id))
    session.execute(delete(Clause).where(col(Clause.file_id) == file.id))
    rows = [
        {
            "file_id": file.id,
            "document_id": file.document_id,
            "position": position,
            "number": unit.number,
            "title": unit.title,
            "anchor": unit.anchor,
            "level": unit.level,
            "page": unit.page,
            "kind": unit.kind,
            "text": unit.text,
        }
        for position, unit in enumerate(text.units)
    ]
    if rows:
        session.execute(insert(Clause), rows)
    ids = select(Clause.id).where(Clause.file_id == file.id).order_by(col(Clause.position))
    return [id for id in session.exec(ids) if id is not None]


def _cite(act: Act, document: Document, file: File, text: ReadText, clauses: Sequence[int]) -> None:
    """What the text names; the look-up sees all, since who may read a citation is decided when it is shown."""
    named: list[Entry | Mention] = [*text.entries, *text.mentions]
    everybody = replace(act, actor=Actor.clock())
    identifiers = [each.identifier for each in named if each.identifier is not None]
    known = look_up(everybody, identifiers, near=document.name)
    in_clause = {entry.identifier for entry in text.entries if entry.identifier is not None}
    rows = [
        {"document_id": document.id, "file_id": file.id, "clause_id": clauses[each.place]} | _told(each, known)
        for each in named
        if isinstance(each, Entry) or each.identifier not in in_clause
    ]
    rows = [row for row in rows if row["cited_id"] != document.id]
    if rows:
        act.session.execute(insert(Citation), rows)


def _told(each: Entry | Mention, known: Mapping[Identifier | None, Known]) -> dict[str, Any]:
    found = known.get(each.identifier, NOTHING) if each.identifier else NOTHING
    is_entry = isinstance(each, Entry)
    return {
        "words": each.words[:LONGEST_WORDS],
        "identifier": format(each.identifier) if each.identifier else each.number if isinstance(each, Entry) else "",
        "family_id": found.family.id if found.family else None,
        "text_id": found.text.id if found.text else None,
        "cited_id": found.document.id if found.document else None,
        "is_reference": is_entry,
        "is_normative": each.is_normative if isinstance(each, Entry) else None,
        "is_dated": each.is_dated if isinstance(each, Entry) else None,
    }
