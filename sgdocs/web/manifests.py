"""The manifest of a meeting: every file that the reader may read, with its place, size and hashes. Values to JSON."""

import json
from collections.abc import Mapping, Sequence

from sgdocs.documents.labels import version_label
from sgdocs.documents.packing import Packed, Withdrawn
from sgdocs.meetings.models import Meeting
from sgdocs.web import urls

FORMAT = 1


def manifest(meeting: Meeting, files: Sequence[Packed], withdrawn: Sequence[Withdrawn]) -> bytes:
    """The same files, the same bytes: nothing in it depends on when it is asked for."""
    told = {
        "format": FORMAT,
        "meeting": meeting.code,
        "title": meeting.title,
        "address": urls.meeting(meeting.code),
        "files": [entry(each) for each in files],
        "withdrawn": [
            {"document": each.document, "label": each.label, "title": each.title, "reason": each.reason}
            for each in withdrawn
        ],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def entry(file: Packed) -> Mapping[str, object]:
    """One file. sha256 is that of the bytes at `address`, original_sha256 that to which decisions bind."""
    return {
        "path": file.path,
        "size": file.size_bytes,
        "sha256": file.sha256,
        "original_sha256": file.original_sha256,
        "posted_at": file.posted_at.isoformat(timespec="seconds"),
        "document": file.document,
        "label": version_label(file.label, file.part),
        "version": file.part,
        "is_current": file.is_current,
        "title": file.title,
        "source": file.source,
        "kind": file.kind,
        "questions": file.questions,
        "language": file.language,
        "media_type": file.media_type,
        "address": urls.document(file.document, "file", file.name),
    }
