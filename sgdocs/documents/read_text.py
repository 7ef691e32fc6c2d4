"""The text of a file made ready to be kept: clean clauses, its references, every name in it. Pure, and the slow part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sgdocs.base.text import clean
from sgdocs.documents.references import Entry, Mention, entries, mentions
from sgdocs.i18n import N_
from sgdocs.text.model import Reading, Unit

NO_TEXT = N_("There is no text in it.")
MOST_UNITS = 20_000
MOST_UNITS_AT_ONCE = 1_000
MOST_LETTERS_AT_ONCE = 300_000
MOST_LETTERS_LINKED = 2_000_000
LONGEST_TITLE = 400
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class ReadText:
    """units: none when no text could be read; problem: why not, or what was left out, "" when all is there."""

    units: tuple[Unit, ...] = ()
    characters: int = 0
    language: str = ""
    problem: str = ""
    entries: Sequence[Entry] = field(default=())
    mentions: Sequence[Mention] = field(default=())

    @property
    def is_kept(self) -> bool:
        return bool(self.units)


def ready_at_once(reading: Reading) -> ReadText | None:
    """The text when it is short enough to be kept while somebody waits; None leaves it to whoever reads it later."""
    if not 0 < len(reading.units) <= MOST_UNITS_AT_ONCE or reading.characters > MOST_LETTERS_AT_ONCE:
        return None
    text = made_ready(reading)
    return text if text.is_kept else None


def made_ready(reading: Reading) -> ReadText:
    """What is to be kept of a reading. Costs some 0.3 s for each million letters."""
    units = tuple(_clean(unit) for unit in reading.units[:MOST_UNITS])
    says = next((problem.says for problem in reading.problems if problem.is_fatal), "")
    says = says or next((problem.says for problem in reading.problems), "")
    if not any(unit.text or unit.title for unit in units):
        return ReadText(problem=says or NO_TEXT, language=reading.language)
    looked_at = _within(units, MOST_LETTERS_LINKED)
    return ReadText(
        units,
        reading.characters or sum(len(unit.text) for unit in units),
        reading.language,
        says,
        entries(looked_at),
        mentions(looked_at),
    )


def _clean(unit: Unit) -> Unit:
    """Without what a database refuses: NUL, other control characters, halves of characters."""
    text = "\n".join(clean_line(line) for line in unit.text.split("\n")).strip("\n")
    number, title = (clean_line(words).strip() for words in (unit.number, unit.title))
    return replace(unit, number=number[:80], title=title[:LONGEST_TITLE], text=text, anchor=unit.anchor[:80])


def clean_line(line: str) -> str:
    """A line without control characters; tabs part the cells of a table and stay."""
    return "\t".join(clean(_LONE.sub("\ufffd", cell)) for cell in line.split("\t"))


def _within(units: Sequence[Unit], letters: int) -> Sequence[Unit]:
    for at, unit in enumerate(units):
        letters -= len(unit.text)
        if letters < 0:
            return units[: at + 1] if at == 0 and len(unit.text) < 2 * MOST_LETTERS_LINKED else units[:at]
    return units
