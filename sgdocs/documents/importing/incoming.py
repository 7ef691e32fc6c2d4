"""What a row of a list means: a document of an older system. Pure.

Columns as in the lists that the secretariats have: id, meeting, class, stream, number, revision, title, source,
questions, received, posted, language, abstract, status, file. What the id says need not be said again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sgdocs.base.clock import GENEVA
from sgdocs.base.text import clean, one_line
from sgdocs.documents.importing.tables import Raw
from sgdocs.documents.rules import DocumentKind
from sgdocs.documents.schemas import OldDocument
from sgdocs.identifiers.model import Identifier
from sgdocs.identifiers.papers import loose_paper, paper

CLASSES = {
    "contribution": DocumentKind.CONTRIBUTION,
    "c": DocumentKind.CONTRIBUTION,
    "temporary document": DocumentKind.TEMPORARY,
    "td": DocumentKind.TEMPORARY,
    "temp": DocumentKind.TEMPORARY,
    "report": DocumentKind.REPORT,
    "meeting report": DocumentKind.REPORT,
    "r": DocumentKind.REPORT,
    "liaison statement": DocumentKind.LIAISON,
    "ls": DocumentKind.LIAISON,
    "collective letter": DocumentKind.LETTER,
    "administrative document": DocumentKind.ADMINISTRATIVE,
    "adm": DocumentKind.ADMINISTRATIVE,
    "information document": DocumentKind.INFORMATION,
    "info": DocumentKind.INFORMATION,
    "rapporteur group document": DocumentKind.RGM,
    "doc": DocumentKind.RGM,
}
HIGHEST = 99_999
LONGEST_TEXT = 20_000
_MEETING = re.compile(r"(?P<code>[A-Z]\d\d-[A-Z0-9.]+(?:-Q\d{1,2})?-\d{6}[a-z]?)(?:-|$)")
_PARTED = re.compile(r"[;,\n]+")


class Rejected(ValueError):
    """field, value: what cannot be taken; right: what would be."""

    def __init__(self, field: str, value: str, right: str) -> None:
        super().__init__(field, value, right)
        self.field = field
        self.value = one_line(value)
        self.right = right


@dataclass(frozen=True)
class Incoming:
    """meeting: code of the meeting it was for, "" when the row does not say; files: names it gives; facts: the rest."""

    line: int
    meeting: str
    document: OldDocument
    files: tuple[str, ...]
    raw: Raw


def incoming(line: int, raw: Raw) -> Incoming:
    """What the row means. Rejected: it has no number, or something in it cannot be."""
    id = _text(raw, "id") or _label(raw)
    named = paper(id) or loose_paper(id) if id else None
    document = OldDocument(
        kind=_kind(raw, named),
        number=_number(raw, named),
        stream=(_text(raw, "stream") or (named.stream if named else "") or "").upper(),
        revision=_whole(raw, "revision", most=999) or (named.revision if named else 0) or 0,
        title=one_line(_text(raw, "title"))[:500],
        source=one_line(_text(raw, "source"))[:500],
        questions=_list(raw, "questions") or _list(raw, "question"),
        language=_text(raw, "language")[:2].lower() or "en",
        received_at=_instant(raw, "received"),
        posted_at=_instant(raw, "posted"),
        is_withdrawn=_text(raw, "status").lower() == "withdrawn",
        old_number=(id or _text(raw, "label_as_printed") or str(raw.get("number")))[:100],
        abstract=clean(_text(raw, "abstract")),
    )
    meeting = _text(raw, "meeting")
    inside = _MEETING.match(id)
    files = _list(raw, "file") or _list(raw, "files")
    return Incoming(line, meeting or (inside["code"] if inside else ""), document, files, raw)


def _kind(raw: Raw, named: Identifier | None) -> DocumentKind:
    said = _text(raw, "class") or _text(raw, "kind") or _text(raw, "type") or (str(named.kind) if named else "")
    found = CLASSES.get(said.lower().replace("-", " "))
    if found is None:
        raise Rejected("class", said, f"One of: {', '.join(sorted(CLASSES))}.")
    return found


def _number(raw: Raw, named: Identifier | None) -> int:
    number = (_whole(raw, "number", most=HIGHEST) if not _label(raw) else 0) or (named.number if named else None)
    if not number:
        raise Rejected("number", _text(raw, "number") or _text(raw, "id"), f"A number from 1 to {HIGHEST}.")
    return number


def _label(raw: Raw) -> str:
    """What stands under `number` when people wrote the whole of it: `SG15-C12`, `TD 5R1/G`."""
    text = _text(raw, "number")
    return text if any(sign.isalpha() for sign in text) and (paper(text) or loose_paper(text)) else ""


def _whole(raw: Raw, name: str, *, most: int) -> int:
    """A whole number, 0 for nothing; spreadsheets give 3.0 for 3."""
    text = _text(raw, name)
    if not text:
        return 0
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not value.is_integer() or not 0 <= value <= most:
        raise Rejected(name, text, f"A whole number from 0 to {most}.")
    return int(value)


def _instant(raw: Raw, name: str) -> datetime | None:
    """A day is its beginning in Geneva; an instant without a zone is Geneva's too."""
    value = raw.get(name) or raw.get(f"{name}_at")
    if value in (None, ""):
        return None
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise Rejected(name, str(value)[:80], "A day such as 2025-09-05, or an instant.") from None
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=GENEVA)).astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), tzinfo=GENEVA).astimezone(UTC)
    raise Rejected(name, str(value)[:80], "A day such as 2025-09-05, or an instant.")


def _list(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list, or words parted by semicolons or commas."""
    value = raw.get(name)
    given = value if isinstance(value, list) else _PARTED.split(str(value)) if value not in (None, "") else []
    return tuple(one_line(str(each))[:200] for each in given[:50] if str(each).strip())


def _text(raw: Raw, name: str) -> str:
    value = raw.get(name)
    return "" if value is None or isinstance(value, dict | list) else clean(str(value))[:LONGEST_TEXT]
