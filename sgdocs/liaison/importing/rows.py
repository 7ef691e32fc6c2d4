"""A row of a register as it is given, read into facts, or why it cannot be. Pure. Source: domain 7.1, C0.4."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sgdocs.base.text import clean, one_line
from sgdocs.liaison.naming import key_of, read_reference, read_title
from sgdocs.liaison.rules import Purpose

MOST: Final = 60
_PURPOSES: Final = {
    "": Purpose.INFORMATION,
    "information": Purpose.INFORMATION,
    "info": Purpose.INFORMATION,
    "action": Purpose.ACTION,
    "comment": Purpose.COMMENT,
    "comments": Purpose.COMMENT,
    "in response": Purpose.INFORMATION,
}
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:-\d\d)?")
_OF_MEETING: Final = re.compile(r"[TR]\d\d-[A-Z0-9-]+?-(\d\d)(\d\d)(\d\d)\b")
_LIST: Final = re.compile(r"\s*[;|\n]\s*")


class Wrong(Exception):
    """Why a row is rejected: the field, what it says, what would be right."""

    def __init__(self, field: str, value: object, right: str) -> None:
        super().__init__(field)
        self.field, self.value, self.right = field, str(value)[:200], right


@dataclass(frozen=True)
class Row:
    """One statement as a register tells it. number, ref: how the sender writes it; register: who kept the list.

    notes: (day or "", words); dated: the date as given where it names no day.
    """

    line: int
    register: str
    number: str
    ref: str
    title: str
    senders: tuple[str, ...]
    to: tuple[str, ...]
    cc: tuple[str, ...]
    purpose: Purpose
    deadline: date | None
    dated_on: date | None
    dated: str
    meeting: str
    questions: tuple[str, ...]
    is_reply: bool
    in_reply_to: str
    body: str
    attachments: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    is_withdrawn: bool

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.ref, self.number) if name)

    @property
    def label(self) -> str:
        """As people write it: the number of the sender, not that of whoever filed it."""
        return self.ref or self.number

    @property
    def fingerprint(self) -> str:
        """By which the same row is known again: its number in the register, else everything it says."""
        told = [self.register, *self.senders, self.number] if self.number else None
        if told is None:
            told = [self.register, self.title, *self.senders, *self.to, self.dated, str(self.dated_on), self.meeting]
            told += [self.in_reply_to, *self.attachments]
        return hashlib.sha256(json.dumps([key_of(each) or each for each in told]).encode()).hexdigest()[:24]


def read_row(line: int, raw: Mapping[str, Any]) -> Row:
    """The row. Wrong, with its field: nobody sends it, nobody gets it, it says nothing, a date that is none."""
    senders, to, cc = (_names(raw, name) for name in ("from", "to", "cc"))
    if not senders:
        raise Wrong("from", "", "Say from whom it comes.")
    if not to:
        raise Wrong("to", "", "Say to whom it goes.")
    number, ref = _word(raw, "number"), _word(raw, "ref")
    title, body = _word(raw, "title", 500), clean(str(raw.get("body") or ""))[:100_000]
    if not (number or ref or title or body):
        raise Wrong("title", "", "Give a number, a title or a text.")
    marks = read_title(title)
    meeting = _word(raw, "meeting")
    dated_on, dated = _date(raw.get("date"), meeting)
    deadline = _day("deadline", raw.get("deadline"))
    if deadline and dated_on and deadline < dated_on:
        raise Wrong("deadline", deadline, f"It lies before the day of sending, {dated_on}.")
    in_reply_to = _word(raw, "in_reply_to") or ", ".join(marks.reply_to)
    note = _word(raw, "note", 500)
    return Row(
        line=line,
        register=_word(raw, "register") or "register",
        number=number,
        ref=ref,
        title=marks.subject or title,
        senders=senders,
        to=to,
        cc=cc,
        purpose=_purpose(raw.get("purpose")),
        deadline=deadline,
        dated_on=dated_on,
        dated=dated,
        meeting=meeting,
        questions=_names(raw, "questions"),
        is_reply=_truth(raw.get("is_reply")) or marks.is_reply or bool(in_reply_to),
        in_reply_to=in_reply_to,
        body=body,
        attachments=_names(raw, "attachments"),
        notes=(*_events(raw.get("events")), *([("", note)] if note else [])),
        is_withdrawn=note.lower() == "withdrawn",
    )


def _word(raw: Mapping[str, Any], name: str, longest: int = 300) -> str:
    value = raw.get(name)
    if isinstance(value, list | dict | bool):
        raise Wrong(name, value, "Give one line of text.")
    return one_line("" if value is None else str(value))[:longest]


def _names(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list, or one cell with semicolons; each once."""
    value = raw.get(name)
    if isinstance(value, str):
        value = _LIST.split(value)
    if value is None:
        return ()
    if not isinstance(value, list) or any(not isinstance(each, str | int) for each in value):
        raise Wrong(name, value, "Give a list of names.")
    found = [one_line(str(each))[:300] for each in value]
    return tuple(dict.fromkeys(each for each in found if each))[:MOST]


def _purpose(value: object) -> Purpose:
    said = one_line(str(value or "")).lower().removeprefix("for ").strip()
    if said not in _PURPOSES:
        raise Wrong("purpose", value, "Give for action, for comment or for information.")
    return _PURPOSES[said]


def _truth(value: object) -> bool:
    return value is True or str(value).strip().lower() in ("true", "yes", "1")


def _date(value: object, meeting: str) -> tuple[date | None, str]:
    """The day, and the words where they name only a year; without any, the first day of the meeting it came to."""
    said = one_line(str(value or ""))
    if _YEAR.fullmatch(said):
        return None, said
    found = _OF_MEETING.search(meeting) if not said else None
    if found:
        return _day("meeting", f"20{found[1]}-{found[2]}-{found[3]}"), ""
    return _day("date", said), ""


def _day(field: str, value: object) -> date | None:
    said = str(value or "").strip()
    if not said:
        return None
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        raise Wrong(field, said, "Give a day as 2026-03-02.") from None


def _events(value: object) -> list[tuple[str, str]]:
    if not isinstance(value, list):
        return []
    told = [each for each in value if isinstance(each, dict)]
    return [(one_line(str(e.get("date") or ""))[:20], one_line(str(e.get("event") or ""))[:500]) for e in told[:MOST]]


def family_of(number: str) -> str:
    """What numbers of one series have in common: `SG13-LS#`, `S4-#`. A number of a known series that is not there is
    broken; of another it belongs to somebody who keeps no register here."""
    read = read_reference(number)
    name = read.name if read.kind == "statement" else one_line(number)
    return re.sub(r"\d+(?=\D*$)", "#", name)
