"""Reads the A.1 and A.13 forms out of the text of a file, wherever they stand in it. Pure. Source: Rec. ITU-T A.1 Annex A; A.13.

The text comes from the confined reader: a row of a table is a line with tabs between its cells. Labels lead, not places:
the templates of the groups differ in their columns.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from sgdocs.text.model import Unit
from sgdocs.work_programme.form_words import EditorWords, FormWords, Sheet

MOST_FORMS: Final = 50
LONGEST_SHORT: Final = 4_000
"""Characters of an answer that is read word by word."""
LONGEST: Final = 50_000
LABELS: Final = (
    ("question", re.compile(r"question(\(s\))?s?\s*:", re.I)),
    ("what", re.compile(r"proposed new ITU-T\b", re.I)),
    ("reference", re.compile(r"reference and title\s*:", re.I)),
    ("base_text", re.compile(r"base text(\(s\))?s?\s*:", re.I)),
    ("timing", re.compile(r"timing\s*:", re.I)),
    ("editors", re.compile(r"editor(\(s\))?s?\s*:", re.I)),
    ("process", re.compile(r"approval process\s*:", re.I)),
    ("purpose", re.compile(r"purpose and scope\s*(\([^)]*\))?\s*:", re.I)),
    ("scope", re.compile(r"scope\s*(\([^)]*\))?\s*:", re.I)),
    ("summary", re.compile(r"summary\s*(\([^)]*\))?\s*:", re.I)),
    ("relations", re.compile(r"relations? to ITU-T [^:]{0,120}:", re.I)),
    ("liaisons", re.compile(r"liaisons? with [^:]{0,120}:", re.I)),
    ("supporters", re.compile(r"supporting members?\b[^:]{0,120}:", re.I)),
)
LONG: Final = frozenset({"purpose", "scope", "summary", "relations", "liaisons", "supporters"})
PLACEHOLDERS: Final = re.compile(
    r"<[^<>]*>|\[[^\[\]]*\]|YYYY-MM|choose one:.*|name, membership, e-?mail( address)?|[xn]{0,3}/\d{0,2}", re.I
)
END: Final = re.compile(r"_{5,}")
_REFERENCE: Final = re.compile(
    r"(?:draft )?(?:new )?(?:recommendation|supplement)?\s*(?:ITU-T\s+)?(?P<name>[^\s“”\"«»]+(?:[ .](?:Suppl?\.?|Sup\d*)[^\s“”\"«»]*)?)?"
    r"[\s,:–-]*(?:[“”\"«»](?P<quoted>.*?)[“”\"«»]?|(?P<plain>.*))\s*$",
    re.I | re.S,
)
_NAME: Final = re.compile(r"[A-Z][A-Za-z]{0,4}\.\S+$|[A-Z]{2,}\S*[.-]\S+$")
_MAIL: Final = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.[A-Za-z]{1,63}")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(units: Iterable[Unit]) -> tuple[FormWords, ...]:
    """Every form that is filled in, in the order of the file; () when there is none."""
    found: list[dict[str, list[str]]] = []
    for unit in units:
        if unit.kind not in ("margin", "comments"):
            found += _forms(unit.text.split("\n"))
    forms = (_words(each) for each in found[:MOST_FORMS])
    return tuple(form for form in forms if form.name or form.title)


def _forms(lines: Sequence[str]) -> list[dict[str, list[str]]]:
    """What stands behind each label, paragraph by paragraph, form by form."""
    found: list[dict[str, list[str]]] = []
    current = ""
    for line in lines:
        if END.match(line.strip()):
            current = ""
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if _label(cells[0])[0] == "question" and any(_label(cell)[0] == "what" for cell in cells):
            found.append({})
            current = ""
        if found:
            current = _row(cells, found[-1], current)
    return found


def _row(cells: Sequence[str], into: dict[str, list[str]], current: str) -> str:
    """Take a row; the label whose answer may go on in the next one."""
    for cell in cells:
        label, rest = _label(cell)
        if label:
            current = label
            into.setdefault(label, [])
        if current and rest:
            into[current].append(rest)
        if current == "what" and label != "what":
            into.setdefault("place_date", []).append(cell)
    return current if current in LONG else ""


def _label(cell: str) -> tuple[str, str]:
    """Which label a cell begins with ("" for none), and what stands behind it."""
    for name, pattern in LABELS:
        found = pattern.match(cell)
        if found:
            return name, cell[found.end() :].strip()
    return "", cell


def _words(told: dict[str, list[str]]) -> FormWords:
    def short(name: str) -> str:
        return _real(" ".join(told.get(name, ())))[:LONGEST_SHORT]

    def long(name: str) -> str:
        return "\n".join(line for line in told.get(name, ()) if _real(line))[:LONGEST]

    name, title = reference_of(" ".join(told.get("reference", ())))
    place = _real(" ".join(part for part in told.get("place_date", ()) if part))
    what = _real(" ".join(told.get("what", ())).removesuffix(place))
    return FormWords(
        sheet=Sheet.A13 if "purpose" in told else Sheet.A1,
        question=short("question").replace(" ", "").removeprefix("Q"),
        what=what,
        place_date=place,
        name=name,
        title=title,
        base_text=short("base_text"),
        timing=timing_of(short("timing")),
        editors=editors_of(short("editors")),
        process=process_of(short("process")),
        scope=long("purpose") or long("scope"),
        summary=long("summary"),
        relations=long("relations"),
        liaisons=several(long("liaisons")),
        supporters=several(long("supporters")),
    )


def _real(words: str) -> str:
    """The words, "" when they are those of the template."""
    plain = words.strip()
    return "" if PLACEHOLDERS.fullmatch(plain) else plain


def reference_of(words: str) -> tuple[str, str]:
    """Name and title of `Recommendation ITU-T Y.slice "Slices"`; placeholders of the template are left out.

    Spaces are one first: what a stranger wrote is matched in a time that grows with its length.
    """
    words = " ".join(words.split())[:LONGEST_SHORT]
    found = _REFERENCE.match(words)
    if not found:
        return "", ""
    name = (found["name"] or "").strip(",:;")
    title = (found["quoted"] if found["quoted"] is not None else found["plain"] or "").strip()
    if name and not _NAME.match(name):
        name, title = "", words.strip().strip('“”"«»') if found["quoted"] is None else title
    if title.casefold() == "title":
        return "", ""
    return name, title


def timing_of(words: str) -> str:
    """`2026-05`, `2026-Q2` or `2026` of what people write; as given when it is nothing of these."""
    year = re.search(r"\b(20\d\d)\b", words)
    if not year:
        return words
    rest = (words[: year.start()] + " " + words[year.end() :]).casefold()
    quarter = re.search(r"\bq\s?([1-4])\b", rest)
    if quarter:
        return f"{year[1]}-Q{quarter[1]}"
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}", rest)), None)
    number = re.search(r"\b(0?[1-9]|1[0-2])\b", rest)
    month = month or (int(number[1]) if number else None)
    return f"{year[1]}-{month:02}" if month else year[1]


def process_of(words: str) -> str:
    """`aap`, `tap` or `agreement`; "" when the form names none of them or leaves the choice open."""
    named = [each for each in ("aap", "tap", "agreement") if re.search(rf"\b{each}\b", words, re.I)]
    return named[0] if len(named) == 1 else ""


def editors_of(words: str) -> tuple[EditorWords, ...]:
    """People as `Name, membership, e-mail`, one after another; an e-mail address ends a person."""
    parts: list[str] = []
    for part in re.split(r"[;\n]", words):
        start = 0
        for mail in _MAIL.finditer(part):
            parts.append(part[start : mail.end()])
            start = mail.end()
        parts.append(part[start:])
    return tuple(_editor(part) for part in parts if part.strip(" ,.)>"))


def _editor(words: str) -> EditorWords:
    mail = _MAIL.search(words)
    email = mail[0].strip("<>(),;") if mail else ""
    plain = (words.replace(mail[0], "") if mail else words).replace("()", "").replace("<>", "").strip(" ,<>(")
    name, _, entity = plain.partition(",")
    return EditorWords(name.strip(), entity.strip(" ,"), email)


def several(words: str) -> tuple[str, ...]:
    """Names in a row: parted by semicolons and lines, by commas when there are neither."""
    parts = re.split(r"[;\n]", words) if re.search(r"[;\n]", words.strip()) else words.split(",")
    return tuple(dict.fromkeys(part.strip(" .") for part in parts if part.strip(" .")))
