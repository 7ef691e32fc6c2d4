"""Which guides there are, where each stands, and their texts in the languages they were written in."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from sgdocs.guides.reading import Section, Text, read

FOLDER: Final = Path(__file__).parent / "texts"
SOURCE: Final = "en"
MOST_SECTIONS: Final = 100


@dataclass(frozen=True)
class Guide:
    """One page of help. number: never given to another one, the index is keyed by it; name: of its files and its address."""

    number: int
    name: str

    @property
    def address(self) -> str:
        return f"/help/{self.name}" if self.name == FAQ else f"/help/guide/{self.name}"


FAQ: Final = "faq"
ROLES: Final = (
    Guide(1, "reader"),
    Guide(2, "delegate"),
    Guide(3, "rapporteur"),
    Guide(4, "chair"),
    Guide(5, "focal-point"),
    Guide(6, "administration"),
    Guide(7, "secretariat"),
    Guide(8, "administrator"),
)
"""Those of the roles, in the order in which they are shown."""
GUIDES: Final = (*ROLES, Guide(9, FAQ))


def by_name(name: str) -> Guide | None:
    return next((guide for guide in GUIDES if guide.name == name), None)


@lru_cache
def texts(guide: Guide) -> dict[str, Text]:
    """The guide by language code; English is always there and comes first."""
    files = {file.parent.name: file for file in FOLDER.glob(f"*/{guide.name}.md")}
    return {code: read(files[code].read_text(encoding="utf-8")) for code in sorted(files, key=_order)}


def text_in(guide: Guide, code: str) -> tuple[str, Text]:
    """The language that is shown and the text: the one asked for, else English."""
    known = texts(guide)
    return (code, known[code]) if code in known else (SOURCE, known[SOURCE])


def section_of(id: int) -> tuple[Guide, int] | None:
    """The guide and the place of the section of a number as the index keeps it; None when it is gone meanwhile."""
    number, position = divmod(id, MOST_SECTIONS)
    guide = next((each for each in GUIDES if each.number == number), None)
    return (guide, position) if guide and position <= len(texts(guide)[SOURCE].sections) else None


def found_at(guide: Guide, position: int, code: str) -> tuple[Text, Section | None]:
    """The text in a language (or English), and its section of that place, counted from 1; None for 0, the page as a whole."""
    _, text = text_in(guide, code)
    return text, text.sections[position - 1] if position else None


def _order(code: str) -> tuple[bool, str]:
    return code != SOURCE, code
