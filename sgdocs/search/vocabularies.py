"""The vocabulary as searches use it: read anew only when it has changed."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.paging import Page
from sgdocs.policy import Permission
from sgdocs.recommendations.models import Family, Summary, Text
from sgdocs.search import acronyms
from sgdocs.search.models import VocabularyEntry
from sgdocs.search.rules import EntryKind, Origin
from sgdocs.search.vocabulary import Vocabulary

Mark = tuple[Any, ...]


@dataclass
class _Kept:
    """The last vocabulary of each database, by what tells that nothing has changed."""

    by_database: ClassVar[dict[int, tuple[Mark, Vocabulary]]] = {}


def vocabulary(session: Session) -> Vocabulary:
    """Everything that is not hidden. Costs one cheap query when nothing has changed."""
    shown = func.sum(case((col(VocabularyEntry.hidden), 0), else_=1))
    newest = (func.max(VocabularyEntry.changed_at), func.max(VocabularyEntry.id))
    mark: Mark = tuple(session.exec(select(*newest, func.count(), shown)).one())
    place = id(session.get_bind().engine)
    kept = _Kept.by_database.get(place)
    if kept is None or kept[0] != mark:
        kept = _Kept.by_database[place] = (mark, _read(session))
    return kept[1]


def harvested(session: Session) -> dict[str, tuple[str, ...]] | None:
    """The acronyms in titles and summaries that everybody may read; None when no text is newer than the last harvest.

    Costs a reading of all public titles and summaries when one is.
    """
    last = session.exec(
        select(func.max(VocabularyEntry.changed_at)).where(VocabularyEntry.origin == Origin.HARVESTED)
    ).one()
    newest = session.exec(select(func.max(Family.changed_at))).one()
    if newest is None or (last is not None and newest <= last):
        return None
    titles = select(Text.title).where(Text.audience == policy.PUBLIC)
    summaries = select(Summary.summary).join(Text, col(Text.id) == Summary.text_id)
    summaries = summaries.where(Text.audience == policy.PUBLIC, Summary.language == "en")
    return acronyms.harvest([*session.exec(titles), *session.exec(summaries)])


def entries(act: Act, *, kind: str = "", word: str = "", number: int = 1, size: int = 100) -> Page[VocabularyEntry]:
    """The vocabulary for those who edit it, by word; hidden entries too."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    found = select(VocabularyEntry)
    if kind:
        found = found.where(VocabularyEntry.kind == kind)
    if word:
        found = found.where(func.lower(VocabularyEntry.word).contains(word.lower(), autoescape=True))
    total = act.session.exec(select(func.count()).select_from(found.subquery())).one()
    ordered = found.order_by(col(VocabularyEntry.origin).desc(), col(VocabularyEntry.word), col(VocabularyEntry.id))
    return Page(act.session.exec(ordered.offset((number - 1) * size).limit(size)).all(), total, number, size)


def _read(session: Session) -> Vocabulary:
    acronyms: dict[str, tuple[str, ...]] = {}
    groups: dict[str, list[tuple[str, ...]]] = {EntryKind.SYNONYM: [], EntryKind.SPELLING: []}
    shown = select(VocabularyEntry).where(col(VocabularyEntry.hidden).is_(False))
    for entry in session.exec(shown.order_by(col(VocabularyEntry.id))):
        if entry.kind == EntryKind.ACRONYM:
            acronyms[entry.word] = tuple(dict.fromkeys((*acronyms.get(entry.word, ()), *entry.forms)))
        else:
            groups[entry.kind].append((entry.word, *entry.forms))
    return Vocabulary(acronyms, tuple(groups[EntryKind.SYNONYM]), tuple(groups[EntryKind.SPELLING]))
