"""Teach the search: acronyms, synonyms, spellings."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, delete, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, missing, refuse
from sgdocs.base.text import one_line
from sgdocs.journal.record import record
from sgdocs.policy import Permission
from sgdocs.search.models import VocabularyEntry
from sgdocs.search.rules import EntryKind, Origin, why_not_entry


def put_entry(act: Act, kind: str, word: str, forms: Sequence[str]) -> VocabularyEntry:
    """Enter a word with its forms, or replace the forms it had."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    word, forms = one_line(word), [form for form in map(one_line, forms) if form]
    refuse(why_not_entry(kind, word, forms), Invalid)
    known = select(VocabularyEntry).where(
        VocabularyEntry.kind == kind, VocabularyEntry.word == word, VocabularyEntry.origin == Origin.SECRETARIAT
    )
    entry = act.session.exec(known).first()
    old = list(entry.forms) if entry else None
    if entry is None:
        entry = VocabularyEntry(kind=kind, word=word, changed_at=act.now)
        act.session.add(entry)
    entry.forms, entry.changed_at = forms, act.now
    record(act, "search.word-entered", entry, word=word, kind=kind, old=old, new=forms)
    return entry


def remove_entry(act: Act, id: int) -> None:
    """Take an entry out. A harvested one is hidden, so that the next harvest does not bring it back."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    entry = act.session.get(VocabularyEntry, id) or missing("vocabulary entry", id)
    record(act, "search.word-removed", entry, word=entry.word, kind=entry.kind, old=list(entry.forms))
    if entry.origin == Origin.HARVESTED:
        entry.hidden, entry.changed_at = True, act.now
    else:
        act.session.delete(entry)


def take_harvest(act: Act, found: Mapping[str, Sequence[str]]) -> None:
    """Replace the harvested acronyms by what was found now; what was hidden stays hidden."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    ours = VocabularyEntry.origin == Origin.HARVESTED
    hidden = set(act.session.exec(select(VocabularyEntry.word).where(ours, col(VocabularyEntry.hidden))))
    act.session.exec(
        delete(VocabularyEntry).where(
            col(VocabularyEntry.origin) == Origin.HARVESTED, col(VocabularyEntry.hidden).is_(False)
        )
    )
    act.session.add_all(
        VocabularyEntry(
            kind=EntryKind.ACRONYM, word=short, forms=list(full), origin=Origin.HARVESTED, changed_at=act.now
        )
        for short, full in found.items()
        if short not in hidden
    )
