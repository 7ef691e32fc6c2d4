"""Things that can be followed: what a scope names, as far as the reader may know of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.i18n import N_
from sgdocs.notices.places import ANNOUNCEMENTS, EVERYTHING
from sgdocs.notices.subjects import Subject, subjects_named

TABLES: Final[Mapping[str, str]] = {
    "document": "document",
    "meeting": "meeting",
    "group": "group",
    "item": "work_item",
    "family": "recommendation",
    "process": "process",
    "statement": "statement",
    "body": "liaison_body",
    "thread": "discussion_thread",
    "event": "event",
}
"""Kind of a scope -> table of its subjects."""
SERIES = re.compile(r"^series:([TRD])/([A-Z]{1,4})$")
ALL_OF_IT: Final = N_("everything that you may read")
OF_SERVICE: Final = N_("announcements of the service")
GONE: Final = N_("something that you may not read any more")


@dataclass(frozen=True)
class Thing:
    """label: as people call it (a message to translate for `all`); path: "" where it has no page."""

    scope: str
    label: str
    title: str = ""
    path: str = ""

    @property
    def kind(self) -> str:
        return self.scope.partition(":")[0]


def thing_of(act: Act, scope: str) -> Thing:
    """NotFound when there is no such thing, or the actor may not know of it."""
    return things_of(act, [scope]).get(scope) or missing("thing to follow", scope)


def things_of(act: Act, scopes: Iterable[str]) -> dict[str, Thing]:
    """By scope; what the actor may not know of is not among them. One query for each kind."""
    wanted = dict.fromkeys(scopes)
    found = {scope: thing for scope in wanted if (thing := _plain(scope)) is not None}
    asked = {scope: named for scope in wanted if (named := _named(scope)) is not None}
    known = subjects_named(act, asked.values())
    return found | {scope: _thing(scope, known[named]) for scope, named in asked.items() if named in known}


def _plain(scope: str) -> Thing | None:
    if scope == EVERYTHING:
        return Thing(scope, ALL_OF_IT)
    if scope == ANNOUNCEMENTS:
        return Thing(scope, OF_SERVICE, path="/announcement")
    series = SERIES.match(scope)
    return Thing(scope, f"ITU-{series[1]} {series[2]}", path=f"/rec/{series[1]}/{series[2]}") if series else None


def _named(scope: str) -> tuple[str, int] | None:
    kind, _, id = scope.partition(":")
    return (TABLES[kind], int(id)) if kind in TABLES and id.isascii() and id.isdecimal() and len(id) < 13 else None


def _thing(scope: str, subject: Subject) -> Thing:
    return Thing(scope, subject.label, subject.title, subject.path)
