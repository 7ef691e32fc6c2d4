"""Comment sheets in the column layout of ISO: which comment a row is, and what the sheet asks for. Pure.

A row with an `Id` is the comment of that id, as of the version behind the full stop; one without is new, unless the same
words of the same entity stand already. So a sheet that is brought twice changes nothing the second time.
Source: layout of the ISO/IEC/CEN template for comments; domain AAP-5, AAP-10.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sgdocs.approval.comment_rules import Disposal, Kind
from sgdocs.base.cells import unguarded
from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.base.text import clean, folded, one_line
from sgdocs.text.tables import Cell, Grid, Row

LAYOUT = "ISO/IEC/CEN template for comments"
NO_TABLE = rule("sheets.no-table", "The file holds no table of comments with the headings {headings}.", LAYOUT)
COLUMNS_MISSING = rule("sheets.missing-columns", "The table lacks the columns {missing}.", LAYOUT)
TWICE = rule("sheets.column-twice", "The table has the column “{heading}” twice.", LAYOUT)
OTHER_PROCESS = rule("sheets.other-process", "This is the sheet of {found}, not of {process}.")
FOREIGN = rule("sheets.foreign-id", "Row {row}: “{id}” is no comment on {process}.")
DOUBLE = rule("sheets.id-twice", "Row {row}: the comment “{id}” stands in the sheet twice.")
FORMULA = rule("sheets.formula", "Row {row}, {column}: a formula. Put the words there; nothing is calculated.")
NO_TEXT = rule("sheets.no-text", "Row {row} has no comment.")
TYPE = rule(
    "sheets.type", "Row {row}: “{value}” is no type of comment; right would be ed, te or ge.", "A.8 (10/2008) 4.4"
)
DISPOSITION = rule(
    "sheets.disposition", "Row {row}: “{value}” is no disposition; right would be {right}.", "domain AAP-10"
)
TOO_LONG = rule("sheets.too-long", "Row {row}, {column}: {found} characters; at most {most} are taken.")
TOO_MANY = rule("sheets.too-many", "The sheet has {found} rows; at most {most} are taken.")
REFUSED = rule("sheets.refused", "Nothing was taken from the sheet. {reasons}", settings=())
ROW = rule("sheets.row", "Row {row}: {reason}")
MOST_ROWS: Final = 2_000

HEADINGS: Final[Mapping[str, str]] = {
    "id": "Id",
    "number": "No.",
    "entity": "MB/NC",
    "line": "Line number",
    "clause": "Clause/Subclause",
    "element": "Paragraph/Figure/Table",
    "kind": "Type of comment",
    "text": "Comments",
    "proposed": "Proposed change",
    "disposition": "Disposition",
    "reason": "Observations of the secretariat",
}
"""Column -> heading, in the order of the sheet. `Id`, `No.` and `Disposition` stand beside those of the template."""
NEEDED: Final = ("entity", "clause", "element", "kind", "text", "proposed")
LONGEST: Final[Mapping[str, int]] = {
    "entity": 200,
    "clause": 200,
    "element": 200,
    "text": 20_000,
    "proposed": 20_000,
    "reason": 20_000,
}
_READ_AS: Final[Mapping[str, str]] = {
    "id": "id",
    "no": "number",
    "mbnc": "entity",
    "mb": "entity",
    "member": "entity",
    "linenumber": "line",
    "line": "line",
    "clausesubclause": "clause",
    "clause": "clause",
    "clausesubclauseannex": "clause",
    "paragraphfiguretable": "element",
    "paragraphfiguretablenote": "element",
    "element": "element",
    "typeofcomment": "kind",
    "type": "kind",
    "kind": "kind",
    "comments": "text",
    "comment": "text",
    "commentjustificationforchange": "text",
    "proposedchange": "proposed",
    "disposition": "disposition",
    "observationsofthesecretariat": "reason",
    "secretariatobservations": "reason",
    "reasonofthedisposition": "reason",
}
KINDS: Final[Mapping[str, Kind]] = {
    "ed": Kind.TYPOGRAPHICAL,
    "editorial": Kind.TYPOGRAPHICAL,
    "typographical": Kind.TYPOGRAPHICAL,
    "te": Kind.SUBSTANTIVE,
    "technical": Kind.SUBSTANTIVE,
    "ge": Kind.SUBSTANTIVE,
    "general": Kind.SUBSTANTIVE,
    "substantive": Kind.SUBSTANTIVE,
}
SHORT: Final[Mapping[str, str]] = {Kind.TYPOGRAPHICAL: "ed", Kind.SUBSTANTIVE: "te"}
OPPOSES: Final = "opposes"
DISPOSALS: Final[Mapping[str, Disposal]] = {
    "accepted": Disposal.ACCEPTED,
    "accepted with change": Disposal.CHANGED,
    "accepted with changes": Disposal.CHANGED,
    "accepted with modification": Disposal.CHANGED,
    "partially accepted": Disposal.CHANGED,
    "rejected": Disposal.REJECTED,
    "not accepted": Disposal.REJECTED,
    "out of scope": Disposal.OUT_OF_SCOPE,
    "withdrawn": Disposal.WITHDRAWN,
}
_ID: Final = re.compile(r"(C-[0-9a-f]{8,32})(?:\.(\d{1,6}))?", re.IGNORECASE)
_PROCESS: Final = re.compile(r"(?<![a-z-])([a-z]{1,20}(?:-[a-z]{1,20}){0,3}/\d{4}-\d{3,6})\b")
LONGEST_HEADING: Final = 300
"""Of a cell among the headings or above them; what is longer names nothing."""
_LINE: Final = re.compile(r"line ([^;]+)(?:; (.*))?", re.DOTALL)


@dataclass(frozen=True)
class Words:
    """What a row says of a comment, apart from what became of it."""

    kind: str
    clause: str
    element: str
    text: str
    proposed: str
    opposes: bool = False


@dataclass(frozen=True)
class Line:
    """One row. row: as the sheet counts; uid, seen: "" and None for a new comment; disposition: None for an empty cell."""

    row: int
    words: Words
    entity: str = ""
    uid: str = ""
    seen: int | None = None
    disposition: Disposal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Known:
    """A comment that is there."""

    uid: str
    version: int
    entity: str
    words: Words
    disposition: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Deed:
    """What a row asks for. words, disposal: whether these change; both False: nothing does."""

    line: Line
    known: Known | None = None
    words: bool = False
    disposal: bool = False


@dataclass
class Sheet:
    """What was read. faults: of rows, none of which is taken then."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)


