"""What a row of an export says of an item. Pure. Source: domain 3.1, 3.3."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sgdocs.base.text import clean, one_line
from sgdocs.text.days import read_days
from sgdocs.work_programme import public_words, rules, timing
from sgdocs.work_programme.naming import parted
from sgdocs.work_programme.public_words import Stood
from sgdocs.work_programme.rules import ItemKind, ItemProcess, ItemStatus, Priority

LONGEST_TITLE: Final = 500
LONGEST_TEXT: Final = 20_000
_PREFIXES: Final = (
    (re.compile(r"^[A-Z]?STR[.-]|^TR[.-]|\bTR\.", re.I), ItemKind.TECHNICAL_REPORT),
    (re.compile(r"^[A-Z]?STP[.-]|^TP[.-]", re.I), ItemKind.TECHNICAL_PAPER),
    (re.compile(r"\bsup(p|pl)?\b[. ]", re.I), ItemKind.SUPPLEMENT),
    (re.compile(r"\.imp", re.I), ItemKind.IMPLEMENTERS_GUIDE),
)
_EQUIVALENT: Final = re.compile(r"\s*\((?P<relation>common|twin|technically[- ]aligned)\)\s*$", re.I)


class Rejected(ValueError):
    """field, value: what cannot be taken; right: what would be."""

    def __init__(self, field: str, value: str, right: str) -> None:
        super().__init__(field, value, right)
        self.field, self.value, self.right = field, one_line(value)[:200], right


@dataclass(frozen=True)
class Incoming:
    """name, former: as `X.supp.divs (ex TR.divs)` says; question, group, period: words; isn: id at the source; facts:
    columns of the item that the row gives, by name, as plain values; stood: status with its day."""

    line: int
    name: str
    former: tuple[str, ...]
    question: str
    group: str
    period: str
    isn: int | None
    stood: Stood
    registered_on: date | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    editors: tuple[str, ...] | None = None


Raw = Mapping[str, Any]


def incoming(line: int, raw: Raw, said: Mapping[str, str]) -> Incoming:
    """What the row means; `said`: what the preamble says for all. Rejected: something in it cannot be."""
    name, former = parted(_text(raw, "name"))
    refused = rules.why_not_name(name)
    if refused is not None:
        raise Rejected("work item", name, f"A name such as {rules.EXAMPLE}.")
    stood = _stood(raw)
    process = _process(raw, stood.status, _kind(raw, name))
    return Incoming(
        line=line,
        name=name,
        former=(*former, *_list(raw, "former")),
        question=_text(raw, "question"),
        group=_text(raw, "group") or said.get("group", "").partition(":")[0],
        period=_text(raw, "period") or said.get("period", ""),
        isn=_whole(raw, "isn"),
        stood=stood,
        registered_on=_day(raw, "registered") or _day(raw, "generated") or _day(said, "generated"),
        facts=_facts(raw, name, process),
        editors=_list(raw, "editors") if "editors" in raw else None,
    )


def _facts(raw: Raw, name: str, process: ItemProcess | None) -> dict[str, Any]:
    """Columns that the row has; others are not spoken of."""
    told: dict[str, Any] = {"title": _title(raw), "kind": _kind(raw, name).value}
    if process is not None:
        told["process"] = process.value
    for column, read in _READ.items():
        if column in raw:
            told |= read(raw)
    return told


def _title(raw: Raw) -> str:
    title = one_line(_text(raw, "title"))
    if not title or len(title) > LONGEST_TITLE:
        raise Rejected("title", title, f"A title of at most {LONGEST_TITLE} characters.")
    return title


def _stood(raw: Raw) -> Stood:
    """A row without a status is under study; a day may stand in a column of its own."""
    text = _text(raw, "status")
    told = public_words.read_status(text, (public_words.read_process(_text(raw, "process")) or "").lower())
    if text and told is None:
        right = "; ".join(public_words.STATUSES.values())
        raise Rejected("status", text, f"{right}; a day may follow, as in “Determined 2025-04-17”.")
    stood = told or Stood(ItemStatus.UNDER_STUDY)
    return Stood(stood.status, stood.on or _day(raw, "status_on"), stood.is_issued)


def _kind(raw: Raw, name: str) -> ItemKind:
    """As the row says, else as the name tells: `XSTR.…` is a technical report."""
    text = _text(raw, "kind")
    if text:
        told = public_words.read_kind(text)
        if told is None:
            raise Rejected("type", text, ", ".join(ItemKind) + ".")
        return told
    return next((kind for pattern, kind in _PREFIXES if pattern.search(name)), ItemKind.RECOMMENDATION)


def _process(raw: Raw, status: ItemStatus, kind: ItemKind) -> ItemProcess | None:
    """As the row says; else as its status tells, and as the kind of text goes."""
    text = _text(raw, "process")
    if text:
        told = public_words.read_process(text)
        if told is None:
            raise Rejected("approval process", text, "AAP, TAP, Agreement, Adoption or -.")
        if told is not ItemProcess.NONE:
            return told
    by_status = {ItemStatus.DETERMINED: ItemProcess.TAP, ItemStatus.CONSENTED: ItemProcess.AAP}
    return by_status.get(status) or (ItemProcess.AGREEMENT if kind is not ItemKind.RECOMMENDATION else None)


def _version(raw: Raw) -> dict[str, Any]:
    told = public_words.read_version(_text(raw, "version"))
    if told is None:
        raise Rejected("version", _text(raw, "version"), "New, Rev., Amd. 1, Cor. 1 or -.")
    return {"version": told[0].value, "version_part": told[1] or _text(raw, "version_part")[:20]}


def _timing(raw: Raw) -> dict[str, Any]:
    when = timing.read(_text(raw, "timing"))
    if when is None:
        raise Rejected("timing", _text(raw, "timing"), f"{timing.RIGHT}.")
    said = {"priority": when.priority.value} if when.priority and "priority" not in raw else {}
    return {"timing": when.words, **said}


def _priority(raw: Raw) -> dict[str, Any]:
    text = _text(raw, "priority").lower().removesuffix(" priority")
    if text not in set(Priority):
        raise Rejected("priority", text, "High, Medium or Low.")
    return {"priority": text}


def _equivalents(raw: Raw) -> dict[str, Any]:
    found = []
    for each in _list(raw, "equivalents"):
        said = _EQUIVALENT.search(each)
        relation = said["relation"].lower().replace(" ", "-") if said else ""
        found.append({"number": each[: said.start()] if said else each, "relation": relation})
    return {"equivalents": found}


_READ: Final[Mapping[str, Callable[[Raw], dict[str, Any]]]] = {
    "version": _version,
    "timing": _timing,
    "priority": _priority,
    "equivalents": _equivalents,
    "liaison": lambda raw: {"liaison_to": list(_list(raw, "liaison"))[:60]},
    "summary": lambda raw: {"summary": clean(_text(raw, "summary"))[:LONGEST_TEXT]},
    "comment": lambda raw: {"comment": clean(_text(raw, "comment"))[:LONGEST_TEXT]},
    "identifier": lambda raw: {"identifier": one_line(_text(raw, "identifier"))[:100]},
}


def _text(raw: Mapping[str, Any], name: str) -> str:
    """As text; an apostrophe that an export put before a sign is taken off."""
    value = raw.get(name)
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    text = clean(str(value))
    return text[1:] if re.match(r"'[=+\-@|%]", text) else text


def _list(raw: Raw, name: str) -> tuple[str, ...]:
    value = raw.get(name)
    parts = [str(each) for each in value] if isinstance(value, list) else re.split(r"[;,\n]", _text(raw, name))
    return tuple(dict.fromkeys(one_line(part)[:200] for part in parts if part.strip()))


def _whole(raw: Raw, name: str) -> int | None:
    text = _text(raw, name)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise Rejected(name, text, "A whole number.")
    return int(text)


def _day(raw: Mapping[str, Any], name: str) -> date | None:
    """The day of `2016-03-09 16:19:50` or `11/Nov/2025 11:02:10 AM`; None where none is said."""
    text = _text(raw, name)
    words = re.match(r"[\d-]{10}|\d{1,2}[/ -][A-Za-z]{3,9}[/ -]\d{4}", text)
    if not text or (name == "generated" and words is None):
        return None
    told = read_days(words[0].replace("/", " ")).ends_on if words else None
    if told is None:
        raise Rejected(name, text, "A day as in 2025-04-17.")
    return told
