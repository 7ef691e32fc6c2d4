"""Query strings of lists, read for keeping: a field that is not known, or a value that means nothing any more, is told, not refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import parse_qsl

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.text import clean
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group

MOST_FIELDS: Final = 200
SHOWING: Final = frozenset({"page", "size", "col", "sort", "full", "searched", "cursor", "limit", "fields"})
"""What a query string says of how a list is shown; it asks nothing."""


@dataclass
class Query:
    """The fields of a query string. unknown: names that the list does not have; wrong: (name, value) that mean nothing."""

    given: dict[str, list[str]]
    unknown: tuple[str, ...] = ()
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def word(self, name: str, right: Sequence[str] | None = None) -> str:
        """The last value, "" without one. right: what it may be."""
        return next(iter(reversed(self.words(name, right))), "")

    def words(self, name: str, right: Sequence[str] | None = None) -> tuple[str, ...]:
        found = [clean(each)[:200] for each in self.given.get(name, ()) if clean(each)]
        self.wrong += [(name, each) for each in found if right is not None and each not in right]
        return tuple(each for each in found if right is None or each in right)

    def day(self, name: str) -> date | None:
        word = self.word(name)
        try:
            return date.fromisoformat(word) if word else None
        except ValueError:
            self.wrong.append((name, word))
            return None

    def number(self, name: str, most: int = 9999) -> int | None:
        word = self.word(name)
        if not word:
            return None
        if word.isascii() and word.isdecimal() and int(word) <= most:
            return int(word)
        self.wrong.append((name, word))
        return None

    def group(self, act: Act, name: str) -> Group | None:
        """The group by path or as people write it."""
        word = self.word(name)
        if not word:
            return None
        on = geneva_day(act.now)
        found = groups.find(act.session, word) or next(iter(groups.resolve(act.session, word, on)), None)
        if found is None:
            self.wrong.append((name, word))
        return found


def read(text: str, known: frozenset[str]) -> Query:
    """The query string, of a list that has the known fields."""
    given: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(text.removeprefix("?"), max_num_fields=MOST_FIELDS)
    except ValueError:
        pairs = parse_qsl("&".join(text.split("&")[: MOST_FIELDS - 1]))
    for name, value in pairs:
        given.setdefault(clean(name)[:60], []).append(value)
    unknown = tuple(name for name in given if name not in known and name not in SHOWING)
    return Query(given, unknown)
