"""Names of statements: how titles and numbers are written, read in the spellings that are met, and compared. Pure.

Titles: `LS/i on …`, `LS/o on … [to ITU-T SG15, 3GPP SA2]`, `LS/r on …`, `LS/o/r on … (reply to SG17-LS55)`, `LS Reply on …`,
`Reply LS: …`, `Liaison statement to Working Party 5A - …`. Numbers: `SG13-LS123`, `COM 16 – LS 124 – E`,
`sp16-sg13-oLS-00123`, `T25-SG17-250408-TD-GEN-0003`, `5D/123`, `S4-240311`. Source: domain 7.1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sgdocs.base.text import folded, one_line

_NOT_IN_KEY = re.compile(r"[\W_]+")
LONGEST: Final = 1000


def key_of(name: str) -> str:
    """What spellings of one number or name have in common: `COM 16 – LS 124 – E` is `com16ls124e`."""
    return _NOT_IN_KEY.sub("", folded(name))


# Titles


@dataclass(frozen=True)
class Title:
    """A title taken apart. kind: `i`, `o` or `` as marked; is_marked: it says that it is a statement; to, from_: names as
    written; reply_to: references as written. subject: what is left."""

    subject: str
    kind: str = ""
    is_reply: bool = False
    is_marked: bool = False
    to: tuple[str, ...] = ()
    from_: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()


_STATE = r"(?:(?:draft|proposed|incoming|outgoing|final)\s+){0,2}"
_LIAISON = r"(?:LS\b|liaison\s+(?:statement|note|letter)s?\b)"
_MARK: Final = re.compile(
    rf"""^\W*{_STATE}(?:
        LS\s?(?P<marks>(?:\s?/\s?[ior]\b)+)
      | (?P<before>reply|response)\s+{_LIAISON}
      | {_LIAISON}\s*[-:]?\s*(?P<after>reply|response)\b
      | (?P<answers>(?:reply|response)\s+to)\s+(?:(?:the|your|incoming)\s+)*{_LIAISON}
      | {_LIAISON}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE_REPLY: Final = re.compile(r"^\W*(?:in\s+)?(?:reply|response)\s+to\s+(?P<words>.{1,80}?)\s+(?:on|about)\s+", re.I)
_ON = r"(?:on|about|regarding|concerning|re)\b[:\s]*"
_WITH_WHOM: Final = re.compile(
    rf"^\s*(?P<way>to|from)\s+(?P<names>.{{1,200}}?)(?:\s+(?=(?:in\s+)?(?:reply|response)\s+to\b)|\s+{_ON}|\s*:\s+|\s+[-–—]\s+|$)",
    re.I,
)
_LEAD: Final = re.compile(rf"^[\s:.,–—-]*(?:{_ON})?", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"\s*(?:\[\s*(?P<way>to|from)\b:?\s*(?P<names>[^\[\]]*)\]"
    r"|[(\[]\s*(?:(?:in|as)\s+)?(?:a\s+)?(?:reply|response|answer|ref\.?)\s+to:?\s+(?P<answers>[^()\[\]]*)[)\]])\s*$",
    re.IGNORECASE,
)


def read_title(text: str) -> Title:
    """A title in any of the spellings that are met, taken apart; what says nothing stays in the subject."""
    rest, found = _without_tails(one_line(text)[:LONGEST])
    mark = _MARK.match(rest)
    if mark is None:
        return _unmarked(rest, found)
    marks = "".join(re.findall(r"[iorIOR]", mark["marks"] or "")).lower()
    is_reply = "r" in marks or any(mark[name] for name in ("before", "after", "answers"))
    rest = rest[mark.end() :]
    while whom := _WITH_WHOM.match(rest):
        if is_reply and _is_number(whom["names"]):
            found["reply"] += split_references(whom["names"])
        else:
            found[whom["way"].lower()] += split_names(whom["names"])
        rest = rest[whom.end() :]
    subject = _LEAD.sub("", rest, count=1).strip()
    return _title(subject, found, kind=marks.replace("r", "")[:1], is_reply=is_reply, is_marked=True)


def _unmarked(rest: str, found: dict[str, tuple[str, ...]]) -> Title:
    """`Reply to SG2-LS40 on …`, or no mark at all."""
    bare = _BARE_REPLY.match(rest)
    if bare is not None and _is_number(bare["words"]):
        found["reply"] += split_references(bare["words"])
        return _title(rest[bare.end() :].strip(), found, is_marked=True)
    return _title(rest, found)


def _title(
    subject: str, found: dict[str, tuple[str, ...]], *, kind: str = "", is_reply: bool = False, is_marked: bool = False
) -> Title:
    is_answer = is_reply or bool(found["reply"])
    return Title(subject, kind, is_answer, is_marked, found["to"], found["from"], found["reply"])


def _without_tails(text: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The title without `[to …]`, `[from …]`, `(reply to …)` at its end, and what they say."""
    found: dict[str, tuple[str, ...]] = {"to": (), "from": (), "reply": ()}
    while tail := _TAIL.search(text):
        if tail["way"]:
            found[tail["way"].lower()] = split_names(tail["names"]) + found[tail["way"].lower()]
        else:
            found["reply"] = split_references(tail["answers"]) + found["reply"]
        text = text[: tail.start()]
    return text, found


def write_title(
    subject: str,
    *,
    kind: str = "",
    is_reply: bool = False,
    to: Sequence[str] = (),
    from_: Sequence[str] = (),
    reply_to: Sequence[str] = (),
) -> str:
    """`LS/o/r on … (reply to SG17-LS55) [to ITU-T SG15]`: one line, whatever is in the subject. kind: i, o or ``."""
    mark = "LS" + (f"/{kind}" if kind else "") + ("/r" if is_reply or reply_to else "")
    parts = [
        f"{mark} on {subject}" if subject.strip() else mark,
        f"(reply to {', '.join(reply_to)})" if reply_to else "",
        f"[from {', '.join(from_)}]" if from_ else "",
        f"[to {', '.join(to)}]" if to else "",
    ]
    return one_line(" ".join(part for part in parts if part))


_NEXT_NAME = r"(?:ITU|SG|WP|TG|Study|Working|Question|Q\d|TSAG|RAG|3GPP|IETF|ISO|IEC|ETSI|IEEE|JCA|FG|GSMA|BBF|OIF)"
_BETWEEN_NAMES: Final = re.compile(rf"\s*[;,]\s*(?:and\s+)?|\s+(?:and|&)\s+(?={_NEXT_NAME})", re.IGNORECASE)


_MANY: Final = re.compile(r"(?P<what>Working\s+Part|Study\s+Group|WP|SG)(?:ies|s)\s+(?P<which>\d.*)", re.IGNORECASE)


def split_names(text: str) -> tuple[str, ...]:
    """`ITU-T SG15, 3GPP SA2 and SG13` as three names, `Working Parties 5A and 5D` as two; the `and` of
    `JCA-IoT and SC&C` is part of the name."""
    text = one_line(text)[:LONGEST]
    if many := _MANY.fullmatch(text.strip(" .")):
        short = "WP" if many["what"][0] in "Ww" else "SG"
        return tuple(f"{short} {which}" for which in re.findall(r"\d+[A-Z]?", many["which"]))
    return tuple(name for part in _BETWEEN_NAMES.split(text) if (name := part.strip(" .")))


# Numbers


@dataclass(frozen=True)
class Reference:
    """A number taken apart. kind: `statement` (`SG13-LS123`), `document` (`T25-SG17-TD3-GEN`, `5D/123`), `other`.

    text: as written; group: code (`SG13`, `WP5D`); period: `T25` where it is said; name: as our own are written, ""
    where the form is not ours.
    """

    text: str
    kind: str
    name: str = ""
    group: str = ""
    number: int | None = None
    period: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """By which it is looked up, the spelling as written first."""
        found = (key_of(self.text), key_of(self.name))
        return tuple(dict.fromkeys(key for key in found if key))


_D = r"[\s‐-―−_/-]*"
_GROUP = (
    r"(?:ITU-?T\s*)?(?:(?:SG|COM|Study\s+Group)[\s-]*(?P<sg>\d{1,2})|(?P<wp>(?:WP|Working\s+Party)\s?\d[A-D])|"
    r"(?P<named>TSAG|RAG|CCV|SCV|(?:JCA|FG|IRG)-[A-Z0-9-]+?|SG\d+RG-[A-Z]+))"
)
_STATEMENT: Final = (
    re.compile(
        rf"(?:(?P<period>T\d\d){_D}|sp\d\d?{_D})?{_GROUP}{_D}[io]?LS{_D}(?P<n>\d{{1,5}})(?:{_D}[ACEFRS])?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:(?P<period>T\d\d){_D})?LS{_D}(?P<n>\d{{1,5}})\s*(?:/|from|of)\s*{_GROUP}", re.IGNORECASE),
)
_TD: Final = re.compile(
    rf"(?:(?P<period>T\d\d){_D})?{_GROUP}{_D}(?:\d{{6}}{_D})?TD{_D}(?:"
    rf"(?P<stream>GEN|PLEN|WP\d){_D}(?P<n>\d{{1,5}})|(?P<n2>\d{{1,5}}){_D}(?P<stream2>GEN|PLEN|WP\d)|(?P<n3>\d{{1,5}}))",
    re.IGNORECASE,
)
_RADIO: Final = re.compile(
    r"(?:(?P<period>R\d\d)[\s-]*)?(?:WP|SG|Document|Doc\.?)?\s*(?P<wp>\d[A-D]?)\s*(?:/|-C)(?P<n>\d{1,5})", re.I
)


def read_reference(text: str) -> Reference:
    """A number in any of the spellings that are met. Of a form that is not ours: kind `other`, compared by its key."""
    words = one_line(text)[:LONGEST].strip(" .;,")
    for form in _STATEMENT:
        if found := form.fullmatch(words):
            return _of_statement(words, found)
    if found := _TD.fullmatch(words):
        return _of_document(words, found)
    if found := _RADIO.fullmatch(words):
        group, n = ("WP" if len(found["wp"]) > 1 else "SG") + found["wp"].upper(), int(found["n"])
        period = (found["period"] or "").upper()
        name = f"{period}-{group}-C{n}" if period else f"{group[2:]}/{n}"
        return Reference(words, "document", name, group, n, period)
    return Reference(words, "other")


def _of_statement(words: str, found: re.Match[str]) -> Reference:
    group, n, period = _group_of(found), int(found["n"]), (found["period"] or "").upper()
    return Reference(words, "statement", f"{period}-{group}-LS{n}".lstrip("-"), group, n, period)


def _of_document(words: str, found: re.Match[str]) -> Reference:
    group, period = _group_of(found), (found["period"] or "").upper()
    n = int(found["n"] or found["n2"] or found["n3"])
    stream = (found["stream"] or found["stream2"] or "").upper()
    name = f"{period}-{group}-TD{n}".lstrip("-") + (f"-{stream}" if stream else "")
    return Reference(words, "document", name, group, n, period)


def _group_of(found: re.Match[str]) -> str:
    if found["sg"]:
        return f"SG{int(found['sg'])}"
    return f"WP{found['wp'][-2:].upper()}" if found["wp"] else found["named"].upper()


_BETWEEN: Final = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_THEIRS: Final = re.compile(r"[A-Za-z]{1,3}\d?[A-Za-z]*-\d{4,8}")


def _is_number(words: str) -> bool:
    """Whether it is in a form that numbers have."""
    return read_reference(words).kind != "other" or _THEIRS.fullmatch(words) is not None


def split_references(text: str) -> tuple[str, ...]:
    """`SG2-LS40, SG17-LS55 and S5-186491/S2-189049` as four numbers."""
    found: list[str] = []
    for part in _BETWEEN.split(one_line(text)[:LONGEST]):
        sides = part.split("/")
        found += sides if len(sides) > 1 and all(_THEIRS.fullmatch(side.strip()) for side in sides) else [part]
    return tuple(word for part in found if (word := part.strip(" .")))


def names_of(number: str) -> tuple[str, ...]:
    """The spellings under which a number is kept: as written, as we write it, and that without its study period."""
    read = read_reference(number)
    bare = read.name.removeprefix(f"{read.period}-") if read.kind == "statement" and read.period else ""
    found = {key_of(name): name for name in (bare, read.name, read.text) if key_of(name)}
    return tuple(reversed(found.values()))