# Reading


def read(grids: Sequence[Grid], process: str) -> Sheet:
    """The comments of the first table with the headings of the layout, each fault with its row."""
    found = Sheet()
    placed = [(grid, place) for grid in grids if (place := _headings(grid)) is not None]
    whole = [(grid, place) for grid, place in placed if not _lacks(place[1])]
    if not placed:
        found.faults.append(Refusal(NO_TABLE, {"headings": _named(NEEDED)}, field="file"))
        return found
    if not whole:
        found.faults.append(Refusal(COLUMNS_MISSING, {"missing": _named(_lacks(placed[0][1][1]))}, field="file"))
        return found
    grid, (at, columns) = whole[0]
    found.faults += _misplaced(grid.rows[:at], grid.rows[at], columns, process)
    rows = [row for row in grid.rows[at + 1 :] if _says(row, columns)]
    if len(rows) > MOST_ROWS:
        found.faults.append(Refusal(TOO_MANY, {"found": len(rows), "most": MOST_ROWS}, field="file"))
    for row in rows if not found.faults else ():
        line, faults = _line(row, columns)
        found.lines += [line] if line is not None else []
        found.faults += faults
    return found


def _headings(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Where the row of headings stands, and the columns it names; None for a table of something else."""
    for at, row in enumerate(grid.rows[:30]):
        names = [_READ_AS.get(_key(cell.text)) for cell in row.cells]
        columns = {name: place for place, name in reversed(list(enumerate(names))) if name is not None}
        if len(set(columns) & set(NEEDED)) >= 3:
            return at, columns
    return None


def _key(heading: str) -> str:
    """`MB/NC1` as `mbnc`, `Line number (e.g. 17)` as `linenumber`."""
    return re.sub(r"[^a-z]", "", re.sub(r"\([^()]*\)", "", folded(heading[:LONGEST_HEADING])))


def _lacks(columns: Mapping[str, int]) -> list[str]:
    return [name for name in NEEDED if name not in columns]


def _named(columns: Iterable[str]) -> str:
    return ", ".join(HEADINGS[name] for name in columns)


def _misplaced(above: Sequence[Row], headings: Row, columns: Mapping[str, int], process: str) -> list[Refusal]:
    """A sheet of another process, or one with two columns of a name."""
    told = " ".join(cell.text[:LONGEST_HEADING] for row in above for cell in row.cells)
    others = [number for number in _PROCESS.findall(told) if number != process]
    named = [_READ_AS.get(_key(cell.text)) for cell in headings.cells]
    twice = [name for name in columns if named.count(name) > 1]
    faults = [Refusal(OTHER_PROCESS, {"found": others[0], "process": process}, field="file")] if others else []
    return [*faults, *(Refusal(TWICE, {"heading": HEADINGS[name]}, field="file") for name in twice)]


def _says(row: Row, columns: Mapping[str, int]) -> bool:
    """Whether anything stands in it beside a running number."""
    filled = [name for name, place in columns.items() if name != "number" and _cell(row, place) != Cell()]
    return bool(filled)


def _cell(row: Row, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else Cell()


def _line(row: Row, columns: Mapping[str, int]) -> tuple[Line | None, list[Refusal]]:
    cells = {name: _cell(row, place) for name, place in columns.items()}
    told = {name: clean(unguarded(cell.text)) for name, cell in cells.items()}
    faults = [Refusal(FORMULA, _at(row, name), field="file") for name, cell in cells.items() if cell.is_formula]
    for name, most in LONGEST.items():
        if len(told.get(name, "")) > most:
            faults.append(Refusal(TOO_LONG, {**_at(row, name), "found": len(told[name]), "most": most}, field="file"))
    uid, seen = _id(told.get("id", ""))
    if told.get("id") and not uid:
        faults.append(
            Refusal(FOREIGN, {"row": row.number, "id": told["id"][:60], "process": "this text"}, field="file")
        )
    if faults:
        return None, faults
    if not told["text"]:
        faults.append(Refusal(NO_TEXT, {"row": row.number}, field="file"))
    kind, opposes = _kind(told["kind"])
    if kind is None:
        faults.append(Refusal(TYPE, {"row": row.number, "value": told["kind"][:60]}, field="file"))
    disposal = DISPOSALS.get(one_line(folded(told.get("disposition", ""))).replace("-", " ").rstrip("."))
    if told.get("disposition") and disposal is None:
        right = ", ".join(word for word in DISPOSALS if word.replace(" ", "-") in set(Disposal))
        value = {"row": row.number, "value": told["disposition"][:60], "right": right}
        faults.append(Refusal(DISPOSITION, value, field="file"))
    if faults or kind is None:
        return None, faults
    words = Words(
        kind=kind.value,
        clause=one_line(told["clause"]),
        element=element_of(one_line(told.get("line", "")), one_line(told["element"])),
        text=told["text"],
        proposed=told["proposed"],
        opposes=opposes,
    )
    reason = told.get("reason", "") if disposal is not None else ""
    return Line(row.number, words, one_line(told["entity"]), uid, seen, disposal, reason), []


def _at(row: Row, name: str) -> dict[str, object]:
    return {"row": row.number, "column": HEADINGS[name]}


def _id(told: str) -> tuple[str, int | None]:
    found = _ID.fullmatch(told.strip())
    return ("", None) if found is None else (f"C-{found[1][2:].lower()}", int(found[2]) if found[2] else None)


def _kind(told: str) -> tuple[Kind | None, bool]:
    """`te, opposes` -> (substantive, True)."""
    words = re.findall(r"[a-z]+", folded(told))
    kinds = {KINDS[word] for word in words if word in KINDS}
    strange = [word for word in words if word not in KINDS and word != OPPOSES]
    return (kinds.pop() if len(kinds) == 1 and not strange else None), OPPOSES in words


def element_of(line: str, element: str) -> str:
    """`17`, `Table 1` -> `line 17; Table 1`."""
    return "; ".join(part for part in (f"line {line}" if line else "", element) if part)


def split_element(element: str) -> tuple[str, str]:
    """The other way round: (line, the rest)."""
    found = _LINE.fullmatch(element)
    return (found[1], found[2] or "") if found else ("", element)


# Deciding


def plan(sheet: Sheet, known: Sequence[Known], process: str, own: str) -> tuple[list[Deed], list[Refusal]]:
    """What each row asks for. own: the entity of whoever brings the sheet, for new rows that name none."""
    by_id = {each.uid: each for each in known}
    standing = {_content(each.entity, each.words) for each in known}
    deeds: list[Deed] = []
    faults: list[Refusal] = []
    seen: set[str] = set()
    for line in sheet.lines:
        if line.uid and (line.uid in seen or line.uid not in by_id):
            rule = DOUBLE if line.uid in seen else FOREIGN
            faults.append(Refusal(rule, {"row": line.row, "id": line.uid, "process": process}, field="file"))
        elif line.uid:
            deeds.append(_on(line, by_id[line.uid]))
        else:
            content = _content(line.entity or own, line.words)
            deeds.append(Deed(line, words=content not in standing))
            standing.add(content)
        seen.add(line.uid) if line.uid else None
    return deeds, faults


def _on(line: Line, known: Known) -> Deed:
    """An empty disposition takes none back: the sheet may be older than it."""
    said = (line.disposition.value, _plain(line.reason)) if line.disposition else None
    is_new = said is not None and said != (known.disposition, _plain(known.reason))
    return Deed(line, known, words=_compared(line.words) != _compared(known.words), disposal=is_new)


def _content(entity: str, words: Words) -> tuple[object, ...]:
    return (folded(one_line(entity)), *_compared(words))


def _compared(words: Words) -> tuple[object, ...]:
    told = (words.kind, words.clause, words.element, words.text, words.proposed)
    return (*(_plain(each) for each in told), words.opposes)


def _plain(text: str) -> str:
    """Without what a cell does not keep: runs of spaces, empty ends of lines."""
    return "\n".join(one_line(line) for line in clean(text).splitlines()).strip()
