"""Where a clause begins: numbers and annexes at the start of a line, in six languages. Source: domain 4.1, ITU-T editing guide."""

import re
from dataclasses import dataclass

ANNEXES = ("annexe", "annex", "anexo", "приложение", "附件", "الملحق", "ملحق")
APPENDICES = ("appendix", "appendice", "apéndice", "дополнение", "附录", "附錄", "التذييل", "تذييل")
ATTACHMENTS = ("attachment", "pièce jointe", "adjunto", "прилагаемый документ", "后附资料", "المرفق", "supplement")
REFERENCES = (
    "references", "normative references", "reference", "références", "références normatives", "referencias",
    "referencias normativas", "справочные документы", "нормативные ссылки", "ссылки", "参考文献", "规范性引用文件",
    "bibliography", "bibliographie", "bibliografía", "библиография", "参考书目", "参考资料", "بيبليوغرافيا", "ببليوغرافيا",
    "المراجع", "مراجع", "المراجع المعيارية",
)  # fmt: skip
DEFINITIONS = (
    "definitions", "terms and definitions", "terms defined elsewhere", "terms defined in this recommendation",
    "définitions", "termes et définitions", "definiciones", "términos y definiciones", "определения",
    "термины и определения", "定义", "术语和定义", "التعاريف", "تعاريف", "المصطلحات والتعاريف",
)  # fmt: skip
TITLE_LETTERS = 400
LINE_LETTERS = 150
_TWICE = "(?:bis|ter|quater)?"
_DEEP = rf"\d+{_TWICE}(?:\.(?:\d+{_TWICE}|[a-z](?![a-z])))*"
_LETTER = r"(?:[A-Z]{1,2}|[IVXL]+)(?:\.\d+)+(?:bis|ter)?"
NUMBER = re.compile(
    rf"(?P<number>{_DEEP}|{_LETTER})(?P<dot>[.)]?)(?:\s*[\u2013\u2014-]\s+|[\s:\u3000]+)(?P<title>\S.*)?", re.DOTALL
)
ALONE = re.compile(rf"(?P<number>{_DEEP}|{_LETTER})\.?")
_WORDS = "|".join(re.escape(word) for word in (*ANNEXES, *APPENDICES, *ATTACHMENTS))
_MARK = r"[A-Z]{1,2}|[IVXLC]+|\d{1,3}|[A-Я]|[\u0621-\u064a]|[一二三四五六七八九十]+"
ANNEX = re.compile(
    rf"(?P<word>{_WORDS})(?:\s*(?P<mark>(?-i:{_MARK}))(?!\w|\.\w))?(?P<between>\s*[:.\u2013\u2014\n(-]\s*|\s+|$)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Heading:
    """number: `6.2`, `A.1`, `Annex A`, or ""; depth: how deep its number goes, 0 without one."""

    number: str
    title: str
    depth: int
    is_annex: bool = False


def of_heading(text: str, number: str = "") -> Heading:
    """A line that is known to be a heading, cut into number and title. number: when Word counts it itself."""
    annex = annex_of(text, is_heading=True)
    if annex:
        return annex
    if number:
        return Heading(number, line(text), depth_of(number))
    at = NUMBER.match(text) or ALONE.fullmatch(text.strip())
    if at is None:
        return Heading("", line(text), 0)
    return Heading(at["number"], line(at.groupdict().get("title") or ""), depth_of(at["number"]))


def annex_of(text: str, *, is_heading: bool = False) -> Heading | None:
    """The annex that begins here, or None. A sentence that begins with “Annex A” is no heading."""
    at = ANNEX.match(text)
    if at is None or (not at["mark"] and not (is_heading or not at["title"])):
        return None
    title, is_apart = at["title"] or "", bool(at["between"].strip(" \t\r\f\v\u00a0")) or not at["title"]
    if not is_heading and not (is_apart and len(text) <= LINE_LETTERS):
        return None
    word = at["word"] if at["word"].istitle() else at["word"].capitalize()
    return Heading(f"{word} {at['mark']}" if at["mark"] else word, line(title), 1, is_annex=True)


def numbered(text: str) -> Heading | None:
    """A line that may be a heading by its number alone; whether it is, the order of numbers tells."""
    if len(text) > LINE_LETTERS or "\n" in text or text.rstrip().endswith((".", ";", ":", ",", "…")):
        return None
    at = NUMBER.fullmatch(text)
    if at is None or not at["title"] or at["dot"] == ")" or not at["title"][0].isalpha() or at["title"][0].islower():
        return None
    return Heading(at["number"], line(at["title"]), depth_of(at["number"]))


def depth_of(number: str) -> int:
    return 1 + number.count(".")


def line(text: str) -> str:
    return " ".join(text.split())[:TITLE_LETTERS]


def kind_of(heading: Heading) -> str:
    """What stands under it, by its words: `annex`, `references`, `definitions` or `clause`."""
    words = heading.title.casefold().strip(" .:*")
    if words in REFERENCES:
        return "references"
    if heading.is_annex:
        return "annex"
    return "definitions" if words in DEFINITIONS else "clause"
