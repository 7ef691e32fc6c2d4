"""The glossary as it stands: the terms of the package, with what the secretariat changed in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.paging import Page
from sgdocs.policy import Permission
from sgdocs.search.glossary import Concept, Glossary, key_of, packaged
from sgdocs.search.models import GlossaryEntry
from sgdocs.search.widening import Lexicon

Mark = tuple[Any, ...]
UNTOUCHED: Mark = (None, None, 0, None)
"""Of a glossary in which the secretariat has changed nothing."""


@dataclass(frozen=True)
class Line:
    """A term as it is edited. ours: the secretariat entered or changed it; hidden: searches leave it out."""

    concept: Concept
    ours: bool = False
    hidden: bool = False


@dataclass
class _Kept:
    """The last lexicon that was made, with what tells that nothing has changed since: the engine that was asked, and the mark."""

    last: ClassVar[tuple[int, Mark, Lexicon] | None] = None


def lexicon(session: Session) -> Lexicon:
    """The glossary made ready for queries. Costs one cheap query when nothing has changed."""
    shown = func.sum(case((col(GlossaryEntry.hidden), 0), else_=1))
    newest = (func.max(GlossaryEntry.changed_at), func.max(GlossaryEntry.id))
    mark: Mark = tuple(session.exec(select(*newest, func.count(), shown)).one())
    if mark == UNTOUCHED:
        return _of_the_package()
    place, kept = id(session.get_bind().engine), _Kept.last
    if kept is None or kept[:2] != (place, mark):
        kept = _Kept.last = (place, mark, Lexicon(glossary(session).values()))
    return kept[2]


@cache
def _of_the_package() -> Lexicon:
    return Lexicon(packaged().values())


def glossary(session: Session) -> Glossary:
    """The terms in use, by key."""
    return {line.concept.key: line.concept for line in _lines(session) if not line.hidden}


def lines(act: Act, *, word: str = "", number: int = 1, size: int = 100) -> Page[Line]:
    """The glossary for those who edit it, by English term; hidden terms too. word: in any language."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    sought = key_of(word)
    found = [line for line in _lines(act.session) if sought in line.concept.key or _holds(line.concept, sought)]
    found.sort(key=lambda line: line.concept.key)
    return Page(found[(number - 1) * size : number * size], len(found), number, size)


def line(act: Act, key: str) -> Line | None:
    """One term by its key, for those who edit it."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    return next((each for each in _lines(act.session) if each.concept.key == key), None)


def _lines(session: Session) -> Sequence[Line]:
    every = {key: Line(concept) for key, concept in packaged().items()}
    for entry in session.exec(select(GlossaryEntry).order_by(col(GlossaryEntry.id))):
        forms = {language: tuple(each) for language, each in entry.forms.items()}
        every[entry.key] = Line(Concept(entry.series, forms), True, entry.hidden)
    return list(every.values())


def _holds(concept: Concept, sought: str) -> bool:
    return any(sought in key_of(form) for forms in concept.forms.values() for form in forms)
