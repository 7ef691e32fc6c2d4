"""Fields by their labels: the value is the next cell of the row, or the rest of the line. Source: domain 4.5, P2."""

from collections.abc import Iterator

from sgdocs.text.found import Found
from sgdocs.text.labels import class_of, field_of, fold, split_label
from sgdocs.text.page import Cell, Page, Row

ALONE = frozenset({"for_action", "for_comment", "for_information"})


def by_labels(page: Page, found: Found, *, is_radio: bool) -> None:
    """Offer what stands beside or after a label. is_radio: the labelled source is then a reference (domain 4.7)."""
    own = _announced(page)
    for place, row in enumerate(page.rows):
        taken = _beside(row, found, strict=own.get(row.table, 0) < 2)
        if not taken:
            _lines(row, found, is_radio=is_radio)
        if row.table < 0:
            _below(page.rows, place, found)


def _announced(page: Page) -> dict[int, int]:
    """How many labels each table has: a table with one word that looks like a label is no cover."""
    counts: dict[int, int] = {}
    for row in page.rows:
        counts[row.table] = counts.get(row.table, 0) + sum(bool(label_of(cell)) for cell in row.cells)
    return counts


def label_of(cell: Cell) -> str:
    """The field that a cell announces, itself or by the merged cell above."""
    return field_of(cell.text) or (field_of(cell.above) if not cell.text else "")


def values_after(row: Row, place: int) -> Iterator[Cell]:
    """The cells after a label, up to the next label."""
    for cell in row.cells[place + 1 :]:
        if label_of(cell):
            return
        yield cell


def _beside(row: Row, found: Found, *, strict: bool) -> bool:
    """Labels in cells of their own. strict: only with a colon."""
    any_label = False
    for place, cell in enumerate(row.cells):
        name = label_of(cell)
        if (
            not name
            or len(row.cells) < 2
            or (strict and not (cell.text or cell.above).rstrip().endswith((":", "\uff1a")))
        ):
            continue
        any_label = True
        following = [c for c in values_after(row, place) if c.text]
        if name != "contact" and following:
            found.offer(name, following[0].text, "label", is_ghost=following[0].is_ghost)
        if name == "questions" and len(following) > 1:
            found.offer("place_date", following[1].text, "label", is_ghost=following[1].is_ghost)
    return any_label


def _lines(row: Row, found: Found, *, is_radio: bool) -> None:
    """Labels at the beginning of a line: `Source: Canada`; lines without a label go on with the one before."""
    for cell in row.cells:
        name, words = "", ""
        for line in cell.text.split("\n"):
            next_name, value = split_label(line)
            if next_name:
                _offer(found, name, words, is_radio=is_radio)
                name, words = next_name, value
            elif name and row.table >= 0:
                words = f"{words}\n{value}"
            else:
                _offer(found, name, words, is_radio=is_radio)
                name, words = "", ""
                _alone(line, found)
        _offer(found, name, words, is_radio=is_radio)


def _offer(found: Found, name: str, words: str, *, is_radio: bool) -> None:
    if name and name != "contact":
        found.offer("reference" if is_radio and name == "source" else name, words, "label")


def _alone(line: str, found: Found) -> None:
    """`For Information` on a line of its own is what a liaison statement is for; `Liaison Statement` is its class."""
    if field_of(line) in ALONE and fold(line) != "to":
        found.offer("purpose", line, "label")
    elif class_of(line) == "liaison-statement":
        found.offer("kind", line, "label")


def _below(rows: tuple[Row, ...], place: int, found: Found) -> None:
    """A line that says only `Abstract` or `Keywords`: the next line that says anything is it."""
    name = field_of(rows[place].cells[0].text)
    if name in ("abstract", "keywords"):
        after = next((r for r in rows[place + 1 :] if r.cells and r.cells[0].text), None)
        if after is not None and after.table < 0 and not field_of(after.cells[0].text):
            found.offer(name, after.cells[0].text, "label")


def to_the_reader(found: Found) -> None:
    """`To:` of a letter that says it is for information goes there. Older liaison statements have one addressee line."""
    purpose = field_of(found["purpose"])
    if purpose in ALONE - {"for_action"} and purpose not in found.values and "for_action" in found.values:
        found.values[purpose] = found.values.pop("for_action")
        found.origins[purpose] = found.origins.pop("for_action")
