"""Teach the search: acronyms, synonyms, spellings."""

from collections.abc import Sequence

from sqlmodel import col, delete, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, missing, refuse
from sgdocs.base.text import one_line
from sgdocs.journal.record import record
from sgdocs.policy import Permission
from sgdocs.recommendations.models import Summary, Text
from sgdocs.search import acronyms
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


def harvest(act: Act) -> int:
    """Find acronyms in the titles and summaries that everybody may read; how many there are now.

    What was hidden stays hidden. Costs a reading of all public titles and summaries.
    """
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    titles = select(Text.title).where(Text.audience == policy.PUBLIC)
    summaries = select(Summary.summary).join(Text, col(Text.id) == Summary.text_id)
    summaries = summaries.where(Text.audience == policy.PUBLIC, Summary.language == "en")
    found = acronyms.harvest([*act.session.exec(titles), *act.session.exec(summaries)])
    ours = VocabularyEntry.origin == Origin.HARVESTED
    hidden = set(act.session.exec(select(VocabularyEntry.word).where(ours, col(VocabularyEntry.hidden))))
    act.session.exec(delete(VocabularyEntry).where(ours, col(VocabularyEntry.hidden).is_(False)))  # type: ignore[arg-type]
    act.session.add_all(
        VocabularyEntry(
            kind=EntryKind.ACRONYM, word=short, forms=list(full), origin=Origin.HARVESTED, changed_at=act.now
        )
        for short, full in found.items()
        if short not in hidden
    )
    return len(found)
