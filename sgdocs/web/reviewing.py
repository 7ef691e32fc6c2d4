"""What of a translation has been read by somebody who reads that language. A message that was has the comment `# reviewed`."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message

from sgdocs.base.paging import Page
from sgdocs.base.text import folded
from sgdocs.i18n import DOMAIN, FOLDER, Language, language
from sgdocs.web import messages

MARK: Final = "reviewed"
LACKING, UNREVIEWED, REVIEWED = "lacking", "unreviewed", "reviewed"
STANDINGS: Final = (LACKING, UNREVIEWED, REVIEWED)


@dataclass(frozen=True)
class Line:
    """A message and its translation. english: with its plural, when it has one; told: each form, "" where one is lacking."""

    english: tuple[str, ...]
    told: tuple[str, ...]
    is_marked: bool

    @property
    def standing(self) -> str:
        if not all(self.told):
            return LACKING
        return REVIEWED if self.is_marked else UNREVIEWED


@dataclass(frozen=True)
class Standing:
    """How far the translation into one language is. total: messages; the others are parts of it."""

    language: Language
    total: int
    lacking: int
    unreviewed: int

    @property
    def reviewed(self) -> int:
        return self.total - self.lacking - self.unreviewed


def standing(code: str) -> Standing:
    """KeyError when there is no catalogue."""
    lines = lines_of(code)
    told = [each.standing for each in lines]
    return Standing(language(code), len(lines), told.count(LACKING), told.count(UNREVIEWED))


def found(code: str, *, words: str = "", state: str = "", number: int = 1, size: int = 50) -> Page[Line]:
    """Messages of one language that hold each of the words, in English or translated; what is lacking first."""
    wanted = [folded(word) for word in words.split()[:10]]
    rows = [each for each in lines_of(code) if (not state or each.standing == state) and _holds(each, wanted)]
    rows.sort(key=lambda each: STANDINGS.index(each.standing))
    return Page(rows[(number - 1) * size : number * size], len(rows), number, size)


def lines_of(code: str) -> Sequence[Line]:
    """Read once for each state of the file; half a second for five thousand messages."""
    if code not in messages.codes():
        raise KeyError(code)
    return _lines(code, (FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po").stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _lines(code: str, _written_at: int) -> Sequence[Line]:
    catalogue = messages.load(code)
    return tuple(_line(each) for each in messages.messages_of(catalogue))


def _line(message: Message) -> Line:
    return Line(_forms(message.id), _forms(message.string), is_reviewed(message))


def _forms(text: object) -> tuple[str, ...]:
    return tuple(str(each) for each in text) if isinstance(text, list | tuple) else (str(text),)


def parts(text: str) -> list[tuple[bool, str]]:
    """A text cut at its placeholders, which are told from what stands between."""
    cut = re.split(f"({messages.PLACEHOLDER.pattern})", text)
    return [(n % 2 == 1, part) for n, part in enumerate(cut) if part]


def _holds(line: Line, words: Sequence[str]) -> bool:
    text = folded(" ".join((*line.english, *line.told))) if words else ""
    return all(word in text for word in words)


def is_reviewed(message: Message) -> bool:
    return any(comment.strip().lower() == MARK for comment in message.user_comments)


def marked(catalogue: Catalog, keys: Iterable[str]) -> Catalog:
    """The catalogue with these messages (by their English) marked as reviewed. KeyError for one that is not said;
    ValueError for one that has no translation: there is nothing to have been read."""
    known = {messages.key_of(each): each for each in messages.messages_of(catalogue)}
    for key in keys:
        if not all(_forms(known[key].string)):
            raise ValueError(f"no translation to review: {key}")
        if not is_reviewed(known[key]):
            known[key].user_comments.append(MARK)
    return catalogue


def main(words: list[str]) -> int:
    """`python -m sgdocs.web.reviewing fr FILE`: FILE has a list of English messages as JSON."""
    if len(words) != 2:
        print(main.__doc__, file=sys.stderr)
        return 2
    code, file = words
    keys = json.loads(Path(file).read_text(encoding="utf-8"))
    messages.save(marked(messages.load(code), keys), code)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
