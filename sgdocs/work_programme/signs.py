"""By which sign a document belongs to a work item: its title names it. Pure. Source: domain 3.1, App. I of Rec. ITU-T A.1."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from sgdocs.work_programme.rules import PaperRole, name_key

IN_TITLE: Final = "title"
MOST_WORDS: Final = 4
_BETWEEN = re.compile(r"[\s,;:/()\[\]{}“”\"'’]+")
_OUTPUT = re.compile(
    r"^(?:(?:output|latest|updated|consolidated|final|initial|proposed|baseline)\b.{0,30}?)?\b(?:baseline|draft|text of|revised text)\b",
    re.I,
)
_LIAISON = re.compile(r"^\s*(?:LS\b|LS/[iro]|draft LS|reply LS|liaison)", re.I)
_JUSTIFICATION = re.compile(r"\bA\.5\b.*\bjustification|\bjustification\b.*\bA\.5\b", re.I)
_ABOUT = re.compile(r"\b(?:reference to|for|of|on)\s+(?P<about>(?:RFC|ETSI|IETF|IEEE|ISO|IEC|3GPP|OASIS|W3C|NIST|FIPS|ANSI|GSMA|BBF)\b.*?)(?=\s+(?:in|for|of)\s+(?:the\s+)?(?:draft|new|revised|Rec)|\s*[,;()]|$)", re.I)  # fmt: skip


class Named(Protocol):
    """A name of an item."""

    @property
    def name(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def item_id(self) -> int: ...


@dataclass(frozen=True)
class Sign:
    """role: what the document is to the item; about: the reference that a justification is about; because: the sign."""

    item_id: int
    role: PaperRole
    about: str = ""
    because: str = IN_TITLE


def signs(kind: str, title: str, names: Iterable[Named]) -> list[Sign]:
    """The items that the title names. kind: of the document (`contribution`, `temporary-document` …)."""
    role = role_of(kind, title)
    about = about_of(title) if role is PaperRole.JUSTIFICATION else ""
    return [Sign(item_id, role, about) for item_id in items_in(title, names)]


def items_in(title: str, names: Iterable[Named]) -> list[int]:
    """Ids of the items whose name stands in the title, in the order of the title; of two that begin at one word the
    longer name counts (`X.509 Amd.2`, not `X.509`). A word alone (`slices`) is no sign."""
    known: dict[str, list[int]] = {}
    for each in names:
        if is_telling(each.name):
            known.setdefault(each.key, []).append(each.item_id)
    tokens = [token for token in _BETWEEN.split(title) if token]
    found: list[int] = []
    for start in range(len(tokens)):
        for end in range(min(start + MOST_WORDS, len(tokens)), start, -1):
            ids = known.get(name_key("".join(tokens[start:end])))
            if ids:
                found += ids
                break
    return list(dict.fromkeys(found))


def is_telling(name: str) -> bool:
    """Whether a title that has the name surely means the item: a point, a digit or a hyphen is in it."""
    return len(name) > 2 and any(not (c.isalpha() or c.isspace()) for c in name)


def role_of(kind: str, title: str) -> PaperRole:
    """What the document is to the items that its title names."""
    if kind == "contribution":
        return PaperRole.CONTRIBUTION
    if kind == "liaison-statement" or _LIAISON.search(title):
        return PaperRole.LIAISON
    if _JUSTIFICATION.search(title):
        return PaperRole.JUSTIFICATION
    if _OUTPUT.search(title) or kind == "final-draft":
        return PaperRole.OUTPUT
    return PaperRole.CONTRIBUTION if kind == "rapporteur-group-document" else PaperRole.OTHER


def about_of(title: str) -> str:
    """The foreign reference that a justification names, "" when it names none."""
    found = _ABOUT.search(title)
    return found["about"].strip() if found else ""
