"""Edit the glossary: enter a term or other words for it, take it out, go back to the words of the package."""

from collections.abc import Iterable, Mapping

from sqlmodel import select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, missing, refuse
from sgdocs.journal.record import record
from sgdocs.policy import Permission
from sgdocs.search.glossaries import glossary, line
from sgdocs.search.glossary import Concept, key_of, packaged, tidied, why_not_beside, why_not_concept
from sgdocs.search.models import GlossaryEntry


def put_concept(act: Act, series: str, forms: Mapping[str, Iterable[str]]) -> GlossaryEntry:
    """Enter a term, or replace the words of the one with the same first English word.

    Words given twice are taken once; a word that is another term's, and circles, are refused.
    """
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    series, tidy = series.strip().upper(), tidied(forms)
    refuse(why_not_concept(series, tidy), Invalid)
    concept = Concept(series, tidy)
    others = glossary(act.session)
    refuse(why_not_beside(tidy, (each for key, each in others.items() if key != concept.key)), Conflict)
    old = line(act, concept.key)
    return enter(act, concept, old.concept if old else None)


def enter(act: Act, concept: Concept, old: Concept | None) -> GlossaryEntry:
    """Write a term that was found good. old: as it was, None for a new one."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    entry = _entry(act, concept)
    entry.hidden = False
    record(act, "search.term-entered", entry, term=concept.term, old=_plain(old) if old else None, new=_plain(concept))
    return entry


def remove_concept(act: Act, key: str) -> None:
    """Leave a term out of searches; one of the package is hidden, so that the next version does not bring it back."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    found = line(act, key_of(key)) or missing("term of the glossary", key)
    entry = _entry(act, found.concept)
    record(act, "search.term-removed", entry, term=found.concept.term, old=_plain(found.concept))
    if found.concept.key in packaged():
        entry.hidden = True
    else:
        act.session.delete(entry)


def restore_concept(act: Act, key: str) -> None:
    """Back to the words of the package; refused when another term has one of them by now."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    concept = packaged().get(key_of(key)) or missing("term of the glossary", key)
    entry = act.session.exec(select(GlossaryEntry).where(GlossaryEntry.key == concept.key)).first()
    if entry is None:
        return
    others = glossary(act.session)
    refuse(why_not_beside(concept.forms, (each for key, each in others.items() if key != concept.key)), Conflict)
    old = {language: list(each) for language, each in entry.forms.items()}
    record(act, "search.term-restored", entry, term=concept.term, old=old)
    act.session.delete(entry)


def _entry(act: Act, concept: Concept) -> GlossaryEntry:
    """The row of this term, new or known, with these words."""
    entry = act.session.exec(select(GlossaryEntry).where(GlossaryEntry.key == concept.key)).first()
    if entry is None:
        entry = GlossaryEntry(key=concept.key, series=concept.series, changed_at=act.now)
        act.session.add(entry)
    entry.series, entry.forms, entry.changed_at = concept.series, _plain(concept), act.now
    act.session.flush()
    return entry


def _plain(concept: Concept) -> dict[str, list[str]]:
    return {language: list(forms) for language, forms in concept.forms.items()}
