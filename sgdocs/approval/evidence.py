"""What a comment or reply said, in the one form whose digest its journal entry keeps. Pure over rows.

A dossier carries these forms, so that a changed word is found by the entry that no longer fits.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from sgdocs.approval.models import Comment, CommentVersion, Reply
from sgdocs.journal.record import canonical

SAID: Final = ("kind", "clause", "element", "text", "proposed", "opposes", "file_name", "file_sha256")
JUDGED: Final = ("disposition", "disposition_text")


def said_of(row: Comment) -> dict[str, Any]:
    """What it says now, to be kept as a version when it changes."""
    return {name: getattr(row, name) for name in (*SAID, *JUDGED)}


def of_comment(process: str, row: Comment) -> dict[str, Any]:
    return _comment(process, row, row.version, said_of(row))


def of_version(process: str, row: Comment, before: CommentVersion) -> dict[str, Any]:
    return _comment(process, row, before.version, before.said)


def _comment(process: str, row: Comment, version: int, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"process": process, "comment": row.number, "version": version, "entity": row.entity, **said}


def of_reply(process: str, row: Reply, entity: str) -> dict[str, Any]:
    return {
        "process": process,
        "entity": entity,
        "version": row.version,
        "position": row.position,
        "reason": row.reason,
        "sent_at": row.sent_at.isoformat(),
    }


def digest(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(dict(said)).encode()).hexdigest()
