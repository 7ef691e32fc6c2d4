"""The head of a cover, where fields stand without labels: number, group, period, class, language. Source: domain 4.5, 4.7."""

import re

from sgdocs.text.days import read_days
from sgdocs.text.found import Found
from sgdocs.text.labels import ADVISORY_WORDS, GROUP_WORDS, PERIOD_WORDS, class_of, field_of, language_of, split_label
from sgdocs.text.numbers import NUMBER_R, NUMBER_T
from sgdocs.text.page import Page

RADIO_WORDS = (
    "RADIOCOMMUNICATION STUDY GROUPS",
    "COMMISSIONS D'ÉTUDES DES RADIOCOMMUNICATIONS",
    "COMISIONES DE ESTUDIO DE RADIOCOMUNICACIONES",
    "ИССЛЕДОВАТЕЛЬСКИЕ КОМИССИИ ПО РАДИОСВЯЗИ",
    "无线电通信研究组",
    "لجان دراسات الاتصالات الراديوية",
)
_YEARS = re.compile(r"(20\d\d)\s*[-–]\s*(20\d\d)")


def is_radio(page: Page) -> bool:
    """Whether the head is that of an ITU-R document."""
    for row in page.rows[:12]:
        for cell in row.cells:
            number = NUMBER_R.match(cell.text)
            if (number and number["word"]) or _upper(cell.text).startswith(RADIO_WORDS):
                return True
    return False


def by_place(page: Page, found: Found) -> None:
    """The head of an ITU-T cover: the first table, and lines before it."""
    for row in page.rows:
        if row.table > 1:
            return
        for cell in row.cells:
            for text in dict.fromkeys((cell.text, *cell.text.split("\n"))):
                _take(" ".join(text.split()), found, is_alone=len(row.cells) == 1)


def _take(text: str, found: Found, *, is_alone: bool) -> None:
    if not text or len(text) > 90:
        return
    if NUMBER_T.match(text):
        found.offer("number", text, "label")
    if language_of(text):
        found.offer("language", language_of(text), "label")
    group = printed_group(text)
    if group:
        found.offer("group", group, "label")
    years = _YEARS.search(text)
    if years and _upper(text).startswith(PERIOD_WORDS):
        found.offer("period", f"{years[1]}-{years[2]}", "label")
    if is_alone and class_of(text) and not field_of(text):
        found.offer("kind", text, "label")


def printed_group(text: str) -> str:
    """`SG12` of `STUDY GROUP 12` or `第12研究组`, `TSAG` of its name in full."""
    upper = _upper(text)
    if upper in ADVISORY_WORDS:
        return "TSAG"
    number = re.search(r"\d{1,2}", upper)
    rest = re.sub(r"[\d\s()号第N°№-]", "", upper).strip()
    words = {re.sub(r"[\s第]", "", w) for w in GROUP_WORDS} - {""}
    return f"SG{int(number[0])}" if number and rest in words else ""


def by_radio_place(page: Page, found: Found) -> None:
    """The head of an ITU-R document: number, date and language on the right, then source and title across."""
    below: list[str] = []
    seen_number = False
    for row in page.rows:
        words = [" ".join(line.split()) for cell in row.cells for line in cell.text.split("\n") if line.strip()]
        wide = len(row.cells) == 1 or sum(bool(c.text) for c in row.cells) == 1
        head = [w for w in words if _radio_head(w, found)]
        seen_number = seen_number or bool(found["number"])
        if seen_number and wide and words and not head and not any(split_label(w)[0] for w in words):
            below.append("\n".join(words))
    for name, words_below in zip(("source", "title"), below, strict=False):
        if name not in found.values and not (name == "source" and found["title"] == words_below):
            found.offer(name, words_below, "label")


def _radio_head(text: str, found: Found) -> bool:
    """Whether a line belongs to the head; its value is taken."""
    number = NUMBER_R.match(text)
    if number and (number["word"] or number["language"]):
        found.offer("number", number["number"], "label")
        return True
    if language_of(text):
        found.offer("language", language_of(text), "label")
        return True
    days = read_days(text)
    if days.ends_on and len(text) < 40 and not days.place:
        found.offer("document_date", text, "label")
        return True
    return _upper(text).startswith(RADIO_WORDS)


def _upper(text: str) -> str:
    return text.replace("’", "'").upper().strip()
