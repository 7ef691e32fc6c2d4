"""What the file of a statement says of itself, as the form that receives it. Pure.

From the cover of the liaison templates (today's and older ones), else from lines with labels, as in the letters of 3GPP and
IETF: `Title:`, `Response to:`, `Source:`, `To:`, `Cc:`. Nothing is certain: a person confirms the form. Source: domain 4.6.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, Final

from pydantic import ValidationError

from sgdocs.liaison.naming import read_title, split_names, split_references
from sgdocs.liaison.rules import Purpose
from sgdocs.liaison.schemas import ReceiveForm
from sgdocs.text.days import read_days
from sgdocs.text.model import Cover, Reading, Unit
from sgdocs.text.questions import read_questions

HEAD_LINES: Final = 40
_LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "subject"),
    "reply_to": ("response to", "in response to", "reply to", "in reply to", "our reference", "your reference"),
    "source": ("source", "from"),
    "to": ("to", "for action to", "attention"),
    "cc": ("cc", "copy", "copy to", "for information to"),
    "deadline": ("deadline", "response by", "response requested by"),
    "date": ("date",),
    "number": ("number", "document", "document number", "ref", "reference", "liaison number"),
    "email": ("e-mail address", "e-mail", "email", "email address"),
    "name": ("name", "contact person", "contact"),
}
_LABEL: Final = {label: name for name, labels in _LABELS.items() for label in labels}
_LINE: Final = re.compile(r"\s*(?P<label>[A-Za-z][A-Za-z .-]{0,30}?)\s*:\s*(?P<value>.*)")
_THEIRS: Final = re.compile(r"\b([A-Z]{1,2}\d?)-\s?(\d{6,7})\b")
_ASKED: Final = re.compile(r"^\s*(?:\d+\.?\s*)?(?:to\b.{1,60}:\s*)?action\s*:", re.I | re.M)
_OF_GROUP: Final = re.compile(r"^(?P<name>.*?\S)[\s,(]+(?P<questions>Q\s?(?:all|\d).*)$", re.I)
_BARE: Final = re.compile(r"(?:SA|RAN|CT)\d?(?: WG\d)?$", re.I)


def form_of(reading: Reading) -> ReceiveForm:
    """The form as the file fills it; empty where it says nothing."""
    cover, said = reading.cover, _said(reading.units)
    title = cover.title or said.get("title", "") or _headline(reading.units)
    marks = read_title(title)
    text = _text(reading.units)
    deadline = _day(cover.deadline or said.get("deadline", ""))
    reply_to = marks.reply_to or split_references(re.sub(r"\s*\(.*?\)", "", said.get("reply_to", "")))
    told = {
        "title": title[:500],
        "senders": _senders(cover, said, marks.from_),
        "addressees": _addressees(cover, said, marks.to, deadline, is_asked=bool(_ASKED.search(text))),
        "number": cover.number or said.get("number", "") or _number(reading.units),
        "dated_on": _day(cover.document_date or said.get("date", "")) or _day(cover.place_date),
        "body": text[:100_000],
        "language": cover.language or reading.language or "en",
        "reply_to": list(reply_to)[:60],
        "contacts": _contacts(cover, said),
    }
    return _formed(told)


def _formed(told: dict[str, Any]) -> ReceiveForm:
    """What of it can be a form: a field that is too long or odd is left out, the person fills it."""
    try:
        return ReceiveForm.model_validate(told)
    except ValidationError as error:
        odd = {each["loc"][0] for each in error.errors()}
        return ReceiveForm.model_validate({name: value for name, value in told.items() if name not in odd})


def _said(units: Sequence[Unit]) -> dict[str, str]:
    """By field: what stands beside a label among the first lines; the first that says something counts."""
    found: dict[str, str] = {}
    for line in _lines(units):
        row = _LINE.fullmatch(line.replace("\t", " ").strip())
        name = _LABEL.get(row["label"].strip().lower()) if row else None
        if name and row and row["value"].strip():
            found.setdefault(name, row["value"].strip()[:500])
    return found


def _lines(units: Sequence[Unit]) -> Iterator[str]:
    lines = chain.from_iterable(unit.text.splitlines() for unit in units[:3])
    return (line for _, line in zip(range(HEAD_LINES), lines, strict=False))


def _number(units: Sequence[Unit]) -> str:
    """`S2-1812758`, as 3GPP prints it on the first line."""
    found = _THEIRS.search(next(_lines(units), ""))
    return f"{found[1]}-{found[2]}" if found else ""


def _headline(units: Sequence[Unit]) -> str:
    """Of a letter without a label for its title: the short line below the labels."""
    lines = [line.strip() for line in _lines(units)]
    last = max((n for n, line in enumerate(lines) if _is_labelled(line)), default=-1)
    below = next((line for line in lines[last + 1 :] if line), "") if last >= 0 else ""
    return below if 0 < len(below) <= 160 else ""


def _is_labelled(line: str) -> bool:
    row = _LINE.fullmatch(line.replace("\t", " "))
    return bool(row) and row["label"].strip().lower() in _LABEL  # type: ignore[index]


def _day(words: str) -> date | None:
    return read_days(words).ends_on if words else None


def _senders(cover: Cover, said: Mapping[str, str], marked: Sequence[str]) -> list[dict[str, Any]]:
    names = split_names(said.get("source", "")) if not cover.source else (cover.source,)
    return [{"name": name[:200], "questions": list(cover.questions)} for name in (names or marked)[:20]]


def _addressees(
    cover: Cover, said: Mapping[str, str], marked: Sequence[str], deadline: date | None, *, is_asked: bool
) -> list[dict[str, Any]]:
    """Each once, by the first purpose that it is named for; copies last."""
    first = Purpose.ACTION if is_asked or deadline else Purpose.INFORMATION
    to = split_names(said.get("to", "")) or tuple(marked)
    named = [
        *((Purpose.ACTION, name, False) for name in cover.for_action),
        *((Purpose.COMMENT, name, False) for name in cover.for_comment),
        *((Purpose.INFORMATION, name, False) for name in cover.for_information),
    ] or [(first, name, False) for name in to]
    copies = _whole(split_names(said.get("cc", ""))) if not cover.for_information else ()
    found: dict[str, dict[str, Any]] = {}
    for purpose, name, is_copy in [*named, *((Purpose.INFORMATION, each, True) for each in copies)]:
        known = _OF_GROUP.match(name)
        row = {
            "name": (known["name"] if known else name)[:200],
            "purpose": purpose,
            "deadline": None if purpose is Purpose.INFORMATION else deadline,
            "is_copy": is_copy,
            "questions": list(read_questions(known["questions"])) if known else [],
        }
        found.setdefault(name.casefold(), row)
    return list(found.values())[:60]


def _whole(names: Sequence[str]) -> tuple[str, ...]:
    """`3GPP SA, RAN, RAN3`: the body is said once."""
    body = names[0].split(" ", maxsplit=1)[0] if names and " " in names[0] else ""
    return tuple(f"{body} {name}" if body == "3GPP" and _BARE.match(name) else name for name in names)


def _contacts(cover: Cover, said: Mapping[str, str]) -> list[dict[str, str]]:
    if cover.contacts:
        return [
            {part: getattr(each, part) for part in ("name", "organisation", "country", "telephone", "email")}
            for each in cover.contacts[:20]
        ]
    told = {"name": said.get("name", "")[:200], "email": said.get("email", "")[:200]}
    return [told] if any(told.values()) else []


def _text(units: Sequence[Unit]) -> str:
    """The clauses as they are read, headings and all."""
    parts = []
    for unit in units:
        head = " ".join(filter(None, (unit.number, unit.title)))
        parts.append("\n".join(filter(None, (head, unit.text.replace("\t", " ")))))
    return "\n\n".join(filter(None, parts)).strip()
